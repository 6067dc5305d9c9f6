"""What Python draws pictures on: a figure that is written on in pixels, and a panel of it."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patheffects import withStroke

from nbhelpers.explorers.picture.layout import Box
from nbhelpers.explorers.picture.marks import DASHES, PALETTES, Points
from nbhelpers.explorers.picture.texts import Item, Look, Texts
from nbhelpers.explorers.types import Data

COLOR = PALETTES["light"]
DPI = 100
POINTS = 72 / DPI  # one pixel in matplotlib's unit of sizes
Style = dict[str, Any]  # keywords of matplotlib


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


def find(ref: Any, arrays: Data) -> Any:
    """Return what a field names, or the field itself."""
    return arrays[ref] if isinstance(ref, str) and ref else ref


def dash_of(dash: str, width: float) -> Any:
    """Return a line style: matplotlib counts dashes in line widths."""
    return (0, tuple(d / width for d in DASHES[dash])) if DASHES[dash] else "solid"


def marker_of(mark: Points) -> Style:
    """Return how matplotlib draws the marker of some points."""
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
