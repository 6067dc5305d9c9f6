"""Exercises of lesson 06: updates in an epoch, a shuffle for two, cutting into batches."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from nbhelpers import batching
from nbhelpers.exercises.checker.exercise import Case, Exercise, Mistake

Array = np.ndarray
_rng = np.random.default_rng(6)

# --- 06.updates

_EXCHANGED = "samples and batch size are exchanged"
_EXCHANGED_HINT = (
    "How often does a batch fit into n samples? You ask how often n fits into a batch."
)

UPDATES = Exercise(
    name="06.updates",
    reference=batching.updates_per_epoch,
    cases=(
        Case({"n": 17, "batch_size": 5}, "5 + 5 + 5 + 2"),
        Case({"n": 10, "batch_size": 5}, "5 + 5, nothing is left over"),
        Case({"n": 14, "batch_size": 5}, "5 + 5 + 4"),
        Case({"n": 3, "batch_size": 5}, "not even one full batch"),
        Case({"n": 4, "batch_size": 1}, "one by one"),
        Case({"n": 1001, "batch_size": 1000}, "one sample is left over"),
        Case({"n": 60_000, "batch_size": 128}, "the lesson's own numbers"),
        Case({"n": 0, "batch_size": 5}, "no sample at all"),
    ),
    mistakes=(
        Mistake(
            "rounded down",
            "The samples that are left over come too: their batch is short, but it is an update "
            "like any other.",
            lambda n, batch_size: n // batch_size,
        ),
        Mistake(
            "rounded to the nearest whole number",
            "A short batch counts, however short it is. So a fraction always goes up.",
            lambda n, batch_size: round(n / batch_size),
        ),
        Mistake(
            "always one more",
            "One more is right only if samples are left over. Where they fill the last batch, "
            "there is nothing to add.",
            lambda n, batch_size: n // batch_size + 1,
        ),
        Mistake(
            "one update for each sample that is left over",
            "n % batch_size counts the samples that are left over. All of them share one batch.",
            lambda n, batch_size: n // batch_size + n % batch_size,
        ),
        Mistake(
            "the size of the last batch",
            "n % batch_size says how many samples are left over, not how many batches there are.",
            lambda n, batch_size: n % batch_size,
        ),
        Mistake(
            "a minus sign is missing",
            "-n // batch_size rounds to the side that you want, but below zero. What turns it "
            "round again?",
            lambda n, batch_size: -n // batch_size,
        ),
        Mistake(_EXCHANGED, _EXCHANGED_HINT, lambda n, batch_size: -(-batch_size // n)),
        Mistake(_EXCHANGED, _EXCHANGED_HINT, lambda n, batch_size: batch_size // n),
        Mistake(
            "at least one update",
            "Without a sample there is no batch, so nothing is updated.",
            lambda n, batch_size: max(1, -(-n // batch_size)),
        ),
    ),
    hints=(
        "How many full batches are there? Does anything remain?",
        "n // batch_size rounds down. Section 3 turns that into rounding up with two minus signs.",
        "-n // batch_size is the number that you want, but negative.",
    ),
    achieved="469 for the 60,000 pictures of MNIST: you know how many steps an epoch takes.",
    tolerance=0,
)

# --- 06.shuffle


def shuffle(x: Array, y: Array, rng: np.random.Generator) -> tuple[Array, Array]:
    """Return both in the order of one and the same permutation."""
    (order,) = batching.batches(len(x), len(x), rng)
    return x[order], y[order]


LOST_ROWS = Mistake(
    "rows came back that x did not have",
    "A row is one sample, and it stays whole: only the order of the rows may change. Which axis "
    "did you shuffle, and along which one did you index?",
)
COLUMNS = Mistake(
    "the columns are shuffled",
    "The samples lie along the first axis, and inside a sample everything stays in its place.",
)
LOST_LABELS = Mistake(
    "labels came back that y did not have",
    "The labels themselves stay as they are: only their order changes.",
)
REPLACED = Mistake(
    "some rows come twice, others never",
    "A new order names each row exactly once. rng.integers, and rng.choice as it stands, may draw "
    "the same place again.",
)
UNTOUCHED = Mistake(
    "nothing is shuffled",
    "Both came back in their old order. Drawing an order is not enough: index with it, and return "
    "what comes out.",
)
ONLY_X = Mistake(
    "the rows are shuffled, but the labels are not",
    "Now each row has the label of another one. Labels move along with their rows.",
)
ONLY_Y = Mistake(
    "the labels are shuffled, but the rows are not",
    "Now each row has the label of another one. Rows move along with their labels.",
)
APART = Mistake(
    "rows and labels are shuffled apart",
    "Each has an order of its own, so rows and labels no longer belong together. Draw one order, "
    "and use it twice.",
)
ROLLED = Mistake(
    "moved along or reversed, but not shuffled",
    "Neighbours are still neighbours. If the data are sorted, a batch of them holds one class "
    "only, as before.",
)


def _places(rows: Array, before: Array) -> list[int] | None:
    """Return where each row stood before; None if one of them stood nowhere."""
    same = (_flat(rows)[:, None] == _flat(before)).all(axis=2)
    return same.argmax(axis=1).tolist() if same.any(axis=1).all() else None


def _flat(rows: Array) -> Array:
    return rows.reshape(len(rows), -1)


def _is_rolled(places: list[int]) -> bool:
    steps = np.diff(places) % len(places)
    return (steps == steps[0]).all() and steps[0] in (1, len(places) - 1)


def shuffled_together(arguments: Mapping[str, Any], result: Any) -> Mistake | None:
    """Return what is wrong with a shuffle; every common order of rows and labels is right."""
    x, y = arguments["x"], arguments["y"]
    of_x, of_y, in_order = _places(result[0], x), _places(result[1], y), list(range(len(x)))
    if of_x is None:
        only_inside = _places(np.sort(_flat(result[0])), np.sort(_flat(x))) is not None
        return COLUMNS if only_inside else LOST_ROWS
    if of_y is None:
        return LOST_LABELS
    if sorted(of_x) != in_order or sorted(of_y) != in_order:
        return REPLACED
    if of_x != of_y:
        return ONLY_X if of_y == in_order else ONLY_Y if of_x == in_order else APART
    if of_x == in_order:
        return UNTOUCHED
    return ROLLED if _is_rolled(of_x) else None


TENS = np.arange(10, 90, 10)

SHUFFLE = Exercise(
    name="06.shuffle",
    reference=shuffle,
    cases=(
        Case(
            {
                "x": np.stack([TENS, TENS + 1], axis=1),
                "y": np.arange(1, 9),
                "rng": np.random.default_rng(1),
            },
            "label 1 belongs to 10, 11, label 2 to 20, 21, and so on",
        ),
        Case(
            {
                "x": np.arange(64.0).reshape(8, 8) / 10,
                "y": np.arange(0, -8, -1),
                "rng": np.random.default_rng(2),
            },
            "as many columns as rows",
        ),
        Case(
            {
                "x": _rng.integers(256, size=(10, 4, 4), dtype=np.uint8),
                "y": np.arange(10),
                "rng": np.random.default_rng(3),
            },
            "ten small pictures",
        ),
        Case(
            {
                "x": _rng.normal(size=(200, 3)),
                "y": np.arange(200),
                "rng": np.random.default_rng(4),
            },
            "two hundred rows",
        ),
    ),
    mistakes=(),
    hints=(
        "Do not move the rows: shuffle their numbers first, as section 3 does.",
        "rng.permutation(len(x)) gives the numbers of all rows in a new order.",
        "An array can be indexed by a list of numbers: x[order]. Use one order for both.",
    ),
    achieved="Every row kept its label. Each epoch of training begins with these two lines.",
    outputs=("x", "y"),
    rule=shuffled_together,
)

# --- 06.batches


def batches(x: Array, batch_size: int) -> list[Array]:
    """Return the batches in order; the last one may be short."""
    return [x[part] for part in batching.batches(len(x), batch_size)]


def _cut(x: Array, starts: Any, length: int) -> list[Array]:
    return [x[start : start + length] for start in starts]


def _filled_up(x: Array, batch_size: int) -> list[Array]:
    missing = -len(x) % batch_size
    return batches(np.concatenate([x, np.zeros((missing, *x.shape[1:]))]), batch_size)


def _ends_at_the_end(x: Array, batch_size: int) -> list[Array]:
    *full, _ = batches(x, batch_size)
    return [*full, x[-batch_size:]]


def _rest_joined(x: Array, batch_size: int) -> list[Array]:
    starts = [k * batch_size for k in range(len(x) // batch_size)]
    *full, last = starts
    return [*_cut(x, full, batch_size), x[last:]]


def _rows(n: int) -> Array:
    return np.stack([TENS[:n], TENS[:n] + 1], axis=1)


_MISSING = "the last batch is missing"
_FILLED = "the last batch is filled up"
_OVERLAP = "the batches overlap"
_FIRST = "only the first batch came back"
_TOO_SOON = (
    "Your loop stops too soon. Write down the starts of all batches for this input: which is the "
    "last one?"
)
_NOT_FULL = "The last batch holds what is left, and nothing else: it may be shorter than the rest."
_STEP = "How far is it from the start of one batch to the start of the next?"
_RETURN = "The loop ends at the first return. Collect the batches in a list, and return it after."

BATCHES = Exercise(
    name="06.batches",
    reference=batches,
    cases=(
        Case({"x": _rows(6), "batch_size": 2}, "three full batches"),
        Case({"x": _rows(5), "batch_size": 2}, "one row is left over"),
        Case({"x": _rows(7), "batch_size": 3}, "3 + 3 + 1"),
        Case({"x": _rows(3), "batch_size": 10}, "not even one full batch"),
        Case({"x": _rows(3), "batch_size": 1}, "one by one"),
        Case({"x": np.arange(20.0).reshape(5, 2, 2), "batch_size": 4}, "small pictures"),
        Case({"x": _rng.normal(size=(300, 2)), "batch_size": 128}, "three hundred rows"),
        Case({"x": np.zeros((0, 2)), "batch_size": 4}, "no row at all"),
    ),
    mistakes=(
        Mistake(
            _MISSING,
            "The rows that do not fill a batch make a short one at the end: training needs them "
            "as well. How many batches are there, full or not?",
            lambda x, batch_size: _cut(
                x, range(0, len(x) - batch_size + 1, batch_size), batch_size
            ),
        ),
        Mistake(
            _MISSING,
            _TOO_SOON,
            lambda x, batch_size: _cut(x, range(0, len(x) - batch_size, batch_size), batch_size),
        ),
        Mistake(
            "the first batch is missing",
            "Counting starts at 0. With which row does your first batch begin?",
            lambda x, batch_size: _cut(x, range(batch_size, len(x), batch_size), batch_size),
        ),
        Mistake(
            "each slice ends at batch_size",
            "The second number of a slice says where it ends, not how long it is. Where does a "
            "batch end that begins at start?",
            lambda x, batch_size: [x[k:batch_size] for k in range(0, len(x), batch_size)],
        ),
        Mistake(_FILLED, f"{_NOT_FULL} Zeros are samples that nobody took.", _filled_up),
        Mistake(
            _FILLED,
            f"{_NOT_FULL} Rows that were in an earlier batch count twice now.",
            _ends_at_the_end,
        ),
        Mistake(
            "the rest is joined to the last full batch",
            "No batch may be larger than batch_size. What is left over makes a batch of its own.",
            _rest_joined,
        ),
        Mistake(
            "an empty batch at the end",
            "Where the rows fill all batches, nothing is left for one more; the mean of an empty "
            "batch is nan. Where should the last batch start?",
            lambda x, batch_size: _cut(x, range(0, len(x) + 1, batch_size), batch_size),
        ),
        Mistake(
            "each batch is one row short",
            "A slice ends before its second number: x[0:2] holds the rows 0 and 1. Nothing needs "
            "to be subtracted.",
            lambda x, batch_size: _cut(x, range(0, len(x), batch_size), batch_size - 1),
        ),
        Mistake(
            "each batch is one row too long",
            "The first row of the next batch is in this one, too. A slice ends before its second "
            "number: x[0:2] holds two rows.",
            lambda x, batch_size: _cut(x, range(0, len(x), batch_size), batch_size + 1),
        ),
        Mistake(_OVERLAP, _STEP, lambda x, batch_size: _cut(x, range(len(x)), batch_size)),
        Mistake(
            _OVERLAP,
            _STEP,
            lambda x, batch_size: _cut(x, range(-(-len(x) // batch_size)), batch_size),
        ),
        Mistake(
            "the batch size is taken for the number of batches",
            "batch_size says how many rows are in one batch, not how many batches there are.",
            lambda x, batch_size: np.array_split(x, batch_size),
        ),
        Mistake(
            "the rows are spread evenly",
            "Every batch but the last should be full: batch_size rows. Only the last may be short.",
            lambda x, batch_size: np.array_split(x, -(-len(x) // batch_size)),
        ),
        Mistake(
            "the columns are cut instead of the rows",
            "The samples lie along the first axis. One slice is enough: x[start:stop].",
            lambda x, size: [x[:, start : start + size] for start in range(0, len(x), size)],
        ),
        Mistake(_FIRST, _RETURN, lambda x, batch_size: x[:batch_size]),
        Mistake(_FIRST, _RETURN, lambda x, batch_size: [x[:batch_size]]),
    ),
    hints=(
        "At which rows do the batches start? For 6 rows in batches of 2: at 0, 2 and 4.",
        "range(0, len(x), batch_size) counts these starts; one batch is a slice from start on.",
        "A slice that goes past the end just stops there. So the short batch needs no if.",
    ),
    achieved="Every sample is in exactly one batch, also when the last one is short.",
    samples=False,
)

EXERCISES = (UPDATES, SHUFFLE, BATCHES)
