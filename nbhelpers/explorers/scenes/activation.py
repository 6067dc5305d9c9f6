"""Activation functions and their slopes: where a function saturates, no gradient gets through."""

import numpy as np

from nbhelpers.activations import ACTIVATIONS
from nbhelpers.explorers.base import Explorer
from nbhelpers.explorers.controls import choice, slider
from nbhelpers.explorers.picture.marks import Lines, Panel, Points, Polygons, Scene, Text
from nbhelpers.explorers.picture.words import say
from nbhelpers.explorers.types import Arrays, Data, Fields, Floats, Presets, State, Value

FUNCTIONS = ("step", "sigmoid", "tanh", "relu", "leaky_relu", "linear")
CONTROLS = {
    "function": choice("function h", FUNCTIONS, "sigmoid", look="buttons"),
    "x": slider("x", -8, 8, 0.1, 1),
}
PRESETS: Presets = {
    "steepest sigmoid": {"function": "sigmoid", "x": 0},
    "leaky relu": {"function": "leaky_relu", "x": -3},
}
HEIGHTS = {"step": (-0.3, 1.3), "sigmoid": (-0.3, 1.3), "tanh": (-1.5, 1.5)}
SMALL = 0.05  # saturated: the slope is below this share of the greatest
STEPS = 80  # of the slider on each side of 0
SENTENCES = {
    "flat": "{name}({x:.1f}) = {y:.4f}. A step is flat on both sides of its jump: it has no slope "
    "to learn from.",
    "saturated": "{name}({x:.1f}) = {y:.4f}, and its slope there is {slope:.4f}, {share:.1f}% of "
    "the greatest: saturated, almost nothing gets through.",
    "steep": "{name}({x:.1f}) = {y:.4f}, and its slope there is {slope:.4f}; the greatest slope "
    "is {greatest:.2f}.",
    "no note": "no slope to follow",
    "note": "at most {greatest:.2f}",
}


def activation(**start: Value) -> Explorer:
    """Show an activation function with its tangent at x, and its slope beside it.

    Parameters
    ----------
    **start : float or str
        Values to start with: ``function``, ``x``.

    Examples
    --------
    >>> activation(x=0).arrays()["text"][:44]
    'sigmoid(0.0) = 0.5000, and its slope there i'
    """
    value = [
        Polygons("saturated", "muted", alpha=0.16, width=0.5),
        Lines("curve", "blue", width=3, label="h(x)"),
        Lines("tangent", "red", dash="--", label="tangent"),
        Points("at", "red", marker="s", size=10),
    ]
    slope = [
        Polygons("saturated", "muted", alpha=0.16, width=0.5, label="saturated"),
        Lines("slopes", "green", width=3, label="h'(x)"),
        Lines("top", "muted", dash=":"),
        Points("at_slope", "red", marker="s", size=10),
        Text("note_at", "note", size=13, align="left"),
    ]
    frame: Fields = {"x": (-8, 8), "xticks": [-6, -3, 0, 3, 6], "xlabel": "x"}
    left = Panel("{name}(x)", value, y="heights", legend=True, **frame)
    right = Panel("its slope (derivative)", slope, y=(-0.1, 1.2), legend=True, **frame)
    return Explorer(
        "activation",
        about="An activation function with its tangent at x, its slope beside it, and the regions "
        "in which it is saturated.",
        controls=CONTROLS,
        presets=PRESETS,
        scene=Scene([[left, right]], ratio=0.46),
        arrays=arrays,
        data={name: table(name) for name in FUNCTIONS} | {"sentences": SENTENCES, "small": SMALL},
        start=start,
    )


def table(name: str) -> Arrays:
    """Return all that one function needs: its curve, its slopes, where it is saturated."""
    h = ACTIVATIONS[name]
    x = np.arange(-STEPS, STEPS + 1) / 10
    dense = np.insert(x, STEPS + 1, 1e-9)  # just right of 0, so that a jump is drawn upright
    slopes = np.zeros((0, 2)) if h.backward is None else _curve(dense, h.derivative(dense))
    return {
        "curve": _curve(dense, h.forward(dense)),
        "slopes": slopes,
        "h": h.forward(x),
        "slope": np.zeros(0) if h.backward is None else h.derivative(x),
        "saturated": saturated(slopes),
        "heights": list(HEIGHTS.get(name, (-8, 8))),
        "greatest": float(slopes[:, 1].max(initial=0)),
    }


def saturated(slopes: Floats) -> Floats:
    """Return the rectangles (k, 4, 2) over which the slope is small, from a curve (n, 2)."""
    small = slopes[:, 1] < SMALL * slopes[:, 1].max(initial=0)
    edges = np.flatnonzero(np.diff(np.r_[False, small, False].astype(int)))
    ends = [(slopes[a, 0], slopes[b - 1, 0]) for a, b in edges.reshape(-1, 2)]
    boxes = [[(a, -9.0), (b, -9.0), (b, 9.0), (a, 9.0)] for a, b in ends]
    return np.array(boxes).reshape(-1, 4, 2)


def arrays(state: State, data: Data) -> Arrays:
    """Look up curve, slope and tangent at x; step has no slope to follow."""
    name, x = state["function"], state["x"]
    kept, k = data[name], round(10 * x) + STEPS
    y, greatest, flat = float(kept["h"][k]), kept["greatest"], name == "step"
    m = 0.0 if flat else float(kept["slope"][k])
    some = slice(0, 0) if flat else slice(None)
    return {
        **{key: kept[key] for key in ("curve", "slopes", "saturated", "heights")},
        "name": name,
        "at": np.array([[x, y]]),
        "at_slope": np.array([[x, m]])[some],
        "tangent": np.array([[[x - 3, y - 3 * m], [x + 3, y + 3 * m]]])[some],
        "top": np.array([[[-8, greatest], [8, greatest]]])[some],
        "note": [say(SENTENCES["no note" if flat else "note"], greatest=greatest)],
        "note_at": np.array([[-7.7, 0.55 if flat else greatest + 0.07]]),
        "text": words(name, x, y, m, greatest),
    }


def words(name: str, x: float, y: float, slope: float, greatest: float) -> str:
    """Say the value, the slope, and what the slope means for learning."""
    kind = "flat" if name == "step" else "saturated" if slope < SMALL * greatest else "steep"
    share = 100 * slope / greatest if greatest else 0.0
    values = {"name": name, "x": x, "y": y, "slope": slope, "greatest": greatest, "share": share}
    return say(SENTENCES[kind], **values)


def _curve(x: Floats, y: Floats) -> Floats:
    return np.stack([x, y], axis=1)
