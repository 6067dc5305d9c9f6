"""Go back and forth in a training: what `Snapshots` recorded, epoch by epoch."""

import numpy as np

from nbhelpers.callbacks import Snapshots
from nbhelpers.explorers.base import Explorer
from nbhelpers.explorers.controls import choice
from nbhelpers.explorers.picture.marks import Heat, Lines, Mark, Panel, Points, Scene, Text
from nbhelpers.explorers.picture.words import fixed
from nbhelpers.explorers.scenes.parts import frames
from nbhelpers.explorers.scenes.parts.demos import short_training
from nbhelpers.explorers.scenes.parts.time_machine_recording import SHOWN, recorded
from nbhelpers.explorers.types import Array, Arrays, Data, Fields, Value

CURVES = ("loss", "accuracy", "test")
GRID = np.stack(np.divmod(np.arange(SHOWN), 4), axis=1)  # row and column of each image


def time_machine(snapshots: Snapshots | None = None, **start: Value) -> Explorer:
    """Show loss, accuracy, weights, confusion matrix and sixteen answers at a recorded epoch.

    Parameters
    ----------
    snapshots : callbacks.Snapshots, optional
        As it is after ``fit(..., callbacks=[snapshots])``; its images of 28 x 28. Without it, a
        short training on the bundled digits. Of more than 15 records, 15 are shown. Weights are
        kept to 1/127 of the scale.
    **start : str
        The ``epoch`` to start with, such as ``"3"``.

    Raises
    ------
    ValueError
        If nothing was recorded, or the images are no 28 x 28.

    Examples
    --------
    >>> time_machine().arrays({"epoch": "0"})["right"] < 8  # it cannot know anything yet
    True
    """
    record = recorded(short_training() if snapshots is None else snapshots)
    epochs = record["epochs"]
    control = choice("epoch", epochs, epochs[-1], look="steps")
    middle = {
        f"epoch {epochs[k]}": {"epoch": epochs[k]} for k in (1, len(epochs) // 2) if k < len(epochs)
    }
    presets = {"untrained": {"epoch": epochs[0]}, **middle, "trained": {"epoch": epochs[-1]}}
    weights = Panel(
        "weights of sixteen units",
        [Heat("weights", "RdBu", low=-127, high=127, columns=4)],
        x=(0, 4), y=(4, 0), equal=True, axes=False, weight=0.9,
    )  # fmt: skip
    return Explorer(
        "time_machine",
        about="A training: curves, confusion matrix, weights as pictures, and sixteen digits.",
        controls={"epoch": control},
        presets=presets,
        scene=Scene([[_curves(record), _confusion(record), weights, _images(record)]], ratio=0.38),
        arrays=frames.arrays,
        data=constant(record) | frames.frames("epoch", control, lambda at: frame(at, record)),
        start=start,
        module=frames.MODULE,
    )


def _curves(data: Data) -> Panel:
    marks: list[Mark] = [Lines("now", "muted", width=1.5, dash=":")]
    for name, color, dash, marker, label in (
        ("loss", "red", "--", "s", "loss"),
        ("accuracy", "sky", "-.", "^", "accuracy"),
        ("test", "blue", "-", "o", "on new images"),
    ):
        if len(data[f"{name}_line"]):
            marks += [Lines(f"{name}_line", color, dash=dash, label=label, alpha=0.8)]
            marks += [Points(f"{name}_now", color, marker=marker, size=12)]
    last = max(1, int(data["test_line"][-1, 0]))
    top = max(1.05, 1.08 * data["loss_line"][:, 1].max(initial=0))
    return Panel(
        "training", marks, x=(-0.02 * last, 1.02 * last), y=(0, top), xlabel="epoch",
        legend=True, weight=1.1,
    )  # fmt: skip


def _confusion(data: Data) -> Panel:
    classes = data["confusion"].shape[1]
    edge: Fields = {"x": (-0.5, classes - 0.5), "y": (classes - 0.5, -0.5), "equal": True}
    ticks: Fields = {"xticks": list(range(classes)), "yticks": list(range(classes))}
    marks = [
        Heat("shares", "RdBu", low=-1.4, high=1.4),
        Text("cells", "counts", size=11, whole=True),
    ]
    axes: Fields = {"xlabel": "answer", "ylabel": "true digit", "grid": False}
    return Panel("blue right, red wrong", marks, weight=1.35, **edge, **ticks, **axes)


def _images(data: Data) -> Panel:
    marks: list[Mark] = []
    for k, (r, c) in enumerate(GRID[: len(data["labels"])].tolist()):
        extent = (c + 0.1, c + 0.9, 1.2 * r + 1.16, 1.2 * r + 0.36)
        marks.append(Heat(f"image{k}", low=0, high=255, extent=extent))
    marks += [Text("right_at", "right_texts", "blue", bold=True)]
    marks += [Text("wrong_at", "wrong_texts", "red", bold=True)]
    return Panel("{score}", marks, x=(0, 4), y=(4.8, 0), equal=True, axes=False, weight=0.9)


def constant(data: Data) -> Arrays:
    """Return what every epoch shows: the images, the curves, the places of the counts."""
    return {
        name: value
        for name, value in data.items()
        if name == "cells" or name.startswith("image") or name.endswith("_line")
    }


def frame(number: str, data: Data) -> Arrays:
    """Return what was recorded at an epoch."""
    k, epoch = data["epochs"].index(number), int(number)
    confusion, answers = data["confusion"][k], data["answers"][k]
    found = {f"{n}_now": (line := data[f"{n}_line"])[line[:, 0] == epoch] for n in CURVES}
    shares = confusion / np.maximum(confusion.sum(axis=1, keepdims=True), 1)
    right = answers == data["labels"]
    at = GRID[: len(right), ::-1] * [1, 1.2] + [0.5, 0.2]
    pairs = zip(answers, data["labels"], strict=True)
    said = [f"{a} ✓" if a == y else f"{a} ✗" for a, y in pairs]
    return found | {
        "now": np.array([[epoch, 0], [epoch, 1e3]]),
        "weights": data["weights"][k],
        "shares": np.where(np.eye(len(shares)) > 0, shares, np.maximum(-1.0, -3 * shares)),
        "counts": [str(n) if n else "" for n in confusion.ravel()],
        "right_at": at[right],
        "wrong_at": at[~right],
        "right_texts": [text for text, ok in zip(said, right, strict=True) if ok],
        "wrong_texts": [text for text, ok in zip(said, right, strict=True) if not ok],
        "right": int(right.sum()),
        "score": f"{right.sum()} of these {len(right)} right",
        "text": words(epoch, found, confusion, right),
    }


def words(epoch: int, found: Arrays, confusion: Array, right: Array) -> str:
    """Say how good the network is at this epoch, and what it mistakes most often."""
    test = fixed(100 * found["test_now"][0, 1], 1)
    loss = "".join(f"training loss {fixed(loss, 3)}, " for _, loss in found["loss_now"])
    head = f"After epoch {epoch}" if epoch else "Before training"
    text = (
        f"{head}: {loss}{test} % of the new images right, {right.sum()} of the {len(right)} shown."
    )
    wrong = confusion - np.diag(confusion.diagonal())
    true, answer = np.unravel_index(wrong.argmax(), wrong.shape)
    most = f" Most frequent mistake: {true} read as {answer}, {wrong.max()} times."
    return text + most if wrong.max() else f"{text} No mistake is left."
