"""Answers to the exercises of lesson 02, as learners write them."""

import numpy as np
from collect import right, wrong


@wrong("02.affine", "W is not transposed.", at="three points")
def _(points, W, b):
    return np.dot(points, W) + b


@wrong("02.affine", "W is not transposed.", at="three points")
def _(points, W, b):
    return np.array([p @ W for p in points])


@wrong("02.affine", "W is not transposed.", at="three points")
def _(points, W, b):
    return (points + b) @ W


@wrong("02.affine", "b is forgotten.", at="three points")
def _(points, W, b):
    return np.array([W @ p for p in points])


@wrong("02.affine", "b goes through W, too.", at="three points")
def _(points, W, b):
    moved = points + b
    return moved @ W.T


@wrong("02.affine", "b goes through W, too.", at="three points")
def _(points, W, b):
    return points @ W.T + W @ b


@wrong("02.affine", "W stands on the wrong side.", at="one point")
def _(points, W, b):
    return np.dot(W, points) + b


@wrong("02.affine", "b is added along the wrong axis.", at="one point")
def _(points, W, b):
    return np.dot(points, W.T) + b.reshape(2, 1)


@wrong("02.affine", "b is added along the wrong axis.", at="one point")
def _(points, W, b):
    return W @ points.T + b


@wrong("02.affine", "b is added along the wrong axis.", at="one point")
def _(points, W, b):
    return np.transpose(np.dot(W, points.T) + b)


@wrong("02.affine", "A column for each point instead of a row.", at="three points")
def _(points, W, b):
    return W @ points.T + b.reshape(2, 1)


@wrong("02.affine", "Only one point comes back.", at="three points")
def _(points, W, b):
    return W @ points[0] + b


@wrong("02.affine", "Only one point comes back.", at="three points")
def _(points, W, b):
    moved = []
    for p in points:
        moved.append(W @ p + b)
        return np.array(moved)


@wrong("02.affine", "Only one point comes back.", at="three points")
def _(points, W, b):
    for p in points:
        moved = W @ p + b
    return moved


@wrong("02.affine", "Number by number instead of a dot product.", at="one point")
def _(points, W, b):
    return W * points + b


@wrong("02.affine", "Number by number instead of a dot product.", at="one point")
def _(points, W, b):
    return points * W.T + b


@wrong("02.affine", "An integer array cuts off the decimals.", at="whole numbers as points")
def _(points, W, b):
    moved = points.copy()
    for i in range(len(points)):
        moved[i] = W @ points[i] + b
    return moved


@wrong("02.affine", "The argument points was changed.", at="three points")
def _(points, W, b):
    for i in range(len(points)):
        points[i] = W @ points[i] + b
    return points


@wrong("02.affine", "A list instead of an array.", at="three points")
def _(points, W, b):
    return [W @ p + b for p in points]


@right("02.affine")
def _(points, W, b):
    return np.array([W @ p + b for p in points])


@right("02.affine")
def _(points, W, b):
    return (W @ points.T).T + b


@right("02.affine")
def _(points, W, b):
    moved = np.zeros(points.shape, "float32")
    for i, (x, y) in enumerate(points):
        moved[i, 0] = W[0, 0] * x + W[0, 1] * y + b[0]
        moved[i, 1] = W[1, 0] * x + W[1, 1] * y + b[1]
    return moved


@right("02.affine")
def _(points, W, b):
    return (W @ points.T + b[:, np.newaxis]).T


@right("02.affine")
def _(points, W, b):
    return (points[:, np.newaxis, :] * W).sum(axis=2) + b


@right("02.affine")
def _(points, W, b):
    return np.array([tuple(W.dot(p) + b) for p in points.tolist()])


def meet(a, b):
    """Return what lesson 02 writes by hand: None where the sizes clash."""
    rank = max(len(a), len(b))
    a, b = (1,) * (rank - len(a)) + a, (1,) * (rank - len(b)) + b
    if any(m != n and 1 not in (m, n) for m, n in zip(a, b, strict=True)):
        return None
    return tuple(n if m == 1 else m for m, n in zip(a, b, strict=True))


def fitting(m, n):
    if m != n and m != 1 and n != 1:
        raise ValueError(f"{m} meets {n}")
    return n if m == 1 else m


