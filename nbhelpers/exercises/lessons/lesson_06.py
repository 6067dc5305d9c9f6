"""Exercises of lesson 06: updates in an epoch, a shuffle for two, cutting into batches."""

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from nbhelpers import batching
from nbhelpers.exercises.checker.exercise import (
    Arguments,
    Array,
    Case,
    Chance,
    Exercise,
    Mistake,
)
from nbhelpers.exercises.lessons.draws import size
from nbhelpers.exercises.lessons.orders import neighbours, places, seen, wrong_axes

_rng = np.random.default_rng(6)

# --- 06.updates


def _some_counts(rng: np.random.Generator) -> Arguments:
    return {"n": size(rng, 1, 40), "batch_size": size(rng, 1, 9)}


def _up_by(share: float) -> Any:
    return lambda n, batch_size: int(n / batch_size + share)


UPDATES = Exercise(
    name="06.updates",
    reference=batching.updates_per_epoch,
    cases=(
        Case({"n": 17, "batch_size": 5}, "5 + 5 + 5 + 2"),
        Case(
            {"n": 10, "batch_size": 5},
            "5 + 5, nothing is left over",
            "The samples fill all batches here. Does your function count one more?",
        ),
        Case({"n": 14, "batch_size": 5}, "5 + 5 + 4"),
        Case({"n": 3, "batch_size": 5}, "not even one full batch"),
        Case({"n": 4, "batch_size": 1}, "one by one"),
        Case(
            {"n": 1001, "batch_size": 1000},
            "one sample is left over",
            "One sample left over makes a batch, however large the others are.",
        ),
        Case(
            {"n": 20_001, "batch_size": 20_000},
            "one of twenty thousand is left over",
            "One sample left over makes a batch, however large the others are.",
        ),
        Case({"n": 60_000, "batch_size": 128}, "the lesson's own numbers"),
        Case(
            {"n": 0, "batch_size": 5},
            "no sample at all",
            "Without a sample there is no batch, and so no update.",
        ),
    ),
    draw=_some_counts,
    mistakes=(
        Mistake(
            "rounded down",
            "The samples that are left over come too: their batch is short, but it is an update "
            "like any other.",
            lambda n, batch_size: n // batch_size,
            *map(_up_by, (0.9, 0.95, 0.99, 0.999, 0.9999)),
        ),
        Mistake(
            "rounded to the nearest whole number",
            "A short batch counts, however short it is. So a fraction always goes up.",
            lambda n, batch_size: round(n / batch_size),
            _up_by(0.5),
        ),
        Mistake(
            "always one more",
            "One more is right only if samples are left over. Where they fill the last batch, "
            "there is nothing to add.",
            lambda n, batch_size: n // batch_size + 1,
        ),
        Mistake(
            "one too few where samples are left over, else right",
            "Where something is left over, it makes one batch more, not less.",
            lambda n, batch_size: n // batch_size - (n % batch_size > 0),
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
        Mistake(
            "samples and batch size are exchanged",
            "How often does a batch fit into n samples? You ask how often n fits into a batch.",
            lambda n, batch_size: -(-batch_size // n),
            lambda n, batch_size: batch_size // n,
            lambda n, batch_size: math.ceil(batch_size / n),
            lambda n, batch_size: int(batch_size / n),
        ),
        Mistake(
            "at least one update",
            "Without a sample there is no batch, so nothing is updated.",
            lambda n, batch_size: max(1, -(-n // batch_size)),
        ),
        Mistake(
            "one for each sample",
            "A whole batch of samples makes one update.",
            lambda n, batch_size: n,
        ),
        Mistake(
            "samples times batch size",
            "Batches cut the samples into parts: divide.",
            lambda n, batch_size: n * batch_size,
        ),
    ),
    hints=(
        "How many full batches are there? Does anything remain?",
        "n // batch_size rounds down. Section 3 turns that into rounding up with two minus signs.",
        "-n // batch_size is the number that you want, but negative: put -( ) around it.",
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
TOO_FEW = Mistake(
    "rows are missing, or there are too many",
    "Every row comes back exactly once. How many numbers are in your order?",
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
STUCK = Mistake(
    "some rows never get to some places",
    "In 200 shuffles of 8 rows every row should have stood at every place. Does one of them always "
    "stay where it is? permutation(len(x)) moves all of them.",
)
TOGETHER = Mistake(
    "rows are shuffled in blocks",
    "In 200 shuffles neighbours stayed together far too often. Every row should move on its own.",
)


def _is_rolled(order: list[int]) -> bool:
    steps = np.diff(order) % len(order)
    return bool((steps == steps[0]).all()) and steps[0] in (1, len(order) - 1)


def shuffled_together(arguments: Arguments, result: Any) -> Mistake | None:
    """Return what is wrong with a shuffle; every common order of rows and labels is right."""
    x, y = arguments["x"], arguments["y"]
    new_x, new_y = result
    if (new_x.ndim, new_y.ndim) != (x.ndim, y.ndim):
        return wrong_axes(result)
    if new_x.shape[1:] != x.shape[1:]:
        return LOST_ROWS
    of_x, of_y, in_order = places(new_x, x), places(new_y, y), list(range(len(x)))
    if of_x is None:
        inside = places(np.sort(_flat(new_x)), np.sort(_flat(x))) is not None
        return COLUMNS if inside else LOST_ROWS
    if of_y is None:
        return LOST_LABELS
    if len(of_x) != len(x) or len(of_y) != len(y):
        return TOO_FEW
    if sorted(of_x) != in_order or sorted(of_y) != in_order:
        return REPLACED
    if of_x != of_y:
        return ONLY_X if of_y == in_order else ONLY_Y if of_x == in_order else APART
    if of_x == in_order:
        return UNTOUCHED
    return ROLLED if _is_rolled(of_x) else None


def well_shuffled(results: Sequence[Any]) -> Mistake | None:
    """Return what many shuffles of the labels 0 to 7 show."""
    orders = [[int(label) for label in y] for _, y in results]
    if not seen(orders).all():
        return STUCK
    return TOGETHER if np.mean([neighbours(order) for order in orders]) > 2 else None


def _flat(rows: Array) -> Array:
    return rows.reshape(len(rows), -1)


def _eight(rng: np.random.Generator) -> Arguments:
    return {"x": np.arange(16.0).reshape(8, 2), "y": np.arange(8), "rng": rng}


def _some_rows(rng: np.random.Generator) -> Arguments:
    n = size(rng, 10, 12)  # of fewer rows a true shuffle keeps the old order too often
    x = rng.permutation(100)[: 2 * n].reshape(n, 2)
    return {"x": x, "y": 100 + rng.permutation(n), "rng": np.random.default_rng(n)}


TENS = np.arange(10, 130, 10)

SHUFFLE = Exercise(
    name="06.shuffle",
    reference=shuffle,
    cases=(
        Case(
            {
                "x": np.stack([TENS, TENS + 1], axis=1),
                "y": np.arange(1, 13),
                "rng": np.random.default_rng(1),
            },
            "label 1 belongs to 10, 11, label 2 to 20, 21, and so on",
        ),
        Case(
            {
                "x": np.arange(100.0).reshape(10, 10) / 10,
                "y": np.arange(0, -10, -1),
                "rng": np.random.default_rng(2),
            },
            "as many columns as rows",
        ),
        Case(
            {
                "x": _rng.integers(256, size=(11, 4, 4), dtype=np.uint8),
                "y": np.arange(50, 61),
                "rng": np.random.default_rng(3),
            },
            "eleven small pictures",
        ),
        Case(
            {
                "x": _rng.normal(size=(200, 3)),
                "y": np.arange(1000, 1200),
                "rng": np.random.default_rng(4),
            },
            "two hundred rows",
        ),
    ),
    draw=_some_rows,
    mistakes=(),
    hints=(
        "Do not move the rows: shuffle their numbers first, as section 3 does.",
        "rng.permutation(len(x)) gives the numbers of all rows in a new order.",
        "An array can be indexed by a list of numbers: return x[order], y[order], with one order "
        "for both.",
    ),
    achieved="Every row kept its label. Each epoch of training begins with these two lines.",
    outputs=("x", "y"),
    rule=shuffled_together,
    chance=Chance(_eight, well_shuffled),
)

# --- 06.batches


def batches(x: Array, batch_size: int) -> list[Array]:
    """Return the batches in order; the last one may be short."""
    return [x[part] for part in batching.batches(len(x), batch_size)]


def _cut(x: Array, starts: Iterable[int], length: int) -> list[Array]:
    return [x[start : start + length] for start in starts]


def _last_filled(fill: Any) -> Any:
    """Return a twin that makes something else of a last batch that is short."""

    def twin(x: Array, batch_size: int) -> list[Array]:
        *full, last = batches(x, batch_size) or [x]
        return [*full, last if len(last) in (0, batch_size) else fill(x, last, batch_size)]

    return lambda x, batch_size: twin(x, batch_size) if len(x) else []


def _with_zeros(x: Array, last: Array, batch_size: int) -> Array:
    return np.concatenate([last, np.zeros((batch_size - len(last), *x.shape[1:]))])


def _resized(x: Array, last: Array, batch_size: int) -> Array:
    return np.resize(last, (batch_size, *x.shape[1:]))


def _with_the_last_one(x: Array, last: Array, batch_size: int) -> Array:
    return np.concatenate([last, np.repeat(last[-1:], batch_size - len(last), axis=0)])


def _with_the_first_ones(x: Array, last: Array, batch_size: int) -> Array:
    return np.concatenate([last, np.resize(x, (batch_size, *x.shape[1:]))])[:batch_size]


def _rest_joined(x: Array, batch_size: int) -> list[Array]:
    *full, last = [k * batch_size for k in range(len(x) // batch_size)]
    return [*_cut(x, full, batch_size), x[last:]]


def _evenly(x: Array, parts: int) -> list[Array]:
    return np.array_split(x, parts)


def _rows(n: int) -> Array:
    return np.stack([TENS[:n], TENS[:n] + 1], axis=1)


def _some_batches(rng: np.random.Generator) -> Arguments:
    return {"x": _rows(size(rng, 1, 8)), "batch_size": size(rng, 1, 4)}


BATCHES = Exercise(
    name="06.batches",
    reference=batches,
    cases=(
        Case({"x": _rows(7), "batch_size": 3}, "3 + 3 + 1"),
        Case(
            {"x": _rows(6), "batch_size": 2},
            "three full batches",
            "The rows fill all batches here. Where does the last one start, and where does it end?",
        ),
        Case(
            {"x": _rows(5), "batch_size": 2},
            "one row is left over",
            "What is left over makes a short batch at the end. What does a slice do that reaches "
            "beyond the last row?",
        ),
        Case({"x": _rows(3), "batch_size": 10}, "not even one full batch"),
        Case({"x": _rows(3), "batch_size": 1}, "one by one"),
        Case({"x": np.arange(20.0).reshape(5, 2, 2), "batch_size": 4}, "small pictures"),
        Case({"x": _rng.normal(size=(300, 2)), "batch_size": 128}, "three hundred rows"),
        Case(
            {"x": np.zeros((0, 2)), "batch_size": 4},
            "no row at all",
            "Without a row there is no batch: the list is empty.",
        ),
    ),
    draw=_some_batches,
    mistakes=(
        Mistake(
            "the last batch is missing",
            "Write down the starts of all batches for this input: which is the last one? The rows "
            "that do not fill a batch make a short one at the end; training needs them as well.",
            lambda x, size: _cut(x, range(0, len(x) - size + 1, size), size),
            lambda x, size: _cut(x, range(0, len(x) - size, size), size),
            lambda x, size: batches(x, size)[:-1],
        ),
        Mistake(
            "the first batch is missing",
            "Counting starts at 0. With which row does your first batch begin?",
            lambda x, size: _cut(x, range(size, len(x), size), size),
        ),
        Mistake(
            "the first row is missing",
            "Counting starts at 0: the first row is x[0].",
            lambda x, size: _cut(x, range(1, len(x), size), size),
        ),
        Mistake(
            "each slice ends at batch_size",
            "The second number of a slice says where it ends, not how long it is. Where does a "
            "batch end that begins at start?",
            lambda x, size: [x[k:size] for k in range(0, len(x), size)],
        ),
        Mistake(
            "each slice goes to the end",
            "A batch has batch_size rows. Where does it end?",
            lambda x, size: [x[k:] for k in range(0, len(x), size)],
        ),
        Mistake(
            "each slice begins at the first row",
            "A batch begins where the one before it ends.",
            lambda x, size: [x[: k + size] for k in range(0, len(x), size)],
        ),
        Mistake(
            "the last batch is filled up",
            "The last batch holds what is left, and nothing else: it may be shorter than the rest. "
            "Zeros are samples that nobody took, and rows of an earlier batch count twice.",
            _last_filled(_with_zeros),
            _last_filled(_resized),
            _last_filled(_with_the_last_one),
            _last_filled(_with_the_first_ones),
            _last_filled(lambda x, last, size: x[-size:]),
        ),
        Mistake(
            "the rest is joined to the last full batch",
            "No batch may be larger than batch_size. What is left over makes a batch of its own.",
            _rest_joined,
            lambda x, size: _rest_joined(x, size) if len(x) >= size else batches(x, size),
            lambda x, size: _rest_joined(x, size) if len(x) >= size else [x],
        ),
        Mistake(
            "an empty batch at the end",
            "Where the rows fill all batches, nothing is left for one more; the mean of an empty "
            "batch is nan. Where should the last batch start?",
            lambda x, size: _cut(x, range(0, len(x) + 1, size), size),
        ),
        Mistake(
            "one batch even where there is no row",
            "Without a row there is no batch: the list is empty.",
            lambda x, size: batches(x, size) or [x],
        ),
        Mistake(
            "each batch is one row short",
            "A slice ends before its second number: x[0:2] holds the rows 0 and 1. Nothing needs "
            "to be subtracted.",
            lambda x, size: _cut(x, range(0, len(x), size), size - 1),
        ),
        Mistake(
            "each batch is one row too long",
            "The first row of the next batch is in this one, too. A slice ends before its second "
            "number: x[0:2] holds two rows.",
            lambda x, size: _cut(x, range(0, len(x), size), size + 1),
        ),
        Mistake(
            "the batches overlap",
            "How far is it from the start of one batch to the start of the next?",
            lambda x, size: _cut(x, range(len(x)), size),
            lambda x, size: _cut(x, range(-(-len(x) // size)), size),
            lambda x, size: _cut(x, range(len(x) - size + 1), size),
        ),
        Mistake(
            "the batch size is taken for the number of batches",
            "batch_size says how many rows are in one batch, not how many batches there are.",
            _evenly,
            lambda x, size: np.split(x, size),
            lambda x, size: _cut(
                x, range(0, len(x) // size * size, len(x) // size), len(x) // size
            ),
            lambda x, size: [
                x[k * (len(x) // size) : (k + 1) * (len(x) // size)] for k in range(size)
            ],
        ),
        Mistake(
            "the rows are spread evenly",
            "Every batch but the last should be full: batch_size rows. Only the last may be short. "
            "(array_split makes parts of equal size.)",
            lambda x, size: _evenly(x, -(-len(x) // size)),
            lambda x, size: _evenly(x, max(1, -(-len(x) // size))),
            lambda x, size: _evenly(x, -(-len(x) // size)) if len(x) else [],
        ),
        Mistake(
            "every batch_size-th row",
            "A batch is a piece in one stretch. Two colons, a::b, take one row and leave out the "
            "next ones.",
            lambda x, size: [x[k::size] for k in range(size)],
            lambda x, size: [x[k :: -(-len(x) // size)] for k in range(-(-len(x) // size))],
        ),
        Mistake(
            "the batches come in the wrong order",
            "The first batch_size rows come first.",
            lambda x, size: batches(x, size)[::-1],
        ),
        Mistake(
            "each row is a batch of its own",
            "batch_size rows belong together.",
            lambda x, size: list(x),
            lambda x, size: _cut(x, range(len(x)), 1),
        ),
        Mistake(
            "the columns are cut instead of the rows",
            "The samples lie along the first axis. One slice is enough: x[start:stop].",
            lambda x, size: [x[:, start : start + size] for start in range(0, len(x), size)],
            lambda x, size: [x[:, start : start + size] for start in range(0, x.shape[1], size)],
        ),
        Mistake(
            "only the first batch came back",
            "The loop ends at the first return. Collect the batches in a list; return it after.",
            lambda x, size: x[:size],
            lambda x, size: [x[:size]],
            lambda x, size: x[:size] if len(x) else None,
            lambda x, size: [x[:size]] if len(x) else [],
            lambda x, size: [x[:size]] if len(x) else None,
        ),
        Mistake(
            "only the last batch came back",
            "Each batch replaces the one before. Collect them in a list: append.",
            lambda x, size: batches(x, size)[-1],
            lambda x, size: batches(x, size)[-1:],
        ),
    ),
    hints=(
        "At which rows do the batches start? For 6 rows in batches of 2: at 0, 2 and 4.",
        "range(0, len(x), batch_size) counts these starts; one batch is a slice from start on.",
        "x[start : start + batch_size], one for each start, in a list. A slice that goes past the "
        "end just stops there, so the short batch needs no if.",
    ),
    achieved="Every sample is in exactly one batch, also when the last one is short.",
)

EXERCISES = (UPDATES, SHUFFLE, BATCHES)
