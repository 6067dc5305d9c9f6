"""The plane that affine maps move: its controls, its grid, and the map itself."""

import math

import numpy as np

from nbhelpers.explorers.controls import slider
from nbhelpers.explorers.types import Fields, Floats, State
from nbhelpers.geometry import Affine, plane_matrix

CONTROLS = {
    "angle": slider("rotation (degrees)", -180, 180, 1, 30),
    "scale_x": slider("scale x", -2, 2, 0.05, 1.5),
    "scale_y": slider("scale y", -2, 2, 0.05, 1),
    "shear": slider("shear", -2, 2, 0.05, 0),
    "shift_x": slider("shift x", -3, 3, 0.05, 0),
    "shift_y": slider("shift y", -3, 3, 0.05, 0),
}
IDENTITY = {"angle": 0, "scale_x": 1, "scale_y": 1, "shear": 0, "shift_x": 0, "shift_y": 0}
TICKS = [-4, -2, 0, 2, 4]
EDGES: Fields = {"x": (-4.5, 4.5), "y": (-4, 4), "equal": True}
EDGES |= {"xticks": TICKS, "yticks": TICKS}


def grid_lines(half: int = 3, points: int = 2) -> Floats:
    """Return the lines of a square grid, (2 (2 half + 1), points, 2), each of so many points."""
    along, across = np.linspace(-half, half, points), np.arange(-half, half + 1.0)
    level, place = np.broadcast_arrays(across[:, None], along)
    return np.concatenate([np.stack([place, level], -1), np.stack([level, place], -1)])


def grid_points(half: int = 3) -> Floats:
    """Return the points where the lines of the grid meet, ((2 half + 1)**2, 2)."""
    return grid_lines(half, 2 * half + 1)[: 2 * half + 1].reshape(-1, 2)


def plane_map(state: State) -> Affine:
    """Return W (2, 2) and b (2,): first scaled, then sheared, then turned, then shifted."""
    turn = math.radians(state["angle"])
    W = plane_matrix(turn, state["scale_x"], state["scale_y"], state["shear"])
    return Affine(W, np.array([state["shift_x"], state["shift_y"]], dtype=float))
