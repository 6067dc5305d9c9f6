"""Describe a tensor: its axes, dtype and bytes, what a slice takes, how two shapes broadcast.

Everything comes back as data: numbers, tuples and small records, for a table, a picture or a test.
A tensor need not exist to be described, so that one of 33 GiB costs nothing.
"""

import operator
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from nbhelpers.utils import number, shown

Shape = tuple[int, ...]
Index = int | slice
Role = Literal["same", "repeated", "added"]


@dataclass(frozen=True)
class Tensor:
    """What is known of a tensor without its numbers.

    Attributes
    ----------
    shape : tuple of int
    dtype : str
        Such as ``"float32"``.
    axes : tuple of str
        What each axis counts; empty if nobody said.
    strides : tuple of int
        Bytes from one entry to the next along each axis.
    """

    shape: Shape
    dtype: str
    axes: tuple[str, ...]
    strides: Shape

    @property
    def rank(self) -> int:
        """Number of axes (NumPy: ``ndim``); not the number of entries along one of them."""
        return len(self.shape)

    @property
    def size(self) -> int:
        """Number of entries: the product of the shape; 1 for a scalar."""
        return size(self.shape)

    @property
    def itemsize(self) -> int:
        """Bytes of one entry."""
        return np.dtype(self.dtype).itemsize

    @property
    def nbytes(self) -> int:
        """Bytes of all entries."""
        return self.size * self.itemsize


@dataclass(frozen=True)
class Axis:
    """One axis of a broadcast, counted from the right.

    Attributes
    ----------
    place : int
        -1 is the last axis.
    sizes : (int or None, int or None)
        Of the first and of the second shape; None where a shape has no such axis.
    size : int or None
        Of the result; None if the sizes clash.
    roles : ("same" | "repeated" | "added", the same of the second)
        What happens to each shape along this axis: nothing, its one entry is repeated, or the
        axis is added first (with one entry, which is then repeated). With a clash: nothing.
    """

    place: int
    sizes: tuple[int | None, int | None]
    size: int | None
    roles: tuple[Role, Role]


@dataclass(frozen=True)
class Broadcast:
    """How two shapes meet: ``axes`` from left to right, ``shape`` of the result, or None.

    ``clashes`` holds the places (-1 is the last axis) where the sizes differ and none is 1.
    """

    axes: tuple[Axis, ...]
    shape: Shape | None
    clashes: Shape


def size(shape: Sequence[int]) -> int:
    """Return the number of entries of a shape, as an exact whole number.

    Examples
    --------
    >>> size((60_000, 28, 28)), size(())
    (47040000, 1)
    """
    product = 1
    for entries in _shape("size", "shape", shape):
        product *= entries
    return product


def describe(x: ArrayLike, axes: Sequence[str] = ()) -> Tensor:
    """Describe a tensor that exists.

    Parameters
    ----------
    x : array
        Of any shape; its real strides are told, so that a view looks like one.
    axes : sequence of str, optional
        What each axis counts.

    Raises
    ------
    ValueError
        If the rows of ``x`` are not equally long, or ``axes`` does not name every axis.

    Examples
    --------
    >>> images = describe(np.zeros((128, 28, 28), np.uint8), ["image", "row", "column"])
    >>> images.rank, images.nbytes, images.strides
    (3, 100352, (784, 28, 1))
    >>> describe(np.zeros((3, 5)).T).strides
    (8, 40)
    """
    try:
        x = np.asarray(x)
    except ValueError:
        raise ValueError(
            f"describe: x must have rows of equal length. Received: {shown(x)}"
        ) from None
    return Tensor(x.shape, x.dtype.name, _axes("describe", axes, x.shape), x.strides)


def plan(shape: Sequence[int], dtype: DTypeLike = "float32", axes: Sequence[str] = ()) -> Tensor:
    """Describe a tensor that is never made, stored row by row as NumPy would.

    Parameters
    ----------
    shape : sequence of int
        None of them below 0.
    dtype : dtype
        Of a fixed size in bytes.
    axes : sequence of str, optional
        What each axis counts.

    Raises
    ------
    ValueError
        If the shape holds something else, there is no such dtype, or ``axes`` does not name every
        axis.

    Examples
    --------
    >>> tweets = plan((1_000_000, 280, 128), "uint8")
    >>> readable_bytes(tweets.nbytes)
    '33.4 GiB'
    """
    shape = _shape("plan", "shape", shape)
    try:
        kind = np.dtype(dtype)
    except (TypeError, ValueError):
        raise ValueError(
            f'plan: dtype must be one such as "uint8". Received: {shown(dtype)}'
        ) from None
    strides = tuple(kind.itemsize * size(shape[axis + 1 :]) for axis in range(len(shape)))
    return Tensor(shape, kind.name, _axes("plan", axes, shape), strides)


def readable_bytes(count: int) -> str:
    """Return a number of bytes in the unit that suits it; 1 KiB is 1024 bytes.

    Examples
    --------
    >>> readable_bytes(784), readable_bytes(1024), readable_bytes(47_040_000)
    ('784 bytes', '1.0 KiB', '44.9 MiB')
    """
    value, units = number("readable_bytes", "count", count), ["bytes", "KiB", "MiB", "GiB", "TiB"]
    while round(value, 1) >= 1024 and len(units) > 1:
        value, units = value / 1024, units[1:]
    return f"{count} bytes" if units[0] == "bytes" else f"{value:.1f} {units[0]}"


