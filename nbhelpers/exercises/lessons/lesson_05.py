"""Exercises of lesson 05: counting parameters, accuracy, a forward pass of any depth."""

from collections.abc import Callable, Sequence
from itertools import combinations, pairwise
from math import prod

import numpy as np

from nbhelpers import activations, metrics
from nbhelpers.exercises.checker.exercise import Arguments, Array, Case, Exercise, Mistake
from nbhelpers.exercises.lessons.draws import quarters, size

Layer = tuple[Array, Array]
_rng = np.random.default_rng(5)

# --- 05.parameters


def parameters(sizes: Sequence[int]) -> int:
    """Return how many weights and biases a network of Dense layers has."""
    return _weights(sizes) + sum(sizes[1:])


def _weights(sizes: Sequence[int]) -> int:
    return sum(before * units for before, units in pairwise(sizes))


def _every_pair(sizes: Sequence[int]) -> int:
    return sum(a * b for a, b in combinations(sizes, 2))


def _some_sizes(rng: np.random.Generator) -> Arguments:
    return {"sizes": [size(rng, 1, 9) for _ in range(size(rng, 2, 5))]}


PARAMETERS = Exercise(
    name="05.parameters",
    reference=parameters,
    cases=(
        Case({"sizes": [5, 3, 2, 4]}, "three layers"),
        Case({"sizes": [4, 3, 2]}, "two layers"),
        Case({"sizes": [2, 3, 2, 2]}, "the network of section 1"),
        Case({"sizes": [3, 3, 3]}, "equal layers"),
        Case({"sizes": [784, 50, 100, 10]}, "the one that reads digits"),
        Case({"sizes": [6, 5, 4, 3, 2, 1]}, "five layers"),
        Case({"sizes": [4, 1]}, "a single neuron"),
    ),
    draw=_some_sizes,
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
            lambda sizes: _weights(sizes) + len(sizes),
        ),
        Mistake(
            "one bias for the whole network",
            "Each unit that computes has a bias of its own.",
            lambda sizes: _weights(sizes) + 1,
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
            "the first layer is left out",
            "The inputs have lines to the first layer, too. Where does your loop begin?",
            lambda sizes: parameters(sizes[1:]),
        ),
        Mistake(
            "only the last layer is counted",
            "= in a loop replaces what was there before, += adds to it.",
            lambda sizes: parameters(sizes[-2:]),
        ),
        Mistake(
            "the biases of the output layer are missing",
            "The units of the last layer compute, too, and each of them has a bias.",
            lambda sizes: _weights(sizes) + sum(sizes[1:-1]),
        ),
        Mistake(
            "only the biases of the output layer are there",
            "The units of every layer but the inputs compute, and each of them has a bias.",
            lambda sizes: _weights(sizes) + sizes[-1],
        ),
        Mistake(
            "only the biases are counted",
            "Each line between two units is a weight. How many join two layers?",
            lambda sizes: sum(sizes[1:]),
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
            lambda sizes: prod(sizes) + sum(sizes[1:]),
        ),
        Mistake(
            "every pair of layers is joined",
            "Lines lead only from one layer to the next. Count neighbours: the first with the "
            "second, the second with the third.",
            _every_pair,
            lambda sizes: _every_pair(sizes) + sum(sizes[1:]),
        ),
        Mistake(
            "sizes are added where they should be multiplied",
            "Every unit sees all units before it: 4 units and 3 units are joined by 12 lines.",
            lambda sizes: sum(a + b for a, b in pairwise(sizes)),
            lambda sizes: sum(a + b for a, b in pairwise(sizes)) + sum(sizes[1:]),
        ),
        Mistake(
            "one too many on both sides",
            "(a + 1) * b counts a bias for each of the b units. The 1 belongs to one side only.",
            lambda sizes: sum((a + 1) * (b + 1) for a, b in pairwise(sizes)),
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
        "Loop k over range(len(sizes) - 1), as section 1 does, and add up sizes[k] * sizes[k + 1]; "
        "sum(sizes[1:]) are the biases.",
    ),
    achieved="You count what summary() counts: for the network that reads digits, 45,360.",
)

# --- 05.accuracy


def accuracy(shares: Array, labels: Array) -> float:
    """Return the share of rows whose largest entry stands at the label."""
    return float(metrics.sparse_categorical_accuracy(labels, shares).mean())


def _hits(shares: Array, labels: Array) -> Array:
    return np.asarray(shares.argmax(axis=1) == labels)


def _of_labels(shares: Array, labels: Array) -> Array:
    return np.asarray(shares[np.arange(len(labels)), labels])


def _some_shares(rng: np.random.Generator) -> Arguments:
    rows = size(rng, 3, 7)
    hundredths = np.stack([rng.permutation([7, 13, 24, 56]) for _ in range(rows)])
    labels = np.where(rng.random(rows) < 0.6, hundredths.argmax(1), rng.integers(4, size=rows))
    return {"shares": hundredths / 100, "labels": labels}


