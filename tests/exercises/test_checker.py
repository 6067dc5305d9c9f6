"""The checker as a whole: it never raises, never hangs, leaves no trace but its own record."""

import _thread
import sys
import threading
import warnings

import numpy as np
import pytest

from nbhelpers import activations, exercises, metrics
from nbhelpers.exercises import record
from nbhelpers.exercises.checker.limit import within
from nbhelpers.exercises.lessons import catalogue


def test_hints_come_one_by_one_and_the_last_one_stays(monkeypatch):
    monkeypatch.setattr(exercises, "_hints_given", {})
    answers = [exercises.hint("04.softmax") for _ in range(4)]
    assert [a.headline[:6] for a in answers] == ["Hint 1", "Hint 2", "Hint 3", "Hint 3"]
    assert len({a.hint for a in answers}) == 3
    assert [text for _, text in answers[2].evidence] == [a.hint for a in answers[:2]]


def test_the_input_that_failed_chooses_the_first_hint(monkeypatch):
    def with_a_tiny_number(logits, labels):
        p = activations.softmax(logits)[np.arange(len(labels)), labels]
        return -np.log(p + 1e-12).mean()

    monkeypatch.setattr(exercises, "_hints_given", {})
    answer = exercises.check("04.cross_entropy", with_a_tiny_number)
    assert "share" in answer.about_the_case
    first, second = exercises.hint("04.cross_entropy"), exercises.hint("04.cross_entropy")
    assert first.hint == answer.about_the_case
    assert second.headline == "Hint 1 of 3."


def test_every_exercise_has_three_hints_and_its_cases_have_short_notes():
    for name in catalogue.every_name():
        exercise = catalogue.find(name)
        assert len(exercise.hints) == len(set(exercise.hints)) == 3
        assert all(0 < len(case.note) <= 60 for case in exercise.cases)


def silent(x):
    with np.errstate(all="ignore"):
        return 1 / (1 + np.exp(-x))


def not_heard(x):
    np.seterr(all="ignore")
    return 1 / (1 + np.exp(-x))


@np.errstate(all="ignore")
def decorated(x):
    return 1 / (1 + np.exp(-x))


def by_a_helper(x):
    return silent(x)


def safe_and_silent(x):
    with np.errstate(all="ignore"):
        return activations.sigmoid(x)


@pytest.mark.parametrize("function", [silent, not_heard, by_a_helper])
def test_an_alarm_that_is_switched_off_is_no_safety(function):
    answer = exercises.check("03.sigmoid", function)
    switched_off = "The warning is switched off, and its cause is still there."
    assert answer.headline == ("Overflow." if function is not_heard else switched_off)
    assert exercises.check("03.sigmoid", safe_and_silent).passed


def own_dot(row, column):
    return sum(p * q for p, q in zip(row, column, strict=True))


def by_own_helper(a, b):
    return np.array([[own_dot(row, column) for column in b.T] for row in a])


def at_in_a_helper(a, b):
    def inner(row, column):
        return row @ column

    return np.array([[inner(row, column) for column in b.T] for row in a])


def by_another_name(a, b):
    from numpy import dot as product

    return product(a, b)


@pytest.mark.parametrize(
    ("function", "name"),
    [(at_in_a_helper, "@"), (by_another_name, "dot"), (np.dot, "dot"), (np.matmul, "matmul")],
)
def test_what_a_task_forbids_is_seen(function, name):
    assert exercises.check("02.dot", function).headline == f"Right, but by {name}."
    assert exercises.check("02.dot", by_own_helper).passed


def test_a_library_s_confusion_matrix_is_seen():
    answer = exercises.check("08.confusion", metrics.confusion_matrix)
    assert answer.headline == "Right, but by confusion_matrix."


@pytest.mark.parametrize("name", ["04.sofmax", "", "99.what", None, ["04.softmax"], 4])
def test_an_unknown_name_is_answered(name):
    for answer in (exercises.check(name, abs), exercises.hint(name)):
        assert answer.status == "unknown"
        assert repr(str(name)) in repr(answer)
    assert "Did you mean '04.softmax'?" in repr(exercises.check("04.sofmax", abs))


@pytest.mark.parametrize("thing", [None, 3, np.zeros(3), "softmax"])
def test_a_value_instead_of_a_function_is_answered(thing):
    answer = exercises.check("04.softmax", thing)
    assert "not a function" in answer.headline
    assert "without brackets" in answer.hint


@pytest.mark.parametrize("function", [activations.softmax, np.exp, len, int, type("C", (), {})])
def test_anything_that_can_be_called_is_answered(function):
    assert exercises.check("04.softmax", function).status in {"passed", "not yet"}


def test_a_stub_is_not_started_whatever_its_form():
    def dots(logits): ...

    def passes(logits):
        pass

    def says(logits):
        """Return something."""

    def gives_none(logits):
        return None

    for stub in (dots, passes, says, gives_none):
        assert exercises.check("04.softmax", stub).status == "not started"
    assert exercises.check("04.softmax", lambda logits: 0).status == "not yet"


