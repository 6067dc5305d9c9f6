"""Maps of the plane: matrices, and affine maps ``W @ x + b``, applied to points.

Points are rows, shape (..., 2); a matrix ``W`` has shape (2, 2) and a shift ``b`` shape (2,).
Angles are in radians, counterclockwise. Results are float64; float32 points stay float32.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from nbhelpers.utils import floats, number


class Affine(NamedTuple):
    """The map ``x -> W @ x + b``."""

    W: np.ndarray
    b: np.ndarray


def rotation(angle: float) -> np.ndarray:
    """Return the matrix that turns the plane about the origin.

    Examples
    --------
    >>> rotation(math.pi / 2).round(6) + 0.0
    array([[ 0., -1.],
           [ 1.,  0.]])
    """
    angle = number("rotation", "angle", angle)
    c, s = math.cos(angle), math.sin(angle)
    return np.array([[c, -s], [s, c]])


def scaling(x: float, y: float | None = None) -> np.ndarray:
    """Return the matrix that stretches by ``x`` and by ``y`` (by ``x`` both ways if not given).

    Examples
    --------
    >>> scaling(2, 0.5)
    array([[2. , 0. ],
           [0. , 0.5]])
    """
    x = number("scaling", "x", x)
    return np.diag([x, x if y is None else number("scaling", "y", y)])


def shear(amount: float) -> np.ndarray:
    """Return the matrix that moves each point sideways by ``amount`` times its height.

    Examples
    --------
    >>> shear(1) @ [0, 2]
    array([2., 2.])
    """
    return np.array([[1.0, number("shear", "amount", amount)], [0.0, 1.0]])


def plane_matrix(
    angle: float = 0, scale_x: float = 1, scale_y: float = 1, shear_x: float = 0
) -> np.ndarray:
    """Return the matrix that first scales, then shears, then turns: ``R @ S @ D``.

    Every matrix of the plane is one of these.

    Examples
    --------
    >>> plane_matrix(scale_x=3, scale_y=2, shear_x=1)
    array([[3., 2.],
           [0., 2.]])
    """
    given = {"angle": angle, "scale_x": scale_x, "scale_y": scale_y, "shear_x": shear_x}
    turn, x, y, side = (number("plane_matrix", name, value) for name, value in given.items())
    return np.asarray(rotation(turn) @ shear(side) @ scaling(x, y))


def apply(points: ArrayLike, W: ArrayLike, b: ArrayLike = (0, 0)) -> np.ndarray:
    """Return ``W @ x + b`` for each point x.

    Parameters
    ----------
    points : array, shape (..., 2)
    W : array, shape (2, 2)
    b : array, shape (2,)

    Raises
    ------
    ValueError
        If a shape is another.

    Examples
    --------
    >>> apply([[1, 0], [0, 1]], [[0, -1], [1, 0]], [10, 0])
    array([[10.,  1.],
           [ 9.,  0.]])
    """
    points = floats("apply", "points", points)
    if points.shape[-1:] != (2,):
        raise ValueError(f"apply: points must have shape (..., 2). Received: {points.shape}")
    W, b = _map("apply", W, b)
    return np.asarray(points @ W.T.astype(points.dtype) + b.astype(points.dtype))


def compose(*maps: tuple[ArrayLike, ArrayLike]) -> Affine:
    """Return the one affine map that does what the given maps do one after the other.

    ``W2 @ (W1 @ x + b1) + b2`` is ``(W2 @ W1) @ x + (W2 @ b1 + b2)``.

    Parameters
    ----------
    *maps : pairs (W, b)
        The first is done first. None at all: the map that moves nothing.

    Examples
    --------
    >>> compose((scaling(2), [1, 0]), (rotation(0), [0, 5]))
    Affine(W=array([[2., 0.],
           [0., 2.]]), b=array([1., 5.]))
    """
    W, b = np.eye(2), np.zeros(2)
    for step in maps:
        next_W, next_b = _map("compose", *step)
        W, b = next_W @ W, next_W @ b + next_b
    return Affine(W, b)


def inverse(W: ArrayLike, b: ArrayLike = (0, 0)) -> Affine:
    """Return the affine map that undoes ``W @ x + b``.

    Raises
    ------
    ValueError
        If the determinant is zero: such a map squashes the plane, and nothing brings it back.

    Examples
    --------
    >>> inverse(scaling(2), [2, 0])
    Affine(W=array([[0.5, 0. ],
           [0. , 0.5]]), b=array([-1.,  0.]))
    """
    W, b = _map("inverse", W, b)
    area_factor = determinant(W)
    if abs(area_factor) <= 1e-12 * np.abs(W).max(initial=0) ** 2:
        raise ValueError(f"inverse: W must have a determinant other than 0. Received: {W.tolist()}")
    back = np.array([[W[1, 1], -W[0, 1]], [-W[1, 0], W[0, 0]]]) / area_factor
    return Affine(back + 0.0, 0.0 - back @ b)  # + 0.0: no "-0."


def determinant(W: ArrayLike) -> float:
    """Return how many times as large areas become; negative if the plane is turned over.

    Examples
    --------
    >>> determinant([[3, 1], [0, 2]])
    6.0
    """
    (p, q), (r, s) = _map("determinant", W, (0, 0)).W
    return float(p * s - q * r)


def area(corners: ArrayLike) -> float:
    """Return the area inside a polygon; negative if its corners run clockwise.

    Parameters
    ----------
    corners : array, shape (n, 2)
        In order; the last is joined to the first.

    Raises
    ------
    ValueError
        If the shape is another.

    Examples
    --------
    >>> area([[0, 0], [2, 0], [2, 1], [0, 1]])
    2.0
    """
    corners = floats("area", "corners", corners)
    if corners.shape[1:] != (2,):
        raise ValueError(f"area: corners must have shape (n, 2). Received: {corners.shape}")
    x, y = corners.astype(np.float64).T
    return float(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2


def _map(where: str, W: ArrayLike, b: ArrayLike) -> Affine:
    W, b = (floats(where, name, a).astype(np.float64) for name, a in (("W", W), ("b", b)))
    if W.shape != (2, 2) or b.shape != (2,):
        raise ValueError(
            f"{where}: W must have shape (2, 2) and b shape (2,). Received: {W.shape}, {b.shape}"
        )
    return Affine(W, b)
