"""How wrong a network is, as one number, and which way is downhill.

A loss class gives the mean over the batch when called, and ``gradient`` gives the derivative of
that mean with respect to the predictions. The function of the same name gives one value a sample.
Cross-entropy takes probabilities, or, with ``from_logits=True``, the numbers before sigmoid or
softmax: then log(softmax) is taken in one stable step, and the gradient is (p - y) / n.

Every loss knows which targets it takes, and refuses all others. ``fit`` and ``evaluate`` ask it
once a call, for all targets; each batch then takes its rows of what was found right.
"""

from typing import Any, ClassVar

import numpy as np
from numpy.typing import ArrayLike

from nbhelpers import _out
from nbhelpers._types import Array, Shape
from nbhelpers.activations import _softmax_and_log, sigmoid, softmax
from nbhelpers.metrics import label_column, mean_absolute_error, mean_squared_error
from nbhelpers.utils import choose, flag, floats, must_define, numbers, shown

# Keras keeps probabilities this far from 0 and 1 before it takes their logarithm.
EPSILON = 1e-7
# How far from 1 a row of probabilities may sum, for rounding in float16.
TOLERANCE = 1e-3


class Loss:
    """What all losses share: targets are checked, and the mean is taken over the batch.

    A loss of your own is a subclass with a ``name``, ``_values`` (one loss a sample) and
    ``_gradient`` (of their mean); both take targets of the predictions' shape and dtype.

    Parameters
    ----------
    from_logits : bool
        Whether ``y_pred`` holds logits. Only the cross-entropies know them.
    """

    name: ClassVar[str] = "loss"
    _from_logits: bool = False
    # The output activation whose logits the loss can be taken from, if any.
    link: ClassVar[str | None] = None

    @_out.arguments("Loss")
    def __init__(self, from_logits: bool = False) -> None:
        kind = type(self).__name__
        self._from_logits = flag(kind, "from_logits", from_logits)
        if from_logits and self.link is None:
            raise ValueError(f"{kind}: from_logits is for the cross-entropies. Received: True")

    @property
    def from_logits(self) -> bool:
        """Whether ``y_pred`` holds logits."""
        return self._from_logits

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
            If the shapes do not fit, or the loss cannot take these targets.
        """
        return self._values(*self.match(y_true, y_pred))

    def gradient(self, y_true: ArrayLike, y_pred: ArrayLike) -> Array:
        """Return the derivative of the mean loss with respect to every prediction.

        Returns
        -------
        array, shape and dtype of ``y_pred``
        """
        return self._gradient(*self.match(y_true, y_pred))

    def match(self, y_true: ArrayLike, y_pred: ArrayLike) -> tuple[Array, Array]:
        """Return both, checked, as arrays of one shape and dtype."""
        predictions = floats(self.name, "y_pred", y_pred)
        return self.rows(self.check(y_true, predictions.shape), predictions), predictions

    def check(self, y_true: ArrayLike, shape: Shape) -> Array:
        """Return targets for predictions of this shape as an array, or say what is wrong with them.

        Targets (n,) become (n, 1) where the predictions are.

        Raises
        ------
        ValueError
            If their shape does not fit, or one of them is no target for this loss.
        """
        y = numbers(self.name, "y_true", y_true)
        if not shape or 0 in shape:
            raise ValueError(f"{self.name}: y_pred must have shape (n, k). Received: {shape}")
        if (*y.shape, 1) == shape:
            y = y[..., np.newaxis]
        if y.shape != shape:
            raise ValueError(
                f"{self.name}: y_true must have the shape of y_pred, {shape}. "
                f"Received: {y.shape}{self._advice(y)}"
            )
        if not np.isfinite(y).all():
            raise ValueError(f"{self.name}: y_true must be finite. Received: nan or infinity")
        return y

    def rows(self, y_true: Array, y_pred: Array) -> Array:
        """Return checked targets in the shape and dtype of their predictions."""
        return y_true.astype(y_pred.dtype, copy=False)

    def _advice(self, y_true: Array) -> str:
        return ""

    def _values(self, y_true: Array, y_pred: Array) -> Array:
        raise NotImplementedError(f"{type(self).__name__}: a loss must have _values")

    def _gradient(self, y_true: Array, y_pred: Array) -> Array:
        raise NotImplementedError(f"{type(self).__name__}: a loss must have _gradient")


class MeanSquaredError(Loss):
    """The mean of (y_pred - y_true)**2: the loss for regression.

    Examples
    --------
    >>> MeanSquaredError()([[1.0], [2.0]], [[1.0], [4.0]])
    2.0
    """

    name = "mean_squared_error"

    def _values(self, y_true: Array, y_pred: Array) -> Array:
        return np.asarray(np.square(y_pred - y_true).mean(axis=-1))

    def _gradient(self, y_true: Array, y_pred: Array) -> Array:
        return 2 * (y_pred - y_true) / y_pred.size


class MeanAbsoluteError(Loss):
    """The mean of abs(y_pred - y_true): for regression where a few targets lie far off.

    Examples
    --------
    >>> MeanAbsoluteError()([[0.0], [9.0]], [[3.0], [5.0]])
    3.5
    """

    name = "mean_absolute_error"

    def _values(self, y_true: Array, y_pred: Array) -> Array:
        return np.asarray(np.abs(y_pred - y_true).mean(axis=-1))

    def _gradient(self, y_true: Array, y_pred: Array) -> Array:
        return np.asarray(np.sign(y_pred - y_true) / y_pred.size)


class Crossentropy(Loss):
    """What the cross-entropies share: they know logits, and the gradient from probabilities."""

    def _and_probabilities(self, y_true: Array, logits: Array) -> tuple[Array, Array]:
        """Return the loss of each sample, and the probabilities."""
        raise NotImplementedError

    def _gradient_from(self, p: Array, y_true: Array) -> Array:
        """Return the gradient with respect to the logits that these probabilities came from."""
        raise NotImplementedError


class BinaryCrossentropy(Crossentropy):
    """-(y log p + (1 - y) log(1 - p)), for answers that are yes (1) or no (0).

    Examples
    --------
    >>> round(BinaryCrossentropy()([[1.0]], [[0.5]]), 4)
    0.6931
    """

    name = "binary_crossentropy"
    link = "sigmoid"

    def check(self, y_true: ArrayLike, shape: Shape) -> Array:
        """Return the targets, which must lie in 0..1, as an array of the predictions' shape."""
        y = super().check(y_true, shape)
        _in_unit_range(self.name, y)
        return y

    def _values(self, y_true: Array, y_pred: Array) -> Array:
        if self.from_logits:
            return self._and_probabilities(y_true, y_pred)[0]
        p = np.clip(y_pred, EPSILON, 1 - EPSILON)
        return np.asarray(-(y_true * np.log(p) + (1 - y_true) * np.log1p(-p)).mean(axis=-1))

    def _and_probabilities(self, y_true: Array, logits: Array) -> tuple[Array, Array]:
        z = logits
        values = np.maximum(z, 0) - z * y_true + np.log1p(np.exp(-np.abs(z)))
        return np.asarray(values.mean(axis=-1)), sigmoid(z)

    def _gradient(self, y_true: Array, y_pred: Array) -> Array:
        if self.from_logits:
            return self._gradient_from(sigmoid(y_pred), y_true)
        p = np.clip(y_pred, EPSILON, 1 - EPSILON)
        return np.where(p == y_pred, (p - y_true) / (p * (1 - p)), 0) / y_pred.size

    def _gradient_from(self, p: Array, y_true: Array) -> Array:
        return (p - y_true) / p.size


