"""Two layers in a row: with nothing between they are one affine map; with relu they are not."""

import math

import numpy as np

from nbhelpers import activations
from nbhelpers.explorers.base import Explorer
from nbhelpers.explorers.controls import choice, slider
from nbhelpers.explorers.picture.marks import Lines, Mark, Panel, Points, Scene
from nbhelpers.explorers.picture.words import say
from nbhelpers.explorers.scenes.parts.plane import EDGES, grid_lines, grid_points
from nbhelpers.explorers.types import Arrays, Data, Floats, Presets, State, Value
from nbhelpers.geometry import Affine, apply, compose, plane_matrix

CONTROLS = {
    "between": choice("h, between the layers", ["linear", "relu", "tanh"], look="buttons"),
    "angle_1": slider("layer 1: rotation (degrees)", -180, 180, 1, 30),
    "scale_1": slider("layer 1: scale", 0.2, 1.5, 0.05, 0.7),
    "shift_1": slider("layer 1: shift x and y", -3, 3, 0.05, 0.5),
    "angle_2": slider("layer 2: rotation (degrees)", -180, 180, 1, -45),
    "shear_2": slider("layer 2: shear", -1.5, 1.5, 0.05, 0.3),
    "shift_2": slider("layer 2: shift x", -3, 3, 0.05, 0),
}
PLAIN = {"angle_1": 0, "scale_1": 1, "shift_1": 0, "angle_2": 0, "shear_2": 0, "shift_2": 0}
PRESETS: Presets = {
    "two rotations": PLAIN | {"between": "linear", "angle_1": 30, "angle_2": 60},
    "there and back": PLAIN | {"between": "linear", "angle_1": 40, "angle_2": -40},
    "there, relu, back": PLAIN | {"between": "relu", "angle_1": 40, "angle_2": -40},
    "tanh bends": PLAIN | {"between": "tanh", "scale_1": 0.6, "angle_1": 20, "angle_2": -20},
}
SENTENCES = {
    "lost": "{h} changes {changed} of {count} points, and here all of them fall onto one line or "
    "into one point: that is one affine map (difference {miss:.2f}), and nearly everything is "
    "lost.",
    "one": "{h} changes nothing here: two layers, one affine map. W = W₂ W₁ = {W:.2f}, "
    "b = W₂ b₁ + b₂ = {b:.2f}, difference {miss:.2f}.",
    "none": "{h} changes {changed} of {count} points. No single affine map does this: the best one "
    "(dotted) still misses by up to {miss:.2f}. ",
    "relu": "What is pressed flat cannot be undone.",
    "tanh": "It bends, and presses nothing flat.",
}


def two_layers(**start: Value) -> Explorer:
    """Show a grid before, after layer 1 and after layer 2, beside the best single affine map.

    Parameters
    ----------
    **start : float or str
        Values to start with: ``between`` (``"linear"``, ``"relu"`` or ``"tanh"``), ``angle_1``,
        ``scale_1``, ``shift_1``, ``angle_2``, ``shear_2``, ``shift_2``; angles in degrees.

    Examples
    --------
    >>> bent = two_layers(between="relu").arrays()
    >>> two_layers().arrays()["miss"] < 1e-9 < bent["miss"]
    True
    """
    single = Lines("one", "ink", dash=":", width=2, label="best single affine map")
    panels = [
        Panel("before: x", _marks("_x", "changed"), legend=True, spare=True, **EDGES),
        Panel("after layer 1: h(W₁ x + b₁)", _marks("_1", "changed"), legend=True, **EDGES),
        Panel("after layer 2: W₂ (...) + b₂", [*_marks("_2"), single], legend=True, **EDGES),
    ]
    return Explorer(
        "two_layers",
        about="A grid before, after the first and after the second of two layers; dotted the best "
        "single affine map.",
        controls=CONTROLS,
        presets=PRESETS,
        scene=Scene([panels], ratio=0.36),
        arrays=arrays,
        data={
            "grid": grid_lines(points=61),
            "dots": grid_points(),
            "outline": grid_lines()[[0, 3, 6, 7, 10, 13]],
            "sentences": SENTENCES,
        },
        start=start,
    )


def _marks(end: str, label: str = "") -> list[Mark]:
    return [
        Lines("grid" + end, "sky", width=1.2, alpha=0.75),
        Points("changed" + end, "red", marker="s", size=6, label=label and "changed by h"),
        Points("kept" + end, "blue", size=6, label=label and "kept"),
    ]


def layers(state: State) -> tuple[Affine, Affine]:
    """Return W and b of both layers."""
    turns, scale = [math.radians(state[f"angle_{k}"]) for k in (1, 2)], state["scale_1"]
    first = Affine(plane_matrix(turns[0], scale, scale), np.full(2, float(state["shift_1"])))
    second = plane_matrix(turns[1], shear_x=state["shear_2"])
    return first, Affine(second, np.array([state["shift_2"], 0.0]))


def best_map(x: Floats, y: Floats) -> Affine:
    """Return the affine map that comes closest to sending each point x to y: least squares."""
    ones = np.ones((len(x), 1))
    solution, *_ = np.linalg.lstsq(np.hstack([x, ones]), y, rcond=None)
    return Affine(solution[:2].T, solution[2])


def arrays(state: State, data: Data) -> Arrays:
    """Send the grid through both layers, and through the one affine map that comes closest."""
    h = activations.get(state["between"]).forward
    first, second = layers(state)
    grid, dots = ((x, apply(x, *first)) for x in (data["grid"], data["dots"]))
    changed = (np.abs(h(dots[1]) - dots[1]) > 1e-9).any(axis=1)
    stages: Arrays = {}
    for name, (x, z) in (("grid", grid), ("dots", dots)):
        stages |= {name + "_x": x, name + "_1": h(z), name + "_2": apply(h(z), *second)}
    best = best_map(stages["dots_x"], stages["dots_2"])
    gaps = apply(stages["dots_x"], *best) - stages["dots_2"]
    miss, both = float(np.hypot(*gaps.T).max()), compose(first, second)
    return {
        **{name: stages[name] for name in stages if name.startswith("grid")},
        **{"kept" + end: stages["dots" + end][~changed] for end in ("_x", "_1", "_2")},
        **{"changed" + end: stages["dots" + end][changed] for end in ("_x", "_1", "_2")},
        "one": apply(data["outline"], *best),
        "miss": miss,
        "text": words(state["between"], changed, miss, both),
    }


def words(h: str, changed: Floats, miss: float, both: Affine) -> str:
    """Say whether the two layers are one affine map, and which."""
    if miss < 1e-6:
        template = SENTENCES["lost" if changed.any() else "one"]
    else:
        template = SENTENCES["none"] + SENTENCES[h]
    counts = {"changed": int(changed.sum()), "count": len(changed)}
    return say(template, h=h, miss=miss, W=both.W, b=both.b, **counts)
