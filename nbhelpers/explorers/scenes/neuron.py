"""One neuron: two weights and a bias draw a straight line; and so it can be some gates."""

import numpy as np

from nbhelpers.activations import ACTIVATIONS
from nbhelpers.explorers.base import Explorer
from nbhelpers.explorers.controls import choice, slider
from nbhelpers.explorers.picture.marks import Bars, Heat, Lines, Panel, Points, Scene, Text
from nbhelpers.explorers.picture.words import fixed, say
from nbhelpers.explorers.types import Array, Arrays, Data, Fields, Presets, State, Value

GATES = {"AND": (0, 0, 0, 1), "NAND": (1, 1, 1, 0), "OR": (0, 1, 1, 1), "XOR": (0, 1, 1, 0)}
CORNERS = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
CONTROLS = {
    "w1": slider("weight w₁", -2, 2, 0.05, 0.5),
    "w2": slider("weight w₂", -2, 2, 0.05, 0.5),
    "b": slider("bias b", -2, 2, 0.05, -0.7),
    "activation": choice("activation h", ["step", "sigmoid", "tanh", "relu"], look="buttons"),
    "gate": choice("gate wanted", list(GATES), look="buttons"),
}
PRESETS: Presets = {
    "weights of AND": {"w1": 0.5, "w2": 0.5, "b": -0.7, "gate": "AND"},
    "weights of NAND": {"w1": -0.5, "w2": -0.5, "b": 0.7, "gate": "NAND"},
}
LOW, HIGH, CELLS = -0.5, 1.5, 40
# Ends of the colours: 0.5 of sigmoid and 0 of the others is where the two colours meet.
RANGES = {"step": (-0.2, 1.2), "sigmoid": (0, 1), "tanh": (-1.2, 1.2), "relu": (-2, 2)}
SENTENCES = {
    "all": "{gate}: {right} of 4 corners are right with w₁ = {w1:.2f}, w₂ = {w2:.2f}, b = {b:.2f}.",
    "xor": " One straight line never gets all 4.",
    "gate": " The neuron is this gate.",
    "no gate": "",
}
HEIGHTS = {"step": (0, 1.25), "sigmoid": (0, 1.25), "tanh": (-1.2, 1.3), "relu": (0, 2.5)}


def neuron(**start: Value) -> Explorer:
    """Show ``h(b + w1 x1 + w2 x2)`` over the plane, and what it says at the four corners.

    Parameters
    ----------
    **start : float or str
        Values to start with: ``w1``, ``w2``, ``b``, ``activation``, ``gate``.

    Examples
    --------
    >>> neuron(gate="XOR").arrays()["right"]
    1
    """
    middles = LOW + (np.arange(CELLS) + 0.5) * (HIGH - LOW) / CELLS
    plane = [
        Heat("surface", "RdBu", low="low", high="high", extent=(LOW, HIGH, LOW, HIGH), alpha=0.55),
        Lines("border", "ink", width=2.5, dash="--"),
        Points("zeros", "ink", marker="o", size=15, label="0 wanted"),
        Points("ones", "ink", marker="s", size=15, label="1 wanted"),
        Text("marks_at", "marks", bold=True, size=13),
    ]
    frame: Fields = {
        "x": (LOW, HIGH),
        "y": (LOW, HIGH),
        "xlabel": "x₁",
        "ylabel": "x₂",
        "equal": True,
    }
    ticks: Fields = {
        "xticks": [0, 1],
        "yticks": [0, 1],
        "grid": False,
        "legend": True,
        "weight": 1.25,
    }
    says = [Bars("outputs", "blue", labels=["0, 0", "0, 1", "1, 0", "1, 1"], texts="says")]
    edges: Fields = {"x": (-0.6, 3.6), "y": "heights", "xticks": [], "xlabel": "x₁, x₂"}
    right = Panel("y at the corners", says, **edges)
    return Explorer(
        "neuron",
        about="The output of one neuron over the plane of its two inputs, dark blue where it is "
        "high, with the border line b + w₁x₁ + w₂x₂ = 0 and the four corners of a logic gate.",
        controls=CONTROLS,
        presets=PRESETS,
        scene=Scene([[Panel("y = h(b + w₁x₁ + w₂x₂)", plane, **frame, **ticks), right]], ratio=0.5),
        arrays=arrays,
        data={"middles": middles, "corners": CORNERS, "marks_at": CORNERS - [0, 0.17]}
        | {"gates": {name: np.array(wanted, np.uint8) for name, wanted in GATES.items()}}
        | {"ranges": RANGES, "rooms": HEIGHTS, "sentences": SENTENCES},
        start=start,
    )


def total(state: State, x1: Array, x2: Array) -> Array:
    """Return a = b + w1 x1 + w2 x2; what is 0 but for rounding becomes 0."""
    a = state["b"] + state["w1"] * x1 + state["w2"] * x2
    return np.where(np.abs(a) < 1e-9, 0, a)


def arrays(state: State, data: Data) -> Arrays:
    """Compute the neuron over the plane and at the corners; count the corners that are right."""
    h, middles = ACTIVATIONS[state["activation"]].forward, data["middles"]
    a, wanted = total(state, *data["corners"].T), data["gates"][state["gate"]]
    y, right = h(a), (a > 0) == wanted
    low, high = RANGES[state["activation"]]
    return {
        "surface": h(total(state, middles[None, :], middles[::-1, None])),
        "border": border(state),
        "zeros": data["corners"][wanted == 0],
        "ones": data["corners"][wanted == 1],
        "marks": [f"{fixed(v)} {'✓' if ok else '✗'}" for v, ok in zip(y, right, strict=True)],
        "says": [fixed(v) for v in y],
        "outputs": y,
        "right": int(right.sum()),
        "low": low,
        "high": high,
        "heights": list(HEIGHTS[state["activation"]]),
        "text": words(state, int(right.sum())),
    }


def border(state: State) -> Array:
    """Return the line on which a is 0, (1, 2, 2); none if both weights are 0."""
    w1, w2, b = state["w1"], state["w2"], state["b"]
    size = w1 * w1 + w2 * w2
    if size < 1e-9:
        return np.zeros((0, 2, 2))
    x, y = -b * w1 / size, -b * w2 / size  # the point of the line that is next to the origin
    far = 4 / size**0.5
    return np.array([[[x - far * w2, y + far * w1], [x + far * w2, y - far * w1]]])


def words(state: State, right: int) -> str:
    """Say how many corners are right, and for XOR that four are out of reach."""
    kind = "xor" if state["gate"] == "XOR" else "gate" if right == 4 else "no gate"
    return say(SENTENCES["all"] + SENTENCES[kind], right=right, **state)
