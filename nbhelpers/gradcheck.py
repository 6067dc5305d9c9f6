"""Is the way back right? Compare every gradient with slopes measured by finite differences."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

Array = np.ndarray


def numerical_gradient(f: Callable[[], float], x: Array, step: float = 1e-5) -> Array:
    """Measure how f changes with each element of x.

    Parameters
    ----------
    f : callable
        ``f()`` returns a number that depends on ``x``.
    x : float64 array
        Moved a little in place, and put back.
    step : float
        How far; 1e-5 balances rounding against curvature in float64.

    Returns
    -------
    array, shape of ``x``
        ``(f(x + step) - f(x - step)) / (2 * step)`` for each element.

    Raises
    ------
    TypeError
        If ``x`` is not float64: a difference of float32 numbers is mostly rounding.

    Examples
    --------
    >>> x = np.array([3.0])
    >>> numerical_gradient(lambda: float(x[0] ** 2), x).round(6)
    array([6.])
    """
    if x.dtype != np.float64:
        raise TypeError(f"numerical_gradient: x must be float64. Received: {x.dtype}")
    grad = np.empty_like(x)
    for index in np.ndindex(x.shape):
        before = x[index]
        x[index] = before + step
        up = f()
        x[index] = before - step
        down = f()
        x[index] = before
        grad[index] = (up - down) / (2 * step)
    return grad


def relative_error(a: ArrayLike, b: ArrayLike) -> float:
    """Return ``|a - b| / (|a| + |b|)``, lengths of whole arrays: 0 is equal, 1 is opposite.

    Two arrays that are both nothing but rounding (below 1e-9) count as equal.

    Examples
    --------
    >>> relative_error([1.0, 2.0], [1.0, 2.0])
    0.0
    """
    a, b = np.ravel(a), np.ravel(b)
    size = np.linalg.norm(a) + np.linalg.norm(b)
    return float(np.linalg.norm(a - b) / size) if size > 1e-9 else 0.0


def check_layer(layer: Any, x: Array, rng: np.random.Generator) -> dict[str, float]:
    """Check a layer alone: its input's gradient, and that of each parameter.

    Parameters
    ----------
    layer : Layer
        Built with dtype float64.
    x : float64 array, shape (n, ...)
    rng : Generator
        Draws the weights of the sum of the outputs that stands in for a loss.

    Returns
    -------
    dict of str to float
        The relative error of ``"x"`` and of each parameter; below 1e-6 is right.
    """
    x = x.copy()
    weights = rng.normal(size=layer.forward(x).shape)

    def total() -> float:
        return float((layer.forward(x) * weights).sum())

    layer.forward(x, training=True)
    errors = {"x": relative_error(layer.backward(weights).copy(), numerical_gradient(total, x))}
    for name, param in layer.params.items():
        errors[name] = relative_error(layer.grads[name], numerical_gradient(total, param))
    return errors


def check_model(model: Any, x: ArrayLike, y: ArrayLike) -> dict[str, float]:
    """Check every parameter of a compiled model whose dtype is float64.

    Returns
    -------
    dict of str to float
        ``"dense/kernel"`` and so on: the relative error; below 1e-6 is right.

    Examples
    --------
    >>> from nbhelpers import Sequential, layers
    >>> model = Sequential(layers.Dense(2, "softmax", input_dim=3), seed=0, dtype="float64")
    >>> model.compile(loss="sparse_categorical_crossentropy")
    >>> errors = check_model(model, [[0.1, -0.4, 0.8]], [1])
    >>> max(errors.values()) < 1e-6
    True
    """
    grads = iter(model.gradients(x, y))

    def loss() -> float:
        return model.evaluate(x, y, return_dict=True)["loss"]

    return {
        f"{layer.name}/{name}": relative_error(next(grads), numerical_gradient(loss, param))
        for layer in model.layers
        for name, param in layer.params.items()
    }
