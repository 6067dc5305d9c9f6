"""The map of the course."""

import itertools
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from nbhelpers.figures.base import COLORS, new, styled

WIDTH, HEIGHT, GAP_X, GAP_Y = 2.5, 1.15, 0.5, 0.6


@styled
def course_map(lessons: Sequence[tuple[str, str]], columns: int = 3) -> Axes:
    """Draw a path of boxes: right along the first row, left along the next, and so on.

    Parameters
    ----------
    lessons : sequence of (title, what it adds)
        In order; each is numbered from 1.
    columns : int
        Boxes in a row.

    Returns
    -------
    Axes
    """
    rows = -(-len(lessons) // columns)
    _, ax = new(width=2.4 * columns, height=1.42 * rows)
    ax.set(
        xlim=(-0.1, columns * (WIDTH + GAP_X) - GAP_X + 0.1),
        ylim=(-rows * (HEIGHT + GAP_Y) + GAP_Y - 0.1, 0.1),
        aspect="equal",
    )
    ax.axis("off")
    corners = [_corner(k, columns) for k in range(len(lessons))]
    for k, ((title, adds), corner) in enumerate(zip(lessons, corners, strict=True)):
        _box(ax, corner, k + 1, title, adds, last=k == len(lessons) - 1)
    for here, there in itertools.pairwise(corners):
        _arrow(ax, here, there)
    return ax


def _corner(k: int, columns: int) -> tuple[float, float]:
    """Return the lower left corner of box k on the winding path."""
    row, column = divmod(k, columns)
    if row % 2:
        column = columns - 1 - column
    return column * (WIDTH + GAP_X), -row * (HEIGHT + GAP_Y) - HEIGHT


def _box(
    ax: Axes, corner: tuple[float, float], number: int, title: str, adds: str, last: bool
) -> None:
    """Draw one lesson; the goal has a thick edge."""
    x, y = corner
    lesson = FancyBboxPatch(
        corner,
        WIDTH,
        HEIGHT,
        boxstyle="round,pad=0,rounding_size=0.15",
        linewidth=3 if last else 1.5,
        facecolor="#eaf3fa",
        edgecolor=COLORS[1 if last else 0],
    )
    ax.add_patch(lesson)
    ax.text(x + 0.12, y + HEIGHT - 0.3, f"{number:02d}  {title}", weight="bold", va="center")
    ax.text(x + 0.12, y + 0.4, adds, va="center", fontsize=10.5, linespacing=1.25)


def _arrow(ax: Axes, here: tuple[float, float], there: tuple[float, float]) -> None:
    """Draw the way from one box to the next: right, left or down."""
    (x, y), (to_x, to_y) = here, there
    if y == to_y:
        right = to_x > x
        start, end = (x + WIDTH * right, to_x + WIDTH * (not right))
        ends = [(start, y + HEIGHT / 2), (end, y + HEIGHT / 2)]
    else:
        ends = [(x + WIDTH / 2, y), (x + WIDTH / 2, to_y + HEIGHT)]
    ax.add_patch(FancyArrowPatch(*ends, arrowstyle="-|>", mutation_scale=16, color="#555555"))
