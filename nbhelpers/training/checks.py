"""What ``fit``, ``evaluate`` and ``predict`` ask of their arguments, once a call."""

import math
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from nbhelpers._types import Array, Data
from nbhelpers.utils import numbers, shown, whole

# x; targets as the loss has found them right; targets as they came, for the metrics.
Samples: TypeAlias = tuple[Array, Array, Array]


def arrays(where: str, x: ArrayLike, y: ArrayLike | None) -> Data:
    """Return x and y as arrays with the same number of samples, at least one.

    Raises
    ------
    ValueError
        If that is not so, or they hold no numbers.
    """
    x, y = inputs(where, x), numbers(where, "y", y)
    if y.ndim == 0 or len(x) != len(y):
        raise ValueError(
            f"{where}: x and y must hold the same number of samples. "
            f"Received: x of shape {x.shape}, y of shape {y.shape}"
        )
    if not len(x):
        raise ValueError(f"{where}: x must hold at least one sample. Received: {x.shape}")
    return x, y


def inputs(where: str, x: ArrayLike) -> Array:
    """Return x as an array of samples.

    Raises
    ------
    ValueError
        If it is none.
    """
    array = numbers(where, "x", x)
    if not array.ndim:
        raise ValueError(f"{where}: x must have shape (n, ...). Received: {shown(x)}")
    return array


def pair(where: str, name: str, value: Any) -> tuple[ArrayLike, ArrayLike]:
    """Return (x, y).

    Raises
    ------
    ValueError
        If it is something else.
    """
    if not isinstance(value, tuple | list) or len(value) != 2:
        came = f"{len(value)} parts" if isinstance(value, tuple | list) else shown(value)
        raise ValueError(f"{where}: {name} must be (x, y). Received: {came}")
    return value[0], value[1]


def is_none(part: Any) -> bool:
    """Return whether a ``validation_split`` asks for no split."""
    return part is None or (isinstance(part, int | float) and part == 0)


def split(x: Array, y: Array, part: Any) -> tuple[Data, Data]:
    """Cut the last share of the samples off for validation.

    Raises
    ------
    ValueError
        If one of the two would be empty.
    """
    good = isinstance(part, int | float | np.number) and 0 < part < 1
    at = math.floor(len(x) * (1 - float(part))) if good else 0
    if not 0 < at < len(x):
        raise ValueError(
            "fit: validation_split must leave samples on both sides. "
            f"Received: {shown(part)} for {len(x)} samples"
        )
    return (x[:at], y[:at]), (x[at:], y[at:])


def batch_size(where: str, value: Any, default: int) -> int:
    """Return the batch size, or the default where none is given."""
    return default if value is None else whole(where, "batch_size", value)


def epochs(first: Any, last: Any) -> range:
    """Return the numbers of the epochs to train, from 0."""
    start = whole("fit", "initial_epoch", first, least=0)
    return range(start, whole("fit", "epochs", last, least=0))


def verbose(where: str, value: Any) -> None:
    """Raise ValueError unless it is one of Keras's words for how much is shown."""
    if not isinstance(value, str | int) or value not in ("auto", 0, 1, 2):
        raise ValueError(f'{where}: verbose must be "auto", 0, 1 or 2. Received: {shown(value)}')
