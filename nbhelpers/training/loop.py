"""The training loop of ``Sequential``: forward, backward, one step downhill, batch after batch.

``models.Sequential`` is what one calls; here is what it does. Data have been checked before.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import DTypeLike

from nbhelpers import threads
from nbhelpers._types import Array, Logs, Metric, ModelLike
from nbhelpers.batching import Rows, batches, updates_per_epoch
from nbhelpers.callbacks import CallbackList
from nbhelpers.layers import Layer
from nbhelpers.losses import Loss
from nbhelpers.optimizers import Optimizer
from nbhelpers.training.checks import Samples
from nbhelpers.training.head import Head
from nbhelpers.training.interrupts import StopRequest
from nbhelpers.utils import say, shown

PREDICT_BATCH = 1000
TEST_BATCH = ("on_test_batch_begin", "on_test_batch_end")
PREDICT_BATCHES = ("on_predict_batch_begin", "on_predict_batch_end")


class Trainable(ModelLike, Protocol):
    """What a model is to the loop: its parts are the package's own."""

    @property
    def layers(self) -> Sequence[Layer]:
        """All layers, from the input to the output."""

    @property
    def loss(self) -> Loss | None:
        """The loss."""

    @property
    def optimizer(self) -> Optimizer | None:
        """The optimizer."""


def forward_backward(model: Trainable, x: Array, y: Array) -> tuple[float, Array]:
    """Fill all gradients for one batch; return loss and predictions. Weights are not changed.

    The gradient travels from the last layer to the first that has weights, and no further.
    """
    below = model.layers[:-1]
    first = next((k for k, layer in enumerate(model.layers) if layer.params), len(below))
    for layer in below:
        x = layer.forward(x, training=True)
    answer, grad = head(model).learn(x, y, input_gradient=first < len(below))
    for k in range(len(below) - 1, first - 1, -1):
        if grad is None:
            above = model.layers[k + 1].name
            raise ValueError(f"{above}: backward must return the gradient of its input")
        grad = below[k].backward(grad, input_gradient=k > first)
    return answer


def train_batch(model: Trainable, x: Array, y: Array) -> tuple[float, Array]:
    """Make one update: forward, backward, and one step downhill; return loss and predictions.

    Raises
    ------
    FloatingPointError
        If the loss is no number; then there is no step.
    """
    loss, y_pred = forward_backward(model, x, y)
    if not math.isfinite(loss):
        raise FloatingPointError(f"The loss became {loss}")
    if model.optimizer is not None:
        model.optimizer.step([model.params], [model.grads])
    return loss, y_pred


def head(model: Trainable) -> Head:
    """Return last layer and loss as one, as they are now.

    Raises
    ------
    RuntimeError
        If the model has no loss.
    """
    if model.loss is None:
        raise RuntimeError("Call compile(loss=...) before fit or evaluate")
    return Head(model.layers[-1], model.loss)


def start(model: Trainable) -> None:
    """Give the optimizer its memory, if it has none yet."""
    if model.optimizer is not None and not model.optimizer.memory:
        model.optimizer.build([model.params])


@threads.calm()
def fit(
    model: Trainable,
    data: Samples,
    validation: Samples | None,
    batch_size: int,
    epochs: range,
    watchers: CallbackList,
    shuffle: bool = True,
) -> None:
    """Train for a range of epochs, and tell the watchers about each.

    Parameters
    ----------
    model : Sequential
        Compiled and built.
    data, validation : (x, y, y as it came)
    batch_size : int
    epochs : range
        Numbers of the epochs, from 0.
    watchers : CallbackList
    shuffle : bool
    """
    samples, logs = len(data[0]), Logs()
    steps = updates_per_epoch(samples, batch_size)
    watchers.tell("on_train_begin", {})
    with StopRequest() as stop:
        for epoch in epochs:
            watchers.tell("on_epoch_begin", epoch, {})
            order = batches(samples, batch_size, model.rng if shuffle else None)
            logs, done = _train_epoch(model, data, order, batch_size, epoch, watchers, stop)
            if validation is not None and done:
                values = evaluate(model, validation, watchers, watched=batch_size)
                logs |= {"val_" + name: value for name, value in values.items()}
            if stop.requested:
                watchers.tell("on_stop", epoch, logs)
                say(
                    f"Stopped in epoch {epoch + 1} of {epochs.stop}, after batch {done} of {steps}."
                    " Weights and history are kept."
                )
                break
            watchers.tell("on_epoch_end", epoch, logs)
            if model.stop_training:
                break
    watchers.tell("on_train_end", logs)


def _train_epoch(
    model: Trainable,
    data: Samples,
    order: Iterable[Array | slice],
    batch_size: int,
    epoch: int,
    watchers: CallbackList,
    stop: StopRequest,
) -> tuple[Logs, int]:
    """Train on each batch; return the means over the samples, and the number of batches."""
    (x, y, given), means, done = data, RunningMeans(model.metrics), 0
    rows_of = Rows(x, batch_size, model.dtype)
    # Overflow shows in the loss, which is checked; NumPy's warning would only come before it.
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        for batch in order:
            watchers.tell("on_train_batch_begin", done, {})
            try:
                loss, y_pred = train_batch(model, rows_of(batch), y[batch])
            except FloatingPointError as error:
                raise FloatingPointError(_diverged(str(error), epoch, done, model, x)) from None
            means.add(loss, given[batch], y_pred)
            watchers.tell("on_train_batch_end", done, means.logs())
            done += 1
            if stop.requested or model.stop_training:
                break
    # The loss sees what a step has done only in the batch after it, and the last step has none.
    if not np.isfinite(model.params).all():
        raise FloatingPointError(_broken(epoch, done, model, x))
    return means.logs(), done


