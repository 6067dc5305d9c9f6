"""The first values of weights: small, random, and sized so that signals keep their spread.

Each initializer takes ``(shape, rng, dtype="float32")``, shape (inputs, units), and returns a new
array. Numbers are drawn in float64 and rounded, so that the same seed gives the same weights in
either dtype.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import DTypeLike

from nbhelpers import _out
from nbhelpers._types import Array, Shape
from nbhelpers.utils import choose, float_dtype, shape_of, shown

Start: TypeAlias = Callable[[Shape, np.random.Generator, DTypeLike], Array]


def _checked(shape: Any, rng: Any, dtype: Any) -> Shape:
    """Return the shape, if an array of floats can be drawn in it."""
    axes = shape_of("initializer", "shape", shape)
    if len(axes) not in (1, 2):
        raise ValueError(f"initializer: shape must be (inputs, units). Received: {shown(shape)}")
    if not isinstance(rng, np.random.Generator):
        raise ValueError(
            "initializer: rng must be a Generator, such as np.random.default_rng(0). "
            f"Received: {shown(rng)}"
        )
    float_dtype("initializer", dtype)
    return axes


def _uniform(limit: float, shape: Shape, rng: np.random.Generator, dtype: DTypeLike) -> Array:
    return rng.uniform(-limit, limit, size=shape).astype(dtype)


def _truncated_normal(
    stddev: float, shape: Shape, rng: np.random.Generator, dtype: DTypeLike
) -> Array:
    """Draw from a normal distribution, and draw again what lies beyond two of its deviations."""
    values = rng.normal(size=shape)
    while (far := np.abs(values) > 2).any():
        values[far] = rng.normal(size=int(far.sum()))
    return (values * stddev).astype(dtype)


def zeros(shape: Shape, rng: np.random.Generator, dtype: DTypeLike = "float32") -> Array:
    """Return zeros: the start of every bias."""
    return np.zeros(_checked(shape, rng, dtype), dtype)


def ones(shape: Shape, rng: np.random.Generator, dtype: DTypeLike = "float32") -> Array:
    """Return ones."""
    return np.ones(_checked(shape, rng, dtype), dtype)


def random_uniform(shape: Shape, rng: np.random.Generator, dtype: DTypeLike = "float32") -> Array:
    """Return numbers spread evenly over -0.05..0.05."""
    return _uniform(0.05, _checked(shape, rng, dtype), rng, dtype)


def random_normal(shape: Shape, rng: np.random.Generator, dtype: DTypeLike = "float32") -> Array:
    """Return normally distributed numbers with mean 0 and standard deviation 0.05."""
    return (rng.normal(size=_checked(shape, rng, dtype)) * 0.05).astype(dtype)


def glorot_uniform(shape: Shape, rng: np.random.Generator, dtype: DTypeLike = "float32") -> Array:
    """Return numbers spread evenly over ±sqrt(6 / (inputs + units)): Keras's default for kernels.

    Source: Glorot and Bengio, 2010.

    Examples
    --------
    >>> kernel = glorot_uniform((784, 512), np.random.default_rng(0))
    >>> print(f"{kernel.min():.4f} {kernel.max():.4f}")
    -0.0680 0.0680
    """
    shape = _checked(shape, rng, dtype)
    return _uniform(np.sqrt(6 / (shape[0] + shape[-1])), shape, rng, dtype)


def he_uniform(shape: Shape, rng: np.random.Generator, dtype: DTypeLike = "float32") -> Array:
    """Return numbers spread evenly over ±sqrt(6 / inputs), made for relu.

    Source: He et al., 2015.
    """
    shape = _checked(shape, rng, dtype)
    return _uniform(np.sqrt(6 / shape[0]), shape, rng, dtype)


def he_normal(shape: Shape, rng: np.random.Generator, dtype: DTypeLike = "float32") -> Array:
    """Return normal numbers of variance 2 / inputs, cut off at two deviations, made for relu.

    The cut narrows the spread; dividing by 0.8796 (the deviation of what is left) restores it.

    Source: He et al., 2015.
    """
    shape = _checked(shape, rng, dtype)
    return _truncated_normal(np.sqrt(2 / shape[0]) / 0.87962566103423978, shape, rng, dtype)


INITIALIZERS: dict[str, Start] = {
    "glorot_uniform": glorot_uniform,
    "he_normal": he_normal,
    "he_uniform": he_uniform,
    "random_normal": random_normal,
    "random_uniform": random_uniform,
    "normal": random_normal,
    "uniform": random_uniform,
    "zeros": zeros,
    "ones": ones,
}


def get(initializer: Any) -> Start:
    """Return the initializer of that name; a function is returned as it is.

    One of your own takes ``(shape, rng, dtype)``, and returns an array of that shape.

    Raises
    ------
    ValueError
        If there is none of that name; the message lists the names.
    """
    if callable(initializer) and not isinstance(initializer, type):
        own: Start = initializer
        return own
    return choose("kernel_initializer", initializer, INITIALIZERS)


__getattr__ = _out.missing(__name__)
