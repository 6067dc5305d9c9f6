"""Crumple two sheets of paper, and train a network to tell them apart, with the course's engine.

    python assets/make_uncrumple.py

writes `assets/uncrumple.npz` in a few seconds: the sheets, the trained weights, and how well a flat
cut can part the sheets at each depth. The explorer `uncrumple` (lesson 02) shows what each pair of
layers does to the sheets.

The network is told nothing but the colour of each point. It starts as a chain of layers that change
almost nothing, and a gentle pull back to that start keeps every layer from doing more than it must:
so that its way can be seen.
"""

from pathlib import Path

import numpy as np

from nbhelpers.callbacks import Callback, Logs
from nbhelpers.explorers.scenes.parts.uncrumple_sheets import DEPTHS, between, network, spaces
from nbhelpers.explorers.scenes.uncrumple import STEPS
from nbhelpers.models import Sequential
from nbhelpers.optimizers import Adam

TARGET = Path(__file__).resolve().parent / "uncrumple.npz"
SEED, LINES, FOLDS = 42, 25, 5
PLAN = ((150, 0.004, 0.003), (80, 0.003, 0.001), (150, 0.001, 0.0))  # epochs, rate, pull


def crumpled_sheets() -> np.ndarray:
    """Return two sheets of paper as grids of points in space, (2, lines, lines, 3).

    Each fold is a wave along one direction that moves points along another; no two points ever
    meet, so the sheets stay apart however crumpled they are.
    """
    rng = np.random.default_rng(SEED)
    u, v = np.meshgrid(*[np.linspace(-1, 1, LINES)] * 2, indexing="ij")
    points = np.stack([np.stack([u, v, np.full_like(u, z)], axis=-1) for z in (0.12, -0.12)])
    for waves in np.linspace(2, 2.6, FOLDS):
        _, axes = principal_axes(points)
        turn = rng.uniform(0, 2 * np.pi)
        along = axes[:, 2] * np.cos(turn) + axes[:, 1] * np.sin(turn)
        push = axes[:, 0] + 0.5 * rng.normal(size=3)
        push -= push @ along * along
        push *= 0.8 / np.linalg.norm(push)
        shift = rng.uniform(0, 2 * np.pi)
        points = points + np.sin(waves * (points @ along) + shift)[..., None] * push
        points -= points.mean(axis=(0, 1, 2))
        spread, axes = principal_axes(points)
        points = points @ (axes * spread**-0.4) @ axes.T  # nearly as wide each way
    return points / np.sqrt((points**2).sum(axis=-1).mean())


def principal_axes(points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the variances of a cloud along its axes, from the thinnest, and the axes (columns)."""
    # A square has no longest side; a hair more in y decides it, on every machine alike.
    variances, axes = np.linalg.eigh(np.cov(points.reshape(-1, 3).T) + np.diag([0, 1e-9, 0]))
    return variances, axes * np.sign(axes.sum(axis=0))  # an axis has no sign of its own: fix one


def idle_weights(model: Sequential) -> list[np.ndarray]:
    """Return weights with which each pair of layers gives back nearly what it was given."""
    rng, weights = np.random.default_rng(SEED), []
    for layer in model.layers[:-1:2]:
        kernel, bias = (0.5 * rng.normal(size=shape) for shape in ((3, layer.units), layer.units))
        x = rng.normal(size=(4000, 3))
        hidden = np.c_[np.tanh(x @ kernel + bias), np.ones(len(x))]
        # the way back by least squares, with a little weight decay (the added rows)
        decay = 0.3 * np.eye(hidden.shape[1])
        back = np.linalg.lstsq(np.r_[hidden, decay], np.r_[x, 0 * decay[:, :3]], rcond=None)[0]
        weights += [kernel, bias, back[:-1], back[-1]]
    return [*weights, np.array([[0.0], [0.0], [4.0]]), np.zeros(1)]


class PullBack(Callback):
    """After each batch, go a little of the way back to the weights of the start."""

    def __init__(self, start: np.ndarray) -> None:
        self.start, self.strength = start, 0.0

    def on_train_batch_end(self, batch: int, logs: Logs) -> None:
        """Pull."""
        self.model.params += self.strength * (self.start - self.model.params)


def train(sheets: np.ndarray) -> Sequential:
    """Train the network to say which sheet a point lies on: 1 the first, 0 the second."""
    x = sheets.reshape(-1, 3)
    y = np.repeat([1, 0], len(x) // 2)
    model = network(seed=SEED)
    model.build()
    model.set_weights(idle_weights(model))
    pull, optimizer, done = PullBack(model.params.copy()), Adam(), 0
    model.compile(optimizer, "binary_crossentropy", "accuracy")
    for epochs, optimizer.learning_rate, pull.strength in PLAN:
        steps = {"batch_size": 125, "epochs": done + epochs, "initial_epoch": done}
        model.fit(x, y, **steps, verbose=0, callbacks=[pull])
        done += epochs
    return model


def flat_cut(sheets: np.ndarray) -> tuple[np.ndarray, int]:
    """Return the plane (normal, offset) found by logistic regression, and how many it gets right.

    Newton's method; a little weight decay keeps it finite where the sheets are apart.
    """
    x = np.c_[sheets.reshape(-1, 3), np.ones(sheets.size // 3)]
    y = np.repeat([1.0, 0.0], len(x) // 2)
    w = np.zeros(4)
    for _ in range(40):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        slope = x.T @ (p - y) + 1e-4 * w
        w -= np.linalg.solve((x.T * (p * (1 - p))) @ x + 1e-4 * np.eye(4), slope)
    return w / np.linalg.norm(w[:3]), int(((x @ w > 0) == y).sum())


def main() -> None:
    """Write uncrumple.npz beside this script."""
    sheets = crumpled_sheets().astype(np.float32).astype(float)
    model = train(sheets)
    shown = spaces(model, sheets)
    cuts = [flat_cut(between(shown, k / STEPS)) for k in range(DEPTHS * STEPS + 1)]
    np.savez_compressed(
        TARGET,
        sheets=sheets.astype(np.float32),
        weights=model.params.astype(np.float32),
        cuts=np.array([cut for cut, _ in cuts], np.float32),
        right=np.array([right for _, right in cuts], np.int16),
    )
    points = sheets.size // 3
    print(f"{TARGET.name}: {TARGET.stat().st_size} bytes; a flat cut gets of {points} points")
    print([right for _, right in cuts[::STEPS]], "right, at each depth")


if __name__ == "__main__":
    main()
