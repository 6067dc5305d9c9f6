"""Softmax as learners get it wrong, for all exercises in which one is written."""

from collections.abc import Callable
from typing import Any

import numpy as np

from nbhelpers import activations
from nbhelpers.exercises.checker.exercise import Array, Mistake

Softmax = Callable[[Array], Array]


def softmax_by(
    largest: Callable[[Array], Any] = lambda z: z.max(axis=1, keepdims=True),
    total: Callable[[Array], Any] = lambda e: e.sum(axis=1, keepdims=True),
    power: Callable[[Array], Array] = np.exp,
) -> Softmax:
    """Return a softmax in three steps, of which one may be a wrong one."""

    def softmax(z: Array) -> Array:
        e = power(z - largest(z))
        return np.asarray(e / total(e))

    return softmax


def _nothing(z: Array) -> float:
    return 0.0


def _down(e: Array) -> Any:
    return e.sum(axis=0, keepdims=True)


def _all(e: Array) -> Any:
    return e.sum()


def _clipped(bound: float) -> Softmax:
    return lambda z: softmax_by(_nothing)(np.clip(z, -bound, bound))


WRONG: dict[str, tuple[str, tuple[Softmax, ...]]] = {
    "wrong axis": (
        "You add down the columns. The shares of one row must make 1: axis=1 goes along a row.",
        (
            softmax_by(lambda z: z.max(axis=0, keepdims=True), _down),
            softmax_by(total=_down),
            softmax_by(_nothing, _down),
        ),
    ),
    "one sum for the whole table": (
        "All rows together make 1 now. Each row needs a sum of its own: say which axis.",
        (
            softmax_by(lambda z: z.max(), _all),
            softmax_by(total=_all),
            softmax_by(_nothing, _all),
        ),
    ),
    "keepdims is missing": (
        "The sums have shape (n,), and (n, classes) does not line up with that; with as many "
        "rows as classes it even goes wrong in silence. keepdims=True keeps (n, 1).",
        (
            softmax_by(total=lambda e: e.sum(axis=1)),
            softmax_by(_nothing, lambda e: e.sum(axis=1)),
            softmax_by(lambda z: z.max(), lambda e: e.sum(axis=1)),
            softmax_by(lambda z: z.max(axis=1)),
            softmax_by(lambda z: z.max(axis=1), lambda e: e.sum(axis=1)),
        ),
    ),
    "overflow": (
        "exp of 1010 is infinite, and infinity by infinity is nan. Subtract the largest "
        "score of each row first: softmax does not notice.",
        (softmax_by(_nothing), lambda z: np.exp(z - np.log(np.exp(z).sum(1, keepdims=True)))),
    ),
    "one maximum for the whole table": (
        "A row far below that maximum becomes all zeros, and 0 / 0 is nan. Each row has a "
        "maximum of its own.",
        (softmax_by(lambda z: z.max()),),
    ),
    "the smallest score is subtracted, not the largest": (
        "After z - z.min() every score is 0 or above, and exp still overflows where the scores "
        "of a row lie far apart. After z - z.max() none is above 0.",
        (
            softmax_by(lambda z: z.min(axis=1, keepdims=True)),
            softmax_by(lambda z: z.min()),
        ),
    ),
    "the mean is subtracted, not the largest score": (
        "Above the mean scores stay above 0, and exp still overflows where one of them is far "
        "above. After z - z.max() none is above 0.",
        (
            softmax_by(lambda z: z.mean(axis=1, keepdims=True)),
            softmax_by(lambda z: z.mean()),
        ),
    ),
    "exp is missing": (
        "Scores are divided by their sum as they are. They may be negative, and their sum 0: take "
        "exp of each first.",
        (
            softmax_by(_nothing, power=lambda z: z),
            softmax_by(power=lambda z: z),
        ),
    ),
    "sigmoid in the place of softmax": (
        "Sigmoid looks at each score alone, so the numbers of a row do not sum to 1. Softmax "
        "divides by the sum of the row.",
        (activations.sigmoid, lambda z: 1 / (1 + np.exp(-z))),
    ),
    "not divided by the sum": (
        "What exp gives is above 0, but the numbers of a row do not sum to 1 yet: each row is "
        "divided by its sum, not by its largest number.",
        (
            softmax_by(total=lambda e: 1),
            softmax_by(_nothing, total=lambda e: 1),
            softmax_by(total=lambda e: e.max(axis=1, keepdims=True)),
            softmax_by(_nothing, total=lambda e: e.max(axis=1, keepdims=True)),
        ),
    ),
    "divided by the mean instead of the sum": (
        "The numbers of a row sum to the number of classes now. They should sum to 1.",
        (softmax_by(total=lambda e: e.mean(axis=1, keepdims=True)),),
    ),
    "the scores are clipped": (
        "Beyond the bounds of your clip all scores are the same, so the shares are wrong. "
        "Subtract the largest score of the row instead: the differences stay.",
        tuple(map(_clipped, (50, 80, 88, 100, 200, 300, 500, 600, 700, 709))),
    ),
    "2 to the power in the place of e": (
        "np.exp takes e to the power. With another base all shares come out closer together.",
        (softmax_by(power=np.exp2),),
    ),
    "the smallest score gets the largest share": (
        "A minus sign has turned the order round. The largest score should win.",
        (lambda z: activations.softmax(-z),),
    ),
}


def softmax_mistakes(
    use: Callable[[Softmax], Callable[..., Any]],
    names: dict[str, str] | None = None,
    without: tuple[str, ...] = (),
) -> tuple[Mistake, ...]:
    """Return the mistakes of an exercise that needs a softmax.

    Parameters
    ----------
    use : callable
        Returns the answer to the exercise that uses a softmax.
    names : dict of str to str, optional
        Other names, where the exercise calls a mistake otherwise.
    without : tuple of str
        Mistakes that do no harm there.
    """
    names = names or {}
    return tuple(
        Mistake(names.get(name, name), hint, *(use(softmax) for softmax in softmaxes))
        for name, (hint, softmaxes) in WRONG.items()
        if name not in without
    )
