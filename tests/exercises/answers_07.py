"""Answers to the exercises of lesson 07, as learners write them."""

import numpy as np
from collect import right, wrong

EVERYTHING = "Everything passes, as with h >= 0 or with no mask at all."


@wrong("07.relu_backward", EVERYTHING, at="one sample")
def _(d, h):
    return d * (h >= 0)


@wrong("07.relu_backward", EVERYTHING, at="one sample")
def _(d, h):
    return np.where(h < 0, 0, d)


@wrong("07.relu_backward", "The mask alone came back.", at="two samples")
def _(d, h):
    return h > 0


@wrong("07.relu_backward", "The outputs themselves instead of the mask.", at="two samples")
def _(d, h):
    return d * np.maximum(h, 0)


@wrong("07.relu_backward", "The mask is turned round.", at="two samples")
def _(d, h):
    return np.where(h > 0, 0, d)


@wrong("07.relu_backward", "The mask is taken from d instead of h.", at="two samples")
def _(d, h):
    return np.maximum(d, 0)


@wrong("07.relu_backward", "Gradient and output are exchanged.", at="two samples")
def _(d, h):
    return np.where(d > 0, h, 0)


@wrong("07.relu_backward", "The outputs came back, without d.", at="two samples")
def _(d, h):
    return (h > 0) * h


@wrong("07.relu_backward", "One yes or no for a whole array.", at="two samples")
def _(d, h):
    return d if h > 0 else 0


@wrong("07.relu_backward", "One yes or no for a whole array.", at="two samples")
def _(d, h):
    return d * max(0, h)


@wrong("07.relu_backward", "The argument d was changed.", at="two samples")
def _(d, h):
    d[h == 0] = 0
    return d


@wrong("07.relu_backward", "An integer array cuts off the decimals.", at="h in whole numbers")
def _(d, h):
    out = np.zeros_like(h)
    out[h > 0] = d[h > 0]
    return out


@wrong("07.relu_backward", "Nan came up.", at="two samples")
def _(d, h):
    return d * h / h


@wrong("07.relu_backward", "The mask of one sample is used for all.", at="two samples")
def _(d, h):
    return d * (h[0] > 0)


@wrong("07.relu_backward", "A list instead of an array.", at="two samples")
def _(d, h):
    return [[g if v > 0 else 0 for g, v in zip(*rows, strict=True)] for rows in zip(d, h, strict=1)]


@right("07.relu_backward")
def _(d, h):
    return np.where(h > 0, d, 0)


@right("07.relu_backward")
def _(d, h):
    return d * np.sign(h)


@right("07.relu_backward")
def _(d, h):
    below = d.copy()
    below[h == 0] = 0
    return below


@right("07.relu_backward")
def _(d, h):
    out = np.zeros(d.shape)
    for i in range(d.shape[0]):
        for j in range(d.shape[1]):
            if h[i, j] > 0:
                out[i, j] = d[i, j]
    return out


MEAN = "Mean instead of sum over the samples."
ORDER = "The three results stand in another order."


@wrong("07.dense_backward", MEAN, at="four samples, whole numbers")
def _(x, W, d):
    return x.T @ d, d.mean(axis=0), d @ W.T


@wrong("07.dense_backward", MEAN, at="four samples, whole numbers")
def _(x, W, d):
    return np.dot(x.T, d) / x.shape[0], np.sum(d, 0), np.dot(d, W.T)


@wrong("07.dense_backward", MEAN, at="four samples, whole numbers")
def _(x, W, d):
    n = len(d)
    return (x.T @ d) / n, d.sum(axis=0) / n, d @ W.T


@wrong(
    "07.dense_backward",
    "The gradient of b is summed along the wrong axis.",
    at="four samples, whole numbers",
)
def _(x, W, d):
    return x.T @ d, np.sum(d, axis=1), d @ W.T


@wrong(
    "07.dense_backward",
    "The gradient of b is not summed over the samples.",
    at="four samples, whole numbers",
)
def _(x, W, d):
    return x.T @ d, 1 * d, d @ W.T


@wrong(
    "07.dense_backward",
    "The gradient of b is one number for all units.",
    at="four samples, whole numbers",
)
def _(x, W, d):
    return x.T @ d, np.sum(d), d @ W.T


@wrong(
    "07.dense_backward", "The gradient of b has an axis too many.", at="four samples, whole numbers"
)
def _(x, W, d):
    return x.T @ d, np.ones((1, len(d))) @ d, d @ W.T


@wrong("07.dense_backward", "The gradient of W is transposed.", at="four samples, whole numbers")
def _(x, W, d):
    return (x.T @ d).T, d.sum(axis=0), d @ W.T


