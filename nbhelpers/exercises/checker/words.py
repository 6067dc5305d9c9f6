"""Values in words that fit into a line or a small box."""

from typing import Any

import numpy as np

WIDEST = 240  # characters of one value


def show(value: Any) -> str:
    """Return a value as a learner would write it, cut where it gets long.

    Parameters
    ----------
    value : object

    Examples
    --------
    >>> show(np.array([[1.0, 2.5]]))
    '[[1.0, 2.5]]  shape (1, 2)'
    >>> show((2, 3))
    '(2, 3)'
    """
    if isinstance(value, np.ndarray) and value.ndim:
        return f"{_cut(_entries(value))}  shape {value.shape}{_dtype(value)}"
    if isinstance(value, (np.ndarray, np.generic)):
        return show(value.item())
    if isinstance(value, (list, tuple)):
        inner = ", ".join(_entries(v) if isinstance(v, np.ndarray) else show(v) for v in value)
        comma = "," if isinstance(value, tuple) and len(value) == 1 else ""
        return _cut(f"[{inner}]" if isinstance(value, list) else f"({inner}{comma})")
    if isinstance(value, float):
        return _number(value, 6)
    if isinstance(value, np.random.Generator):
        return "a random generator"
    return _cut(getattr(value, "__name__", None) or repr(value))


def _entries(array: np.ndarray) -> str:
    text = np.array2string(
        array, separator=", ", threshold=30, edgeitems=3, formatter=_FORMAT, max_line_width=10_000
    )
    return " ".join(text.split())


def _number(x: float, digits: int = 5) -> str:
    text = f"{x:.{digits}g}"
    return text if any(mark in text for mark in ".en") else f"{text}.0"


_FORMAT = {"float_kind": _number, "int_kind": str}


def _dtype(array: np.ndarray) -> str:
    return "" if array.dtype.kind == "f" else f", {array.dtype}"


def _cut(text: str) -> str:
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 2]} …"
