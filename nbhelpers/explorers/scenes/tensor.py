"""A tensor of rank 0 to 5 as small boxes: choose an index on each axis, and see what is taken."""

import numpy as np

from nbhelpers import tensors
from nbhelpers.explorers.base import Explorer
from nbhelpers.explorers.controls import choice
from nbhelpers.explorers.picture.marks import Panel, Polygons, Scene, Text
from nbhelpers.explorers.picture.words import say
from nbhelpers.explorers.scenes.parts.tensor_boxes import layout
from nbhelpers.explorers.types import Arrays, Data, Fields, Presets, State, Value

# Name: shape, what each axis counts, and its part in the drawing (see boxes.layout).
TENSORS = {
    "scalar": ((), (), ""),
    "vector": ((7,), ("day",), "c"),
    "matrix": ((5, 3), ("person", "value"), "rc"),
    "stocks": ((4, 5, 3), ("day", "minute", "price"), "Crc"),
    "images": ((3, 4, 6, 3), ("image", "row", "column", "colour"), "RrcC"),
    "films": ((2, 3, 4, 5, 3), ("film", "frame", "row", "column", "colour"), "GRrcC"),
}
WHOLE = {f"axis_{k}": ":" for k in range(5)}
LENGTHS = [max(s[k] for s, *_ in TENSORS.values() if len(s) > k) for k in range(5)]
START = WHOLE | {"axis_0": "1", "axis_1": "2"}
CONTROLS = {"tensor": choice("tensor", list(TENSORS), "films")}
for k, length in enumerate(LENGTHS):
    options = [":", *map(str, range(length))]
    CONTROLS[f"axis_{k}"] = choice(f"index on axis {k}", options, START[f"axis_{k}"], "steps")
CONTROLS["dtype"] = choice("dtype", ["uint8", "float32", "float64"], "float32", look="buttons")
PRESETS: Presets = {
    "one number": {"tensor": "scalar"} | WHOLE,
    "one row of a table": {"tensor": "matrix"} | WHOLE | {"axis_0": "2"},
    "one column": {"tensor": "matrix"} | WHOLE | {"axis_1": "0"},
    "one image": {"tensor": "images"} | WHOLE | {"axis_0": "1"},
    "one colour": {"tensor": "images"} | WHOLE | {"axis_3": "0"},
    "one frame": {"tensor": "films"} | WHOLE | {"axis_0": "1", "axis_1": "2"},
}
ROWS = ["axis", "counts", "size", "stride (bytes)", "index"]
SENTENCES = {
    "slice": "{name} has rank {rank} and shape {kept}: {count} of {all} numbers, {part} of {whole} "
    "bytes as {dtype}. A view, no copy.",
    "error": "{name} is an IndexError: {error}. Numbers count from 0.",
    "outside": "index {index} is out of bounds for axis {axis} with size {size}",  # NumPy's words
    "title": "{name} of x, shape {shape}",
    "numbered": ", numbered by place in memory",
}


def tensor(**start: Value) -> Explorer:
    """Show a small tensor as boxes; those that ``x[index, ...]`` takes light up.

    Parameters
    ----------
    **start : str
        Values to start with: ``tensor`` (such as ``"matrix"``), ``axis_0`` to ``axis_4`` (``":"``
        or a number as a string), ``dtype``.

    Examples
    --------
    >>> tensor(tensor="matrix", axis_0="2", axis_1=":").arrays()["title"]
    'x[2, :] of x, shape (5, 3), numbered by place in memory'
    """
    drawing = [
        Polygons("cells", "muted", alpha=0.1, width=1),
        Polygons("lit", "blue", alpha=0.45, width=2),
        Text("number_xy", "numbers", size=13, whole=True),
        Text("top_xy", "tops", "muted", size=13),
        Text("left_xy", "lefts", "muted", size=13, align="right"),
    ]
    table = [
        Text("heads_xy", ROWS, "muted", align="right"),
        Text("table_xy", "table"),
        Text("index_xy", "index", "blue", bold=True, size=15),
    ]
    frame: Fields = {"axes": False, "equal": True, "x": "frame_x", "y": "frame_y"}
    places = [(k, row) for row in range(4) for k in range(5)]
    return Explorer(
        "tensor",
        about="A tensor as boxes, the slice of it filled blue, and a table of its axes.",
        controls=CONTROLS,
        presets=PRESETS,
        scene=Scene(
            [
                [Panel("{title}", drawing, **frame)],
                [Panel("", table, axes=False, x=(-1.25, 4.6), y=(4.6, -0.6))],
            ],
            ratio=0.62,
            heights=[3.2, 1.1],
        ),
        arrays=arrays,
        data={name: layout(*about) for name, about in TENSORS.items()}
        | {"sentences": SENTENCES, "heads_xy": np.array([(-0.45, row) for row in range(5)])}
        | {"table_xy": np.array(places, float), "index_xy": np.array([(k, 4.0) for k in range(5)])},
        start=start,
    )


def arrays(state: State, data: Data) -> Arrays:
    """Take the slice with NumPy's own rules; an index outside its axis takes nothing."""
    drawing = dict(data[state["tensor"]])
    shape, axes = tuple(drawing.pop("shape")), drawing.pop("axes")
    x = tensors.plan(shape, state["dtype"], axes)
    written = [state[f"axis_{k}"] for k in range(x.rank)]
    index = [slice(None) if entry == ":" else int(entry) for entry in written]
    taken, name = np.zeros(shape, dtype=bool), tensors.expression(index)
    try:
        part = tensors.select(x, index)
        taken[tuple(index)] = True
        result = words(name, part, x)
    except IndexError as error:
        result = say(SENTENCES["error"], name=name, error=error)
    few = bool(drawing["numbers"])
    table = [[str(k) for k in range(x.rank)], axes, x.shape, x.strides]
    empty = [""] * (5 - x.rank)
    return {
        **{key: value for key, value in drawing.items() if key != "places"},
        "number_xy": drawing["cells"].mean(axis=1)[: len(drawing["numbers"])],
        "lit": drawing["cells"][taken.reshape(-1)],
        "table": [str(entry) for row in table for entry in [*row, *empty]],
        "index": [*written, *empty],
        "title": say(SENTENCES["title"] + SENTENCES["numbered"] * few, name=name, shape=x.shape),
        "text": result,
    }


def words(name: str, part: tensors.Tensor, x: tensors.Tensor) -> str:
    """Say what the slice is: its rank, shape, entries and bytes."""
    sizes = {"count": part.size, "all": x.size, "part": part.nbytes, "whole": x.nbytes}
    shape = {"rank": part.rank, "kept": part.shape, "dtype": x.dtype}
    return say(SENTENCES["slice"], name=name, **sizes, **shape)
