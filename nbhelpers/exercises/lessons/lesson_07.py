"""Exercises of lesson 07: the way back through relu and through Dense, and measured slopes."""

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np

from nbhelpers import activations, gradcheck, layers
from nbhelpers.exercises.checker.exercise import Arguments, Array, Case, Exercise, Mistake
from nbhelpers.exercises.lessons.draws import quarters, size

Loss = Callable[[Array], float]
_rng = np.random.default_rng(7)

# --- 07.relu_backward


def relu_backward(d: Array, h: Array) -> Array:
    """Return the gradient below relu, from its output h; adding 0 makes 0 of -0."""
    return np.asarray(activations.relu_backward(h.astype(float), d) + 0.0)


def _some_gradient(rng: np.random.Generator) -> Arguments:
    shape = size(rng, 2, 4), size(rng, 2, 4)
    return {"d": quarters(rng, *shape), "h": activations.relu(quarters(rng, *shape))}


def _leaky(slope: float) -> Callable[[Array, Array], Array]:
    return lambda d, h: np.where(h > 0, d, slope * d)


def _on_above(bound: float) -> Callable[[Array, Array], Array]:
    return lambda d, h: d * (h > bound)


RELU_BACKWARD = Exercise(
    name="07.relu_backward",
    reference=relu_backward,
    cases=(
        Case(
            {
                "d": np.array([[1.0, -2.0, 3.0], [-4.0, 5.0, 6.0]]),
                "h": np.array([[0.0, 3.0, 0.0], [2.0, 0.0, 0.5]]),
            },
            "two samples",
        ),
        Case(
            {"d": np.array([[5.0, -2.0, 3.0, -4.0]]), "h": np.array([[2.0, 0.0, 0.0, 0.5]])},
            "one sample",
        ),
        Case({"d": np.array([[0.5, -1.5]]), "h": np.array([[3, 0]])}, "h in whole numbers"),
        Case({"d": np.array([[2, -3]]), "h": np.array([[0.5, 0.0]])}, "d in whole numbers"),
        Case({"d": np.array([[5.0, -5.0]]), "h": np.zeros((1, 2))}, "all units off"),
        Case({"d": np.array([[5.0, -5.0]]), "h": np.array([[0.25, 7.0]])}, "all units on"),
        Case(
            {"d": np.array([[5.0, -5.0]]), "h": np.array([[1e-9, 1e9]])},
            "hardly on, and huge",
            "A unit is on as soon as its output is above 0, however little.",
        ),
        Case(
            {"d": _rng.normal(size=(5, 5)), "h": activations.relu(_rng.normal(size=(5, 5)))},
            "as many samples as units",
        ),
        Case(
            {"d": _rng.normal(size=(20, 8)), "h": activations.relu(_rng.normal(size=(20, 8)))},
            "twenty samples",
        ),
    ),
    draw=_some_gradient,
    mistakes=(
        Mistake(
            "everything passes, as with h >= 0 or with no mask at all",
            "h comes out of relu, so it is never below 0, and h >= 0 is true everywhere. How large "
            "is h where relu was off?",
            lambda d, h: d,
        ),
        Mistake(
            "nothing passes",
            "Where relu was on, d passes. Which of your two sides is which?",
            lambda d, h: 0 * d,
        ),
        Mistake(
            "one mask for a whole row or column",
            "Each unit of each sample is on or off by itself: h > 0 holds a yes or no for every "
            "entry, and no any or all is needed.",
            lambda d, h: d * (h > 0).any(axis=1, keepdims=True),
            lambda d, h: d * (h > 0).all(axis=1, keepdims=True),
            lambda d, h: d * (h > 0).any(axis=0),
            lambda d, h: d * (h > 0).all(axis=0),
            lambda d, h: d * (h > 0).any(),
            lambda d, h: d * (h > 0).all(),
        ),
        Mistake(
            "the mask of one sample is used for all",
            "h[0] is one row. Each sample has units of its own that were on.",
            lambda d, h: d * (h[0] > 0),
        ),
        Mistake(
            "the mask alone came back",
            "The mask says where something passes; what passes there is d.",
            lambda d, h: 1.0 * (h > 0),
        ),
        Mistake(
            "the outputs themselves instead of the mask",
            "d * h makes the gradient larger where h is large. Where relu is on, its slope is 1, "
            "whatever h is.",
            lambda d, h: d * h,
        ),
        Mistake(
            "the mask is turned round",
            "It passes where relu was off, and stops where it was on.",
            lambda d, h: d * (h <= 0),
        ),
        Mistake(
            "the mask is taken from d instead of h",
            "A gradient may be negative and still has to pass. Which units were on, h knows.",
            lambda d, h: d * (d > 0),
        ),
        Mistake(
            "negative gradients are stopped as well",
            "h alone decides. A gradient may be negative and still has to pass.",
            lambda d, h: d * (h > 0) * (d > 0),
            lambda d, h: np.abs(d) * (h > 0) * (d > 0),
        ),
        Mistake(
            "the sign of the gradient is lost or turned",
            "What passes is d as it is, with its sign.",
            lambda d, h: -d * (h > 0),
            lambda d, h: np.abs(d) * (h > 0),
        ),
        Mistake(
            "gradient and output are exchanged",
            "d passes or is stopped, and h decides which. You do it the other way round.",
            lambda d, h: h * (d > 0),
        ),
        Mistake(
            "the outputs came back, without d",
            "h only says where something passes. What passes there is d.",
            lambda d, h: h,
        ),
        Mistake(
            "the slope of the sigmoid",
            "h (1 - h) is how steep a sigmoid is at its output h. relu is simpler: its slope is 1 "
            "or 0.",
            lambda d, h: d * h * (1 - h),
        ),
        Mistake(
            "the slope of tanh",
            "1 - h squared is how steep tanh is. relu is simpler: its slope is 1 or 0.",
            lambda d, h: d * (1 - h**2),
        ),
        Mistake(
            "some of it leaks through where relu was off",
            "That is the slope of leaky relu. relu lets nothing through there.",
            *map(_leaky, (0.01, 0.1, 0.2, 0.3)),
        ),
        Mistake(
            "a unit is on only from a larger output on",
            "relu is on as soon as its output is above 0, however little.",
            *map(_on_above, (0.5, 1e-3, 1e-6, 1e-7, 1e-8)),
            lambda d, h: d * (h >= 1),
            lambda d, h: d * h.astype(int).astype(bool),
            lambda d, h: d * np.round(h).astype(bool),
        ),
    ),
    hints=(
        "Section 5 has this line in its table, with z. The output h is above 0 just where z is.",
        "h > 0 is an array of True and False. In a product they count as 1 and 0.",
        "What arrives is d; it is multiplied by that mask: d * (h > 0).",
    ),
    achieved="This line is the whole way back through relu. The >= bug cannot fool you any more.",
    samples=True,
)

