"""All that is asked of a learner's function, from the untouched stub to the last property."""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from nbhelpers.exercises.answer import Answer
from nbhelpers.exercises.checker.attempt import attempt
from nbhelpers.exercises.checker.code import is_untouched, used
from nbhelpers.exercises.checker.diagnosis import diagnose, not_yet
from nbhelpers.exercises.checker.exercise import Exercise, Mistake

SILENCERS = ("errstate", "seterr", "filterwarnings", "simplefilter")
SILENCED = Mistake(
    "the warning is switched off, and its cause is still there",
    "The numbers are right, but on the way one of them gets too large, or is divided by 0. Find a "
    "formula in which that does not happen; then there is nothing to switch off.",
)


def examine(exercise: Exercise, function: Callable[..., Any], seconds: float) -> Answer:
    """Try a function, and say what it does.

    Parameters
    ----------
    exercise : Exercise
    function : callable
    seconds : float
        Time for all calls of one round together; right answers take a few milliseconds.
    """
    if is_untouched(function):
        hint = f'Stuck? Run exercises.hint("{exercise.name}") in a new cell.'
        headline = "Write the function, then run its cell and this one."
        return Answer(exercise.name, "not started", headline, hint=hint)
    answer = diagnose(exercise, attempt(function, exercise.tried, seconds))
    if not answer.passed:
        return answer
    for look in (_forbidden, _silenced, _unfair):
        if mistake := look(exercise, function, seconds):
            return not_yet(exercise, mistake)
    return answer


def _forbidden(exercise: Exercise, function: Callable[..., Any], seconds: float) -> Mistake | None:
    """Return whether a right result was had by what the task forbids."""
    name = used(function, exercise.forbidden)
    if not name:
        return None
    return Mistake(
        f"right, but by {name}",
        f"The numbers are right. The task asks you to do without {name} this time, to see what is "
        "inside it.",
    )


def _silenced(exercise: Exercise, function: Callable[..., Any], seconds: float) -> Mistake | None:
    """Return whether NumPy would have complained, had it not been told to be quiet."""
    if not used(function, SILENCERS):
        return None
    with _nothing_silenced():
        answer = diagnose(exercise, attempt(function, exercise.tried, seconds))
    return None if answer.passed else SILENCED


class _Deaf(contextlib.ContextDecorator):
    """Stands in the place of ``np.errstate``, and changes nothing."""

    def __init__(self, **settings: Any) -> None:
        pass

    def __enter__(self) -> None:
        pass

    def __exit__(self, *error: object) -> None:
        pass


@contextlib.contextmanager
def _nothing_silenced() -> Iterator[None]:
    before = np.errstate
    try:
        np.errstate = _Deaf  # type: ignore[assignment, misc]
        yield
    finally:
        np.errstate = before  # type: ignore[misc]


def _unfair(exercise: Exercise, function: Callable[..., Any], seconds: float) -> Mistake | None:
    """Return what many draws show, which one does not."""
    chance = exercise.chance
    if not chance:
        return None
    outcomes = attempt(function, chance.cases, seconds, seeds=())
    values = [outcome.value for outcome in outcomes if not outcome.error]
    return chance.judge(values) if len(values) == len(chance.cases) else None
