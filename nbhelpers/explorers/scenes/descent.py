"""Optimizers walk down a surface over two weights: which way each goes, and when it diverges."""

from typing import Any

import numpy as np

from nbhelpers import optimizers
from nbhelpers.explorers.base import Explorer
from nbhelpers.explorers.controls import choice, slider
from nbhelpers.explorers.picture.marks import Heat, Lines, Mark, Panel, Points, Scene
from nbhelpers.explorers.picture.words import fixed, say, scientific
from nbhelpers.explorers.scenes.parts.demos import optimizer_named
from nbhelpers.explorers.scenes.parts.descent_surfaces import (
    EDGES,
    SURFACES,
    contours,
    heights,
    slope,
    value,
)
from nbhelpers.explorers.types import Array, Arrays, Data, Fields, Presets, State, Value

STEPS = 100
RATES = ["0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "0.6", "0.95", "1.05", "2", "3", "10"]
NAMES = ["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"]
MOVED = ("momentum", "nesterov")  # those that the momentum changes
CONTROLS = {
    "optimizer": choice("optimizer", NAMES, "momentum"),
    "rate": choice("learning rate", RATES, "0.1", look="steps"),
    "momentum": slider("momentum", 0, 0.99, 0.01, 0.9).only("optimizer", *MOVED),
    "surface": choice("loss surface", list(SURFACES)),
    "step": slider("step", 0, STEPS, 1, 40),
}
PRESETS: Presets = {
    title: dict(zip(("optimizer", "rate", "surface", "step"), values, strict=True))
    for title, values in {
        "creeps": ("sgd", "0.01", "narrow valley", 100),
        "swings": ("momentum", "0.3", "narrow valley", 40),
        "adagrad": ("adagrad", "2", "narrow valley", 40),
        "on the saddle": ("sgd", "0.3", "saddle", 45),
    }.items()
}
PRESETS["swings"] = {**PRESETS["swings"], "momentum": 0.9}
FAR = 10  # times as far away it counts as diverged, and the walk is over
FLOOR = 1e-6  # of the loss as it is drawn
SENTENCES = {
    "diverges": "It diverges: after {at} steps it is at ({x:.2f}, {y:.2f}), and the loss grew from "
    "{first} to {last}. The learning rate is too large here.",
    "on": "After {at} steps at ({x:.2f}, {y:.2f}): loss {last}, at the start {first}.",
    "lowest": " It has reached the lowest point.",
    "outside": " It has left the picture.",
    "climbs": " It climbs instead of descending.",
    "rests": " It hardly moves: the slope is nearly 0, but this is not the lowest point.",
    "walks": "",
    "idle": " The momentum does nothing in {optimizer}.",
}


def descent(**start: Value) -> Explorer:
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
        Heat("height", "Blues", low=0, high=1, extent=(-10, 10, -5, 5), alpha=0.7),
        Lines("contours", "muted", width=0.8, alpha=0.7),
        Points("bottoms", "green", marker="D", size=11, label="lowest"),
        Lines("path", "red", width=2),
        Points("path", "red", size=5),
        Points("start", "ink", marker="s", size=10, label="start"),
        Points("now", "orange", size=14, label="now"),
    ]
    curve: list[Mark] = [Lines("whole", "muted", width=1.5, dash="--")]
    curve += [Lines("curve", "red", width=2.5), Points("here", "orange", size=12)]
    ticks = [(k, f"{10.0**k:g}") for k in range(-6, 5, 2)]
    axes: Fields = {"xlabel": "weight x", "ylabel": "weight y", "grid": False}
    surface = Panel("{head}", way, x=(-10, 10), y=(-5, 5), legend=True, weight=1.7, **axes)
    edge: Fields = {
        "x": (0, STEPS),
        "y": (-6.3, 4.3),
        "xlabel": "step",
        "yticks": ticks,
        "left": 62,
    }
    loss = Panel("loss after each step", curve, **edge)
    return Explorer(
        "descent",
        about="The path of an optimizer over a loss surface, and the loss after each step.",
        controls=CONTROLS,
        presets=PRESETS,
        scene=Scene([[surface, loss]], ratio=0.47),
        arrays=arrays,
        data=constants(),
        start=start,
    )


def constants() -> Arrays:
    """Return every surface: numbers, start, lowest points, height as a picture, contour lines."""
    data: Arrays = {"names": list(SURFACES), "sentences": SENTENCES, "moved": list(MOVED)}
    for k, (numbers, begin, bottoms) in enumerate(SURFACES.values()):
        data |= {f"numbers{k}": np.array(numbers, float), f"start{k}": np.array(begin, float)}
        data |= {f"height{k}": heights(numbers), f"contours{k}": contours(numbers)}
        data[f"bottoms{k}"] = np.array(bottoms, float)
    return data


def walk(optimizer: optimizers.Optimizer, start: Array, numbers: Any) -> Array:
    """Return the points of ``STEPS`` steps, (n + 1, 2); fewer if it gets too far away."""
    point = np.array(start, float)
    optimizer.build([point])
    path = [point.copy()]
    while len(path) <= STEPS and (np.abs(point) <= FAR * EDGES).all():
        optimizer.step([point], [slope(point, numbers)])
        path.append(point.copy())
    return np.array(path)


def arrays(state: State, data: Data) -> Arrays:
    """Walk with the real optimizer, and show the path up to the step."""
    k = data["names"].index(state["surface"])
    chosen = {name: data[f"{name}{k}"] for name in ("height", "contours", "bottoms")}
    numbers = data[f"numbers{k}"]
    optimizer = optimizer_named(state["optimizer"], float(state["rate"]), state["momentum"])
    path = walk(optimizer, data[f"start{k}"], numbers)
    loss = value(path.T, numbers)
    drawn = np.stack([np.arange(len(path)), np.log10(np.maximum(loss, FLOOR))], axis=1)
    at = min(state["step"], len(path) - 1)
    steepness = float(np.linalg.norm(slope(path[at], numbers)))
    return chosen | {
        "path": path[: at + 1],
        "start": path[:1],
        "now": path[at : at + 1],
        "whole": drawn,
        "curve": drawn[: at + 1],
        "here": drawn[at : at + 1],
        "losses": loss,
        "head": f"{state['optimizer']}, learning rate {state['rate']}",
        "text": words(at, path[at], steepness, loss) + idle(state["optimizer"]),
    }


def words(at: int, point: Array, steepness: float, loss: Array) -> str:
    """Say where the walk is, and whether it converges."""
    if at == len(loss) - 1 < STEPS:
        template = SENTENCES["diverges"]
    else:
        template = SENTENCES["on"] + SENTENCES[progress(at, point, steepness, loss)]
    x, y = point
    return say(template, at=at, x=x, y=y, first=amount(loss[0]), last=amount(loss[at]))


def idle(optimizer: str) -> str:
    """Say that the momentum does nothing, where that is so."""
    return "" if optimizer in MOVED else say(SENTENCES["idle"], optimizer=optimizer)


def progress(at: int, point: Array, steepness: float, loss: Array) -> str:
    """Return which sentence says how the walk goes."""
    if loss[at] < 0.001:
        return "lowest"
    if (np.abs(point) > EDGES).any():
        return "outside"
    if at and loss[at] > loss[0]:
        return "climbs"
    return "rests" if steepness < 0.05 else "walks"


def amount(loss: float) -> str:
    """Return a loss in words."""
    number = fixed(loss, 3) if loss < 10_000 else scientific(loss)
    return "under 0.001" if loss < 0.001 else number
