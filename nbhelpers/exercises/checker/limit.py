"""Run something for a limited time, even if it would never end."""

import ctypes
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

SLICE = 0.02  # seconds; a machine that is busy makes each slice longer, and not the count of them
PATIENCE = 4  # how many times as long a thread may take that gets little of a busy machine
TRIES, PAUSE = 50, 0.02  # an ``except:`` in a loop may swallow the first tries


class TimeUp(BaseException):
    """Raised inside the code that took too long; not an Exception, so that few catch it."""


class Worker:
    """A thread that runs one task, and can be told to stop.

    Waiting and stopping use nothing but a lock and C functions. While an exception waits to be
    raised in another thread, Python 3.11 gets stuck at the next Python function that a tracer
    (coverage, a debugger) wants to see. And no tracer looks at the thread: `TimeUp`, raised while
    one holds a lock of its own, would make it wait for ever wherever else it looks.

    Parameters
    ----------
    task : callable
        Takes nothing; raises nothing but `TimeUp`.
    """

    def __init__(self, task: Callable[[], None]) -> None:
        self.running = threading.Lock()
        self.clock: int | None = None
        self.thread = threading.Thread(target=self._run, args=(task,), daemon=True)

    def start(self) -> bool:
        """Start; return whether a thread could be had."""
        self.running.acquire()
        try:
            self.thread.start()
        except RuntimeError:
            return False
        return True

    def _run(self, task: Callable[[], None]) -> None:
        try:
            sys.settrace(None)
            self.clock = _clock()
            task()
        except TimeUp:
            pass
        finally:
            self.running.release()

    def wait(self, seconds: float) -> bool:
        """Wait for the end; return whether it came in time, by a clock that is fair under load."""
        waited = 0.0
        while not self.running.acquire(timeout=SLICE):
            waited += SLICE
            starved = self._spent() < seconds / 2 and waited < PATIENCE * seconds
            if waited >= seconds and not starved:
                return False
        self.running.release()
        return True

    def _spent(self) -> float:
        """Return how long the thread has computed; for ever, where no clock says so."""
        try:
            return time.clock_gettime(self.clock) if self.clock is not None else float("inf")
        except OSError:  # the thread has just ended
            return 0.0

    def stop(self) -> bool:
        """Raise `TimeUp` in the thread until it ends; return whether it did.

        An exception that was never raised, since its thread had ended or is stuck, leaves a mark in
        the interpreter of Python 3.11. Raising one in this very thread wipes it out.
        """
        interrupt = ctypes.pythonapi.PyThreadState_SetAsyncExc
        thread, stop = ctypes.c_ulong(self.thread.ident or 0), ctypes.py_object(TimeUp)
        this_one = ctypes.c_ulong(threading.get_ident())
        acquire, tries, ended = self.running.acquire, TRIES, False
        while tries and not (ended := acquire(timeout=PAUSE)):  # no Python function from here ...
            interrupt(thread, stop)
            tries -= 1
        interrupt(thread, None)
        if sys.version_info < (3, 12):
            try:
                interrupt(this_one, stop)
                for _ in (1, 2):
                    pass
            except TimeUp:  # ... to here
                pass
        if ended:
            self.running.release()
        return ended


def within(seconds: float, task: Callable[[], None]) -> bool:
    """Run a task in a thread of its own, and stop it when its time is up.

    Python code is stopped at its next step. What is stuck inside a library (``time.sleep``, a huge
    matrix product), or catches all that is raised, is left behind in its thread, and the caller
    goes on all the same. Where no thread can be had, the task runs in this one, watched step by
    step.

    Parameters
    ----------
    seconds : float
        On a busy machine it may take longer: a thread that hardly gets to run gets more time.
    task : callable
        Takes nothing; must not raise.

    Returns
    -------
    bool
        Whether the task has ended; False if it was stopped or left behind.

    Examples
    --------
    >>> within(1, lambda: None)
    True
    """
    worker, done = Worker(task), False
    try:
        if not worker.start():
            return (done := _in_this_thread(seconds, task))
        return (done := worker.wait(seconds))
    finally:  # also when the learner presses Stop while it starts, or while we wait
        if not done and worker.thread.ident:
            worker.stop()


def _in_this_thread(seconds: float, task: Callable[[], None]) -> bool:
    """Run a task here, and look at the clock before each line; other tracers wait meanwhile."""
    before, deadline = sys.gettrace(), time.monotonic() + seconds

    def watch(frame: FrameType, event: str, argument: Any) -> Any:
        if time.monotonic() > deadline:
            raise TimeUp
        return watch

    sys.settrace(watch)
    try:
        task()
        return True
    except TimeUp:
        return False
    finally:
        sys.settrace(before)


def _clock() -> int | None:
    """Return the clock that says how long this thread has computed, where there is one."""
    clock_of = getattr(time, "pthread_getcpuclockid", None)
    return clock_of(threading.get_ident()) if clock_of else None
