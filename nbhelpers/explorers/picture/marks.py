"""The words that describe a picture: marks in panels, panels in rows.

Two painters read them: ``paint.py`` (matplotlib) and ``paint.js`` (the browser's canvas), where
they come as plain data. A field of the type `Name` names an array of the explorer: one that
``arrays(state)`` returns, or one of its constant ``data``. A colour is a word of ``PALETTES``.
Lengths are in pixels.
"""

from collections.abc import Iterator, Sequence
from dataclasses import KW_ONLY, asdict, dataclass, fields
from typing import Annotated, Any, get_args

from nbhelpers._colors import COLORS
from nbhelpers.explorers.picture import words

Name = Annotated[str, "of an array"]
Names = Name | Sequence[str]  # the name of a list of strings, or the strings themselves
Limits = Name | Sequence[float]  # first and last, or the name of the two
Ticks = Sequence[float | tuple[float, str]]

PALETTES = {
    "light": COLORS | {"muted": "#5c6168", "faint": "#dcdee1", "paper": "#ffffff"},
    "dark": {
        "blue": "#4ea5e6",
        "red": "#ff6257",
        "green": "#2cc79b",
        "pink": "#e79cc8",
        "orange": "#f4b73a",
        "sky": "#9bd5f8",
        "ink": "#f1f3f4",
        "muted": "#a9aeb5",
        "faint": "#3a3e44",
        "paper": "#111111",
    },
}
DASHES = {"-": (), "--": (6, 4), ":": (1.5, 3), "-.": (7, 3, 1.5, 3)}
ALLOWED = {
    "color": tuple(PALETTES["light"]),
    "highlight_color": tuple(PALETTES["light"]),
    "dash": tuple(DASHES),
    "marker": ("o", "s", "^", "D", "x"),
    "cmap": ("gray", "gray_r", "RdBu", "Blues", "Oranges", "classes"),
    "align": ("left", "center", "right"),
}


@dataclass(frozen=True)
class Mark:
    """Something painted in a panel; words with a fixed choice are checked where it is written."""

    def __post_init__(self) -> None:
        for name, allowed in ALLOWED.items():
            word = getattr(self, name, allowed[0])
            if word not in allowed:
                raise ValueError(
                    f"{self.kind}: {name} must be one of {', '.join(allowed)}. Received: {word!r}"
                )

    @property
    def kind(self) -> str:
        """The mark's name for the browser."""
        return type(self).__name__.lower()


@dataclass(frozen=True, kw_only=True)
class Labelled(Mark):
    """A mark that shows in the legend of its panel, if it has a label."""

    label: str = ""


@dataclass(frozen=True)
class Lines(Labelled):
    """Draw one polyline, shape (m, 2), or many, shape (k, m, 2); it breaks where not finite.

    Parameters
    ----------
    dash : str
        One of ``DASHES``: the second cue beside the colour.
    """

    xy: Name
    color: str = "ink"
    _: KW_ONLY
    width: float = 2
    dash: str = "-"
    alpha: float = 1


@dataclass(frozen=True)
class Points(Labelled):
    """Draw a marker of a diameter ``size`` at each point, shape (n, 2)."""

    xy: Name
    color: str = "blue"
    _: KW_ONLY
    marker: str = "o"
    size: float = 7
    alpha: float = 1


@dataclass(frozen=True)
class Polygons(Labelled):
    """Fill one polygon, shape (m, 2), or many, shape (k, m, 2), and draw its edge.

    Parameters
    ----------
    alpha : float
        Of the filling.
    """

    xy: Name
    color: str = "blue"
    _: KW_ONLY
    alpha: float = 0.2
    width: float = 2
    dash: str = "-"


@dataclass(frozen=True)
class Faces(Mark):
    """Fill polygons, shape (k, m, 2), one over the other, each in a colour and strength of its own.

    Parameters
    ----------
    groups : str
        Name of a number a face, (k,): which of ``colors`` it has.
    shades : str
        Name of a number a face, (k,), in 0..1: from paper to the full colour.
    edges : sequence of int
        For each group, how many corners the drawn edge joins: all of them for squared paper, two
        for lined paper. A second cue beside the colour.
    """

    xy: Name
    groups: Name
    shades: Name
    _: KW_ONLY
    colors: Sequence[str] = ("red", "blue")
    edges: Sequence[int] = (4, 2)
    width: float = 0.8


@dataclass(frozen=True)
class Arrows(Labelled):
    """Draw arrows, shape (n, 2, 2): n times a tail and a head."""

    xy: Name
    color: str = "red"
    _: KW_ONLY
    width: float = 3
    dash: str = "-"


@dataclass(frozen=True)
class Bars(Labelled):
    """Draw one bar a value, shape (n,), from zero, at the places 0, 1, ..., n - 1.

    A value that is not finite becomes a hatched bar over the whole height with a cross.

    Parameters
    ----------
    labels : name or strings
        Below each bar.
    texts : name or strings
        At the end of each bar.
    highlight : str
        Name of the index of one bar (or -1 for none) to fill with ``highlight_color``.
    thick, offset : float
        Thickness, and shift along the places, in places: for groups of bars.
    """

    values: Name
    color: str = "blue"
    _: KW_ONLY
    labels: Names = ()
    texts: Names = ()
    highlight: Name = ""
    highlight_color: str = "red"
    horizontal: bool = False
    thick: float = 0.7
    offset: float = 0


