"""A tensor of up to three axes as boxes, those apart that broadcasting only repeats."""

import numpy as np

from nbhelpers.explorers.scenes.parts.boxes import BOX
from nbhelpers.explorers.types import Array, Arrays


def stretched_boxes(name: str, values: Array, loose: list[int]) -> Arrays:
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
