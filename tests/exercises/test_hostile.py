"""A checker never raises, hangs or floods, whatever a function returns, raises, prints or sets."""

import functools
import operator
import random
import subprocess
import sys
import textwrap
import threading
import time

import numpy as np
import pytest

from nbhelpers import activations, exercises
from nbhelpers.exercises.checker import limit, world
from nbhelpers.exercises.checker.limit import within
from nbhelpers.exercises.checker.plain import Other, plain

SHORT = 5000  # characters of a whole answer


def answer_of(function, name="04.softmax"):
    answer = exercises.check(name, function)
    assert answer.status == "not yet"
    assert len(repr(answer)) < SHORT and len(answer._repr_html_()) < SHORT
    assert answer.hint
    return answer


def raises(*arguments, **settings):
    raise RuntimeError("on purpose")


def exits(*arguments, **settings):
    raise SystemExit("on purpose")


def hostile(base, method, does=raises):
    """Return a class derived from base, of which one method does something else."""
    return type("Hostile", (base,), {method: does})


class Array(np.ndarray):
    """An array of which nearly everything raises."""

    __array_function__ = __array_ufunc__ = __repr__ = __str__ = __eq__ = __len__ = raises
    __array_wrap__ = __iter__ = __getitem__ = tolist = copy = tobytes = raises
    dtype = shape = size = ndim = property(raises)
    __hash__ = None


def recursive(kind=list):
    value = []
    value.append(value)
    return kind(value)


