"""Activation functions, each beside its derivative, and softmax with what keeps it stable.

Every function takes an array of any shape and returns one of the same shape and dtype (whole
numbers become float64). ``out`` receives the result where an array is at hand; it may be ``x``.
Each derivative is written in terms of the *output* y = h(x): that is what a network has kept.
Its ``out`` may be ``y`` or ``grad``.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from nbhelpers import _out
from nbhelpers._types import Array, Shape
from nbhelpers.utils import choose, flag, floats, number, shown


def _floats(x: ArrayLike, out: Array | None = None) -> Array:
    """Return x as floats, for a result that ``out`` can receive."""
    array = floats("activation", "x", x)
    if out is not None:
        _check_out(out, array.shape)
    return array


def _check_out(out: Any, shape: Shape) -> None:
    """Raise ValueError unless this is an array of floats of the shape."""
    if not isinstance(out, np.ndarray) or out.shape != shape or out.dtype.kind != "f":
        raise ValueError(
            f"activation: out must be an array of floats of shape {shape}. Received: {shown(out)}"
        )


def _both(y: ArrayLike, grad: ArrayLike, out: Array | None) -> tuple[Array, Array]:
    """Return y and the gradient with respect to it, of one shape; a number stands for all."""
    y, grad = floats("activation", "y", y), floats("activation", "grad", grad)
    if grad.ndim == 0:
        grad = np.full(y.shape, grad, y.dtype)
    if y.shape != grad.shape:
        raise ValueError(
            f"activation: grad must have the shape of y, {y.shape}. Received: {grad.shape}"
        )
    if out is not None:
        _check_out(out, y.shape)
    return y, grad


def _aside(out: Array | None, *read: Array) -> Array | None:
    """Return ``out``, or None where writing to it would spoil what is still to be read."""
    if out is None or any(np.may_share_memory(out, array) for array in read):
        return None
    return out


def _into(out: Array | None, result: Array) -> Array:
    """Return the result, in ``out`` if there is one."""
    if out is None or out is result:
        return result
    out[...] = result
    return out


def linear(x: ArrayLike, out: Array | None = None) -> Array:
    """Return x itself: the activation of a layer for regression.

    Examples
    --------
    >>> linear([-1.0, 2.0])
    array([-1.,  2.])
    """
    return np.positive(_floats(x, out), out=out)


def step(x: ArrayLike, out: Array | None = None) -> Array:
    """Return 1 where x > 0, else 0: the perceptron's threshold. It has no useful derivative.

    Examples
    --------
    >>> step([-1.0, 0.0, 2.0])
    array([0., 0., 1.])
    """
    x = _floats(x, out)
    return np.greater(x, 0, out=np.empty_like(x) if out is None else out)


def sigmoid(x: ArrayLike, out: Array | None = None) -> Array:
    """Return 1 / (1 + exp(-x)), in 0..1, without overflow at any x.

    exp only ever sees -|x|; for x < 0 both sides of the fraction are multiplied by exp(x).

    Examples
    --------
    >>> sigmoid([-1000.0, 0.0, 1000.0])
    array([0. , 0.5, 1. ])
    """
    x = _floats(x, out)
    e = np.exp(-np.abs(x))
    y: Array = np.divide(np.where(x >= 0, 1, e), 1 + e, out=out)
    return y


def tanh(x: ArrayLike, out: Array | None = None) -> Array:
    """Return the hyperbolic tangent, in -1..1: a sigmoid stretched and centred on 0.

    Examples
    --------
    >>> tanh([0.0])
    array([0.])
    """
    return np.tanh(_floats(x, out), out=out)


def relu(x: ArrayLike, out: Array | None = None) -> Array:
    """Return max(x, 0): the rectified linear unit.

    Examples
    --------
    >>> relu([-3.0, 2.0])
    array([0., 2.])
    """
    x = _floats(x, out)
    # A row of zeros, not the number 0: NumPy's maximum is twice as fast on two arrays.
    return np.maximum(x, np.zeros(x.shape[-1:], x.dtype), out=out)


def leaky_relu(x: ArrayLike, out: Array | None = None, *, negative_slope: float = 0.2) -> Array:
    """Return x where x > 0, else negative_slope * x, with a slope in 0..1.

    Examples
    --------
    >>> leaky_relu([-5.0, 2.0])
    array([-1.,  2.])
    """
    x, slope = _floats(x, out), _slope(negative_slope)
    y: Array = np.maximum(x, slope * x, out=out)
    return y


def _slope(value: Any) -> float:
    slope = number("leaky_relu", "negative_slope", value)
    if not 0 <= slope <= 1:
        raise ValueError(f"leaky_relu: negative_slope must lie in 0..1. Received: {shown(value)}")
    return slope


def softmax(x: ArrayLike, out: Array | None = None, *, axis: int | None = -1) -> Array:
    """Return exp(x) / sum(exp(x)) along an axis: positive numbers that sum to 1.

    The largest x is subtracted first. That changes nothing in the result, and exp never sees
    a number above 0, so it cannot overflow. Infinity has no share that could be told: beside it
    the result is nan, as in SciPy. A single number is a whole of its own: 1.

    Source: Saito, "Deep Learning from Scratch", section 3.5.

    Examples
    --------
    >>> softmax([1010.0, 1000.0, 990.0]).round(6)
    array([9.99955e-01, 4.50000e-05, 0.00000e+00])
    """
    x = _floats(x, out)
    if not x.ndim:
        return _into(out, softmax(x.reshape(1)).reshape(()))
    # inf - inf is nan, which is the answer; what overflows is -inf, of which exp is 0.
    with np.errstate(invalid="ignore", over="ignore"):
        e: Array = np.subtract(x, _top(x, axis), out=out)
    np.exp(e, out=e)
    e /= e.sum(axis=axis, keepdims=True)
    return e


def logsumexp(x: ArrayLike, *, axis: int | None = -1, keepdims: bool = False) -> Array:
    """Return log(sum(exp(x))) along an axis, without overflow; of nothing but -inf it is -inf.

    Examples
    --------
    >>> logsumexp([1000.0, 1000.0]).round(4)
    np.float64(1000.6931)
    """
    x, keepdims = _floats(x), flag("logsumexp", "keepdims", keepdims)
    if not x.ndim:
        return x
    top = _top(x, axis)
    # An infinite top is the answer already; shifting by it would make nan of it.
    shift = np.where(np.isfinite(top), top, np.zeros_like(top))
    with np.errstate(over="ignore", divide="ignore"):
        total = np.log(np.exp(x - shift).sum(axis=axis, keepdims=True)) + shift
    result: Array = total if keepdims else total.squeeze(axis=axis)[()]
    return result


def log_softmax(x: ArrayLike, *, axis: int | None = -1) -> Array:
    """Return log(softmax(x)) along an axis; finite where log(softmax(x)) is log(0).

    Examples
    --------
    >>> log_softmax([0.0, -1000.0])
    array([    0., -1000.])
    """
    x = _floats(x)
    if not x.ndim:
        return log_softmax(x.reshape(1)).reshape(())
    return _softmax_and_log(x, axis=axis)[1]


def _softmax_and_log(x: Array, *, axis: int | None = -1) -> tuple[Array, Array]:
    """Return softmax(x), and its logarithm as ``log_softmax`` has it, from one exp."""
    # Shift first: x - logsumexp(x) would round 0.313 away beside a thousand.
    with np.errstate(invalid="ignore", over="ignore"):
        shifted = x - _top(x, axis)
    e = np.exp(shifted)
    total = e.sum(axis=axis, keepdims=True)
    e /= total
    return e, shifted - np.log(total)


def _top(x: Array, axis: int | None) -> Array:
    """Return the largest x along the axis (None: of all), which is kept."""
    if axis is not None and (isinstance(axis, bool) or not isinstance(axis, int | np.integer)):
        raise ValueError(f"softmax: axis must be a whole number or None. Received: {shown(axis)}")
    outside = axis is not None and not -x.ndim <= axis < x.ndim
    if outside or not (x.size if axis is None else x.shape[axis]):
        raise ValueError(
            f"softmax: x must have at least one number along axis {axis}. Received: {x.shape}"
        )
    top: Array = x.max(axis=axis, keepdims=True)
    return top


def linear_backward(y: Array, grad: Array, out: Array | None = None) -> Array:
    """Return grad * 1."""
    return linear(_both(y, grad, out)[1], out=out)


def sigmoid_backward(y: Array, grad: Array, out: Array | None = None) -> Array:
    """Return grad * y * (1 - y)."""
    y, grad = _both(y, grad, out)
    result = np.subtract(1, y, out=_aside(out, y, grad))
    result *= y
    result *= grad
    return _into(out, result)


def tanh_backward(y: Array, grad: Array, out: Array | None = None) -> Array:
    """Return grad * (1 - y**2)."""
    y, grad = _both(y, grad, out)
    room = _aside(out, y, grad)
    result = np.subtract(1, np.multiply(y, y, out=room), out=room)
    result *= grad
    return _into(out, result)


def relu_backward(y: Array, grad: Array, out: Array | None = None) -> Array:
    """Return grad where y > 0, else 0. With y >= 0 it would do nothing: relu's y is never less."""
    y, grad = _both(y, grad, out)
    room = _aside(out, y, grad)
    result = np.greater(y, 0, out=np.empty_like(y) if room is None else room)
    result *= grad
    return _into(out, result)


