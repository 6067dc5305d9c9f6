"""Where rows came from, and whether chance put them there: for all exercises that shuffle."""

from collections.abc import Sequence

import numpy as np

from nbhelpers.exercises.checker.exercise import Array, Mistake


def wrong_axes(result: Sequence[Array]) -> Mistake:
    """Return the mistake of results that have too many axes, or too few."""
    shapes = ", ".join(str(part.shape) for part in result)
    return Mistake("wrong shape", f"Received {shapes}. Follow the shapes line by line.")


def places(rows: Array, before: Array) -> list[int] | None:
    """Return where each row stood before; None if one of them stood nowhere."""
    if rows.shape[1:] != before.shape[1:]:
        return None
    same = (rows[:, None] == before).reshape(len(rows), len(before), -1).all(axis=2)
    return same.argmax(axis=1).tolist() if same.any(axis=1).all() else None


def seen(orders: Sequence[Sequence[int]]) -> Array:
    """Return whether row i ever came to place k, as a table."""
    table = np.zeros((len(orders[0]), len(orders[0])), dtype=bool)
    for order in orders:
        table[list(order), range(len(order))] = True
    return table


def neighbours(order: Sequence[int]) -> int:
    """Return how often a row is followed by the one that followed it before."""
    return int((np.diff(order) == 1).sum())
