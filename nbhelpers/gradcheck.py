"""Is the way back right? Compare every gradient with slopes measured by finite differences."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from nbhelpers._types import Array, LayerLike, ModelLike
from nbhelpers.utils import floats, numbers, positive, shown


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
    ValueError
        If ``x`` cannot be written to, or f returns no number.

    Examples
    --------
    >>> x = np.array([3.0])
    >>> numerical_gradient(lambda: float(x[0] ** 2), x).round(6)
    array([6.])
    """
    if not callable(f):
        raise TypeError(f"numerical_gradient: f must be a function. Received: {shown(f)}")
    if not isinstance(x, np.ndarray) or x.dtype != np.float64:
        came = x.dtype if isinstance(x, np.ndarray) else shown(x)
        raise TypeError(f"numerical_gradient: x must be float64. Received: {came}")
    if not x.flags.writeable:
        raise ValueError("numerical_gradient: x must not be read-only, for it is moved a little")
    step = positive("numerical_gradient", "step", step)
    grad = np.empty_like(x)
    for index in np.ndindex(x.shape):
        before = x[index]
        try:
            x[index] = before + step
            up = _value(f())
            x[index] = before - step
            down = _value(f())
        finally:
            x[index] = before
        grad[index] = (up - down) / (2 * step)
    return grad


def _value(y: ArrayLike) -> float:
    value = floats("numerical_gradient", "f()", y)
    if value.size != 1:
        raise ValueError(f"numerical_gradient: f() must be one number. Received: {shown(value)}")
    return float(value.item())


def relative_error(a: ArrayLike, b: ArrayLike) -> float:
    """Return ``|a - b| / (|a| + |b|)``, lengths of whole arrays: 0 is equal, 1 is opposite.

    Two arrays that are both nothing but rounding (below 1e-9) count as equal. Where a number is
    nan the error is infinite: nan is never right.

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> relative_error([1.0, 2.0], [1.0, 2.0])
    0.0
    """
    a, b = numbers("relative_error", "a", a), numbers("relative_error", "b", b)
    if a.shape != b.shape:
        raise ValueError(
            f"relative_error: a and b must have one shape. Received: {a.shape} and {b.shape}"
        )
    a, b = a.ravel().astype(np.float64), b.ravel().astype(np.float64)
    if not (np.isfinite(a).all() and np.isfinite(b).all()):
        return float("inf")
    size = np.linalg.norm(a) + np.linalg.norm(b)
    return float(np.linalg.norm(a - b) / size) if size > 1e-9 else 0.0


def check_layer(layer: LayerLike, x: ArrayLike, rng: np.random.Generator) -> dict[str, float]:
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

    Raises
    ------
    ValueError
        If the layer draws random numbers while training.
    """
    if not hasattr(layer, "backward"):
        raise TypeError(f"check_layer: layer must be a layer. Received: {shown(layer)}")
    if not isinstance(rng, np.random.Generator):
        raise TypeError(
            "check_layer: rng must be a Generator, such as np.random.default_rng(0). "
            f"Received: {shown(rng)}"
        )
    _refuse_chance(layer)
    x = np.array(floats("check_layer", "x", x))
    weights = rng.normal(size=layer.forward(x).shape)

    def total() -> float:
        return float((layer.forward(x) * weights).sum())

    layer.forward(x, training=True)
    back = layer.backward(weights)
    assert back is not None, f"{layer.name}: backward must return the input's gradient"
    errors = {"x": relative_error(back.copy(), numerical_gradient(total, x))}
    for name, param in layer.params.items():
        errors[name] = relative_error(layer.grads[name], numerical_gradient(total, param))
    return errors


def check_model(model: ModelLike, x: ArrayLike, y: ArrayLike) -> dict[str, float]:
    """Check every parameter of a compiled model whose dtype is float64.

    Returns
    -------
    dict of str to float
        ``"dense/kernel"`` and so on: the relative error; below 1e-6 is right.

    Raises
    ------
    TypeError
        If the model's dtype is not float64.
    ValueError
        If a layer draws random numbers while training.

    Examples
    --------
    >>> from nbhelpers import Sequential, layers
    >>> model = Sequential(layers.Dense(2, "softmax", input_dim=3), seed=0, dtype="float64")
    >>> model.compile(loss="sparse_categorical_crossentropy")
    >>> errors = check_model(model, [[0.1, -0.4, 0.8]], [1])
    >>> max(errors.values()) < 1e-6
    True
    """
    if not hasattr(model, "gradients"):
        raise TypeError(f"check_model: model must be a Sequential. Received: {shown(model)}")
    if model.dtype != np.float64:
        raise TypeError(f"check_model: the model must be float64. Received: {model.dtype}")
    for layer in model.layers:
        _refuse_chance(layer)
    grads = iter(model.gradients(x, y))

    def loss() -> float:
        values = model.evaluate(x, y, return_dict=True)
        assert isinstance(values, dict)
        return values["loss"]

    return {
        f"{layer.name}/{name}": relative_error(next(grads), numerical_gradient(loss, param))
        for layer in model.layers
        for name, param in layer.params.items()
    }


def _refuse_chance(layer: LayerLike) -> None:
    """Raise ValueError if a layer's output is another one at every training step."""
    if getattr(layer, "rate", 0) > 0:
        raise ValueError(
            f"{layer.name}: a gradient cannot be measured while zeros fall anew. Set rate=0"
        )
