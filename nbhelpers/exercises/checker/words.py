"""Values in words that fit into a line or a small box."""

from typing import Any

import numpy as np

from nbhelpers.exercises.checker.exercise import Array, Case
from nbhelpers.exercises.checker.plain import Other, cut


def show(value: Any) -> str:
    """Return a plain value as a learner would write it, cut where it gets long.

    Parameters
    ----------
    value : object
        Numbers, arrays, texts, lists of them, or what an exercise hands over.

    Examples
    --------
    >>> show(np.array([[1.0, 2.5]]))
    '[[1.0, 2.5]]  shape (1, 2)'
    >>> show((2, 3))
    '(2, 3)'
    """
    if isinstance(value, np.ndarray) and value.ndim:
        return f"{cut(_entries(value))}  shape {value.shape}{_dtype(value)}"
    if isinstance(value, (np.ndarray, np.generic)):
        return show(value.item())
    if isinstance(value, (list, tuple)):
        inner = ", ".join(_entries(v) if isinstance(v, np.ndarray) else show(v) for v in value[:60])
        comma = "," if isinstance(value, tuple) and len(value) == 1 else ""
        more = f", … {len(value)} values" if len(value) > 60 else ""
        text = f"{inner}{more}"
        return cut(f"[{text}]" if isinstance(value, list) else f"({text}{comma})")
    if isinstance(value, float):
        return _number(value, 6)
    if isinstance(value, Other):
        return value.text
    if isinstance(value, np.random.Generator):
        return "a random generator"
    return cut(getattr(value, "__name__", None) or repr(value))


SHOWN = 30  # numbers of an array that are shown in full
_FORMAT: Any = {"float_kind": lambda x: _number(x), "int_kind": str}


def is_small(case: Case) -> bool:
    """Return whether all arrays of a case are shown in full."""
    arrays = (value for value in case.arguments.values() if isinstance(value, np.ndarray))
    return all(array.size <= SHOWN for array in arrays)


def _entries(array: Array) -> str:
    with np.printoptions(legacy=False, sign="-"):
        text = np.array2string(
            array,
            separator=", ",
            threshold=SHOWN,
            edgeitems=3,
            formatter=_FORMAT,
            max_line_width=10_000,
        )
    return " ".join(text.split())


def _number(x: float, digits: int = 5) -> str:
    text = f"{x:.{digits}g}"
    return text if any(mark in text for mark in ".en") else f"{text}.0"


def _dtype(array: Array) -> str:
    return "" if array.dtype.kind == "f" else f", {array.dtype}"


def has_nan(value: Any) -> bool:
    """Return whether an array holds a nan."""
    return isinstance(value, np.ndarray) and value.dtype.kind == "f" and bool(np.isnan(value).any())
