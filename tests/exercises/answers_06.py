"""Answers to the exercises of lesson 06, as learners write them."""

import math

import numpy as np
from collect import right, wrong


@wrong("06.updates", "Rounded down.", at="5 + 5 + 4")
def _(n, batch_size):
    return int(n / batch_size)


@wrong("06.updates", "Rounded to the nearest whole number.", at="5 + 5 + 5 + 2")
def _(n, batch_size):
    return int(np.round(n / batch_size))


@wrong("06.updates", "Rounded to the nearest whole number.", at="5 + 5 + 5 + 2")
def _(n, batch_size):
    return int(n / batch_size + 0.5)


@wrong("06.updates", "Always one more.", at="5 + 5, nothing is left over")
def _(n, batch_size):
    return int(n / batch_size) + 1


@wrong("06.updates", "A float instead of an int.", at="5 + 5 + 5 + 2")
def _(n, batch_size):
    return n / batch_size


@wrong("06.updates", "A float instead of an int.", at="5 + 5 + 5 + 2")
def _(n, batch_size):
    return np.ceil(n / batch_size)


@wrong("06.updates", "One update for each sample that is left over.")
def _(n, batch_size):
    full, rest = divmod(n, batch_size)
    return full + rest


@wrong("06.updates", "The size of the last batch.", at="5 + 5 + 4")
def _(n, batch_size):
    return n % batch_size


@wrong("06.updates", "A minus sign is missing.", at="5 + 5 + 5 + 2")
def _(n, batch_size):
    return -n // batch_size


@wrong("06.updates", "Samples and batch size are exchanged.", at="5 + 5 + 5 + 2")
def _(n, batch_size):
    return math.ceil(batch_size / n)


@wrong("06.updates", "Samples and batch size are exchanged.", at="5 + 5 + 5 + 2")
def _(n, batch_size):
    return int(batch_size / n)


@wrong("06.updates", "Rounded down.", at="one sample is left over")
def _(n, batch_size):
    return int(n / batch_size + 0.99)


@wrong("06.updates", "At least one update.", at="no sample at all")
def _(n, batch_size):
    return 1 if n < batch_size else math.ceil(n / batch_size)


