"""Broadcasting: how two shapes align at the right, what is added and repeated, or what clashes."""

from typing import Any

import numpy as np

from nbhelpers import tensors
from nbhelpers.explorers.base import Explorer
from nbhelpers.explorers.controls import choice
from nbhelpers.explorers.picture.marks import Panel, Polygons, Scene, Text
from nbhelpers.explorers.picture.words import say
from nbhelpers.explorers.scenes.parts.boxes import box
from nbhelpers.explorers.scenes.parts.broadcast_boxes import stretched_boxes
from nbhelpers.explorers.types import Arrays, Data, Fields, Presets, State, Value

SIZES = ["none", "1", "2", "3", "4"]


def _shapes(a: str, b: str) -> dict[str, str]:
    """Return the values of the six controls; "-" is an axis that is left out."""
    both = zip((f"{name}{k}" for name in "ab" for k in (1, 2, 3)), a + b, strict=True)
    return {name: size.replace("-", "none") for name, size in both}


CONTROLS = {
    name: choice(f"{name[0]}: size {name[1]}", SIZES, size, look="steps")
    for name, size in _shapes("-34", "--4").items()
}
PRESETS: Presets = {
    "a bias for each row": _shapes("-34", "--4"),
    "scalar": _shapes("-34", "---"),
    "one for all images": _shapes("433", "-33"),
}
NAMES = ["a", "b", "a + b"]
SENTENCES = {
    "clash": "{a} and {b} cannot meet: they clash on {places}. NumPy raises a ValueError.",
    "place": "axis {place} ({m} and {n})",
    "fit": "{a} and {b} give {shape}: each number of a is used {often_a}, of b {often_b}, with no "
    "copy.",
    "once": "once",
    "often": "{times} times",
    "trap": " Careful: {total} numbers, more than in a or in b.",
}


def broadcast(**start: Value) -> Explorer:
    """Show how two shapes meet: the alignment above, the numbers of a, b and a + b below.

    Parameters
    ----------
    **start : str
        Sizes to start with, ``"none"`` or ``"1"`` to ``"4"``: ``a1``, ``a2``, ``a3`` and ``b1``,
        ``b2``, ``b3``, from left to right; an axis of ``"none"`` is left out of the shape.

    Examples
    --------
    >>> broadcast(a2="4", a3="1").arrays()["shape"]
    '(4, 4)'
    """
    aligned = [
        Polygons("boxes", "blue", alpha=0.15, label="stored"),
        Polygons("ghosts", "orange", alpha=0.12, dash="--", label="added or repeated"),
        Polygons("clashes", "red", alpha=0.25, dash=":", width=4, label="clash"),
        Text("size_xy", "sizes", size=16, bold=True),
        Text("name_xy", NAMES, size=15, align="right"),
        Text("head_xy", "heads", "muted", size=14),
    ]
    frame: Fields = {"x": (-1, 6), "y": (3.3, -0.2), "axes": False, "legend": True}
    top = [Panel("aligned from the right", aligned, **frame)]
    bottom = [_drawing(name, f"{name}, shape {{{name}_shape}}") for name in "ab"]
    bottom.append(_drawing("sum", "a + b: {shape}"))
    return Explorer(
        "broadcast",
        about="Two shapes aligned at the right, and the boxes of a, b and a + b: solid boxes are "
        "stored, dashed ones repeated.",
        controls=CONTROLS,
        presets=PRESETS,
        scene=Scene([top, bottom], ratio=0.6, heights=[1, 1.2]),
        arrays=arrays,
        data={
            "name_xy": np.array([(-0.1, y) for y in (0.8, 1.75, 2.7)]),
            "sentences": SENTENCES,
        },
        start=start,
    )


