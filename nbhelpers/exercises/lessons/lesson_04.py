"""Exercises of lesson 04: the answer, softmax of a batch, the loss from scores."""

from collections.abc import Callable

import numpy as np

from nbhelpers import activations, losses
from nbhelpers.exercises.checker.exercise import Arguments, Array, Case, Exercise, Mistake
from nbhelpers.exercises.lessons.draws import distinct, quarters, size
from nbhelpers.exercises.lessons.softmaxes import WRONG, Softmax, softmax_mistakes

_rng = np.random.default_rng(4)
ONE_ROW = np.array([[0.3, 2.9, 4.0]])
TWO_ROWS = np.array([[1.0, 3.0, 2.0], [4.0, 0.0, -1.0]])
SQUARE = np.array([[1.0, 3.0, 2.0], [4.0, 0.0, -1.0], [0.5, 0.6, 5.0]])
HUGE = np.array([[1010.0, 1000.0, 990.0]])
FAR_APART = np.array([[0.0, 1.0], [1000.0, 1001.0]])

# --- 04.predict


def predict(logits: Array) -> Array:
    """Return the place of the largest score of each row."""
    return np.asarray(logits.argmax(axis=1))


def _some_scores(rng: np.random.Generator) -> Arguments:
    return {"logits": distinct(rng, size(rng, 2, 5), size(rng, 2, 4))}


def _begun_with(best: float) -> Callable[[Array], Array]:
    """Return a search for the largest that begins with this number, and with place 0."""
    return lambda z: np.array([row.argmax() if row.max() > best else 0 for row in z])


PREDICT = Exercise(
    name="04.predict",
    reference=predict,
    cases=(
        Case({"logits": TWO_ROWS}, "two rows"),
        Case({"logits": ONE_ROW}, "one row"),
        Case({"logits": SQUARE}, "as many rows as classes"),
        Case(
            {"logits": np.array([[-3.0, -1.0, -2.0], [-0.5, -4.0, -0.25]])},
            "all scores below 0",
            "The winner may be below 0. With what number does your search begin?",
        ),
        Case(
            {"logits": np.array([[0.2, 0.4, 0.1], [1.1, 1.0, 1.2]])},
            "scores close together",
            "The scores of a row may lie close together. Does any line round them?",
        ),
        Case(
            {"logits": HUGE[:, [1, 0, 2]]},
            "huge scores",
            "exp of 1010 is infinite. Is it needed to know who wins?",
        ),
        Case({"logits": np.array([[0.0, 800.0], [-1000.0, 1.0]])}, "scores far apart"),
        Case({"logits": np.array([[3, 5, 4], [-7, -9, -8]])}, "whole numbers"),
        Case({"logits": _rng.normal(size=(20, 10))}, "twenty rows"),
    ),
    draw=_some_scores,
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
            lambda logits: logits.max(axis=0),
            lambda logits: logits.max(),
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
        Mistake(
            "the second largest score wins",
            "argsort puts the smallest first. The last one of each row is the largest.",
            lambda logits: logits.argsort(axis=1)[:, -2],
        ),
        Mistake(
            "classes are counted from 1",
            "The first class has number 0, as the first entry of a list.",
            lambda logits: logits.argmax(axis=1) + 1,
        ),
        Mistake(
            "a row whose scores are all below 0 gets class 0",
            "The winner may be below 0. Does a search begin with 0, or does a line cut the scores "
            "off there? Begin with the first score.",
            _begun_with(0),
        ),
        Mistake(
            "a row whose scores are all below -1 gets class 0",
            "The winner may be below -1. Does a search begin with -1? Begin with the first score.",
            _begun_with(-1),
        ),
        Mistake(
            "the largest without its sign",
            "-9 is smaller than 1. abs takes the sign away.",
            lambda logits: np.abs(logits).argmax(axis=1),
        ),
        Mistake(
            "the scores are rounded first",
            "0.4 and 0.2 both become 0, and then the first one wins. Compare the scores as they "
            "are.",
            lambda logits: np.round(logits).argmax(axis=1),
            lambda logits: logits.astype(int).argmax(axis=1),
        ),
        Mistake(
            "one-hot rows instead of the place",
            "A 1 where the largest score stands says it, too, but the place itself is asked for, "
            "one number a row.",
            lambda logits: logits == logits.max(axis=1, keepdims=True),
            lambda logits: np.eye(logits.shape[1])[logits.argmax(axis=1)],
        ),
        Mistake(
            "the whole order instead of the winner",
            "argsort gives all places, from the smallest score to the largest. One of them is the "
            "answer.",
            lambda logits: logits.argsort(axis=1),
        ),
        Mistake(
            "the answer of one row only",
            "One answer for each row should come back. Is there a return inside a loop, or a [0]?",
            lambda logits: logits.argmax(axis=1)[0],
            lambda logits: logits.argmax(axis=1)[-1],
            lambda logits: logits.argmax(axis=1)[:1],
        ),
        Mistake(
            "shares instead of the answer",
            "Softmax says how sure the network is. Who wins is the place of the largest.",
            activations.softmax,
        ),
    ),
    hints=(
        "Softmax keeps the order. So who wins is known before any exp.",
        "One of NumPy's functions returns the place of the largest entry: argmax.",
        "logits.argmax(...) needs an axis: the one that goes along a row, which is 1.",
    ),
    achieved="You read the answer of a network straight from its scores, with no softmax at all.",
    samples=True,
)

