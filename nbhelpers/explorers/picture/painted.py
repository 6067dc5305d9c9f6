"""How matplotlib draws each mark; ``marks.js`` paints the same in the browser."""

import functools
import math
from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.patches import Rectangle

from nbhelpers.explorers.picture.marks import (
    Arrows,
    Bars,
    Faces,
    Heat,
    Lines,
    Mark,
    Network,
    Pictures,
    Points,
    Polygons,
    Text,
)
from nbhelpers.explorers.picture.sheet import COLOR, POINTS, Plot, Style, dash_of, find, marker_of
from nbhelpers.explorers.picture.texts import Look
from nbhelpers.explorers.picture.words import fixed
from nbhelpers.explorers.types import Array, Data

SLIM = 0.045  # of the width of a panel: the largest radius of a node
RAMPS = {  # those that matplotlib does not have
    "classes": mpl.colors.LinearSegmentedColormap.from_list(
        "classes", ["#fbe3d6", "#e98a5b", "#dcebf6", "#5aa2d2", "#ddf1e2", "#59b48b"], 511
    )
}


@functools.singledispatch
def paint(mark: Mark, p: Plot) -> None:
    """Draw a mark in its panel."""
    raise TypeError(f"mark must be one of marks.py. Received: {mark!r}")


@paint.register
def _lines(mark: Lines, p: Plot) -> None:
    style: Style = {"colors": COLOR[mark.color], "linewidths": mark.width * POINTS}
    dash = dash_of(mark.dash, mark.width)
    parts = _many(mark.xy, p.arrays)
    p.ax.add_collection(LineCollection(parts, alpha=mark.alpha, linestyles=[dash], **style))


@paint.register
def _polygons(mark: Polygons, p: Plot) -> None:
    style: Style = {"edgecolors": COLOR[mark.color], "linewidths": mark.width * POINTS}
    dash = dash_of(mark.dash, mark.width)
    color = mpl.colors.to_rgba(COLOR[mark.color], mark.alpha)
    parts = _many(mark.xy, p.arrays)
    p.ax.add_collection(PolyCollection(parts, facecolors=color, linestyles=[dash], **style))


@paint.register
def _faces(mark: Faces, p: Plot) -> None:
    ink = np.array([mpl.colors.to_rgb(COLOR[color]) for color in mark.colors])
    shapes, fills, strokes = [], [], []
    each = (np.asarray(p.arrays[name]) for name in (mark.xy, mark.groups, mark.shades))
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
    p.ax.add_collection(painted)


@paint.register
def _points(mark: Points, p: Plot) -> None:
    p.ax.plot(*_points_of(mark.xy, p.arrays).T, **marker_of(mark))


@paint.register
def _arrows(mark: Arrows, p: Plot) -> None:
    style = {
        "arrowstyle": "-|>,head_length=0.55,head_width=0.25",
        "color": COLOR[mark.color],
        "linewidth": mark.width * POINTS,
        "linestyle": dash_of(mark.dash, mark.width),
        "mutation_scale": 18 * POINTS,
        "shrinkA": 0,
        "shrinkB": 0,
    }
    for tail, head in np.asarray(p.arrays[mark.xy], dtype=float):
        if math.dist(tail, head) > 1e-9:
            arrow = p.ax.annotate("", head, tail, arrowprops=style, annotation_clip=False)
            if arrow.arrow_patch:
                arrow.arrow_patch.set_clip_box(p.ax.bbox)


