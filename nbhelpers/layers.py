"""Layers: Dense, Flatten, Rescaling, Activation, Softmax, ReLU, Dropout; their way there and back.

``forward(x)`` returns a new array. ``forward(x, training=True)`` keeps what the way back needs, and
writes into a buffer of the layer's own, which the next training batch overwrites.
``backward(grad)`` takes the gradient of the loss with respect to the layer's output, fills
``grads`` (one array for each of ``params``, under the same name), and returns the gradient with
respect to its input. Arguments are never changed.
"""

from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from nbhelpers import _out, activations, initializers, threads
from nbhelpers._layer import NEEDS_FORWARD, Activated, Input, Layer
from nbhelpers._tables import Table, fill
from nbhelpers._types import Array, Shape
from nbhelpers.utils import count, name_in, number, shape_of, share, shown

__all__ = [
    "Activation",
    "Dense",
    "Dropout",
    "Flatten",
    "Input",
    "Layer",
    "ReLU",
    "Rescaling",
    "Softmax",
    "from_config",
]


class Dense(Activated):
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

    @_out.arguments("Dense")
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
            given, input_shape = input_shape, (count("Dense", "input_dim", input_dim),)
            if given is not None and shape_of("Dense", "input_shape", given) != input_shape:
                raise ValueError(
                    f"Dense: input_shape must be {input_shape}, as input_dim has it. "
                    f"Received: {shown(given)}"
                )
        super().__init__(input_shape, name)
        self._output: Array | None = None
        self._units = count("Dense", "units", units)
        self.activation = activation
        self._initializer = initializers.get(kernel_initializer)
        if self.sample_shape is not None:
            self.shape_after(self.sample_shape)

    @property
    def units(self) -> int:
        """The number of outputs."""
        return self._units

    @property
    def kernel_initializer(self) -> initializers.Start:
        """What drew the kernel."""
        return self._initializer

    def build(
        self, input_shape: Shape, rng: np.random.Generator, dtype: DTypeLike = "float32"
    ) -> None:
        """Draw the kernel (inputs, units); the bias (units,) starts at zero."""
        super().build(input_shape, rng, dtype)
        self.built = False  # until the kernel is drawn
        shape = (*(self.sample_shape or ()), self.units)
        kernel = np.empty(shape, self.dtype)
        fill(f"{self.name}: the kernel", kernel, self._initializer(shape, rng, dtype))
        self.params = Table(self.name, {"kernel": kernel, "bias": np.zeros(self.units, self.dtype)})
        self.grads = Table(self.name, {name: np.zeros_like(p) for name, p in self.params.items()})
        self.built = True

    def shape_after(self, shape: Shape) -> Shape:
        """Return (units,)."""
        if len(shape) != 1:
            raise ValueError(
                f"{self.name}: input must have shape (n, inputs). "
                f"Received: ({', '.join(['n', *map(str, shape)])}). Add Flatten() before it."
            )
        return (self.units,)

    def check_input(self, shape: Shape) -> None:
        """Raise ValueError unless a batch of this shape is what the layer was built for."""
        if shape[1:] != self.sample_shape and len(shape) > 2:
            inputs = self.sample_shape[0] if self.sample_shape else "inputs"
            raise ValueError(
                f"{self.name}: input must have shape (n, {inputs}). Received: {shape}. "
                "Add Flatten() before it."
            )
        super().check_input(shape)

    def forward(self, x: Array, training: bool = False) -> Array:
        """Return ``activation(x @ kernel + bias)``, shape (n, units)."""
        z = self.pre_activation(x, training)
        y = self.activation(z, out=z)
        if training:
            self._output = y
        return y

    def backward(self, grad: Array, input_gradient: bool = True) -> Array | None:
        """Take the gradient back through the activation, then through the affine map."""
        y = self._output
        if self._kept is None or y is None:
            raise RuntimeError(NEEDS_FORWARD.format(self.name))
        grad = self._gradient(grad, y.shape)
        delta = self.activation.back(y, grad, out=self._rows("delta", grad.shape))
        return self.backward_pre_activation(delta, input_gradient)

    def pre_activation(self, x: Array, training: bool = False) -> Array:
        """Return ``x @ kernel + bias``: the layer before its activation."""
        x = self._input(x)
        if training:
            self._kept, self._output = x, None  # which lies where the next output will
        room = self._room("output", (len(x), self.units), training)
        z = threads.matmul(x, self.params["kernel"], out=room)
        z += self.params["bias"]
        return z

    def backward_pre_activation(self, grad: Array, input_gradient: bool = True) -> Array | None:
        """Fill ``grads`` from the gradient before the activation; return that of the input."""
        x = self._take_kept()
        grad = self._gradient(grad, (len(x), self.units))
        threads.matmul(x.T, grad, out=self.grads["kernel"])
        grad.sum(axis=0, out=self.grads["bias"])
        if not input_gradient:
            return None
        room = self._rows("input_gradient", x.shape)
        return threads.matmul(grad, self.params["kernel"].T, out=room)

    def config(self) -> dict[str, Any]:
        """Return what it takes to make such a layer again; its weights are kept elsewhere."""
        return {
            **super().config(),
            "units": self.units,
            "activation": name_in(activations.ACTIVATIONS, self.activation),
            "kernel_initializer": name_in(initializers.INITIALIZERS, self.kernel_initializer),
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

    def shape_after(self, shape: Shape) -> Shape:
        """Return (product of the axes,)."""
        return (int(np.prod(shape, dtype=int)),)

    def forward(self, x: Array, training: bool = False) -> Array:
        """Return the same numbers with shape (n, all the rest)."""
        x = self._input(x)
        return x.reshape(len(x), *self.shape_after(x.shape[1:]))

    def backward(self, grad: Array, input_gradient: bool = True) -> Array | None:
        """Return the gradient in the input's shape."""
        shape = self.sample_shape or ()
        return self._gradient(grad, (_length(grad), *self.shape_after(shape))).reshape(-1, *shape)


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

    @_out.arguments("Layer")
    def __init__(
        self,
        scale: float,
        offset: float = 0.0,
        *,
        input_shape: Shape | None = None,
        name: str | None = None,
    ) -> None:
        super().__init__(input_shape, name)
        self._scale = number("Rescaling", "scale", scale)
        self._offset = number("Rescaling", "offset", offset)

    @property
    def scale(self) -> float:
        """What x is multiplied by."""
        return self._scale

    @property
    def offset(self) -> float:
        """What is added then."""
        return self._offset

    def forward(self, x: Array, training: bool = False) -> Array:
        """Return ``x * scale + offset``."""
        x = self._input(x)
        y: Array = np.multiply(x, self.scale, out=self._room("output", x.shape, training))
        y += self.offset
        return y

    def backward(self, grad: Array, input_gradient: bool = True) -> Array | None:
        """Return ``grad * scale``."""
        return self._gradient(grad, (_length(grad), *(self.sample_shape or ()))) * self.scale

    def config(self) -> dict[str, Any]:
        """Return what it takes to make such a layer again."""
        return {**super().config(), "scale": self.scale, "offset": self.offset}


class Activation(Activated):
    """An activation as a layer of its own.

    Parameters
    ----------
    activation : str or function

    Examples
    --------
    >>> Activation("relu")(np.array([[-1.0, 2.0]]))
    array([[0., 2.]], dtype=float32)
    """

    @_out.arguments("Layer")
    def __init__(
        self, activation: Any, *, input_shape: Shape | None = None, name: str | None = None
    ) -> None:
        super().__init__(input_shape, name)
        self.activation = activation

    def forward(self, x: Array, training: bool = False) -> Array:
        """Return ``activation(x)``."""
        x = self._input(x)
        y = self.activation(x, out=self._room("output", x.shape, training))
        if training:
            self._kept = y
        return y

    def backward(self, grad: Array, input_gradient: bool = True) -> Array | None:
        """Return the gradient with respect to x."""
        y = self._take_kept()
        grad = self._gradient(grad, y.shape)
        return self.activation.back(y, grad, out=self._rows("delta", grad.shape))

    def config(self) -> dict[str, Any]:
        """Return what it takes to make such a layer again."""
        return {**super().config(), "activation": name_in(activations.ACTIVATIONS, self.activation)}


class Softmax(Activation):
    """The activation softmax as a layer of its own.

    Examples
    --------
    >>> Softmax()([[0.0, 0.0]])
    array([[0.5, 0.5]], dtype=float32)
    """

    @_out.arguments("Softmax")
    def __init__(self, *, input_shape: Shape | None = None, name: str | None = None) -> None:
        super().__init__("softmax", input_shape=input_shape, name=name)

    def config(self) -> dict[str, Any]:
        """Return what it takes to make such a layer again."""
        return Layer.config(self)


class ReLU(Activation):
    """The activation relu as a layer of its own.

    Examples
    --------
    >>> ReLU()([[-1.0, 2.0]])
    array([[0., 2.]], dtype=float32)
    """

    @_out.arguments("ReLU")
    def __init__(self, *, input_shape: Shape | None = None, name: str | None = None) -> None:
        super().__init__("relu", input_shape=input_shape, name=name)

    def config(self) -> dict[str, Any]:
        """Return what it takes to make such a layer again."""
        return Layer.config(self)


class Dropout(Layer):
    """While training, set a share of the inputs to 0, and divide the others by what is left.

    So a unit cannot rely on any other single one, and the sum stays what it was on average.
    ``predict`` and ``evaluate`` leave everything as it is. The zeros fall anew for each batch; they
    are drawn by the model's own generator, so that a saved training goes on as it would have.

    Parameters
    ----------
    rate : float
        The share that is set to 0, in 0..1, below 1.

    Source: Srivastava et al., 2014.

    Examples
    --------
    >>> Dropout(0.5)([[1.0, 2.0, 3.0]])
    array([[1., 2., 3.]], dtype=float32)
    """

    @_out.arguments("Dropout")
    def __init__(
        self, rate: float, *, input_shape: Shape | None = None, name: str | None = None
    ) -> None:
        super().__init__(input_shape, name)
        self._rate = share("Dropout", "rate", rate)

    @property
    def rate(self) -> float:
        """The share that is set to 0."""
        return self._rate

    def build(
        self, input_shape: Shape, rng: np.random.Generator, dtype: DTypeLike = "float32"
    ) -> None:
        """Keep the generator: it draws while training."""
        super().build(input_shape, rng, dtype)
        self._rng = rng

    def forward(self, x: Array, training: bool = False) -> Array:
        """Return x; while training, with zeros in it."""
        x = self._input(x)
        if not training:
            return x.copy()
        mask = self._kept = self._rows("mask", x.shape)
        self._rng.random(dtype=self.dtype, out=mask)
        np.greater_equal(mask, self.rate, out=mask)
        mask /= 1 - self.rate
        y: Array = np.multiply(x, mask, out=self._rows("output", x.shape))
        return y

    def backward(self, grad: Array, input_gradient: bool = True) -> Array | None:
        """Return the gradient, with zeros at the same places."""
        mask = self._take_kept()
        grad = self._gradient(grad, mask.shape)
        back: Array = np.multiply(grad, mask, out=self._rows("input_gradient", mask.shape))
        return back

    def config(self) -> dict[str, Any]:
        """Return what it takes to make such a layer again."""
        return {**super().config(), "rate": self.rate}


def _length(grad: Array) -> int:
    """Return the number of rows of a gradient, for a layer that keeps nothing of the batch."""
    return len(grad) if np.ndim(grad) else 0


LAYERS: dict[str, type[Layer]] = {
    "Dense": Dense,
    "Flatten": Flatten,
    "Rescaling": Rescaling,
    "Activation": Activation,
    "Softmax": Softmax,
    "ReLU": ReLU,
    "Dropout": Dropout,
}


def from_config(config: dict[str, Any]) -> Layer:
    """Return a new layer like the one that gave this ``config()``."""
    arguments = dict(config)
    return LAYERS[arguments.pop("class")](**arguments)


__getattr__ = _out.missing(__name__)
