"""Exercises of lesson 01: flatten images, cut out a batch, subtract without the silent trap."""

from collections.abc import Callable

import numpy as np

from nbhelpers.batching import batches
from nbhelpers.exercises.checker.exercise import Case, Exercise, Mistake

Array = np.ndarray
_rng = np.random.default_rng(1)
ONE_IMAGE = np.array([[[1, 2, 3], [4, 5, 6]]])
TWO_IMAGES = np.array([[[1, 2, 3], [4, 5, 6]], [[7, 8, 9], [10, 11, 12]]])
SQUARES = np.array([[[1, 2], [3, 4]], [[5, 6], [7, 8]]])

# --- 01.flatten


def flatten(images: Array) -> Array:
    """Return each image as one row, (n, height, width) -> (n, height * width)."""
    return images.reshape(len(images), -1)


FLATTEN = Exercise(
    name="01.flatten",
    reference=flatten,
    cases=(
        Case({"images": ONE_IMAGE}, "one image"),
        Case({"images": TWO_IMAGES}, "two images"),
        Case({"images": SQUARES}, "as many images as rows and columns"),
        Case({"images": np.array([[[0.5], [1.0]], [[-1.5], [0.0]]])}, "one pixel wide"),
        Case({"images": np.arange(20, dtype="uint8").reshape(5, 2, 2)}, "dtype uint8"),
        Case({"images": _rng.integers(0, 256, (3, 28, 28)).astype("uint8")}, "28 x 28 pixels"),
    ),
    mistakes=(
        Mistake(
            "one vector for all images",
            "All numbers stand in one row without an end to each image. The axis that counts the "
            "images should stay: how many rows should come out?",
            lambda images: images.reshape(-1),
        ),
        Mistake(
            "one vector for all images",
            "All numbers stand in one row without an end to each image, and turned before. How "
            "many rows should come out, and what did .T or transpose do?",
            lambda images: images.T.reshape(-1),
        ),
        Mistake(
            "only the first image comes back",
            "Each image should come back as a row. Is there a return inside a loop, or images[0]?",
            lambda images: images[0].reshape(-1),
        ),
        Mistake(
            "only the first image comes back",
            "Each image should come back as a row. Is there a return inside a loop, or images[0]?",
            lambda images: images[:1].reshape(1, -1),
        ),
        Mistake(
            "one row for all images",
            "You have one row in all. There should be one for each image.",
            lambda images: images.reshape(1, -1),
        ),
        Mistake(
            "column by column instead of row by row",
            "The first pixels should be those of the image's first row, from left to right. "
            "reshape reads on in this order by itself: something turned the image before.",
            lambda images: images.transpose(0, 2, 1).reshape(len(images), -1),
        ),
        Mistake(
            "the axes are exchanged",
            "You have a column for each image. Samples are counted by axis 0, so each image is "
            "a row.",
            lambda images: images.reshape(len(images), -1).T,
        ),
        Mistake(
            "pixels of different images are mixed",
            "reshape only reads on. It keeps an image together if the axis that counts the images "
            "comes first, before and after.",
            lambda images: images.reshape(-1, len(images)),
        ),
        Mistake(
            "pixels of different images are mixed",
            "Look at the first row of what came: its numbers belong to more than one image. "
            "Turning the tensor (.T, transpose) moved the axis that counts the images.",
            lambda images: images.T.reshape(len(images), -1),
        ),
        Mistake(
            "pixels of different images are mixed",
            "reshape reads on, .T turns. Together they give the right shape, with the pixels of "
            "different images in one row.",
            lambda images: images.reshape(-1, len(images)).T,
        ),
        Mistake(
            "right only for 784 pixels",
            "Not every image is 28 x 28. Take the sizes from images.shape, or let reshape work "
            "one of them out: section 6.",
            lambda images: images.reshape(len(images), 784),
        ),
        Mistake(
            "right only for square images",
            "Height and width may differ. Which entry of images.shape is which?",
            lambda images: images.reshape(len(images), images.shape[1] ** 2),
        ),
        Mistake(
            "right only for square images",
            "Height and width may differ. Which entry of images.shape is which?",
            lambda images: images.reshape(len(images), images.shape[2] ** 2),
        ),
    ),
    hints=(
        "The numbers stay, and so does their order. Only the shape is another.",
        "The new shape has two sizes. The first is the number of images, len(images).",
        "reshape works out one size by itself if you write -1 in its place.",
    ),
    achieved="Images of any size become rows that a network can read, and not one pixel is lost.",
)

