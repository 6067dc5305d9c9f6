"""Stopping between two batches, never in the middle of a step."""

import signal
import threading
from types import FrameType, TracebackType
from typing import Any


class StopRequest:
    """While this is open, Ctrl-C (and JupyterLab's ■) only asks: ``requested`` becomes True.

    A second Ctrl-C acts at once, as usual. Outside the main thread, where signals never arrive,
    nothing is changed.
    """

    def __init__(self) -> None:
        self.requested = False
        self._before: Any = None

    def __enter__(self) -> "StopRequest":
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._ask)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        if self.requested:
            raise KeyboardInterrupt
        self.requested = True
