"""Record how a network changes while it learns."""

import numpy as np
from numpy.typing import ArrayLike

from nbhelpers.callbacks.base import Callback, Logs
from nbhelpers.metrics import confusion_matrix
from nbhelpers.utils import count, numbers


class Snapshots(Callback):
    """Record how a network changes: before training, and after every epoch.

    Parameters
    ----------
    x, y : arrays
        Images to try the network on, shape (n, ...), and their labels or one-hot rows.
    units : int
        How many units of the first Dense layer to record.
    samples : int
        For how many of the images to record every probability.

    Attributes
    ----------
    epochs : list of int
        0 before training, k after epoch k.
    logs : list of dict
        The means of each epoch; empty before training.
    kernels : list of float32 arrays, shape (inputs, units)
    confusion : list of int arrays, shape (classes, classes)
    probabilities : list of float32 arrays, shape (samples, classes)
    """

    def __init__(self, x: ArrayLike, y: ArrayLike, units: int = 16, samples: int = 16) -> None:
        self.x, self.y = numbers("Snapshots", "x", x), numbers("Snapshots", "y", y)
        if not self.x.ndim or not self.y.ndim or len(self.x) != len(self.y):
            raise ValueError(
                "Snapshots: x and y must hold the same number of samples. "
                f"Received: shapes {self.x.shape} and {self.y.shape}"
            )
        self.units = count("Snapshots", "units", units)
        self.samples = count("Snapshots", "samples", samples)
        self.epochs: list[int] = []
        self.logs: list[Logs] = []
        self.kernels: list[np.ndarray] = []
        self.confusion: list[np.ndarray] = []
        self.probabilities: list[np.ndarray] = []

    def on_train_begin(self, logs: Logs | None = None) -> None:
        """Record the network that knows nothing yet."""
        if not self.epochs:
            self._record(0, {})

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        """Record the network."""
        self._record(epoch + 1, logs or {})

    def _record(self, epoch: int, logs: Logs) -> None:
        dense = next(layer for layer in self.model.layers if layer.params)
        y_pred = self.model.predict(self.x)
        labels = self.y.argmax(axis=-1) if self.y.ndim > 1 else self.y
        self.epochs.append(epoch)
        self.logs.append(dict(logs))
        self.kernels.append(dense.params["kernel"][:, : self.units].copy())
        classes = y_pred.shape[1]
        self.confusion.append(confusion_matrix(labels, y_pred.argmax(axis=-1), classes))
        self.probabilities.append(y_pred[: self.samples].copy())
