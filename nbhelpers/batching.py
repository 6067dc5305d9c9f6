"""Mini-batches: which samples go into which update."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from nbhelpers._types import Array
from nbhelpers.utils import float_dtype, numbers, shown, whole


def updates_per_epoch(samples: int, batch_size: int) -> int:
    """Return how many batches one pass over the samples takes; the last may be short.

    Examples
    --------
    >>> updates_per_epoch(60_000, 128)
    469
    """
    n = whole("updates_per_epoch", "samples", samples, least=0)
    return -(-n // whole("updates_per_epoch", "batch_size", batch_size))


def batches(
    samples: int, batch_size: int, rng: np.random.Generator | None = None
) -> Iterator[Array | slice]:
    """Yield what selects each batch of one epoch; every sample comes exactly once.

    Parameters
    ----------
    samples, batch_size : int
    rng : Generator, optional
        Shuffles the samples first; without it they come in order.

    Yields
    ------
    slice or array of int, shape (batch_size,)
        The last batch holds what is left.

    Examples
    --------
    >>> [len(batch) for batch in batches(300, 128, np.random.default_rng(0))]
    [128, 128, 44]
    """
    n, size = (
        whole("batches", "samples", samples, least=0),
        whole("batches", "batch_size", batch_size),
    )
    if rng is not None and not isinstance(rng, np.random.Generator):
        raise ValueError(
            "batches: rng must be a Generator, such as np.random.default_rng(0), or None. "
            f"Received: {shown(rng)}"
        )
    # The order is drawn when the first batch is taken, the arguments are looked at now.
    return _batches(n, size, rng)


def _batches(n: int, size: int, rng: np.random.Generator | None) -> Iterator[Array | slice]:
    order = None if rng is None else rng.permutation(n)
    for start in range(0, n, size):
        part = slice(start, min(start + size, n))
        yield part if order is None else order[part]


class Rows:
    """The rows of one batch after another, copied into the same memory each time.

    Parameters
    ----------
    x : array, shape (n, ...)
    batch_size : int
        Rows at a time, at most.
    dtype : dtype
        Of the rows that come out.

    Examples
    --------
    >>> rows_of = Rows(np.array([[1], [2], [3]], dtype=np.uint8), 2, np.dtype("float32"))
    >>> rows_of(np.array([2, 0]))
    array([[3.],
           [1.]], dtype=float32)
    """

    def __init__(self, x: Array, batch_size: int, dtype: np.dtype[Any]) -> None:
        x, dtype = numbers("Rows", "x", x), float_dtype("Rows", dtype)
        if not x.ndim:
            raise ValueError(f"Rows: x must have shape (n, ...). Received: {shown(x)}")
        shape = (min(whole("Rows", "batch_size", batch_size), len(x)), *x.shape[1:])
        self.x, self.taken = x, np.empty(shape, x.dtype)
        self.rows = self.taken if x.dtype == dtype else np.empty(shape, dtype)

    def __call__(self, batch: Array | slice) -> Array:
        """Return the rows of a batch; the next call overwrites them."""
        if isinstance(batch, slice):
            return np.ascontiguousarray(self.x[batch], self.rows.dtype)
        # The places are sound; mode="clip" only spares NumPy a second copy to be safe.
        taken = np.take(self.x, batch, axis=0, out=self.taken[: len(batch)], mode="clip")
        rows = self.rows[: len(batch)]
        if self.rows is not self.taken:
            rows[...] = taken
        return rows
