"""A lesson under a learner's hands, without a kernel: its cells, run in one dictionary of names.

What a cell shows is kept, not drawn. The names before each cell are kept, too, so that a test may
change one number and see what the rest of the lesson makes of it, in a fraction of a second.
"""

import ast
import contextlib
import copy
import functools
import io
import signal
from pathlib import Path
from unittest import mock

import nbformat
import numpy as np

from nbhelpers.figures import Picture

FOLDER = Path(__file__).parent.parent / "notebooks"
LARGE = 1_000_000  # bytes; no lesson writes into its data sets, so they need no copy


class Lesson:
    """The code cells of one notebook and the names that they have made so far."""

    def __init__(self, number):
        (path,) = FOLDER.glob(f"{number}_*.ipynb")
        cells = [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
        self.sources = {cell.id: cell.source for cell in cells}
        self.repeats = {
            cell.id: "nbval-ignore-output" not in cell.metadata.get("tags", []) for cell in cells
        }
        self.names = {"__name__": "__main__"}  # functions of the lesson look their names up here

    def run(self, cell, source=None):
        """Run a cell, or ``source`` in its place; return what it prints and what it ends on."""
        tree = ast.parse(self.sources[cell] if source is None else source)
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(tree, cell, "exec"), self.names)
            value = last and eval(compile(ast.Expression(last.value), cell, "eval"), self.names)
        return out.getvalue(), value

    def run_stopped(self, cell, target, calls):
        """Run a cell, and press Stop when the function ``target`` is called that many times."""
        with stop_at(target, calls), contextlib.suppress(KeyboardInterrupt):
            return self.run(cell)

    def keep(self):
        """Return the names as they are: lists and arrays are copied, other things only named."""
        return {name: kept(value) for name, value in self.names.items()}

    def go_back_to(self, names):
        """Take names that were kept."""
        self.names.clear()
        self.names.update({name: kept(value) for name, value in names.items()})

    def after(self, cell):
        """Yield each later cell that uses what this one makes, and the names made anew by then."""
        new, cells = makes(self.sources[cell]), list(self.sources)
        for later in cells[cells.index(cell) + 1 :]:
            source = self.sources[later]
            if uses(source) & new:
                yield later, frozenset(new)
                new |= makes(source)
            else:
                new -= makes(source)


def kept(value):
    """Return a copy of numbers in lists, tables and arrays; anything else as it is."""
    if isinstance(value, np.ndarray) and value.nbytes > LARGE:
        return value
    if isinstance(value, (list, tuple, set, dict, np.ndarray)):
        with contextlib.suppress(TypeError, NotImplementedError):  # such things are shared
            return copy.deepcopy(value)
    return value


def words(shown):
    """Return what a cell has shown as text; of a figure, its words and its curves."""
    out, value = shown
    if not isinstance(value, Picture):
        return out + repr(value)
    lines = [line.get_xydata().round(9).tolist() for a in value.figure.axes for line in a.lines]
    texts = [text.get_text() for a in value.figure.axes for text in a.texts]
    return f"{out}{value.alt}{texts}{lines}"


def makes(source):
    """Return the names that a cell binds, or writes into."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names.add(node.name)
        while isinstance(node, (ast.Subscript, ast.Attribute)) and isinstance(node.ctx, ast.Store):
            node = node.value
            if isinstance(node, ast.Name):
                names.add(node.id)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
    return names


def uses(source):
    """Return the names that a cell reads, in its functions, too."""
    nodes = ast.walk(ast.parse(source))
    return {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}


@contextlib.contextmanager
def stop_at(target, calls):
    """Press Stop (SIGINT, as JupyterLab's ■ does) at the n-th call of the function ``target``."""
    original = functools.reduce(getattr, target.split(".")[1:], __import__(target.split(".")[0]))
    count = 0

    def counting(*args, **kwargs):
        nonlocal count
        count += 1
        if count == calls:
            signal.raise_signal(signal.SIGINT)
        return original(*args, **kwargs)

    with mock.patch(target, counting):
        yield
