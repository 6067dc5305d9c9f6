"""Where a scene's panels and ticks go, in pixels; ``layout.js`` has the same layout."""

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from nbhelpers.explorers.picture.marks import Panel, Scene, Ticks
from nbhelpers.explorers.picture.texts import Key, Measure, legend_rows, lines_of

DRAWN = 800  # the width that ratio and heights of a scene are for
AROUND = 70  # of a row's height, titles and labels take about this, however wide it is
TALLEST = 0.55  # of the width: what marks get of a row's height at most
NARROW = 520  # below it, panels that can be spared are left out
STRETCH = 1.4  # of the marks there, where they may be as tall as they like
LEAST = {True: 130, False: 100}  # with axes, and without: a narrower panel goes to the next row

Box = tuple[float, float, float, float]  # left, top, width, height in pixels, from the top left
Row = Sequence[Panel]
Tick = tuple[float, str]


class Placed(NamedTuple):
    """Some panels side by side, and the height that suits them."""

    panels: Row
    height: float


def height_of(scene: Scene, width: float) -> float:
    """Return the height of a scene's picture, of this width, where nothing else limits it."""
    return sum(row.height for row in _rows(scene, width))


def layout(scene: Scene, box: Box) -> Iterator[tuple[Panel, Box]]:
    """Yield each panel with the box of its cell: rows by height, then panels by weight."""
    left, top, width, height = box
    rows = _rows(scene, width)
    scale = height / sum(row.height for row in rows)
    for row in rows:
        x, h = left, scale * row.height
        for panel in row.panels:
            w = width * panel.weight / _weight(row.panels)
            yield panel, (x, top, w, h)
            x += w
        top += h


def _rows(scene: Scene, width: float) -> list[Placed]:
    """Return the rows as they fit the width."""
    heights, rows = scene.heights or [1] * len(scene.rows), []
    for share, row in zip(heights, scene.rows, strict=True):
        marks = DRAWN * scene.ratio * share / sum(heights) - AROUND
        tall = marks * _weight(row) / DRAWN  # of a panel of weight 1, by its width
        shown = [panel for panel in row if not panel.spare] if width < NARROW else row
        for panels in _broken(shown, width) if shown else []:
            free = width < NARROW and not any(panel.equal for panel in panels)
            high = tall / _weight(panels) * (STRETCH if free else 1)
            rows.append(Placed(panels, AROUND + width * min(high, TALLEST)))
    return rows


def _weight(panels: Row) -> float:
    return sum(panel.weight for panel in panels)


def _broken(row: Row, width: float) -> Sequence[Row]:
    """Return as few rows as leave no panel too narrow, and of these the most even."""
    ways = [way for way in _splits(row) if not any(_narrow(panels, width) for panels in way)]
    return min(ways, key=lambda way: (len(way), max(map(_weight, way))))


def _narrow(panels: Row, width: float) -> bool:
    scale = width / _weight(panels)
    return len(panels) > 1 and any(scale * p.weight < LEAST[p.axes] for p in panels)


def _splits(row: Row) -> Iterator[Sequence[Row]]:
    """Yield every way to break a row."""
    for count in range(len(row)):
        for cuts in itertools.combinations(range(1, len(row)), count):
            ends = [0, *cuts, len(row)]
            yield [row[a:b] for a, b in itertools.pairwise(ends)]


@dataclass(frozen=True)
class Frame:
    """What stands around the marks of a panel, and the box that it leaves them."""

    box: Box
    lines: list[str]
    legend: list[list[Key]]
    xticks: list[Tick]
    yticks: list[Tick]


def frame_of(
    panel: Panel, cell: Box, limits: Sequence[Sequence[float]], title: str, measure: Measure
) -> Frame:
    """Return the frame of a panel in its cell; ``limits`` are those of x and y."""
    left, top, width, height = cell
    lines = lines_of(title, width - 16, lambda text: measure(text, 14, bold=True))
    labels = [getattr(mark, "label", "") for mark in panel.marks] if panel.legend else []
    legend = legend_rows(labels, width - 16, lambda text: measure(text, 12))
    above = (12 + 18 * len(lines) if title else 8) + 22 * len(legend)
    below = (22 + 18 * bool(panel.xlabel)) if panel.axes else 8
    high = height - above - below
    yticks = ticks(panel.yticks, limits[1], high) if panel.axes else []
    longest = max((measure(text, 12) for _, text in yticks), default=0)
    before = max(panel.left, longest + 14 if panel.axes else 8)
    before += 18 * bool(panel.axes and panel.ylabel)
    wide = width - before - 12
    w, h = _size(panel, limits, (wide, high))
    xticks = ticks(panel.xticks, limits[0], w) if panel.axes else []
    box = (left + before + (wide - w) / 2, top + above, w, h)
    return Frame(box, lines, legend, xticks, yticks)


def _size(
    panel: Panel, limits: Sequence[Sequence[float]], room: tuple[float, float]
) -> tuple[float, float]:
    if not panel.equal:
        return room
    wide, high = (abs(last - first) for first, last in limits)
    scale = min(room[0] / wide, room[1] / high)
    return scale * wide, scale * high


def ticks(given: Ticks | None, limits: Sequence[float], pixels: float) -> list[Tick]:
    """Return pairs (number, text): those given, or round numbers about 50 pixels apart."""
    if given is not None:
        return [t if isinstance(t, tuple) else (t, f"{t:g}".replace("-", "−")) for t in given]
    low, high = sorted(float(v) for v in limits)
    rough = (high - low) / max(2, pixels / 50)
    power = 10.0 ** math.floor(math.log10(rough))
    step = power * next((m for m in (1, 2, 5) if m * power >= rough), 10)
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    numbers = range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)
    return [(k * step, f"{k * step:.{digits}f}".replace("-", "−")) for k in numbers]
