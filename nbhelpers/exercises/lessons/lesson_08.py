"""Exercises of lesson 08: the gradient of the loss, the confusion matrix, the training loop."""

from collections.abc import Callable
from typing import Any

import numpy as np

from nbhelpers import activations, metrics
from nbhelpers.batching import batches
from nbhelpers.exercises.checker.exercise import Case, Exercise, Mistake

Array = np.ndarray
_rng = np.random.default_rng(8)


def _one_hot(labels: list[int], classes: int) -> Array:
    return np.eye(classes)[labels]


# --- 08.loss_gradient


def loss_gradient(logits: Array, targets: Array) -> Array:
    """Return the gradient of the mean cross-entropy for the scores."""
    return (activations.softmax(logits) - targets) / len(logits)


def _difference(logits: Array, targets: Array) -> Array:
    return activations.softmax(logits) - targets


def _of_softmax_along(axis: int | None) -> Callable[..., Array]:
    return lambda z, t: (activations.softmax(z, axis=axis) - t) / len(z)


def _naive(logits: Array, targets: Array) -> Array:
    e = np.exp(logits)
    return (e / e.sum(axis=1, keepdims=True) - targets) / len(logits)


def _derivative_twice(logits: Array, targets: Array) -> Array:
    p = activations.softmax(logits)
    return (p - targets) * p * (1 - p) / len(logits)


def _loss(logits: Array, targets: Array) -> float:
    return float(-(targets * activations.log_softmax(logits)).sum(axis=1).mean())


LOSS_GRADIENT = Exercise(
    name="08.loss_gradient",
    reference=loss_gradient,
    cases=(
        Case({"logits": np.zeros((1, 2)), "targets": _one_hot([0], 2)}, "one row, equal scores"),
        Case({"logits": np.array([[1.0, 2.0, 4.0]]), "targets": _one_hot([1], 3)}, "one row"),
        Case(
            {"logits": np.array([[1.0, 3.0, 2.0], [4.0, 0.0, -1.0]]), "targets": np.eye(3)[[2, 0]]},
            "two rows",
        ),
        Case(
            {"logits": np.array([[1.0, 3.0], [2.0, -1.0]]), "targets": _one_hot([0, 0], 2)},
            "as many rows as classes",
        ),
        Case(
            {"logits": np.array([[1, 3, 0], [2, 0, 1]]), "targets": np.array([[0, 1, 0]] * 2)},
            "whole numbers",
        ),
        Case(
            {"logits": np.array([[1001.0, 1000.0, 999.0]]), "targets": _one_hot([1], 3)},
            "huge scores",
        ),
        Case(
            {"logits": np.array([[0.0, 1.0], [1000.0, 1001.0]]), "targets": _one_hot([0, 1], 2)},
            "rows far apart",
        ),
        Case(
            {
                "logits": _rng.normal(size=(20, 10)).round(2),
                "targets": np.eye(10)[_rng.integers(10, size=20)],
            },
            "twenty rows",
        ),
    ),
    mistakes=(
        Mistake(
            "sum instead of mean",
            "With twice as many rows your steps are twice as long. The loss is a mean over the "
            "rows, so its gradient is divided by their number.",
            _difference,
        ),
        Mistake(
            "the sign is exchanged",
            "At the right class more score means less loss, so its entry is below 0: the "
            "prediction minus the truth, not the other way round.",
            lambda z, t: -loss_gradient(z, t),
        ),
        Mistake(
            "softmax is missing",
            "Scores are no probabilities. activations.softmax turns each row into shares first.",
            lambda z, t: (z - t) / len(z),
        ),
        Mistake(
            "softmax along the wrong axis",
            "Your columns sum to 1. The classes of one row share the 1: the last axis.",
            _of_softmax_along(0),
        ),
        Mistake(
            "one softmax for the whole table",
            "All rows together make 1 now. Each row needs a sum of its own.",
            _of_softmax_along(None),
        ),
        Mistake(
            "divided by the number of classes",
            "The loss is a mean over rows, not over classes. Which axis counts the rows?",
            lambda z, t: _difference(z, t) / z.shape[1],
        ),
        Mistake(
            "divided by the number of entries",
            "The loss has one term for each row, and it is their mean. Count rows, not entries.",
            lambda z, t: _difference(z, t) / z.size,
        ),
        Mistake(
            "the rows are added up already",
            "Every score gets an entry of its own, shape (n, classes). To divide by n, you need "
            "not add anything.",
            lambda z, t: _difference(z, t).mean(axis=0),
        ),
        Mistake(
            "the derivative of softmax comes in twice",
            "p minus y is already the slope at the scores: softmax and cross-entropy together. "
            "There is no p (1 - p) left to multiply by.",
            _derivative_twice,
        ),
        Mistake(
            "the loss instead of its gradient",
            "You computed how wrong the rows are. Here you want to know how that changes with "
            "each score.",
            _loss,
        ),
        Mistake(
            "overflow",
            "exp of 1000 is infinite, and infinity by infinity is nan. activations.softmax knows "
            "how to avoid it.",
            _naive,
        ),
        Mistake(
            "one maximum for the whole table",
            "A row far below that maximum becomes all zeros, and 0 / 0 is nan. Each row has a "
            "maximum of its own; activations.softmax does it right.",
            lambda z, t: _naive(z - z.max(), t),
        ),
    ),
    hints=(
        "Softmax and cross-entropy together leave something very short: lesson 07, section 5.",
        "First p = activations.softmax(logits). Then compare p with the targets.",
        "It is p minus targets, divided by the number of rows, len(logits).",
    ),
    achieved="This one line is where every step of training begins: d2 in the loop of section 5.",
)

