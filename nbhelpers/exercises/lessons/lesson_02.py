"""Exercises of lesson 02: move points by an affine map, broadcast by hand, multiply matrices."""

from collections.abc import Callable

import numpy as np

from nbhelpers import geometry, tensors
from nbhelpers.exercises.checker.exercise import Arguments, Array, Case, Exercise, Mistake
from nbhelpers.exercises.lessons.draws import quarters, size

Shape = tuple[int, ...]
_rng = np.random.default_rng(2)
SHEAR = np.array([[1.0, 3.0], [0.0, 2.0]])
TURN = np.array([[0.0, -1.0], [1.0, 0.0]])
SHIFT = np.array([10.0, 20.0])

# --- 02.affine


def _some_points(rng: np.random.Generator) -> Arguments:
    points, W, b = quarters(rng, size(rng), 2), quarters(rng, 2, 2), quarters(rng, 2)
    return {"points": points, "W": W, "b": b}


AFFINE = Exercise(
    name="02.affine",
    reference=geometry.apply,
    cases=(
        Case(
            {"points": np.array([[1.0, 2.0], [0.0, -1.0], [3.0, 0.5]]), "W": SHEAR, "b": SHIFT},
            "three points",
        ),
        Case({"points": np.array([[1.0, 2.0]]), "W": SHEAR, "b": SHIFT}, "one point"),
        Case({"points": np.array([[1.0, 2.0], [0.0, -1.0]]), "W": SHEAR, "b": SHIFT}, "two points"),
        Case(
            {"points": np.array([[1.0, 0.0], [0.0, 1.0], [2.0, 3.0]]), "W": TURN, "b": SHIFT},
            "a quarter turn",
        ),
        Case(
            {
                "points": np.array([[1, 2], [3, 4], [0, 1]]),
                "W": np.array([[0.5, 0.0], [0.25, 1.5]]),
                "b": np.array([0.25, -0.5]),
            },
            "whole numbers as points",
        ),
        Case(
            {
                "points": np.array([[1.5, 2.5], [-0.5, 1.0]]),
                "W": np.array([[2, 1], [1, -3]]),
                "b": np.array([1, 0]),
            },
            "whole numbers as weights",
        ),
        Case({"points": _rng.integers(-8, 9, (50, 2)) / 4, "W": SHEAR, "b": -SHIFT}, "50 points"),
    ),
    draw=_some_points,
    mistakes=(
        Mistake(
            "W is not transposed",
            "points @ W takes each point with the columns of W. In W @ p it meets the rows.",
            lambda points, W, b: points @ W + b,
            lambda points, W, b: (points + b) @ W,
            lambda points, W, b: points @ W,
            lambda points, W, b: points @ W - b,
        ),
        Mistake(
            "b is forgotten",
            "The points are turned and stretched, but not shifted.",
            lambda points, W, b: points @ W.T,
        ),
        Mistake(
            "b is subtracted",
            "The shift is W @ p plus b.",
            lambda points, W, b: points @ W.T - b,
        ),
        Mistake(
            "b goes through W, too",
            "In W @ p + b the matrix comes first, then the shift. Yours turns and stretches the "
            "shift together with the point.",
            lambda points, W, b: (points + b) @ W.T,
        ),
        Mistake(
            "the points are shifted, but not turned and stretched",
            "b is added, and W is not used.",
            lambda points, W, b: points + b,
        ),
        Mistake(
            "W stands on the wrong side",
            "W @ p is for one place p. Your points are rows, one below the other: on which side "
            "must the matrix stand, and how, so that each row meets it? Section 7.",
            lambda points, W, b: W @ points + b,
        ),
        Mistake(
            "b is added along the wrong axis",
            "Which shape of b lines up with (n, 2)? As a column, or beside W @ points.T, whose "
            "points are columns, b meets the points, and not the two numbers of each point.",
            lambda points, W, b: points @ W.T + b[:, np.newaxis],
            lambda points, W, b: W @ points.T + b,
            lambda points, W, b: (W @ points.T + b).T,
        ),
        Mistake(
            "a column for each point instead of a row",
            "All numbers are right, but the points came in as rows and should go out as rows.",
            lambda points, W, b: W @ points.T + b[:, np.newaxis],
        ),
        Mistake(
            "reshape in the place of a transpose",
            "reshape reads the numbers on in their order, .T turns the table. After W @ points.T "
            "only .T brings each point back into a row (lesson 01).",
            lambda points, W, b: (W @ points.T).reshape(-1, 2) + b,
            lambda points, W, b: (W @ points.T + b[:, np.newaxis]).reshape(-1, 2),
            lambda points, W, b: (W @ points.reshape(2, -1)).T + b,
        ),
        Mistake(
            "only one point comes back",
            "All n points should move, and come back as n rows, even if n is 1. Is there a return "
            "inside a loop, or a points[0]?",
            lambda points, W, b: W @ points[0] + b,
            lambda points, W, b: W @ points[-1] + b,
            lambda points, W, b: (W @ points[0] + b)[np.newaxis, :],
            lambda points, W, b: (W @ points[-1] + b)[np.newaxis, :],
        ),
        Mistake(
            "number by number instead of a dot product",
            "* multiplies the numbers at the same place. Here each point needs the dot product "
            "with each row of W.",
            lambda points, W, b: points * W + b,
            lambda points, W, b: points * W.T + b,
        ),
    ),
    hints=(
        "For one point it is W @ p + b. A row of points needs the matrix on its right.",
        "On the right, each point meets the columns. Transposed, the rows of W become columns.",
        "(n, 2) · (2, 2) → (n, 2): points @ W.T; and b, shape (2,), is broadcast over the rows.",
    ),
    achieved="A whole drawing moves at once, in one line. It is the heart of a dense layer.",
    samples=True,
)

