"""Get at the bytes of an IDX file, however they are packed, and say what a wrong file looks like.

A file is known by its content: the IDX file as it was published, byte for byte. It may be plain or
packed with gzip, by whatever program, or it may be one array in Keras's file for all four. Nothing
is unpickled, and nothing unpacks to more bytes than the original has.
"""

import gzip
import hashlib
import io
import struct
import zipfile
import zlib
from pathlib import Path

import numpy as np

from nbhelpers.datasets.looks import looks_like
from nbhelpers.datasets.sources import MEMBERS, Original

GZIP = b"\x1f\x8b"
"""The first bytes of every gzip file."""

_EXTRA = 2**16  # bytes that a packed file may have more than the content: headers, names, blocks
_WIDEST = 8  # bytes of an entry in the array of an archive, at most


def read_content(path: Path, file: str, original: Original) -> bytes | None:
    """Read what the original file of a data set holds, from a file that somebody may have.

    Parameters
    ----------
    path : pathlib.Path
        A plain IDX file or one packed with gzip, whatever its name; or an archive (``.npz``).
    file : str
        Which file of the data set, a key of ``Source.files``.
    original : Original
        What is known of it.

    Returns
    -------
    bytes or None
        The content of the original IDX file; None if `path` is no file.

    Raises
    ------
    OSError
        If it cannot be read.
    ValueError
        If it holds anything else; says what it looks like.
    """
    # A folder may bear the name of the file that was unpacked into it.
    if not path.exists() or path.is_dir():
        return None
    if not path.is_file():
        raise OSError("not a plain file")
    if path.suffix == ".npz":
        return _from_archive(path, MEMBERS[file], original)
    with path.open("rb") as stream:
        return check_content(stream.read(original.content_size + _EXTRA), original)


def check_content(raw: bytes, original: Original) -> bytes:
    """Return the content of an original file; refuse what holds anything else.

    Parameters
    ----------
    raw : bytes
        Packed with gzip (once, or twice, as some servers do) or plain.
    original : Original
        What is known of the original file.

    Returns
    -------
    bytes
        The IDX file, unpacked.

    Raises
    ------
    ValueError
        If it is not the original one; says what it looks like.
    """
    content, fault = raw, ""
    while content.startswith(GZIP) and not fault:
        content, fault = _gunzip(content, original.content_size + _EXTRA)
    if not fault and hashlib.sha256(content).hexdigest() == original.sha256:
        return content
    raise ValueError(fault or looks_like(content))


def _gunzip(raw: bytes, limit: int) -> tuple[bytes, str]:
    """Unpack at most `limit` bytes; return them, and what is wrong with the file, if anything."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(raw)) as stream:
            return stream.read(limit), ""
    except EOFError:
        return b"", f"a gzip file that is cut off after {len(raw):,} bytes"
    except (OSError, zlib.error) as error:
        return b"", f"a damaged gzip file ({error})"


def _from_archive(path: Path, member: str, original: Original) -> bytes:
    """Read one array of Keras's file, as the bytes of the IDX file with the same entries."""
    with path.open("rb") as file:
        head = file.read(_EXTRA)
        if not head.startswith(b"PK"):
            raise ValueError(looks_like(head))
        try:
            with zipfile.ZipFile(file) as archive, archive.open(f"{member}.npy") as stream:
                raw = stream.read(_WIDEST * original.content_size + _EXTRA)
            array = _array(raw, original.shape)
        except KeyError:
            raise ValueError(f"an archive without the array {member}") from None
        # Damaged, cut off, encrypted, or packed in a way that nobody uses: many kinds of errors.
        except Exception as error:
            raise ValueError(f"an archive whose array {member} cannot be read: {error}") from None
    return check_content(_as_idx(array), original)


def _array(raw: bytes, shape: tuple[int, ...]) -> np.ndarray:
    """Read a ``.npy`` file that must hold whole numbers in this shape."""
    stream = io.BytesIO(raw)
    version = np.lib.format.read_magic(stream)
    read_header = {
        (1, 0): np.lib.format.read_array_header_1_0,
        (2, 0): np.lib.format.read_array_header_2_0,
    }[version]
    found, fortran, dtype = read_header(stream)
    if found != shape or dtype.kind not in "ui":
        raise ValueError(f"its shape is {found}, its dtype {dtype}")
    entries = np.frombuffer(raw, dtype, offset=stream.tell())
    return entries.reshape(shape, order="F" if fortran else "C")


def _as_idx(array: np.ndarray) -> bytes:
    """Write whole numbers as an IDX file: what does not fit in a byte changes, and shows."""
    header = struct.pack(f">4B{array.ndim}I", 0, 0, 8, array.ndim, *array.shape)
    return header + array.astype(np.uint8).tobytes()
