"""Draw a scene with matplotlib: the stored picture and the static twin.

``paint.js`` paints the same description in the browser, with the same layout and sizes in pixels.
"""

from collections.abc import Sequence
from typing import Any, cast

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from nbhelpers.explorers.picture.layout import Box, Frame, frame_of, height_of, layout
from nbhelpers.explorers.picture.marks import (
    Arrows,
    Bars,
    Lines,
    Mark,
    Panel,
    Points,
    Polygons,
    Scene,
)
from nbhelpers.explorers.picture.painted import paint
from nbhelpers.explorers.picture.sheet import (
    COLOR,
    DPI,
    POINTS,
    Plot,
    Sheet,
    Style,
    dash_of,
    find,
    marker_of,
    measure,
)
from nbhelpers.explorers.picture.texts import Look
from nbhelpers.explorers.picture.words import say
from nbhelpers.explorers.types import Data
from nbhelpers.figures import STYLE

TITLE = 34  # height above each scene of a twin
TALLEST = 440  # height of a scene: with its title, and a task above it, it fits a laptop's screen


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
    h = min(height_of(scene, w), TALLEST) + extra
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


def _panel(sheet: Sheet, panel: Panel, cell: Box, arrays: Data) -> None:
    x, y = find(panel.x, arrays), find(panel.y, arrays)
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
        paint(mark, plot)
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
        _add(sheet, Line2D([x + 8 / sheet.width], [y], **marker_of(mark)))
    elif isinstance(mark, Lines | Arrows):
        style = {"linestyle": dash_of(mark.dash, mark.width), "linewidth": mark.width * POINTS}
        _add(sheet, Line2D([x, end], [y, y], color=COLOR[mark.color], **style))
    elif isinstance(mark, Bars | Polygons):
        wide, high = 16 / sheet.width, 10 / sheet.height
        _add(sheet, Rectangle((x, y - high / 2), wide, high, **_patch(mark)))


def _patch(mark: Bars | Polygons) -> Style:
    if isinstance(mark, Bars):
        return {"color": COLOR[mark.color]}
    edge: Style = {"edgecolor": COLOR[mark.color], "linewidth": mark.width * POINTS}
    edge |= {"linestyle": dash_of(mark.dash, mark.width)}
    return edge | {"facecolor": mpl.colors.to_rgba(COLOR[mark.color], mark.alpha)}


def _add(sheet: Sheet, artist: Artist) -> None:
    artist.set_transform(sheet.figure.transFigure)
    sheet.figure.add_artist(artist)