def test_the_world_is_as_it_was_afterwards(capsys):
    def meddles(logits):
        print("noise")
        np.random.seed(3)
        np.seterr(all="raise")
        warnings.warn("noise", UserWarning, stacklevel=1)
        return activations.softmax(logits)

    np.random.seed(1)
    before = np.random.get_state()[1].copy()
    settings, streams = np.geterr(), (sys.stdout, sys.stderr)
    assert exercises.check("04.softmax", meddles).passed
    assert (np.random.get_state()[1] == before).all()
    assert np.geterr() == settings
    assert (sys.stdout, sys.stderr) == streams
    assert capsys.readouterr() == ("", "")


def test_the_line_that_raised_is_shown():
    def divides(logits):
        share = 1 // 0
        return share

    came = dict(exercises.check("04.softmax", divides).evidence)["came"]
    assert (
        came == "ZeroDivisionError: integer division or modulo by zero, in the line: share = 1 // 0"
    )


def test_a_missing_name_points_to_the_cells_above():
    def forgets_the_import(logits):
        return numpy.exp(logits)  # noqa: F821

    answer = exercises.check("04.softmax", forgets_the_import)
    assert "NameError" in answer.headline
    assert "cells above" in answer.hint


def test_it_ends_even_if_the_function_is_stuck_where_python_cannot_stop_it(monkeypatch):
    monkeypatch.setattr(exercises, "SECONDS", 0.1)
    stuck = threading.Event()

    def waits(logits):
        stuck.wait()

    assert exercises.check("04.softmax", waits).headline == "Your function takes too long."
    assert not stuck.is_set()  # the answer came while the function still waited
    stuck.set()


def test_a_generator_without_end_is_answered(monkeypatch):
    def counts(logits):
        while True:
            yield 0

    assert exercises.check("04.softmax", counts).status == "not yet"


def test_what_takes_too_long_is_stopped_not_left_running():
    ended = threading.Event()

    def spins():
        try:
            while True:
                pass
        finally:
            ended.set()

    assert not within(0.05, spins)
    assert ended.wait(5)


def test_stop_reaches_the_learner_and_ends_the_function():
    began, ended = threading.Event(), threading.Event()

    def spins(logits):
        try:
            began.set()
            while True:
                pass
        finally:
            ended.set()

    def press_stop():
        began.wait(30)
        _thread.interrupt_main()

    threading.Thread(target=press_stop).start()
    with pytest.raises(KeyboardInterrupt):
        exercises.check("04.softmax", spins)
    assert ended.wait(5)


def test_a_pass_is_recorded_until_it_is_forgotten():
    assert not exercises.progress().done
    exercises.check("04.softmax", lambda logits: logits)
    assert not exercises.progress().done
    assert not record.file().parent.exists()
    assert exercises.check("04.softmax", activations.softmax).passed
    assert exercises.progress().done == {"04.softmax"}
    assert "✓ softmax" in repr(exercises.progress()) and "✓ softmax" in progress_html()
    assert exercises.check("04.softmax", lambda logits: logits).status == "not yet"
    assert exercises.progress().done == {"04.softmax"}
    assert not exercises.forget_progress().done
    assert not record.file().exists()
    assert not exercises.forget_progress().done


def progress_html():
    return exercises.progress()._repr_html_()


@pytest.mark.parametrize("text", ["", "{", "[1, 2]", "3", '{"a": 1}', "\x00"])
def test_a_broken_record_counts_as_none_and_is_replaced(text):
    record.file().parent.mkdir(parents=True)
    record.file().write_text(text)
    assert "04.softmax" not in exercises.progress().done
    assert exercises.check("04.softmax", activations.softmax).passed
    assert "04.softmax" in exercises.progress().done


def test_a_record_that_cannot_be_written_is_said_and_changes_nothing(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv(record.FOLDER, str(tmp_path / "file"))
    answer = exercises.check("04.softmax", activations.softmax)
    assert answer.passed
    assert "could not be recorded" in answer.hint
    assert not exercises.progress().done
    assert not exercises.forget_progress().done


def test_nothing_half_written_stays_when_the_record_cannot_be_replaced():
    record.file().mkdir(parents=True)  # a folder where the file should be
    assert not record.note(["04.softmax"])
    assert [path.name for path in record.file().parent.iterdir()] == [record.file().name]


def test_the_box_escapes_what_the_learner_wrote():
    def shouts(logits):
        raise ValueError("<script>")

    html = exercises.check("04.softmax", shouts)._repr_html_()
    assert "&lt;script&gt;" in html and "<script>" not in html
    assert 'role="status"' in html


def test_the_plain_answer_is_one_line():
    answers = [
        exercises.check("04.softmax", function)
        for function in (activations.softmax, lambda z: z, lambda z: 1 / 0, np.zeros_like)
    ]
    assert not any("\n" in repr(answer) for answer in answers)
    assert repr(answers[0]).startswith("✓ 04.softmax, passed: ")
    assert repr(answers[1]).startswith("✗ 04.softmax, not yet: ")
