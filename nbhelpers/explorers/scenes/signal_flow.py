"""A signal flows through the 2-3-2-2 network of "Deep Learning from Scratch", number by number."""

import numpy as np

from nbhelpers.activations import softmax
from nbhelpers.explorers.base import Explorer
from nbhelpers.explorers.controls import choice, slider
from nbhelpers.explorers.picture.marks import Network, Panel, Scene, Text
from nbhelpers.explorers.picture.words import fixed, say
from nbhelpers.explorers.types import Array, Arrays, Data, Presets, State, Value
from nbhelpers.layers import Dense

WEIGHTS = {  # Saito, "Deep Learning from Scratch", section 3.4
    "W1": [[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]],
    "b1": [0.1, 0.2, 0.3],
    "W2": [[0.1, 0.4], [0.2, 0.5], [0.3, 0.6]],
    "b2": [0.1, 0.2],
    "W3": [[0.1, 0.3], [0.2, 0.4]],
    "b3": [0.1, 0.2],
}
HIDDEN = ("sigmoid", "relu", "tanh", "step", "linear")
CONTROLS = {
    "x1": slider("input x₁", -3, 3, 0.05, 1),
    "x2": slider("input x₂", -3, 3, 0.05, 0.5),
    "activation": choice("hidden layers", HIDDEN, look="buttons"),
    "output": choice("output layer", ["identity", "softmax"], look="buttons"),
}
BOOK = {"x1": 1, "x2": 0.5, "activation": "sigmoid", "output": "identity"}
PRESETS: Presets = {
    "the book": BOOK,
    "as probabilities": BOOK | {"output": "softmax"},
    "no input": BOOK | {"x1": 0, "x2": 0},
    "step": BOOK | {"activation": "step"},
    "relu, negative": BOOK | {"x1": -3, "x2": -1, "activation": "relu"},
}
UNITS = (2, 3, 2, 2)
ROWS = {2: (0.95, -0.95), 3: (1.5, 0, -1.5)}  # heights of the units of a layer
BIAS = 2.75  # height of the bias nodes
SHADE = 0.58  # of a full node: numbers in it stay readable on light and dark pages
ALONG = 0.31  # where on an edge its weight stands
SENTENCE = "After the hidden layers Z1 = {Z1:.4f} and Z2 = {Z2:.4f}; the answer Y = {Y:.4f}."


def signal_flow(**start: Value) -> Explorer:
    """Show every number of a small network's forward pass on its diagram.

    Parameters
    ----------
    **start : float or str
        Values to start with: ``x1``, ``x2``, ``activation`` of the hidden layers, ``output``.

    Examples
    --------
    >>> signal_flow().arrays()["Y"].round(8).tolist()
    [0.31682708, 0.69627909]
    """
    nodes, edges, weights = diagram()
    at = nodes[edges[:, 0]] + ALONG * (nodes[edges[:, 1]] - nodes[edges[:, 0]])
    heads = ["input x", "hidden layer 1", "hidden layer 2", "output y"]
    data = {"nodes": nodes, "edges": edges, "weights": weights, "weights_at": at}
    data["heads_at"] = np.array([[k, -2.75] for k in range(4)], float)
    marks = [
        Network(
            "nodes",
            "edges",
            weights="weights",
            values="shades",
            texts="shown",
            labels="sums",
            radius=21,
        ),
        Text("weights_at", [fixed(w, 1) for w in weights], "ink", size=12),
        Text("heads_at", heads, "muted", size=13, bold=True),
    ]
    return Explorer(
        "signal_flow",
        about="A network of 2 inputs, two hidden layers of 3 and 2 units, and 2 outputs; on each "
        "edge its weight, in each node its output, below it the weighted sum a.",
        controls=CONTROLS,
        presets=PRESETS,
        scene=Scene(
            [[Panel("", marks, x=(-0.25, 3.25), y=(-3, 3.2), axes=False)]],
            ratio=0.6,
        ),
        arrays=arrays,
        data=data
        | {name: np.array(w) for name, w in WEIGHTS.items()}
        | {"sentence": SENTENCE, "shade": SHADE},
        start=start,
    )


def diagram() -> tuple[Array, Array, Array]:
    """Return nodes (units, then the three biases), edges (from, to) and each edge's weight."""
    nodes = [(k, y) for k, n in enumerate(UNITS) for y in ROWS[n]] + [(k, BIAS) for k in range(3)]
    starts = np.r_[0, np.cumsum(UNITS)]
    edges, weights = [], []
    for k in range(3):
        W, b = np.array(WEIGHTS[f"W{k + 1}"]), np.array(WEIGHTS[f"b{k + 1}"])
        for j in range(UNITS[k + 1]):
            for i in range(UNITS[k]):
                edges.append((starts[k] + i, starts[k + 1] + j))
                weights.append(W[i, j])
            edges.append((starts[4] + k, starts[k + 1] + j))
            weights.append(b[j])
    return np.array(nodes, float), np.array(edges, np.uint8), np.array(weights)


def forward(state: State) -> tuple[list[Array], list[Array]]:
    """Return the weighted sums A1, A2, A3 and the outputs Z1, Z2, Y, by three Dense layers."""
    x, sums, outputs = np.array([[state["x1"], state["x2"]]], float), [], []
    for k, h in enumerate((state["activation"], state["activation"], "linear"), start=1):
        layer = Dense(UNITS[k], h)
        layer.build((UNITS[k - 1],), np.random.default_rng(0), "float64")
        layer.params["kernel"][...] = WEIGHTS[f"W{k}"]
        layer.params["bias"][...] = WEIGHTS[f"b{k}"]
        a = layer.pre_activation(x).round(12)  # so that step sees a true 0
        x = layer.activation.forward(a)
        sums.append(a[0])
        outputs.append(x[0])
    if state["output"] == "softmax":
        outputs[2] = softmax(outputs[2])
    return sums, outputs


def arrays(state: State, data: Data) -> Arrays:
    """Compute the forward pass, and write its numbers to the nodes."""
    sums, outputs = forward(state)
    values = np.r_[state["x1"], state["x2"], np.concatenate(outputs), 1, 1, 1]
    named = dict(zip(["A1", "A2", "A3", "Z1", "Z2", "Y"], sums + outputs, strict=True))
    below = ["x₁", "x₂", *(f"a = {fixed(a)}" for a in np.concatenate(sums)), *["bias"] * 3]
    return named | {
        "shades": SHADE * np.clip(np.abs(values), 0, 1) * (np.arange(len(values)) < sum(UNITS)),
        "shown": [fixed(v) for v in values[:-3]] + ["1"] * 3,
        "sums": below,
        "text": say(SENTENCE, **named),
    }