# --- 07.dense_backward

Triple = tuple[Any, Any, Any]


def dense_backward(x: Array, W: Array, d: Array) -> Triple:
    """Return the gradients that a Dense layer with these weights finds."""
    dense = layers.Dense(W.shape[1])
    dense.build((len(W),), np.random.default_rng(0), "float64")
    dense.params["kernel"][...] = W
    dense.forward(x, training=True)
    grad_x = dense.backward(d)
    return dense.grads["kernel"], dense.grads["bias"], grad_x


def _by_hand(x: Array, W: Array, d: Array) -> Triple:
    return x.T @ d, d.sum(axis=0), d @ W.T


def _but(
    kernel: Callable[[Array, Array, Array], Any] = lambda x, W, d: x.T @ d,
    bias: Callable[[Array], Any] = lambda d: d.sum(axis=0),
    below: Callable[[Array, Array, Array], Any] = lambda x, W, d: d @ W.T,
) -> Callable[..., Triple]:
    """Return the three gradients, of which one may be a wrong one."""
    return lambda x, W, d: (kernel(x, W, d), bias(d), below(x, W, d))


def _in_order(order: tuple[int, ...]) -> Callable[..., tuple[Any, ...]]:
    return lambda x, W, d: tuple(_by_hand(x, W, d)[k] for k in order)


def _times(a: float, b: float, c: float) -> Callable[..., Triple]:
    def twin(x: Array, W: Array, d: Array) -> Triple:
        kernel, bias, below = _by_hand(x, W, d)
        return a * kernel, b * bias, c * below

    return twin


