"""Programs for Keras, in the manner of tutorials, run with nothing but their imports changed."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "programs"))
import run_all


def test_there_are_enough_of_them():
    assert len(run_all.PROGRAMS) >= 30


@pytest.mark.parametrize("path", run_all.PROGRAMS, ids=lambda path: path.stem)
def test_a_program_for_keras_runs_unchanged(path):
    text = path.read_text("utf-8")
    changed = run_all.with_imports(text, "nbhelpers")
    lines = zip(text.splitlines(), changed.splitlines(), strict=True)
    assert all("import" in old for old, new in lines if old != new)
    assert "from keras" not in changed
    run_all.run(path, "nbhelpers")