@threads.calm()
def evaluate(
    model: Trainable,
    data: Samples,
    watchers: CallbackList,
    batch_size: int | None = None,
    watched: int = 32,
) -> Logs:
    """Return the means of loss and metrics over the samples.

    Many samples at a time are faster; who watches each batch is shown batches of Keras's size.
    """
    (x, y, given), means = data, RunningMeans(model.metrics)
    size = batch_size or (watched if watchers.watch(*TEST_BATCH) else PREDICT_BATCH)
    watchers.tell("on_test_begin", {})
    for k, batch in enumerate(batches(len(x), size)):
        watchers.tell("on_test_batch_begin", k, {})
        below = forward(model.layers[:-1], gather(x, batch, model.dtype))
        loss, y_pred = head(model).evaluate(below, y[batch])
        means.add(loss, given[batch], y_pred)
        watchers.tell("on_test_batch_end", k, means.logs())
    watchers.tell("on_test_end", means.logs())
    return means.logs()


@threads.calm()
def predict(
    model: Trainable, x: Array, watchers: CallbackList, batch_size: int | None = None
) -> Array:
    """Return the output for each sample."""
    outputs = []
    size = batch_size or (32 if watchers.watch(*PREDICT_BATCHES) else PREDICT_BATCH)
    watchers.tell("on_predict_begin", {})
    for k, batch in enumerate(batches(len(x), size)):
        watchers.tell("on_predict_batch_begin", k, {})
        outputs.append(forward(model.layers, gather(x, batch, model.dtype)))
        watchers.tell("on_predict_batch_end", k, {"outputs": outputs[-1]})
    watchers.tell("on_predict_end", {})
    if not outputs:
        shape: tuple[Any, ...] = model.output_shape or ()
        return np.empty((0, *shape[1:]), model.dtype)
    return np.concatenate(outputs)


def forward(layers: Iterable[Layer], x: Array) -> Array:
    """Return what comes out of these layers, one after the other."""
    for layer in layers:
        x = layer.forward(x)
    return x


def gather(x: Array, batch: Array | slice, dtype: DTypeLike) -> Array:
    """Return the rows of one batch in the model's dtype."""
    with np.errstate(over="ignore"):  # what is too large for float32 becomes infinite
        # In one order, whatever the order in x: older NumPys multiply others by another path.
        return np.ascontiguousarray(x[batch], dtype)


class RunningMeans:
    """Means over samples of what comes batch by batch, so that a short last batch counts right."""

    def __init__(self, metrics: Mapping[str, Metric]) -> None:
        self.metrics = dict(metrics)
        self.totals, self.samples = [0.0] * (1 + len(self.metrics)), 0

    def add(self, loss: float, y_true: Array, y_pred: Array) -> None:
        """Add the means of one batch."""
        n = len(y_pred)
        scores = [_score(name, metric, y_true, y_pred) for name, metric in self.metrics.items()]
        self.samples += n
        self.totals = [t + v * n for t, v in zip(self.totals, [loss, *scores], strict=True)]

    def logs(self) -> Logs:
        """Return the means by name; nothing before the first batch."""
        if not self.samples:
            return {}
        names = ("loss", *self.metrics)
        return {n: t / self.samples for n, t in zip(names, self.totals, strict=True)}


def _score(name: str, metric: Metric, y_true: Array, y_pred: Array) -> float:
    """Return the mean of a metric, which may be one number, or one for each sample."""
    values = np.asarray(metric(y_true, y_pred))
    if values.dtype.kind not in "biuf" or (values.ndim and len(values) != len(y_pred)):
        raise ValueError(
            f"{name}: a metric must return one number, or one for each of {len(y_pred)} samples. "
            f"Received: {shown(values if values.ndim else values[()])}"
        )
    return float(values.mean())


def _diverged(what: str, epoch: int, batch: int, model: Trainable, x: Array) -> str:
    """Say where the loss stopped being a number, and what may have caused it."""
    return (
        f"{what} in epoch {epoch + 1}, batch {batch + 1}; training stopped before "
        f"that batch's step. {_causes(model, x)}."
    )


def _broken(epoch: int, batches_done: int, model: Trainable, x: Array) -> str:
    """Say that a step has left weights that are no numbers, and what may have caused it."""
    return (
        f"The weights became infinite or nan in epoch {epoch + 1}, by the step of batch "
        f"{batches_done} or one before it. {_causes(model, x)}."
    )


def _causes(model: Trainable, x: Array) -> str:
    sample = np.abs(np.asarray(x[:1000], dtype=np.float64))
    inputs = f"the largest |x| seen is {sample.max():.4g}; numbers near 0..1 train well"
    if not np.isfinite(sample).all():
        inputs = "x itself holds nan or infinity"
    rate = 0.0 if model.optimizer is None else model.optimizer.learning_rate
    return (
        f"Likely causes: the learning rate, {rate:g}, is too high; inputs that are not scaled "
        f"({inputs})"
    )