@wrong("02.broadcast", "None instead of a ValueError.", at="a clash")
def _(a, b):
    return meet(a, b)


@wrong("02.broadcast", "The shapes are aligned at the left.", at="an axis is missing")
def _(a, b):
    while len(a) < len(b):
        a += (1,)
    while len(b) < len(a):
        b += (1,)
    return tuple(fitting(m, n) for m, n in zip(a, b, strict=True))


@wrong("02.broadcast", "The shapes are aligned at the left.", at="one number for each row")
def _(a, b):
    result = ()
    for m, n in zip(a, b):  # noqa: B905
        result += (fitting(m, n),)
    return result


@wrong("02.broadcast", "Sizes that clash get through.", at="a clash")
def _(a, b):
    rank = max(len(a), len(b))
    a, b = (1,) * (rank - len(a)) + a, (1,) * (rank - len(b)) + b
    return tuple(max(m, n) for m, n in zip(a, b, strict=True))


@wrong("02.broadcast", "Sizes that clash get through.", at="a clash")
def _(a, b):
    rank = max(len(a), len(b))
    a, b = (1,) * (rank - len(a)) + a, (1,) * (rank - len(b)) + b
    return tuple(n if m == 1 else m for m, n in zip(a, b, strict=True))


@wrong("02.broadcast", "Axes that only one shape has are lost.", at="a clash nowhere")
def _(a, b):
    backwards = [fitting(m, n) for m, n in zip(a[::-1], b[::-1])]  # noqa: B905
    return tuple(backwards[::-1])


@wrong("02.broadcast", "Only shapes with equally many axes get through.", at="an axis is missing")
def _(a, b):
    return tuple(fitting(m, n) for m, n in zip(a, b, strict=True))


@wrong("02.broadcast", "A size of 1 is not repeated.", at="a size of 1")
def _(a, b):
    rank = max(len(a), len(b))
    a, b = (1,) * (rank - len(a)) + a, (1,) * (rank - len(b)) + b
    if a != b:
        raise ValueError("not equal")
    return a


@wrong("02.broadcast", "A size of 1 counts in one of the shapes only.")
def _(a, b):
    rank = max(len(a), len(b))
    a, b = (1,) * (rank - len(a)) + a, (1,) * (rank - len(b)) + b
    for m, n in zip(a, b, strict=True):
        if m not in (1, n):
            raise ValueError("no")
    return b


@wrong("02.broadcast", "A size of 1 counts in one of the shapes only.", at="a size of 1")
def _(a, b):
    rank = max(len(a), len(b))
    a, b = (1,) * (rank - len(a)) + a, (1,) * (rank - len(b)) + b
    for m, n in zip(a, b, strict=True):
        if m != n and n != 1:
            raise ValueError("no")
    return a


@wrong("02.broadcast", "A size of 1 is not repeated.", at="a size of 1")
def _(a, b):
    if a == b:
        return a
    raise ValueError("not equal")


@wrong("02.broadcast", "Only one pair of sizes is checked.", at="a clash at the right")
def _(a, b):
    rank = max(len(a), len(b))
    a, b = (1,) * (rank - len(a)) + a, (1,) * (rank - len(b)) + b
    for m, n in zip(a, b, strict=True):
        fitting(m, n)
        return tuple(n if m == 1 else m for m, n in zip(a, b, strict=True))
    return ()


@wrong("02.broadcast", "The result is back to front.", at="an axis is missing")
def _(a, b):
    result = []
    for k in range(1, max(len(a), len(b)) + 1):
        m = a[-k] if k <= len(a) else 1
        n = b[-k] if k <= len(b) else 1
        result.append(fitting(m, n))
    return tuple(result)


@wrong("02.broadcast", "A size of 0 turns into 1.", at="no rows")
def _(a, b):
    rank = max(len(a), len(b))
    a, b = (1,) * (rank - len(a)) + a, (1,) * (rank - len(b)) + b
    if any(m != n and 1 not in (m, n) for m, n in zip(a, b, strict=True)):
        raise ValueError("clash")
    return tuple(np.maximum(a, b).tolist())


