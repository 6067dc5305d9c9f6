"""Exercises of lesson 08: the gradient of the loss, the confusion matrix, the training loop."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from nbhelpers import activations
from nbhelpers.batching import batches
from nbhelpers.exercises.checker.exercise import Arguments, Array, Case, Exercise, Mistake
from nbhelpers.exercises.lessons.draws import quarters, size
from nbhelpers.exercises.lessons.softmaxes import Softmax, softmax_mistakes

_rng = np.random.default_rng(8)
_NAMES = {
    "wrong axis": "softmax along the wrong axis",
    "one sum for the whole table": "one softmax for the whole table",
}


def _one_hot(labels: Any, classes: int) -> Array:
    return np.asarray(np.eye(classes)[labels])


# --- 08.loss_gradient


def loss_gradient(logits: Array, targets: Array) -> Array:
    """Return the gradient of the mean cross-entropy for the scores."""
    return (activations.softmax(logits) - targets) / len(logits)


def _some_scores(rng: np.random.Generator) -> Arguments:
    rows, classes = size(rng, 2, 4), size(rng, 2, 4)
    targets = _one_hot(rng.integers(classes, size=rows), classes)
    return {"logits": quarters(rng, rows, classes), "targets": targets}


def _by_softmax(softmax: Softmax) -> Callable[[Array, Array], Array]:
    return lambda z, t: (softmax(z) - t) / len(z)


def _difference(logits: Array, targets: Array) -> Array:
    return np.asarray(activations.softmax(logits) - targets)


def _derivative_twice(logits: Array, targets: Array) -> Array:
    p = activations.softmax(logits)
    return np.asarray((p - targets) * p * (1 - p) / len(logits))


def _loss(logits: Array, targets: Array) -> float:
    return float(-(targets * activations.log_softmax(logits)).sum(axis=1).mean())


def _loss_by_detour(logits: Array, targets: Array) -> float:
    return float(-np.log(activations.softmax(logits)[targets == 1]).mean())


LOSS_GRADIENT = Exercise(
    name="08.loss_gradient",
    reference=loss_gradient,
    cases=(
        Case(
            {"logits": np.array([[1.0, 3.0, 2.0], [4.0, 0.0, -1.0]]), "targets": np.eye(3)[[2, 0]]},
            "two rows",
        ),
        Case({"logits": np.array([[1.0, 2.0, 4.0]]), "targets": _one_hot([1], 3)}, "one row"),
        Case({"logits": np.zeros((1, 2)), "targets": _one_hot([0], 2)}, "one row, equal scores"),
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
            "exp of 1001 is infinite. activations.softmax knows how to avoid it.",
        ),
        Case(
            {"logits": np.array([[0.0, 800.0], [3000.0, 1.0]]), "targets": _one_hot([0, 0], 2)},
            "scores far apart",
            "Not how large the scores are decides, but how far apart. activations.softmax is safe.",
        ),
        Case(
            {"logits": np.array([[0.0, 1.0], [1000.0, 1001.0]]), "targets": _one_hot([0, 1], 2)},
            "rows far apart",
            "Each row has a largest score of its own.",
        ),
        Case(
            {
                "logits": _rng.normal(size=(20, 10)).round(2),
                "targets": np.eye(10)[_rng.integers(10, size=20)],
            },
            "twenty rows",
        ),
    ),
    draw=_some_scores,
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
            lambda z, t: -_difference(z, t),
        ),
        Mistake(
            "softmax is missing",
            "Scores are no probabilities. activations.softmax turns each row into shares first.",
            lambda z, t: (z - t) / len(z),
            lambda z, t: z - t,
        ),
        Mistake(
            "twice the gradient, as of a squared error",
            "The 2 belongs to the squared error. Cross-entropy has none.",
            lambda z, t: 2 * loss_gradient(z, t),
            lambda z, t: 2 * _difference(z, t),
        ),
        Mistake(
            "the targets are left out",
            "The gradient is what was said minus what is true.",
            lambda z, t: activations.softmax(z) / len(z),
            lambda z, t: activations.softmax(z),
        ),
        Mistake(
            "log-softmax in the place of softmax",
            "The logarithm belongs to the loss. Its gradient needs the shares themselves.",
            lambda z, t: (activations.log_softmax(z) - t) / len(z),
        ),
        Mistake(
            "the gradient for the shares, not for the scores",
            "-y / p is how the loss changes with the shares. With softmax before it p - y is left.",
            lambda z, t: -t / activations.softmax(z) / len(z),
            lambda z, t: -t / activations.softmax(z),
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
            "divided by the number of rows twice",
            "Once is enough.",
            lambda z, t: _difference(z, t) / len(z) ** 2,
        ),
        Mistake(
            "multiplied by the number of rows",
            "A mean divides by the number of rows.",
            lambda z, t: _difference(z, t) * len(z),
        ),
        Mistake(
            "the rows are added up already",
            "Every score gets an entry of its own, shape (n, classes). To divide by n, you need "
            "not add anything.",
            lambda z, t: _difference(z, t).mean(axis=0),
            lambda z, t: _difference(z, t).sum(axis=0),
            lambda z, t: _difference(z, t).mean(),
            lambda z, t: _difference(z, t).mean(axis=1),
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
            _loss_by_detour,
        ),
        *softmax_mistakes(_by_softmax, _NAMES, without=("exp is missing",)),
        Mistake(
            "exp is missing",
            "Scores are divided by their sum as they are. activations.softmax takes exp first.",
            lambda z, t: (z / z.sum(axis=1, keepdims=True) - t) / len(z),
        ),
    ),
    hints=(
        "Softmax and cross-entropy together leave something very short: lesson 07, section 5.",
        "First p = activations.softmax(logits). Then compare p with the targets.",
        "It is p minus targets, divided by the number of rows: (p - targets) / len(logits).",
    ),
    achieved="This one line is where every step of training begins: d2 in the loop of section 5.",
    samples=True,
)

# --- 08.confusion


def confusion(labels: Array, predictions: Array, classes: int) -> Array:
    """Return how often each class was taken for each: rows are labels, columns predictions."""
    counts = np.zeros((classes, classes), dtype=int)
    np.add.at(counts, (labels, predictions), 1)
    return counts


def _some_answers(rng: np.random.Generator) -> Arguments:
    n, classes = size(rng, 2, 8), size(rng, 2, 4)
    labels, predictions = rng.integers(classes, size=(2, n))
    return {"labels": labels, "predictions": predictions, "classes": classes}


def _each_pair_once(labels: Array, predictions: Array, classes: int) -> Array:
    counts = np.zeros((classes, classes), dtype=int)
    counts[labels, predictions] += 1
    return counts


def _shares(axis: int | None) -> Callable[..., Array]:
    def twin(labels: Array, predictions: Array, classes: int) -> Array:
        counts = confusion(labels, predictions, classes)
        return np.asarray(counts / counts.sum(axis=axis, keepdims=axis is not None))

    return twin


def _sized_by(size_of: Callable[[Array, Array], int]) -> Callable[..., Array]:
    return lambda labels, predictions, classes: confusion(
        labels, predictions, size_of(labels, predictions)
    )


def _masked(mask: Callable[[int], Array]) -> Callable[..., Array]:
    """Return a twin in which only some of the places are counted."""
    return lambda labels, predictions, classes: np.asarray(
        confusion(labels, predictions, classes) * mask(classes).astype(int)
    )


def _in_dtype(dtype: str) -> Callable[..., Array]:
    return lambda labels, predictions, classes: confusion(labels, predictions, classes).astype(
        dtype
    )


def _case(labels: Any, predictions: Any, classes: int, note: str, hint: str = "") -> Case:
    arrays = {"labels": np.array(labels, int), "predictions": np.array(predictions, int)}
    return Case({**arrays, "classes": classes}, note, hint)


_CLOCK = (
    "A cell may count more than a small dtype can hold: after 255 a uint8 begins at 0 again "
    "(lesson 01). dtype=int has room."
)

CONFUSION = Exercise(
    name="08.confusion",
    reference=confusion,
    cases=(
        _case([2, 2, 2, 1, 0], [0, 0, 2, 1, 2], 3, "the same mistake twice"),
        _case([1], [0], 2, "one picture, read wrongly"),
        _case([1], [1], 2, "one picture, read rightly"),
        _case([0, 1, 1], [0, 1, 0], 2, "three pictures"),
        _case(
            [0, 1, 0],
            [1, 0, 0],
            4,
            "two classes do not occur",
            "A class that never occurs has a row and a column all the same.",
        ),
        _case([0, 1], [3, 1], 4, "one class occurs in the answers only"),
        _case(_rng.integers(10, size=200), _rng.integers(10, size=200), 10, "200 pictures"),
        _case([1] * 300 + [0], [0] * 300 + [1], 2, "300 pictures in one cell", _CLOCK),
        _case([0] * 70_000, [1] * 70_000, 2, "70,000 pictures in one cell", _CLOCK),
    ),
    draw=_some_answers,
    forbidden=("confusion_matrix", "crosstab"),
    mistakes=(
        Mistake(
            "the table stays empty",
            "Each picture makes one place of the table larger by 1. Which of your lines does so?",
            _masked(lambda classes: np.zeros((classes, classes))),
        ),
        Mistake(
            "rows and columns are exchanged",
            "The row is the right label, the column is the answer. Which of the two comes first "
            "in counts[..., ...]?",
            lambda labels, predictions, classes: confusion(predictions, labels, classes),
        ),
        Mistake(
            "each pair is counted only once",
            "Where a pair comes twice, your count stays 1. (counts[labels, predictions] += 1 takes "
            "each place once, however often it comes.) Go through the pictures one by one.",
            _each_pair_once,
        ),
        Mistake(
            "each pair is counted in both directions",
            "2 taken for 0 is not 0 taken for 2: one place of the table for each picture.",
            lambda labels, predictions, classes: (
                confusion(labels, predictions, classes) + confusion(predictions, labels, classes)
            ),
        ),
        Mistake(
            "shares instead of counts",
            "Do not divide: an entry says how often, not which share.",
            _shares(None),
        ),
        Mistake(
            "shares of each row instead of counts",
            "Do not divide: an entry says how often, and a row that never occurs has the sum 0.",
            _shares(1),
        ),
        Mistake(
            "shares of each column instead of counts",
            "Do not divide: an entry says how often.",
            _shares(0),
        ),
        Mistake(
            "a small dtype counts round like a clock",
            _CLOCK,
            *map(_in_dtype, ("uint8", "int8", "uint16", "int16", "float16")),
        ),
        Mistake(
            "the size comes from the labels that happen to occur",
            "A class that never occurs here has a row and a column all the same: classes says how "
            "many there are.",
            _sized_by(lambda labels, predictions: max(labels, default=-1) + 1),
            _sized_by(lambda labels, predictions: len(set(labels.tolist()))),
            _sized_by(lambda labels, predictions: max(labels.max(), predictions.max()) + 1),
            _sized_by(lambda labels, predictions: max(predictions) + 1),
            _sized_by(lambda labels, predictions: len({*labels.tolist(), *predictions.tolist()})),
        ),
        Mistake(
            "the table is always 10 by 10",
            "classes says how many there are.",
            _sized_by(lambda labels, predictions: 10),
        ),
        Mistake(
            "only the right answers are counted",
            "Your table is empty beside the diagonal. Count each picture, also where prediction "
            "and label differ.",
            _masked(np.eye),
        ),
        Mistake(
            "only the wrong answers are counted",
            "The diagonal is empty. It holds the pictures that were read rightly; count them, too.",
            _masked(lambda classes: 1 - np.eye(classes)),
        ),
        Mistake(
            "all rows are one and the same list",
            "[[0] * classes] * classes repeats one list: count in one row, and all rows show it. "
            "np.zeros((classes, classes), dtype=int) makes real rows.",
            lambda labels, predictions, classes: np.tile(
                np.bincount(predictions, minlength=classes), (classes, 1)
            ),
        ),
        Mistake(
            "only one picture is counted",
            "Does a return stand inside the loop, or is the table made anew for each picture?",
            lambda labels, predictions, classes: confusion(labels[:1], predictions[:1], classes),
            lambda labels, predictions, classes: confusion(labels[-1:], predictions[-1:], classes),
        ),
        Mistake(
            "the last picture is missing",
            "range(n) goes from 0 to n - 1 by itself.",
            lambda labels, predictions, classes: confusion(labels[:-1], predictions[:-1], classes),
        ),
        Mistake(
            "one number for each class instead of a table",
            "How often each class was read rightly is the diagonal. Where do the others go?",
            lambda labels, predictions, classes: np.diag(confusion(labels, predictions, classes)),
            lambda labels, predictions, classes: np.bincount(labels, minlength=classes),
        ),
    ),
    hints=(
        "Begin with a table of zeros, np.zeros((classes, classes), dtype=int).",
        "zip(labels, predictions) gives you one picture after the other.",
        "For each picture add 1 at the row of its label and the column of its prediction: "
        "counts[label, prediction] += 1.",
    ),
    achieved="Your table shows not only how often a network is wrong, but what it confuses.",
)

# --- 08.train

Trained = tuple[Array, Array]


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
    cut: Callable[[int, int], Iterable[Any]] = batches,
    divisor: Callable[[int, int, int], float] = lambda rows, batch_size, samples: rows,
    at_start: bool = False,
    bias_later: bool = False,
    kernel_gradient: Callable[[Array, Array], Any] = lambda rows, d: rows.T @ d,
    bias_gradient: Callable[[Array], Any] = lambda d: d.sum(axis=0),
) -> Trained:
    """Train one softmax layer; the keywords are the places where learners go wrong."""
    begin = kernel, bias
    for batch in (batch for _ in range(epochs) for batch in cut(len(x), batch_size)):
        rows, truth = x[batch], targets[batch]
        n = divisor(len(rows), batch_size, len(x))
        W, b = begin if at_start else (kernel, bias)
        d = (answer(rows @ W + b) - truth) / n
        kernel = kernel - learning_rate * kernel_gradient(rows, d)
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
) -> Trained:
    """Return kernel and bias of a softmax layer after gradient descent on batches in order."""
    return _descend(x, targets, kernel, bias, learning_rate, batch_size, epochs)


def _train_but(**change: Any) -> Callable[..., Trained]:
    return lambda *arguments: _descend(*arguments, **change)


def _train_with(
    rate: Callable[[float], float] = lambda rate: rate,
    epochs: Callable[[int], int] = lambda epochs: epochs,
) -> Callable[..., Trained]:
    """Return training at another learning rate, or for another number of epochs."""

    def twin(
        x: Array, t: Array, W: Array, b: Array, learning_rate: float, size: int, given: int
    ) -> Trained:
        return _descend(x, t, W, b, rate(learning_rate), size, epochs(given))

    return twin


def _at_rate(fixed: float) -> Callable[..., Trained]:
    return _train_with(lambda rate: fixed)


def _slices(samples: int, starts: Iterable[int], size: int) -> list[slice]:
    return [slice(k, k + size) for k in starts]


def _one_update(*arguments: Any) -> Trained:
    *given, _epochs = arguments
    return _train_but(cut=lambda samples, size: [slice(0, size)])(*given, 1)


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


def _some_task(rng: np.random.Generator) -> Arguments:
    rows, inputs, classes = size(rng, 3, 6), size(rng, 2, 3), size(rng, 2, 3)
    return {
        "x": quarters(rng, rows, inputs),
        "targets": _one_hot(rng.integers(classes, size=rows), classes),
        "kernel": quarters(rng, inputs, classes, most=1),
        "bias": quarters(rng, classes, most=1),
        "learning_rate": float(rng.choice([0.1, 0.25, 0.5])),
        "batch_size": size(rng, 1, 4),
        "epochs": size(rng, 1, 3),
    }


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
        _task(3, "the last batch is short"),
        _task(1, "one sample, one update", size=1),
        _task(2, "two samples, one update"),
        _task(2, "two samples, two updates", size=1),
        _task(2, "a batch size larger than the data", size=5),
        _task(4, "three epochs", epochs=3),
        _task(4, "whole numbers", rate=1, size=3, whole=True),
        _task(5, "five samples, six epochs", rate=0.1, epochs=6),
        _large_task(),
    ),
    draw=_some_task,
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
            "only the kernel comes back",
            "Return both: kernel, bias.",
            lambda *arguments: train(*arguments)[0],
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
            _train_but(cut=lambda n, size: _slices(n, range(0, n - size + 1, size), size)),
        ),
        Mistake(
            "the last batch is missing",
            "range stops before its end. Go on as long as a batch has a beginning, start < len(x).",
            _train_but(cut=lambda n, size: _slices(n, range(0, n - size, size), size)),
        ),
        Mistake(
            "the first batch is missing",
            "Counting starts at 0.",
            _train_but(cut=lambda n, size: _slices(n, range(size, n, size), size)),
        ),
        Mistake(
            "one big batch instead of mini-batches",
            "All samples go into one step. Cut them: x[start : start + batch_size], and one "
            "update for each cut.",
            _train_but(cut=lambda n, size: [slice(0, n)]),
        ),
        Mistake(
            "always the first batch",
            "Each step takes the next rows: x[start : start + batch_size].",
            _train_but(cut=lambda n, size: _slices(n, [0] * -(-n // size), size)),
        ),
        Mistake(
            "one sample at a time",
            "Each step takes batch_size rows together.",
            _train_but(cut=lambda n, size: _slices(n, range(n), 1)),
        ),
        Mistake(
            "the batches overlap",
            "From one batch to the next, start grows by batch_size, not by 1.",
            _train_but(cut=lambda n, size: _slices(n, range(n), size)),
            _train_but(cut=lambda n, size: _slices(n, range(-(-n // size)), size)),
        ),
        Mistake(
            "the batches come in the wrong order",
            "Go through x from its first row to its last.",
            _train_but(cut=lambda n, size: list(batches(n, size))[::-1]),
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
            _train_with(epochs=lambda epochs: 1),
        ),
        Mistake(
            "one epoch too many or too few",
            "range(epochs) runs just epochs times.",
            _train_with(epochs=lambda epochs: epochs + 1),
            _train_with(epochs=lambda epochs: epochs - 1),
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
            "twice the gradient, as of a squared error",
            "The 2 belongs to the squared error. Cross-entropy has none.",
            _train_but(divisor=lambda rows, size, samples: rows / 2),
        ),
        Mistake(
            "the learning rate is missing",
            "Not the whole gradient is subtracted, only a share of it.",
            _train_with(lambda rate: 1),
        ),
        Mistake(
            "a fixed learning rate",
            "Use the argument learning_rate: not every training has the same.",
            *map(_at_rate, (0.1, 0.01, 0.001, 0.5)),
        ),
        Mistake(
            "the bias does not learn",
            "bias comes back as it was. Its gradient is the sum of (p - y) / n over the rows.",
            _train_but(bias_gradient=lambda d: 0),
        ),
        Mistake(
            "the gradient of bias is one number for all classes",
            "The entries of a row of p - y add up to 0, so the sum of all of d is always 0. Add up "
            "the rows only: axis=0 leaves one number for each class.",
            _train_but(bias_gradient=lambda d: d.sum()),
            _train_but(bias_gradient=lambda d: d.mean()),
        ),
        Mistake(
            "the kernel does not learn",
            "kernel comes back as it was. Its gradient is rows.T @ d.",
            _train_but(kernel_gradient=lambda rows, d: 0),
        ),
        Mistake(
            "the gradient of bias is divided by n twice",
            "d holds the division by n already, so for bias its rows are added up: a sum, not "
            "a mean.",
            _train_but(bias_gradient=lambda d: d.mean(axis=0)),
        ),
        Mistake(
            "the gradient of kernel is divided by n twice",
            "d holds the division by n already.",
            _train_but(kernel_gradient=lambda rows, d: rows.T @ d / len(rows)),
            _train_but(
                kernel_gradient=lambda rows, d: rows.T @ d / len(rows),
                bias_gradient=lambda d: d.mean(axis=0),
            ),
        ),
        Mistake(
            "kernel goes downhill, bias uphill, or the other way round",
            "Both are moved against their gradient.",
            _train_but(bias_gradient=lambda d: -d.sum(axis=0)),
            _train_but(kernel_gradient=lambda rows, d: -rows.T @ d),
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
        *softmax_mistakes(
            lambda softmax: _train_but(answer=softmax),
            _NAMES,
            without=(
                "overflow",
                "one maximum for the whole table",
                "the smallest score is subtracted, not the largest",
                "the mean is subtracted, not the largest score",
                "the scores are clipped",
            ),
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
