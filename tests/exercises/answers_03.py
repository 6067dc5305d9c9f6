"""Answers to the exercises of lesson 03, as learners write them."""

import math

import numpy as np
from collect import right, wrong

from nbhelpers import activations


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def perceptron(x1, x2, w1, w2, b):
    return 1 if b + w1 * x1 + w2 * x2 > 0 else 0


@wrong(
    "03.sigmoid_slope",
    "The derivative in terms of the input, not of the output.",
    at="three outputs",
)
def _(y):
    e = np.exp(-y)
    return e / (1 + e) ** 2


@wrong("03.sigmoid_slope", "The derivative in terms of the input, not of the output.")
def _(y):
    return (sigmoid(y + 1e-5) - sigmoid(y - 1e-5)) / 2e-5


@wrong("03.sigmoid_slope", "Sigmoid of y instead of a slope.", at="three outputs")
def _(y):
    return sigmoid(y)


@wrong("03.sigmoid_slope", "The sign is the wrong way round.", at="three outputs")
def _(y):
    return y**2 - y


@wrong("03.sigmoid_slope", "0 everywhere.", at="three outputs")
def _(y):
    return y * 1 - y


@wrong("03.sigmoid_slope", "The slope of tanh.", at="three outputs")
def _(y):
    return (1 - y) * (1 + y)


@wrong("03.sigmoid_slope", "The slope of relu.", at="three outputs")
def _(y):
    return np.where(y > 0, 1, 0)


@wrong("03.sigmoid_slope", "The argument y was changed.", at="three outputs")
def _(y):
    y *= 1 - y
    return y


@right("03.sigmoid_slope")
def _(y):
    return y - np.square(y)


@right("03.sigmoid_slope")
def _(outputs):
    slopes = [y * (1 - y) for y in outputs]
    return np.array(slopes).reshape(outputs.shape)


@right("03.sigmoid_slope")
def _(y):
    return activations.sigmoid_backward(y, 1.0)


def two_layers(x1, x2, first, second, last, says):
    """Return the answer of a learner whose neuron is `says`."""
    s1 = says(first[0] * x1 + first[1] * x2 + first[2])
    s2 = says(second[0] * x1 + second[1] * x2 + second[2])
    return says(last[0] * s1 + last[1] * s2 + last[2])


@wrong("03.two_layers", ">= 0 in the place of > 0.", at="drawn at random")
def _(x1, x2, first, second, last):
    return two_layers(x1, x2, first, second, last, lambda a: np.where(a >= 0, 1, 0))


@wrong("03.two_layers", ">= 0 in the place of > 0.", at="drawn at random")
def _(x1, x2, first, second, last):
    s1 = activations.step(first[0] * x1 + first[1] * x2 + first[2])
    s2 = activations.step(second[0] * x1 + second[1] * x2 + second[2])
    return (last[0] * s1 + last[1] * s2 + last[2] >= 0).astype(int)


@wrong("03.two_layers", "The last neuron looks at the inputs.", at="XOR")
def _(x1, x2, first, second, last):
    w1, w2, b = last
    return activations.step(w1 * x1 + w2 * x2 + b)


@wrong("03.two_layers", "No step between the layers.", at="drawn at random")
def _(x1, x2, first, second, last):
    s1 = first[0] * x1 + first[1] * x2 + first[2]
    s2 = second[0] * x1 + second[1] * x2 + second[2]
    return activations.step(last[0] * s1 + last[1] * s2 + last[2])


@wrong("03.two_layers", "The sum instead of the answer.", at="XOR")
def _(x1, x2, first, second, last):
    s1 = activations.step(first[0] * x1 + first[1] * x2 + first[2])
    s2 = activations.step(second[0] * x1 + second[1] * x2 + second[2])
    return last[0] * s1 + last[1] * s2 + last[2]


@wrong("03.two_layers", "Sigmoid in the place of the step.", at="XOR")
def _(x1, x2, first, second, last):
    return two_layers(x1, x2, first, second, last, sigmoid)


@wrong("03.two_layers", "The bias is missing.", at="another gate at the end")
def _(x1, x2, first, second, last):
    X = np.stack([x1, x2], axis=1)
    S = activations.step(np.stack([X @ first[:2], X @ second[:2]], axis=1))
    return activations.step(S @ last[:2])


@wrong("03.two_layers", "XOR, whatever the weights are.", at="another gate at the end")
def _(x1, x2, first, second, last):
    return np.where(x1 == x2, 0, 1)


@wrong("03.two_layers", "XOR, whatever the weights are.", at="any numbers")
def _(x1, x2, first, second, last):
    return x1 ^ x2


@wrong("03.two_layers", "One yes or no for a whole array.", at="XOR")
def _(x1, x2, first, second, last):
    s1, s2 = perceptron(x1, x2, *first), perceptron(x1, x2, *second)
    return perceptron(s1, s2, *last)


@wrong("03.two_layers", "A list instead of an array.", at="XOR")
def _(x1, x2, first, second, last):
    s1 = [perceptron(p, q, *first) for p, q in zip(x1, x2, strict=True)]
    s2 = [perceptron(p, q, *second) for p, q in zip(x1, x2, strict=True)]
    return [perceptron(p, q, *last) for p, q in zip(s1, s2, strict=True)]


