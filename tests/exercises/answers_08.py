"""Answers to the exercises of lesson 08, as learners write them."""

import numpy as np
from collect import right, wrong

from nbhelpers import activations
from nbhelpers.layers import Dense
from nbhelpers.models import Sequential
from nbhelpers.optimizers import SGD


@wrong("08.loss_gradient", "Sum instead of mean.", at="drawn at random")
def _(logits, targets):
    p = activations.softmax(logits)
    p[targets == 1] -= 1
    return p


@wrong("08.loss_gradient", "The sign is exchanged.", at="two rows")
def _(logits, targets):
    return (targets - activations.softmax(logits)) / targets.shape[0]


@wrong("08.loss_gradient", "Softmax is missing.", at="two rows")
def _(logits, targets):
    n = len(logits)
    return np.array([(row - y) / n for row, y in zip(logits, targets, strict=True)])


@wrong("08.loss_gradient", "Softmax along the wrong axis.", at="two rows")
def _(logits, targets):
    e = np.exp(logits - logits.max(axis=0))
    return (e / e.sum(axis=0) - targets) / len(logits)


@wrong("08.loss_gradient", "One softmax for the whole table.", at="two rows")
def _(logits, targets):
    e = np.exp(logits - logits.max())
    return (e / e.sum() - targets) / len(logits)


@wrong("08.loss_gradient", "Divided by the number of classes.", at="two rows")
def _(logits, targets):
    _, classes = logits.shape
    return (activations.softmax(logits) - targets) / classes


@wrong("08.loss_gradient", "Divided by the number of entries.")
def _(logits, targets):
    n, classes = logits.shape
    return (activations.softmax(logits) - targets) / n / classes


@wrong("08.loss_gradient", "The rows are added up already.", at="two rows")
def _(logits, targets):
    return np.mean(activations.softmax(logits) - targets, axis=0)


@wrong("08.loss_gradient", "The derivative of softmax comes in twice.")
def _(logits, targets):
    p = activations.softmax(logits)
    d = (p - targets) / len(p)
    return d * p * (1 - p)


@wrong("08.loss_gradient", "The loss instead of its gradient.")
def _(logits, targets):
    p = activations.softmax(logits)
    return -np.log(p[targets == 1]).mean()


@wrong("08.loss_gradient", "Overflow.", at="rows far apart")
def _(logits, targets):
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    return (p - targets) / len(p)


@wrong("08.loss_gradient", "One maximum for the whole table.", at="scores far apart")
def _(logits, targets):
    e = np.exp(logits - np.max(logits))
    return (e / e.sum(axis=1, keepdims=True) - targets) / len(e)


@wrong("08.loss_gradient", "The argument logits was changed.", at="two rows")
def _(logits, targets):
    d = logits
    d[:] = activations.softmax(logits)
    d -= targets
    return d / len(d)


@wrong("08.loss_gradient", "An integer array cuts off the decimals.", at="whole numbers")
def _(logits, targets):
    gradient = np.zeros_like(logits)
    for k, row in enumerate(activations.softmax(logits)):
        gradient[k] = (row - targets[k]) / len(logits)
    return gradient


@right("08.loss_gradient")
def _(logits, targets):
    p = activations.softmax(logits)
    p[np.arange(len(p)), targets.argmax(axis=1)] -= 1
    p /= len(p)
    return p


@right("08.loss_gradient")
def _(scores, truth):
    rows = []
    for z, y in zip(scores, truth, strict=True):
        e = np.exp(z - max(z))
        rows.append([(p - t) / len(scores) for p, t in zip(e / sum(e), y, strict=True)])
    return np.array(rows)


@right("08.loss_gradient")
def _(logits, targets):
    z = logits.astype("float32")
    return (activations.softmax(z) - targets) / np.float32(len(z))


@wrong("08.confusion", "The table stays empty.", at="the same mistake twice")
def _(labels, predictions, classes):
    table = np.zeros((classes, classes), dtype=int)
    for i, j in zip(labels, predictions, strict=True):
        table[i, j] + 1
    return table


