"""Slices of a stack of digits: which images, rows and columns ``x[a:b, c:d, e:f]`` keeps."""

from collections.abc import Iterable

import numpy as np

from nbhelpers import tensors
from nbhelpers.datasets import digits
from nbhelpers.explorers.base import Explorer
from nbhelpers.explorers.controls import slider
from nbhelpers.explorers.picture.marks import Heat, Panel, Polygons, Scene, Text
from nbhelpers.explorers.picture.words import say
from nbhelpers.explorers.types import Array, Arrays, Data, Fields, Presets, State

IMAGES, SIDE, SHOWN = 24, 28, 8
BOUNDS = (("first", "last"), ("top", "bottom"), ("left", "right"))
CONTROLS = {
    "first": slider("images from", -IMAGES, IMAGES, 1, 10),
    "last": slider("images to", -IMAGES, IMAGES, 1, 18),
    "top": slider("rows from", -SIDE, SIDE, 1, 14),
    "bottom": slider("rows to", -SIDE, SIDE, 1, SIDE),
    "left": slider("columns from", -SIDE, SIDE, 1, 14),
    "right": slider("columns to", -SIDE, SIDE, 1, SIDE),
}
ALL = {"first": 0, "last": IMAGES, "top": 0, "bottom": SIDE, "left": 0, "right": SIDE}
PRESETS: Presets = {
    "x": ALL,
    "x[10:18]": ALL | {"first": 10, "last": 18},
    "x[:, 14:, 14:]": ALL | {"top": 14, "left": 14},
    "x[-8:, :14]": ALL | {"first": -8, "bottom": 14},
}
SENTENCES = {
    "some": "{expression} has shape {shape}: {count} of 24 images, {height} of 28 rows, {width} of "
    "28 columns.",
    "none": "{expression} has shape {shape}: an axis of size 0, so nothing is left. From must come "
    "before to.",
}


def crop(**start: int) -> Explorer:
    """Show 24 digits, with the part lit that ``x[first:last, top:bottom, left:right]`` keeps.

    Parameters
    ----------
    **start : int
        Values to start with: ``first``, ``last`` (-24 to 24), ``top``, ``bottom``, ``left``,
        ``right`` (-28 to 28). A bound at the end of its axis is left out of the expression.

    Examples
    --------
    >>> crop(first=0, last=24).arrays()["expression"]
    'x[:, 14:, 14:]'
    """
    stack = [
        Heat("dimmed", "gray_r", low=0, high=255, columns=SHOWN),
        Polygons("kept", "blue", alpha=0.12, width=2),
    ]
    result = [
        Heat("result", "gray_r", low=0, high=255, columns=SHOWN),
        Polygons("edges", "blue", alpha=0, width=2),
        Text("note_xy", "note", "muted", size=15),
    ]
    rows = IMAGES // SHOWN
    frame: Fields = {"x": (0, SHOWN), "equal": True, "axes": False}
    above = Panel("x, shape (24, 28, 28): what is kept is framed", stack, y=(rows, 0), **frame)
    below = Panel("{expression}, shape {shape}: up to 8 images", result, y=(1, 0), **frame)
    (images, _), _ = digits.load_data()
    return Explorer(
        "crop",
        about="A stack of 24 digits x, the part that a slice keeps framed, and the result.",
        controls=CONTROLS,
        presets=PRESETS,
        scene=Scene([[above], [below]], ratio=0.6, heights=[rows, 1.2]),
        arrays=arrays,
        data={
            "images": images[:IMAGES],
            "note_xy": np.array([[4, 0.5]]),
            "sentences": SENTENCES,
        },
        start=start,
    )


def arrays(state: State, data: Data) -> Arrays:
    """Slice the stack; dim what is left out, and lay the crops into empty squares."""
    x = data["images"]
    index = [
        slice(state[low] or None, None if state[high] == length else state[high])
        for (low, high), length in zip(BOUNDS, x.shape, strict=True)
    ]
    part, dimmed, result = x[tuple(index)], x // 4, np.zeros((SHOWN, SIDE, SIDE), np.uint8)
    dimmed[tuple(index)] = part
    count, height, width = part.shape
    result[:count, :height, :width] = part[:SHOWN]
    (images, rows, columns) = (range(n)[s] for n, s in zip(x.shape, index, strict=True))
    while len(index) > 1 and index[-1] == slice(None):
        index.pop()  # as people write it: the axes at the end are kept whole anyway
    expression = tensors.expression(index)
    return {
        "dimmed": dimmed,
        "kept": frames(images if part.size else [], rows.start, columns.start, height, width),
        "result": result,
        "edges": frames(range(min(count, SHOWN) if part.size else 0), 0, 0, height, width),
        "note": ["" if part.size else "nothing is left"],
        "expression": expression,
        "shape": str(part.shape),
        "text": say(
            SENTENCES["some" if part.size else "none"],
            expression=expression,
            shape=part.shape,
            count=count,
            height=height,
            width=width,
        ),
    }


def frames(images: Iterable[int], top: int, left: int, height: int, width: int) -> Array:
    """Return the outline of a part of each tile, (n, 4, 2); a tile has a margin of 0.04."""
    x, y = (0.04 + 0.92 * np.array(c) / SIDE for c in ((left, left + width), (top, top + height)))
    corners = np.array([(x[0], y[0]), (x[1], y[0]), (x[1], y[1]), (x[0], y[1])])
    tiles = np.array([(k % SHOWN, k // SHOWN) for k in images], dtype=float).reshape(-1, 1, 2)
    return np.asarray(tiles + corners)
