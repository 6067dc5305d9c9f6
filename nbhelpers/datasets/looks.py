"""Say in a few words what a file looks like that is not what it should be."""

import codecs
import hashlib
import math
import re
import struct

from nbhelpers.datasets.sources import SOURCES

_BEGINNINGS = (
    (b"\x1f\x8b", "a gzip file"),
    (b"PK", "a zip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\xfd7zXZ", "an xz file"),
    (b"BZh", "a bzip2 file"),
    (b"\x28\xb5\x2f\xfd", "a zstd file"),
    (b"Rar!", "a rar archive"),
    (b"\x89HDF", "an HDF5 file"),
    (b"\x93NUMPY", "an array of NumPy (.npy)"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"%PDF", "a PDF document"),
    (b"version https://git-lfs", "a pointer of Git LFS: the file itself was not fetched"),
)
_HEIC = re.compile(rb".{4}ftyp(hei|hev|mif|msf)", re.DOTALL)
_PICKLE = re.compile(rb"\x80[\x02-\x05]")
_SHOWN = 60  # characters of a text that an error quotes


def looks_like(content: bytes) -> str:
    """Say what bytes look like.

    Parameters
    ----------
    content : bytes
        The beginning of a file, or all of it; unpacked, if it was packed with gzip.

    Returns
    -------
    str
        A few words that follow on "Received: ".

    Examples
    --------
    >>> looks_like(b"")
    'an empty file'
    >>> looks_like(b"<!DOCTYPE html><title>Sign in</title>")
    'a web page (HTML), perhaps the sign-in page of a network'
    """
    if not content:
        return "an empty file"
    for beginning, name in _BEGINNINGS:
        if content.startswith(beginning):
            return name
    if _HEIC.match(content):
        return "a HEIC photo, as some telephones store it: save it as JPEG first"
    if content[257:262] == b"ustar":
        return "a tar archive"
    if _PICKLE.match(content):
        return "a Python pickle, which is never opened here"
    return _known(content) or _idx(content) or _text(content) or _bytes(content)


def _known(content: bytes) -> str:
    """Recognise a file of any of the data sets."""
    found = hashlib.sha256(content).hexdigest()
    for source in SOURCES.values():
        for file, original in source.files.items():
            if original.sha256 == found:
                return f"the file {file} of {source.label}"
    return ""


def _idx(content: bytes) -> str:
    """Describe an IDX file by its header and its length."""
    if not content.strip(b"\0"):
        return f"{len(content):,} bytes that are all zero"
    if content[:2] != b"\0\0" or len(content) < 4 or len(content) < 4 + 4 * content[3]:
        return ""
    shape = struct.unpack(f">{content[3]}I", content[4 : 4 + 4 * content[3]])
    expected, received = math.prod(shape), len(content) - 4 - 4 * content[3]
    if content[2] == 8 and received < expected:
        return f"an IDX file that is cut off after {received:,} of {expected:,} entries"
    return f"an IDX file of shape {shape} with other contents"


def _text(content: bytes) -> str:
    """Describe a text: a page, an error message, a table."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        # A character may be cut in half at the end of what is looked at: that is no error here.
        text = codecs.getincrementaldecoder(encoding)().decode(content[:1024]).strip()
    except UnicodeDecodeError:
        return ""
    if not text or not all(c.isprintable() or c.isspace() for c in text):
        return ""
    if re.search(r"<(!doctype )?html|<head|<body|<script", text, re.IGNORECASE):
        return "a web page (HTML), perhaps the sign-in page of a network"
    kind = {"<": "XML text", "{": "JSON text", "[": "JSON text"}.get(text[0], "text")
    return f"{kind}, {text[:_SHOWN]!r}"


def _bytes(content: bytes) -> str:
    """Describe whatever else it is."""
    return f"data that begin with {content[:8].hex(' ')}"