class CategoricalCrossentropy(Crossentropy):
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

    def check(self, y_true: ArrayLike, shape: Shape) -> Array:
        """Return the targets, rows of probabilities that sum to 1, as an array."""
        self._check_classes(shape)
        y = super().check(y_true, shape)
        _in_unit_range(self.name, y)
        sums = y.sum(axis=-1, dtype=np.float64)
        if (far := np.abs(sums - 1) > TOLERANCE).any():
            raise ValueError(
                f"{self.name}: each row of y_true must sum to 1. Received: {sums[far][0]:.4g}. "
                "For several answers at once use sigmoid and binary_crossentropy"
            )
        return y

    def _check_classes(self, shape: Shape) -> None:
        """Raise ValueError unless there are at least two classes to tell apart."""
        if len(shape) != 2:
            raise ValueError(f"{self.name}: y_pred must have shape (n, classes). Received: {shape}")
        if shape[1] == 1:
            raise ValueError(
                f"{self.name}: y_pred must have at least two classes; with one, the loss is always "
                f"0. For yes or no use one sigmoid unit and binary_crossentropy. Received: {shape}"
            )

    def _values(self, y_true: Array, y_pred: Array) -> Array:
        if self.from_logits:
            return self._and_probabilities(y_true, y_pred)[0]
        p = y_pred / y_pred.sum(axis=-1, keepdims=True)
        return np.asarray(-(y_true * np.log(np.clip(p, EPSILON, 1 - EPSILON))).sum(axis=-1))

    def _and_probabilities(self, y_true: Array, logits: Array) -> tuple[Array, Array]:
        p, log_p = _softmax_and_log(logits)
        return np.asarray(-(y_true * log_p).sum(axis=-1)), p

    def _gradient(self, y_true: Array, y_pred: Array) -> Array:
        if self.from_logits:
            return self._gradient_from(softmax(y_pred), y_true)
        total = y_pred.sum(axis=-1, keepdims=True)
        p = np.clip(y_pred / total, EPSILON, 1 - EPSILON)
        pull = np.where(p == y_pred / total, y_true / p, 0)
        slope = ((pull * p).sum(axis=-1, keepdims=True) - pull) / total
        return np.asarray(slope / len(y_pred))

    def _gradient_from(self, p: Array, y_true: Array) -> Array:
        # The usual target sums to 1; in general the derivative is p * sum(y) - y.
        return np.asarray((p * y_true.sum(axis=-1, keepdims=True) - y_true) / len(p))

    def _advice(self, y_true: Array) -> str:
        if y_true.ndim and y_true.size == len(y_true):
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

    def check(self, y_true: ArrayLike, shape: Shape) -> Array:
        """Return the labels, whole numbers in 0..classes - 1, with shape (n, 1)."""
        self._check_classes(shape)
        return label_column(self.name, y_true, *shape)

    def rows(self, y_true: Array, y_pred: Array) -> Array:
        """Return checked labels as one-hot rows."""
        return np.asarray(y_true == np.arange(y_pred.shape[1]), y_pred.dtype)


