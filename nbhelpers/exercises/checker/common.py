"""Mistakes that any function can make: each is looked for in the same way in all exercises."""

from typing import Any

import numpy as np

from nbhelpers.exercises.checker.attempt import Outcome
from nbhelpers.exercises.checker.compare import Closeness, Difference
from nbhelpers.exercises.checker.exercise import Mistake
from nbhelpers.exercises.checker.observe import observed
from nbhelpers.exercises.checker.plain import Failure, Other

ONE_QUESTION = Mistake(
    "one yes or no for a whole array",
    "if, while, and, or, max and min want a single yes or no, and a comparison of an array gives "
    "one for each entry. np.where chooses entry by entry, and in a product True counts as 1.",
)
OF_ERRORS = {
    "UnboundLocalError": "No line has given that variable a value yet. Is it set in a loop that "
    "never ran?",
    "NameError": "That name is not known yet. Run the cells above first, the import cell above "
    "all.",
    "RecursionError": "Your function calls itself again and again. Which call should be the last?",
}
OF_CHANCE = {
    "unused": Mistake(
        "the generator {} is not used",
        "All chance should come from {}: with the same seed the caller gets the same again. "
        "np.random.permutation and the like, or a new default_rng(), do not ask it.",
    ),
    "ignored": Mistake(
        "what came does not depend on {}",
        "You ask {} for numbers, but another seed gives the same result. Is the order drawn by "
        "another generator, such as a new default_rng(0)?",
    ),
    "another": Mistake(
        "the same seed gives another result",
        "There is chance in it that does not come from {}: np.random.permutation and the like, "
        "random.shuffle, or a new default_rng(). Draw all of it from {}.",
    ),
}