def nested(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value


def wide(depth=9):
    value = []
    for _ in range(depth):
        value = [value] * 10
    return value


METHODS = ("__repr__", "__str__", "__format__", "__len__", "__iter__", "__eq__", "__getattr__")
OBJECTS = {
    **{f"object {m}": functools.partial(hostile(object, m)) for m in METHODS},
    "object __repr__ exits": hostile(object, "__repr__", exits),
    "object __class__": hostile(object, "__class__", property(raises)),
    "object __array__": hostile(object, "__array__"),
    **{f"float {m}": lambda m=m: hostile(float, m)(0.5) for m in METHODS},
    "float __float__": lambda: hostile(float, "__float__")(0.5),
    "int": lambda: hostile(int, "__index__")(3),
    "str": lambda: hostile(str, "__getitem__")("text" * 1000),
    "list": lambda: hostile(list, "__iter__")([1, 2]),
    "tuple": lambda: hostile(tuple, "__len__")((1, 2)),
    "numpy scalar": lambda: hostile(np.float64, "__format__")(0.5),
    "array": lambda: np.zeros((2, 3)).view(Array),
    "array in a list": lambda: [np.zeros((2, 3)).view(Array)],
    "metaclass": lambda: hostile(type, "__getattribute__")("", (), {})(),
    "a long name": lambda: type("n" * 1_000_000, (), {})(),
    "a recursive list": recursive,
    "a recursive tuple": lambda: recursive(tuple),
    "a list 20,000 deep": lambda: nested(20_000),
    "a list of 10**9 entries": wide,
    "a list of a million": lambda: [0.0] * 1_000_000,
    "a dictionary of itself": lambda: (lambda d: d.update(d=d) or d)({}),
    "a huge integer": lambda: 10**100_000,
    "a huge array": lambda: np.zeros((100_000, 100_000)),
    "an array of the right width, and vast": lambda: np.broadcast_to(0.5, (10**12, 3)),
    "objects": lambda: np.array([[object(), None, 3]], dtype=object),
    "hostile objects": lambda: np.array([[hostile(object, "__repr__")()] * 3], dtype=object),
    "Python numbers as objects": lambda: np.array([[0.1, 0.2, 0.7]], dtype=object),
    "texts": lambda: np.array([["a", "b", "c"]]),
    "structured": lambda: np.zeros(2, dtype=[("a", int), ("b", object)]),
    "dates": lambda: np.array([["2020-01-01"]], dtype="datetime64"),
    "complex": lambda: np.full((2, 3), 1j),
    "masked": lambda: np.ma.masked_all((2, 3)),
    "an endless generator": lambda: iter(lambda: 0, 1),
    "an endless map": lambda: map(abs, iter(lambda: 0, 1)),
    "rows of different lengths": lambda: [[1.0], [1.0, 2.0]],
    "a module": lambda: np,
    "a class": lambda: int,
    "a function": lambda: len,
    "bytes": lambda: b"x" * 1_000_000,
    "a set": lambda: {1, 2},
    "not implemented": lambda: NotImplemented,
    "an ellipsis": lambda: ...,
}


@pytest.mark.parametrize("make", OBJECTS.values(), ids=OBJECTS)
@pytest.mark.parametrize("name", ["04.softmax", "06.batches"])
def test_whatever_comes_back_is_answered(name, make):
    answer_of(lambda *arguments: make(), name)


@pytest.mark.parametrize("make", OBJECTS.values(), ids=OBJECTS)
def test_whatever_comes_back_among_right_results_is_answered(make):
    answer_of(lambda x, y, rng: (x, make()), "06.shuffle")
    answer_of(lambda x, batch_size: [x[:batch_size], make()], "06.batches")


ERRORS = {
    "str": hostile(Exception, "__str__"),
    "str exits": hostile(Exception, "__str__", exits),
    "str gives no text": hostile(Exception, "__str__", lambda self: 3),
    "str gives its own kind of text": hostile(
        Exception, "__str__", lambda self: hostile(str, "__len__")("text")
    ),
    "traceback": hostile(Exception, "__traceback__", property(raises)),
    "base": hostile(BaseException, "__repr__"),
    "group": lambda: ExceptionGroup("many", [ValueError("one")] * 1000),
    "20 MB": lambda: ValueError("x" * 20_000_000),
    "many lines": lambda: ValueError("x\n" * 100_000),
    "stop": StopIteration,
    "exit": GeneratorExit,
    "memory": MemoryError,
    "a long name": type("n" * 1_000_000, (Exception,), {}),
}


@pytest.mark.parametrize("make", ERRORS.values(), ids=ERRORS)
def test_whatever_is_raised_is_answered(make):
    def function(logits):
        raise make()

    assert answer_of(function).headline.startswith("Your function stopped with")


def test_a_recursion_without_end_is_answered():
    def forgets_to_end(logits):
        return forgets_to_end(logits)

    assert "RecursionError" in answer_of(forgets_to_end).headline


def callables():
    class Strange:
        def __call__(self, logits):
            return 3

    for method, does in (("__getattr__", raises), ("__code__", 3), ("__name__", property(raises))):
        yield type("Hostile", (Strange,), {method: does})()
    yield hostile(Strange, "__repr__")()
    yield hostile(Strange, "__class__", property(raises))()
    yield hostile(object, "__init__")
    yield functools.partial(activations.softmax, 3)
    yield operator.itemgetter(0)
    yield operator.methodcaller("sum")
    yield np.ndarray.sum
    yield np.matmul


@pytest.mark.parametrize("name", ["04.softmax", "02.dot"])
def test_whatever_can_be_called_is_answered(name):
    for function in callables():
        answer_of(function, name)


def test_whatever_is_given_as_a_name_is_answered():
    for name in (hostile(object, "__str__")(), hostile(str, "__str__")("x"), 3, ()):
        assert exercises.check(name, abs).status == exercises.hint(name).status == "unknown"


SPELLINGS = ["04.SOFTMAX", " softmax ", "4.softmax", "04 softmax", "04_Softmax"]


@pytest.mark.parametrize("text", SPELLINGS)
def test_a_name_may_be_spelled_otherwise(text):
    assert exercises.check(text, activations.softmax).passed
    assert exercises.hint(text).exercise == "04.softmax"


OVER = threading.Event()  # what cannot be stopped goes on until its test is over


def prints_for_ever(logits):
    while True:
        print("noise" * 1000)


def fills_a_line_for_ever(logits):
    while True:
        print("noise" * 1000, end="")


def looks_for_ever(logits):
    class Slow:
        def __repr__(self):
            while True:
                pass

    return Slow()


def message_without_end(logits):
    class Slow(Exception):
        def __str__(self):
            while True:
                pass

    raise Slow


def goes_on(logits):
    while not OVER.is_set():
        try:
            while not OVER.is_set():
                len(logits)
        except BaseException:
            pass


def sleeps(logits):
    time.sleep(1.5)


ENDLESS = [prints_for_ever, fills_a_line_for_ever, looks_for_ever, message_without_end, goes_on]


@pytest.mark.parametrize("function", [*ENDLESS, sleeps])
def test_what_does_not_end_is_answered(function, monkeypatch, capsys):
    monkeypatch.setattr(exercises, "SECONDS", 0.1)
    monkeypatch.setattr(sys, "stdout", sys.stdout)  # and put back what the check may leave there
    OVER.clear()
    assert answer_of(function).headline == "Your function takes too long."
    OVER.set()
    assert capsys.readouterr().out == ""


def test_a_thread_that_cannot_be_stopped_is_held_at_its_next_print(monkeypatch):
    monkeypatch.setattr(sys, "stdout", sys.stdout)  # and put back what the check leaves there
    monkeypatch.setattr(exercises, "SECONDS", 0.05)
    monkeypatch.setattr(limit, "TRIES", 0)
    lines = []

    def prints_on(logits):
        while True:
            lines.append(threading.current_thread())
            print("noise")

    answer_of(prints_on)
    assert isinstance(sys.stdout, world.Listener)
    print("others may still print")
    before = -1
    while before != len(lines):
        before = len(lines)
        time.sleep(0.05)
    assert lines[0].is_alive()


def test_settings_and_chance_are_as_they_were():
    def meddles(logits):
        np.seterr(all="raise")
        np.set_printoptions(precision=1)
        np.random.seed(3)
        random.seed(3)
        sys.setrecursionlimit(5000)
        sys.stdout = sys.stderr = None
        return activations.softmax(logits)

    def state():
        numpy_s, python_s = np.random.get_state()[1].tolist(), random.getstate()
        settings = np.geterr(), repr(np.get_printoptions()), sys.getrecursionlimit(), np.seterr
        return numpy_s, python_s, settings, sys.stdout, sys.stderr

    before = state()
    assert exercises.check("04.softmax", meddles).passed
    assert state() == before


def test_others_may_print_meanwhile(capsys):
    def waits(logits):
        spoken = threading.Thread(target=print, args=("from another thread",))
        spoken.start()
        spoken.join()
        print("from the function itself")
        return activations.softmax(logits)

    assert exercises.check("04.softmax", waits).passed
    out = capsys.readouterr().out
    assert "another thread" in out and "the function itself" not in out


def test_it_works_where_no_thread_can_be_had(monkeypatch):
    def no_thread(self):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", no_thread)
    monkeypatch.setattr(exercises, "SECONDS", 0.2)
    assert exercises.check("04.softmax", activations.softmax).passed
    assert (
        answer_of(lambda logits: 1 / 0).headline
        == "Your function stopped with a ZeroDivisionError."
    )
    assert answer_of(looks_for_ever).headline == "Your function takes too long."
    assert answer_of(prints_for_ever).headline == "Your function takes too long."
    monkeypatch.setattr(exercises, "SECONDS", 20)
    assert exercises.check("06.shuffle", shuffles).passed


def shuffles(x, y, rng):
    order = rng.permutation(len(x))
    return x[order], y[order]


def under_a_tracer(code):
    """Run code in a process of its own, in which a tracer with a lock looks at every line."""
    begin = """
        import sys, threading, time
        import numpy as np
        from nbhelpers import activations, exercises
        exercises.SECONDS = 0.2
        lock = threading.Lock()
        def trace(frame, event, argument):
            lock.acquire()
            for _ in range(100):
                pass
            lock.release()  # unless something is raised here
            return trace
        threading.settrace(trace)
        sys.settrace(trace)
    """
    script = textwrap.dedent(begin) + textwrap.dedent(code)
    return subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=100
    )


