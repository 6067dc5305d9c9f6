"""What all layers share: a name, a shape, parameters with their gradients, and buffers."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from nbhelpers import _out, activations
from nbhelpers._tables import Table, set_all
from nbhelpers._types import Array, BatchShape, Shape
from nbhelpers.utils import flag, float_dtype, generator, may_be_set, numbers, shape_of, shown

STATE = ("named", "sample_shape", "built")
NEEDS_FORWARD = "{}: backward needs a forward(x, training=True) before it"


class Input:
    """The shape of one sample, as the first thing in a Sequential: no layer, no weights.

    Parameters
    ----------
    shape : tuple of int
        Without the batch axis.
    name : str, optional
        What you call it; nothing depends on it.
    """

    @_out.arguments("Input")
    def __init__(self, shape: Shape, name: str | None = None) -> None:
        self.shape, self.name = shape_of("Input", "shape", shape), name

    def __repr__(self) -> str:
        return f"Input(shape={self.shape})"


class Layer:
    """What all layers share: a name, parameters with their gradients, and buffers.

    A layer of your own is a subclass with ``forward`` and ``backward``, and, where the output has
    another shape than the input, ``shape_after``.
    """

    owner: object = None  # the mark of the model that it belongs to

    @_out.arguments("Layer")
    def __init__(self, input_shape: Shape | None = None, name: str | None = None) -> None:
        kind = type(self).__name__
        self.name = re.sub("(?<=[a-z])(?=[A-Z])", "_", kind).lower() if name is None else name
        self.named = name is not None  # else the model may number it: dense, dense_1
        # The shape of one sample, without the batch axis; None while it is not known.
        self.sample_shape = (
            None if input_shape is None else shape_of(kind, "input_shape", input_shape)
        )
        self.built, self._dtype = False, np.dtype("float32")
        self._params, self._grads = Table(self.name), Table(self.name)
        self._buffers: dict[str, Array] = {}
        self._kept: Array | None = None

    def __setattr__(self, name: str, value: Any) -> None:
        """Refuse what a layer of this package has not: it would be kept, and change nothing."""
        if name[0] != "_" and name not in STATE and type(self).__module__ == "nbhelpers.layers":
            may_be_set(self, name)
            if not hasattr(type(self), name):
                place = f'; set params["{name}"]' if name in self.params else ""
                raise AttributeError(f"{self.name}: there is no {name} to set{place}")
        super().__setattr__(name, value)

    @property
    def dtype(self) -> np.dtype[Any]:
        """In which it computes; chosen when it is built."""
        return self._dtype

    @property
    def name(self) -> str:
        """What the layer is called: one of a kind in its model, which may number it."""
        return self._name

    @name.setter
    def name(self, name: str) -> None:
        if not isinstance(name, str) or not name:
            raise ValueError(f"{type(self).__name__}: name must be a text. Received: {shown(name)}")
        if self.owner is not None:
            raise ValueError(f"{self.name}: name must stay as it is once a model has the layer")
        self._name, self.named = name, True

    def __copy__(self) -> NoReturn:
        raise TypeError(f"{self.name}: a copy would share its weights; use copy.deepcopy")

    # Parameters and shapes ----------------------------------------------------------------

    @property
    def params(self) -> Table:
        """The parameters by name; writing into them, or setting one, changes the layer."""
        return self._params

    @params.setter
    def params(self, arrays: Mapping[str, Array]) -> None:
        self._params = self._filled("params", self._params, arrays)

    @property
    def grads(self) -> Table:
        """The gradients, under the same names."""
        return self._grads

    @grads.setter
    def grads(self, arrays: Mapping[str, Array]) -> None:
        self._grads = self._filled("grads", self._grads, arrays)

    def _filled(self, what: str, table: Table, arrays: Mapping[str, Array]) -> Table:
        """Return a new table while the layer is being made, else the old one with new numbers."""
        if not len(table):
            return Table(f"{self.name}: {what}", arrays)
        if set(arrays) != set(table):
            raise ValueError(
                f"{self.name}: {what} must be {', '.join(table)}. "
                f"Received: {', '.join(map(str, arrays))}"
            )
        table.update(arrays)
        return table

    @property
    def trainable(self) -> bool:
        """True, always: every layer here is trained. Freezing one is not part of this package."""
        return True

    @trainable.setter
    def trainable(self, value: bool) -> None:
        if value is not True:
            raise ValueError(
                f"{self.name}: trainable must be True; layers cannot be frozen here. "
                f"Received: {shown(value)}"
            )

    @property
    def weights(self) -> list[Array]:
        """The parameters themselves: kernel and bias of a Dense layer."""
        return list(self.params.values())

    def get_weights(self) -> list[Array]:
        """Return copies of the parameters."""
        return [p.copy() for p in self.weights]

    def set_weights(self, weights: Sequence[ArrayLike]) -> None:
        """Copy values into the parameters, in the order of ``get_weights``.

        Raises
        ------
        ValueError
            If their number or a shape does not fit; then nothing has been changed.
        """
        set_all(self.weights, weights)

    def count_params(self) -> int:
        """Return the number of parameters."""
        return sum(p.size for p in self.weights)

    @property
    def input_shape(self) -> BatchShape | None:
        """The shape of a batch of inputs, such as (None, 784); None while it is not known."""
        return None if self.sample_shape is None else (None, *self.sample_shape)

    @property
    def output_shape(self) -> BatchShape | None:
        """The shape of a batch of outputs, such as (None, 10); None while it is not known."""
        return None if self.sample_shape is None else (None, *self.shape_after(self.sample_shape))

    def shape_after(self, shape: Shape) -> Shape:
        """Return the shape of one output, given the shape of one input.

        Raises
        ------
        ValueError
            If the layer cannot take such inputs.
        """
        return shape

    def build(
        self, input_shape: Shape, rng: np.random.Generator, dtype: DTypeLike = "float32"
    ) -> None:
        """Make the parameters for inputs of this shape (without the batch axis).

        Raises
        ------
        ValueError
            If the layer cannot take such inputs.
        """
        if self.owner is not None:
            raise ValueError(
                f"{self.name}: build is its model's to call; set_weights changes the weights"
            )
        shape = shape_of(type(self).__name__, "input_shape", input_shape)
        if not isinstance(rng, np.random.Generator):
            raise ValueError(
                f"{self.name}: rng must be a Generator, such as np.random.default_rng(0). "
                f"Received: {shown(rng)}"
            )
        self.shape_after(shape)
        self.sample_shape, self._dtype = shape, float_dtype(self.name, dtype)
        self._params, self._grads = Table(f"{self.name}: params"), Table(f"{self.name}: grads")
        self._buffers, self._kept, self.built = {}, None, True

    def config(self) -> dict[str, Any]:
        """Return what it takes to make such a layer again; its weights are kept elsewhere."""
        return {"class": type(self).__name__, "name": self.name}

    # Forward and back ---------------------------------------------------------------------

    def __call__(self, x: ArrayLike, training: bool = False) -> Array:
        """Return the layer's output for a batch; a layer without weights makes them now."""
        if isinstance(x, Input):
            raise ValueError(
                f"{self.name}: models here are Sequential only: put Input first in the list of "
                "layers"
            )
        x = numbers(self.name, "x", x)
        if not self.built:
            self.build(x.shape[1:] if self.sample_shape is None else self.sample_shape, generator())
        return self.forward(x, flag(self.name, "training", training))

    def forward(self, x: Array, training: bool = False) -> Array:
        """Return the output for a batch."""
        raise NotImplementedError(f"{self.name}: a layer must have forward")

    def backward(self, grad: Array, input_gradient: bool = True) -> Array | None:
        """Fill ``grads``; return the gradient for the layer below, or None if nobody wants it."""
        raise NotImplementedError(f"{self.name}: a layer must have backward")

    def pre_activation(self, x: Array, training: bool = False) -> Array:
        """Return what the activation is taken of: x itself, where the layer is nothing else."""
        return self._input(x)

    def backward_pre_activation(self, grad: Array, input_gradient: bool = True) -> Array | None:
        """Take a gradient back that has passed the activation already."""
        return grad

    def check_input(self, shape: Shape) -> None:
        """Raise ValueError unless a batch of this shape is what the layer was built for."""
        if shape[1:] != self.sample_shape or not shape:
            wanted = ", ".join(["n", *map(str, self.sample_shape or ())])
            raise ValueError(f"{self.name}: input must have shape ({wanted}). Received: {shape}.")

    def _input(self, x: ArrayLike) -> Array:
        """Return a batch in the layer's dtype, if it has the right shape."""
        if not self.built:
            raise RuntimeError(f"{self.name}: call build(input_shape, rng) before forward")
        if not isinstance(x, np.ndarray) or x.dtype != self.dtype:
            x = numbers(self.name, "x", x).astype(self.dtype)
        self.check_input(x.shape)
        return x

    def _gradient(self, grad: ArrayLike, shape: Shape) -> Array:
        """Return a gradient in the layer's dtype, if it has the shape of the output."""
        if not isinstance(grad, np.ndarray) or grad.dtype != self.dtype:
            grad = numbers(self.name, "grad", grad).astype(self.dtype)
        if grad.shape != shape:
            raise ValueError(
                f"{self.name}: grad must have the shape of the output, {shape}. "
                f"Received: {grad.shape}"
            )
        return grad

    def _rows(self, name: str, shape: Shape) -> Array:
        """Return rows of a buffer that is kept from batch to batch."""
        buffer = self._buffers.get(name)
        if buffer is None or len(buffer) < shape[0]:
            buffer = self._buffers[name] = np.empty(shape, self.dtype)
        return buffer[: shape[0]]

    def _room(self, name: str, shape: Shape, training: bool) -> Array | None:
        """Return room to compute in while training; else None, for a new array."""
        return self._rows(name, shape) if training else None

    def _take_kept(self) -> Array:
        """Return what the training forward kept; it serves one backward only."""
        if self._kept is None:
            raise RuntimeError(NEEDS_FORWARD.format(self.name))
        kept, self._kept = self._kept, None
        return kept


class Activated(Layer):
    """A layer with an activation, which can be set at any time."""

    @property
    def activation(self) -> activations.Activation:
        """The activation; a name will do to set it."""
        return self._activation

    @activation.setter
    def activation(self, activation: Any) -> None:
        self._activation = activations.get(activation)
