"""What any function may do to a checker, tried on every exercise."""

import copy

import numpy as np
import pytest

from nbhelpers import exercises
from nbhelpers.exercises.checker.compare import identical
from nbhelpers.exercises.lessons import catalogue

NAMES = catalogue.every_name()
every_exercise = pytest.mark.parametrize("name", NAMES)


def answer_of(name, function):
    answer = exercises.check(name, function)
    assert answer.status == "not yet"
    assert "Traceback" not in repr(answer) + answer._repr_html_()
    return answer


@every_exercise
def test_returns_none(name):
    def forgets(*arguments):
        catalogue.find(name).reference(*arguments)

    assert answer_of(name, forgets).headline == "Nothing was returned."


@every_exercise
def test_prints(name):
    def prints(*arguments):
        print(catalogue.find(name).reference(*arguments))

    assert answer_of(name, prints).headline == "Nothing was returned, only printed."


@every_exercise
@pytest.mark.parametrize("kind", [ValueError, KeyError, SystemExit, KeyboardInterrupt])
def test_raises(name, kind):
    def raises(*arguments):
        raise kind("on purpose")

    answer = answer_of(name, raises)
    assert kind.__name__ in answer.headline
    assert "on purpose" in dict(answer.evidence)["came"]


@every_exercise
def test_returns_something_of_another_kind(name):
    answer = answer_of(name, lambda *arguments: {"a": "dictionary"})
    assert answer.headline.startswith("A dict instead of a")


@every_exercise
def test_returns_a_list(name):
    def lists(*arguments):
        value = catalogue.find(name).reference(*arguments)
        return value.tolist() if isinstance(value, np.ndarray) else [value]

    assert "instead of" in answer_of(name, lists).headline


@every_exercise
def test_wrong_shape(name):
    def reshapes(*arguments):
        value = catalogue.find(name).reference(*arguments)
        one = np.asarray(value[0] if isinstance(value, (tuple, list)) else value)
        strange = np.broadcast_to(one, (2, 1, 2, *one.shape)).copy()
        return (strange, *value[1:]) if isinstance(value, tuple) else strange

    headline = answer_of(name, reshapes).headline
    assert "shape" in headline.lower() or "instead of" in headline or "axis" in headline


@every_exercise
def test_changes_its_arguments(name):
    exercise = catalogue.find(name)
    before = copy.deepcopy([case.arguments for case in exercise.cases])

    def scribbles(*arguments):
        value = copy.deepcopy(exercise.reference(*copy.deepcopy(arguments)))
        for array in (a for a in arguments if isinstance(a, np.ndarray)):
            array[...] = 0 if array.any() else 1
        return value

    if not any(isinstance(v, np.ndarray) for v in exercise.cases[0].arguments.values()):
        pytest.skip("takes no array, so there is nothing to scribble on")
    assert "was changed" in answer_of(name, scribbles).headline
    after = [case.arguments for case in exercise.cases]
    assert all(identical(dict(a), dict(b)) for a, b in zip(after, before, strict=True))


@every_exercise
def test_loops_for_ever(name, monkeypatch):
    monkeypatch.setattr(exercises, "SECONDS", 0.1)

    def loops(*arguments):
        while True:
            try:
                pass
            except BaseException:
                continue

    assert answer_of(name, loops).headline == "Your function takes too long."


@every_exercise
def test_is_not_started(name):
    def stub(*arguments):
        """Do something."""
        ...

    assert exercises.check(name, stub).status == "not started"
    assert exercises.hint(name).status == "hint"


@every_exercise
def test_the_reference_passes(name):
    answer = exercises.check(name, catalogue.find(name).reference)
    assert answer.passed, answer
