"""Softmax, naive and stable, in the number formats of a computer: where exp overflows."""

import numpy as np
from numpy.typing import ArrayLike

from nbhelpers.explorers.base import Explorer
from nbhelpers.explorers.controls import choice, slider
from nbhelpers.explorers.picture.marks import Bars, Panel, Scene
from nbhelpers.explorers.picture.words import fixed, say, scientific
from nbhelpers.explorers.types import Array, Arrays, Data, Fields, Presets, State, Value

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
PRESETS: Presets = {
    "[0.3, 2.9, 4.0]": BOOK | PLAIN,
    "[1010, 1000, 990]": PLAIN | {"z1": 10, "z2": 0, "z3": -10, "shift": 1000},
    "c = 12": BOOK | PLAIN | {"shift": 12},
    "c = 90": BOOK | PLAIN | {"shift": 90},
    "c = −1000": BOOK | PLAIN | {"shift": -1000},
}
SENTENCES = {
    "inf": "Overflow: in {dtype} exp(z) is infinite, and infinity / infinity is nan.",
    "zero": "Overflow: in {dtype} the sum of exp(z) is infinite, and divided by it all is 0.",
    "nan": "Underflow: in {dtype} every exp(z) is 0, and 0 / 0 is nan.",
    "fine": "In {dtype} the naive way holds: its sum is {naive:.4f}.",
    "stable": " Stable, T = {T:.1f}: [{shown}], sum {stable:.4f}; the largest share is {top:.4f}.",
}


def softmax(**start: Value) -> Explorer:
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
    frame: Fields = {
        "x": (-0.6, 2.6),
        "y": (0, 1.12),
        "xticks": [],
        "yticks": [0, 0.25, 0.5, 0.75, 1],
    }
    frame |= {"xlabel": "(z + c) / T", "ylabel": "probability"}
    naive = Bars("naive", "orange", labels="labels", texts="naive_texts")
    stable = Bars("stable", "blue", labels="labels", texts="stable_texts")
    left = Panel("naive: exp(z) / sum(exp(z))", [naive], **frame)
    right = Panel("stable: z − max(z) first", [stable], **frame)
    return Explorer(
        "softmax",
        about="Bars of the probabilities of three logits, by the naive and by the stable softmax.",
        controls=CONTROLS,
        presets=PRESETS,
        scene=Scene([[left, right]], ratio=0.45),
        arrays=arrays,
        data={"sentences": SENTENCES},
        start=start,
    )


def probabilities(z: Array, dtype: str) -> tuple[Array, Array]:
    """Return exp(z) and exp(z) / sum(exp(z)), each step rounded to the format; inf and nan stay.

    The steps run in float64 and are rounded, which is what a perfect NumPy of that format would
    do, and is the same on every machine.
    """
    with np.errstate(over="ignore", under="ignore", invalid="ignore", divide="ignore"):
        e = rounded(np.exp(z), dtype)
        return e, rounded(e / rounded(e.sum(), dtype), dtype)


def rounded(x: ArrayLike, dtype: str) -> Array:
    """Return what a number format keeps of x, as float64."""
    return np.asarray(x).astype(dtype).astype(np.float64)


def arrays(state: State, data: Data) -> Arrays:
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
        "text": words(e, naive, stable, state),
    }


def words(e: Array, naive: Array, stable: Array, state: State) -> str:
    """Say whether the naive way failed, and why; and what the stable one gives at T."""
    if not np.isfinite(e.sum()):
        kind = "inf"
    elif not naive.any():
        kind = "zero"
    else:
        kind = "nan" if np.isnan(naive).any() else "fine"
    shown = ", ".join(scientific(p, 4) if 0 < p < 1e-4 else fixed(p, 4) for p in stable)
    sums = {"naive": naive.sum(), "stable": stable.sum(), "top": stable.max()}
    more = {"shown": shown, "dtype": state["dtype"], "T": state["temperature"]}
    return say(SENTENCES[kind] + SENTENCES["stable"], **sums, **more)
