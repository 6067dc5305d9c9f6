"""Exercises of lesson 03: the slope of the sigmoid, two layers of perceptrons, a safe sigmoid."""

import math
from collections.abc import Callable

import numpy as np

from nbhelpers import activations
from nbhelpers.exercises.checker.exercise import Case, Exercise, Mistake

Array = np.ndarray
Gate = tuple[float, float, float]
_rng = np.random.default_rng(3)

# --- 03.sigmoid_slope


def sigmoid_slope(y: Array) -> Array:
    """Return the slope of the sigmoid where its output is y."""
    return activations.sigmoid_backward(y, np.ones_like(y))


def _slope_at_input(x: Array) -> Array:
    return sigmoid_slope(activations.sigmoid(x))


SIGMOID_SLOPE = Exercise(
    name="03.sigmoid_slope",
    reference=sigmoid_slope,
    cases=(
        Case({"y": np.array([0.8])}, "one output"),
        Case({"y": np.array([0.1, 0.5, 0.8])}, "three outputs"),
        Case({"y": np.array([[0.2, 0.4, 0.6], [0.3, 0.7, 0.9]])}, "a table"),
        Case({"y": np.array([0.0, 1e-3, 0.999, 1.0])}, "saturated"),
        Case({"y": activations.sigmoid(_rng.normal(size=(20, 10)))}, "200 outputs"),
        Case({"y": np.zeros((0, 3))}, "no row at all"),
    ),
    mistakes=(
        Mistake(
            "the derivative in terms of the input, not of the output",
            "y has been through the sigmoid already, and here it goes through again. The formula "
            "with y needs no exp and no sigmoid.",
            _slope_at_input,
        ),
        Mistake(
            "sigmoid of y instead of a slope",
            "y is the output of the sigmoid already. How steep was the curve there?",
            activations.sigmoid,
        ),
        Mistake(
            "the sign is the wrong way round",
            "The sigmoid climbs everywhere, so its slope is never below 0.",
            lambda y: y * (y - 1),
        ),
        Mistake(
            "0 everywhere",
            "Python multiplies before it subtracts: y * 1 - y is 0, whatever y is. Is a pair of "
            "brackets missing?",
            np.zeros_like,
        ),
        Mistake(
            "the slope of tanh",
            "1 - y**2 belongs to tanh. The sigmoid has a formula of its own: section 4.",
            lambda y: 1 - y**2,
        ),
        Mistake(
            "the slope of relu",
            "0 or 1 is how steep relu is. The sigmoid is nowhere steeper than 0.25.",
            lambda y: np.where(y > 0, 1.0, 0.0),
        ),
    ),
    hints=(
        "The network has kept the output y, and the slope can be computed from y alone.",
        "Section 4: y times one minus y. Mind the brackets.",
    ),
    achieved="Your slope costs one subtraction and one product, and no exp: all it needs is y.",
    samples=False,
)

# --- 03.two_layers


def _neuron(x1: Array, x2: Array, gate: Gate, h: Callable[[Array], Array]) -> Array:
    w1, w2, b = gate
    return h(b + w1 * x1 + w2 * x2)


def _two_layers(
    hidden: Callable[[Array], Array], output: Callable[[Array], Array]
) -> Callable[..., Array]:
    def network(x1: Array, x2: Array, first: Gate, second: Gate, last: Gate) -> Array:
        s1, s2 = _neuron(x1, x2, first, hidden), _neuron(x1, x2, second, hidden)
        return _neuron(s1, s2, last, output)

    return network


def two_layers(x1: Array, x2: Array, first: Gate, second: Gate, last: Gate) -> Array:
    """Return what a perceptron says to the answers of two others."""
    return _two_layers(activations.step, activations.step)(x1, x2, first, second, last)


def _no_bias(x1: Array, x2: Array, first: Gate, second: Gate, last: Gate) -> Array:
    return two_layers(x1, x2, (*first[:2], 0), (*second[:2], 0), (*last[:2], 0))


