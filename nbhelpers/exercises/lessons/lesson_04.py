"""Exercises of lesson 04: the answer, softmax of a batch, the loss from scores."""

import numpy as np

from nbhelpers import activations, losses
from nbhelpers.exercises.checker.exercise import Case, Exercise, Mistake

Array = np.ndarray
_rng = np.random.default_rng(4)
ONE_ROW = np.array([[0.3, 2.9, 4.0]])
TWO_ROWS = np.array([[1.0, 3.0, 2.0], [4.0, 0.0, -1.0]])
SQUARE = np.array([[1.0, 3.0, 2.0], [4.0, 0.0, -1.0], [0.5, 0.6, 5.0]])
HUGE = np.array([[1010.0, 1000.0, 990.0]])
FAR_APART = np.array([[0.0, 1.0], [1000.0, 1001.0]])

# --- 04.predict


def predict(logits: Array) -> Array:
    """Return the place of the largest score of each row."""
    return logits.argmax(axis=1)


PREDICT = Exercise(
    name="04.predict",
    reference=predict,
    cases=(
        Case({"logits": ONE_ROW}, "one row"),
        Case({"logits": TWO_ROWS}, "two rows"),
        Case({"logits": SQUARE}, "as many rows as classes"),
        Case({"logits": HUGE}, "huge scores"),
        Case({"logits": _rng.normal(size=(20, 10))}, "twenty rows"),
        Case({"logits": np.zeros((0, 10))}, "no row at all"),
    ),
    mistakes=(
        Mistake(
            "wrong axis",
            "You look down the columns. One answer for each row: axis=1 goes along a row.",
            lambda logits: logits.argmax(axis=0),
        ),
        Mistake(
            "one answer for the whole table",
            "Without an axis, argmax counts through all rows together. Say which axis you mean.",
            lambda logits: logits.argmax(),
        ),
        Mistake(
            "the score instead of its place",
            "max gives how large the largest score is. You want to know where it stands.",
            lambda logits: logits.max(axis=1),
        ),
        Mistake(
            "the shape should be (n,), one number a row",
            "Here keepdims is too much: labels come as a vector.",
            lambda logits: logits.argmax(axis=1, keepdims=True),
        ),
        Mistake(
            "the smallest score instead of the largest",
            "The most likely class has the largest score.",
            lambda logits: logits.argmin(axis=1),
        ),
    ),
    hints=(
        "Softmax keeps the order. So who wins is known before any exp.",
        "One of NumPy's functions returns the place of the largest entry: argmax.",
        "argmax needs an axis: the one that goes along a row.",
    ),
    achieved="You read the answer of a network straight from its scores, with no softmax at all.",
)

# --- 04.softmax


def _softmax_along(axis: int | None, largest: int | None) -> Mistake:
    name = "wrong axis" if axis == 0 else "one sum for the whole table"
    hint = (
        "You add down the columns. The shares of one row must make 1: axis=1 goes along a row."
        if axis == 0
        else "All rows together make 1 now. Each row needs a sum of its own: say which axis."
    )

    def twin(logits: Array) -> Array:
        e = np.exp(logits - logits.max(axis=largest, keepdims=True))
        return e / e.sum(axis=axis, keepdims=True)

    return Mistake(name, hint, twin)


def _no_keepdims(logits: Array) -> Array:
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return e / e.sum(axis=1)


def _naive(logits: Array) -> Array:
    e = np.exp(logits)
    return e / e.sum(axis=1, keepdims=True)


def _one_maximum(logits: Array) -> Array:
    e = np.exp(logits - logits.max())
    return e / e.sum(axis=1, keepdims=True)


