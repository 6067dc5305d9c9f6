"""What one reads while a network learns: accuracy, and who was taken for whom.

A metric takes ``(y_true, y_pred)`` and returns one float a sample, as in Keras; its mean is the
number that ``fit`` and ``evaluate`` show.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from nbhelpers.utils import choose


def binary_accuracy(y_true: ArrayLike, y_pred: ArrayLike, threshold: float = 0.5) -> np.ndarray:
    """Return the share of right answers in each row; "yes" is y_pred > threshold.

    Parameters
    ----------
    y_true, y_pred : arrays, shape (n, k)
        Zeros and ones; probabilities. Where k is 1, y_true may have shape (n,).

    Returns
    -------
    array of float, shape (n,)
    """
    y_pred = np.asarray(y_pred)
    # Labels (n,) against a column (n, 1) would silently become a table (n, n).
    y_true = np.asarray(y_true).reshape(y_pred.shape)
    return ((y_pred > threshold) == y_true).mean(axis=-1)


def categorical_accuracy(y_true: ArrayLike, y_pred: ArrayLike) -> np.ndarray:
    """Return 1.0 for each row whose largest prediction is where its one-hot target is.

    Parameters
    ----------
    y_true, y_pred : arrays, shape (n, classes)

    Returns
    -------
    array of float, shape (n,)

    Examples
    --------
    >>> categorical_accuracy([[0, 1], [0, 1]], [[0.2, 0.8], [0.6, 0.4]])
    array([1., 0.])
    """
    return sparse_categorical_accuracy(np.argmax(y_true, axis=-1), y_pred)


def sparse_categorical_accuracy(y_true: ArrayLike, y_pred: ArrayLike) -> np.ndarray:
    """Return 1.0 for each row whose largest prediction is at its label.

    Parameters
    ----------
    y_true : array of int, shape (n,) or (n, 1)
    y_pred : array, shape (n, classes)

    Returns
    -------
    array of float, shape (n,)
    """
    return (np.argmax(y_pred, axis=-1) == np.asarray(y_true).reshape(len(y_pred))).astype(float)


def accuracy(y_true: ArrayLike, y_pred: ArrayLike) -> np.ndarray:
    """Return the accuracy that fits the shapes, as Keras chooses it.

    One output unit: binary. Several, with labels: sparse categorical; with one-hot rows:
    categorical.
    """
    y_true, y_pred = np.asarray(y_true), np.asarray(y_pred)
    if y_pred.shape[-1] == 1:
        return binary_accuracy(y_true, y_pred)
    if y_true.ndim < y_pred.ndim or y_true.shape[-1] == 1:
        return sparse_categorical_accuracy(y_true, y_pred)
    return categorical_accuracy(y_true, y_pred)


def confusion_matrix(y_true: ArrayLike, y_pred: ArrayLike, classes: int) -> np.ndarray:
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

    Examples
    --------
    >>> confusion_matrix([0, 1, 1], [0, 1, 0], classes=2)
    array([[1, 0],
           [1, 1]])
    """
    y_true, y_pred = np.asarray(y_true), np.asarray(y_pred)
    if y_true.shape != y_pred.shape or y_true.ndim != 1:
        raise ValueError(
            "confusion_matrix: y_true and y_pred must both have shape (n,). "
            f"Received: {y_true.shape} and {y_pred.shape}"
        )
    pairs = np.bincount(y_true * classes + y_pred, minlength=classes**2)
    return pairs.reshape(classes, classes)


METRICS: dict[str, Callable[..., np.ndarray]] = {
    "accuracy": accuracy,
    "acc": accuracy,
    "binary_accuracy": binary_accuracy,
    "categorical_accuracy": categorical_accuracy,
    "sparse_categorical_accuracy": sparse_categorical_accuracy,
}


def get(metric: Any) -> tuple[str, Callable[..., np.ndarray]]:
    """Return the name under which a metric is shown, and the metric.

    Raises
    ------
    ValueError
        If there is none of that name; the message lists the names.
    """
    if callable(metric):
        return metric.__name__, metric
    return metric, choose("metrics", metric, METRICS)
