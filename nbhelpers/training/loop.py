"""The training loop of ``Sequential``: forward, backward, one step downhill, batch after batch.

``models.Sequential`` is what one calls; here is what it does. A *model* is anything with
``layers``, ``loss``, ``metrics``, ``optimizer``, ``params``, ``grads``, ``dtype`` and ``rng``.
"""

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from nbhelpers import callbacks, losses
from nbhelpers.batching import Rows, batches, updates_per_epoch
from nbhelpers.training.interrupts import StopRequest
from nbhelpers.utils import say, whole

Array = np.ndarray
Data = tuple[Array, Array]
PREDICT_BATCH = 1000
TEST_BATCH = ("on_test_batch_begin", "on_test_batch_end")
PREDICT_BATCHES = ("on_predict_batch_begin", "on_predict_batch_end")


def fit(
    model: Any,
    data: Data,
    validation: Data | None,
    batch_size: int,
    epochs: range,
    watchers: callbacks.CallbackList,
    shuffle: bool = True,
) -> None:
    """Train for a range of epochs, and tell the watchers about each.

    Parameters
    ----------
    model : Sequential
        Compiled and built.
    data, validation : (x, y)
    batch_size : int
    epochs : range
        Numbers of the epochs, from 0.
    watchers : CallbackList
    shuffle : bool
    """
    samples = len(data[0])
    steps = updates_per_epoch(samples, batch_size)
    logs: dict[str, float] = {}
    watchers.tell("on_train_begin", {})
    with StopRequest() as stop:
        for epoch in epochs:
            watchers.tell("on_epoch_begin", epoch, {})
            order = batches(samples, batch_size, model.rng if shuffle else None)
            logs, done = _train_epoch(model, data, order, batch_size, epoch, watchers, stop)
            if validation is not None and done:
                values = evaluate(model, *validation, watchers, watched=batch_size)
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
    model: Any,
    data: Data,
    order: Iterable[Array | slice],
    batch_size: int,
    epoch: int,
    watchers: callbacks.CallbackList,
    stop: StopRequest,
) -> tuple[dict[str, float], int]:
    """Train on each batch; return the means over the samples, and the number of batches."""
    (x, y), means, done = data, RunningMeans(model), 0
    rows_of = Rows(x, batch_size, model.dtype)
    # Overflow shows in the loss, which is checked; NumPy's warning would only come before it.
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        for batch in order:
            rows = rows_of(batch)
            watchers.tell("on_train_batch_begin", done, {})
            values = forward_backward(model, rows, y[batch])
            if not math.isfinite(values[0]):
                raise FloatingPointError(_diverged(values[0], epoch, done, model, x))
            model.optimizer.step([model.params], [model.grads])
            means.add(values, len(rows))
            watchers.tell("on_train_batch_end", done, means.logs())
            done += 1
            if stop.requested or model.stop_training:
                break
    return means.logs(), done


def forward_backward(model: Any, x: Array, y: Array) -> list[float]:
    """Fill all gradients for one batch; return loss and metrics. Weights are not changed.

    The gradient travels from the last layer to the first that has weights, and no further.
    """
    loss, fused = criterion(model)
    output, y_pred = forward(model, x, fused, training=True)
    value, grad = loss.value_and_gradient(y, output, p=y_pred if fused else None)
    first = next((k for k, layer in enumerate(model.layers) if layer.params), 0)
    for k in range(len(model.layers) - 1, first - 1, -1):
        layer = model.layers[k]
        if fused and layer is model.layers[-1]:
            grad = layer.backward_pre_activation(grad, input_gradient=k > first)
        else:
            grad = layer.backward(grad, input_gradient=k > first)
    return [value, *_scores(model, y, y_pred)]


def evaluate(
    model: Any,
    x: Array,
    y: Array,
    watchers: callbacks.CallbackList,
    batch_size: int | None = None,
    watched: int = 32,
) -> dict[str, float]:
    """Return the means of loss and metrics over the samples.

    Many samples at a time are faster; who watches each batch is shown batches of Keras's size.
    """
    loss, fused = criterion(model)
    means = RunningMeans(model)
    size = batch_size or (watched if watchers.watch(*TEST_BATCH) else PREDICT_BATCH)
    watchers.tell("on_test_begin", {})
    for k, batch in enumerate(batches(len(x), size)):
        watchers.tell("on_test_batch_begin", k, {})
        output, y_pred = forward(model, gather(x, batch, model.dtype), fused)
        values = [loss(y[batch], output), *_scores(model, y[batch], y_pred)]
        means.add(values, len(y_pred))
        watchers.tell("on_test_batch_end", k, means.logs())
    watchers.tell("on_test_end", means.logs())
    return means.logs()


def predict(
    model: Any, x: Array, watchers: callbacks.CallbackList, batch_size: int | None = None
) -> Array:
    """Return the output for each sample."""
    outputs = []
    size = batch_size or (32 if watchers.watch(*PREDICT_BATCHES) else PREDICT_BATCH)
    watchers.tell("on_predict_begin", {})
    for k, batch in enumerate(batches(len(x), size)):
        watchers.tell("on_predict_batch_begin", k, {})
        outputs.append(forward(model, gather(x, batch, model.dtype), fused=False)[1])
        watchers.tell("on_predict_batch_end", k, {"outputs": outputs[-1]})
    watchers.tell("on_predict_end", {})
    return np.concatenate(outputs) if outputs else np.empty((0, *model.output_shape), model.dtype)


