"""All exercises of the course, by lesson and by name."""

import difflib
import functools
import importlib

from nbhelpers.exercises.checker.exercise import Exercise
from nbhelpers.exercises.checker.plain import cut, safely

LESSONS = ("01", "02", "03", "04", "05", "06", "07", "08", "09")


@functools.cache
def of_lesson(lesson: str) -> dict[str, Exercise]:
    """Return the exercises of one lesson by name, in the order of the notebook.

    Parameters
    ----------
    lesson : {"01", ..., "09"}
    """
    module = importlib.import_module(f"nbhelpers.exercises.lessons.lesson_{lesson}")
    return {exercise.name: exercise for exercise in module.EXERCISES}


def every_name() -> list[str]:
    """Return the names of all exercises, in the order of the course."""
    return [name for lesson in LESSONS for name in of_lesson(lesson)]


def find(name: object) -> Exercise:
    """Return an exercise by name, however it is spelled: 04.SOFTMAX, 4 softmax, softmax.

    Raises
    ------
    KeyError
        If there is none; the message says which name was perhaps meant.

    Examples
    --------
    >>> find("4_Softmax").name
    '04.softmax'
    """
    text = safely(lambda: cut(str(name), 80), "?")
    lesson = text[:2]
    if type(name) is str and lesson in LESSONS and text in of_lesson(lesson):
        return of_lesson(lesson)[text]
    meant = _spelled().get(_letters(text)) if isinstance(name, str) else None
    if meant:
        return of_lesson(meant[:2])[meant]
    close = difflib.get_close_matches(text.lower(), every_name(), n=1, cutoff=0.4)
    advice = f" Did you mean {close[0]!r}?" if close else ""
    raise KeyError(f"There is no exercise {text!r}.{advice}")


@functools.cache
def _spelled() -> dict[str, str]:
    """Return the names by their letters, with the lesson's number and without."""
    names = every_name()
    return {_letters(name[3:]): name for name in names} | {_letters(name): name for name in names}


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower())).lstrip("0")
