"""Sliders that move mathematics: ``explorers.affine()``, ``explorers.softmax()``, and their kin.

Each is one page in ``scenes/``: its controls, one pure function ``state -> arrays`` and a picture
described as data. The browser computes and paints the same arrays, so that no slider needs a
kernel; Python draws the stored picture and the static twin from them.
"""

import importlib
from typing import Any

from nbhelpers.explorers.base import Explorer  # loads ipywidgets and matplotlib, here, not later

NAMES = (  # in the order of the lessons
    "tensor",
    "crop",
    "affine",
    "relu_fold",
    "broadcast",
    "two_layers",
    "uncrumple",
    "activation",
    "neuron",
    "playground",
    "deep_chain",
    "softmax",
    "signal_flow",
    "draw_digit",
    "batch",
    "descent",
    "time_machine",
    "optimizer_race",
)

__all__ = ["NAMES", "Explorer", *NAMES]


def __getattr__(name: str) -> Any:
    """Load an explorer when it is first named (PEP 562)."""
    if name in NAMES:
        return getattr(importlib.import_module(f"nbhelpers.explorers.scenes.{name}"), name)
    raise AttributeError(f"module 'nbhelpers.explorers' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