def _single_question(x1: Array, x2: Array, first: Gate, second: Gate, last: Gate) -> Array:
    return _two_layers(lambda a: 1 if a > 0 else 0, lambda a: 1 if a > 0 else 0)(
        x1, x2, first, second, last
    )


def _only_one_question(twin: Callable[..., Array]) -> Mistake:
    return Mistake(
        "if asks only once for the whole array",
        "An if wants one yes or no, and an array has many. np.where or activations.step asks "
        "each element for itself.",
        twin,
    )


_PAIRS = {"x1": np.array([0, 0, 1, 1]), "x2": np.array([0, 1, 0, 1])}
_UNEVEN = {"first": (-1.0, -1.0, 1.5), "second": (1.0, 2.0, -0.5), "last": (1.0, 1.0, -1.5)}
_LESSON = {"first": (-0.5, -0.5, 0.7), "second": (0.5, 0.5, -0.2), "last": (0.5, 0.5, -0.7)}
_WHOLE = {"first": (-1, -1, 2), "second": (1, 1, 0), "last": (1, 1, -1)}
_POINTS = {"x1": np.array([3.0, -2.0, 0.0, 1.0]), "x2": np.array([1.0, 1.0, -3.0, 2.0])}
_OTHERS = {"first": (1, -2, 0), "second": (-1, 2, 3), "last": (1, -2, 1)}
_FIFTY = {"x1": _rng.normal(size=50), "x2": _rng.normal(size=50)}
_MIXED = {"first": (0.6, -1.1, 0.3), "second": (-0.4, 0.9, 0.2), "last": (1.0, -0.8, 0.5)}

TWO_LAYERS = Exercise(
    name="03.two_layers",
    reference=two_layers,
    cases=(
        Case(_PAIRS | _UNEVEN, "XOR"),
        Case(_PAIRS | _LESSON, "XOR, as in section 1"),
        Case(_PAIRS | _WHOLE, "XOR; some sums are exactly 0"),
        Case(_PAIRS | _LESSON | {"last": (-0.5, 0.5, -0.2)}, "another gate at the end"),
        Case({"x1": np.array([1]), "x2": np.array([0])} | _WHOLE, "one pair"),
        Case(_POINTS | _OTHERS, "any numbers"),
        Case(_FIFTY | _MIXED, "fifty points"),
    ),
    mistakes=(
        Mistake(
            ">= 0 in the place of > 0",
            "A sum of exactly 0 lies on the border. The perceptron says 1 only above it.",
            _two_layers(lambda a: a >= 0, lambda a: a >= 0),
        ),
        Mistake(
            "the last neuron looks at the inputs",
            "x1 and x2 are for the first layer. The last neuron sees only its two answers.",
            lambda x1, x2, first, second, last: _neuron(x1, x2, last, activations.step),
        ),
        Mistake(
            "no step between the layers",
            "The first layer hands on its sums. Without a bend, two layers are no more than one "
            "(section 3): what should it hand on?",
            _two_layers(activations.linear, activations.step),
        ),
        Mistake(
            "the sum instead of the answer",
            "The last neuron has weighed and added, but not decided: 0 or 1.",
            _two_layers(activations.step, activations.linear),
        ),
        Mistake(
            "sigmoid in the place of the step",
            "These are perceptrons: each of the three says 0 or 1, nothing between.",
            _two_layers(activations.sigmoid, activations.sigmoid),
        ),
        Mistake(
            "the bias is missing",
            "The third number of each neuron is its bias: how ready it is to say yes.",
            _no_bias,
        ),
        Mistake(
            "XOR, whatever the weights are",
            "For XOR that is right. But first, second and last may hold other weights, and then "
            "the answer is another one.",
            lambda x1, x2, first, second, last: x1 != x2,
        ),
        _only_one_question(_single_question),
    ),
    hints=(
        "Three times the same: b + w1 * x1 + w2 * x2, then the step. Write that once, as a helper.",
        "The first and the second neuron get x1 and x2. Call their answers s1 and s2.",
        "The last neuron gets s1 and s2 in the place of x1 and x2. activations.step takes arrays.",
    ),
    achieved="XOR, which no single neuron can do: your two layers do it, and whatever else three "
    "perceptrons can.",
    samples=False,
)

