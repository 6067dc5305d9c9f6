"""Affine maps of the plane: turn, stretch, shear and shift a grid, and watch the area."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from nbhelpers.explorers.base import Explorer
from nbhelpers.explorers.controls import slider
from nbhelpers.explorers.marks import arrows, lines, panel, polygons, scene, text
from nbhelpers.explorers.words import fixed, vector
from nbhelpers.geometry import apply, determinant, plane_matrix

CONTROLS = {
    "angle": slider("rotation (degrees)", -180, 180, 1, 30),
    "scale_x": slider("scale x", -2, 2, 0.05, 1.5),
    "scale_y": slider("scale y", -2, 2, 0.05, 1),
    "shear": slider("shear", -2, 2, 0.05, 0),
    "shift_x": slider("shift x", -3, 3, 0.05, 0),
    "shift_y": slider("shift y", -3, 3, 0.05, 0),
}
IDENTITY = {"angle": 0, "scale_x": 1, "scale_y": 1, "shear": 0, "shift_x": 0, "shift_y": 0}
PRESETS = {
    "identity": IDENTITY,
    "rotate 90°": IDENTITY | {"angle": 90},
    "mirror": IDENTITY | {"scale_x": -1},
    "shear": IDENTITY | {"shear": 1},
    "double": IDENTITY | {"scale_x": 2, "scale_y": 2},
    "squash to a line": IDENTITY | {"angle": 30, "scale_y": 0},
}
TICKS = [-4, -2, 0, 2, 4]
EDGES = {"x": (-4.5, 4.5), "y": (-4, 4), "equal": True, "xticks": TICKS, "yticks": TICKS}


def affine(**start: Any) -> Explorer:
    """Show a grid, the unit square and the basis vectors before and after ``W @ x + b``.

    Parameters
    ----------
    **start : float
        Values to start with: ``angle`` (degrees), ``scale_x``, ``scale_y``, ``shear``,
        ``shift_x``, ``shift_y``.

    Examples
    --------
    >>> affine(angle=90, scale_x=1).arrays()["area"]
    1.0
    """
    return Explorer(
        "affine",
        about="A grid, the unit square and the two basis vectors, before and after W x + b.",
        controls=CONTROLS,
        presets=PRESETS,
        scene=scene([[_plane("before", "0"), _plane("after: W x + b", "")]], ratio=0.455),
        arrays=arrays,
        data={
            "grid0": grid_lines(),
            "square0": np.array([[0.0, 0], [1, 0], [1, 1], [0, 1]]),
            "first0": np.array([[[0.0, 0], [1, 0]]]),
            "second0": np.array([[[0.0, 0], [0, 1]]]),
            "tips0": np.array([[1.3, 0.0], [0, 1.3]]),
        },
        start=start,
    )


def _plane(title: str, end: str) -> dict[str, Any]:
    marks = [
        lines("grid" + end, "sky", width=1.2, alpha=0.75),
        polygons("square" + end, "orange", alpha=0.35),
        arrows("first" + end, "red"),
        arrows("second" + end, "green", dash=":"),
        text("tips" + end, ["e₁", "e₂"], bold=True, size=14),
    ]
    return panel(title, marks, **EDGES)


def grid_lines(half: int = 3, points: int = 2) -> np.ndarray:
    """Return the lines of a square grid, (2 (2 half + 1), points, 2), each of so many points."""
    along, across = np.linspace(-half, half, points), np.arange(-half, half + 1.0)
    level, place = np.broadcast_arrays(across[:, None], along)
    return np.concatenate([np.stack([place, level], -1), np.stack([level, place], -1)])


def plane_map(state: Mapping[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """Return W (2, 2) and b (2,): first scaled, then sheared, then turned, then shifted."""
    turn, shift = math.radians(state["angle"]), [state["shift_x"], state["shift_y"]]
    W = plane_matrix(turn, state["scale_x"], state["scale_y"], state["shear"])
    return W, np.array(shift, dtype=float)


def arrays(state: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """Send every point x of the picture to W @ x + b; det W is the area of the unit square."""
    W, b = plane_map(state)
    area = determinant(W)
    moved = {name[:-1]: apply(points, W, b) for name, points in data.items()}
    return moved | {"W": W, "b": b, "area": area, "text": words(W, b, area)}


def words(W: np.ndarray, b: np.ndarray, area: float) -> str:
    """Say what W does to areas."""
    if np.abs(W).max() < 1e-9:
        result = "the whole plane falls into one point: all information is lost."
    elif abs(area) < 1e-9:
        result = "the plane is squashed to a line: information is lost, no way back."
    elif area < 0:
        result = f"areas become {fixed(-area)} times as large, and the plane is turned over."
    else:
        result = f"areas become {fixed(area)} times as large."
    rows = ", ".join(vector(row) for row in W)
    return f"W = [{rows}], b = {vector(b)}. Determinant {fixed(area)}: {result}"
