"""Mistakes that any function can make: each is looked for in the same way in all exercises."""

from typing import Any

import numpy as np

from nbhelpers.exercises.checker.attempt import Outcome
from nbhelpers.exercises.checker.compare import Difference
from nbhelpers.exercises.checker.exercise import Mistake


def nothing_returned(outcome: Outcome, right: Outcome) -> Mistake | None:
    """Return whether ``None`` came back, and whether the result was printed instead."""
    if outcome.error or outcome.value is not None or right.value is None:
        return None
    if outcome.printed:
        return Mistake(
            "printed instead of returned",
            f"Your function prints {outcome.printed.strip()[:60]!r} and gives back None. Put "
            "return in the place of print: what is only printed cannot be used further.",
        )
    return Mistake(
        "nothing was returned",
        "A function without a return gives back None. Is the last line missing?",
    )


def argument_changed(outcome: Outcome) -> Mistake | None:
    """Return whether the function wrote into what it was given."""
    if not outcome.changed:
        return None
    return Mistake(
        f"the argument {outcome.changed} was changed",
        "What the caller handed over is different now. Operators such as -=, an assignment to "
        "x[...], out=x, or a list's pop and append write into it: make a new one (or a copy).",
    )


def generator_unused(outcome: Outcome, right: Outcome) -> Mistake | None:
    """Return whether chance was not asked, or another chance than the one that was given."""
    if outcome.error or not outcome.unused or right.unused:
        return None
    name = outcome.unused
    return Mistake(
        f"the generator {name} is not used",
        f"All chance should come from {name}: with the same seed the caller gets the same again. "
        "np.random.permutation and the like, or a new default_rng(), do not ask it.",
    )


def raised(outcome: Outcome, right: Outcome) -> Mistake | None:
    """Return whether an error came where none should, or none where one should."""
    error, wanted = outcome.error, right.error
    if wanted and not isinstance(error, type(wanted)):
        kind = type(wanted).__name__
        return Mistake(
            f"a {kind} should be raised here",
            f"This input cannot be right. Say so with raise {kind}(...).",
        )
    if error and not wanted:
        return Mistake(f"your function stopped with {_a(type(error).__name__)}", _about(error))
    return None


def overflow(outcome: Outcome, right: Outcome) -> Mistake | None:
    """Return whether infinity or nan came up, in the result or on the way."""
    if outcome.error or not (outcome.complaint or _lost(outcome.value, right.value)):
        return None
    if "divide" in outcome.complaint:
        return Mistake(
            "divided by zero", "Which number below a fraction, or inside a log, can become 0?"
        )
    if "invalid" in outcome.complaint:
        return Mistake(
            "nan came up",
            "Which line can divide 0 by 0, take the log or the root of a number below 0, or "
            "subtract infinity from infinity?",
        )
    return Mistake(
        "overflow",
        "A number became too large on the way (inf), or inf met inf (nan). Which exp gets a "
        "large input? Rearrange the formula so that it never does. (np.where computes both sides "
        "before it chooses.)",
    )


def wrong_kind(found: Difference) -> Mistake | None:
    """Return what is wrong with the type or the number of the returned values."""
    came, expected = type(found.came).__name__, type(found.expected).__name__
    floats = isinstance(found.expected, int) and isinstance(found.came, (float, np.floating))
    if found.kind == "type" and floats:
        return Mistake(
            "a float instead of an int",
            "Counting and indexing need whole numbers: range(3.0) fails. / always gives a float, "
            "and so does np.ceil; // stays whole, and int(...) cuts off the decimals.",
        )
    if found.kind == "type" and (expected, came) == ("ndarray", "list"):
        return Mistake(
            f"a list instead of {_a(expected)}",
            "Lists do not compute: l * 2 repeats a list. np.array(...) makes an array of it.",
        )
    if found.kind == "type":
        return Mistake(
            f"{_a(came)} instead of {_a(expected)}", "Look at what your last line returns."
        )
    if found.kind == "length":
        return Mistake(
            f"{len(found.came)} values instead of {len(found.expected)}",
            "Count what should be there, and look at the first and the last.",
        )
    return None


def wrong_shape(found: Difference) -> Mistake | None:
    """Return what is wrong with the shape."""
    if found.kind != "shape":
        return None
    came, expected = found.came.shape, found.expected.shape
    if came == tuple(n for n in expected if n != 1):
        return Mistake(
            "an axis of length 1 is lost",
            f"Received shape {came}, expected {expected}. A sum or a maximum takes its axis away, "
            "unless keepdims=True keeps it; so does x[0], where x[:1] keeps it.",
        )
    if came == expected[::-1]:
        return Mistake(
            "the axes are exchanged",
            f"Received shape {came}, expected {expected}. What does each axis count?",
        )
    return Mistake(
        "wrong shape",
        f"Received shape {came}, expected {expected}. Follow the shapes line by line.",
    )


def whole_numbers(found: Difference) -> Mistake | None:
    """Return whether decimals were cut off by an integer array."""
    if found.kind != "values" or not isinstance(found.came, np.ndarray):
        return None
    expected = np.asarray(found.expected)
    if found.came.dtype.kind not in "iub" or expected.dtype.kind != "f":
        return None
    if (expected == np.trunc(expected)).all():
        return None  # there are no decimals to cut off
    return Mistake(
        "an integer array cuts off the decimals",
        f"Your result has the dtype {found.came.dtype}. An array made like an integer array "
        "(np.zeros_like, .copy) holds whole numbers only: ask for dtype=float.",
    )


def _about(error: BaseException) -> str:
    if isinstance(error, UnboundLocalError):
        return "No line has given that variable a value yet. Is it set in a loop that never ran?"
    if isinstance(error, NameError):
        return "That name is not known yet. Run the cells above first, the import cell above all."
    if isinstance(error, TypeError) and "positional argument" in str(error):
        return "Keep the name and the arguments of the function as they were given."
    return "Read the message from its end; print the shapes in the line before."


def _lost(came: Any, expected: Any) -> bool:
    """Return whether numbers that should be finite are not."""
    if isinstance(expected, (tuple, list)) and isinstance(came, (tuple, list)):
        return any(map(_lost, came, expected))
    try:
        return bool(np.isfinite(expected).all() and not np.isfinite(came).all())
    except (TypeError, ValueError):  # no numbers, or rows of different lengths
        return False


def _a(kind: str) -> str:
    word = {"ndarray": "array", "float64": "number", "float": "number", "int": "number"}
    name = word.get(kind, kind)
    return f"{'an' if name[0] in 'aeiouAEIOU' else 'a'} {name}"
