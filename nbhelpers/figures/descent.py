"""Figures of descent: curves side by side, values and gradients along a chain, noise, sweeps."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.patches import FancyBboxPatch
from matplotlib.ticker import LogLocator, MaxNLocator, NullFormatter

from nbhelpers._types import Array
from nbhelpers.figures.base import COLORS, LINES, MARKERS, along, by_name, new, styled, table, texts
from nbhelpers.utils import shown


@styled
def line_chart(
    series: Mapping[str, tuple[Sequence[float], Sequence[float]]],
    title: str,
    xlabel: str,
    ylabel: str,
    ax: Axes | None = None,
    **axes: Any,
) -> Axes:
    """Draw curves, each with a colour, a dash, and (up to 30 points) a marker of its own.

    Parameters
    ----------
    series : mapping of str to (x, y)
        By the name in the legend.
    title, xlabel, ylabel : str
    ax : Axes, optional
    **axes
        What ``Axes.set`` takes: ``xscale="log"``, ``ylim=(0, 1)``, ``xticks=[...]``.
    """
    named = by_name("line_chart", "series", series)
    curves = [_curve(name, curve) for name, curve in named.items()]
    if ax is None:
        _, ax = new(width=6.4 if len(series) < 4 else 7.6, height=3.6)
    for k, (label, (x, y)) in enumerate(zip(named, curves, strict=True)):
        color, line = COLORS[k % len(COLORS)], LINES[k % len(LINES)]
        marker = MARKERS[k % len(MARKERS)] if len(x) <= 30 else ""
        ax.plot(x, y, marker=marker, label=label, color=color, linestyle=line)
    ticks = axes.pop("xticks", None)
    ax.set(title=title, xlabel=xlabel, ylabel=ylabel, **axes)
    if ticks is not None:
        ax.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
        ax.set_xticks([], minor=True)
    elif ax.get_xscale() == "linear" and all(np.equal(x, np.round(x)).all() for x, _ in curves):
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))  # half a step is none
    if ax.get_yscale() == "log":
        _plain_numbers(ax.yaxis)
    if len(series) > 3:  # beside the curves: many would lie beneath it
        ax.legend(loc="upper left", bbox_to_anchor=(1, 1))
    elif len(series) > 1:
        ax.legend()
    return ax


def _curve(name: str, curve: Any) -> tuple[Array, Array]:
    """Return x and y of a curve, which must be equally long."""
    if not isinstance(curve, list | tuple) or len(curve) != 2:
        raise ValueError(
            f"line_chart: series[{name!r}] must be a pair (x, y). Received: {shown(curve)}"
        )
    x, y = (along("line_chart", f"series[{name!r}]", part) for part in curve)
    if x.shape != y.shape:
        raise ValueError(
            f"line_chart: series[{name!r}] must hold as many x as y. "
            f"Received: shapes {x.shape} and {y.shape}"
        )
    return x, y


def _plain_numbers(axis: Axis) -> None:
    """Write 0.02, 5 or 100 at a logarithmic axis, unless it spans too much for such numbers."""
    low, high = axis.get_view_interval()
    if high > 1e4 * low:
        return
    axis.set_major_locator(LogLocator(subs=(1, 2, 5) if high < 100 * low else (1,)))
    axis.set_major_formatter(lambda value, _: f"{value:g}")
    axis.set_minor_formatter(NullFormatter())


@styled
def gradient_clouds(clouds: Mapping[int, Array], mean: Array) -> Array:
    """Draw gradients of mini-batches as points, a panel for each batch size, on equal axes.

    Parameters
    ----------
    clouds : mapping of int to array, shape (n, 2)
        By batch size: two elements of the gradient, for n mini-batches.
    mean : array, shape (2,)
        The same two elements of the gradient over all samples.

    Returns
    -------
    array of Axes, shape (number of batch sizes,)
    """
    mean = table("gradient_clouds", "mean", mean, "(2,)")
    if mean.shape != (2,):
        raise ValueError(f"gradient_clouds: mean must have shape (2,). Received: {mean.shape}")
    clouds = by_name("gradient_clouds", "clouds", clouds)
    for size, cloud in clouds.items():
        name = f"clouds[{size!r}]"
        if table("gradient_clouds", name, cloud, "(n, 2)").shape[1] != 2:
            raise ValueError(
                f"gradient_clouds: {name} must have shape (n, 2). Received: {shown(cloud)}"
            )
    _, axes = new(1, len(clouds), width=2.9 * len(clouds), height=3.2)
    axes = np.atleast_1d(axes)
    far = 1.1 * max(float(np.abs(cloud - mean).max()) for cloud in clouds.values())
    for ax, (size, cloud) in zip(axes, clouds.items(), strict=True):
        ax.plot(*np.asarray(cloud).T, "o", color=COLORS[0], alpha=0.35, markersize=4)
        ax.plot(*mean, "P", color=COLORS[1], markersize=9, markeredgecolor="white")
        ax.set(xlim=(mean[0] - far, mean[0] + far), ylim=(mean[1] - far, mean[1] + far))
        ax.set(title=f"batches of {size}", xlabel="gradient of weight 1", aspect="equal")
        ax.locator_params(nbins=4)
    axes[0].set_ylabel("gradient of weight 2")
    return axes


@styled
def chain(
    names: Sequence[str], forward: Sequence[str], backward: Sequence[str], ax: Axes | None = None
) -> Axes:
    """Draw a computation as a row of boxes: values go to the right, gradients come back.

    Parameters
    ----------
    names : sequence of str
        What each box holds, from the input to the loss.
    forward : sequence of str
        One a box: its value, written above it.
    backward : sequence of str
        One a box: the gradient of the loss with respect to it, written below it.
    """
    if not isinstance(names, list | tuple) or len(names) < 2:
        raise ValueError(f"chain: names must hold at least 2 texts. Received: {shown(names)}")
    names = texts("chain", "names", names, len(names))
    forward = texts("chain", "forward", forward, len(names))
    backward = texts("chain", "backward", backward, len(names))
    if ax is None:
        _, ax = new(width=1.75 * len(names), height=2.6)
    ax.set(xlim=(-0.55, len(names) - 0.45), ylim=(-1.25, 1.25))
    ax.axis("off")
    for k, name in enumerate(names):
        box = FancyBboxPatch(
            (k - 0.24, -0.24), 0.48, 0.48, boxstyle="round,pad=0,rounding_size=0.08", fc="#f3f3f3"
        )
        ax.add_patch(box)
        ax.text(k, 0, name, ha="center", va="center", weight="bold")
        ax.text(k, 0.62, forward[k], ha="center", va="center", color=COLORS[0])
        ax.text(k, -0.64, backward[k], ha="center", va="center", color=COLORS[1])
    for k in range(len(names) - 1):
        for y, tail, head, color, line in (
            (0.1, k + 0.27, k + 0.73, COLORS[0], "-"),
            (-0.1, k + 0.73, k + 0.27, COLORS[1], "--"),
        ):
            look = {"arrowstyle": "-|>", "color": color, "lw": 2, "linestyle": line}
            ax.annotate("", xy=(head, y), xytext=(tail, y), arrowprops=look)
    ax.text(-0.5, 1.05, "forward: values", color=COLORS[0], weight="bold")
    ax.text(
        len(names) - 0.5, -1.1, "backward: gradients", color=COLORS[1], weight="bold", ha="right"
    )
    return ax


@styled
def heat_table(
    values: Array,
    rows: Sequence[str],
    columns: Sequence[str],
    title: str,
    xlabel: str,
    ylabel: str,
    ax: Axes | None = None,
) -> Axes:
    """Draw a table of numbers as a heat map; the best has a frame, a nan says "diverged".

    Parameters
    ----------
    values : array of float, shape (rows, columns)
        More is better.
    rows, columns : sequence of str
        Names of both.
    title, xlabel, ylabel : str
    """
    values = table("heat_table", "values", values, "(rows, columns)").astype(float)
    if np.isnan(values).all():
        raise ValueError("heat_table: values must hold a number. Received: nan in all places")
    rows = texts("heat_table", "rows", rows, values.shape[0])
    columns = texts("heat_table", "columns", columns, values.shape[1])
    if ax is None:
        _, ax = new(width=1.2 + 1.05 * len(columns), height=1.3 + 0.45 * len(rows))
    low, high = np.nanmin(values), np.nanmax(values)
    ax.imshow(values, cmap="Blues", vmin=low, vmax=high, aspect="auto")
    for (row, column), value in np.ndenumerate(values):
        dark = value > low + 0.6 * (high - low)
        words = "diverged" if np.isnan(value) else f"{value:.3f}"
        look: dict[str, Any] = {"color": "white" if dark else "black", "fontsize": 11}
        ax.text(column, row, words, ha="center", va="center", **look)
    best = np.unravel_index(np.nanargmax(values), values.shape)
    frame = ([-0.5, 0.5, 0.5, -0.5, -0.5], [-0.5, -0.5, 0.5, 0.5, -0.5])
    ax.plot(
        best[1] + np.array(frame[0]) * 0.94, best[0] + np.array(frame[1]) * 0.9, COLORS[1], lw=3
    )
    ax.set(title=title, xlabel=xlabel, ylabel=ylabel)
    ax.set_xticks(range(len(columns)), columns)
    ax.set_yticks(range(len(rows)), rows)
    ax.grid(False)
    return ax