@wrong("02.broadcast", "A list instead of a tuple.", at="equal shapes")
def _(a, b):
    return list(np.broadcast_shapes(a, b))


@wrong("02.broadcast", "A ValueError should be raised here.", at="a clash")
def _(a, b):
    result = meet(a, b)
    assert result is not None
    return result


@right("02.broadcast")
def _(a, b):
    return np.broadcast_shapes(a, b)


@right("02.broadcast")
def _(a, b):
    return (np.zeros(a) + np.zeros(b)).shape


@right("02.broadcast")
def _(a, b):
    result = []
    for k in range(1, max(len(a), len(b)) + 1):
        m = a[-k] if k <= len(a) else 1
        n = b[-k] if k <= len(b) else 1
        result.insert(0, fitting(m, n))
    return tuple(result)


@right("02.broadcast")
def _(a, b):
    if (result := meet(a, b)) is None:
        raise ValueError(f"{a} {b}")
    return tuple(np.array(result, dtype=int))


def loops(a, b, rows, columns, inner):
    """Return the matrix product, as far as the three loops go."""
    if a.shape[1] != b.shape[0]:
        raise ValueError("the inner sizes differ")
    c = np.zeros((a.shape[0], b.shape[1]))
    for i in range(rows):
        for j in range(columns):
            for p in range(inner):
                c[i, j] += a[i, p] * b[p, j]
    return c


@wrong("02.dot", "Number by number instead of rows by columns.", at="one row")
def _(a, b):
    return a * b


@wrong("02.dot", "Number by number instead of rows by columns.", at="one row")
def _(a, b):
    if a.shape[1] != b.shape[0]:
        raise ValueError("no")
    return np.multiply(a, b)


@wrong("02.dot", "Number by number instead of rows by columns.", at="one row")
def _(a, b):
    return np.sum(a * b, axis=1)


@wrong("02.dot", "Rows of the result are missing.", at="three rows")
def _(a, b):
    c = np.zeros((a.shape[0], b.shape[1]))
    for i in range(a.shape[0]):
        for j in range(b.shape[1]):
            c[i, j] = a[i] @ b[:, j]
        return c


@wrong("02.dot", "The wrong sizes are compared.", at="one row")
def _(a, b):
    if a.shape[0] != b.shape[1]:
        raise ValueError(f"{a.shape} and {b.shape} do not fit")
    return a @ b


@wrong("02.dot", "The wrong sizes are compared.", at="one row")
def _(a, b):
    if a.shape != b.shape:
        raise ValueError(f"{a.shape} and {b.shape} do not fit")
    return a @ b


@wrong("02.dot", "a is transposed.", at="two squares")
def _(a, b):
    return np.dot(a.T, b)


@wrong("02.dot", "a is transposed.", at="three rows")
def _(a, b):
    c = np.zeros((a.shape[0], b.shape[1]))
    if a.shape[1] != b.shape[0]:
        raise ValueError("no")
    for i in range(a.shape[0]):
        for j in range(b.shape[1]):
            for p in range(a.shape[1]):
                c[i, j] += a[p, i] * b[p, j]
    return c


@wrong("02.dot", "Only the last product is kept.", at="two shoppers, two shops")
def _(a, b):
    if a.shape[1] != b.shape[0]:
        raise ValueError("no")
    c = np.zeros((a.shape[0], b.shape[1]))
    for i in range(a.shape[0]):
        for j in range(b.shape[1]):
            for p in range(a.shape[1]):
                c[i, j] = a[i, p] * b[p, j]
    return c


@wrong("02.dot", "The last product of each sum is missing.", at="two shoppers, two shops")
def _(a, b):
    return loops(a, b, len(a), b.shape[1], len(b) - 1)


@wrong("02.dot", "The last column is missing.", at="three rows")
def _(a, b):
    return loops(a, b, len(a), b.shape[1] - 1, len(b))


@wrong("02.dot", "The last column is missing.", at="three rows")
def _(a, b):
    return np.array([[a[i] @ b[:, j] for j in range(b.shape[1] - 1)] for i in range(a.shape[0])])


@wrong("02.dot", "Rows of the result are missing.", at="three rows")
def _(a, b):
    return loops(a, b, len(a) - 1, b.shape[1], len(b))


