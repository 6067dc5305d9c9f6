"""Where the files of a data set lie on the computers of those who have them.

Some have them as published, some unpacked; older unpackers write a dot in place of the hyphen, and
some make a folder of that name around the file. Another library lays them out in ``MNIST/raw``.
Keras keeps one archive for all four.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from nbhelpers.datasets.packing import read_content
from nbhelpers.datasets.sources import SOURCES, Source


class Found(NamedTuple):
    """What a search found.

    Parameters
    ----------
    content : bytes or None
        The original file, unpacked, if any file is one.
    wrong : str
        The first file that bears its name and is something else, and what it looks like.
    unreadable : str
        The first file or folder that could not be looked at, and why.
    """

    content: bytes | None = None
    wrong: str = ""
    unreadable: str = ""


def search(folder: Path, source: Source, file: str) -> Found:
    """Search a folder for one file of a data set, in all arrangements that are usual.

    Parameters
    ----------
    folder : pathlib.Path
        Where to search; need not exist.
    source : Source
        The data set.
    file : str
        A key of ``source.files``.

    Returns
    -------
    Found
        A right file counts, even if there are wrong ones beside it.
    """
    wrong = unreadable = ""
    for path in candidates(folder, source, file):
        try:
            content = read_content(path, file, source.files[file])
        except OSError as error:
            unreadable = unreadable or f"{path} cannot be read: {error.strerror or error}"
        except ValueError as error:
            if not _belongs_to_another(path, folder, source):
                wrong = wrong or (
                    f"{path}: expected the original file of {source.label}, {file}. "
                    f"Received: {error}."
                )
        else:
            if content is not None:
                return Found(content)
    return Found(None, wrong, unreadable)


def candidates(folder: Path, source: Source, file: str) -> Iterator[Path]:
    """List the places where a file may lie, the most usual one first.

    Parameters
    ----------
    folder : pathlib.Path
        The folder around them all.
    source, file
        As for `search`.

    Yields
    ------
    pathlib.Path
        A file that may or may not exist.

    Examples
    --------
    >>> places = candidates(Path("data"), SOURCES["mnist"], "t10k-labels-idx1-ubyte.gz")
    >>> [path.as_posix() for path in places][:2]
    ['data/mnist/t10k-labels-idx1-ubyte.gz', 'data/mnist/t10k-labels-idx1-ubyte']
    """
    for around in (*(folder / name for name in source.folders), folder):
        for inner in (around, around / "raw"):
            yield from (inner / name for name in (*_names(file), *source.archives))


def _names(file: str) -> list[str]:
    """List the names that one file may have."""
    hyphen = file.removesuffix(".gz")
    dot = hyphen.replace("-idx", ".idx")
    single = [name + packed for name in (hyphen, dot) for packed in (".gz", "")]
    return [*single, f"{hyphen}/{hyphen}", f"{hyphen}/{dot}", f"{dot}/{dot}"]


def _belongs_to_another(path: Path, folder: Path, source: Source) -> bool:
    """Tell whether a file lies among all files of another data set, in no folder of its own.

    All data sets use the same names. Who points to a folder that holds one of them whole does not
    have the other one; that is no fault.
    """
    if any(path.is_relative_to(folder / name) for name in source.folders):
        return False
    around = folder / "raw" if path.is_relative_to(folder / "raw") else folder
    others = [other for other in SOURCES.values() if other.label != source.label]
    return any(all(_is_in(around, other, file) for file in other.files) for other in others)


def _is_in(folder: Path, source: Source, file: str) -> bool:
    """Tell whether the file of a data set lies right in this folder, under any of its names."""
    return any(_is_original(folder / name, source, file) for name in _names(file))


def _is_original(path: Path, source: Source, file: str) -> bool:
    """Tell whether this is the original file."""
    try:
        return read_content(path, file, source.files[file]) is not None
    except (OSError, ValueError):
        return False
