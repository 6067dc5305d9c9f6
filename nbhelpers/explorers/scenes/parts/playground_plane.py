"""What a network makes of the plane: points of one's own, regions, border, each unit's picture."""

import re
from collections.abc import Sequence

import numpy as np

from nbhelpers.datasets import plane
from nbhelpers.explorers.types import Array, Arrays, Floats

Point = tuple[float, float, int]  # x1, x2, class
EDGE = 1.25  # the plane goes from -EDGE to EDGE, both ways
CELLS = 40  # of the picture of the plane, in a row; a unit's picture has half as many
MOST = 200  # points of one's own
FORM = f"([0-9a-f]{{4}}[012]( |$)){{0,{MOST}}}"  # of points, as write_points writes them
ROWS = 8  # of the diagram
NAMES = ("XOR", "two moons", "circles", "spiral", "three classes")


def write_points(points: Sequence[Point]) -> str:
    """Write points as a string: hundredths from -1.25 in hexadecimal, x1 then x2, and the class.

    Examples
    --------
    >>> write_points([(0, 0, 1), (-1.25, 1.0, 2)])
    '7d7d1 00e12'
    """
    return " ".join(
        f"{round(100 * (a + EDGE)):02x}{round(100 * (b + EDGE)):02x}{c}" for a, b, c in points
    )


def read_points(text: str) -> tuple[Point, ...]:
    """Return the points that a string holds.

    Raises
    ------
    ValueError
        If the string is not as ``write_points`` writes it, or holds too many.

    Examples
    --------
    >>> read_points("7d7d1 00e12")
    ((0.0, 0.0, 1), (-1.25, 1.0, 2))
    """
    tokens = text.split()
    if not re.fullmatch(FORM, " ".join(tokens)):
        rule = f'up to {MOST} points like "7d7d1", from write_points'
        raise ValueError(f"playground: points must be {rule}. Received: {text[:60]!r}")
    return tuple((_place(t[:2]), _place(t[2:4]), int(t[4])) for t in tokens)


def _place(digits: str) -> float:
    return (int(digits, 16) - 125) / 100


def read_cursor(text: str) -> Floats:
    """Return where the keys' cursor is, (1, 2), or nowhere, (0, 2).

    Examples
    --------
    >>> read_cursor("7d7d").tolist(), read_cursor("").shape
    ([[0.0, 0.0]], (0, 2))
    """
    return np.array([p[:2] for p in read_points(text and text + "0")], float).reshape(-1, 2)


def shipped() -> Arrays:
    """Return each data set as rows (x1, x2, class), named points0, points1, ..."""
    sets = [plane.load_data(name) for name in NAMES]
    return {f"points{k}": np.column_stack(both) for k, both in enumerate(sets)}


def grid() -> Floats:
    """Return the middles of all cells, row by row from the top, (CELLS**2, 2)."""
    middles = ((np.arange(CELLS) + 0.5) / CELLS * 2 - 1) * EDGE
    x2, x1 = np.meshgrid(middles[::-1], middles, indexing="ij")
    return np.stack([x1.ravel(), x2.ravel()], axis=1)


def chances(p: Floats) -> Floats:
    """Return the probability of every class, (n, 2 or 3), from one sigmoid or from softmax."""
    return np.hstack([1 - p, p]) if p.shape[1] == 1 else p


def chosen(p: Floats) -> Array:
    """Return the class of highest probability, the first where two are alike but for rounding."""
    found: Array = np.argmax(p >= p.max(axis=1, keepdims=True) - 1e-9, axis=1)
    return found


def regions(p: Floats) -> Floats:
    """Return the class and how sure it is, as one number: 2 k for the least, 2 k + 1 for 1."""
    least = 1 / p.shape[1]
    found: Floats = 2 * chosen(p) + (p.max(axis=1) - least) / (1 - least)
    return found


def border(p: Floats) -> Floats:
    """Return where the most probable class changes, as segments (k, 2, 2).

    In each triangle of three neighbouring cells where one corner is on the other side, the line
    crosses the two edges that meet in that corner.
    """
    lines = []
    for k in range(1, p.shape[1]):
        ahead = p[:, k] - np.delete(p, k, axis=1).max(axis=1)
        value, inside = ahead[TRIANGLES], ahead[TRIANGLES] >= -1e-9
        count = inside.sum(axis=1)
        mixed = (count == 1) | (count == 2)
        odd = np.argmax(inside[mixed] == (count[mixed] == 1)[:, None], axis=1)
        order = (odd[:, None] + np.arange(3)) % 3
        corners = np.take_along_axis(TRIANGLES[mixed], order, axis=1)
        v = np.take_along_axis(value[mixed], order, axis=1)
        share = np.clip(v[:, :1] / (v[:, :1] - v[:, 1:]), 0, 1)[:, :, None]
        at = GRID[corners]
        lines.append(at[:, :1] + share * (at[:, 1:] - at[:, :1]))
    return np.concatenate(lines)


def _triangles() -> Array:
    """Return the cell numbers of the corners of all triangles, (2 (CELLS - 1)**2, 3)."""
    number = np.arange(CELLS**2).reshape(CELLS, CELLS)
    a, b, c, d = number[:-1, :-1], number[:-1, 1:], number[1:, :-1], number[1:, 1:]
    return np.array([[a, b, c], [d, b, c]]).transpose(0, 2, 3, 1).reshape(-1, 3)


GRID, TRIANGLES = grid(), _triangles()


def unit_pictures(outputs: Floats) -> Floats:
    """Return what each unit does to the plane, (units, CELLS / 2, CELLS / 2), scaled into -1..1."""
    images = outputs.T.reshape(-1, CELLS, CELLS)[:, ::2, ::2]
    top = np.maximum(np.abs(images).max(axis=(1, 2), keepdims=True), 1e-9)
    scaled: Floats = images / top
    return scaled


def output_pictures(p: Floats, units: int) -> Floats:
    """Return each output's picture: of one its regions, of three how probable each class is."""
    last = regions(p)[:, None] if units == 1 else 2 * np.arange(units) + p
    return last.T.reshape(-1, CELLS, CELLS)[:, ::2, ::2]


def cross(at: Floats) -> Floats:
    """Return two lines through the cursor, (2, 2, 2), or none."""
    if not len(at):
        return np.zeros((0, 2, 2))
    (x1, x2), far = at[0], EDGE
    return np.array([[[x1, -far], [x1, far]], [[-far, x2], [far, x2]]])


def diagram(sizes: Sequence[int]) -> Arrays:
    """Return where the units stand, which are joined, and how large their pictures are."""
    across = np.linspace(0, 3, len(sizes))
    places = [
        [(x, ROWS / 2 + (k - (units - 1) / 2) * min(2, ROWS / units)) for k in range(units)]
        for x, units in zip(across, sizes, strict=True)
    ]
    starts = np.cumsum([0, *sizes])
    joined = [
        (starts[layer] + a, starts[layer + 1] + b)
        for layer in range(len(sizes) - 1)
        for a in range(sizes[layer])
        for b in range(sizes[layer + 1])
    ]
    return {
        "nodes": np.array([place for column in places for place in column]),
        "edges": np.array(joined),
        "side": 0.86 * min(2, ROWS / max(sizes)),
        "heads_xy": np.stack([across, np.full(len(sizes), -0.45)], axis=1),
        "heads": ["x", "h₁", "h₂", "y"] if len(sizes) == 4 else ["x", "h", "y"],
    }
