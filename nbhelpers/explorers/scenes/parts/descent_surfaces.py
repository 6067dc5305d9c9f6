"""Loss surfaces over two weights x and y, each a sum of powers, with its slope and contour lines.

The numbers of a surface are a1, a2, a4, b2, b4, c of
``a1 x + a2 x**2 + a4 x**4 + b2 y**2 + b4 y**4 + c``; c makes the lowest height 0.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from nbhelpers.explorers.types import Array

Array = Array
EDGES = np.array([10.0, 5.0])  # the pictures go from -10 to 10, and from -5 to 5
# Name: the numbers, where to start, and the lowest points.
SURFACES: dict[str, tuple[Sequence[float], Sequence[float], Sequence[Sequence[float]]]] = {
    "narrow valley": ((0, 0.05, 0, 1, 0, 0), (-7, 2), [(0, 0)]),
    "round bowl": ((0, 0.25, 0, 0.25, 0, 0), (-7, 3), [(0, 0)]),
    "two hollows": ((0.3, -0.16, 0.0025, 0.3, 0, 4.32234), (8, 3), [(-6.0775, 0)]),
    "saddle": ((0, 0.15, 0, -0.2, 0.025, 0.4), (-7, 0.0001), [(0, -2), (0, 2)]),
}


def value(point: Array, numbers: Any) -> Any:
    """Return the height at (x, y), shape (2,) or (2, ...).

    Examples
    --------
    >>> float(value(np.array([-7.0, 2.0]), SURFACES["narrow valley"][0]))
    6.45
    """
    x, y = point
    a1, a2, a4, b2, b4, c = numbers
    return a1 * x + a2 * x * x + a4 * x * x * x * x + b2 * y * y + b4 * y * y * y * y + c


def slope(point: Array, numbers: Any) -> Array:
    """Return the gradient at (x, y), shape (2,)."""
    x, y = point
    a1, a2, a4, b2, b4, _ = numbers
    return np.array([a1 + 2 * a2 * x + 4 * a4 * x * x * x, 2 * b2 * y + 4 * b4 * y * y * y])


def heights(numbers: Any, rows: int = 40, columns: int = 80) -> Array:
    """Return log(1 + height) over the picture, 0..1, row 0 on top: (rows, columns) float32."""
    x = (np.arange(columns) + 0.5) / columns * 2 * EDGES[0] - EDGES[0]
    y = EDGES[1] - (np.arange(rows) + 0.5) / rows * 2 * EDGES[1]
    z = np.log1p(value(np.stack(np.meshgrid(x, y)), numbers))
    return np.asarray(z / z.max(), np.float32)


def contours(numbers: Any) -> Array:
    """Return lines of equal height, (k, m, 2) float32; a shorter line stays at its last point."""
    x, y = np.meshgrid(np.linspace(-EDGES[0], EDGES[0], 101), np.linspace(-EDGES[1], EDGES[1], 51))
    levels = 0.1 * 2.0 ** np.arange(10)
    drawn = Figure().add_subplot().contour(x, y, value(np.stack([x, y]), numbers), levels)
    segments = [line for level in drawn.allsegs for line in level if len(line)]
    found = [line[np.r_[: len(line) - 1 : 2, -1]] for line in segments]
    longest = max(len(line) for line in found)
    rest = [np.repeat(line[-1:], longest - len(line), axis=0) for line in found]
    return np.array([np.concatenate(pair) for pair in zip(found, rest, strict=True)], np.float32)
