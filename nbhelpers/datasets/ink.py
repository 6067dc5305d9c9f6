"""From a drawing or a photo to what a network for digits wants to see.

MNIST was made in three steps: crop a digit to its ink, scale it into a box of 20 x 20 pixels
without changing its shape, and place it so that its centre of mass is in the middle of 28 x 28. A
network that has learned from such pictures needs them made the same way.
"""

import numpy as np
from numpy.typing import ArrayLike

from nbhelpers._types import Array

SIDE = 28  # pixels of what the network sees
BOX = 20  # pixels of the longer side of a digit

Place = tuple[int, int, int, int]  # left, top, width, height in pixels


def as_mnist(image: ArrayLike) -> Array:
    """Crop a picture to its ink, scale it into 20 x 20, and centre it by mass in 28 x 28.

    Parameters
    ----------
    image : array, shape (height, width)
        Of any size. Ink is high, background is 0: 0..1, or 0..255.

    Returns
    -------
    float64 array, shape (28, 28)
        In the same range. Without any ink, all zeros. A picture of MNIST comes out as it went in.

    Raises
    ------
    ValueError
        If it has not two axes.

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
    if image.ndim != 2:
        raise ValueError(f"image must have shape (height, width). Received: {image.shape}")
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
    weights /= weights.sum(axis=1, keepdims=True)
    return np.asarray(weights)
