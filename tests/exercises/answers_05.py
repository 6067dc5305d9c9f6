"""Answers to the exercises of lesson 05, as learners write them."""

import numpy as np
from collect import right, wrong

from nbhelpers import activations
from nbhelpers.layers import Dense
from nbhelpers.models import Sequential


def count(sizes):
    return sum(sizes[k] * sizes[k + 1] for k in range(len(sizes) - 1))


@wrong("05.parameters", "The biases are forgotten.", at="three layers")
def _(sizes):
    total = 0
    for k, units in enumerate(sizes[1:]):
        total += sizes[k] * units
    return total


@wrong("05.parameters", "A bias for each weight.", at="three layers")
def _(sizes):
    weights = biases = 0
    for k in range(1, len(sizes)):
        weights += sizes[k - 1] * sizes[k]
        biases += sizes[k - 1] * sizes[k]
    return weights + biases


@wrong("05.parameters", "A bias for the inputs, too.", at="three layers")
def _(sizes):
    return count(sizes) + sum(sizes)


@wrong("05.parameters", "Biases counted by the layer before.", at="three layers")
def _(sizes):
    return sum(sizes[k] * sizes[k + 1] + sizes[k] for k in range(len(sizes) - 1))


@wrong("05.parameters", "One bias for each layer.", at="three layers")
def _(sizes):
    return sum(sizes[k] * sizes[k + 1] + 1 for k in range(len(sizes) - 1))


@wrong("05.parameters", "The output layer is left out.", at="three layers")
def _(sizes):
    return sum(sizes[k] * sizes[k + 1] + sizes[k + 1] for k in range(len(sizes) - 2))


@wrong("05.parameters", "Only the first layer is counted.", at="three layers")
def _(sizes):
    return sizes[0] * sizes[1] + sizes[1]


@wrong("05.parameters", "The biases of the output layer are missing.")
def _(sizes):
    return count(sizes) + sum(sizes[1:-1])


@wrong("05.parameters", "The sum of the sizes.", at="three layers")
def _(sizes):
    return int(np.sum(sizes))


@wrong("05.parameters", "The product of all sizes.")
def _(sizes):
    return int(np.prod(sizes))


@wrong("05.parameters", "One number for each layer instead of their sum.", at="three layers")
def _(sizes):
    return [sizes[k] * sizes[k + 1] + sizes[k + 1] for k in range(len(sizes) - 1)]


@wrong("05.parameters", "The argument sizes was changed.", at="three layers")
def _(sizes):
    total, before = 0, sizes.pop(0)
    while sizes:
        units = sizes.pop(0)
        total += before * units + units
        before = units
    return total


@wrong("05.parameters", "Your function stopped with an IndexError.", at="three layers")
def _(sizes):
    return sum(sizes[k] * sizes[k + 1] + sizes[k + 1] for k in range(len(sizes)))


@right("05.parameters")
def _(sizes):
    return sum((sizes[k - 1] + 1) * sizes[k] for k in range(1, len(sizes)))


@right("05.parameters")
def _(sizes):
    s = np.array(sizes)
    return s[:-1] @ s[1:] + s[1:].sum()


@right("05.parameters")
def _(sizes):
    network = Sequential()
    network.add(Dense(sizes[1], input_shape=(sizes[0],)))
    for units in sizes[2:]:
        network.add(Dense(units))
    return network.count_params()


@wrong("05.accuracy", "Sum instead of mean.", at="four of five")
def _(shares, labels):
    right = 0
    for row, label in zip(shares, labels, strict=True):
        right += row.argmax() == label
    return right


@wrong("05.accuracy", "Percent instead of a share.", at="four of five")
def _(shares, labels):
    return 100 * np.mean(np.argmax(shares, axis=1) == labels)


@wrong("05.accuracy", "The share of wrong answers.", at="drawn at random")
def _(shares, labels):
    return np.mean(shares.argmax(axis=1) != labels)


@wrong("05.accuracy", "One answer for each picture instead of their share.")
def _(shares, labels):
    return np.array([row.argmax() == label for row, label in zip(shares, labels, strict=True)])


@wrong("05.accuracy", "Wrong axis.", at="four of five")
def _(shares, labels):
    return np.mean(np.argmax(shares, axis=0) == labels)


@wrong("05.accuracy", "The largest share instead of its place.", at="four of five")
def _(shares, labels):
    return np.mean([max(row) == label for row, label in zip(shares, labels, strict=True)])


@wrong("05.accuracy", "Labels treated as one-hot.", at="four of five")
def _(shares, labels):
    return np.mean(np.argmax(shares, axis=1) == np.argmax(labels, axis=1))


@wrong("05.accuracy", "Labels treated as one-hot.", at="four of five")
def _(shares, labels):
    return np.mean(np.argmax(shares, axis=-1) == np.argmax(labels, axis=-1))


@wrong("05.accuracy", "A column against a row makes a table.", at="four of five")
def _(shares, labels):
    return np.mean(shares.argmax(axis=1) == labels.reshape(-1, 1))


@wrong("05.accuracy", "One answer for the whole table.", at="drawn at random")
def _(shares, labels):
    return np.mean(shares.argmax() == labels)