def _rounded(digits: int) -> Callable[[Array, Array], float]:
    return lambda shares, labels: round(accuracy(shares, labels), digits)


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
        Case(
            {"shares": _MANY[:7], "labels": np.append(_MANY[:3].argmax(axis=1), [0, 1, 1, 0])},
            "seven pictures",
            "A share such as 3/7 has no end of digits. Does any line round it?",
        ),
        Case({"shares": _MANY, "labels": _MANY_LABELS}, "fifty pictures, ten classes"),
    ),
    draw=_some_shares,
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
            "the answers instead of how many are right",
            "argmax says what the network takes each picture for. Compare that with labels.",
            lambda shares, labels: shares.argmax(axis=1),
        ),
        Mistake(
            "wrong axis",
            "You look down the columns. Each picture is a row: axis=1 goes along a row.",
            lambda shares, labels: (shares.argmax(axis=0) == labels).mean(),
        ),
        Mistake(
            "one answer for the whole table",
            "Without an axis, argmax counts through all rows together. Say which axis you mean.",
            lambda shares, labels: (shares.argmax() == labels).mean(),
        ),
        Mistake(
            "the smallest share instead of the largest",
            "The answer of the network is the class with the largest share.",
            lambda shares, labels: (shares.argmin(axis=1) == labels).mean(),
        ),
        Mistake(
            "classes are counted from 1",
            "The first class has number 0, in labels as well.",
            lambda shares, labels: (shares.argmax(axis=1) + 1 == labels).mean(),
            lambda shares, labels: (shares.argmax(axis=1) == labels + 1).mean(),
        ),
        Mistake(
            "the largest share instead of its place",
            "max gives how sure the network is. The answer is the place where that share stands.",
            lambda shares, labels: (shares.max(axis=1) == labels).mean(),
        ),
        Mistake(
            "labels treated as one-hot",
            "A label is already the place of the right class, one number for each picture: there "
            "is nothing left to search in it.",
            lambda shares, labels: (shares.argmax(axis=1) == labels.argmax()).mean(),
            lambda shares, labels: _hits(shares, labels.argmax(axis=1)).mean(),
        ),
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
            lambda shares, labels: ((shares > 0.5).argmax(axis=1) == labels).mean(),
        ),
        Mistake(
            "all or nothing",
            "all says whether every answer is right. How large is their share?",
            lambda shares, labels: _hits(shares, labels).all(),
            lambda shares, labels: int(accuracy(shares, labels)),
        ),
        Mistake(
            "one right answer is enough",
            "any says whether at least one answer is right. How large is their share?",
            lambda shares, labels: _hits(shares, labels).any(),
        ),
        Mistake(
            "the share is rounded",
            "3 of 7 is 0.428571..., and all digits are wanted. Round where you print it, not "
            "before.",
            *map(_rounded, (0, 1, 2, 3, 4)),
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
        Mistake(
            "divided by the number of entries",
            "size counts all shares of the table. How many pictures are there?",
            lambda shares, labels: _hits(shares, labels).sum() / shares.size,
        ),
    ),
    hints=(
        "The answer for a picture is the place of the largest share in its row (lesson 04).",
        "answers == labels says True or False for each picture. True counts as 1, False as 0.",
        "The mean of them is the share of the right ones: (shares.argmax(axis=1) == "
        "labels).mean().",
    ),
    achieved="This is the number by which every network of this course is judged.",
    samples=True,
)

# --- 05.forward

Network = Callable[[Array, Sequence[Layer]], Array]


def forward(x: Array, layers: Sequence[Layer]) -> Array:
    """Return the output of a network: sigmoid after each layer, identity after the last."""
    return _forward(activations.sigmoid)(x, layers)


def _forward(
    h: Callable[[Array], Array] = activations.sigmoid,
    sigma: Callable[[Array], Array] = activations.linear,
    sums: Callable[[Array, Array, Array], Array] = lambda x, W, b: x @ W + b,
) -> Network:
    """Return a forward pass of other activations, or of other sums."""

    def twin(x: Array, layers: Sequence[Layer]) -> Array:
        for W, b in layers[:-1]:
            x = h(sums(x, W, b))
        return sigma(sums(x, *layers[-1]))

    return twin


def _bias_last(x: Array, layers: Sequence[Layer]) -> Array:
    for W, b in layers[:-1]:
        x = activations.sigmoid(x @ W) + b
    W, b = layers[-1]
    return np.asarray(x @ W + b)


def _inputs_squeezed(x: Array, layers: Sequence[Layer]) -> Array:
    for W, b in layers:
        x = activations.sigmoid(x) @ W + b
    return x


def _first_row(network: Network) -> Network:
    return lambda x, layers: network(x[:1], layers)


def _network(rng: np.random.Generator, *sizes: int) -> list[Layer]:
    return [
        (rng.normal(size=(before, units)).round(2), rng.normal(size=units).round(2))
        for before, units in pairwise(sizes)
    ]