@wrong("08.confusion", "Rows and columns are exchanged.", at="the same mistake twice")
def _(labels, predictions, classes):
    table = np.zeros((classes, classes), dtype=int)
    for answer, truth in zip(predictions, labels, strict=True):
        table[answer, truth] += 1
    return table


@wrong("08.confusion", "Each pair is counted only once.", at="the same mistake twice")
def _(labels, predictions, classes):
    table = np.zeros((classes, classes))
    table[labels, predictions] = table[labels, predictions] + 1
    return table


@wrong("08.confusion", "Shares instead of counts.", at="the same mistake twice")
def _(labels, predictions, classes):
    table = np.zeros((classes, classes))
    for i, j in zip(labels, predictions, strict=True):
        table[i, j] += 1 / len(labels)
    return table


@wrong("08.confusion", "Shares of each row instead of counts.", at="the same mistake twice")
def _(labels, predictions, classes):
    table = np.zeros((classes, classes))
    np.add.at(table, (labels, predictions), 1)
    return table / table.sum(axis=1)[:, None]


@wrong(
    "08.confusion",
    "The size comes from the labels that happen to occur.",
    at="two classes do not occur",
)
def _(labels, predictions, classes):
    size = max(*labels, *predictions) + 1
    table = np.zeros((size, size), dtype=int)
    for i, j in zip(labels, predictions, strict=True):
        table[i, j] += 1
    return table


@wrong("08.confusion", "The size comes from the labels that happen to occur.")
def _(labels, predictions, classes):
    names = np.unique(labels)
    table = np.zeros((len(names), len(names)), dtype=int)
    for i, j in zip(labels, predictions, strict=True):
        table[i, j] += 1
    return table


@wrong("08.confusion", "Only the right answers are counted.", at="the same mistake twice")
def _(labels, predictions, classes):
    return np.diag([((labels == k) & (predictions == k)).sum() for k in range(classes)])


@wrong("08.confusion", "Only the wrong answers are counted.", at="the same mistake twice")
def _(labels, predictions, classes):
    table = np.zeros((classes, classes), dtype=int)
    for i, j in zip(labels, predictions, strict=True):
        if i != j:
            table[i, j] += 1
    return table


@wrong("08.confusion", "All rows are one and the same list.", at="the same mistake twice")
def _(labels, predictions, classes):
    table = [[0] * classes] * classes
    for k in range(len(labels)):
        table[labels[k]][predictions[k]] += 1
    return np.array(table)


@wrong("08.confusion", "A list instead of an array.")
def _(labels, predictions, classes):
    table = [[0] * classes for _ in range(classes)]
    for i, j in zip(labels, predictions, strict=True):
        table[i][j] += 1
    return table


@right("08.confusion")
def _(labels, predictions, classes):
    table = np.zeros((classes, classes))
    np.add.at(table, (labels, predictions), 1)
    return table


@right("08.confusion")
def _(labels, predictions, classes):
    one_hot = np.eye(classes, dtype=int)
    return one_hot[labels].T @ one_hot[predictions]


@right("08.confusion")
def _(labels, predictions, classes):
    rows = range(classes)
    return np.array([[((labels == i) & (predictions == j)).sum() for j in rows] for i in rows])


@wrong("08.train", "The weights go uphill.", at="the last batch is short")
def _(x, targets, kernel, bias, learning_rate, batch_size, epochs):
    for _ in range(epochs):
        for start in range(0, len(x), batch_size):
            rows = x[start : start + batch_size]
            p = activations.softmax(rows @ kernel + bias)
            d = (p - targets[start : start + batch_size]) / len(rows)
            kernel = kernel + learning_rate * rows.T @ d
            bias = bias + learning_rate * d.sum(axis=0)
    return kernel, bias


