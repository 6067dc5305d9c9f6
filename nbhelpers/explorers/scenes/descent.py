"""Optimizers walk down a surface over two weights: which way each goes, and when it diverges."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from nbhelpers import optimizers
from nbhelpers.explorers.base import Explorer
from nbhelpers.explorers.controls import choice, slider
from nbhelpers.explorers.demos import optimizer_named
from nbhelpers.explorers.marks import heat, lines, panel, points, scene
from nbhelpers.explorers.surfaces import EDGES, SURFACES, contours, heights, slope, value
from nbhelpers.explorers.words import fixed, scientific

STEPS = 100
RATES = ["0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "0.6", "0.95", "1.05", "2", "3", "10"]
NAMES = ["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"]
CONTROLS = {
    "optimizer": choice("optimizer", NAMES, "momentum"),
    "rate": choice("learning rate", RATES, "0.1", look="steps"),
    "momentum": slider("momentum", 0, 0.99, 0.01, 0.9),
    "surface": choice("loss surface", list(SURFACES)),
    "step": slider("step", 0, STEPS, 1, 40),
}
PRESETS = {
    title: dict(zip(("optimizer", "rate", "surface", "step"), values, strict=True))
    for title, values in {
        "zigzag": ("sgd", "0.95", "narrow valley", 30),
        "diverges": ("sgd", "1.05", "narrow valley", 60),
        "adagrad": ("adagrad", "2", "narrow valley", 40),
        "on the saddle": ("sgd", "0.3", "saddle", 45),
        "wrong hollow": ("sgd", "0.3", "two hollows", 60),
        "over the hill": ("momentum", "0.3", "two hollows", 60),
    }.items()
}
PRESETS["over the hill"] |= {"momentum": 0.9}
FAR = 10  # times as far away it counts as diverged, and the walk is over
FLOOR = 1e-6  # of the loss as it is drawn


def descent(**start: Any) -> Explorer:
    """Show the path of an optimizer over a loss surface, step by step.

    Parameters
    ----------
    **start : float or str
        Values to start with: ``optimizer``, ``rate``, ``momentum``, ``surface``, ``step``.

    Examples
    --------
    >>> descent(optimizer="sgd", rate="0.1").arrays({"step": 1})["path"].round(4)
    array([[-7.  ,  2.  ],
           [-6.93,  1.6 ]])
    """
    way = [
        heat("height", "Blues", low=0, high=1, extent=(-10, 10, -5, 5), alpha=0.7),
        lines("contours", "muted", width=0.8, alpha=0.7),
        points("bottoms", "green", marker="D", size=11, label="lowest"),
        lines("path", "red", width=2),
        points("path", "red", size=5),
        points("start", "ink", marker="s", size=10, label="start"),
        points("now", "orange", size=14, label="now"),
    ]
    curve = [lines("whole", "muted", width=1.5, dash="--")]
    curve += [lines("curve", "red", width=2.5), points("here", "orange", size=12)]
    ticks = [(k, f"{10.0**k:g}") for k in range(-6, 5, 2)]
    axes = {"xlabel": "weight x", "ylabel": "weight y", "grid": False}
    surface = panel("{head}", way, x=(-10, 10), y=(-5, 5), legend=True, weight=1.7, **axes)
    edge = {"x": (0, STEPS), "y": (-6.3, 4.3), "xlabel": "step", "yticks": ticks, "left": 62}
    loss = panel("loss after each step", curve, **edge)
    return Explorer(
        "descent",
        about="The path of an optimizer over a loss surface, and the loss after each step.",
        controls=CONTROLS,
        presets=PRESETS,
        scene=scene([[surface, loss]], ratio=0.47),
        arrays=arrays,
        data=constants(),
        start=start,
    )


def constants() -> dict[str, Any]:
    """Return every surface: numbers, start, lowest points, height as a picture, contour lines."""
    data: dict[str, Any] = {"names": list(SURFACES)}
    for k, (numbers, begin, bottoms) in enumerate(SURFACES.values()):
        data |= {f"numbers{k}": np.array(numbers, float), f"start{k}": np.array(begin, float)}
        data |= {f"height{k}": heights(numbers), f"contours{k}": contours(numbers)}
        data[f"bottoms{k}"] = np.array(bottoms, float)
    return data


def walk(optimizer: optimizers.Optimizer, start: np.ndarray, numbers: Any) -> np.ndarray:
    """Return the points of ``STEPS`` steps, (n + 1, 2); fewer if it gets too far away."""
    point = np.array(start, float)
    optimizer.build([point])
    path = [point.copy()]
    while len(path) <= STEPS and (np.abs(point) <= FAR * EDGES).all():
        optimizer.step([point], [slope(point, numbers)])
        path.append(point.copy())
    return np.array(path)


def arrays(state: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """Walk with the real optimizer, and show the path up to the step."""
    k = data["names"].index(state["surface"])
    chosen = {name: data[f"{name}{k}"] for name in ("height", "contours", "bottoms")}
    numbers = data[f"numbers{k}"]
    optimizer = optimizer_named(state["optimizer"], float(state["rate"]), state["momentum"])
    path = walk(optimizer, data[f"start{k}"], numbers)
    loss = value(path.T, numbers)
    drawn = np.stack([np.arange(len(path)), np.log10(np.maximum(loss, FLOOR))], axis=1)
    at = min(state["step"], len(path) - 1)
    steep = float(np.linalg.norm(slope(path[at], numbers)))
    return chosen | {
        "path": path[: at + 1],
        "start": path[:1],
        "now": path[at : at + 1],
        "whole": drawn,
        "curve": drawn[: at + 1],
        "here": drawn[at : at + 1],
        "losses": loss,
        "head": f"{state['optimizer']}, learning rate {state['rate']}",
        "text": words(state, at, path[at], steep, loss),
    }


def words(
    state: Mapping[str, Any], at: int, point: np.ndarray, steepness: float, loss: np.ndarray
) -> str:
    """Say where the walk is, and whether it converges."""
    where = f"({fixed(point[0])}, {fixed(point[1])})"
    first, last = amount(loss[0]), amount(loss[at])
    if at == len(loss) - 1 < STEPS:
        end = f"after {at} steps it is at {where}, and the loss grew from {first} to {last}."
        return f"It diverges: {end} The learning rate is too large here."
    text = f"After {at} steps at {where}: loss {last}, at the start {first}."
    if loss[at] < 0.001:
        return f"{text} It has reached the lowest point."
    if (np.abs(point) > EDGES).any():
        return f"{text} It has left the picture."
    if at and loss[at] > loss[0]:
        return f"{text} It climbs instead of descending."
    if steepness < 0.05:
        return f"{text} It hardly moves: the slope is nearly 0, but this is not the lowest point."
    return text


def amount(loss: float) -> str:
    """Return a loss in words."""
    number = fixed(loss, 3) if loss < 10_000 else scientific(loss)
    return "under 0.001" if loss < 0.001 else number
