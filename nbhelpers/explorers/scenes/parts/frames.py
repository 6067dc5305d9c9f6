"""An explorer with few states: Python computes the picture of each, the browser looks it up."""

from collections.abc import Callable
from pathlib import Path

from nbhelpers.explorers.controls import Control
from nbhelpers.explorers.types import Arrays, Data, State

MODULE = Path(__file__).with_suffix(".js").read_text("utf-8")


def frames(name: str, control: Control, frame: Callable[[str], Arrays]) -> Arrays:
    """Return the data of an explorer: for each value of its one control, what it shows there."""
    return {"by": name, "frames": {value: frame(value) for value in control.values()}}


def arrays(state: State, data: Data) -> Arrays:
    """Look the picture up."""
    return dict(data["frames"][state[data["by"]]])
