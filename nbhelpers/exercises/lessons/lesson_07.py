"""Exercises of lesson 07: the way back through relu and through Dense, and measured slopes."""

import itertools
from collections.abc import Callable

import numpy as np

from nbhelpers import activations, gradcheck, layers
from nbhelpers.exercises.checker.exercise import Case, Exercise, Mistake

Array = np.ndarray
Loss = Callable[[Array], float]
_rng = np.random.default_rng(7)

# --- 07.relu_backward


def relu_backward(d: Array, h: Array) -> Array:
    """Return the gradient below relu, from its output h; adding 0 makes 0 of -0."""
    return activations.relu_backward(h.astype(float), d) + 0.0


RELU_BACKWARD = Exercise(
    name="07.relu_backward",
    reference=relu_backward,
    cases=(
        Case(
            {"d": np.array([[5.0, -2.0, 3.0, -4.0]]), "h": np.array([[2.0, 0.0, 0.0, 0.5]])},
            "one sample",
        ),
        Case(
            {
                "d": np.array([[1.0, -2.0, 3.0], [-4.0, 5.0, 6.0]]),
                "h": np.array([[0.0, 3.0, 0.0], [2.0, 0.0, 0.5]]),
            },
            "two samples",
        ),
        Case({"d": np.array([[0.5, -1.5]]), "h": np.array([[3, 0]])}, "h in whole numbers"),
        Case({"d": np.array([[2, -3]]), "h": np.array([[0.5, 0.0]])}, "d in whole numbers"),
        Case({"d": np.array([[5.0, -5.0]]), "h": np.zeros((1, 2))}, "all units off"),
        Case({"d": np.array([[5.0, -5.0]]), "h": np.array([[1e-9, 1e9]])}, "hardly on, and huge"),
        Case(
            {"d": _rng.normal(size=(5, 5)), "h": activations.relu(_rng.normal(size=(5, 5)))},
            "as many samples as units",
        ),
        Case(
            {"d": _rng.normal(size=(20, 8)), "h": activations.relu(_rng.normal(size=(20, 8)))},
            "twenty samples",
        ),
        Case({"d": np.zeros((0, 3)), "h": np.zeros((0, 3))}, "no sample at all"),
    ),
    mistakes=(
        Mistake(
            "everything passes, as with h >= 0 or with no mask at all",
            "h comes out of relu, so it is never below 0, and h >= 0 is true everywhere. How large "
            "is h where relu was off?",
            lambda d, h: d,
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
            "one yes or no for a whole array",
            "if, and, or, max and min want a single yes or no, but h > 0 holds one for each entry. "
            "In a product True counts as 1, False as 0.",
            lambda d, h: d if h > 0 else 0 * d,
        ),
    ),
    hints=(
        "Section 5 has this line in its table, with z. The output h is above 0 just where z is.",
        "h > 0 is an array of True and False. In a product they count as 1 and 0.",
        "What arrives is d; it is multiplied by that mask.",
    ),
    achieved="This line is the whole way back through relu. The >= bug cannot fool you any more.",
)

# --- 07.dense_backward

Triple = tuple[Array, Array, Array]


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


def _bias_by(bias: Callable[[Array], Array]) -> Callable[..., Triple]:
    return lambda x, W, d: (x.T @ d, bias(d), d @ W.T)


def _in_order(order: tuple[int, ...]) -> Callable[..., Triple]:
    return lambda x, W, d: tuple(_by_hand(x, W, d)[k] for k in order)


_MEAN = "mean instead of sum over the samples"
_MEAN_HINT = (
    "The mean is in d already: at the top of the network it was taken once, in (p - y) / n. "
    "Dividing by n again makes the gradient too small."
)
_ORDERS = [order for order in itertools.permutations(range(3)) if order != (0, 1, 2)]
W_SMALL = np.array([[1.0, -1.0], [0.5, 2.0], [3.0, 0.0]])

