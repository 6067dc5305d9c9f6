"""Find the original files of a data set on this computer, or download them once.

The order: the folder in ``NBHELPERS_DATA``, the user's cache folder, the mirrors. A file is used
only if it is the original one, byte for byte: its SHA-256 is compared wherever it comes from.
Whatever is not in order on this computer, but a wrong file, ends in a `DownloadError`.
"""

import os
import shutil
import time
from pathlib import Path

from nbhelpers._files import whole_file
from nbhelpers.datasets.download import download_with_retry, reason
from nbhelpers.datasets.idx import Pairs, parse_labelled
from nbhelpers.datasets.packing import check_content
from nbhelpers.datasets.places import Found, search
from nbhelpers.datasets.sources import (
    TEST_IMAGES,
    TEST_LABELS,
    TRAIN_IMAGES,
    TRAIN_LABELS,
    Source,
    find,
)

VARIABLE = "NBHELPERS_DATA"
"""Environment variable: a folder that holds ``mnist/`` and ``fashion-mnist/``."""

SECONDS = 80.0
"""Seconds that all downloads of a data set may take together."""

_OLD_SECONDS = 3600.0  # after which nobody is at work any more on what a download has begun


class DownloadError(ConnectionError):
    """A file is not on this computer and no mirror gave it."""


def fetch(name: str) -> dict[str, bytes]:
    """Return the files of a data set, downloading what is not on this computer.

    Parameters
    ----------
    name : str
        A key of `SOURCES`.

    Returns
    -------
    dict of str to bytes
        File name to the content of the original file, unpacked: IDX.

    Raises
    ------
    DownloadError
        If a file is not on this computer and every mirror failed.
    ValueError
        If `name` is unknown, or a file in ``NBHELPERS_DATA`` is not the original one.
    """
    source, by_hand, cache = find(name), data_folder(), cache_folder()
    deadline = time.monotonic() + SECONDS
    return {file: fetch_file(source, file, by_hand, cache, deadline) for file in source.files}


def load_arrays(name: str) -> Pairs:
    """Load a data set, in the form that Keras gives it.

    Parameters
    ----------
    name : str
        A key of `SOURCES`.

    Returns
    -------
    (x_train, y_train), (x_test, y_test)
        Images, (n, 28, 28), and labels, (n,): uint8.

    Raises
    ------
    DownloadError, ValueError
        As `fetch` does.
    """
    files = fetch(name)
    # The bytes are let go as soon as they are arrays: this is where a process needs most memory.
    train = parse_labelled(files.pop(TRAIN_IMAGES), files.pop(TRAIN_LABELS), f"{name}, training")
    return train, parse_labelled(files[TEST_IMAGES], files[TEST_LABELS], f"{name}, test")


def is_here(name: str) -> bool:
    """Return whether a data set is on this computer, whole and unchanged; nothing is downloaded.

    Parameters
    ----------
    name : str
        A key of `SOURCES`.

    Raises
    ------
    ValueError
        If `name` is unknown.
    """
    source, folders = find(name), [folder for folder in (data_folder(), cache_folder()) if folder]
    return all(
        any(search(folder, source, file).content is not None for folder in folders)
        for file in source.files
    )


def data_folder() -> Path | None:
    """Return the folder that ``NBHELPERS_DATA`` names.

    Returns
    -------
    pathlib.Path or None
        The folder, whether or not it exists; None if the variable is empty or not set.
    """
    # Unlike Path.expanduser, this leaves a name as it is where there is no such home.
    value = os.path.expanduser(os.environ.get(VARIABLE, ""))
    try:
        return Path(value).absolute() if value else None
    except OSError:  # the working folder is gone, so there is nothing in it either
        return Path(value)


def cache_folder() -> Path | None:
    """Return the folder where downloaded files are kept.

    Returns
    -------
    pathlib.Path or None
        For example ``~/.cache/nbhelpers`` on Linux, whether or not it exists; None if the user has
        no home folder, as in some containers.
    """
    import platformdirs

    try:
        folder = platformdirs.user_cache_path("nbhelpers")
    except RuntimeError:
        return None
    # Some versions give ``~`` back as it is, which would be a folder of that name.
    return folder if folder.is_absolute() else None


def fetch_file(
    source: Source, file: str, by_hand: Path | None, cache: Path | None, deadline: float
) -> bytes:
    """Return one file of a data set, downloading it if need be.

    Parameters
    ----------
    source : Source
        The data set.
    file : str
        A key of ``source.files``.
    by_hand : pathlib.Path or None
        Folder that is searched first; never written to.
    cache : pathlib.Path or None
        Folder that is searched next, and that a download goes into.
    deadline : float
        When to give up, in seconds as `time.monotonic` counts them.

    Returns
    -------
    bytes
        The content of the original file, unpacked.

    Raises
    ------
    DownloadError
        If the file is in neither folder and every mirror failed.
    ValueError
        If the file in `by_hand` is not the original one: somebody put it there, which must be
        said and not covered up.
    """
    given = search(by_hand, source, file) if by_hand else Found()
    if given.content is not None:
        return given.content
    if given.wrong:
        raise ValueError(f"{given.wrong} Replace it or remove it from the folder in {VARIABLE}.")
    kept = search(cache, source, file) if cache else Found()
    if kept.content is not None:
        return kept.content
    tried = [
        _told(VARIABLE, by_hand, given, source, file),
        _told("cache", cache, kept, source, file),
    ]
    return _download(source, file, cache, tried, deadline)


def _told(name: str, folder: Path | None, found: Found, source: Source, file: str) -> str:
    """Say in a line what a search for a file found instead of it."""
    if folder is None:
        return "NBHELPERS_DATA is not set" if name == VARIABLE else f"{name}: no home folder"
    missing = f"no file {folder / source.folder / file}, nor under another usual name"
    return f"{name}: {found.wrong or found.unreadable or missing}"


def _download(
    source: Source, file: str, cache: Path | None, tried: list[str], deadline: float
) -> bytes:
    """Try the mirrors in order until one gives the file; otherwise tell what to do."""
    if cache is None:
        raise DownloadError(_advice(source, file, tried, cache))
    original, folder = source.files[file], cache / source.folder
    for mirror in source.mirrors:
        try:
            _prepare(folder)
            raw = download_with_retry(mirror + file, original, deadline)
            with whole_file(folder / file) as kept:
                kept.write(raw)
            return check_content(raw, original)
        # Nothing that a network, a disk or a platform does may stop a lesson that can fall back.
        except Exception as error:
            tried.append(f"{mirror}{file}: {reason(error)}")
    raise DownloadError(_advice(source, file, tried, cache)) from None


def _prepare(folder: Path) -> None:
    """Make the folder that a file is to be stored in, before the file is downloaded in vain."""
    folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(f"{folder} may not be written to")
    # Downloads that were killed left such folders while they were still written step by step.
    for left in folder.glob("download-*"):
        if time.time() - left.stat().st_mtime > _OLD_SECONDS:
            shutil.rmtree(left, ignore_errors=True)


def _advice(source: Source, file: str, tried: list[str], cache: Path | None) -> str:
    """Write the message of a failed download: what was tried, and what to do."""
    into = f"\ninto the folder {cache / source.folder}\nor " if cache else "\n"
    return (
        f"{source.label}: {file} is not on this computer and could not be downloaded. Tried:\n  "
        + "\n  ".join(tried)
        + f"\nTo put the files in place by hand, get {', '.join(source.files)}"
        f"\nfrom {' or '.join(source.mirrors)}{into}"
        f"into a folder named {source.folder!r}, and set {VARIABLE} to the folder around it."
    )