def _some_layer(rng: np.random.Generator) -> Arguments:
    n, inputs, units = size(rng, 1, 4), size(rng, 2, 3), size(rng, 1, 3)
    return {
        "x": quarters(rng, n, inputs),
        "W": quarters(rng, inputs, units),
        "d": quarters(rng, n, units),
    }


_ORDERS = [order for order in itertools.permutations(range(3)) if order != (0, 1, 2)]
W_SMALL = np.array([[1.0, -1.0], [0.5, 2.0], [3.0, 0.0]])

DENSE_BACKWARD = Exercise(
    name="07.dense_backward",
    reference=dense_backward,
    cases=(
        Case(
            {
                "x": np.array([[1, 2, 3], [0, -1, 4], [2, 0, 1], [5, 1, 0]]),
                "W": np.array([[1, -1], [0, 2], [3, 0]]),
                "d": np.array([[2, -1], [3, 5], [0, 4], [1, -2]]),
            },
            "four samples, whole numbers",
        ),
        Case(
            {"x": np.array([[1.0, -2.0, 3.0]]), "W": W_SMALL, "d": np.array([[2.0, -1.0]])},
            "one sample",
        ),
        Case(
            {
                "x": np.array([[1.0, -2.0, 3.0], [0.5, -1.0, 4.0]]),
                "W": W_SMALL,
                "d": np.array([[2.0, -1.0], [3.0, 5.0]]),
            },
            "two samples",
        ),
        Case(
            {
                "x": np.array([[1.0, 2.0], [3.0, 5.0]]),
                "W": np.array([[1.0, -1.0], [0.5, 2.0]]),
                "d": np.array([[2.0, -1.0], [3.0, 4.0]]),
            },
            "everything square",
            "Where all is square, every product fits, and NumPy cannot warn. Work out which axis "
            "meets which.",
        ),
        Case(
            {
                "x": _rng.normal(size=(30, 5)),
                "W": _rng.normal(size=(5, 4)),
                "d": _rng.normal(size=(30, 4)),
            },
            "thirty samples",
        ),
    ),
    draw=_some_layer,
    mistakes=(
        Mistake(
            "mean instead of sum over the samples",
            "The mean is in d already: at the top of the network it was taken once, in "
            "(p - y) / n. Dividing by n again makes the gradient too small.",
            _but(bias=lambda d: d.mean(axis=0)),
            _but(kernel=lambda x, W, d: x.T @ d / len(x)),
            _but(lambda x, W, d: x.T @ d / len(x), lambda d: d.mean(axis=0)),
            _but(below=lambda x, W, d: d @ W.T / len(x)),
            lambda x, W, d: tuple(part / len(x) for part in _by_hand(x, W, d)),
        ),
        Mistake(
            "all three point downhill",
            "These are the gradients, and they point uphill. The minus comes later, in the step of "
            "the optimizer.",
            _times(-1, -1, -1),
        ),
        Mistake(
            "one of the signs is turned",
            "None of the three has a minus.",
            _times(-1, 1, 1),
            _times(1, -1, 1),
            _times(1, 1, -1),
            _times(-1, -1, 1),
        ),
        Mistake(
            "twice the gradient",
            "The 2 of a squared error, if there is one, is in d already.",
            _times(2, 2, 2),
            _times(2, 1, 1),
            _times(2, 2, 1),
        ),
        Mistake(
            "new weights instead of gradients",
            "How the weights change is the optimizer's business. Return the gradients themselves.",
            _but(kernel=lambda x, W, d: W - x.T @ d),
            _but(kernel=lambda x, W, d: W + x.T @ d),
        ),
        Mistake(
            "the gradient of b is summed along the wrong axis",
            "There is one bias for each unit, and every sample adds to it. So the samples are to "
            "disappear, and the units stay.",
            _but(bias=lambda d: d.sum(axis=1)),
        ),
        Mistake(
            "the gradient of b is not summed over the samples",
            "All samples share the same biases. What each of them wants adds up.",
            _but(bias=lambda d: d),
            _but(bias=lambda d: d[0]),
            _but(bias=lambda d: d[-1]),
        ),
        Mistake(
            "the gradient of b is one number for all units",
            "Each unit has a bias of its own, so each has a slope of its own. Which axis is to "
            "disappear?",
            _but(bias=lambda d: d.sum()),
            _but(bias=lambda d: d.mean()),
        ),
        Mistake(
            "the gradient of b has an axis too many",
            "b is a vector of shape (units,), so its gradient is one. keepdims is too much here.",
            _but(bias=lambda d: d.sum(axis=0, keepdims=True)),
        ),
        Mistake(
            "the gradient of b is 1 for each sample",
            "How fast the sum grows with b is 1; how fast the loss grows is that times d.",
            _but(bias=lambda d: np.ones(d.shape[1])),
            _but(bias=lambda d: np.full(d.shape[1], len(d))),
        ),
        Mistake(
            "the gradient of W is transposed",
            "It must have the shape of W: inputs first, then units. With a square W the exchange "
            "goes wrong in silence.",
            _but(kernel=lambda x, W, d: d.T @ x),
        ),
        Mistake(
            "the gradient of x is transposed",
            "It must have the shape of x: samples first, then inputs.",
            _but(below=lambda x, W, d: W @ d.T),
        ),
        Mistake(
            "inputs meet samples in a product",
            "The two axes in the middle must count the same. For the gradient of W, in what order "
            "do the shapes of x and d leave (inputs, units)? If all is square, NumPy cannot warn.",
            _but(kernel=lambda x, W, d: x @ d),
        ),
        Mistake(
            "units meet inputs in a product",
            "The two axes in the middle must count the same. For the gradient of x, which of W's "
            "axes has to meet the units of d? If W is square, NumPy cannot warn.",
            _but(below=lambda x, W, d: d @ W),
            _but(below=lambda x, W, d: d @ (W if W.shape[0] == W.shape[1] else W.T)),
        ),
        Mistake(
            "the three results stand in another order",
            "The task says which comes first: W, then b, then x.",
            *map(_in_order, _ORDERS),
        ),
    ),
    hints=(
        "Three products and sums, the first row of the table in section 5. Let the shapes lead.",
        "The gradient of W has W's shape (inputs, units): only x.T @ d fits. That of b adds up d.",
        "d.sum(axis=0) is that of b. Back to x the weights are used the other way round: d @ W.T, "
        "shape (n, inputs).",
    ),
    achieved="You sent a gradient back through a whole layer: this is what trains a network.",
    outputs=("gradient of W", "gradient of b", "gradient of x"),
    samples=True,
)

