"""The parts of the exporter, without a kernel and without a browser."""

import base64
import copy
import html
import json
import re

import nbformat
import pytest
from parts import (
    STATE,
    build,
    code,
    differences,
    live,
    make,
    models,
    notebook,
    pages,
    prose,
    run_script,
    running,
    shown,
    states_of,
)

from nbhelpers import explorers

PAGE = build.HERE / "page"


def words(source):
    return prose.markdown(source, prose.Renderer(prose.anchors()))


# --- prose ---


def test_a_formula_is_set_when_the_page_is_built():
    made = words("Before\n\n$$y = \\frac{1}{2} x_1$$\n\nafter")
    assert "<mfrac>" in made and "<msub>" in made and "$" not in made and "frac{" not in made
    assert "<p>Before</p>" in made and "<p>after</p>" in made


def test_every_formula_of_the_lessons_is_set():
    found = 0
    for path in build.NOTEBOOKS.glob("*.ipynb"):
        for latex in prose.FORMULA.findall(build.words_of(path)):
            found += 1
            assert not re.search(r"\\|<mi>[a-z]{3,}frac", prose.formula(latex)), latex
    assert found > 15


def test_headings_have_anchors_of_their_own_and_lessons_are_pages():
    renderer = prose.Renderer(prose.anchors())
    source = "# 02 · Maps\n\n## 1 · One line (3 minutes)\n\n## One line\n\n## 점곱\n\n"
    made = prose.markdown(source + "[next](03_a.ipynb) [there](https://a.org/b.ipynb)", renderer)
    assert [(level, anchor) for level, anchor, _ in renderer.headings] == [
        (1, "maps"), (2, "one-line"), (2, "one-line-2"), (2, "점곱"),
    ]  # fmt: skip
    assert 'href="03_a.html"' in made and 'href="https://a.org/b.ipynb"' in made


def test_what_needs_a_kernel_is_left_out_of_a_sentence():
    made = words('Move it. <span class="kernel-only">Press ▶▶\nfirst.</span> Then look.')
    assert made == "<p>Move it. Then look.</p>\n"


def test_a_folded_answer_stays_folded_and_is_still_prose():
    made = words("<details><summary>Answer</summary>\n\nIt is **two**.\n\n</details>")
    assert made.startswith("<details><summary>Answer</summary>")
    assert "<strong>two</strong>" in made and made.rstrip().endswith("</details>")


def test_code_is_highlighted_and_keeps_every_letter():
    source = 'def f(x):\n    return x < 1 and "é & <b>"  # why'
    made = prose.code(source)
    assert html.unescape(prose.TAG.sub("", made)).rstrip("\n") == source
    assert {"k", "nf", "c1"} <= set(re.findall(r'class="(\w+)"', made))


# --- explorers ---


def explorer_of(name, source="explorer"):
    made = make(name)
    return made, live.explorer(models(), made.widget.model_id, source)


# All of them are tried in the browser.
@pytest.mark.parametrize("name", ["affine", "draw_digit", "batch", "gallery"])
def test_its_two_scripts_compute_what_python_computes(name, tmp_path):
    made, explorer = explorer_of(name)
    states = states_of(made, count=5)
    scripts = "".join(build.scripts(explorer).values())
    caught = f"""
    const found = {{}};
    const shared = {{ {", ".join(live.core()[1])} }};
    const nbx = {{
      scene: (_, make) => {{ found.arrays = make(shared).arrays; }},
      setting: (_, given) => {{ found.data = unpack(withBytes(given.data)); }},
    }};
    {scripts}
    const answer = (states) => states.map((state) => found.arrays(state, found.data));
    """
    theirs_of = run_script(joined("explorers") + caught, states, tmp_path)
    for state, theirs in zip(states, theirs_of, strict=True):
        assert not differences(made.arrays(state), theirs), state


def test_what_all_explorers_share_is_sent_once():
    core = build.whole("explorers")
    for name in ("affine", "draw_digit"):
        _, explorer = explorer_of(name)
        assert "paintScene" not in explorer.scene and "paintScene" in core
        assert not re.search(r"^(import|export) ", explorer.scene, re.MULTILINE)
        assert len(explorer.scene) < len(core)


def test_equal_settings_are_one_file_and_others_are_not():
    first, same, other = (
        live.explorer(models(), made.widget.model_id, "x")
        for made in (make("affine"), make("affine"), make("affine", angle=10))
    )
    assert first.key == same.key != other.key


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a = 1\nplane", {"name": "plane"}),
        ("e.affine(angle=3)", {"call": "e.affine", "given": [], "sets": ["angle"]}),
        (
            "e.draw_digit(net, width=2, model=m)",
            {"call": "e.draw_digit", "given": ["net", "model=m"], "sets": ["width"]},
        ),
        ("x = 3", {}),
    ],
)
def test_how_the_notebook_sets_an_explorer(source, expected):
    assert live.python(source, ["angle", "width"]) == expected


