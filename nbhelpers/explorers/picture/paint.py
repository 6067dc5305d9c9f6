"""Draw a scene with matplotlib: the stored picture and the static twin.

``paint.js`` paints the same description in the browser, with the same layout and sizes in pixels.
"""

import functools
import math
from collections.abc import Iterator, Sequence
from typing import Any, cast

import matplotlib as mpl
import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.patheffects import withStroke

from nbhelpers.explorers.picture.layout import Box, layout, plot_box, ticks
from nbhelpers.explorers.picture.marks import (
    DASHES,
    PALETTES,
    Arrows,
    Bars,
    Faces,
    Heat,
    Labelled,
    Lines,
    Mark,
    Network,
    Panel,
    Pictures,
    Points,
    Polygons,
    Scene,
    Text,
)
from nbhelpers.explorers.picture.words import fixed, say
from nbhelpers.explorers.types import Array, Data
from nbhelpers.figures import STYLE

COLOR = PALETTES["light"]
DPI = 100
POINTS = 72 / DPI  # one pixel in matplotlib's unit of sizes
TITLE = 34  # height above each scene of a twin
Style = dict[str, Any]  # keywords of matplotlib
RAMPS = {  # those that matplotlib does not have
    "classes": mpl.colors.LinearSegmentedColormap.from_list(
        "classes", ["#fbe3d6", "#e98a5b", "#dcebf6", "#5aa2d2", "#ddf1e2", "#59b48b"], 511
    )
}