def nothing_returned(outcome: Outcome, right: Outcome) -> Mistake | None:
    """Return whether ``None`` came back, and whether something was printed instead."""
    if outcome.error or outcome.value is not None or right.value is None:
        return None
    if outcome.printed.strip():
        return Mistake(
            "nothing was returned, only printed",
            f"Your function prints {outcome.printed.strip()[:60]!r} and gives back None. What is "
            "only printed cannot be used further: end with return and the result.",
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


def wrong_chance(outcome: Outcome, right: Outcome, name: str) -> Mistake | None:
    """Return whether chance came from elsewhere than from the generator of that name."""
    if outcome.error or not outcome.chance or right.chance:
        return None
    mistake = OF_CHANCE[outcome.chance]
    return Mistake(mistake.name.format(name), mistake.hint.format(name, name))


def raised(outcome: Outcome, right: Outcome) -> Mistake | None:
    """Return whether an error came where none should, or none where one should."""
    error, wanted = outcome.error, right.error
    if wanted and not (error and wanted.kind in error.kinds):
        return Mistake(
            f"a {wanted.kind} should be raised here",
            f"This input cannot be right. Say so with raise {wanted.kind}(...).",
        )
    if error and not wanted:
        if "truth value of an array" in error.text:
            return ONE_QUESTION
        return Mistake(f"your function stopped with {_a(error.kind)}", _about(error))
    return None


def complaint(outcome: Outcome, right: Outcome) -> Mistake | None:
    """Return what NumPy complained about on the way, or what became of the numbers."""
    if outcome.error:
        return None
    if "divide" in outcome.complaint:
        return Mistake(
            "divided by zero, or the log of 0",
            "Which number below a fraction, or inside a log, can become 0?",
        )
    if "invalid" in outcome.complaint:
        return Mistake(
            "nan came up",
            "Which line can divide 0 by 0, take the log or the root of a number below 0, or "
            "subtract infinity from infinity?",
        )
    if outcome.complaint:
        return Mistake(
            "overflow",
            "A number became too large on the way. Which exp gets a large input, or which small "
            "dtype a large number? Rearrange the formula so that it never does. (np.where computes "
            "both sides before it chooses.)",
        )
    if _lost(outcome.value, right.value):
        return Mistake(
            "nan or infinity came back",
            "All numbers should be finite here. Print what your lines give one after the other: "
            "where does the first nan or inf come up?",
        )
    return None


def wrong_kind(found: Difference, close: Closeness) -> Mistake | None:
    """Return what is wrong with the type or the number of the returned values."""
    if found.kind == "length":
        values = "1 value" if len(found.came) == 1 else f"{len(found.came)} values"
        return Mistake(
            f"{values} instead of {len(found.expected)}",
            "Count what should be there, and look at the first and the last.",
        )
    if found.kind not in ("type", "dtype"):
        return None
    came, expected = _kind(found.came), _kind(found.expected)
    if isinstance(found.expected, int) and isinstance(found.came, (float, np.floating)):
        return Mistake(
            "a float instead of an int",
            "Counting and indexing need whole numbers: range(3.0) fails. / always gives a float, "
            "and so does np.ceil; // stays whole, and int(...) cuts off the decimals.",
        )
    return Mistake(f"{_a(came)} instead of {_a(expected)}", _about_kinds(found, close))


def wrong_shape(found: Difference, close: Closeness) -> Mistake | None:
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
    if "rows and columns exchanged" in observed(found, close):
        return Mistake(
            "the axes are exchanged",
            f"Received shape {came}, expected {expected}. What does each axis count?",
        )
    if 0 in expected and 0 in came:
        return Mistake(
            "wrong shape where there is nothing",
            f"Received shape {came}, expected {expected}. A loop over no rows is right, but "
            "np.array([]) does not know how many columns there are.",
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
    if found.came.dtype.kind not in "iu" or expected.dtype.kind != "f":
        return None
    if not np.isfinite(expected).all() or not (found.came == np.trunc(expected)).all():
        return None
    return Mistake(
        "an integer array cuts off the decimals",
        f"Your result has the dtype {found.came.dtype}. int(...), astype(int), and an array made "
        "like an integer array (np.zeros_like, .copy) hold whole numbers only: ask for "
        "dtype=float.",
    )


def has_decimals(value: Any) -> bool:
    """Return whether a result is an array of decimals, of which one is no whole number."""
    is_array = isinstance(value, np.ndarray) and value.dtype.kind == "f"
    return is_array and bool((value[np.isfinite(value)] % 1 != 0).any())


def is_whole(value: Any) -> bool:
    """Return whether a value is an array of whole numbers."""
    return isinstance(value, np.ndarray) and value.dtype.kind in "iu"


def _about(error: Failure) -> str:
    if error.kind in OF_ERRORS:
        return OF_ERRORS[error.kind]
    if "TypeError" in error.kinds and "positional argument" in error.text:
        return "Keep the name and the arguments of the function as they were given."
    return "Read the message from its end; print the shapes in the line before."


def _about_kinds(found: Difference, close: Closeness) -> str:
    if _kind(found.expected) == "ndarray" and isinstance(found.came, (list, tuple)):
        return "Lists do not compute: l * 2 repeats a list. np.array(...) makes an array of it."
    if isinstance(found.came, (list, tuple)) and isinstance(found.expected, (list, tuple)):
        kind = _kind(found.expected)
        return f"Look at what your last line returns. {kind}(...) makes {_a(kind)} of it."
    return "Look at what your last line returns."


def _lost(came: Any, expected: Any) -> bool:
    """Return whether numbers that should be finite are not."""
    if isinstance(expected, (tuple, list)) and isinstance(came, (tuple, list)):
        return any(map(_lost, came, expected))
    try:
        return bool(np.isfinite(expected).all() and not np.isfinite(came).all())
    except (TypeError, ValueError):  # no numbers, or rows of different lengths
        return False


def _kind(value: Any) -> str:
    if isinstance(value, (np.number, int, float)) and not isinstance(value, bool):
        return "number"
    return value.kind if isinstance(value, Other) else type(value).__name__


def _a(kind: str) -> str:
    name = "array" if kind == "ndarray" else kind
    return f"{'an' if name[0] in 'aeiouAEIOU' else 'a'} {name}"
