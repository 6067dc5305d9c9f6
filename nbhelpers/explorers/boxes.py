"""Tensors as boxes: where each entry of a tensor stands in a picture."""

import math
from typing import Any

import numpy as np

from nbhelpers import tensors
from nbhelpers.explorers.marks import polygons, text

BOX = np.array([(0.05, 0.05), (0.95, 0.05), (0.95, 0.95), (0.05, 0.95)])
ASPECT = 2.34  # width by height of the panel that shows a layout


def box(left: float, bottom: float, width: float, height: float) -> np.ndarray:
    """Return the corners of a rectangle, (4, 2).

    Examples
    --------
    >>> box(1, 0, 2, 5).tolist()
    [[1.0, 0.0], [3.0, 0.0], [3.0, 5.0], [1.0, 5.0]]
    """
    return np.array([(0, 0), (1, 0), (1, 1), (0, 1)]) * (width, height) + (left, float(bottom))


def layout(shape: tuple[int, ...], axes: tuple[str, ...], parts: str) -> dict[str, Any]:
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
    frame = _frame(-2.9 if lefts else 0.0, right, -2.2 if "G" in parts else -1.0, bottom)
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


def _labels(side: str, labels: list[Any]) -> dict[str, Any]:
    at = np.array([place for place, _ in labels], dtype=float).reshape(-1, 2)
    return {f"{side}_xy": at, f"{side}s": [word for _, word in labels]}


def _frame(left: float, right: float, top: float, bottom: float) -> tuple[np.ndarray, np.ndarray]:
    """Return limits around a drawing, in the shape of the panel; boxes are never too large."""
    high = max(bottom - top, (right - left) / ASPECT, 5.5) / 2 + 0.1
    x, y = (left + right) / 2, (top + bottom) / 2
    return np.array([x - ASPECT * high, x + ASPECT * high]), np.array([y + high, y - high])


def stretched_boxes(name: str, values: np.ndarray, loose: list[int]) -> dict[str, Any]:
    """Return a tensor's boxes; those that only repeat others, along the loose axes, are ghosts.

    A third axis makes grids of its own, two in a row.
    """
    index = np.indices(values.shape).reshape(values.ndim, values.size)
    ghost = np.any([index[place] > 0 for place in loose] or [np.zeros(values.size)], axis=0) > 0
    grid, row, column = np.pad(index, ((3 - values.ndim, 0), (0, 0)))
    rows, columns = (1, 1, *values.shape)[-2:]
    corner = [column + grid % 2 * (columns + 0.7), row + grid // 2 * (rows + 0.7)]
    cells = np.stack(corner, axis=-1)[:, None] + BOX
    return {
        f"{name}_cells": cells[~ghost],
        f"{name}_ghosts": cells[ghost],
        f"{name}_xy": cells.mean(axis=1),
        f"{name}_numbers": [str(value) for value in values.flat],
    }


# A 784-512-10 network from left to right, in a panel of 14 x 4.6: what stands where.
NETWORK = {
    "parameters": np.array([box(4.0, 0.9, 1.7, 2.6), box(10.4, 1.35, 0.5, 1.7)]),
    "step_xy": np.array([(x, 2.2) for x in (3.45, 6.65, 9.85, 11.95)]),
    "name_xy": np.array([(x, 4.2) for x in (1.6, 4.85, 8.45, 10.65, 13.25)]),
    "shape_xy": np.array([(x, 0.2) for x in (1.6, 4.85, 8.45, 10.65, 13.25)]),
}


def network_marks() -> list[dict[str, Any]]:
    """Return the marks of the network: data follow the batch, parameters (dashed) stay."""
    return [
        polygons("parameters", "orange", alpha=0.15, dash="--"),
        polygons("flow", "blue", alpha=0.3),
        text("step_xy", ["@", "+ b₁, relu", "@", "+ b₂, softmax"], "muted", size=13),
        text("name_xy", ["x", "W₁", "h", "W₂", "y"], size=15, bold=True),
        text("shape_xy", "shapes", size=13),
    ]


def network_boxes(size: int) -> dict[str, Any]:
    """Return the boxes and shapes of one batch; a box grows with the logarithm of its size."""
    tall = 0.3 + 0.26 * math.log2(size)
    flow = [(0.3, 2.6), (7.6, 1.7), (13.0, 0.5)]
    return {
        "flow": np.array([box(x, 2.2 - tall / 2, wide, tall) for x, wide in flow]),
        "shapes": [f"({size}, 784)", "(784, 512)", f"({size}, 512)", "(512, 10)", f"({size}, 10)"],
    }
