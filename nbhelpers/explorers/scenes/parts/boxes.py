"""Boxes: the entries of a tensor, and whole arrays."""

import numpy as np

from nbhelpers.explorers.types import Floats

BOX = np.array([(0.05, 0.05), (0.95, 0.05), (0.95, 0.95), (0.05, 0.95)])


def box(left: float, bottom: float, width: float, height: float) -> Floats:
    """Return the corners of a rectangle, (4, 2).

    Examples
    --------
    >>> box(1, 0, 2, 5).tolist()
    [[1.0, 0.0], [3.0, 0.0], [3.0, 5.0], [1.0, 5.0]]
    """
    return np.array([(0, 0), (1, 0), (1, 1), (0, 1)]) * (width, height) + (left, float(bottom))
