"""All exercises of the course, by lesson and by name."""

import difflib
import functools
import importlib

from nbhelpers.exercises.checker.exercise import Exercise

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


def find(name: str) -> Exercise:
    """Return an exercise by name.

    Raises
    ------
    KeyError
        If there is none; the message says which name was perhaps meant.
    """
    lesson = name[:2]
    if lesson in LESSONS and name in of_lesson(lesson):
        return of_lesson(lesson)[name]
    close = difflib.get_close_matches(name, every_name(), n=1, cutoff=0.4)
    meant = f" Did you mean {close[0]!r}?" if close else ""
    raise KeyError(f"There is no exercise {name!r}.{meant}")