def joined(name):
    """A script of the page, its names in reach."""
    return build.script.joined((PAGE / f"{name}.js").read_text("utf-8"), PAGE)


def ask(expression, tmp_path, **values):
    """What an expression gives, with the names of a page's explorers at hand."""
    answer = f"function answer({{ {', '.join(values)} }}) {{ return {expression}; }}\n"
    return run_script(joined("explorers") + answer, values, tmp_path)


SLIDER = {"kind": "slider", "min": -4, "max": 4, "step": 0.05}
STEPS = {"kind": "steps", "options": ["0.01", "0.1", "1"]}
MENU = {"kind": "menu", "options": ["relu", "Tanh"]}


INK = {"kind": "hidden", "form": "[0-9]*"}
LINKS = [
        (SLIDER, "1.5", 1.5), (SLIDER, "99", 4), (SLIDER, "-1e9", -4), (SLIDER, "0.12", 0.1),
        (SLIDER, "Infinity", 4), (SLIDER, "", None), (SLIDER, "x", None), (SLIDER, "NaN", None),
        (STEPS, "0.1", "0.1"), (STEPS, "0.3", "0.1"), (STEPS, "7", "1"), (STEPS, "-7", "0.01"),
        (STEPS, "Infinity", "1"), (STEPS, "often", None),
        (MENU, "tanh", "Tanh"), (MENU, "sigmoid", None), (MENU, "3", None),
        ({"kind": "switch"}, "true", True), ({"kind": "switch"}, "0", False),
        ({"kind": "switch"}, "perhaps", None),
        (INK, "3838", "3838"), (INK, "38z", None), (INK | {"form": ""}, "3", None),
]  # fmt: skip


def test_a_link_may_ask_for_anything(tmp_path):
    asked = [case[:2] for case in LINKS]
    found = ask("cases.map(([c, text]) => nearest(c, text) ?? null)", tmp_path, cases=asked)
    for case, value in zip(LINKS, found, strict=True):
        assert value == case[2], case


def test_the_line_of_python_keeps_what_the_call_set(tmp_path):
    source = "explorers.affine(angle=90, shear=1)"
    made = make("affine", angle=90, shear=1)
    explorer = live.explorer(models(), made.widget.model_id, source)
    given = {"python": json.loads(explorer.python)} | json.loads(explorer.setting)
    state = made.state | {"scale_x": 2, "shear": 0}
    line = ask("[pythonOf(given, state)]", tmp_path, given=given, state=state)[0]
    assert eval(line, {"explorers": explorers}).state == state, line


def test_the_line_of_python_sets_the_same(tmp_path):
    names = ("affine", "draw_digit", "batch", "descent", "gallery")  # every kind of control
    every = [explorer_of(name, "here")[0] for name in names]
    wanted = [states_of(made, count=1)[-1] for made in every]
    cases = []
    for name, state in zip(names, wanted, strict=True):
        for source in ("here", f"explorers.{name}()"):
            _, explorer = explorer_of(name, source)
            python = {"python": json.loads(explorer.python)}
            cases.append([python | json.loads(explorer.setting), state])
    lines = ask("cases.map((case_) => pythonOf(...case_))", tmp_path, cases=cases)
    named, called = lines[::2], lines[1::2]
    for made, state, line in zip(every, wanted, named, strict=True):
        exec(line, {"here": made})
        assert made.state == state, line
    for made, state, line in zip(every, wanted, called, strict=True):
        if made.name != "gallery":  # which is no part of the package
            assert eval(line, {"explorers": explorers}).state == state, line


# --- a page ---


@pytest.fixture
def written(tmp_path, monkeypatch):
    """Return a function: a notebook as a page, its stored outputs and those of its run."""

    def write(*cells, run=None):
        path = tmp_path / "07_words.ipynb"
        stored = notebook("# 07 · Words", *cells)
        nbformat.write(stored, path)
        again = copy.deepcopy(stored) if run is None else notebook("# 07 · Words", *run)
        again.metadata["widgets"] = {STATE: {"state": models()}}
        monkeypatch.setattr(running, "run", lambda _: again)
        return pages.lesson(path, "ways")

    return write


def text(words, **more):
    return nbformat.v4.new_output("execute_result", {"text/plain": words} | more)


