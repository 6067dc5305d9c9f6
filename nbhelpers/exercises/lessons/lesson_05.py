"""Exercises of lesson 05: counting parameters, accuracy, a forward pass of any depth."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import prod

import numpy as np

from nbhelpers import activations, metrics
from nbhelpers.exercises.checker.exercise import Case, Exercise, Mistake

Array = np.ndarray
Layer = tuple[Array, Array]
_rng = np.random.default_rng(5)

# --- 05.parameters


def parameters(sizes: Sequence[int]) -> int:
    """Return how many weights and biases a network of Dense layers has."""
    return _weights(sizes) + sum(sizes[1:])


def _weights(sizes: Sequence[int]) -> int:
    return sum(before * units for before, units in pairwise(sizes))


PARAMETERS = Exercise(
    name="05.parameters",
    reference=parameters,
    cases=(
        Case({"sizes": [4, 3, 2]}, "two layers"),
        Case({"sizes": [2, 3, 2, 2]}, "the network of section 1"),
        Case({"sizes": [3, 3, 3]}, "equal layers"),
        Case({"sizes": [784, 50, 100, 10]}, "the one that reads digits"),
        Case({"sizes": [6, 5, 4, 3, 2, 1]}, "five layers"),
        Case({"sizes": [4, 1]}, "a single neuron"),
    ),
    mistakes=(
        Mistake(
            "the biases are forgotten",
            "You have all weights. Each unit that computes adds one number more.",
            _weights,
        ),
        Mistake(
            "a bias for each weight",
            "There are as many biases as weights now. A bias belongs to a unit, not to a line.",
            lambda sizes: 2 * _weights(sizes),
        ),
        Mistake(
            "a bias for the inputs, too",
            "The inputs compute nothing, so they add nothing. Where do the biases begin?",
            lambda sizes: _weights(sizes) + sum(sizes),
        ),
        Mistake(
            "biases counted by the layer before",
            "A bias belongs to the unit that the lines lead to, not to the one they come from.",
            lambda sizes: _weights(sizes) + sum(sizes[:-1]),
        ),
        Mistake(
            "one bias for each layer",
            "A layer has several units, and each of them has a bias of its own.",
            lambda sizes: _weights(sizes) + len(sizes) - 1,
        ),
        Mistake(
            "the output layer is left out",
            "The last layer has weights and biases like the others. Where does your loop end?",
            lambda sizes: parameters(sizes[:-1]),
        ),
        Mistake(
            "only the first layer is counted",
            "Two of the sizes are used. The list may be longer: a loop, or sum, takes them all.",
            lambda sizes: parameters(sizes[:2]),
        ),
        Mistake(
            "the biases of the output layer are missing",
            "The units of the last layer compute, too, and each of them has a bias.",
            lambda sizes: _weights(sizes) + sum(sizes[1:-1]),
        ),
        Mistake(
            "the sum of the sizes",
            "That counts units. Weights are the lines between them: how many join two layers?",
            sum,
        ),
        Mistake(
            "the product of all sizes",
            "Only neighbours are joined by lines. Count two layers at a time, and add.",
            prod,
        ),
        Mistake(
            "one number for each layer instead of their sum",
            "The layers are counted. What is asked is one number for the whole network.",
            lambda sizes: [parameters(pair) for pair in pairwise(sizes)],
        ),
    ),
    hints=(
        "Between two neighbouring layers there are (size before) * (size after) weights.",
        "Each unit that computes has one bias: all sizes but the first.",
        "Loop k over range(len(sizes) - 1), as section 1 does; sum(sizes[1:]) are the biases.",
    ),
    achieved="You count what summary() counts: for the network that reads digits, 45,360.",
)

# --- 05.accuracy


def accuracy(shares: Array, labels: Array) -> float:
    """Return the share of rows whose largest entry stands at the label."""
    return float(metrics.sparse_categorical_accuracy(labels, shares).mean())


def _hits(shares: Array, labels: Array) -> Array:
    return shares.argmax(axis=1) == labels


def _of_labels(shares: Array, labels: Array) -> Array:
    return shares[np.arange(len(labels)), labels]


def _one_hot_labels(twin: Callable[..., float]) -> Mistake:
    return Mistake(
        "labels treated as one-hot",
        "A label is already the place of the right class, one number for each picture: there is "
        "nothing left to search in it.",
        twin,
    )


_FIVE = np.array(
    [[0.6, 0.1, 0.3], [0.7, 0.2, 0.1], [0.0, 1.0, 0.0], [0.3, 0.4, 0.3], [0.1, 0.2, 0.7]]
)
_SQUARE = np.array([[0.1, 0.6, 0.3], [0.7, 0.2, 0.1], [0.2, 0.5, 0.3]])
_EVEN = np.array([[0.6, 0.4], [0.2, 0.8], [0.9, 0.1], [0.3, 0.7]])
_MANY = activations.softmax(_rng.normal(size=(50, 10)))
_MANY_LABELS = np.where(_rng.random(50) < 0.6, _MANY.argmax(axis=1), _rng.integers(10, size=50))

ACCURACY = Exercise(
    name="05.accuracy",
    reference=accuracy,
    cases=(
        Case({"shares": _FIVE, "labels": np.array([2, 0, 1, 1, 2])}, "four of five"),
        Case({"shares": np.array([[0.1, 0.7, 0.2]]), "labels": np.array([1])}, "one, right"),
        Case({"shares": np.array([[0.1, 0.2, 0.7]]), "labels": np.array([0])}, "one, wrong"),
        Case({"shares": _SQUARE, "labels": np.array([1, 0, 2])}, "as many rows as classes"),
        Case({"shares": _EVEN, "labels": np.array([0, 1, 1, 0])}, "two of four"),
        Case({"shares": _MANY, "labels": _MANY_LABELS}, "fifty pictures, ten classes"),
    ),
    mistakes=(
        Mistake(
            "sum instead of mean",
            "You count the right answers. Accuracy is a share: how many of how many?",
            lambda shares, labels: _hits(shares, labels).sum(),
        ),
        Mistake(
            "percent instead of a share",
            "All right is 1 here, not 100.",
            lambda shares, labels: 100 * _hits(shares, labels).mean(),
        ),
        Mistake(
            "the share of wrong answers",
            "All right should give 1, and nothing right 0. Here it is the other way round.",
            lambda shares, labels: 1 - accuracy(shares, labels),
        ),
        Mistake(
            "one answer for each picture instead of their share",
            "Right or wrong is known for each picture. What comes back should be one number.",
            _hits,
        ),
        Mistake(
            "wrong axis",
            "You look down the columns. Each picture is a row: axis=1 goes along a row.",
            lambda shares, labels: (shares.argmax(axis=0) == labels).mean(),
        ),
        Mistake(
            "the largest share instead of its place",
            "max gives how sure the network is. The answer is the place where that share stands.",
            lambda shares, labels: (shares.max(axis=1) == labels).mean(),
        ),
        _one_hot_labels(lambda shares, labels: (shares.argmax(axis=1) == labels.argmax()).mean()),
        _one_hot_labels(lambda shares, labels: _hits(shares, labels.argmax(axis=1)).mean()),
        Mistake(
            "a column against a row makes a table",
            "Shape (n, 1) against (n,) compares every answer with every label (lesson 01). "
            "Answers and labels should both be (n,).",
            lambda shares, labels: (shares.argmax(axis=1)[:, None] == labels).mean(),
        ),
        Mistake(
            "the mean share of the right class",
            "That is how sure the network was of the truth. Right or wrong is asked: did the right "
            "class have the largest share?",
            lambda shares, labels: _of_labels(shares, labels).mean(),
        ),
        Mistake(
            "more than a half is demanded",
            "A class wins with the largest share of its row, even if that is only 0.4.",
            lambda shares, labels: (_of_labels(shares, labels) > 0.5).mean(),
        ),
        Mistake(
            "divided by 10",
            "Ten is the number of digits. How many pictures are there?",
            lambda shares, labels: _hits(shares, labels).sum() / 10,
        ),
        Mistake(
            "divided by the number of classes",
            "Right answers by classes says little. How many pictures are there?",
            lambda shares, labels: _hits(shares, labels).sum() / shares.shape[1],
        ),
    ),
    hints=(
        "The answer for a picture is the place of the largest share in its row (lesson 04).",
        "answers == labels says True or False for each picture.",
        "True counts as 1, False as 0. The mean of them is the share of the right ones.",
    ),
    achieved="This is the number by which every network of this course is judged.",
)

# --- 05.forward


def forward(x: Array, layers: Sequence[Layer]) -> Array:
    """Return the output of a network: sigmoid after each layer, identity after the last."""
    return _forward(activations.sigmoid)(x, layers)


def _forward(
    h: Callable[[Array], Array], sigma: Callable[[Array], Array] = activations.linear
) -> Callable[[Array, Sequence[Layer]], Array]:
    def twin(x: Array, layers: Sequence[Layer]) -> Array:
        for W, b in layers[:-1]:
            x = h(x @ W + b)
        W, b = layers[-1]
        return sigma(x @ W + b)

    return twin


def _weights_first(x: Array, layers: Sequence[Layer]) -> Array:
    for W, b in layers[:-1]:
        x = activations.sigmoid(W @ x + b)
    W, b = layers[-1]
    return W @ x + b


def _hidden_only(x: Array, layers: Sequence[Layer]) -> Array:
    for W, b in layers[:-1]:
        x = activations.sigmoid(x @ W + b)
    return x


def _bias_last(x: Array, layers: Sequence[Layer]) -> Array:
    for W, b in layers[:-1]:
        x = activations.sigmoid(x @ W) + b
    W, b = layers[-1]
    return x @ W + b


def _inputs_squeezed(x: Array, layers: Sequence[Layer]) -> Array:
    for W, b in layers:
        x = activations.sigmoid(x) @ W + b
    return x


def _no_bias(x: Array, layers: Sequence[Layer]) -> Array:
    return forward(x, [(W, np.zeros_like(b)) for W, b in layers])


def _network(*sizes: int) -> list[Layer]:
    return [
        (_rng.normal(size=(before, units)).round(2), _rng.normal(size=units).round(2))
        for before, units in pairwise(sizes)
    ]


_ONE = [(np.array([[3.0], [1.0]]), np.array([0.5]))]
_TWO_LAYERS = [
    (np.array([[1.0, -1.0], [0.5, 2.0]]), np.array([0.0, 1.0])),
    (np.array([[3.0], [-5.0]]), np.array([0.5])),
]
_SECTION_1 = [
    (np.array([[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]]), np.array([0.1, 0.2, 0.3])),
    (np.array([[0.1, 0.4], [0.2, 0.5], [0.3, 0.6]]), np.array([0.1, 0.2])),
    (np.array([[0.1, 0.3], [0.2, 0.4]]), np.array([0.1, 0.2])),
]
_SQUARES = [
    (np.array([[1.0, 2.0], [0.0, 1.0]]), np.array([0.5, -0.5])),
    (np.array([[2.0, 0.0], [1.0, -1.0]]), np.array([0.1, 0.2])),
]
_WHOLE = [(np.array([[1, -1], [2, 0]]), np.array([0, 1])), (np.array([[2], [-3]]), np.array([1]))]

FORWARD = Exercise(
    name="05.forward",
    reference=forward,
    cases=(
        Case({"x": np.array([[1.0, 2.0]]), "layers": _ONE}, "one layer, the last"),
        Case({"x": np.array([[1.0, 2.0]]), "layers": _TWO_LAYERS}, "two layers"),
        Case({"x": np.array([[1.0, 0.5]]), "layers": _SECTION_1}, "the network of section 1"),
        Case({"x": np.array([[1.0, 2.0], [-1.0, 0.0]]), "layers": _SQUARES}, "all square"),
        Case({"x": np.array([[1.0, 0.5], [0.0, 0.0], [-3.0, 3.0]]), "layers": _SECTION_1}, "rows"),
        Case({"x": np.array([[1, 2], [0, -1]]), "layers": _WHOLE}, "whole numbers"),
        Case({"x": np.array([[1000.0, -1000.0]]), "layers": _TWO_LAYERS}, "huge inputs"),
        Case({"x": _rng.normal(size=(20, 8)), "layers": _network(8, 16, 6, 5, 4)}, "four layers"),
    ),
    mistakes=(
        Mistake(
            "sigmoid at the end as well",
            "The last layer hands on its sums as they are: the identity. Treat it on its own.",
            _forward(activations.sigmoid, activations.sigmoid),
        ),
        Mistake(
            "softmax at the end",
            "This network ends with the identity. Softmax is for shares of classes.",
            _forward(activations.sigmoid, activations.softmax),
        ),
        Mistake(
            "no activation at all",
            "Without a bend between them, all your layers are one (lesson 03). What follows "
            "x @ W + b in a hidden layer?",
            _forward(activations.linear),
        ),
        Mistake(
            "relu in the place of sigmoid",
            "relu is a fine activation, but the hidden layers of this network use the sigmoid.",
            _forward(activations.relu),
        ),
        Mistake(
            "the bias is missing",
            "Each unit adds its bias to the sum. A layer is a pair (W, b).",
            _no_bias,
        ),
        Mistake(
            "the bias is added after the activation",
            "The bias belongs to the sum: first x @ W + b, then the activation.",
            _bias_last,
        ),
        Mistake(
            "the last layer is left out",
            "What you return is what the last hidden layer hands on. One layer is still to come.",
            _hidden_only,
        ),
        Mistake(
            "the inputs go through the activation, too",
            "The activation comes after the sums of a hidden layer. The inputs go in as they are.",
            _inputs_squeezed,
        ),
        Mistake(
            "W @ x in the place of x @ W",
            "Samples are the rows of x, and W has one row for each input: its rows must meet the "
            "columns of x. Which of the two stands on the left?",
            _weights_first,
        ),
    ),
    hints=(
        "A hidden layer is one line: x = activations.sigmoid(x @ W + b).",
        "layers[:-1] are all layers but the last, and for W, b in ... takes the pairs apart.",
        "After the loop: W, b = layers[-1]. The last layer has no activation.",
    ),
    achieved="Your function runs a network of any depth: with other weights, it reads digits.",
    tolerance=1e-4,  # four layers in float32 are right, too
)

EXERCISES = (PARAMETERS, ACCURACY, FORWARD)
