"""Exercises of lesson 01: flatten images, cut out a batch, subtract without the silent trap."""

from collections.abc import Callable

import numpy as np

from nbhelpers.batching import batches
from nbhelpers.exercises.checker.exercise import Arguments, Array, Case, Exercise, Mistake
from nbhelpers.exercises.lessons.draws import quarters, size

_rng = np.random.default_rng(1)

# --- 01.flatten


def flatten(images: Array) -> Array:
    """Return each image as one row, (n, height, width) -> (n, height * width)."""
    return images.reshape(len(images), -1)


def _some_images(rng: np.random.Generator) -> Arguments:
    n, height, width = (size(rng) for _ in range(3))
    return {"images": rng.permutation(100)[: n * height * width].reshape(n, height, width)}


FLATTEN = Exercise(
    name="01.flatten",
    reference=flatten,
    cases=(
        Case({"images": np.arange(1, 25).reshape(2, 3, 4)}, "two images"),
        Case({"images": np.array([[[1, 2, 3], [4, 5, 6]]])}, "one image"),
        Case(
            {"images": np.array([[[1, 2], [3, 4]], [[5, 6], [7, 8]]])},
            "as many images as rows and columns",
        ),
        Case({"images": np.array([[[0.5], [1.0]], [[-1.5], [0.0]]])}, "one pixel wide"),
        Case({"images": np.arange(20, dtype="uint8").reshape(5, 2, 2)}, "dtype uint8"),
        Case({"images": _rng.integers(0, 256, (3, 28, 28)).astype("uint8")}, "28 x 28 pixels"),
    ),
    draw=_some_images,
    mistakes=(
        Mistake(
            "one vector for all images",
            "All numbers stand in one row without an end to each image. The axis that counts the "
            "images should stay: how many rows should come out? (And .T would turn them before.)",
            lambda images: images.reshape(-1),
            lambda images: images.T.reshape(-1),
        ),
        Mistake(
            "only the first image comes back",
            "Each image should come back as a row. Is there a return inside a loop, or images[0]?",
            lambda images: images[0].reshape(-1),
            lambda images: images[:1].reshape(1, -1),
            lambda images: images[0],
        ),
        Mistake(
            "only the last image comes back",
            "Each image should come back as a row. Collect the rows of your loop in a list.",
            lambda images: images[-1].reshape(-1),
            lambda images: images[-1:].reshape(1, -1),
        ),
        Mistake(
            "only the first row of pixels of each image",
            "images[:, 0] cuts one row out of each image. All of them should come along.",
            lambda images: images[:, 0],
        ),
        Mistake(
            "only the first column of pixels of each image",
            "images[:, :, 0] cuts one column out of each image. All of them should come along.",
            lambda images: images[:, :, 0],
        ),
        Mistake(
            "nothing has happened to the images",
            "The shape is what it was. reshape returns a new array: use what it gives back.",
            lambda images: images,
        ),
        Mistake(
            "one row for all images",
            "You have one row in all. There should be one for each image.",
            lambda images: images.reshape(1, -1),
            lambda images: images.T.reshape(1, -1),
        ),
        Mistake(
            "a row for each row of pixels",
            "The images are stacked, but not flattened: each row of pixels is still a row of its "
            "own.",
            lambda images: images.reshape(-1, images.shape[2]),
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
            "Look at the first row of what came: its numbers belong to more than one image. "
            "reshape only reads on, .T and transpose turn. An image stays together if the axis "
            "that counts the images comes first, before and after.",
            lambda images: images.reshape(-1, len(images)),
            lambda images: images.reshape(-1, len(images)).T,
            lambda images: images.T.reshape(len(images), -1),
            lambda images: images.transpose(1, 0, 2).reshape(len(images), -1),
            lambda images: images.transpose(1, 2, 0).reshape(len(images), -1),
            lambda images: (
                images.reshape(len(images), -1, order="F").ravel().reshape(-1, len(images)).T
            ),
        ),
        Mistake(
            "the rows are counted by the height of an image",
            "images.shape[1] is how many rows of pixels an image has. How many images are there?",
            lambda images: images.reshape(images.shape[1], -1),
        ),
        Mistake(
            "the rows are counted by the width of an image",
            "images.shape[2] is how many columns an image has. How many images are there?",
            lambda images: images.reshape(images.shape[2], -1),
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
            lambda images: images.reshape(len(images), images.shape[2] ** 2),
        ),
        Mistake(
            "the pixels are upside down",
            "The first pixels should be those of the image's first row. Something turned the rows "
            "round.",
            lambda images: images[:, ::-1].reshape(len(images), -1),
        ),
        Mistake(
            "divided by 255",
            "The numbers should stay as they are; only the shape changes here.",
            lambda images: images.reshape(len(images), -1) / 255,
        ),
    ),
    hints=(
        "The numbers stay, and so does their order. Only the shape is another.",
        "The new shape has two sizes. The first is the number of images, len(images).",
        "images.reshape(len(images), ...): one size is worked out by itself if you write -1.",
    ),
    achieved="Images of any size become rows that a network can read, and not one pixel is lost.",
    samples=True,
)

