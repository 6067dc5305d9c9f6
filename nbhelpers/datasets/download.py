"""Bring one file from one address, so that it is either there, whole and verified, or not at all.

What only a download needs is imported by the download, so that the package loads fast.
"""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from nbhelpers.datasets.sources import Original

if TYPE_CHECKING:
    from tqdm import tqdm

TIMEOUT = (5.0, 15.0)
"""Seconds that a server may take to accept a connection, and to send its next bytes."""

REACH_SECONDS = 3.0
"""Seconds, name look-up included, after which a server counts as out of reach."""


def sha256(path: Path | None) -> str | None:
    """Compute the SHA-256 of a file.

    Parameters
    ----------
    path : pathlib.Path or None
        The file.

    Returns
    -------
    str or None
        64 hexadecimal digits; None if there is no such file.
    """
    if path is None or not path.is_file():
        return None
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def download(url: str, target: Path, original: Original) -> None:
    """Download one file; it takes its name only when it is complete and verified.

    Parameters
    ----------
    url : str
        Where to get it.
    target : pathlib.Path
        Where to put it. An existing file is replaced, in one step.
    original : Original
        What the file must be; the size is for the progress bar only.

    Raises
    ------
    OSError
        If the server is out of reach or fails (all errors of ``requests`` are of this kind), or
        the file cannot be written.
    ValueError
        If what came has another SHA-256.
    """
    import tempfile

    import pooch

    _check_reachable(url)
    target.parent.mkdir(parents=True, exist_ok=True)
    # Beside the target, so that the last step is a rename and not a copy; removed on any error.
    with (
        tempfile.TemporaryDirectory(dir=target.parent, prefix="download-") as folder,
        _bar(target.name, original.size) as bar,
    ):
        part = Path(folder) / target.name
        load = pooch.HTTPDownloader(progressbar=bar, chunk_size=2**16, timeout=TIMEOUT)
        load(url, str(part), None)
        received = sha256(part)
        if received != original.sha256:
            raise ValueError(f"expected SHA-256 {original.sha256}. Received: {received}")
        part.replace(target)


def download_with_retry(url: str, target: Path, original: Original) -> None:
    """Download one file; once more if the first failure was one that may pass by itself.

    Parameters
    ----------
    url, target, original
        As in `download`.

    Raises
    ------
    OSError, ValueError
        As `download` does, for the last try.
    """
    try:
        download(url, target, original)
    except OSError as error:
        if not _may_pass(error):
            raise
        download(url, target, original)


def reason(error: Exception) -> str:
    """Say in a few words why a download failed.

    Parameters
    ----------
    error : Exception
        What `download` raised.

    Returns
    -------
    str
        Without the address, which who tells of the failure tells anyway.

    Examples
    --------
    >>> reason(TimeoutError("no connection within 3 s"))
    'no connection within 3 s'
    """
    response = getattr(error, "response", None)
    if response is not None:
        return f"the server answered {response.status_code} {response.reason}"
    return str(error) or type(error).__name__


def _bar(name: str, size: int) -> "tqdm":
    """Make a progress bar in bytes, which shows only if it takes long, and leaves no trace."""
    from tqdm.auto import tqdm

    return tqdm(desc=name, total=size, unit="B", unit_scale=True, leave=False, delay=0.3)


def _may_pass(error: OSError) -> bool:
    """Tell whether a second try makes sense: a broken connection, or a fault inside the server."""
    from requests.exceptions import ChunkedEncodingError, ConnectionError, HTTPError

    if isinstance(error, HTTPError):
        return error.response.status_code >= 500
    return isinstance(error, ChunkedEncodingError | ConnectionError)


def _check_reachable(url: str) -> None:
    """Raise OSError if no connection is made within `REACH_SECONDS`.

    The timeout of ``requests`` starts anew for every address that a name stands for, and does not
    count the look-up of the name: behind a firewall that swallows packets it waits for minutes.
    """
    import socket
    import threading

    from requests.utils import get_environ_proxies, select_proxy

    if select_proxy(url, get_environ_proxies(url)):
        return
    parts = urlsplit(url)
    address = (parts.hostname, parts.port or (80 if parts.scheme == "http" else 443))
    problem: list[OSError | None] = [TimeoutError(f"no connection within {REACH_SECONDS:g} s")]

    def connect() -> None:
        try:
            # Half the time each, so that a dead IPv6 address leaves time for an IPv4 one.
            socket.create_connection(address, timeout=REACH_SECONDS / 2).close()
            problem[0] = None
        except OSError as error:
            problem[0] = error

    thread = threading.Thread(target=connect, daemon=True)
    thread.start()
    thread.join(REACH_SECONDS)
    # Read once: after the time is up the thread may still be about to write.
    found = problem[0]
    if found is not None:
        raise found
