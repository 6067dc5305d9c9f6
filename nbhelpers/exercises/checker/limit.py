"""Run something for a limited time, even if it would never end."""

import contextlib
import ctypes
import threading
from collections.abc import Callable

TRIES, PAUSE = 20, 0.05  # an ``except:`` in a loop may swallow the first tries


class TimeUp(BaseException):
    """Raised inside the code that took too long; not an Exception, so that few catch it."""


def within(seconds: float, task: Callable[[], None]) -> bool:
    """Run a task in a thread of its own, and stop it when its time is up.

    Python code is stopped at its next step. What is stuck inside a library (``time.sleep``, a huge
    matrix product) is left behind in its thread, and the caller goes on all the same.

    Parameters
    ----------
    seconds : float
    task : callable
        Takes nothing; must not raise.

    Returns
    -------
    bool
        Whether the task ended in time.

    Examples
    --------
    >>> within(1, lambda: None)
    True
    """
    worker = threading.Thread(target=_until_time_is_up, args=(task,), daemon=True)
    worker.start()
    try:
        worker.join(seconds)
        return not worker.is_alive()
    finally:  # also when the learner presses Stop while we wait
        _stop(worker)


def _until_time_is_up(task: Callable[[], None]) -> None:
    with contextlib.suppress(TimeUp):
        task()


def _stop(worker: threading.Thread) -> None:
    for _ in range(TRIES):
        if not worker.is_alive():
            return
        identity, stop = ctypes.c_ulong(worker.ident), ctypes.py_object(TimeUp)
        ctypes.pythonapi.PyThreadState_SetAsyncExc(identity, stop)
        worker.join(PAUSE)
