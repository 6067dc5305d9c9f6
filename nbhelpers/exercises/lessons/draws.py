"""Small arrays of short numbers, for cases that are drawn at random and shown in full."""

import numpy as np

from nbhelpers.exercises.checker.exercise import Array


def quarters(rng: np.random.Generator, *shape: int, most: int = 3) -> Array:
    """Return multiples of a quarter between -most and most."""
    return rng.integers(-4 * most, 4 * most + 1, shape) / 4


def distinct(rng: np.random.Generator, rows: int, columns: int) -> Array:
    """Return a table in whose rows no number comes twice; some rows are below 0 throughout."""
    table = np.array([rng.permutation(columns) for _ in range(rows)], dtype=float)
    return table + quarters(rng, rows, 1) - rng.integers(0, columns + 1, (rows, 1))


def size(rng: np.random.Generator, least: int = 1, most: int = 4) -> int:
    """Return a number of rows or columns."""
    return int(rng.integers(least, most + 1))