@wrong("02.dot", "The sum is not set back to 0.", at="three rows")
def _(a, b):
    if a.shape[1] != b.shape[0]:
        raise ValueError("no")
    c = np.zeros((a.shape[0], b.shape[1]))
    total = 0
    for i in range(a.shape[0]):
        for j in range(b.shape[1]):
            for p in range(a.shape[1]):
                total += a[i, p] * b[p, j]
            c[i, j] = total
    return c


@wrong("02.dot", "The sum is not set back to 0.", at="three rows")
def _(a, b):
    c = np.zeros((a.shape[0], b.shape[1]))
    for i in range(a.shape[0]):
        total = 0
        for j in range(b.shape[1]):
            for p in range(a.shape[1]):
                total += a[i, p] * b[p, j]
            c[i, j] = total
    return c


@wrong("02.dot", "b is transposed.", at="three rows")
def _(a, b):
    c = np.zeros((a.shape[0], b.shape[1]))
    for i in range(a.shape[0]):
        for j in range(b.shape[1]):
            for p in range(a.shape[1]):
                c[i, j] += a[i, p] * b[j, p]
    return c


@wrong("02.dot", "The sum runs along the wrong axis.", at="three rows")
def _(a, b):
    return np.sum(a[:, :, None] * b[None, :, :], axis=0)


@wrong("02.dot", "The sum runs along the wrong axis.", at="three rows")
def _(a, b):
    return (a[:, :, None] * b).sum(axis=-1)


@wrong("02.dot", "Rows and columns of the result are exchanged.", at="three rows")
def _(a, b):
    return b.T @ a.T


@wrong("02.dot", "b times a instead of a times b.", at="two squares")
def _(a, b):
    return np.dot(b, a)


@wrong("02.dot", "An integer array cuts off the decimals.", at="whole numbers in a")
def _(a, b):
    if a.shape[1] != b.shape[0]:
        raise ValueError("no")
    c = np.zeros((a.shape[0], b.shape[1]), dtype=a.dtype)
    for i in range(a.shape[0]):
        for j in range(b.shape[1]):
            c[i, j] = (a[i] * b[:, j]).sum()
    return c


@wrong("02.dot", "An integer array cuts off the decimals.", at="whole numbers in b")
def _(a, b):
    c = np.zeros((a.shape[0], b.shape[1]), dtype=b.dtype)
    for i in range(a.shape[0]):
        for j in range(b.shape[1]):
            c[i, j] = (a[i] * b[:, j]).sum()
    return c


@wrong("02.dot", "A ValueError should be raised here.", at="inner sizes 3 and 2")
def _(a, b):
    return np.array(
        [[sum(x * y for x, y in zip(row, column)) for column in b.T] for row in a]  # noqa: B905
    )


@wrong("02.dot", "A ValueError should be raised here.", at="inner sizes 3 and 1")
def _(a, b):
    return np.array([[(row * column).sum() for column in b.T] for row in a])


@wrong("02.dot", "A list instead of an array.", at="three rows")
def _(a, b):
    return [[(row * column).sum() for column in b.T] for row in a]


@wrong("02.dot", "Right, but by @.")
def _(a, b):
    return a @ b


@right("02.dot")
def _(a, b):
    return loops(a, b, len(a), b.shape[1], len(b))


@right("02.dot")
def _(a, b):
    columns = [b[:, j] for j in range(b.shape[1])]
    return np.array(
        [[sum(x * y for x, y in zip(row, column, strict=True)) for column in columns] for row in a]
    )


@right("02.dot")
def _(a, b):
    if a.shape[-1] != len(b):
        raise ValueError
    return (a[:, :, np.newaxis] * b).sum(axis=1)


@right("02.dot")
def _(a, b):
    if a.shape[1] != b.shape[0]:
        raise ValueError(a.shape, b.shape)
    return sum(np.outer(a[:, p], b[p]) for p in range(len(b)))


@wrong("02.dot", "Right, but by einsum.")
def _(a, b):
    return (
        np.einsum("ip,pj->ij", a.astype("float32"), b.astype("float32"))
        if a.shape[1] == len(b)
        else np.dot(a, b)
    )
