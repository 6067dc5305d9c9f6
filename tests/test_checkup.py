"""The setup check says what is so, downloads nothing, and says what to do."""

import dataclasses
import hashlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from nbhelpers import checkup
from nbhelpers.datasets import fetch, sources


@pytest.fixture
def nothing_here(tmp_path, monkeypatch):
    monkeypatch.delenv(fetch.VARIABLE, raising=False)
    monkeypatch.setattr(fetch, "cache_folder", lambda: tmp_path)


def test_all_is_well_even_without_data(nothing_here, tmp_path):
    result = checkup.checkup()
    assert result.fine
    text = repr(result)
    assert text.endswith("All is well.")
    assert "MNIST is not here yet: it is downloaded when a lesson needs it (12 MB, once)" in text
    assert "Fashion-MNIST is not here yet" in text
    assert list(tmp_path.iterdir()) == []
    assert "<li>✓ <strong>MNIST</strong>" in result._repr_html_()


def test_a_whole_data_set_is_found_and_a_damaged_one_is_not(nothing_here, tmp_path, monkeypatch):
    source = sources.SOURCES["mnist"]
    folder = tmp_path / source.folder
    folder.mkdir()
    for file in source.files:
        (folder / file).write_bytes(b"x")
    assert not fetch.is_here("mnist")
    digest = hashlib.sha256(b"x").hexdigest()
    files = {file: original._replace(sha256=digest) for file, original in source.files.items()}
    moved = dataclasses.replace(source, files=files)
    monkeypatch.setitem(sources.SOURCES, "mnist", moved)
    assert fetch.is_here("mnist")
    assert checkup.data_set("mnist").advice == "is on this computer."
    (folder / "t10k-labels-idx1-ubyte.gz").unlink()
    assert not fetch.is_here("mnist")


def test_what_is_missing_is_named():
    old = checkup.Checkup((checkup.python((3, 9, 0)), checkup.package("no-such-package")))
    assert not old.fine
    assert repr(old).splitlines() == [
        "✗ Python 3.9.0 is too old: the course needs Python 3.11 or newer.",
        "✗ no-such-package is missing: run the first command of the README again.",
        "Something is missing: follow the lines with a ✗.",
    ]


def test_every_package_that_the_course_needs_is_looked_for():
    text = (Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8")
    needed = {
        re.match("[a-z0-9-]+", line)[0] for line in tomllib.loads(text)["project"]["dependencies"]
    }
    assert needed == {*checkup.PACKAGES, *checkup.QUIET}


@pytest.mark.parametrize("missing", ["numpy", "anywidget", "matplotlib", "ipywidgets", "requests"])
def test_it_answers_where_a_package_is_missing(missing):
    code = f"""
import importlib.metadata, sys
sys.modules[{missing!r}] = None  # every import of it fails
version = importlib.metadata.version
def without(name):
    if name == {missing!r}:
        raise importlib.metadata.PackageNotFoundError
    return version(name)
importlib.metadata.version = without
from nbhelpers import checkup
print(checkup.checkup())
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert f"✗ {missing} is missing: run the first command of the README again." in run.stdout
    assert "Something is missing" in run.stdout
