"""Bring one file from one address into memory: the whole original file, or an error, in time.

Nothing is written here, so that a download that is stopped or killed leaves nothing behind. What
only a download needs is imported by the download, so that the package loads fast.
"""

import sys
import threading
from collections.abc import Callable
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from nbhelpers.datasets.looks import looks_like
from nbhelpers.datasets.packing import check_content
from nbhelpers.datasets.sources import Original
from nbhelpers.utils import bar

REACH_SECONDS = 3.0
"""Seconds, name look-up included, after which a server counts as out of reach."""

QUIET_SECONDS = 15.0
"""Seconds in which at least `LEAST` bytes must come."""

LEAST = 4096
"""Bytes; a server that sends fewer in `QUIET_SECONDS` would need hours for a data set."""

_LOOK_SECONDS = 0.05  # between two looks at what has come
_CHUNK = 2**16


class Transfer:
    """One file on its way.

    Parameters
    ----------
    url : str
        Where it is.
    limit : int
        Bytes that are read at most.
    deadline : float
        When to give up, in seconds as `time.monotonic` counts them.
    """

    def __init__(self, url: str, limit: int, deadline: float) -> None:
        self.url, self.limit, self.deadline = url, limit, deadline
        self.body = bytearray()
        self.encoding = ""

    def run(self) -> None:
        """Read what the server sends, as it sends it, into ``body``."""
        import requests

        # The file is packed: it must neither be packed again nor be unpacked on its way.
        headers = {"Accept-Encoding": "identity"}
        timeout = (REACH_SECONDS, QUIET_SECONDS)
        with requests.get(self.url, headers=headers, stream=True, timeout=timeout) as response:
            response.raise_for_status()
            self.encoding = response.headers.get("Content-Encoding", "")
            while piece := _next_piece(response.raw):
                self._take(piece)

    def _take(self, piece: bytes) -> None:
        """Add a piece, while there is time and room for it."""
        room = self.limit - len(self.body)
        self.body += piece[:room]
        if len(piece) > room:
            seen = looks_like(bytes(self.body))
            raise ValueError(f"more than the {self.limit:,} bytes of the file: {seen}")
        if monotonic() > self.deadline:
            raise _time_is_up()


def download(url: str, original: Original, deadline: float) -> bytes:
    """Download one file.

    Parameters
    ----------
    url : str
        Where to get it.
    original : Original
        What the file must be; nothing beyond its size is read.
    deadline : float
        When to give up, in seconds as `time.monotonic` counts them.

    Returns
    -------
    bytes
        The file as it came, packed; its content is the original one.

    Raises
    ------
    OSError
        If the server is out of reach, too slow, or fails.
    ValueError
        If it sends anything else than the original file.
    """
    _check_reachable(url, deadline)
    transfer = Transfer(url, original.size, deadline)
    try:
        _watch(transfer)
        check_content(bytes(transfer.body), original)
    except ValueError as error:
        packed = f" (Content-Encoding: {transfer.encoding})" if transfer.encoding else ""
        raise ValueError(f"expected the original file. Received{packed}: {error}") from None
    return bytes(transfer.body)


def download_with_retry(url: str, original: Original, deadline: float) -> bytes:
    """Download one file; once more if the first failure was one that may pass by itself.

    Parameters
    ----------
    url, original, deadline
        As in `download`; the time is for both tries.

    Returns
    -------
    bytes
        As `download` does.

    Raises
    ------
    OSError, ValueError
        As `download` does, for the last try.
    """
    try:
        return download(url, original, deadline)
    except Exception as error:
        if not _may_pass(error):
            raise
        return download(url, original, deadline)


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


class _Worker:
    """A function at work in a thread of its own; where none can be started, it is done at once."""

    def __init__(self, work: Callable[[], None]) -> None:
        self._work = work
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.error: Exception | None = None
        try:
            self._thread.start()
        except RuntimeError:
            self._run()

    def _run(self) -> None:
        try:
            self._work()
        except Exception as error:
            self.error = error

    def is_done(self, seconds: float) -> bool:
        """Wait for so long at most; return whether the function has ended."""
        if self._thread.is_alive():
            self._thread.join(seconds)
        return not self._thread.is_alive()


def _watch(transfer: Transfer) -> None:
    """Run a transfer, show how far it is, and give it up when it is late or too slow.

    A wait inside a name look-up, a handshake or a header has no limit of its own in total, and a
    byte now and then keeps every other one from running out: hence from outside.
    """
    mark, since = 0, monotonic()
    with _bar(transfer) as shown:
        worker = _Worker(transfer.run)
        try:
            while not worker.is_done(_LOOK_SECONDS):
                received, now = len(transfer.body), monotonic()
                shown.update(received - shown.n)
                if received - mark >= LEAST:
                    mark, since = received, now
                if now > transfer.deadline:
                    raise _time_is_up()
                if now - since > QUIET_SECONDS:
                    raise TimeoutError(f"fewer than {LEAST:,} bytes in {QUIET_SECONDS:g} s")
        finally:
            transfer.deadline = 0.0  # stops one that is still at work, after its next piece
    if worker.error:
        raise worker.error


def _next_piece(stream: Any) -> bytes:
    """Return what has come so far, without waiting for more: empty at the end."""
    try:
        piece: bytes = stream.read1(_CHUNK, decode_content=False)
    except NotImplementedError:  # in a browser all has come already
        piece = stream.read(_CHUNK, decode_content=False)
    return piece


def _time_is_up() -> TimeoutError:
    return TimeoutError("the time for all downloads together is up")


def _bar(transfer: Transfer) -> Any:
    """Make a progress bar in bytes, which shows only if it takes long, and leaves no trace."""
    name, size = transfer.url.rpartition("/")[2], transfer.limit
    return bar(desc=name, total=size, unit="B", unit_scale=True, leave=False, delay=0.3)


def _may_pass(error: Exception) -> bool:
    """Tell whether a second try makes sense: a broken connection, or a fault inside the server."""
    from requests.exceptions import ConnectionError, HTTPError
    from urllib3.exceptions import ProtocolError

    if isinstance(error, HTTPError) and error.response is not None:
        return error.response.status_code >= 500
    return isinstance(error, ConnectionError | ProtocolError)


def _check_reachable(url: str, deadline: float) -> None:
    """Raise OSError if no connection is made within `REACH_SECONDS`.

    The timeout of ``requests`` starts anew for every address that a name stands for, and does not
    count the look-up of the name: behind a firewall that swallows packets it waits for minutes.
    """
    from requests.utils import get_environ_proxies, select_proxy

    if monotonic() > deadline:
        raise _time_is_up()
    # A proxy looks the name up itself; and in a browser there are no sockets to try.
    if select_proxy(url, get_environ_proxies(url)) or sys.platform == "emscripten":
        return
    worker = _Worker(lambda: _connect(url))
    if not worker.is_done(REACH_SECONDS):
        raise TimeoutError(f"no connection within {REACH_SECONDS:g} s")
    if worker.error:
        raise worker.error


def _connect(url: str) -> None:
    """Open a connection and close it again."""
    import socket

    parts = urlsplit(url)
    address = (parts.hostname, parts.port or (80 if parts.scheme == "http" else 443))
    # Half the time each, so that a dead IPv6 address leaves time for an IPv4 one.
    socket.create_connection(address, timeout=REACH_SECONDS / 2).close()
