"""A whole tensor as boxes: where each of its entries stands in a picture."""

import numpy as np

from nbhelpers import tensors
from nbhelpers.explorers.scenes.parts.boxes import BOX
from nbhelpers.explorers.types import Arrays, Floats

Label = tuple[tuple[float, float], str]  # where it stands, and what it says


def layout(shape: tuple[int, ...], axes: tuple[str, ...], parts: str) -> Arrays:
    """Return the drawing of a whole tensor: where each box stands, its index, and the labels.

    Parameters
    ----------
    shape : tuple of int
    axes : tuple of str
        What each axis counts.
    parts : str
        The part of each axis: boxes side by side (c) and below each other (r) make a grid; grids
        stand side by side (C) and below each other (R), and then in groups (G).

    Examples
    --------
    >>> layout((2, 3), ("person", "value"), "rc")["tops"]
    ['value 0', 'value 1', 'value 2']
    """
    length = dict.fromkeys("crCRG", 1) | dict(zip(parts, shape, strict=True))
    index = np.array(list(np.ndindex(shape)), dtype=np.int32).reshape(tensors.size(shape), -1)
    at = {part: index[:, parts.index(part)] if part in parts else 0 for part in "crCRG"}
    wide, high = length["c"] + 0.9, length["r"] + 0.7
    group = wide * length["C"] + 1.2
    x = at["c"] + wide * at["C"] + group * at["G"] + np.zeros(len(index))
    y = at["r"] + high * at["R"] + np.zeros(len(index))
    cells = np.stack([x, y], axis=-1)[:, None] + BOX
    (right, bottom), name = cells.reshape(-1, 2).max(axis=0), dict(zip(parts, axes, strict=True))
    tops, lefts = [], []
    for g in range(length["G"]):
        middle = group * g + (group - 1.2 - 0.9) / 2
        tops += [((middle, -1.7), f"{name['G']} {g}")] if "G" in parts else []
        for k in range(length["C"] if "C" in parts else 0):
            tops.append(((group * g + wide * k + length["c"] / 2, -0.55), f"{name['C']} {k}"))
    if "C" not in parts:
        tops += [((k + 0.5, -0.4), f"{name['c']} {k}") for k in range(length["c"]) if name]
    over = "R" if "R" in parts else "r"
    for k in range(length[over] if over in parts else 0):
        place = high * k + length["r"] / 2 if over == "R" else k + 0.5
        lefts.append(((-0.3, place), f"{name[over]} {k}"))
    margin = 2.1 + 0.075 * right  # as wide as the labels, which are of one size in any drawing
    frame = _frame(-margin if lefts else -0.1, right, -2.2 if "G" in parts else -1.0, bottom)
    return {
        "shape": list(shape),
        "axes": list(axes),
        "places": index,
        "cells": cells,
        "numbers": [str(k) for k in range(len(index))] if len(index) <= 60 else [],
        **_labels("top", tops),
        **_labels("left", lefts),
        "frame_x": frame[0],
        "frame_y": frame[1],
    }


def _labels(side: str, labels: list[Label]) -> Arrays:
    at = np.array([place for place, _ in labels], dtype=float).reshape(-1, 2)
    return {f"{side}_xy": at, f"{side}s": [word for _, word in labels]}


def _frame(left: float, right: float, top: float, bottom: float) -> tuple[Floats, Floats]:
    """Return limits around a drawing; boxes are never too large."""
    high, y = max(bottom - top, 5.5) / 2 + 0.1, (top + bottom) / 2
    return np.array([left, right + 0.1]), np.array([y + high, y - high])
