"""Fold the plane: an affine map, then relu, which pushes everything negative onto the axes."""

import numpy as np

from nbhelpers.activations import relu
from nbhelpers.explorers.base import Explorer
from nbhelpers.explorers.picture.marks import Lines, Panel, Points, Polygons, Scene
from nbhelpers.explorers.picture.words import say
from nbhelpers.explorers.scenes.parts.plane import (
    CONTROLS,
    EDGES,
    IDENTITY,
    grid_lines,
    grid_points,
    plane_map,
)
from nbhelpers.explorers.types import Arrays, Data, Presets, State, Value
from nbhelpers.geometry import apply

START = {"scale_x": 1, "shift_x": 0.5, "shift_y": 0.5}
PRESETS: Presets = {
    "no map, only relu": IDENTITY,
}
SENTENCE = (
    "relu keeps {kept} of {all} grid points ({share:.0f}%) and presses the others onto the axes: "
    "{x_axis} onto the x axis, {y_axis} onto the y axis, {origin} into the origin."
)


def relu_fold(**start: Value) -> Explorer:
    """Show a grid after ``W @ x + b`` and after ``relu(W @ x + b)``: what relu presses down.

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
    side = np.linspace(0, 1, 31)[:-1]  # many points, so that the outline can bend between corners
    square = np.array([*((s, 0) for s in side), *((1, s) for s in side)])
    square = np.concatenate([square, 1 - square])
    return Explorer(
        "relu_fold",
        about="A grid after W x + b and after relu of that; what relu moves are red squares.",
        controls=CONTROLS,
        presets=PRESETS,
        scene=Scene([[_plane("W x + b", "z"), _plane("relu(W x + b)", "y")]], ratio=0.48),
        arrays=arrays,
        data={
            "grid": grid_lines(points=121),
            "dots": grid_points(),
            "square": square,
            "sentence": SENTENCE,
        },
        start=START | start,
    )


def _plane(title: str, name: str) -> Panel:
    marks = [
        Lines("grid_" + name, "sky", width=1.2, alpha=0.75),
        Polygons("square_" + name, "orange", alpha=0.35),
        Points("moved_" + name, "red", marker="s", label="moved by relu"),
        Points("kept", "blue", label="kept"),
    ]
    return Panel(title, marks, legend=True, **EDGES)


def arrays(state: State, data: Data) -> Arrays:
    """Map grid, dots and square by W and b, then by relu; count where the dots end."""
    grid, dots, square = (
        apply(data[name], *plane_map(state)) for name in ("grid", "dots", "square")
    )
    low = dots < -1e-9  # below zero, not by a rounding error
    moved = dots[low.any(axis=1)]
    ends = {
        "kept": ~low.any(axis=1),
        "x_axis": low[:, 1] & ~low[:, 0],
        "y_axis": low[:, 0] & ~low[:, 1],
        "origin": low.all(axis=1),
    }
    counts = {name: int(end.sum()) for name, end in ends.items()}
    share = 100 * counts["kept"] / len(dots)
    return {
        "grid_z": grid,
        "grid_y": relu(grid),
        "square_z": square,
        "square_y": relu(square),
        "moved_z": moved,
        "moved_y": relu(moved),
        "kept": dots[ends["kept"]],
        "text": say(SENTENCE, all=len(dots), share=share, **counts),
    }
