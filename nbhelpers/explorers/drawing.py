"""A pen on paper: strokes as a string, and the ink that they leave."""

import re
from collections.abc import Sequence

import numpy as np

SIDE = 28  # pixels of the paper
UNITS = 4  # steps of the pen in a pixel

Array = np.ndarray


def write_ink(strokes: Sequence[Sequence[tuple[float, float]]], sample: int = 0) -> str:
    """Write strokes as a string: the number of the picture that they are on, then their points.

    Parameters
    ----------
    strokes : sequence of sequences of (x, y)
        In pixels, 0..28 from the left and from the top; kept to a quarter of a pixel.
    sample : int
        0 is empty paper.

    Examples
    --------
    >>> write_ink([[(0, 0), (14, 28)], [(5, 5.25)]])
    '0:00003870 1415'
    """
    for x, y in (point for stroke in strokes for point in stroke):
        if not (0 <= x <= SIDE and 0 <= y <= SIDE):
            raise ValueError(f"strokes: x and y must lie in 0..{SIDE}. Received: {(x, y)}")
    parts = [
        "".join(f"{round(UNITS * v):02x}" for point in stroke for v in point) for stroke in strokes
    ]
    return f"{sample}:" + " ".join(parts)


def read_ink(ink: str, sample: int = 0) -> list[Array]:
    """Return the strokes, each (n, 2) in pixels, if they were drawn on this picture, else none.

    Raises
    ------
    ValueError
        If the string is not as ``write_ink`` writes it.

    Examples
    --------
    >>> read_ink("0:00003870")
    [array([[ 0.,  0.],
           [14., 28.]])]
    """
    if ink and not re.fullmatch(r"\d+:(([0-9a-f]{4})*( |$))*", ink):
        raise ValueError(f"ink must be a string that write_ink wrote. Received: {ink!r}")
    number, _, strokes = ink.partition(":")
    if number != str(sample):
        return []
    points = [[int(s[k : k + 2], 16) / UNITS for k in range(0, len(s), 2)] for s in strokes.split()]
    return [np.array(stroke).reshape(-1, 2) for stroke in points]


def read_cursor(cursor: str) -> tuple[Array, bool]:
    """Return where the pen that keys move is, (1, 2) or (0, 2) in pixels, and if it is down.

    Examples
    --------
    >>> read_cursor("3814+")
    (array([[14.,  5.]]), True)
    """
    if not re.fullmatch(r"([0-9a-f]{4}[+]?)?", cursor):
        raise ValueError(f'cursor must be empty or like "3838" or "3838+". Received: {cursor!r}')
    places = [[int(cursor[k : k + 2], 16) / UNITS for k in (0, 2)]] if cursor else []
    return np.array(places).reshape(-1, 2), cursor.endswith("+")


def rasterize(strokes: Sequence[Array], width: float = 2.5) -> Array:
    """Return the paper: how much ink, 0..1, each of 28 x 28 pixels holds after these strokes.

    A pixel whose middle lies deeper than half a pixel inside the line is full, one that lies as
    far outside is empty, and between them the edge is soft. Kept to 255 steps, as an image file is.

    Parameters
    ----------
    strokes : sequence of arrays, shape (n, 2)
        Points x, y in pixels.
    width : float
        Of the pen, in pixels.

    Returns
    -------
    float64 array, shape (28, 28)
    """
    y, x = np.indices((SIDE, SIDE)) + 0.5
    paper = np.zeros((SIDE, SIDE))
    for stroke in strokes:
        for a, b in zip(stroke[: max(1, len(stroke) - 1)], [*stroke[1:], stroke[-1]], strict=False):
            np.maximum(paper, width / 2 + 0.5 - _distance(x, y, a, b), out=paper)
    return np.floor(255 * np.minimum(paper, 1) + 0.5) / 255


def _distance(x: Array, y: Array, a: Array, b: Array) -> Array:
    """Return how far each (x, y) is from the straight line between two points."""
    dx, dy = b - a
    length = dx * dx + dy * dy
    t = np.clip(((x - a[0]) * dx + (y - a[1]) * dy) / (length or 1), 0, 1)
    ex, ey = x - (a[0] + t * dx), y - (a[1] + t * dy)
    return np.sqrt(ex * ex + ey * ey)
