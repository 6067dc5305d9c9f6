"""Exercises that answer at once and name the mistake.

A learner writes a function, and the next cell calls ``exercises.check("04.softmax", my_softmax)``.
`hint` gives one hint more each time it is called, `progress` shows what is done, and
`forget_progress` deletes that record.

None of them raises, and none waits for a function that does not end. A function runs in a thread
of the same kernel, though, and no thread can hold what ends a process: ``os._exit``, an overflow of
C's stack (such as a recursion without end after ``sys.setrecursionlimit(10**9)``), a library that
crashes. They end the kernel, as they would in any cell.
"""

import contextlib
from collections.abc import Callable
from typing import Any

from nbhelpers.exercises import record
from nbhelpers.exercises.answer import Answer
from nbhelpers.exercises.checker.examine import examine
from nbhelpers.exercises.checker.plain import cut, kind_of, safely
from nbhelpers.exercises.lessons import catalogue
from nbhelpers.exercises.progress import Progress

__all__ = ["Answer", "check", "forget_progress", "hint", "progress"]

SECONDS = 3.0  # for all cases of an exercise together; they take a few milliseconds
_hints_given: dict[str, int] = {}
_hint_of_case: dict[str, str] = {}  # what the input that failed last is special for


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
    try:
        exercise = catalogue.find(name)
    except KeyError as error:
        return Answer(_shown(name), "unknown", error.args[0])
    if not callable(function):
        return Answer(
            exercise.name,
            "not yet",
            f"This is {kind_of(function)!r}, not a function.",
            hint="Hand over the function itself: its name alone, without brackets behind it.",
        )
    try:
        answer = examine(exercise, function, SECONDS)
    except Exception as error:  # nothing is known to come here; a learner must never see it
        return Answer(
            exercise.name,
            "not yet",
            "This function cannot be judged.",
            hint=f"What it gives cannot be looked at ({kind_of(error)}). Return plain arrays and "
            "numbers, and try again.",
        )
    _hint_of_case[exercise.name] = answer.about_the_case
    if answer.passed and not record.note([exercise.name]):
        return Answer(
            exercise.name, answer.status, answer.headline, hint="(It could not be recorded.)"
        )
    return answer


def hint(name: str) -> Answer:
    """Return the hints of an exercise, one more each time.

    Where the last check failed at an input that has something special, the hint is about that
    first.

    Parameters
    ----------
    name : str

    Examples
    --------
    >>> hint("04.softmax").status
    'hint'
    """
    try:
        exercise = catalogue.find(name)
    except KeyError as error:
        return Answer(_shown(name), "unknown", error.args[0])
    if about := _hint_of_case.pop(exercise.name, ""):
        return Answer(exercise.name, "hint", "About the input that went wrong.", hint=about)
    hints = exercise.hints
    given = min(_hints_given.get(exercise.name, 0) + 1, len(hints))
    _hints_given[exercise.name] = given
    rows = tuple((f"hint {k}", text) for k, text in enumerate(hints[: given - 1], 1))
    return Answer(exercise.name, "hint", f"Hint {given} of {len(hints)}.", rows, hints[given - 1])


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


def _shown(name: object) -> str:
    return safely(lambda: cut(str(name), 80), "?")
