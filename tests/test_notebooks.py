"""Notebooks are clean: what nbval would not notice, or would silently skip."""

import ast
import itertools
import re
from pathlib import Path

import nbformat
import pytest

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))
IGNORE = "nbval-ignore-output"
HIDDEN = {"source_hidden": True}  # a plotting call that teaches nothing
TAGS = {IGNORE, "data-mnist", "data-fashion_mnist", "kernel-only"}

pytestmark = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def read(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    return notebook


def code(path):
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


def prose(path):
    return "\n\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")


def test_ran_from_top_to_bottom(path):
    cells = code(path)
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))


def test_holds_no_error_and_no_state_and_is_small(path):
    notebook = read(path)
    assert not [o for cell in code(path) for o in cell.outputs if o.output_type == "error"]
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert notebook.metadata.kernelspec.name == "python3"
    assert set(notebook.metadata.language_info) == {"name"}
    assert path.stat().st_size < 1_000_000
    for cell in notebook.cells:
        assert set(cell.metadata) <= {"tags", "jupyter"}
        assert cell.metadata.get("jupyter", HIDDEN) == HIDDEN


def test_most_outputs_are_compared(path):
    cells = code(path)
    tags = [set(cell.metadata.get("tags", [])) for cell in cells]
    assert set().union(*tags) <= TAGS
    assert sum(IGNORE in t for t in tags) <= len(cells) / 3


def test_cells_are_short(path):
    lengths = [len([x for x in c.source.splitlines() if x.strip()]) for c in code(path)]
    assert max(lengths) <= 15
    assert sorted(lengths)[len(lengths) // 2] <= 8


def test_every_picture_has_a_text_in_words(path):
    for cell in code(path):
        for output in cell.outputs:
            data = output.get("data", {})
            if "image/png" in data:
                assert re.fullmatch(r"[^<>]{20,}", data["text/plain"]), data["text/plain"]


def fixed_words(source):
    """Yield the words in f-strings that a cell shows whatever its numbers are."""
    for node in ast.parse(source).body:
        call = node.value if isinstance(node, ast.Expr) else None
        if isinstance(call, ast.Call) and ast.unparse(call.func) in {"Markdown", "print"}:
            for text in [x for x in call.args if isinstance(x, ast.JoinedStr)]:
                yield from (x.value.strip() for x in text.values if isinstance(x, ast.Constant))


def test_what_is_stored_was_shown_by_the_code_above_it(path):
    for cell in code(path):
        shown = [(o.get("text"), o.get("data", {}).get("text/markdown")) for o in cell.outputs]
        stored = "".join(text or "" for pair in shown for text in pair)
        for words in fixed_words(cell.source):
            assert words in stored, cell.id


def test_no_exercise_is_done_yet(path):
    shown = [o.get("data", {}).get("text/plain", "") for cell in code(path) for o in cell.outputs]
    done = [text for text in shown if "exercises done." in text]
    assert all(text.startswith("0 of ") for text in done)
    assert len(done) == path.stem.startswith("09")


def test_headings_are_in_order(path):
    levels = [len(marks) for marks in re.findall(r"^(#+) ", prose(path), flags=re.M)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))


def test_source_avoids_what_the_style_forbids(path):
    for cell in code(path):
        for word in ("sys.path", "import *", "np.random.seed", "%", "!"):
            assert not re.search(rf"^\s*{re.escape(word)}|sys\.path", cell.source, flags=re.M)
        assert not re.search(r"\bfrom \S+ import \*", cell.source)
        assert "np.random.seed" not in cell.source


def bare_asserts(tree):
    """Yield every assert that runs with its cell and stands in no ``with claim(...)``."""
    for node in ast.iter_child_nodes(tree):
        claims = isinstance(node, ast.With) and ast.unparse(node.items[0]).startswith("claim(")
        if isinstance(node, ast.Assert):
            yield ast.unparse(node)
        elif not claims and not isinstance(node, ast.FunctionDef):
            yield from bare_asserts(node)


def test_a_claim_that_fails_is_answered_in_words(path):
    assert [x for cell in code(path) for x in bare_asserts(ast.parse(cell.source))] == []


def test_asks_before_it_shows(path):
    text, least = prose(path), 1 if path.stem.startswith("00") else 5
    assert len(re.findall(r"\bPredict\b", text, flags=re.I)) >= least
    assert text.count("<details>") == text.count("</details>") >= least
    assert "한국어" in text
    for words in ("You'll do", "You'll learn", "You'll need"):
        assert words in text


def test_links_lead_somewhere(path):
    lessons = {p.name for p in NOTEBOOKS}
    for target in re.findall(r"\]\(([^)#]+)\)", prose(path)):
        assert not target.endswith(".ipynb") or target in lessons or len(lessons) < 10


def test_the_map_states_the_minutes_that_the_lesson_states(path):
    if path.stem.startswith("00"):
        return
    minutes = re.search(r"about (\d+) minutes, then (\d+) for the exercises", prose(path)).groups()
    assert f"## Exercises ({minutes[1]} minutes)" in prose(path)
    row = next(x for x in prose(NOTEBOOKS[0]).splitlines() if f"({path.name})" in x and "|" in x)
    assert f"| {' + '.join(minutes)} |" in row
