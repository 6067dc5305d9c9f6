"""Three hundred wrong answers more, a line each, as beginners write them.

Each stands with what it must be called: a name, or a sentence that says only what is to be seen.
"""

# ruff: noqa: B905, E741, NPY002, RUF005, RUF007
import math
import random

import numpy as np

from nbhelpers import activations as A

relu, sigmoid, softmax, step = A.relu, A.sigmoid, A.softmax, A.step


def lse(z):
    return z.max(1, keepdims=True) + np.log(
        np.exp(z - z.max(1, keepdims=True)).sum(1, keepdims=True)
    )


def cut(x, starts, size):
    return [x[s : s + size] for s in starts]


def ordered(order, x, y):
    return x[order], y[order]


def parts(order, n, x, y):
    a, b = order[n:], order[:n]
    return x[a], y[a], x[b], y[b]


def moved(w, v, m):
    return w, v, m


def hats(m, v, g, t):
    m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
    return m, v, m / (1 - 0.9**t), v / (1 - 0.999**t)


def descended(
    x,
    t,
    k,
    b,
    r,
    size,
    epochs,
    p=softmax,
    d=lambda p, y: (p - y) / len(p),
    gk=lambda rows, d: rows.T @ d,
    gb=lambda d: d.sum(0),
    starts=None,
):
    for _ in range(epochs):
        for s in starts(len(x), size) if starts else range(0, len(x), size):
            rows, y = x[s : s + size], t[s : s + size]
            e = d(p(rows @ k + b), y)
            k, b = k - r * gk(rows, e), b - r * gb(e)
    return k, b


def slopes(f, x, go):
    return np.array([go(f, x, e.reshape(x.shape)) for e in np.eye(x.size)]).reshape(x.shape)


def counted(labels, predictions, classes, add=lambda c, i, j: c.__setitem__((i, j), c[i, j] + 1)):
    c = np.zeros((classes, classes), int)
    for i, j in zip(labels, predictions):
        add(c, i, j)
    return c


def network(x, layers, h=sigmoid, last=lambda z: z):
    for W, b in layers[:-1]:
        x = h(x @ W + b)
    return last(x @ layers[-1][0] + layers[-1][1])


def neurons(x1, x2, first, second, last, h=lambda a: (a > 0).astype(int)):
    s1 = h(first[0] * x1 + first[1] * x2 + first[2])
    s2 = h(second[0] * x1 + second[1] * x2 + second[2])
    return h(last[0] * s1 + last[1] * s2 + last[2])


