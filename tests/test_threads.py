"""Blocks, workers that sleep, and BLAS at one thread: the same bits whoever computes them."""

import multiprocessing
import signal
import subprocess
import sys
import threading
import time
import weakref
from collections import deque

import joblib
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from threadpoolctl import ThreadpoolController, threadpool_limits

from nbhelpers import threads

GUARD = 120  # seconds after which a test that hangs fails; nothing else depends on a clock
COUNTS = [1, 2, 3, 8]
A = np.random.default_rng(0).random((128, 784), dtype="float32")
B = np.random.default_rng(1).random((784, 512), dtype="float32")


@pytest.fixture(autouse=True)
def usual_number():
    yield
    threads.use(None)


def blas_threads():
    controllers = ThreadpoolController().select(user_api="blas").lib_controllers
    return max((c.num_threads for c in controllers), default=1)


# Blocks ---------------------------------------------------------------------------------


@given(st.integers(0, 5000), st.floats(0, 1e6))
def test_blocks_cover_the_axis_in_order(length, size):
    parts = threads.blocks(length, size)
    assert [k for part in parts for k in range(length)[part]] == list(range(length))
    assert 1 <= len(parts) <= max(1, min(8, size))
    assert all((part.stop - part.start) % 8 == 0 for part in parts[:-1])


def test_many_blocks_are_large_ones():
    assert [len(threads.blocks(4096, size)) for size in (0, 1.9, 2, 7.9, 8, 31, 32, 1e9)] == [
        1, 1, 2, 2, 4, 4, 8, 8,
    ]  # fmt: skip


def test_who_comes_late_finds_less_to_do():
    for number, size in ((2, 4), (4, 12.25), (8, 40)):
        lengths = [part.stop - part.start for part in threads.blocks(16_000, size)]
        assert lengths == sorted(lengths, reverse=True)
        first, second = sum(lengths[::2]), sum(lengths[1::2])
        # A product's unit takes as long as a worker needs to wake; half of it is made good.
        assert (first - second) / 16_000 * size == pytest.approx(0.5, abs=0.02 * number)


def test_a_small_product_is_one_call_and_a_part_that_is_alone_is_done_here(monkeypatch):
    done = []
    threads.share(done.append, [slice(0, 5)])
    assert done == [slice(0, 5)]
    monkeypatch.setattr(threads, "share", lambda work, parts: done.append(parts))
    threads.matmul(np.ones((32, 784), "float32"), np.ones((784, 128), "float32"))
    assert len(done) == 1  # three million multiplications are too few to be shared
    threads.matmul(np.ones((128, 784), "float32"), np.ones((784, 512), "float32"))
    assert len(done) == 2


SHAPES = [
    (128, 784, 512),
    (784, 127, 512),
    (1000, 784, 33),
    (3, 2048, 2049),
    (1, 4096, 4096),
    (4097, 4096, 1),
    (5, 7, 3),
    (0, 5, 3),
    (4, 0, 3),
]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_a_product_has_the_same_bits_on_any_number_of_threads(shape, dtype):
    n, k, m = shape
    rng = np.random.default_rng(0)
    a, b = rng.standard_normal((n, k)).astype(dtype), rng.standard_normal((k, m)).astype(dtype)
    exact = a.astype("float64") @ b.astype("float64")
    products = []
    for number in COUNTS:
        threads.use(number)
        for blas in (1, 2):
            with threadpool_limits(blas):
                products.append(threads.matmul(a, b))
                products.append(threads.matmul(a.T.copy().T, b, out=np.empty((n, m), dtype)))
    for product in products:
        assert product.dtype == dtype
        np.testing.assert_allclose(product, exact, rtol=0, atol=3e-5 * np.sqrt(k + 1))
    assert len({product.tobytes() for product in products[::2]}) == 1
    assert len({product.tobytes() for product in products[1::2]}) == 1