# --- 02.broadcast


def broadcast(a: Shape, b: Shape) -> Shape:
    """Return the shape of the sum of two tensors of these shapes."""
    shape = tensors.broadcast(a, b).shape
    if shape is None:
        raise ValueError(f"{a} and {b} do not fit")
    return shape


def _in_front(a: Shape, b: Shape) -> tuple[Shape, Shape]:
    rank = max(len(a), len(b))
    return (1,) * (rank - len(a)) + a, (1,) * (rank - len(b)) + b


def _behind(a: Shape, b: Shape) -> tuple[Shape, Shape]:
    rank = max(len(a), len(b))
    return a + (1,) * (rank - len(a)), b + (1,) * (rank - len(b))


def _cut_at_the_left(a: Shape, b: Shape) -> tuple[Shape, Shape]:
    rank = min(len(a), len(b))
    return a[len(a) - rank :], b[len(b) - rank :]


def _cut_at_the_right(a: Shape, b: Shape) -> tuple[Shape, Shape]:
    rank = min(len(a), len(b))
    return a[:rank], b[:rank]


def _if_equally_long(a: Shape, b: Shape) -> tuple[Shape, Shape]:
    if len(a) != len(b):
        raise ValueError("zip() argument 2 is longer or shorter than argument 1")
    return a, b


def _fit(m: int, n: int) -> bool:
    return m == n or 1 in (m, n)


def _anything(m: int, n: int) -> bool:
    return True


def _not_one(m: int, n: int) -> int:
    return n if m == 1 else m


def _by_hand(
    align: Callable[[Shape, Shape], tuple[Shape, Shape]] = _in_front,
    fit: Callable[[int, int], bool] = _fit,
    size: Callable[[int, int], int] = _not_one,
) -> Callable[[Shape, Shape], Shape]:
    """Return a broadcast by hand, in which one of the three steps may be a wrong one."""

    def twin(a: Shape, b: Shape) -> Shape:
        a, b = align(a, b)
        if not all(map(fit, a, b)):
            raise ValueError("do not fit")
        return tuple(map(size, a, b))

    return twin


