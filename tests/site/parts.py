"""What the tests of the site share: explorers as a run leaves them, and small notebooks."""

import base64
import runpy
import sys
from pathlib import Path

import ipywidgets
import nbformat
import pytest

# What it needs, beside the course's own, is all imported there.
build = pytest.importorskip("build", reason="pip install -r assets/site/requirements.txt")
live, pages, prose, running = build.live, build.pages, build.prose, build.running

EXPLORERS = Path(__file__).parents[1] / "explorers"
GALLERY = EXPLORERS / "gallery.py"
NAMES, make = (runpy.run_path(str(GALLERY))[key] for key in ("NAMES", "make"))
twins = runpy.run_path(str(EXPLORERS / "twins.py"))
run_script, states_of, differences = (twins[key] for key in ("run", "states_of", "differences"))
OnAnyPage = runpy.run_path(str(EXPLORERS / "browsing.py"))["OnAnyPage"]
STATE = "application/vnd.jupyter.widget-state+json"
WIDGET = "application/vnd.jupyter.widget-view+json"


def models():
    """The state of all widgets that there are, as a run stores it."""
    return ipywidgets.Widget.get_manager_state()["state"]


def shown(explorer):
    """The output of a cell that ends with an explorer."""
    data, metadata = explorer._repr_mimebundle_()
    data["image/png"] = base64.b64encode(data["image/png"]).decode()
    return nbformat.v4.new_output("execute_result", data=data, metadata=metadata)


def code(source, *outputs, tags=(), hidden=False):
    """A cell of code."""
    metadata = {"tags": list(tags)} | ({"jupyter": {"source_hidden": True}} if hidden else {})
    return nbformat.v4.new_code_cell(source, outputs=list(outputs), metadata=metadata)


def notebook(*cells):
    """A notebook; a string is a cell of prose."""
    prose = nbformat.v4.new_markdown_cell
    made = [prose(cell) if isinstance(cell, str) else cell for cell in cells]
    return nbformat.v4.new_notebook(cells=made)


def build_all(out):
    """Build a site of one page, which shows every explorer."""
    cells = [code("from nbhelpers import explorers")]
    cells += [code(f"{name} = explorers.{name}()\n{name}") for name in NAMES[:-1]]
    cells += [code(f"import runpy\nrunpy.run_path({str(GALLERY)!r})['gallery']()")]
    path = out.with_name("00_all.ipynb")
    nbformat.write(notebook("# 00 · All", *cells), path)
    ran = running.run(path)
    ran.metadata = {}
    nbformat.write(ran, path)  # with its outputs, as a lesson is stored
    build.build(out, [path])


if __name__ == "__main__":
    build_all(Path(sys.argv[1]).resolve())
