"""The shape of the package: arrows point down, import is light, everything public is said."""

import ast
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import nbhelpers

PACKAGE = Path(nbhelpers.__file__).parent
# Rooms from the ground up. A module may import what stands in a line above it, or beside it in
# its own folder; never what comes below.
FLOORS = [
    ["_types", "_assets", "_colors", "_files", "_out"],
    ["utils"],
    ["_tables", "tensors", "geometry", "threads", "claims"],
    ["activations", "initializers", "metrics", "batching", "gradcheck"],
    ["_layer"],
    ["losses", "optimizers", "layers", "callbacks"],
    ["_stack"],
    ["training"],
    ["models"],
    ["sweep"],
    ["datasets"],
    ["figures"],
    ["exercises", "explorers", "checkup"],
]
FLOOR = {room: k for k, rooms in enumerate(FLOORS) for room in rooms}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room_of(path):
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            parts = name.split(".")
            if parts[0] == "nbhelpers" and len(parts) > 1:
                yield parts[1]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_arrows_point_down(path):
    room = room_of(path)
    if room == "__init__":
        assert list(imported_rooms(path)) == []
        return
    for other in imported_rooms(path):
        assert other == room or FLOOR[other] < FLOOR[room], f"{room} imports {other}"


def test_the_table_for_contributors_shows_the_same_floors():
    page = (PACKAGE.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = page.split("| floor | rooms |")[1].split("\n\n")[0]
    rows = [set(re.findall(r"`(\w+)`", row)) for row in table.splitlines()[2:]]
    floors = [{room for room in rooms if room[0] != "_"} for rooms in reversed(FLOORS)]
    assert rows == [rooms for rooms in floors if rooms]


def test_every_room_can_be_reached_from_the_package():
    for room in FLOOR:
        if not room.startswith("_") and room in nbhelpers.__all__:
            assert inspect.ismodule(getattr(nbhelpers, room))
    with pytest.raises(AttributeError, match="tensorflow"):
        _ = nbhelpers.tensorflow


def loaded_after(statement):
    code = f"import sys; {statement}; print(*sorted(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_import_loads_neither_figures_nor_widgets_nor_the_network():
    heavy = {"matplotlib", "ipywidgets", "anywidget", "tqdm", "urllib3", "requests", "IPython"}
    assert not heavy & loaded_after("import nbhelpers")
    assert "numpy" not in loaded_after("import nbhelpers")
    models = "from nbhelpers import models, layers, datasets; from nbhelpers.datasets import mnist"
    assert not heavy & loaded_after(models)


def public_members():
    for path in MODULES:
        name = ".".join(["nbhelpers", *path.relative_to(PACKAGE).with_suffix("").parts])
        module = __import__(name.removesuffix(".__init__"), fromlist=["_"])
        yield module.__name__, module
        for key, member in vars(module).items():
            if key.startswith("_") or getattr(member, "__module__", None) != module.__name__:
                continue
            if inspect.isfunction(member) or inspect.isclass(member):
                yield f"{module.__name__}.{key}", member
            if inspect.isclass(member):
                for sub, method in vars(member).items():
                    if inspect.isfunction(method) and not sub.startswith("_"):
                        yield f"{module.__name__}.{key}.{sub}", method


@pytest.mark.parametrize(("name", "member"), list(public_members()))
def test_everything_public_has_a_docstring_and_types(name, member):
    assert inspect.getdoc(member), name
    if inspect.isfunction(member):
        parameters = [p for p in inspect.signature(member).parameters.values() if p.name != "self"]
        untyped = [p.name for p in parameters if p.annotation is p.empty]
        assert untyped == [], name


def without_docstrings(path):
    """Return the module's tree without its docstrings: what is said does not count as code."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        kinds = (ast.Module, ast.ClassDef, ast.FunctionDef)
        if isinstance(node, kinds) and ast.get_docstring(node, clean=False):
            node.body = node.body[1:] or [ast.Pass(lineno=1, end_lineno=1)]
    return tree


def test_functions_and_modules_stay_small():
    lengths = []
    for path in MODULES:
        tree = without_docstrings(path)
        assert len(ast.unparse(tree).splitlines()) <= 300, path.name
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                lines = node.body[-1].end_lineno - node.body[0].lineno + 1
                assert lines <= 40, f"{path.name}: {node.name}"
                lengths.append(lines)
    assert sorted(lengths)[len(lengths) // 2] <= 6
