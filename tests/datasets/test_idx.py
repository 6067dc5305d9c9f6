import struct
import tracemalloc

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from nbhelpers.datasets import idx

IMAGES = np.arange(2 * 3 * 4, dtype=np.uint8).reshape(2, 3, 4)


@pytest.fixture
def good(encode_idx):
    return encode_idx(IMAGES)


def header(*sizes, magic=b"\0\0", code=0x08, rank=None):
    rank = len(sizes) if rank is None else rank
    return magic + bytes([code, rank]) + struct.pack(f">{len(sizes)}I", *sizes)


def test_reads_the_shape_and_the_entries(good):
    array = idx.parse_idx(good, "file", rank=3)
    assert array.dtype == np.uint8
    assert np.array_equal(array, IMAGES)


def test_the_array_can_be_written_to(good):
    array = idx.parse_idx(good, "file", rank=3)
    array[0] = 7
    assert array.flags.owndata or array.base.flags.owndata
    assert array[0].min() == 7


@settings(deadline=None)
@given(hnp.arrays(np.uint8, hnp.array_shapes(min_dims=1, max_dims=4, min_side=0, max_side=9)))
def test_round_trip(encode_idx, array):
    back = idx.parse_idx(encode_idx(array), "file", rank=array.ndim)
    assert back.shape == array.shape
    assert np.array_equal(back, array)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (header(2, 3, 4, magic=b"\x1f\x8b"), "magic bytes 00 00. Received: 1f 8b."),
        (header(2, 3, 4, magic=b"\0\x01"), "magic bytes 00 00. Received: 00 01."),
        (header(2, 3, 4, code=0x0D), "type code 0x08 (uint8). Received: 0x0d."),
        (header(2, rank=1), "expected rank 3. Received: rank 1"),
        (header(2, 3, 4, 5), "expected rank 3. Received: rank 4"),
        (b"", "expected a header of 16 bytes. Received: 0 bytes"),
        (header(2, 3, 4)[:3], "expected a header of 16 bytes. Received: 3 bytes"),
        (header(2, 3, 4)[:15], "expected a header of 16 bytes. Received: 15 bytes"),
        (header(2, 3, 4) + bytes(23), "expected 40 bytes"),
        (header(2, 3, 4) + bytes(25), "expected 40 bytes"),
        (header(2, 3, 4), "Received: 16 bytes"),
    ],
    ids=[
        *("gzip inside", "not an IDX file", "float32", "rank 1", "rank 4", "empty", "3 bytes"),
        *("half a header", "one byte short", "one byte long", "no entries"),
    ],
)
def test_a_wrong_file_is_refused(data, says):
    with pytest.raises(ValueError, match="bad-file") as caught:
        idx.parse_idx(data, "bad-file", rank=3)
    assert says in str(caught.value)


@pytest.mark.parametrize("sizes", [(2**31, 28, 28), (2**32 - 1,) * 3, (2**31, 2**31, 4)])
def test_a_huge_claim_allocates_nothing(sizes):
    data = header(*sizes) + bytes(84)
    assert len(data) == 100
    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match="Received: 100 bytes"):
            idx.parse_idx(data, "huge", rank=3)
        assert tracemalloc.get_traced_memory()[1] < 1e6
    finally:
        tracemalloc.stop()


def test_sizes_whose_product_wraps_around_in_64_bits_are_refused():
    # 2**31 * 2**31 * 4 is 2**64, which is 0 in fixed-width arithmetic.
    with pytest.raises(ValueError, match=str(16 + 2**64)):
        idx.parse_idx(header(2**31, 2**31, 4), "file", rank=3)


@settings(deadline=None)
@given(st.binary(max_size=200), st.integers(0, 5))
@example(header(0), 1)
def test_any_bytes_give_an_array_or_a_value_error(data, rank):
    try:
        array = idx.parse_idx(data, "file", rank)
    except ValueError as error:
        assert "Received" in str(error)
    else:
        assert array.ndim == rank


@pytest.fixture
def pair(encode_idx):
    """Write images and labels and read them back."""

    def read(images, labels):
        files = (encode_idx(np.asarray(array, dtype=np.uint8)) for array in (images, labels))
        return idx.parse_labelled(*files, "mine")

    return read


def test_images_and_labels_belong_together(pair):
    x, y = pair(np.full((10, 28, 28), 3), range(10))
    assert x.shape == (10, 28, 28)
    assert y.tolist() == list(range(10))
    x, y = pair(np.zeros((0, 28, 28)), [])
    assert (x.shape, y.shape) == ((0, 28, 28), (0,))


@pytest.mark.parametrize("wrong", [10, 11, 255])
def test_labels_outside_0_to_9_are_refused(pair, wrong):
    with pytest.raises(ValueError, match=rf"mine: expected labels 0\.\.9\. Received: {wrong}\."):
        pair(np.zeros((3, 28, 28)), [0, wrong, 9])


@pytest.mark.parametrize("count", [2, 4])
def test_one_label_per_image(pair, count):
    with pytest.raises(ValueError, match=rf"expected 3 labels, one per image. Received: {count}"):
        pair(np.zeros((3, 28, 28)), [0] * count)


def test_images_must_be_28_by_28(pair):
    says = r"mine: expected images of shape \(28, 28\)\. Received: \(28, 27\)"
    with pytest.raises(ValueError, match=says):
        pair(np.zeros((3, 28, 27)), [0, 1, 2])


def test_two_images_files_are_no_pair(encode_idx):
    images = encode_idx(np.zeros((3, 28, 28), dtype=np.uint8))
    with pytest.raises(ValueError, match="mine labels: expected rank 1"):
        idx.parse_labelled(images, images, "mine")
    with pytest.raises(ValueError, match="mine images: expected rank 3"):
        idx.parse_labelled(encode_idx(np.zeros(3, dtype=np.uint8)), images, "mine")
