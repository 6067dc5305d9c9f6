"""A trained network on the page: its weights as data, its forward pass, its hidden units."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from nbhelpers import activations
from nbhelpers.explorers.picture.marks import Heat, Panel
from nbhelpers.explorers.types import Array, Arrays, Data, Fields, Floats
from nbhelpers.layers import Activation, Dense, Flatten, Rescaling
from nbhelpers.models import Sequential
from nbhelpers.utils import shown

SIGNED = ("linear", "tanh", "leaky_relu")  # activations of both signs
LAST = ("softmax", "sigmoid", "linear")
IDLE = ("Flatten", "Dropout")  # layers that change no number when a model predicts
Step = str | list[float]  # the name of an activation, or a scale and an offset


def network_of(model: object) -> Arrays:
    """Return all that it takes to compute what ``model.predict`` says, on the page.

    ``W1``, ``b1``, ``W2``, ... and ``steps``: what happens to the picture before the first of
    them, and to the sums after each. ``full``: what a pixel full of ink is to this model, 1, or
    255 where a Rescaling in front makes bytes small. Logits get a softmax. ``rows`` says in how
    many rows each hidden layer is drawn.

    Raises
    ------
    ValueError
        If it is not a built Sequential from 784 inputs to ten probabilities or logits, or has a
        layer or an activation that the page does not know.
    """
    if not isinstance(model, Sequential) or not model.built:
        raise ValueError(
            f"draw_digit: model must be a Sequential with weights. Received: {shown(model)}"
        )
    sizes = (("inputs", model.input_shape, 784), ("outputs", model.output_shape, 10))
    for what, shape, rule in sizes:
        units = [n for n in shape or () if n is not None]  # the batch axis is None
        if math.prod(units) != rule:
            received = math.prod(units)
            raise ValueError(f"draw_digit: model must have {rule} {what}. Received: {received}")
    if not np.isfinite(model.params).all():
        raise ValueError("draw_digit: model must have finite weights. Received: nan or infinity")
    found: Arrays = {}
    steps: list[list[Step]] = [[]]
    for layer in model.layers:
        if isinstance(layer, Dense):
            found[f"W{len(steps)}"] = np.array(layer.params["kernel"], np.float32)
            found[f"b{len(steps)}"] = np.array(layer.params["bias"], np.float32)
            steps.append([])
        steps[-1] += _steps_of(layer)
    steps[-1] += _softmax_for_logits(steps[-1])
    hidden = [found[f"b{k}"].size for k in range(1, len(steps) - 1)]
    rows = [max(n for n in range(1, min(4, math.isqrt(m)) + 1) if m % n == 0) for m in hidden]
    takes_bytes = any(isinstance(step, list) and abs(step[0]) < 0.1 for step in steps[0])
    return found | {"steps": steps, "rows": rows, "full": 255 if takes_bytes else 1}


def _steps_of(layer: Any) -> list[Step]:
    """Return what a layer does to each number beside weights."""
    if isinstance(layer, Dense | Activation):
        for name, known in activations.ACTIVATIONS.items():
            if layer.activation == known:  # a copied model has its own, of the same functions
                return [] if name == "linear" else [name]
        rule = f"have activations of the course ({', '.join(activations.ACTIVATIONS)})"
        raise ValueError(f"draw_digit: model must {rule}. Received: {shown(layer.activation)}")
    if isinstance(layer, Rescaling):
        return [[layer.scale, layer.offset]]
    if isinstance(layer, Flatten) or type(layer).__name__ in IDLE:
        return []
    rule = "Dense, Flatten, Rescaling, Dropout and activations, which the page can compute"
    raise ValueError(f"draw_digit: model must consist of {rule}. Received: {shown(layer)}")


def _softmax_for_logits(steps: Sequence[Step]) -> list[Step]:
    """Return the step from logits to probabilities, if the model ends in logits."""
    last = steps[-1] if steps else "linear"
    if isinstance(last, list) or last not in LAST:
        ends = ", ".join(LAST)
        raise ValueError(f"draw_digit: model must end in one of {ends}. Received: {last}")
    return ["softmax"] if last == "linear" else []


def forward(picture: Floats, data: Data) -> list[Floats]:
    """Return what each layer makes of one picture, (784,), ink 0..1: the input first."""
    x, outputs = data["full"] * picture, []
    for k, steps in enumerate(data["steps"]):
        x = x @ data[f"W{k}"].astype(float) + data[f"b{k}"] if k else x
        for step in steps:
            x = _take(step, x)
        outputs.append(x)
    return outputs


def _take(step: Step, x: Floats) -> Floats:
    if isinstance(step, list):
        scale, offset = step
        return x * scale + offset
    return np.asarray(activations.get(step).forward(x))


def hidden_panels(network: Data) -> list[Panel]:
    """Return one panel for each hidden layer, three at most: its units as a heat map."""
    made = []
    for k, rows in enumerate(network["rows"][:3], 1):
        units, steps = network[f"W{k}"].shape[1], network["steps"][k]
        last = steps[-1] if steps else "linear"
        columns, signed = units // rows, isinstance(last, list) or last in SIGNED
        low, cmap = (f"low{k}", "RdBu") if signed else (0, "Blues")
        mark = Heat(f"hidden{k}", cmap, low=low, high=f"high{k}", extent=(0, columns, rows, 0))
        title = f"hidden {k}: {units} × {'rescaled' if isinstance(last, list) else last}"
        box: Fields = {"x": (0, columns), "y": (rows, 0), "axes": False}
        made.append(Panel(title, [mark], spare=True, **box))
    return made or [Panel("no hidden layer", [], axes=False, spare=True)]


def hidden_arrays(hidden: Sequence[Array], rows: Sequence[int]) -> Arrays:
    """Return each hidden layer's outputs as a matrix, and the ends of its colour scale."""
    found: Arrays = {}
    for k, (h, count) in enumerate(zip(hidden, rows, strict=True), 1):
        high = max(1.0, float(np.abs(h).max()))
        found |= {f"hidden{k}": h.reshape(count, -1), f"high{k}": high, f"low{k}": -high}
    return found
