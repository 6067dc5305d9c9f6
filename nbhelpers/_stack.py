"""Layers in a row: who owns them, what goes into them, and all their weights in one vector."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

import numpy as np
from numpy.typing import ArrayLike

from nbhelpers._tables import Table, fill, set_all
from nbhelpers._types import Array, BatchShape, Shape
from nbhelpers.layers import Input, Layer
from nbhelpers.utils import float_dtype, generator, may_be_set, must_define, shown, whole


class Stack:
    """Layers in a row, each fed by the one before: the half of a model that does not learn."""

    def __init__(
        self,
        layers: Layer | Sequence[Layer | Input] | None = None,
        name: str = "sequential",
        *,
        seed: int | np.random.Generator | None = None,
        dtype: str = "float32",
    ) -> None:
        if float_dtype("Sequential", dtype) not in (np.float32, np.float64):
            raise ValueError(
                f"Sequential: dtype must be float32 or float64. Received: {shown(dtype)}"
            )
        self.name, self._rng, self._dtype = name, generator(seed), np.dtype(dtype)
        self._layers: list[Layer] = []
        self._shape: Shape | None = None  # of one sample
        self._mark = object()  # by which its layers and its optimizer know whose they are
        self._params, self._grads = np.empty(0, self._dtype), np.empty(0, self._dtype)
        self._add_all(layers)

    def _add_all(self, layers: Any) -> None:
        """Add all layers, or leave them as they were."""
        if layers is None:
            return
        several = isinstance(layers, list | tuple)
        given = list(layers) if several else [layers]
        with _all_or_nothing([layer for layer in given if isinstance(layer, Layer)]):
            for layer in given:
                self.add(layer)

    def __setattr__(self, name: str, value: Any) -> None:
        """Refuse what can only be read."""
        may_be_set(self, name)
        super().__setattr__(name, value)

    def add(self, layer: Layer | Input) -> None:
        """Put one more layer on top; where the shape is known, it has its weights at once."""
        if isinstance(layer, Input):
            if self._layers:
                raise ValueError("add: Input must come first, before all layers")
            self._know(layer.shape)
            return
        if isinstance(layer, Stack):
            raise TypeError("add: models are not nested here; add the layers of the other one anew")
        if not isinstance(layer, Layer):
            raise TypeError(
                f"add: layer must be a layer, such as Dense(10). Received: {shown(layer)}"
            )
        must_define(layer.name, "a layer", layer, Layer, "forward")
        if layer.owner is not None:
            raise ValueError(f"add: {layer.name} is in use already; make a new layer")
        if layer.built and layer.dtype != self._dtype:
            raise ValueError(
                f"add: the weights of {layer.name} must be {self._dtype}. Received: {layer.dtype}"
            )
        below = self._below(layer)
        name = self._free_name(layer)
        if below is not None:
            self._make(layer, below)
        layer._name, layer.owner = name, self._mark
        if not self._layers:
            self._shape = below
        self._layers.append(layer)
        if below is not None:
            self._join()

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Become a copy: its layers' weights are views of its own vector, not arrays of theirs."""
        vars(self).update(state)
        if self.built:
            self._join()

    def _below(self, layer: Layer) -> Shape | None:
        """Return the shape that comes from below this new layer; None if it is not known."""
        shape, declared = self._shape, layer.sample_shape
        if self._layers and self.output_shape is not None:
            shape = tuple(axis or 0 for axis in self.output_shape[1:])
        if shape is None and not self._layers:
            return declared
        if declared is not None and shape is not None and declared != shape:
            raise ValueError(
                f"add: the input_shape of {layer.name} must be {shape}, which comes from below. "
                f"Received: {declared}"
            )
        return shape

    def _free_name(self, layer: Layer) -> str:
        """Return a name that no other layer has; one that was given stays as it is, or is refused.

        Raises
        ------
        ValueError
            If the name that was given is taken.
        """
        name, taken = layer.name, {other.name for other in self._layers}
        if layer.named and name in taken:
            raise ValueError(
                f"add: each layer must have a name of its own. Received: {name!r} twice"
            )
        names = [name, *(f"{name}_{k}" for k in range(1, len(taken) + 1))]
        return next(name for name in names if name not in taken)

    @property
    def name(self) -> str:
        """What the model is called."""
        return self._name

    @name.setter
    def name(self, name: str) -> None:
        if not isinstance(name, str):
            raise ValueError(f"Sequential: name must be a text. Received: {shown(name)}")
        self._name = name

    def __copy__(self) -> NoReturn:
        raise TypeError(f"{self.name}: a copy would share its layers; use copy.deepcopy")

    @property
    def layers(self) -> list[Layer]:
        """All layers, from the input to the output; ``add`` puts one more on top."""
        return list(self._layers)

    # Shapes and parameters ----------------------------------------------------------------

    @property
    def dtype(self) -> np.dtype[Any]:
        """float32 or float64."""
        return self._dtype

    @property
    def rng(self) -> np.random.Generator:
        """What draws the weights, the shuffles and the dropouts."""
        return self._rng

    @property
    def built(self) -> bool:
        """Whether its shape is known, and so its weights are there."""
        return self._shape is not None and bool(self._layers)

    @property
    def input_shape(self) -> BatchShape | None:
        """The shape of a batch of inputs, such as (None, 784); None while it is not known."""
        return None if self._shape is None else (None, *self._shape)

    @property
    def output_shape(self) -> BatchShape | None:
        """The shape of a batch of outputs, such as (None, 10); None while it is not known."""
        if self._shape is None:
            return None
        return self._layers[-1].output_shape if self._layers else self.input_shape

    def build(self, input_shape: Sequence[int | None] | None = None) -> None:
        """Make all weights, in one long vector of which each layer holds views.

        One vector lets an optimizer walk over all parameters in one go. A model whose first layer
        has an input_shape has them already; then this does nothing.

        Parameters
        ----------
        input_shape : tuple, optional
            With the batch axis first, as in ``(None, 784)``; the first layer's if not given.

        Raises
        ------
        ValueError
            If the shape is not known, is another one than before, or a layer cannot take it.
        """
        if input_shape is not None:
            self._know(_sample_shape(input_shape))
        if self._shape is None or not self._layers:
            raise ValueError(f"{self.name}: give the first layer an input_shape, or add a layer")

    def _know(self, shape: Shape) -> None:
        """Make the weights for samples of this shape, which is the model's for its life."""
        if self._shape is not None:
            if shape != self._shape:
                raise ValueError(
                    f"{self.name}: input_shape must stay {self.input_shape}, for which its weights "
                    f"were made. Received: {(None, *shape)}"
                )
            return
        # All shapes first: a layer that cannot take its own says so before anything is made.
        shapes = self._shapes(shape)
        with _all_or_nothing(self._layers):
            for layer, below in zip(self._layers, shapes, strict=False):
                layer.owner = None
                self._make(layer, below)
                layer.owner = self._mark
        self._shape = shape
        self._join()

    def _make(self, layer: Layer, below: Shape) -> None:
        """Give a layer its weights; one that was used alone before brings its own."""
        if not (layer.built and layer.weights):
            layer.build(below, self._rng, self._dtype)

    def _shapes(self, shape: Shape) -> list[Shape]:
        """Return what goes into each layer, and what comes out of the last, for such samples.

        Raises
        ------
        ValueError
            If a layer cannot take what comes from below.
        """
        shapes = [shape]
        for layer in self._layers:
            if layer.sample_shape not in (None, shapes[-1]):
                raise ValueError(
                    f"{layer.name}: its input_shape is {layer.sample_shape}, but "
                    f"{shapes[-1]} comes from below"
                )
            shapes.append(layer.shape_after(shapes[-1]))
        return shapes

    def _join(self) -> None:
        """Move the parameters of all layers into one vector, and the gradients into another."""
        self._params = _moved([layer.params for layer in self._layers], self._dtype)
        self._grads = _moved([layer.grads for layer in self._layers], self._dtype)

    @property
    def params(self) -> Array:
        """All parameters, one vector; writing into it changes the layers."""
        self.build()
        return self._params

    @params.setter
    def params(self, values: ArrayLike) -> None:
        fill("params", self.params, values)

    @property
    def grads(self) -> Array:
        """All gradients, one vector, in the order of ``params``."""
        self.build()
        return self._grads

    @grads.setter
    def grads(self, values: ArrayLike) -> None:
        fill("grads", self.grads, values)

    @property
    def weights(self) -> list[Array]:
        """The parameters themselves: kernel, bias, kernel, bias, ..."""
        return [p for layer in self._layers for p in layer.weights]

    def get_weights(self) -> list[Array]:
        """Return copies of all parameters: kernel, bias, kernel, bias, ..."""
        return [p.copy() for p in self.weights]

    def set_weights(self, weights: Sequence[ArrayLike]) -> None:
        """Copy values into all parameters, in the order of ``get_weights``.

        Raises
        ------
        ValueError
            If their number or a shape does not fit; then nothing has been changed.
        """
        self.build()
        set_all(self.weights, weights)

    def count_params(self) -> int:
        """Return the number of parameters of all layers."""
        return self.params.size

    @property
    def trainable(self) -> bool:
        """True, always: models cannot be frozen here."""
        return True

    @trainable.setter
    def trainable(self, value: bool) -> None:
        if value is not True:
            raise ValueError(
                f"{self.name}: trainable must be True; models cannot be frozen here. "
                f"Received: {shown(value)}"
            )


@contextmanager
def _all_or_nothing(layers: Sequence[Layer]) -> Iterator[None]:
    """Leave the layers as they were, if something goes wrong."""
    before = [(layer, dict(vars(layer))) for layer in layers]
    try:
        yield
    except BaseException:
        for layer, state in reversed(before):
            vars(layer).clear()
            vars(layer).update(state)
        raise


def _moved(tables: list[Table], dtype: np.dtype[Any]) -> Array:
    """Move the arrays of all tables into one new vector."""
    vector = np.empty(sum(a.size for table in tables for a in table.values()), dtype)
    start = 0
    for table in tables:
        start = table.move(vector, start)
    return vector


def _sample_shape(value: Any) -> Shape:
    """Return the shape of one sample, given that of a batch, such as (None, 784).

    Raises
    ------
    ValueError
        If it is no such shape.
    """
    if not isinstance(value, tuple | list) or not value:
        raise ValueError(
            "build: input_shape must have the batch axis first, as in (None, 784). "
            f"Received: {shown(value)}"
        )
    return tuple(whole("build", "each axis of input_shape after the first", n) for n in value[1:])