# --- 08.confusion


def _counts(labels: Array, predictions: Array, classes: int) -> Array:
    return metrics.confusion_matrix(labels, predictions, classes)


def _each_pair_once(labels: Array, predictions: Array, classes: int) -> Array:
    counts = np.zeros((classes, classes), dtype=int)
    counts[labels, predictions] += 1
    return counts


def _counted_into(counts: Any, labels: Array, predictions: Array) -> Array:
    for label, prediction in zip(labels, predictions, strict=True):
        counts[label][prediction] += 1
    return np.array(counts)


def _shares(counts: Array, axis: int | None = None) -> Array:
    return counts / counts.sum(axis=axis, keepdims=axis is not None)


def _sized_by(size: Callable[[Array], int]) -> Mistake:
    return Mistake(
        "the size comes from the labels that happen to occur",
        "A class that never occurs here has a row and a column all the same: classes says how "
        "many there are.",
        lambda labels, predictions, classes: _counted_into(
            np.zeros((size(labels), size(labels)), dtype=int), labels, predictions
        ),
    )


def _case(labels: list[int], predictions: list[int], classes: int, note: str) -> Case:
    arrays = {"labels": np.array(labels, int), "predictions": np.array(predictions, int)}
    return Case({**arrays, "classes": classes}, note)


CONFUSION = Exercise(
    name="08.confusion",
    reference=_counts,
    cases=(
        _case([1], [0], 2, "one picture, read wrongly"),
        _case([1], [1], 2, "one picture, read rightly"),
        _case([0, 1, 1], [0, 1, 0], 2, "three pictures"),
        _case([2, 2, 2, 1], [0, 0, 2, 1], 3, "the same mistake twice"),
        _case([0, 1, 0], [1, 0, 0], 4, "two classes do not occur"),
        _case([], [], 3, "no picture at all"),
        Case(
            {
                "labels": _rng.integers(10, size=200),
                "predictions": _rng.integers(10, size=200),
                "classes": 10,
            },
            "200 pictures",
        ),
    ),
    mistakes=(
        Mistake(
            "the table stays empty",
            "Each picture makes one place of the table larger by 1. Which of your lines does so?",
            lambda labels, predictions, classes: np.zeros((classes, classes), dtype=int),
        ),
        Mistake(
            "rows and columns are exchanged",
            "The row is the right label, the column is the answer. Which of the two comes first "
            "in counts[..., ...]?",
            lambda labels, predictions, classes: _counts(labels, predictions, classes).T,
        ),
        Mistake(
            "each pair is counted only once",
            "Where a pair comes twice, your count stays 1. (counts[labels, predictions] += 1 takes "
            "each place once, however often it comes.) Go through the pictures one by one.",
            _each_pair_once,
        ),
        Mistake(
            "shares instead of counts",
            "Do not divide: an entry says how often, not which share.",
            lambda labels, predictions, classes: _shares(_counts(labels, predictions, classes)),
        ),
        Mistake(
            "shares of each row instead of counts",
            "Do not divide: an entry says how often, and a row that never occurs has the sum 0.",
            lambda labels, predictions, classes: _shares(_counts(labels, predictions, classes), 1),
        ),
        _sized_by(lambda labels: max(labels, default=-1) + 1),
        _sized_by(lambda labels: len(set(labels.tolist()))),
        Mistake(
            "only the right answers are counted",
            "Your table is empty beside the diagonal. Count each picture, also where prediction "
            "and label differ.",
            lambda labels, predictions, classes: (
                _counts(labels, predictions, classes) * np.eye(classes, dtype=int)
            ),
        ),
        Mistake(
            "only the wrong answers are counted",
            "The diagonal is empty. It holds the pictures that were read rightly; count them, too.",
            lambda labels, predictions, classes: (
                _counts(labels, predictions, classes) * (1 - np.eye(classes, dtype=int))
            ),
        ),
        Mistake(
            "all rows are one and the same list",
            "[[0] * classes] * classes repeats one list: count in one row, and all rows show it. "
            "np.zeros((classes, classes), dtype=int) makes real rows.",
            lambda labels, predictions, classes: _counted_into(
                [[0] * classes] * classes, labels, predictions
            ),
        ),
    ),
    hints=(
        "Begin with a table of zeros, np.zeros((classes, classes), dtype=int).",
        "zip(labels, predictions) gives you one picture after the other.",
        "For each picture add 1 at the row of its label and the column of its prediction.",
    ),
    achieved="Your table shows not only how often a network is wrong, but what it confuses.",
)