@dataclass(frozen=True)
class Heat(Mark):
    """Paint a matrix, shape (rows, columns), as coloured cells, or images, shape (n, h, w), tiled.

    Parameters
    ----------
    cmap : str
        ``"gray_r"`` ink on paper, ``"gray"`` black to white in any theme, ``"RdBu"`` both
        signs, ``"Blues"`` or ``"Oranges"`` amounts, ``"classes"`` three classes, from pale, 2 k,
        to full, 2 k + 1; for low=0, high=5.
    low, high : float or name, optional
        The ends of the colour scale; else the least and the greatest value.
    extent : (left, right, bottom, top), optional
        Row 0 is at ``top``. Default: cell (r, c) is centred at x = c, y = r, for a panel with
        ``y=(rows - 0.5, -0.5)``. Tiles: each image is a unit wide, x=(0, columns), y=(rows, 0).
    digits : int, optional
        Write each value into its cell with so many decimals.
    columns : int
        Images in a row, for shape (n, h, w).
    """

    values: Name
    cmap: str = "gray_r"
    _: KW_ONLY
    low: Name | float | None = None
    high: Name | float | None = None
    extent: tuple[float, float, float, float] | None = None
    digits: int | None = None
    columns: int = 0
    alpha: float = 1


@dataclass(frozen=True)
class Pictures(Mark):
    """Paint images, shape (n, h, w), each in a square around its point, shape (n, 2).

    Parameters
    ----------
    side : name or float
        Of the squares, in units of the y axis.
    cmap, low, high
        As in `Heat`.
    """

    values: Name
    xy: Name
    cmap: str = "gray_r"
    _: KW_ONLY
    side: Name | float = 1
    low: float = 0
    high: float = 1


@dataclass(frozen=True)
class Text(Mark):
    """Write a text at each point, shape (n, 2); ``align`` is "left", "center" or "right".

    Where there is no room they become smaller, then fewer; ``whole``: then none.
    """

    xy: Name
    texts: Names
    color: str = "ink"
    _: KW_ONLY
    size: float = 13
    align: str = "center"
    bold: bool = False
    whole: bool = False


@dataclass(frozen=True)
class Network(Mark):
    """Draw a network: nodes, shape (n, 2), joined by edges, shape (k, 2), of node numbers.

    Parameters
    ----------
    weights : name, optional
        Shape (k,). Width by size, blue and solid where positive, red and dashed where negative.
    values : name, optional
        Shape (n,), in 0..1: how dark a node is filled.
    texts, labels : names or strings
        Inside and below each node.
    """

    xy: Name
    edges: Name
    _: KW_ONLY
    weights: Name = ""
    values: Name = ""
    texts: Names = ()
    labels: Names = ()
    radius: float = 17


@dataclass(frozen=True)
class Panel:
    """Put marks, painted in this order, into one coordinate system.

    Parameters
    ----------
    title : str
        A sentence for `words.say`: ``{name}`` is replaced by the value of that name.
    x, y : (first, last), or the name of two numbers
        Fixed limits, so that things move and axes do not.
    xticks, yticks : sequence, optional
        Numbers, or pairs (number, text); round numbers if not given, none if empty.
    equal : bool
        One unit is as long in x as in y.
    axes, grid, legend : bool
        Draw ticks and labels; grid lines; the marks' labels in a row below the title.
    paper : bool
        A finger on it draws, and does not scroll the page.
    left : float
        Room for the labels of horizontal bars, which stand left of the axis.
    weight : float
        Share of the row's width.
    spare : bool
        Left out where the picture is narrow: it shows what the others show, too.
    """

    title: str
    marks: Sequence[Mark]
    _: KW_ONLY
    x: Limits = (0, 1)
    y: Limits = (0, 1)
    xlabel: str = ""
    ylabel: str = ""
    xticks: Ticks | None = None
    yticks: Ticks | None = None
    equal: bool = False
    axes: bool = True
    grid: bool = True
    legend: bool = False
    paper: bool = False
    left: float = 0
    weight: float = 1
    spare: bool = False


@dataclass(frozen=True)
class Scene:
    """Lay out rows of panels; a row breaks where its panels would become too narrow.

    Parameters
    ----------
    ratio : float
        Height of the picture divided by its width, where that is 800 pixels.
    heights : sequence of float
        Share of each row; equal if not given.
    """

    rows: Sequence[Sequence[Panel]]
    _: KW_ONLY
    ratio: float = 0.5
    heights: Sequence[float] = ()

    @property
    def panels(self) -> Iterator[Panel]:
        """All panels, row by row."""
        return (panel for row in self.rows for panel in row)

    def names(self) -> set[str]:
        """Return the names of all arrays that the scene needs."""
        found: set[str] = set()
        for panel in self.panels:
            found |= words.fields(panel.title)
            holders: list[Panel | Mark] = [panel, *panel.marks]
            for holder in holders:
                found.update(_names_in(holder))
        return found - {""}

    def described(self) -> dict[str, Any]:
        """Return the scene as plain data, each mark with its kind."""
        rows = [
            [
                asdict(panel) | {"marks": [asdict(m) | {"kind": m.kind} for m in panel.marks]}
                for panel in row
            ]
            for row in self.rows
        ]
        return {"rows": rows, "ratio": self.ratio, "heights": self.heights or [1] * len(rows)}


def _names_in(holder: Panel | Mark) -> Iterator[str]:
    """Yield what the fields that may name an array do name."""
    for field in fields(holder):
        value = getattr(holder, field.name)
        if isinstance(value, str) and Name in (field.type, *get_args(field.type)):
            yield value
