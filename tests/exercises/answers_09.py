"""Answers to the exercises of lesson 09, as learners write them."""

import numpy as np
from collect import right, wrong


@wrong("09.momentum", "The weights go uphill.", at="two weights")
def _(weights, velocity, gradient, learning_rate, momentum):
    velocity = momentum * velocity + learning_rate * gradient
    return weights + velocity, velocity


@wrong("09.momentum", "The velocity is subtracted.", at="two weights")
def _(weights, velocity, gradient, learning_rate, momentum):
    velocity = momentum * velocity - learning_rate * gradient
    return weights - velocity, velocity


@wrong("09.momentum", "The velocity points the other way.", at="two weights")
def _(weights, velocity, gradient, learning_rate, momentum):
    step = learning_rate * gradient + momentum * velocity
    return weights - step, step


@wrong("09.momentum", "The learning rate comes too late.", at="two weights")
def _(weights, velocity, gradient, learning_rate, momentum):
    velocity = momentum * velocity + gradient
    return weights - learning_rate * velocity, velocity


@wrong("09.momentum", "The learning rate comes too late.", at="two weights")
def _(weights, velocity, gradient, learning_rate, momentum):
    speed = velocity * momentum - gradient
    return weights + speed * learning_rate, speed


@wrong("09.momentum", "The learning rate is applied twice.", at="two weights")
def _(weights, velocity, gradient, learning_rate, momentum):
    velocity = momentum * velocity - learning_rate * gradient
    return weights + learning_rate * velocity, velocity


@wrong("09.momentum", "The learning rate is missing.", at="two weights")
def _(weights, velocity, gradient, learning_rate, momentum):
    velocity = momentum * velocity - gradient
    return weights + velocity, velocity


@wrong("09.momentum", "Learning rate and momentum are exchanged.", at="two weights")
def _(weights, velocity, gradient, momentum, learning_rate):
    velocity = momentum * velocity - learning_rate * gradient
    return weights + velocity, velocity


@wrong("09.momentum", "Momentum slows the new push as well.", at="the first step")
def _(weights, velocity, gradient, learning_rate, momentum):
    velocity = (velocity - learning_rate * gradient) * momentum
    return weights + velocity, velocity


@wrong(
    "09.momentum", "The gradient is multiplied by 1 - momentum.", at="a gradient of whole numbers"
)
def _(weights, velocity, gradient, learning_rate, momentum):
    velocity = momentum * velocity + (1 - momentum) * (-learning_rate * gradient)
    return weights + velocity, velocity


@wrong("09.momentum", "The old velocity is forgotten.", at="two weights")
def _(weights, velocity, gradient, learning_rate, momentum):
    return weights - learning_rate * gradient, -learning_rate * gradient


@wrong("09.momentum", "The velocity is not slowed down.", at="two weights")
def _(weights, velocity, gradient, learning_rate, momentum):
    velocity = velocity - learning_rate * gradient
    return weights + velocity, velocity


@wrong("09.momentum", "Nesterov instead of momentum.", at="two weights")
def _(weights, velocity, gradient, learning_rate, momentum):
    push = learning_rate * gradient
    velocity = momentum * velocity - push
    return weights + momentum * velocity - push, velocity


@wrong("09.momentum", "The old velocity moves the weights.", at="two weights")
def _(weights, velocity, gradient, learning_rate, momentum):
    weights = weights + velocity
    velocity = momentum * velocity - learning_rate * gradient
    return weights, velocity


@wrong("09.momentum", "The old velocity is given back.", at="two weights")
def _(weights, velocity, gradient, learning_rate, momentum):
    return weights + (momentum * velocity - learning_rate * gradient), velocity


@wrong("09.momentum", "Weights and velocity are exchanged.", at="two weights")
def _(weights, velocity, gradient, learning_rate, momentum):
    velocity = momentum * velocity - learning_rate * gradient
    return velocity, weights + velocity


@wrong("09.momentum", "The velocity is not given back.", at="two weights")
def _(weights, velocity, gradient, learning_rate, momentum):
    velocity = momentum * velocity - learning_rate * gradient
    return weights + velocity