def forward(model: Any, x: Array, fused: bool, training: bool = False) -> Data:
    """Return what the loss is taken from (the logits if fused), and the predictions."""
    *below, last = model.layers
    for layer in below:
        x = layer.forward(x, training)
    if not fused:
        y_pred = last.forward(x, training)
        return y_pred, y_pred
    logits = last.pre_activation(x, training)
    return logits, last.activation.forward(logits)


def criterion(model: Any) -> tuple[losses.Loss, bool]:
    """Return the loss in use, and whether it is fused with the output activation.

    Raises
    ------
    RuntimeError
        If the model has no loss.
    """
    if model.loss is None:
        raise RuntimeError("Call compile(loss=...) before fit or evaluate")
    return model.fused_loss or model.loss, model.fused_loss is not None


def gather(x: Array, batch: Array | slice, dtype: DTypeLike) -> Array:
    """Return the rows of one batch in the model's dtype."""
    return x[batch].astype(dtype, copy=False)


class RunningMeans:
    """Means over samples of what comes batch by batch, so that a short last batch counts right."""

    def __init__(self, model: Any) -> None:
        self.names = ("loss", *model.metrics)
        self.totals, self.samples = [0.0] * len(self.names), 0

    def add(self, values: list[float], samples: int) -> None:
        """Add the means of one batch."""
        self.samples += samples
        self.totals = [t + v * samples for t, v in zip(self.totals, values, strict=True)]

    def logs(self) -> dict[str, float]:
        """Return the means by name; nothing before the first batch."""
        if not self.samples:
            return {}
        return {n: t / self.samples for n, t in zip(self.names, self.totals, strict=True)}


def _scores(model: Any, y: Array, y_pred: Array) -> list[float]:
    return [float(metric(y, y_pred).mean()) for metric in model.metrics.values()]


def _diverged(loss: float, epoch: int, batch: int, model: Any, x: Array) -> str:
    """Say where the loss stopped being a number, and what may have caused it."""
    sample = np.abs(np.asarray(x[:1000], dtype=np.float64))
    inputs = f"the largest |x| seen is {sample.max():.4g}; numbers near 0..1 train well"
    if not np.isfinite(sample).all():
        inputs = "x itself holds nan or infinity"
    return (
        f"The loss became {loss} in epoch {epoch + 1}, batch {batch + 1}; training stopped before "
        f"that batch's step. Likely causes: the learning rate, {model.optimizer.learning_rate:g}, "
        f"is too high; inputs that are not scaled ({inputs}); nan in the targets."
    )


def arrays(where: str, model: Any, x: ArrayLike, y: ArrayLike) -> Data:
    """Return x and y as arrays that fit the model, or say what does not fit.

    Raises
    ------
    ValueError
        If the numbers of samples differ, there are none, or a sample's shape does not fit.
    """
    x, y = inputs(where, model, x), np.asarray(y)
    if y.ndim == 0 or len(x) != len(y):
        raise ValueError(
            f"{where}: x and y must hold the same number of samples. "
            f"Received: x of shape {x.shape}, y of shape {y.shape}"
        )
    if not len(x):
        raise ValueError(f"{where}: x must hold at least one sample. Received: {x.shape}")
    return x, y


def inputs(where: str, model: Any, x: ArrayLike) -> Array:
    """Return x as an array of samples, and build the model if this is the first that it sees."""
    x = np.asarray(x)
    if x.dtype.kind not in "biuf":
        raise ValueError(f"{where}: x must hold numbers. Received: dtype {x.dtype}")
    if x.ndim == 1:
        x = x[:, np.newaxis]
    if not model.built:
        model.build(None if model.input_shape else x.shape)
    return x


def split(x: Array, y: Array, share: float) -> tuple[Data, Data]:
    """Cut the last share of the samples off for validation.

    Raises
    ------
    ValueError
        If one of the two would be empty.
    """
    at = math.floor(len(x) * (1 - share)) if 0 < share < 1 else 0
    if not 0 < at < len(x):
        raise ValueError(
            "fit: validation_split must leave samples on both sides. "
            f"Received: {share!r} for {len(x)} samples"
        )
    return (x[:at], y[:at]), (x[at:], y[at:])


def watchers_of(
    where: str, given: Any, model: Any, verbose: str | int, samples: int, batch_size: int | None
) -> callbacks.CallbackList:
    """Return the list of the callbacks of an evaluation or a prediction."""
    steps = updates_per_epoch(samples, batch_size_or(32, batch_size))
    params = {"verbose": verbose, "epochs": 1, "steps": steps}
    return callbacks.CallbackList(callbacks.checked(where, given), model, params)


def batch_size_or(default: int, batch_size: int | None) -> int:
    """Return the batch size, or Keras's default where none is given."""
    return default if batch_size is None else whole("fit", "batch_size", batch_size)