# --- 07.numerical_gradient


def numerical_gradient(f: Loss, x: Array) -> Array:
    """Return the measured slopes of f at x."""
    x = np.array(x, dtype=float)
    return gradcheck.numerical_gradient(lambda: f(x), x)


def _shown_as(text: str, f: Loss) -> Loss:
    f.__name__ = text
    return f


_LINE = _shown_as("1.5 * x[0] - 2.5 * x[1]", lambda x: 1.5 * x[0] - 2.5 * x[1])
_KINK = _shown_as("abs(x[0] - x[1])", lambda x: abs(x[0] - x[1]))
_VALLEY = _shown_as("x[0] ** 2 / 20 + x[1] ** 2", lambda x: x[0] ** 2 / 20 + x[1] ** 2)
_SQUARES = _shown_as("(x ** 2).sum()", lambda x: (x**2).sum())
_CUBES = _shown_as("(x ** 3).sum() / 10", lambda x: (x**3).sum() / 10)
_WAVES = _shown_as("np.sin(x).sum()", lambda x: np.sin(x).sum())
_HILL = _shown_as("x.flat[0] * x.flat[-1] + x.sum()", lambda x: x.flat[0] * x.flat[-1] + x.sum())

STEPS = (1e-2, 1e-3, 1e-4, 1e-5, 1e-6)
H = 1e-5


def _some_function(rng: np.random.Generator) -> Arguments:
    shape = [size(rng, 1, 3) for _ in range(size(rng, 1, 2))]
    functions = (_SQUARES, _CUBES, _WAVES, _HILL)
    return {"f": functions[int(rng.integers(4))], "x": quarters(rng, *shape, most=2)}