@wrong("08.train", "The weights go uphill.", at="the last batch is short")
def _(x, targets, kernel, bias, learning_rate, batch_size, epochs):
    W, b = kernel.copy(), bias.copy()
    for _ in range(epochs):
        for k in range(0, len(x), batch_size):
            rows, y = x[k : k + batch_size], targets[k : k + batch_size]
            d = (y - activations.softmax(rows @ W + b)) / len(y)
            W -= learning_rate * (rows.T @ d)
            b -= learning_rate * d.sum(axis=0)
    return W, b


@wrong("08.train", "The weights stay as they were.", at="three epochs")
def _(x, targets, kernel, bias, learning_rate, batch_size, epochs):
    W, b = kernel.copy(), bias.copy()
    for _ in range(epochs):
        for start in range(0, len(x), batch_size):
            rows, y = x[start : start + batch_size], targets[start : start + batch_size]
            d = (activations.softmax(rows @ W + b) - y) / len(rows)
            W = W - learning_rate * rows.T @ d
            b = b - learning_rate * d.sum(axis=0)
    return kernel, bias


@wrong("08.train", "Kernel and bias are exchanged.", at="the last batch is short")
def _(x, targets, kernel, bias, learning_rate, batch_size, epochs):
    for _ in range(epochs):
        for start in range(0, len(x), batch_size):
            rows, y = x[start : start + batch_size], targets[start : start + batch_size]
            d = (activations.softmax(rows @ kernel + bias) - y) / len(rows)
            bias = bias - learning_rate * d.sum(axis=0)
            kernel = kernel - learning_rate * rows.T @ d
    return bias, kernel


@wrong("08.train", "Softmax along the wrong axis.", at="the last batch is short")
def _(x, targets, kernel, bias, learning_rate, batch_size, epochs):
    for _ in range(epochs):
        for start in range(0, len(x), batch_size):
            rows, y = x[start : start + batch_size], targets[start : start + batch_size]
            e = np.exp(rows @ kernel + bias)
            d = (e / e.sum(axis=0) - y) / len(rows)
            kernel = kernel - learning_rate * rows.T @ d
            bias = bias - learning_rate * d.sum(axis=0)
    return kernel, bias


@wrong("08.train", "Softmax is missing.", at="the last batch is short")
def _(x, targets, kernel, bias, learning_rate, batch_size, epochs):
    for _ in range(epochs):
        for k in range(0, len(x), batch_size):
            rows, y = x[k : k + batch_size], targets[k : k + batch_size]
            d = (rows @ kernel + bias - y) / len(y)
            kernel = kernel - learning_rate * (rows.T @ d)
            bias = bias - learning_rate * d.sum(axis=0)
    return kernel, bias


