"""What the playground says, and the lines of Python that train the same network."""

from collections.abc import Sequence

from nbhelpers.explorers.picture.words import say
from nbhelpers.explorers.scenes.parts.playground_plane import Point
from nbhelpers.explorers.scenes.parts.playground_training import Setting
from nbhelpers.explorers.types import Array

AGO = 50  # steps over which a loss is said to fall, or not
SENTENCES = {
    "step": "Step {step}: loss {loss:.3f}, {right} of {count} points right.",
    "empty": "No points yet: click on the plane, or move a cross with the arrow keys and press "
    "Space.",
    "solved": " Solved.",
    "dead": " Dead: {dead}; 0 at every point, so no slope reaches it.",
    "blind": " At {blind} points all hidden units are 0, so these points look alike.",
    "stuck": " The loss hardly falls, yet not all are right: a hollow, or a plateau.",
    "over": " The next loss is no number: the learning rate is too large.",
    "unit": "unit {unit} of layer {layer}",
    "many": "{count} units",
    "cursor": " The cross is at ({x1:.2f}, {x2:.2f}).",
    "data": 'x, y = plane.load_data("{data}")',
    "own": "x = np.array([{x}])\ny = np.array([{y}])",
    "point": "[{x1}, {x2}]",
    "hidden": 'Dense({units}, "{activation}"{shape})',
    "code": """\
{origin}
from nbhelpers.layers import Dense
from nbhelpers.models import Sequential
from nbhelpers.optimizers import {kind}

{points}
layers = [{layers}]
model = Sequential(layers, seed={seed}, dtype="float64")
model.compile({kind}({rate}), "{loss}", metrics=["accuracy"])
model.fit(x, y, batch_size=len(x), epochs={step}, shuffle=False, verbose=0)
print(model.evaluate(x, y))
""",
}
ORIGIN = ("from nbhelpers.datasets import plane", "import numpy as np")


def words(
    losses: Sequence[float],
    over: bool,
    right: Array,
    dead: Sequence[int],
    units: Sequence[int],
    blind: int,
) -> str:
    """Say how far the training is, and what stands in its way.

    Parameters
    ----------
    losses : sequence of float
        Up to the step; empty where there are no points.
    over : bool
        The training ended before the step that was asked for.
    right : bool array, shape (n,)
        Which points are right.
    dead : sequence of int
        Hidden units that are 0 at every point, counted through the layers.
    units : sequence of int
        Of the hidden layers.
    blind : int
        Points at which the whole last hidden layer is 0.
    """
    if not len(right):
        return SENTENCES["empty"]
    step, solved = len(losses) - 1, bool(right.all())
    known = {"step": step, "loss": losses[-1], "right": right.sum(), "count": len(right)}
    text = say(SENTENCES["step"], **known)
    if over:
        return text + SENTENCES["over"]
    if solved:
        text += SENTENCES["solved"]
    if dead:
        return text + say(SENTENCES["dead"], dead=_dead(dead, units))
    if solved or step < AGO or losses[step - AGO] - losses[step] > 0.0005:
        return text
    return text + say(SENTENCES["blind" if blind > 1 else "stuck"], blind=blind)


def _dead(dead: Sequence[int], units: Sequence[int]) -> str:
    """Name up to two units, or say how many they are."""
    if len(dead) > 2:
        return say(SENTENCES["many"], count=len(dead))
    first = units[0]
    places = [(1, k + 1) if k < first else (2, k - first + 1) for k in dead]
    return ", ".join(say(SENTENCES["unit"], unit=unit, layer=layer) for layer, unit in places)


def code(setting: Setting, points: Sequence[Point], step: int, data: str = "") -> str:
    """Return the lines that train the same network; without ``data`` the points stand in them."""
    shapes = [", input_shape=(2,)", ""]
    parts = [
        say(SENTENCES["hidden"], units=units, activation=setting.activation, shape=shape)
        for units, shape in zip(setting.units, shapes, strict=False)
    ]
    binary = setting.classes == 2
    parts.append('Dense(1, "sigmoid")' if binary else 'Dense(3, "softmax")')
    momentum = ", momentum=0.9" if setting.optimizer == "momentum" else ""
    return say(
        SENTENCES["code"],
        origin=ORIGIN[0 if data else 1],
        kind="Adam" if setting.optimizer == "adam" else "SGD",
        points=say(SENTENCES["data"], data=data) if data else _own(points),
        layers=", ".join(parts),
        seed=setting.seed,
        rate=f"{setting.rate}{momentum}",
        loss="binary_crossentropy" if binary else "sparse_categorical_crossentropy",
        step=step,
    )


def _own(points: Sequence[Point]) -> str:
    """Write the points as two arrays."""
    pairs = [say(SENTENCES["point"], x1=f"{a:.2f}", x2=f"{b:.2f}") for a, b, _ in points]
    kinds = [str(kind) for _, _, kind in points]
    return say(SENTENCES["own"], x=", ".join(pairs), y=", ".join(kinds))
