"""What exercises with many right answers, with exact answers and with chance need."""

import numpy as np
import pytest

from nbhelpers.exercises.checker.attempt import attempt
from nbhelpers.exercises.checker.compare import Closeness, difference
from nbhelpers.exercises.checker.diagnosis import diagnose
from nbhelpers.exercises.checker.exercise import Case, Exercise, Mistake
from nbhelpers.exercises.checker.words import show

X = np.arange(8)
SAME = Mistake("it is the same order", "Look at the order.")


def give(function, reference, arguments, **more):
    cases = (Case(arguments, "here"),)
    hints = ("One.", "Two.", "Three.")
    exercise = Exercise(
        "00.test", reference, cases, lambda rng: arguments, (), hints, "Well done.", **more
    )
    return diagnose(exercise, attempt(function, exercise.tried, 1.0))


def draw(x, rng):
    return rng.permutation(x)


@pytest.mark.parametrize(
    "function",
    [
        lambda x, rng: x[::-1].copy(),
        lambda x, rng: np.random.permutation(x),  # noqa: NPY002
        lambda x, rng: np.random.default_rng(0).permutation(x),
    ],
)
def test_chance_must_come_from_the_generator_that_was_given(function):
    arguments = {"x": X, "rng": np.random.default_rng(1)}
    answer = give(function, draw, arguments, rule=lambda arguments, result: None)
    assert answer.headline == "The generator rng is not used."


def test_who_need_not_draw_may_leave_the_generator_alone():
    arguments = {"x": X, "rng": np.random.default_rng(1)}
    assert give(lambda x, rng: x, lambda x, rng: x, arguments).passed
    assert give(draw, draw, arguments).passed


def test_a_rule_shows_the_whole_result_and_never_meets_a_wrong_shape():
    def rule(arguments, result):
        assert all(part.shape == (8,) for part in result)
        return SAME if (result[0] == arguments["x"]).all() else None

    def reverse(x):
        return x[::-1], x[::-1]

    more = {"rule": rule, "outputs": ("first", "second")}
    answer = give(lambda x: (x, x), reverse, {"x": X}, **more)
    assert answer.headline == "It is the same order."
    assert dict(answer.evidence)["came"].count("[0, 1, 2, 3, 4, 5, 6, 7]") == 2
    answer = give(lambda x: (x, x[:3]), reverse, {"x": X}, **more)
    assert answer.headline == "Wrong shape."
    assert dict(answer.evidence)["came"].startswith("second: ")


def test_an_exact_answer_is_an_int():
    assert difference(np.int64(3), 3, close=Closeness(0)) is None
    assert difference(4, 3, close=Closeness(0)).kind == "values"
    assert difference(3.0, 3) is None
    answer = give(lambda n: n / 2, lambda n: n // 2, {"n": 6}, tolerance=0)
    assert answer.headline == "A float instead of an int."
    assert dict(answer.evidence)["came"] == show(3.0) == "3.0"


def right_for_one_row(x):
    return x + (len(x) > 1)


def batches(*sizes, samples):
    """Return an exercise about x + 0, tried with that many rows."""
    cases = tuple(Case({"x": np.full((n, 3), 2.0)}, f"{n} rows") for n in sizes)
    return Exercise(
        "00.test",
        np.copy,
        cases,
        lambda rng: {"x": np.ones((1, 3))},
        (),
        ("",) * 3,
        "",
        samples=samples,
    )


@pytest.mark.parametrize(
    ("function", "sizes", "samples", "headline"),
    [
        (right_for_one_row, (1, 2, 3), True, "Right for one sample, wrong for a batch."),
        (right_for_one_row, (0, 1, 2, 3), True, "Right for one sample, wrong for a batch."),
        (right_for_one_row, (1, 2, 3), False, "Differs from what was expected."),
        (lambda x: x + (len(x) > 2), (1, 2, 3), True, "Differs from what was expected."),
        (lambda x: np.array(list(x)), (1, 2, 0), True, "Wrong shape where there is nothing."),
        (
            lambda x: x if len(x) == 1 else x[9],
            (1, 2),
            True,
            "Your function stopped with an IndexError.",
        ),
    ],
)
def test_it_is_only_called_wrong_for_a_batch_if_every_batch_is(function, sizes, samples, headline):
    exercise = batches(*sizes, samples=samples)
    assert diagnose(exercise, attempt(function, exercise.tried, 1.0)).headline == headline