def _by_steps(
    slope: Callable[[Loss, Array, Array, float], Any],
) -> Callable[[float], Callable[[Loss, Array], Array]]:
    """Return a twin for a given h, in which each entry moves by it in its turn."""

    def with_step(h: float) -> Callable[[Loss, Array], Array]:
        def twin(f: Loss, x: Array) -> Array:
            moves = (e.reshape(x.shape) for e in h * np.eye(x.size))
            return np.array([slope(f, x, e, h) for e in moves]).reshape(x.shape)

        return twin

    return with_step


def _feel(
    up: float, down: float, width: float, put_back: bool = True, dtype: type | None = float
) -> Any:
    """Return a twin for a given h that goes so many h up and down, and divides by so many."""

    def with_step(h: float) -> Callable[[Loss, Array], Array]:
        def twin(f: Loss, x: Array) -> Array:
            w = np.array(x, dtype=dtype)
            slopes = np.zeros(w.shape)
            for index in np.ndindex(w.shape):
                before = w[index]
                w[index] = before + up * h
                first = f(w)
                w[index] = before - down * h
                slopes[index] = (first - f(w)) / (width * h)
                if put_back:
                    w[index] = before
            return slopes

        return twin

    return with_step


def _scaled(factor: float) -> Callable[[Loss, Array], Array]:
    return lambda f, x: factor * numerical_gradient(f, x)


def _never_set_back(f: Loss, x: Array) -> Array:
    e, slopes = np.zeros(x.shape), np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        e[index] = H
        slopes[index] = (f(x + e) - f(x - e)) / (2 * H)
    return slopes


def _all_at_once(f: Loss, x: Array) -> float:
    return (f(x + H) - f(x - H)) / (2 * H)


def _row_sums(f: Loss, x: Array) -> Array:
    slopes = numerical_gradient(f, x)
    return np.asarray(slopes.reshape(len(x), -1).sum(axis=1) if x.ndim > 1 else slopes)


def _for_each_row(f: Loss, x: Array) -> Array:
    sums = _row_sums(f, x).reshape(-1, *[1] * (x.ndim - 1))
    return np.broadcast_to(sums, x.shape).copy()


_CENTRAL = _by_steps(lambda f, x, e, h: (f(x + e) - f(x - e)) / (2 * h))
_FORWARD = _by_steps(lambda f, x, e, h: (f(x + e) - f(x)) / h)
_BACKWARD = _by_steps(lambda f, x, e, h: (f(x) - f(x - e)) / h)
_TOO_SMALL = tuple(10.0**-k for k in range(11, 21))

