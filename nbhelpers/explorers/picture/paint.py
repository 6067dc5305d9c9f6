"""Draw a scene with matplotlib: the stored picture and the static twin.

``paint.js`` paints the same description in the browser, with the same layout and sizes in pixels.
"""

import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import matplotlib as mpl
import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke

from nbhelpers.explorers.picture.layout import Box, Frame, frame_of, height_of, layout
from nbhelpers.explorers.picture.marks import (
    DASHES,
    PALETTES,
    Arrows,
    Bars,
    Faces,
    Heat,
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
from nbhelpers.explorers.picture.texts import Item, Look, Texts
from nbhelpers.explorers.picture.words import fixed, say
from nbhelpers.explorers.types import Array, Data
from nbhelpers.figures import STYLE

COLOR = PALETTES["light"]
DPI = 100
POINTS = 72 / DPI  # one pixel in matplotlib's unit of sizes
TITLE = 34  # height above each scene of a twin
SLIM = 0.045  # of the width of a panel: the largest radius of a node
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
    h = height_of(scene, w) + extra
    with mpl.rc_context(cast(Any, STYLE)):
        figure = Figure(figsize=(width / DPI, rows * h / DPI), dpi=DPI)
        sheet = Sheet(figure)
        for k, (arrays, title) in enumerate(zip(states, titles, strict=True)):
            left, top = (k % columns) * w, (k // columns) * h
            head = [(title, left + 8, top + 20)]
            sheet.write(head, (left, top, w, extra), Look(16, "left", bold=True))
            for panel, cell in layout(scene, (left, top + extra, w, h - extra)):
                _panel(sheet, panel, cell, arrays)
    return figure


@functools.lru_cache(5000)
def measure(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a text in pixels, as matplotlib draws it."""
    font = FontProperties(size=size * POINTS, weight="bold" if bold else "normal")
    return float(_renderer().get_text_width_height_descent(text, font, False)[0])


@functools.cache
def _renderer() -> Any:
    return cast(Any, RendererAgg)(1, 1, DPI)


class Sheet:
    """A figure, and the texts on it, all in pixels from the top left."""

    def __init__(self, figure: Figure) -> None:
        self.figure = figure
        self.width, self.height = figure.get_size_inches() * DPI
        self._texts = Texts(measure)

    def write(
        self,
        items: Sequence[Item],
        room: Box,
        look: Look,
        colors: str | Sequence[str] = "ink",
        *,
        halo: bool = False,
    ) -> None:
        """Write texts that belong together, in one colour or one each, where there is room."""
        size, written = self._texts.place(items, look, room)
        for number, left, top, wide, high in written:
            x, y = (left + wide / 2) / self.width, 1 - (top + high / 2) / self.height
            color = colors if isinstance(colors, str) else colors[number]
            text = self.figure.text(x, y, items[number][0], fontsize=size * POINTS, ha="center")
            text.set(va="center", color=COLOR[color], rotation=90 if look.turned else 0)
            text.set_fontweight("bold" if look.bold else "normal")
            if halo:
                text.set_path_effects([withStroke(linewidth=3 * POINTS, foreground=COLOR["paper"])])


@dataclass(frozen=True)
class Plot:
    """A panel while it is painted: its axes, its arrays, its cell on the sheet."""

    ax: Axes
    arrays: Data
    cell: Box
    sheet: Sheet

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return a point in pixels from the top left."""
        across, up = self.ax.transData.transform((x, y))
        return float(across), float(self.sheet.height - up)

    def sight(self) -> Box:
        """Return the room in which marks are seen."""
        box = self.ax.bbox
        top = self.sheet.height - box.y1
        return (box.x0 - 4, top - 4, box.width + 8, box.height + 8)


def _panel(sheet: Sheet, panel: Panel, cell: Box, arrays: Data) -> None:
    x, y = _get(panel.x, arrays), _get(panel.y, arrays)
    frame = frame_of(panel, cell, (x, y), say(panel.title, **arrays), measure)
    left, top, width, height = frame.box
    total_w, total_h = sheet.width, sheet.height
    place = (left / total_w, 1 - (top + height) / total_h, width / total_w, height / total_h)
    ax = sheet.figure.add_axes(place)
    ax.set(xlim=x, ylim=y, autoscale_on=False)
    plot = Plot(ax, arrays, cell, sheet)
    _title(plot, frame)
    _axes(plot, panel, frame)
    for mark in panel.marks:
        _paint(mark, plot)
    _legend(plot, panel, frame)


def _title(p: Plot, frame: Frame) -> None:
    """Write the title above the marks, as far to the left as its longest line needs."""
    longest = max((measure(line, 14, bold=True) for line in frame.lines), default=0)
    left = _begin(p.cell, frame, longest)
    for k, line in enumerate(frame.lines):
        item = (line, left, p.cell[1] + 15 + 18 * k)
        p.sheet.write([item], p.cell, Look(14, "left", bold=True))


def _begin(cell: Box, frame: Frame, long: float) -> float:
    """Return where a text above the marks begins: with them, or further left if it is long."""
    return max(cell[0] + 6, min(frame.box[0], cell[0] + cell[2] - 6 - long))


def _axes(p: Plot, panel: Panel, frame: Frame) -> None:
    """Draw ticks, their texts, grid lines, and a darker one at 0."""
    ax = p.ax
    ax.set_axisbelow(True)
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    ax.grid(color=COLOR["faint"], linewidth=1 * POINTS)
    ax.grid(panel.grid and panel.axes)
    sides = ((ax.xaxis, frame.xticks, ax.axvline), (ax.yaxis, frame.yticks, ax.axhline))
    for axis, shown, rule in sides:
        axis.set_ticks([at for at, _ in shown], ["" for _ in shown])
        if panel.grid and any(at == 0 for at, _ in shown):
            rule(0, color=COLOR["muted"], linewidth=1 * POINTS, zorder=0.9)
    if panel.axes:
        _labels(p, panel, frame)


def _labels(p: Plot, panel: Panel, frame: Frame) -> None:
    """Write what stands beside and below the axes."""
    left, top, width, height = frame.box
    bottom = top + height
    low, first = p.ax.get_xlim()[0], p.ax.get_ylim()[0]
    beside = [(text, left - 7, p.at(low, at)[1]) for at, text in frame.yticks]
    below = [(text, p.at(at, first)[0], bottom + 13) for at, text in frame.xticks]
    before = left - 23 - max((measure(text, 12) for _, text in frame.yticks), default=0)
    p.sheet.write(beside, p.cell, Look(12, "right"), "muted")
    p.sheet.write(below, p.cell, Look(12), "muted")
    p.sheet.write([(panel.xlabel, left + width / 2, bottom + 32)], p.cell, Look(), "muted")
    turned = Look(turned=True)
    p.sheet.write([(panel.ylabel, before, top + height / 2)], p.cell, turned, "muted")


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


# --- marks ---


@functools.singledispatch
def _paint(mark: Mark, p: Plot) -> None:
    raise TypeError(f"mark must be one of marks.py. Received: {mark!r}")


@_paint.register
def _lines(mark: Lines, p: Plot) -> None:
    style: Style = {"colors": COLOR[mark.color], "linewidths": mark.width * POINTS}
    dash = _dash(mark.dash, mark.width)
    parts = _many(mark.xy, p.arrays)
    p.ax.add_collection(LineCollection(parts, alpha=mark.alpha, linestyles=[dash], **style))


@_paint.register
def _polygons(mark: Polygons, p: Plot) -> None:
    style: Style = {"edgecolors": COLOR[mark.color], "linewidths": mark.width * POINTS}
    dash = _dash(mark.dash, mark.width)
    color = mpl.colors.to_rgba(COLOR[mark.color], mark.alpha)
    parts = _many(mark.xy, p.arrays)
    p.ax.add_collection(PolyCollection(parts, facecolors=color, linestyles=[dash], **style))


@_paint.register
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


@_paint.register
def _points(mark: Points, p: Plot) -> None:
    p.ax.plot(*_points_of(mark.xy, p.arrays).T, **_marker(mark))


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
def _arrows(mark: Arrows, p: Plot) -> None:
    style = {
        "arrowstyle": "-|>,head_length=0.55,head_width=0.25",
        "color": COLOR[mark.color],
        "linewidth": mark.width * POINTS,
        "linestyle": _dash(mark.dash, mark.width),
        "mutation_scale": 18 * POINTS,
        "shrinkA": 0,
        "shrinkB": 0,
    }
    for tail, head in np.asarray(p.arrays[mark.xy], dtype=float):
        if math.dist(tail, head) > 1e-9:
            arrow = p.ax.annotate("", head, tail, arrowprops=style, annotation_clip=False)
            if arrow.arrow_patch:
                arrow.arrow_patch.set_clip_box(p.ax.bbox)


@_paint.register
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
    for k, (text, end) in enumerate(zip(_get(mark.texts, p.arrays), ends, strict=False)):
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
    for k, text in zip(range(count), _get(mark.labels, p.arrays), strict=False):
        at = k + mark.offset
        x, y = p.at(foot, at) if mark.horizontal else p.at(at, foot)
        items.append((text, x - 7, y) if mark.horizontal else (text, x, y + 13))
    p.sheet.write(items, p.cell, Look(12, "right" if mark.horizontal else "center"))


@_paint.register
def _heat(mark: Heat, p: Plot) -> None:
    values = np.asarray(p.arrays[mark.values], dtype=float)
    low, high = (_get(end, p.arrays) for end in (mark.low, mark.high))
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
        colors = ["black" if shade > 0.55 else "paper" for shade in shades.flat]
        p.sheet.write(items, p.cell, Look(12, whole=True), colors)


def _tiles(mark: Heat, ax: Axes, images: Array, style: Style) -> None:
    for k, image in enumerate(images):
        x, y = k % mark.columns, k // mark.columns
        ax.imshow(image, extent=(x + 0.04, x + 0.96, y + 0.96, y + 0.04), **style)
        edge: Style = {"fill": False, "edgecolor": COLOR["faint"], "linewidth": 1 * POINTS}
        ax.add_patch(Rectangle((x + 0.04, y + 0.04), 0.92, 0.92, **edge))


@_paint.register
def _pictures(mark: Pictures, p: Plot) -> None:
    side = _get(mark.side, p.arrays)
    (left, right), (bottom, top) = p.ax.get_xlim(), p.ax.get_ylim()
    high = abs(side) / 2 * np.sign(top - bottom)
    wide = side / 2 * (right - left) / abs(top - bottom) * p.ax.bbox.height / p.ax.bbox.width
    style: Style = {"cmap": RAMPS.get(mark.cmap, mark.cmap), "vmin": mark.low, "vmax": mark.high}
    style |= {"aspect": "auto", "interpolation": "nearest", "origin": "upper", "zorder": 2}
    for (x, y), image in zip(_points_of(mark.xy, p.arrays), p.arrays[mark.values], strict=True):
        p.ax.imshow(image, extent=(x - wide, x + wide, y - high, y + high), **style)
        frame: Style = {"fill": False, "edgecolor": COLOR["ink"], "linewidth": POINTS, "zorder": 2}
        p.ax.add_patch(Rectangle((x - wide, y - high), 2 * wide, 2 * high, **frame))


@_paint.register
def _text(mark: Text, p: Plot) -> None:
    places, texts = _points_of(mark.xy, p.arrays), _get(mark.texts, p.arrays)
    items = [(text, *p.at(x, y)) for (x, y), text in zip(places, texts, strict=True)]
    look = Look(mark.size, mark.align, bold=mark.bold, whole=mark.whole)
    p.sheet.write(items, p.sight(), look, mark.color, halo=True)


@_paint.register
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
    texts, labels = _get(mark.texts, p.arrays), _get(mark.labels, p.arrays)
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


# --- the legend ---


def _legend(p: Plot, panel: Panel, frame: Frame) -> None:
    """Draw each row of keys, the last one right above the marks."""
    for r, row in enumerate(frame.legend):
        y = frame.box[1] - 12 - 22 * (len(frame.legend) - 1 - r)
        left = _begin(p.cell, frame, max(key.left + 26 + measure(key.label, 12) for key in row))
        for key in row:
            _key(p.sheet, panel.marks[key.mark], left + key.left, y)
            p.sheet.write([(key.label, left + key.left + 26, y)], p.cell, Look(12, "left"))


def _key(sheet: Sheet, mark: Mark, x: float, y: float) -> None:
    """Draw what stands for a mark in the legend."""
    x, y, end = x / sheet.width, 1 - y / sheet.height, (x + 20) / sheet.width
    if isinstance(mark, Points):
        _add(sheet, Line2D([x + 8 / sheet.width], [y], **_marker(mark)))
    elif isinstance(mark, Lines | Arrows):
        style = {"linestyle": _dash(mark.dash, mark.width), "linewidth": mark.width * POINTS}
        _add(sheet, Line2D([x, end], [y, y], color=COLOR[mark.color], **style))
    elif isinstance(mark, Bars | Polygons):
        wide, high = 16 / sheet.width, 10 / sheet.height
        _add(sheet, Rectangle((x, y - high / 2), wide, high, **_patch(mark)))


def _patch(mark: Bars | Polygons) -> Style:
    if isinstance(mark, Bars):
        return {"color": COLOR[mark.color]}
    edge: Style = {"edgecolor": COLOR[mark.color], "linewidth": mark.width * POINTS}
    edge |= {"linestyle": _dash(mark.dash, mark.width)}
    return edge | {"facecolor": mpl.colors.to_rgba(COLOR[mark.color], mark.alpha)}


def _add(sheet: Sheet, artist: Artist) -> None:
    artist.set_transform(sheet.figure.transFigure)
    sheet.figure.add_artist(artist)
