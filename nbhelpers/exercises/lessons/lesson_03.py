"""Exercises of lesson 03: the slope of the sigmoid, two layers of perceptrons, a safe sigmoid."""

import math
from collections.abc import Callable

import numpy as np

from nbhelpers import activations
from nbhelpers.exercises.checker.exercise import Arguments, Array, Case, Exercise, Mistake
from nbhelpers.exercises.lessons.draws import quarters, size

Gate = tuple[float, float, float]
_rng = np.random.default_rng(3)

# --- 03.sigmoid_slope


def sigmoid_slope(y: Array) -> Array:
    """Return the slope of the sigmoid where its output is y."""
    return activations.sigmoid_backward(y, np.ones_like(y))


def _some_outputs(rng: np.random.Generator) -> Arguments:
    shape = [size(rng) for _ in range(size(rng, 1, 2))]
    return {"y": rng.integers(1, 100, shape) / 100}


SIGMOID_SLOPE = Exercise(
    name="03.sigmoid_slope",
    reference=sigmoid_slope,
    cases=(
        Case({"y": np.array([0.1, 0.5, 0.8])}, "three outputs"),
        Case({"y": np.array([0.8])}, "one output"),
        Case({"y": np.array([[0.2, 0.4, 0.6], [0.3, 0.7, 0.9]])}, "a table"),
        Case({"y": np.array([0.0, 1e-3, 0.25, 0.999, 1.0])}, "saturated"),
        Case({"y": np.array([[[0.25, 0.75]], [[0.5, 0.125]]])}, "three axes"),
        Case({"y": activations.sigmoid(_rng.normal(size=(20, 10)))}, "200 outputs"),
    ),
    draw=_some_outputs,
    mistakes=(
        Mistake(
            "the derivative in terms of the input, not of the output",
            "y has been through the sigmoid already, and here it goes through again. The formula "
            "with y needs no exp and no sigmoid.",
            lambda y: sigmoid_slope(activations.sigmoid(y)),
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
        Mistake(
            "only 1 - y",
            "That is one of the two factors. The other one is y itself.",
            lambda y: 1 - y,
        ),
        Mistake(
            "y comes back as it was",
            "y is the output. How steep is the curve there?",
            lambda y: y,
        ),
        Mistake(
            "y squared is missing its partner",
            "y * y is not yet the slope. y (1 - y) is y minus y squared.",
            lambda y: y * y,
        ),
        Mistake(
            "a plus in the place of the minus",
            "The second factor is what is missing from y to 1: one minus y.",
            lambda y: y * (1 + y),
        ),
        Mistake(
            "the largest slope everywhere",
            "0.25 is how steep the sigmoid is in its middle. Where y is near 0 or 1, it is flat.",
            lambda y: np.full(y.shape, 0.25),
        ),
    ),
    hints=(
        "The network has kept the output y, and the slope can be computed from y alone.",
        "Section 4 has the formula: a product of two factors, and the sum of these two is 1.",
        "y times one minus y: y * (1 - y). Mind the brackets.",
    ),
    achieved="Your slope costs one subtraction and one product, and no exp: all it needs is y.",
)

# --- 03.two_layers

Network = Callable[[Array, Array, Gate, Gate, Gate], Array]


def _says(x1: Array, x2: Array, gate: Gate, h: Callable[[Array], Array]) -> Array:
    w1, w2, b = gate
    return h(b + w1 * x1 + w2 * x2)


def _two_layers(
    hidden: Callable[[Array], Array] = activations.step,
    output: Callable[[Array], Array] = activations.step,
    read: Callable[[Gate], Gate] = lambda gate: gate,
) -> Network:
    """Return two layers of other neurons; read says in which order the triple is taken apart."""

    def network(x1: Array, x2: Array, first: Gate, second: Gate, last: Gate) -> Array:
        s1 = _says(x1, x2, read(first), hidden)
        s2 = _says(x1, x2, read(second), hidden)
        return _says(s1, s2, read(last), output)

    return network


def two_layers(x1: Array, x2: Array, first: Gate, second: Gate, last: Gate) -> Array:
    """Return what a perceptron says to the answers of two others."""
    return _two_layers()(x1, x2, first, second, last)


def _signs(a: Array) -> Array:
    return np.where(a > 0, 1, -1)


def _some_gates(rng: np.random.Generator) -> Arguments:
    gates = {name: tuple(quarters(rng, 3, most=2).tolist()) for name in ("first", "second", "last")}
    return {"x1": quarters(rng, 6), "x2": quarters(rng, 6)} | gates


_PAIRS = {"x1": np.array([0, 0, 1, 1]), "x2": np.array([0, 1, 0, 1])}
_UNEVEN = {"first": (-1.0, -1.0, 1.5), "second": (1.0, 2.0, -0.5), "last": (1.0, 1.0, -1.5)}
_LESSON = {"first": (-0.5, -0.5, 0.7), "second": (0.5, 0.5, -0.2), "last": (0.5, 0.5, -0.7)}
_WHOLE = {"first": (-1, -1, 2), "second": (1, 1, 0), "last": (1, 1, -1)}
_POINTS = {
    "x1": np.array([3.0, -2.0, 0.0, 1.0, -1.0, 2.0]),
    "x2": np.array([1.0, 1.0, -3.0, 2.0, -2.0, -1.0]),
}
_OTHERS = {"first": (1.0, -2.0, 0.5), "second": (-1.0, 0.5, 1.5), "last": (2.0, -1.0, -0.5)}
_FIFTY = {"x1": _rng.normal(size=50), "x2": _rng.normal(size=50)}
_MIXED = {"first": (0.6, -1.1, 0.3), "second": (-0.4, 0.9, 0.2), "last": (1.0, -0.8, 0.5)}

TWO_LAYERS = Exercise(
    name="03.two_layers",
    reference=two_layers,
    cases=(
        Case(_PAIRS | _UNEVEN, "XOR"),
        Case(_POINTS | _OTHERS, "any numbers"),
        Case(_PAIRS | _LESSON, "XOR, as in section 1"),
        Case(_PAIRS | _WHOLE, "XOR; some sums are exactly 0"),
        Case(_PAIRS | _LESSON | {"last": (-0.5, 0.5, -0.2)}, "another gate at the end"),
        Case({"x1": np.array([1]), "x2": np.array([0])} | _WHOLE, "one pair"),
        Case(_FIFTY | _MIXED, "fifty points"),
    ),
    draw=_some_gates,
    mistakes=(
        Mistake(
            ">= 0 in the place of > 0",
            "A sum of exactly 0 lies on the border. The perceptron says 1 only above it.",
            _two_layers(lambda a: a >= 0, lambda a: a >= 0),
            _two_layers(output=lambda a: a >= 0),
            _two_layers(hidden=lambda a: a >= 0),
        ),
        Mistake(
            "the last neuron looks at the inputs",
            "x1 and x2 are for the first layer. The last neuron sees only its two answers.",
            lambda x1, x2, first, second, last: _says(x1, x2, last, activations.step),
        ),
        Mistake(
            "no step between the layers",
            "The first layer hands on its sums. Without a bend, two layers are no more than one "
            "(section 3): what should it hand on?",
            _two_layers(hidden=activations.linear),
        ),
        Mistake(
            "the sum instead of the answer",
            "The last neuron has weighed and added, but not decided: 0 or 1.",
            _two_layers(output=activations.linear),
        ),
        Mistake(
            "no step at all",
            "All three neurons hand on their sums. Each of them should decide: 0 or 1.",
            _two_layers(activations.linear, activations.linear),
        ),
        Mistake(
            "sigmoid in the place of the step",
            "These are perceptrons: each of the three says 0 or 1, nothing between.",
            _two_layers(activations.sigmoid, activations.sigmoid),
            _two_layers(hidden=activations.sigmoid),
            _two_layers(output=activations.sigmoid),
        ),
        Mistake(
            "relu in the place of the step",
            "These are perceptrons: each of the three says 0 or 1, nothing else.",
            _two_layers(activations.relu, activations.relu),
            _two_layers(hidden=activations.relu),
            _two_layers(output=activations.relu),
        ),
        Mistake(
            "-1 in the place of 0",
            "A perceptron that does not say yes says 0.",
            _two_layers(_signs, _signs),
            _two_layers(np.sign, np.sign),
        ),
        Mistake(
            "the bias is missing",
            "The third number of each neuron is its bias: how ready it is to say yes.",
            _two_layers(read=lambda gate: (gate[0], gate[1], 0)),
        ),
        Mistake(
            "the bias is subtracted",
            "The sum is b + w1 * x1 + w2 * x2, and it is compared with 0, not with b.",
            _two_layers(read=lambda gate: (gate[0], gate[1], -gate[2])),
        ),
        Mistake(
            "the three numbers are taken in another order",
            "Each neuron is given as (w1, w2, b): first both weights, then the bias. In the "
            "formula b comes first.",
            _two_layers(read=lambda gate: (gate[1], gate[2], gate[0])),
            _two_layers(read=lambda gate: (gate[1], gate[0], gate[2])),
            _two_layers(read=lambda gate: (gate[2], gate[1], gate[0])),
            _two_layers(read=lambda gate: (gate[0], gate[2], gate[1])),
        ),
        Mistake(
            "the answers of the first and the second neuron are exchanged",
            "The last neuron weighs the answer of the first one with its w1, that of the second "
            "one with its w2.",
            lambda x1, x2, first, second, last: two_layers(x1, x2, second, first, last),
        ),
        Mistake(
            "one neuron stands twice in the first layer",
            "The first layer has two neurons, each with numbers of its own.",
            lambda x1, x2, first, second, last: two_layers(x1, x2, first, first, last),
            lambda x1, x2, first, second, last: two_layers(x1, x2, second, second, last),
        ),
        Mistake(
            "one neuron alone answers",
            "All three neurons have a say: two look at the inputs, the third at their answers.",
            lambda x1, x2, first, second, last: _says(x1, x2, first, activations.step),
            lambda x1, x2, first, second, last: _says(x1, x2, second, activations.step),
        ),
        Mistake(
            "XOR, whatever the weights are",
            "For XOR that is right. But first, second and last may hold other weights, and then "
            "the answer is another one.",
            lambda x1, x2, first, second, last: x1 != x2,
            lambda x1, x2, first, second, last: x1 ^ x2,
            lambda x1, x2, first, second, last: two_layers(x1, x2, **_LESSON),
        ),
        Mistake(
            "the answer is turned round",
            "Above 0 means 1, not 0.",
            _two_layers(output=lambda a: a <= 0),
        ),
    ),
    hints=(
        "Three times the same: b + w1 * x1 + w2 * x2, then the step. Write that once, as a helper.",
        "The first and the second neuron get x1 and x2. Call their answers s1 and s2.",
        "The last neuron gets s1 and s2 in the place of x1 and x2: activations.step(b + w1 * s1 + "
        "w2 * s2), which takes arrays.",
    ),
    achieved="XOR, which no single neuron can do: your two layers do it, and whatever else three "
    "perceptrons can.",
)

# --- 03.sigmoid


def _some_inputs(rng: np.random.Generator) -> Arguments:
    shape = [size(rng) for _ in range(size(rng, 1, 2))]
    return {"x": quarters(rng, *shape, most=6)}


def _clipped_at(bound: float) -> Callable[[Array], Array]:
    return lambda x: activations.sigmoid(np.clip(x, -bound, bound))


def _flat_beyond(bound: float) -> Callable[[Array], Array]:
    def twin(x: Array) -> Array:
        inside = activations.sigmoid(np.clip(x, -bound, bound))
        return np.where(x < -bound, 0, np.where(x > bound, 1, inside))

    return twin


def _nan_as(number: float) -> Callable[[Array], Array]:
    return lambda x: np.where(np.isnan(x), number, activations.sigmoid(x))


def _both(fraction: Callable[[Array], Array]) -> Callable[[Array], Array]:
    return lambda x: fraction(np.exp(-np.abs(x)))


_BOUNDS = (4, 5, 6, 7, 8, 9, 10, 12, 14, 15, 16, 18, 20, 25, 30)

SIGMOID = Exercise(
    name="03.sigmoid",
    reference=activations.sigmoid,
    cases=(
        Case({"x": np.array([-2.0, 0.0, 3.0])}, "both sides of 0"),
        Case({"x": np.array([0.0])}, "zero"),
        Case({"x": np.array([[1.0, -1.0, 0.5], [-3.0, 4.0, -0.5]])}, "a table"),
        Case({"x": np.array([-1, 0, 2])}, "whole numbers"),
        Case(
            {"x": np.array([-13.0, -15.0])},
            "in the tail",
            "Far below 0 the sigmoid is small, but it is not 0, and still falling.",
        ),
        Case(
            {"x": np.array([-30.0, -34.0])},
            "far out in the tail",
            "Far below 0 the sigmoid is small, but it is not 0, and still falling.",
        ),
        Case(
            {"x": np.array([1000.0, -1000.0, 710.0, -710.0])},
            "huge",
            "e to the power of 710 fits into no float. What does exp get on each side of 0?",
        ),
        Case({"x": np.array([-1000, 0, 1000])}, "huge whole numbers"),
        Case(
            {"x": np.array([1.0, np.nan, -1.0])},
            "nan stays nan",
            "nan is neither >= 0 nor < 0. What does your function make of it?",
        ),
        Case({"x": _rng.normal(scale=5, size=(4, 5, 6))}, "three axes"),
    ),
    draw=_some_inputs,
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
            lambda x: 1 / 1 + np.exp(-x),
            _both(lambda e: 1 / 1 + e),
        ),
        Mistake(
            "the negative side is treated as the positive one",
            "You get the same at -x as at x. With e = exp(-|x|), the two sides need two different "
            "fractions.",
            _both(lambda e: 1 / (1 + e)),
        ),
        Mistake(
            "the positive side is treated as the negative one",
            "You get the same at -x as at x, and never more than a half. e / (1 + e) is right "
            "below 0; above 0 it is the other fraction.",
            _both(lambda e: e / (1 + e)),
        ),
        Mistake(
            "the tails are cut off",
            "From some x on, nothing moves any more. Far below 0 the sigmoid is small, but it is "
            "not 0, and still falling. Make exp safe without a change of x.",
            *(_clipped_at(bound) for bound in _BOUNDS),
            *(_flat_beyond(bound) for bound in _BOUNDS),
        ),
        Mistake(
            "overflow",
            "Python's own numbers stop where NumPy only warns: e to the power of 1000 fits into "
            "no float. Give exp nothing above 0.",
            lambda x: np.array([1 / (1 + math.exp(-v)) for v in x.flat]).reshape(x.shape),
        ),
        Mistake(
            "nan becomes a number",
            "nan is neither >= 0 nor < 0: a choice between these two leaves it out. Let one side "
            "take all that the other does not.",
            *map(_nan_as, (0.5, 1.0)),
        ),
        Mistake(
            "nan becomes 0",
            "nan is neither >= 0 nor < 0: a choice between these two leaves it out. Let one side "
            "take all that the other does not.",
            _nan_as(0.0),
        ),
        Mistake(
            "0 for all negative numbers",
            "Below 0 the sigmoid falls slowly from a half towards 0.",
            lambda x: np.where(x < 0, 0, activations.sigmoid(x)),
            lambda x: np.where(x > 0, activations.sigmoid(x), 0),
        ),
        Mistake(
            "tanh instead of the sigmoid",
            "tanh goes from -1 to 1, the sigmoid from 0 to 1: (1 + tanh(x / 2)) / 2.",
            np.tanh,
            lambda x: (1 + np.tanh(x)) / 2,
            lambda x: np.tanh(x / 2),
        ),
        Mistake(
            "a minus in the place of the plus",
            "Below the line it is 1 plus a power of e.",
            lambda x: 1 / (1 - np.exp(-x)),
        ),
        Mistake(
            "the slope instead of the sigmoid",
            "y (1 - y) is how steep the sigmoid is. Its value is y.",
            lambda x: sigmoid_slope(activations.sigmoid(x)),
        ),
    ),
    hints=(
        "What overflows is exp of a large number. Which exponent is never above 0, whatever x is?",
        "With e = np.exp(-np.abs(x)): 1 / (1 + e) is right for x >= 0. And for x < 0?",
        "e / (1 + e) for x < 0. np.where(x >= 0, one side, other side) computes both sides first, "
        "so both must be safe; with this e they are.",
    ),
    achieved="Your sigmoid takes any array and any number, and NumPy has nothing to warn of.",
    absolute=1e-15,  # tanh(x / 2) is right, too, and rounds there
)

EXERCISES = (SIGMOID_SLOPE, TWO_LAYERS, SIGMOID)