# --- 08.train


def _descend(
    x: Array,
    targets: Array,
    kernel: Array,
    bias: Array,
    learning_rate: float,
    batch_size: int,
    epochs: int,
    *,
    answer: Callable[[Array], Array] = activations.softmax,
    cut: Callable[..., Any] = batches,
    divisor: Callable[..., int] = lambda rows, batch_size, samples: rows,
    at_start: bool = False,
    bias_later: bool = False,
    bias_gradient: Callable[[Array], Array] = lambda d: d.sum(axis=0),
) -> tuple[Array, Array]:
    """Train one softmax layer; the keywords are the places where learners go wrong."""
    begin = kernel, bias
    for batch in (batch for _ in range(epochs) for batch in cut(len(x), batch_size)):
        rows, truth = x[batch], targets[batch]
        n = divisor(len(rows), batch_size, len(x))
        W, b = begin if at_start else (kernel, bias)
        d = (answer(rows @ W + b) - truth) / n
        kernel = kernel - learning_rate * rows.T @ d
        if bias_later:
            d = (answer(rows @ kernel + bias) - truth) / n
        bias = bias - learning_rate * bias_gradient(d)
    return kernel, bias


def train(
    x: Array,
    targets: Array,
    kernel: Array,
    bias: Array,
    learning_rate: float,
    batch_size: int,
    epochs: int,
) -> tuple[Array, Array]:
    """Return kernel and bias of a softmax layer after gradient descent on batches in order."""
    return _descend(x, targets, kernel, bias, learning_rate, batch_size, epochs)


def _train_but(**change: Any) -> Callable[..., tuple[Array, Array]]:
    return lambda *arguments: _descend(*arguments, **change)


def _train_with(rate: Callable[[float], float] | None = None, epochs: int | None = None) -> Any:
    """Return training at another learning rate, or for another number of epochs."""

    def twin(
        x: Array, t: Array, W: Array, b: Array, learning_rate: float, size: int, given: int
    ) -> tuple[Array, Array]:
        used = rate(learning_rate) if rate else learning_rate
        return _descend(x, t, W, b, used, size, given if epochs is None else epochs)

    return twin


def _full_batches(samples: int, size: int) -> list[slice]:
    return [slice(k, k + size) for k in range(0, samples - size + 1, size)]


def _one_update(*arguments: Any) -> tuple[Array, Array]:
    *given, _epochs = arguments
    return _descend(*given, 1, cut=lambda samples, size: [slice(0, size)])


def _task(
    rows: int, note: str, rate: float = 0.5, size: int = 2, epochs: int = 1, whole: bool = False
) -> Case:
    """Return a case of two inputs and two classes, with weights that begin at 0 if it is small."""
    x = [[1.0, 0.0], [2.0, 1.0], [0.0, 3.0], [1.0, 1.0], [-1.0, 2.0]][:rows]
    arguments = {
        "x": np.array(x, dtype=int if whole else float),
        "targets": _one_hot([0, 1, 1, 0, 1][:rows], 2),
        "kernel": np.array([[0.5, 0.0], [0.0, -0.5]]),
        "bias": np.array([0.0, 0.2]),
    }
    return Case(
        arguments | {"learning_rate": rate, "batch_size": size, "epochs": epochs},
        note,
    )


def _large_task() -> Case:
    arguments = {
        "x": _rng.normal(size=(23, 4)).round(1),
        "targets": np.eye(3)[_rng.integers(3, size=23)],
        "kernel": _rng.normal(size=(4, 3)).round(1),
        "bias": np.zeros(3),
    }
    return Case(
        arguments | {"learning_rate": 0.1, "batch_size": 5, "epochs": 4},
        "23 samples, three classes",
    )


