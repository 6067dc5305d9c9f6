"""One explorer in Notebook 7, and in Voila, which shows a notebook as a page of its own."""

import contextlib
import json

import pytest
from driver import READY, SESSION, notebook
from server import serving

pytestmark = pytest.mark.slow
NAME = "one.ipynb"
MARKED = '# A heading\n\nOne. <span class="kernel-only">Two, *as it is*.</span> Three.'
LIVE = "() => document.querySelector('.nbx-scene')?.nbx?.painted.count > 0"
STATE = "(el) => el.nbx.state()"
CELLS = """() => { const notebook = jupyterapp.shell.currentWidget.content;
    return [notebook.widgets.length, notebook.activeCellIndex, notebook.mode,
        notebook.widgets.map((cell) => cell.isHidden)]; }"""


@contextlib.contextmanager
def served(tmp_path, package, module, *options):
    pytest.importorskip(package, reason=f"{package} is not installed (.ci/requirements.txt has it)")
    (tmp_path / "work").mkdir()
    made = notebook()
    heading = {"cell_type": "markdown", "id": "heading", "metadata": {}, "source": MARKED}
    code = [cell for cell in made["cells"] if "relu_fold" in cell["source"]]
    made["cells"] = [heading, made["cells"][0], *code, heading | {"id": "another"}]
    path = tmp_path / "work" / NAME
    path.write_text(json.dumps(made), encoding="utf-8")
    with serving(tmp_path, module, *options) as (host, token):
        yield host, token


@pytest.fixture
def fresh(context):
    page = context.new_page()
    yield page
    page.close()


def arrows_move_the_slider(page):
    """Press keys on the first slider; it steps, and the picture follows."""
    page.wait_for_function(LIVE)
    scene, handle = page.query_selector(".nbx-scene"), page.query_selector(".nbx .noUi-handle")
    name, start = next(iter(scene.evaluate(STATE).items()))
    handle.focus()
    values = []
    for key in ("ArrowRight", "ArrowUp", "ArrowUp", "ArrowLeft", "ArrowDown"):
        page.keyboard.press(key)
        values.append(scene.evaluate(STATE)[name])
    step = values[0] - start
    assert step > 0
    assert values == pytest.approx([start + k * step for k in (1, 2, 3, 2, 1)])
    page.wait_for_function(
        "([el, name, value]) => Math.abs(el.nbx.painted.state[name] - value) < 1e-9",
        arg=[scene, name, values[-1]],
    )
    assert handle.evaluate("(el) => el === document.activeElement"), "the focus stays"


def test_arrow_keys_reach_a_slider_in_notebook_7(tmp_path, fresh):
    option = "--JupyterNotebookApp.expose_app_in_browser=True"
    with served(tmp_path, "notebook", "notebook", option) as (host, token):
        fresh.goto(f"{host}/notebooks/{NAME}?token={token}", wait_until="domcontentloaded")
        fresh.wait_for_function(f"window.jupyterapp && {READY}")
        fresh.evaluate("() => jupyterapp.commands.execute('notebook:run-all-cells')")
        fresh.wait_for_function(LIVE)
        fresh.evaluate(
            """() => { const notebook = jupyterapp.shell.currentWidget.content;
            notebook.activeCellIndex = 2; notebook.mode = 'command'; }"""
        )
        shown = fresh.query_selector(".jp-MarkdownOutput").inner_text()
        assert "One. Two, as it is. Three." in shown, "what is marked for the site stays here"
        before = fresh.evaluate(CELLS)
        arrows_move_the_slider(fresh)
        assert fresh.evaluate(CELLS) == before, "a shortcut of the notebook fired"
        fresh.evaluate(f"() => {SESSION}?.shutdown()")


def test_an_explorer_moves_in_voila(tmp_path, fresh):
    with served(tmp_path, "voila", "jupyter_server") as (host, token):
        fresh.goto(f"{host}/voila/render/{NAME}?token={token}", wait_until="domcontentloaded")
        arrows_move_the_slider(fresh)
