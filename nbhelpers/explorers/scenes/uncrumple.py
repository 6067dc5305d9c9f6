"""Two crumpled sheets of paper in space, and a trained network that takes them apart."""

import math

import numpy as np

from nbhelpers import _assets
from nbhelpers.explorers.base import Explorer
from nbhelpers.explorers.controls import slider
from nbhelpers.explorers.picture.marks import Faces, Lines, Panel, Points, Polygons, Scene
from nbhelpers.explorers.picture.words import say
from nbhelpers.explorers.scenes.parts.uncrumple_sheets import DEPTHS, between, spaces, trained
from nbhelpers.explorers.types import Array, Arrays, Data, Fields, Presets, State, Value

STEPS = 20  # of the slider, from one depth to the next
CONTROLS = {
    "depth": slider("depth in the network", 0, DEPTHS, 0.05, 0),
    "angle": slider("turn the view (degrees)", -180, 180, 2, 90),
}
PRESETS: Presets = {
    "crumpled": {"depth": 0},
    "half-way": {"depth": 3},
    "smoothed out": {"depth": 5},
}
PRESETS |= {"apart": {"depth": DEPTHS}}
TILT = math.radians(18)  # the eye looks down a little
LIGHT = np.array([-0.4, 0.6, 0.7])
SENTENCES = {
    "all": "Depth {depth:.2f}: a flat cut gets {right} of {total} points right ({share:.1f}%)",
    "apart": ": the sheets are apart, one more unit tells them from each other.",
    "guess": "; guessing gets half.",
    "between": ".",
    "at 0": "depth 0: the input",
    "at": "depth {low} of {depths}",
    "on the way": "between depth {low} and {next}",
}


def uncrumple(**start: Value) -> Explorer:
    """Show two sheets on their way through a trained network that knows only their colours.

    Parameters
    ----------
    **start : float
        Values to start with: ``depth``, ``angle`` (degrees).

    Examples
    --------
    >>> uncrumple(depth=6).arrays()["right"]
    1250
    """
    with np.load(_assets.path("uncrumple.npz"), allow_pickle=False) as file:
        kept = {name: file[name] for name in file.files}
    shown = spaces(trained(kept["weights"]), kept["sheets"].astype(float))
    share = 100 * kept["right"].astype(float) / (kept["sheets"].size / 3)
    at = np.arange(len(share)) / STEPS
    return Explorer(
        "uncrumple",
        about="A red sheet (squared) and a blue sheet (lined) of paper in space, on their way "
        "through a trained network, and how many points a flat cut can part by colour.",
        controls=CONTROLS,
        presets=PRESETS,
        scene=picture(),
        arrays=arrays,
        data={
            "shown": shown.astype(np.float32),
            "cuts": kept["cuts"],
            "count": kept["right"],
            "light": LIGHT,
            "sentences": SENTENCES,
            "curve": np.stack([at, share], axis=1),
            "ends": np.stack([at, share], axis=1)[::STEPS],
        },
        start=start,
    )


def picture() -> Scene:
    """Return the scene: the sheets in space, and beside them how many points are right."""
    sheets = [
        Polygons("cut", "green", alpha=0.1, width=1.5, dash="--", label="flat cut"),
        Faces("faces", "groups", "shades"),
    ]
    curve = [
        Lines("curve", "green"),
        Points("ends", "green", size=6),
        Points("here", "ink", marker="D", size=11),
    ]
    side: Fields = {"x": (-0.35, DEPTHS + 0.35), "y": (48, 103), "xlabel": "depth"}
    side |= {"xticks": list(range(DEPTHS + 1)), "yticks": [50, 60, 70, 80, 90, 100]}
    space: Fields = {"x": (-1, 1), "y": (-0.85, 0.85), "axes": False, "equal": True, "legend": True}
    left = Panel("{head}", sheets, weight=1.7, **space)
    return Scene([[left, Panel("flat cut: % right", curve, **side)]], ratio=0.53)


def view(angle: float) -> Array:
    """Return the three directions right, up and towards the eye, as rows."""
    c, s, ct, st = math.cos(angle), math.sin(angle), math.cos(TILT), math.sin(TILT)
    return np.array([[c, -s, 0], [s * st, c * st, ct], [-s * ct, -c * ct, st]])


def arrays(state: State, data: Data) -> Arrays:
    """Place, turn and light the faces of both sheets, and sort them from far to near."""
    depth, turn = state["depth"], view(math.radians(state["angle"])).T
    p = between(data["shown"].astype(float), depth) @ turn
    corners = [p[:, :-1, :-1], p[:, 1:, :-1], p[:, 1:, 1:], p[:, :-1, 1:]]
    quads = np.stack(corners, axis=3).reshape(-1, 4, 3)
    normal = np.cross(quads[:, 2] - quads[:, 0], quads[:, 3] - quads[:, 1])
    lit = np.abs(normal @ LIGHT) / (np.linalg.norm(normal, axis=1) + 1e-12)
    order = np.argsort(quads[:, :, 2].sum(axis=1), kind="stable")
    k = round(depth * STEPS)
    right, total = int(data["count"][k]), data["shown"][0].size // 3
    return {
        "faces": quads[order, :, :2],
        "groups": (order >= len(quads) // 2).astype(int),
        "shades": 0.3 + 0.65 * lit[order],
        "cut": square(data["cuts"][k].astype(float)) @ turn[:, :2],
        "here": np.array([[depth, 100 * right / total]]),
        "right": right,
        "head": head(depth),
        "text": words(depth, right, total),
    }


def square(cut: Array) -> Array:
    """Return the corners (4, 3) of a square in the plane of a cut (normal, offset)."""
    normal = cut[:3]
    first = np.array([1, 0, 0]) - normal[0] * normal
    first /= np.linalg.norm(first) + 1e-12
    second, middle = np.cross(normal, first), -cut[3] * normal
    corners = np.array([first + second, first - second, -first - second, second - first])
    return np.asarray(middle + 0.62 * corners)


def head(depth: float) -> str:
    """Return the title: at which depth, or between which two."""
    low = int(depth + 1e-9)
    kind = "on the way" if depth - low > 1e-9 else "at" if low else "at 0"
    return say(SENTENCES[kind], low=low, next=low + 1, depths=DEPTHS)


def words(depth: float, right: int, total: int) -> str:
    """Say how many points a flat cut gets right, and what that means."""
    kind = "apart" if right == total else "guess" if right < 0.7 * total else "between"
    template = SENTENCES["all"] + SENTENCES[kind]
    return say(template, depth=depth, right=right, total=total, share=100 * right / total)