@wrong("06.updates", "Nothing was returned, only printed.")
def _(n, batch_size):
    print(-(-n // batch_size))


@right("06.updates")
def _(n, batch_size):
    return math.ceil(n / batch_size)


@right("06.updates")
def _(n, batch_size):
    return int(np.ceil(n / batch_size))


@right("06.updates")
def _(n, batch_size):
    return np.ceil(n / batch_size).astype(int)


@right("06.updates")
def _(samples, size):
    return (samples + size - 1) // size


@right("06.updates")
def _(n, batch_size):
    return n // batch_size + (n % batch_size > 0)


@right("06.updates")
def _(n, batch_size):
    return len(range(0, n, batch_size))


@wrong("06.shuffle", "The rows are shuffled, but the labels are not.")
def _(x, y, rng):
    return rng.permutation(x), y


@wrong("06.shuffle", "The labels are shuffled, but the rows are not.")
def _(x, y, rng):
    order = rng.permutation(len(y))
    return x, y[order]


@wrong("06.shuffle", "Rows and labels are shuffled apart.")
def _(x, y, rng):
    return rng.permutation(x), rng.permutation(y)


@wrong("06.shuffle", "Rows and labels are shuffled apart.")
def _(x, y, rng):
    x, y = x.copy(), y.copy()
    rng.shuffle(x)
    rng.shuffle(y)
    return x, y


@wrong("06.shuffle", "Nothing is shuffled.")
def _(x, y, rng):
    rng.permutation(len(x))
    return x, y


@wrong("06.shuffle", "Nothing is shuffled.")
def _(x, y, rng):
    order = np.argsort(rng.permutation(y))
    rng.shuffle(order.copy())
    return x[np.sort(order)], y[np.sort(order)]


@wrong("06.shuffle", "Some rows come twice, others never.")
def _(x, y, rng):
    order = rng.integers(len(x), size=len(x))
    return x[order], y[order]


@wrong("06.shuffle", "Some rows come twice, others never.")
def _(x, y, rng):
    order = rng.choice(len(x), len(x))
    return x[order], y[order]


@wrong("06.shuffle", "Moved along or reversed, but not shuffled.")
def _(x, y, rng):
    return x[::-1], y[::-1]


@wrong("06.shuffle", "Moved along or reversed, but not shuffled.")
def _(x, y, rng):
    by = rng.integers(1, len(x))
    return np.roll(x, by, axis=0), np.roll(y, by)


@wrong("06.shuffle", "Rows came back that x did not have.")
def _(x, y, rng):
    return rng.permuted(x, axis=0), rng.permutation(y)


@wrong("06.shuffle", "The columns are shuffled.", at="as many columns as rows")
def _(x, y, rng):
    order = rng.permutation(len(x))
    if x.shape[1] == len(x):
        return x[:, order], y[order]
    return x[order], y[order]


@wrong("06.shuffle", "Labels came back that y did not have.")
def _(x, y, rng):
    order = rng.permutation(len(x))
    return x[order], order


@wrong("06.shuffle", "The argument x was changed.")
def _(x, y, rng):
    rng.shuffle(x)
    rng.shuffle(y)
    return x, y


@wrong("06.shuffle", "The generator rng is not used.")
def _(x, y, rng):
    order = np.random.permutation(len(x))  # noqa: NPY002
    return x[order], y[order]


@wrong("06.shuffle", "The generator rng is not used.")
def _(x, y, rng):
    rng = np.random.default_rng(42)
    order = rng.permutation(len(x))
    return x[order], y[order]


@right("06.shuffle")
def _(x, y, rng):
    order = np.arange(len(x))
    rng.shuffle(order)
    return x[order], y[order]


@right("06.shuffle")
def _(x, y, rng):
    order = np.argsort(rng.random(len(x)))
    return [np.array([x[i] for i in order]), np.array([y[i] for i in order])]


@right("06.shuffle")
def _(x, y, rng):
    order = rng.choice(len(x), size=len(x), replace=False)
    return x.take(order, axis=0), y.take(order)


@right("06.shuffle")
def _(x, y, rng):
    pairs = list(zip(x, y, strict=True))
    rng.shuffle(pairs)
    return np.array([row for row, _ in pairs]), np.array([label for _, label in pairs])


@right("06.shuffle")
def _(x, y, rng):
    seed = int(rng.integers(1000))
    first, second = np.random.default_rng(seed), np.random.default_rng(seed)
    return first.permutation(x), second.permutation(y)


@wrong("06.batches", "The last batch is missing.", at="3 + 3 + 1")
def _(x, batch_size):
    return [x[k * batch_size : (k + 1) * batch_size] for k in range(len(x) // batch_size)]


@wrong("06.batches", "The last batch is missing.", at="3 + 3 + 1")
def _(x, batch_size):
    out, start = [], 0
    while start + batch_size < len(x):
        out.append(x[start : start + batch_size])
        start += batch_size
    return out


@wrong("06.batches", "The first batch is missing.", at="3 + 3 + 1")
def _(x, batch_size):
    number = -(-len(x) // batch_size)
    return [x[k * batch_size : (k + 1) * batch_size] for k in range(1, number)]


@wrong("06.batches", "Each slice ends at batch_size.", at="3 + 3 + 1")
def _(x, batch_size):
    return [x[start:batch_size] for start in range(0, len(x), batch_size)]


@wrong("06.batches", "The last batch is filled up.", at="3 + 3 + 1")
def _(x, batch_size):
    out = []
    for start in range(0, len(x), batch_size):
        batch = np.zeros((batch_size, *x.shape[1:]))
        part = x[start : start + batch_size]
        batch[: len(part)] = part
        out.append(batch)
    return out


@wrong("06.batches", "The last batch is filled up.", at="3 + 3 + 1")
def _(x, batch_size):
    out = [x[s : s + batch_size] for s in range(0, len(x), batch_size)]
    if out and len(out[-1]) < batch_size:
        out[-1] = x[len(x) - batch_size :]
    return out


@wrong("06.batches", "The rest is joined to the last full batch.", at="3 + 3 + 1")
def _(x, batch_size):
    number = max(1, len(x) // batch_size)
    stops = [k * batch_size for k in range(1, number)] + [len(x)]
    return [x[k * batch_size : stop] for k, stop in enumerate(stops)]


@wrong("06.batches", "An empty batch at the end.", at="three full batches")
def _(x, batch_size):
    out = []
    for k in range(len(x) // batch_size + 1):
        out.append(x[k * batch_size : k * batch_size + batch_size])
    return out


@wrong("06.batches", "Each batch is one row short.", at="3 + 3 + 1")
def _(x, batch_size):
    for start in range(0, len(x), batch_size):
        yield x[start : start + batch_size - 1]


@wrong("06.batches", "Each batch is one row too long.", at="3 + 3 + 1")
def _(x, batch_size):
    for start in range(0, len(x), batch_size):
        yield x[start : start + batch_size + 1]


@wrong("06.batches", "The batches overlap.", at="3 + 3 + 1")
def _(x, batch_size):
    return [x[i : i + batch_size] for i in range(len(x))]


@wrong("06.batches", "The batches overlap.", at="3 + 3 + 1")
def _(x, batch_size):
    number = -(-len(x) // batch_size)
    return [x[i : i + batch_size] for i in range(number)]


@wrong("06.batches", "The batch size is taken for the number of batches.", at="3 + 3 + 1")
def _(x, batch_size):
    rows = len(x) // batch_size
    return [x[k * rows : (k + 1) * rows] for k in range(batch_size)]


@wrong("06.batches", "The batch size is taken for the number of batches.", at="3 + 3 + 1")
def _(x, batch_size):
    return np.split(x, batch_size)


@wrong("06.batches", "The rows are spread evenly.", at="small pictures")
def _(x, batch_size):
    number = math.ceil(len(x) / batch_size)
    return np.array_split(x, number)


@wrong("06.batches", "The columns are cut instead of the rows.", at="3 + 3 + 1")
def _(x, batch_size):
    batches = []
    for start in range(0, len(x), batch_size):
        batches.append(x[:, start : start + batch_size])
    return batches


@wrong("06.batches", "Only the first batch came back.", at="3 + 3 + 1")
def _(x, batch_size):
    for start in range(0, len(x), batch_size):
        return x[start : start + batch_size]


@wrong("06.batches", "Only the first batch came back.", at="3 + 3 + 1")
def _(x, batch_size):
    batches = []
    for start in range(0, len(x), batch_size):
        batches.append(x[start : start + batch_size])
        return batches


@wrong("06.batches", "A list instead of an array.", at="3 + 3 + 1")
def _(x, batch_size):
    return [x[s : s + batch_size].tolist() for s in range(0, len(x), batch_size)]


@right("06.batches")
def _(x, batch_size):
    for start in range(0, len(x), batch_size):
        yield x[start : min(start + batch_size, len(x))]


@right("06.batches")
def _(x, batch_size):
    out = []
    while len(x) > 0:
        out.append(x[:batch_size].copy())
        x = x[batch_size:]
    return out


@right("06.batches")
def _(x, batch_size):
    batches, batch = [], []
    for row in x:
        batch.append(row)
        if len(batch) == batch_size:
            batches.append(np.array(batch))
            batch = []
    if batch:
        batches.append(np.array(batch))
    return batches


@right("06.batches")
def _(x, batch_size):
    full = len(x) // batch_size
    out = [x[k * batch_size : (k + 1) * batch_size] for k in range(full)]
    if len(x) % batch_size:
        out.append(x[full * batch_size :])
    return out