# --- 01.batch


def batch(x: Array, n: int, size: int) -> Array:
    """Return batch number n, counted from 0; the last one may be shorter."""
    return x[list(batches(len(x), size))[n]]


def _some_batch(rng: np.random.Generator) -> Arguments:
    rows, length = size(rng, 2, 9), size(rng, 1, 4)
    n = size(rng, 0, -(-rows // length) - 1)
    return {"x": _pairs(rows), "n": n, "size": length}


def _pairs(rows: int) -> Array:
    first = np.arange(1, rows + 1)
    return np.stack([first, 10 * first], axis=1)


def _filled(fill: Callable[[Array, Array], Array]) -> Callable[..., Array]:
    """Return a twin that fills up a short batch: fill takes x and all places."""
    return lambda x, n, size: fill(x, np.arange(size * n, size * (n + 1)))


def _with_zeros(x: Array, places: Array) -> Array:
    full = np.zeros((len(places), *x.shape[1:]), x.dtype)
    part = x[places[0] : places[-1] + 1]
    full[: len(part)] = part
    return full


def _moved_back(x: Array, places: Array) -> Array:
    end = min(places[-1] + 1, len(x))
    return x[max(end - len(places), 0) : end]


def _resized(x: Array, places: Array) -> Array:
    return np.resize(x[places[0] : places[-1] + 1], (len(places), *x.shape[1:]))


def _or_dropped(nothing: Callable[[Array], Array]) -> Callable[..., Array]:
    def twin(x: Array, n: int, size: int) -> Array:
        part = x[size * n : size * (n + 1)]
        return part if len(part) == size else nothing(x)

    return twin


SEVEN = _pairs(7)

BATCH = Exercise(
    name="01.batch",
    reference=batch,
    cases=(
        Case({"x": SEVEN, "n": 1, "size": 3}, "the second batch"),
        Case({"x": SEVEN, "n": 0, "size": 2}, "the first batch"),
        Case(
            {"x": SEVEN[:5], "n": 1, "size": 3},
            "a short last batch",
            "The last batch holds what is left. What does a slice do that reaches beyond the end?",
        ),
        Case(
            {"x": SEVEN, "n": 2, "size": 3},
            "a last batch of one",
            "One sample is a batch, too: it keeps the axis that counts samples.",
        ),
        Case({"x": SEVEN[:4], "n": 1, "size": 2}, "a full last batch"),
        Case({"x": SEVEN, "n": 3, "size": 1}, "one sample a batch"),
        Case({"x": SEVEN[:2], "n": 0, "size": 3}, "fewer samples than a batch holds"),
        Case(
            {"x": SEVEN[:, 1], "n": 1, "size": 3},
            "labels: a vector",
            "Labels are a vector: there is no second axis to name in the brackets.",
        ),
        Case({"x": np.arange(1200).reshape(300, 2, 2), "n": 1, "size": 128}, "300 images"),
        Case({"x": np.arange(1200).reshape(300, 2, 2), "n": 2, "size": 128}, "the last 44 of 300"),
    ),
    draw=_some_batch,
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
            "the next batch instead of this one",
            "Batch 0 begins with the first sample. Yours begins where batch n ends.",
            lambda x, n, size: x[size * (n + 1) : size * (n + 2)],
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
        Mistake(
            "right only where there is a second axis",
            "The rows are right. But x may be a vector, such as labels, and then [a:b, :] names an "
            "axis that is not there. Axes that you do not mention are kept whole.",
            lambda x, n, size: x[size * n : size * (n + 1), :],
        ),
        Mistake(
            "one sample instead of a batch",
            "The axis that counts the samples is gone: a single number in the brackets takes "
            "it away. A batch of one is a batch, too.",
            lambda x, n, size: x[n],
            lambda x, n, size: x[size * n],
        ),
        Mistake(
            "squeeze takes the axis of a batch of one away",
            "squeeze removes every axis of length 1, the one that counts the samples as well.",
            lambda x, n, size: x[size * n : size * (n + 1)].squeeze(),
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
            "the end moves by one sample instead of one batch",
            "The start of your slice moves by a batch for each n, but its end only by one.",
            lambda x, n, size: x[size * n : size + n],
        ),
        Mistake(
            "everything to the end",
            "The start is right. Where does the batch stop?",
            lambda x, n, size: x[size * n :],
        ),
        Mistake(
            "everything from the beginning",
            "The end is right. Where does the batch start?",
            lambda x, n, size: x[: size * (n + 1)],
        ),
        Mistake(
            "the samples before the batch",
            "Yours ends where batch n begins.",
            lambda x, n, size: x[: size * n],
        ),
        Mistake(
            "always the first batch",
            "Your answer does not depend on n.",
            lambda x, n, size: x[:size],
        ),
        Mistake(
            "always the last samples",
            "Your answer does not depend on n.",
            lambda x, n, size: x[-size:],
        ),
        Mistake(
            "every size-th sample",
            "A batch is a piece in one stretch. Two colons, a::b, take one sample and leave out "
            "the next ones.",
            lambda x, n, size: x[n::size],
            lambda x, n, size: x[size * n :: size],
        ),
        Mistake(
            "size is taken for the number of batches",
            "size says how many samples are in one batch, not how many batches there are.",
            lambda x, n, size: x[n * len(x) // size : (n + 1) * len(x) // size],
            lambda x, n, size: x[n * (len(x) // size) : (n + 1) * (len(x) // size)],
            lambda x, n, size: np.array_split(x, size)[n],
        ),
        Mistake(
            "the samples are spread evenly",
            "Every batch but the last should be full. Only the last may be short.",
            lambda x, n, size: np.array_split(x, -(-len(x) // size))[n],
        ),
        *(
            Mistake(
                "the short last batch is filled up",
                f"The last batch may be shorter than the others, but yours {how}. What does a "
                "slice do by itself when it reaches beyond the end?",
                _filled(fill),
            )
            for how, fill in (
                ("is filled up with zeros", _with_zeros),
                ("begins again with the first ones", lambda x, places: x[places % len(x)]),
                (
                    "repeats the last sample",
                    lambda x, places: x[np.minimum(places, len(x) - 1)],
                ),
                ("takes samples of the batch before", _moved_back),
                ("repeats its own samples", _resized),
            )
        ),
        Mistake(
            "the short last batch is dropped",
            "What is left at the end is fewer than size, but it is a batch as well: nobody should "
            "be left out.",
            _or_dropped(lambda x: x[:0]),
            _or_dropped(lambda x: np.array([])),
        ),
        Mistake(
            "the short last batch ends in an error",
            "All full batches are right. The last one may hold fewer than size samples: which line "
            "asks for one that is not there?",
            lambda x, n, size: np.array([x[i] for i in range(size * n, size * (n + 1))]),
            lambda x, n, size: np.split(x[: len(x) // size * size], len(x) // size)[n],
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
        "With start = size * n it is x[start : start + size]: a slice stops at the end by itself.",
    ),
    achieved="This slice feeds every network of the course, the short last batch included.",
)

# --- 01.errors


def errors(predictions: Array, labels: Array) -> Array:
    """Return what each prediction is above its label, (n, 1) and (n,) -> (n,)."""
    return np.asarray(np.array(predictions[:, 0], "float64") - labels)


def _some_errors(rng: np.random.Generator) -> Arguments:
    n = size(rng, 2, 5)
    return {"predictions": quarters(rng, n, 1), "labels": quarters(rng, n)}


def _by_dtype(predictions: str | None, labels: str | None) -> Callable[[Array, Array], Array]:
    def twin(p: Array, t: Array) -> Array:
        p = p.astype(predictions) if predictions else p
        return np.asarray(p[:, 0] - (t.astype(labels) if labels else t))

    return twin


def _of(dtype: str, predictions: list[float], labels: list[float]) -> dict[str, Array]:
    return {"predictions": np.array(predictions, dtype)[:, None], "labels": np.array(labels, dtype)}


_CLOCK = (
    "A {} knows no number {}. Give the numbers a dtype with room before you subtract; afterwards "
    "it is too late."
)
_TRAP = (
    "A column (n, 1) and a vector (n,) make an (n, n) table, and nobody complains: section 8. "
    "Print both shapes; give both the same one before you subtract."
)

ERRORS = Exercise(
    name="01.errors",
    reference=errors,
    cases=(
        Case(_of("float64", [1.0, 5.5, 2.0], [3.0, 4.0, 4.25]), "three samples"),
        Case(_of("float64", [2.5], [4.25]), "one sample"),
        Case(
            {"predictions": np.array([[0.5], [2.25], [1.0]]), "labels": np.array([1, 2, 3])},
            "whole numbers as labels",
        ),
        Case(
            {"predictions": np.array([[2], [1]]), "labels": np.array([0.75, 2.5])},
            "whole numbers as predictions",
        ),
        Case(_of("uint8", [3, 250], [5, 10]), "dtype uint8", _CLOCK.format("uint8", "below 0")),
        Case(
            _of("int8", [100, -100], [-100, 100]),
            "dtype int8",
            _CLOCK.format("int8", "above 127 or below -128"),
        ),
        Case(
            _of("uint16", [3, 2049], [60_000, 0]),
            "dtype uint16",
            _CLOCK.format("uint16", "below 0"),
        ),
        Case(
            _of("int16", [30_000, -5], [-30_000, 7]),
            "dtype int16",
            _CLOCK.format("int16", "above 32,767"),
        ),
        Case(
            _of("uint32", [7, 4_000_000_000], [9, 10]),
            "dtype uint32",
            _CLOCK.format("uint32", "below 0"),
        ),
        Case(_of("uint64", [1, 12], [2, 3]), "dtype uint64", _CLOCK.format("uint64", "below 0")),
        Case(
            _of("int32", [2_000_000_000, 1], [-2_000_000_000, 2]),
            "dtype int32",
            _CLOCK.format("int32", "above 2,147,483,647"),
        ),
        Case(_of("float32", [0.5, 2049.0], [0.25, 1.0]), "dtype float32"),
        Case(
            {
                "predictions": _rng.integers(-40, 41, (20, 1)) / 4,
                "labels": _rng.integers(-40, 41, 20) / 4,
            },
            "twenty samples",
        ),
    ),
    draw=_some_errors,
    mistakes=(
        Mistake(
            "the silent trap: all predictions against all labels",
            _TRAP,
            lambda predictions, labels: predictions - labels,
            lambda predictions, labels: labels - predictions,
            lambda predictions, labels: np.abs(predictions - labels),
            lambda predictions, labels: (predictions - labels).reshape(-1),
            lambda predictions, labels: predictions[:, 0] - labels[:, np.newaxis],
            lambda predictions, labels: np.array(predictions, float) - labels,
            lambda predictions, labels: labels - np.array(predictions, float),
            lambda predictions, labels: np.abs(np.array(predictions, float) - labels),
            lambda predictions, labels: (np.array(predictions, float) - labels).reshape(-1),
            lambda predictions, labels: predictions[:, 0] - np.array(labels[:, np.newaxis], float),
        ),
        Mistake(
            "the silent trap, and then a mean over its table",
            _TRAP,
            lambda predictions, labels: (predictions - labels).mean(axis=1),
            lambda predictions, labels: (predictions - labels).mean(axis=0),
            lambda predictions, labels: (np.array(predictions, float) - labels).mean(axis=1),
            lambda predictions, labels: (np.array(predictions, float) - labels).mean(axis=0),
        ),
        Mistake(
            "a column instead of a vector",
            "The shape is (n, 1). Take the one column out.",
            lambda predictions, labels: predictions - labels[:, np.newaxis],
            lambda predictions, labels: np.array(predictions, float) - labels[:, np.newaxis],
        ),
        Mistake(
            "a matrix of one row instead of a vector",
            "The shape is (1, n): there is one axis too many.",
            lambda predictions, labels: predictions.T - labels,
            lambda predictions, labels: np.array(predictions.T, float) - labels,
        ),
        Mistake(
            "only the first prediction is used",
            "Each prediction belongs to the label at the same place. Did you cut a row out of the "
            "table, or take predictions[0]?",
            lambda predictions, labels: predictions[0] - labels,
            lambda predictions, labels: predictions[0] - np.array(labels, float),
        ),
        Mistake(
            "only the first label is used",
            "Each prediction belongs to the label at the same place. Did you cut a column out of "
            "the table, or take labels[0]?",
            lambda predictions, labels: predictions[:, 0] - labels[0],
            lambda predictions, labels: np.array(predictions[:, 0], float) - labels[0],
        ),
        Mistake(
            "the wrong sign",
            "A prediction above its label counts as positive: prediction minus label.",
            lambda predictions, labels: labels - predictions[:, 0],
            lambda predictions, labels: labels - np.array(predictions[:, 0], float),
        ),
        Mistake(
            "the sign is lost",
            "A prediction below its label counts as negative. Here all are positive.",
            lambda predictions, labels: np.abs(predictions[:, 0] - labels),
            lambda predictions, labels: np.abs(np.array(predictions[:, 0], float) - labels),
        ),
        Mistake(
            "the sum instead of the difference",
            "How far a prediction is off is prediction minus label.",
            lambda predictions, labels: np.array(predictions[:, 0], float) + labels,
            lambda predictions, labels: predictions[:, 0] + labels,
        ),
        Mistake(
            "the differences are squared",
            "The plain difference is asked for, with its sign.",
            lambda predictions, labels: (np.array(predictions[:, 0], float) - labels) ** 2,
            lambda predictions, labels: (predictions[:, 0] - labels) ** 2,
        ),
        Mistake(
            "one number instead of one for each sample",
            "Each sample has a difference of its own. Leave out the mean or the sum.",
            lambda predictions, labels: (np.array(predictions[:, 0], float) - labels).mean(),
            lambda predictions, labels: (np.array(predictions[:, 0], float) - labels).sum(),
            lambda predictions, labels: (predictions[:, 0] - labels).mean(),
            lambda predictions, labels: (predictions[:, 0] - labels).sum(),
        ),
        Mistake(
            "the predictions came back, without their labels",
            "From each prediction its label is to be taken away.",
            lambda predictions, labels: predictions[:, 0],
        ),
        *(
            Mistake(
                "the decimals are cut off before you subtract",
                f"The {what} became whole numbers, and may be decimals. Which dtype holds both?",
                *twins,
            )
            for what, twins in (
                ("predictions and the labels", [_by_dtype(d, d) for d in ("int64", "int32")]),
                ("labels", [_by_dtype(None, d) for d in ("int64", "int32", "int16")]),
                ("predictions", [_by_dtype(d, None) for d in ("int64", "int32", "int16")]),
            )
        ),
        Mistake(
            "a small dtype counts round like a clock",
            "A uint8 knows no number below 0: 3 - 5 is 254, without an error (section 2). Give the "
            "numbers another dtype before you subtract; afterwards it is too late.",
            lambda predictions, labels: predictions[:, 0] - labels,
        ),
        Mistake(
            "an integer array cuts off the decimals",
            "An array made like an integer array (np.zeros_like) holds whole numbers only, and in "
            "a small dtype they count round like a clock: ask for dtype=float.",
            lambda predictions, labels: (predictions[:, 0] - labels).astype(labels.dtype),
            lambda predictions, labels: (predictions[:, 0] - labels).astype(predictions.dtype),
        ),
        Mistake(
            "float16 keeps only three digits",
            "2049 becomes 2048 in a float16. float64 has room for every number here.",
            _by_dtype("float16", "float16"),
            _by_dtype("float16", None),
            _by_dtype(None, "float16"),
        ),
    ),
    hints=(
        "Print predictions.shape and labels.shape. Which of them should change?",
        "predictions[:, 0] takes the only column out, as a vector.",
        'Subtract copies that can hold any number: np.array(predictions[:, 0], "float64"), and '
        "the labels likewise.",
    ),
    achieved="One difference for each sample, whatever the dtype. You walked around two traps that "
    "give no error.",
    samples=True,
)

EXERCISES = (FLATTEN, BATCH, ERRORS)
