"""Exercises that answer at once and name the mistake.

A learner writes a function, and the next cell calls ``exercises.check("04.softmax", my_softmax)``.
`hint` gives one hint more each time it is called, `progress` shows what is done, and
`forget_progress` deletes that record. None of them ever raises or hangs, whatever it is given.
"""

import contextlib
import dis
from collections.abc import Callable
from typing import Any

from nbhelpers.exercises import record
from nbhelpers.exercises.answer import Answer
from nbhelpers.exercises.checker.attempt import attempt
from nbhelpers.exercises.checker.diagnosis import diagnose
from nbhelpers.exercises.lessons import catalogue
from nbhelpers.exercises.progress import Progress

__all__ = ["Answer", "check", "forget_progress", "hint", "progress"]

SECONDS = 3.0  # for all cases of an exercise together; they take a few milliseconds
_EMPTY = {"RESUME", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST", "NOP", "COPY_FREE_VARS"}
_hints_given: dict[str, int] = {}


def check(name: str, function: Callable[..., Any]) -> Answer:
    """Try a learner's function, and say what it does.

    Parameters
    ----------
    name : str
        Name of the exercise, e.g. ``"04.softmax"``.
    function : callable
        The function itself, without brackets. It is called with copies only.

    Returns
    -------
    Answer
        Passed, not started, or the first thing that is wrong; end a cell with it to show it.

    Examples
    --------
    >>> check("04.softmax", lambda logits: logits).passed
    False
    """
    name = str(name)
    try:
        exercise = catalogue.find(name)
    except KeyError as error:
        return Answer(name, "unknown", error.args[0])
    if not callable(function):
        return Answer(
            name,
            "not yet",
            f"This is {type(function).__name__!r}, not a function.",
            hint="Hand over the function itself: its name alone, without brackets behind it.",
        )
    if _is_untouched(function):
        hint = f'Stuck? Run exercises.hint("{name}") in a new cell.'
        return Answer(
            name, "not started", "Write the function, then run its cell and this one.", hint=hint
        )
    answer = diagnose(exercise, attempt(function, exercise.cases, SECONDS))
    if answer.passed and not record.note([name]):
        return Answer(name, answer.status, answer.headline, hint="(It could not be recorded.)")
    return answer


def hint(name: str) -> Answer:
    """Return the hints of an exercise, one more each time.

    Parameters
    ----------
    name : str

    Examples
    --------
    >>> hint("04.softmax").status
    'hint'
    """
    name = str(name)
    try:
        hints = catalogue.find(name).hints
    except KeyError as error:
        return Answer(name, "unknown", error.args[0])
    given = _hints_given[name] = min(_hints_given.get(name, 0) + 1, len(hints))
    rows = tuple((f"hint {k}", text) for k, text in enumerate(hints[: given - 1], 1))
    return Answer(name, "hint", f"Hint {given} of {len(hints)}.", rows, hints[given - 1])


def progress() -> Progress:
    """Return which exercises are done, in all lessons; end a cell with it to show it.

    The record is a file in your own folder, and only names of exercises are in it.
    """
    return Progress(
        {lesson: tuple(catalogue.of_lesson(lesson)) for lesson in catalogue.LESSONS},
        frozenset(record.done()),
    )


def forget_progress() -> Progress:
    """Delete the record of what is done, and return the empty one."""
    with contextlib.suppress(OSError):
        record.forget()
    return progress()


def _is_untouched(function: Callable[..., Any]) -> bool:
    """Return whether a function does nothing at all: a docstring, ``...``, ``pass``."""
    code = getattr(function, "__code__", None)
    if code is None:
        return False
    steps = list(dis.get_instructions(code))
    returns = [s.argval for s in steps if s.opname in ("LOAD_CONST", "RETURN_CONST")]
    return {s.opname for s in steps} <= _EMPTY and returns == [None]
