"""What `Snapshots` recorded of a training, as arrays that are small enough to send."""

from typing import Any

import numpy as np

from nbhelpers.callbacks import Snapshots
from nbhelpers.explorers.types import Array
from nbhelpers.utils import shown

SHOWN = 16  # units, and images
KEPT = 15  # epochs whose weights are sent, at most


def recorded(snapshots: Any) -> dict[str, Any]:
    """Return what was recorded as arrays that are small enough to send."""
    if not isinstance(snapshots, Snapshots) or not snapshots.epochs:
        rule = "a Snapshots that has watched a training: fit(..., callbacks=[snapshots])"
        raise ValueError(f"time_machine: snapshots must be {rule}. Received: {shown(snapshots)}")
    kernels = np.stack(snapshots.kernels)[:, :, :SHOWN]
    if kernels.shape[1] != 784:
        rule = "of images of 28 x 28, 784 inputs"
        raise ValueError(f"time_machine: snapshots must be {rule}. Received: {kernels.shape[1]}")
    count = min(SHOWN, snapshots.samples, len(snapshots.x))
    images = np.asarray(snapshots.x[:count], float).reshape(-1, 28, 28)
    images *= 255 / max(images.max(), 1e-9)
    kept = np.unique(np.linspace(0, len(kernels) - 1, min(len(kernels), KEPT)).round().astype(int))
    scale = max(float(np.quantile(np.abs(kernels), 0.998)), 1e-9)  # a few are cut off
    weights = np.clip(kernels[kept] / scale, -1, 1).transpose(0, 2, 1).reshape(-1, *_shape(kernels))
    answers = np.stack(snapshots.probabilities)[kept, :count].argmax(axis=2)
    labels = snapshots.y if snapshots.y.ndim == 1 else snapshots.y.argmax(axis=-1)
    numbers = epochs_of(snapshots)
    data = {
        "epochs": [str(numbers[k]) for k in kept],
        "weights": np.round(127 * weights).astype(np.int8),
        "confusion": np.stack(snapshots.confusion)[kept].astype(np.int32),
        "answers": answers.astype(np.uint8),
        "labels": labels[:count].astype(np.uint8),
    }
    r, c = np.divmod(np.arange(data["confusion"][0].size), data["confusion"].shape[2])
    data["cells"] = np.stack([c, r], axis=1).astype(np.uint8)
    data |= {f"image{k}": image.round().astype(np.uint8) for k, image in enumerate(images)}
    return data | curves(numbers, snapshots)


def _shape(kernels: Array) -> tuple[int, int, int]:
    return kernels.shape[2], 28, 28


def epochs_of(snapshots: Snapshots) -> list[int]:
    """Return the numbers of the epochs, or 0, 1, 2, ... where ``fit`` began anew from 1."""
    numbers = snapshots.epochs
    return numbers if (np.diff(numbers) > 0).all() else list(range(len(numbers)))


def curves(numbers: list[int], snapshots: Snapshots) -> dict[str, Array]:
    """Return lines (n, 2) over all epochs: training loss and accuracy, and test accuracy."""
    pairs = zip(numbers, snapshots.confusion, strict=True)
    found = {"test_line": [(epoch, c.trace() / c.sum()) for epoch, c in pairs]}
    logs = list(zip(numbers, snapshots.logs, strict=True))
    for line, words in (("loss_line", ("loss",)), ("accuracy_line", ("accuracy", "acc"))):
        found[line] = [(e, log[w]) for e, log in logs for w in words if w in log]
    return {name: np.array(line, np.float64).reshape(-1, 2) for name, line in found.items()}