# --- 01.batch


def batch(x: Array, n: int, size: int) -> Array:
    """Return batch number n, counted from 0; the last one may be shorter."""
    return x[list(batches(len(x), size))[n]]


def _filled_up(fill: Callable[[Array, Array, int], Array], how: str) -> Mistake:
    def twin(x: Array, n: int, size: int) -> Array:
        return fill(x, np.arange(size * n, size * (n + 1)), size)

    return Mistake(
        "the short last batch is filled up",
        f"The last batch may be shorter than the others, but yours {how}. What does a slice do by "
        "itself when it reaches beyond the end?",
        twin,
    )


def _with_zeros(x: Array, places: Array, size: int) -> Array:
    full = np.zeros((size, *x.shape[1:]), x.dtype)
    part = x[places[0] : places[-1] + 1]
    full[: len(part)] = part
    return full


def _moved_back(x: Array, places: Array, size: int) -> Array:
    end = min(places[-1] + 1, len(x))
    return x[max(end - size, 0) : end]


def _or_dropped(nothing: Callable[[Array], Array]) -> Mistake:
    def twin(x: Array, n: int, size: int) -> Array:
        part = x[size * n : size * (n + 1)]
        return part if len(part) == size else nothing(x)

    return Mistake(
        "the short last batch is dropped",
        "What is left at the end is fewer than size, but it is a batch as well: nobody should be "
        "left out.",
        twin,
    )


PAIRS = np.array([[1, 10], [2, 20], [3, 30], [4, 40], [5, 50]])

