"""Exercises of lesson 09: one step with momentum, an honest split, one step of Adam."""

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from nbhelpers import optimizers
from nbhelpers.exercises.checker.exercise import (
    Arguments,
    Array,
    Case,
    Chance,
    Exercise,
    Mistake,
)
from nbhelpers.exercises.lessons.draws import quarters, size
from nbhelpers.exercises.lessons.orders import places, wrong_axes

_rng = np.random.default_rng(9)

# --- 09.momentum

Push = Callable[[Array, Array, float, float], Array]


def momentum(
    weights: Array, velocity: Array, gradient: Array, learning_rate: float, momentum: float
) -> tuple[Array, Array]:
    """Return weights and velocity after one step of SGD with momentum."""
    sgd = optimizers.SGD(learning_rate, momentum)
    w, m = weights.copy(), velocity.copy()
    sgd.build([w])
    sgd.memory = [[m]]
    sgd.step([w], [gradient])
    return w, m


def _right_push(v: Array, g: Array, rate: float, share: float) -> Array:
    return share * v - rate * g


def _ball(
    push: Push = _right_push,
    move: Callable[..., Any] = lambda w, new, v, rate: (w + new, new),
) -> Callable[..., Any]:
    """Return a step in which the velocity comes about, or is used, in another way."""

    def twin(w: Array, v: Array, g: Array, rate: float, share: float) -> Any:
        return move(w, push(v, g, rate, share), v, rate)

    return twin


def _fixed(rate: float | None = None, share: float | None = None) -> Callable[..., Any]:
    return lambda w, v, g, r, s: momentum(
        w, v, g, r if rate is None else rate, s if share is None else share
    )


def _step(weights: Any, velocity: Any, gradient: Any, rate: float, share: float) -> Arguments:
    return {
        "weights": np.array(weights),
        "velocity": np.array(velocity),
        "gradient": np.array(gradient),
        "learning_rate": rate,
        "momentum": share,
    }


def _hundred_weights(weights: Array, velocity: Array, gradient: Array) -> Arguments:
    return _step(weights, velocity, gradient, 0.01, 0.9)


def _some_step(rng: np.random.Generator) -> Arguments:
    shape = [size(rng, 1, 3) for _ in range(size(rng, 1, 2))]
    rate, share = float(rng.choice([0.1, 0.5, 0.01])), float(rng.choice([0.9, 0.5, 0.8]))
    weights, velocity, gradient = (quarters(rng, *shape) for _ in range(3))
    return _step(weights, velocity, gradient, rate, share)


