"""The words that describe a picture: marks in panels, panels in rows, as plain data.

Two painters read them: ``paint.py`` (matplotlib) and ``scene.js`` (the browser's canvas). Where a
field says *name*, it names an array of the explorer: one that ``arrays(state)`` returns, or one of
its constant ``data``. A colour is a word of ``PALETTES``. Lengths are in pixels.
"""

from collections.abc import Sequence
from typing import Any

from nbhelpers.figures import COLORS

Mark = dict[str, Any]
Panel = dict[str, Any]
Range = tuple[float, float]
Names = str | Sequence[str]  # the name of a list of strings, or the strings themselves

_WORDS = ("blue", "red", "green", "pink", "orange", "sky", "ink")
PALETTES = {
    "light": dict(zip(_WORDS, COLORS, strict=True))
    | {"muted": "#5c6168", "faint": "#dcdee1", "paper": "#ffffff", "black": "#000000"},
    "dark": {
        "blue": "#4ea5e6",
        "red": "#ff8547",
        "green": "#2cc79b",
        "pink": "#e79cc8",
        "orange": "#f4b73a",
        "sky": "#9bd5f8",
        "ink": "#f1f3f4",
        "muted": "#a9aeb5",
        "faint": "#3a3e44",
        "paper": "#111111",
        "black": "#000000",  # on an image, which is light in a dark theme, too
    },
}
DASHES = {"-": (), "--": (6, 4), ":": (1.5, 3), "-.": (7, 3, 1.5, 3)}
MARKERS = ("o", "s", "^", "D", "x")
CMAPS = ("gray_r", "RdBu", "Blues", "Oranges")


def lines(
    xy: str,
    color: str = "ink",
    *,
    width: float = 2,
    dash: str = "-",
    alpha: float = 1,
    label: str = "",
) -> Mark:
    """Draw one polyline, shape (m, 2), or many, shape (k, m, 2); it breaks where not finite.

    Parameters
    ----------
    xy : str
        Name of the points.
    dash : str
        One of ``DASHES``: the second cue beside the colour.
    label : str
        Shown in the panel's legend.
    """
    return _mark("lines", xy=xy, color=color, width=width, dash=dash, alpha=alpha, label=label)


def points(
    xy: str,
    color: str = "blue",
    *,
    marker: str = "o",
    size: float = 7,
    alpha: float = 1,
    label: str = "",
) -> Mark:
    """Draw a marker (one of ``MARKERS``) of a diameter ``size`` at each point, shape (n, 2)."""
    return _mark("points", xy=xy, color=color, marker=marker, size=size, alpha=alpha, label=label)


def polygons(
    xy: str,
    color: str = "blue",
    *,
    alpha: float = 0.2,
    width: float = 2,
    dash: str = "-",
    label: str = "",
) -> Mark:
    """Fill one polygon, shape (m, 2), or many, shape (k, m, 2), and draw its edge."""
    return _mark("polygons", xy=xy, color=color, alpha=alpha, width=width, dash=dash, label=label)


def faces(
    xy: str,
    groups: str,
    shades: str,
    *,
    colors: Sequence[str] = ("red", "blue"),
    edges: Sequence[int] = (4, 2),
    width: float = 0.8,
) -> Mark:
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
    return _mark(
        "faces", xy=xy, groups=groups, shades=shades, colors=colors, edges=edges, width=width
    )


def arrows(
    xy: str, color: str = "red", *, width: float = 3, dash: str = "-", label: str = ""
) -> Mark:
    """Draw arrows, shape (n, 2, 2): n times a tail and a head."""
    return _mark("arrows", xy=xy, color=color, width=width, dash=dash, label=label)


def bars(
    values: str,
    color: str = "blue",
    *,
    labels: Names = (),
    texts: Names = (),
    highlight: str = "",
    highlight_color: str = "red",
    horizontal: bool = False,
    thick: float = 0.7,
    offset: float = 0,
    label: str = "",
) -> Mark:
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
    return _mark(
        "bars",
        values=values,
        color=color,
        labels=labels,
        texts=texts,
        highlight=highlight,
        highlight_color=highlight_color,
        horizontal=horizontal,
        thick=thick,
        offset=offset,
        label=label,
    )