BATCH = Exercise(
    name="01.batch",
    reference=batch,
    cases=(
        Case({"x": PAIRS, "n": 0, "size": 2}, "the first batch"),
        Case({"x": PAIRS, "n": 1, "size": 2}, "the second batch"),
        Case({"x": PAIRS, "n": 1, "size": 3}, "a short last batch"),
        Case({"x": PAIRS, "n": 2, "size": 2}, "a last batch of one"),
        Case({"x": PAIRS[:4], "n": 1, "size": 2}, "a full last batch"),
        Case({"x": PAIRS, "n": 3, "size": 1}, "one sample a batch"),
        Case({"x": PAIRS[:1], "n": 0, "size": 3}, "fewer samples than a batch holds"),
        Case({"x": PAIRS[:, 1], "n": 1, "size": 3}, "labels: a vector"),
        Case({"x": np.arange(1200).reshape(300, 2, 2), "n": 1, "size": 128}, "300 images"),
        Case({"x": np.arange(1200).reshape(300, 2, 2), "n": 2, "size": 128}, "the last 44 of 300"),
    ),
    mistakes=(
        Mistake(
            "the start moves by one sample instead of one batch",
            "Batch 1 begins where batch 0 ends. How many samples have gone by before batch n?",
            lambda x, n, size: x[n : n + size],
        ),
        Mistake(
            "one sample too many",
            "The end of a slice is not taken: a:b ends with entry b - 1. Yours takes the first "
            "sample of the next batch.",
            lambda x, n, size: x[size * n : size * (n + 1) + 1],
        ),
        Mistake(
            "one sample too few",
            "The end of a slice is not taken anyway: a:b ends with entry b - 1. Yours leaves out "
            "the last sample of the batch.",
            lambda x, n, size: x[size * n : size * (n + 1) - 1],
        ),
        Mistake(
            "batches are counted from 1",
            "Here the first batch has number 0, as the first entry of a list.",
            lambda x, n, size: x[size * (n - 1) : size * n],
        ),
        Mistake(
            "the batch begins one sample too early",
            "Both ends are one too small. The first sample has number 0, so where does batch 0 "
            "begin?",
            lambda x, n, size: x[size * n - 1 : size * (n + 1) - 1],
        ),
        Mistake(
            "the batch begins one sample too late",
            "Both ends are one too large. The first sample has number 0, so where does batch 0 "
            "begin?",
            lambda x, n, size: x[size * n + 1 : size * (n + 1) + 1],
        ),
        Mistake(
            "the very last sample is missing",
            "len(x) may be the end of a slice: the end itself is not taken.",
            lambda x, n, size: x[size * n : min(size * (n + 1), len(x) - 1)],
        ),
        Mistake(
            "right only for batches of 128",
            "Use size: not every batch holds 128.",
            lambda x, n, size: x[128 * n : 128 * (n + 1)],
        ),
        Mistake(
            "the wrong axis",
            "Samples are counted by axis 0, the first place in the brackets. Axes that you do not "
            "mention are kept whole.",
            lambda x, n, size: x[:, size * n : size * (n + 1)],
        ),
        *(
            Mistake(
                "one sample instead of a batch",
                "The axis that counts the samples is gone: a single number in the brackets takes "
                "it away, and so does squeeze. A batch of one is a batch, too.",
                twin,
            )
            for twin in (lambda x, n, size: x[n], lambda x, n, size: x[size * n])
        ),
        Mistake(
            "only the first sample of the batch",
            "Work out both ends of your slice for n = 1: how far apart are they? Python multiplies "
            "before it adds.",
            lambda x, n, size: x[size * n : size * n + 1],
        ),
        Mistake(
            "the end does not move along",
            "The start of your slice moves with n, but its end is always the same.",
            lambda x, n, size: x[size * n : size],
        ),
        Mistake(
            "everything to the end",
            "The start is right. Where does the batch stop?",
            lambda x, n, size: x[size * n :],
        ),
        Mistake(
            "always the first batch",
            "Your answer does not depend on n.",
            lambda x, n, size: x[:size],
        ),
        _filled_up(_with_zeros, "is filled up with zeros"),
        _filled_up(lambda x, places, size: x[places % len(x)], "begins again with the first ones"),
        _filled_up(
            lambda x, places, size: x[np.minimum(places, len(x) - 1)], "repeats the last sample"
        ),
        _filled_up(_moved_back, "takes samples of the batch before"),
        _or_dropped(lambda x: x[:0]),
        _or_dropped(lambda x: np.array([])),
        Mistake(
            "the short last batch ends in an error",
            "All full batches are right. The last one may hold fewer than size samples: which line "
            "asks for one that is not there?",
            lambda x, n, size: np.array([x[i] for i in range(size * n, size * (n + 1))]),
        ),
        Mistake(
            "right only where all batches are full",
            "reshape must keep every number, so it stops when the samples do not come out even. A "
            "slice does not mind.",
            lambda x, n, size: x.reshape(-1, size, *x.shape[1:])[n],
        ),
    ),
    hints=(
        "With size 128, batch 0 begins at 0, batch 1 at 128, batch 2 at 256.",
        "The batch ends where the next one begins. What is the next one's number?",
        "A slice x[a:b] stops at the end by itself: the short last batch costs nothing.",
    ),
    achieved="This slice feeds every network of the course, the short last batch included.",
    samples=False,
)

# --- 01.errors


def errors(predictions: Array, labels: Array) -> Array:
    """Return what each prediction is above its label, (n, 1) and (n,) -> (n,)."""
    return np.array(predictions[:, 0], "float64") - labels


