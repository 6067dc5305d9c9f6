"""Affine maps of the plane: turn, stretch, shear and shift a grid, and watch the area."""

import numpy as np

from nbhelpers.explorers.base import Explorer
from nbhelpers.explorers.picture.marks import Arrows, Lines, Panel, Polygons, Scene, Text
from nbhelpers.explorers.picture.words import say
from nbhelpers.explorers.scenes.parts.plane import (
    CONTROLS,
    EDGES,
    IDENTITY,
    grid_lines,
    plane_map,
)
from nbhelpers.explorers.types import Arrays, Data, Presets, State, Value
from nbhelpers.geometry import Affine, apply, determinant

PRESETS: Presets = {
    "identity": IDENTITY,
    "shear": IDENTITY | {"shear": 1},
    "double": IDENTITY | {"scale_x": 2, "scale_y": 2},
}
BEFORE = {
    "grid": grid_lines(),
    "square": np.array([[0.0, 0], [1, 0], [1, 1], [0, 1]]),
    "first": np.array([[[0.0, 0], [1, 0]]]),
    "second": np.array([[[0.0, 0], [0, 1]]]),
    "tips": np.array([[1.3, 0.0], [0, 1.3]]),
}
SENTENCES = {
    "map": "W = {W:.2f}, b = {b:.2f}. Determinant {area:.2f}: ",
    "point": "the whole plane falls into one point: all information is lost.",
    "line": "the plane is squashed to a line: information is lost, no way back.",
    "mirror": "areas become {size:.2f} times as large, and the plane is turned over.",
    "plain": "areas become {size:.2f} times as large.",
}


def affine(**start: Value) -> Explorer:
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
    before = {f"{name}_before": points for name, points in BEFORE.items()}
    return Explorer(
        "affine",
        about="A grid, the unit square and the two basis vectors, before and after W x + b.",
        controls=CONTROLS,
        presets=PRESETS,
        scene=Scene([[_plane("before", "_before"), _plane("after: W x + b", "")]], ratio=0.455),
        arrays=arrays,
        data=before | {"sentences": SENTENCES},
        start=start,
    )


def _plane(title: str, end: str) -> Panel:
    marks = [
        Lines("grid" + end, "sky", width=1.2, alpha=0.75),
        Polygons("square" + end, "orange", alpha=0.35),
        Arrows("first" + end, "red"),
        Arrows("second" + end, "green", dash=":"),
        Text("tips" + end, ["e₁", "e₂"], bold=True, size=14),
    ]
    return Panel(title, marks, **EDGES)


def arrays(state: State, data: Data) -> Arrays:
    """Send every point x of the picture to W @ x + b; det W is the area of the unit square."""
    both = plane_map(state)
    area = determinant(both.W)
    moved = {name: apply(data[f"{name}_before"], *both) for name in BEFORE}
    return moved | {"W": both.W, "b": both.b, "area": area, "text": words(both, area)}


def words(both: Affine, area: float) -> str:
    """Say what W does to areas."""
    kind = "mirror" if area < 0 else "plain"
    kind = "line" if abs(area) < 1e-9 else kind
    kind = "point" if np.abs(both.W).max() < 1e-9 else kind
    template = SENTENCES["map"] + SENTENCES[kind]
    return say(template, W=both.W, b=both.b, area=area, size=abs(area))
