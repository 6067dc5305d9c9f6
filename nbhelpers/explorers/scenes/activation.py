"""Activation functions and their slopes: where a function saturates, no gradient gets through."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from nbhelpers.activations import ACTIVATIONS
from nbhelpers.explorers.base import Explorer
from nbhelpers.explorers.controls import choice, slider
from nbhelpers.explorers.marks import lines, panel, points, polygons, scene, text
from nbhelpers.explorers.words import fixed

FUNCTIONS = ("step", "sigmoid", "tanh", "relu", "leaky_relu", "linear")
CONTROLS = {
    "function": choice("function h", FUNCTIONS, "sigmoid", look="buttons"),
    "x": slider("x", -8, 8, 0.1, 1),
}
PRESETS = {
    "steepest sigmoid": {"function": "sigmoid", "x": 0},
    "saturated sigmoid": {"function": "sigmoid", "x": 6},
    "saturated tanh": {"function": "tanh", "x": 3},
    "dead relu": {"function": "relu", "x": -3},
    "leaky relu": {"function": "leaky_relu", "x": -3},
}
HEIGHTS = {"step": (-0.3, 1.3), "sigmoid": (-0.3, 1.3), "tanh": (-1.5, 1.5)}
SMALL = 0.05  # saturated: the slope is below this share of the greatest
STEPS = 80  # of the slider on each side of 0


def activation(**start: Any) -> Explorer:
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
    shade = polygons("saturated", "muted", alpha=0.16, width=0.5)
    value = [
        shade,
        lines("curve", "blue", width=3, label="h(x)"),
        lines("tangent", "red", dash="--", label="tangent"),
        points("at", "red", marker="s", size=10),
    ]
    slope = [
        shade | {"label": "saturated"},
        lines("slopes", "green", width=3, label="h'(x)"),
        lines("top", "muted", dash=":"),
        points("at_slope", "red", marker="s", size=10),
        text("note_at", "note", size=13, align="left"),
    ]
    frame = {"x": (-8, 8), "xticks": [-6, -3, 0, 3, 6], "xlabel": "x", "legend": True}
    left = panel("{name}(x)", value, y="heights", **frame)
    right = panel("its slope (derivative)", slope, y=(-0.1, 1.2), **frame)
    return Explorer(
        "activation",
        about="An activation function with its tangent at x, its slope beside it, and the regions "
        "in which it is saturated.",
        controls=CONTROLS,
        presets=PRESETS,
        scene=scene([[left, right]], ratio=0.46),
        arrays=arrays,
        data={name: table(name) for name in FUNCTIONS},
        start=start,
    )


def table(name: str) -> dict[str, Any]:
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


def saturated(slopes: np.ndarray) -> np.ndarray:
    """Return the rectangles (k, 4, 2) over which the slope is small, from a curve (n, 2)."""
    small = slopes[:, 1] < SMALL * slopes[:, 1].max(initial=0)
    edges = np.flatnonzero(np.diff(np.r_[False, small, False].astype(int)))
    ends = [(slopes[a, 0], slopes[b - 1, 0]) for a, b in edges.reshape(-1, 2)]
    boxes = [[(a, -9.0), (b, -9.0), (b, 9.0), (a, 9.0)] for a, b in ends]
    return np.array(boxes).reshape(-1, 4, 2)


def arrays(state: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """Look up curve, slope and tangent at x; step has no slope to follow."""
    name, x = state["function"], state["x"]
    kept, k = data[name], round(10 * state["x"]) + STEPS
    y, found = float(kept["h"][k]), {"tangent": np.zeros((0, 2, 2)), "at_slope": np.zeros((0, 2))}
    note, top = "no slope to follow", np.zeros((0, 2, 2))
    if name != "step":
        m, greatest = float(kept["slope"][k]), kept["greatest"]
        found = {
            "tangent": np.array([[[x - 3, y - 3 * m], [x + 3, y + 3 * m]]]),
            "at_slope": np.array([[x, m]]),
        }
        note, top = f"at most {fixed(greatest)}", np.array([[[-8, greatest], [8, greatest]]])
    return found | {
        "curve": kept["curve"],
        "slopes": kept["slopes"],
        "saturated": kept["saturated"],
        "heights": kept["heights"],
        "at": np.array([[x, y]]),
        "top": top,
        "name": name,
        "note": [note],
        "note_at": np.array([[-7.7, 0.55 if name == "step" else kept["greatest"] + 0.07]]),
        "text": words(name, x, y, found["at_slope"], kept["greatest"]),
    }


def words(name: str, x: float, y: float, at_slope: np.ndarray, greatest: float) -> str:
    """Say the value, the slope, and what the slope means for learning."""
    start = f"{name}({fixed(x, 1)}) = {fixed(y, 4)}"
    if not len(at_slope):
        return f"{start}. A step is flat on both sides of its jump: it has no slope to learn from."
    m = float(at_slope[0, 1])
    start += f", and its slope there is {fixed(m, 4)}"
    if m < SMALL * greatest:
        share = fixed(100 * m / greatest, 1)
        return f"{start}, {share}% of the greatest: saturated, almost nothing gets through."
    return f"{start}; the greatest slope is {fixed(greatest)}."


def _curve(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.stack([x, y], axis=1)
