"""Figures of functions and of small networks: curves, rows of bars, a neuron, layers of units."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from nbhelpers._types import Array
from nbhelpers.figures.base import COLORS, LINES, along, by_name, new, styled, table, texts
from nbhelpers.utils import shown, whole

MOST = 5  # circles of one layer; a larger layer shows its first and last, and dots between them
CIRCLE: dict[str, Any] = {"boxstyle": "circle,pad=0.35", "facecolor": "white", "linewidth": 2}


@styled
def function_curves(
    x: ArrayLike,
    curves: Mapping[str, ArrayLike],
    title: str,
    xlabel: str = "x",
    ylabel: str = "h(x)",
    ax: Axes | None = None,
    **limits: Any,
) -> Axes:
    """Draw several functions of one x, each with a colour and a line style of its own.

    Parameters
    ----------
    x : array, shape (n,)
    curves : mapping of str to array, shape (n,)
        Label and values; the values may hold nan, where nothing is drawn.
    title : str
        What the picture shows.
    **limits
        ``xlim``, ``ylim``, ``yscale`` and so on, for ``Axes.set``.
    """
    x = along("function_curves", "x", x)
    curves = by_name("function_curves", "curves", curves)
    if ax is None:
        _, ax = new(width=7.0, height=3.8)
    for k, (label, values) in enumerate(curves.items()):
        y = along("function_curves", f"curves[{label!r}]", values)
        if y.shape != x.shape:
            raise ValueError(
                f"function_curves: curves[{label!r}] must have the shape of x, {x.shape}. "
                f"Received: {y.shape}"
            )
        ax.plot(x, y, color=COLORS[k], linestyle=LINES[k], label=label, linewidth=2.5)
    ax.set(title=title, xlabel=xlabel, ylabel=ylabel, **limits)
    if len(curves) > 1:
        ax.legend()
    return ax


@styled
def bar_panels(
    panels: Mapping[str, ArrayLike],
    labels: Sequence[Any],
    digits: int = 2,
    xlabel: str = "",
    ylim: tuple[float, float] | None = None,
) -> Array:
    """Draw rows of numbers as bars, one panel each, every bar with its number.

    Parameters
    ----------
    panels : mapping of str to array, shape (n,)
        Title and values of each panel.
    labels : sequence, n of them
        One below each bar.
    digits : int
        Decimals of the numbers; 0 writes none at all.
    ylim : pair of float, optional
        The same heights for every panel; if not given, each panel has its own.

    Returns
    -------
    array of Axes, one a panel
    """
    panels = by_name("bar_panels", "panels", panels)
    rows = [table("bar_panels", f"panels[{t!r}]", row, "(n,)") for t, row in panels.items()]
    labels = texts("bar_panels", "labels", labels, len(rows[0]))
    many = len(labels) > 5
    _, axes = new(1, len(panels), width=(5 if many else 3.5) * max(2, len(panels)), height=3.2)
    axes = np.atleast_1d(axes)
    for k, (ax, title, values) in enumerate(zip(axes, panels, rows, strict=True)):
        bars = ax.bar(range(len(values)), values, color=COLORS[k], edgecolor="black", linewidth=0.8)
        if digits:
            written = [f"{v:.{digits}f}" for v in values]
            ax.bar_label(bars, labels=written, fontsize=9 if many else 11, padding=2)
        ax.axhline(0, color="black", linewidth=1)
        ax.margins(y=0.15)
        ax.set(title=title, xlabel=xlabel)
        ax.set_xticks(range(len(labels)), labels)
        ax.grid(axis="x", visible=False)
        if ylim is not None:
            ax.set_ylim(ylim)
    return axes


@styled
def planes(panels: Mapping[str, ArrayLike], xlim: tuple[float, float] = (-0.5, 1.5)) -> np.ndarray:
    """Draw functions of two inputs as coloured planes, with the four corners of a logic gate.

    Parameters
    ----------
    panels : mapping of str to array, shape (n, n)
        Title and values in 0..1 of each plane; rows go up with x2, columns right with x1.
    xlim : pair of float
        Both inputs run over this range.

    Returns
    -------
    array of Axes, one a panel
    """
    panels = by_name("planes", "panels", panels)
    _, axes = new(1, len(panels), width=3.1 * len(panels), height=3.1)
    axes = np.atleast_1d(axes)
    for ax, (title, values) in zip(axes, panels.items(), strict=True):
        values = table("planes", f"panels[{title!r}]", values, "(n, n)").astype(float)
        style = {"vmin": 0, "vmax": 1.6, "cmap": "Blues"}
        ax.imshow(values, origin="lower", extent=(*xlim, *xlim), **style)
        for x1, x2 in np.ndindex(2, 2):
            at = (np.array([x2, x1]) - xlim[0]) / (xlim[1] - xlim[0]) * (np.array(values.shape) - 1)
            value = values[*at.round().astype(int)]
            paper = {"boxstyle": "circle,pad=0.25", "facecolor": "white", "edgecolor": COLORS[0]}
            ax.text(x1, x2, f"{value:.2g}", ha="center", va="center", bbox=paper)
        ax.grid(False)
        ax.set(title=title, xlabel="$x_1$", ylabel="$x_2$", xticks=[0, 1], yticks=[0, 1])
    return axes


@styled
def neuron_diagram(ax: Axes | None = None) -> Axes:
    """Draw one neuron: two inputs and a 1, their weights, the sum a, the activation h, the y."""
    if ax is None:
        _, ax = new(width=7.0, height=3.2)
    _blank(ax, "A neuron: weigh, add, decide", (-0.3, 4.4), (-0.6, 2.6))
    for y, name, weight in ((2, "1", "$b$"), (1, "$x_1$", "$w_1$"), (0, "$x_2$", "$w_2$")):
        _arrow(ax, (0, y), (2, 1), weight)
        _circle(ax, 0, y, name, "#e8e8e8" if y == 2 else "white")
    _arrow(ax, (2, 1), (3.1, 1), "")
    _arrow(ax, (3.1, 1), (4.1, 1), "")
    for x, name in ((2, "$a$"), (3.1, "$h$"), (4.1, "$y$")):
        _circle(ax, x, 1, name)
    ax.text(2, 0.1, "$a = b + w_1x_1 + w_2x_2$", ha="center", fontsize=13)
    ax.text(3.6, 1.65, "$y = h(a)$", ha="center", fontsize=13)
    return ax


@styled
def network_diagram(
    units: Sequence[int],
    names: Sequence[str] = (),
    titles: Sequence[str] = (),
    title: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw the layers of a network from left to right, and a line for every weight shown.

    Parameters
    ----------
    units : sequence of int
        Units of each layer, inputs first. Of more than five, the first and the last are drawn.
    names : sequence of str, optional
        A letter for each layer, such as ``"x"``: its units become x1, x2, ...
    titles : sequence of str, optional
        Words above each layer.
    """
    if not isinstance(units, list | tuple) or len(units) < 2:
        raise ValueError(
            f"network_diagram: units must hold at least two sizes. Received: {shown(units)}"
        )
    units = [whole("network_diagram", "each of units", size) for size in units]
    names = texts("network_diagram", "names", names, len(units), optional=True)
    titles = texts("network_diagram", "titles", titles, len(units), optional=True)
    if ax is None:
        _, ax = new(width=7.5, height=3.8)
    _blank(ax, title, (-0.4, len(units) - 0.6), (-2.4, 3.0))
    layers = [_places(n) for n in units]
    for k in range(1, len(units)):
        for _, low in layers[k - 1]:
            for _, high in layers[k]:
                ax.plot([k - 1, k], [low, high], color="#8c8c8c", linewidth=1, zorder=1)
    for k, places in enumerate(layers):
        for unit, y in places:
            name = f"${names[k]}_{{{unit}}}$" if names else "   "
            _circle(ax, k, y, name, edge=COLORS[k % 4])
        if len(places) < units[k]:
            for y in (-0.25, 0, 0.25):
                ax.plot(k, y, "o", color=COLORS[k % 4], markersize=4)
        if titles:
            ax.text(k, 2.6, titles[k], ha="center", va="center", fontsize=12)
    return ax