TRAIN = Exercise(
    name="08.train",
    reference=train,
    cases=(
        _task(1, "one sample, one update", size=1),
        _task(2, "two samples, one update"),
        _task(2, "two samples, two updates", size=1),
        _task(3, "the last batch is short"),
        _task(2, "a batch size larger than the data", size=5),
        _task(4, "three epochs", epochs=3),
        _task(4, "whole numbers", rate=1, size=3, whole=True),
        _task(5, "five samples, six epochs", rate=0.1, epochs=6),
        _large_task(),
    ),
    mistakes=(
        Mistake(
            "the weights go uphill",
            "The gradient points to where the loss grows. To get down, go against it.",
            _train_with(lambda rate: -rate),
        ),
        Mistake(
            "the weights stay as they were",
            "What you return is what came in. Do the loops run at all, and do you return the new "
            "weights?",
            lambda x, t, W, b, *_: (W, b),
        ),
        Mistake(
            "kernel and bias are exchanged",
            "Return kernel first, then bias.",
            lambda *arguments: train(*arguments)[::-1],
        ),
        Mistake(
            "softmax along the wrong axis",
            "The probabilities of one row must sum to 1, not those of a column.",
            _train_but(answer=lambda scores: activations.softmax(scores, axis=0)),
        ),
        Mistake(
            "softmax is missing",
            "p must be probabilities before you subtract the targets: activations.softmax.",
            _train_but(answer=lambda scores: scores),
        ),
        Mistake(
            "the last short batch is missing",
            "What is left at the end of the data counts as well. Go on as long as a batch has a "
            "beginning, start < len(x); a slice that reaches beyond the end is cut off there.",
            _train_but(cut=_full_batches),
        ),
        Mistake(
            "the last batch is missing",
            "range stops before its end. Go on as long as a batch has a beginning, start < len(x).",
            _train_but(cut=lambda n, size: [slice(k, k + size) for k in range(0, n - size, size)]),
        ),
        Mistake(
            "one big batch instead of mini-batches",
            "All samples go into one step. Cut them: x[start : start + batch_size], and one "
            "update for each cut.",
            _train_but(cut=lambda samples, size: [slice(0, samples)]),
        ),
        Mistake(
            "the batches overlap",
            "From one batch to the next, start grows by batch_size, not by 1.",
            _train_but(cut=lambda samples, size: [slice(k, k + size) for k in range(samples)]),
        ),
        Mistake(
            "training ends after one update",
            "return leaves the function at once. Is it inside a loop?",
            _one_update,
        ),
        Mistake(
            "only one epoch",
            "With more epochs the result stays that of one. Does something return too early, or "
            "begin anew with the weights from the start?",
            _train_with(epochs=1),
        ),
        Mistake(
            "sum instead of mean",
            "The gradient is a mean over the samples of the batch. Nothing divides it here.",
            _train_but(divisor=lambda rows, size, samples: 1),
        ),
        Mistake(
            "divided by batch_size, also where the batch is shorter",
            "The last batch may hold fewer samples. Divide by how many there are in this one.",
            _train_but(divisor=lambda rows, size, samples: size),
        ),
        Mistake(
            "divided by the number of all samples",
            "A batch speaks for its own samples: divide by its length, not by that of x.",
            _train_but(divisor=lambda rows, size, samples: samples),
        ),
        Mistake(
            "the learning rate is missing",
            "Not the whole gradient is subtracted, only a share of it.",
            _train_with(lambda rate: 1),
        ),
        Mistake(
            "the bias does not learn",
            "bias comes back as it was. Its gradient is the sum of (p - y) / n over the rows.",
            _train_but(bias_gradient=lambda d: 0),
        ),
        Mistake(
            "the gradient of bias is divided by n twice",
            "d holds the division by n already, so for bias its rows are added up: a sum, not "
            "a mean.",
            _train_but(bias_gradient=lambda d: d.mean(axis=0)),
        ),
        Mistake(
            "kernel moves before bias has its gradient",
            "Both gradients belong to the same weights. Compute p once for the batch, then both "
            "gradients, then take the step.",
            _train_but(bias_later=True),
        ),
        Mistake(
            "the gradient is always taken at the starting weights",
            "The weights move, but p is computed with the old ones each time. Use the new ones "
            "in x @ W + b.",
            _train_but(at_start=True),
        ),
    ),
    hints=(
        "Two loops: over the epochs, and in it over start in range(0, len(x), batch_size).",
        "In a batch: p = softmax(rows @ kernel + bias), then d = (p - y) / len(rows).",
        "kernel = kernel - learning_rate * rows.T @ d makes a new array; -= would write into the "
        "caller's. For bias it is d.sum(axis=0).",
    ),
    achieved="This is fit, for one layer: you have written the loop that trains networks.",
    outputs=("kernel", "bias"),
)

EXERCISES = (LOSS_GRADIENT, CONFUSION, TRAIN)
