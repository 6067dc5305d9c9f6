"""Small tools that every part may use: one-hot labels, seeds, and what arguments must be.

What checks an argument takes ``where`` (the function or class) and ``name`` (the argument) first,
for its message, and returns the value as the caller wants it.
"""

import math
import sys
from collections.abc import Mapping
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike

from nbhelpers import _out
from nbhelpers._types import Array, Shape

Choice = TypeVar("Choice")
MOST = 2**31 - 1  # along one axis of an array
_LONG = 10**300  # Python's whole numbers may be too long for a float
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
    _default_rng = np.random.default_rng(whole("set_random_seed", "seed", seed, least=0))


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
    return np.random.default_rng(whole("generator", "seed", seed, least=0))


def to_categorical(x: ArrayLike, num_classes: int | None = None) -> Array:
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
    given = numbers("to_categorical", "x", x)
    if num_classes is None:
        top = given.max(initial=0)
        num_classes = int(top) + 1 if 0 <= top < MOST else MOST
    classes = count("to_categorical", "num_classes", num_classes)
    found = labels("to_categorical", "x", given, classes)
    if found.ndim > 1 and found.shape[-1] == 1:
        found = found[..., 0]
    rows = np.zeros((found.size, classes))
    rows[np.arange(found.size), found.ravel()] = 1
    return rows.reshape(*found.shape, classes)


# What an argument must be ---------------------------------------------------------------------


def choose(kind: str, name: Any, choices: Mapping[str, Choice]) -> Choice:
    """Look a name up, and list the choices when there is no such name.

    Raises
    ------
    ValueError
        If ``name`` is not one of ``choices``.
    """
    if not isinstance(name, str) or name.lower() not in choices:
        raise ValueError(f"{kind} must be one of {', '.join(choices)}. Received: {shown(name)}")
    return choices[name.lower()]


def name_in(choices: Mapping[str, Choice], thing: Choice) -> str | Choice:
    """Return the name under which a table holds a thing, or the thing where it does not."""
    names = [name for name, ours in choices.items() if ours is thing or ours == thing]
    return names[0] if names else thing


def number(where: str, name: str, value: Any) -> float:
    """Return one finite number as a plain float.

    Raises
    ------
    ValueError
        If it is something else.
    """
    if not _is_number(value) or not math.isfinite(value):
        raise ValueError(f"{where}: {name} must be a finite number. Received: {shown(value)}")
    return float(value)


def positive(where: str, name: str, value: Any) -> float:
    """Return a finite number that has to be greater than zero.

    Raises
    ------
    ValueError
        If it is not.
    """
    if not _is_number(value) or not 0 < value < math.inf:
        raise ValueError(
            f"{where}: {name} must be greater than 0, and finite. Received: {shown(value)}"
        )
    return float(value)


def share(where: str, name: str, value: Any) -> float:
    """Return a number from 0 up, but below 1.

    Raises
    ------
    ValueError
        If it is not.
    """
    if not _is_number(value) or not 0 <= value < 1:
        raise ValueError(f"{where}: {name} must lie in 0..1, below 1. Received: {shown(value)}")
    return float(value)


def count(where: str, name: str, value: Any) -> int:
    """Return a whole number from 1 up, as an array can have along an axis.

    Raises
    ------
    ValueError
        If it is not.
    """
    if (found := whole(where, name, value)) > MOST:
        raise ValueError(f"{where}: {name} must be {MOST} at most. Received: {shown(value)}")
    return found


def whole(where: str, name: str, value: Any, least: int = 1) -> int:
    """Return a whole number that has to be at least ``least``.

    Raises
    ------
    ValueError
        If it is not.
    """
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < least:
        raise ValueError(
            f"{where}: {name} must be a whole number from {least} up. Received: {shown(value)}"
        )
    return int(value)


def flag(where: str, name: str, value: Any) -> bool:
    """Return a value that has to be True or False.

    Raises
    ------
    ValueError
        If it is something else.
    """
    if not isinstance(value, bool | np.bool_):
        raise ValueError(f"{where}: {name} must be True or False. Received: {shown(value)}")
    return bool(value)


def shape_of(where: str, name: str, value: Any) -> Shape:
    """Return a shape as a tuple of whole numbers from 1 up; a single number is one axis.

    Raises
    ------
    ValueError
        If it is no shape.
    """
    axes = (value,) if isinstance(value, int | np.integer) else value
    if not isinstance(axes, tuple | list) and not (isinstance(axes, np.ndarray) and axes.ndim == 1):
        raise ValueError(
            f"{where}: {name} must be a tuple of whole numbers, such as (784,). "
            f"Received: {shown(value)}"
        )
    return tuple(count(where, f"each axis of {name}", axis) for axis in axes)