@styled
def signal_stages(image: Array, layers: Mapping[str, Array]) -> Array:
    """Draw an image, and what each layer makes of it as a row of grey cells.

    Parameters
    ----------
    image : array, shape (height, width)
    layers : mapping of str to array, shape (n,)
        Title and outputs in 0..1 of each layer; the cells of the last are numbered.

    Returns
    -------
    array of Axes, the image's first
    """
    image = table("signal_stages", "image", image, "(height, width)")
    layers = by_name("signal_stages", "layers", layers)
    rows = len(layers) + 1
    _, axes = new(rows, 1, width=7.0, height=1.9 + 0.85 * len(layers))
    axes[0].get_gridspec().set_height_ratios([5] + [1] * len(layers))
    axes[0].imshow(image, cmap="gray_r")
    axes[0].axis("off")
    for ax, (title, values) in zip(axes[1:], layers.items(), strict=True):
        cells = table("signal_stages", f"layers[{title!r}]", values, "(n,)")[None]
        ax.pcolormesh(cells, cmap="gray_r", vmin=0, vmax=1, edgecolors="#b3b3b3", linewidth=0.5)
        ax.set(title=title, yticks=[], xticks=[])
        ax.grid(False)
    axes[-1].set_xticks(np.arange(cells.size) + 0.5, range(cells.size))
    return axes


def _places(n: int) -> list[tuple[int, float]]:
    """Return the number and the height of each unit of a layer that is drawn."""
    if n <= MOST:
        gap = min(1.4, 4 / max(1, n - 1))
        return [(k + 1, gap * ((n - 1) / 2 - k)) for k in range(n)]
    return [(1, 2.0), (2, 1.0), (n - 1, -1.0), (n, -2.0)]


def _blank(ax: Axes, title: str, xlim: tuple[float, float], ylim: tuple[float, float]) -> None:
    ax.set(title=title, xlim=xlim, ylim=ylim)
    ax.axis("off")


def _circle(ax: Axes, x: float, y: float, text: str, fill: str = "white", edge: str = "") -> None:
    box = CIRCLE | {"facecolor": fill, "edgecolor": edge or COLORS[0]}
    size = 13 if len(text) < 9 else 10  # three digits below the letter
    ax.text(x, y, text, ha="center", va="center", fontsize=size, bbox=box, zorder=3)


def _arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float], text: str) -> None:
    style = {
        "arrowstyle": "-|>",
        "color": "#555555",
        "linewidth": 1.8,
        "shrinkA": 18,
        "shrinkB": 18,
    }
    ax.annotate("", end, start, arrowprops=style)
    x, y = (0.55 * a + 0.45 * b for a, b in zip(start, end, strict=True))
    if text:
        paper = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
        ax.text(x, y, text, ha="center", va="center", fontsize=13, bbox=paper)
