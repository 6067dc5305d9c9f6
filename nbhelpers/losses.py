"""How wrong a network is, as one number, and which way is downhill.

A loss class gives the mean over the batch when called, and ``gradient`` gives the derivative of
that mean with respect to the predictions. The function of the same name gives one value a sample.
Cross-entropy takes probabilities, or, with ``from_logits=True``, the numbers before sigmoid or
softmax: then log(softmax) is taken in one stable step, and the gradient is (p - y) / n.
"""

from typing import Any, ClassVar

import numpy as np
from numpy.typing import ArrayLike

from nbhelpers.activations import Activation, log_softmax, sigmoid, softmax
from nbhelpers.utils import choose

Array = np.ndarray
# Keras keeps probabilities this far from 0 and 1 before it takes their logarithm.
EPSILON = 1e-7


class Loss:
    """What all losses share: shapes are checked, and the mean is taken over the batch.

    Parameters
    ----------
    from_logits : bool
        Whether ``y_pred`` holds logits. Only the cross-entropies know them.
    """

    name: ClassVar[str]
    # The output activation that this loss can be fused with, if any.
    link: ClassVar[str | None] = None

    def __init__(self, from_logits: bool = False) -> None:
        if from_logits and self.link is None:
            raise ValueError(f"{self.name}: from_logits is for the cross-entropies. Received: True")
        self.from_logits = from_logits

    def __repr__(self) -> str:
        return f"{type(self).__name__}(from_logits={self.from_logits})"

    def __call__(self, y_true: ArrayLike, y_pred: ArrayLike) -> float:
        """Return the mean loss over the batch."""
        return float(np.mean(self.values(y_true, y_pred)))

    def values(self, y_true: ArrayLike, y_pred: ArrayLike) -> Array:
        """Return one loss a sample.

        Parameters
        ----------
        y_true : array, shape (n, k); labels: (n,) or (n, 1)
        y_pred : array of float, shape (n, k)

        Returns
        -------
        array, shape (n,), dtype of ``y_pred``

        Raises
        ------
        ValueError
            If the shapes do not fit.
        """
        return self._values(*self.match(y_true, y_pred))

    def gradient(self, y_true: ArrayLike, y_pred: ArrayLike) -> Array:
        """Return the derivative of the mean loss with respect to every prediction.

        Returns
        -------
        array, shape and dtype of ``y_pred``
        """
        y_true, y_pred = self.match(y_true, y_pred)
        return self._gradient(y_true, y_pred).reshape(y_pred.shape)

    def value_and_gradient(
        self, y_true: ArrayLike, y_pred: ArrayLike, p: Array | None = None
    ) -> tuple[float, Array]:
        """Return the mean loss and its gradient, as a training step wants them.

        Parameters
        ----------
        y_true, y_pred : arrays
            As in ``values``.
        p : array, optional
            Where ``y_pred`` holds logits: the probabilities that were made of them, if they are
            at hand. The gradient is then just (p - y) / n.
        """
        y_true, y_pred = self.match(y_true, y_pred)
        value = float(np.mean(self._values(y_true, y_pred)))
        if p is not None:
            return value, self._gradient_from(p, y_true)
        return value, self._gradient(y_true, y_pred).reshape(y_pred.shape)

    def match(self, y_true: ArrayLike, y_pred: ArrayLike) -> tuple[Array, Array]:
        """Return both as arrays of one shape and dtype; targets (n,) become (n, 1) where k is 1."""
        y_true, y_pred = np.asarray(y_true), np.asarray(y_pred)
        if y_pred.dtype.kind != "f":
            y_pred = y_pred.astype(np.float64)
        if (*y_true.shape, 1) == y_pred.shape:
            y_true = y_true[..., np.newaxis]
        if y_true.shape != y_pred.shape:
            raise ValueError(
                f"{self.name}: y_true must have the shape of y_pred, {y_pred.shape}. "
                f"Received: {y_true.shape}{self._advice(y_true)}"
            )
        return y_true.astype(y_pred.dtype, copy=False), y_pred

    def _advice(self, y_true: Array) -> str:
        return ""

    def _values(self, y_true: Array, y_pred: Array) -> Array:
        raise NotImplementedError

    def _gradient(self, y_true: Array, y_pred: Array) -> Array:
        raise NotImplementedError

    def _gradient_from(self, p: Array, y_true: Array) -> Array:
        raise NotImplementedError


class MeanSquaredError(Loss):
    """The mean of (y_pred - y_true)**2: the loss for regression.

    Examples
    --------
    >>> MeanSquaredError()([[1.0], [2.0]], [[1.0], [4.0]])
    2.0
    """

    name = "mean_squared_error"

    def _values(self, y_true: Array, y_pred: Array) -> Array:
        return np.square(y_pred - y_true).mean(axis=-1)

    def _gradient(self, y_true: Array, y_pred: Array) -> Array:
        return 2 * (y_pred - y_true) / y_pred.size


class BinaryCrossentropy(Loss):
    """-(y log p + (1 - y) log(1 - p)), for answers that are yes (1) or no (0).

    Examples
    --------
    >>> round(BinaryCrossentropy()([[1.0]], [[0.5]]), 4)
    0.6931
    """

    name = "binary_crossentropy"
    link = "sigmoid"

    def _values(self, y_true: Array, y_pred: Array) -> Array:
        if self.from_logits:
            z = y_pred
            values = np.maximum(z, 0) - z * y_true + np.log1p(np.exp(-np.abs(z)))
        else:
            p = np.clip(y_pred, EPSILON, 1 - EPSILON)
            values = -(y_true * np.log(p) + (1 - y_true) * np.log1p(-p))
        return values.mean(axis=-1)

    def _gradient(self, y_true: Array, y_pred: Array) -> Array:
        if self.from_logits:
            return self._gradient_from(sigmoid(y_pred), y_true)
        p = np.clip(y_pred, EPSILON, 1 - EPSILON)
        return np.where(p == y_pred, (p - y_true) / (p * (1 - p)), 0) / y_pred.size

    def _gradient_from(self, p: Array, y_true: Array) -> Array:
        return (p - y_true) / p.size


