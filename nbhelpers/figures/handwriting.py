"""The way from a photo of a digit to what a network reads, step by step."""

from typing import Any, Protocol

import numpy as np
from matplotlib.patches import Rectangle

from nbhelpers._types import Array
from nbhelpers.figures.base import COLORS, new, styled

TITLES = ("the picture", "light evened out", "ink found", "pen of MNIST", "28 x 28")


class Steps(Protocol):
    """What `datasets.trace_digit` returns."""

    @property
    def picture(self) -> Array: ...  # noqa: D102
    @property
    def contrast(self) -> Array: ...  # noqa: D102
    @property
    def mask(self) -> Array: ...  # noqa: D102
    @property
    def pen(self) -> Array: ...  # noqa: D102
    @property
    def digit(self) -> Array: ...  # noqa: D102
    @property
    def box(self) -> tuple[int, int, int, int]: ...  # noqa: D102


@styled
def reading(steps: Steps, axes: Any = None) -> Array:
    """Draw the steps from a picture of a digit to the form of MNIST, in one row.

    Parameters
    ----------
    steps : Reading
        As `datasets.trace_digit` returns it.
    axes : array of 5 Axes, optional
        New ones if not given.

    Returns
    -------
    array of Axes, shape (5,)
    """
    if axes is None:
        _, axes = new(1, len(TITLES), width=2.2 * len(TITLES), height=2.6)
    row: Array = np.asarray(axes)
    if row.shape != (len(TITLES),):
        raise ValueError(f"reading: axes must have shape (5,). Received: {row.shape}")
    pictures = (steps.picture, steps.contrast, steps.mask, steps.pen, steps.digit)
    for ax, picture, title in zip(row, pictures, TITLES, strict=True):
        # Ink is drawn dark, whatever it was.
        ax.imshow(picture, cmap="gray_r", vmin=0, vmax=1, interpolation="nearest")
        ax.set(title=title, xticks=[], yticks=[])
        ax.grid(visible=False)
        ax.title.set_fontsize(11)
        for spine in ax.spines.values():
            spine.set_visible(True)
    left, top, width, height = steps.box
    place = (left - 0.5, top - 0.5)
    row[2].add_patch(Rectangle(place, width, height, fill=False, edgecolor=COLORS[1], linewidth=2))
    return row


def reading_alt(steps: Steps) -> str:
    """Say in words what `reading` shows, for ``show``.

    Parameters
    ----------
    steps : Reading
        As `datasets.trace_digit` returns it.

    Returns
    -------
    str
    """
    high, wide = steps.mask.shape
    left, top, width, height = steps.box
    rows, columns = (np.flatnonzero(steps.digit.any(axis=axis)) for axis in (1, 0))
    return (
        f"Five pictures in a row. A picture of {wide} x {high} pixels; the same with its light "
        f"evened out; the ink of the digit in a frame of {width} x {height} pixels, {left} from "
        f"the left and {top} from the top; the digit alone, with a line as thick as in MNIST; and "
        f"28 x 28 pixels, in which it fills {len(columns)} columns and {len(rows)} rows."
    )