MOMENTUM = Exercise(
    name="09.momentum",
    reference=momentum,
    cases=(
        Case(_step([1.0, -2.0], [0.5, -0.5], [2.0, 4.0], 0.1, 0.5), "two weights"),
        Case(_step([1.0], [0.0], [2.0], 0.1, 0.9), "the first step"),
        Case(_step([1.0], [1.0], [0.0], 0.1, 0.9), "flat ground: it rolls on"),
        Case(_step([3.0, 0.5], [0.2, 0.4], [2, -1], 0.5, 0.9), "a gradient of whole numbers"),
        Case(
            _step(
                [[1.0, 2.0], [3.0, 4.0]],
                [[0.1, 0.0], [0.0, -0.1]],
                [[1.0, -1.0], [2.0, 0.5]],
                0.1,
                0.9,
            ),
            "a square",
            "Weights may have any shape. zip and float(...) take a vector apart, and a table into "
            "rows; arrays need neither.",
        ),
        Case(_hundred_weights(*_rng.normal(size=(3, 20, 5)).round(2)), "100 weights"),
    ),
    draw=_some_step,
    mistakes=(
        Mistake(
            "the weights go uphill",
            "The gradient points uphill. Its push on the velocity has the opposite sign.",
            _ball(lambda v, g, rate, share: share * v + rate * g),
        ),
        Mistake(
            "the velocity is subtracted",
            "The velocity says where the ball goes, and it points downhill already. The weights "
            "move along with it.",
            _ball(move=lambda w, new, v, rate: (w - new, new)),
        ),
        Mistake(
            "the velocity points the other way",
            "In the form of this course the velocity is the step itself: it points downhill, and "
            "it is added to the weights.",
            _ball(
                lambda v, g, rate, share: share * v + rate * g,
                lambda w, new, v, rate: (w - new, new),
            ),
        ),
        Mistake(
            "the learning rate comes too late",
            "Here it scales the gradient on its way into the velocity, and the weights then move "
            "by the velocity itself. (Some libraries do it your way round.)",
            _ball(
                lambda v, g, rate, share: share * v + g,
                lambda w, new, v, rate: (w - rate * new, new),
            ),
            _ball(
                lambda v, g, rate, share: share * v - g,
                lambda w, new, v, rate: (w + rate * new, new),
            ),
        ),
        Mistake(
            "the learning rate is applied twice",
            "It is in the velocity already. The weights move by the whole velocity.",
            _ball(move=lambda w, new, v, rate: (w + rate * new, new)),
        ),
        Mistake(
            "the learning rate is missing",
            "Not the whole gradient pushes the ball, only a share of it.",
            _ball(lambda v, g, rate, share: share * v - g),
        ),
        Mistake(
            "learning rate and momentum are exchanged",
            "momentum says how much of the old velocity is kept; the learning rate says how hard "
            "the gradient pushes.",
            _ball(lambda v, g, rate, share: rate * v - share * g),
        ),
        Mistake(
            "a number in the place of the argument momentum",
            "momentum may be another number than 0.9: use the argument.",
            *(_fixed(share=share) for share in (0.9, 0.99, 0.5, 0.8)),
        ),
        Mistake(
            "a number in the place of the argument learning_rate",
            "The learning rate may be another number: use the argument.",
            *(_fixed(rate=rate) for rate in (0.1, 0.01, 0.001, 0.5)),
        ),
        Mistake(
            "momentum slows the new push as well",
            "Only the old velocity is multiplied by momentum. Look at your brackets.",
            _ball(lambda v, g, rate, share: share * (v - rate * g)),
        ),
        Mistake(
            "the gradient is multiplied by 1 - momentum",
            "That would be a running mean, as in adam. Here pushes add up: the gradient is "
            "multiplied by the learning rate only.",
            _ball(lambda v, g, rate, share: share * v - (1 - share) * rate * g),
            _ball(lambda v, g, rate, share: share * v - (1 - share) * g),
            _ball(
                lambda v, g, rate, share: share * v + (1 - share) * g,
                lambda w, new, v, rate: (w - rate * new, new),
            ),
        ),
        Mistake(
            "1 - momentum in the place of momentum",
            "momentum says how much of the old velocity is kept, not how much is lost.",
            _ball(lambda v, g, rate, share: (1 - share) * v - rate * g),
        ),
        Mistake(
            "the old velocity is forgotten",
            "Your ball stops at every stone. Part of the old velocity goes on.",
            _ball(lambda v, g, rate, share: -rate * g),
        ),
        Mistake(
            "the velocity is not slowed down",
            "Only a share of the old velocity is kept: momentum says how much.",
            _ball(lambda v, g, rate, share: v - rate * g),
        ),
        Mistake(
            "the gradient is forgotten",
            "Your ball rolls on, whatever the ground is like. The gradient pushes it.",
            _ball(lambda v, g, rate, share: share * v),
        ),
        Mistake(
            "an integer array cuts off the decimals",
            "An array made like the gradient (np.zeros_like) holds whole numbers only, if the "
            "gradient does: ask for dtype=float.",
            _ball(lambda v, g, rate, share: (share * v - rate * g).astype(g.dtype)),
        ),
        Mistake(
            "Nesterov instead of momentum",
            "Nesterov brakes earlier, since it looks one step ahead. Plain momentum just moves by "
            "the new velocity.",
            lambda w, v, g, rate, share: (
                w + share * _right_push(v, g, rate, share) - rate * g,
                _right_push(v, g, rate, share),
            ),
        ),
        Mistake(
            "the weights move by the gradient alone",
            "The velocity is computed, but the weights do not move by it.",
            lambda w, v, g, rate, share: (w - rate * g, _right_push(v, g, rate, share)),
        ),
        Mistake(
            "the weights stay where they are",
            "After the velocity has changed, the weights move by it.",
            _ball(move=lambda w, new, v, rate: (w, new)),
        ),
        Mistake(
            "the old velocity moves the weights",
            "First comes the push, then the move: the weights go by the new velocity.",
            _ball(move=lambda w, new, v, rate: (w + v, new)),
        ),
        Mistake(
            "the old velocity is given back",
            "The next step needs the new velocity, the one that has just moved the weights.",
            _ball(move=lambda w, new, v, rate: (w + new, v)),
        ),
        Mistake(
            "weights and velocity are exchanged",
            "Return the weights first, then the velocity.",
            _ball(move=lambda w, new, v, rate: (new, w + new)),
        ),
        Mistake(
            "the velocity is not given back",
            "Without it the next step would begin at rest. Return both, weights and velocity.",
            _ball(move=lambda w, new, v, rate: w + new),
        ),
    ),
    hints=(
        "Two lines: first the velocity, then the weights.",
        "The new velocity is a share of the old one, minus learning_rate times the gradient.",
        "velocity = momentum * velocity - learning_rate * gradient makes a new array; then return "
        "weights + velocity and the velocity.",
    ),
    achieved="Your ball rolls: with momentum 0.9 it goes up to ten times as far on a steady slope.",
    outputs=("weights", "velocity"),
)

