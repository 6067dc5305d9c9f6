import gzip
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
        (header(2, 3, 4, magic=b"\x1f\x8b"), "magic bytes 00 00. Received: 1f 8b"),
        (header(2, 3, 4, magic=b"\0\x01"), "magic bytes 00 00. Received: 00 01"),
        (header(2, 3, 4, code=0x0D), "type code 0x08 (uint8). Received: 0x0d"),
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
def test_a_huge_claim_allocates_nothing(sizes, tmp_path):
    data = header(*sizes) + bytes(84)
    assert len(data) == 100
    (tmp_path / "huge.gz").write_bytes(gzip.compress(data))
    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match="Received: 100 bytes"):
            idx.parse_idx(data, "huge", rank=3)
        with pytest.raises(ValueError, match="Received: 100 bytes"):
            idx.read_idx(tmp_path / "huge.gz", rank=3)
        assert tracemalloc.get_traced_memory()[1] < 1e6
    finally:
        tracemalloc.stop()


def test_sizes_whose_product_wraps_around_in_64_bits_are_refused():
    # 2**31 * 2**31 * 4 is 2**64, which is 0 in fixed-width arithmetic.
    with pytest.raises(ValueError, match=str(16 + 2**64)):
        idx.parse_idx(header(2**31, 2**31, 4), "file", rank=3)


def test_reads_a_gzip_file(tmp_path, good):
    path = tmp_path / "images.gz"
    path.write_bytes(gzip.compress(good))
    assert np.array_equal(idx.read_idx(path, rank=3), IMAGES)


def test_a_gzip_file_cut_at_any_place_is_refused(tmp_path, good):
    whole = gzip.compress(good)
    path = tmp_path / "cut.gz"
    for size in range(len(whole)):
        path.write_bytes(whole[:size])
        with pytest.raises(ValueError, match=r"cut\.gz: expected .* Received: "):
            idx.read_idx(path, rank=3)


def test_a_truncated_gzip_file_says_so(tmp_path, good):
    path = tmp_path / "cut.gz"
    path.write_bytes(gzip.compress(good)[:-1])
    with pytest.raises(ValueError, match=r"expected a whole gzip file. Received: one that is cut"):
        idx.read_idx(path, rank=3)


@pytest.mark.parametrize("data", [b"", b"<html>404</html>", header(1, 2, 3)], ids=len)
def test_what_is_not_gzip_says_so(tmp_path, data):
    path = tmp_path / "page.gz"
    path.write_bytes(data)
    with pytest.raises(ValueError, match=r"page\.gz: expected a gzip file"):
        idx.read_idx(path, rank=3)


def test_a_wrong_checksum_inside_gzip_is_refused(tmp_path, good):
    damaged = bytearray(gzip.compress(good))
    damaged[-8] ^= 1
    path = tmp_path / "damaged.gz"
    path.write_bytes(damaged)
    with pytest.raises(ValueError, match="undamaged gzip file"):
        idx.read_idx(path, rank=3)


def test_bytes_after_the_gzip_stream_are_refused(tmp_path, good):
    path = tmp_path / "longer.gz"
    path.write_bytes(gzip.compress(good) + b"more")
    with pytest.raises(ValueError, match="Received: 4 bytes after it"):
        idx.read_idx(path, rank=3)


def test_a_decompression_bomb_stops_at_the_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(idx, "LIMIT", 10_000)
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(bytes(50_000_000)))
    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match="at most 10000 bytes unpacked"):
            idx.read_idx(path, rank=3)
        assert tracemalloc.get_traced_memory()[1] < 1e6
    finally:
        tracemalloc.stop()


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
def pair(tmp_path, encode_idx):
    """Write images and labels and read them back."""

    def read(images, labels):
        paths = tmp_path / "images.gz", tmp_path / "labels.gz"
        for path, array in zip(paths, (images, labels), strict=True):
            path.write_bytes(gzip.compress(encode_idx(np.asarray(array, dtype=np.uint8))))
        return idx.read_labelled(*paths)

    return read


def test_images_and_labels_belong_together(pair):
    x, y = pair(np.full((10, 28, 28), 3), range(10))
    assert x.shape == (10, 28, 28)
    assert y.tolist() == list(range(10))


@pytest.mark.parametrize("wrong", [10, 11, 255])
def test_labels_outside_0_to_9_are_refused(pair, wrong):
    with pytest.raises(ValueError, match=rf"labels\.gz: expected labels 0..9. Received: {wrong}"):
        pair(np.zeros((3, 28, 28)), [0, wrong, 9])


@pytest.mark.parametrize("count", [2, 4])
def test_one_label_per_image(pair, count):
    with pytest.raises(ValueError, match=rf"expected 3 labels, one per image. Received: {count}"):
        pair(np.zeros((3, 28, 28)), [0] * count)


def test_images_must_be_28_by_28(pair):
    with pytest.raises(ValueError, match=r"images\.gz: expected images of shape \(28, 28\)"):
        pair(np.zeros((3, 28, 27)), [0, 1, 2])