def float_dtype(where: str, value: Any) -> np.dtype[Any]:
    """Return a dtype of floats.

    Raises
    ------
    ValueError
        If it is none.
    """
    try:
        dtype: np.dtype[Any] = np.dtype(value)
    except TypeError:
        dtype = np.dtype(object)
    if value is None or dtype.kind != "f":
        raise ValueError(f"{where}: dtype must be float32 or float64. Received: {shown(value)}")
    return dtype


def numbers(where: str, name: str, value: Any) -> Array:
    """Return an array of plain real numbers: no text, dates, objects, complex or masked numbers.

    Raises
    ------
    ValueError
        If it is something else.
    """
    if type(value) is np.ndarray and value.dtype.kind in "biuf":
        return value
    if _is_masked(value):
        raise ValueError(
            f"{where}: {name} must hold plain numbers. Received: a masked array. "
            "Its mask would be lost; fill or drop what is masked first"
        )
    try:
        array = np.asarray(value)
    except ValueError:
        raise ValueError(
            f"{where}: {name} must hold numbers in rows of equal length. Received: {shown(value)}"
        ) from None
    if array.dtype.kind not in "biuf":
        came = f"dtype {array.dtype}" if array.ndim else shown(value)
        raise ValueError(f"{where}: {name} must hold numbers. Received: {came}")
    return array


def floats(where: str, name: str, value: Any) -> Array:
    """Return an array of floats; whole numbers become float64.

    Raises
    ------
    ValueError
        If it holds something else.
    """
    array = numbers(where, name, value)
    return array if array.dtype.kind == "f" else array.astype(np.float64)


def labels(where: str, name: str, value: Any, classes: int) -> Array:
    """Return an array of class labels in 0..classes - 1 as int64; 1.0 is label 1.

    Raises
    ------
    ValueError
        If one is no whole number, or out of range.
    """
    array = numbers(where, name, value)
    if array.dtype.kind == "f" and not (array == np.floor(array)).all():
        wrong = array[array != np.floor(array)].flat[0]
        raise ValueError(f"{where}: {name} must hold whole numbers. Received: {wrong}")
    if array.size and not (array.min() >= 0 and array.max() < classes):
        raise ValueError(
            f"{where}: labels must lie in 0..{classes - 1}. "
            f"Received labels from {array.min()} to {array.max()}"
        )
    return array.astype(np.int64, copy=False)


def must_define(name: str, what: str, own: object, base: type, *methods: str) -> None:
    """Raise NotImplementedError where a class of somebody's own lacks what its base only names."""
    for method in methods:
        if getattr(type(own), method) is getattr(base, method):
            raise NotImplementedError(f"{name}: {what} must have {method}")


def may_be_set(thing: object, name: str) -> None:
    """Raise AttributeError for what can only be read, in words of our own."""
    known = getattr(type(thing), name, None)
    if isinstance(known, property) and known.fset is None:
        kind = type(thing).__name__
        raise AttributeError(f"{kind}: {name} cannot be set; make a new {kind}")


def shown(value: Any) -> str:
    """Return a value as a message shows it: an array by its shape, nothing at great length.

    Examples
    --------
    >>> shown(np.zeros((28, 28)))
    'an array of shape (28, 28), float64'
    """
    if isinstance(value, np.ndarray) and value.ndim:
        return f"an array of shape {value.shape}, {value.dtype}"
    if isinstance(value, list | tuple) and len(value) > 20:
        return f"a {type(value).__name__} of {len(value)} items"
    text = repr(value).replace("\n", " ")
    return text if len(text) <= 100 else text[:100] + "..."


def _is_number(value: Any) -> bool:
    kinds = int | float | np.integer | np.floating
    return (
        isinstance(value, kinds)
        and not isinstance(value, bool)
        and not (isinstance(value, int) and abs(value) > _LONG)
    )


def _is_masked(value: Any) -> bool:
    parts = value if isinstance(value, list | tuple) else (value,)
    return any(isinstance(part, np.ma.MaskedArray) for part in parts)


def say(line: str) -> None:
    """Show one plain line."""
    sys.stdout.write(line + "\n")


def bar(**how: Any) -> Any:
    """Make a progress bar of tqdm, which takes the arguments: in a notebook a widget, else text.

    It goes without the thread that tqdm starts to watch its bars: where no thread can be started,
    each of them would warn.
    """
    from tqdm.auto import tqdm  # loaded late: it is slow to import, and often not wanted

    return type("Bar", (tqdm,), {"monitor_interval": 0})(**how)


__getattr__ = _out.missing(__name__)
