"""Watchers of training: history, progress, live curves, checkpoints, snapshots, early stopping.

A callback overrides the moments that it cares about. ``logs`` holds the means so far: ``loss``,
each metric, and at the end of an epoch their ``val_`` twins. Epochs and batches count from 0.
"""

import time
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from nbhelpers.callbacks.live_plot import curves_svg
from nbhelpers.metrics import confusion_matrix
from nbhelpers.utils import say

Logs = dict[str, float]


class Callback:
    """What all callbacks share: the model, and moments at which nothing happens."""

    model: Any
    params: dict[str, int]

    def set_model(self, model: Any, params: dict[str, int]) -> None:
        """Learn which model is trained; ``params`` holds epochs, steps (batches in an epoch)."""
        self.model, self.params = model, params

    def on_train_begin(self) -> None:
        """Before the first epoch."""

    def on_train_end(self) -> None:
        """After the last epoch, or after a stop."""

    def on_epoch_begin(self, epoch: int) -> None:
        """Before an epoch."""

    def on_epoch_end(self, epoch: int, logs: Logs) -> None:
        """After a whole epoch."""

    def on_train_batch_end(self, batch: int, logs: Logs) -> None:
        """After an update."""

    def on_stop(self, epoch: int, logs: Logs) -> None:
        """When training was stopped within an epoch; no ``on_epoch_end`` follows."""


class CallbackList:
    """Several callbacks that are told the same."""

    def __init__(self, callbacks: list[Callback]) -> None:
        self.callbacks = callbacks

    def tell(self, moment: str, *what: Any) -> None:
        """Call the method of that name on each: ``tell("on_epoch_end", 0, {"loss": 0.3})``."""
        for callback in self.callbacks:
            getattr(callback, moment)(*what)


class History(Callback):
    """What ``fit`` returns: one value an epoch for the loss and each metric.

    Attributes
    ----------
    epoch : list of int
        Numbers of the epochs, from 0.
    history : dict of str to list of float
        Lists as long as ``epoch``.
    """

    def __init__(self) -> None:
        self.epoch: list[int] = []
        self.history: dict[str, list[float]] = {}

    def on_epoch_end(self, epoch: int, logs: Logs) -> None:
        """Keep the means of the epoch."""
        self.epoch.append(epoch)
        for name, value in logs.items():
            self.history.setdefault(name, []).append(value)

    def on_stop(self, epoch: int, logs: Logs) -> None:
        """Keep the means of the part that was trained, if any was."""
        if logs:
            self.on_epoch_end(epoch, logs)

    def __repr__(self) -> str:
        return f"History({len(self.epoch)} epochs: {', '.join(self.history)})"


class ProgressBar(Callback):
    """One bar an epoch, with the means so far; in a notebook as a widget, else as text."""

    seconds = 0.1  # between two looks at the bar: training is faster than eyes are

    def on_epoch_begin(self, epoch: int) -> None:
        """Start a bar."""
        from tqdm.auto import tqdm  # loaded late: it is slow to import, and often not wanted

        self.bar = tqdm(
            total=self.params["steps"],
            desc=f"Epoch {epoch + 1}/{self.params['epochs']}",
            mininterval=0,
        )
        self._shown = time.perf_counter()

    def on_train_batch_end(self, batch: int, logs: Logs) -> None:
        """Move the bar, if the last move is long enough ago."""
        now = time.perf_counter()
        if now - self._shown >= self.seconds:
            self._shown = now
            self._show(batch + 1, logs)

    def on_epoch_end(self, epoch: int, logs: Logs) -> None:
        """Finish the bar."""
        self._show(self.params["steps"], logs)
        self.bar.close()

    def on_stop(self, epoch: int, logs: Logs) -> None:
        """Leave the bar as it stands."""
        self.bar.close()

    def _show(self, batches: int, logs: Logs) -> None:
        self.bar.set_postfix_str(_words(logs), refresh=False)
        self.bar.update(batches - self.bar.n)


class EpochLines(Callback):
    """One plain line an epoch, for logs."""

    def on_epoch_begin(self, epoch: int) -> None:
        """Look at the clock."""
        self._start = time.perf_counter()

    def on_epoch_end(self, epoch: int, logs: Logs) -> None:
        """Show the line."""
        seconds = time.perf_counter() - self._start
        say(f"Epoch {epoch + 1}/{self.params['epochs']} - {seconds:.1f} s - {_words(logs)}")


