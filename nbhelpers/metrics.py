"""What one reads while a network learns: accuracy, errors, and who was taken for whom.

A metric takes ``(y_true, y_pred)`` and returns one float a sample, as in Keras; its mean is the
number that ``fit`` and ``evaluate`` show. A prediction that is no number (nan) is never right.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from nbhelpers import _out
from nbhelpers._types import Array, Shape
from nbhelpers._types import Metric as _Metric
from nbhelpers.utils import choose, count, floats, labels, number, numbers, shown


def binary_accuracy(y_true: ArrayLike, y_pred: ArrayLike, threshold: float = 0.5) -> Array:
    """Return the share of right answers in each row; "yes" is y_pred > threshold.

    Parameters
    ----------
    y_true, y_pred : arrays, shape (n, k)
        Zeros and ones; probabilities. Where k is 1, y_true may have shape (n,).
    threshold : float

    Returns
    -------
    array of float, shape (n,)

    Raises
    ------
    ValueError
        If the shapes do not fit.
    """
    y_true, y_pred = pair("binary_accuracy", y_true, y_pred)
    yes = y_pred > number("binary_accuracy", "threshold", threshold)
    right = (yes == y_true) & ~np.isnan(y_pred)
    return np.asarray(right.mean(axis=-1))


def categorical_accuracy(y_true: ArrayLike, y_pred: ArrayLike) -> Array:
    """Return 1.0 for each row whose largest prediction is where its one-hot target is.

    Parameters
    ----------
    y_true, y_pred : arrays, shape (n, classes)

    Returns
    -------
    array of float, shape (n,)

    Raises
    ------
    ValueError
        If the shapes do not fit.

    Examples
    --------
    >>> categorical_accuracy([[0, 1], [0, 1]], [[0.2, 0.8], [0.6, 0.4]])
    array([1., 0.])
    """
    y_true, y_pred = pair("categorical_accuracy", y_true, rows("categorical_accuracy", y_pred))
    return _taken_right(np.argmax(y_true, axis=-1), y_pred) * ~np.isnan(y_true).any(axis=-1)


def sparse_categorical_accuracy(y_true: ArrayLike, y_pred: ArrayLike) -> Array:
    """Return 1.0 for each row whose largest prediction is at its label.

    Parameters
    ----------
    y_true : array of int, shape (n,) or (n, 1)
    y_pred : array, shape (n, classes)

    Returns
    -------
    array of float, shape (n,)

    Raises
    ------
    ValueError
        If the shapes do not fit, or a label is no class.
    """
    y_pred = rows("sparse_categorical_accuracy", y_pred)
    y_true = label_column("sparse_categorical_accuracy", y_true, *y_pred.shape)
    return _taken_right(y_true[:, 0], y_pred)


def accuracy(y_true: ArrayLike, y_pred: ArrayLike) -> Array:
    """Return the accuracy that fits the shapes, as Keras chooses it.

    One output unit: binary. Several, with labels: sparse categorical; with one-hot rows:
    categorical.
    """
    y_true, y_pred = numbers("accuracy", "y_true", y_true), rows("accuracy", y_pred)
    if y_pred.shape[-1] == 1:
        return binary_accuracy(y_true, y_pred)
    if y_true.ndim < y_pred.ndim or y_true.shape[-1] == 1:
        return sparse_categorical_accuracy(y_true, y_pred)
    return categorical_accuracy(y_true, y_pred)


def mean_squared_error(y_true: ArrayLike, y_pred: ArrayLike) -> Array:
    """Return the mean of (y_pred - y_true)**2 over each row, shape (n,).

    Examples
    --------
    >>> mean_squared_error([[1.0], [2.0]], [[1.0], [4.0]])
    array([0., 4.])
    """
    y_true, y_pred = pair("mean_squared_error", y_true, y_pred)
    return np.asarray(np.square(y_pred - y_true).mean(axis=-1))


def mean_absolute_error(y_true: ArrayLike, y_pred: ArrayLike) -> Array:
    """Return the mean of abs(y_pred - y_true) over each row, shape (n,).

    Examples
    --------
    >>> mean_absolute_error([[1.0], [2.0]], [[1.0], [4.0]])
    array([0., 2.])
    """
    y_true, y_pred = pair("mean_absolute_error", y_true, y_pred)
    return np.asarray(np.abs(y_pred - y_true).mean(axis=-1))


def confusion_matrix(y_true: ArrayLike, y_pred: ArrayLike, classes: int) -> Array:
    """Count how often each class was taken for each.

    Parameters
    ----------
    y_true, y_pred : arrays of int, shape (n,)
        Labels in 0..classes - 1.
    classes : int

    Returns
    -------
    array of int, shape (classes, classes)
        Row: true class; column: predicted class. The diagonal was right; the sum is n.

    Raises
    ------
    ValueError
        If the shapes do not fit, or a label is out of range.

    Examples
    --------
    >>> confusion_matrix([0, 1, 1], [0, 1, 0], classes=2)
    array([[1, 0],
           [1, 1]])
    """
    classes = count("confusion_matrix", "classes", classes)
    # In int64, for in bytes 25 * 26 + 25 would begin again at 0.
    y_true = labels("confusion_matrix", "y_true", y_true, classes)
    y_pred = labels("confusion_matrix", "y_pred", y_pred, classes)
    if y_true.shape != y_pred.shape or y_true.ndim != 1:
        raise ValueError(
            "confusion_matrix: y_true and y_pred must both have shape (n,). "
            f"Received: {y_true.shape} and {y_pred.shape}"
        )
    pairs = np.bincount(y_true * classes + y_pred, minlength=classes**2)
    return pairs.reshape(classes, classes)


# What targets and predictions must be ----------------------------------------------------------


def pair(where: str, y_true: ArrayLike, y_pred: ArrayLike) -> tuple[Array, Array]:
    """Return both as arrays of one shape and one dtype of floats; nothing is broadcast.

    Targets (n,) become (n, 1) where the predictions are: else they would become a table (n, n).

    Raises
    ------
    ValueError
        If the shapes do not fit.
    """
    y_true, y_pred = numbers(where, "y_true", y_true), floats(where, "y_pred", y_pred)
    if not y_pred.ndim:
        raise ValueError(f"{where}: y_pred must have shape (n, k). Received: {shown(y_pred)}")
    if (*y_true.shape, 1) == y_pred.shape:
        y_true = y_true[..., np.newaxis]
    if y_true.shape != y_pred.shape:
        raise ValueError(
            f"{where}: y_true must have the shape of y_pred, {y_pred.shape}. "
            f"Received: {y_true.shape}"
        )
    return y_true.astype(y_pred.dtype, copy=False), y_pred


def rows(where: str, y_pred: ArrayLike) -> Array:
    """Return predictions as an array of floats, which must have shape (n, k).

    Raises
    ------
    ValueError
        If they have another shape.
    """
    array = floats(where, "y_pred", y_pred)
    if array.ndim != 2 or not array.shape[1]:
        raise ValueError(f"{where}: y_pred must have shape (n, k). Received: {array.shape}")
    return array


def label_column(where: str, y_true: ArrayLike, n: int, classes: int) -> Array:
    """Return n labels in 0..classes - 1 as int64, shape (n, 1).

    Raises
    ------
    ValueError
        If they have another shape than (n,) or (n, 1), or one is no class.
    """
    array = numbers(where, "y_true", y_true)
    if array.shape not in ((n,), (n, 1)):
        raise ValueError(
            f"{where}: y_true must hold labels with shape ({n},) or ({n}, 1). "
            f"Received: {array.shape}. For one-hot rows use {where.removeprefix('sparse_')}"
        )
    return labels(where, "y_true", array.reshape(n, 1), classes)


def _taken_right(label: Array, y_pred: Array) -> Array:
    """Return 1.0 where the largest prediction is at the label, and nothing in the row is nan."""
    right = y_pred.argmax(axis=-1) == label
    if np.isnan(y_pred.min(initial=0)):  # the least of numbers is nan if one of them is
        right &= ~np.isnan(y_pred).any(axis=-1)
    return np.asarray(right, float)


METRICS: dict[str, _Metric] = {
    "accuracy": accuracy,
    "acc": accuracy,
    "binary_accuracy": binary_accuracy,
    "categorical_accuracy": categorical_accuracy,
    "sparse_categorical_accuracy": sparse_categorical_accuracy,
    "mean_squared_error": mean_squared_error,
    "mse": mean_squared_error,
    "mean_absolute_error": mean_absolute_error,
    "mae": mean_absolute_error,
}


def get(metric: Any) -> tuple[str, _Metric]:
    """Return the name under which a metric is shown, and the metric.

    A function of your own takes ``(y_true, y_pred)``, and is shown under its own name.

    Raises
    ------
    ValueError
        If there is none of that name; the message lists the names.
    """
    if callable(metric) and not isinstance(metric, type):
        return getattr(metric, "__name__", type(metric).__name__), metric
    return metric, choose("metrics", metric, METRICS)


def named(wanted: Any) -> dict[str, _Metric]:
    """Return metrics, one or a list of them, by the name under which each is shown.

    Raises
    ------
    ValueError
        If two would be shown under one name, or one under a name that the logs need.
    """
    several = wanted if isinstance(wanted, list | tuple) else [wanted]
    found: dict[str, _Metric] = {}
    for name, metric in map(get, [] if wanted is None else several):
        if name in found or name == "loss" or name.startswith("val_"):
            raise ValueError(
                f"metrics: each must have a name of its own, not loss or val_. Received: {name!r}"
                + (" twice" if name in found else "")
            )
        found[name] = metric
    return found


def try_out(metrics: Mapping[str, _Metric], y_true: Array, units: Shape) -> None:
    """Let each metric of this module look at one target, before there is any prediction.

    Raises
    ------
    ValueError
        If it cannot take such targets.
    """
    for metric in metrics.values():
        if any(metric is ours for ours in METRICS.values()):
            metric(y_true[:1], np.zeros((1, *units)))


__getattr__ = _out.missing(__name__)