def leaky_relu_backward(
    y: Array, grad: Array, out: Array | None = None, *, negative_slope: float = 0.2
) -> Array:
    """Return grad where y > 0, else negative_slope * grad."""
    y, grad = _both(y, grad, out)
    slope = np.asarray(_slope(negative_slope), y.dtype)
    return np.multiply(grad, np.where(y > 0, 1, slope), out=out)


def softmax_backward(y: Array, grad: Array, out: Array | None = None) -> Array:
    """Return y * (grad - sum(grad * y)) along the last axis: every output depends on every x."""
    y, grad = _both(y, grad, out)
    result = np.subtract(grad, (grad * y).sum(axis=-1, keepdims=True), out=_aside(out, y))
    result *= y
    return _into(out, result)


@dataclass(frozen=True)
class Activation:
    """An activation function and its way back; also the way to bring one of your own.

    Called, it computes the function: ``ACTIVATIONS["relu"](x)``.

    Attributes
    ----------
    name : str
    forward : callable
        ``forward(x)`` returns y = h(x), in x's shape; it may take ``out``.
    backward : callable or None
        ``backward(y, grad)`` returns the gradient with respect to x, given y and the
        gradient with respect to y; it may take ``out``. None where there is none to follow.

    Examples
    --------
    >>> square = Activation("square root", np.sqrt, lambda y, grad: grad / (2 * y))
    >>> square([4.0, 9.0])
    array([2., 3.])
    """

    name: str
    forward: Callable[..., Array]
    backward: Callable[..., Array] | None
    _with_out: tuple[bool, bool] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or not self.name:
            raise TypeError(f"Activation: name must be a text. Received: {shown(self.name)}")
        if not callable(self.forward):
            raise TypeError(
                f"Activation: forward must be a function of x. Received: {shown(self.forward)}"
            )
        if self.backward is not None and not callable(self.backward):
            raise TypeError(
                "Activation: backward must be a function of y and grad, or None. "
                f"Received: {shown(self.backward)}"
            )
        pair = (_takes_out(self.forward), _takes_out(self.backward))
        object.__setattr__(self, "_with_out", pair)

    def __call__(self, x: ArrayLike, out: Array | None = None) -> Array:
        """Return y = h(x), in ``out`` if there is one."""
        if self._with_out[0]:
            return self._like(np.shape(x), self.forward(x, out=out))
        return _into(out, self._like(np.shape(x), self.forward(_floats(x))))

    def back(self, y: Array, grad: Array, out: Array | None = None) -> Array:
        """Return the gradient with respect to x, in ``out`` if there is one.

        Raises
        ------
        RuntimeError
            If there is none to follow.
        """
        if self.backward is None:
            raise RuntimeError(f"{self.name} cannot be trained: it has no derivative to follow")
        if self._with_out[1]:
            return self._like(np.shape(y), self.backward(y, grad, out=out))
        return _into(out, self._like(np.shape(y), self.backward(y, grad)))

    def derivative(self, x: ArrayLike) -> Array:
        """Return h'(x) for each element.

        Raises
        ------
        ValueError
            For softmax, which is not element-wise, and step, which has no useful derivative.
        """
        if self.backward is None or self.backward is softmax_backward:
            raise ValueError(f"{self.name}: has no element-wise derivative")
        y = self(x)
        return self.back(y, np.ones_like(y), out=np.empty_like(y))

    def _like(self, shape: tuple[int, ...], result: Array) -> Array:
        """Return a result that must have the shape of what went in."""
        if isinstance(result, np.ndarray) and result.shape == shape:
            return result
        plain = isinstance(result, np.ndarray | np.generic | float | int)
        if not plain or np.shape(result) != shape:
            raise ValueError(
                f"{self.name}: the activation must return an array of shape {shape}. "
                f"Received: {shown(result)}"
            )
        return result


def _takes_out(function: Callable[..., Any] | None) -> bool:
    """Return whether a function takes ``out``; NumPy's own say so in no signature before 2.4."""
    if isinstance(function, np.ufunc):
        return True
    try:
        return function is not None and "out" in inspect.signature(function).parameters
    except ValueError:
        return False


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

    A function is known by itself, never by its name: one of your own is given as
    ``Activation(name, forward, backward)``.

    Raises
    ------
    ValueError
        If there is none; the message lists the names.
    """
    if isinstance(activation, Activation):
        return activation
    if activation is None:
        return ACTIVATIONS["linear"]
    for ours in ACTIVATIONS.values():
        if activation is ours.forward:
            return ours
    if callable(activation):
        raise ValueError(
            "activation: a function of your own must come with its way back: "
            f"activations.Activation(name, forward, backward). Received: {shown(activation)}"
        )
    return choose("activation", activation, ACTIVATIONS)


__getattr__ = _out.missing(__name__)
