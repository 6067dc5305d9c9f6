"""What is true of a wrong result, whoever made it: half right, twice too large, out of order."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from nbhelpers.exercises.checker.compare import NUMBERS, Closeness, Difference, difference
from nbhelpers.exercises.checker.exercise import Array
from nbhelpers.exercises.checker.words import show

FACTORS = {
    2.0: "twice",
    0.5: "half of",
    3.0: "three times",
    1 / 3: "a third of",
    4.0: "four times",
    0.25: "a quarter of",
    10.0: "ten times",
    0.1: "a tenth of",
    100.0: "a hundred times",
    0.01: "a hundredth of",
}
DIGITS = 6


def observed(found: Difference | None, close: Closeness) -> str:
    """Return what can be seen at a difference, as a sentence without a full stop; or nothing.

    Parameters
    ----------
    found : Difference or None
    close : Closeness
        How close numbers must be to count as equal.
    """
    if found is None:
        return ""
    if _is_right_inside(found, close):
        return "what is in it is right"
    came, expected = _numbers(found.came), _numbers(found.expected)
    if came is None or expected is None:
        return ""
    if found.kind == "values" or came.shape == expected.shape:
        return next(_of_values(came, expected, close), "")
    return next(_of_shapes(came, expected, close), "")


def _is_right_inside(found: Difference, close: Closeness) -> bool:
    """Return whether only the kind of sequence is wrong: a tuple where a list should be."""
    kinds = (list, tuple)
    if not (isinstance(found.came, kinds) and isinstance(found.expected, kinds)):
        return False
    return difference(type(found.expected)(found.came), found.expected, close=close) is None


def _numbers(value: Any) -> Array | None:
    """Return a result as an array, if it holds numbers only."""
    if not isinstance(value, (*NUMBERS, np.ndarray, list, tuple)):
        return None
    try:
        array: Array = np.asarray(value)
    except ValueError:  # rows of different lengths
        return None
    return array if array.dtype.kind in "biuf" and array.size <= 100_000 else None


def _of_shapes(came: Array, expected: Array, close: Closeness) -> Iterator[str]:
    if came.shape == expected.shape[::-1] and close.holds(came.T, expected):
        yield "the numbers are right, with rows and columns exchanged"
    if came.size == expected.size and close.holds(came.ravel(), expected.ravel()):
        yield "the numbers and their order are right, only the shape is not"
    if came.size == expected.size and _same_numbers(came, expected, close):
        yield "the numbers are right, in another order and another shape"
    if 0 < came.size < expected.size and came.ndim == expected.ndim:
        begin = expected[tuple(slice(n) for n in came.shape)]
        if begin.shape == came.shape and close.holds(came, begin):
            yield "what came is right, and the rest is missing"


def _of_values(came: Array, expected: Array, close: Closeness) -> Iterator[str]:
    if came.size == 0:
        yield "the numbers are right, and their container is not"
        return
    entries = close.entries(came, expected)
    if entries.all():
        yield "the numbers are right"
    yield from _as_a_whole(came.astype(float), expected.astype(float), close)
    if came.ndim > 1 and len(came) > 1:
        rows = np.asarray(entries.reshape(len(came), -1).all(axis=1))
        if rows.any():
            yield f"the shape is right, and {rows.sum()} of {len(rows)} rows"
    if came.size > 1:
        count = f"{entries.sum()} of {entries.size}" if entries.any() else "none"
        yield f"the shape is right, and {count} of the numbers"


def _as_a_whole(came: Array, expected: Array, close: Closeness) -> Iterator[str]:
    """Say what all numbers have in common; nan and infinity say enough by themselves."""
    if not (np.isfinite(came).all() and np.isfinite(expected).all()):
        return
    they_are = "all numbers are" if came.size > 1 else "the number is"
    if expected.any():
        if came.any() and close.holds(-came, expected):
            yield f"{they_are} right but for the sign"
        for factor, words in FACTORS.items():
            if close.holds(came / factor, expected):
                yield f"{they_are} {words} what {'they' if came.size > 1 else 'it'} should be"
    if came.size > 1 and _same_numbers(came, expected, close):
        if came.ndim == 2 and came.shape == came.T.shape and close.holds(came.T, expected):
            yield "the numbers are right, with rows and columns exchanged"
        yield "the same numbers in another order"
    if came.size > 1 and (came == came.flat[0]).all() and (expected != expected.flat[0]).any():
        yield f"every number is {show(came.flat[0].item())}"
    if digits := _digits(came, expected):
        yield f"right to {digits} {'digit' if digits == 1 else 'digits'}"
    off = came - expected
    if off.any() and np.allclose(off, off.flat[0], rtol=1e-6, atol=1e-9 * np.abs(expected).max()):
        size, side = show(abs(float(off.flat[0]))), "large" if off.flat[0] > 0 else "small"
        yield f"{they_are} too {side} by {size}"


def _digits(came: Array, expected: Array) -> int:
    """Return to how many digits all numbers are right; 0 if not even the first one is."""
    if (expected == 0).any() and came[expected == 0].any():
        return 0
    here = expected != 0
    if not here.any():
        return 0
    error = np.abs(came[here] / expected[here] - 1).max()
    return int(min(DIGITS, max(0, -np.log10(2 * error)))) if error else 0


def _same_numbers(came: Array, expected: Array, close: Closeness) -> bool:
    return close.holds(np.sort(came, axis=None), np.sort(expected, axis=None))