# --- 09.split

Four = tuple[Array, Array, Array, Array]


def split(x: Array, y: Array, validation: int, rng: np.random.Generator) -> Four:
    """Return x_train, y_train, x_validation, y_validation, drawn at random."""
    train, held_back = np.split(rng.permutation(len(x)), [len(x) - validation])
    return x[train], y[train], x[held_back], y[held_back]


STRANGE = Mistake(
    "there are rows that x did not have",
    "A row is one sample, and it stays as it is. Along which axis did you shuffle and cut?",
)
APART = Mistake(
    "x and y no longer belong together",
    "Some rows have the label of another row now. Draw one order, and use it for both.",
)
TWICE = Mistake(
    "some samples come twice, others never",
    "The same number can be drawn again where you draw with replacement. An order names each "
    "sample exactly once.",
)
LEAK = Mistake(
    "the same sample is in both parts",
    "The network would be tested with what it has learned by heart. Cut one order in two, so that "
    "each sample is on one side of the cut.",
)
IN_ORDER = Mistake(
    "the samples were not shuffled",
    "They are in their old order. If the file is sorted by label, one part never sees some of the "
    "labels.",
)
ONE_END = Mistake(
    "one end of the data became the validation set",
    "Whatever was mixed, each part was mixed by itself. Look at the labels of both parts, and "
    "shuffle before you cut.",
)
EXCHANGED = Mistake(
    "the sizes are exchanged",
    "validation says how many samples are held back. The rest, usually far more, is for training.",
)
LOST = Mistake(
    "one sample is lost",
    "A slice ends before its second number, so the next one begins with that same number. And an "
    "order has as many numbers as there are samples.",
)
OTHER_ORDER = Mistake(
    "the four arrays come in another order",
    "First both for training, x_train and y_train, then both for validation.",
)
SIZES = Mistake(
    "the parts have the wrong sizes",
    "validation says how many samples are held back, not always a fifth. All others are for "
    "training.",
)
STRETCH = Mistake(
    "neighbours stay together",
    "The samples that are held back lie beside each other in x, or at regular steps. If the data "
    "are sorted, a whole class may be missing. Each sample should be drawn by itself.",
)
NEVER = Mistake(
    "some samples are never held back, or always",
    "In 200 draws each sample should sometimes be held back, and sometimes not. Does the first or "
    "the last one always stay where it is?",
)


def well_split(arguments: Arguments, result: Any) -> Mistake | None:
    """Return what is wrong with a split; every honest way to draw it is right."""
    x, y, n = arguments["x"], arguments["y"], arguments["validation"]
    wrong = _wrong_sizes(x, y, n, result)
    if wrong:
        return wrong
    train, held_back = places(result[0], x), places(result[2], x)
    if train is None or held_back is None:
        return STRANGE
    if (result[1] != y[train]).any() or (result[3] != y[held_back]).any():
        return APART
    if len(set(train)) < len(train) or len(set(held_back)) < len(held_back):
        return TWICE
    if set(train) & set(held_back):
        return LEAK
    return _in_order(train, held_back)


