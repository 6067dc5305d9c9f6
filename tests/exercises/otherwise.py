"""Right answers, each written in another way than the solution: loops, lists, float32, formulas."""

# ruff: noqa: B905, C417, E741, RUF007
import math

import numpy as np

from nbhelpers import activations as A
from nbhelpers import metrics

F = "float32"


def each(function, *arrays):
    """Return an array made by a loop over the rows."""
    return np.array([function(*row) for row in zip(*arrays)])


def trained(x, t, k, b, r, size, epochs, dtype=float):
    x, t, k, b = (a.astype(dtype) for a in (x, t, k, b))
    for _ in range(epochs):
        start = 0
        while start < len(x):
            rows, y = x[start : start + size], t[start : start + size]
            z = rows.dot(k) + b
            e = np.exp(z - z.max(axis=1)[:, None])
            d = (e / e.sum(axis=1)[:, None] - y) / rows.shape[0]
            k, b = k - dtype(r) * np.dot(rows.T, d), b - dtype(r) * np.sum(d, axis=0)
            start += size
    return k, b


def slopes(f, x, h):
    out = []
    for i in range(x.size):
        e = np.zeros(x.size)
        e[i] = h
        e = e.reshape(x.shape)
        out.append((f(x + e) - f(x - e)) / (2 * h))
    return np.reshape(out, x.shape)


def table(labels, predictions, classes, kind=int):
    return np.array(
        [
            [kind(np.sum((labels == i) & (predictions == j))) for j in range(classes)]
            for i in range(classes)
        ]
    )


def split(x, y, n, order):
    return x[order[n:]], y[order[n:]], x[order[:n]], y[order[:n]]


def quick_sort(values):
    return sorted(range(len(values)), key=values.__getitem__)