# --- 04.softmax

SOFTMAX = Exercise(
    name="04.softmax",
    reference=activations.softmax,
    cases=(
        Case({"logits": TWO_ROWS}, "two rows"),
        Case({"logits": ONE_ROW}, "one row"),
        Case({"logits": np.array([[0.0, 0.0]])}, "one row, equal scores"),
        Case({"logits": SQUARE}, "as many rows as classes"),
        Case({"logits": np.array([[1, 2], [3, 5]])}, "whole numbers"),
        Case(
            {"logits": HUGE},
            "huge scores",
            "exp of 1010 is infinite. The same number may be subtracted from all scores of a row.",
        ),
        Case(
            {"logits": np.array([[0.0, 800.0]])},
            "scores far apart",
            "Not how large the scores are decides, but how far apart. Which one must become 0?",
        ),
        Case(
            {"logits": np.array([[0.0, -1000.0, 1.0]])},
            "one far below",
            "A share may be too small for a float, and then it is 0. No exp may become infinite.",
        ),
        Case(
            {"logits": np.array([[0.0, 3000.0, 2999.0]])},
            "scores very far apart",
            "Not how large the scores are decides, but how far apart. Which one must become 0?",
        ),
        Case(
            {"logits": FAR_APART},
            "rows far apart",
            "Each row has a largest score of its own.",
        ),
        Case({"logits": -HUGE}, "far below zero"),
        Case({"logits": np.array([[30_000.0, 29_999.0]])}, "gigantic scores"),
        Case({"logits": np.array([[5.0], [-2.0]])}, "a single class"),
    ),
    draw=_some_scores,
    mistakes=softmax_mistakes(lambda softmax: softmax),
    hints=(
        "Three lines: make it safe, take exp, divide by the sum of the row.",
        "The largest score of each row is logits.max(axis=1, keepdims=True).",
        "e = np.exp(logits - the largest of each row); then e divided by e.sum(axis=1, "
        "keepdims=True).",
    ),
    achieved="Your softmax takes whole batches, and scores of any size, without losing a digit.",
    samples=True,
)

# --- 04.cross_entropy


def cross_entropy(logits: Array, labels: Array) -> float:
    """Return the mean cross-entropy of the rows, straight from scores."""
    return float(losses.sparse_categorical_crossentropy(labels, logits, from_logits=True).mean())


def _some_scores_and_labels(rng: np.random.Generator) -> Arguments:
    rows, classes = size(rng, 2, 4), size(rng, 2, 4)
    return {"logits": quarters(rng, rows, classes), "labels": rng.integers(classes, size=rows)}


def _log_p(logits: Array, labels: Array) -> Array:
    return np.asarray(activations.log_softmax(logits)[np.arange(len(labels)), labels])


def _of(numbers: Callable[[Array, Array], Array]) -> Callable[[Array, Array], float]:
    """Return minus the mean of what is picked from log-softmax."""
    return lambda logits, labels: float(-numbers(activations.log_softmax(logits), labels).mean())


def _by_softmax(softmax: Softmax) -> Callable[[Array, Array], float]:
    def twin(logits: Array, labels: Array) -> float:
        return float(-np.log(softmax(logits)[np.arange(len(labels)), labels]).mean())

    return twin


def _kept_above(keep: Callable[[Array], Array]) -> Callable[[Array, Array], float]:
    """Return a loss whose shares are kept away from 0."""
    return _by_softmax(lambda z: keep(activations.softmax(z)))


