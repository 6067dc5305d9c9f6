"""A small network learns before one's eyes, step by step: border, units, weights, loss."""

import math

import numpy as np

from nbhelpers.explorers.base import Explorer
from nbhelpers.explorers.controls import choice, clock, hidden, slider
from nbhelpers.explorers.picture.marks import (
    Heat,
    Lines,
    Mark,
    Network,
    Panel,
    Pictures,
    Points,
    Scene,
    Text,
)
from nbhelpers.explorers.picture.words import say
from nbhelpers.explorers.scenes.parts import playground_plane as plane
from nbhelpers.explorers.scenes.parts import playground_training as training
from nbhelpers.explorers.scenes.parts.playground_words import SENTENCES, code, words
from nbhelpers.explorers.types import Arrays, Data, State, Value

LAST = 1000  # steps
OWN = "points of my own"
CONTROLS = {
    "data": choice("data", [*plane.NAMES, OWN]),
    "pen": choice("a click puts", ["class 0 ●", "class 1 ■", "class 2 ▲", "nothing: takes away"]),
    "activation": choice("activation", list(training.ACTIVATIONS)),
    "optimizer": choice("optimizer", list(training.OPTIMIZERS), "momentum"),
    "units_1": slider("units 1", 1, 8, 1, 4),
    "units_2": slider("units 2", 0, 8, 1, 0),  # 0: there is no second hidden layer
    "rate": choice("rate", ["0.01", "0.03", "0.1"], "0.1", look="steps"),
    "seed": slider("seed", 0, training.SEEDS - 1, 1, 0),
    "step": clock("step", LAST),
    "points": hidden(form=plane.FORM),  # one's own
    "cursor": hidden(),  # where the keys would put a point
}
ONE_LAYER = {"units_2": 0, "step": 0}
PRESETS = {
    "XOR, 1 unit": ONE_LAYER | {"data": "XOR", "activation": "tanh", "units_1": 1},
    "circles, 2 units": ONE_LAYER | {"data": "circles", "activation": "tanh", "units_1": 2},
    "a unit dies": ONE_LAYER
    | {"data": "XOR", "activation": "relu", "units_1": 2, "optimizer": "adam", "seed": 5},
}
LOOKS = (("red", "o"), ("blue", "s"), ("green", "^"))  # of the classes


def playground(**start: Value) -> Explorer:
    """Show a network of two inputs and one or two hidden layers while it learns.

    All points are one batch, so that a step is one update. The numbers are those of `Sequential`
    in float64; ``arrays()["python"]`` holds the lines that train the same network.

    Parameters
    ----------
    **start : int or str
        Values to start with: ``data`` (a name of ``datasets.plane``, or "points of my own"),
        ``pen``, ``activation``, ``optimizer``, ``units_1``, ``units_2`` (0: one hidden layer),
        ``rate``, ``seed``, ``step``, ``points``.

    Examples
    --------
    >>> playground(seed=1, step=200).arrays()["text"]
    'Step 200: loss 0.012, 4 of 4 points right. Solved.'
    """
    return Explorer(
        "playground",
        about="A network learns: its units' pictures of the plane joined by weights, the plane "
        "with the points and the border between the classes, and the loss.",
        controls=CONTROLS,
        presets=PRESETS,
        actions={"Clear": "Delete"},
        scene=Scene([[units_panel(), plane_panel(), loss_panel()]], ratio=0.4),
        arrays=arrays,
        data=plane.shipped()
        | {"draws": training.draws(), "sentences": SENTENCES, "names": list(plane.NAMES)},
        start=start,
    )


def units_panel() -> Panel:
    """Return the diagram: every unit's picture of the plane, and the weights between them."""
    marks: list[Mark] = [
        Network("nodes", "edges", weights="weights", radius=1),
        Pictures("units", "units_xy", "RdBu", side="side", low=-1, high=1),
        Pictures("outputs", "outputs_xy", "classes", side="side", low=0, high=5),
        Points("dead", "red", marker="x", size=18),
        Text("heads_xy", "heads", "muted", size=12),
    ]
    return Panel("{head}", marks, x=(-0.5, 3.5), y=(8.1, -0.8), axes=False, weight=1.25)