@pytest.mark.parametrize("shift", range(8))
def test_where_an_array_lies_in_memory_changes_no_bit(shift):
    rng = np.random.default_rng(0)
    a, b = rng.random((128, 784), dtype="float32"), rng.random((784, 512), dtype="float32")
    places = [np.empty(x.size + 8, "float32")[shift : shift + x.size] for x in (a, b)]
    moved = [place.reshape(x.shape) for place, x in zip(places, (a, b), strict=True)]
    for place, x in zip(moved, (a, b), strict=True):
        place[...] = x
    threads.use(2)
    assert threads.matmul(*moved).tobytes() == threads.matmul(a, b).tobytes()


# Workers --------------------------------------------------------------------------------


def until(condition):
    for _ in range(100 * GUARD):
        if condition():
            return
        threading.Event().wait(0.01)
    pytest.fail("waited in vain")


def two_at_once(work_here, work_there):
    """Share two parts, one done by the caller, one by a worker, at the same time."""
    threads.use(2)
    until(lambda: not threads._requests.qsize())  # or no worker would be asked
    caller, both = threading.get_ident(), threading.Barrier(2, timeout=GUARD)

    def work(part):
        both.wait()
        work_here() if threading.get_ident() == caller else work_there()

    threads.share(work, [slice(0, 1), slice(1, 2)])


def test_caller_and_worker_compute_at_the_same_time():
    done = []
    two_at_once(lambda: done.append("here"), lambda: done.append("there"))
    assert sorted(done) == ["here", "there"]


def test_the_caller_does_alone_what_no_worker_has_begun():
    threads.use(2)
    held, release, done = threading.Event(), threading.Event(), []

    def hold_the_worker():
        held.set()
        assert release.wait(GUARD)

    other = threading.Thread(target=two_at_once, args=(lambda: None, hold_the_worker))
    other.start()
    assert held.wait(GUARD)
    parts = threads.blocks(99, 8)
    threads.share(lambda part: done.append((part.start, threading.get_ident())), parts)
    assert done == [(part.start, threading.get_ident()) for part in parts]
    release.set()
    other.join()


def test_idle_workers_sleep():
    two_at_once(lambda: None, lambda: None)
    assert all(t.daemon for t in threading.enumerate() if t.name == "nbhelpers")
    begin = time.process_time()
    threading.Event().wait(0.5)
    assert time.process_time() - begin < 0.2  # of computing, not of waiting


def test_nothing_that_was_computed_is_kept():
    class Big:
        pass

    big = Big()
    gone = weakref.ref(big)

    def work(part, big=big):
        pass

    threads.use(3)
    threads.share(work, threads.blocks(64, 32))
    del big, work
    until(lambda: gone() is None)  # a worker may just be dropping its request


def test_requests_do_not_pile_up_when_the_workers_are_busy():
    threads.use(2)
    held, release = threading.Event(), threading.Event()

    def hold_the_worker():
        held.set()
        assert release.wait(GUARD)

    other = threading.Thread(target=two_at_once, args=(lambda: None, hold_the_worker))
    other.start()
    assert held.wait(GUARD)
    for _ in range(100):
        threads.share(lambda part: None, threads.blocks(99, 8))
    assert threads._requests.qsize() <= 1
    release.set()
    other.join()


def test_work_may_share_work():
    threads.use(2)
    sums = np.zeros((4, 4))

    def row(outer):
        threads.share(lambda inner: sums[outer, inner].__iadd__(1), cells)

    cells = [slice(k, k + 1) for k in range(4)]
    threads.share(row, cells)
    assert (sums == 1).all()