class CategoricalCrossentropy(Loss):
    """-sum(y log p), for one class of several, with one-hot targets.

    Probabilities that do not sum to 1 are divided by their sum first, as in Keras.

    Examples
    --------
    >>> round(CategoricalCrossentropy()([[0, 1]], [[0.5, 0.5]]), 4)
    0.6931
    >>> CategoricalCrossentropy(from_logits=True)([[0, 1]], [[0.0, -1000.0]])
    1000.0
    """

    name = "categorical_crossentropy"
    link = "softmax"

    def _values(self, y_true: Array, y_pred: Array) -> Array:
        if self.from_logits:
            return -(y_true * log_softmax(y_pred)).sum(axis=-1)
        p = y_pred / y_pred.sum(axis=-1, keepdims=True)
        return -(y_true * np.log(np.clip(p, EPSILON, 1 - EPSILON))).sum(axis=-1)

    def _gradient(self, y_true: Array, y_pred: Array) -> Array:
        if self.from_logits:
            return self._gradient_from(softmax(y_pred), y_true)
        total = y_pred.sum(axis=-1, keepdims=True)
        p = np.clip(y_pred / total, EPSILON, 1 - EPSILON)
        pull = np.where(p == y_pred / total, y_true / p, 0)
        return ((pull * p).sum(axis=-1, keepdims=True) - pull) / total / len(y_pred)

    def _gradient_from(self, p: Array, y_true: Array) -> Array:
        # The usual target sums to 1; in general the derivative is p * sum(y) - y.
        return (p * y_true.sum(axis=-1, keepdims=True) - y_true) / len(p)

    def _advice(self, y_true: Array) -> str:
        if y_true.size == len(y_true):
            return (
                ". For labels use sparse_categorical_crossentropy, or make them one-hot with"
                " utils.to_categorical"
            )
        return ""


class SparseCategoricalCrossentropy(CategoricalCrossentropy):
    """-log p[label]: categorical cross-entropy for labels 0..k-1 instead of one-hot rows.

    Examples
    --------
    >>> round(SparseCategoricalCrossentropy()([1], [[0.5, 0.5]]), 4)
    0.6931
    """

    name = "sparse_categorical_crossentropy"

    def match(self, y_true: ArrayLike, y_pred: ArrayLike) -> tuple[Array, Array]:
        """Return the labels as one-hot rows beside the predictions."""
        labels, y_pred = np.asarray(y_true), np.asarray(y_pred)
        n, classes = y_pred.shape
        if labels.shape not in ((n,), (n, 1)):
            raise ValueError(
                f"{self.name}: y_true must hold labels with shape ({n},) or ({n}, 1). "
                f"Received: {labels.shape}. For one-hot rows use categorical_crossentropy"
            )
        labels = labels.reshape(n, 1)
        if n and not (labels.min() >= 0 and labels.max() < classes):
            raise ValueError(
                f"{self.name}: labels must lie in 0..{classes - 1}. "
                f"Received labels from {labels.min()} to {labels.max()}"
            )
        return super().match(labels == np.arange(classes), y_pred)


def mean_squared_error(y_true: ArrayLike, y_pred: ArrayLike) -> Array:
    """Return the mean squared error of each sample, shape (n,)."""
    return MeanSquaredError().values(y_true, y_pred)


def binary_crossentropy(y_true: ArrayLike, y_pred: ArrayLike, from_logits: bool = False) -> Array:
    """Return the binary cross-entropy of each sample, shape (n,)."""
    return BinaryCrossentropy(from_logits).values(y_true, y_pred)


def categorical_crossentropy(
    y_true: ArrayLike, y_pred: ArrayLike, from_logits: bool = False
) -> Array:
    """Return the categorical cross-entropy of each sample, shape (n,)."""
    return CategoricalCrossentropy(from_logits).values(y_true, y_pred)


def sparse_categorical_crossentropy(
    y_true: ArrayLike, y_pred: ArrayLike, from_logits: bool = False
) -> Array:
    """Return the cross-entropy of each sample from its label, shape (n,)."""
    return SparseCategoricalCrossentropy(from_logits).values(y_true, y_pred)


LOSSES = {
    "mean_squared_error": MeanSquaredError,
    "mse": MeanSquaredError,
    "binary_crossentropy": BinaryCrossentropy,
    "categorical_crossentropy": CategoricalCrossentropy,
    "sparse_categorical_crossentropy": SparseCategoricalCrossentropy,
}


def get(loss: Any) -> Loss:
    """Return the loss of that name, class or function; a loss is returned as it is.

    Raises
    ------
    ValueError
        If there is none; the message lists the names.
    """
    if isinstance(loss, Loss):
        return loss
    if isinstance(loss, type) and issubclass(loss, Loss):
        return loss()
    return choose("loss", getattr(loss, "__name__", loss), LOSSES)()


def fuse(activation: Activation, loss: Loss) -> Loss | None:
    """Return the loss to take from the logits instead, where output activation and loss allow it.

    softmax followed by log loses everything below 1e-7, sigmoid likewise; taken together they
    lose nothing, and the gradient with respect to the logits is just (p - y) / n.

    Returns
    -------
    Loss or None
        None where the two do not belong together, or the model puts out logits already.
    """
    if loss.from_logits or loss.link != activation.name:
        return None
    return type(loss)(from_logits=True)