def _first_pair_only(a: Shape, b: Shape) -> Shape:
    a, b = _in_front(a, b)
    if not all(map(_fit, a[:1], b[:1])):
        raise ValueError("do not fit")
    return tuple(map(_not_one, a, b))


def _some_shapes(rng: np.random.Generator) -> Arguments:
    """Return two shapes: most of them fit, some clash at one axis."""
    full = [size(rng, 2, 5) for _ in range(size(rng, 1, 4))]
    shapes = [[1 if rng.random() < 0.3 else n for n in full] for _ in range(2)]
    if rng.random() < 0.3:
        shapes[0][-1], shapes[1][-1] = full[-1], full[-1] + 1
    missing = [int(rng.integers(len(full))), 0]
    rng.shuffle(missing)
    a, b = (tuple(shape[k:]) for shape, k in zip(shapes, missing, strict=True))
    return {"a": a, "b": b}


def _or(instead: object) -> Callable[[Shape, Shape], object]:
    """Return a twin that gives something else where it should raise."""

    def twin(a: Shape, b: Shape) -> object:
        shape = tensors.broadcast(a, b).shape
        return instead if shape is None else shape

    return twin


BROADCAST = Exercise(
    name="02.broadcast",
    reference=broadcast,
    cases=(
        Case({"a": (3,), "b": (3,)}, "equal shapes"),
        Case({"a": (1,), "b": (4,)}, "a size of 1"),
        Case({"a": (4,), "b": (1,)}, "a size of 1, exchanged"),
        Case({"a": (1, 2), "b": (2,)}, "an axis is missing"),
        Case({"a": (2, 3), "b": (3,)}, "a bias: one for each column"),
        Case({"a": (3,), "b": (2, 3)}, "an axis is missing, exchanged"),
        Case({"a": (3, 1), "b": (1, 4)}, "both are repeated"),
        Case({"a": (2,), "b": (3,)}, "a clash"),
        Case({"a": (2, 3), "b": (2, 4)}, "a clash at the right"),
        Case({"a": (4, 2), "b": (4,)}, "one number for each row"),
        Case({"a": (3, 1), "b": (3,)}, "the silent trap"),
        Case({"a": (), "b": (5,)}, "a scalar"),
        Case({"a": (), "b": ()}, "two scalars"),
        Case({"a": (64, 3, 32, 10), "b": (32, 10)}, "two axes are missing"),
        Case({"a": (5, 1, 7), "b": (6, 1)}, "a clash nowhere"),
        Case({"a": (2, 4, 3), "b": (3, 3)}, "a clash in the middle"),
        Case({"a": (1,), "b": (0,)}, "no entries at all"),
        Case({"a": (0, 3), "b": (3,)}, "no rows"),
        Case({"a": (2,), "b": (0,)}, "0 and 2 clash"),
    ),
    draw=_some_shapes,
    mistakes=(
        Mistake(
            "axes that only one shape has are lost",
            "Where an axis is missing, it counts as 1, and the result keeps the other's size. "
            "zip stops as soon as the shorter one ends.",
            _by_hand(align=_cut_at_the_left),
        ),
        Mistake(
            "the shapes are aligned at the left",
            "Write the shapes below each other so that their last sizes stand below each other. "
            "Yours starts with the first ones.",
            _by_hand(align=_behind),
            _by_hand(align=_cut_at_the_right),
        ),
        Mistake(
            "sizes that clash get through",
            "Sizes fit if they are equal, or if one of them is 1. Where neither is the case, there "
            "is no result: say so with raise ValueError(...).",
            _by_hand(fit=_anything, size=max),
            _by_hand(fit=_anything),
            _by_hand(fit=_anything, size=lambda m, n: m if n == 1 else n),
        ),
        Mistake(
            "a size of 0 counts as a size of 1",
            "Only 1 is repeated. 0 and 2 clash, as 3 and 2 do.",
            _by_hand(fit=lambda m, n: m == n or m <= 1 or n <= 1),
            _by_hand(fit=lambda m, n: m == n or m <= 1 or n <= 1, size=max),
        ),
        Mistake(
            "only shapes with equally many axes get through",
            "Where an axis is missing, it counts as 1. So make both shapes equally long first.",
            _by_hand(align=_if_equally_long),
        ),
        Mistake(
            "a size of 1 is not repeated",
            "Sizes also fit where one of them is 1.",
            _by_hand(fit=lambda m, n: m == n),
            _by_hand(align=_if_equally_long, fit=lambda m, n: m == n),
        ),
        Mistake(
            "only one pair of sizes is checked",
            "A clash may stand anywhere. Does a return inside the loop end it too early?",
            _first_pair_only,
        ),
        Mistake(
            "a size of 1 counts in one of the shapes only",
            "Either shape may have a 1, or too few axes. Exchange a and b: the result should be "
            "the same.",
            _by_hand(fit=lambda m, n: n in (1, m)),
            _by_hand(fit=lambda m, n: m in (1, n)),
        ),
        Mistake(
            "the result is back to front",
            "You start at the right, so the last size comes out first. Turn the result round.",
            lambda a, b: broadcast(a, b)[::-1],
        ),
        Mistake(
            "None instead of a ValueError",
            "Whoever calls your function may not notice a None. Stop it, with raise "
            "ValueError(...) and both shapes in the message.",
            _or(None),
        ),
        Mistake(
            "a value comes back where a ValueError should stop all",
            "Whoever calls your function may take it for a shape. raise ValueError(...) stops.",
            _or(()),
            _or(False),
            _or("ValueError"),
            _or(ValueError),
        ),
        Mistake(
            "a size of 0 turns into 1",
            "1 and 0 fit, as one of them is 1. The result takes the size that is not 1, which is "
            "not always the larger one.",
            _by_hand(size=max),
        ),
        Mistake(
            "the smaller size wins",
            "Where one size is 1, it is repeated until it is as long as the other.",
            _by_hand(size=min),
        ),
        Mistake(
            "the shapes are joined",
            "Adding tuples puts one behind the other. Compare their sizes pair by pair.",
            lambda a, b: a + b,
        ),
        Mistake(
            "one of the two shapes comes back",
            "Each axis of the result takes the size that is not 1, from either shape.",
            lambda a, b: broadcast(a, b) and a,
            lambda a, b: broadcast(a, b) and b,
        ),
    ),
    hints=(
        "Make both shapes equally long first: put as many 1 in front as axes are missing. "
        "(1,) * 2 is (1, 1).",
        "Then go through both with zip. Two sizes fit if they are equal, or if one of them is 1.",
        "Of two sizes that fit, take the one that is not 1. Where two do not fit, raise "
        "ValueError(...).",
    ),
    achieved="You know the rule by heart now, down to the empty tensors that NumPy allows.",
)

