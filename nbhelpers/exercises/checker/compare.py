"""Compare two results: are they the same, and if not, where do they part."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from nbhelpers.exercises.checker.exercise import Array
from nbhelpers.exercises.checker.plain import Other

NUMBERS = (bool, int, float, complex, np.generic)
ROUNDING = 16  # how many times the smallest step of its dtype a sum may be off


@dataclass(frozen=True)
class Closeness:
    """How close numbers must be.

    Attributes
    ----------
    relative, absolute : float
        ``nan`` equals ``nan``. Beside these, a number may be off by a few steps of its own dtype,
        as they are at the largest number of the result: so float32 is right, too. Both 0: exact,
        and an int where an int is expected.
    """

    relative: float = 1e-5
    absolute: float = 0.0

    def holds(self, came: Array, expected: Array) -> bool:
        """Return whether all numbers are close enough; both have the same shape."""
        return bool(self.entries(came, expected).all())

    def entries(self, came: Array, expected: Array) -> Array:
        """Return which numbers are close enough."""
        absolute = max(self.absolute, _rounding(came, expected)) if self.relative else 0.0
        with np.errstate(all="ignore"):
            off = np.abs(np.subtract(came, expected, dtype=_dtype_of(came, expected)))
            close: Array = off <= absolute + self.relative * np.abs(expected)
        if np.isfinite(off).all():
            return close
        same_nan = (came != came) & (expected != expected)
        return np.where(np.isfinite(off), close, (came == expected) | same_nan)


@dataclass(frozen=True)
class Difference:
    """The first place where a result is not what it should be.

    Attributes
    ----------
    kind : {"type", "length", "shape", "dtype", "values"}
    came, expected : object
        The two values at that place.
    where : str
        Which of several returned values it is; empty if there is one.
    """

    kind: str
    came: Any
    expected: Any
    where: str = ""


def identical(now: Any, before: Any) -> bool:
    """Return whether a value is what it was, to the last bit; what holds no numbers always is."""
    if isinstance(before, np.ndarray):
        same_kind = isinstance(now, np.ndarray) and (now.shape, now.dtype) == (
            before.shape,
            before.dtype,
        )
        return same_kind and now.tobytes() == before.tobytes()
    if isinstance(before, (list, tuple)):
        same_length = isinstance(now, (list, tuple)) and len(now) == len(before)
        return same_length and all(map(identical, now, before))
    if isinstance(before, dict):
        same_keys = isinstance(now, dict) and list(now) == list(before)
        return same_keys and all(identical(now[key], before[key]) for key in before)
    if isinstance(before, (*NUMBERS, str)):
        return type(now) is type(before) and bool(now == before or now != now)
    return True


def difference(
    came: Any, expected: Any, names: Sequence[str] = (), close: Closeness | None = None
) -> Difference | None:
    """Find the first place where two results part; None if they are the same.

    Parameters
    ----------
    came : object
        What a learner's function returned, made plain.
    expected : number, array, str, None, or a tuple or list of them
    names : sequence of str
        Names of the returned values, where there are several.
    close : Closeness, optional

    Examples
    --------
    >>> difference(np.zeros(3), np.zeros((3, 1))).kind
    'shape'
    >>> difference(0.3, 0.1 + 0.2) is None
    True
    """
    close = close or Closeness()
    if isinstance(expected, (tuple, list)):
        return _difference_of_many(came, expected, names, close)
    if isinstance(expected, np.ndarray):
        return _difference_of_arrays(came, expected, close)
    if isinstance(expected, NUMBERS):
        return _difference_of_numbers(came, expected, close)
    same = type(came) is type(expected) and came == expected
    return None if same else Difference("values", came, expected)


def _difference_of_numbers(came: Any, expected: Any, close: Closeness) -> Difference | None:
    if not (isinstance(came, NUMBERS) or (isinstance(came, np.ndarray) and came.ndim == 0)):
        return Difference("type", came, expected)
    exact = close.relative == 0 and isinstance(expected, int)
    if exact and np.asarray(came).dtype.kind == "f":
        return Difference("type", came, expected)
    found = _difference_of_arrays(np.asarray(came), np.asarray(expected), close)
    return Difference(found.kind, came, expected) if found else None


def _difference_of_many(
    came: Any, expected: Any, names: Sequence[str], close: Closeness
) -> Difference | None:
    """Report the first wrong type or shape, wherever it is; only then the first wrong value."""
    if not isinstance(came, (tuple, list) if names else type(expected)):
        return Difference("type", came, expected)
    if len(came) != len(expected):
        return Difference("length", came, expected)
    pairs = enumerate(zip(came, expected, strict=True))
    found = [_inside(k, one, other, names, close) for k, (one, other) in pairs]
    differences = [difference for difference in found if difference]
    if not differences:
        return None
    first = next((d for d in differences if d.kind != "values"), differences[0])
    plain_numbers = all(isinstance(value, NUMBERS) for value in expected)
    if first.kind == "values" and plain_numbers and not names:
        return Difference("values", came, expected)  # such as a shape: show all of it
    return first


def _inside(
    k: int, came: Any, expected: Any, names: Sequence[str], close: Closeness
) -> Difference | None:
    found = difference(came, expected, close=close)
    if not found:
        return None
    where = names[k] if names else f"[{k}]{found.where}"
    return Difference(found.kind, found.came, found.expected, where)


def _difference_of_arrays(came: Any, expected: Array, close: Closeness) -> Difference | None:
    if isinstance(came, Other) and came.kind == "array of objects":
        return Difference("dtype", came, expected)
    if not isinstance(came, np.ndarray):
        return Difference("type", came, expected)
    if came.shape != expected.shape:
        return Difference("shape", came, expected)
    if came.dtype.kind not in "biufc":
        return Difference("dtype", came, expected)
    return None if close.holds(came, expected) else Difference("values", came, expected)


def _dtype_of(came: Array, expected: Array) -> type:
    """Return a dtype with room for the difference of two arrays, whatever theirs are."""
    return complex if "c" in (came.dtype.kind, expected.dtype.kind) else float


def _rounding(came: Array, expected: Array) -> float:
    """Return by how much a right sum may be off: some steps of its dtype at the largest number."""
    if came.dtype not in (np.float32, np.float64) or expected.dtype.kind not in "iufb":
        return 0.0
    finite = np.abs(expected[np.isfinite(expected)].astype(float))
    return float(ROUNDING * np.finfo(came.dtype).eps * finite.max(initial=0.0))
