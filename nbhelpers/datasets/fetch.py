"""Find the original files of a data set on this computer, or download them once.

The order: the folder in ``NBHELPERS_DATA``, the user's cache folder, the mirrors. A file is used
only if it is the original one, byte for byte: its SHA-256 is compared wherever it comes from.
`decide` makes the choice and touches nothing; the functions below it look and act.
"""

import os
from pathlib import Path
from typing import Literal

from nbhelpers.datasets.download import download_with_retry, reason, sha256
from nbhelpers.datasets.sources import SOURCES, Source

VARIABLE = "NBHELPERS_DATA"
"""Environment variable: a folder that holds ``mnist/`` and ``fashion-mnist/``."""

Action = Literal["by hand", "refuse", "cached", "download"]


class DownloadError(ConnectionError):
    """A file is not on this computer and no mirror gave it."""


def decide(by_hand: str | None, cached: str | None, original: str) -> Action:
    """Decide where a file is taken from.

    Parameters
    ----------
    by_hand, cached : str or None
        SHA-256 of the file in ``NBHELPERS_DATA`` and in the cache folder; None where there is none.
    original : str
        SHA-256 of the original file.

    Returns
    -------
    str
        ``"by hand"`` or ``"cached"``: take that file. ``"refuse"``: somebody put a wrong file into
        ``NBHELPERS_DATA``, which must be said and not covered up. ``"download"``: fetch it, over
        a damaged file in the cache if there is one.

    Examples
    --------
    >>> decide(by_hand=None, cached="aa", original="aa")
    'cached'
    >>> decide(by_hand=None, cached="half", original="aa")
    'download'
    >>> decide(by_hand="half", cached="aa", original="aa")
    'refuse'
    """
    if by_hand is not None:
        return "by hand" if by_hand == original else "refuse"
    return "cached" if cached == original else "download"


def fetch(name: str) -> dict[str, Path]:
    """Return the files of a data set, downloading what is not on this computer.

    Parameters
    ----------
    name : str
        A key of `SOURCES`.

    Returns
    -------
    dict of str to pathlib.Path
        File name to the place of a file that is the original one.

    Raises
    ------
    DownloadError
        If a file is not on this computer and every mirror failed.
    ValueError
        If a file in ``NBHELPERS_DATA`` is not the original one.
    """
    source, by_hand, cache = SOURCES[name], data_folder(), cache_folder()
    return {file: fetch_file(source, file, by_hand, cache) for file in source.files}


def is_here(name: str) -> bool:
    """Return whether a data set is on this computer, whole and unchanged; nothing is downloaded.

    Parameters
    ----------
    name : str
        A key of `SOURCES`.
    """
    source, by_hand, cache = SOURCES[name], data_folder(), cache_folder()
    folders = [folder / source.folder for folder in (by_hand, cache) if folder]
    return all(
        any(sha256(folder / file) == original.sha256 for folder in folders)
        for file, original in source.files.items()
    )


def data_folder() -> Path | None:
    """Return the folder that ``NBHELPERS_DATA`` names.

    Returns
    -------
    pathlib.Path or None
        The folder, whether or not it exists; None if the variable is empty or not set.
    """
    value = os.environ.get(VARIABLE, "")
    return Path(value).expanduser().absolute() if value else None


def cache_folder() -> Path:
    """Return the folder where downloaded files are kept.

    Returns
    -------
    pathlib.Path
        For example ``~/.cache/nbhelpers`` on Linux, whether or not it exists.
    """
    import pooch

    return Path(pooch.os_cache("nbhelpers"))


def fetch_file(source: Source, file: str, by_hand: Path | None, cache: Path) -> Path:
    """Return one file of a data set, downloading it if need be.

    Parameters
    ----------
    source : Source
        The data set.
    file : str
        A key of ``source.files``.
    by_hand : pathlib.Path or None
        Folder that is searched first; never written to.
    cache : pathlib.Path
        Folder that is searched next, and that a download goes into.

    Returns
    -------
    pathlib.Path
        A file that is the original one.

    Raises
    ------
    DownloadError
        If the file is in neither folder and every mirror failed.
    ValueError
        If the file in `by_hand` is not the original one.
    """
    original = source.files[file].sha256
    given = by_hand / source.folder / file if by_hand else None
    kept = cache / source.folder / file
    found = sha256(given)
    action = decide(found, sha256(kept), original)
    if action == "refuse":
        raise ValueError(
            f"{given}: expected the original file of {source.label}, SHA-256 {original}. "
            f"Received: {found}. Replace the file or remove it from the folder in {VARIABLE}."
        )
    if action == "download":
        _download_from_mirrors(source, file, given, kept)
    return given if action == "by hand" else kept


def _download_from_mirrors(source: Source, file: str, given: Path | None, kept: Path) -> None:
    """Try the mirrors in order until one gives the file; otherwise tell what to do."""
    tried = _searched(given, kept)
    for mirror in source.mirrors:
        try:
            download_with_retry(mirror + file, kept, source.files[file])
            return
        except (OSError, ValueError) as error:
            tried.append(f"{mirror}{file}: {reason(error)}")
    raise DownloadError(_advice(source, file, tried, kept.parent)) from None


def _searched(given: Path | None, kept: Path) -> list[str]:
    """Say which folders were searched before the mirrors."""
    by_hand = f"{VARIABLE} is not set" if given is None else f"{VARIABLE}: no file {given}"
    # A file that is there, and yet is to be downloaded, has failed its check.
    state = "damaged file" if kept.is_file() else "no file"
    return [by_hand, f"cache: {state} {kept}"]


def _advice(source: Source, file: str, tried: list[str], folder: Path) -> str:
    """Write the message of a failed download: what was tried, and what to do."""
    return (
        f"{source.label}: {file} is not on this computer and could not be downloaded. Tried:\n  "
        + "\n  ".join(tried)
        + f"\nTo put the files in place by hand, get {', '.join(source.files)}"
        f"\nfrom {' or '.join(source.mirrors)}"
        f"\ninto the folder {folder}"
        f"\nor into a folder named {source.folder!r}, and set {VARIABLE} to the folder around it."
    )