def _wrong_sizes(x: Array, y: Array, n: int, result: Any) -> Mistake | None:
    """Return what is wrong with the four shapes."""
    axes = [part.ndim for part in result]
    if axes != [x.ndim, 1, x.ndim, 1]:
        return OTHER_ORDER if sorted(axes) == [1, 1, x.ndim, x.ndim] else wrong_axes(result)
    if {result[0].shape[1:], result[2].shape[1:]} != {x.shape[1:]}:
        return STRANGE
    sizes = [len(part) for part in result]
    train, held_back = sizes[0], sizes[2]
    if sizes != [train, train, held_back, held_back]:
        return SIZES
    if (train, held_back) == (len(x) - n, n):
        return None
    if (train, held_back) == (n, len(x) - n):
        return EXCHANGED
    if train + held_back == len(x) - 1:
        return LOST
    return SIZES


def _in_order(train: list[int], held_back: list[int]) -> Mistake | None:
    samples = len(train) + len(held_back)
    n, in_order = len(held_back), list(range(samples))
    if math.comb(samples, n) < 100_000 or sorted(held_back) not in (in_order[:n], in_order[-n:]):
        return None  # with few samples one end may well be drawn by chance
    return IN_ORDER if in_order in (train + held_back, held_back + train) else ONE_END


def well_drawn(results: Sequence[Any]) -> Mistake | None:
    """Return what 200 splits of the labels 0 to 199 show, of which 50 are held back."""
    drawn = np.zeros((len(results), 200), dtype=bool)
    for row, (*_, held_back) in zip(drawn, results, strict=True):
        row[held_back] = True
    times = drawn.sum(axis=0)
    if (times == 0).any() or (times == len(results)).any():
        return NEVER
    together = (drawn[:, 1:] & drawn[:, :-1]).sum(axis=1).mean()
    return None if 11 < together < 13.5 else STRETCH  # 50 * 49 / 200 is 12.25, give or take 0.2


def _two_hundred(rng: np.random.Generator) -> Arguments:
    x = np.arange(400.0).reshape(200, 2)
    return {"x": x, "y": np.arange(200), "validation": 50, "rng": rng}


def _some_split(rng: np.random.Generator) -> Arguments:
    n = size(rng, 4, 9)
    x = rng.permutation(100)[: 2 * n].reshape(n, 2)
    seeded = np.random.default_rng(n)
    return {"x": x, "y": x[:, 0] % 10, "validation": size(rng, 1, n - 1), "rng": seeded}


TWENTY = np.arange(20)

