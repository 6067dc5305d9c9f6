"""Mini-batches: which samples go into which update."""

from collections.abc import Iterator

import numpy as np

from nbhelpers.utils import whole


def updates_per_epoch(samples: int, batch_size: int) -> int:
    """Return how many batches one pass over the samples takes; the last may be short.

    Examples
    --------
    >>> updates_per_epoch(60_000, 128)
    469
    """
    return -(-samples // whole("updates_per_epoch", "batch_size", batch_size))


def batches(
    samples: int, batch_size: int, rng: np.random.Generator | None = None
) -> Iterator[np.ndarray | slice]:
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
    size = whole("batches", "batch_size", batch_size)
    order = None if rng is None else rng.permutation(samples)
    for start in range(0, samples, size):
        part = slice(start, min(start + size, samples))
        yield part if order is None else order[part]
