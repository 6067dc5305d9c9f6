"""Exercises of lesson 09: one step with momentum, an honest split, one step of Adam."""

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from nbhelpers import optimizers
from nbhelpers.exercises.checker.exercise import Case, Exercise, Mistake

Array = np.ndarray
_rng = np.random.default_rng(9)

# --- 09.momentum


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
    name: str,
    hint: str,
    push: Callable[..., Array] = _right_push,
    move: Callable[..., Any] = lambda w, new, v, rate: (w + new, new),
) -> Mistake:
    """Return a mistake in how the velocity comes about, or in what is done with it."""

    def twin(w: Array, v: Array, g: Array, rate: float, share: float) -> Any:
        return move(w, push(v, g, rate, share), v, rate)

    return Mistake(name, hint, twin)


_LATE = (
    "the learning rate comes too late",
    "Here it scales the gradient on its way into the velocity, and the weights then move by the "
    "velocity itself. (Some libraries do it your way round.)",
)

MOMENTUM = Exercise(
    name="09.momentum",
    reference=momentum,
    cases=tuple(
        Case(
            {
                "weights": np.array(weights),
                "velocity": np.array(velocity),
                "gradient": np.array(gradient),
                "learning_rate": rate,
                "momentum": share,
            },
            note,
        )
        for weights, velocity, gradient, rate, share, note in (
            ([1.0], [0.0], [2.0], 0.1, 0.9, "the first step"),
            ([1.0], [1.0], [0.0], 0.1, 0.9, "flat ground: it rolls on"),
            ([1.0, -2.0], [0.5, -0.5], [2.0, 4.0], 0.1, 0.5, "two weights"),
            ([3.0, 0.5], [0.2, 0.4], [2, -1], 0.5, 0.9, "a gradient of whole numbers"),
            (
                [[1.0, 2.0], [3.0, 4.0]],
                [[0.1, 0.0], [0.0, -0.1]],
                [[1.0, -1.0], [2.0, 0.5]],
                0.1,
                0.9,
                "a square",
            ),
            (*_rng.normal(size=(3, 20, 5)).round(2), 0.01, 0.9, "100 weights"),
        )
    ),
    mistakes=(
        _ball(
            "the weights go uphill",
            "The gradient points uphill. Its push on the velocity has the opposite sign.",
            push=lambda v, g, rate, share: share * v + rate * g,
        ),
        _ball(
            "the velocity is subtracted",
            "The velocity says where the ball goes, and it points downhill already. The weights "
            "move along with it.",
            move=lambda w, new, v, rate: (w - new, new),
        ),
        _ball(
            "the velocity points the other way",
            "In the form of this course the velocity is the step itself: it points downhill, and "
            "it is added to the weights.",
            push=lambda v, g, rate, share: share * v + rate * g,
            move=lambda w, new, v, rate: (w - new, new),
        ),
        _ball(
            *_LATE,
            push=lambda v, g, rate, share: share * v + g,
            move=lambda w, new, v, rate: (w - rate * new, new),
        ),
        _ball(
            *_LATE,
            push=lambda v, g, rate, share: share * v - g,
            move=lambda w, new, v, rate: (w + rate * new, new),
        ),
        _ball(
            "the learning rate is applied twice",
            "It is in the velocity already. The weights move by the whole velocity.",
            move=lambda w, new, v, rate: (w + rate * new, new),
        ),
        _ball(
            "the learning rate is missing",
            "Not the whole gradient pushes the ball, only a share of it.",
            push=lambda v, g, rate, share: share * v - g,
        ),
        _ball(
            "learning rate and momentum are exchanged",
            "momentum says how much of the old velocity is kept; the learning rate says how hard "
            "the gradient pushes.",
            push=lambda v, g, rate, share: rate * v - share * g,
        ),
        _ball(
            "momentum slows the new push as well",
            "Only the old velocity is multiplied by momentum. Look at your brackets.",
            push=lambda v, g, rate, share: share * (v - rate * g),
        ),
        _ball(
            "the gradient is multiplied by 1 - momentum",
            "That would be a running mean, as in adam. Here pushes add up: the gradient is "
            "multiplied by the learning rate only.",
            push=lambda v, g, rate, share: share * v - (1 - share) * rate * g,
        ),
        _ball(
            "the old velocity is forgotten",
            "Your ball stops at every stone. Part of the old velocity goes on.",
            push=lambda v, g, rate, share: -rate * g,
        ),
        _ball(
            "the velocity is not slowed down",
            "Only a share of the old velocity is kept: momentum says how much.",
            push=lambda v, g, rate, share: v - rate * g,
        ),
        _ball(
            "an integer array cuts off the decimals",
            "An array made like the gradient (np.zeros_like) holds whole numbers only, if the "
            "gradient does: ask for dtype=float.",
            push=lambda v, g, rate, share: (share * v - rate * g).astype(g.dtype),
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
        _ball(
            "the old velocity moves the weights",
            "First comes the push, then the move: the weights go by the new velocity.",
            move=lambda w, new, v, rate: (w + v, new),
        ),
        _ball(
            "the old velocity is given back",
            "The next step needs the new velocity, the one that has just moved the weights.",
            move=lambda w, new, v, rate: (w + new, v),
        ),
        _ball(
            "weights and velocity are exchanged",
            "Return the weights first, then the velocity.",
            move=lambda w, new, v, rate: (new, w + new),
        ),
        _ball(
            "the velocity is not given back",
            "Without it the next step would begin at rest. Return both, weights and velocity.",
            move=lambda w, new, v, rate: w + new,
        ),
    ),
    hints=(
        "Two lines: first the velocity, then the weights.",
        "The new velocity is a share of the old one, minus learning_rate times the gradient.",
        "velocity = momentum * velocity - ... makes a new array; then return weights + velocity "
        "and the velocity.",
    ),
    achieved="Your ball rolls: with momentum 0.9 it goes up to ten times as far on a steady slope.",
    outputs=("weights", "velocity"),
)

# --- 09.split


def split(x: Array, y: Array, validation: int, rng: np.random.Generator) -> tuple[Array, ...]:
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


def _places(rows: Array, before: Array) -> list[int] | None:
    """Return where each row stood before; None if one of them stood nowhere."""
    same = (rows[:, None] == before).reshape(len(rows), len(before), -1).all(axis=2)
    return same.argmax(axis=1).tolist() if same.any(axis=1).all() else None


def well_split(arguments: Mapping[str, Any], result: Any) -> Mistake | None:
    """Return what is wrong with a split; every honest way to draw it is right."""
    x, y, in_order = arguments["x"], arguments["y"], list(range(len(arguments["x"])))
    train, held_back = _places(result[0], x), _places(result[2], x)
    if train is None or held_back is None:
        return STRANGE
    if (result[1] != y[train]).any() or (result[3] != y[held_back]).any():
        return APART
    if len(set(train)) < len(train) or len(set(held_back)) < len(held_back):
        return TWICE
    if set(train) & set(held_back):
        return LEAK
    n = len(held_back)
    if math.comb(len(x), n) < 10_000 or sorted(held_back) not in (in_order[:n], in_order[-n:]):
        return None  # with few samples one end may well be drawn by chance
    return IN_ORDER if in_order in (train + held_back, held_back + train) else ONE_END


def _cut_at(
    name: str, hint: str, pick: Callable[..., Any], both_of_x_first: bool = False
) -> Mistake:
    """Return a mistake in the cut or in what is returned; pick gives the numbers of both parts."""

    def twin(x: Array, y: Array, n: int, rng: np.random.Generator) -> tuple[Array, ...]:
        train, held_back = pick(rng.permutation(len(x)), n)
        if both_of_x_first:
            return x[train], x[held_back], y[train], y[held_back]
        return x[train], y[train], x[held_back], y[held_back]

    return Mistake(name, hint, twin)


_EXCHANGED = (
    "the sizes are exchanged",
    "validation says how many samples are held back. The rest, usually far more, is for training.",
)
_LOST = (
    "a sample is lost at the cut",
    "A slice ends before its second number, so the next one begins with that same number.",
)
_OTHER_ORDER = (
    "the four arrays come in another order",
    "First both for training, x_train and y_train, then both for validation.",
)


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
    mistakes=(
        _cut_at(*_EXCHANGED, lambda order, n: (order[:n], order[n:])),
        _cut_at(*_EXCHANGED, lambda order, n: (order[len(order) - n :], order[: len(order) - n])),
        _cut_at(*_LOST, lambda order, n: (order[: len(order) - n], order[len(order) - n + 1 :])),
        _cut_at(*_LOST, lambda order, n: (order[: len(order) - n - 1], order[len(order) - n :])),
        _cut_at(
            "always a fifth is held back",
            "The lesson holds back a fifth. Here the argument validation says how many.",
            lambda order, n: np.split(order, [len(order) * 4 // 5]),
        ),
        _cut_at(*_OTHER_ORDER, lambda order, n: (order[: len(order) - n], order[-n:]), True),
        _cut_at(*_OTHER_ORDER, lambda order, n: (order[n:], order[:n]), True),
    ),
    hints=(
        "Do not move the samples: shuffle their numbers, as section 1 does.",
        "order = rng.permutation(len(x)); the first len(x) - validation of them are for training.",
        "x[order[:cut]] and y[order[:cut]] belong together; the other two begin at cut.",
    ),
    achieved="An honest split: no sample is lost, none is on both sides, and rng can repeat it.",
    outputs=("x_train", "y_train", "x_validation", "y_validation"),
    rule=well_split,
)

# --- 09.adam


def adam(
    weights: Array, m: Array, v: Array, gradient: Array, step: int, learning_rate: float
) -> tuple[Array, Array, Array]:
    """Return weights, m and v after one step of Adam; steps are counted from 1."""
    optimizer = optimizers.Adam(learning_rate)
    w, kept = weights.copy(), [m.copy(), v.copy()]
    optimizer.build([w])
    optimizer.memory, optimizer.iterations = [kept], step - 1
    optimizer.step([w], [gradient])
    return w, *kept


def _corrections(step: float) -> tuple[float, float]:
    return 1 - 0.9**step, 1 - 0.999**step


def _adam_but(
    *,
    keep: tuple[float, float] = (0.9, 0.999),
    size: Callable[[Array], Array] = np.square,
    corrections: Callable[[float], tuple[float, float]] = _corrections,
    root: Callable[[Array], Array] = np.sqrt,
    epsilon: float = 1e-7,
    sign: int = 1,
    move_by_old: bool = False,
    keep_corrected: bool = False,
) -> Callable[..., tuple[Array, ...]]:
    """Return Adam's step as somebody wrote it who got one thing wrong: one keyword each."""

    def twin(
        w: Array, m: Array, v: Array, g: Array, step: int, rate: float
    ) -> tuple[Array, Array, Array]:
        new_m = keep[0] * m + (1 - keep[0]) * g
        new_v = keep[1] * v + (1 - keep[1]) * size(g)
        by_m, by_v = corrections(step)
        right_m, right_v = (m, v) if move_by_old else (new_m, new_v)
        right_m, right_v = np.divide(right_m, by_m), np.divide(right_v, by_v)
        w = w - sign * rate * right_m / (root(right_v) + epsilon)
        return (w, right_m, right_v) if keep_corrected else (w, new_m, new_v)

    return twin


ADAM = Exercise(
    name="09.adam",
    reference=adam,
    cases=tuple(
        Case(
            {
                "weights": np.array(weights),
                "m": np.array(m),
                "v": np.array(v),
                "gradient": np.array(gradient),
                "step": step,
                "learning_rate": rate,
            },
            note,
        )
        for weights, m, v, gradient, step, rate, note in (
            ([1.0], [0.0], [0.0], [2.0], 1, 0.1, "the first step"),
            ([1.0], [0.2], [0.004], [3.0], 2, 0.1, "the second step"),
            ([2.0, 1.0], [0.5, -1.0], [1.0, 4.0], [-2.0, 0.5], 10, 0.1, "the tenth step"),
            ([2.0, 1.0], [0.0, 0.0], [0.0, 0.0], [3, -2], 1, 0.5, "a gradient of whole numbers"),
            ([2.0, 1.0], [0.0, 0.0], [0.0, 0.0], [0.0, 1.0], 1, 0.1, "a slope of exactly 0"),
            ([2.0, 1.0], [0.5, -1.0], [1.0, 4.0], [1e6, -1e6], 1000, 0.1, "a huge gradient, late"),
            (
                *_rng.normal(size=(2, 6, 3)).round(2),
                _rng.uniform(0.5, 2, (6, 3)).round(2),
                _rng.normal(size=(6, 3)).round(2),
                7,
                0.001,
                "18 weights",
            ),
        )
    ),
    mistakes=(
        Mistake(
            "the correction is missing",
            "m and v start at 0 and are far too small at first. Divide each by 1 minus its beta "
            "to the power of step before you use it.",
            _adam_but(corrections=lambda step: (1, 1)),
        ),
        Mistake(
            "the corrections are exchanged",
            "m forgets with 0.9, v with 0.999, and each is corrected with its own.",
            _adam_but(corrections=lambda step: _corrections(step)[::-1]),
        ),
        Mistake(
            "v is corrected with the beta of m",
            "v forgets with 0.999, so that is what its correction needs.",
            _adam_but(corrections=lambda step: (_corrections(step)[0],) * 2),
        ),
        Mistake(
            "m is corrected with the beta of v",
            "m forgets with 0.9, so that is what its correction needs.",
            _adam_but(corrections=lambda step: (_corrections(step)[1],) * 2),
        ),
        Mistake(
            "the power of step is missing in the correction",
            "It should fade with the steps: 0.9 to the power of step, in Python with two stars.",
            _adam_but(corrections=lambda step: (1 - 0.9, 1 - 0.999)),
        ),
        Mistake(
            "a product in the place of a power",
            "0.9 * step grows with the steps, 0.9 ** step fades. Two stars make a power.",
            _adam_but(corrections=lambda step: (1 - 0.9 * step, 1 - 0.999 * step)),
        ),
        Mistake(
            "the step is counted from 0",
            "At the first step your correction is 1 - 0.9 to the power of 0, and that is 0. step "
            "counts from 1 already: take it as it is.",
            _adam_but(corrections=lambda step: _corrections(step - 1)),
        ),
        Mistake(
            "the step is counted one too far",
            "step counts from 1 already: take it as it is.",
            _adam_but(corrections=lambda step: _corrections(step + 1)),
        ),
        Mistake(
            "v takes the gradient, not its square",
            "v measures how steep it is, whichever way: it is a running mean of squares.",
            _adam_but(size=lambda g: g),
        ),
        Mistake(
            "the root is missing",
            "v holds squares. Its root has the size of a gradient again.",
            _adam_but(root=lambda v: v),
        ),
        Mistake(
            "the weights go uphill",
            "The gradient points uphill, and so does m. Go against it.",
            _adam_but(sign=-1),
        ),
        Mistake(
            "beta and 1 - beta are exchanged",
            "Most of the old mean is kept, 0.9 and 0.999. Only a little of the new comes in.",
            _adam_but(keep=(0.1, 0.001)),
        ),
        Mistake(
            "the betas are exchanged",
            "m keeps 0.9 of itself, v keeps 0.999.",
            _adam_but(keep=(0.999, 0.9)),
        ),
        Mistake(
            "the old m and v move the weights",
            "First both means take in the new gradient. Then the weights move by the new ones.",
            _adam_but(move_by_old=True),
        ),
        Mistake(
            "the corrected m and v are given back",
            "The correction is for this step only. What the next step goes on with are the "
            "running means themselves: keep the corrected ones under other names.",
            _adam_but(keep_corrected=True),
        ),
        Mistake(
            "epsilon is missing",
            "Where every slope so far was exactly 0, so is the root, and 0 / 0 is nan. A tiny "
            "number added to the root prevents it.",
            _adam_but(epsilon=0.0),
        ),
        Mistake(
            "m and v come before the weights",
            "Return the weights first, then m, then v.",
            lambda *arguments: (lambda w, m, v: (m, v, w))(*adam(*arguments)),
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
    tolerance=1e-4,  # so that it does not matter where exactly epsilon stands
)

EXERCISES = (MOMENTUM, SPLIT, ADAM)
