"""Each lesson asks for its package first, and marks what only makes sense beside a kernel."""

import re
import sys
import types
from pathlib import Path

import nbformat
import pytest

import nbhelpers

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))
MARK = re.compile(r'\s?<span class="kernel-only">(.*?)</span>', re.DOTALL)

pytestmark = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def cells(path, kind):
    return [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == kind]


def test_the_first_cell_runs_here(path):
    first = cells(path, "code")[0]
    assert first.metadata.tags == ["kernel-only"] and not first.outputs
    exec(first.source, {})
    assert nbhelpers.__version__ in first.source


@pytest.mark.parametrize("found", [None, "0.0.9"], ids=["missing", "another version"])
def test_the_first_cell_says_what_to_do_elsewhere(path, found, monkeypatch):
    other = types.ModuleType("nbhelpers")
    other.__version__ = found
    monkeypatch.setitem(sys.modules, "nbhelpers", other if found else None)
    with pytest.raises(ImportError, match=f"here it is {found or 'missing'}") as caught:
        exec(cells(path, "code")[0].source, {})
    words = str(caught.value)
    assert "the first command of the README" in words and "%pip install" in words
    assert len(words) < 320


def test_what_is_left_without_the_marks_is_whole_sentences(path):
    for cell in cells(path, "markdown"):
        assert cell.source.count('class="kernel-only"') == len(MARK.findall(cell.source))
        left = MARK.sub("", cell.source)
        tagged = "kernel-only" in cell.metadata.get("tags", [])
        assert tagged or not re.search(r"▶▶|■|exercises\.hint", left), left
        for paragraph in filter(MARK.search, cell.source.split("\n\n")):
            left = MARK.sub("", paragraph).strip()
            assert not left or left.endswith((".", "?", ":", ".)")), left
            assert not re.search(r" [.,;:)]|[,;]\*", left), left