def draw(
    scene: Scene,
    states: Sequence[Data],
    titles: Sequence[str] = ("",),
    columns: int = 1,
    width: float = 800,
) -> Figure:
    """Draw a scene once for each set of arrays, side by side.

    Parameters
    ----------
    scene : Scene
    states : sequence of mappings
        The arrays by name, constant ones among them.
    titles : sequence of str
        One a state; empty for none.
    columns : int
        Pictures in a row.
    width : float
        Of the whole, in pixels.
    """
    rows = -(-len(states) // columns)
    extra = TITLE if any(titles) else 0
    w = width / columns
    h = w * scene.ratio + extra
    with mpl.rc_context(cast(Any, STYLE)):
        figure = Figure(figsize=(width / DPI, rows * h / DPI), dpi=DPI)
        for k, (arrays, title) in enumerate(zip(states, titles, strict=True)):
            left, top = (k % columns) * w, (k // columns) * h
            if title:
                _write(figure, left + 8, top + 20, title, 16, weight="bold")
            for panel, cell in layout(scene, (left, top + extra, w, h - extra)):
                _panel(figure, panel, cell, arrays)
    return figure


def _panel(figure: Figure, panel: Panel, cell: Box, arrays: Data) -> None:
    x, y = _get(panel.x, arrays), _get(panel.y, arrays)
    box = plot_box(panel, cell, x, y)
    left, top, width, height = box
    total_w, total_h = figure.get_size_inches() * DPI
    place = (left / total_w, 1 - (top + height) / total_h, width / total_w, height / total_h)
    ax = figure.add_axes(place)
    ax.set(xlim=x, ylim=y, autoscale_on=False)
    _axes(ax, panel, width, height)
    soft = {"color": COLOR["muted"], "ha": "center"}
    if panel.axes:
        _write(figure, left + width / 2, top + height + 32, panel.xlabel, 13, **soft)
        _write(figure, cell[0] + 10, top + height / 2, panel.ylabel, 13, rotation=90, **soft)
    _write(figure, left, cell[1] + 15, say(panel.title, **arrays), 14, weight="bold")
    for mark in panel.marks:
        _paint(mark, ax, arrays)
    if panel.legend:
        _legend(ax, panel)


def _axes(ax: Axes, panel: Panel, width: float, height: float) -> None:
    """Draw ticks, their texts, grid lines, and a darker one at 0."""
    ax.set_axisbelow(True)
    ax.tick_params(length=0, pad=6, labelsize=12 * POINTS, labelcolor=COLOR["muted"])
    ax.spines[:].set_visible(False)
    ax.grid(color=COLOR["faint"], linewidth=1 * POINTS)
    ax.grid(panel.grid and panel.axes)
    sides = (
        (ax.xaxis, panel.xticks, ax.get_xlim(), width, ax.axvline),
        (ax.yaxis, panel.yticks, ax.get_ylim(), height, ax.axhline),
    )
    for axis, given, limits, pixels, rule in sides:
        shown = ticks(given, limits, pixels) if panel.axes else []
        axis.set_ticks([at for at, _ in shown], [text for _, text in shown])
        if panel.grid and any(at == 0 for at, _ in shown):
            rule(0, color=COLOR["muted"], linewidth=1 * POINTS, zorder=0.9)


def _write(figure: Figure, x: float, y: float, text: str, size: float, **style: Any) -> None:
    w, h = figure.get_size_inches() * DPI
    figure.text(x / w, 1 - y / h, text, fontsize=size * POINTS, va="center", **style)


def _get(ref: Any, arrays: Data) -> Any:
    return arrays[ref] if isinstance(ref, str) and ref else ref


def _points_of(name: str, arrays: Data) -> Array:
    return np.asarray(arrays[name], dtype=float).reshape(-1, 2)


def _many(name: str, arrays: Data) -> list[Array]:
    """Return points as many polylines, each of shape (m, 2)."""
    xy = np.asarray(arrays[name], dtype=float)
    return list(xy if xy.ndim == 3 else xy.reshape(1, -1, 2))


def _dash(dash: str, width: float) -> Any:
    """Return a line style: matplotlib counts dashes in line widths."""
    return (0, tuple(d / width for d in DASHES[dash])) if DASHES[dash] else "solid"


def _halo() -> Any:
    return withStroke(linewidth=3 * POINTS, foreground=COLOR["paper"])


# --- marks ---


@functools.singledispatch
def _paint(mark: Mark, ax: Axes, arrays: Data) -> None:
    raise TypeError(f"mark must be one of marks.py. Received: {mark!r}")


@_paint.register
def _lines(mark: Lines, ax: Axes, arrays: Data) -> None:
    style: Style = {"colors": COLOR[mark.color], "linewidths": mark.width * POINTS}
    dash = _dash(mark.dash, mark.width)
    parts = _many(mark.xy, arrays)
    ax.add_collection(LineCollection(parts, alpha=mark.alpha, linestyles=[dash], **style))


@_paint.register
def _polygons(mark: Polygons, ax: Axes, arrays: Data) -> None:
    style: Style = {"edgecolors": COLOR[mark.color], "linewidths": mark.width * POINTS}
    dash = _dash(mark.dash, mark.width)
    color = mpl.colors.to_rgba(COLOR[mark.color], mark.alpha)
    parts = _many(mark.xy, arrays)
    ax.add_collection(PolyCollection(parts, facecolors=color, linestyles=[dash], **style))


@_paint.register
def _faces(mark: Faces, ax: Axes, arrays: Data) -> None:
    ink = np.array([mpl.colors.to_rgb(COLOR[color]) for color in mark.colors])
    shapes, fills, strokes = [], [], []
    each = (np.asarray(arrays[name]) for name in (mark.xy, mark.groups, mark.shades))
    for face, group, shade in zip(*each, strict=True):
        count = mark.edges[group]
        shapes += [face, np.r_[face, face[:1]] if count == len(face) else face[:count]]
        fill = 1 - shade * (1 - ink[group])
        fills += [(*fill, 1), (0, 0, 0, 0)]
        strokes += [(*fill, 1), (*(0.75 * ink[group]), 1)]
    width = mark.width * POINTS
    painted = PolyCollection(
        shapes, facecolors=fills, edgecolors=strokes, linewidths=width, closed=False
    )
    ax.add_collection(painted)


@_paint.register
def _points(mark: Points, ax: Axes, arrays: Data) -> None:
    ax.plot(*_points_of(mark.xy, arrays).T, **_marker(mark))


def _marker(mark: Points) -> Style:
    cross = mark.marker == "x"
    return {
        "linestyle": "none",
        "marker": mark.marker,
        "color": COLOR[mark.color],
        "alpha": mark.alpha,
        "markersize": mark.size * POINTS,
        "markeredgecolor": COLOR[mark.color if cross else "paper"],
        "markeredgewidth": (2 if cross else 0.5) * POINTS,
    }


@_paint.register
def _arrows(mark: Arrows, ax: Axes, arrays: Data) -> None:
    style = {
        "arrowstyle": "-|>,head_length=0.55,head_width=0.25",
        "color": COLOR[mark.color],
        "linewidth": mark.width * POINTS,
        "linestyle": _dash(mark.dash, mark.width),
        "mutation_scale": 18 * POINTS,
        "shrinkA": 0,
        "shrinkB": 0,
    }
    for tail, head in np.asarray(arrays[mark.xy], dtype=float):
        if math.dist(tail, head) > 1e-9:
            arrow = ax.annotate("", head, tail, arrowprops=style, annotation_clip=False)
            if arrow.arrow_patch:
                arrow.arrow_patch.set_clip_box(ax.bbox)


@_paint.register
def _bars(mark: Bars, ax: Axes, arrays: Data) -> None:
    values = np.asarray(arrays[mark.values], dtype=float)
    limits = ax.get_xlim() if mark.horizontal else ax.get_ylim()
    chosen = int(arrays[mark.highlight]) if mark.highlight else -1
    texts, labels = _get(mark.texts, arrays), _get(mark.labels, arrays)
    bar = ax.barh if mark.horizontal else ax.bar
    for k, value in enumerate(values):
        at, good = k + mark.offset, math.isfinite(value)
        color = COLOR[mark.highlight_color if k == chosen else mark.color]
        end = min(max(value, limits[0]), limits[1]) if good else limits[1]
        half = (end / 2, at) if mark.horizontal else (at, end / 2)
        if good:
            bar(at, end, mark.thick, color=color)
        else:
            bar(at, end, mark.thick, color="none", edgecolor=color, hatch="///", linewidth=1)
            ax.plot(*half, "X", color=COLOR["red"], markeredgecolor="none", markersize=17)
        if len(texts) and good:
            _text_on_bar(ax, mark, texts[k], (max(end, 0), at))
        elif len(texts):
            _text_on_cross(ax, mark, texts[k], half)
        if len(labels):
            _label_of_bar(ax, mark, labels[k], (limits[0], at))


# Of the texts of bars; matplotlib moves them by points, not pixels.
_SMALL: Style = {"fontsize": 12 * POINTS, "clip_on": False, "textcoords": "offset points"}


def _text_on_bar(ax: Axes, mark: Bars, text: str, end: tuple[float, float]) -> None:
    if mark.horizontal:
        ax.annotate(text, end, (5, 0), va="center", **_SMALL)
    else:
        ax.annotate(text, end[::-1], (0, 4), ha="center", **_SMALL)


def _text_on_cross(ax: Axes, mark: Bars, text: str, half: tuple[float, float]) -> None:
    drop = (24, 0) if mark.horizontal else (0, -19)
    shown = ax.annotate(text, half, drop, ha="center", va="center", **_SMALL)
    shown.set(fontweight="bold", path_effects=[_halo()])


def _label_of_bar(ax: Axes, mark: Bars, label: str, foot: tuple[float, float]) -> None:
    if mark.horizontal:
        ax.annotate(label, foot, (-5, 0), ha="right", va="center", **_SMALL)
    else:
        ax.annotate(label, foot[::-1], (0, -5), ha="center", va="top", **_SMALL)


@_paint.register
def _heat(mark: Heat, ax: Axes, arrays: Data) -> None:
    values = np.asarray(arrays[mark.values], dtype=float)
    low, high = (_get(end, arrays) for end in (mark.low, mark.high))
    style = {
        "cmap": RAMPS.get(mark.cmap, mark.cmap),
        "vmin": values.min() if low is None else low,
        "vmax": values.max() if high is None else high,
        "aspect": "auto",
        "interpolation": "nearest",
        "origin": "upper",
        "alpha": mark.alpha,
    }
    if values.ndim == 3:
        return _tiles(mark, ax, values, style)
    rows, columns = values.shape
    extent = mark.extent or (-0.5, columns - 0.5, rows - 0.5, -0.5)
    image = ax.imshow(values, extent=extent, **style)
    if mark.digits is not None:
        for (r, c), value in np.ndenumerate(values):
            x = extent[0] + (extent[1] - extent[0]) * (c + 0.5) / columns
            y = extent[3] + (extent[2] - extent[3]) * (r + 0.5) / rows
            shade = np.dot(image.cmap(image.norm(value))[:3], (0.3, 0.6, 0.1))
            color = "black" if shade > 0.55 else "white"
            written = fixed(value, mark.digits)
            ax.text(x, y, written, ha="center", va="center", color=color, fontsize=12 * POINTS)


def _tiles(mark: Heat, ax: Axes, images: Array, style: Style) -> None:
    for k, image in enumerate(images):
        x, y = k % mark.columns, k // mark.columns
        ax.imshow(image, extent=(x + 0.04, x + 0.96, y + 0.96, y + 0.04), **style)
        edge: Style = {"fill": False, "edgecolor": COLOR["faint"], "linewidth": 1 * POINTS}
        ax.add_patch(Rectangle((x + 0.04, y + 0.04), 0.92, 0.92, **edge))


@_paint.register
def _pictures(mark: Pictures, ax: Axes, arrays: Data) -> None:
    side = _get(mark.side, arrays)
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    high = abs(side) / 2 * np.sign(top - bottom)
    wide = side / 2 * (right - left) / abs(top - bottom) * ax.bbox.height / ax.bbox.width
    style: Style = {"cmap": RAMPS.get(mark.cmap, mark.cmap), "vmin": mark.low, "vmax": mark.high}
    style |= {"aspect": "auto", "interpolation": "nearest", "origin": "upper", "zorder": 2}
    for (x, y), image in zip(_points_of(mark.xy, arrays), arrays[mark.values], strict=True):
        ax.imshow(image, extent=(x - wide, x + wide, y - high, y + high), **style)
        frame: Style = {"fill": False, "edgecolor": COLOR["ink"], "linewidth": POINTS, "zorder": 2}
        ax.add_patch(Rectangle((x - wide, y - high), 2 * wide, 2 * high, **frame))


@_paint.register
def _text(mark: Text, ax: Axes, arrays: Data) -> None:
    places, texts = _points_of(mark.xy, arrays), _get(mark.texts, arrays)
    for (x, y), text in zip(places, texts, strict=True):
        written = ax.text(x, y, text, color=COLOR[mark.color], fontsize=mark.size * POINTS)
        written.set(ha=mark.align, va="center", fontweight="bold" if mark.bold else "normal")
        written.set(clip_on=True, path_effects=[_halo()])


@_paint.register
def _network(mark: Network, ax: Axes, arrays: Data) -> None:
    xy = _points_of(mark.xy, arrays)
    _edges(mark, ax, xy, arrays)
    values = arrays[mark.values] if mark.values else np.zeros(len(xy))
    texts, labels = _get(mark.texts, arrays), _get(mark.labels, arrays)
    style: Style = {
        "markersize": 2 * mark.radius * POINTS,
        "markeredgewidth": 1.5 * POINTS,
        "zorder": 3,
    }
    small: Style = {"ha": "center", "va": "center", "fontsize": 12 * POINTS, "zorder": 4}
    for k, (x, y) in enumerate(xy):
        shade = 0.75 * float(np.clip(values[k], 0, 1))
        fill = [1 - shade * (1 - c) for c in mpl.colors.to_rgb(COLOR["blue"])]
        ax.plot(x, y, "o", markerfacecolor=fill, markeredgecolor=COLOR["ink"], **style)
        if len(texts):
            ax.text(x, y, texts[k], color="white" if shade > 0.45 else COLOR["ink"], **small)
        if len(labels):
            drop = (0, -(mark.radius + 10) * POINTS)
            ax.annotate(labels[k], (x, y), drop, textcoords="offset points", **small)


def _edges(mark: Network, ax: Axes, xy: Array, arrays: Data) -> None:
    edges = np.asarray(arrays[mark.edges], int)
    weights = np.asarray(arrays[mark.weights], float) if mark.weights else np.ones(len(edges))
    top = max(1e-9, np.abs(weights).max(initial=0))
    for ends, weight in zip(edges, weights, strict=True):
        color = "muted" if not mark.weights else "blue" if weight >= 0 else "red"
        line: Any = "-" if weight >= 0 else (0, (4, 3))
        width = (0.6 + 3.4 * abs(weight) / top if mark.weights else 1) * POINTS
        ax.plot(*xy[ends].T, color=COLOR[color], linestyle=line, linewidth=width, zorder=2)


# --- the legend ---


def _legend(ax: Axes, panel: Panel) -> None:
    handles = list(_handles(panel))
    ax.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(0, 1),
        borderaxespad=0.2,
        borderpad=0,
        ncols=len(handles),
        fontsize=12 * POINTS,
        handlelength=1.8,
        columnspacing=1.4,
    )


def _handles(panel: Panel) -> Iterator[Artist]:
    for mark in panel.marks:
        if not isinstance(mark, Labelled) or not mark.label:
            continue
        if isinstance(mark, Points):
            yield Line2D([], [], label=mark.label, **_marker(mark))
        elif isinstance(mark, Lines | Arrows):
            style = {"linestyle": _dash(mark.dash, mark.width), "linewidth": mark.width * POINTS}
            yield Line2D([], [], color=COLOR[mark.color], label=mark.label, **style)
        elif isinstance(mark, Bars | Polygons):
            yield Patch(color=COLOR[mark.color], label=mark.label)
