"""The parameters of a layer: arrays by name that stay in their place.

To set one is to copy numbers into it: a model keeps the numbers of all its layers in one vector,
and a table holds views of it. Another array in such a place would be used and never trained; so
there is no way to put one there.
"""

from collections.abc import Iterator, Mapping, MutableMapping, Sequence

from numpy.typing import ArrayLike

from nbhelpers._types import Array
from nbhelpers.utils import numbers, shown


class Table(MutableMapping[str, Array]):
    """Arrays by name, each in its place: to set one is to copy numbers into it."""

    def __init__(self, where: str, arrays: Mapping[str, Array] | None = None) -> None:
        self.where, self._arrays = where, dict(arrays or {})

    def __getitem__(self, name: str) -> Array:
        return self._arrays[name]

    def __setitem__(self, name: str, value: ArrayLike) -> None:
        if name not in self._arrays:
            raise ValueError(
                f"{self.where}: there must be no other arrays than {', '.join(self._arrays)}. "
                f"Received: {name!r}"
            )
        fill(f"{self.where}: {name}", self._arrays[name], value)

    def __delitem__(self, name: str) -> None:
        raise ValueError(f"{self.where}: {name} is part of the layer; set_weights changes it")

    def __ior__(self, other: Mapping[str, Array]) -> "Table":
        self.update(other)
        return self

    def __iter__(self) -> Iterator[str]:
        return iter(self._arrays)

    def __len__(self) -> int:
        return len(self._arrays)

    def __repr__(self) -> str:
        return repr(self._arrays)

    def move(self, vector: Array, start: int) -> int:
        """Move all arrays into a part of the vector, and return where the next part begins.

        What was taken from the table before is no longer the layer's, and cannot be written to.
        """
        for name, array in self._arrays.items():
            place = vector[start : start + array.size].reshape(array.shape)
            place[...] = array
            array.flags.writeable = False
            self._arrays[name] = place
            start += array.size
        return start


def fill(what: str, array: Array, value: ArrayLike) -> None:
    """Copy numbers into an array of the same shape; nothing is broadcast.

    Raises
    ------
    ValueError
        If the shape does not fit, or they are no numbers.
    """
    if value is array:
        return
    given = numbers(what, "value", value)
    if given.shape != array.shape:
        raise ValueError(f"{what} must have shape {array.shape}. Received: {given.shape}")
    array[...] = given


def set_all(params: Sequence[Array], weights: Sequence[ArrayLike]) -> None:
    """Copy values into parameters of the same shapes, all or nothing.

    Raises
    ------
    ValueError
        If their number or a shape does not fit, or they are no numbers.
    """
    if not isinstance(weights, list | tuple):
        raise ValueError(f"set_weights: weights must be a list. Received: {shown(weights)}")
    # Copies: some of them may be views of the very parameters.
    arrays = [numbers("set_weights", "weights", w).copy() for w in weights]
    shapes, given = [p.shape for p in params], [w.shape for w in arrays]
    if shapes != given:
        raise ValueError(
            f"set_weights: weights must have shapes {shapes}. Received: {shown(given)}"
        )
    for p, w in zip(params, arrays, strict=True):
        p[...] = w
