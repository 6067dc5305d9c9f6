"""Play is safe: a claim insists in a test run, and tells a learner in words."""

import os
import subprocess
import sys

import pytest

from nbhelpers.claims import SWITCH, claim


@pytest.fixture
def learner(monkeypatch):
    monkeypatch.delenv(SWITCH, raising=False)


def test_in_this_run_claims_are_strict_and_kernels_inherit_it():
    assert os.environ[SWITCH] == "strict"
    with pytest.raises(AssertionError), claim("One is two."):
        assert [1] == [2]
    with pytest.raises(ZeroDivisionError), claim("It can be computed."):
        assert 1 / 0


def test_what_holds_says_nothing(learner, capfd):
    with claim("One is one."):
        assert [1] == [1]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("wrong", [lambda: [1] == [2], lambda: 1 / 0, lambda: [][0]])
def test_a_learner_is_told_which_sentence_and_nothing_is_raised(wrong, learner, capfd):
    with claim("The vector has five entries."):
        assert wrong()
    (line,) = capfd.readouterr().out.splitlines()
    assert "“The vector has five entries.”" in line
    assert line.endswith("That is fine.")


def test_stop_is_not_swallowed(learner):
    with pytest.raises(KeyboardInterrupt), claim("Nobody pressed Stop."):
        raise KeyboardInterrupt


def test_a_claim_says_something():
    with pytest.raises(ValueError, match="sentence"), claim(" "):
        pass


def test_in_a_notebook_the_result_stands_first_and_the_words_below_it():
    cells = [
        "from nbhelpers.claims import claim",
        "with claim('One is two.'):\n    assert [1] == [2]\n'the result'",
        "'the next result'",
    ]
    code = f"""
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
for cell in {cells!r}:
    shell.run_cell(cell)
"""
    clean = {name: value for name, value in os.environ.items() if name != SWITCH}
    out = subprocess.run(
        [sys.executable, "-c", code], env=clean, capture_output=True, text=True, check=True
    ).stdout
    places = [out.index(words) for words in ("'the result'", "One is two", "the next result")]
    assert places == sorted(places)
    assert out.count("One is two") == 1
