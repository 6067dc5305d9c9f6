"""Find the mistake whose twin gives what a learner's function gives.

A name is only given when it explains all that went wrong, and when something that came tells it
from every other mistake. So it does not matter in which order the mistakes stand.
"""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from nbhelpers.exercises.checker.attempt import Outcome, call
from nbhelpers.exercises.checker.exercise import Exercise, Mistake
from nbhelpers.exercises.checker.judge import alike, is_right
from nbhelpers.exercises.checker.words import is_small


@dataclass(frozen=True)
class Named:
    """A mistake, and the case that proves it.

    Attributes
    ----------
    mistake : Mistake
    at : int
        The case at which the mistake shows, and no other one gives the same.
    certain : bool
        Whether the twin also does right where the learner's function does.
    """

    mistake: Mistake
    at: int
    certain: bool


@functools.cache
def rights_of(exercise: Exercise) -> list[Outcome]:
    """Return what the reference gives, in the order of the cases."""
    return [call(exercise.reference, case) for case in exercise.tried]


@dataclass(frozen=True)
class Twin:
    """A twin of a mistake, tried on all cases.

    Attributes
    ----------
    mistake : Mistake
    outcomes : list of Outcome
        In the order of the cases.
    right : list of bool
        At which of them it does no harm.
    """

    mistake: Mistake
    outcomes: list[Outcome]
    right: list[bool]


@functools.cache
def twins_of(exercise: Exercise) -> list[Twin]:
    """Return all twins of all mistakes of an exercise."""
    return [_tried(exercise, m, twin) for m in exercise.mistakes for twin in m.twins]


def _tried(exercise: Exercise, mistake: Mistake, twin: Callable[..., Any]) -> Twin:
    outcomes = [call(twin, case) for case in exercise.tried]
    triples = zip(exercise.tried, outcomes, rights_of(exercise), strict=True)
    return Twin(mistake, outcomes, [is_right(exercise, *triple) for triple in triples])


def known(exercise: Exercise, outcomes: Sequence[Outcome], failing: list[int]) -> Named | None:
    """Return the mistake that explains what came wherever it is wrong, if there is just one.

    A second thing that went wrong may stand beside it, where it is plain to see: NumPy warned, or
    an error should have been raised and was not. Such a case counts only if all are like that.

    Parameters
    ----------
    exercise : Exercise
    outcomes : sequence of Outcome
        In the order of the cases; fewer, if time was up.
    failing : list of int
        The cases at which they are wrong.
    """
    twins, rights = twins_of(exercise), rights_of(exercise)
    quiet = [k for k in failing if not outcomes[k].complaint]
    to_compute = [k for k in failing if not rights[k].error]
    for cases in (failing, quiet, to_compute, [k for k in quiet if k in to_compute]):
        found = [twin for twin in twins if cases and _explains(exercise, outcomes, twin, cases)]
        certain = [twin for twin in found if _agrees_elsewhere(outcomes, twin, failing)]
        found = certain or (found if _by_values(outcomes, cases) else [])
        if found and len({twin.mistake.name for twin in found}) == 1:
            mistake = found[0].mistake
            others = [twin.outcomes for twin in twins if twin.mistake.name != mistake.name]
            at, is_proof = _proof(exercise, outcomes, others, cases)
            if certain or is_proof:
                return Named(mistake, at, bool(certain))
    return None


def _explains(
    exercise: Exercise, outcomes: Sequence[Outcome], twin: Twin, cases: list[int]
) -> bool:
    """Return whether a twin is wrong in the same way at all these cases."""
    if any(twin.right[k] for k in cases):
        return False
    return all(alike(exercise, outcomes[k], twin.outcomes[k]) for k in cases)


def _agrees_elsewhere(outcomes: Sequence[Outcome], twin: Twin, failing: list[int]) -> bool:
    """Return whether a twin is right at all cases that are right, and says enough by that.

    The same error everywhere says little: many mistakes end in a ValueError. With the same words
    it says enough.
    """
    others = [k for k in range(len(outcomes)) if k not in failing]
    if not all(twin.right[k] for k in others):
        return False
    if _by_values(outcomes, failing) or others:
        return True
    return all(_words(outcomes[k]) == _words(twin.outcomes[k]) for k in failing)


def _by_values(outcomes: Sequence[Outcome], cases: list[int]) -> bool:
    return any(not outcomes[k].error for k in cases)


def _words(outcome: Outcome) -> str:
    return outcome.error.text if outcome.error else ""


def _proof(
    exercise: Exercise, outcomes: Sequence[Outcome], others: list[list[Outcome]], cases: list[int]
) -> tuple[int, bool]:
    """Return the case that shows a mistake best, and whether any tells it from all others.

    Best is one that is small enough to be shown, at which the fewest other mistakes give the same.
    """
    small = [k for k in cases if is_small(exercise.tried[k])]
    doubts: dict[int, int] = {}
    for k in (*small, *(k for k in cases if k not in small)):
        doubts[k] = sum(alike(exercise, outcomes[k], other[k]) for other in others)
        if doubts[k] == 0:
            break
    return min(
        set(small) & set(doubts) or doubts, key=lambda k: (doubts[k], k)
    ), 0 in doubts.values()
