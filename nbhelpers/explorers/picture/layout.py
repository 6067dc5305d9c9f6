"""Where a scene's panels and ticks go, in pixels; ``layout.js`` has the same layout."""

import math
from collections.abc import Iterator, Sequence

from nbhelpers.explorers.picture.marks import Panel, Scene, Ticks

Box = tuple[float, float, float, float]  # left, top, width, height in pixels, from the top left


def layout(scene: Scene, box: Box) -> Iterator[tuple[Panel, Box]]:
    """Yield each panel with the box of its cell: rows by height, then panels by weight."""
    left, top, width, height = box
    heights = scene.heights or [1] * len(scene.rows)
    for share, row in zip(heights, scene.rows, strict=True):
        h = height * share / sum(heights)
        x = left
        for panel in row:
            w = width * panel.weight / sum(panel.weight for panel in row)
            yield panel, (x, top, w, h)
            x += w
        top += h


def plot_box(panel: Panel, cell: Box, x: Sequence[float], y: Sequence[float]) -> Box:
    """Return the box inside a cell that holds the marks: what titles and labels leave."""
    left, top, width, height = cell
    above = (30 if panel.title else 8) + (22 if panel.legend else 0)
    below = (22 + 18 * bool(panel.xlabel)) if panel.axes else 8
    before = panel.left or (40 if panel.axes else 8)
    before += 18 * bool(panel.axes and panel.ylabel)
    w, h = width - before - 12, height - above - below
    if panel.equal:
        scale = min(w / abs(x[1] - x[0]), h / abs(y[1] - y[0]))
        w, h = scale * abs(x[1] - x[0]), scale * abs(y[1] - y[0])
    return left + before, top + above, w, h


def ticks(given: Ticks | None, limits: Sequence[float], pixels: float) -> list[tuple[float, str]]:
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
