"""Plain arrays in, matplotlib Axes out; one look for the whole course, and no global state.

Each function draws on the Axes it is given, or on a new one, and returns it. Nothing is shown:
``show(axes, alt="...")`` turns the figure into a picture with a text for those who cannot see it.
"""

from nbhelpers.figures.base import COLORS, LINES, MARKERS, STYLE, Picture, new, show
from nbhelpers.figures.learning import confusion, image_grid, training_curves

__all__ = [
    "COLORS",
    "LINES",
    "MARKERS",
    "STYLE",
    "Picture",
    "confusion",
    "image_grid",
    "new",
    "show",
    "training_curves",
]
