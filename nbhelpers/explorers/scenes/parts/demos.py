"""What explorers show that are given nothing: short trainings on the bundled digits, and images."""

import functools
from collections.abc import Callable, Sequence
from typing import cast

import numpy as np

from nbhelpers import optimizers
from nbhelpers.callbacks import Snapshots
from nbhelpers.datasets import digits
from nbhelpers.explorers.types import Array
from nbhelpers.layers import Dense
from nbhelpers.models import Sequential

RATES = (0.001, 0.01, 0.1, 1.0)
RACERS = ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam")
CLASSES: dict[str, Callable[[float], optimizers.Optimizer]] = {
    "sgd": optimizers.SGD,
    "adagrad": optimizers.Adagrad,
    "rmsprop": optimizers.RMSprop,
    "adam": optimizers.Adam,
}
Curves = dict[str, dict[float, list[float]]]


def optimizer_named(name: str, rate: float, momentum: float = 0.9) -> optimizers.Optimizer:
    """Return a new optimizer; "momentum" and "nesterov" are SGD with momentum.

    Examples
    --------
    >>> optimizer_named("nesterov", 0.1)
    SGD(learning_rate=0.1, momentum=0.9, nesterov=True)
    """
    if name in ("momentum", "nesterov"):
        return optimizers.SGD(rate, momentum, nesterov=name == "nesterov")
    return CLASSES[name](rate)


@functools.cache
def race(rates: Sequence[float] = RATES, updates: int = 60, batch_size: int = 64) -> Curves:
    """Train the same small network from the same start by six optimizers, on the bundled digits.

    Every third pixel of an image, 64 in all; 32 hidden units (relu), ten outputs. All see the same
    batches in the same order. A run stops where its loss is no number any more.

    Parameters
    ----------
    rates : tuple of float
        Learning rates.
    updates, batch_size : int

    Returns
    -------
    dict of str to dict of float to list of float
        ``race()["adam"][0.01]`` is the loss on 256 images before each update, and after the last.
    """
    (x, y), _ = digits.load_data()
    x = x[:, 3:27:3, 3:27:3].reshape(len(x), -1) / np.float32(255)
    order = np.random.default_rng(0).integers(len(x), size=(updates, batch_size))
    return {
        name: {rate: _run(optimizer_named(name, rate), x, y, order) for rate in rates}
        for name in RACERS
    }


def _run(optimizer: optimizers.Optimizer, x: Array, y: Array, order: Array) -> list[float]:
    """Return the losses of one run; all runs start at the same weights."""
    model = Sequential([Dense(32, "relu", input_shape=(64,)), Dense(10, "softmax")], seed=1)
    model.compile(optimizer, "sparse_categorical_crossentropy")
    model.build()
    optimizer.build([model.params])
    losses = []
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        for batch in [*order, None]:
            losses.append(cast(float, model.evaluate(x[:256], y[:256])))
            if batch is None or not np.isfinite(losses[-1]):
                break
            model.gradients(x[batch], y[batch])
            optimizer.step([model.params], [model.grads])
    return losses


@functools.cache
def short_training(epochs: int = 8) -> Snapshots:
    """Train 784-32-10 for some epochs, and return what ``Snapshots`` recorded.

    Parameters
    ----------
    epochs : int
    """
    (x_train, y_train), (x_test, y_test) = digits.load_data()
    x_train, x_test = (x.reshape(-1, 784) / np.float32(255) for x in (x_train, x_test))
    mixed = np.random.default_rng(0).permutation(len(x_test))
    watch = Snapshots(x_test[mixed], y_test[mixed])
    model = Sequential([Dense(32, "relu"), Dense(10, "softmax")], seed=0)
    model.compile("rmsprop", "sparse_categorical_crossentropy", "accuracy")
    model.fit(x_train, y_train, epochs=epochs, batch_size=64, verbose=0, callbacks=[watch])
    return watch


def sample_images(each: int = 2) -> tuple[Array, Array]:
    """Return the first bundled test images of each digit, (n, 28, 28) uint8, and their labels."""
    x, y = digits.load_data()[1]
    places = np.concatenate([np.flatnonzero(y == label)[:each] for label in range(10)])
    return x[places], y[places]
