"""Activation functions, each beside its derivative, and softmax with what keeps it stable.

Every function takes an array of any shape and returns one of the same shape and dtype (whole
numbers become float64). ``out`` receives the result where an array is at hand; it may be ``x``.
Each derivative is written in terms of the *output* y = h(x): that is what a network has kept.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from nbhelpers.utils import choose

Array = np.ndarray


def _floats(x: ArrayLike) -> Array:
    x = np.asarray(x)
    return x if x.dtype.kind == "f" else x.astype(np.float64)


def linear(x: ArrayLike, out: Array | None = None) -> Array:
    """Return x itself: the activation of a layer for regression.

    Examples
    --------
    >>> linear([-1.0, 2.0])
    array([-1.,  2.])
    """
    return np.positive(_floats(x), out=out)


def step(x: ArrayLike, out: Array | None = None) -> Array:
    """Return 1 where x > 0, else 0: the perceptron's threshold. It has no useful derivative.

    Examples
    --------
    >>> step([-1.0, 0.0, 2.0])
    array([0., 0., 1.])
    """
    return np.greater(x, 0, out=np.empty_like(_floats(x)) if out is None else out)


def sigmoid(x: ArrayLike, out: Array | None = None) -> Array:
    """Return 1 / (1 + exp(-x)), in 0..1, without overflow at any x.

    exp only ever sees -|x|; for x < 0 both sides of the fraction are multiplied by exp(x).

    Examples
    --------
    >>> sigmoid([-1000.0, 0.0, 1000.0])
    array([0. , 0.5, 1. ])
    """
    x = _floats(x)
    e = np.exp(-np.abs(x))
    return np.divide(np.where(x >= 0, 1, e), 1 + e, out=out)


def tanh(x: ArrayLike, out: Array | None = None) -> Array:
    """Return the hyperbolic tangent, in -1..1: a sigmoid stretched and centred on 0.

    Examples
    --------
    >>> tanh([0.0])
    array([0.])
    """
    return np.tanh(_floats(x), out=out)


def relu(x: ArrayLike, out: Array | None = None) -> Array:
    """Return max(x, 0): the rectified linear unit.

    Examples
    --------
    >>> relu([-3.0, 2.0])
    array([0., 2.])
    """
    x = _floats(x)
    # A row of zeros, not the number 0: NumPy's maximum is twice as fast on two arrays.
    return np.maximum(x, np.zeros(x.shape[-1:], x.dtype), out=out)


def leaky_relu(x: ArrayLike, out: Array | None = None, *, negative_slope: float = 0.2) -> Array:
    """Return x where x > 0, else negative_slope * x, with a slope in 0..1.

    Examples
    --------
    >>> leaky_relu([-5.0, 2.0])
    array([-1.,  2.])
    """
    x = _floats(x)
    return np.maximum(x, negative_slope * x, out=out)


def softmax(x: ArrayLike, out: Array | None = None, *, axis: int = -1) -> Array:
    """Return exp(x) / sum(exp(x)) along an axis: positive numbers that sum to 1.

    The largest x is subtracted first. That changes nothing in the result, and exp never sees
    a number above 0, so it cannot overflow.

    Source: Saito, "Deep Learning from Scratch", section 3.5.

    Examples
    --------
    >>> softmax([1010.0, 1000.0, 990.0]).round(6)
    array([9.99955e-01, 4.50000e-05, 0.00000e+00])
    """
    x = _floats(x)
    e = np.subtract(x, x.max(axis=axis, keepdims=True), out=out)
    np.exp(e, out=e)
    e /= e.sum(axis=axis, keepdims=True)
    return e


def logsumexp(x: ArrayLike, *, axis: int = -1, keepdims: bool = False) -> Array:
    """Return log(sum(exp(x))) along an axis, without overflow.

    Examples
    --------
    >>> logsumexp([1000.0, 1000.0]).round(4)
    np.float64(1000.6931)
    """
    x = _floats(x)
    top = x.max(axis=axis, keepdims=True)
    total = np.log(np.exp(x - top).sum(axis=axis, keepdims=True)) + top
    return total if keepdims else total.squeeze(axis=axis)[()]


def log_softmax(x: ArrayLike, *, axis: int = -1) -> Array:
    """Return log(softmax(x)) along an axis; finite where log(softmax(x)) is log(0).

    Examples
    --------
    >>> log_softmax([0.0, -1000.0])
    array([    0., -1000.])
    """
    x = _floats(x)
    # Shift first: x - logsumexp(x) would round 0.313 away beside a thousand.
    shifted = x - x.max(axis=axis, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True))


def linear_backward(y: Array, grad: Array, out: Array | None = None) -> Array:
    """Return grad * 1."""
    return linear(grad, out=out)


def sigmoid_backward(y: Array, grad: Array, out: Array | None = None) -> Array:
    """Return grad * y * (1 - y)."""
    out = np.subtract(1, y, out=out)
    out *= y
    out *= grad
    return out


def tanh_backward(y: Array, grad: Array, out: Array | None = None) -> Array:
    """Return grad * (1 - y**2)."""
    out = np.multiply(y, y, out=out)
    np.subtract(1, out, out=out)
    out *= grad
    return out


def relu_backward(y: Array, grad: Array, out: Array | None = None) -> Array:
    """Return grad where y > 0, else 0. With y >= 0 it would do nothing: relu's y is never less."""
    out = np.greater(y, 0, out=np.empty_like(y) if out is None else out)
    out *= grad
    return out