@paint.register
def _bars(mark: Bars, p: Plot) -> None:
    values = np.asarray(p.arrays[mark.values], dtype=float)
    limits = p.ax.get_xlim() if mark.horizontal else p.ax.get_ylim()
    chosen = int(p.arrays[mark.highlight]) if mark.highlight else -1
    bar = p.ax.barh if mark.horizontal else p.ax.bar
    ends = []
    for k, value in enumerate(values):
        at, good = k + mark.offset, math.isfinite(value)
        color = COLOR[mark.highlight_color if k == chosen else mark.color]
        end = min(max(value, limits[0]), limits[1]) if good else limits[1]
        if good:
            bar(at, end, mark.thick, color=color)
        else:
            bar(at, end, mark.thick, color="none", edgecolor=color, hatch="///", linewidth=1)
            half = (end / 2, at) if mark.horizontal else (at, end / 2)
            p.ax.plot(*half, "X", color=COLOR["red"], markeredgecolor="none", markersize=17)
        ends.append(end if good else math.nan)
    _texts_on_bars(p, mark, ends)
    _labels_of_bars(p, mark, len(values))


def _texts_on_bars(p: Plot, mark: Bars, ends: Sequence[float]) -> None:
    """Write at the end of each bar, and beside the cross of one that is not finite."""
    tips, crosses = [], []
    limits = p.ax.get_xlim() if mark.horizontal else p.ax.get_ylim()
    for k, (text, end) in enumerate(zip(find(mark.texts, p.arrays), ends, strict=False)):
        good, at = math.isfinite(end), k + mark.offset
        tip = max(end, 0) if good else limits[1] / 2
        x, y = p.at(tip, at) if mark.horizontal else p.at(at, tip)
        right, down = (6, 0) if mark.horizontal else (0, -10)
        if good:
            tips.append((text, x + right, y + down))
        else:
            crosses.append((text, x + 5 * right, y - 2.6 * down))
    p.sheet.write(crosses, p.cell, Look(bold=True), halo=True)
    p.sheet.write(tips, p.cell, Look(12, "left" if mark.horizontal else "center"), halo=True)


def _labels_of_bars(p: Plot, mark: Bars, count: int) -> None:
    foot = (p.ax.get_xlim() if mark.horizontal else p.ax.get_ylim())[0]
    items = []
    for k, text in zip(range(count), find(mark.labels, p.arrays), strict=False):
        at = k + mark.offset
        x, y = p.at(foot, at) if mark.horizontal else p.at(at, foot)
        items.append((text, x - 7, y) if mark.horizontal else (text, x, y + 13))
    p.sheet.write(items, p.cell, Look(12, "right" if mark.horizontal else "center"))


@paint.register
def _heat(mark: Heat, p: Plot) -> None:
    values = np.asarray(p.arrays[mark.values], dtype=float)
    low, high = (find(end, p.arrays) for end in (mark.low, mark.high))
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
        return _tiles(mark, p.ax, values, style)
    rows, columns = values.shape
    extent = mark.extent or (-0.5, columns - 0.5, rows - 0.5, -0.5)
    image = p.ax.imshow(values, extent=extent, **style)
    if mark.digits is not None:
        shades = np.asarray(image.to_rgba(values))[..., :3] @ (0.3, 0.6, 0.1)
        x = extent[0] + (extent[1] - extent[0]) * (np.arange(columns) + 0.5) / columns
        y = extent[3] + (extent[2] - extent[3]) * (np.arange(rows) + 0.5) / rows
        places = [p.at(x[c], y[r]) for r, c in np.ndindex(values.shape)]
        texts = [fixed(value, mark.digits) for value in values.flat]
        items = [(text, *place) for text, place in zip(texts, places, strict=True)]
        colors = ["ink" if shade > 0.55 else "paper" for shade in shades.flat]
        p.sheet.write(items, p.cell, Look(12, whole=True), colors)


def _tiles(mark: Heat, ax: Axes, images: Array, style: Style) -> None:
    for k, image in enumerate(images):
        x, y = k % mark.columns, k // mark.columns
        ax.imshow(image, extent=(x + 0.04, x + 0.96, y + 0.96, y + 0.04), **style)
        edge: Style = {"fill": False, "edgecolor": COLOR["faint"], "linewidth": 1 * POINTS}
        ax.add_patch(Rectangle((x + 0.04, y + 0.04), 0.92, 0.92, **edge))