@wrong("09.momentum", "The argument velocity was changed.", at="two weights")
def _(weights, velocity, gradient, learning_rate, momentum):
    velocity *= momentum
    velocity = velocity - learning_rate * gradient
    return weights + velocity, velocity


@wrong("09.momentum", "The argument weights was changed.", at="two weights")
def _(weights, velocity, gradient, learning_rate, momentum):
    velocity = momentum * velocity - learning_rate * gradient
    weights += velocity
    return weights, velocity


@wrong("09.momentum", "An integer array cuts off the decimals.", at="a gradient of whole numbers")
def _(weights, velocity, gradient, learning_rate, momentum):
    new = np.zeros_like(gradient)
    new[...] = momentum * velocity - learning_rate * gradient
    return weights + new, new


@right("09.momentum")
def _(weights, velocity, gradient, learning_rate, momentum):
    w, m = weights.copy(), velocity.copy()
    m *= momentum
    m -= learning_rate * gradient
    w += m
    return [w, m]


@right("09.momentum")
def _(weights, velocity, gradient, learning_rate, momentum):
    m = np.zeros_like(weights)
    for place in np.ndindex(*weights.shape):
        m[place] = momentum * velocity[place] - learning_rate * gradient[place]
    return np.add(weights, m, dtype="float32"), m


@wrong("09.split", "x and y no longer belong together.")
def _(x, y, validation, rng):
    order = rng.permutation(len(x))
    cut = len(x) - validation
    return x[order[:cut]], y[:cut], x[order[cut:]], y[cut:]


@wrong("09.split", "x and y no longer belong together.")
def _(x, y, validation, rng):
    x, y = rng.permutation(x), rng.permutation(y)
    return x[validation:], y[validation:], x[:validation], y[:validation]


@wrong("09.split", "The same sample is in both parts.")
def _(x, y, validation, rng):
    train = rng.permutation(len(x))[validation:]
    held_back = rng.permutation(len(x))[:validation]
    return x[train], y[train], x[held_back], y[held_back]


@wrong("09.split", "The same sample is in both parts.")
def _(x, y, validation, rng):
    cut = len(x) - validation
    order = rng.permutation(len(x))
    return x[order[:cut]], y[order[:cut]], x[order[:validation]], y[order[:validation]]


@wrong("09.split", "Some samples come twice, others never.")
def _(x, y, validation, rng):
    order = rng.choice(len(x), len(x))
    train, held_back = order[validation:], order[:validation]
    return x[train], y[train], x[held_back], y[held_back]


@wrong("09.split", "The samples were not shuffled.")
def _(x, y, validation, rng):
    cut = len(x) - validation
    return x[:cut], y[:cut], x[cut:], y[cut:]


@wrong("09.split", "The samples were not shuffled.")
def _(x, y, validation, rng):
    order = np.arange(len(x))
    rng.permutation(order)
    train, held_back = order[validation:], order[:validation]
    return x[train], y[train], x[held_back], y[held_back]


@wrong(
    "09.split",
    "One end of the data became the validation set.",
    at="sorted: rows below 10 have label 0",
)
def _(x, y, validation, rng):
    cut = len(x) - validation
    train, held_back = rng.permutation(cut), cut + rng.permutation(validation)
    return x[train], y[train], x[held_back], y[held_back]


@wrong("09.split", "There are rows that x did not have.")
def _(x, y, validation, rng):
    x, y = rng.permuted(x, axis=0), rng.permuted(y)
    return x[validation:], y[validation:], x[:validation], y[:validation]


@wrong("09.split", "The generator rng is not used.")
def _(x, y, validation, rng):
    order = np.random.default_rng(42).permutation(len(x))
    train, held_back = order[validation:], order[:validation]
    return x[train], y[train], x[held_back], y[held_back]


@wrong("09.split", "The sizes are exchanged.")
def _(x, y, validation, rng):
    order = rng.permutation(len(x))
    train, held_back = order[:validation], order[validation:]
    return x[train], y[train], x[held_back], y[held_back]