NUMERICAL_GRADIENT = Exercise(
    name="07.numerical_gradient",
    reference=numerical_gradient,
    cases=(
        Case({"f": _VALLEY, "x": np.array([-7.0, 2.0])}, "the valley of section 4"),
        Case({"f": _LINE, "x": np.array([1.0, 4.0])}, "a straight slope"),
        Case(
            {"f": _KINK, "x": np.array([0.0, 0.0])},
            "a kink: up on one side, up on the other",
            "At a kink the two sides disagree. The measured slope is what lies between x - h and "
            "x + h.",
        ),
        Case({"f": _KINK, "x": np.array([2.0, 1.0])}, "beside a kink"),
        Case(
            {"f": _LINE, "x": np.array([0, 0])},
            "whole numbers",
            "In an array of whole numbers 0 + 0.00001 is stored as 0.",
        ),
        Case({"f": _SQUARES, "x": np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])}, "a matrix"),
        Case({"f": _CUBES, "x": np.array([[1, -2], [3, -4]])}, "a matrix of whole numbers"),
        Case({"f": _SQUARES, "x": np.array([[3.0]])}, "one entry"),
        Case({"f": _HILL, "x": np.array([2.0, -1.0, 0.5])}, "two entries that work together"),
        Case({"f": _WAVES, "x": _rng.uniform(-1, 1, size=(2, 3, 2))}, "three axes"),
    ),
    draw=_some_function,
    mistakes=(
        Mistake(
            "divided by h instead of 2h",
            "From x - h to x + h it is two steps of h, so your slopes are twice as steep as true.",
            _feel(1, 1, 1)(H),
        ),
        Mistake(
            "one step of h, but divided by 2h",
            "Your two points are only h apart, so you get half the slope. From x + h, one step of "
            "h back leads to x; x - h is two steps away.",
            *map(_feel(1, 0, 2), STEPS),
            *map(_feel(0, 1, 2), STEPS),
        ),
        Mistake(
            "the sign is turned round",
            "Uphill must be positive: what came at x + h, minus what came at x - h.",
            _feel(-1, -1, 2)(H),
        ),
        Mistake(
            "all entries are moved at once",
            "x + h moves every entry, so their slopes are added up. Move one entry in its turn, "
            "and leave the others.",
            _all_at_once,
            lambda f, x: np.full(x.shape, _all_at_once(f, x)),
        ),
        Mistake(
            "a step to one side only",
            "At a kink or in a bend the two sides disagree, and one side alone is not the slope. "
            "Feel on both: at x + h and at x - h.",
            *map(_FORWARD, STEPS),
            *map(_BACKWARD, STEPS),
        ),
        Mistake(
            "a moved entry is not put back",
            "The first entry is still moved while you feel for the second one. Each entry has its "
            "turn alone, with all others where they were.",
            *map(_feel(1, 1, 2, put_back=False), STEPS),
            *map(_feel(-1, -1, -2, put_back=False), STEPS),
        ),
        Mistake(
            "e is never set back to 0",
            "After the first entry e still holds its h, so the second one moves together with it. "
            "Make a new e for each entry, or set it back.",
            _never_set_back,
        ),
        Mistake(
            "whole numbers swallow h",
            "In an array of integers 0 + 0.00001 is stored as 0, so nothing moves. Work on a copy "
            "with decimals.",
            *map(_feel(1, 1, 2, dtype=None), STEPS),
        ),
        Mistake(
            "the result is flat",
            "There is one slope for each entry of x, so the result has the shape of x.",
            lambda f, x: numerical_gradient(f, x).ravel(),
        ),
        Mistake(
            "a whole row is moved at once",
            "x[i] of a matrix is a row, so you get the slopes of a row added up. Every single "
            "number needs its own turn.",
            _row_sums,
            _for_each_row,
        ),
        Mistake(
            "the brackets around the difference are missing",
            "f(x + e) - f(x - e) / (2 * h) divides only the second one: Python divides before it "
            "subtracts.",
            *map(_by_steps(lambda f, x, e, h: f(x + e) - f(x - e) / (2 * h)), STEPS),
        ),
        Mistake(
            "the slopes come out much too small",
            "Three suspects: / 2 * h multiplies by h (brackets!); the division by h is missing; or "
            "f gets an array that did not move.",
            _scaled(0),
            *(_scaled(h) for h in STEPS),
            *(_scaled(h**2) for h in STEPS),
        ),
        Mistake(
            "h is too small",
            "A float has 16 digits. With an h like this x + h rounds back to x, or nearly so, and "
            "rounding is all that is left. 0.00001 is a good size.",
            *map(_CENTRAL, _TOO_SMALL),
        ),
        Mistake(
            "h is too large",
            "Far from x the function bends another way. 0.00001 is a good size for h.",
            *map(_CENTRAL, (0.05, 0.1, 0.5, 1.0)),
        ),
        Mistake(
            "the difference is not divided",
            "This is how far f moved, not how fast. A slope is that, divided by the distance of "
            "the points.",
            *(_scaled(2 * h) for h in STEPS),
        ),
    ),
    hints=(
        "As in section 4: (f(x + e) - f(x - e)) / (2 * h), where e is h at one place, 0 elsewhere.",
        "For a vector these e are the rows of h * np.eye(x.size). Collect one slope for each row.",
        "For a matrix, give each e the shape of x with e.reshape(x.shape), and at the end "
        "np.array(slopes).reshape(x.shape).",
    ),
    achieved="You can measure the gradient of anything that gives a number: the judge of all code.",
    tolerance=1e-4,
    absolute=1e-7,  # a slope is a difference of large numbers, divided by a small one
)

EXERCISES = (RELU_BACKWARD, DENSE_BACKWARD, NUMERICAL_GRADIENT)