@right("03.two_layers")
def _(x1, x2, first, second, last):
    s1 = [perceptron(p, q, *first) for p, q in zip(x1, x2, strict=True)]
    s2 = [perceptron(p, q, *second) for p, q in zip(x1, x2, strict=True)]
    return np.array([perceptron(p, q, *last) for p, q in zip(s1, s2, strict=True)])


@right("03.two_layers")
def _(x1, x2, first, second, last):
    return two_layers(x1, x2, first, second, last, lambda a: a > 0)


@right("03.two_layers")
def _(x1, x2, first, second, last):
    neuron = np.vectorize(perceptron)
    return neuron(neuron(x1, x2, *first), neuron(x1, x2, *second), *last)


@right("03.two_layers")
def _(x1, x2, first, second, last):
    W, b = np.array([first[:2], second[:2]]).T, np.array([first[2], second[2]])
    hidden = np.heaviside(np.column_stack([x1, x2]) @ W + b, 0)
    return np.heaviside(hidden @ np.array(last[:2]) + last[2], 0).astype(np.float32)


@wrong("03.sigmoid", "Overflow.", at="huge")
def _(x):
    return sigmoid(x)


@wrong("03.sigmoid", "Overflow.", at="huge")
def _(x):
    return np.where(x >= 0, 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x)))


@wrong("03.sigmoid", "Overflow.", at="huge")
def _(x):
    return np.array([1 / (1 + math.exp(-v)) for v in x.ravel()]).reshape(x.shape)


@wrong("03.sigmoid", "Mirrored.", at="both sides of 0")
def _(x):
    return 1 / (1 + np.exp(x))


@wrong("03.sigmoid", "Mirrored.", at="both sides of 0")
def _(x):
    e = np.exp(-np.abs(x))
    return np.where(x < 0, 1, e) / (1 + e)


@wrong("03.sigmoid", "A pair of brackets is missing.", at="both sides of 0")
def _(x):
    return 1 / 1 + np.exp(-x)


@wrong("03.sigmoid", "The negative side is treated as the positive one.", at="both sides of 0")
def _(x):
    return 1 / (1 + np.exp(-np.abs(x)))


@wrong("03.sigmoid", "One yes or no for a whole array.", at="both sides of 0")
def _(x):
    if x >= 0:
        return 1 / (1 + np.exp(-x))
    return np.exp(x) / (1 + np.exp(x))


@wrong("03.sigmoid", "One yes or no for a whole array.", at="a table")
def _(x):
    y = np.zeros(x.shape)
    for k, v in enumerate(x):
        e = np.exp(-abs(v))
        y[k] = 1 / (1 + e) if v >= 0 else e / (1 + e)
    return y


@wrong("03.sigmoid", "An integer array cuts off the decimals.", at="whole numbers")
def _(x):
    y = np.zeros_like(x)
    y[x >= 0] = 1 / (1 + np.exp(-x[x >= 0]))
    y[x < 0] = np.exp(x[x < 0]) / (1 + np.exp(x[x < 0]))
    y[x != x] = x[x != x]
    return y


@wrong("03.sigmoid", "Nan becomes 0.", at="nan stays nan")
def _(x):
    y = np.zeros(x.shape)
    y[x >= 0] = 1 / (1 + np.exp(-x[x >= 0]))
    y[x < 0] = np.exp(x[x < 0]) / (1 + np.exp(x[x < 0]))
    return y


@wrong("03.sigmoid", "The tails are cut off.", at="in the tail")
def _(x):
    return sigmoid(np.minimum(np.maximum(x, -10), 10))


@wrong("03.sigmoid", "The tails are cut off.", at="in the tail")
def _(x):
    middle = sigmoid(np.clip(x, -8, 8))
    return np.where(x < -8, 0, np.where(x > 8, 1, middle))


@wrong("03.sigmoid", "The argument x was changed.", at="both sides of 0")
def _(x):
    negative = x < 0
    x[negative] = -x[negative]
    e = np.exp(-x)
    return np.where(negative, e, 1) / (1 + e)


@right("03.sigmoid")
def _(x):
    y = np.zeros(x.shape)
    positive = x >= 0
    y[positive] = 1 / (1 + np.exp(-x[positive]))
    y[~positive] = np.exp(x[~positive]) / (1 + np.exp(x[~positive]))
    return y


@right("03.sigmoid")
def _(x):
    return 0.5 * (1 + np.tanh(x / 2))


@right("03.sigmoid")
def _(x):
    return sigmoid(np.clip(x, -500, 500))


@right("03.sigmoid")
def _(x):
    return np.exp(-np.logaddexp(0, -x))


@right("03.sigmoid")
def _(x):
    def one(v):
        return 1 / (1 + math.exp(-v)) if v >= 0 else math.exp(v) / (1 + math.exp(v))

    return np.vectorize(one)(x).astype(np.float32)


@right("03.sigmoid")
def _(x):
    if x.ndim > 1:
        return np.array([activations.sigmoid(row) for row in x])
    return np.array([np.exp(min(v, 0)) / (1 + np.exp(-abs(v))) for v in x])
