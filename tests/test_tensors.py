"""Tensors described: by hand, and against NumPy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbhelpers import tensors

shapes = st.lists(st.sampled_from([0, 1, 1, 2, 3, 4]), max_size=4).map(tuple)
slices = st.builds(
    slice,
    st.none() | st.integers(-6, 6),
    st.none() | st.integers(-6, 6),
    st.none() | st.sampled_from([1, 2, -1]),
)


def test_the_memory_of_the_lesson():
    people = tensors.plan((100_000, 3), "float32", ["person", "value"])
    assert (people.rank, people.size, people.nbytes) == (2, 300_000, 1_200_000)
    assert tensors.plan((1_000_000, 280, 128), "uint8").nbytes == 35_840_000_000
    assert tensors.plan((), "float64").nbytes == 8
    video = tensors.plan((10, 240, 144, 256, 3), "uint8")
    assert video.rank == 5 and tensors.readable_bytes(video.nbytes) == "253.1 MiB"


def test_bytes_change_their_unit_where_they_should():
    words = [tensors.readable_bytes(count) for count in (0, 1023, 1024, 1024**2 - 1, 1024**5 * 3)]
    assert words == ["0 bytes", "1023 bytes", "1.0 KiB", "1.0 MiB", "3072.0 TiB"]


@given(shapes, st.sampled_from(["uint8", "float16", "float32", "float64"]))
def test_a_plan_is_what_numpy_makes(shape, dtype):
    real, planned = np.zeros(shape, dtype), tensors.plan(shape, dtype)
    assert planned.shape == real.shape and planned.rank == real.ndim
    assert (planned.size, planned.itemsize) == (real.size, real.itemsize)
    assert planned.nbytes == real.nbytes
    if real.size:  # NumPy's strides of an empty array have no meaning
        assert planned.strides == real.strides
        assert tensors.describe(real) == planned


@given(st.data(), shapes.filter(all))
def test_a_slice_is_numpys_with_its_strides_and_its_expression(data, shape):
    entry = st.integers(-3, 3) | slices
    index = data.draw(st.lists(entry, max_size=len(shape) + 1))
    x = np.arange(np.prod(shape, dtype=int)).reshape(shape)
    planned = tensors.plan(shape, x.dtype, [f"axis {k}" for k in range(len(shape))])
    try:
        expected = x[tuple(index)]
    except IndexError as error:
        with pytest.raises(IndexError) as ours:
            tensors.select(planned, index)
        assert str(ours.value)[:10] == str(error)[:10]
        return
    ours = tensors.select(planned, index)
    assert ours.shape == expected.shape and len(ours.axes) == expected.ndim
    moved = [stride for stride, length in zip(ours.strides, ours.shape, strict=True) if length > 1]
    if expected.size:
        real = zip(expected.strides, expected.shape, strict=True)
        assert moved == [stride for stride, length in real if length > 1]
    written = tensors.expression(index)
    np.testing.assert_array_equal(eval(written, {"x": x}), expected)


def test_expressions_of_the_lesson():
    whole, half = slice(None), slice(14, None)
    assert tensors.expression([slice(10, 100)]) == "x[10:100]"
    assert tensors.expression([whole, half, half]) == "x[:, 14:, 14:]"
    assert tensors.expression([2, whole, 14], "digits") == "digits[2, :, 14]"
    assert tensors.expression([slice(None, None, 2), slice(7, -7)]) == "x[::2, 7:-7]"


def test_a_picked_axis_takes_its_name_away():
    x = tensors.plan((4, 28, 20), "uint8", ["image", "row", "column"])
    assert tensors.select(x, [slice(None), 3]).axes == ("image", "column")
    with pytest.raises(IndexError, match="index 28 is out of bounds for axis 1 with size 28"):
        tensors.select(x, [0, 28])
    with pytest.raises(IndexError, match="too many indices"):
        tensors.select(x, [0, 0, 0, 0])


@given(shapes, shapes)
def test_broadcasting_is_numpys(a, b):
    ours = tensors.broadcast(a, b)
    try:
        expected = np.broadcast_shapes(a, b)
    except ValueError:
        assert ours.shape is None
        assert ours.clashes
        for place in ours.clashes:
            assert a[place] != b[place] and 1 not in (a[place], b[place])
        return
    assert ours.shape == expected and ours.clashes == ()
    assert [axis.size for axis in ours.axes] == list(expected)
    for shape, side in ((a, 0), (b, 1)):
        stretched = np.broadcast_to(np.zeros(shape), expected)
        for axis in ours.axes:
            role, mine = axis.roles[side], axis.sizes[side]
            assert (mine is None) == (role == "added") == (-axis.place > len(shape))
            if role == "repeated":
                assert mine == 1 and axis.size != 1
            if role != "same" and 0 not in expected and axis.size > 1:
                assert stretched.strides[axis.place] == 0, "repeated, not copied"


def test_broadcasting_by_hand():
    bias = tensors.broadcast((128, 10), (10,))
    assert [axis.roles for axis in bias.axes] == [("same", "added"), ("same", "same")]
    assert tensors.broadcast((3, 1), (1, 4)).shape == (3, 4)
    assert tensors.broadcast((), (2,)).axes[0].roles == ("added", "same")
    assert tensors.broadcast((2, 3, 4), (3, 3)).clashes == (-1,)
    assert tensors.broadcast((2, 3), (4, 5)).clashes == (-2, -1)
    assert tensors.broadcast((0,), (1,)).shape == (0,)
    assert tensors.broadcast((0,), (3,)).shape is None


def test_wrong_arguments_are_named():
    for shape in [(2, -1), (2.5,), 7, "12"]:
        with pytest.raises(ValueError, match=r"shape must hold whole numbers.*Received"):
            tensors.plan(shape)
        with pytest.raises(ValueError, match=r"broadcast: [ab] must"):
            tensors.broadcast((1,), shape)
    with pytest.raises(ValueError, match=r"axes must name each of the 2 axes of \(2, 3\)"):
        tensors.describe(np.zeros((2, 3)), ["row"])
    with pytest.raises(ValueError, match="axes must name"):
        tensors.plan((2, 3), axes="ab")
