"""Nothing that a learner does with a lesson ends in an error.

Numbers are changed, cells run twice, and cells run again after all others. Where the lesson's own
numbers stand, its claims hold each time and each cell shows the same again.
"""

import functools
import json
import warnings

import pytest
from play import Lesson, stop_at, words
from play_edits import EDITS, STOPS

from nbhelpers.claims import SWITCH
from nbhelpers.figures import Picture

LONG = {"06", "07", "08", "09"}  # these lessons compute for seconds in many a cell
LESSONS = sorted({lesson for lesson, *_ in EDITS})


def patient(rows):
    """Mark the rows of the long lessons as slow."""
    marks = {True: pytest.mark.slow, False: ()}
    return [pytest.param(*row, marks=marks[row[0] in LONG]) for row in rows]


@pytest.fixture(autouse=True)
def small_set(tmp_path, monkeypatch):
    """Take the small set that comes with the course: this is not about what is learned."""
    monkeypatch.delenv("NBHELPERS_DATA", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")


@functools.cache
def played(number):
    """Run a lesson, every cell twice; return it, the names before each cell, and what was shown."""
    lesson, before, shown = Lesson(number), {}, {}
    for cell in lesson.sources:
        before[cell] = lesson.keep()
        shown[cell] = [words(lesson.run(cell)), words(lesson.run(cell))]
    return lesson, before, shown, lesson.keep()


@pytest.mark.parametrize("number", patient(zip(LESSONS)))
def test_every_cell_runs_twice_and_shows_the_same(number):
    lesson, _, shown, _ = played(number)
    changed = [c for c, (first, second) in shown.items() if lesson.repeats[c] and first != second]
    assert changed == []


@pytest.mark.parametrize("number", patient(zip(LESSONS)))
def test_every_cell_runs_again_after_all_others(number):
    lesson, _, shown, end = played(number)
    for cell in lesson.sources:
        lesson.go_back_to(end)
        again = words(lesson.run(cell))
        assert again == shown[cell][0] or not lesson.repeats[cell], cell


@pytest.mark.parametrize(("number", "cell", "old", "new"), patient(EDITS))
def test_a_changed_number_gives_a_result(number, cell, old, new, monkeypatch):
    lesson, before, _, _ = played(number)
    source = lesson.sources[cell]
    assert source.count(old) >= 1
    assert old != new
    monkeypatch.delenv(SWITCH)
    lesson.go_back_to(before[cell])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # NumPy may warn a learner; it does not stop them
        draw(lesson.run(cell, source.replace(old, new, 1)))
        for later, new in lesson.after(cell):
            changed = {name: lesson.names[name] for name in new if name in lesson.names}
            lesson.go_back_to(before[later] | changed)
            draw(lesson.run(later))


def test_a_sentence_that_a_number_makes_false_is_named_below_the_result(monkeypatch):
    monkeypatch.delenv(SWITCH)
    lesson = Lesson("01")
    lesson.run("909100f1")
    out, value = lesson.run("4a6e2dc6", lesson.sources["4a6e2dc6"].replace(", 7]", "]"))
    assert value == (1, (4,))
    assert "“A vector of five entries has rank 1 and the shape (5,).” That is fine." in out


@pytest.mark.parametrize(("number", "stops"), patient(STOPS))
def test_stop_in_a_long_cell_and_the_lesson_goes_on(number, stops, monkeypatch):
    monkeypatch.delenv(SWITCH)
    lesson = Lesson(number)
    for cell in lesson.sources:
        draw(lesson.run_stopped(cell, *stops[cell]) if cell in stops else lesson.run(cell))


def draw(shown):
    """Lay a figure out, as far as painting it in a notebook could fail."""
    if isinstance(shown[1], Picture):
        shown[1].figure.draw_without_rendering()


def test_stop_comes_at_the_call_that_was_asked_for():
    done = []
    with pytest.raises(KeyboardInterrupt), stop_at("json.dumps", 3):
        for k in range(9):
            done.append(json.dumps(k))
    assert done == ["0", "1"]
    assert json.dumps(3) == "3"
