"""A toy that can learn: its head is a network, its body a loss gauge, its legs an optimizer."""

import itertools
from typing import overload

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle, FancyBboxPatch, Polygon, Wedge

from nbhelpers._types import Array
from nbhelpers.figures.base import COLORS, new, styled

BLUE, RED, GREEN, ORANGE, INK = COLORS[0], COLORS[1], COLORS[2], COLORS[4], "#222222"
PARTS = [
    ("head: the network", "takes x, answers with ŷ", BLUE, 7.2),
    ("body: the loss", "says in one number how wrong ŷ is", RED, 4.3),
    ("legs: the optimizer", "take a step that makes the loss smaller", GREEN, 1.9),
]


@styled
def toy(ax: Axes | None = None) -> Axes:
    """Draw the three parts of a model that learns, as a toy that walks downhill."""
    if ax is None:
        _, ax = new(width=7.2, height=4.6)
    ax.set(xlim=(-3.4, 11.4), ylim=(-0.9, 9.4), aspect="equal")
    ax.axis("off")
    for paint in (_legs, _body, _head):
        paint(ax)
    for title, words, color, y in PARTS:
        ax.text(5.3, y + 0.1, title, color=color, weight="bold", fontsize=13)
        ax.text(5.3, y - 0.55, words, color=INK, fontsize=12)
    ax.set_title("A model that learns has three parts")
    return ax


def _head(ax: Axes) -> None:
    """Draw a head of glass, with a network of 3, 4 and 2 units inside."""
    ax.plot([2, 2.25], [8.45, 8.95], color=INK, linewidth=2)
    ax.add_patch(Circle((2.3, 9.05), 0.17, color=ORANGE))
    _box(ax, 0.25, 5.75, 3.5, 2.65, BLUE, "#e8f1f8")
    layers = [
        np.array([(x, 7.05 + 0.56 * (k - (n - 1) / 2)) for k in range(n)])
        for x, n in ((0.85, 3), (2.0, 4), (3.15, 2))
    ]
    for left, right in itertools.pairwise(layers):
        for a in left:
            for b in right:
                ax.plot(*zip(a, b, strict=True), color=BLUE, linewidth=0.8, alpha=0.5)
    for x, y in np.concatenate(layers[:2]):
        ax.add_patch(Circle((x, y), 0.17, facecolor="white", edgecolor=BLUE, zorder=3))
    for x, y in layers[2]:  # the outputs are the eyes
        ax.add_patch(Circle((x, y), 0.22, facecolor="white", edgecolor=INK, zorder=3))
        ax.add_patch(Circle((x + 0.07, y - 0.05), 0.09, color=INK, zorder=4))
    _arrow(ax, (-1.15, 7.05), (0.15, 7.05), BLUE)
    ax.text(-1.35, 7.05, "x", fontsize=16, va="center", ha="right", color=BLUE)
    _arrow(ax, (2, 5.65), (2, 4.95), INK)
    ax.text(2.2, 5.32, "ŷ", fontsize=14, va="center", color=INK)


def _body(ax: Axes) -> None:
    """Draw a chest with a dial, and two arms, one of which holds the card with the truth."""
    for start, elbow, hand in (
        ((0.6, 4.4), (-0.5, 4.1), (-1.15, 4.75)),
        ((3.4, 4.4), (4.3, 3.9), (4.5, 3.2)),
    ):
        ax.plot(*zip(start, elbow, hand, strict=True), color=INK, linewidth=4)
        ax.add_patch(Circle(hand, 0.2, color=INK, zorder=3))
    _box(ax, -2.3, 4.7, 1.1, 1.15, INK, "white")
    ax.text(-1.75, 5.25, "y", fontsize=16, ha="center", va="center", color=INK)
    _box(ax, 0.55, 2.75, 2.9, 2.1, RED, "#fbeee6")
    for low, high, color in ((120, 180, GREEN), (60, 120, ORANGE), (0, 60, RED)):
        ax.add_patch(Wedge((2, 3.3), 1.1, low, high, width=0.3, color=color, alpha=0.8))
    ax.plot([2, 2.62], [3.3, 4.02], color=INK, linewidth=2.5)
    ax.add_patch(Circle((2, 3.3), 0.12, color=INK, zorder=3))
    for x, word in ((1.1, "right"), (2.86, "wrong")):
        ax.text(x, 2.95, word, fontsize=9, ha="center", va="center", color=INK)


def _legs(ax: Axes) -> None:
    """Draw two legs in mid-step on a slope that leads to a hollow."""
    x = np.linspace(-3.2, 5.0, 60)
    y = _ground(x)
    ax.fill_between(x, y, -0.85, color=GREEN, alpha=0.12, linewidth=0)
    ax.plot(x, y, color=GREEN, linewidth=2)
    for hip, knee, foot in ((1.4, 0.75, 0.25), (2.6, 3.1, 3.25)):
        ground = _ground(foot)
        ax.plot([hip, knee, foot], [2.75, 1.9, ground + 0.2], color=INK, linewidth=4)
        shoe = [(-0.25, 0.02), (-0.25, 0.42), (0.2, 0.42), (0.62, 0.12), (0.62, -0.05)]
        tilt = (_ground(foot + 0.5) - _ground(foot)) / 0.5
        points = [(foot + a, ground + b + tilt * a) for a, b in shoe]
        ax.add_patch(Polygon(points, facecolor=GREEN, edgecolor=INK, zorder=3))
    _arrow(ax, (-1.2, _ground(-1.2) + 0.65), (-0.3, _ground(-0.3) + 0.65), GREEN)
    ax.text(-1.7, _ground(-1.6) + 1.05, "downhill", color=GREEN, fontsize=11)


@overload
def _ground(x: float) -> float: ...


@overload
def _ground(x: Array) -> Array: ...


def _ground(x: float | Array) -> float | Array:
    return 0.042 * (x - 5.2) ** 2 - 0.6


def _box(ax: Axes, x: float, y: float, width: float, height: float, edge: str, face: str) -> None:
    style = "round,pad=0,rounding_size=0.28"
    ax.add_patch(
        FancyBboxPatch((x, y), width, height, boxstyle=style, facecolor=face, edgecolor=edge, lw=2)
    )


def _arrow(ax: Axes, tail: tuple[float, float], head: tuple[float, float], color: str) -> None:
    style = {"arrowstyle": "-|>", "color": color, "lw": 2, "mutation_scale": 14}
    ax.annotate("", xy=head, xytext=tail, arrowprops=style)