def plane_panel() -> Panel:
    """Return the plane, on which points are put."""
    edge = (-plane.EDGE, plane.EDGE)
    marks: list[Mark] = [
        Heat("regions", "classes", low=0, high=5, extent=(*edge, *edge), alpha=0.6),
        Lines("border", "ink"),
        *(
            Points(f"class{k}", color, marker=marker, size=9)
            for k, (color, marker) in enumerate(LOOKS)
        ),
        Points("wrong", "ink", marker="x", size=11),
        Lines("cross", "ink", dash=":"),
    ]
    return Panel(
        "click: {pen}",
        marks,
        x=edge,
        y=edge,
        xticks=[-1, 0, 1],
        yticks=[-1, 0, 1],
        equal=True,
        grid=False,
        weight=1.45,
    )


def loss_panel() -> Panel:
    """Return the loss after every step, as a power of ten."""
    marks: list[Mark] = [Lines("curve", "blue"), Points("here", "ink", marker="D", size=9)]
    ticks = [*((k, f"{10.0**k:g}") for k in range(-4, 1)), (1, "loss")]
    return Panel(
        "{how}",
        marks,
        x=(0, LAST),
        y=(-4, 1),
        xlabel="step",
        xticks=[0, 400, 800],
        yticks=ticks,
        left=46,
    )


def points_of(state: State, data: Data) -> tuple[plane.Point, ...]:
    """Return the points that are trained on."""
    if state["data"] == OWN:
        return plane.read_points(state["points"])
    rows = data[f"points{plane.NAMES.index(state['data'])}"].tolist()
    return tuple((x1, x2, int(kind)) for x1, x2, kind in rows)


def setting_of(state: State, points: tuple[plane.Point, ...]) -> training.Setting:
    """Return all else that the training depends on; three classes where one point is of class 2."""
    units = [state["units_1"], state["units_2"]]
    classes = 3 if any(kind == 2 for _, _, kind in points) else 2
    hidden_units = tuple(n for n in units if n)
    how = (state["activation"], classes, state["optimizer"], float(state["rate"]), state["seed"])
    return training.Setting(hidden_units, *how)


def arrays(state: State, data: Data) -> Arrays:
    """Train up to the step, and show what every unit then makes of the plane."""
    points = points_of(state, data)
    setting = setting_of(state, points)
    run = training.training(setting, points)
    step = run.to(state["step"])
    losses = run.losses[: step + 1]
    *hidden_outputs, answers = run.outputs(plane.GRID)
    p = plane.chances(answers)
    at_points = run.outputs(run.x)
    right = plane.chosen(plane.chances(at_points[-1])) == run.y
    dead = run.dead()
    curve = [(k, math.log10(max(loss, 1e-4))) for k, loss in enumerate(losses)]
    name = state["data"]
    found = plane.diagram(run.sizes) | {
        "weights": run.kernels(),
        "units": plane.unit_pictures(np.hstack([plane.GRID, *hidden_outputs])),
        "outputs": plane.output_pictures(p, run.sizes[-1]),
        "regions": plane.regions(p).reshape(plane.CELLS, plane.CELLS),
        "border": plane.border(p),
        "wrong": run.x[~right],
        "cross": plane.cross(plane.read_cursor(state["cursor"])),
        "curve": np.array(curve, float).reshape(-1, 2),
        "right": int(right.sum()),
        "losses": losses,
        "pen": state["pen"],
        "how": f"{state['optimizer']} {state['rate']}",
        "head": f"{' – '.join(map(str, run.sizes))}, {state['activation']}",
        "python": code(setting, points, step, "" if name == OWN else name) if points else "",
    }
    found |= {f"class{k}": run.x[run.y == k] for k in range(3)}
    inner = len(found["units"])
    found |= {"units_xy": found["nodes"][:inner], "outputs_xy": found["nodes"][inner:]}
    found |= {"here": found["curve"][-1:], "dead": found["nodes"][[2 + k for k in dead]]}
    blind = training.blind(at_points[-2])
    text = words(losses, step < state["step"], right, dead, setting.units, blind)
    for x1, x2 in plane.read_cursor(state["cursor"]):
        text += say(SENTENCES["cursor"], x1=x1, x2=x2)
    return found | {"text": text}
