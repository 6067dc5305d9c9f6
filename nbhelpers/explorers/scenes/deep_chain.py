"""A chain of layers: how much of a gradient is left when it reaches the first one."""

import numpy as np

from nbhelpers.explorers.base import Explorer
from nbhelpers.explorers.controls import choice, slider
from nbhelpers.explorers.picture.marks import Bars, Lines, Mark, Panel, Points, Scene, Text
from nbhelpers.explorers.picture.words import fixed, say, scientific
from nbhelpers.explorers.types import Array, Arrays, Data, Fields, Presets, State, Value
from nbhelpers.layers import Dense

NAMES = ("sigmoid", "tanh", "relu")
STYLES = {"sigmoid": ("blue", "o"), "tanh": ("green", "^"), "relu": ("orange", "s")}
CONTROLS = {
    "depth": slider("layers", 1, 30, 1, 10),
    "weight": slider("weight w of each layer", 0.5, 1.5, 0.05, 1),
    "activation": choice("activation h", NAMES, look="buttons"),
}
PRESETS: Presets = {
    "5 sigmoid layers": {"depth": 5, "weight": 1, "activation": "sigmoid"},
    "5 relu layers": {"depth": 5, "weight": 1, "activation": "relu"},
    "30 tanh layers": {"depth": 30, "weight": 1, "activation": "tanh"},
}
INPUT = 1.0
LOWEST = -13  # the picture's lowest power of ten; curves run on below it
POWERS = [(k, "1" if k == 0 else scientific(10.0**k, 0)) for k in range(-12, 7, 3)]
GREATEST = {"sigmoid": 0.25, "tanh": 1, "relu": 1}  # the greatest slope of each
SENTENCES = {
    "all": "{depth} {name} layer{s}: each multiplies by at most {most:.2f}; of a gradient of 1, "
    "{first} gets through",
    "little": ", less than a millionth: the first layer hardly learns.",
    "much": ": it explodes.",
    "some": ".",
}


def deep_chain(**start: Value) -> Explorer:
    """Show what is left of a gradient, layer by layer, in a chain of one-unit layers.

    Parameters
    ----------
    **start : float or str
        Values to start with: ``depth``, ``weight``, ``activation``.

    Examples
    --------
    >>> deep_chain(activation="relu").arrays()["first"]
    1.0
    """
    return Explorer(
        "deep_chain",
        about="A gradient of 1 starts at the last layer and goes back: what is left of it at each "
        "layer, on a scale of powers of ten, and by what each layer multiplies it.",
        controls=CONTROLS,
        presets=PRESETS,
        scene=Scene([[_gradients(), _factors()]], ratio=0.5),
        arrays=arrays,
        data={
            "millionth": np.array([[0.0, -6], [31, -6]]),
            "one": np.array([[-1.0, 1], [30, 1]]),
            "greatest": GREATEST,
            "sentences": SENTENCES,
        },
        start=start,
    )


def _gradients() -> Panel:
    marks: list[Mark] = [
        Lines("millionth", "red", dash=":"),
        *(Lines(name, STYLES[name][0], width=1.5, alpha=0.6) for name in NAMES),
        *(Points(f"{n}_dots", c, marker=m, size=6, label=n) for n, (c, m) in STYLES.items()),
        Points("chosen", "ink", marker="D", size=8),
        Text("first_at", "first_text", bold=True, align="left"),
    ]
    frame: Fields = {"x": (0.4, 30.6), "xticks": [1, 5, 10, 15, 20, 25, 30], "xlabel": "layer"}
    frame |= {"y": (LOWEST, 6), "yticks": POWERS, "left": 52, "legend": True}
    return Panel("gradient at each layer", marks, weight=1.7, **frame)


def _factors() -> Panel:
    marks = [
        Bars("factors", "sky", thick=0.8),
        Lines("one", "muted", width=1.5, dash="--"),
        Lines("bound", "red", dash=":", label="at most"),
    ]
    places = [(k - 1, str(k)) for k in (1, 10, 20, 30)]
    frame: Fields = {"x": (-0.6, 29.6), "y": (0, 1.6), "xticks": places, "xlabel": "layer"}
    return Panel("{activation}: factor", marks, legend=True, **frame)


def chain(activation: str, weight: float, depth: int) -> Array:
    """Return the gradient of the last output with respect to each layer's input, (depth,).

    It is computed by ``Dense.forward`` and ``Dense.backward``, one unit a layer.
    """
    layers, gradients = [Dense(1, activation) for _ in range(depth)], []
    x: Array = np.array([[INPUT]])
    for layer in layers:
        layer.build((1,), np.random.default_rng(0), "float64")
        layer.params["kernel"][...] = weight
        x = layer.forward(x, training=True)
    gradient: Array = np.ones((1, 1))
    for layer in reversed(layers):
        gradient = np.asarray(layer.backward(gradient))
        gradients.append(float(gradient[0, 0]))
    return np.array(gradients[::-1])


def arrays(state: State, data: Data) -> Arrays:
    """Send a gradient of 1 back through the chains; the chosen one is marked, and told."""
    depth, weight, name = state["depth"], state["weight"], state["activation"]
    gradients = {key: chain(key, weight, depth) for key in NAMES}
    curves = {key: curve(g) for key, g in gradients.items()}
    mine = gradients[name]
    first, most = float(mine[0]), GREATEST[name] * weight
    below = 2.2 if first > 1 else 1.4  # a curve that falls runs into what stands close below it
    return {
        **curves,
        **{f"{key}_dots": points for key, points in curves.items()},
        "chosen": curves[name],
        "factors": mine / np.r_[mine[1:], 1],
        "first": first,
        "first_at": np.array([[1.4, max(curves[name][0, 1], LOWEST + 2) - below]]),
        "first_text": [number(first)],
        "bound": np.array([[-1, most], [30, most]]),
        "activation": name,
        "text": words(name, most, depth, first),
    }


def curve(gradients: Array) -> Array:
    """Return points (layer, power of ten)."""
    return np.stack([np.arange(1.0, len(gradients) + 1), np.log10(gradients)], axis=1)


def number(value: float) -> str:
    """Write a number plainly where that is short, else as a power of ten."""
    return fixed(value) if 0.01 <= value < 1000 else scientific(value, 1)


def words(name: str, most: float, depth: int, first: float) -> str:
    """Say what reaches the first layer, and why."""
    kind = "little" if first < 1e-6 else "much" if first > 1e3 else "some"
    values = {"depth": depth, "name": name, "s": "s" * (depth > 1), "most": most}
    return say(SENTENCES["all"] + SENTENCES[kind], first=number(first), **values)
