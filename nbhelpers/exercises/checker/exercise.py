"""What an exercise is made of: cases to try, the right function, and the mistakes it knows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, eq=False)
class Case:
    """One set of arguments that the learner's function is tried with.

    Parameters
    ----------
    arguments : mapping of str to object
        The arguments in order, by the name under which they are shown. Every call gets its own
        copy.
    note : str
        What is special about it, in two or three words, e.g. ``"one row"``.
    """

    arguments: Mapping[str, Any]
    note: str = ""


class Mistake:
    """A mistake that learners really make, with a name and a way on.

    Parameters
    ----------
    name : str
        What went wrong, as a short sentence without a full stop.
    hint : str
        What to look at; not the answer.
    *twins : callable
        The function as somebody wrote it who makes this mistake, in one form or in several. A
        learner's function that gives what a twin gives has the same mistake.
    """

    def __init__(self, name: str, hint: str, *twins: Callable[..., Any]) -> None:
        self.name, self.hint, self.twins = name, hint, twins


@dataclass(frozen=True, eq=False)
class Exercise:
    """One exercise: everything that its checker knows.

    Parameters
    ----------
    name : str
        The lesson and a word, e.g. ``"04.softmax"``.
    reference : callable
        The right function, built from ``nbhelpers``.
    cases : tuple of Case
        From the smallest to the hardest: the first one that goes wrong is shown.
    mistakes : tuple of Mistake
        The mistakes to look for, each with a twin.
    hints : tuple of str
        From a nudge to nearly the answer.
    achieved : str
        One sentence for a learner who has passed.
    outputs : tuple of str
        Names of the returned values, where there are several.
    rule : callable, optional
        For tasks with many right answers: takes the case's arguments by name and the learner's
        result (already of the right kind and shape), returns a `Mistake` or None.
    tolerance : float
        Relative tolerance of numbers; 0 for a whole number that must be exact, and an int.
    samples : bool
        Whether the first axis of the first array counts samples, and a vector is a single one.
    """

    name: str
    reference: Callable[..., Any]
    cases: tuple[Case, ...]
    mistakes: tuple[Mistake, ...]
    hints: tuple[str, ...]
    achieved: str
    outputs: tuple[str, ...] = ()
    rule: Callable[[Mapping[str, Any], Any], Mistake | None] | None = None
    tolerance: float = 1e-5
    samples: bool = True