SOFTMAX = Exercise(
    name="04.softmax",
    reference=activations.softmax,
    cases=(
        Case({"logits": np.array([[0.0, 0.0]])}, "one row, equal scores"),
        Case({"logits": ONE_ROW}, "one row"),
        Case({"logits": TWO_ROWS}, "two rows"),
        Case({"logits": SQUARE}, "as many rows as classes"),
        Case({"logits": np.array([[1, 2], [3, 5]])}, "whole numbers"),
        Case({"logits": HUGE}, "huge scores"),
        Case({"logits": FAR_APART}, "rows far apart"),
        Case({"logits": -HUGE}, "far below zero"),
        Case({"logits": np.zeros((0, 3))}, "no row at all"),
    ),
    mistakes=(
        _softmax_along(0, largest=0),
        _softmax_along(None, largest=None),
        _softmax_along(None, largest=1),
        Mistake(
            "keepdims is missing",
            "The sums have shape (n,), and (n, classes) does not line up with that; with as many "
            "rows as classes it even goes wrong in silence. keepdims=True keeps (n, 1).",
            _no_keepdims,
        ),
        Mistake(
            "overflow",
            "exp of 1010 is infinite, and infinity by infinity is nan. Subtract the largest "
            "score of each row first: softmax does not notice.",
            _naive,
        ),
        Mistake(
            "one maximum for the whole table",
            "A row far below that maximum becomes all zeros, and 0 / 0 is nan. Each row has a "
            "maximum of its own.",
            _one_maximum,
        ),
    ),
    hints=(
        "Three lines: make it safe, take exp, divide by the sum of the row.",
        "The largest score of each row is logits.max(axis=1, keepdims=True).",
        "e = np.exp(logits - the largest of each row); then e divided by e.sum(...) along axis 1.",
    ),
    achieved="Your softmax takes whole batches, and scores of any size, without losing a digit.",
)

# --- 04.cross_entropy


def cross_entropy(logits: Array, labels: Array) -> float:
    """Return the mean cross-entropy of the rows, straight from scores."""
    return float(losses.sparse_categorical_crossentropy(labels, logits, from_logits=True).mean())


def _log_p(logits: Array, labels: Array) -> Array:
    return activations.log_softmax(logits)[np.arange(len(labels)), labels]


def _with_labels_as_weights(logits: Array, labels: Array) -> float:
    return float(-(labels[:, None] * activations.log_softmax(logits)).sum(axis=1).mean())


def _detour(logits: Array, labels: Array) -> float:
    return float(-np.log(activations.softmax(logits)[np.arange(len(labels)), labels]).mean())


CROSS_ENTROPY = Exercise(
    name="04.cross_entropy",
    reference=cross_entropy,
    cases=(
        Case({"logits": np.array([[1.0, 3.0]]), "labels": np.array([1])}, "one row"),
        Case({"logits": ONE_ROW, "labels": np.array([0])}, "one row, three classes"),
        Case({"logits": TWO_ROWS, "labels": np.array([2, 0])}, "two rows"),
        Case({"logits": SQUARE, "labels": np.array([1, 0, 2])}, "as many rows as classes"),
        Case({"logits": HUGE, "labels": np.array([1])}, "huge scores"),
        Case({"logits": np.array([[0.0, -1000.0]]), "labels": np.array([1])}, "sure and wrong"),
    ),
    mistakes=(
        Mistake(
            "sum instead of mean",
            "With twice as many rows your loss is twice as large. Divide by the number of rows.",
            lambda logits, labels: float(-_log_p(logits, labels).sum()),
        ),
        Mistake(
            "one loss for each row instead of their mean",
            "What comes back should be one number for the whole batch.",
            lambda logits, labels: -_log_p(logits, labels),
        ),
        Mistake(
            "log10 instead of the natural logarithm",
            "Cross-entropy uses the natural logarithm, np.log: the one that undoes exp.",
            lambda logits, labels: float(-_log_p(logits, labels).mean() / np.log(10)),
        ),
        Mistake(
            "the minus sign is missing",
            "A logarithm of a share is below 0; a loss is not.",
            lambda logits, labels: float(_log_p(logits, labels).mean()),
        ),
        Mistake(
            "labels used as if they were one-hot",
            "A label is a place, not a weight: 2 means 'class 2', not 'twice'. Pick the entry at "
            "that place in each row.",
            _with_labels_as_weights,
        ),
        Mistake(
            "all rows by all labels",
            "log_p[:, labels] takes every label from every row. You want one entry a row: "
            "log_p[np.arange(n), labels].",
            lambda logits, labels: float(-activations.log_softmax(logits)[:, labels].mean()),
        ),
        Mistake(
            "the detour by softmax loses the small shares",
            "A share of e to the -1000 is rounded to 0, and log(0) is -inf. Take the logarithm on "
            "paper first: log-softmax, section 5.",
            _detour,
        ),
    ),
    hints=(
        "Start from log-softmax, row by row: z - max - log(sum(exp(z - max))).",
        "From each row take the entry of the right class: log_p[np.arange(len(labels)), labels].",
        "The loss is minus the mean of these entries.",
    ),
    achieved="This is the loss that trains every network of this course, safe at any score.",
)

EXERCISES = (PREDICT, SOFTMAX, CROSS_ENTROPY)