@paint.register
def _pictures(mark: Pictures, p: Plot) -> None:
    side = find(mark.side, p.arrays)
    (left, right), (bottom, top) = p.ax.get_xlim(), p.ax.get_ylim()
    high = abs(side) / 2 * np.sign(top - bottom)
    wide = side / 2 * (right - left) / abs(top - bottom) * p.ax.bbox.height / p.ax.bbox.width
    style: Style = {"cmap": RAMPS.get(mark.cmap, mark.cmap), "vmin": mark.low, "vmax": mark.high}
    style |= {"aspect": "auto", "interpolation": "nearest", "origin": "upper", "zorder": 2}
    for (x, y), image in zip(_points_of(mark.xy, p.arrays), p.arrays[mark.values], strict=True):
        p.ax.imshow(image, extent=(x - wide, x + wide, y - high, y + high), **style)
        frame: Style = {"fill": False, "edgecolor": COLOR["ink"], "linewidth": POINTS, "zorder": 2}
        p.ax.add_patch(Rectangle((x - wide, y - high), 2 * wide, 2 * high, **frame))


@paint.register
def _text(mark: Text, p: Plot) -> None:
    places, texts = _points_of(mark.xy, p.arrays), find(mark.texts, p.arrays)
    items = [(text, *p.at(x, y)) for (x, y), text in zip(places, texts, strict=True)]
    look = Look(mark.size, mark.align, bold=mark.bold, whole=mark.whole)
    p.sheet.write(items, p.sight(), look, mark.color, halo=True)


@paint.register
def _network(mark: Network, p: Plot) -> None:
    xy = _points_of(mark.xy, p.arrays)
    _edges(mark, p.ax, xy, p.arrays)
    values = p.arrays[mark.values] if mark.values else np.zeros(len(xy))
    radius = min(mark.radius, SLIM * p.ax.bbox.width)
    style: Style = {
        "markersize": 2 * radius * POINTS,
        "markeredgewidth": 1.5 * POINTS,
        "zorder": 3,
    }
    shades = [0.75 * float(np.clip(value, 0, 1)) for value in values]
    for (x, y), shade in zip(xy, shades, strict=True):
        fill = [1 - shade * (1 - c) for c in mpl.colors.to_rgb(COLOR["blue"])]
        p.ax.plot(x, y, "o", markerfacecolor=fill, markeredgecolor=COLOR["ink"], **style)
    texts, labels = find(mark.texts, p.arrays), find(mark.labels, p.arrays)
    places = [p.at(*point) for point in xy]
    inside = [(text, *place) for text, place in zip(texts, places, strict=False)]
    below = [(text, x, y + radius + 10) for text, (x, y) in zip(labels, places, strict=False)]
    p.sheet.write(inside, p.cell, Look(12), ["paper" if s > 0.45 else "ink" for s in shades])
    p.sheet.write(below, p.cell, Look(12))


def _edges(mark: Network, ax: Axes, xy: Array, arrays: Data) -> None:
    edges = np.asarray(arrays[mark.edges], int)
    weights = np.asarray(arrays[mark.weights], float) if mark.weights else np.ones(len(edges))
    top = max(1e-9, np.abs(weights).max(initial=0))
    for ends, weight in zip(edges, weights, strict=True):
        color = "muted" if not mark.weights else "blue" if weight >= 0 else "red"
        line: Any = "-" if weight >= 0 else (0, (4, 3))
        width = (0.6 + 3.4 * abs(weight) / top if mark.weights else 1) * POINTS
        ax.plot(*xy[ends].T, color=COLOR[color], linestyle=line, linewidth=width, zorder=2)


def _points_of(name: str, arrays: Data) -> Array:
    return np.asarray(arrays[name], dtype=float).reshape(-1, 2)


def _many(name: str, arrays: Data) -> list[Array]:
    """Return points as many polylines, each of shape (m, 2)."""
    xy = np.asarray(arrays[name], dtype=float)
    return list(xy if xy.ndim == 3 else xy.reshape(1, -1, 2))