@wrong("09.split", "The sizes are exchanged.")
def _(x, y, validation, rng):
    order = rng.permutation(len(x))
    train, held_back = order[-validation:], order[:-validation]
    return x[train], y[train], x[held_back], y[held_back]


@wrong("09.split", "One sample is lost.")
def _(x, y, validation, rng):
    order = rng.permutation(len(x))
    cut = len(x) - validation
    train, held_back = order[:cut], order[cut + 1 :]
    return x[train], y[train], x[held_back], y[held_back]


@wrong("09.split", "One sample is lost.")
def _(x, y, validation, rng):
    order = rng.permutation(len(x))
    cut = len(x) - validation
    train, held_back = order[: cut - 1], order[cut:]
    return x[train], y[train], x[held_back], y[held_back]


@wrong("09.split", "The parts have the wrong sizes.")
def _(x, y, validation, rng):
    order = rng.permutation(len(x))
    cut = len(x) * 4 // 5
    return x[order[:cut]], y[order[:cut]], x[order[cut:]], y[order[cut:]]


@wrong("09.split", "The four arrays come in another order.")
def _(x, y, validation, rng):
    order = rng.permutation(len(x))
    cut = len(x) - validation
    return x[order[:cut]], x[order[cut:]], y[order[:cut]], y[order[cut:]]


@wrong("09.split", "The four arrays come in another order.")
def _(x, y, validation, rng):
    order = rng.permutation(len(x))
    train, held_back = order[validation:], order[:validation]
    return x[train], x[held_back], y[train], y[held_back]


@wrong("09.split", "The argument x was changed.")
def _(x, y, validation, rng):
    order = rng.permutation(len(x))
    x[:], y[:] = x[order], y[order]
    return x[validation:], y[validation:], x[:validation], y[:validation]


@right("09.split")
def _(x, y, validation, rng):
    held_back = rng.choice(len(x), validation, replace=False)
    train = np.delete(np.arange(len(x)), held_back)
    return x[train], y[train], x[held_back], y[held_back]


@right("09.split")
def _(x, y, validation, rng):
    out = np.isin(np.arange(len(x)), rng.permutation(len(x))[:validation])
    return x[~out], y[~out], x[out], y[out]


@right("09.split")
def _(x, y, validation, rng):
    pairs = list(zip(x, y, strict=True))
    rng.shuffle(pairs)
    xs, ys = np.array([a for a, _ in pairs]), np.array([b for _, b in pairs])
    return [xs[:-validation], ys[:-validation], xs[-validation:], ys[-validation:]]


@right("09.split")
def _(x, y, validation, rng):
    order = np.argsort(rng.random(len(x)))
    train, held_back = sorted(order[validation:]), sorted(order[:validation])
    return x[train], y[train], x[held_back], y[held_back]


@wrong("09.adam", "The correction is missing.", at="the second step")
def _(weights, m, v, gradient, step, learning_rate):
    m = 0.9 * m + 0.1 * gradient
    v = 0.999 * v + 0.001 * gradient**2
    return weights - learning_rate * m / (np.sqrt(v) + 1e-7), m, v


@wrong("09.adam", "The corrections are exchanged.", at="the second step")
def _(weights, m, v, gradient, step, learning_rate):
    m = 0.9 * m + 0.1 * gradient
    v = 0.999 * v + 0.001 * gradient**2
    m_hat, v_hat = m / (1 - 0.999**step), v / (1 - 0.9**step)
    return weights - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-7), m, v


@wrong("09.adam", "v is corrected with the beta of m.", at="the second step")
def _(weights, m, v, gradient, step, learning_rate):
    m = 0.9 * m + 0.1 * gradient
    v = 0.999 * v + 0.001 * gradient**2
    m_hat, v_hat = (mean / (1 - 0.9**step) for mean in (m, v))
    return weights - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-7), m, v


