"""Plain arrays in, matplotlib Axes out; one look for the whole course, and no global state.

Each function draws on the Axes it is given, or on a new one, and returns it. Nothing is shown:
``show(axes, alt="...")`` turns the figure into a picture with a text for those who cannot see it.
"""

from nbhelpers.figures.base import COLORS, LINES, MARKERS, STYLE, Picture, new, show
from nbhelpers.figures.course import course_map
from nbhelpers.figures.descent import chain, gradient_clouds, heat_table, line_chart
from nbhelpers.figures.functions import (
    bar_panels,
    function_curves,
    network_diagram,
    neuron_diagram,
    planes,
    signal_stages,
)
from nbhelpers.figures.handwriting import reading, reading_alt
from nbhelpers.figures.learning import confusion, image_grid, training_curves
from nbhelpers.figures.shapes import (
    boxes,
    memory_bars,
    pixels,
    product,
    projection,
    ranks,
    vector_sum,
)
from nbhelpers.figures.toy import toy

__all__ = [
    "COLORS",
    "LINES",
    "MARKERS",
    "STYLE",
    "Picture",
    "bar_panels",
    "boxes",
    "chain",
    "confusion",
    "course_map",
    "function_curves",
    "gradient_clouds",
    "heat_table",
    "image_grid",
    "line_chart",
    "memory_bars",
    "network_diagram",
    "neuron_diagram",
    "new",
    "pixels",
    "planes",
    "product",
    "projection",
    "ranks",
    "reading",
    "reading_alt",
    "show",
    "signal_stages",
    "toy",
    "training_curves",
    "vector_sum",
]
