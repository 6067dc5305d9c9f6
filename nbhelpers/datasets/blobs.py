"""Find connected pieces in a picture of yes and no: Rosenfeld and Pfaltz's way, on runs."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]


class Blob(NamedTuple):
    """One connected piece: where it lies, its pixels, and their number.

    Parameters
    ----------
    top, bottom, left, right : int
        First row and column, and those behind the last.
    area : int
        Pixels.
    number : int
        How it is marked in the picture of labels.
    """

    top: int
    bottom: int
    left: int
    right: int
    area: int
    number: int

    @property
    def size(self) -> int:
        """Pixels of the longer side."""
        return max(self.bottom - self.top, self.right - self.left)


def find_blobs(mask: Mask) -> tuple[npt.NDArray[np.intp], list[Blob]]:
    """Find the connected pieces of a mask; pixels that touch at a corner are connected.

    Parameters
    ----------
    mask : numpy.ndarray
        (height, width), bool.

    Returns
    -------
    labels : numpy.ndarray
        (height, width), 0 where the mask is False, else the number of the piece, from 1.
    blobs : list of Blob
        The largest first.

    Examples
    --------
    >>> labels, blobs = find_blobs(np.array([[1, 0, 0, 1], [0, 1, 0, 1]], dtype=bool))
    >>> labels
    array([[1, 0, 0, 2],
           [0, 1, 0, 2]])
    >>> [(blob.area, blob.left, blob.right) for blob in blobs]
    [(2, 0, 2), (2, 3, 4)]

    Source
    ------
    Rosenfeld, Pfaltz (1966): Sequential operations in digital picture processing.
    """
    rows, starts, ends = _runs(mask)
    roots = _join(rows, starts, ends)
    _, numbers = np.unique(roots, return_inverse=True)
    numbers = numbers + 1
    labels = np.zeros(mask.shape, dtype=np.intp)
    labels[mask] = np.repeat(numbers, ends - starts)
    blobs = []
    for number in range(1, int(numbers.max(initial=0)) + 1):
        own = numbers == number
        top, bottom = int(rows[own].min()), int(rows[own].max()) + 1
        left, right = int(starts[own].min()), int(ends[own].max())
        area = int((ends[own] - starts[own]).sum())
        blobs.append(Blob(top, bottom, left, right, area, number))
    return labels, sorted(blobs, key=lambda blob: -blob.size)


def _runs(mask: Mask) -> tuple[npt.NDArray[np.intp], ...]:
    """Return row, start and end of every unbroken run along a row, in reading order."""
    edges = np.diff(np.pad(mask, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(edges == 1)
    return rows, starts, np.nonzero(edges == -1)[1]


def _join(
    rows: npt.NDArray[np.intp], starts: npt.NDArray[np.intp], ends: npt.NDArray[np.intp]
) -> list[int]:
    """Return for every run the first run of its piece, walking along two rows at once."""
    parent = list(range(len(rows)))

    def find(k: int) -> int:
        while parent[k] != k:
            parent[k] = parent[parent[k]]
            k = parent[k]
        return k

    above = 0
    row, start, end = rows.tolist(), starts.tolist(), ends.tolist()
    for k in range(len(row)):
        while row[above] < row[k] - 1 or (row[above] == row[k] - 1 and end[above] < start[k]):
            above += 1
        other = above
        while row[other] == row[k] - 1 and start[other] <= end[k]:
            a, b = find(k), find(other)
            parent[max(a, b)] = min(a, b)
            other += 1
    return [find(k) for k in range(len(row))]
