"""Answers as learners write them: collected from ``answers_NN.py`` by two decorators."""

import importlib
from pathlib import Path

WRONG, RIGHT = [], []


def wrong(name, headline, at=None):
    """Mark a wrong answer: which exercise, what the checker must call it, and at which case."""

    def keep(function):
        WRONG.append((name, headline, at, function))
        return function

    return keep


def right(name):
    """Mark a right answer that is written in another way than the solution."""

    def keep(function):
        RIGHT.append((name, function))
        return function

    return keep


def collect():
    """Read all files of answers once; return the wrong and the right ones."""
    for path in sorted(Path(__file__).parent.glob("answers_*.py")):
        importlib.import_module(path.stem)
    return WRONG, RIGHT