@wrong("05.accuracy", "The mean share of the right class.", at="four of five")
def _(shares, labels):
    return sum(shares[k, label] for k, label in enumerate(labels)) / len(labels)


@wrong("05.accuracy", "More than a half is demanded.", at="four of five")
def _(shares, labels):
    return np.mean([shares[k, label] >= 0.5 for k, label in enumerate(labels)])


@wrong("05.accuracy", "Divided by 10.", at="one, right")
def _(shares, labels):
    return np.sum(shares.argmax(axis=1) == labels) / 10


@wrong("05.accuracy", "Divided by the number of classes.", at="four of five")
def _(shares, labels):
    return (shares.argmax(axis=1) == labels).sum() / len(shares[0])


@wrong("05.accuracy", "Nothing was returned, only printed.", at="four of five")
def _(shares, labels):
    print((shares.argmax(axis=1) == labels).mean())


@wrong("05.accuracy", "Your function stopped with an AxisError.", at="four of five")
def _(shares, labels):
    return (shares.argmax(axis=2) == labels).mean()


@right("05.accuracy")
def _(shares, labels):
    right = 0
    for row, label in zip(shares, labels, strict=True):
        if list(row).index(max(row)) == label:
            right += 1
    return right / len(labels)


@right("05.accuracy")
def _(shares, labels):
    return np.float32(1 - np.count_nonzero(np.argmax(shares, -1) - labels) / len(labels))


@right("05.accuracy")
def _(shares, labels):
    truth = np.eye(shares.shape[1])[labels]
    return np.mean(truth.argmax(axis=1) == shares.argmax(axis=1), keepdims=True)[0]


@wrong("05.forward", "Sigmoid at the end as well.", at="two layers")
def _(x, layers):
    for W, b in layers:
        x = activations.sigmoid(x @ W + b)
    return x


@wrong("05.forward", "Softmax at the end.", at="two layers")
def _(x, layers):
    for W, b in layers[:-1]:
        x = activations.sigmoid(x @ W + b)
    W, b = layers[-1]
    e = np.exp(x @ W + b)
    return e / e.sum(axis=1, keepdims=True)


@wrong("05.forward", "No activation at all.", at="all square")
def _(x, layers):
    for W, b in layers:
        x = np.dot(x, W) + b
    return x


@wrong("05.forward", "Relu in the place of sigmoid.", at="all square")
def _(x, layers):
    for k, (W, b) in enumerate(layers):
        x = x @ W + b
        if k < len(layers) - 1:
            x = np.maximum(x, 0)
    return x


@wrong("05.forward", "The bias is missing.", at="two layers")
def _(x, layers):
    for W, _ in layers[:-1]:
        x = activations.sigmoid(x @ W)
    return x @ layers[-1][0]


@wrong("05.forward", "The bias is added after the activation.", at="two layers")
def _(x, layers):
    for W, b in layers[:-1]:
        x = b + activations.sigmoid(np.dot(x, W))
    return np.dot(x, layers[-1][0]) + layers[-1][1]


@wrong("05.forward", "The last layer is left out.", at="one layer, the last")
def _(x, layers):
    for k in range(len(layers) - 1):
        W, b = layers[k]
        x = activations.sigmoid(x @ W + b)
    return x


@wrong("05.forward", "The inputs go through the activation, too.", at="two layers")
def _(x, layers):
    for W, b in layers:
        x = np.dot(activations.sigmoid(x), W) + b
    return x


@wrong("05.forward", "W @ x in the place of x @ W.", at="one layer, the last")
def _(x, layers):
    for W, b in layers[:-1]:
        x = activations.sigmoid(np.dot(W, x) + b)
    W, b = layers[-1]
    return np.dot(W, x) + b


@wrong("05.forward", "Overflow.", at="huge inputs")
def _(x, layers):
    for W, b in layers[:-1]:
        x = 1 / (1 + np.exp(-(x @ W + b)))
    W, b = layers[-1]
    return x @ W + b


@wrong("05.forward", "Only the first row is run.")
def _(x, layers):
    y = x[0]
    for W, b in layers[:-1]:
        y = activations.sigmoid(y @ W + b)
    W, b = layers[-1]
    return (y @ W + b).reshape(1, -1)


@wrong("05.forward", "The argument layers was changed.", at="two layers")
def _(x, layers):
    W, b = layers.pop()
    for V, c in layers:
        x = activations.sigmoid(x @ V + c)
    return x @ W + b


@right("05.forward")
def _(x, layers):
    rows = []
    for row in x:
        for k, (W, b) in enumerate(layers):
            row = b + row @ W
            if k + 1 < len(layers):
                row = activations.sigmoid(row)
        rows.append(row)
    return np.array(rows)


@right("05.forward")
def _(x, layers):
    *hidden, (W, b) = layers
    z = x.T
    for V, c in hidden:
        z = activations.sigmoid(V.T @ z + c[:, None])
    return (W.T @ z).T + b


@right("05.forward")
def _(x, layers):
    z = x.astype(np.float32)
    for W, b in layers[:-1]:
        z = 0.5 * (1 + np.tanh((z @ W.astype(np.float32) + b.astype(np.float32)) / 2))
    return z @ layers[-1][0] + layers[-1][1]
