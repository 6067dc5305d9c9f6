"""Wrong answers get the name of their mistake; right ones pass, however they are written."""

from collections import Counter

import pytest
from beginners import BEGINNERS
from collect import collect
from otherwise import OTHERWISE

from nbhelpers import exercises
from nbhelpers.exercises.lessons import catalogue

WRONG, RIGHT = collect()
RIGHT = RIGHT + [(name, function) for name in OTHERWISE for function in OTHERWISE[name]]
names = [f"{name}: {headline}" for name, headline, *_ in WRONG]


@pytest.mark.parametrize(("name", "headline", "at", "function"), WRONG, ids=names)
def test_a_wrong_answer_gets_its_name(name, headline, at, function):
    answer = exercises.check(name, function)
    assert (answer.status, answer.headline) == ("not yet", headline)
    shown = dict(answer.evidence).get("input", "")
    assert at is None or shown.endswith(f"({at})")
    assert answer.hint


@pytest.mark.parametrize(("name", "function"), RIGHT, ids=[name for name, _ in RIGHT])
def test_a_right_answer_passes_however_it_is_written(name, function):
    answer = exercises.check(name, function)
    assert answer.passed, answer


def test_every_exercise_has_three_wrong_answers_with_different_names():
    tried = Counter(name for name, _ in {(name, headline) for name, headline, *_ in WRONG})
    assert {name: tried[name] for name in catalogue.every_name() if tried[name] < 3} == {}
    assert {name for name, _ in RIGHT} == set(catalogue.every_name())


SAID = [(name, said, function) for name in BEGINNERS for said, function in BEGINNERS[name]]


@pytest.mark.parametrize(("name", "said", "function"), SAID, ids=[name for name, *_ in SAID])
def test_what_beginners_write_gets_a_name_or_a_description(name, said, function):
    answer = exercises.check(name, function)
    assert (answer.status, answer.headline) == ("not yet", said)