def heat(
    values: str,
    cmap: str = "gray_r",
    *,
    low: float | str | None = None,
    high: float | str | None = None,
    extent: tuple[float, float, float, float] | None = None,
    digits: int | None = None,
    columns: int = 0,
    alpha: float = 1,
) -> Mark:
    """Paint a matrix, shape (rows, columns), as coloured cells, or images, shape (n, h, w), tiled.

    Parameters
    ----------
    cmap : str
        ``"gray_r"`` ink on paper, ``"RdBu"`` both signs, ``"Blues"`` or ``"Oranges"`` amounts.
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
    return _mark(
        "heat",
        values=values,
        cmap=cmap,
        low=low,
        high=high,
        extent=extent,
        digits=digits,
        columns=columns,
        alpha=alpha,
    )


def text(
    xy: str,
    texts: Names,
    color: str = "ink",
    *,
    size: float = 13,
    align: str = "center",
    bold: bool = False,
) -> Mark:
    """Write a text at each point, shape (n, 2); ``align`` is "left", "center" or "right"."""
    return _mark("text", xy=xy, texts=texts, color=color, size=size, align=align, bold=bold)


def network(
    xy: str,
    edges: str,
    *,
    weights: str = "",
    values: str = "",
    texts: Names = (),
    labels: Names = (),
    radius: float = 17,
) -> Mark:
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
    return _mark(
        "network",
        xy=xy,
        edges=edges,
        weights=weights,
        values=values,
        texts=texts,
        labels=labels,
        radius=radius,
    )


def panel(
    title: str,
    marks: Sequence[Mark],
    *,
    x: Range | str = (0, 1),
    y: Range | str = (0, 1),
    xlabel: str = "",
    ylabel: str = "",
    xticks: Sequence[Any] | None = None,
    yticks: Sequence[Any] | None = None,
    equal: bool = False,
    axes: bool = True,
    grid: bool = True,
    legend: bool = False,
    left: float = 0,
    weight: float = 1,
) -> Panel:
    """Put marks, painted in this order, into one coordinate system.

    Parameters
    ----------
    title : str
        May hold ``{name}``, replaced by the text of that name.
    x, y : (first, last), or the name of two numbers
        Fixed limits, so that things move and axes do not.
    xticks, yticks : sequence, optional
        Numbers, or pairs (number, text); round numbers if not given, none if empty.
    equal : bool
        One unit is as long in x as in y.
    axes, grid, legend : bool
        Draw ticks and labels; grid lines; the marks' labels in a row below the title.
    left : float
        Room for what stands left of the axis, where the usual 34 pixels are too narrow.
    weight : float
        Share of the row's width.
    """
    return dict(locals())


def scene(
    rows: Sequence[Sequence[Panel]], *, ratio: float = 0.5, heights: Sequence[float] = ()
) -> Mark:
    """Lay out rows of panels.

    Parameters
    ----------
    ratio : float
        Height of the picture divided by its width.
    heights : sequence of float
        Share of each row; equal if not given.
    """
    return {"rows": rows, "ratio": ratio, "heights": list(heights) or [1] * len(rows)}


def names(scene: Mark) -> set[str]:
    """Return the names of all arrays that a scene needs."""
    fields = (
        "xy",
        "values",
        "edges",
        "weights",
        "highlight",
        "groups",
        "shades",
        "low",
        "high",
        "texts",
        "labels",
        "x",
        "y",
    )
    found: set[str] = set()
    for panel in (panel for row in scene["rows"] for panel in row):
        found.update(part.split("}")[0] for part in panel["title"].split("{")[1:])
        for holder in (panel, *panel["marks"]):
            found.update(holder[field] for field in fields if isinstance(holder.get(field), str))
    return found - {""}


def _mark(kind: str, **fields: Any) -> Mark:
    """Check the words that have a fixed choice, at once, where the explorer is written."""
    choices = {
        "dash": DASHES,
        "marker": MARKERS,
        "cmap": CMAPS,
        "align": ("left", "center", "right"),
    }
    choices |= dict.fromkeys(("color", "highlight_color"), PALETTES["light"])
    for field, allowed in choices.items():
        if field in fields and fields[field] not in allowed:
            raise ValueError(
                f"{kind}: {field} must be one of {', '.join(allowed)}. Received: {fields[field]!r}"
            )
    return {"kind": kind, **fields}
