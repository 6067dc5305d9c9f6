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

import numpy as np

from nbhelpers._types import Array, Data

Pairs = tuple[Data, Data]

UINT8 = 0x08
"""Type code of unsigned bytes."""


def parse_idx(data: bytes, name: str, rank: int) -> Array:
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


def parse_labelled(images: bytes, labels: bytes, name: str) -> tuple[Array, Array]:
    """Turn the bytes of two IDX files into images and the labels that belong to them.

    Parameters
    ----------
    images, labels : bytes
        Two whole IDX files.
    name : str
        What to call them in an error.

    Returns
    -------
    x : numpy.ndarray
        Images, (n, 28, 28), uint8, 0..255.
    y : numpy.ndarray
        Labels, (n,), uint8, 0..9.

    Raises
    ------
    ValueError
        If `parse_idx` refuses one, an image is not 28 x 28, the counts differ, or a label is
        above 9.
    """
    x = parse_idx(images, f"{name} images", rank=3)
    y = parse_idx(labels, f"{name} labels", rank=1)
    if x.shape[1:] != (28, 28):
        raise ValueError(f"{name}: expected images of shape (28, 28). Received: {x.shape[1:]}.")
    if len(y) != len(x):
        raise ValueError(f"{name}: expected {len(x)} labels, one per image. Received: {len(y)}.")
    if y.max(initial=0) > 9:
        raise ValueError(f"{name}: expected labels 0..9. Received: {y.max()}.")
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
