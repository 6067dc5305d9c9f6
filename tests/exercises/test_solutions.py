"""The solutions that stand folded in the notebooks are right, and the stubs are stubs."""

import ast
import inspect
import re
from pathlib import Path

import nbformat
import pytest

from nbhelpers import exercises
from nbhelpers.exercises.lessons import catalogue

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("0[1-9]*.ipynb"))
CHECK = re.compile(r'^exercises\.check\("(\S+)", (\w+)\)$')
SOLUTION = re.compile(
    r"<details><summary>Solution</summary>\n\n```python\n(.*?)\n```.*?</details>", re.S
)


def read(path):
    """Return name, function name, stub, solution and the imports above, for each exercise."""
    cells = nbformat.read(path, as_version=4).cells
    for place, cell in enumerate(cells):
        if found := CHECK.match(cell.source):
            above = [c.source for c in cells[:place] if c.cell_type == "code"]
            solution = SOLUTION.search(cells[place + 1].source)
            assert solution, f"{path.name}: no solution below {found[1]}"
            yield (*found.groups(), cells[place - 1].source, solution[1], imports(above))


def imports(sources):
    kinds = (ast.Import, ast.ImportFrom)
    nodes = [node for source in sources for node in ast.parse(source).body]
    return "\n".join(ast.unparse(node) for node in nodes if isinstance(node, kinds))


def defined(source, function, imported):
    """Run a cell as a kernel would, and return the function that it defines."""
    space = {}
    exec(imported, space)
    exec(source, space)
    return space[function]


ALL = [pytest.param(*exercise, id=exercise[0]) for path in NOTEBOOKS for exercise in read(path)]
every_one = pytest.mark.parametrize(("name", "function", "stub", "solution", "imported"), ALL)


@every_one
def test_the_folded_solution_passes(name, function, stub, solution, imported):
    answer = exercises.check(name, defined(solution, function, imported))
    assert answer.passed, answer


@every_one
def test_the_stub_is_not_started_and_has_the_solution_s_arguments(
    name, function, stub, solution, imported
):
    empty = defined(stub, function, imported)
    assert exercises.check(name, empty).status == "not started"
    assert inspect.getdoc(empty)
    full = defined(solution, function, imported)
    assert inspect.signature(empty) == inspect.signature(full)
    reference = inspect.signature(catalogue.find(name).reference)
    arguments = list(inspect.signature(empty).parameters)
    assert arguments == list(catalogue.find(name).cases[0].arguments), reference


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_lesson_has_all_its_exercises_in_order(path):
    names = list(catalogue.of_lesson(path.stem[:2]))
    assert [name for name, *_ in read(path)] == names
    assert len(names) >= 3
