"""Draw a scene with matplotlib: the stored picture and the static twin.

``scene.js`` paints the same description in the browser, with the same layout and sizes in pixels.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.patheffects import withStroke

from nbhelpers.explorers.layout import Box, layout, plot_box, ticks
from nbhelpers.explorers.marks import DASHES, PALETTES, Mark, Panel
from nbhelpers.explorers.words import fixed
from nbhelpers.figures import STYLE

Arrays = Mapping[str, Any]
COLOR = PALETTES["light"]
DPI = 100
POINTS = 72 / DPI  # one pixel in matplotlib's unit of sizes
TITLE = 34  # height above each scene of a twin


def draw(
    scene: Mark,
    states: Sequence[Arrays],
    titles: Sequence[str] = ("",),
    columns: int = 1,
    width: float = 800,
) -> Figure:
    """Draw a scene once for each set of arrays, side by side.

    Parameters
    ----------
    scene : dict
        As ``marks.scene`` makes it.
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
    h = w * scene["ratio"] + extra
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(width / DPI, rows * h / DPI), dpi=DPI)
        for k, (arrays, title) in enumerate(zip(states, titles, strict=True)):
            left, top = (k % columns) * w, (k // columns) * h
            if title:
                _write(figure, left + 8, top + 20, title, 16, weight="bold")
            for panel, box in layout(scene, (left, top + extra, w, h - extra)):
                _panel(figure, panel, box, arrays)
    return figure


def _panel(figure: Figure, panel: Panel, cell: Box, arrays: Arrays) -> None:
    x, y = (_get(panel[axis], arrays) for axis in "xy")
    left, top, width, height = plot_box(panel, cell, x, y)
    total_w, total_h = figure.get_size_inches() * DPI
    ax = figure.add_axes(
        (left / total_w, 1 - (top + height) / total_h, width / total_w, height / total_h)
    )
    ax.set(xlim=x, ylim=y, autoscale_on=False)
    ax.set_axisbelow(True)
    ax.tick_params(length=0, pad=6, labelsize=12 * POINTS, labelcolor=COLOR["muted"])
    ax.spines[:].set_visible(False)
    ax.grid(color=COLOR["faint"], linewidth=1 * POINTS)
    ax.grid(panel["grid"] and panel["axes"])
    for axis, limits, pixels in ((ax.xaxis, x, width), (ax.yaxis, y, height)):
        shown = ticks(panel[f"{axis.axis_name}ticks"], limits, pixels) if panel["axes"] else []
        axis.set_ticks([at for at, _ in shown], [text for _, text in shown])
        if panel["grid"] and any(at == 0 for at, _ in shown):
            rule = ax.axvline if axis is ax.xaxis else ax.axhline
            rule(0, color=COLOR["muted"], linewidth=1 * POINTS, zorder=0.9)
    soft = {"color": COLOR["muted"], "ha": "center"}
    if panel["axes"]:
        _write(figure, left + width / 2, top + height + 32, panel["xlabel"], 13, **soft)
        _write(figure, cell[0] + 10, top + height / 2, panel["ylabel"], 13, rotation=90, **soft)
    title = panel["title"]
    for name in (part.split("}")[0] for part in title.split("{")[1:]):
        title = title.replace("{" + name + "}", arrays[name])
    _write(figure, left, cell[1] + 15, title, 14, weight="bold")
    for mark in panel["marks"]:
        _MARKS[mark["kind"]](ax, mark, arrays)
    if panel["legend"]:
        _legend(ax, panel)


def _write(figure: Figure, x: float, y: float, text: str, size: float, **style: Any) -> None:
    w, h = figure.get_size_inches() * DPI
    figure.text(x / w, 1 - y / h, text, fontsize=size * POINTS, va="center", **style)


def _get(ref: Any, arrays: Arrays) -> Any:
    return arrays[ref] if isinstance(ref, str) and ref else ref


def _many(ref: str, arrays: Arrays) -> Any:
    """Return points as many polylines: shape (k, m, 2)."""
    xy = np.asarray(arrays[ref], dtype=float)
    return xy if xy.ndim == 3 else xy.reshape(1, -1, 2)


def _stroke(mark: Mark, color: str = "color") -> dict[str, Any]:
    width = mark["width"]
    dash = tuple(d / width for d in DASHES[mark.get("dash", "-")])  # matplotlib counts in widths
    return {
        "colors" if color == "color" else color: COLOR[mark["color"]],
        "linewidths": width * POINTS,
        "linestyles": [(0, dash)] if dash else "solid",
    }


def _lines(ax: Axes, mark: Mark, arrays: Arrays) -> None:
    style = _stroke(mark)
    ax.add_collection(LineCollection(_many(mark["xy"], arrays), alpha=mark["alpha"], **style))


def _polygons(ax: Axes, mark: Mark, arrays: Arrays) -> None:
    shapes, style = _many(mark["xy"], arrays), _stroke(mark, "edgecolors")
    color = mpl.colors.to_rgba(COLOR[mark["color"]], mark["alpha"])
    ax.add_collection(PolyCollection(shapes, facecolors=color, **style))


def _faces(ax: Axes, mark: Mark, arrays: Arrays) -> None:
    ink = np.array([mpl.colors.to_rgb(COLOR[color]) for color in mark["colors"]])
    shapes, fills, strokes = [], [], []
    each = (np.asarray(arrays[mark[name]]) for name in ("xy", "groups", "shades"))
    for face, group, shade in zip(*each, strict=True):
        count = mark["edges"][group]
        shapes += [face, np.r_[face, face[:1]] if count == len(face) else face[:count]]
        fill = 1 - shade * (1 - ink[group])
        fills += [(*fill, 1), (0, 0, 0, 0)]
        strokes += [(*fill, 1), (*(0.75 * ink[group]), 1)]
    style = {"linewidths": mark["width"] * POINTS, "closed": False}
    ax.add_collection(PolyCollection(shapes, facecolors=fills, edgecolors=strokes, **style))


def _points(ax: Axes, mark: Mark, arrays: Arrays) -> None:
    xy = np.asarray(arrays[mark["xy"]], dtype=float).reshape(-1, 2)
    ax.plot(*xy.T, **_marker(mark))


def _marker(mark: Mark) -> dict[str, Any]:
    cross = mark["marker"] == "x"
    return {
        "linestyle": "none",
        "marker": mark["marker"],
        "color": COLOR[mark["color"]],
        "alpha": mark["alpha"],
        "markersize": mark["size"] * POINTS,
        "markeredgecolor": COLOR[mark["color"] if cross else "paper"],
        "markeredgewidth": (2 if cross else 0.5) * POINTS,
    }


def _arrows(ax: Axes, mark: Mark, arrays: Arrays) -> None:
    style = {
        "arrowstyle": "-|>,head_length=0.55,head_width=0.25",
        "color": COLOR[mark["color"]],
        "linewidth": mark["width"] * POINTS,
        "linestyle": _stroke(mark)["linestyles"][0] if mark["dash"] != "-" else "-",
        "mutation_scale": 18 * POINTS,
        "shrinkA": 0,
        "shrinkB": 0,
    }
    for tail, head in np.asarray(arrays[mark["xy"]], dtype=float):
        if math.dist(tail, head) > 1e-9:
            arrow = ax.annotate("", head, tail, arrowprops=style, annotation_clip=False)
            arrow.arrow_patch.set_clip_box(ax.bbox)


def _bars(ax: Axes, mark: Mark, arrays: Arrays) -> None:
    values = np.asarray(arrays[mark["values"]], dtype=float)
    limits = ax.get_xlim() if mark["horizontal"] else ax.get_ylim()
    chosen = int(arrays[mark["highlight"]]) if mark["highlight"] else -1
    texts, labels = _get(mark["texts"], arrays), _get(mark["labels"], arrays)
    bar = ax.barh if mark["horizontal"] else ax.bar
    small = {"fontsize": 12 * POINTS, "clip_on": False, "textcoords": "offset points"}
    for k, value in enumerate(values):
        at, good = k + mark["offset"], math.isfinite(value)
        color = COLOR[mark["highlight_color"] if k == chosen else mark["color"]]
        end = min(max(value, limits[0]), limits[1]) if good else limits[1]
        half = (end / 2, at) if mark["horizontal"] else (at, end / 2)
        if good:
            bar(at, end, mark["thick"], color=color)
        else:
            bar(at, end, mark["thick"], color="none", edgecolor=color, hatch="///", linewidth=1)
            ax.plot(*half, "X", color=COLOR["red"], markeredgecolor="none", markersize=17)
        if len(texts) and not good:
            drop = (24, 0) if mark["horizontal"] else (0, -19)
            shown = ax.annotate(texts[k], half, drop, ha="center", va="center", **small)
            shown.set(fontweight="bold", path_effects=[_halo()])
        elif len(texts) and mark["horizontal"]:
            ax.annotate(texts[k], (max(end, 0), at), (5, 0), va="center", **small)
        elif len(texts):
            ax.annotate(texts[k], (at, max(end, 0)), (0, 4), ha="center", **small)
        if len(labels) and mark["horizontal"]:
            ax.annotate(labels[k], (limits[0], at), (-5, 0), ha="right", va="center", **small)
        elif len(labels):
            ax.annotate(labels[k], (at, limits[0]), (0, -5), ha="center", va="top", **small)


def _heat(ax: Axes, mark: Mark, arrays: Arrays) -> None:
    values = np.asarray(arrays[mark["values"]], dtype=float)
    low, high = (_get(mark[end], arrays) for end in ("low", "high"))
    style = {
        "cmap": mark["cmap"],
        "vmin": values.min() if low is None else low,
        "vmax": values.max() if high is None else high,
        "aspect": "auto",
        "interpolation": "nearest",
        "origin": "upper",
        "alpha": mark["alpha"],
    }
    if values.ndim == 3:
        for k, image in enumerate(values):
            x, y = k % mark["columns"], k // mark["columns"]
            ax.imshow(image, extent=(x + 0.04, x + 0.96, y + 0.96, y + 0.04), **style)
            edge = {"fill": False, "edgecolor": COLOR["faint"], "linewidth": 1 * POINTS}
            ax.add_patch(Rectangle((x + 0.04, y + 0.04), 0.92, 0.92, **edge))
        return
    rows, columns = values.shape
    extent = mark["extent"] or (-0.5, columns - 0.5, rows - 0.5, -0.5)
    image = ax.imshow(values, extent=extent, **style)
    if mark["digits"] is not None:
        for (r, c), value in np.ndenumerate(values):
            x = extent[0] + (extent[1] - extent[0]) * (c + 0.5) / columns
            y = extent[3] + (extent[2] - extent[3]) * (r + 0.5) / rows
            shade = np.dot(image.cmap(image.norm(value))[:3], (0.3, 0.6, 0.1))
            color = "black" if shade > 0.55 else "white"
            text = fixed(value, mark["digits"])
            ax.text(x, y, text, ha="center", va="center", color=color, fontsize=12 * POINTS)


def _text(ax: Axes, mark: Mark, arrays: Arrays) -> None:
    for (x, y), text in zip(
        np.asarray(arrays[mark["xy"]]), _get(mark["texts"], arrays), strict=True
    ):
        written = ax.text(x, y, text, color=COLOR[mark["color"]], fontsize=mark["size"] * POINTS)
        written.set(ha=mark["align"], va="center", fontweight="bold" if mark["bold"] else "normal")
        written.set(clip_on=True, path_effects=[_halo()])


def _halo() -> Any:
    return withStroke(linewidth=3 * POINTS, foreground=COLOR["paper"])


def _network(ax: Axes, mark: Mark, arrays: Arrays) -> None:
    xy, edges = np.asarray(arrays[mark["xy"]], float), np.asarray(arrays[mark["edges"]], int)
    weights = np.asarray(arrays[mark["weights"]], float) if mark["weights"] else np.ones(len(edges))
    top = max(1e-9, np.abs(weights).max(initial=0))
    for (a, b), weight in zip(edges, weights, strict=True):
        color = "muted" if not mark["weights"] else "blue" if weight >= 0 else "red"
        line = "-" if weight >= 0 else (0, (4, 3))
        width = (0.6 + 3.4 * abs(weight) / top if mark["weights"] else 1) * POINTS
        ax.plot(*xy[[a, b]].T, color=COLOR[color], linestyle=line, linewidth=width, zorder=2)
    values = arrays[mark["values"]] if mark["values"] else np.zeros(len(xy))
    texts, labels = _get(mark["texts"], arrays), _get(mark["labels"], arrays)
    style = {
        "markersize": 2 * mark["radius"] * POINTS,
        "markeredgewidth": 1.5 * POINTS,
        "zorder": 3,
    }
    for k, (x, y) in enumerate(xy):
        shade = 0.75 * float(np.clip(values[k], 0, 1))
        fill = [1 - shade * (1 - c) for c in mpl.colors.to_rgb(COLOR["blue"])]
        ax.plot(x, y, "o", markerfacecolor=fill, markeredgecolor=COLOR["ink"], **style)
        small = {"ha": "center", "va": "center", "fontsize": 12 * POINTS, "zorder": 4}
        if len(texts):
            ax.text(x, y, texts[k], color="white" if shade > 0.45 else COLOR["ink"], **small)
        if len(labels):
            drop = (0, -(mark["radius"] + 10) * POINTS)
            ax.annotate(labels[k], (x, y), drop, textcoords="offset points", **small)


def _legend(ax: Axes, panel: Panel) -> None:
    handles = []
    for mark in (mark for mark in panel["marks"] if mark.get("label")):
        if mark["kind"] == "points":
            handles.append(Line2D([], [], label=mark["label"], **_marker(mark)))
        elif mark["kind"] in ("bars", "polygons"):
            handles.append(Patch(color=COLOR[mark["color"]], label=mark["label"]))
        else:
            dash = DASHES[mark["dash"]] or "-"
            line = dash if dash == "-" else (0, tuple(d / mark["width"] for d in dash))
            style = {"linestyle": line, "linewidth": mark["width"] * POINTS}
            handles.append(Line2D([], [], color=COLOR[mark["color"]], label=mark["label"], **style))
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


_MARKS = {
    "lines": _lines,
    "points": _points,
    "polygons": _polygons,
    "faces": _faces,
    "arrows": _arrows,
    "bars": _bars,
    "heat": _heat,
    "text": _text,
    "network": _network,
}
