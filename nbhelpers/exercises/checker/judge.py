"""Say whether one outcome is right, and whether two are the same."""

from typing import Any

from nbhelpers.exercises.checker import common
from nbhelpers.exercises.checker.attempt import Outcome
from nbhelpers.exercises.checker.compare import Closeness, Difference, difference
from nbhelpers.exercises.checker.exercise import Case, Exercise, Mistake
from nbhelpers.exercises.checker.plain import safely
from nbhelpers.exercises.checker.words import has_nan


def closeness(exercise: Exercise) -> Closeness:
    """Return how close an exercise wants its numbers."""
    return Closeness(exercise.tolerance, exercise.absolute)


def is_right(exercise: Exercise, case: Case, outcome: Outcome, right: Outcome) -> bool:
    """Return whether a call gave what it should, and did nothing else."""
    if outcome.changed or common.raised(outcome, right):
        return False
    if outcome.complaint and not has_nan(right.value):  # NumPy may complain of a nan it got
        return False
    if common.wrong_chance(outcome, right, ""):
        return False
    if right.error:
        return True
    found = parted(exercise, outcome, right)
    if exercise.rule and is_ruled(found):
        return ruled(exercise, case, outcome) is None
    return found is None


def parted(exercise: Exercise, outcome: Outcome, right: Outcome) -> Difference | None:
    """Return where an outcome parts from the right one; None where one of them is an error."""
    if outcome.error or right.error:
        return None
    return difference(outcome.value, right.value, exercise.outputs, closeness(exercise))


def is_ruled(found: Difference | None) -> bool:
    """Return whether a rule can look at a result: its kinds are right, its values may differ."""
    return found is None or found.kind in ("values", "shape")


def ruled(exercise: Exercise, case: Case, outcome: Outcome) -> Mistake | None:
    """Return what the rule of an exercise says of a result."""
    if not exercise.rule or outcome.error:
        return None
    rule, value = exercise.rule, outcome.value
    instead: Mistake | None = Mistake("wrong shape", "Follow the shapes line by line.")
    return safely(lambda: rule(case.arguments, value), instead)


def alike(exercise: Exercise, outcome: Outcome, twin: Outcome) -> bool:
    """Return whether two outcomes are the same: equal values, or an error of the same kind."""
    if outcome.error and twin.error:
        return outcome.error.kind == twin.error.kind
    if outcome.error or twin.error:
        return False
    return same(exercise, outcome.value, twin.value)


def same(exercise: Exercise, one: Any, other: Any) -> bool:
    """Return whether two results are equal, as close as the exercise wants it."""
    return difference(one, other, exercise.outputs, closeness(exercise)) is None