def leaky_relu_backward(
    y: Array, grad: Array, out: Array | None = None, *, negative_slope: float = 0.2
) -> Array:
    """Return grad where y > 0, else negative_slope * grad."""
    return np.multiply(grad, np.where(y > 0, 1, np.asarray(negative_slope, y.dtype)), out=out)


def softmax_backward(y: Array, grad: Array, out: Array | None = None) -> Array:
    """Return y * (grad - sum(grad * y)) along the last axis: every output depends on every x."""
    out = np.subtract(grad, (grad * y).sum(axis=-1, keepdims=True), out=out)
    out *= y
    return out


@dataclass(frozen=True)
class Activation:
    """An activation function and its way back.

    Attributes
    ----------
    name : str
    forward : callable
        ``forward(x, out=None)`` returns y = h(x).
    backward : callable or None
        ``backward(y, grad, out=None)`` returns the gradient with respect to x, given y and the
        gradient with respect to y. None where there is none to follow.
    """

    name: str
    forward: Callable[..., Array]
    backward: Callable[..., Array] | None

    def derivative(self, x: ArrayLike) -> Array:
        """Return h'(x) for each element.

        Raises
        ------
        ValueError
            For softmax, which is not element-wise, and step, which has no useful derivative.
        """
        if self.backward is None or self.name == "softmax":
            raise ValueError(f"{self.name}: has no element-wise derivative")
        y = self.forward(x)
        return self.backward(y, np.ones_like(y), out=np.empty_like(y))


ACTIVATIONS = {
    activation.name: activation
    for activation in (
        Activation("linear", linear, linear_backward),
        Activation("step", step, None),
        Activation("sigmoid", sigmoid, sigmoid_backward),
        Activation("tanh", tanh, tanh_backward),
        Activation("relu", relu, relu_backward),
        Activation("leaky_relu", leaky_relu, leaky_relu_backward),
        Activation("softmax", softmax, softmax_backward),
    )
}


def get(activation: Any) -> Activation:
    """Return the activation of that name, or of that function of this module; None is linear.

    Raises
    ------
    ValueError
        If there is none; the message lists the names.
    """
    if isinstance(activation, Activation):
        return activation
    name = "linear" if activation is None else getattr(activation, "__name__", activation)
    return choose("activation", name, ACTIVATIONS)
