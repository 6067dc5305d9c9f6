"""A photo on the paper: the ink of its digit as a string, or why there is none."""

import re
from itertools import groupby

import numpy as np

from nbhelpers.datasets.blobs import Mask
from nbhelpers.datasets.handwriting import FINE, MARGIN
from nbhelpers.explorers.types import Floats

PIXELS = FINE + 2 * MARGIN  # of each side of the paper
FAULTS = {
    "none": "No digit stands out from the paper in this picture.",
    "several": "This picture shows several digits: cut it, so that it shows one.",
    "many": "Several files came: drop or choose one.",
    "file": "This is no picture that the browser can open (of a HEIC photo, save a JPEG first).",
    "vast": "This picture has more than 67 million pixels: make it smaller first.",
    "small": "This picture has fewer than 8 pixels on a side.",
}


def write_photo(pen: Mask) -> str:
    """Write the ink of a digit as a string: runs of paper and of ink by turns, row after row.

    Parameters
    ----------
    pen : array, shape (h, w), bool
        196 x 196 at most, as ``trace_digit(...).pen`` is; it comes into the middle.

    Returns
    -------
    str
        Four hexadecimal digits a run.

    Examples
    --------
    >>> write_photo(np.ones((196, 1), dtype=bool))[:16]  # the first run goes from the top left
    '0061000100c30001'
    """
    if max(pen.shape) > PIXELS:
        raise ValueError(f"pen must be {PIXELS} x {PIXELS} at most. Received: {pen.shape}")
    top, left = ((PIXELS - n) // 2 for n in pen.shape)
    paper = np.zeros((PIXELS, PIXELS), dtype=bool)
    paper[top : top + pen.shape[0], left : left + pen.shape[1]] = pen
    runs = [(ink, len(list(run))) for ink, run in groupby(paper.ravel().tolist())]
    if runs[0][0]:
        runs.insert(0, (False, 0))
    return "".join(f"{length:04x}" for _, length in runs)


def read_photo(photo: str) -> Floats | None:
    """Return the paper, (196, 196), 0.0 or 1.0; None for no photo, or one without a digit.

    Raises
    ------
    ValueError
        If the string is neither empty, nor as ``write_photo`` writes it, nor "!" and a fault.
    """
    if not photo or (photo[0] == "!" and photo[1:] in FAULTS):
        return None
    written = re.fullmatch("([0-9a-f]{4})+", photo)
    runs = [int(photo[k : k + 4], 16) for k in range(0, len(photo), 4)] if written else []
    if sum(runs) != PIXELS * PIXELS:
        raise ValueError(f"photo must be a string that write_photo wrote. Received: {photo!r:.60}")
    ink = np.arange(len(runs)) % 2
    return np.repeat(ink, runs).reshape(PIXELS, PIXELS).astype(float)
