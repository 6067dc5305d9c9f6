"""Answers to the exercises of lesson 04, as learners write them."""

import numpy as np
from collect import right, wrong


@wrong("04.predict", "Wrong axis.", at="two rows")
def _(logits):
    return np.argmax(logits, 0)


@wrong("04.predict", "One answer for the whole table.", at="two rows")
def _(logits):
    return np.argmax(logits)


@wrong("04.predict", "The score instead of its place.")
def _(logits):
    return np.array([max(row) for row in logits])


@wrong("04.predict", "The shape should be (n,), one number a row.")
def _(logits):
    return np.argmax(logits, axis=-1)[:, None]


@wrong("04.predict", "Overflow.", at="huge scores")
def _(logits):
    e = np.exp(logits)
    return (e / e.sum(axis=1, keepdims=True)).argmax(axis=1)


@wrong("04.predict", "A list instead of an array.")
def _(logits):
    return [list(row).index(max(row)) for row in logits]


@wrong("04.predict", "The smallest score instead of the largest.", at="two rows")
def _(logits):
    return np.argsort(logits, axis=1)[:, 0]


@right("04.predict")
def _(logits):
    return np.array([np.argmax(row) for row in logits], dtype=int)


@right("04.predict")
def _(scores):
    return np.argsort(scores, axis=1)[:, -1]


@wrong("04.softmax", "Wrong axis.", at="two rows")
def _(logits):
    e = np.exp(logits - np.max(logits, axis=0))
    return e / np.sum(e, axis=0)


@wrong("04.softmax", "One sum for the whole table.", at="two rows")
def _(logits):
    powers = np.exp(logits)
    return powers / powers.sum()


@wrong("04.softmax", "One sum for the whole table.", at="two rows")
def _(logits):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return e / e.sum()


@wrong("04.softmax", "Wrong axis.", at="two rows")
def _(logits):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return e / e.sum(axis=0)


@wrong("04.softmax", "Keepdims is missing.", at="two rows")
def _(logits):
    e = np.exp(logits)
    return e / e.sum(axis=1)


@wrong("04.softmax", "Overflow.", at="rows far apart")
def _(logits):
    return np.array([np.exp(row) / sum(np.exp(row)) for row in logits])


@wrong("04.softmax", "One maximum for the whole table.", at="rows far apart")
def _(logits):
    e = np.exp(logits - np.max(logits))
    return e / np.sum(e, axis=-1, keepdims=True)


@wrong("04.softmax", "The argument logits was changed.", at="two rows")
def _(logits):
    logits -= logits.max(axis=1, keepdims=True)
    e = np.exp(logits)
    return e / e.sum(axis=1, keepdims=True)


@wrong("04.softmax", "An integer array cuts off the decimals.", at="whole numbers")
def _(logits):
    shares = np.zeros_like(logits)
    for k, row in enumerate(logits):
        e = np.exp(row - row.max())
        shares[k] = e / e.sum()
    return shares


@wrong("04.softmax", "Nothing was returned, only printed.")
def _(logits):
    e = np.exp(logits)
    print(e / e.sum())


@right("04.softmax")
def _(logits):
    rows = [np.exp(row - max(row)) / np.exp(row - max(row)).sum() for row in logits]
    return np.array(rows).reshape(logits.shape)


@wrong("04.cross_entropy", "Sum instead of mean.", at="two rows")
def _(logits, labels):
    z = logits - logits.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -sum(log_p[i, label] for i, label in enumerate(labels))


@wrong("04.cross_entropy", "Log10 instead of the natural logarithm.", at="two rows")
def _(logits, labels):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return -np.log10(p[np.arange(len(p)), labels]).mean()


@wrong("04.cross_entropy", "The minus sign is missing.", at="two rows")
def _(logits, labels):
    z = logits - logits.max(axis=1, keepdims=True)
    return np.mean((z - np.log(np.exp(z).sum(1, keepdims=True)))[range(len(z)), labels])


@wrong("04.cross_entropy", "Labels used as if they were one-hot.")
def _(logits, labels):
    z = logits - logits.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -(labels.reshape(-1, 1) * log_p).sum() / len(labels)


@wrong("04.cross_entropy", "One loss for each row instead of their mean.", at="two rows")
def _(logits, labels):
    z = logits - logits.max(axis=1, keepdims=True)
    return -(z - np.log(np.exp(z).sum(1, keepdims=True)))[range(len(z)), labels]


@wrong("04.cross_entropy", "All rows by all labels.", at="seven rows")
def _(logits, labels):
    z = logits - logits.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -log_p[:, labels].mean()


@wrong("04.cross_entropy", "The detour by softmax loses the small shares.", at="sure and wrong")
def _(logits, labels):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return -np.log(p[np.arange(len(p)), labels]).mean()


@wrong("04.cross_entropy", "Overflow.", at="huge scores")
def _(logits, labels):
    log_p = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(labels)), labels].mean()


@right("04.cross_entropy")
def _(logits, labels):
    top = logits.max(axis=1)
    sums = top + np.log(np.exp(logits - top[:, None]).sum(axis=1))
    return (sums - np.take_along_axis(logits, labels[:, None], axis=1)[:, 0]).mean()
