"""Figures of tensors: boxes with numbers, ranks, pixels, products of matrices, sums of arrows."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike

from nbhelpers import tensors
from nbhelpers._types import Array
from nbhelpers.figures.base import COLORS, by_name, figure_of, new, styled, table, texts
from nbhelpers.utils import numbers, shown, whole

BLUE, RED, GREEN, _, ORANGE, SKY, INK = COLORS
RANKS = (  # name, shape (no two sizes alike, so that each is seen in the picture), an example
    ("scalar", (), "a temperature"),
    ("vector", (6,), "six days"),
    ("matrix", (5, 6), "a table"),
    ("rank 3", (4, 5, 6), "four tables"),
    ("rank 4", (3, 4, 5, 6), "three drawers of tables"),
    ("rank 5", (2, 3, 4, 5, 6), "two desks of drawers"),
)
STACK = (9.4, 8.2)  # how far it is from a stack of tables to the next, to the right and down
SHEET = (0.8, 0.7)  # and from a table to the one behind it


@styled
def boxes(
    arrays: Sequence[ArrayLike],
    titles: Sequence[str] = (),
    signs: Sequence[str] = (),
    marked: Sequence[ArrayLike | None] = (),
    axes: bool = False,
    notes: Sequence[str] = (),
    finding: str = "",
) -> Axes:
    """Draw tensors of rank 0 to 2 as boxes with their numbers, side by side.

    Parameters
    ----------
    arrays : sequence of array
        A vector is drawn as a row.
    titles : sequence of str, optional
        One a tensor, above it.
    signs : sequence of str, optional
        What stands between two tensors, such as ``"+"`` and ``"="``.
    marked : sequence of array of bool, or None
        Entries to draw in orange and bold, one array a tensor.
    axes : bool
        Draw an arrow along each axis, with its number.
    notes : sequence of str, optional
        One a tensor, below it; its shape if not given.
    finding : str
        The title of the whole.
    """
    if not isinstance(arrays, list | tuple) or not arrays:
        raise ValueError(f"boxes: arrays must be a list of tensors. Received: {shown(arrays)}")
    grids = [numbers("boxes", "each of arrays", array) for array in arrays]
    grids = [grid.round(4) if grid.dtype.kind == "f" else grid for grid in grids]
    if max(grid.ndim for grid in grids) > 2:
        raise ValueError(
            "boxes: arrays must hold tensors of rank 0 to 2. "
            f"Received: shapes {[grid.shape for grid in grids]}"
        )
    titles = texts("boxes", "titles", titles, len(grids), optional=True)
    notes = texts("boxes", "notes", notes, len(grids), optional=True)
    signs = texts("boxes", "signs", signs, len(grids) - 1, optional=True)
    tall, left = max(_extent(grid)[0] for grid in grids), 0.0
    _, ax = new(width=1, height=1)
    for k, grid in enumerate(grids):
        high, wide = _extent(grid)
        top, room = (tall - high) / 2, max(wide, 2.2) + 0.6 * axes
        x = left + 0.6 * axes + (room - 0.6 * axes - wide) / 2
        _cells(ax, x, top, grid, marked[k] if k < len(marked) else None)
        middle = x + wide / 2
        note = notes[k] if notes else f"shape {grid.shape}"
        ax.text(middle, tall + 0.35, note, ha="center", va="top", color="#555555")
        if k < len(titles):
            ax.text(middle, -0.35 - 0.6 * axes, titles[k], ha="center", weight="bold")
        if axes:
            _axis_arrows(ax, x, top, grid)
        left += room + 1.1
        if k < len(signs) and k < len(grids) - 1:
            ax.text(left - 0.55, tall / 2, signs[k], ha="center", va="center", fontsize=20)
    over = 0.9 * bool(titles) + 0.6 * axes
    return _frame(ax, (-0.3, left - 0.8), (-over, tall + 1.0), 0.52, finding)


@styled
def ranks() -> Array:
    """Draw tensors of rank 0 to 5: each new axis lines up several of the last.

    Returns
    -------
    array of Axes, shape (2, 3)
    """
    figure, axes = new(2, 3, width=9.6, height=4.7)
    figure.suptitle("Each new axis lines up several of what was there before", weight="bold")
    for ax, (name, shape, example) in zip(axes.flat, RANKS, strict=True):
        _stack(ax, shape, 0.0, 0.0)
        x, y = _reach(shape)
        ax.set_title(f"{name}, shape {shape}", loc="center", fontsize=12)
        ax.text(x / 2, y / 2 + 11.3, example, ha="center", va="bottom", color="#555555")
        ax.set_xlim(x / 2 - 15, x / 2 + 15)
        ax.set_ylim(y / 2 + 11.5, y / 2 - 8.5)
        ax.set_aspect("equal")
        ax.axis("off")
    return axes


@styled
def memory_bars(named: Mapping[str, tensors.Tensor]) -> Axes:
    """Draw how many bytes tensors take; each line of the grid is ten times the line before it.

    Parameters
    ----------
    named : mapping of str to nbhelpers.tensors.Tensor
        What ``tensors.plan`` and ``tensors.describe`` return.
    """
    named = by_name("memory_bars", "named", named)
    for tensor in named.values():
        if not isinstance(tensor, tensors.Tensor):
            raise ValueError(
                f"memory_bars: named must hold what tensors.plan returns. Received: {shown(tensor)}"
            )
    _, ax = new(width=8.6, height=0.8 + 0.42 * len(named))
    taken = [tensor.nbytes for tensor in named.values()]
    sizes = np.maximum(taken, 1)  # such an axis has no 0
    ax.barh(range(len(named)), sizes, color=SKY, edgecolor=BLUE)
    for k, size in enumerate(taken):
        ax.text(1.3 * sizes[k], k, tensors.readable_bytes(size), va="center")
    ax.set_xscale("log")
    low = min(3, int(np.log10(min(sizes) / 2)))
    ax.set_xlim(10.0**low, 40 * max(sizes))
    ax.set_yticks(range(len(named)), [f"{k}  {t.shape}" for k, t in named.items()])
    ax.invert_yaxis()
    ax.grid(axis="y", visible=False)
    ends = [tensors.readable_bytes(size) for size in (min(taken), max(taken))]
    ax.set_xticks(10.0 ** np.arange(low, np.log10(40 * max(sizes))))
    ax.set(title="From {} to {}".format(*ends), xlabel="bytes (each line: ten times as many)")
    return ax


@styled
def pixels(image: ArrayLike, rows: slice, columns: slice) -> Array:
    """Draw a picture, and beside it the numbers in a part of it.

    Parameters
    ----------
    image : array of uint8, shape (height, width)
    rows, columns : slice
        The part, framed in the picture.

    Returns
    -------
    array of Axes, shape (2,)
    """
    image = table("pixels", "image", image, "(height, width)")
    for name, part_of in (("rows", rows), ("columns", columns)):
        if not isinstance(part_of, slice):
            raise ValueError(
                f"pixels: {name} must be a slice, such as slice(6, 18). Received: {shown(part_of)}"
            )
    part = image[rows, columns]
    top, left = rows.indices(len(image))[0], columns.indices(image.shape[1])[0]
    _, axes = new(1, 2, width=9.2, height=4.7)
    axes[0].imshow(image, cmap="gray_r", vmin=0, vmax=255)
    frame = (left - 0.5, top - 0.5), part.shape[1], part.shape[0]
    axes[0].add_patch(Rectangle(*frame, fill=False, edgecolor=RED, linewidth=2.5))
    axes[0].set_title(f"What you see: {image.shape[0]} x {image.shape[1]} pixels")
    extent = (left - 0.5, left + part.shape[1] - 0.5, top + part.shape[0] - 0.5, top - 0.5)
    axes[1].imshow(part, cmap="gray_r", vmin=0, vmax=255, extent=extent)
    for (row, column), value in np.ndenumerate(part):
        color = "white" if value > 127 else "black"
        place = column + left, row + top
        axes[1].text(*place, value, ha="center", va="center", color=color, fontsize=9)
    axes[1].set_title("What the computer has: the red frame")
    for ax in axes:
        ax.grid(False)
        ax.set(xlabel="column (axis 1)", ylabel="row (axis 0)")
    return axes


@styled
def product(A: ArrayLike, B: ArrayLike, row: int = 0, column: int = 0) -> Axes:
    """Draw ``A @ B``: A left, B above, the result where they meet; one of its numbers lit.

    Parameters
    ----------
    A : array, shape (a, b)
    B : array, shape (b, c)
    row, column : int
        Which number of the result.
    """
    A, B = table("product", "A", A, "(a, b)"), table("product", "B", B, "(b, c)")
    if A.shape[1] != B.shape[0]:
        raise ValueError(
            "product: A and B must have shapes (a, b) and (b, c). "
            f"Received: {A.shape} and {B.shape}"
        )
    (a, b), c = A.shape, B.shape[1]
    for name, place, size in (("row", row, a), ("column", column, c)):
        if whole("product", name, place, least=0) >= size:
            raise ValueError(f"product: {name} must lie in 0..{size - 1}. Received: {place}")
    _, ax = new(width=1, height=1)
    lit = np.arange(a)[:, None] == row, np.arange(c) == column
    _cells(ax, 0, b + 1, A, np.broadcast_to(lit[0], A.shape))
    _cells(ax, b + 1, 0, B, np.broadcast_to(lit[1], B.shape))
    _cells(ax, b + 1, b + 1, A @ B, lit[0] & lit[1])
    style: dict[str, Any] = {"ha": "center", "va": "center", "weight": "bold", "fontsize": 14}
    ax.text(b / 2, b + 0.6, f"A {A.shape}", **style)
    ax.text(b + 1 + c / 2, -0.4, f"B {B.shape}", **style)
    ax.text(b + 1 + c / 2, a + b + 1.4, f"A @ B {(a, c)}", **style)
    line: dict[str, Any] = {"color": ORANGE, "linewidth": 3, "linestyle": ":", "zorder": 0.5}
    ax.plot([b, b + 1 + column], [b + 1.5 + row] * 2, **line)
    ax.plot([b + 1.5 + column] * 2, [b, b + 1 + row], **line)
    steps = " + ".join(f"{x:g}·{y:g}" for x, y in zip(A[row], B[:, column], strict=True))
    ax.text(b / 2, b / 2 - 0.3, f"{steps}\n= {(A @ B)[row, column]:g}", ha="center", va="center")
    finding = f"Row {row} of A with column {column} of B gives A @ B at [{row}, {column}]"
    return _frame(ax, (-2.2, b + c + 3.2), (-0.8, a + b + 1.8), 0.5, finding)


@styled
def vector_sum(a: ArrayLike, b: ArrayLike) -> Axes:
    """Draw the sum of two arrows of the plane: the second starts where the first ends.

    Parameters
    ----------
    a, b : array, shape (2,)
    """
    a, b = _arrow("vector_sum", "a", a), _arrow("vector_sum", "b", b)
    total, start = a + b, np.zeros(2)
    _, ax = new(width=5.6, height=4.4)
    arrows = (("a", start, a, BLUE, "-"), ("b", a, total, RED, "--"))
    for name, tail, head, color, line in (*arrows, ("a + b", start, total, GREEN, "-")):
        style = {"arrowstyle": "-|>", "color": color, "linewidth": 3, "linestyle": line}
        ends = tuple(head), tuple(tail)
        ax.annotate("", *ends, arrowprops=style | {"shrinkA": 0, "shrinkB": 0})
        left = name == "a + b"
        x, y = (tail + head) / 2 + ((-0.15, 0.1) if left else (0.15, -0.3))
        words, side = f"{name} = {_pair(head - tail)}", "right" if left else "left"
        ax.text(x, y, words, color=color, weight="bold", ha=side)
    corners = np.array([start, a, total])
    ax.set_xlim(corners[:, 0].min() - 0.6, corners[:, 0].max() + 1.8)
    ax.set_ylim(corners[:, 1].min() - 0.8, corners[:, 1].max() + 0.8)
    ax.set_aspect("equal")
    title = f"{_pair(a)} + {_pair(b)} = {_pair(total)}"
    ax.set(title=title, xlabel="first number", ylabel="second number")
    return ax


@styled
def projection(w: ArrayLike, p: ArrayLike) -> Axes:
    """Draw the shadow that an arrow p of the plane throws on an arrow w, and the angle between.

    Parameters
    ----------
    w, p : array, shape (2,)
    """
    w, p = _arrow("projection", "w", w), _arrow("projection", "p", p)
    foot = (w @ p) / max(w @ w, 1e-12) * w
    _, ax = new(width=5.6, height=4.0)
    far = 1.15 * max(np.abs([w, p, foot]).max(), 1)
    style = {"arrowstyle": "-|>", "linewidth": 3, "shrinkA": 0, "shrinkB": 0}
    for name, tip, color, line in (("w", w, BLUE, "-"), ("p", p, RED, "--")):
        ax.annotate("", tuple(tip), (0, 0), arrowprops=style | {"color": color, "linestyle": line})
        x, y = tip + np.array([0.17, 0.1]) * far * tip / max(np.hypot(*tip), 1e-12)
        ax.text(x, y, f"{name} {_pair(tip)}", color=color, weight="bold", ha="center")
    ax.plot(*np.array([p, foot]).T, color="#555555", linestyle=":")
    ax.plot(*np.array([(0, 0), foot]).T, color=ORANGE, linewidth=9, alpha=0.6, zorder=0.5)
    x, y = foot / 2 + (0.08 * far, -0.12 * far)
    ax.text(x, y, "shadow of p", ha="left", color="#555555")
    across = np.array([-w[1], w[0]]) / max(np.hypot(*w), 1e-12) * 3 * far
    ax.plot(*np.array([-across, across]).T, color=GREEN, linestyle="-.", label="w @ x = 0")
    ends = np.array([[0.0, 0.0], w, p, foot])
    ax.set_xlim(ends[:, 0].min() - 0.35 * far, ends[:, 0].max() + 0.35 * far)
    ax.set_ylim(ends[:, 1].min() - 0.3 * far, ends[:, 1].max() + 0.25 * far)
    ax.set_aspect("equal")
    ax.legend(loc="lower right")
    ax.set(title=f"w @ p = {w @ p:g}: length of w times shadow of p")
    return ax


def _arrow(where: str, name: str, value: ArrayLike) -> Array:
    """Return the tip of an arrow of the plane that starts at the origin."""
    tip = table(where, name, value, "(2,)").astype(float)
    if tip.shape != (2,) or not np.isfinite(tip).all():
        raise ValueError(f"{where}: {name} must hold two finite numbers. Received: {shown(value)}")
    return tip


def _extent(grid: Array) -> tuple[int, int]:
    rows, columns = (1, 1, *grid.shape)[-2:]
    return rows, columns


def _cells(ax: Axes, x: float, y: float, grid: Array, marked: ArrayLike | None) -> None:
    """Draw the boxes of one tensor, its upper left corner at (x, y)."""
    high, wide = _extent(grid)
    lit = np.zeros(grid.shape, bool) if marked is None else np.asarray(marked, dtype=bool)
    values, lit = grid.reshape(high, wide), lit.reshape(high, wide)
    for row, column in np.argwhere(~lit).tolist() + np.argwhere(lit).tolist():
        on = lit[row, column]
        face, edge, thick = ("#FBE3B5", ORANGE, 2.5) if on else ("#E3F1FA", BLUE, 1.2)
        place = (x + column, y + row)
        ax.add_patch(Rectangle(place, 1, 1, facecolor=face, edgecolor=edge, linewidth=thick))
        middle, weight = (place[0] + 0.5, place[1] + 0.5), "bold" if on else "normal"
        number = f"{values[row, column]:g}"
        ax.text(*middle, number, weight=weight, ha="center", va="center")


def _axis_arrows(ax: Axes, x: float, y: float, grid: Array) -> None:
    """Draw an arrow along each axis: the last to the right, the one before it downwards."""
    (high, wide), style = _extent(grid), {"arrowstyle": "->", "color": RED, "linewidth": 2}
    if grid.ndim:
        ax.annotate("", (x + wide, y - 0.2), (x, y - 0.2), arrowprops=style)
        ax.text(x + wide / 2, y - 0.35, f"axis {grid.ndim - 1}", color=RED, ha="center")
    if grid.ndim == 2:
        ax.annotate("", (x - 0.2, y + high), (x - 0.2, y), arrowprops=style)
        place = (x - 0.3, y + high / 2)
        ax.text(*place, "axis 0", color=RED, rotation=90, va="center", ha="right")


def _stack(ax: Axes, shape: tuple[int, ...], x: float, y: float) -> None:
    """Draw a tensor without numbers: sheets behind each other, stacks side by side, then below."""
    for k in reversed(range(shape[0] if len(shape) > 2 else 0)):
        right, down = {
            5: (0, STACK[1] * k),
            4: (STACK[0] * k, 0),
            3: (SHEET[0] * k, SHEET[1] * (shape[0] - 1 - k)),
        }[len(shape)]
        _stack(ax, shape[1:], x + right, y + down)
    if len(shape) < 3:
        rows, columns = (1, 1, *shape)[-2:]
        for row, column in np.ndindex(rows, columns):
            place = (x + column, y + row)
            look = Rectangle(place, 1, 1, facecolor="#CFE6F5", edgecolor=BLUE, linewidth=0.7)
            ax.add_patch(look)


def _reach(shape: tuple[int, ...]) -> tuple[float, float]:
    """Return width and height of what `_stack` draws."""
    down, right, deep, rows, columns = (*(1,) * (5 - len(shape)), *shape)
    x = columns + SHEET[0] * (deep - 1) + STACK[0] * (right - 1)
    return x, rows + SHEET[1] * (deep - 1) + STACK[1] * (down - 1)


def _frame(
    ax: Axes, x: tuple[float, float], y: tuple[float, float], inch: float, finding: str
) -> Axes:
    """Fit the figure to a drawing in boxes of one unit, each so many inches wide."""
    ax.set_xlim(*x)
    ax.set_ylim(y[1], y[0])
    ax.set_aspect("equal")
    ax.axis("off")
    ax.set_title(finding, loc="center")
    width, height = inch * (x[1] - x[0]), inch * (y[1] - y[0]) + 0.35 * bool(finding)
    figure_of(ax).set_size_inches(width, height)
    return ax


def _pair(vector: Array) -> Any:
    return "({:g}, {:g})".format(*vector)