@wrong("07.dense_backward", "Inputs meet samples in a product.", at="everything square")
def _(x, W, d):
    grad_W = x @ d
    return grad_W, d.sum(axis=0), d @ W.T


@wrong("07.dense_backward", "Inputs meet samples in a product.", at="everything square")
def _(x, W, d):
    return np.dot(x, d), d.sum(axis=0), np.dot(d, W.T)


@wrong("07.dense_backward", "Units meet inputs in a product.", at="everything square")
def _(x, W, d):
    return x.T @ d, d.sum(axis=0), d @ W


@wrong("07.dense_backward", "Units meet inputs in a product.", at="everything square")
def _(x, W, d):
    grad_x = d @ W if d.shape[1] == W.shape[0] else d @ W.T
    return x.T @ d, d.sum(axis=0), grad_x


@wrong("07.dense_backward", ORDER, at="four samples, whole numbers")
def _(x, W, d):
    return d @ W.T, x.T @ d, d.sum(axis=0)


@wrong("07.dense_backward", ORDER, at="four samples, whole numbers")
def _(x, W, d):
    return d.sum(axis=0), x.T @ d, d @ W.T


@wrong(
    "07.dense_backward",
    "Right for one sample, wrong for a batch.",
    at="four samples, whole numbers",
)
def _(x, W, d):
    return np.outer(x, d), d[0], d @ W.T


@wrong("07.dense_backward", "2 values instead of 3.", at="four samples, whole numbers")
def _(x, W, d):
    return x.T @ d, d.sum(axis=0)


@right("07.dense_backward")
def _(x, W, d):
    grad_W, grad_b, rows = np.zeros(W.shape), np.zeros(W.shape[1]), []
    for row, slope in zip(x, d, strict=True):
        grad_W += np.outer(row, slope)
        grad_b += slope
        rows.append(W @ slope)
    return [grad_W, grad_b, np.array(rows)]


@right("07.dense_backward")
def _(x, W, d):
    grad_x = np.dot(W, d.T).T
    return np.einsum("ni,nu->iu", x, d), np.ones(len(d)) @ d, grad_x


@right("07.dense_backward")
def _(x, W, d):
    x, W, d = (a.astype("float32") for a in (x, W, d))
    return (d.T @ x).T, sum(d), np.matmul(d, W.transpose())


def feel(f, x, go, h=1e-4):
    """Let ``go(w, index, h)`` measure each entry on a copy with decimals."""
    w, out = x.astype(float), np.zeros(x.shape)
    for index in np.ndindex(*x.shape):
        out[index] = go(w, index, h)
    return out


@wrong("07.numerical_gradient", "Divided by h instead of 2h.", at="the valley of section 4")
def _(f, x):
    h, out = 1e-4, []
    for e in h * np.eye(x.size):
        out.append((f(x + e.reshape(x.shape)) - f(x - e.reshape(x.shape))) / h)
    return np.array(out).reshape(x.shape)


@wrong("07.numerical_gradient", "One step of h, but divided by 2h.", at="the valley of section 4")
def _(f, x):
    h, out = 1e-3, []
    for e in h * np.eye(x.size):
        out.append((f(x + e.reshape(x.shape)) - f(x)) / (2 * h))
    return np.array(out).reshape(x.shape)


@wrong("07.numerical_gradient", "The sign is turned round.", at="the valley of section 4")
def _(f, x):
    def go(w, i, h):
        w[i] -= h
        low = f(w)
        w[i] += 2 * h
        slope = (low - f(w)) / (2 * h)
        w[i] -= h
        return slope

    return feel(f, x, go)


@wrong("07.numerical_gradient", "All entries are moved at once.", at="the valley of section 4")
def _(f, x):
    h = 1e-6
    return (f(x + h) - f(x - h)) / (2 * h)


@wrong("07.numerical_gradient", "All entries are moved at once.", at="the valley of section 4")
def _(f, x):
    return feel(f, x, lambda w, i, h: (f(w + h) - f(w - h)) / (2 * h))


@wrong("07.numerical_gradient", "A step to one side only.")
def _(f, x):
    h, out = 1e-3, []
    for e in h * np.eye(x.size):
        out.append((f(x + e.reshape(x.shape)) - f(x)) / h)
    return np.array(out).reshape(x.shape)


@wrong("07.numerical_gradient", "A step to one side only.")
def _(f, x):
    h, out = 1e-6, []
    for e in h * np.eye(x.size):
        out.append((f(x) - f(x - e.reshape(x.shape))) / h)
    return np.array(out).reshape(x.shape)


@wrong("07.numerical_gradient", "A moved entry is not put back.")
def _(f, x):
    def go(w, i, h):
        w[i] += h
        up = f(w)
        w[i] -= 2 * h
        return (up - f(w)) / (2 * h)

    return feel(f, x, go)


