"""The tensor explorer: what lights up is what NumPy takes."""

import numpy as np
import pytest

from nbhelpers import explorers
from nbhelpers.explorers.scenes.parts.tensor_boxes import layout
from nbhelpers.explorers.scenes.tensor import TENSORS

tensor = explorers.tensor()


@pytest.mark.parametrize("name", TENSORS)
def test_every_box_has_its_own_place_inside_the_frame(name):
    drawn = layout(*TENSORS[name])
    assert len(drawn["cells"]) == np.prod(TENSORS[name][0], dtype=int)
    corners = drawn["cells"][:, 0]
    gaps = np.abs(corners[:, None] - corners).max(axis=-1) + 9 * np.eye(len(corners))
    assert gaps.min() >= 0.999, "boxes overlap"
    (left, right), (bottom, top) = drawn["frame_x"], drawn["frame_y"]
    assert left < drawn["cells"][..., 0].min() and drawn["cells"][..., 0].max() < right
    assert top < drawn["cells"][..., 1].min() and drawn["cells"][..., 1].max() < bottom


@pytest.mark.parametrize("name", TENSORS)
def test_the_lit_boxes_are_those_that_the_expression_takes(name):
    shape = TENSORS[name][0]
    x = np.arange(np.prod(shape, dtype=int), dtype=np.float32).reshape(shape)
    rng = np.random.default_rng(0)
    for _ in range(60):
        options = [[":", *map(str, range(length))] for length in shape]
        chosen = [str(rng.choice(entries)) for entries in options]
        state = {f"axis_{k}": entry for k, entry in enumerate(chosen)}
        arrays = tensor.arrays({"tensor": name} | state)
        expression = arrays["title"].split(" of ")[0]
        taken = eval(expression, {"x": x})
        lit = {tuple(cell.ravel()) for cell in arrays["lit"]}
        expected = {tuple(arrays["cells"][int(k)].ravel()) for k in np.ravel(taken)}
        assert lit == expected
        assert f"rank {taken.ndim} and shape {taken.shape}: {taken.size} of" in arrays["text"]
        assert f"{taken.nbytes} of {x.nbytes} bytes as float32" in arrays["text"]
        assert arrays["table"][15 : 15 + x.ndim] == [str(stride) for stride in x.strides]


def test_an_index_outside_its_axis_is_numpys_error():
    arrays = tensor.arrays({"tensor": "films", "axis_0": "6"})
    with pytest.raises(IndexError) as error:
        np.zeros((2, 3, 4, 5, 3))[6, 2, :, :, :]
    assert f"is an IndexError: {error.value}." in arrays["text"]
    assert len(arrays["lit"]) == 0


def test_a_scalar_is_one_box_of_rank_0():
    arrays = tensor.arrays({"tensor": "scalar", "dtype": "float64"})
    assert len(arrays["cells"]) == len(arrays["lit"]) == 1
    assert arrays["text"].startswith("x has rank 0 and shape (): 1 of 1 numbers, 8 of 8 bytes")


def test_numbers_are_places_in_memory_so_strides_can_be_read_off():
    arrays = tensor.arrays({"tensor": "stocks"})
    places = np.array(arrays["numbers"], dtype=int).reshape(4, 5, 3)
    steps = [places[1, 0, 0], places[0, 1, 0], places[0, 0, 1]]
    assert [4 * step for step in steps] == [int(s) for s in arrays["table"][15:18]] == [60, 12, 4]
