"""Draw a digit, and watch a trained network read it while you draw."""

from collections.abc import Sequence

import numpy as np

from nbhelpers.datasets.ink import prepare
from nbhelpers.explorers.base import Explorer
from nbhelpers.explorers.controls import hidden, slider
from nbhelpers.explorers.picture.marks import Bars, Heat, Mark, Panel, Points, Polygons, Scene
from nbhelpers.explorers.picture.words import say
from nbhelpers.explorers.scenes.parts.boxes import box
from nbhelpers.explorers.scenes.parts.demos import sample_images
from nbhelpers.explorers.scenes.parts.draw_digit_network import (
    forward,
    hidden_arrays,
    hidden_panels,
    network_of,
)
from nbhelpers.explorers.scenes.parts.draw_digit_pen import (
    INK,
    SIDE,
    line_width,
    rasterize,
    read_cursor,
    read_ink,
    write_ink,
)
from nbhelpers.explorers.scenes.parts.draw_digit_photo import FAULTS, read_photo
from nbhelpers.explorers.types import Arrays, Data, Fields, Floats, Presets, State, Value
from nbhelpers.models import Sequential, load_digits_network

CONTROLS = {
    "sample": slider("test image (0: none)", 0, 20, 1, 0),
    "width": slider("width of the pen", 1, 5, 0.25, 2.5),
    "ink": hidden(form=INK),  # it waits while a test image lies on it
    "cursor": hidden(),  # the pen moved by keys: x and y in hexadecimal, "+" while it is down
    "photo": hidden(),  # as write_photo writes it, or "!" and what is wrong with the file
}
TWO = [(9, 9), (11, 6), (15, 5), (18.5, 7), (18.5, 11), (15, 16), (9, 22), (20, 22)]
SEVEN = [(8, 6), (20, 6), (16, 14), (13, 23)]
SHAPES: dict[str, Sequence[tuple[float, float]]] = {
    "a 2": TWO,
    "a 7": SEVEN,
    "a small 2": [(x / 2 - 2, y / 2 + 15) for x, y in TWO],
    "a lying 7": [(y, 28 - x) for x, y in SEVEN],
}
PRESETS: Presets = {
    name: {"sample": 0, "photo": "", "ink": write_ink([stroke])} for name, stroke in SHAPES.items()
}
PAPER: Fields = {"x": (0, SIDE), "y": (SIDE, 0), "equal": True, "axes": False}
SENTENCES = FAULTS | {
    "reads": "The network reads {first} ({sure}), then {second} ({less}).",
    "empty": "The paper is empty. ",
    "how": "Draw with mouse, finger or pen (by keys: arrows move it, Space lowers or lifts it), or "
    "drop a photo of a digit here.",
    "right": " Test image {sample} is {label}: right.",
    "wrong": " Test image {sample} is {label}: wrong.",
    "down": " The pen is down at column {x}, row {y}.",
    "up": " The pen is up at column {x}, row {y}.",
    "percent": "{p:.1f} %",
    "a": "a {digit}",
    "an": "an {digit}",
}


def draw_digit(model: Sequential | None = None, **start: Value) -> Explorer:
    """Show what a network sees of a drawing, its hidden units, and its ten probabilities.

    Parameters
    ----------
    model : Sequential, optional
        Any with ten outputs (softmax, sigmoid, or logits) over 784 inputs or (28, 28), made of
        Dense, Flatten, Rescaling, Dropout and activations; ink is high. Pixels are 0 to 1, or 0 to
        255 if it begins with a Rescaling that makes bytes small. Without it the 784-50-100-10
        network that ships with the course, trained on MNIST. Its weights are sent as they are,
        4 bytes each.
    **start : float or str
        Values to start with: ``sample``, ``width``, ``ink`` (by ``write_ink``), ``photo`` (by
        ``write_photo``).

    Raises
    ------
    ValueError
        If the model is not built, has other inputs or outputs, or a layer that the page does not
        know.

    Examples
    --------
    >>> draw_digit(**PRESETS["a 7"]).arrays()["answer"]
    7
    """
    network = network_of(load_digits_network() if model is None else model)
    samples, labels = sample_images()
    answers = Bars(
        "outputs", labels=list("0123456789"), texts="percent", horizontal=True, highlight="answer"
    )
    top = [
        Panel(
            "draw (pen {width:.2f})",
            [*_paper("drawing", "gray_r", "crop"), *_pen()],
            paper=True,
            **PAPER,
        ),
        Panel("the network sees", _paper("seen", "gray", "box"), **PAPER),
        Panel(
            "answer: {says}", [answers], x=(0, 1.4), y=(9.6, -0.6), yticks=[], xticks=[], left=30
        ),
    ]
    constant = {"samples": samples, "labels": labels, "edge": box(0, 0, SIDE, SIDE)}
    return Explorer(
        "draw_digit",
        about="A drawn digit, the same as the network sees it, its hidden units, and ten bars.",
        controls=CONTROLS,
        presets=PRESETS,
        actions={"Undo": "Backspace", "Clear": "Delete"},
        scene=Scene([top, hidden_panels(network)], ratio=0.445, heights=[278, 78]),
        arrays=arrays,
        data=network | constant | {"sentences": SENTENCES},
        start=start,
    )


