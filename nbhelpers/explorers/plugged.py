"""Any trained network in an explorer: its weights as data, its forward pass, its hidden units."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from nbhelpers import activations
from nbhelpers.explorers.marks import Panel, heat, panel
from nbhelpers.models import Sequential

SIGNED = ("linear", "tanh", "leaky_relu")  # activations of both signs
LAST = ("softmax", "sigmoid", "linear")


def layers_of(model: Any) -> dict[str, Any]:
    """Return W1, b1, W2, ... and the names of the activations before, and after, each of them.

    Logits get a softmax. ``rows`` says in how many rows each hidden layer is drawn.

    Raises
    ------
    ValueError
        If it is not a built Sequential from 784 inputs to ten probabilities or logits.
    """
    if not isinstance(model, Sequential) or not model.built:
        raise ValueError(f"draw_digit: model must be a Sequential with weights. Received: {model}")
    inputs, outputs = math.prod(model.input_shape[1:]), math.prod(model.output_shape[1:])
    for what, units, rule in (("inputs", inputs, 784), ("outputs", outputs, 10)):
        if units != rule:
            raise ValueError(f"draw_digit: model must have {rule} {what}. Received: {units}")
    if not np.isfinite(model.params).all():
        raise ValueError("draw_digit: model must have finite weights. Received: nan or infinity")
    found: dict[str, Any] = {}
    names: list[list[str]] = [[]]
    for layer in model.layers:
        if layer.params:
            names.append([])
            found[f"W{len(names) - 1}"] = layer.params["kernel"].astype(np.float32)
            found[f"b{len(names) - 1}"] = layer.params["bias"].astype(np.float32)
        names[-1] += [layer.activation.name] if hasattr(layer, "activation") else []
    last = next((name for name in reversed(names[-1]) if name != "linear"), "linear")
    if last not in LAST:
        raise ValueError(
            f"draw_digit: model must end in one of {', '.join(LAST)}. Received: {last}"
        )
    names[-1] += ["softmax"] if last == "linear" else []
    units = [found[f"b{k}"].size for k in range(1, len(names) - 1)]
    rows = [max(n for n in range(1, math.isqrt(m) + 1) if m % n == 0) for m in units]
    return found | {"activations": [" ".join(part) for part in names], "rows": rows}


def forward(x: np.ndarray, data: Mapping[str, Any]) -> list[np.ndarray]:
    """Return the outputs of every layer for one picture, (784,), in float64."""
    outputs = []
    for k, names in enumerate(data["activations"]):
        x = x @ data[f"W{k}"].astype(float) + data[f"b{k}"] if k else x
        for name in names.split():
            x = activations.get(name).forward(x)
        outputs.append(x)
    return outputs


def hidden_panels(layers: Mapping[str, Any]) -> list[Panel]:
    """Return one panel for each hidden layer, three at most: its units as a heat map."""
    made = []
    for k, rows in enumerate(layers["rows"][:3], 1):
        units, last = layers[f"W{k}"].shape[1], layers["activations"][k].split()[-1]
        columns = units // rows
        low, cmap = (f"low{k}", "RdBu") if last in SIGNED else (0, "Blues")
        mark = heat(f"hidden{k}", cmap, low=low, high=f"high{k}", extent=(0, columns, rows, 0))
        title = f"hidden {k}: {units} × {last}"
        made.append(panel(title, [mark], x=(0, columns), y=(rows, 0), axes=False))
    return made or [panel("no hidden layer", [], axes=False)]


def hidden_arrays(hidden: Sequence[np.ndarray], rows: Sequence[int]) -> dict[str, Any]:
    """Return each hidden layer's outputs as a matrix, and the ends of its colour scale."""
    found: dict[str, Any] = {}
    for k, (h, count) in enumerate(zip(hidden, rows, strict=True), 1):
        high = max(1.0, float(np.abs(h).max()))
        found |= {f"hidden{k}": h.reshape(count, -1), f"high{k}": high, f"low{k}": -high}
    return found
