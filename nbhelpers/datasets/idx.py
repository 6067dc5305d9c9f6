"""Read IDX, the file format of MNIST: a short header, then the raw bytes of one array.

===========  ==========================================================
byte         meaning
===========  ==========================================================
0, 1         zero
2            type code; 0x08 is uint8, the only one that MNIST uses
3            rank: the number of axes
4, 5, ...    one big-endian 4-byte size per axis
then         the entries, last axis fastest, and nothing after them
===========  ==========================================================

A file is input from outside, so nothing that it claims is believed: every claim is compared with
the number of bytes that are really there before an array is made.
"""

import math
import struct
import zlib
from pathlib import Path

import numpy as np

UINT8 = 0x08
"""Type code of unsigned bytes."""

LIMIT = 2**28
"""Most bytes that a file may unpack to: five times the largest file of MNIST."""

_GZIP = zlib.MAX_WBITS | 16


def parse_idx(data: bytes, name: str, rank: int) -> np.ndarray:
    """Turn the bytes of an IDX file into an array.

    Parameters
    ----------
    data : bytes
        The whole file, already decompressed.
    name : str
        What to call the file in an error.
    rank : int
        How many axes the array must have: 3 for images, 1 for labels.

    Returns
    -------
    numpy.ndarray
        The entries, uint8, 0..255, in the shape that the header gives; writable.

    Raises
    ------
    ValueError
        If the first two bytes, the type code, the rank or the length is not as it must be.

    Source
    ------
    LeCun, Cortes, Burges: The MNIST database of handwritten digits, "The IDX file format".

    Examples
    --------
    >>> header = bytes([0, 0, 0x08, 2]) + bytes([0, 0, 0, 2]) + bytes([0, 0, 0, 3])
    >>> parse_idx(header + bytes([1, 2, 3, 4, 5, 6]), name="tiny", rank=2)
    array([[1, 2, 3],
           [4, 5, 6]], dtype=uint8)
    """
    start = 4 + 4 * rank
    _check_header(data, name, rank, start)
    shape = struct.unpack(f">{rank}I", data[4:start])
    # Python integers never overflow, so sizes such as 2**31 * 28 * 28 are compared as they are.
    expected = start + math.prod(shape)
    if len(data) != expected:
        raise ValueError(
            f"{name}: expected {expected} bytes for the shape {shape} that its header gives. "
            f"Received: {len(data)} bytes."
        )
    return np.frombuffer(data, dtype=np.uint8, offset=start).reshape(shape).copy()


def read_idx(path: Path, rank: int) -> np.ndarray:
    """Read a gzip-compressed IDX file.

    Parameters
    ----------
    path : pathlib.Path
        The ``.gz`` file.
    rank : int
        How many axes the array must have.

    Returns
    -------
    numpy.ndarray
        The entries, uint8, 0..255, in the shape that the header gives.

    Raises
    ------
    ValueError
        If the file is not a whole, undamaged gzip file, unpacks to more than `LIMIT` bytes,
        or `parse_idx` refuses what is in it.
    """
    return parse_idx(_gunzip(path.read_bytes(), str(path)), str(path), rank)


def read_labelled(images: Path, labels: Path) -> tuple[np.ndarray, np.ndarray]:
    """Read images and the labels that belong to them.

    Parameters
    ----------
    images, labels : pathlib.Path
        Two ``.gz`` files in IDX format.

    Returns
    -------
    x : numpy.ndarray
        Images, (n, 28, 28), uint8, 0..255.
    y : numpy.ndarray
        Labels, (n,), uint8, 0..9.

    Raises
    ------
    ValueError
        If a file is damaged, an image is not 28 x 28, the counts differ, or a label is above 9.
    """
    x, y = read_idx(images, rank=3), read_idx(labels, rank=1)
    if x.shape[1:] != (28, 28):
        raise ValueError(f"{images}: expected images of shape (28, 28). Received: {x.shape[1:]}.")
    if len(y) != len(x):
        raise ValueError(f"{labels}: expected {len(x)} labels, one per image. Received: {len(y)}.")
    if y.max(initial=0) > 9:
        raise ValueError(f"{labels}: expected labels 0..9. Received: {y.max()}.")
    return x, y


def _check_header(data: bytes, name: str, rank: int, size: int) -> None:
    """Raise ValueError unless the header is complete and announces uint8 with `rank` axes."""
    if len(data) < 4:
        raise ValueError(f"{name}: expected a header of {size} bytes. Received: {len(data)} bytes.")
    if data[:2] != b"\0\0":
        raise ValueError(f"{name}: expected the magic bytes 00 00. Received: {data[:2].hex(' ')}.")
    if data[2] != UINT8:
        raise ValueError(f"{name}: expected type code 0x08 (uint8). Received: 0x{data[2]:02x}.")
    if data[3] != rank:
        raise ValueError(f"{name}: expected rank {rank}. Received: rank {data[3]}.")
    if len(data) < size:
        raise ValueError(f"{name}: expected a header of {size} bytes. Received: {len(data)} bytes.")


def _gunzip(raw: bytes, name: str) -> bytes:
    """Decompress one gzip stream of at most `LIMIT` bytes and check that it is whole."""
    if raw[:2] != b"\x1f\x8b":
        raise ValueError(f"{name}: expected a gzip file (1f 8b). Received: {_first_bytes(raw)}.")
    stream = zlib.decompressobj(wbits=_GZIP)
    try:
        # The output grows only as data arrives, and stops one byte past the limit.
        data = stream.decompress(raw, LIMIT + 1)
    except zlib.error as error:
        raise ValueError(f"{name}: expected an undamaged gzip file. Received: {error}.") from None
    if len(data) > LIMIT:
        raise ValueError(f"{name}: expected at most {LIMIT} bytes unpacked. Received: more.")
    if not stream.eof:
        raise ValueError(f"{name}: expected a whole gzip file. Received: one that is cut off.")
    if stream.unused_data:
        extra = len(stream.unused_data)
        raise ValueError(f"{name}: expected one gzip stream. Received: {extra} bytes after it.")
    return data


def _first_bytes(raw: bytes) -> str:
    """Describe how a file begins."""
    return f"{raw[:8]!r}..." if raw else "an empty file"