OTHERWISE = {
    "01.flatten": [
        lambda images: np.array([image.flatten() for image in images]),
        lambda images: images.reshape(images.shape[0], math.prod(images.shape[1:])),
        lambda images: np.stack([image.ravel() for image in images]).astype(F),
        lambda images: images.copy().reshape(len(images), images.shape[1] * images.shape[2]),
        lambda images: np.concatenate([images[:, i] for i in range(images.shape[1])], axis=1),
        lambda images: np.array([[p for r in i for p in r] for i in images.tolist()]),
        lambda images: images.transpose(1, 2, 0).reshape(-1, len(images)).T,
    ],
    "01.batch": [
        lambda x, n, size: x[np.arange(len(x)) // size == n],
        lambda x, n, size: np.array_split(x, range(size, len(x), size))[n],
        lambda x, n, size: x[size * n :][:size],
        lambda x, n, size: np.take(x, range(size * n, min(len(x), size * (n + 1))), axis=0),
        lambda x, n, size: np.array([v for i, v in enumerate(x) if i // size == n]),
        lambda x, n, size: x[slice(n * size, n * size + size)].astype(F),
    ],
    "01.errors": [
        lambda p, t: each(lambda a, b: float(a[0]) - float(b), p, t),
        lambda p, t: p.astype(F).ravel() - t.astype(F),
        lambda p, t: np.subtract(p[:, 0], t, dtype=float),
        lambda p, t: (p.astype(float) - t[:, None]).flatten(),
        lambda p, t: p[:, 0] * 1.0 - t * 1.0,
        lambda p, t: p[:, 0] - t.astype(float),
        lambda p, t: -(t - np.asarray(p[:, 0], float)),
        lambda p, t: (p.astype(float) - t.astype(float)).diagonal(),
    ],
    "02.affine": [
        lambda points, W, b: each(lambda p: W @ p + b, points),
        lambda points, W, b: (W @ points.T + b[:, None]).T.astype(F),
        lambda points, W, b: np.einsum("ij,nj->ni", W, points) + b,
        lambda points, W, b: points.astype(F) @ W.T.astype(F) + b.astype(F),
        lambda points, W, b: np.column_stack([points @ W[0] + b[0], points @ W[1] + b[1]]),
        lambda points, W, b: np.array(
            [[sum(w * q for w, q in zip(row, p)) + c for row, c in zip(W, b)] for p in points]
        ),
        lambda points, W, b: np.hstack([points, np.ones((len(points), 1))]) @ np.vstack([W.T, b]),
    ],
    "02.broadcast": [
        lambda a, b: np.broadcast(np.empty(a), np.empty(b)).shape,
        lambda a, b: np.add(np.ones(a), np.ones(b)).shape,
        lambda a, b: tuple(int(n) for n in np.broadcast_shapes(b, a)),
    ],
    "02.dot": [
        lambda a, b: (
            np.array(
                [
                    [sum(a[i, p] * b[p, j] for p in range(a.shape[1])) for j in range(b.shape[1])]
                    for i in range(len(a))
                ]
            )
            if a.shape[1] == len(b)
            else int("x")
        ),
        lambda a, b: np.array(
            [[math.fsum(x * y for x, y in zip(r, c, strict=True)) for c in b.T] for r in a]
        ),
    ],
    "03.sigmoid_slope": [
        lambda y: y - y**2,
        lambda y: (1 - y) * y,
        lambda y: 0.25 - (y - 0.5) ** 2,
        lambda y: np.array([v * (1 - v) for v in y]),
        lambda y: y.astype(F) * (1 - y.astype(F)),
        lambda y: np.vectorize(lambda v: v * (1 - v))(y),
        lambda y: np.multiply(y, np.subtract(1, y)),
    ],
    "03.two_layers": [
        lambda x1, x2, f, s, l: each(
            lambda a, b: int(
                l[0] * (f[0] * a + f[1] * b + f[2] > 0)
                + l[1] * (s[0] * a + s[1] * b + s[2] > 0)
                + l[2]
                > 0
            ),
            x1,
            x2,
        ),
        lambda x1, x2, f, s, l: np.where(
            np.where(f[0] * x1 + f[1] * x2 + f[2] > 0, l[0], 0)
            + np.where(s[0] * x1 + s[1] * x2 + s[2] > 0, l[1], 0)
            + l[2]
            > 0,
            1.0,
            0.0,
        ).astype(F),
        lambda x1, x2, f, s, l: (
            (
                np.array(l[:2])
                @ (np.array([f[:2], s[:2]]) @ np.array([x1, x2]) + np.array([[f[2]], [s[2]]]) > 0)
                + l[2]
            )
            > 0
        ),
    ],
    "03.sigmoid": [
        lambda x: 0.5 * (1 + np.tanh(0.5 * x)),
        lambda x: np.exp(-np.logaddexp(0, -x)),
        lambda x: np.exp(np.minimum(x, 0)) / (1 + np.exp(-np.abs(x))),
        lambda x: np.where(x >= 0, 1, np.exp(-np.abs(x))) / (1 + np.exp(-np.abs(x))),
        lambda x: 1 / (1 + np.exp(np.clip(-x, -700, 700))),
        lambda x: A.sigmoid(x).astype(F),
        lambda x: np.array([A.sigmoid(v) for v in x]),
        lambda x: 1 / (1 + np.exp(np.minimum(-x, 700.0))),
        lambda x: np.exp(x - np.logaddexp(0, x)),
    ],
    "04.predict": [
        lambda z: each(lambda *row: int(np.argmax(row)), *z.T),
        lambda z: np.array([row.argmax() for row in z]),
        lambda z: A.softmax(z).argmax(axis=1),
        lambda z: A.log_softmax(z).argmax(axis=-1),
        lambda z: np.argsort(z, axis=1)[:, -1],
        lambda z: np.array([max(range(len(row)), key=lambda k: row[k]) for row in z]),
        lambda z: np.array([list(row).index(max(row)) for row in z]),
        lambda z: (z == z.max(axis=1, keepdims=True)).argmax(axis=1),
        lambda z: z.astype(F).argmax(axis=1).astype(float),
        lambda z: np.nonzero(z == z.max(axis=1)[:, None])[1],
    ],
    "04.softmax": [
        lambda z: np.array([np.exp(r - r.max()) / np.exp(r - r.max()).sum() for r in z]),
        lambda z: np.exp(
            z
            - (
                z.max(1, keepdims=True)
                + np.log(np.exp(z - z.max(1, keepdims=True)).sum(1, keepdims=True))
            )
        ),
        lambda z: (lambda e: (e.T / e.sum(axis=1)).T)(np.exp(z - z.max(axis=1)[:, None])),
        lambda z: A.softmax(z.astype(F)),
        lambda z: 1 / np.exp(np.clip(z[:, None, :] - z[:, :, None], -700, 700)).sum(axis=2),
        lambda z: np.exp(A.log_softmax(z)),
        lambda z: np.array(
            [
                [math.exp(v - max(r)) / sum(math.exp(w - max(r)) for w in r) for v in r]
                for r in z.tolist()
            ]
        ),
    ],
    "04.cross_entropy": [
        lambda z, y: (
            sum(
                max(r) + math.log(sum(math.exp(v - max(r)) for v in r)) - r[k]
                for r, k in zip(z.tolist(), y)
            )
            / len(y)
        ),
        lambda z, y: -np.take_along_axis(A.log_softmax(z), y[:, None], axis=1).mean(),
        lambda z, y: -(np.eye(z.shape[1])[y] * A.log_softmax(z)).sum() / len(y),
        lambda z, y: float(np.mean([np.logaddexp.reduce(r) - r[k] for r, k in zip(z, y)])),
        lambda z, y: -A.log_softmax(z.astype(F))[range(len(y)), y].mean(),
        lambda z, y: np.logaddexp.reduce(z - z[np.arange(len(y)), y][:, None], axis=1).mean(),
    ],
    "05.parameters": [
        lambda s: sum((a + 1) * b for a, b in zip(s[:-1], s[1:])),
        lambda s: int(np.dot(np.add(s[:-1], 1), s[1:])),
        lambda s: 0 if len(s) < 2 else sum(s[k] * s[k + 1] + s[k + 1] for k in range(len(s) - 1)),
        lambda s: float(sum((a + 1) * b for a, b in zip(s, s[1:]))),
    ],
    "05.accuracy": [
        lambda p, y: sum(int(r.argmax()) == int(k) for r, k in zip(p, y)) / len(y),
        lambda p, y: metrics.sparse_categorical_accuracy(y, p).mean(),
        lambda p, y: 1 - (p.argmax(axis=1) != y).mean(),
        lambda p, y: np.mean(np.equal(p.argmax(1), y), dtype=F),
        lambda p, y: np.trace(table(y, p.argmax(1), p.shape[1])) / len(y),
    ],
    "05.forward": [
        lambda x, layers: each(lambda *r: one(np.array(r), layers), *x.T),
        lambda x, layers: one(x.astype(F), [(W.astype(F), b.astype(F)) for W, b in layers]),
        lambda x, layers: one(x, layers, lambda a: (1 + np.tanh(a / 2)) / 2),
        lambda x, layers: (
            x @ layers[0][0] + layers[0][1]
            if len(layers) == 1
            else one(A.sigmoid(x @ layers[0][0] + layers[0][1]), layers[1:])
        ),
    ],
    "06.updates": [
        lambda n, b: (n + b - 1) // b,
        lambda n, b: math.ceil(n / b),
        lambda n, b: n // b + bool(n % b),
        lambda n, b: len([k for k in range(n) if k % b == 0]) if n < 10**5 else -(-n // b),
        lambda n, b: divmod(n, b)[0] + (1 if divmod(n, b)[1] else 0),
        lambda n, b: np.int64(-(-n // b)),
    ],
    "06.shuffle": [
        lambda x, y, rng: (lambda o: (x[o], y[o]))(np.argsort(rng.normal(size=len(x)))),
        lambda x, y, rng: (lambda o: (np.array([x[i] for i in o]), np.array([y[i] for i in o])))(
            rng.permutation(len(x)).tolist()
        ),
        lambda x, y, rng: (lambda o: [x[o], y[o]])(rng.choice(len(y), len(y), replace=False)),
        lambda x, y, rng: (lambda o: (x[o], y[o]))(
            np.array(quick_sort(rng.random(len(x)).tolist()))
        ),
        lambda x, y, rng: (
            lambda s: (
                np.random.default_rng(s).permutation(x),
                np.random.default_rng(s).permutation(y),
            )
        )(rng.integers(2**31)),
        lambda x, y, rng: (lambda o: (x[o], y[o]))(rng.permuted(np.arange(len(x)))),
    ],
    "06.batches": [
        lambda x, b: [x[k : k + b] for k in range(0, len(x), b)],
        lambda x, b: (x[k * b : k * b + b] for k in range(-(-len(x) // b))),
        lambda x, b: np.split(x, range(b, len(x), b)) if len(x) else [],
        lambda x, b: list(map(lambda k: x[k : k + b].copy(), range(0, len(x), b))),
        lambda x, b: [
            x[np.arange(len(x)) // b == k].astype(F) for k in range(math.ceil(len(x) / b))
        ],
    ],
    "07.relu_backward": [
        lambda d, h: np.where(h > 0, d, 0),
        lambda d, h: d.astype(F) * (h > 0),
        lambda d, h: np.array([[g if v > 0 else 0.0 for g, v in zip(a, b)] for a, b in zip(d, h)]),
        lambda d, h: d * np.heaviside(h, 0),
        lambda d, h: np.sign(h) * d,
        lambda d, h: np.multiply(d, h != 0),
        lambda d, h: d - np.where(h > 0, 0, d),
    ],
    "07.dense_backward": [
        lambda x, W, d: (np.einsum("ni,nu->iu", x, d), sum(d), np.array([W @ row for row in d])),
        lambda x, W, d: (sum(np.outer(a, b) for a, b in zip(x, d)), d.sum(0), np.dot(W, d.T).T),
        lambda x, W, d: [np.matmul(x.T, d).astype(F), np.ones(len(d)) @ d, np.inner(d, W)],
        lambda x, W, d: ((d.T @ x).T, len(d) * d.mean(axis=0), np.tensordot(d, W, axes=(1, 1))),
    ],
    "07.numerical_gradient": [
        lambda f, x: slopes(f, x, 1e-5),
        lambda f, x: slopes(f, x, 1e-3),
        lambda f, x: slopes(f, x, 1e-4),
        lambda f, x: slopes(f, x, 1e-6),
        lambda f, x: slopes(f, x, 1e-5).astype(F),
        lambda f, x: np.array([slopes(f, x, 1e-5)[i] for i in np.ndindex(x.shape)]).reshape(
            x.shape
        ),
    ],
    "08.loss_gradient": [
        lambda z, t: np.array([(A.softmax(r[None])[0] - y) / len(z) for r, y in zip(z, t)]),
        lambda z, t: A.softmax(z) / len(z) - t / len(z),
        lambda z, t: (A.softmax(z.astype(F)) - t.astype(F)) / np.float32(len(z)),
        lambda z, t: (np.exp(A.log_softmax(z)) - t) * (1 / z.shape[0]),
        lambda z, t: np.divide(A.softmax(z) - t, len(t)),
    ],
    "08.confusion": [
        lambda y, p, c: table(y, p, c),
        lambda y, p, c: table(y, p, c, float),
        lambda y, p, c: np.bincount(y * c + p, minlength=c * c).reshape(c, c),
        lambda y, p, c: np.histogram2d(y, p, bins=c, range=[[0, c], [0, c]])[0],
        lambda y, p, c: (np.eye(c)[y].T @ np.eye(c)[p]).astype("int32"),
    ],
    "08.train": [
        lambda *a: trained(*a),
        lambda *a: trained(*a, dtype=np.float32),
        lambda *a: list(trained(*a)),
    ],
    "09.momentum": [
        lambda w, v, g, r, m: (lambda u: (w + u, u))(m * v - r * g),
        lambda w, v, g, r, m: (w + m * v - r * g, m * v - r * g),
        lambda w, v, g, r, m: [w - (r * g - m * v), -(r * g - m * v)],
        lambda w, v, g, r, m: (lambda u: (w.astype(F) + u, u))((m * v - r * g).astype(F)),
        lambda w, v, g, r, m: (lambda u: (np.array([a + b for a, b in zip(w, u)]), u))(
            np.add(m * v, -r * g)
        ),
    ],
    "09.split": [
        lambda x, y, n, rng: split(x, y, n, rng.permutation(len(x))),
        lambda x, y, n, rng: split(x, y, n, np.argsort(rng.random(len(x)))),
        lambda x, y, n, rng: list(split(x, y, n, rng.choice(len(x), len(x), replace=False))),
        lambda x, y, n, rng: (
            lambda held: (np.delete(x, held, axis=0), np.delete(y, held), x[held], y[held])
        )(np.sort(rng.choice(len(x), n, replace=False))),
        lambda x, y, n, rng: (lambda o: (x[o[:-n]], y[o[:-n]], x[o[-n:]], y[o[-n:]]))(
            rng.permutation(len(x))
        ),
    ],
    "09.adam": [
        lambda w, m, v, g, t, r: step(w, m, v, g, t, r),
        lambda w, m, v, g, t, r: step(*(a.astype(F) for a in (w, m, v)), g.astype(F), t, r),
        lambda w, m, v, g, t, r: list(step(w, m, v, g, t, r)),
        lambda w, m, v, g, t, r: tuple(
            map(np.array, zip(*(step(*one, t, r) for one in zip(w, m, v, g))))
        ),
    ],
}


def step(w, m, v, g, t, r):
    m, v = m + 0.1 * (g - m), v + 0.001 * (g * g - v)
    return w - r * (m / (1 - 0.9**t)) / ((v / (1 - 0.999**t)) ** 0.5 + 1e-7), m, v


def one(x, layers, h=A.sigmoid):
    *hidden, (W, b) = layers
    for V, c in hidden:
        x = h(x @ V + c)
    return x @ W + b
