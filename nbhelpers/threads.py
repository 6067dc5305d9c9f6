"""Work for several cores: large operations are cut into blocks, and threads share the blocks.

Three rules make training as fast as the machine allows, and its numbers the same everywhere:

- **Blocks depend on shapes alone.** Each is computed by the same call, whoever does it, so the
  bits are the same on one core and on sixteen.
- **Who has nothing to do sleeps.** The caller takes blocks, too, and does alone what no worker has
  begun: a busy core delays one block, never all of them.
- **BLAS, which multiplies NumPy's matrices, keeps to one thread meanwhile.** Its own threads wait
  for each other awake, which takes many times as long where another program is busy.

As many threads compute as this process may use cores. ``NBHELPERS_THREADS=1`` in the environment,
or ``threads.use(1)``, asks for another number.
"""

import contextvars
import functools
import itertools
import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from queue import SimpleQueue
from types import EllipsisType
from typing import Any, TypeAlias

import numpy as np
from threadpoolctl import (  # type: ignore[import-untyped]
    OpenBLASController,
    ThreadpoolController,
)

from nbhelpers._types import Array
from nbhelpers.utils import whole

Part: TypeAlias = slice | EllipsisType  # what selects a part of an array
Work: TypeAlias = Callable[[Any], object]

# The unit of work: multiplications in a product, numbers in a vector. Measured; smaller blocks lose
# to Python's lock, which every NumPy call takes and gives back.
PRODUCT, VECTOR = 2**22, 2**16
GRAIN = 8  # numbers; BLAS multiplies so many at a time, or a few times as many


def matmul(a: Array, b: Array, out: Array | None = None) -> Array:
    """Return ``a @ b`` for two matrices; of a large product the longer side is cut into blocks.

    Parameters
    ----------
    a, b : arrays of one float dtype, shapes (n, k) and (k, m)
    out : array, shape (n, m), optional
        Receives the product.

    Examples
    --------
    >>> matmul(np.ones((2, 3)), np.ones((3, 1)))
    array([[3.],
           [3.]])
    """
    n, m = len(a), b.shape[1]
    product = np.empty((n, m), a.dtype) if out is None else out
    size = a.size * m / PRODUCT
    with _CALM_ALREADY if threading.get_ident() in _calm else calm():
        if size < 2:
            np.matmul(a, b, out=product)
        elif n >= m:
            share(lambda part: np.matmul(a[part], b, out=product[part]), blocks(n, size))
        else:
            share(lambda part: np.matmul(a, b[:, part], out=product[:, part]), blocks(m, size))
    return product


@functools.lru_cache
def blocks(length: int, size: float) -> tuple[slice, ...]:
    """Cut an axis into 8, 4 or 2 blocks if there is work for so many, or leave it whole.

    Each is a little smaller than the one before: a worker needs a moment to wake, and takes its
    share from what is left.

    Parameters
    ----------
    length : int
        Of the axis.
    size : float
        How much work there is: 2 is worth two blocks, 8 four, 32 eight. Each block of a product
        prepares what it shares with the others once more, so that many blocks must be large.

    Examples
    --------
    >>> blocks(1000, 3.1)
    (slice(0, 584, None), slice(584, 1000, None))
    >>> blocks(1000, 0.1)
    (slice(0, 1000, None),)
    """
    if size < 2:
        return (slice(0, length),)
    n = next(n for n in (8, 4, 2) if size >= n * n / 2)
    # Of the work, block k does 1 / n less than the one before; so much is done before it.
    done = [size * k / n + k * (n - k) / (2 * n) for k in range(n)]
    grains = [round(part * length / (size * GRAIN)) for part in done]
    ends = [*(min(GRAIN * grain, length) for grain in grains), length]
    return tuple(slice(a, b) for a, b in itertools.pairwise(ends) if a < b or not length)


def passes(array: Array) -> Sequence[Part]:
    """Cut an array into blocks for operations that look at one number after the other.

    Examples
    --------
    >>> passes(np.zeros((8 * VECTOR, 1)))[1]
    slice(155648, 294912, None)
    >>> passes(np.zeros(()))
    [Ellipsis]
    """
    return blocks(len(array), array.size / VECTOR) if array.ndim else [...]


def share(work: Work, parts: Sequence[Part]) -> None:
    """Call ``work(part)`` for every part, here and in the workers that come to help.

    It returns when all is done. What a worker raises is raised here. Whatever happens, no worker
    still writes into an array when it returns.
    """
    if len(parts) == 1:
        work(parts[0])
        return
    todo = deque((work, part) for part in parts)
    # Requests that still wait mean that no worker is free; more of them would only pile up.
    free = _hire(min(len(todo), count()) - 1) - _requests.qsize()
    requests = [_Request(todo) for _ in range(free)]
    try:
        for request in requests:
            _requests.put(request)
        _take(todo)
    finally:
        try:
            _end(todo, requests)
        except BaseException:  # Stop was pressed while a worker was still writing
            _end(todo, requests)
            raise
    for request in requests:
        if request.error:
            raise request.error


