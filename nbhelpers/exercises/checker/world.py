"""Leave the world as it was: what is printed, and what a function may set for all of NumPy."""

import contextlib
import io
import random
import sys
import threading
import warnings
from collections.abc import Iterator
from typing import Any, TextIO

import numpy as np

MOST = 10_000  # characters that are kept


class Listener(io.TextIOBase):
    """Standard output that keeps what one thread prints, and hands on what others do.

    Parameters
    ----------
    stream : file
        Where the others print.

    Attributes
    ----------
    left_behind : bool
        Whether the thread did not stop when it was told to. It stays where it is then, and the
        thread waits for ever at the next thing that it prints.
    """

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.thread: int | None = None
        self.text = ""
        self.left_behind = False

    def listen(self) -> None:
        """Listen to this thread from now on."""
        self.thread = threading.get_ident()

    def write(self, text: str) -> int:
        """Keep the text, or hand it on."""
        if threading.get_ident() != self.thread:
            return self.stream.write(text)
        if self.left_behind:
            threading.Event().wait()
        self.text += text[: MOST - len(self.text)]
        return len(text)

    def flush(self) -> None:
        """Hand on a flush of the other threads."""
        if threading.get_ident() != self.thread:
            self.stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)

    def take(self) -> str:
        """Return what was kept since the last time."""
        text, self.text = self.text, ""
        return text


@contextlib.contextmanager
def as_it_was() -> Iterator[Listener]:
    """Put back what a function may change for everybody: chance, warnings, NumPy's settings.

    Yields
    ------
    Listener
        It stands in the place of standard output meanwhile.
    """
    listener = Listener(sys.stdout)
    numbers, chance, deepest = np.random.get_state(), random.getstate(), sys.getrecursionlimit()  # noqa: NPY002
    streams, seterr = (sys.stdout, sys.stderr), np.seterr
    try:
        with np.errstate(), np.printoptions(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            sys.stdout = listener
            np.seterr = lambda *args, **settings: np.geterr()
            yield listener
    finally:
        sys.stdout, sys.stderr = (listener if listener.left_behind else streams[0]), streams[1]
        np.seterr = seterr
        np.random.set_state(numbers)  # noqa: NPY002
        random.setstate(chance)
        sys.setrecursionlimit(deepest)
