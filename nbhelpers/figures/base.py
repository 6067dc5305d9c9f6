"""One look for the whole course, and a picture that carries its own words."""

import functools
import io
from collections.abc import Callable, Mapping
from typing import Any, ParamSpec, TypeVar, cast, overload

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from nbhelpers import _colors
from nbhelpers._types import Array
from nbhelpers.utils import numbers, shown

COLORS = tuple(_colors.COLORS.values())
LINES = ("-", "--", "-.", ":", (0, (5, 1)), (0, (1, 1)), (0, (3, 1, 1, 1)))
MARKERS = ("o", "s", "^", "D", "v", "P", "X")

STYLE: dict[str, Any] = {
    "figure.facecolor": "white",  # opaque: readable anywhere; scene.css turns it in a dark theme
    "figure.dpi": 100,
    "axes.facecolor": "white",
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 13,
    "axes.titleweight": "bold",
    "axes.labelsize": 12,
    "xtick.labelsize": 11,
    "ytick.labelsize": 11,
    "legend.fontsize": 11,
    "legend.frameon": False,
    "grid.color": "#d9d9d9",
    "lines.linewidth": 2.0,
    "lines.markersize": 6,
    "font.size": 12,
}


P = ParamSpec("P")
R = TypeVar("R")


def styled(draw: Callable[P, R]) -> Callable[P, R]:
    """Draw in the course's style, and leave matplotlib's own settings as they were."""

    @functools.wraps(draw)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        with mpl.rc_context(cast(Any, STYLE)):
            return draw(*args, **kwargs)

    return wrapper


@overload
def new(*, width: float = 7.0, height: float = 4.0) -> tuple[Figure, Axes]: ...


@overload
def new(
    rows: int, columns: int, width: float = 7.0, height: float = 4.0
) -> tuple[Figure, Array]: ...


@styled
def new(
    rows: int = 1, columns: int = 1, width: float = 7.0, height: float = 4.0
) -> tuple[Figure, Any]:
    """Make an empty figure in the course's style, outside pyplot.

    Parameters
    ----------
    rows, columns : int
        Number of panels.
    width, height : float
        Size in inches; the picture has 100 dots per inch.

    Returns
    -------
    figure : matplotlib.figure.Figure
    axes : matplotlib.axes.Axes, or an array of them
        Shape () for one panel, else as in ``matplotlib.pyplot.subplots``.
    """
    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, figure.subplots(rows, columns)


class Picture:
    """A drawn figure with its alternative text; a notebook shows it, a reader program speaks it."""

    def __init__(self, figure: Figure, alt: str) -> None:
        if not isinstance(alt, str) or not alt.strip():
            raise ValueError(
                f"show: alt must say in words what the picture shows. Received: {shown(alt)}"
            )
        self.figure, self.alt = figure, " ".join(alt.split())

    @styled
    def png(self) -> bytes:
        """Return the picture as PNG bytes, in 256 colours: a third of the size, and none missed."""
        buffer = io.BytesIO()
        canvas = FigureCanvasAgg(self.figure)
        canvas.draw()  # type: ignore[no-untyped-call]
        pixels = np.asarray(canvas.buffer_rgba())  # type: ignore[no-untyped-call]
        image = Image.fromarray(pixels).convert("RGB")
        image.quantize(256, dither=Image.Dither.NONE).save(buffer, format="png")
        return buffer.getvalue()

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data = {"image/png": self.png(), "text/plain": self.alt}
        return data, {"image/png": {"alt": self.alt}}

    def __repr__(self) -> str:
        return self.alt


def show(drawn: Axes | Figure | Array, alt: str) -> Picture:
    """Return a picture of the figure that holds ``drawn``, to end a cell with.

    Parameters
    ----------
    drawn : Axes, Figure, or array of Axes
    alt : str
        What the picture shows, in one or two sentences.

    Raises
    ------
    ValueError
        If ``alt`` is empty, or ``drawn`` is no drawing.
    """
    parts = drawn.ravel().tolist() if isinstance(drawn, np.ndarray) else [drawn]
    if not parts or not all(isinstance(part, Axes | Figure) for part in parts):
        raise ValueError(f"show: drawn must be what a figure returned. Received: {shown(drawn)}")
    return Picture(figure_of(drawn), alt)


def figure_of(drawn: Axes | Figure | Array) -> Figure:
    """Return the figure that Axes, or an array of them, are drawn in."""
    first = drawn.flat[0] if isinstance(drawn, np.ndarray) else drawn
    return first if isinstance(first, Figure) else cast(Figure, first.get_figure(root=True))


# What is to be drawn ----------------------------------------------------------------------------


def table(where: str, name: str, value: Any, shape: str) -> Array:
    """Return numbers as an array with as many axes as there are words in the shape.

    Raises
    ------
    ValueError
        If they are no numbers, or have another rank, or there are none.

    Examples
    --------
    >>> table("image_grid", "images", np.zeros((1, 28, 28)), "(n, height, width)").shape
    (1, 28, 28)
    """
    array = numbers(where, name, value)
    if array.ndim != len(shape.split(",")) - shape.endswith(",)") or not array.size:
        raise ValueError(f"{where}: {name} must have shape {shape}. Received: {array.shape}")
    return array


def along(where: str, name: str, value: Any) -> Array:
    """Return numbers along a curve as a vector; the one column that ``predict`` returns is one.

    Raises
    ------
    ValueError
        If they are no numbers, or no row of them.
    """
    array = numbers(where, name, value)
    if array.ndim == 2 and array.shape[1] == 1:
        array = array[:, 0]
    if array.ndim != 1:
        raise ValueError(f"{where}: {name} must be a row of numbers. Received: {shown(value)}")
    return array


def texts(where: str, name: str, value: Any, n: int, optional: bool = False) -> list[str]:
    """Return n words, one for each thing that is drawn; or none at all, where they are optional.

    Raises
    ------
    ValueError
        If they are others, or not so many.
    """
    words = list(value) if isinstance(value, list | tuple | range | str) else [None]
    right = len(words) == n or (optional and not words)
    if not right or not all(isinstance(word, str | int) for word in words):
        raise ValueError(f"{where}: {name} must hold {n} texts. Received: {shown(value)}")
    return [str(word) for word in words]


def by_name(where: str, name: str, value: Any) -> dict[Any, Any]:
    """Return things to draw by their names, at least one.

    Raises
    ------
    ValueError
        If it is no dict, or an empty one.
    """
    if not isinstance(value, Mapping) or not value:
        raise ValueError(
            f"{where}: {name} must be a dict of what is drawn, by name. Received: {shown(value)}"
        )
    return dict(value)
