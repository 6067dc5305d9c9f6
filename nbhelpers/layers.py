"""Layers: Dense, Flatten, Rescaling, Activation. Each knows its way forward and its way back.

``forward(x)`` returns a new array. ``forward(x, training=True)`` keeps what the way back needs, and
writes into a buffer of the layer's own, which the next training batch overwrites.
``backward(grad)`` takes the gradient of the loss with respect to the layer's output, fills
``grads`` (one array for each of ``params``, under the same name), and returns the gradient with
respect to its input. Arguments are never changed.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from nbhelpers import activations, initializers
from nbhelpers.utils import generator, whole

Array = np.ndarray
Shape = tuple[int, ...]


class Layer:
    """What all layers share: a name, parameters with their gradients, and buffers."""

    def __init__(self, input_shape: Shape | None = None, name: str | None = None) -> None:
        self.input_shape = None if input_shape is None else _shape(input_shape)
        self.name = name or type(self).__name__.lower()
        self.params: dict[str, Array] = {}
        self.grads: dict[str, Array] = {}
        self.built = False
        self._buffers: dict[str, Array] = {}
        self._kept: Array | None = None

    def __call__(self, x: ArrayLike) -> Array:
        """Return the layer's output for a batch; a layer without weights makes them now."""
        x = np.asarray(x)
        if not self.built:
            self.build(x.shape[1:], generator())
        return self.forward(np.asarray(x, self.dtype))

    def build(
        self, input_shape: Shape, rng: np.random.Generator, dtype: DTypeLike = "float32"
    ) -> None:
        """Make the parameters for inputs of this shape (without the batch axis)."""
        self.input_shape = _shape(input_shape)
        self.dtype = np.dtype(dtype)
        self.built = True

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape of one output, given the shape of one input."""
        return input_shape

    def forward(self, x: Array, training: bool = False) -> Array:
        """Return the output for a batch."""
        raise NotImplementedError

    def backward(self, grad: Array, input_gradient: bool = True) -> Array | None:
        """Fill ``grads``; return the gradient for the layer below, or None if nobody wants it."""
        raise NotImplementedError

    def config(self) -> dict[str, Any]:
        """Return what it takes to make such a layer again."""
        return {"class": type(self).__name__, "name": self.name}

    def count_params(self) -> int:
        """Return the number of parameters."""
        return sum(p.size for p in self.params.values())

    def _rows(self, name: str, shape: Shape) -> Array:
        """Return rows of a buffer that is kept from batch to batch."""
        buffer = self._buffers.get(name)
        if buffer is None or len(buffer) < shape[0]:
            buffer = self._buffers[name] = np.empty(shape, self.dtype)
        return buffer[: shape[0]]

    def _take_kept(self) -> Array:
        """Return what the training forward kept; it serves one backward only."""
        if self._kept is None:
            raise RuntimeError(f"{self.name}: backward needs a forward(x, training=True) before it")
        kept, self._kept = self._kept, None
        return kept


class Dense(Layer):
    """Every output unit sees every input: ``activation(x @ kernel + bias)``.

    Inputs have shape (n, inputs), outputs (n, units). (Keras's Dense takes more axes; ours asks
    for a Flatten first, which is what a learner nearly always forgot.)

    Parameters
    ----------
    units : int
        Number of outputs.
    activation : str or function, optional
        One of ``nbhelpers.activations``; linear if not given.
    kernel_initializer : str or function
        One of ``nbhelpers.initializers``. Biases start at zero.
    input_shape : tuple of int, optional
        ``(inputs,)``; else the first batch tells.
    input_dim : int, optional
        The same as ``input_shape=(input_dim,)``.
    name : str, optional

    Examples
    --------
    >>> layer = Dense(2, activation="relu")
    >>> layer(np.ones((5, 3))).shape
    (5, 2)
    """

    def __init__(
        self,
        units: int,
        activation: Any = None,
        *,
        kernel_initializer: Any = "glorot_uniform",
        input_shape: Shape | None = None,
        input_dim: int | None = None,
        name: str | None = None,
    ) -> None:
        if input_dim is not None:
            input_shape = (input_dim,)
        super().__init__(input_shape, name)
        self.units = whole("Dense", "units", units)
        self.activation = activations.get(activation)
        self.kernel_initializer = initializers.get(kernel_initializer)

    def build(
        self, input_shape: Shape, rng: np.random.Generator, dtype: DTypeLike = "float32"
    ) -> None:
        """Draw the kernel (inputs, units); the bias (units,) starts at zero."""
        if len(input_shape) != 1:
            raise ValueError(
                f"{self.name}: input must have shape (n, inputs). "
                f"Received: {('n', *input_shape)}. Add Flatten() before it."
            )
        super().build(input_shape, rng, dtype)
        self.params = {
            "kernel": self.kernel_initializer((input_shape[0], self.units), rng, dtype),
            "bias": np.zeros(self.units, dtype),
        }
        self.grads = {name: np.zeros_like(p) for name, p in self.params.items()}

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return (units,)."""
        return (self.units,)

    def forward(self, x: Array, training: bool = False) -> Array:
        """Return ``activation(x @ kernel + bias)``, shape (n, units)."""
        z = self.pre_activation(x, training)
        y = self.activation.forward(z, out=z)
        if training:
            self._output = y
        return y

    def backward(self, grad: Array, input_gradient: bool = True) -> Array | None:
        """Take the gradient back through the activation, then through the affine map."""
        if self.activation.backward is None:
            raise RuntimeError(f"{self.name}: {self.activation.name} cannot be trained")
        if self._kept is not None:
            delta = self._rows("delta", grad.shape)
            grad = self.activation.backward(self._output, grad, out=delta)
        return self.backward_pre_activation(grad, input_gradient)

    def pre_activation(self, x: Array, training: bool = False) -> Array:
        """Return ``x @ kernel + bias``: the layer before its activation."""
        inputs = len(self.params["kernel"])
        x = np.asarray(x, self.dtype)
        if x.ndim != 2 or x.shape[1] != inputs:
            advice = " Add Flatten() before it." if x.ndim > 2 else ""
            raise ValueError(
                f"{self.name}: input must have shape (n, {inputs}). Received: {x.shape}.{advice}"
            )
        z = None
        if training:
            self._kept = x
            z = self._rows("output", (len(x), self.units))
        z = np.matmul(x, self.params["kernel"], out=z)
        z += self.params["bias"]
        return z

    def backward_pre_activation(self, grad: Array, input_gradient: bool = True) -> Array | None:
        """Fill ``grads`` from the gradient before the activation; return that of the input."""
        x = self._take_kept()
        np.matmul(x.T, grad, out=self.grads["kernel"])
        np.sum(grad, axis=0, out=self.grads["bias"])
        if not input_gradient:
            return None
        out = self._rows("input_gradient", x.shape)
        return np.matmul(grad, self.params["kernel"].T, out=out)

    def config(self) -> dict[str, Any]:
        """Return what it takes to make such a layer again; its weights are kept elsewhere."""
        return {
            **super().config(),
            "units": self.units,
            "activation": self.activation.name,
            "kernel_initializer": self.kernel_initializer.__name__,
        }


