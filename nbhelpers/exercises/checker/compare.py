"""Compare two results: are they the same, and if not, where do they part."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

NUMBERS = (bool, int, float, np.generic)


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


def identical(a: Any, b: Any) -> bool:
    """Return whether two arguments are equal to the last bit; what holds no numbers always is."""
    if isinstance(a, np.ndarray):
        same_kind = isinstance(b, np.ndarray) and (a.shape, a.dtype) == (b.shape, b.dtype)
        return same_kind and a.tobytes() == b.tobytes()
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(map(identical, a, b))
    if isinstance(a, dict):
        return list(a) == list(b) and all(identical(a[key], b[key]) for key in a)
    return a == b if isinstance(a, (*NUMBERS, str)) else True


def difference(
    came: Any,
    expected: Any,
    names: Sequence[str] = (),
    tolerance: float = 1e-5,
    values_last: bool = False,
) -> Difference | None:
    """Find the first place where two results part; None if they are the same.

    Parameters
    ----------
    came : object
        What a learner's function returned.
    expected : number, array, str, None, or a tuple or list of them
    names : sequence of str
        Names of the returned values, where there are several.
    tolerance : float
        Relative tolerance; numbers near 0 may differ by a thousandth of it. ``nan`` equals ``nan``.
        With 0 a number must be exact, and an int where an int is expected.
    values_last : bool
        Of several returned values, report a wrong type or shape first, wherever it is.

    Examples
    --------
    >>> difference(np.zeros(3), np.zeros((3, 1))).kind
    'shape'
    >>> difference(0.3, 0.1 + 0.2) is None
    True
    """
    if isinstance(expected, (tuple, list)):
        return _difference_of_many(came, expected, names, tolerance, values_last)
    if isinstance(expected, np.ndarray):
        return _difference_of_arrays(came, expected, tolerance)
    if isinstance(expected, NUMBERS):
        if not (isinstance(came, NUMBERS) or (isinstance(came, np.ndarray) and came.ndim == 0)):
            return Difference("type", came, expected)
        if tolerance == 0 and isinstance(expected, int) and np.asarray(came).dtype.kind == "f":
            return Difference("type", came, expected)
        found = _difference_of_arrays(np.asarray(came), np.asarray(expected), tolerance)
        return Difference(found.kind, came, expected) if found else None
    same = type(came) is type(expected) and came == expected
    return None if same else Difference("values", came, expected)


def _difference_of_many(
    came: Any, expected: tuple | list, names: Sequence[str], tolerance: float, values_last: bool
) -> Difference | None:
    if not isinstance(came, (tuple, list) if names else type(expected)):
        return Difference("type", came, expected)
    if len(came) != len(expected):
        return Difference("length", came, expected)
    first = None
    for place, (one, other) in enumerate(zip(came, expected, strict=True)):
        if found := difference(one, other, tolerance=tolerance):
            if found.kind == "values" and isinstance(other, NUMBERS) and not names:
                return Difference("values", came, expected)  # such as a shape: show all of it
            where = names[place] if names else f"[{place}]{found.where}"
            found = Difference(found.kind, found.came, found.expected, where)
            if found.kind != "values" or not values_last:
                return found
            first = first or found
    return first


def _difference_of_arrays(came: Any, expected: np.ndarray, tolerance: float) -> Difference | None:
    if not isinstance(came, np.ndarray):
        return Difference("type", came, expected)
    if came.shape != expected.shape:
        return Difference("shape", came, expected)
    if came.dtype.kind not in "biufc":
        return Difference("dtype", came, expected)
    if np.allclose(came, expected, rtol=tolerance, atol=tolerance / 1000, equal_nan=True):
        return None
    return Difference("values", came, expected)