def test_several_callers_do_not_mix_their_blocks():
    threads.use(3)
    a = np.random.default_rng(0).random((128, 784), dtype="float32")
    b = np.random.default_rng(1).random((784, 512), dtype="float32")
    right, wrong = threads.matmul(a, b).tobytes(), []

    def multiply():
        for _ in range(20):
            if threads.matmul(a, b).tobytes() != right:
                wrong.append(1)

    callers = [threading.Thread(target=multiply) for _ in range(4)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert wrong == []


# Errors and Stop ------------------------------------------------------------------------


def fail():
    raise ArithmeticError("a block failed")


@pytest.mark.parametrize("places", [(fail, lambda: None), (lambda: None, fail), (fail, fail)])
def test_an_exception_in_a_block_reaches_the_caller(places):
    with pytest.raises(ArithmeticError, match="a block failed"):
        two_at_once(*places)
    two_at_once(lambda: None, lambda: None)  # the workers go on


def test_an_index_error_is_not_taken_for_the_end_of_the_work():
    with pytest.raises(IndexError, match="mine"):
        threads.share(lambda part: [].pop() if part is None else fail_index(), [slice(0, 1)] * 4)


def fail_index():
    raise IndexError("mine")


def test_no_worker_writes_any_more_when_an_exception_arrives():
    raised, written = threading.Event(), []

    def fail_here():
        raised.set()
        fail()

    def write_late():
        assert raised.wait(GUARD)
        written.append(1)

    with pytest.raises(ArithmeticError):
        two_at_once(fail_here, write_late)
    assert written == [1]


def test_after_an_exception_no_new_part_is_begun(monkeypatch):
    threads.use(2)
    until(lambda: not threads._requests.qsize())
    caller, both = threading.get_ident(), threading.Barrier(2, timeout=GUARD)
    cleared, done = threading.Event(), []

    class Todo(deque):
        def clear(self):
            super().clear()
            cleared.set()

    def work(part):
        if part.start < 2:
            both.wait()
        if threading.get_ident() == caller:
            fail()
        assert cleared.wait(GUARD)
        done.append(part)

    monkeypatch.setattr(threads, "deque", Todo)
    with pytest.raises(ArithmeticError):
        threads.share(work, [slice(k, k + 1) for k in range(100)])
    assert len(done) == 1


@pytest.mark.skipif(not hasattr(signal, "pthread_kill"), reason="sends a signal to a thread")
def test_no_worker_writes_any_more_when_stop_arrives(monkeypatch):
    pressed, left, written = threading.Event(), threading.Event(), []

    def stop(number, frame):
        pressed.set()
        raise KeyboardInterrupt

    def caller_waits():
        frame = sys._current_frames()[threading.main_thread().ident]
        return frame.f_code.co_name == "_end"

    def press_and_write():
        until(caller_waits)
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
        assert pressed.wait(GUARD)
        written.append("late" if left.wait(0.3) else "in time")

    before = signal.signal(signal.SIGINT, stop)
    try:
        with pytest.raises(KeyboardInterrupt):
            two_at_once(lambda: None, press_and_write)
        left.set()
        assert written == ["in time"]
    finally:
        signal.signal(signal.SIGINT, before)


def test_workers_heed_the_caller_s_errstate():
    big = np.array([np.finfo("float32").max])
    with np.errstate(over="ignore"):
        two_at_once(lambda: big * 2, lambda: big * 2)
    with np.errstate(over="raise"), pytest.raises(FloatingPointError):
        two_at_once(lambda: None, lambda: big * 2)


# BLAS -----------------------------------------------------------------------------------


@pytest.fixture
def two_blas_threads():
    with threadpool_limits(2, user_api="blas"):
        if blas_threads() != 2:
            pytest.skip("this BLAS has no threads that can be set")
        yield


def test_blas_keeps_to_one_thread_and_gets_its_own_back(two_blas_threads):
    with threads.calm():
        assert blas_threads() == 1
        with threads.calm():
            assert blas_threads() == 1
        assert blas_threads() == 1
    assert blas_threads() == 2


def test_blas_gets_its_threads_back_after_an_exception(two_blas_threads):
    with pytest.raises(ValueError, match="mismatch"):
        threads.matmul(np.ones((2, 3)), np.ones((4, 5)))
    assert blas_threads() == 2


def test_blas_is_calm_until_the_last_of_several_callers_leaves(two_blas_threads):
    inside, leave = threading.Event(), threading.Event()

    def stay():
        with threads.calm():
            inside.set()
            assert leave.wait(GUARD)

    other = threading.Thread(target=stay)
    with threads.calm():
        other.start()
        assert inside.wait(GUARD)
    assert blas_threads() == 1
    leave.set()
    other.join()
    assert blas_threads() == 2


def test_others_may_set_the_threads_of_blas_before_and_after(two_blas_threads):
    def elsewhere(work):
        other = threading.Thread(target=work)
        other.start()
        other.join()

    seen = []

    def be_calm():
        with threads.calm():
            seen.append(blas_threads())

    def set_to_one():
        with threadpool_limits(1, user_api="blas"):
            seen.append(blas_threads())

    be_calm()
    elsewhere(set_to_one)
    elsewhere(be_calm)
    be_calm()
    assert seen == [1, 1, 1, 1]
    assert blas_threads() == 2


def test_calm_is_a_decorator_too(two_blas_threads):
    assert threads.calm()(blas_threads)() == 1
    assert blas_threads() == 2


def interrupted(work, at):
    """Press Stop at the moment number ``at`` where Python heeds it; return whether there is one."""
    left = at

    def look(frame, event, argument):
        nonlocal left
        left -= event in ("call", "c_return") and frame.f_code is not interrupted.__code__
        if left == 0:
            raise KeyboardInterrupt  # which also ends the looking

    sys.setprofile(look)
    try:
        work()
    except KeyboardInterrupt:
        pass
    finally:
        sys.setprofile(None)
    return left <= 0


@pytest.mark.parametrize("work", [threads.calm()(list), lambda: threads.matmul(A[:2], B[:, :2])])
def test_an_interrupt_anywhere_costs_blas_its_threads_for_no_longer_than_one_call(
    work, two_blas_threads
):
    at = 1
    while interrupted(work, at):
        with threads.calm():
            assert blas_threads() == 1, at
        assert blas_threads() == 2, at
        at += 1
    assert at > 20  # else nothing was interrupted


# How many -------------------------------------------------------------------------------


def test_the_number_is_that_of_the_cores_unless_told_otherwise(monkeypatch):
    monkeypatch.delenv("NBHELPERS_THREADS", raising=False)
    assert threads.count() == joblib.cpu_count()
    monkeypatch.setenv("NBHELPERS_THREADS", "5")
    assert threads.count() == 5
    threads.use(3)
    assert threads.count() == 3
    threads.use(None)
    assert threads.count() == 5


@pytest.mark.parametrize("given", ["0", "two", "-1", "1.5"])
def test_a_variable_that_is_no_number_is_refused(monkeypatch, given):
    monkeypatch.setenv("NBHELPERS_THREADS", given)
    with pytest.raises(ValueError, match="NBHELPERS_THREADS must be a whole number from 1 up"):
        threads.count()


@pytest.mark.parametrize("given", [0, -1, 1.5, True, "2"])
def test_a_number_that_is_none_is_refused(given):
    with pytest.raises(ValueError, match=r"threads\.use: count must be a whole number from 1 up"):
        threads.use(given)


# Other processes ------------------------------------------------------------------------


def count_and_product(_):
    product = threads.matmul(A, B)
    return threads.count(), [t.name for t in threading.enumerate()].count("nbhelpers"), product


def check_other_process(answer):
    number, workers, product = answer
    assert (number, workers) == (1, 0)
    assert product.tobytes() == threads.matmul(A, B).tobytes()


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_one_thread_in_a_process_of_multiprocessing(method):
    two_at_once(lambda: None, lambda: None)  # the parent has a worker
    with threads.calm(), multiprocessing.get_context(method).Pool(1) as pool:
        check_other_process(pool.apply(count_and_product, [0]))


def test_one_thread_in_a_process_of_joblib():
    (answer,) = joblib.Parallel(2)([joblib.delayed(count_and_product)(0)])
    check_other_process(answer)


FORK = """
import os, sys, threading
import numpy as np
from nbhelpers import threads
a, b = np.ones((128, 784), "float32"), np.ones((784, 512), "float32")
threads.use(3)
right = threads.matmul(a, b)
go_on = True
def keep_busy():
    while go_on:
        threads.matmul(a, b)
others = [threading.Thread(target=keep_busy) for _ in range(2)]
for other in others:
    other.start()
for _ in range(20):
    child = os.fork()
    if not child:
        same = threads.count() == 1 and (threads.matmul(a, b) == right).all()
        os._exit(0 if same else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
go_on = False
print("done")
"""
FORK_WAITS = """
import os, threading, time
from nbhelpers import threads
inside, left = threading.Event(), []
def change():
    with threads._lock:
        inside.set()
        time.sleep(0.3)
        left.append(True)
threading.Thread(target=change).start()
inside.wait()
child = os.fork()
if not child:
    os._exit(0 if left else 1)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
with threads._lock:
    print("done")
"""
FORK_BESIDE_CALM = """
import os, threading
from nbhelpers import threads
for library in threads._blas():
    library.set_num_threads(2)
inside, go_on = threading.Event(), threading.Event()
def rest():
    with threads.calm():
        inside.set()
        go_on.wait()
other = threading.Thread(target=rest, daemon=True)
other.start()
inside.wait()
child = os.fork()
if not child:
    with threads.calm():
        alone = [library.num_threads for library in threads._blas()]
    after = [library.num_threads for library in threads._blas()]
    os._exit(0 if set(alone) == {1} and set(after) == {2} else 1)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
go_on.set()
print("done")
"""
NO_THREADS = """
import threading
import numpy as np
from nbhelpers import threads
def start(self):
    raise RuntimeError("can't start new thread")
threading.Thread.start = start
threads.use(8)
assert (threads.matmul(np.ones((512, 512)), np.ones((512, 512))) == 512).all()
assert threads._workers == []
print("done")
"""
AT_THE_END = """
import atexit, sys, threading
import numpy as np
from nbhelpers import threads
threads.use(3)
def multiply():
    assert (threads.matmul(np.ones((512, 512)), np.ones((512, 512))) == 512).all()
class Late:
    def __del__(self):
        multiply()
def at_exit():
    multiply()
    print("done", flush=True)
atexit.register(at_exit)
late = Late()
if "before" in sys.argv:
    multiply()
threading.Thread(target=multiply).start()
"""


def done(code, *arguments):
    run = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, timeout=GUARD
    )
    assert (run.returncode, run.stdout) == (0, "done\n"), run.stderr
    return run.stderr


@pytest.mark.skipif(not hasattr(signal, "pthread_kill"), reason="Windows does not fork")
def test_a_fork_amid_the_work_of_others_computes_alone():
    done("import warnings; warnings.simplefilter('ignore')\n" + FORK)


@pytest.mark.skipif(not hasattr(signal, "pthread_kill"), reason="Windows does not fork")
def test_a_fork_waits_for_who_changes_the_number_of_threads():
    done("import warnings; warnings.simplefilter('ignore')\n" + FORK_WAITS)


@pytest.mark.skipif(not hasattr(signal, "pthread_kill"), reason="Windows does not fork")
def test_a_fork_beside_a_calm_thread_gives_blas_its_own_number_back():
    done("import warnings; warnings.simplefilter('ignore')\n" + FORK_BESIDE_CALM)


def test_where_no_thread_can_start_the_caller_computes_alone():
    assert done(NO_THREADS) == ""


@pytest.mark.parametrize("when", ["before", "never"])
def test_python_may_end_meanwhile(when):
    assert done(AT_THE_END, when) == ""
