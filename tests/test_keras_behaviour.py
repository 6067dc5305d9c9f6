"""What the package does where Keras was asked the same: golden/make_behaviour.py asked it."""

import json
import math
import sys
from pathlib import Path

import pytest

import nbhelpers

sys.path.insert(0, str(Path(__file__).parent / "golden"))
import behaviours

GOLDEN = json.loads((Path(__file__).parent / "golden" / "behaviour.json").read_text("utf-8"))
# Where the package means to differ, and why.
MEANT: dict[str, str] = {}


def plain(value):
    """As JSON gives it back."""
    if isinstance(value, float) and not math.isfinite(value):
        return repr(value)
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list | tuple) else value


@pytest.mark.parametrize("question", behaviours.QUESTIONS, ids=lambda q: q.__name__)
def test_behaves_as_keras_does(question, capsys):
    expected = GOLDEN["answers"][question.__name__]
    answers = plain(behaviours.answers(nbhelpers, question))
    assert answers.keys() == expected.keys()
    wrong = {
        key: (answers[key], value)
        for key, value in expected.items()
        if answers[key] != value and key not in MEANT
    }
    assert wrong == {}


def test_what_is_meant_to_differ_is_still_asked():
    asked = {key for answers in GOLDEN["answers"].values() for key in answers}
    assert set(MEANT) <= asked


def test_hundreds_of_behaviours_are_compared():
    assert sum(map(len, GOLDEN["answers"].values())) - len(MEANT) >= 700
