"""Fold the plane: an affine map, then relu, which pushes everything negative onto the axes."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from nbhelpers.activations import relu
from nbhelpers.explorers.base import Explorer
from nbhelpers.explorers.marks import lines, panel, points, polygons, scene
from nbhelpers.explorers.scenes.affine import CONTROLS, EDGES, IDENTITY, grid_lines, plane_map
from nbhelpers.explorers.words import fixed
from nbhelpers.geometry import apply

START = {"scale_x": 1, "shift_x": 0.5, "shift_y": 0.5}
PRESETS = {
    "no map, only relu": IDENTITY,
    "diamond": IDENTITY | {"angle": 45},
    "all kept": IDENTITY | {"scale_x": 0.5, "scale_y": 0.5, "shift_x": 1.6, "shift_y": 1.6},
    "all lost": IDENTITY | {"scale_x": 0.5, "scale_y": 0.5, "shift_x": -1.6, "shift_y": -1.6},
}


def relu_fold(**start: Any) -> Explorer:
    """Show a grid after ``W @ x + b`` and after ``relu(W @ x + b)``: what relu folds away.

    Parameters
    ----------
    **start : float
        Values to start with: ``angle`` (degrees), ``scale_x``, ``scale_y``, ``shear``,
        ``shift_x``, ``shift_y``.

    Examples
    --------
    >>> relu_fold(angle=0, shift_x=0, shift_y=0).arrays()["text"][:34]
    'relu keeps 16 of 49 grid points (3'
    """
    grid, dots = grid_lines(points=121), grid_lines(points=7)[:7].reshape(-1, 2)
    side = np.linspace(0, 1, 31)[:-1]  # many points, so that the outline can fold between corners
    square = np.array([*((s, 0) for s in side), *((1, s) for s in side)])
    square = np.concatenate([square, 1 - square])
    return Explorer(
        "relu_fold",
        about="A grid after W x + b and after relu of that; what relu moves are red squares.",
        controls=CONTROLS,
        presets=PRESETS,
        scene=scene([[_plane("W x + b", "z"), _plane("relu(W x + b)", "y")]], ratio=0.48),
        arrays=arrays,
        data={"grid": grid, "dots": dots, "square": square},
        start=START | start,
    )


def _plane(title: str, name: str) -> dict[str, Any]:
    marks = [
        lines("grid_" + name, "sky", width=1.2, alpha=0.75),
        polygons("square_" + name, "orange", alpha=0.35),
        points("moved_" + name, "red", marker="s", label="moved by relu"),
        points("kept", "blue", label="kept"),
    ]
    return panel(title, marks, legend=True, **EDGES)


def arrays(state: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """Map grid, dots and square by W and b, then by relu; count where the dots end."""
    W, b = plane_map(state)
    z = {name: apply(points, W, b) for name, points in data.items()}
    low = z["dots"] < -1e-9  # below zero, not by a rounding error
    moved = z["dots"][low.any(axis=1)]
    ends = [(~low).all(1), low[:, 1] & ~low[:, 0], low[:, 0] & ~low[:, 1], low.all(1)]
    return {
        "grid_z": z["grid"],
        "grid_y": relu(z["grid"]),
        "square_z": z["square"],
        "square_y": relu(z["square"]),
        "moved_z": moved,
        "moved_y": relu(moved),
        "kept": z["dots"][~low.any(axis=1)],
        "text": words([int(end.sum()) for end in ends]),
    }


def words(counts: list[int]) -> str:
    """Say where the grid points end: kept, onto the x axis, the y axis, the origin."""
    kept, x_axis, y_axis, origin = counts
    return (
        f"relu keeps {kept} of {sum(counts)} grid points ({fixed(100 * kept / sum(counts), 0)}%) "
        f"and folds the others onto the axes: {x_axis} onto the x axis, {y_axis} onto the y axis, "
        f"{origin} into the origin."
    )
