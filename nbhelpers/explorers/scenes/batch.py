"""Batch size: the shapes through a network, the updates of an epoch, time, and gradient noise."""

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from nbhelpers.batching import updates_per_epoch
from nbhelpers.explorers.base import Explorer
from nbhelpers.explorers.controls import choice
from nbhelpers.explorers.picture.marks import Lines, Mark, Panel, Points, Polygons, Scene, Text
from nbhelpers.explorers.picture.words import fixed
from nbhelpers.explorers.scenes.parts import frames
from nbhelpers.explorers.scenes.parts.batch_network import NETWORK, network_boxes, network_marks
from nbhelpers.explorers.scenes.parts.boxes import box
from nbhelpers.explorers.types import Array, Arrays, Fields, Presets, Value
from nbhelpers.utils import count, positive, shown

SIZES = [2**k for k in range(11)]
CONTROL = choice("batch size", [str(n) for n in SIZES], "128", look="steps")
PRESETS: Presets = {f"batch size {n}": {"batch_size": n} for n in ("1", "1024")}
Measured = Mapping[int, float]


def batch(
    seconds_per_image: Measured | None = None,
    gradient_noise: Measured | None = None,
    images: int = 60_000,
    **start: Value,
) -> Explorer:
    """Show what the batch size changes: shapes, updates per epoch, time, gradient noise.

    Parameters
    ----------
    seconds_per_image : mapping of int to float, optional
        Time measured, by batch size; without it, no time is shown.
    gradient_noise : mapping of int to float, optional
        Spread of the gradient measured, by batch size, in any unit: drawn so that the smallest
        size lies on the law 1 / sqrt(batch size).
    images : int
        Images in an epoch.
    **start : str
        ``batch_size``: ``"1"``, ``"2"``, ``"4"``, ..., ``"1024"``.

    Examples
    --------
    >>> batch().arrays()["epoch"]
    '60000 images / 128 = 468.75, so 469 updates'
    """
    number = count("batch", "images", images)
    updates = [updates_per_epoch(number, size) for size in SIZES]
    n = 2 ** np.linspace(0, 10, 101)
    curves = {"updates": _curve(SIZES, np.log10(updates)), "noise": _curve(n, n**-0.5)}
    if gradient_noise is not None:
        sizes, spread = _measured("gradient_noise", gradient_noise)
        curves["seen"] = _curve(sizes, spread / spread[0] / np.sqrt(sizes[0]))
    if seconds_per_image is not None:
        sizes, seconds = _measured("seconds_per_image", seconds_per_image)
        curves["time"] = _curve(sizes, np.log10(seconds * 1e6))
    return Explorer(
        "batch",
        about="The arrays of a 784-512-10 network for one batch, the last batches of an epoch, and "
        "curves over the batch size with the chosen one marked.",
        controls={"batch_size": CONTROL},
        presets=PRESETS,
        scene=Scene([*_panels(), _charts(curves)], ratio=0.72, heights=[1, 0.6, 1.3]),
        arrays=frames.arrays,
        data=curves
        | frames.frames("batch_size", CONTROL, lambda size: _frame(int(size), number, curves))
        | NETWORK,
        start=start,
        module=frames.MODULE,
    )


def _measured(name: str, values: Measured) -> tuple[Array, Array]:
    """Return sizes, in order, and what was measured at each."""
    good = isinstance(values, Mapping) and len(values) > 1
    if not good or not all(n in range(1, 1025) for n in values):
        raise ValueError(
            f"batch: {name} must map at least two batch sizes from 1 to 1024 to numbers greater "
            f"than 0. Received: {shown(values)}"
        )
    seen = [positive("batch", f"{name} at {n}", values[n]) for n in sorted(values)]
    return np.array(sorted(values)), np.array(seen)


def _curve(sizes: ArrayLike, values: ArrayLike) -> Array:
    return np.stack([np.log2(sizes), values], axis=1)


