"""A pen on paper: strokes as a string, and the ink that they leave."""

import re
from collections.abc import Sequence

import numpy as np

from nbhelpers.explorers.types import Array, Floats
from nbhelpers.utils import shown

SIDE = 28  # length of the paper
UNITS = 4  # steps of the pen, and pixels of the paper, in a unit of length
PIXELS = SIDE * UNITS
USUAL = 20  # height of a digit, in MNIST and on this paper
THINNEST = 0.5  # of a line, in units of length

POINT = "(?:[0-6][0-9a-f]|70){2}"
INK = f"((?:{POINT})+( |$))*"  # as write_ink writes it

Points = Sequence[tuple[float, float]]


def write_ink(strokes: Sequence[Points]) -> str:
    """Write strokes as a string: four hexadecimal digits a point, strokes parted by spaces.

    Parameters
    ----------
    strokes : sequence of sequences of (x, y)
        0..28 from the left and from the top; kept to a quarter.

    Examples
    --------
    >>> write_ink([[(0, 0), (14, 28)], [(5, 5.25)]])
    '00003870 1415'
    """
    for x, y in (point for stroke in strokes for point in stroke):
        if not (0 <= x <= SIDE and 0 <= y <= SIDE):
            raise ValueError(f"strokes: x and y must lie in 0..{SIDE}. Received: {(x, y)}")
    return " ".join(
        "".join(f"{round(UNITS * v):02x}" for point in stroke for v in point) for stroke in strokes
    )


def read_ink(ink: str) -> list[Floats]:
    """Return the strokes, each (n, 2).

    Raises
    ------
    ValueError
        If the string is not as ``write_ink`` writes it.

    Examples
    --------
    >>> read_ink("00003870")
    [array([[ 0.,  0.],
           [14., 28.]])]
    """
    if not re.fullmatch(INK, ink):
        raise ValueError(f"ink must be a string that write_ink wrote. Received: {shown(ink)}")
    return [_read(stroke) for stroke in ink.split(" ") if stroke]


def read_cursor(cursor: str) -> tuple[Floats, bool]:
    """Return where the pen that keys move is, (1, 2) or (0, 2), and if it is down.

    Examples
    --------
    >>> read_cursor("3814+")
    (array([[14.,  5.]]), True)
    """
    if not re.fullmatch(r"([0-9a-f]{4}[+]?)?", cursor):
        raise ValueError(
            f'cursor must be empty or like "3838" or "3838+". Received: {shown(cursor)}'
        )
    return _read(cursor[:4]), cursor.endswith("+")


def _read(points: str) -> Floats:
    numbers = [int(points[k : k + 2], 16) / UNITS for k in range(0, len(points), 2)]
    return np.array(numbers).reshape(-1, 2)


def line_width(strokes: Sequence[Floats], width: float) -> float:
    """Return how wide a line is: as the pen is; in a drawing smaller than MNIST's, in proportion.

    So the holes of a tiny 8 stay open, and it is read as well as a large one.

    Examples
    --------
    >>> line_width([np.array([[5.0, 5.0], [5.0, 25.0]])], 2.5)
    2.5
    >>> line_width([np.array([[5.0, 5.0], [5.0, 13.0]])], 2.5)
    1.0
    """
    if not strokes:
        return width
    size = float(np.ptp(np.concatenate(strokes), axis=0).max())
    return max(width * min(1, size / USUAL), THINNEST)


def rasterize(strokes: Sequence[Floats], width: float = 2.5) -> Floats:
    """Return the paper: how much ink, 0..1, each of 112 x 112 pixels holds after these strokes.

    A pixel whose middle lies deeper than half a pixel inside the line is full, one that lies as
    far outside is empty, and between them the edge is soft. Kept to 255 steps, as an image file is.

    Parameters
    ----------
    strokes : sequence of arrays, shape (n, 2)
        Points x, y in 0..28.
    width : float
        Of a line, in the same units.

    Returns
    -------
    float64 array, shape (112, 112)
    """
    y, x = np.indices((PIXELS, PIXELS)) + 0.5
    paper = np.zeros((PIXELS, PIXELS))
    for stroke in strokes:
        points = UNITS * stroke
        # A stroke of one point is a dot: a line from that point to itself.
        for a, b in zip(points[: max(1, len(points) - 1)], [*points[1:], points[-1]], strict=False):
            np.maximum(paper, UNITS * width / 2 + 0.5 - _distance(x, y, a, b), out=paper)
    return np.floor(255 * np.minimum(paper, 1) + 0.5) / 255


def _distance(x: Array, y: Array, a: Array, b: Array) -> Array:
    """Return how far each (x, y) is from the straight line between two points."""
    dx, dy = b - a
    length = dx * dx + dy * dy
    t = np.clip(((x - a[0]) * dx + (y - a[1]) * dy) / (length or 1), 0, 1)
    ex, ey = x - (a[0] + t * dx), y - (a[1] + t * dy)
    return np.asarray(np.sqrt(ex * ex + ey * ey))