def _plus(tiny: float) -> Callable[[Array, Array], float]:
    return _kept_above(lambda p: p + tiny)


def _clipped(tiny: float) -> Callable[[Array, Array], float]:
    return _kept_above(lambda p: np.clip(p, tiny, 1))


def _one_hot(logits: Array, labels: Array) -> Array:
    return np.asarray(np.eye(logits.shape[1])[labels])


_TINY = (1e-20, 1e-16, 1e-15, 1e-14, 1e-12, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6)

CROSS_ENTROPY = Exercise(
    name="04.cross_entropy",
    reference=cross_entropy,
    cases=(
        Case({"logits": TWO_ROWS, "labels": np.array([2, 0])}, "two rows"),
        Case({"logits": np.array([[1.0, 3.0]]), "labels": np.array([1])}, "one row"),
        Case({"logits": ONE_ROW, "labels": np.array([0])}, "one row, three classes"),
        Case({"logits": SQUARE, "labels": np.array([1, 0, 2])}, "as many rows as classes"),
        Case({"logits": np.array([[1, 3], [2, 0]]), "labels": np.array([0, 0])}, "whole numbers"),
        Case(
            {"logits": HUGE, "labels": np.array([1])},
            "huge scores",
            "exp of 1010 is infinite. The same number may be subtracted from all scores of a row.",
        ),
        Case(
            {"logits": np.array([[0.0, -1000.0]]), "labels": np.array([1])},
            "sure and wrong",
            "The share of the right class is e to the -1000 here. A float makes 0 of it, and the "
            "log of 0 is -inf. Take the log on paper first: log-softmax, section 5.",
        ),
        Case(
            {"logits": np.array([[0.0, 800.0], [1.0, 2.0]]), "labels": np.array([0, 1])},
            "sure and wrong in one of two rows",
            "A share of e to the -800 is 0 in a float. Take the log on paper first: log-softmax, "
            "section 5.",
        ),
        Case(
            {"logits": np.array([[0.0, 3000.0, 2999.0]]), "labels": np.array([1])},
            "scores very far apart",
            "Not how large the scores are decides, but how far apart. Which one must become 0?",
        ),
        Case(
            {"logits": FAR_APART, "labels": np.array([0, 1])},
            "rows far apart",
            "Each row has a largest score of its own.",
        ),
        Case(
            {"logits": quarters(_rng, 7, 3), "labels": _rng.integers(3, size=7)},
            "seven rows",
        ),
    ),
    draw=_some_scores_and_labels,
    mistakes=(
        Mistake(
            "sum instead of mean",
            "With twice as many rows your loss is twice as large. Divide by the number of rows.",
            lambda logits, labels: float(-_log_p(logits, labels).sum()),
        ),
        Mistake(
            "the mean of the whole table instead of one entry a row",
            "Each row has one entry that counts, that of the right class; all others are 0 after "
            "the one-hot table. Add up along the row first, then take the mean over the rows.",
            lambda logits, labels: float(
                -(activations.log_softmax(logits) * _one_hot(logits, labels)).mean()
            ),
        ),
        Mistake(
            "one loss for each row instead of their mean",
            "What comes back should be one number for the whole batch.",
            lambda logits, labels: -_log_p(logits, labels),
        ),
        Mistake(
            "another logarithm than the natural one",
            "Cross-entropy uses the natural logarithm, np.log: the one that undoes exp.",
            lambda logits, labels: float(-_log_p(logits, labels).mean() / np.log(2)),
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
            lambda logits, labels: float(
                -(labels[:, None] * activations.log_softmax(logits)).sum(axis=1).mean()
            ),
        ),
        Mistake(
            "all rows by all labels",
            "log_p[:, labels] takes every label from every row. You want one entry a row: "
            "log_p[np.arange(n), labels].",
            _of(lambda log_p, labels: log_p[:, labels]),
        ),
        Mistake(
            "rows are picked instead of classes",
            "log_p[labels] takes whole rows: the first place in the brackets counts rows.",
            lambda logits, labels: float(-activations.log_softmax(logits)[labels].mean()),
        ),
        Mistake(
            "all classes count, not only the right one",
            "The mean over the whole table takes no notice of the labels. From each row one entry "
            "counts: that of the right class.",
            _of(lambda log_p, labels: log_p),
            _of(lambda log_p, labels: log_p.sum(axis=1)),
        ),
        Mistake(
            "the winner counts, not the right class",
            "The largest score is what the network says. The loss asks for the class in labels.",
            _of(lambda log_p, labels: log_p.max(axis=1)),
        ),
        Mistake(
            "the median or the largest instead of the mean",
            "All rows count alike: add up, and divide by their number.",
            lambda logits, labels: float(np.median(-_log_p(logits, labels))),
            lambda logits, labels: float(np.max(-_log_p(logits, labels))),
            lambda logits, labels: float(np.min(-_log_p(logits, labels))),
        ),
        Mistake(
            "the loss of one row only",
            "Is there a return inside a loop, or a [0]? All rows count.",
            lambda logits, labels: float(-_log_p(logits, labels)[0]),
            lambda logits, labels: float(-_log_p(logits, labels)[-1]),
        ),
        Mistake(
            "the logarithm is missing",
            "That is the mean share of the right class. The loss is minus the mean of its "
            "logarithm.",
            lambda logits, labels: float(np.exp(_log_p(logits, labels)).mean()),
            lambda logits, labels: float(-np.exp(_log_p(logits, labels)).mean()),
            lambda logits, labels: float((1 - np.exp(_log_p(logits, labels))).mean()),
        ),
        Mistake(
            "the logarithm of the mean instead of the mean of the logarithms",
            "First the logarithm for each row, then the mean.",
            lambda logits, labels: float(-np.log(np.exp(_log_p(logits, labels)).mean())),
        ),
        Mistake(
            "the scores of the right class, without softmax",
            "A score is no share. From each score the logarithm of the sum of all exp in its row "
            "is to be subtracted: log-softmax.",
            lambda logits, labels: float(-logits[np.arange(len(labels)), labels].mean()),
        ),
        Mistake(
            "the largest score is subtracted in one place only",
            "In z - log(sum(exp(z))) the same z stands twice. Subtract the largest score from "
            "both, or add it again at the end.",
            lambda logits, labels: float(
                np.mean(
                    np.log(np.exp(logits - logits.max(1, keepdims=True)).sum(1))
                    - logits[np.arange(len(labels)), labels]
                )
            ),
        ),
        Mistake(
            "a small number inside the log",
            "log(p + 1e-12) and np.clip hide the infinity, and give 27 where the loss is 1000. "
            "Take the logarithm on paper first: log-softmax, section 5.",
            *map(_plus, _TINY),
            *map(_clipped, _TINY),
        ),
        Mistake(
            "the detour by softmax loses the small shares",
            "A share of e to the -1000 is rounded to 0, and log(0) is -inf. Take the logarithm on "
            "paper first: log-softmax, section 5.",
            _by_softmax(activations.softmax),
            *map(_by_softmax, WRONG["the smallest score is subtracted, not the largest"][1]),
            *map(_by_softmax, WRONG["the mean is subtracted, not the largest score"][1]),
            *map(_by_softmax, WRONG["one maximum for the whole table"][1]),
        ),
        *softmax_mistakes(
            _by_softmax,
            {"overflow": "overflow, and the detour by softmax"},
            without=(
                "the scores are clipped",
                "the smallest score is subtracted, not the largest",
                "the mean is subtracted, not the largest score",
                "one maximum for the whole table",
            ),
        ),
        Mistake(
            "overflow",
            "exp of 1010 is infinite. Subtract the largest score of each row first, from all "
            "scores of that row: the loss does not notice.",
            lambda logits, labels: float(
                -(logits - np.log(np.exp(logits).sum(1, keepdims=True)))[
                    np.arange(len(labels)), labels
                ].mean()
            ),
        ),
        Mistake(
            "the largest score of the whole table",
            "A row far below that maximum becomes all zeros, and the log of 0 is -inf. Each row "
            "has a maximum of its own.",
            lambda logits, labels: float(
                -np.mean(
                    (logits - logits.max())[np.arange(len(labels)), labels]
                    - np.log(np.exp(logits - logits.max()).sum(1))
                )
            ),
        ),
    ),
    hints=(
        "Start from log-softmax, row by row: the logarithm of softmax, worked out on paper.",
        "With z = logits - the largest of each row it is z - log(sum(exp(z))). From each row take "
        "the entry of the right class: log_p[np.arange(len(labels)), labels].",
        "The loss is minus the mean of these entries: -log_p[np.arange(len(labels)), "
        "labels].mean().",
    ),
    achieved="This is the loss that trains every network of this course, safe at any score.",
    samples=True,
)

EXERCISES = (PREDICT, SOFTMAX, CROSS_ENTROPY)