# --- 02.dot


def product(a: Array, b: Array) -> Array:
    """Return the matrix product, (n, k) and (k, m) -> (n, m)."""
    if a.shape[1] != b.shape[0]:
        raise ValueError(f"the inner sizes of {a.shape} and {b.shape} differ")
    return np.asarray((a[:, :, np.newaxis] * b).sum(axis=1))


def _some_matrices(rng: np.random.Generator) -> Arguments:
    n, k, m = (size(rng, 1, 3) for _ in range(3))
    inner = k if rng.random() < 0.8 else k + 1
    return {"a": quarters(rng, n, k), "b": quarters(rng, inner, m)}


def _after_check(wrong: Callable[[Array, Array], Array]) -> Callable[[Array, Array], Array]:
    """Return a wrong product that at least stops where the inner sizes differ."""

    def twin(a: Array, b: Array) -> Array:
        product(a, b)  # raises the ValueError
        return wrong(a, b)

    return twin


def _without(rows: slice, columns: slice) -> Callable[[Array, Array], Array]:
    def twin(a: Array, b: Array) -> Array:
        c = np.zeros((len(a), b.shape[1]))
        c[rows, columns] = (a @ b)[rows, columns]
        return c

    return _after_check(twin)


def _by_loops(term: Callable[..., float]) -> Callable[[Array, Array], Array]:
    """Return a product by three loops, in which the innermost line may be a wrong one."""

    def twin(a: Array, b: Array) -> Array:
        product(a, b)
        c = np.zeros((len(a), b.shape[1]))
        for i, j in np.ndindex(c.shape):
            c[i, j] = sum(term(a, b, i, j, p) for p in range(len(b)))
        return c

    return twin


