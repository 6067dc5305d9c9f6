"""Curves that grow while the network learns: SVG text, drawn in a tenth of a millisecond."""

import html
import math
from collections.abc import Mapping, Sequence

from nbhelpers._colors import COLORS
from nbhelpers.callbacks.base import Callback, Logs

Curve = Sequence[tuple[float, float]]

WIDTH, HEIGHT = 360, 220
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 30, 36


class LivePlot(Callback):
    """Curves of loss and metrics that grow while the network learns, in a notebook.

    Each dot is a mean over the latest twentieth of an epoch, so that the curve shows the network
    as it is now; the progress bar shows the mean of the whole epoch. Validation is dashed.
    """

    points = 20  # an epoch

    def on_train_begin(self, logs: Logs | None = None) -> None:
        """Put empty axes on the screen."""
        # Loaded late, and only where there is something to show it on.
        import ipywidgets
        from IPython.display import display

        self.curves: dict[str, list[tuple[float, float]]] = {}
        self._view = ipywidgets.HTML()
        display(self._view)  # type: ignore[no-untyped-call]

    def on_epoch_begin(self, epoch: int, logs: Logs | None = None) -> None:
        """Start the first twentieth."""
        self._epoch, self._from = epoch, 0
        self._sums: Logs = {}

    def on_train_batch_end(self, batch: int, logs: Logs | None = None) -> None:
        """Add a dot at the end of each twentieth."""
        done, steps = batch + 1, self.params["steps"]
        if done < steps and done % max(1, steps // self.points):
            return
        # logs are means since the epoch began: the difference of two sums is the latest part.
        sums = {name: mean * done for name, mean in (logs or {}).items()}
        for name, total in sums.items():
            latest = (total - self._sums.get(name, 0.0)) / (done - self._from)
            self._add(name, self._epoch + done / steps, latest)
        self._from, self._sums = done, sums
        self._draw()

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        """Add what was evaluated after the epoch."""
        for name, value in (logs or {}).items():
            if name.startswith("val_"):
                self._add(name, epoch + 1, value)
        self._draw()

    def _add(self, name: str, epoch: float, value: float) -> None:
        if math.isfinite(value):
            self.curves.setdefault(name, []).append((epoch, value))

    def _draw(self) -> None:
        self._view.value = curves_svg(self.curves, self.params["epochs"])


def curves_svg(curves: Mapping[str, Curve], epochs: int) -> str:
    """Draw each quantity in a panel of its own, training solid, validation dashed with squares.

    Parameters
    ----------
    curves : mapping of str to list of (epoch, value)
        ``"loss"``, each metric, and their ``val_`` twins.
    epochs : int
        Where the axis ends.

    Returns
    -------
    str
        One ``<svg>``; its colours follow JupyterLab's theme, its ``aria-label`` says it in words.

    Examples
    --------
    >>> "loss 0.2500" in curves_svg({"loss": [(0.5, 0.5), (1.0, 0.25)]}, epochs=2)
    True
    """
    names = [name for name in curves if not name.startswith("val_")]
    panels = "".join(
        f'<g transform="translate({k * WIDTH} 0)">{_panel(name, curves, epochs)}</g>'
        for k, name in enumerate(names)
    )
    words = ", ".join(_latest(name, curve) for name, curve in curves.items())
    width = WIDTH * max(1, len(names))
    return (
        f'<svg role="img" aria-label="Training curves. {words}" viewBox="0 0 {width} {HEIGHT}" '
        f'style="width: 100%; max-width: {width}px; font: 12px sans-serif; '
        f'color: var(--jp-ui-font-color1, #333)" fill="currentColor">{panels}</svg>'
    )


def _latest(name: str, curve: Curve) -> str:
    return f"{html.escape(name)} {curve[-1][1]:.4f}"


def _panel(name: str, curves: Mapping[str, Curve], epochs: int) -> str:
    """Draw the axes, and the curve of training and that of validation."""
    shown = {key: curves[key] for key in (name, f"val_{name}") if curves.get(key)}
    values = [value for curve in shown.values() for _, value in curve]
    low, high = min(values), max(values)
    if name == "loss":
        low = 0.0
    span = (high - low) or 1.0

    def place(epoch: float, value: float) -> tuple[float, float]:
        x = LEFT + (WIDTH - LEFT - RIGHT) * epoch / epochs
        return x, TOP + (HEIGHT - TOP - BOTTOM) * (1 - (value - low) / span)

    title = " · ".join(_latest(key, curve) for key, curve in shown.items())
    parts = [f'<text x="{LEFT}" y="16" font-weight="bold">{title}</text>']
    for value in (low, low + span / 2, low + span):
        x, y = place(epochs, value)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{x:.1f}" stroke="currentColor" opacity=".2"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{value:.2f}</text>')
    for epoch in range(0, epochs + 1, -(-epochs // 10)):
        x, _ = place(epoch, low)
        parts.append(f'<text x="{x:.1f}" y="{HEIGHT - 18}" text-anchor="middle">{epoch}</text>')
    middle = (LEFT + WIDTH - RIGHT) / 2
    parts.append(f'<text x="{middle}" y="{HEIGHT - 3}" text-anchor="middle">epoch</text>')
    parts += [_line([place(*point) for point in curve], key) for key, curve in shown.items()]
    return "".join(parts)


def _line(points: Curve, name: str) -> str:
    """Draw one curve; a second cue goes with the colour."""
    validation = name.startswith("val_")
    color, dash = (COLORS["red"], ' stroke-dasharray="6 4"') if validation else (COLORS["blue"], "")
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    line = f'<path d="M{path}" fill="none" stroke="{color}" stroke-width="2"{dash}/>'
    if not validation:
        return line
    return line + "".join(
        f'<rect x="{x - 3:.1f}" y="{y - 3:.1f}" width="6" height="6" fill="{color}"/>'
        for x, y in points
    )
