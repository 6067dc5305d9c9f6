"""What a learner's function gave, made safe: plain numbers, arrays, lists and short texts.

A returned object or an error may do anything when it is looked at: raise, never end, fill the
memory. So it is looked at once, in the limited thread, and only what is made here leaves it.
"""

import itertools
import types
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from nbhelpers.exercises.checker.limit import TimeUp

MOST = 2_000  # values in a list, in all lists inside it, and taken from a generator
DEEPEST = 8  # lists in lists
LARGEST = 2_000_000  # numbers in an array that is copied
LONGEST = 240  # characters of a text
T = TypeVar("T")
ITERATORS = (types.GeneratorType, map, filter, zip)


@dataclass(frozen=True)
class Other:
    """A value that is neither a number, an array, a text nor a list of them.

    Attributes
    ----------
    kind : str
        The name of its type.
    text : str
        What it looks like, cut.
    """

    kind: str
    text: str


@dataclass(frozen=True)
class Failure:
    """An error that was raised.

    Attributes
    ----------
    kind : str
        The name of its type, e.g. ``"ValueError"``.
    kinds : tuple of str
        The names of all types that it is, e.g. ``("ValueError", "Exception", ...)``.
    text : str
        Its message, cut.
    line : str
        The line of the learner's function that raised it.
    """

    kind: str
    kinds: tuple[str, ...] = ()
    text: str = ""
    line: str = ""


def plain(value: Any) -> Any:
    """Return a value as plain numbers, arrays of the base class, lists, texts, or `Other`.

    Parameters
    ----------
    value : object

    Examples
    --------
    >>> plain([1.5, np.float32(2), {"a": 1}])[:2]
    [1.5, np.float32(2.0)]
    """
    return _plain(value, 0, itertools.count())


def _plain(value: Any, depth: int, seen: "itertools.count[int]") -> Any:
    """Return one value plain; whatever it raises on the way makes it an `Other`."""
    kind = type(value)
    if value is None:
        return None
    if next(seen) > MOST or depth > DEEPEST:
        return Other(kind_of(value), "…")
    unreadable = Other(kind_of(value), f"an object of the type {kind_of(value)}")
    return safely(lambda: _number_text_or_array(value, kind, depth, seen), unreadable)


def _number_text_or_array(value: Any, kind: type, depth: int, seen: "itertools.count[int]") -> Any:
    if kind in (bool, float, complex):
        return value
    if issubclass(kind, np.ndarray):
        return _array(value)
    if issubclass(kind, str):
        return cut(value)
    if issubclass(kind, np.generic):
        return np.array(value)[()]
    if issubclass(kind, int):
        return _whole(int.__pos__(value))
    if issubclass(kind, float):
        return float.__pos__(value)
    if issubclass(kind, (list, tuple)):
        base = list if issubclass(kind, list) else tuple
        return _sequence(base.__iter__(value), base, depth, seen)
    if issubclass(kind, ITERATORS):
        return _sequence(value, list, depth, seen)
    return Other(kind_of(value), _looks(value))


def _sequence(items: Iterable[Any], kind: type, depth: int, seen: "itertools.count[int]") -> Any:
    made = [_plain(item, depth + 1, seen) for item in itertools.islice(items, MOST + 1)]
    if len(made) > MOST:
        return Other("sequence without end", f"more than {MOST} values")
    return kind(made)


def _array(value: Any) -> Any:
    array = np.array(value, copy=None, subok=False)
    if array.dtype.hasobject:
        return Other("array of objects", f"an array of objects, shape {array.shape}")
    return array.copy() if array.size <= LARGEST else array


def _whole(value: int) -> Any:
    if value.bit_length() < 64:
        return value
    return Other("huge number", f"a whole number of {value.bit_length()} bits")


def failure(error: BaseException, line: Callable[[BaseException], str]) -> Failure:
    """Return what is to be said of an error.

    Parameters
    ----------
    error : BaseException
    line : callable
        Returns the line that raised it.
    """
    builtin = (kind for kind in type(error).__mro__ if kind.__module__ == "builtins")
    return Failure(
        kind_of(error),
        safely(lambda: tuple(kind.__name__ for kind in builtin), ()),
        safely(lambda: cut(str(error)), "(its message cannot be read)"),
        safely(lambda: cut(line(error)), ""),
    )


def safely(look: Callable[[], T], instead: T) -> T:
    """Return what a look at something foreign gives, or something else where that raises."""
    try:
        return look()
    except TimeUp:
        raise
    except BaseException:
        return instead


def kind_of(value: Any) -> str:
    """Return the name of a value's type, cut."""
    return safely(lambda: cut(type(value).__name__, 60) or "object", "object")


def cut(text: str, width: int = LONGEST) -> str:
    """Return a text that is no longer than that, and no subclass of str.

    Examples
    --------
    >>> cut("a long story", 8)
    'a long …'
    """
    text = str.__getitem__(text, slice(width + 1))  # of a subclass of str, too
    return text if len(text) <= width else f"{text[: width - 1]}…"


def _looks(value: Any) -> str:
    if isinstance(value, types.FunctionType):
        return "a function"
    return cut(repr(value))