def _only_if(fit: Callable[[Array, Array], bool]) -> Callable[[Array, Array], Array]:
    def twin(a: Array, b: Array) -> Array:
        if not fit(a, b):
            raise ValueError("these do not fit")
        return a @ b

    return twin


DOT = Exercise(
    name="02.dot",
    reference=product,
    cases=(
        Case(
            {
                "a": np.array([[1.0, 2.0], [0.5, -1.0], [3.0, 0.0]]),
                "b": np.array([[3.0, 4.0], [5.0, 6.0]]),
            },
            "three rows",
        ),
        Case({"a": np.array([[1.0, 2.0]]), "b": np.array([[3.0, 4.0], [5.0, 6.0]])}, "one row"),
        Case(
            {"a": np.array([[2.0, 0.0], [-1.0, 3.0]]), "b": np.array([[1.0, 4.0], [5.0, -2.0]])},
            "two squares",
        ),
        Case(
            {"a": np.array([[2, 3, 1], [0, 1, 4]]), "b": np.array([[1, 2], [2, 1], [5, 4]])},
            "two shoppers, two shops",
        ),
        Case({"a": np.array([[2.0], [3.0]]), "b": np.array([[1.0, 10.0, 100.0]])}, "inner size 1"),
        Case({"a": np.array([[1, 3]]), "b": np.array([[0.5], [0.75]])}, "whole numbers in a"),
        Case({"a": np.array([[0.5, 0.25]]), "b": np.array([[1], [3]])}, "whole numbers in b"),
        Case({"a": np.ones((2, 3)), "b": np.ones((2, 3))}, "inner sizes 3 and 2"),
        Case({"a": np.ones((1, 2)), "b": np.ones((3, 2))}, "inner sizes 2 and 3"),
        Case({"a": np.ones((2, 3)), "b": np.ones((1, 2))}, "inner sizes 3 and 1"),
        Case({"a": np.ones((3, 1)), "b": np.ones((3, 2))}, "inner sizes 1 and 3"),
        Case(
            {"a": _rng.integers(-8, 9, (6, 7)) / 4, "b": _rng.integers(-8, 9, (7, 5)) / 4},
            "six rows, five columns",
        ),
    ),
    draw=_some_matrices,
    forbidden=(
        "@",
        *("dot", "matmul", "einsum", "inner", "tensordot", "vdot", "vecdot", "multi_dot"),
        *("imatmul", "__matmul__", "__rmatmul__", "matvec", "vecmat"),
    ),
    mistakes=(
        Mistake(
            "number by number instead of rows by columns",
            "a * b takes the numbers at the same place. Here each row of a meets each column of b, "
            "and each meeting gives one sum.",
            lambda a, b: a * b,
            lambda a, b: (a * b).sum(axis=1),
            _after_check(lambda a, b: a * b),
            _after_check(lambda a, b: (a * b).sum(axis=1)),
        ),
        Mistake(
            "only the last product is kept",
            "Each product replaces the one before. They should be added up: +=.",
            _after_check(lambda a, b: a[:, -1:] * b[-1:]),
        ),
        Mistake(
            "the last product of each sum is missing",
            "range(k) goes from 0 to k - 1 by itself. How far does your innermost loop go?",
            _after_check(lambda a, b: a[:, :-1] @ b[:-1]),
        ),
        Mistake(
            "the first product of each sum is missing",
            "Counting starts at 0: range(k), not range(1, k).",
            _after_check(lambda a, b: a[:, 1:] @ b[1:]),
        ),
        Mistake(
            "only the first product of each sum is there",
            "Does your innermost loop run over the whole inner size, or does it end too early?",
            _after_check(lambda a, b: a[:, :1] * b[:1]),
        ),
        Mistake(
            "the last column is missing",
            "range(m) goes from 0 to m - 1 by itself. How far does your loop over columns go?",
            _without(slice(None), slice(-1)),
            _after_check(lambda a, b: (a @ b)[:, :-1]),
        ),
        Mistake(
            "rows of the result are missing",
            "How far does your loop over rows go? range(n) goes from 0 to n - 1 by itself, and a "
            "return inside the loop ends it too early.",
            _without(slice(-1), slice(None)),
            _without(slice(1), slice(None)),
            _after_check(lambda a, b: (a @ b)[:-1]),
            _after_check(lambda a, b: (a @ b)[:1]),
        ),
        Mistake(
            "only the first entry is there",
            "A return inside the loops ends them too early: move it to the left.",
            _without(slice(1), slice(1)),
        ),
        Mistake(
            "the sum is not set back to 0",
            "Each entry of the result is a sum of its own. Yours goes on with what was there "
            "before: where does it begin with 0 again?",
            _after_check(lambda a, b: np.cumsum(a @ b).reshape(len(a), -1)),
            _after_check(lambda a, b: np.cumsum(a @ b, axis=1)),
        ),
        Mistake(
            "b is transposed",
            "You take the rows of b. A row of a meets a column of b: which index of b runs, and "
            "which one says the column?",
            lambda a, b: a @ b.T,
            _by_loops(lambda a, b, i, j, p: a[i, p] * b[j, p]),
        ),
        Mistake(
            "a is transposed",
            "You take the columns of a. A row of a meets a column of b: which index of a runs, and "
            "which one says the row?",
            lambda a, b: a.T @ b,
            _by_loops(lambda a, b, i, j, p: a[p, i] * b[p, j]),
        ),
        Mistake(
            "the sum runs along the wrong axis",
            "In each sum, i and j stay as they are. What runs is the inner size k: along a row of "
            "a, and down a column of b.",
            _after_check(lambda a, b: (a[:, :, np.newaxis] * b).sum(axis=0)),
            _after_check(lambda a, b: (a[:, :, np.newaxis] * b).sum(axis=2)),
        ),
        Mistake(
            "the numbers are added, not multiplied",
            "In each meeting of a row with a column the pairs are multiplied; then the products "
            "are added up.",
            _by_loops(lambda a, b, i, j, p: a[i, p] + b[p, j]),
        ),
        Mistake(
            "the mean of the products instead of their sum",
            "Nothing is divided in a matrix product.",
            _after_check(lambda a, b: a @ b / len(b)),
        ),
        Mistake(
            "rows and columns of the result are exchanged",
            "Row i of the result comes from row i of a, its column j from column j of b.",
            lambda a, b: (a @ b).T,
        ),
        Mistake(
            "b times a instead of a times b",
            "For matrices the order matters: the rows come from a, the columns from b.",
            lambda a, b: b @ a,
        ),
        Mistake(
            "the wrong sizes are compared",
            "These two fit, and your function stops. In (n, k) · (k, m) only the inner sizes must "
            "agree: which axis of a, and which of b?",
            _only_if(lambda a, b: a.shape[0] == b.shape[1]),
            _only_if(lambda a, b: a.shape == b.shape),
            _only_if(lambda a, b: a.shape[0] == b.shape[0]),
            _only_if(lambda a, b: a.shape[1] == b.shape[1]),
        ),
    ),
    hints=(
        "Begin with a matrix of zeros, shape (n, m). np.zeros makes decimals, so nothing is cut "
        "off.",
        "Three loops, one in the other: i over the rows of a, j over the columns of b, and p over "
        "the inner size.",
        "In the innermost line a product is added to entry [i, j]: that of a[i, p] and b[p, j]. "
        "Before the loops, compare a.shape[1] with b.shape[0].",
    ),
    achieved="Nearly all the time that a network needs goes into this product, and you wrote it "
    "from + and *.",
)

EXERCISES = (AFFINE, BROADCAST, DOT)
