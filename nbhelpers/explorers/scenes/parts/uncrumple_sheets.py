"""The network that takes two crumpled sheets of paper apart; the explorer ``uncrumple`` shows it.

``assets/make_uncrumple.py`` crumples the sheets and trains the network.
"""

import numpy as np

from nbhelpers.explorers.types import Array
from nbhelpers.layers import Dense, Input
from nbhelpers.models import Sequential

DEPTHS, HIDDEN = 6, 24  # pairs of layers, units in the first of each pair


def network(seed: int = 0) -> Sequential:
    """Return the network, untrained: six times 24 tanh units and 3 linear ones, then one sigmoid.

    After each pair of layers a point is three numbers again, a place in space.
    """
    pairs = [(Dense(HIDDEN, "tanh"), Dense(3)) for _ in range(DEPTHS)]
    layers = [layer for pair in pairs for layer in pair]
    return Sequential(
        [Input((3,)), *layers, Dense(1, "sigmoid")], "uncrumple", seed=seed, dtype="float64"
    )


def trained(weights: Array) -> Sequential:
    """Return the network with the weights that training found."""
    model = network()
    model.build()
    model.params[...] = weights
    return model


def spaces(model: Sequential, sheets: Array) -> Array:
    """Return where the sheets lie after each pair of layers, (depths + 1, *sheets.shape).

    Each picture is moved and scaled to fill the panel, which bends nothing.
    """
    x, shown = sheets.reshape(-1, 3), [centred(sheets)]
    for below, layer in zip(model.layers[:-1:2], model.layers[1:-1:2], strict=True):
        x = layer.forward(below.forward(x))
        shown.append(centred(x.reshape(sheets.shape)))
    return np.array(shown)


def centred(x: Array) -> Array:
    """Return the points moved to the middle, and scaled alike each way to a radius of 1."""
    x = x - (x.min(axis=(0, 1, 2)) + x.max(axis=(0, 1, 2))) / 2
    return np.asarray(x / np.sqrt((x**2).sum(axis=-1)).max())


def between(shown: Array, depth: float) -> Array:
    """Return the sheets at any depth: every point goes straight from one picture to the next."""
    low = min(int(depth), len(shown) - 2)
    return np.asarray(shown[low] + (shown[low + 1] - shown[low]) * (depth - low))
