"""Small tools that every part may use: one-hot labels, seeds, and choosing by name."""

import sys
from collections.abc import Mapping
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike

Choice = TypeVar("Choice")
_default_rng = np.random.default_rng()


def set_random_seed(seed: int) -> None:
    """Seed the package's own generator, which serves models made without a seed of their own.

    NumPy's global state is left alone. The same seed gives the same weights and the same
    shuffles on every platform.

    Parameters
    ----------
    seed : int
        Any whole number from 0 up.
    """
    global _default_rng
    _default_rng = np.random.default_rng(seed)


def generator(seed: int | np.random.Generator | None = None) -> np.random.Generator:
    """Return a generator: the given one, one made from a seed, or a child of the package's own.

    Parameters
    ----------
    seed : int, Generator or None

    Examples
    --------
    >>> generator(0).permutation(4)
    array([2, 0, 1, 3])
    """
    if isinstance(seed, np.random.Generator):
        return seed
    if seed is None:
        return _default_rng.spawn(1)[0]
    return np.random.default_rng(seed)


def to_categorical(x: ArrayLike, num_classes: int | None = None) -> np.ndarray:
    """Turn class labels into one-hot rows.

    Parameters
    ----------
    x : array of int, shape (n,) or (n, 1)
        Labels in 0..num_classes - 1.
    num_classes : int, optional
        Number of columns; the largest label + 1 if not given.

    Returns
    -------
    array of float64, shape (n, num_classes)
        As Keras returns it. Models convert each batch to their own dtype.

    Raises
    ------
    ValueError
        If a label is no whole number or does not fit.

    Examples
    --------
    >>> to_categorical([0, 2, 1])
    array([[1., 0., 0.],
           [0., 0., 1.],
           [0., 1., 0.]])
    """
    labels = np.asarray(x)
    if labels.ndim > 1 and labels.shape[-1] == 1:
        labels = labels[..., 0]
    whole = labels.astype(np.int64)
    if not np.array_equal(whole, labels):
        raise ValueError(f"to_categorical: x must hold whole numbers. Received: {x!r}")
    classes = int(whole.max(initial=-1)) + 1 if num_classes is None else num_classes
    if whole.size and (whole.min() < 0 or whole.max() >= classes):
        raise ValueError(
            f"to_categorical: labels must lie in 0..{classes - 1}. "
            f"Received labels from {whole.min()} to {whole.max()}"
        )
    return np.eye(classes)[whole]


def choose(kind: str, name: Any, choices: Mapping[str, Choice]) -> Choice:
    """Look a name up, and list the choices when there is no such name.

    Raises
    ------
    ValueError
        If ``name`` is not one of ``choices``.
    """
    if not isinstance(name, str) or name.lower() not in choices:
        raise ValueError(f"{kind} must be one of {', '.join(choices)}. Received: {name!r}")
    return choices[name.lower()]


def positive(where: str, name: str, value: Any) -> Any:
    """Return a number that has to be greater than zero.

    Raises
    ------
    ValueError
        If it is not.
    """
    if isinstance(value, bool) or not np.isscalar(value) or not value > 0:
        raise ValueError(f"{where}: {name} must be greater than 0. Received: {value!r}")
    return value


def whole(where: str, name: str, value: Any) -> int:
    """Return a whole number that has to be at least one.

    Raises
    ------
    ValueError
        If it is not.
    """
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < 1:
        raise ValueError(f"{where}: {name} must be a whole number from 1 up. Received: {value!r}")
    return int(value)


def say(line: str) -> None:
    """Show one plain line."""
    sys.stdout.write(line + "\n")