def _panels() -> list[list[Panel]]:
    batches = [
        Polygons("full", "muted", alpha=0, dash="--", width=1.5),
        Polygons("batches", "blue", alpha=0.3),
        Text("batch_xy", "batch_texts", size=13),
    ]
    head = "through the network: only the first axis follows the batch (dashed: parameters)"
    end = "end of an epoch: {epoch}"
    frame: Fields = {"x": (0, 14), "axes": False}
    return [
        [Panel(head, network_marks(), y=(-0.1, 4.6), **frame)],
        [Panel(end, batches, y=(0, 1.3), **frame)],
    ]


def _charts(curves: Mapping[str, Array]) -> list[Panel]:
    """Return a chart of updates, of noise, and of time if it was measured."""
    marks: dict[str, list[Mark]] = {
        "updates": [Lines("updates", "blue"), Points("updates", "blue", size=6)],
        "noise": [Lines("noise", "blue", label="1 / √n")],
        "time": [Lines("time", "orange", dash="--"), Points("time", "orange", marker="s", size=8)],
    }
    if "seen" in curves:
        marks["noise"].append(Points("seen", "orange", marker="s", size=8, label="measured"))
    titles = {"updates": "updates an epoch", "noise": "gradient noise", "time": "µs an image"}
    sizes, charts = [(k, str(2**k)) for k in (0, 2, 4, 6, 8, 10)], []
    for name in (name for name in titles if name in curves):
        low, high = 0, math.ceil(max(curves[name][:, 1].max(), 1))
        now = Points(name + "_now", "red", marker="D", size=12)
        more: Fields = {"legend": True, "yticks": [0, 0.25, 0.5, 0.75, 1]}
        if name != "noise":
            low = min(math.floor(curves[name][:, 1].min()), high - 1)
            more = {"yticks": [(k, f"{10.0**k:.9g}") for k in range(low, high + 1)], "left": 62}
        more |= {"x": (-0.3, 10.3), "y": (low, high + 0.1), "xlabel": "batch size"}
        charts.append(Panel(titles[name], [*marks[name], now], xticks=sizes, **more))
    return charts


def _frame(size: int, images: int, curves: Mapping[str, Array]) -> Arrays:
    """Return all that the picture shows at one batch size."""
    updates = updates_per_epoch(images, size)
    last, k = images - (updates - 1) * size, math.log2(size)
    now = {name: np.array([[k, np.interp(k, *curve.T)]]) for name, curve in curves.items()}
    shown = {u: last if u == updates else size for u in range(max(1, updates - 3), updates + 1)}
    places = 0.2 + 3.45 * np.arange(len(shown))
    filled = zip(places, shown.values(), strict=True)
    return {name + "_now": point for name, point in now.items()} | {
        **network_boxes(size),
        "full": np.array([box(x, 0.05, 3.2, 0.65) for x in places]),
        "batches": np.array([box(x, 0.05, 3.2 * n / size, 0.65) for x, n in filled]),
        "batch_xy": np.array([(x + 1.6, 1) for x in places]),
        "batch_texts": [f"update {u}: {n} image{'s' * (n > 1)}" for u, n in shown.items()],
        "epoch": f"{images} images / {size} = {_share(images, size)}, so {updates} updates",
        "text": words(size, images, updates, last, now.get("time")),
    }


def _share(images: int, size: int) -> str:
    """Return the quotient, without decimals where it is whole."""
    return fixed(images / size, 2 if images % size else 0)


def words(size: int, images: int, updates: int, last: int, time: Array | None) -> str:
    """Say what follows from the batch size; a time only if it was measured."""
    rest = "all full" if last == size else f"the last of {last}"
    spent = "" if time is None else f" Measured: {fixed(10 ** time[0, 1], 1)} µs an image."
    return (
        f"Batch size {size}: {images} / {size} = {_share(images, size)}, so {updates} updates an "
        f"epoch, {rest}. Its gradient has 1 / √{size} = {fixed(1 / math.sqrt(size), 3)} of the "
        f"noise of one image.{spent}"
    )