def test_a_tracer_does_no_harm():
    run = under_a_tracer("""
        def spins(logits):
            while True:
                pass
        def sleeps(logits):
            time.sleep(60)
        began = time.monotonic()
        print(exercises.check("04.softmax", spins).headline)
        print(exercises.check("04.softmax", sleeps).headline)
        exercises.SECONDS = 60
        print(exercises.check("04.softmax", activations.softmax).status)
        print(time.monotonic() - began < 50)
    """)
    too_long = "Your function takes too long."
    assert run.stdout.splitlines() == [too_long, too_long, "passed", "True"], run.stderr


def test_a_busy_kernel_does_not_fail_a_right_answer():
    stop = threading.Event()

    def computes():
        while not stop.is_set():
            sum(range(1000))

    others = [threading.Thread(target=computes) for _ in range(8)]
    for other in others:
        other.start()
    try:
        assert exercises.check("04.softmax", activations.softmax).passed
    finally:
        stop.set()


def test_a_thread_that_hardly_runs_gets_more_time(monkeypatch):
    ended = threading.Event()
    monkeypatch.setattr(limit, "PATIENCE", 1000)
    monkeypatch.setattr(limit.Worker, "_spent", lambda self: 0.0)  # as its clock says
    assert within(0.05, lambda: time.sleep(0.5))
    monkeypatch.setattr(limit.Worker, "_spent", lambda self: 1.0)
    assert not within(0.05, lambda: ended.wait(20))
    ended.set()


def test_values_are_made_plain_once():
    value = plain([True, 3, 0.5, "text", np.float32(2), np.ones(2), (1, None), {"a": 1}])
    assert value[:5] == [True, 3, 0.5, "text", 2] and value[6] == (1, None)
    assert value[7] == Other("dict", "{'a': 1}")
    buffer = np.zeros(3)
    kept = plain(buffer)
    buffer += 1
    assert kept.tolist() == [0, 0, 0]