SPLIT = Exercise(
    name="09.split",
    reference=split,
    cases=tuple(
        Case({"x": x, "y": y, "validation": n, "rng": np.random.default_rng(seed)}, note)
        for seed, (x, y, n, note) in enumerate(
            (
                (
                    np.stack([TWENTY, TWENTY + 0.5], axis=1),
                    TWENTY // 10,
                    8,
                    "sorted: rows below 10 have label 0",
                ),
                (
                    np.stack([10 * TWENTY[1:9], 10 * TWENTY[1:9] + 1], axis=1),
                    TWENTY[1:9],
                    3,
                    "row 10, 11 has label 1, row 20, 21 has label 2, and so on",
                ),
                (_rng.integers(256, size=(10, 4, 4), dtype=np.uint8), TWENTY[:10], 1, "pictures"),
                (_rng.normal(size=(200, 3)), np.arange(200) // 20, 50, "200 rows"),
            )
        )
    ),
    draw=_some_split,
    mistakes=(),
    hints=(
        "Do not move the samples: shuffle their numbers, as section 1 does.",
        "order = rng.permutation(len(x)); the first len(x) - validation of them are for training.",
        "With cut = len(x) - validation: x[order[:cut]] and y[order[:cut]] belong together; the "
        "other two are x[order[cut:]] and y[order[cut:]].",
    ),
    achieved="An honest split: no sample is lost, none is on both sides, and rng can repeat it.",
    outputs=("x_train", "y_train", "x_validation", "y_validation"),
    rule=well_split,
    chance=Chance(_two_hundred, well_drawn),
)

# --- 09.adam

Step = tuple[Array, Array, Array]


def _corrections(step: float) -> tuple[float, float]:
    return 1 - 0.9**step, 1 - 0.999**step


def _divided(m: Array, v: Array, epsilon: float) -> Array:
    return np.divide(m, np.sqrt(v) + epsilon)


def adam(
    weights: Array,
    m: Array,
    v: Array,
    gradient: Array,
    step: int,
    learning_rate: float,
    *,
    keep: tuple[float, float] = (0.9, 0.999),
    size_of: Callable[[Array], Array] = np.square,
    corrections: Callable[[float], tuple[float, float]] = _corrections,
    move: Callable[[Array, Array, float], Array] = _divided,
    epsilon: float = 1e-7,
    sign: int = 1,
    move_by_old: bool = False,
    keep_corrected: bool = False,
) -> Step:
    """Return weights, m and v after one step of Adam, as the task's formula has it.

    Steps are counted from 1. The keywords are the places where learners go wrong.
    """
    new_m = keep[0] * m + (1 - keep[0]) * gradient
    new_v = keep[1] * v + (1 - keep[1]) * size_of(gradient)
    by_m, by_v = corrections(step)
    right_m, right_v = (m, v) if move_by_old else (new_m, new_v)
    right_m, right_v = np.divide(right_m, by_m), np.divide(right_v, by_v)
    weights = weights - sign * learning_rate * move(right_m, right_v, epsilon)
    return (weights, right_m, right_v) if keep_corrected else (weights, new_m, new_v)


def _adam_at(**change: Any) -> Callable[..., Step]:
    return lambda *given: adam(*given, **change)


def _inside_the_root(epsilon: float) -> Callable[..., Step]:
    return _adam_at(move=lambda m, v, _: m / np.sqrt(v + epsilon))


def _without_rate(twin: Callable[..., Step]) -> Callable[..., Step]:
    return lambda w, m, v, g, step, rate: twin(w, m, v, g, step, 1.0)


def _adam_but(**change: Any) -> list[Callable[..., Step]]:
    """Return Adam's step with one thing wrong, with the epsilon of the task and the usual one."""
    return [_adam_at(**({"epsilon": epsilon} | change)) for epsilon in (1e-7, 1e-8)]


def _epsilon_before_correction(epsilon: float) -> Callable[..., Step]:
    """Return the form of Keras: epsilon is added to the root of v as it is."""

    def twin(w: Array, m: Array, v: Array, g: Array, step: int, rate: float) -> Step:
        by_m, by_v = _corrections(step)
        new_m, new_v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * np.square(g)
        return w - rate * by_v**0.5 / by_m * new_m / (np.sqrt(new_v) + epsilon), new_m, new_v

    return twin


def _given(
    weights: Any, m: Any, v: Any, gradient: Any, step: int, learning_rate: float
) -> Arguments:
    return {
        "weights": np.array(weights),
        "m": np.array(m),
        "v": np.array(v),
        "gradient": np.array(gradient),
        "step": step,
        "learning_rate": learning_rate,
    }


def _some_adam(rng: np.random.Generator) -> Arguments:
    n = size(rng, 1, 3)
    v = rng.integers(1, 9, n) / 4
    steps, rate = size(rng, 1, 20), float(rng.choice([0.1, 0.01, 0.5]))
    return _given(quarters(rng, n), quarters(rng, n, most=1), v, quarters(rng, n), steps, rate)


_EPSILON = (
    "Epsilon only keeps the fraction from 0 / 0. Where the slopes are as small as it is, it makes "
    "the step shorter: so it matters how large it is, and where it stands."
)

ADAM = Exercise(
    name="09.adam",
    reference=adam,
    cases=tuple(
        Case(_given(*numbers), note, hint)
        for *numbers, note, hint in (
            ([1.0, -1.0], [0.2, 0.1], [0.04, 0.5], [3.0, -0.5], 2, 0.1, "the second step", ""),
            ([1.0], [0.0], [0.0], [2.0], 1, 0.1, "the first step", ""),
            ([2.0, 1.0], [0.5, -1.0], [1.0, 4.0], [-2.0, 0.5], 10, 0.1, "the tenth step", ""),
            ([2.0, 1.0], [0.0, 0.0], [0.0, 0.0], [3, -2], 1, 0.5, "whole numbers", ""),
            (
                [2.0, 1.0],
                [0.0, 0.0],
                [0.0, 0.0],
                [0.0, 1.0],
                1,
                0.1,
                "a slope of exactly 0",
                "Where every slope so far was 0, so is the root. What keeps you from 0 / 0?",
            ),
            ([0.0, 0.0], [0.0, 0.0], [0.0, 0.0], [1e-4, 1.0], 1, 1.0, "a small slope", _EPSILON),
            ([0.0], [0.0], [0.0], [1e-7], 1, 1.0, "a tiny slope", _EPSILON),
            ([0.0], [0.0], [0.0], [1e-7], 50, 1.0, "a tiny slope, later", _EPSILON),
            ([2.0, 1.0], [0.5, -1.0], [1.0, 4.0], [1e6, -1e6], 1000, 0.1, "huge slopes, late", ""),
            (
                *_rng.normal(size=(2, 6, 3)).round(2),
                _rng.uniform(0.5, 2, (6, 3)).round(2),
                _rng.normal(size=(6, 3)).round(2),
                7,
                0.001,
                "18 weights",
                "",
            ),
        )
    ),
    draw=_some_adam,
    mistakes=(
        Mistake(
            "the correction is missing",
            "m and v start at 0 and are far too small at first. Divide each by 1 minus its beta "
            "to the power of step before you use it.",
            *_adam_but(corrections=lambda step: (1, 1)),
        ),
        Mistake(
            "only m is corrected",
            "v starts at 0 as well, and forgets with 0.999: divide it by 1 - 0.999**step.",
            *_adam_but(corrections=lambda step: (_corrections(step)[0], 1)),
        ),
        Mistake(
            "only v is corrected",
            "m starts at 0 as well, and forgets with 0.9: divide it by 1 - 0.9**step.",
            *_adam_but(corrections=lambda step: (1, _corrections(step)[1])),
        ),
        Mistake(
            "the corrections are exchanged",
            "m forgets with 0.9, v with 0.999, and each is corrected with its own.",
            *_adam_but(corrections=lambda step: _corrections(step)[::-1]),
        ),
        Mistake(
            "multiplied by the correction instead of divided",
            "m and v are too small at first. Divided by a number below 1 they grow.",
            *_adam_but(corrections=lambda step: tuple(1 / c for c in _corrections(step))),
        ),
        Mistake(
            "v is corrected with the beta of m",
            "v forgets with 0.999, so that is what its correction needs.",
            *_adam_but(corrections=lambda step: (_corrections(step)[0],) * 2),
        ),
        Mistake(
            "m is corrected with the beta of v",
            "m forgets with 0.9, so that is what its correction needs.",
            *_adam_but(corrections=lambda step: (_corrections(step)[1],) * 2),
        ),
        Mistake(
            "the power of step is missing in the correction",
            "It should fade with the steps: 0.9 to the power of step, in Python with two stars.",
            *_adam_but(corrections=lambda step: (1 - 0.9, 1 - 0.999)),
        ),
        Mistake(
            "a product in the place of a power",
            "0.9 * step grows with the steps, 0.9 ** step fades. Two stars make a power.",
            *_adam_but(corrections=lambda step: (1 - 0.9 * step, 1 - 0.999 * step)),
        ),
        Mistake(
            "the step is counted from 0",
            "At the first step your correction is 1 - 0.9 to the power of 0, and that is 0. step "
            "counts from 1 already: take it as it is.",
            *_adam_but(corrections=lambda step: _corrections(step - 1)),
        ),
        Mistake(
            "the step is counted one too far",
            "step counts from 1 already: take it as it is.",
            *_adam_but(corrections=lambda step: _corrections(step + 1)),
        ),
        Mistake(
            "v takes the gradient, not its square",
            "v measures how steep it is, whichever way: it is a running mean of squares.",
            *_adam_but(size_of=lambda g: g),
            *_adam_but(size_of=np.abs),
        ),
        Mistake(
            "the root is missing",
            "v holds squares. Its root has the size of a gradient again.",
            *_adam_but(move=lambda m, v, epsilon: m / (v + epsilon)),
        ),
        Mistake(
            "the gradient moves the weights, not m",
            "m, the running mean of the gradients, is what stands above the line.",
            lambda w, m, v, g, step, rate: adam(
                w, m, v, g, step, rate, move=lambda m_hat, v_hat, e: g / (np.sqrt(v_hat) + e)
            ),
        ),
        Mistake(
            "the weights go uphill",
            "The gradient points uphill, and so does m. Go against it.",
            *_adam_but(sign=-1),
        ),
        Mistake(
            "the learning rate is missing",
            "Only a share of the step is taken: the learning rate says how much.",
            *map(_without_rate, _adam_but()),
        ),
        Mistake(
            "beta and 1 - beta are exchanged",
            "Most of the old mean is kept, 0.9 and 0.999. Only a little of the new comes in.",
            *_adam_but(keep=(0.1, 0.001)),
        ),
        Mistake(
            "the betas are exchanged",
            "m keeps 0.9 of itself, v keeps 0.999.",
            *_adam_but(keep=(0.999, 0.9)),
        ),
        Mistake(
            "another beta for v",
            "v keeps 0.999 of itself.",
            *_adam_but(keep=(0.9, 0.99)),
            *_adam_but(keep=(0.9, 0.9)),
        ),
        Mistake(
            "the old m and v move the weights",
            "First both means take in the new gradient. Then the weights move by the new ones.",
            *_adam_but(move_by_old=True),
        ),
        Mistake(
            "the corrected m and v are given back",
            "The correction is for this step only. What the next step goes on with are the "
            "running means themselves: keep the corrected ones under other names.",
            *_adam_but(keep_corrected=True),
        ),
        Mistake(
            "epsilon is missing",
            "Where every slope so far was exactly 0, so is the root, and 0 / 0 is nan. A tiny "
            "number added to the root, below the line, prevents it.",
            _adam_at(epsilon=0.0),
            *_adam_but(move=lambda m, v, epsilon: m / np.sqrt(v) + epsilon),
        ),
        Mistake(
            "epsilon has another size",
            f"In the formula it is 1e-7. {_EPSILON}",
            *(_adam_at(epsilon=10.0**-k) for k in (2, 3, 4, 5, 6, 8, 9, 10, 12, 15, 16)),
        ),
        Mistake(
            "epsilon stands inside the root",
            f"The root of 1e-7 is 3e-4. {_EPSILON}",
            *map(_inside_the_root, (1e-7, 1e-8, 1e-14, 1e-10)),
        ),
        Mistake(
            "epsilon is added before the correction",
            "Keras does it this way round. In the formula of this task epsilon is added to the "
            "root of the corrected v, the one with the hat.",
            *map(_epsilon_before_correction, (1e-7, 1e-8)),
        ),
        Mistake(
            "m and v come before the weights",
            "Return the weights first, then m, then v.",
            lambda *arguments: tuple(adam(*arguments)[k] for k in (1, 2, 0)),
        ),
        Mistake(
            "the old m and v are given back",
            "The next step goes on with the new ones.",
            lambda w, m, v, g, step, rate: (adam(w, m, v, g, step, rate)[0], m, v),
        ),
        Mistake(
            "m and v are not given back",
            "The next step goes on with them. Return all three: weights, m, v.",
            lambda *arguments: adam(*arguments)[0],
        ),
    ),
    hints=(
        "Four things, in this order: the new m, the new v, both corrected, the move.",
        "m = 0.9 * m + 0.1 * gradient; v is the same with 0.999, 0.001 and gradient**2.",
        "m_hat = m / (1 - 0.9**step), v_hat likewise; subtract learning_rate * m_hat / "
        "(np.sqrt(v_hat) + 1e-7), and return m and v, not the corrected ones.",
    ),
    achieved="You have written the optimizer that most networks of the world are trained with.",
    outputs=("weights", "m", "v"),
    tolerance=1e-4,
)

EXERCISES = (MOMENTUM, SPLIT, ADAM)