class Flatten(Layer):
    """Lay every sample out as one row: (n, 28, 28) becomes (n, 784).

    Parameters
    ----------
    input_shape : tuple of int, optional
        Shape of one sample, such as (28, 28).

    Examples
    --------
    >>> Flatten()(np.zeros((5, 28, 28))).shape
    (5, 784)
    """

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return (product of the axes,)."""
        return (int(np.prod(input_shape, dtype=int)),)

    def forward(self, x: Array, training: bool = False) -> Array:
        """Return the same numbers with shape (n, all the rest)."""
        if x.shape[1:] != self.input_shape:
            raise ValueError(
                f"{self.name}: input must have shape {('n', *self.input_shape)}. "
                f"Received: {x.shape}"
            )
        return x.reshape(len(x), -1)

    def backward(self, grad: Array, input_gradient: bool = True) -> Array | None:
        """Return the gradient in the input's shape."""
        return grad.reshape(len(grad), *self.input_shape)


class Rescaling(Layer):
    """``x * scale + offset``: pixels 0..255 become numbers 0..1 when their batch is needed.

    The images themselves can then stay bytes, a quarter of the memory of float32.

    Parameters
    ----------
    scale : float
        Such as 1 / 255.
    offset : float
    input_shape : tuple of int, optional
    name : str, optional

    Examples
    --------
    >>> Rescaling(1 / 255)(np.array([[0, 255]], dtype=np.uint8))
    array([[0., 1.]], dtype=float32)
    """

    def __init__(
        self,
        scale: float,
        offset: float = 0.0,
        *,
        input_shape: Shape | None = None,
        name: str | None = None,
    ) -> None:
        super().__init__(input_shape, name)
        self.scale, self.offset = float(scale), float(offset)

    def forward(self, x: Array, training: bool = False) -> Array:
        """Return ``x * scale + offset``."""
        y = np.multiply(x, self.scale, out=self._rows("output", x.shape) if training else None)
        y += self.offset
        return y

    def backward(self, grad: Array, input_gradient: bool = True) -> Array | None:
        """Return ``grad * scale``."""
        return grad * self.scale

    def config(self) -> dict[str, Any]:
        """Return what it takes to make such a layer again."""
        return {**super().config(), "scale": self.scale, "offset": self.offset}


