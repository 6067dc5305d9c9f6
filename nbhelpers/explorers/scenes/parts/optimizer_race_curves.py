"""Recorded loss curves as one table, and what it takes to draw many of them on one axis."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from nbhelpers.explorers.types import Array
from nbhelpers.utils import number, numbers, shown

MOST = 7  # curves that eyes can tell apart
KEPT = 400  # records of a run that are sent, at most
FLOOR = 1e-6  # of a loss as it is drawn


def table(curves: Any) -> dict[str, Any]:
    """Return all runs as one array (optimizers, rates, records), and where each run ends."""
    known = isinstance(curves, Mapping) and 0 < len(curves) <= MOST
    if not known or not all(isinstance(runs, Mapping) for runs in curves.values()):
        rule = f"a dict of 1 to {MOST} optimizers, each a dict of learning rate to losses"
        raise ValueError(f"optimizer_race: curves must be {rule}. Received: {shown(curves)}")
    every = [(rate, losses) for runs in curves.values() for rate, losses in runs.items()]
    rates = sorted({number("optimizer_race", "a rate of curves", rate) for rate, _ in every})
    rows = [numbers("optimizer_race", "the losses of curves", losses) for _, losses in every]
    steps = max((row.size for row in rows if row.ndim == 1), default=0)
    if steps < 2 or not all(row.ndim == 1 for row in rows):
        raise ValueError(
            "optimizer_race: curves must hold at least 2 losses, one a step. "
            f"Received: {shown(curves)}"
        )
    loss = np.full((len(curves), len(rates), steps), np.nan)
    for k, runs in enumerate(curves.values()):
        for rate, losses in runs.items():
            loss[k, rates.index(float(rate)), : len(losses)] = losses
    if (loss < 0).any():
        raise ValueError(
            f"optimizer_race: losses must not be negative. Received: {np.nanmin(loss)}"
        )
    lost = np.maximum.accumulate(~np.isfinite(loss), axis=2)  # from the first nan or infinity on
    stride = -(-(steps - 1) // KEPT)
    loss = np.where(lost, np.nan, loss)[:, :, ::stride].astype(np.float32)
    ends = np.isfinite(loss).sum(axis=2) - 1
    if (ends < 0).all():
        raise ValueError("optimizer_race: curves must start with a finite loss. Received: none")
    return {
        "names": list(curves),
        "rates": [f"{rate:g}" for rate in rates],
        "loss": loss,
        "ends": ends.astype(np.int16),  # the last finite record; -1 if there is no such run
        "stride": stride,
        "limits": _limits(loss),
    }


def _limits(loss: Array) -> list[float]:
    """Return the ends of the axis, as powers of ten: from the least loss to 3 times the start's."""
    finite = np.maximum(loss[np.isfinite(loss)], FLOOR)
    begin = loss[:, :, 0][np.isfinite(loss[:, :, 0])]
    high = float(np.log10(3 * max(float(begin.max()), FLOOR)))
    return [min(float(np.log10(finite.min())), high - 1) - 0.08, high]


def log_ticks(low: float, high: float) -> list[tuple[float, str]]:
    """Return 1, 2, 5, 10, ... between two powers of ten, as pairs (power, text).

    Examples
    --------
    >>> [text for _, text in log_ticks(-1, 0.5)]
    ['0.1', '0.2', '0.5', '1', '2']
    """
    numbers = [k * 10.0**power for power in range(-6, 9) for k in (1, 2, 5)]
    chosen = [v for v in numbers if low <= np.log10(v) <= high]
    every = -(-len(chosen) // 9)  # too many: tens alone
    shown = chosen if every == 1 else [v for v in chosen if np.log10(v) % 1 == 0]
    return [(float(np.log10(v)), f"{v:g}") for v in shown]


def spread(places: Sequence[float], low: float, high: float) -> list[float]:
    """Push labels, given from the top down, so far apart that each can be read.

    Examples
    --------
    >>> [round(y, 3) for y in spread([0.5, 0.5, 0.01], 0, 1)]
    [0.5, 0.442, 0.029]
    """
    gap = 0.058 * (high - low)
    found: list[float] = []
    for y in places:
        y = min(max(y, low + gap / 2), high - gap / 2)
        found.append(min(y, found[-1] - gap) if found else y)
    floor = low + gap / 2
    for k in reversed(range(len(found))):
        found[k] = max(found[k], floor)
        floor = found[k] + gap
    return found
