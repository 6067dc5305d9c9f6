"""What an exercise is made of: cases to try, the right function, and the mistakes it knows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np

from nbhelpers._types import Array

__all__ = ["Arguments", "Array", "Case", "Chance", "Draw", "Exercise", "Mistake"]

Arguments: TypeAlias = Mapping[str, Any]
Draw: TypeAlias = Callable[[np.random.Generator], Arguments]

DRAWS = 6  # cases drawn at random, beside those that were thought of


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
    hint : str
        What to think of where this case alone goes wrong; the first hint that a learner gets then.
    """

    arguments: Arguments
    note: str = ""
    hint: str = ""


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
        learner's function that gives what a twin gives, wherever it goes wrong, has this mistake.
    """

    def __init__(self, name: str, hint: str, *twins: Callable[..., Any]) -> None:
        self.name, self.hint, self.twins = name, hint, twins


@dataclass(frozen=True, eq=False)
class Chance:
    """What can be said of chance only from many draws of the same task.

    Parameters
    ----------
    arguments : callable
        Takes a generator, and returns the arguments of the task with it.
    judge : callable
        Takes the results for many seeds, and returns a `Mistake` or None.
    draws : int
        How many seeds are tried.
    """

    arguments: Draw
    judge: Callable[[Sequence[Any]], Mistake | None]
    draws: int = 200

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """The same task with one seed after the other."""
        rngs = (np.random.default_rng(1000 + seed) for seed in range(self.draws))
        return tuple(Case(self.arguments(rng), f"{self.draws} seeds") for rng in rngs)


@dataclass(frozen=True, eq=False)
class Exercise:
    """One exercise: everything that its checker knows.

    Parameters
    ----------
    name : str
        The lesson and a word, e.g. ``"04.softmax"``.
    reference : callable
        The right function.
    cases : tuple of Case
        From the smallest to the hardest: at the first ones no two mistakes agree.
    draw : callable
        Makes the arguments of one small case more, from a generator.
    mistakes : tuple of Mistake
        The mistakes to look for, each with its twins; their order does not matter.
    hints : tuple of str
        Three, from a nudge to nearly the answer.
    achieved : str
        One sentence for a learner who has passed.
    outputs : tuple of str
        Names of the returned values, where there are several.
    rule : callable, optional
        For tasks with many right answers: takes the case's arguments and the learner's result
        (of the right kind, the shapes may be wrong), returns a `Mistake` or None.
    chance : Chance, optional
        For tasks that draw from a generator.
    forbidden : tuple of str
        What the task forbids: ``"@"``, and names of functions.
    tolerance : float
        Relative tolerance of numbers; 0 for a whole number that must be exact, and an int.
    absolute : float
        Absolute tolerance, where small numbers are differences of large ones.
    samples : bool
        Whether axis 0 of the first array counts samples, each of which is treated alike.
    """

    name: str
    reference: Callable[..., Any]
    cases: tuple[Case, ...]
    draw: Draw
    mistakes: tuple[Mistake, ...]
    hints: tuple[str, str, str]
    achieved: str
    outputs: tuple[str, ...] = ()
    rule: Callable[[Arguments, Any], Mistake | None] | None = None
    chance: Chance | None = None
    forbidden: tuple[str, ...] = ()
    tolerance: float = 1e-5
    absolute: float = 0.0
    samples: bool = False

    @cached_property
    def tried(self) -> tuple[Case, ...]:
        """The cases that were thought of, and some that are drawn, always the same ones."""
        rngs = (np.random.default_rng(seed) for seed in range(DRAWS))
        return (*self.cases, *(Case(self.draw(rng), "drawn at random") for rng in rngs))