def _in_unit_range(where: str, y: Array) -> None:
    """Raise ValueError unless all targets lie in 0..1."""
    if y.min() < 0 or y.max() > 1:
        raise ValueError(
            f"{where}: y_true must lie in 0..1. Received numbers from {y.min()} to {y.max()}"
        )


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


LOSSES: dict[str, type[Loss]] = {
    "mean_squared_error": MeanSquaredError,
    "mse": MeanSquaredError,
    "mean_absolute_error": MeanAbsoluteError,
    "mae": MeanAbsoluteError,
    "binary_crossentropy": BinaryCrossentropy,
    "categorical_crossentropy": CategoricalCrossentropy,
    "sparse_categorical_crossentropy": SparseCategoricalCrossentropy,
}
_FUNCTIONS = (
    (mean_squared_error, MeanSquaredError),
    (mean_absolute_error, MeanAbsoluteError),
    (binary_crossentropy, BinaryCrossentropy),
    (categorical_crossentropy, CategoricalCrossentropy),
    (sparse_categorical_crossentropy, SparseCategoricalCrossentropy),
)


def get(loss: Any) -> Loss:
    """Return the loss of that name, class or function of this module; a loss as it is.

    A function is known by itself, never by its name: a loss of your own is a subclass of ``Loss``.

    Raises
    ------
    ValueError
        If there is none; the message lists the names.
    NotImplementedError
        If it is somebody's own and lacks its values or its gradient.
    """
    if isinstance(loss, type) and issubclass(loss, Loss):
        loss = loss()
    if isinstance(loss, Loss):
        must_define(type(loss).__name__, "a loss", loss, Loss, "_values", "_gradient")
        return loss
    for function, kind in _FUNCTIONS:
        if loss is function:
            return kind()
    if callable(loss):
        raise ValueError(
            "loss: a loss of your own must be a subclass of losses.Loss, which knows its gradient, "
            f"too. Received: {shown(loss)}"
        )
    return choose("loss", loss, LOSSES)()


__getattr__ = _out.missing(__name__)
