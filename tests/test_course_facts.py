"""Each fact of ``course_facts.md`` is asserted in its lesson, in a cell that runs."""

import ast
import re
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parent.parent
ROW = re.compile(r"^\| (\d\d) \| (.+?) \| `(.+)` \|$", flags=re.M)
FACTS = ROW.findall((ROOT / "tests" / "course_facts.md").read_text(encoding="utf-8"))


def normal(expression):
    return ast.unparse(ast.parse(expression, mode="eval"))


def asserted(lesson):
    """Return every expression that the lesson asserts, with the parts of each `and`."""
    (path,) = (ROOT / "notebooks").glob(f"{lesson}_*.ipynb")
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type != "code":
            continue
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Assert):
                parts = node.test.values if isinstance(node.test, ast.BoolOp) else []
                yield from map(ast.unparse, [node.test, *parts])


def test_the_table_is_read():
    text = (ROOT / "tests" / "course_facts.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if re.match(r"\| \d\d", line)]
    assert len(rows) == len(FACTS) >= 9


@pytest.mark.parametrize(("lesson", "fact", "expression"), FACTS)
def test_the_lesson_asserts(lesson, fact, expression):
    expression = expression.replace(r"\|", "|")
    assert normal(expression) in set(asserted(lesson)), fact