@wrong("07.numerical_gradient", "A moved entry is not put back.")
def _(f, x):
    def go(w, i, h):
        w[i] -= h
        down = f(w)
        w[i] += 2 * h
        return (f(w) - down) / (2 * h)

    return feel(f, x, go, h=1e-6)


@wrong("07.numerical_gradient", "The argument x was changed.", at="the valley of section 4")
def _(f, x):
    h, out = 1e-5, np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        x[i] += h
        up = f(x)
        x[i] -= 2 * h
        out[i] = (up - f(x)) / (2 * h)
    return out


@wrong("07.numerical_gradient", "Whole numbers swallow h.", at="a matrix of whole numbers")
def _(f, x):
    h, out = 1e-3, np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        w = x.copy()
        w[i] = x[i] + h
        up = f(w)
        w[i] = x[i] - h
        out[i] = (up - f(w)) / (2 * h)
    return out


@wrong("07.numerical_gradient", "An integer array cuts off the decimals.", at="whole numbers")
def _(f, x):
    h, out = 1e-5, np.zeros_like(x)
    for k, e in enumerate(h * np.eye(x.size)):
        e = e.reshape(x.shape)
        out.flat[k] = (f(x + e) - f(x - e)) / (2 * h)
    return out


@wrong("07.numerical_gradient", "The result is flat.", at="a matrix")
def _(f, x):
    h, out = 1e-5, []
    for e in h * np.eye(x.size):
        out.append((f(x + e.reshape(x.shape)) - f(x - e.reshape(x.shape))) / (2 * h))
    return np.array(out)


@wrong("07.numerical_gradient", "A whole row is moved at once.", at="a matrix")
def _(f, x):
    h, out = 1e-5, np.zeros(x.shape)
    for i in range(len(x)):
        w, v = x.astype(float), x.astype(float)
        w[i] += h
        v[i] -= h
        out[i] = (f(w) - f(v)) / (2 * h)
    return out


@wrong("07.numerical_gradient", "A whole row is moved at once.", at="a matrix")
def _(f, x):
    out = []
    for i in range(len(x)):
        e = np.zeros(x.shape)
        e[i] = 1e-4
        out.append((f(x + e) - f(x - e)) / 2e-4)
    return np.array(out)


@wrong("07.numerical_gradient", "The slopes come out much too small.")
def _(f, x):
    return feel(f, x, lambda w, i, h: (f(x) - f(x)) / (2 * h))


@wrong("07.numerical_gradient", "The slopes come out much too small.")
def _(f, x):
    h, out = 1e-3, []
    for e in h * np.eye(x.size):
        out.append((f(x + e.reshape(x.shape)) - f(x - e.reshape(x.shape))) / 2 * h)
    return np.array(out).reshape(x.shape)


@wrong("07.numerical_gradient", "The difference is not divided.", at="the valley of section 4")
def _(f, x):
    h, out = 1e-4, []
    for e in h * np.eye(x.size):
        out.append(f(x + e.reshape(x.shape)) - f(x - e.reshape(x.shape)))
    return np.array(out).reshape(x.shape)


@wrong("07.numerical_gradient", "A list instead of an array.", at="the valley of section 4")
def _(f, x):
    return [(f(x + e) - f(x - e)) / 2e-5 for e in 1e-5 * np.eye(len(x))]


@right("07.numerical_gradient")
def _(f, x):
    def go(w, i, h):
        before = w[i]
        w[i] = before + h
        up = f(w)
        w[i] = before - h
        down = f(w)
        w[i] = before
        return (up - down) / (2 * h)

    return feel(f, x, go, h=1e-3)


@right("07.numerical_gradient")
def _(f, x):
    h = 1e-6
    flat, out = x.ravel().astype(float), np.zeros(x.size)
    for i in range(x.size):
        up, down = flat.copy(), flat.copy()
        up[i] += h
        down[i] -= h
        out[i] = (f(up.reshape(x.shape)) - f(down.reshape(x.shape))) / (up[i] - down[i])
    return out.reshape(x.shape)


@right("07.numerical_gradient")
def _(f, x):
    def go(w, i, h):
        steps = np.zeros(w.shape)
        steps[i] = h
        near = f(w + steps) - f(w - steps)
        far = f(w + 2 * steps) - f(w - 2 * steps)
        return (8 * near - far) / (12 * h)

    return feel(f, x, go)


@right("07.numerical_gradient")
def _(f, x):
    def go(w, i, h):
        w[i] += h
        up = f(w)
        w[i] -= 2 * h
        down = f(w)
        w[i] += h
        return (up - down) / (2 * h)

    return feel(f, x, go, h=1e-5)
