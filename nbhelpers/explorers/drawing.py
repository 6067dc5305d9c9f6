"""From a pen on paper to what a network for digits wants to see.

MNIST was made in three steps: crop a digit to its ink, scale it into a box of 20 x 20 pixels
without changing its shape, and place it so that its centre of mass is in the middle of 28 x 28. A
network that has learned from such pictures needs them made the same way.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

SIDE = 28  # pixels of the paper, and of what the network sees
BOX = 20  # pixels of the longer side of a digit
UNITS = 4  # steps of the pen in a pixel

Array = np.ndarray
Place = tuple[int, int, int, int]  # left, top, width, height in pixels


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


def as_mnist(image: ArrayLike) -> Array:
    """Crop a picture to its ink, scale it into 20 x 20, and centre it by mass in 28 x 28.

    Parameters
    ----------
    image : array, shape (28, 28)
        Ink is high, background is 0: 0..1, or 0..255.

    Returns
    -------
    float64 array, shape (28, 28)
        In the same range. Without any ink, all zeros. A picture of MNIST comes out as it went in.

    Raises
    ------
    ValueError
        If the shape is another one.

    Examples
    --------
    >>> image = np.zeros((28, 28))
    >>> image[2:12, 1:3] = 1.0  # an upright stroke, 10 x 2, in a corner
    >>> rows, columns = np.nonzero(as_mnist(image))
    >>> (rows.min(), rows.max(), columns.min(), columns.max())  # 20 x 4, in the middle
    (np.int64(5), np.int64(24), np.int64(13), np.int64(16))
    """
    return prepare(image)[0]


def prepare(image: ArrayLike) -> tuple[Array, Place, Place]:
    """Return what ``as_mnist`` does, where the ink was, and where it went."""
    image = np.asarray(image, dtype=float)
    if image.shape != (SIDE, SIDE):
        raise ValueError(f"image must have shape ({SIDE}, {SIDE}). Received: {image.shape}")
    result = np.zeros((SIDE, SIDE))
    rows, columns = (np.flatnonzero(image.any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return result, (0, 0, 0, 0), (0, 0, 0, 0)
    (top, bottom), (left, right) = rows[[0, -1]], columns[[0, -1]]
    crop = image[top : bottom + 1, left : right + 1]
    height, width = (_scaled(n, max(crop.shape)) for n in crop.shape)
    small = resampling(len(crop), height) @ crop @ resampling(crop.shape[1], width).T
    down, along = _start(small.sum(axis=1)), _start(small.sum(axis=0))
    result[down : down + height, along : along + width] = small
    place = (int(left), int(top), crop.shape[1], crop.shape[0])
    return result, place, (along, down, width, height)


def _scaled(n: int, longest: int) -> int:
    """Return n * 20 / longest, rounded, and at least 1."""
    return max(1, (2 * BOX * n + longest) // (2 * longest))


def _start(mass: Array) -> int:
    """Return where to put the first pixel, so that the centre of mass is in the middle."""
    centre = float(mass @ np.arange(len(mass))) / float(mass.sum())
    # The tiny push decides ties: a symmetric picture lies exactly between two pixels.
    return min(max(int(np.floor(SIDE / 2 - centre + 0.5 + 1e-6)), 0), SIDE - len(mass))


def resampling(n: int, m: int) -> Array:
    """Return the matrix, shape (m, n), that makes m pixels out of n, without jagged edges.

    A new pixel is a weighted mean of the old ones around its place: the weight falls linearly to 0
    at a distance of one pixel, of the old or the new size, whichever is larger.

    Examples
    --------
    >>> resampling(4, 2).round(2)
    array([[0.43, 0.43, 0.14, 0.  ],
           [0.  , 0.14, 0.43, 0.43]])
    """
    step = n / m
    place = (np.arange(m) + 0.5) * step - 0.5
    weights = np.maximum(0, 1 - np.abs(place[:, None] - np.arange(n)) / max(1, step))
    return weights / weights.sum(axis=1, keepdims=True)