def _drawing(name: str, title: str) -> Panel:
    marks = [
        Polygons(f"{name}_ghosts", "orange", alpha=0.12, width=1.5, dash="--"),
        Polygons(f"{name}_cells", "green" if name == "sum" else "blue", alpha=0.3, width=1.5),
        Text(f"{name}_xy", f"{name}_numbers", size=12, whole=True),
    ]
    return Panel(title, marks, x="frame_x", y="frame_y", axes=False, equal=True)


def arrays(state: State, data: Data) -> Arrays:
    """Ask ``tensors.broadcast`` what happens, and let NumPy stretch and add."""
    a, b = (
        tuple(int(size) for k in (1, 2, 3) if (size := state[f"{name}{k}"]) != "none")
        for name in "ab"
    )
    meet = tensors.broadcast(a, b)
    own = [
        step * np.arange(1, tensors.size(shape) + 1).reshape(shape)
        for step, shape in ((10, a), (1, b))
    ]
    fits = meet.shape is not None
    stretched = [np.broadcast_to(x, meet.shape) if meet.shape is not None else x for x in own]
    drawn = stretched_boxes("sum", np.add(*stretched) if fits else np.zeros((0,)), [])
    for side, name in enumerate("ab"):
        loose = [axis.place for axis in meet.axes if fits and axis.roles[side] != "same"]
        drawn |= stretched_boxes(name, stretched[side], loose)
    wide, high = 0.55 + np.max([[3.5, 3.5], *drawn["a_xy"], *drawn["b_xy"]], axis=0)
    return {
        **drawn,
        **table(meet),
        "frame_x": np.array([-0.1, wide]),
        "frame_y": np.array([high, -0.1]),
        "a_shape": str(a),
        "b_shape": str(b),
        "shape": str(meet.shape) if fits else "they clash",
        "text": words(a, b, meet),
    }


def table(meet: tensors.Broadcast) -> Arrays:
    """Return the alignment: a row for a, b and the result, a column for each axis."""
    drawn: dict[str, list[Any]] = {"boxes": [], "ghosts": [], "clashes": []}
    size_xy, sizes = [], []
    for axis in meet.axes:
        new = {"same": "{0}", "repeated": "1 → {1}", "added": "new → {1}"}
        both = zip(axis.sizes, axis.roles, strict=True)
        sizes += [new[role].format(size, axis.size) for size, role in both]
        sizes.append("clash" if axis.size is None else str(axis.size))
        for row, role in enumerate((*axis.roles, "same")):
            kind = "clashes" if axis.size is None else "boxes" if role == "same" else "ghosts"
            x, y = 2 * axis.place + 6.25, 0.4 + 0.95 * row
            drawn[kind].append(box(x + 0.05, y + 0.05, 1.4, 0.7))
            size_xy.append((x + 0.75, y + 0.4))
    places = [axis.place for axis in meet.axes]
    return {kind: np.array(found).reshape(-1, 4, 2) for kind, found in drawn.items()} | {
        "size_xy": np.array(size_xy).reshape(-1, 2),
        "sizes": sizes,
        "head_xy": np.array([(2 * place + 7.0, 0.1) for place in places]).reshape(-1, 2),
        "heads": [f"axis {place}" for place in places],
    }


def words(a: tuple[int, ...], b: tuple[int, ...], meet: tensors.Broadcast) -> str:
    """Say what comes out, how often each number is used, or where the shapes clash."""
    if meet.shape is None:
        clash = [axis for axis in meet.axes if axis.size is None]
        places = (say(SENTENCES["place"], place=c.place, m=c.sizes[0], n=c.sizes[1]) for c in clash)
        return say(SENTENCES["clash"], a=a, b=b, places=" and ".join(places))
    total = tensors.size(meet.shape)
    used = [total // tensors.size(shape) for shape in (a, b)]
    often = [say(SENTENCES["once" if k == 1 else "often"], times=k) for k in used]
    template = SENTENCES["fit"] + SENTENCES["trap"] * (min(used) > 1)
    return say(
        template, a=a, b=b, shape=meet.shape, total=total, often_a=often[0], often_b=often[1]
    )