def _take(todo: deque[tuple[Work, Part]]) -> None:
    """Do one part after another, until none is left."""
    while todo:
        try:
            work, part = todo.popleft()
        except IndexError:  # another thread was quicker
            return
        work(part)


class _Request:
    """A request to a worker to come and help, in the caller's context (``np.errstate``)."""

    def __init__(self, todo: deque[tuple[Work, Part]]) -> None:
        self.todo, self.context = todo, contextvars.copy_context()
        self.busy = threading.Lock()
        self.error: BaseException | None = None

    def serve(self) -> None:
        """Help; one who comes late finds nothing to do."""
        with self.busy:
            try:
                self.context.run(_take, self.todo)
            except BaseException as error:
                self.error = error


def _end(todo: deque[tuple[Work, Part]], requests: list[_Request]) -> None:
    """Let nobody begin any more, and wait for those who have begun."""
    todo.clear()
    for request in requests:
        with request.busy:
            pass


_requests: SimpleQueue[_Request] = SimpleQueue()
_workers: list[threading.Thread] = []
# Reentrant: Python may end what an interrupt left, a context of calm(), while its thread holds it.
_lock = threading.RLock()


def _serve() -> None:
    while True:
        _requests.get().serve()


def _hire(wanted: int) -> int:
    """Return how many of the wanted workers there are, after starting those that are missing."""
    with _lock:
        try:
            while len(_workers) < wanted:
                worker = threading.Thread(target=_serve, name="nbhelpers", daemon=True)
                worker.start()
                _workers.append(worker)
        except RuntimeError:  # no thread can be started: in Pyodide, or when Python is ending
            pass
    return min(wanted, len(_workers))


def count() -> int:
    """Return how many threads compute, the caller's included.

    One for each core that this process may use, as affinity and quotas have it; one in a process
    that ``multiprocessing`` or joblib has started, where its siblings have the other cores.

    Raises
    ------
    ValueError
        If ``NBHELPERS_THREADS`` is set to something that is no number of threads.
    """
    if _chosen is not None:
        return _chosen
    if multiprocessing.parent_process() is not None:
        return 1
    given = os.environ.get("NBHELPERS_THREADS", "")
    if given:
        return whole("threads", "NBHELPERS_THREADS", int(given) if given.isdecimal() else given)
    return _cores()


def use(count: int | None) -> None:
    """Choose how many threads compute from now on. The numbers that they compute stay the same.

    Parameters
    ----------
    count : int or None
        The caller's own thread included; 1 is the caller alone, None the usual number.
    """
    global _chosen
    _chosen = None if count is None else whole("threads.use", "count", count)


def is_alone() -> bool:
    """Return whether no thread can be started here, as where Python runs in a browser.

    Examples
    --------
    >>> is_alone()
    False
    """
    return not _hire(1)


@functools.cache
def _cores() -> int:
    import joblib  # loaded late: small networks never ask

    return int(joblib.cpu_count())


_CALM_ALREADY = nullcontext()
_calm: set[int] = set()  # the threads that are inside calm()
_before: list[int] = []  # BLAS's own numbers of threads, while there are others


@contextmanager
def calm() -> Iterator[None]:
    """Return a context, and a decorator, in which BLAS keeps to one thread; it nests.

    Only the outermost context of a thread counts, so that an interrupt that cuts short one inside
    it leaves nothing behind.

    Examples
    --------
    >>> with calm():
    ...     product = np.ones((2, 3)) @ np.ones((3, 2))
    """
    thread = threading.get_ident()
    if thread in _calm:
        yield
        return
    try:
        _calm.add(thread)
        _adapt()
        yield
    finally:
        _calm.discard(thread)
        _adapt()


def _adapt() -> None:
    """Give BLAS one thread while anybody is calm, and else its own back.

    It looks at how things are, not at what came before, and so mends what an interrupt left.
    """
    with _lock:
        libraries = _blas()
        if _calm and not _before:
            _before[:] = [library.num_threads for library in libraries]
        # threadpoolctl heeds one Python thread only; whoever is here now has the say.
        OpenBLASController.clear_controlling_thread(force=True)
        for library, number in zip(libraries, _before, strict=False):
            library.set_num_threads(1 if _calm else number)
        if not _calm:
            _before.clear()
            OpenBLASController.clear_controlling_thread(force=True)


@functools.cache
def _blas() -> list[Any]:
    return list(ThreadpoolController().select(user_api="blas").lib_controllers)


def _start_afresh() -> None:
    """After a fork: the other threads stayed in the parent, and may have held a lock there."""
    global _requests, _lock, _chosen
    _requests, _lock, _chosen = SimpleQueue(), threading.RLock(), 1
    _workers.clear()
    _calm.intersection_update({threading.get_ident()})


_chosen: int | None = None
if hasattr(os, "register_at_fork"):
    # A fork waits until nobody is changing BLAS's number of threads: BLAS, too, has a lock for it.
    os.register_at_fork(
        before=lambda: _lock.acquire(),
        after_in_parent=lambda: _lock.release(),
        after_in_child=_start_afresh,
    )