class Activation(Layer):
    """An activation as a layer of its own.

    Parameters
    ----------
    activation : str or function

    Examples
    --------
    >>> Activation("relu")(np.array([[-1.0, 2.0]]))
    array([[0., 2.]], dtype=float32)
    """

    def __init__(
        self, activation: Any, *, input_shape: Shape | None = None, name: str | None = None
    ) -> None:
        super().__init__(input_shape, name)
        self.activation = activations.get(activation)

    def forward(self, x: Array, training: bool = False) -> Array:
        """Return ``activation(x)``."""
        y = self.activation.forward(x)
        if training:
            self._kept = y
        return y

    def backward(self, grad: Array, input_gradient: bool = True) -> Array | None:
        """Return the gradient with respect to x."""
        if self.activation.backward is None:
            raise RuntimeError(f"{self.name}: {self.activation.name} cannot be trained")
        return self.activation.backward(self._take_kept(), grad)

    def pre_activation(self, x: Array, training: bool = False) -> Array:
        """Return x: there is nothing before the activation."""
        return x

    def backward_pre_activation(self, grad: Array, input_gradient: bool = True) -> Array | None:
        """Return grad."""
        return grad

    def config(self) -> dict[str, Any]:
        """Return what it takes to make such a layer again."""
        return {**super().config(), "activation": self.activation.name}


class Input:
    """The shape of one sample, as the first thing in a Sequential: no layer, no weights.

    Parameters
    ----------
    shape : tuple of int
        Without the batch axis.
    """

    def __init__(self, shape: Shape) -> None:
        self.shape = _shape(shape)


def _shape(shape: Any) -> Shape:
    if isinstance(shape, int | np.integer):
        shape = (shape,)
    return tuple(whole("input_shape", "each axis", axis) for axis in shape)


LAYERS = {
    "Dense": Dense,
    "Flatten": Flatten,
    "Rescaling": Rescaling,
    "Activation": Activation,
}


def from_config(config: dict[str, Any]) -> Layer:
    """Return a new layer like the one that gave this ``config()``."""
    arguments = dict(config)
    return LAYERS[arguments.pop("class")](**arguments)