@wrong("09.adam", "m is corrected with the beta of v.", at="the second step")
def _(weights, m, v, gradient, step, learning_rate):
    m = 0.9 * m + 0.1 * gradient
    v = 0.999 * v + 0.001 * gradient**2
    m_hat, v_hat = (mean / (1 - 0.999**step) for mean in (m, v))
    return weights - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-7), m, v


@wrong("09.adam", "The power of step is missing in the correction.", at="the tenth step")
def _(weights, m, v, gradient, step, learning_rate):
    m = 0.9 * m + 0.1 * gradient
    v = 0.999 * v + 0.001 * gradient**2
    m_hat, v_hat = m / (1 - 0.9), v / (1 - 0.999)
    return weights - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-7), m, v


@wrong("09.adam", "A product in the place of a power.", at="the second step")
def _(weights, m, v, gradient, step, learning_rate):
    m = 0.9 * m + 0.1 * gradient
    v = 0.999 * v + 0.001 * gradient**2
    m_hat, v_hat = m / (1 - 0.9 * step), v / (1 - 0.999 * step)
    return weights - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-7), m, v


@wrong("09.adam", "The step is counted from 0.", at="the first step")
def _(weights, m, v, gradient, step, learning_rate):
    t = step - 1
    m = 0.9 * m + 0.1 * gradient
    v = 0.999 * v + 0.001 * gradient**2
    m_hat, v_hat = m / (1 - 0.9**t), v / (1 - 0.999**t)
    return weights - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-7), m, v


@wrong("09.adam", "The step is counted one too far.", at="the second step")
def _(weights, m, v, gradient, step, learning_rate):
    step += 1
    m = 0.9 * m + 0.1 * gradient
    v = 0.999 * v + 0.001 * gradient**2
    m_hat, v_hat = m / (1 - 0.9**step), v / (1 - 0.999**step)
    return weights - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-7), m, v


@wrong("09.adam", "v takes the gradient, not its square.", at="the second step")
def _(weights, m, v, gradient, step, learning_rate):
    m = 0.9 * m + 0.1 * gradient
    v = 0.999 * v + 0.001 * gradient
    m_hat, v_hat = m / (1 - 0.9**step), v / (1 - 0.999**step)
    return weights - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-7), m, v


@wrong("09.adam", "The root is missing.", at="the second step")
def _(weights, m, v, gradient, step, learning_rate):
    m = 0.9 * m + 0.1 * gradient
    v = 0.999 * v + 0.001 * gradient**2
    m_hat, v_hat = m / (1 - 0.9**step), v / (1 - 0.999**step)
    return weights - learning_rate * m_hat / (v_hat + 1e-7), m, v


@wrong("09.adam", "The weights go uphill.", at="the second step")
def _(weights, m, v, gradient, step, learning_rate):
    m = 0.9 * m + 0.1 * gradient
    v = 0.999 * v + 0.001 * gradient**2
    m_hat, v_hat = m / (1 - 0.9**step), v / (1 - 0.999**step)
    return weights + learning_rate * m_hat / (v_hat**0.5 + 1e-7), m, v


@wrong("09.adam", "Beta and 1 - beta are exchanged.", at="the second step")
def _(weights, m, v, gradient, step, learning_rate):
    m = 0.1 * m + 0.9 * gradient
    v = 0.001 * v + 0.999 * gradient**2
    m_hat, v_hat = m / (1 - 0.9**step), v / (1 - 0.999**step)
    return weights - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-7), m, v


@wrong("09.adam", "The betas are exchanged.", at="the second step")
def _(weights, m, v, gradient, step, learning_rate):
    m = 0.999 * m + 0.001 * gradient
    v = 0.9 * v + 0.1 * gradient**2
    m_hat, v_hat = m / (1 - 0.9**step), v / (1 - 0.999**step)
    return weights - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-7), m, v


@wrong("09.adam", "The old m and v move the weights.", at="the second step")
def _(weights, m, v, gradient, step, learning_rate):
    m_hat, v_hat = m / (1 - 0.9**step), v / (1 - 0.999**step)
    weights = weights - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-7)
    return weights, 0.9 * m + 0.1 * gradient, 0.999 * v + 0.001 * gradient**2


