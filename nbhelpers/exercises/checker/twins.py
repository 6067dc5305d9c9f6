"""Find the mistake whose twin gives what a learner's function gives.

A name is only given when it explains all that went wrong, and when something that came tells it
from every other mistake. So it does not matter in which order the mistakes stand.
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass

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


@functools.cache
def outcomes_of_twins(exercise: Exercise) -> list[tuple[Mistake, list[Outcome]]]:
    """Return each mistake with what one of its twins gives, for all twins."""
    return [
        (mistake, [call(twin, case) for case in exercise.tried])
        for mistake in exercise.mistakes
        for twin in mistake.twins
    ]


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
    twins, rights = outcomes_of_twins(exercise), rights_of(exercise)
    quiet = [k for k in failing if not outcomes[k].complaint]
    to_compute = [k for k in failing if not rights[k].error]
    for cases in (failing, quiet, to_compute, [k for k in quiet if k in to_compute]):
        found = [(m, t) for m, t in twins if cases and _explains(exercise, outcomes, t, cases)]
        certain = [(m, t) for m, t in found if _agrees_elsewhere(exercise, t, failing, outcomes)]
        found = certain or [(m, t) for m, t in found if _by_values(outcomes, cases)]
        if found and len({mistake.name for mistake, _ in found}) == 1:
            mistake = found[0][0]
            others = [t for m, t in twins if m.name != mistake.name]
            at, is_proof = _proof(exercise, outcomes, others, cases)
            if certain or is_proof:
                return Named(mistake, at, bool(certain))
    return None


def _explains(
    exercise: Exercise, outcomes: Sequence[Outcome], twin: list[Outcome], cases: list[int]
) -> bool:
    """Return whether a twin is wrong in the same way at all these cases."""
    rights = rights_of(exercise)
    return all(
        alike(exercise, outcomes[k], twin[k])
        and not is_right(exercise, exercise.tried[k], twin[k], rights[k])
        for k in cases
    )


def _agrees_elsewhere(
    exercise: Exercise, twin: list[Outcome], failing: list[int], outcomes: Sequence[Outcome]
) -> bool:
    """Return whether a twin is right at all cases that are right, and says enough by that.

    The same error everywhere says little: many mistakes end in a ValueError. With the same words
    it says enough.
    """
    rights = rights_of(exercise)
    others = [k for k in range(len(outcomes)) if k not in failing]
    if not all(is_right(exercise, exercise.tried[k], twin[k], rights[k]) for k in others):
        return False
    if _by_values(outcomes, failing) or others:
        return True
    return all(_words(outcomes[k]) == _words(twin[k]) for k in failing)


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
    doubts = {k: sum(alike(exercise, outcomes[k], other[k]) for other in others) for k in cases}
    best = min(cases, key=lambda k: (not is_small(exercise.tried[k]), doubts[k], k))
    return best, 0 in doubts.values()