def progress(verbose: str | int) -> list[Callback]:
    """Return the callback for Keras's ``verbose``: "auto" or 1 a bar, 2 lines, 0 nothing.

    Raises
    ------
    ValueError
        If it is something else.
    """
    choices = {"auto": [ProgressBar], 1: [ProgressBar], 2: [EpochLines], 0: []}
    if verbose not in choices:
        raise ValueError(f'fit: verbose must be "auto", 0, 1 or 2. Received: {verbose!r}')
    return [make() for make in choices[verbose]]


def _words(logs: Logs) -> str:
    return ", ".join(f"{name}: {value:.4f}" for name, value in logs.items())


class LivePlot(Callback):
    """Curves of loss and metrics that grow while the network learns, in a notebook.

    Each dot is a mean over the latest twentieth of an epoch, so that the curve shows the network
    as it is now; the progress bar shows the mean of the whole epoch. Validation is dashed.
    """

    points = 20  # an epoch

    def on_train_begin(self) -> None:
        """Put empty axes on the screen."""
        import ipywidgets  # loaded late, and only where there is something to show it on
        from IPython.display import display

        self.curves: dict[str, list[tuple[float, float]]] = {}
        self._view = ipywidgets.HTML()
        display(self._view)

    def on_epoch_begin(self, epoch: int) -> None:
        """Start the first twentieth."""
        self._epoch, self._from, self._sums = epoch, 0, {}

    def on_train_batch_end(self, batch: int, logs: Logs) -> None:
        """Add a dot at the end of each twentieth."""
        done, steps = batch + 1, self.params["steps"]
        if done < steps and done % max(1, steps // self.points):
            return
        # logs are means since the epoch began: the difference of two sums is the latest part.
        sums = {name: mean * done for name, mean in logs.items()}
        for name, total in sums.items():
            latest = (total - self._sums.get(name, 0.0)) / (done - self._from)
            self._add(name, self._epoch + done / steps, latest)
        self._from, self._sums = done, sums
        self._draw()

    def on_epoch_end(self, epoch: int, logs: Logs) -> None:
        """Add what was evaluated after the epoch."""
        for name, value in logs.items():
            if name.startswith("val_"):
                self._add(name, epoch + 1, value)
        self._draw()

    def _add(self, name: str, epoch: float, value: float) -> None:
        self.curves.setdefault(name, []).append((epoch, value))

    def _draw(self) -> None:
        self._view.value = curves_svg(self.curves, self.params["epochs"])


class ModelCheckpoint(Callback):
    """Save the model after every epoch; the file is always a whole one.

    ``load_model(filepath)``, then ``fit(..., initial_epoch=...)``, goes on as if nothing had
    happened, bit for bit.

    Parameters
    ----------
    filepath : str or Path
        May hold ``{epoch}``, the number of the epoch from 1, to keep every one.
    """

    def __init__(self, filepath: str | Path) -> None:
        self.filepath = str(filepath)

    def on_epoch_end(self, epoch: int, logs: Logs) -> None:
        """Save."""
        self.model.save(self.filepath.format(epoch=epoch + 1))


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
        self.x, self.y = np.asarray(x), np.asarray(y)
        self.units, self.samples = units, samples
        self.epochs: list[int] = []
        self.logs: list[Logs] = []
        self.kernels: list[np.ndarray] = []
        self.confusion: list[np.ndarray] = []
        self.probabilities: list[np.ndarray] = []

    def on_train_begin(self) -> None:
        """Record the network that knows nothing yet."""
        if not self.epochs:
            self._record(0, {})

    def on_epoch_end(self, epoch: int, logs: Logs) -> None:
        """Record the network."""
        self._record(epoch + 1, logs)

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


class EarlyStopping(Callback):
    """Stop when a value has not become smaller for some epochs.

    Parameters
    ----------
    monitor : str
        A name in ``logs`` that should fall, such as ``"val_loss"``.
    patience : int
        How many epochs without a new least value to bear.
    """

    def __init__(self, monitor: str = "val_loss", patience: int = 0) -> None:
        self.monitor, self.patience = monitor, patience

    def on_train_begin(self) -> None:
        """Forget earlier trainings."""
        self._best, self._waited = float("inf"), 0

    def on_epoch_end(self, epoch: int, logs: Logs) -> None:
        """Count the epochs since the least value."""
        if self.monitor not in logs:
            raise ValueError(
                f"EarlyStopping: monitor must be one of {', '.join(logs)}. "
                f"Received: {self.monitor!r}"
            )
        if logs[self.monitor] < self._best:
            self._best, self._waited = logs[self.monitor], 0
            return
        self._waited += 1
        self.model.stop_training = self._waited > self.patience