@wrong("09.adam", "The corrected m and v are given back.", at="the second step")
def _(weights, m, v, gradient, step, learning_rate):
    m = (0.9 * m + 0.1 * gradient) / (1 - 0.9**step)
    v = (0.999 * v + 0.001 * gradient**2) / (1 - 0.999**step)
    return weights - learning_rate * m / (np.sqrt(v) + 1e-7), m, v


@wrong("09.adam", "Epsilon is missing.", at="a slope of exactly 0")
def _(weights, m, v, gradient, step, learning_rate):
    m = 0.9 * m + 0.1 * gradient
    v = 0.999 * v + 0.001 * gradient**2
    rate = learning_rate * (1 - 0.999**step) ** 0.5 / (1 - 0.9**step)
    return weights - rate * m / v**0.5, m, v


@wrong("09.adam", "m and v come before the weights.", at="the second step")
def _(weights, m, v, gradient, step, learning_rate):
    m = 0.9 * m + 0.1 * gradient
    v = 0.999 * v + 0.001 * gradient**2
    m_hat, v_hat = m / (1 - 0.9**step), v / (1 - 0.999**step)
    return m, v, weights - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-7)


@wrong("09.adam", "m and v are not given back.", at="the second step")
def _(weights, m, v, gradient, step, learning_rate):
    m = 0.9 * m + 0.1 * gradient
    v = 0.999 * v + 0.001 * gradient**2
    m_hat, v_hat = m / (1 - 0.9**step), v / (1 - 0.999**step)
    return weights - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-7)


@wrong("09.adam", "The argument m was changed.", at="the second step")
def _(weights, m, v, gradient, step, learning_rate):
    m += 0.1 * (gradient - m)
    v += 0.001 * (gradient**2 - v)
    m_hat, v_hat = m / (1 - 0.9**step), v / (1 - 0.999**step)
    return weights - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-7), m, v


@wrong("09.adam", "Epsilon stands inside the root.", at="a small slope")
def _(weights, m, v, gradient, step, learning_rate):
    m = m + (1 - 0.9) * (gradient - m)
    v = v + (1 - 0.999) * (gradient * gradient - v)
    v_hat = v / (1 - 0.999**step)
    return weights - learning_rate / (1 - 0.9**step) * m / np.sqrt(v_hat + 1e-7), m, v


@wrong("09.adam", "Epsilon is added before the correction.", at="a small slope")
def _(weights, m, v, gradient, step, learning_rate):
    m = 0.9 * m + 0.1 * gradient
    v = 0.999 * v + 0.001 * gradient**2
    rate = learning_rate * np.sqrt(1 - 0.999**step) / (1 - 0.9**step)
    return [weights - rate * m / (np.sqrt(v) + 1e-8), m, v]


@right("09.adam")
def _(weights, m, v, gradient, step, learning_rate):
    m = (0.9 * m + 0.1 * gradient).astype("float32")
    v = (0.999 * v + 0.001 * gradient**2).astype("float32")
    m_hat, v_hat = m / (1 - 0.9**step), v / (1 - 0.999**step)
    return weights - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-7), m, v


@right("09.adam")
def _(weights, m, v, gradient, step, learning_rate):
    m = m + (1 - 0.9) * (gradient - m)
    v = v + (1 - 0.999) * (gradient * gradient - v)
    v_hat = v / (1 - 0.999**step)
    return [weights - learning_rate / (1 - 0.9**step) * m / (np.sqrt(v_hat) + 1e-7), m, v]


@right("09.adam")
def _(weights, m, v, gradient, step, learning_rate):
    m = 0.9 * m + 0.1 * gradient
    v = 0.999 * v + 0.001 * gradient**2
    correction = np.sqrt(1 - 0.999**step)
    rate = learning_rate * correction / (1 - 0.9**step)
    return weights - rate * m / (np.sqrt(v) + 1e-7 * correction), m, v
