"""Two layers in a row: with nothing between they are one affine map; with relu they fold."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from nbhelpers import activations
from nbhelpers.explorers.base import Explorer
from nbhelpers.explorers.controls import choice, slider
from nbhelpers.explorers.marks import lines, panel, points, scene
from nbhelpers.explorers.scenes.affine import EDGES, grid_lines
from nbhelpers.explorers.words import fixed, vector
from nbhelpers.geometry import Affine, apply, compose, plane_matrix

CONTROLS = {
    "between": choice(
        "h, between the layers", ["linear", "relu", "tanh"], "linear", look="buttons"
    ),
    "angle_1": slider("layer 1: rotation (degrees)", -180, 180, 1, 30),
    "scale_1": slider("layer 1: scale", 0.2, 1.5, 0.05, 0.7),
    "shift_1": slider("layer 1: shift x and y", -3, 3, 0.05, 0.5),
    "angle_2": slider("layer 2: rotation (degrees)", -180, 180, 1, -45),
    "shear_2": slider("layer 2: shear", -1.5, 1.5, 0.05, 0.3),
    "shift_2": slider("layer 2: shift x", -3, 3, 0.05, 0),
}
PLAIN = {"angle_1": 0, "scale_1": 1, "shift_1": 0, "angle_2": 0, "shear_2": 0, "shift_2": 0}
PRESETS = {
    "two rotations": PLAIN | {"between": "linear", "angle_1": 30, "angle_2": 60},
    "there and back": PLAIN | {"between": "linear", "angle_1": 40, "angle_2": -40},
    "there, relu, back": PLAIN | {"between": "relu", "angle_1": 40, "angle_2": -40},
    "relu, all positive": PLAIN | {"between": "relu", "scale_1": 0.5, "shift_1": 2.5},
    "tanh bends": PLAIN | {"between": "tanh", "scale_1": 0.6, "angle_1": 20, "angle_2": -20},
}


def two_layers(**start: Any) -> Explorer:
    """Show a grid before, after layer 1 and after layer 2, beside the best single affine map.

    Parameters
    ----------
    **start : float or str
        Values to start with: ``between`` (``"linear"``, ``"relu"`` or ``"tanh"``), ``angle_1``,
        ``scale_1``, ``shift_1``, ``angle_2``, ``shear_2``, ``shift_2``; angles in degrees.

    Examples
    --------
    >>> folded = two_layers(between="relu").arrays()
    >>> two_layers().arrays()["miss"] < 1e-9 < folded["miss"]
    True
    """
    single = lines("one", "ink", dash=":", width=2, label="best single affine map")
    panels = [
        panel("before: x", _marks("_x", "changed"), legend=True, **EDGES),
        panel("after layer 1: h(W₁ x + b₁)", _marks("_1", "changed"), legend=True, **EDGES),
        panel("after layer 2: W₂ (...) + b₂", [*_marks("_2"), single], legend=True, **EDGES),
    ]
    return Explorer(
        "two_layers",
        about="A grid before, after the first and after the second of two layers; dotted the best "
        "single affine map.",
        controls=CONTROLS,
        presets=PRESETS,
        scene=scene([panels], ratio=0.36),
        arrays=arrays,
        data={
            "grid": grid_lines(points=61),
            "dots": grid_lines(points=7)[:7].reshape(-1, 2),
            "outline": grid_lines()[[0, 3, 6, 7, 10, 13]],
        },
        start=start,
    )


def _marks(end: str, label: str = "") -> list[dict[str, Any]]:
    return [
        lines("grid" + end, "sky", width=1.2, alpha=0.75),
        points("changed" + end, "red", marker="s", size=6, label=label and "changed by h"),
        points("kept" + end, "blue", size=6, label=label and "kept"),
    ]


def layers(state: Mapping[str, Any]) -> tuple[Affine, Affine]:
    """Return W and b of both layers."""
    turns, scale = [math.radians(state[f"angle_{k}"]) for k in (1, 2)], state["scale_1"]
    first = Affine(plane_matrix(turns[0], scale, scale), np.full(2, float(state["shift_1"])))
    second = plane_matrix(turns[1], shear_x=state["shear_2"])
    return first, Affine(second, np.array([state["shift_2"], 0.0]))


def best_map(x: np.ndarray, y: np.ndarray) -> Affine:
    """Return the affine map that comes closest to sending each point x to y: least squares."""
    ones = np.ones((len(x), 1))
    solution, *_ = np.linalg.lstsq(np.hstack([x, ones]), y, rcond=None)
    return Affine(solution[:2].T, solution[2])


def arrays(state: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """Send the grid through both layers, and through the one affine map that comes closest."""
    h = activations.get(state["between"]).forward
    first, second = layers(state)
    grid, dots = ((x, apply(x, *first)) for x in (data["grid"], data["dots"]))
    changed = (np.abs(h(dots[1]) - dots[1]) > 1e-9).any(axis=1)
    stages = {}
    for name, (x, z) in (("grid", grid), ("dots", dots)):
        stages |= {name + "_x": x, name + "_1": h(z), name + "_2": apply(h(z), *second)}
    best = best_map(stages["dots_x"], stages["dots_2"])
    gaps = apply(stages["dots_x"], *best) - stages["dots_2"]
    miss, count = float(np.hypot(*gaps.T).max()), int(changed.sum())
    return {
        **{name: stages[name] for name in stages if name.startswith("grid")},
        **{"kept" + end: stages["dots" + end][~changed] for end in ("_x", "_1", "_2")},
        **{"changed" + end: stages["dots" + end][changed] for end in ("_x", "_1", "_2")},
        "one": apply(data["outline"], *best),
        "miss": miss,
        "text": words(state["between"], count, len(changed), miss, compose(first, second)),
    }


def words(h: str, changed: int, count: int, miss: float, both: Affine) -> str:
    """Say whether the two layers are one affine map, and which."""
    if miss < 1e-6 and changed:
        return (
            f"{h} changes {changed} of {count} points, and here all of them fall onto one line or "
            f"into one point: that is one affine map (difference {fixed(miss)}), and nearly "
            f"everything is lost."
        )
    if miss < 1e-6:
        rows = ", ".join(vector(row) for row in both.W)
        return (
            f"{h} changes nothing here: two layers, one affine map. W = W₂ W₁ = [{rows}], "
            f"b = W₂ b₁ + b₂ = {vector(both.b)}, difference {fixed(miss)}."
        )
    end = "What is folded cannot be undone." if h == "relu" else "It bends, and does not fold."
    return (
        f"{h} changes {changed} of {count} points. No single affine map does this: the best one "
        f"(dotted) still misses by up to {fixed(miss)}. {end}"
    )