@wrong("08.train", "The last short batch is missing.", at="five samples, six epochs")
def _(x, targets, kernel, bias, learning_rate, batch_size, epochs):
    for _ in range(epochs):
        for k in range(len(x) // batch_size):
            part = slice(k * batch_size, (k + 1) * batch_size)
            d = (activations.softmax(x[part] @ kernel + bias) - targets[part]) / batch_size
            kernel = kernel - learning_rate * x[part].T @ d
            bias = bias - learning_rate * d.sum(axis=0)
    return kernel, bias


@wrong("08.train", "The last batch is missing.", at="three epochs")
def _(x, targets, kernel, bias, learning_rate, batch_size, epochs):
    for _ in range(epochs):
        start = 0
        while start + batch_size < len(x):
            rows, y = x[start : start + batch_size], targets[start : start + batch_size]
            d = (activations.softmax(rows @ kernel + bias) - y) / len(rows)
            kernel = kernel - learning_rate * rows.T @ d
            bias = bias - learning_rate * d.sum(axis=0)
            start += batch_size
    return kernel, bias


@wrong("08.train", "One big batch instead of mini-batches.", at="the last batch is short")
def _(x, targets, kernel, bias, learning_rate, batch_size, epochs):
    for _ in range(epochs):
        d = (activations.softmax(x @ kernel + bias) - targets) / len(x)
        kernel = kernel - learning_rate * x.T @ d
        bias = bias - learning_rate * d.sum(axis=0)
    return kernel, bias


@wrong("08.train", "The batches overlap.", at="the last batch is short")
def _(x, targets, kernel, bias, learning_rate, batch_size, epochs):
    for _ in range(epochs):
        for start in range(len(x)):
            rows, y = x[start : start + batch_size], targets[start : start + batch_size]
            d = (activations.softmax(rows @ kernel + bias) - y) / len(rows)
            kernel = kernel - learning_rate * rows.T @ d
            bias = bias - learning_rate * d.sum(axis=0)
    return kernel, bias


@wrong("08.train", "Training ends after one update.", at="three epochs")
def _(x, targets, kernel, bias, learning_rate, batch_size, epochs):
    for _ in range(epochs):
        for start in range(0, len(x), batch_size):
            rows, y = x[start : start + batch_size], targets[start : start + batch_size]
            d = (activations.softmax(rows @ kernel + bias) - y) / len(rows)
            kernel = kernel - learning_rate * rows.T @ d
            bias = bias - learning_rate * d.sum(axis=0)
            return kernel, bias


@wrong("08.train", "Only one epoch.", at="three epochs")
def _(x, targets, kernel, bias, learning_rate, batch_size, epochs):
    for _ in range(epochs):
        W, b = kernel.copy(), bias.copy()
        for start in range(0, len(x), batch_size):
            rows, y = x[start : start + batch_size], targets[start : start + batch_size]
            d = (activations.softmax(rows @ W + b) - y) / len(rows)
            W -= learning_rate * rows.T @ d
            b -= learning_rate * d.sum(axis=0)
    return W, b


@wrong("08.train", "Sum instead of mean.", at="the last batch is short")
def _(x, targets, kernel, bias, learning_rate, batch_size, epochs):
    for _ in range(epochs):
        for start in range(0, len(x), batch_size):
            rows, y = x[start : start + batch_size], targets[start : start + batch_size]
            d = activations.softmax(rows @ kernel + bias) - y
            kernel = kernel - learning_rate * rows.T @ d
            bias = bias - learning_rate * d.sum(axis=0)
    return kernel, bias


@wrong(
    "08.train",
    "Divided by batch_size, also where the batch is shorter.",
    at="the last batch is short",
)
def _(x, targets, kernel, bias, learning_rate, batch_size, epochs):
    for _ in range(epochs):
        for start in range(0, len(x), batch_size):
            rows, y = x[start : start + batch_size], targets[start : start + batch_size]
            d = activations.softmax(rows @ kernel + bias) - y
            kernel = kernel - learning_rate / batch_size * rows.T @ d
            bias = bias - learning_rate / batch_size * d.sum(axis=0)
    return kernel, bias


@wrong("08.train", "Divided by the number of all samples.", at="the last batch is short")
def _(x, targets, kernel, bias, learning_rate, batch_size, epochs):
    n = len(x)
    for _ in range(epochs):
        for start in range(0, n, batch_size):
            rows, y = x[start : start + batch_size], targets[start : start + batch_size]
            d = (activations.softmax(rows @ kernel + bias) - y) / n
            kernel = kernel - learning_rate * rows.T @ d
            bias = bias - learning_rate * d.sum(axis=0)
    return kernel, bias


@wrong("08.train", "The learning rate is missing.", at="five samples, six epochs")
def _(x, targets, kernel, bias, learning_rate, batch_size, epochs):
    for _ in range(epochs):
        for start in range(0, len(x), batch_size):
            rows, y = x[start : start + batch_size], targets[start : start + batch_size]
            d = (activations.softmax(rows @ kernel + bias) - y) / len(rows)
            kernel, bias = kernel - rows.T @ d, bias - d.sum(axis=0)
    return kernel, bias


@wrong("08.train", "The bias does not learn.", at="the last batch is short")
def _(x, targets, kernel, bias, learning_rate, batch_size, epochs):
    for _ in range(epochs):
        for start in range(0, len(x), batch_size):
            rows, y = x[start : start + batch_size], targets[start : start + batch_size]
            d = (activations.softmax(rows @ kernel + bias) - y) / len(rows)
            kernel = kernel - learning_rate * rows.T @ d
    return kernel, bias


@wrong("08.train", "The gradient of bias is divided by n twice.", at="the last batch is short")
def _(x, targets, kernel, bias, learning_rate, batch_size, epochs):
    for _ in range(epochs):
        for start in range(0, len(x), batch_size):
            rows, y = x[start : start + batch_size], targets[start : start + batch_size]
            d = (activations.softmax(rows @ kernel + bias) - y) / len(rows)
            kernel = kernel - learning_rate * rows.T @ d
            bias = bias - learning_rate * d.mean(axis=0)
    return kernel, bias


@wrong("08.train", "Kernel moves before bias has its gradient.", at="the last batch is short")
def _(x, targets, kernel, bias, learning_rate, batch_size, epochs):
    def d(rows, y):
        return (activations.softmax(rows @ kernel + bias) - y) / len(rows)

    for _ in range(epochs):
        for start in range(0, len(x), batch_size):
            rows, y = x[start : start + batch_size], targets[start : start + batch_size]
            kernel = kernel - learning_rate * rows.T @ d(rows, y)
            bias = bias - learning_rate * d(rows, y).sum(axis=0)
    return kernel, bias


@wrong(
    "08.train",
    "The gradient is always taken at the starting weights.",
    at="the last batch is short",
)
def _(x, targets, kernel, bias, learning_rate, batch_size, epochs):
    W, b = kernel.copy(), bias.copy()
    for _ in range(epochs):
        for start in range(0, len(x), batch_size):
            rows, y = x[start : start + batch_size], targets[start : start + batch_size]
            d = (activations.softmax(rows @ kernel + bias) - y) / len(rows)
            W -= learning_rate * rows.T @ d
            b -= learning_rate * d.sum(axis=0)
    return W, b


@wrong("08.train", "The argument kernel was changed.", at="the last batch is short")
def _(x, targets, kernel, bias, learning_rate, batch_size, epochs):
    for _ in range(epochs):
        for start in range(0, len(x), batch_size):
            rows, y = x[start : start + batch_size], targets[start : start + batch_size]
            d = (activations.softmax(rows @ kernel + bias) - y) / len(rows)
            kernel -= learning_rate * rows.T @ d
            bias -= learning_rate * d.sum(axis=0)
    return kernel, bias


@wrong("08.train", "Only the kernel comes back.")
def _(x, targets, kernel, bias, learning_rate, batch_size, epochs):
    for _ in range(epochs):
        for start in range(0, len(x), batch_size):
            rows, y = x[start : start + batch_size], targets[start : start + batch_size]
            d = (activations.softmax(rows @ kernel + bias) - y) / len(rows)
            kernel = kernel - learning_rate * rows.T @ d
            bias = bias - learning_rate * d.sum(axis=0)
    return kernel


@right("08.train")
def _(x, targets, kernel, bias, learning_rate, batch_size, epochs):
    model = Sequential([Dense(len(bias), activation="softmax")], dtype="float64")
    model.compile(SGD(learning_rate), loss="categorical_crossentropy")
    model.build((None, x.shape[1]))
    model.set_weights([kernel, bias])
    model.fit(x, targets, batch_size=batch_size, epochs=epochs, shuffle=False, verbose=0)
    return model.get_weights()


@right("08.train")
def _(x, targets, kernel, bias, learning_rate, batch_size, epochs):
    W, b = kernel.copy(), bias.copy()
    updates = -(-len(x) // batch_size)
    for update in range(epochs * updates):
        start = update % updates * batch_size
        gW, gb = np.zeros_like(W), np.zeros_like(b)
        rows = list(zip(x, targets, strict=True))[start : start + batch_size]
        for row, y in rows:
            d = activations.softmax(row @ W + b) - y
            gW += np.outer(row, d) / len(rows)
            gb += d / len(rows)
        W -= learning_rate * gW
        b -= learning_rate * gb
    return [W, b]
