"""A small network on its way: `Sequential` trains it, and every step is remembered.

``playground_training.js`` computes the same numbers in the browser. All samples are one batch, so
that a step is an update is an epoch, and no shuffle comes in between.
"""

import functools
from dataclasses import dataclass

import numpy as np

from nbhelpers import optimizers
from nbhelpers.callbacks import Callback, Logs
from nbhelpers.explorers.types import Array, Floats
from nbhelpers.layers import Dense, Input, Layer
from nbhelpers.models import Sequential

OPTIMIZERS = ("sgd", "momentum", "adam")
ACTIVATIONS = ("tanh", "relu", "sigmoid")
SEEDS = 50
MOST = 2 * 8 + 8 * 8 + 8 * 3  # weights, without biases, of the largest network


@dataclass(frozen=True)
class Setting:
    """All that a training depends on, but for the points.

    ``units`` of the hidden layers; ``classes`` 2 (one sigmoid) or 3 (softmax).
    """

    units: tuple[int, ...]
    activation: str
    classes: int
    optimizer: str
    rate: float
    seed: int


def network(setting: Setting) -> Sequential:
    """Return the network, compiled, with its first weights.

    Examples
    --------
    >>> network(Setting((4, 2), "tanh", 3, "adam", 0.03, seed=0)).count_params()
    31
    """
    hidden = [Dense(units, setting.activation) for units in setting.units]
    last = Dense(1, "sigmoid") if setting.classes == 2 else Dense(3, "softmax")
    layers: list[Layer | Input] = [Input((2,)), *hidden, last]
    model = Sequential(layers, "playground", seed=setting.seed, dtype="float64")
    loss = "binary_crossentropy" if setting.classes == 2 else "sparse_categorical_crossentropy"
    model.compile(optimizer(setting), loss, ["accuracy"])
    model.build()
    return model


def optimizer(setting: Setting) -> optimizers.Optimizer:
    """Return a new optimizer; "momentum" is SGD with momentum 0.9."""
    if setting.optimizer == "adam":
        return optimizers.Adam(setting.rate)
    return optimizers.SGD(setting.rate, momentum=0.9 if setting.optimizer == "momentum" else 0.0)


class Training(Callback):
    """A training that remembers weights and loss after every step, and goes on where it stopped."""

    def __init__(self, setting: Setting, x: Array, y: Array) -> None:
        self.relu = setting.activation == "relu"
        self.trained, self.shown = network(setting), network(setting)
        self.x, self.y = x, y
        self.over = not len(x)  # nothing to learn from, or the loss was no number
        self.weights: list[Floats] = [self.trained.params.copy()]
        self.losses: list[float] = []
        self.sizes = (2, *setting.units, 1 if setting.classes == 2 else 3)

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        """Remember the weights after the update, and the loss before it."""
        self.losses.append((logs or {})["loss"])
        self.weights.append(self.trained.params.copy())

    def to(self, step: int) -> int:
        """Train until this step, if it is not behind; return the step that was reached.

        One epoch more than steps: `fit` tells the loss before each update.
        """
        if step >= len(self.losses) and not self.over:
            try:
                self.trained.fit(
                    self.x,
                    self.y,
                    batch_size=len(self.x),
                    epochs=step + 1,
                    verbose=0,
                    callbacks=[self],
                    shuffle=False,
                    initial_epoch=len(self.losses),
                )
            except FloatingPointError:  # the loss is no number any more
                self.over = True
        reached = min(step, max(len(self.losses) - 1, 0))
        self.shown.params[...] = self.weights[reached]
        return reached

    def outputs(self, x: Floats) -> list[Floats]:
        """Return the output of every layer at the step that `to` reached, each (n, units)."""
        found = []
        for layer in self.shown.layers:
            x = layer.forward(x)
            found.append(x)
        return found

    def kernels(self) -> Floats:
        """Return the weights at that step, without biases, layer by layer."""
        return np.concatenate([layer.params["kernel"].ravel() for layer in self.shown.layers])

    def dead(self) -> list[int]:
        """Return the hidden units, counted through both layers, that are 0 at every point."""
        if not self.relu or not len(self.x):
            return []
        hidden = np.hstack(self.outputs(self.x)[:-1])
        return np.flatnonzero(hidden.max(axis=0) < 1e-9).tolist()


def blind(outputs: Floats) -> int:
    """Return at how many points all units of the last hidden layer, (n, units), are 0."""
    return int((np.abs(outputs).max(axis=1) < 1e-9).sum())


@functools.lru_cache(maxsize=4)
def training(setting: Setting, points: tuple[tuple[float, float, int], ...]) -> Training:
    """Return the training of this network on these points (x1, x2, class), begun or not."""
    x = np.array([point[:2] for point in points], float).reshape(-1, 2)
    return Training(setting, x, np.array([kind for _, _, kind in points], int))


def draws() -> Floats:
    """Return the numbers 0..1 from which each seed makes its first weights, (SEEDS, MOST).

    The browser cannot draw as NumPy does; so it is told. `initializers.glorot_uniform` stretches
    them to -limit..limit, one after the other, layer by layer.
    """
    return np.stack([np.random.default_rng(seed).random(MOST) for seed in range(SEEDS)])
