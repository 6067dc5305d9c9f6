"""Draw a digit, and watch a trained network read it while you draw."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from nbhelpers.datasets.ink import prepare
from nbhelpers.explorers.base import HERE, Explorer
from nbhelpers.explorers.controls import hidden, slider
from nbhelpers.explorers.demos import sample_images
from nbhelpers.explorers.drawing import rasterize, read_cursor, read_ink, write_ink
from nbhelpers.explorers.marks import bars, heat, panel, points, polygons, scene
from nbhelpers.explorers.plugged import forward, hidden_arrays, hidden_panels, layers_of
from nbhelpers.explorers.words import fixed
from nbhelpers.models import Sequential, load_digits_network

CONTROLS = {
    "sample": slider("test image (0: none)", 0, 20, 1, 0),
    "width": slider("width of the pen (pixels)", 1, 5, 0.25, 2.5),
    "ink": hidden(),  # as write_ink writes it
    "cursor": hidden(),  # the pen moved by keys: x and y in hexadecimal, "+" while it is down
}
TWO = [(9, 9), (11, 6), (15, 5), (18.5, 7), (18.5, 11), (15, 16), (9, 22), (20, 22)]
SEVEN = [(8, 6), (20, 6), (16, 14), (13, 23)]
PRESETS = {
    "a 2": {"sample": 0, "ink": write_ink([TWO])},
    "a 7": {"sample": 0, "ink": write_ink([SEVEN])},
    "a small 2": {"sample": 0, "ink": write_ink([[(x / 2 - 2, y / 2 + 15) for x, y in TWO]])},
    "a lying 7": {"sample": 0, "ink": write_ink([[(y, 28 - x) for x, y in SEVEN]])},
}
SCRIPTS = ("drawing.js", "scenes/draw_digit.js")
PAPER = {"x": (0, 28), "y": (28, 0), "equal": True, "axes": False}


def draw_digit(model: Sequential | None = None, **start: Any) -> Explorer:
    """Show what a network sees of a drawing, its hidden units, and its ten probabilities.

    Parameters
    ----------
    model : Sequential, optional
        Any with ten outputs (softmax, sigmoid, or logits) over 784 inputs or (28, 28), pixels
        from 0 to 1, ink high. Without it the 784-50-100-10 network that ships with the course,
        trained on MNIST. Its weights are sent as they are, 4 bytes each.
    **start : float or str
        Values to start with: ``sample``, ``width``, ``ink`` (by ``drawing.write_ink``).

    Raises
    ------
    ValueError
        If the model is not built, or has other inputs or outputs.

    Examples
    --------
    >>> draw_digit(**PRESETS["a 7"]).arrays()["answer"]
    7
    """
    layers = layers_of(load_digits_network() if model is None else model)
    samples, labels = sample_images()
    answers = bars(
        "outputs", labels=list("0123456789"), texts="percent", horizontal=True, highlight="answer"
    )
    top = [
        panel("draw (pen {pen})", _paper("drawing", "crop"), **PAPER),
        panel("the network sees", _paper("inverse", "box"), **PAPER),
        panel("{head}", [answers], x=(0, 1.4), y=(9.6, -0.6), yticks=[], xticks=[], left=30),
    ]
    return Explorer(
        "draw_digit",
        about="A drawn digit, the same as the network sees it, its hidden units, and ten bars.",
        controls=CONTROLS,
        presets=PRESETS,
        actions={"Undo": "Backspace", "Clear": "Delete"},
        scene=scene([top, hidden_panels(layers)], ratio=0.62, heights=[1.5, 1]),
        arrays=arrays,
        data=layers | {"samples": samples, "labels": labels, "edge": _frame((0, 0, 28, 28))},
        start=start,
        script="\n".join((HERE / name).read_text("utf-8") for name in SCRIPTS),
    )


def _paper(image: str, frame: str) -> list[dict[str, Any]]:
    """Return the marks of a picture of 28 x 28, with a frame around the ink."""
    marks = [heat(image, low=0, high=1, extent=(0, 28, 28, 0)), polygons("edge", "muted", alpha=0)]
    marks += [polygons(frame, "orange", alpha=0, dash="--")]
    pen = [points("pen_up", "red", marker="x", size=13), points("pen_down", "red", size=13)]
    return marks + pen if frame == "crop" else marks


def arrays(state: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """Compute the paper, what the network sees of it, and what every layer makes of that."""
    paper = rasterize(read_ink(state["ink"], state["sample"]), state["width"])
    if state["sample"]:
        paper = np.maximum(paper, data["samples"][state["sample"] - 1] / 255)
    seen, crop, box = prepare(paper)
    *layers, outputs = forward(seen.ravel(), data)
    found = {
        "drawing": paper,
        "seen": seen,
        "inverse": 1 - seen,
        "crop": _frame(crop),
        "box": _frame(box),
        "outputs": outputs,
        "pen": fixed(state["width"]),
        "percent": [percent(p) for p in outputs],
        "answer": int(outputs.argmax()),
        "head": f"answer: {outputs.argmax()}",
    }
    found |= hidden_arrays(layers[1:], data["rows"])
    pen, down = read_cursor(state["cursor"])
    found |= {"pen_up": pen[: 0 if down else 1], "pen_down": pen[: 1 if down else 0]}
    return found | {"text": words(state, data, paper, outputs)}


def _frame(place: tuple[int, int, int, int]) -> np.ndarray:
    left, top, width, height = place
    return np.array([left, top], float) + np.array([[0, 0], [1, 0], [1, 1], [0, 1]]) * [
        width,
        height,
    ]


def percent(p: float) -> str:
    """Return 0.123 as "12.3 %"."""
    return f"{fixed(100 * p, 1)} %"


def a(digit: int) -> str:
    """Return "a 7", but "an 8"."""
    return f"{'an' if digit == 8 else 'a'} {digit}"


def words(
    state: Mapping[str, Any], data: Mapping[str, Any], paper: np.ndarray, outputs: np.ndarray
) -> str:
    """Say what is read, and whether it is right where that is known."""
    first, second = np.argsort(-outputs, kind="stable")[:2]
    places, down = read_cursor(state["cursor"])
    pen = f" The pen is {'down' if down else 'up'}"
    pen = "".join(f"{pen} at column {int(x)}, row {int(y)}." for x, y in places)
    how = "Draw with mouse, finger or pen. By keys: arrows move it, Space lowers or lifts it."
    if not paper.any():
        still = f"Empty paper, and still an answer: {first}, with {percent(outputs[first])}."
        return f"{still} {pen.strip() or how}"
    text = f"The network reads {a(first)} ({percent(outputs[first])}), "
    text += f"then {a(second)} ({percent(outputs[second])})."
    if state["sample"]:
        label = data["labels"][state["sample"] - 1]
        verdict = "right" if first == label else "wrong"
        text += f" Test image {state['sample']} is {a(label)}: {verdict}."
    return text + pen
