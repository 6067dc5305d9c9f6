"""Figures of learning: curves, rows of images, confusion matrices."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes

from nbhelpers._types import Array
from nbhelpers.figures.base import COLORS, new, styled, table, texts
from nbhelpers.utils import numbers, shown, whole


@styled
def training_curves(
    history: Mapping[str, Sequence[float]], axes: Array | Axes | None = None
) -> Array:
    """Draw loss and metrics against the epoch, training solid with dots, validation dashed.

    Parameters
    ----------
    history : mapping of str to sequence of float
        ``History.history``: one value an epoch; names that start with ``val_`` are validation.
    axes : array of Axes, optional
        One for the loss and, where a metric was recorded, one for it; new ones if not given.

    Returns
    -------
    array of Axes, shape (1,) or (2,)
    """
    if not isinstance(history, Mapping):
        raise ValueError(
            "training_curves: history must be a dict of lists, as fit(...).history. "
            f"Received: {shown(history)}"
        )
    names = [name for name in map(str, history) if not name.startswith("val_")]
    if not names:
        raise ValueError("training_curves: history must hold at least one epoch. Received: {}")
    for name, values in history.items():
        if numbers("training_curves", f"history[{name!r}]", values).ndim != 1:
            raise ValueError(
                f"training_curves: history[{name!r}] must hold one number an epoch. "
                f"Received: {shown(values)}"
            )
    if axes is None:
        _, axes = new(1, len(names), width=5.0 * len(names), height=3.6)
    panels: Array = np.atleast_1d(np.asarray(axes))
    for ax, name in zip(panels, names, strict=True):
        for prefix, color, line, marker, label in (
            ("", COLORS[0], "-", "o", "training"),
            ("val_", COLORS[1], "--", "s", "validation"),
        ):
            values = history.get(prefix + name, [])
            if len(values):
                epochs = range(1, len(values) + 1)
                ax.plot(epochs, values, color=color, linestyle=line, marker=marker, label=label)
        title = f"{name.capitalize()}: no whole epoch yet"
        if len(history[name]):
            first, last = history[name][0], history[name][-1]
            title = f"{name.capitalize()}: from {first:.3f} to {last:.3f}"
        ax.set(title=title, xlabel="epoch", ylabel=name)
        ax.xaxis.get_major_locator().set_params(integer=True)
        if ax.lines:
            ax.legend()
    return panels


@styled
def image_grid(
    images: Array, titles: Sequence[str] = (), columns: int = 8, cmap: str = "gray_r"
) -> Array:
    """Draw small images in rows, each with a title of its own.

    Parameters
    ----------
    images : array, shape (n, height, width)
        All share one colour scale, from their least to their greatest value.
    titles : sequence of str, optional
        One title an image.
    columns : int
        Images in a row.
    cmap : str
        ``"gray_r"`` for ink on paper, ``"RdBu"`` for weights of both signs (zero is white).

    Returns
    -------
    array of Axes, shape (rows, columns)
    """
    images = table("image_grid", "images", images, "(n, height, width)")
    titles = texts("image_grid", "titles", titles, len(images), optional=True)
    columns = min(whole("image_grid", "columns", columns), len(images))
    rows = -(-len(images) // columns)
    _, axes = new(rows, columns, width=1.15 * columns, height=(1.4 if titles else 1.15) * rows)
    axes = np.asarray(axes).reshape(rows, columns)
    low, high = float(images.min()), float(images.max())
    if cmap == "RdBu":
        high = max(abs(low), abs(high))
        low = -high
    for k, ax in enumerate(axes.flat):
        ax.axis("off")
        if k < len(images):
            ax.imshow(images[k], cmap=cmap, vmin=low, vmax=high)
            if titles:
                ax.set_title(titles[k], fontsize=11, fontweight="normal", loc="center")
    return axes


@styled
def confusion(matrix: Array, class_names: Sequence[str], ax: Axes | None = None) -> Axes:
    """Draw a confusion matrix with its numbers; the diagonal, what was right, stays white.

    Parameters
    ----------
    matrix : array of int, shape (classes, classes)
        Row: the true class; column: the predicted class.
    class_names : sequence of str
    """
    matrix = table("confusion", "matrix", matrix, "(classes, classes)")
    if matrix.shape[0] != matrix.shape[1]:
        raise ValueError(
            f"confusion: matrix must have shape (classes, classes). Received: {matrix.shape}"
        )
    class_names = texts("confusion", "class_names", class_names, len(matrix))
    if ax is None:
        _, ax = new(width=5.4, height=4.7)
    wrong = np.where(np.eye(len(matrix), dtype=bool), 0, matrix)
    ax.imshow(wrong, cmap="Oranges", vmin=0, vmax=max(1, wrong.max()))
    for (row, column), count in np.ndenumerate(matrix):
        dark = wrong[row, column] > 0.6 * wrong.max() and wrong.max() > 0
        color = "white" if dark else (COLORS[0] if row == column else "black")
        weight = "bold" if row == column else "normal"
        ax.text(
            column, row, count, ha="center", va="center", color=color, fontsize=9, weight=weight
        )
    total, errors = int(matrix.sum()), int(wrong.sum())
    ax.set(title=f"{errors:,} of {total:,} wrong", xlabel="predicted class", ylabel="true class")
    ticks = range(len(class_names))
    ax.set_xticks(ticks, class_names)
    ax.set_yticks(ticks, class_names)
    ax.grid(False)
    return ax