def _cut(*which: str) -> Mistake:
    def twin(predictions: Array, labels: Array) -> Array:
        p = predictions.astype(int) if "predictions" in which else predictions
        return p[:, 0] - (labels.astype(int) if "labels" in which else labels)

    return Mistake(
        "the decimals are cut off before you subtract",
        f"The {' and the '.join(which)} became whole numbers, and may be decimals. Which dtype "
        "holds both?",
        twin,
    )


def _trap(table: Callable[[Array, Array], Array]) -> Mistake:
    return Mistake(
        "the silent trap: all predictions against all labels",
        "A column (n, 1) and a vector (n,) make an (n, n) table, and nobody complains: section 8. "
        "Print both shapes; give both the same one before you subtract.",
        table,
    )


ERRORS = Exercise(
    name="01.errors",
    reference=errors,
    cases=(
        Case(
            {"predictions": np.array([[1.0], [5.0]]), "labels": np.array([3.0, 4.0])}, "two samples"
        ),
        Case({"predictions": np.array([[2.5]]), "labels": np.array([4.25])}, "one sample"),
        Case(
            {"predictions": np.array([[0.5], [2.25], [1.0]]), "labels": np.array([1, 2, 3])},
            "whole numbers as labels",
        ),
        Case(
            {
                "predictions": np.array([[3], [250]], "uint8"),
                "labels": np.array([5, 10], "uint8"),
            },
            "dtype uint8",
        ),
        Case(
            {
                "predictions": _rng.integers(-40, 41, (20, 1)) / 4,
                "labels": _rng.integers(-40, 41, 20) / 4,
            },
            "twenty samples",
        ),
        Case({"predictions": np.zeros((0, 1)), "labels": np.zeros(0)}, "no sample at all"),
    ),
    mistakes=(
        _trap(lambda predictions, labels: predictions - labels),
        _trap(lambda predictions, labels: labels - predictions),
        _trap(lambda predictions, labels: np.abs(predictions - labels)),
        _trap(lambda predictions, labels: (predictions - labels).reshape(-1)),
        _trap(lambda predictions, labels: predictions[:, 0] - labels[:, np.newaxis]),
        Mistake(
            "a column instead of a vector",
            "The numbers are right, but the shape is (n, 1). Take the one column out.",
            lambda predictions, labels: predictions - labels[:, np.newaxis],
        ),
        Mistake(
            "a matrix of one row instead of a vector",
            "The numbers are right, but the shape is (1, n): there is one axis too many.",
            lambda predictions, labels: predictions.T - labels,
        ),
        Mistake(
            "only the first prediction is used",
            "Each prediction belongs to the label at the same place. Did you cut a row out of the "
            "table, or take predictions[0]?",
            lambda predictions, labels: predictions[0] - labels,
        ),
        Mistake(
            "only the first label is used",
            "Each prediction belongs to the label at the same place. Did you cut a column out of "
            "the table, or take labels[0]?",
            lambda predictions, labels: predictions[:, 0] - labels[0],
        ),
        Mistake(
            "the wrong sign",
            "A prediction above its label counts as positive: prediction minus label.",
            lambda predictions, labels: labels - predictions[:, 0],
        ),
        Mistake(
            "the sign is lost",
            "A prediction below its label counts as negative. Here all are positive.",
            lambda predictions, labels: np.abs(predictions[:, 0] - labels),
        ),
        _cut("predictions", "labels"),
        _cut("labels"),
        _cut("predictions"),
        Mistake(
            "uint8 counts round like a clock",
            "A uint8 knows no number below 0: 3 - 5 is 254, without an error (section 2). Give the "
            "numbers another dtype before you subtract; afterwards it is too late.",
            lambda predictions, labels: predictions[:, 0] - labels,
        ),
    ),
    hints=(
        "Print predictions.shape and labels.shape. Which of them should change?",
        "predictions[:, 0] takes the only column out, as a vector.",
        'For the small dtypes: np.array(x, "float64") is a copy of x that can hold any number.',
    ),
    achieved="One difference for each sample, whatever the dtype. You walked around two traps that "
    "give no error.",
)

EXERCISES = (FLATTEN, BATCH, ERRORS)
