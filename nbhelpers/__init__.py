"""The engine behind *Tensors to Digits*: a small network library in plain NumPy, in Keras's idiom.

``import nbhelpers`` loads nothing but this page; each part is loaded when it is first named:
``nbhelpers.layers.Dense``, ``from nbhelpers import models``, ``nbhelpers.Sequential``.
"""

import importlib
import sys
from typing import Any

__version__ = "0.2.0"

_MODULES = (
    "activations",
    "batching",
    "callbacks",
    "checkup",
    "claims",
    "datasets",
    "exercises",
    "explorers",
    "figures",
    "geometry",
    "gradcheck",
    "initializers",
    "layers",
    "losses",
    "metrics",
    "models",
    "optimizers",
    "sweep",
    "tensors",
    "threads",
    "utils",
)

_ON_TOP = {"Input": "layers", "Sequential": "models"}

__all__ = ["Input", "Sequential", "__version__", *_MODULES]

# At once: it answers imports of what Keras has and this package has not.
_absent = importlib.import_module("nbhelpers._out")


def __getattr__(name: str) -> Any:
    """Load a part of the package when it is first named (PEP 562)."""
    if name in _MODULES:
        return importlib.import_module(f"nbhelpers.{name}")
    if name in _ON_TOP:
        return getattr(importlib.import_module(f"nbhelpers.{_ON_TOP[name]}"), name)
    words = _absent.sentence("", name) or f"module 'nbhelpers' has no attribute {name!r}"
    raise AttributeError(words, name=name, obj=sys.modules[__name__])


def __dir__() -> list[str]:
    return sorted(__all__)