def select(tensor: Tensor, index: Sequence[Index]) -> Tensor:
    """Describe the slice ``x[index]`` of a tensor, without the tensor: a view, nothing is copied.

    Parameters
    ----------
    tensor : Tensor
    index : sequence of int or slice
        At most one for each axis, from the left; an axis without one is kept whole. A whole
        number takes the axis away, a slice keeps it.

    Raises
    ------
    IndexError
        As NumPy raises it: the index is too long, or a number lies outside its axis.

    Examples
    --------
    >>> select(plan((10, 28, 28), "uint8"), [2, slice(None), slice(14, None)]).shape
    (28, 14)
    """
    if not isinstance(tensor, Tensor):
        raise ValueError(
            f"select: tensor must come from describe or plan. Received: {shown(tensor)}"
        )
    index = _index("select", index)
    if len(index) > tensor.rank:
        raise IndexError(
            f"too many indices: the tensor has {tensor.rank} axes, but {len(index)} were indexed"
        )
    entries = [*index, *[slice(None)] * (tensor.rank - len(index))]
    shape, strides = [], []
    names: list[str] = []
    for axis, (entry, length, stride) in enumerate(
        zip(entries, tensor.shape, tensor.strides, strict=True)
    ):
        if isinstance(entry, slice):
            places = range(length)[entry]
            shape.append(len(places))
            strides.append(stride * places.step)
            names.extend(tensor.axes[axis : axis + 1])
        elif not -length <= entry < length:
            raise IndexError(f"index {entry} is out of bounds for axis {axis} with size {length}")
    return Tensor(tuple(shape), tensor.dtype, tuple(names), tuple(strides))


def expression(index: Sequence[Index], name: str = "x") -> str:
    """Return the Python expression of a slice, written as people write it.

    Examples
    --------
    >>> expression([2, slice(None), slice(14, None)]), expression([slice(7, -7)])
    ('x[2, :, 14:]', 'x[7:-7]')
    >>> expression([])
    'x'
    """

    def word(entry: Index) -> str:
        if not isinstance(entry, slice):
            return str(entry)
        first, last = ("" if end is None else str(end) for end in (entry.start, entry.stop))
        return f"{first}:{last}" + ("" if entry.step is None else f":{entry.step}")

    index = _index("expression", index)
    return f"{name}[{', '.join(map(word, index))}]" if index else name


def broadcast(a: Sequence[int], b: Sequence[int]) -> Broadcast:
    """Explain how two shapes broadcast: aligned at the right, axis by axis.

    Sizes fit where they are equal, where one of them is 1, or where one shape has no such axis.
    Nothing is copied: NumPy reads the one entry again and again (a stride of 0).

    Parameters
    ----------
    a, b : sequence of int
        Two shapes.

    Examples
    --------
    >>> broadcast((10_000, 1), (10_000,)).shape
    (10000, 10000)
    >>> broadcast((128, 10), (128,)).clashes
    (-1,)
    >>> broadcast((3, 1), (4,)).axes[0]
    Axis(place=-2, sizes=(3, None), size=3, roles=('same', 'added'))
    """
    a, b = _shape("broadcast", "a", a), _shape("broadcast", "b", b)
    rank = max(len(a), len(b))
    axes = tuple(_axis(place, _at(a, place), _at(b, place)) for place in range(-rank, 0))
    clashes = tuple(axis.place for axis in axes if axis.size is None)
    shape = tuple(axis.size for axis in axes if axis.size is not None)
    return Broadcast(axes, None if clashes else shape, clashes)


def _axis(place: int, a: int | None, b: int | None) -> Axis:
    if None not in (a, b) and a != b and 1 not in (a, b):
        return Axis(place, (a, b), None, ("same", "same"))
    result = b if a in (None, 1) and b is not None else a
    return Axis(place, (a, b), result, (_role(a, result), _role(b, result)))


def _role(mine: int | None, result: int | None) -> Role:
    if mine is None:
        return "added"
    return "same" if mine == result else "repeated"


def _at(shape: Shape, place: int) -> int | None:
    return shape[place] if -place <= len(shape) else None


def _shape(where: str, name: str, shape: Any) -> Shape:
    try:
        sizes = tuple(operator.index(entries) for entries in shape)
    except TypeError:
        sizes = (-1,)
    if any(entries < 0 for entries in sizes) or isinstance(shape, bytes | set):
        raise ValueError(
            f"{where}: {name} must hold whole numbers, none below 0. Received: {shown(shape)}"
        )
    return sizes


def _index(where: str, index: Any) -> list[Index]:
    """Return what stands between the brackets as a list of whole numbers and slices."""
    entries: list[Any] = list(index) if isinstance(index, list | tuple) else [None]
    if not all(isinstance(entry, int | np.integer | slice) for entry in entries):
        raise ValueError(
            f"{where}: index must be a list of whole numbers and slices. Received: {shown(index)}"
        )
    return entries


def _axes(where: str, axes: Sequence[str], shape: Shape) -> tuple[str, ...]:
    names = tuple(axes) if isinstance(axes, list | tuple) else (None,)
    if not all(isinstance(name, str) for name in names) or len(names) not in (0, len(shape)):
        raise ValueError(
            f"{where}: axes must name each of the {len(shape)} axes of {shape}. "
            f"Received: {shown(axes)}"
        )
    return tuple(axes)
