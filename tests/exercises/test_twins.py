"""A mistake is named by what it does: whatever the order of the mistakes, and one case more."""

from dataclasses import replace

import numpy as np
import pytest
from collect import collect

from nbhelpers.exercises.checker.attempt import attempt
from nbhelpers.exercises.checker.diagnosis import diagnose
from nbhelpers.exercises.checker.exercise import Case
from nbhelpers.exercises.checker.twins import known, twins_of
from nbhelpers.exercises.lessons import catalogue

WRONG, _ = collect()
every_exercise = pytest.mark.parametrize("name", catalogue.every_name())


def named(exercise, twin):
    """Return the name that a function gets that does what a twin does."""
    failing = [k for k, right in enumerate(twin.right) if not right]
    found = known(exercise, twin.outcomes, failing)
    return (found.mistake.name, found.certain) if found else None


def otherwise(exercise):
    """Return an exercise with its mistakes the other way round, and with one random case more."""
    case = Case(exercise.draw(np.random.default_rng(99)), "one more")
    return replace(exercise, cases=(*exercise.cases, case), mistakes=exercise.mistakes[::-1])


@every_exercise
def test_every_twin_gets_the_name_of_its_mistake(name):
    for exercise in (catalogue.find(name), otherwise(catalogue.find(name))):
        for twin in twins_of(exercise):
            assert named(exercise, twin) == (twin.mistake.name, True)


@every_exercise
def test_the_name_of_an_answer_does_not_hang_on_order_or_on_one_case(name):
    exercise = otherwise(catalogue.find(name))
    for wrong, headline, _, function in WRONG:
        if wrong == name and not headline.startswith("Right, but by"):
            answer = diagnose(exercise, attempt(function, exercise.tried, 3.0))
            assert answer.headline == headline


@every_exercise
def test_names_and_hints_are_short_sentences(name):
    exercise = catalogue.find(name)
    for mistake in exercise.mistakes:
        assert not mistake.name.endswith((".", "?"))
        assert mistake.hint.endswith((".", "?", ")"))
        assert len(mistake.name) <= 75 and len(mistake.hint) <= 260
    assert len(set(exercise.hints)) == 3