def _some_network(rng: np.random.Generator) -> Arguments:
    sizes = [size(rng, 1, 3) for _ in range(size(rng, 3, 4))]
    return {"x": quarters(rng, size(rng, 1, 3), sizes[0]), "layers": _network(rng, *sizes)}


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
        Case({"x": np.array([[1.0, 0.5], [-1.0, 2.0]]), "layers": _TWO_LAYERS}, "two layers"),
        Case({"x": np.array([[1.0, 2.0]]), "layers": _ONE}, "one layer, the last"),
        Case({"x": np.array([[1.0, 0.5]]), "layers": _SECTION_1}, "the network of section 1"),
        Case({"x": np.array([[1.0, 2.0], [-1.0, 0.0]]), "layers": _SQUARES}, "all square"),
        Case({"x": np.array([[1.0, 0.5], [0.0, 0.0], [-3.0, 3.0]]), "layers": _SECTION_1}, "rows"),
        Case({"x": np.array([[1, 2], [0, -1]]), "layers": _WHOLE}, "whole numbers"),
        Case(
            {"x": np.array([[1000.0, -1000.0]]), "layers": _TWO_LAYERS},
            "huge inputs",
            "exp of a large number overflows. Lesson 03 has a sigmoid that does not, and so has "
            "activations.",
        ),
        Case(
            {"x": _rng.normal(size=(20, 8)), "layers": _network(_rng, 8, 16, 6, 5, 4)},
            "four layers",
        ),
    ),
    draw=_some_network,
    mistakes=(
        Mistake(
            "sigmoid at the end as well",
            "The last layer hands on its sums as they are: the identity. Treat it on its own.",
            _forward(sigma=activations.sigmoid),
        ),
        Mistake(
            "softmax at the end",
            "This network ends with the identity. Softmax is for shares of classes.",
            _forward(sigma=activations.softmax),
        ),
        Mistake(
            "relu at the end",
            "The last layer hands on its sums as they are: the identity.",
            _forward(sigma=activations.relu),
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
            _forward(activations.relu, activations.relu),
        ),
        Mistake(
            "tanh in the place of sigmoid",
            "tanh is a fine activation, but the hidden layers of this network use the sigmoid.",
            _forward(np.tanh),
            _forward(np.tanh, np.tanh),
        ),
        Mistake(
            "step in the place of sigmoid",
            "0 or 1 says too little: the hidden layers of this network use the sigmoid.",
            _forward(activations.step),
        ),
        Mistake(
            "softmax in the place of sigmoid",
            "Softmax is for shares of classes. The hidden layers of this network use the sigmoid.",
            _forward(activations.softmax),
        ),
        Mistake(
            "the sigmoid is mirrored",
            "1 / (1 + e to the power of minus x): which sign does the exponent have?",
            _forward(lambda z: activations.sigmoid(-z)),
        ),
        Mistake(
            "the bias is missing",
            "Each unit adds its bias to the sum. A layer is a pair (W, b).",
            _forward(sums=lambda x, W, b: x @ W),
        ),
        Mistake(
            "the bias is subtracted",
            "Each unit adds its bias to the sum.",
            _forward(sums=lambda x, W, b: x @ W - b),
        ),
        Mistake(
            "the bias is added after the activation",
            "The bias belongs to the sum: first x @ W + b, then the activation.",
            _bias_last,
        ),
        Mistake(
            "the last layer is left out",
            "What you return is what the last hidden layer hands on. One layer is still to come.",
            lambda x, layers: forward(x, [*layers[:-1], (np.eye(len(layers[-1][0])), np.zeros(1))]),
        ),
        Mistake(
            "only the first layer is run",
            "Is there a return inside the loop? The output of one layer is the input of the next.",
            lambda x, layers: activations.sigmoid(x @ layers[0][0] + layers[0][1]),
            lambda x, layers: x @ layers[0][0] + layers[0][1],
        ),
        Mistake(
            "the inputs go through the activation, too",
            "The activation comes after the sums of a hidden layer. The inputs go in as they are.",
            _inputs_squeezed,
        ),
        Mistake(
            "only the first row is run",
            "Each row is a sample, and all of them go through the network together.",
            _first_row(forward),
            lambda x, layers: forward(x[:1], layers)[0],
        ),
        Mistake(
            "W @ x in the place of x @ W",
            "Samples are the rows of x, and W has one row for each input: its rows must meet the "
            "columns of x. Which of the two stands on the left?",
            _forward(sums=lambda x, W, b: W @ x + b),
        ),
        Mistake(
            "W is transposed",
            "W has one row for each input already: x @ W.",
            _forward(sums=lambda x, W, b: x @ W.T + b),
        ),
    ),
    hints=(
        "A hidden layer is one line: x = activations.sigmoid(x @ W + b).",
        "layers[:-1] are all layers but the last, and for W, b in ... takes the pairs apart.",
        "After the loop: W, b = layers[-1], and return x @ W + b, with no activation.",
    ),
    achieved="Your function runs a network of any depth: with other weights, it reads digits.",
    tolerance=1e-4,  # four layers in float32 are right, too
    samples=True,
)

EXERCISES = (PARAMETERS, ACCURACY, FORWARD)