def _paper(image: str, cmap: str, frame: str) -> list[Mark]:
    """Return the marks of a picture, with a frame around the ink."""
    return [
        Heat(image, cmap, low=0, high=1, extent=(0, SIDE, SIDE, 0)),
        Polygons("edge", "muted", alpha=0),
        Polygons(frame, "orange", alpha=0, dash="--"),
    ]


def _pen() -> list[Mark]:
    return [Points("pen_up", "red", marker="x", size=13), Points("pen_down", "red", size=13)]


def arrays(state: State, data: Data) -> Arrays:
    """Compute the paper, what the network sees of it, and what every layer makes of that."""
    pen, down = read_cursor(state["cursor"])
    paper = paper_of(state, data)
    seen, cropped, placed = prepare(paper)
    if read_photo(state["photo"]) is not None and not state["sample"]:
        seen = seen / (seen.max() or 1)  # as read_digit does
    *layers, outputs = forward(seen.ravel(), data)
    inked = bool(paper.any())
    return hidden_arrays(layers[1:], data["rows"]) | {
        "drawing": paper,
        "seen": seen,
        "crop": box(*cropped) * SIDE / len(paper),
        "box": box(*placed),
        "outputs": outputs if inked else np.zeros(10),
        "width": state["width"],
        "percent": [percent(p) if inked else "" for p in outputs],
        "answer": int(outputs.argmax()) if inked else -1,
        "says": str(outputs.argmax()) if inked else "none yet",
        "pen_up": pen[: 0 if down else 1],
        "pen_down": pen[: 1 if down else 0],
        "text": words(state, data, inked, outputs),
    }


def paper_of(state: State, data: Data) -> Floats:
    """Return the test image if there is one, else the photo if there is one, else what was drawn.

    Square, 0 to 1 (ink).
    """
    if state["sample"]:
        return np.asarray(data["samples"][state["sample"] - 1] / 255)
    photo, strokes = read_photo(state["photo"]), read_ink(state["ink"])
    return rasterize(strokes, line_width(strokes, state["width"])) if photo is None else photo


def percent(p: float) -> str:
    """Return 0.123 as "12.3 %"."""
    return say(SENTENCES["percent"], p=100 * p)


def a(digit: int) -> str:
    """Return "a 7", but "an 8"."""
    return say(SENTENCES["an" if digit == 8 else "a"], digit=digit)


def words(state: State, data: Data, inked: bool, outputs: Floats) -> str:
    """Say what is read, and whether it is right where that is known."""
    if state["photo"].startswith("!") and not state["sample"]:
        return SENTENCES[state["photo"][1:]]
    first, second = np.argsort(-outputs, kind="stable")[:2]
    sure, less = percent(outputs[first]), percent(outputs[second])
    places, down = read_cursor(state["cursor"])
    kind = "down" if down else "up"
    pen = "".join(say(SENTENCES[kind], x=int(x), y=int(y)) for x, y in places)
    if not inked:
        return SENTENCES["empty"] + (pen.strip() or SENTENCES["how"])
    text = say(SENTENCES["reads"], first=a(first), sure=sure, second=a(second), less=less)
    if state["sample"]:
        label = data["labels"][state["sample"] - 1]
        verdict = SENTENCES["right" if first == label else "wrong"]
        text += say(verdict, sample=state["sample"], label=a(label))
    return text + pen
