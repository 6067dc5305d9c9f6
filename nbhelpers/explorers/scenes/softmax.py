"""Softmax, naive and stable, in the number formats of a computer: where exp overflows."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from nbhelpers.explorers.base import Explorer
from nbhelpers.explorers.controls import choice, slider
from nbhelpers.explorers.marks import bars, panel, scene
from nbhelpers.explorers.words import fixed, scientific

CONTROLS = {
    "z1": slider("logit z₁", -10, 10, 0.1, 0.3),
    "z2": slider("logit z₂", -10, 10, 0.1, 2.9),
    "z3": slider("logit z₃", -10, 10, 0.1, 4),
    "shift": slider("constant c, added to each", -1000, 1000, 1, 0),
    "temperature": slider("temperature T", 0.1, 5, 0.1, 1),
    "dtype": choice("number format", ["float16", "float32", "float64"], "float64", look="buttons"),
}
PLAIN = {"shift": 0, "temperature": 1}
BOOK = {"z1": 0.3, "z2": 2.9, "z3": 4}
PRESETS = {
    "[0.3, 2.9, 4.0]": BOOK | PLAIN,
    "[1010, 1000, 990]": PLAIN | {"z1": 10, "z2": 0, "z3": -10, "shift": 1000},
    "c = 12": BOOK | PLAIN | {"shift": 12},
    "c = 90": BOOK | PLAIN | {"shift": 90},
    "c = −1000": BOOK | PLAIN | {"shift": -1000},
}


def softmax(**start: Any) -> Explorer:
    """Show softmax((z + c) / T) of three logits, naive and stable, side by side.

    Parameters
    ----------
    **start : float or str
        Values to start with: ``z1``, ``z2``, ``z3``, ``shift``, ``temperature``, ``dtype``.

    Examples
    --------
    >>> softmax().arrays()["stable"].round(8)
    array([0.01821127, 0.24519181, 0.73659691])
    """
    frame = {"x": (-0.6, 2.6), "y": (0, 1.12), "xticks": [], "yticks": [0, 0.25, 0.5, 0.75, 1]}
    frame |= {"xlabel": "(z + c) / T", "ylabel": "probability"}
    naive = bars("naive", "orange", labels="labels", texts="naive_texts")
    stable = bars("stable", "blue", labels="labels", texts="stable_texts")
    left = panel("naive: exp(z) / sum(exp(z))", [naive], **frame)
    right = panel("stable: z − max(z) first", [stable], **frame)
    return Explorer(
        "softmax",
        about="Bars of the probabilities of three logits, by the naive and by the stable softmax.",
        controls=CONTROLS,
        presets=PRESETS,
        scene=scene([[left, right]], ratio=0.45),
        arrays=arrays,
        start=start,
    )


def probabilities(z: np.ndarray, dtype: str) -> tuple[np.ndarray, np.ndarray]:
    """Return exp(z) and exp(z) / sum(exp(z)), each step rounded to the format; inf and nan stay.

    The steps run in float64 and are rounded, which is what a perfect NumPy of that format would
    do, and is the same on every machine.
    """
    with np.errstate(over="ignore", under="ignore", invalid="ignore", divide="ignore"):
        e = rounded(np.exp(z), dtype)
        return e, rounded(e / rounded(e.sum(), dtype), dtype)


def rounded(x: Any, dtype: str) -> np.ndarray:
    """Return what a number format keeps of x, as float64."""
    return np.asarray(x).astype(dtype).astype(np.float64)


def arrays(state: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """Compute both ways; that one of them overflows is what is shown."""
    dtype = state["dtype"]
    z = rounded([state["z1"], state["z2"], state["z3"]], dtype)
    z = rounded(rounded(z + state["shift"], dtype) / rounded(state["temperature"], dtype), dtype)
    e, naive = probabilities(z, dtype)
    _, stable = probabilities(rounded(z - z.max(), dtype), dtype)
    return {
        "exp": e,
        "naive": naive,
        "stable": stable,
        "naive_texts": ["nan" if np.isnan(p) else fixed(p, 4) for p in naive],
        "stable_texts": [fixed(p, 4) for p in stable],
        "labels": [fixed(value, 1) for value in z],
        "text": words(e, naive, stable, dtype),
    }


def words(e: np.ndarray, naive: np.ndarray, stable: np.ndarray, dtype: str) -> str:
    """Say whether the naive way failed, and why."""
    if np.isinf(e).any() or np.isinf(e.sum()):
        first = f"Overflow: in {dtype} exp(z) is infinite, and infinity / infinity is nan."
    elif not naive.any():
        first = f"Overflow: in {dtype} the sum of exp(z) is infinite, and divided by it all is 0."
    elif np.isnan(naive).any():
        first = f"Underflow: in {dtype} every exp(z) is 0, and 0 / 0 is nan."
    else:
        first = f"In {dtype} the naive way holds: its sum is {fixed(float(naive.sum()), 4)}."
    shown = ", ".join(scientific(p, 4) if 0 < p < 1e-4 else fixed(p, 4) for p in stable)
    return f"{first} Stable: [{shown}], sum {fixed(float(stable.sum()), 4)}."