BEGINNERS = {
    "01.flatten": [
        ("Divided by 255.", lambda images: images.reshape(len(images), -1) / 255),
        ("One vector for all images.", lambda images: images.reshape(-1)),
        ("One vector for all images.", lambda images: images.ravel(order="F")),
        (
            "Column by column instead of row by row.",
            lambda images: images.reshape(len(images), -1, order="F"),
        ),
        (
            "Differs from what was expected.",
            lambda images: images.reshape(len(images), -1).astype("float16") * 1.001,
        ),
        ("The pixels are upside down.", lambda images: images[:, ::-1].reshape(len(images), -1)),
        (
            "Differs from what was expected.",
            lambda images: images[:, :, ::-1].reshape(len(images), -1),
        ),
        (
            "Right for one sample, wrong for a batch.",
            lambda images: images[::-1].reshape(len(images), -1),
        ),
        ("A row for each row of pixels.", lambda images: np.concatenate(images)),
        ("Wrong shape.", lambda images: np.concatenate(images, axis=1)),
        ("Wrong shape.", lambda images: np.hstack(images)),
        ("Wrong shape.", lambda images: images.sum(axis=1)),
        ("Wrong shape.", lambda images: images.mean(axis=0)),
        ("Wrong shape.", lambda images: images.squeeze()),
        (
            "Pixels of different images are mixed.",
            lambda images: np.swapaxes(images, 0, 1).reshape(len(images), -1),
        ),
        (
            "Your function stopped with a ValueError.",
            lambda images: images.reshape(len(images), images.shape[1] + images.shape[2]),
        ),
        (
            "Differs from what was expected.",
            lambda images: np.sort(images.reshape(len(images), -1)),
        ),
        ("Wrong shape.", lambda images: images.reshape(len(images), -1)[:, 1:]),
        ("A tuple instead of an array.", lambda images: tuple(images.reshape(len(images), -1))),
        ("One row for all images.", lambda images: images.flatten().reshape(1, -1)),
        (
            "Differs from what was expected.",
            lambda images: images.reshape(len(images), -1).astype(bool),
        ),
        ("Wrong shape.", lambda images: images.reshape(len(images), -1, 1)),
    ],
    "01.batch": [
        (
            "The end moves by one sample instead of one batch.",
            lambda x, n, size: x[n * size : n + 1 * size],
        ),
        (
            "Differs from what was expected.",
            lambda x, n, size: x[n * (size + 1) : (n + 1) * (size + 1)],
        ),
        ("Wrong shape.", lambda x, n, size: x[n * (size - 1) : (n + 1) * (size - 1)]),
        ("Every size-th sample.", lambda x, n, size: x[n::size]),
        ("The samples before the batch.", lambda x, n, size: x[: n * size]),
        ("Wrong shape.", lambda x, n, size: x[size : size * (n + 1)]),
        ("Wrong shape.", lambda x, n, size: x[size * n : 2 * size * n]),
        ("Size is taken for the number of batches.", lambda x, n, size: np.array_split(x, size)[n]),
        ("Differs from what was expected.", lambda x, n, size: x[n * size : n * size + size][::-1]),
        (
            "Differs from what was expected.",
            lambda x, n, size: x[-size * (n + 1) : -size * n or None],
        ),
        ("The axes are exchanged.", lambda x, n, size: x[size * n : size * (n + 1)].T),
        (
            "Right only where there is a second axis.",
            lambda x, n, size: x[size * n : size * (n + 1), :],
        ),
        (
            "The short last batch is filled up.",
            lambda x, n, size: np.resize(x[size * n :], (size, *x.shape[1:])),
        ),
        ("Wrong shape.", lambda x, n, size: x[n:size]),
        ("One sample instead of a batch.", lambda x, n, size: x[n]),
        ("A list instead of an array.", lambda x, n, size: list(x[size * n : size * (n + 1)])),
        (
            "Looks like: one sample too few.",
            lambda x, n, size: x[size * n : size * (n + 1)] if n else x[: size - 1],
        ),
        ("Wrong shape.", lambda x, n, size: x[[size * n, size * (n + 1)]]),
        ("Wrong shape.", lambda x, n, size: x[size * n : size * (n + 1)].flatten()),
    ],
    "01.errors": [
        ("A small dtype counts round like a clock.", lambda p, t: p[:, 0] - t),
        ("A small dtype counts round like a clock.", lambda p, t: (p.T - t)[0]),
        (
            "The decimals are cut off before you subtract.",
            lambda p, t: p.astype("int64")[:, 0] - t.astype("int64"),
        ),
        (
            "Float16 keeps only three digits.",
            lambda p, t: p.astype("float16")[:, 0] - t.astype("float16"),
        ),
        ("Differs from what was expected.", lambda p, t: p.astype("int8")[:, 0] - t.astype("int8")),
        ("The sign is lost.", lambda p, t: np.abs(p[:, 0].astype(float) - t)),
        ("The sum instead of the difference.", lambda p, t: p[:, 0].astype(float) + t),
        ("The differences are squared.", lambda p, t: (p[:, 0].astype(float) - t) ** 2),
        (
            "One number instead of one for each sample.",
            lambda p, t: (p[:, 0].astype(float) - t).mean(),
        ),
        ("Differs from what was expected.", lambda p, t: (p[:, 0].astype(float) - t) / t),
        ("Differs from what was expected.", lambda p, t: np.sign(p[:, 0].astype(float) - t)),
        ("A column instead of a vector.", lambda p, t: p.astype(float) - t.reshape(-1, 1)),
        ("Differs from what was expected.", lambda p, t: np.round(p[:, 0].astype(float) - t)),
        ("Differs from what was expected.", lambda p, t: np.maximum(p[:, 0].astype(float) - t, 0)),
        ("Differs from what was expected.", lambda p, t: p[:, 0] != t),
        (
            "The silent trap: all predictions against all labels.",
            lambda p, t: np.array([float(a) - float(b) for a in p[:, 0] for b in t]),
        ),
        (
            "A small dtype counts round like a clock.",
            lambda p, t: np.array([a - b for a, b in zip(p[:, 0], t)]),
        ),
        ("Wrong shape.", lambda p, t: np.diff(np.append(p[:, 0].astype(float), t))),
        ("Differs from what was expected.", lambda p, t: 0.5 * (p[:, 0].astype(float) - t)),
    ],
    "02.affine": [
        ("b is subtracted.", lambda points, W, b: points @ W.T - b),
        ("W is not transposed.", lambda points, W, b: points @ W + b),
        (
            "Reshape in the place of a transpose.",
            lambda points, W, b: np.dot(W, points.T).reshape(-1, 2) + b,
        ),
        ("b is forgotten.", lambda points, W, b: (W @ points.T).T),
        ("Differs from what was expected.", lambda points, W, b: points @ W.T + b[0]),
        ("Differs from what was expected.", lambda points, W, b: points @ W.T + b[::-1]),
        ("Differs from what was expected.", lambda points, W, b: points @ W.T * b),
        ("Differs from what was expected.", lambda points, W, b: points @ W.T + 2 * b),
        ("Differs from what was expected.", lambda points, W, b: points @ np.linalg.pinv(W).T + b),
        ("Differs from what was expected.", lambda points, W, b: points @ (W + b).T),
        ("Differs from what was expected.", lambda points, W, b: relu(points @ W.T + b)),
        (
            "An integer array cuts off the decimals.",
            lambda points, W, b: (points @ W.T + b).astype(int),
        ),
        ("Wrong shape.", lambda points, W, b: (points @ W.T + b).sum(axis=1)),
        ("A column for each point instead of a row.", lambda points, W, b: (points @ W.T + b).T),
        ("The points are shifted, but not turned and stretched.", lambda points, W, b: points + b),
        ("Differs from what was expected.", lambda points, W, b: points * W.diagonal() + b),
        ("A list instead of an array.", lambda points, W, b: [W @ p + b for p in points]),
        ("Right for one sample, wrong for a batch.", lambda points, W, b: (points @ W.T + b)[::-1]),
    ],
    "02.broadcast": [
        ("The result is back to front.", lambda a, b: np.broadcast_shapes(a, b)[::-1]),
        ("A list instead of a tuple.", lambda a, b: list(np.broadcast_shapes(a, b))),
        ("1 value instead of 2.", lambda a, b: max(a, b)),
        ("Differs from what was expected.", lambda a, b: a if len(a) > len(b) else b),
        ("1 value instead of 2.", lambda a, b: tuple(max(m, n) for m, n in zip(a, b))),
        ("0 values instead of 1.", lambda a, b: tuple(m for m, n in zip(a, b) if m == n)),
        ("The shapes are joined.", lambda a, b: a + b),
        ("One of the two shapes comes back.", lambda a, b: np.broadcast_shapes(a, b) and a),
        ("An array instead of a tuple.", lambda a, b: np.zeros(a) + np.zeros(b)),
        ("A str instead of a tuple.", lambda a, b: str(np.broadcast_shapes(a, b))),
        ("A number instead of a tuple.", lambda a, b: len(np.broadcast_shapes(a, b))),
        ("A number instead of a tuple.", lambda a, b: math.prod(np.broadcast_shapes(a, b))),
        ("Differs from what was expected.", lambda a, b: tuple(m * n for m, n in zip(a, b))),
        (
            "Nothing was returned.",
            lambda a, b: np.broadcast_shapes(a, b) if len(a) == len(b) else None,
        ),
        ("An array instead of a tuple.", lambda a, b: np.maximum(a, b)),
    ],
    "02.dot": [
        ("Number by number instead of rows by columns.", lambda a, b: a * b),
        (
            "Differs from what was expected.",
            lambda a, b: np.array([[max(r * c) for c in b.T] for r in a]),
        ),
        (
            "The numbers are added, not multiplied.",
            lambda a, b: np.array([[sum(r + c) for c in b.T] for r in a]),
        ),
        (
            "The mean of the products instead of their sum.",
            lambda a, b: np.array([[np.mean(r * c) for c in b.T] for r in a]),
        ),
        (
            "Rows and columns of the result are exchanged.",
            lambda a, b: np.array([[sum(r * c) for r in a] for c in b.T]),
        ),
        ("Wrong shape.", lambda a, b: np.array([sum(r * c) for r, c in zip(a, b.T)])),
        (
            "An integer array cuts off the decimals.",
            lambda a, b: np.array([[int(sum(r * c)) for c in b.T] for r in a]),
        ),
        (
            "Only the first product of each sum is there.",
            lambda a, b: np.array([[r[0] * c[0] for c in b.T] for r in a]),
        ),
        (
            "The first product of each sum is missing.",
            lambda a, b: np.array([[sum(r[1:] * c[1:]) for c in b.T] for r in a]),
        ),
        ("Right, but by matmul.", lambda a, b: np.matmul(a, b)),
        ("Right, but by dot.", lambda a, b: a.dot(b)),
        ("Wrong shape.", lambda a, b: np.outer(a, b)),
        (
            "Differs from what was expected.",
            lambda a, b: np.array([[sum(r * c) for c in b] for r in a]),
        ),
        (
            "Your function stopped with a ValueError.",
            lambda a, b: np.array([[sum(r * c) for c in b.T] for r in a.T]),
        ),
    ],
    "03.sigmoid_slope": [
        ("0 everywhere.", lambda y: y * 1 - y),
        ("The sign is the wrong way round.", lambda y: y * (y - 1)),
        ("Differs from what was expected.", lambda y: y - 1),
        ("Differs from what was expected.", lambda y: y * (1 - y**2)),
        ("Differs from what was expected.", lambda y: y**2 * (1 - y)),
        ("Differs from what was expected.", lambda y: 2 * y * (1 - y)),
        ("Differs from what was expected.", lambda y: (1 - y) ** 2),
        ("Differs from what was expected.", lambda y: np.exp(-y)),
        (
            "The derivative in terms of the input, not of the output.",
            lambda y: np.exp(-y) / (1 + np.exp(-y)) ** 2,
        ),
        ("Differs from what was expected.", lambda y: np.round(y * (1 - y), 2)),
        ("A number instead of an array.", lambda y: (y * (1 - y)).sum()),
        ("Differs from what was expected.", lambda y: np.gradient(y.ravel()) if y.size > 1 else y),
        ("Differs from what was expected.", lambda y: np.abs(y - 0.5)),
        ("Differs from what was expected.", lambda y: np.sqrt(y * (1 - y))),
        ("Differs from what was expected.", lambda y: 1 / (y * (1 - y) + 1e-9)),
        ("Differs from what was expected.", lambda y: np.where(y > 0.5, 1 - y, y)),
        ("Differs from what was expected.", lambda y: y * (1 - y) + 0.01),
        ("Wrong shape.", lambda y: (y * (1 - y)).ravel()),
    ],
    "03.two_layers": [
        (
            "The answers of the first and the second neuron are exchanged.",
            lambda x1, x2, f, s, l: neurons(x1, x2, s, f, l),
        ),
        (
            "The three numbers are taken in another order.",
            lambda x1, x2, f, s, l: neurons(x1, x2, (*f[1:], f[0]), (*s[1:], s[0]), (*l[1:], l[0])),
        ),
        ("Differs from what was expected.", lambda x1, x2, f, s, l: neurons(x2, x1, f, s, l)),
        (
            "One neuron stands twice in the first layer.",
            lambda x1, x2, f, s, l: neurons(x1, x2, f, f, l),
        ),
        (
            ">= 0 in the place of > 0.",
            lambda x1, x2, f, s, l: neurons(x1, x2, f, s, l, lambda a: a >= 0),
        ),
        ("-1 in the place of 0.", lambda x1, x2, f, s, l: neurons(x1, x2, f, s, l, np.sign)),
        (
            "Sigmoid in the place of the step.",
            lambda x1, x2, f, s, l: neurons(x1, x2, f, s, l, sigmoid),
        ),
        (
            "Differs from what was expected.",
            lambda x1, x2, f, s, l: neurons(x1, x2, f, s, l, np.round),
        ),
        ("No step at all.", lambda x1, x2, f, s, l: neurons(x1, x2, f, s, l, lambda a: a)),
        (
            "Differs from what was expected.",
            lambda x1, x2, f, s, l: neurons(x1, x2, f, s, l, np.tanh),
        ),
        ("The answer is turned round.", lambda x1, x2, f, s, l: 1 - neurons(x1, x2, f, s, l)),
        (
            "Differs from what was expected.",
            lambda x1, x2, f, s, l: neurons(x1, x2, f, s, l, lambda a: a > 0.5),
        ),
        (
            "Differs from what was expected.",
            lambda x1, x2, f, s, l: neurons(x1, x2, f, s, l, lambda a: (a > 0) * 2),
        ),
        ("A number instead of an array.", lambda x1, x2, f, s, l: neurons(x1, x2, f, s, l).sum()),
        (
            "Differs from what was expected.",
            lambda x1, x2, f, s, l: neurons(x1, x2, f, s, (1, 1, -1.5)),
        ),
        ("Wrong shape.", lambda x1, x2, f, s, l: neurons(x1, x2, f, s, l)[:, None]),
        (
            "The bias is missing.",
            lambda x1, x2, f, s, l: neurons(x1, x2, (*f[:2], 0), (*s[:2], 0), (*l[:2], 0)),
        ),
        ("XOR, whatever the weights are.", lambda x1, x2, f, s, l: (x1 != x2).astype(int)),
    ],
    "03.sigmoid": [
        ("The tails are cut off.", lambda x: 1 / (1 + np.exp(-np.clip(x, -20, 20)))),
        ("The tails are cut off.", lambda x: 1 / (1 + np.exp(-np.clip(x, -30, 30)))),
        (
            "The positive side is treated as the negative one.",
            lambda x: np.exp(-np.abs(x)) / (1 + np.exp(-np.abs(x))),
        ),
        (
            "The negative side is treated as the positive one.",
            lambda x: 1 / (1 + np.exp(-np.abs(x))),
        ),
        ("Tanh instead of the sigmoid.", lambda x: (1 + np.tanh(x)) / 2),
        ("Tanh instead of the sigmoid.", lambda x: np.tanh(x / 2)),
        ("Mirrored.", lambda x: 1 / (1 + np.exp(x))),
        ("Overflow.", lambda x: np.exp(x) / (1 + np.exp(x))),
        ("The tails are cut off.", lambda x: 1 / (1 + np.exp(np.minimum(-x, 30)))),
        ("Differs from what was expected.", lambda x: np.round(sigmoid(x), 4)),
        ("Nan becomes 0.", lambda x: np.nan_to_num(sigmoid(x))),
        ("Differs from what was expected.", lambda x: np.clip(0.5 + x / 4, 0, 1)),
        ("Differs from what was expected.", lambda x: np.where(x > 0, 1.0, 0.0)),
        ("Differs from what was expected.", lambda x: x / (1 + np.abs(x))),
        ("Differs from what was expected.", lambda x: np.log(1 + np.exp(-np.abs(x)))),
        ("The slope instead of the sigmoid.", lambda x: sigmoid(x) * (1 - sigmoid(x))),
        ("Differs from what was expected.", lambda x: 1 / (1 + 2.0 ** (-np.clip(x, -900, 900)))),
        ("Differs from what was expected.", lambda x: sigmoid(np.abs(x)) * np.sign(x)),
        ("Differs from what was expected.", lambda x: 1 / (1 + np.exp(-x.clip(-5)))),
        (
            "Your function stopped with a TypeError.",
            lambda x: np.array([1 / (1 + math.exp(-v)) for v in x]),
        ),
    ],
    "04.predict": [
        ("Classes are counted from 1.", lambda z: z.argmax(axis=1) + 1),
        ("Wrong axis.", lambda z: z.argmax(axis=0)),
        ("One answer for the whole table.", lambda z: z.argmax()),
        ("The score instead of its place.", lambda z: z.max(axis=1)),
        ("The scores are rounded first.", lambda z: np.round(z).argmax(axis=1)),
        ("The largest without its sign.", lambda z: np.abs(z).argmax(axis=1)),
        ("The largest without its sign.", lambda z: (z**2).argmax(axis=1)),
        ("A row whose scores are all below 0 gets class 0.", lambda z: relu(z).argmax(axis=1)),
        ("Overflow.", lambda z: np.exp(z).argmax(axis=1)),
        ("Looks like: the second largest score wins.", lambda z: sigmoid(z).argmax(axis=1)),
        ("The smallest score instead of the largest.", lambda z: np.argsort(z, axis=1)[:, 0]),
        (
            "The second largest score wins.",
            lambda z: np.argsort(z, axis=1)[:, -2] if z.shape[1] > 1 else z[:, 0],
        ),
        ("Wrong shape.", lambda z: np.argsort(-z, axis=1)),
        (
            "One-hot rows instead of the place.",
            lambda z: (z == z.max(axis=1, keepdims=True)).astype(int),
        ),
        ("The answer of one row only.", lambda z: z.argmax(axis=1)[0]),
        ("The shape should be (n,), one number a row.", lambda z: z.argmax(axis=1).reshape(-1, 1)),
        ("A list instead of an array.", lambda z: z.argmax(axis=1).tolist()),
        ("Differs from what was expected.", lambda z: np.clip(z, -1, 1).argmax(axis=1)),
        ("Differs from what was expected.", lambda z: z[:, ::-1].argmax(axis=1)),
        ("Differs from what was expected.", lambda z: (z > 0).argmax(axis=1)),
    ],
    "04.softmax": [
        (
            "The smallest score is subtracted, not the largest.",
            lambda z: (lambda e: e / e.sum(1, keepdims=True))(np.exp(z - z.min(1, keepdims=True))),
        ),
        (
            "The mean is subtracted, not the largest score.",
            lambda z: (lambda e: e / e.sum(1, keepdims=True))(np.exp(z - z.mean(1, keepdims=True))),
        ),
        ("Exp is missing.", lambda z: z / z.sum(axis=1, keepdims=True)),
        (
            "Not divided by the sum.",
            lambda z: (lambda e: e / e.max(1, keepdims=True))(np.exp(z - z.max(1, keepdims=True))),
        ),
        ("Not divided by the sum.", lambda z: np.exp(z - z.max(1, keepdims=True))),
        (
            "Divided by the mean instead of the sum.",
            lambda z: (lambda e: e / e.mean(1, keepdims=True))(np.exp(z - z.max(1, keepdims=True))),
        ),
        ("One sum for the whole table.", lambda z: (lambda e: e / e.sum())(np.exp(z - z.max()))),
        ("Wrong axis.", lambda z: (lambda e: e / e.sum(0))(np.exp(z - z.max(0)))),
        ("Differs from what was expected.", lambda z: np.log(softmax(z))),
        ("Differs from what was expected.", lambda z: A.log_softmax(z)),
        ("Differs from what was expected.", lambda z: np.round(softmax(z), 2)),
        ("Differs from what was expected.", lambda z: softmax(z) * 100),
        ("The smallest score gets the largest share.", lambda z: softmax(-z)),
        ("Sigmoid in the place of softmax.", lambda z: sigmoid(z)),
        (
            "The scores are clipped.",
            lambda z: (lambda e: e / e.sum(1, keepdims=True))(np.exp(np.clip(z, -100, 100))),
        ),
        (
            "Differs from what was expected.",
            lambda z: (lambda e: e / e.sum(1, keepdims=True))(np.exp(z / z.max(1, keepdims=True))),
        ),
        (
            "2 to the power in the place of e.",
            lambda z: (lambda e: e / e.sum(1, keepdims=True))(np.exp2(z - z.max(1, keepdims=True))),
        ),
        (
            "Differs from what was expected.",
            lambda z: (lambda e: e / np.linalg.norm(e, axis=1, keepdims=True))(
                np.exp(z - z.max(1, keepdims=True))
            ),
        ),
        (
            "Keepdims is missing.",
            lambda z: (lambda e: e / e.sum(1))(np.exp(z - z.max(1, keepdims=True))),
        ),
        ("Wrong shape.", lambda z: z.argmax(axis=1)),
        (
            "Differs from what was expected.",
            lambda z: (lambda e: e / e.sum(1, keepdims=True))(z - z.min(1, keepdims=True) + 1e-9),
        ),
    ],
    "04.cross_entropy": [
        (
            "The mean of the whole table instead of one entry a row.",
            lambda z, y: -(A.log_softmax(z) * np.eye(z.shape[1])[y]).mean(),
        ),
        (
            "A small number inside the log.",
            lambda z, y: -np.log(softmax(z)[np.arange(len(y)), y] + 1e-12).mean(),
        ),
        (
            "A small number inside the log.",
            lambda z, y: -np.log(np.clip(softmax(z), 1e-7, 1 - 1e-7)[np.arange(len(y)), y]).mean(),
        ),
        (
            "The median or the largest instead of the mean.",
            lambda z, y: np.median(-A.log_softmax(z)[np.arange(len(y)), y]),
        ),
        ("Sum instead of mean.", lambda z, y: -A.log_softmax(z)[np.arange(len(y)), y].sum()),
        ("All rows by all labels.", lambda z, y: -A.log_softmax(z)[:, y].mean()),
        ("Rows are picked instead of classes.", lambda z, y: -A.log_softmax(z)[y].mean()),
        (
            "Differs from what was expected.",
            lambda z, y: (lse(z)[:, 0] + z[np.arange(len(y)), y]).mean(),
        ),
        ("Differs from what was expected.", lambda z, y: (lse(z)[:, 0]).mean()),
        (
            "The scores of the right class, without softmax.",
            lambda z, y: -z[np.arange(len(y)), y].mean(),
        ),
        (
            "The winner counts, not the right class.",
            lambda z, y: -A.log_softmax(z).max(axis=1).mean(),
        ),
        (
            "Another logarithm than the natural one.",
            lambda z, y: -np.log2(np.exp(A.log_softmax(z)[np.arange(len(y)), y])).mean(),
        ),
        ("The logarithm is missing.", lambda z, y: 1 - softmax(z)[np.arange(len(y)), y].mean()),
        (
            "Differs from what was expected.",
            lambda z, y: ((softmax(z) - np.eye(z.shape[1])[y]) ** 2).sum(1).mean(),
        ),
        (
            "Differs from what was expected.",
            lambda z, y: -A.log_softmax(z)[np.arange(len(y)), y - 1].mean(),
        ),
        ("Differs from what was expected.", lambda z, y: -np.log(softmax(z).mean())),
        (
            "Differs from what was expected.",
            lambda z, y: np.exp(-A.log_softmax(z)[np.arange(len(y)), y].mean()),
        ),
        ("Differs from what was expected.", lambda z, y: (z.argmax(1) != y).mean()),
        (
            "Differs from what was expected.",
            lambda z, y: -2 * A.log_softmax(z)[np.arange(len(y)), y].mean(),
        ),
        (
            "Differs from what was expected.",
            lambda z, y: round(float(-A.log_softmax(z)[np.arange(len(y)), y].mean()), 2),
        ),
    ],
    "05.parameters": [
        (
            "Every pair of layers is joined.",
            lambda s: sum(a * b for i, a in enumerate(s) for b in s[i + 1 :]) + sum(s[1:]),
        ),
        ("The biases are forgotten.", lambda s: sum(a * b for a, b in zip(s, s[1:]))),
        ("One too many on both sides.", lambda s: sum((a + 1) * (b + 1) for a, b in zip(s, s[1:]))),
        ("Biases counted by the layer before.", lambda s: sum(a * b + a for a, b in zip(s, s[1:]))),
        ("One bias for each layer.", lambda s: sum(a * b for a, b in zip(s, s[1:])) + len(s)),
        ("Only the first layer is counted.", lambda s: s[0] * s[1] + s[1]),
        ("Differs from what was expected.", lambda s: s[0] * s[-1] + s[-1]),
        (
            "Sizes are added where they should be multiplied.",
            lambda s: sum(a + b for a, b in zip(s, s[1:])),
        ),
        ("A bias for each weight.", lambda s: sum(a * b for a, b in zip(s, s[1:])) * 2),
        ("The product of all sizes.", lambda s: math.prod(s) + sum(s[1:])),
        ("Differs from what was expected.", lambda s: sum(s) * sum(s)),
        (
            "Differs from what was expected.",
            lambda s: sum((a + 1) * b for a, b in zip(s, s[1:])) - 1,
        ),
        ("Differs from what was expected.", lambda s: max((a + 1) * b for a, b in zip(s, s[1:]))),
        (
            "An array instead of a number.",
            lambda s: np.array([(a + 1) * b for a, b in zip(s, s[1:])]),
        ),
        (
            "Differs from what was expected.",
            lambda s: sum(a**b for a, b in zip(s, s[1:])) if max(s) < 9 else 0,
        ),
    ],
    "05.accuracy": [
        ("The share is rounded.", lambda p, y: round((p.argmax(1) == y).mean(), 2)),
        ("Sum instead of mean.", lambda p, y: (p.argmax(1) == y).sum()),
        (
            "Differs from what was expected.",
            lambda p, y: (p.argmax(0) == y).mean() if p.shape[1] == len(y) else 0.0,
        ),
        ("The smallest share instead of the largest.", lambda p, y: (p.argmin(1) == y).mean()),
        ("Classes are counted from 1.", lambda p, y: (p.argmax(1) + 1 == y).mean()),
        (
            "Differs from what was expected.",
            lambda p, y: (p.round() == np.eye(p.shape[1])[y]).mean(),
        ),
        ("The share of wrong answers.", lambda p, y: (p.argmax(1) != y).mean()),
        ("All or nothing.", lambda p, y: (p.argmax(1) == y).all()),
        ("Differs from what was expected.", lambda p, y: np.abs(p.argmax(1) - y).mean()),
        ("Differs from what was expected.", lambda p, y: p.max(1).mean()),
        ("The mean share of the right class.", lambda p, y: p[np.arange(len(y)), y].mean()),
        ("Percent instead of a share.", lambda p, y: 100 * (p.argmax(1) == y).mean()),
        ("Divided by 10.", lambda p, y: (p.argmax(1) == y).sum() / 10),
        ("Differs from what was expected.", lambda p, y: (p.argmax(1) == y).sum() / (len(y) + 1)),
        ("Divided by the number of entries.", lambda p, y: (p.argmax(1) == y).sum() / p.size),
        (
            "Divided by the number of entries.",
            lambda p, y: ((p.argmax(1) == y)[:, None] * p).mean(),
        ),
        ("A str instead of a number.", lambda p, y: str((p.argmax(1) == y).mean())),
        ("A list instead of a number.", lambda p, y: [(p.argmax(1) == y).mean()]),
        (
            "Differs from what was expected.",
            lambda p, y: (p.argmax(1) == y)[1:].mean() if len(y) > 1 else 1.0,
        ),
    ],
    "05.forward": [
        ("Tanh in the place of sigmoid.", lambda x, layers: network(x, layers, np.tanh)),
        ("Relu in the place of sigmoid.", lambda x, layers: network(x, layers, relu)),
        ("Step in the place of sigmoid.", lambda x, layers: network(x, layers, step)),
        ("No activation at all.", lambda x, layers: network(x, layers, lambda z: z)),
        ("Sigmoid at the end as well.", lambda x, layers: network(x, layers, last=sigmoid)),
        ("Softmax at the end.", lambda x, layers: network(x, layers, last=softmax)),
        ("Relu at the end.", lambda x, layers: network(x, layers, last=relu)),
        ("The sigmoid is mirrored.", lambda x, layers: network(x, layers, lambda z: sigmoid(-z))),
        (
            "Differs from what was expected.",
            lambda x, layers: network(x, layers, lambda z: sigmoid(2 * z)),
        ),
        (
            "Differs from what was expected.",
            lambda x, layers: network(x, layers, lambda z: sigmoid(sigmoid(z))),
        ),
        (
            "Differs from what was expected.",
            lambda x, layers: network(x, layers, lambda z: sigmoid(z) * (1 - sigmoid(z))),
        ),
        ("Overflow.", lambda x, layers: network(x, layers, lambda z: 1 / (1 + np.exp(-z)))),
        (
            "Differs from what was expected.",
            lambda x, layers: network(x, layers, lambda z: 1 / (1 + np.exp(-np.clip(z, -2, 2)))),
        ),
        ("The axes are exchanged.", lambda x, layers: network(x, layers).T),
        ("An axis of length 1 is lost.", lambda x, layers: network(x, layers).sum(1)),
        (
            "Differs from what was expected.",
            lambda x, layers: network(x, layers[1:]) if len(layers) > 1 else x,
        ),
        ("The bias is missing.", lambda x, layers: network(x, [(W, 0 * b) for W, b in layers])),
        ("The bias is subtracted.", lambda x, layers: network(x, [(W, -b) for W, b in layers])),
        ("Differs from what was expected.", lambda x, layers: np.round(network(x, layers), 1)),
        ("Only the first row is run.", lambda x, layers: network(x, layers)[:1]),
    ],
    "06.updates": [
        ("Rounded down.", lambda n, b: n // b),
        ("Always one more.", lambda n, b: n // b + 1),
        ("Rounded to the nearest whole number.", lambda n, b: int(n / b + 0.5)),
        ("Rounded to the nearest whole number.", lambda n, b: round(n / b)),
        ("Differs from what was expected.", lambda n, b: math.ceil(n / b) + 1),
        ("A float instead of an int.", lambda n, b: n / b),
        ("A float instead of an int.", lambda n, b: np.ceil(n / b)),
        ("Differs from what was expected.", lambda n, b: (n - 1) // b),
        ("Always one more.", lambda n, b: (n + b) // b),
        ("The size of the last batch.", lambda n, b: n % b),
        ("Looks like: samples and batch size are exchanged.", lambda n, b: b // n if n else 0),
        ("Rounded down.", lambda n, b: math.floor(n / b)),
        ("Differs from what was expected.", lambda n, b: len(range(0, n, b)) - 1),
        ("At least one update.", lambda n, b: max(math.ceil(n / b), 1)),
        ("Differs from what was expected.", lambda n, b: n - b),
        ("A str instead of a number.", lambda n, b: str(-(-n // b))),
    ],
    "06.shuffle": [
        (
            "What came does not depend on rng.",
            lambda x, y, rng: (
                rng.random(),
                ordered(np.random.default_rng(0).permutation(len(x)), x, y),
            )[1],
        ),
        (
            "The generator rng is not used.",
            lambda x, y, rng: ordered(np.random.permutation(len(x)), x, y),
        ),
        (
            "The generator rng is not used.",
            lambda x, y, rng: ordered(random.sample(range(len(x)), len(x)), x, y),
        ),
        (
            "Moved along or reversed, but not shuffled.",
            lambda x, y, rng: ordered(np.roll(np.arange(len(x)), rng.integers(1, len(x))), x, y),
        ),
        (
            "Moved along or reversed, but not shuffled.",
            lambda x, y, rng: ordered(np.arange(len(x))[::-1], x, y),
        ),
        (
            "Some rows come twice, others never.",
            lambda x, y, rng: ordered(rng.integers(0, len(x), len(x)), x, y),
        ),
        (
            "Some rows come twice, others never.",
            lambda x, y, rng: ordered(rng.choice(len(x), len(x)), x, y),
        ),
        (
            "Rows and labels are shuffled apart.",
            lambda x, y, rng: (x[rng.permutation(len(x))], y[rng.permutation(len(y))]),
        ),
        (
            "The rows are shuffled, but the labels are not.",
            lambda x, y, rng: (x[rng.permutation(len(x))], y),
        ),
        ("Nothing is shuffled.", lambda x, y, rng: (x, y)),
        (
            "Rows are missing, or there are too many.",
            lambda x, y, rng: ordered(rng.permutation(len(x) - 1), x, y),
        ),
        (
            "Some rows never get to some places.",
            lambda x, y, rng: ordered(np.append(rng.permutation(len(x) - 1), len(x) - 1), x, y),
        ),
        (
            "Some rows never get to some places.",
            lambda x, y, rng: ordered(np.insert(1 + rng.permutation(len(x) - 1), 0, 0), x, y),
        ),
        ("Wrong shape.", lambda x, y, rng: ordered(rng.permutation(len(x)), y, x)),
        (
            "An array instead of a tuple.",
            lambda x, y, rng: ordered(rng.permutation(len(x)), x, y)[0],
        ),
        (
            "Rows came back that x did not have.",
            lambda x, y, rng: (rng.permuted(x), rng.permuted(y)),
        ),
        (
            "Some rows never get to some places.",
            lambda x, y, rng: ordered(
                np.concatenate(
                    [k + rng.permutation(2) for k in range(0, len(x) - 1, 2)]
                    + [np.arange(len(x) // 2 * 2, len(x))]
                ),
                x,
                y,
            ),
        ),
        (
            "Some rows never get to some places.",
            lambda x, y, rng: ordered(
                np.concatenate(
                    [(2 * k, 2 * k + 1) for k in rng.permutation(len(x) // 2)]
                    + [np.arange(len(x) // 2 * 2, len(x))]
                ).astype(int),
                x,
                y,
            ),
        ),
        (
            "The generator rng is not used.",
            lambda x, y, rng: ordered(np.random.default_rng().permutation(len(x)), x, y),
        ),
    ],
    "06.batches": [
        ("The rows are spread evenly.", lambda x, b: np.array_split(x, max(1, -(-len(x) // b)))),
        ("The batch size is taken for the number of batches.", lambda x, b: np.array_split(x, b)),
        ("The last batch is missing.", lambda x, b: cut(x, range(0, len(x) - b + 1, b), b)),
        ("Each batch is one row too long.", lambda x, b: cut(x, range(0, len(x), b), b + 1)),
        ("2 values instead of 3.", lambda x, b: cut(x, range(0, len(x), b + 1), b)),
        ("A tuple instead of a list.", lambda x, b: tuple(cut(x, range(0, len(x), b), b))),
        (
            "The last batch is filled up.",
            lambda x, b: [np.resize(p, (b, *x.shape[1:])) for p in cut(x, range(0, len(x), b), b)],
        ),
        ("Every batch_size-th row.", lambda x, b: [x[k::b] for k in range(b)]),
        ("Each row is a batch of its own.", lambda x, b: list(x)),
        ("The batches come in the wrong order.", lambda x, b: cut(x, range(0, len(x), b), b)[::-1]),
        (
            "A list instead of an array.",
            lambda x, b: [p.tolist() for p in cut(x, range(0, len(x), b), b)],
        ),
        ("Your function stopped with a ValueError.", lambda x, b: x.reshape(-1, b, *x.shape[1:])),
        ("The axes are exchanged.", lambda x, b: [p.T for p in cut(x, range(0, len(x), b), b)]),
        (
            "The last batch is missing.",
            lambda x, b: [p for p in cut(x, range(0, len(x), b), b) if len(p) == b],
        ),
        ("1 value instead of 3.", lambda x, b: [x]),
        ("A number instead of a list.", lambda x, b: len(cut(x, range(0, len(x), b), b))),
        ("4 values instead of 3.", lambda x, b: cut(x, range(0, len(x), b), b) + [x[:0]]),
        ("A dict instead of a list.", lambda x, b: dict(enumerate(cut(x, range(0, len(x), b), b)))),
    ],
    "07.relu_backward": [
        (
            "One mask for a whole row or column.",
            lambda d, h: d * (h > 0).any(axis=1, keepdims=True),
        ),
        ("Everything passes, as with h >= 0 or with no mask at all.", lambda d, h: d * (h >= 0)),
        ("The slope of the sigmoid.", lambda d, h: d * h * (1 - h)),
        ("The outputs themselves instead of the mask.", lambda d, h: d * (h > 0) * h),
        ("The slope of tanh.", lambda d, h: d * (1 - h**2)),
        ("The sign of the gradient is lost or turned.", lambda d, h: -d * (h > 0)),
        ("Differs from what was expected.", lambda d, h: d * (h > 0) * 0.5),
        ("Some of it leaks through where relu was off.", lambda d, h: np.where(h > 0, d, 0.01 * d)),
        ("The mask alone came back.", lambda d, h: np.where(h > 0, 1, 0)),
        ("The mask is taken from d instead of h.", lambda d, h: np.maximum(0, d)),
        ("Differs from what was expected.", lambda d, h: d * (h > 0.1)),
        ("Differs from what was expected.", lambda d, h: d + (h > 0)),
        ("Differs from what was expected.", lambda d, h: d - h),
        ("Differs from what was expected.", lambda d, h: d / (h + 1e-9)),
        ("Wrong shape.", lambda d, h: (d * (h > 0)).sum(axis=0)),
        ("The axes are exchanged.", lambda d, h: (d * (h > 0)).T),
        ("Wrong shape.", lambda d, h: h.T @ d),
        ("Negative gradients are stopped as well.", lambda d, h: d * (d > 0) * (h > 0)),
        ("The sign of the gradient is lost or turned.", lambda d, h: np.abs(d) * (h > 0)),
        ("The sign of the gradient is lost or turned.", lambda d, h: d * np.sign(d) * np.sign(h)),
    ],
    "07.dense_backward": [
        ("All three point downhill.", lambda x, W, d: (-x.T @ d, -d.sum(0), -d @ W.T)),
        (
            "Mean instead of sum over the samples.",
            lambda x, W, d: (x.T @ d / len(x), d.mean(0), d @ W.T),
        ),
        (
            "Mean instead of sum over the samples.",
            lambda x, W, d: (x.T @ d, d.sum(0), d @ W.T / len(x)),
        ),
        (
            "Gradient of x: differs from what was expected.",
            lambda x, W, d: (x.T @ d, d.sum(0), (W @ d.T).T * 2),
        ),
        ("The gradient of W is transposed.", lambda x, W, d: (d.T @ x, d.sum(0), d @ W.T)),
        (
            "The gradient of b is summed along the wrong axis.",
            lambda x, W, d: (x.T @ d, d.sum(1), d @ W.T),
        ),
        (
            "The gradient of b is one number for all units.",
            lambda x, W, d: (x.T @ d, d.sum(), d @ W.T),
        ),
        ("Wrong shape.", lambda x, W, d: (x.T @ d, x.sum(0), d @ W.T)),
        (
            "The gradient of b is 1 for each sample.",
            lambda x, W, d: (x.T @ d, np.ones(W.shape[1]), d @ W.T),
        ),
        ("The gradient of x is transposed.", lambda x, W, d: (x.T @ d, d.sum(0), W @ d.T)),
        ("The three results stand in another order.", lambda x, W, d: (d @ W.T, d.sum(0), x.T @ d)),
        ("The three results stand in another order.", lambda x, W, d: (x.T @ d, d @ W.T, d.sum(0))),
        ("2 values instead of 3.", lambda x, W, d: [x.T @ d, d.sum(0)]),
        ("An array instead of a tuple.", lambda x, W, d: x.T @ d),
        ("New weights instead of gradients.", lambda x, W, d: (W - x.T @ d, d.sum(0), d @ W.T)),
        (
            "The gradient of b is not summed over the samples.",
            lambda x, W, d: (x.T @ d, d[0], d @ W.T),
        ),
        (
            "Right for one sample, wrong for a batch.",
            lambda x, W, d: (x[0:1].T @ d[0:1], d.sum(0), d @ W.T),
        ),
        ("Right for one sample, wrong for a batch.", lambda x, W, d: (x.T @ d, d.max(0), d @ W.T)),
        ("A dict instead of a tuple.", lambda x, W, d: {"W": x.T @ d, "b": d.sum(0), "x": d @ W.T}),
    ],
    "07.numerical_gradient": [
        (
            "The brackets around the difference are missing.",
            lambda f, x: slopes(f, x, lambda f, x, e: f(x + 1e-5 * e) - f(x - 1e-5 * e) / 2e-5),
        ),
        (
            "h is too small.",
            lambda f, x: slopes(
                f, x, lambda f, x, e: (f(x + 1e-15 * e) - f(x - 1e-15 * e)) / 2e-15
            ),
        ),
        (
            "A step to one side only.",
            lambda f, x: slopes(f, x, lambda f, x, e: (f(x + 1e-5 * e) - f(x)) / 1e-5),
        ),
        (
            "Divided by h instead of 2h.",
            lambda f, x: slopes(f, x, lambda f, x, e: (f(x + 1e-5 * e) - f(x - 1e-5 * e)) / 1e-5),
        ),
        (
            "The sign is turned round.",
            lambda f, x: slopes(f, x, lambda f, x, e: (f(x - 1e-5 * e) - f(x + 1e-5 * e)) / 2e-5),
        ),
        ("h is too large.", lambda f, x: slopes(f, x, lambda f, x, e: (f(x + e) - f(x - e)) / 2)),
        (
            "h is too large.",
            lambda f, x: slopes(f, x, lambda f, x, e: (f(x + 0.1 * e) - f(x - 0.1 * e)) / 0.2),
        ),
        (
            "The slopes come out much too small.",
            lambda f, x: slopes(
                f, x, lambda f, x, e: (f(x + 1e-5 * e) - f(x - 1e-5 * e)) / 2 * 1e-5
            ),
        ),
        (
            "Differs from what was expected.",
            lambda f, x: slopes(f, x, lambda f, x, e: (f(x + 1e-5 * e) + f(x - 1e-5 * e)) / 2e-5),
        ),
        (
            "The difference is not divided.",
            lambda f, x: slopes(f, x, lambda f, x, e: f(x + 1e-5 * e) - f(x - 1e-5 * e)),
        ),
        (
            "Differs from what was expected.",
            lambda f, x: slopes(f, x, lambda f, x, e: f(1e-5 * e) / 1e-5),
        ),
        (
            "Differs from what was expected.",
            lambda f, x: slopes(
                f, x, lambda f, x, e: abs(f(x + 1e-5 * e) - f(x - 1e-5 * e)) / 2e-5
            ),
        ),
        ("Differs from what was expected.", lambda f, x: slopes(f, x, lambda f, x, e: f(x))),
        ("A number instead of an array.", lambda f, x: f(x)),
        ("All entries are moved at once.", lambda f, x: (f(x + 1e-5) - f(x - 1e-5)) / 2e-5),
        (
            "The result is flat.",
            lambda f, x: slopes(
                f, x, lambda f, x, e: (f(x + 1e-5 * e) - f(x - 1e-5 * e)) / 2e-5
            ).ravel(),
        ),
        (
            "The axes are exchanged.",
            lambda f, x: slopes(f, x, lambda f, x, e: (f(x + 1e-5 * e) - f(x - 1e-5 * e)) / 2e-5).T,
        ),
        (
            "Differs from what was expected.",
            lambda f, x: np.round(
                slopes(f, x, lambda f, x, e: (f(x + 1e-5 * e) - f(x - 1e-5 * e)) / 2e-5)
            ),
        ),
    ],
    "08.loss_gradient": [
        ("Sigmoid in the place of softmax.", lambda z, t: (sigmoid(z) - t) / len(z)),
        ("Twice the gradient, as of a squared error.", lambda z, t: 2 * (softmax(z) - t) / len(z)),
        ("Sum instead of mean.", lambda z, t: softmax(z) - t),
        ("The sign is exchanged.", lambda z, t: (t - softmax(z)) / len(z)),
        ("Divided by the number of classes.", lambda z, t: (softmax(z) - t) / z.shape[1]),
        ("Divided by the number of entries.", lambda z, t: (softmax(z) - t) / z.size),
        ("Softmax is missing.", lambda z, t: (z - t) / len(z)),
        ("The targets are left out.", lambda z, t: softmax(z) / len(z)),
        ("Differs from what was expected.", lambda z, t: (softmax(z) - t) ** 2 / len(z)),
        ("Differs from what was expected.", lambda z, t: np.abs(softmax(z) - t) / len(z)),
        ("Log-softmax in the place of softmax.", lambda z, t: (A.log_softmax(z) - t) / len(z)),
        ("Differs from what was expected.", lambda z, t: (softmax(z) * t - t) / len(z)),
        (
            "Differs from what was expected.",
            lambda z, t: (softmax(z) - t.argmax(1)[:, None]) / len(z),
        ),
        ("The rows are added up already.", lambda z, t: (softmax(z) - t).mean(0)),
        ("A number instead of an array.", lambda z, t: (softmax(z) - t).sum()),
        ("The gradient for the shares, not for the scores.", lambda z, t: -t / softmax(z) / len(z)),
        ("Differs from what was expected.", lambda z, t: (softmax(z - t)) / len(z)),
        ("Right for one sample, wrong for a batch.", lambda z, t: softmax(z) - t / len(z)),
        (
            "The smallest score is subtracted, not the largest.",
            lambda z, t: (
                ((lambda e: e / e.sum(1, keepdims=True))(np.exp(z - z.min(1, keepdims=True))) - t)
                / len(z)
            ),
        ),
        ("Softmax along the wrong axis.", lambda z, t: (softmax(z.T).T - t) / len(z)),
    ],
    "08.confusion": [
        (
            "A small dtype counts round like a clock.",
            lambda y, p, c: counted(y, p, c).astype("uint8"),
        ),
        ("Rows and columns are exchanged.", lambda y, p, c: counted(p, y, c)),
        ("Shares instead of counts.", lambda y, p, c: counted(y, p, c) / len(y)),
        ("Only the right answers are counted.", lambda y, p, c: np.diag(np.diag(counted(y, p, c)))),
        (
            "Only the wrong answers are counted.",
            lambda y, p, c: counted(y, p, c) - np.diag(np.diag(counted(y, p, c))),
        ),
        ("Each pair is counted only once.", lambda y, p, c: (counted(y, p, c) > 0).astype(int)),
        (
            "The size comes from the labels that happen to occur.",
            lambda y, p, c: counted(y, p, max(y.max(), p.max()) + 1),
        ),
        (
            "Each pair is counted in both directions.",
            lambda y, p, c: counted(y, p, c) + counted(p, y, c),
        ),
        (
            "Each pair is counted only once.",
            lambda y, p, c: counted(y, p, c, lambda m, i, j: m.__setitem__((i, j), 1)),
        ),
        (
            "Differs from what was expected.",
            lambda y, p, c: counted(y, p, c, lambda m, i, j: m.__setitem__((j, j), m[j, j] + 1)),
        ),
        (
            "Differs from what was expected.",
            lambda y, p, c: counted(y, p, c, lambda m, i, j: m.__setitem__(i, m[i] + 1)),
        ),
        ("A list instead of an array.", lambda y, p, c: counted(y, p, c).tolist()),
        ("A number instead of an array.", lambda y, p, c: counted(y, p, c).sum()),
        ("Wrong shape.", lambda y, p, c: np.bincount(y * c + p, minlength=c * c)),
        ("The last picture is missing.", lambda y, p, c: counted(y[:-1], p[:-1], c)),
        ("The table is always 10 by 10.", lambda y, p, c: counted(y, p, 10)),
        ("Differs from what was expected.", lambda y, p, c: counted(y, p, c)[::-1]),
        ("A number instead of an array.", lambda y, p, c: (y == p).sum()),
        ("Wrong shape.", lambda y, p, c: np.eye(c)[y] * np.eye(c)[p]),
    ],
    "08.train": [
        ("Sigmoid in the place of softmax.", lambda *a: descended(*a, p=sigmoid)),
        ("Softmax is missing.", lambda *a: descended(*a, p=lambda z: z)),
        ("Kernel: differs from what was expected.", lambda *a: descended(*a, p=relu)),
        (
            "The gradient of bias is one number for all classes.",
            lambda *a: descended(*a, gb=lambda d: d.sum()),
        ),
        (
            "The gradient of bias is divided by n twice.",
            lambda *a: descended(*a, gb=lambda d: d.mean(0)),
        ),
        ("The bias does not learn.", lambda *a: descended(*a, gb=lambda d: 0)),
        (
            "The gradient of kernel is divided by n twice.",
            lambda *a: descended(*a, gk=lambda r, d: r.T @ d / len(r)),
        ),
        (
            "Kernel goes downhill, bias uphill, or the other way round.",
            lambda *a: descended(*a, gk=lambda r, d: -r.T @ d),
        ),
        ("Sum instead of mean.", lambda *a: descended(*a, d=lambda p, y: p - y)),
        ("The weights go uphill.", lambda *a: descended(*a, d=lambda p, y: (y - p) / len(p))),
        (
            "Twice the gradient, as of a squared error.",
            lambda *a: descended(*a, d=lambda p, y: 2 * (p - y) / len(p)),
        ),
        (
            "Kernel: differs from what was expected.",
            lambda *a: descended(*a, d=lambda p, y: (p - y) * p * (1 - p) / len(p)),
        ),
        (
            "Kernel: differs from what was expected.",
            lambda *a: descended(*a, d=lambda p, y: (p - y) / p.size),
        ),
        (
            "Kernel: differs from what was expected.",
            lambda *a: descended(*a, d=lambda p, y: np.abs(p - y) / len(p)),
        ),
        (
            "The last short batch is missing.",
            lambda *a: descended(*a, starts=lambda n, s: range(0, n - s + 1, s)),
        ),
        ("The batches overlap.", lambda *a: descended(*a, starts=lambda n, s: range(n))),
        (
            "The batches come in the wrong order.",
            lambda *a: descended(*a, starts=lambda n, s: reversed(range(0, n, s))),
        ),
        ("A fixed learning rate.", lambda *a: descended(*a[:4], 0.1, *a[5:])),
        ("Only one epoch.", lambda *a: descended(*a[:6], 1)),
        ("Kernel and bias are exchanged.", lambda *a: descended(*a)[::-1]),
        ("One big batch instead of mini-batches.", lambda *a: descended(*a[:5], 32, a[6])),
    ],
    "09.momentum": [
        (
            "A number in the place of the argument momentum.",
            lambda w, v, g, r, m: (w + 0.9 * v - r * g, 0.9 * v - r * g),
        ),
        ("The weights go uphill.", lambda w, v, g, r, m: (w + m * v + r * g, m * v + r * g)),
        ("The velocity is subtracted.", lambda w, v, g, r, m: (w - m * v + r * g, m * v - r * g)),
        ("The learning rate is missing.", lambda w, v, g, r, m: (w + m * v - g, m * v - g)),
        (
            "Learning rate and momentum are exchanged.",
            lambda w, v, g, r, m: (w + r * v - m * g, r * v - m * g),
        ),
        (
            "The weights move by the gradient alone.",
            lambda w, v, g, r, m: (w - r * g, m * v - r * g),
        ),
        ("The old velocity moves the weights.", lambda w, v, g, r, m: (w + v, m * v - r * g)),
        ("The old velocity is given back.", lambda w, v, g, r, m: (w + m * v - r * g, v)),
        ("The velocity is not given back.", lambda w, v, g, r, m: w + m * v - r * g),
        (
            "Weights and velocity are exchanged.",
            lambda w, v, g, r, m: (m * v - r * g, w + m * v - r * g),
        ),
        (
            "The gradient is multiplied by 1 - momentum.",
            lambda w, v, g, r, m: (w + m * v - (1 - m) * r * g, m * v - (1 - m) * r * g),
        ),
        (
            "1 - momentum in the place of momentum.",
            lambda w, v, g, r, m: (w + (1 - m) * v - r * g, (1 - m) * v - r * g),
        ),
        (
            "Momentum slows the new push as well.",
            lambda w, v, g, r, m: (w + m * (v - r * g), m * (v - r * g)),
        ),
        (
            "Weights: differs from what was expected.",
            lambda w, v, g, r, m: (w + m * v - r * g**2, m * v - r * g**2),
        ),
        (
            "Weights: differs from what was expected.",
            lambda w, v, g, r, m: (w + m * v - r * np.sign(g), m * v - r * np.sign(g)),
        ),
        (
            "Weights: differs from what was expected.",
            lambda w, v, g, r, m: (m * w + v - r * g, m * v - r * g),
        ),
        (
            "A list instead of an array.",
            lambda w, v, g, r, m: ([m * float(a) - r * float(b) for a, b in zip(v, g)], v),
        ),
        (
            "Weights: differs from what was expected.",
            lambda w, v, g, r, m: (w + 2 * (m * v - r * g), m * v - r * g),
        ),
        ("3 values instead of 2.", lambda w, v, g, r, m: (w + m * v - r * g, m * v - r * g, g)),
    ],
    "09.split": [
        (
            "Neighbours stay together.",
            lambda x, y, n, rng: parts(
                np.roll(np.arange(len(x)), -int(rng.integers(len(x)))), n, x, y
            ),
        ),
        ("The samples were not shuffled.", lambda x, y, n, rng: parts(np.arange(len(x)), n, x, y)),
        (
            "The generator rng is not used.",
            lambda x, y, n, rng: parts(np.random.permutation(len(x)), n, x, y),
        ),
        (
            "What came does not depend on rng.",
            lambda x, y, n, rng: (
                rng.random(),
                parts(np.random.default_rng(1).permutation(len(x)), n, x, y),
            )[1],
        ),
        (
            "Some samples come twice, others never.",
            lambda x, y, n, rng: parts(rng.integers(0, len(x), len(x)), n, x, y),
        ),
        (
            "The sizes are exchanged.",
            lambda x, y, n, rng: parts(rng.permutation(len(x)), len(x) - n, x, y),
        ),
        (
            "The parts have the wrong sizes.",
            lambda x, y, n, rng: parts(rng.permutation(len(x)), n - 1, x, y),
        ),
        (
            "The parts have the wrong sizes.",
            lambda x, y, n, rng: parts(rng.permutation(len(x)), len(x) // 5, x, y),
        ),
        ("One sample is lost.", lambda x, y, n, rng: parts(rng.permutation(len(x) - 1), n, x, y)),
        (
            "Some samples are never held back, or always.",
            lambda x, y, n, rng: parts(np.append(rng.permutation(len(x) - 1), len(x) - 1), n, x, y),
        ),
        (
            "The four arrays come in another order.",
            lambda x, y, n, rng: (lambda a, b, c, d: (a, c, b, d))(
                *parts(rng.permutation(len(x)), n, x, y)
            ),
        ),
        (
            "The sizes are exchanged.",
            lambda x, y, n, rng: (lambda a, b, c, d: (c, d, a, b))(
                *parts(rng.permutation(len(x)), n, x, y)
            ),
        ),
        (
            "3 values instead of 4.",
            lambda x, y, n, rng: (lambda a, b, c, d: (a, b, c))(
                *parts(rng.permutation(len(x)), n, x, y)
            ),
        ),
        (
            "x and y no longer belong together.",
            lambda x, y, n, rng: parts(rng.permutation(len(x)), n, x, rng.permutation(y)),
        ),
        (
            "There are rows that x did not have.",
            lambda x, y, n, rng: parts(rng.permutation(len(x)), n, rng.permuted(x, axis=1), y),
        ),
        ("The sizes are exchanged.", lambda x, y, n, rng: parts(rng.permutation(len(x)), -n, x, y)),
    ],
    "09.adam": [
        (
            "Epsilon has another size.",
            lambda w, m, v, g, t, r: (lambda m, v, a, b: (w - r * a / (np.sqrt(b) + 1e-4), m, v))(
                *hats(m, v, g, t)
            ),
        ),
        (
            "Epsilon stands inside the root.",
            lambda w, m, v, g, t, r: (lambda m, v, a, b: (w - r * a / np.sqrt(b + 1e-7), m, v))(
                *hats(m, v, g, t)
            ),
        ),
        (
            "Only m is corrected.",
            lambda w, m, v, g, t, r: (lambda m, v, a, b: (w - r * a / (np.sqrt(v) + 1e-7), m, v))(
                *hats(m, v, g, t)
            ),
        ),
        (
            "Only v is corrected.",
            lambda w, m, v, g, t, r: (lambda m, v, a, b: (w - r * m / (np.sqrt(b) + 1e-7), m, v))(
                *hats(m, v, g, t)
            ),
        ),
        (
            "The root is missing.",
            lambda w, m, v, g, t, r: (lambda m, v, a, b: (w - r * a / (b + 1e-7), m, v))(
                *hats(m, v, g, t)
            ),
        ),
        (
            "The learning rate is missing.",
            lambda w, m, v, g, t, r: (lambda m, v, a, b: (w - a / (np.sqrt(b) + 1e-7), m, v))(
                *hats(m, v, g, t)
            ),
        ),
        (
            "The weights go uphill.",
            lambda w, m, v, g, t, r: (lambda m, v, a, b: (w + r * a / (np.sqrt(b) + 1e-7), m, v))(
                *hats(m, v, g, t)
            ),
        ),
        (
            "The corrected m and v are given back.",
            lambda w, m, v, g, t, r: (lambda m, v, a, b: (w - r * a / (np.sqrt(b) + 1e-7), a, b))(
                *hats(m, v, g, t)
            ),
        ),
        (
            "The old m and v are given back.",
            lambda w, m, v, g, t, r: (lambda n, u, a, b: (w - r * a / (np.sqrt(b) + 1e-7), m, v))(
                *hats(m, v, g, t)
            ),
        ),
        (
            "The gradient moves the weights, not m.",
            lambda w, m, v, g, t, r: (lambda m, v, a, b: (w - r * g / (np.sqrt(b) + 1e-7), m, v))(
                *hats(m, v, g, t)
            ),
        ),
        (
            "m: differs from what was expected.",
            lambda w, m, v, g, t, r: (lambda m, v, a, b: (w - r * a / (np.sqrt(b) + 1e-7), v, m))(
                *hats(m, v, g, t)
            ),
        ),
        (
            "Weights: differs from what was expected.",
            lambda w, m, v, g, t, r: (lambda m, v, a, b: (w - r * a * (np.sqrt(b) + 1e-7), m, v))(
                *hats(m, v, g, t)
            ),
        ),
        (
            "Weights: differs from what was expected.",
            lambda w, m, v, g, t, r: (lambda m, v, a, b: (w - r * np.sqrt(b) / (a + 1e-7), m, v))(
                *hats(m, v, g, t)
            ),
        ),
        (
            "Epsilon is missing.",
            lambda w, m, v, g, t, r: (lambda m, v, a, b: (w - r * a / np.sqrt(b) + 1e-7, m, v))(
                *hats(m, v, g, t)
            ),
        ),
        (
            "The step is counted from 0.",
            lambda w, m, v, g, t, r: (lambda m, v, a, b: (w - r * a / (np.sqrt(b) + 1e-7), m, v))(
                *hats(m, v, g, t - 1)
            ),
        ),
        (
            "An array instead of a tuple.",
            lambda w, m, v, g, t, r: (lambda m, v, a, b: w - r * a / (np.sqrt(b) + 1e-8))(
                *hats(m, v, g, t)
            ),
        ),
        ("Weights: differs from what was expected.", lambda w, m, v, g, t, r: (w - r * g, m, v)),
        (
            "Weights: differs from what was expected.",
            lambda w, m, v, g, t, r: (lambda m, v, a, b: (a / (np.sqrt(b) + 1e-7), m, v))(
                *hats(m, v, g, t)
            ),
        ),
    ],
}
