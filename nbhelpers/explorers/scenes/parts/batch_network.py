"""The arrays of a 784-512-10 network as boxes, for a batch of any size."""

import math

import numpy as np

from nbhelpers.explorers.picture.marks import Mark, Polygons, Text
from nbhelpers.explorers.scenes.parts.boxes import box
from nbhelpers.explorers.types import Arrays

# From left to right, in a panel of 14 x 4.6: what stands where.
NETWORK = {
    "parameters": np.array([box(4.0, 0.9, 1.7, 2.6), box(10.4, 1.35, 0.5, 1.7)]),
    "step_xy": np.array([(x, 2.2) for x in (3.45, 6.65, 9.85, 11.95)]),
    "name_xy": np.array([(x, 4.2) for x in (1.6, 4.85, 8.45, 10.65, 13.25)]),
    "shape_xy": np.array([(x, 0.2) for x in (1.6, 4.85, 8.45, 10.65, 13.25)]),
}


def network_marks() -> list[Mark]:
    """Return the marks of the network: data follow the batch, parameters (dashed) stay."""
    return [
        Polygons("parameters", "orange", alpha=0.15, dash="--"),
        Polygons("flow", "blue", alpha=0.3),
        Text("step_xy", ["@", "+ b₁, relu", "@", "+ b₂, softmax"], "muted", size=13),
        Text("name_xy", ["x", "W₁", "h", "W₂", "y"], size=15, bold=True),
        Text("shape_xy", "shapes", size=13),
    ]


def network_boxes(size: int) -> Arrays:
    """Return the boxes and shapes of one batch; a box grows with the logarithm of its size."""
    tall = 0.3 + 0.26 * math.log2(size)
    flow = [(0.3, 2.6), (7.6, 1.7), (13.0, 0.5)]
    return {
        "flow": np.array([box(x, 2.2 - tall / 2, wide, tall) for x, wide in flow]),
        "shapes": [f"({size}, 784)", "(784, 512)", f"({size}, 512)", "(512, 10)", f"({size}, 10)"],
    }