def test_words_are_the_stored_ones_and_explorers_the_runs(written):
    before, after = make("affine"), make("affine", angle=10)
    made = written(
        code("plane", shown(before)),
        code("1", text("stored")),
        run=[code("plane", shown(after)), code("1", text("run"))],
    )
    assert "stored" in made.body and ">run<" not in made.body
    assert json.loads(made.explorers["affine"].setting)["controls"][0]["value"] == 10
    assert html.escape(after.alt) in made.body
    assert made.pictures[0].png == base64.b64decode(shown(after).data["image/png"])


def test_without_the_data_all_is_the_runs(written):
    said = nbformat.v4.new_output("stream", text=f"using the 1,797 {running.WITHOUT_DATA}.")
    made = written(code("1", text("98%")), run=[code("1", said, text("93%"))])
    assert "93%" in made.body and "98%" not in made.body


def test_cells_that_need_a_kernel_are_left_out(written):
    made = written(code("checkup()", text("Python 3"), tags=["kernel-only"]), code("2", text("2")))
    assert "checkup" not in made.body and "Python 3" not in made.body and ">2<" in made.body


def test_the_checkers_answer_becomes_a_way_to_a_notebook(written):
    answer = text("not started", **{"text/html": '<div role="status">○ not started</div>'})
    made = written(code('exercises.check("01.a", a)', answer))
    assert "not started" not in made.body and "ways" in made.body
    assert "running notebook" in made.body and "exercises" in made.body


def test_code_that_only_draws_is_folded(written):
    made = written(code("draw()", hidden=True))
    assert re.search(
        r'<details class="source"><summary>[^<]+</summary>\s*<div class="code">', made.body
    )


def test_two_explorers_of_one_name_have_places_of_their_own(written):
    both = [make("affine"), make("affine", angle=5)]
    made = written(*(code("x", shown(each)) for each in both))
    assert list(made.explorers) == ["affine", "affine-2"]
    assert 'id="affine"' in made.body and 'id="affine-2"' in made.body


def test_output_is_never_taken_for_html(written):
    made = written(code("1", text("<b>&"), nbformat.v4.new_output("stream", text="<i>")))
    assert "&lt;b&gt;&amp;" in made.body and "&lt;i&gt;" in made.body


def test_the_search_finds_every_section(written):
    made = written("Head.\n\n## One (3 minutes)\n\nA **neuron**.", code("np.exp(1)"), "## Two")
    found = list(pages.entries(made))
    assert [entry["title"] for entry in found] == ["07 · Words", "One (3 minutes)", "Two"]
    assert "A neuron" in found[1]["text"] and "np.exp" in found[1]["text"].replace(" ", "")
    assert found[1]["url"] == "07_words.html#one"


# --- runs and files ---


def test_a_run_is_kept_until_code_changes(tmp_path, monkeypatch):
    runs = []
    monkeypatch.setattr(running, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(running, "_is_here", lambda name: True)
    monkeypatch.setattr(running, "_executed", lambda path: runs.append(1) or running.read(path))
    path = tmp_path / "01_a.ipynb"
    for cells, times in (("a", 1), ("a", 1), ("b", 1), ("b", 2)):
        prose_, source = (cells, "x") if times == 1 else (cells, "y")
        nbformat.write(notebook(prose_, code(source)), path)
        assert running.code_cells(running.run(path))[0].source == source
        assert len(runs) == times
    assert len(list((tmp_path / "cache").iterdir())) == 1


def test_it_never_clears_a_folder_of_something_else(tmp_path):
    (tmp_path / "thesis.tex").write_text("dear")
    with pytest.raises(SystemExit, match="something else"):
        build.build(tmp_path, [])
    assert (tmp_path / "thesis.tex").read_text() == "dear"


def test_a_jupyterlite_is_shown_only_where_there_is_one():
    assert "lite/" not in build.ways("01_a.ipynb", lite=False)
    assert 'href="lite/lab/index.html?path=01_a.ipynb"' in build.ways("01_a.ipynb", lite=True)


def test_one_address_of_the_repository():
    text = "".join(
        path.read_text("utf-8")
        for path in build.HERE.rglob("*.*")
        if path.suffix in (".py", ".js", ".html", ".css")
    )
    assert text.count("tensors-to-digits/") == 1


def test_scripts_are_such_that_a_page_in_a_folder_may_load_them():
    for name in ("page", "explorers"):
        script = build.whole(name)
        assert not re.search(r"^\s*(import|export) |\bfetch\(|XMLHttpRequest", script, re.MULTILINE)