# --- 03.sigmoid


def _no_brackets(x: Array) -> Array:
    return 1 / 1 + np.exp(-x)


def _one_side_twice(x: Array) -> Array:
    return activations.sigmoid(np.abs(x))


def _if_else(x: Array) -> Array:
    return 1 / (1 + np.exp(-x)) if x >= 0 else np.exp(x) / (1 + np.exp(x))


def _with_math(x: Array) -> Array:
    return np.array([1 / (1 + math.exp(-v)) for v in x.flat]).reshape(x.shape)


def _tails_cut(twin: Callable[[Array], Array]) -> Mistake:
    return Mistake(
        "the tails are cut off",
        "From some x on, nothing moves any more. Far below 0 the sigmoid is small, but it is not "
        "0, and still falling. Make exp safe without a change of x.",
        twin,
    )


def _clipped_at(bound: float) -> Callable[[Array], Array]:
    return lambda x: activations.sigmoid(np.clip(x, -bound, bound))


def _flat_tails(x: Array) -> Array:
    return np.where(np.abs(x) > 10, x > 0, activations.sigmoid(x))


SIGMOID = Exercise(
    name="03.sigmoid",
    reference=activations.sigmoid,
    cases=(
        Case({"x": np.array([0.0])}, "zero"),
        Case({"x": np.array([-2.0, 0.0, 3.0])}, "both sides of 0"),
        Case({"x": np.array([[1.0, -1.0, 0.5], [-3.0, 4.0, -0.5]])}, "a table"),
        Case({"x": np.array([-1, 0, 2])}, "whole numbers"),
        Case({"x": np.array([-13.0, -15.0])}, "in the tail"),
        Case({"x": np.array([1000.0, -1000.0])}, "huge"),
        Case({"x": np.array([-1000, 0, 1000])}, "huge whole numbers"),
        Case({"x": np.array([1.0, np.nan, -1.0])}, "nan stays nan"),
        Case({"x": _rng.normal(scale=5, size=(4, 5, 6))}, "three axes"),
    ),
    mistakes=(
        Mistake(
            "mirrored",
            "Large x must come close to 1, very negative x close to 0. Which sign does the "
            "exponent have?",
            lambda x: activations.sigmoid(-x),
        ),
        Mistake(
            "a pair of brackets is missing",
            "Your result is 1 + exp(-x): Python divides before it adds. What belongs together "
            "below the line of the fraction?",
            _no_brackets,
        ),
        Mistake(
            "the negative side is treated as the positive one",
            "You get the same at -x as at x. With e = exp(-|x|), the two sides need two different "
            "fractions.",
            _one_side_twice,
        ),
        _only_one_question(_if_else),
        *(_tails_cut(_clipped_at(bound)) for bound in (5, 6, 8, 10, 12)),
        _tails_cut(_flat_tails),
        Mistake(
            "overflow",
            "Python's own numbers stop where NumPy only warns: e to the power of 1000 fits into "
            "no float. Give exp nothing above 0.",
            _with_math,
        ),
        Mistake(
            "nan becomes 0",
            "nan is neither >= 0 nor < 0: a choice between these two leaves it out. Let one side "
            "take all that the other does not.",
            lambda x: np.where(np.isnan(x), 0, activations.sigmoid(x)),
        ),
    ),
    hints=(
        "Section 7: e to the power of -|x| is never above 1, whatever x is.",
        "With e = np.exp(-np.abs(x)): 1 / (1 + e) is right for x >= 0. And for x < 0?",
        "np.where(x >= 0, one side, other side). It computes both sides first, so both must be "
        "safe.",
    ),
    achieved="Your sigmoid takes any array and any number, and NumPy has nothing to warn of.",
    samples=False,
)

EXERCISES = (SIGMOID_SLOPE, TWO_LAYERS, SIGMOID)