DENSE_BACKWARD = Exercise(
    name="07.dense_backward",
    reference=dense_backward,
    cases=(
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
                "x": np.array([[1, 2, 3], [0, -1, 4], [2, 0, 1], [5, 1, 0]]),
                "W": np.array([[1, -1], [0, 2], [3, 0]]),
                "d": np.array([[2, -1], [3, 5], [0, 4], [1, -2]]),
            },
            "four samples, whole numbers",
        ),
        Case(
            {
                "x": np.array([[1.0, 2.0], [3.0, 5.0]]),
                "W": np.array([[1.0, -1.0], [0.5, 2.0]]),
                "d": np.array([[2.0, -1.0], [3.0, 4.0]]),
            },
            "everything square",
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
    mistakes=(
        Mistake(_MEAN, _MEAN_HINT, _bias_by(lambda d: d.mean(axis=0))),
        Mistake(_MEAN, _MEAN_HINT, lambda x, W, d: (x.T @ d / len(x), d.sum(axis=0), d @ W.T)),
        Mistake(_MEAN, _MEAN_HINT, lambda x, W, d: (x.T @ d / len(x), d.mean(axis=0), d @ W.T)),
        Mistake(
            "the gradient of b is summed along the wrong axis",
            "There is one bias for each unit, and every sample adds to it. So the samples are to "
            "disappear, and the units stay.",
            _bias_by(lambda d: d.sum(axis=1)),
        ),
        Mistake(
            "the gradient of b is not summed over the samples",
            "All samples share the same biases. What each of them wants adds up.",
            _bias_by(lambda d: d),
        ),
        Mistake(
            "the gradient of b is one number for all units",
            "Each unit has a bias of its own, so each has a slope of its own. Which axis is to "
            "disappear?",
            _bias_by(lambda d: d.sum()),
        ),
        Mistake(
            "the gradient of b has an axis too many",
            "b is a vector of shape (units,), so its gradient is one. keepdims is too much here.",
            _bias_by(lambda d: d.sum(axis=0, keepdims=True)),
        ),
        Mistake(
            "the gradient of W is transposed",
            "It must have the shape of W: inputs first, then units. With a square W the exchange "
            "goes wrong in silence.",
            lambda x, W, d: (d.T @ x, d.sum(axis=0), d @ W.T),
        ),
        Mistake(
            "inputs meet samples in a product",
            "The two axes in the middle must count the same. For the gradient of W, in what order "
            "do the shapes of x and d leave (inputs, units)? If all is square, NumPy cannot warn.",
            lambda x, W, d: (x @ d, d.sum(axis=0), d @ W.T),
        ),
        Mistake(
            "units meet inputs in a product",
            "The two axes in the middle must count the same. For the gradient of x, which of W's "
            "axes has to meet the units of d? If W is square, NumPy cannot warn.",
            lambda x, W, d: (x.T @ d, d.sum(axis=0), d @ W),
        ),
        *(
            Mistake(
                "the three results stand in another order",
                "The task says which comes first: W, then b, then x.",
                _in_order(order),
            )
            for order in _ORDERS
        ),
    ),
    hints=(
        "Three products and sums, the first row of the table in section 5. Let the shapes lead.",
        "The gradient of W has W's shape (inputs, units): only x.T @ d fits. That of b adds up d.",
        "Back to x the weights are used the other way round: d @ W.T, shape (n, inputs).",
    ),
    achieved="You sent a gradient back through a whole layer: this is what trains a network.",
    outputs=("gradient of W", "gradient of b", "gradient of x"),
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

H = 1e-5


def _feel(up: float, down: float, width: float, put_back: bool = True) -> Callable[..., Array]:
    """Return a twin that goes so many h up and down, and divides by so many."""

    def twin(f: Loss, x: Array) -> Array:
        w = np.array(x, dtype=float)
        slopes = np.zeros(w.shape)
        for index in np.ndindex(w.shape):
            before = w[index]
            w[index] = before + up * H
            first = f(w)
            w[index] = before - down * H
            slopes[index] = (first - f(w)) / (width * H)
            if put_back:
                w[index] = before
        return slopes

    return twin


def _times(factor: float) -> Callable[..., Array]:
    return lambda f, x: factor * numerical_gradient(f, x)


def _all_at_once(f: Loss, x: Array) -> float:
    return (f(x + H) - f(x - H)) / (2 * H)


def _row_sums(f: Loss, x: Array) -> Array:
    slopes = numerical_gradient(f, x)
    return slopes.reshape(len(x), -1).sum(axis=1) if x.ndim > 1 else slopes


def _for_each_row(f: Loss, x: Array) -> Array:
    sums = _row_sums(f, x).reshape(-1, *[1] * (x.ndim - 1))
    return np.broadcast_to(sums, x.shape).copy()


def _in_whole_numbers(f: Loss, x: Array) -> Array:
    return np.zeros(x.shape) if x.dtype.kind == "i" else numerical_gradient(f, x)


_ONE_SIDE = "a step to one side only"
_ONE_SIDE_HINT = (
    "At a kink or in a bend the two sides disagree, and one side alone is not the slope. Feel on "
    "both: at x + h and at x - h."
)
_NOT_BACK = "a moved entry is not put back"
_NOT_BACK_HINT = (
    "The first entry is still moved while you feel for the second one. Each entry has its turn "
    "alone, with all others where they were."
)
_UNDIVIDED = "the difference is not divided"
_UNDIVIDED_HINT = (
    "This is how far f moved, not how fast. A slope is that, divided by the distance of the points."
)
_ZERO = "the slopes come out as nearly 0"
_ZERO_HINT = (
    "Three suspects: / 2 * h multiplies by h (brackets!); f gets an array that did not move; or h "
    "is so small that x + h is x."
)
_AT_ONCE = "all entries are moved at once"
_AT_ONCE_HINT = (
    "x + h moves every entry, so their slopes are added up. Move one entry in its turn, and "
    "leave the others."
)
_ROW = "a whole row is moved at once"
_ROW_HINT = (
    "x[i] of a matrix is a row, so you get the slopes of a row added up. Every single number needs "
    "its own turn."
)

NUMERICAL_GRADIENT = Exercise(
    name="07.numerical_gradient",
    reference=numerical_gradient,
    cases=(
        Case({"f": _LINE, "x": np.array([1.0, 4.0])}, "a straight slope"),
        Case({"f": _KINK, "x": np.array([0.0, 0.0])}, "a kink: up on one side, up on the other"),
        Case({"f": _VALLEY, "x": np.array([-7.0, 2.0])}, "the valley of section 4"),
        Case({"f": _LINE, "x": np.array([0, 0])}, "whole numbers"),
        Case({"f": _SQUARES, "x": np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])}, "a matrix"),
        Case({"f": _CUBES, "x": np.array([[1, -2], [3, -4]])}, "a matrix of whole numbers"),
        Case({"f": _SQUARES, "x": np.array([[3.0]])}, "one entry"),
        Case({"f": _WAVES, "x": _rng.uniform(-1, 1, size=(2, 3, 2))}, "three axes"),
    ),
    mistakes=(
        Mistake(
            "divided by h instead of 2h",
            "From x - h to x + h it is two steps of h, so your slopes are twice as steep as true.",
            _feel(1, 1, 1),
        ),
        Mistake(
            "one step of h, but divided by 2h",
            "Your two points are only h apart, so you get half the slope. From x + h, one step of "
            "h back leads to x; x - h is two steps away.",
            _feel(1, 0, 2),
        ),
        Mistake(
            "the sign is turned round",
            "Uphill must be positive: what came at x + h, minus what came at x - h.",
            _feel(-1, -1, 2),
        ),
        Mistake(_AT_ONCE, _AT_ONCE_HINT, _all_at_once),
        Mistake(_AT_ONCE, _AT_ONCE_HINT, lambda f, x: np.full(x.shape, _all_at_once(f, x))),
        Mistake(_ONE_SIDE, _ONE_SIDE_HINT, _feel(1, 0, 1)),
        Mistake(_ONE_SIDE, _ONE_SIDE_HINT, _feel(0, 1, 1)),
        Mistake(_NOT_BACK, _NOT_BACK_HINT, _feel(1, 1, 2, put_back=False)),
        Mistake(_NOT_BACK, _NOT_BACK_HINT, _feel(-1, -1, -2, put_back=False)),
        Mistake(
            "whole numbers swallow h",
            "In an array of integers 0 + 0.00001 is stored as 0, so nothing moves. Work on a copy "
            "with decimals.",
            _in_whole_numbers,
        ),
        Mistake(
            "the result is flat",
            "There is one slope for each entry of x, so the result has the shape of x.",
            lambda f, x: numerical_gradient(f, x).ravel(),
        ),
        Mistake(_ROW, _ROW_HINT, _row_sums),
        Mistake(_ROW, _ROW_HINT, _for_each_row),
        *(Mistake(_ZERO, _ZERO_HINT, _times(factor)) for factor in (0, 1e-6)),
        *(
            Mistake(_UNDIVIDED, _UNDIVIDED_HINT, _times(2 * h))
            for h in (1e-2, 1e-3, 1e-4, 1e-5, 1e-6)
        ),
    ),
    hints=(
        "As in section 4: (f(x + e) - f(x - e)) / (2 * h), where e is h at one place, 0 elsewhere.",
        "For a vector these e are the rows of h * np.eye(x.size). Collect one slope for each row.",
        "For a matrix, give each e the shape of x with reshape, and at the end the slopes as well.",
    ),
    achieved="You can measure the gradient of anything that gives a number: the judge of all code.",
    tolerance=1e-4,
    samples=False,
)

EXERCISES = (RELU_BACKWARD, DENSE_BACKWARD, NUMERICAL_GRADIENT)
