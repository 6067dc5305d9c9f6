"""The scripts without a browser, in Node: they compute what Python computes."""

import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from gallery import NAMES, make
from twins import differences, in_node, run, states_of

from nbhelpers import activations, explorers
from nbhelpers.datasets import ink
from nbhelpers.explorers.picture import script, words
from nbhelpers.explorers.scenes.parts import draw_digit_pen as pen

FOLDER = Path(explorers.__file__).parent
SCRIPTS = sorted(FOLDER.rglob("*.js"))


@pytest.mark.parametrize("name", NAMES)
def test_an_explorer_computes_the_same_in_both_languages(name, tmp_path):
    explorer = make(name)
    states = states_of(explorer, seed=11)
    for state, theirs in zip(states, in_node(explorer, states, tmp_path), strict=True):
        assert not differences(explorer.arrays(state), theirs), state


@pytest.fixture
def ask(tmp_path):
    """Return a function: what an expression gives, with names of a module and values at hand."""

    def answer(path, names, expression, **values):
        text = f'import {{ {", ".join(names)} }} from "./{path}";\n'
        given = f"function answer({{ {', '.join(values)} }}) {{ return {expression}; }}"
        return run(script.joined(text, FOLDER) + given, values, tmp_path)

    return answer


def test_layers_are_those_of_the_engine(ask):
    rng = np.random.default_rng(0)
    x, W, b = rng.normal(size=(50, 4)) * 3, rng.normal(size=(4, 3)), rng.normal(size=3)
    x[::7, 1] = 0
    names = ["ACTIVATIONS", "softmax", "weighted"]
    both = "x.map((row) => weighted(row, W, b))"
    z = np.array(ask("scenes/parts/maths.js", names, both, x=x, W=W, b=b))
    np.testing.assert_allclose(z, x @ W + b, atol=1e-12)
    each = "Object.entries(ACTIVATIONS).map(([name, h]) => [name, z.map((row) => row.map(h))])"
    found = dict(ask("scenes/parts/maths.js", names, each, z=z))
    found["softmax"] = ask("scenes/parts/maths.js", names, "z.map(softmax)", z=z)
    assert found.keys() == set(activations.ACTIVATIONS)
    for name, theirs in found.items():
        np.testing.assert_allclose(theirs, getattr(activations, name)(z), atol=1e-12)
    far = "[softmax([1000, -1000, 0]), [-1000, 1000].map(ACTIVATIONS.sigmoid)]"
    assert ask("scenes/parts/maths.js", names, far) == [[1, 0, 0], [0, 1]]


def test_matrices_are_those_of_numpy(ask):
    rng = np.random.default_rng(1)
    a, b = rng.normal(size=(5, 4)), rng.normal(size=(4, 3))
    names = ["matmul", "transpose", "deepMap", "sum", "dot", "range", "clip"]
    found = ask(
        "scenes/parts/maths.js",
        names,
        "[matmul(a, b), transpose(a), deepMap(a, (v) => 2 * v), sum(b[0]),"
        " dot(b[0], b[1]), range(3), clip(-1, 0, 2)]",
        a=a,
        b=b,
    )
    ours = [a @ b, a.T, 2 * a, b[0].sum(), b[0] @ b[1], [0, 1, 2], 0]
    for theirs, expected in zip(found, ours, strict=True):
        np.testing.assert_allclose(theirs, expected, atol=1e-12)


def test_ramps_turn_with_a_dark_theme_and_keep_their_hues(ask):
    names = ["gray_r", "RdBu", "Blues", "Oranges", "classes"]
    text = (
        "[false, true].map((dark) => cmaps.map((cmap) => "
        "[0, 0.25, 1].map(scaleOf({ cmap, low: 0, high: 1 }, [], dark).shade)))"
    )
    light, dark = np.array(ask("picture/ramps.js", ["scaleOf"], text, cmaps=names))
    luminance = [0.213, 0.715, 0.072]  # which hue-rotate keeps, and invert(0.93) turns
    turned = 0.93 * 255 - 0.86 * (light @ luminance)
    np.testing.assert_allclose(dark @ luminance, turned, atol=0.6)
    assert (dark[0, 0] < 20).all() and (dark[0, 2] > 230).all()  # ink on paper
    for colors in (light, dark):
        assert (colors[1, 0].argmax(), colors[1, 2].argmax()) == (0, 2)  # red stays red, blue blue
    same = (
        "[false, true].map((dark) => scaleOf({ cmap: 'gray', low: 0, high: 1 }, [], dark).shade(1))"
    )
    assert ask("picture/ramps.js", ["scaleOf"], same) == [[255, 255, 255]] * 2


def numbers():
    edges = [0, 1, -1, 1e-9, 6e-8, 6.1e-5, 0.1, 1 / 3, 2047.5, 2049, 65519, 65520, -1e9, 1e39]
    return edges + (10.0 ** np.random.default_rng(0).uniform(-9, 6, 300)).tolist()


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_rounding_is_that_of_numpy(ask, dtype):
    text = "numbers.map((v) => rounded(v, dtype))"
    found = ask("scenes/parts/maths.js", ["rounded"], text, numbers=numbers(), dtype=dtype)
    with np.errstate(over="ignore", under="ignore"):
        assert found == np.array(numbers()).astype(dtype).astype(float).tolist()


def test_numbers_and_sentences_are_written_alike(ask):
    template = "{name} {n}, {v:.0f}, {v:.3f}, {v:.2e}, {list:.1f} and {not a field}"
    text = "numbers.map((v, n) => say(template, { name: 'x', n, v, list: [[v, -v], [1, 2]] }))"
    found = ask("picture/words.js", ["say"], text, numbers=numbers(), template=template)
    assert found == [
        words.say(template, name="x", n=n, v=v, list=[[v, -v], [1, 2]])
        for n, v in enumerate(numbers())
    ]
    odd = "[fixed(-0.0), fixed(2.675), fixed(NaN), fixed(-Infinity), fixed(1e20), scientific(0)]"
    expected = ["0.00", "2.68", "nan", "−∞", "1.00e+20", "0"]
    assert ask("picture/words.js", ["fixed", "scientific"], odd) == expected


def test_ink_becomes_what_python_makes_of_it(ask):
    rng = np.random.default_rng(2)
    for side in (1, 28, 40, 112):
        image = rng.random((side, side)) * (rng.random((side, side)) < 3 / side)
        image[rng.integers(side), rng.integers(side)] = 1
        theirs = ask("scenes/parts/ink.js", ["prepare"], "prepare(image)", image=image)
        for a, b in zip(ink.prepare(image), theirs, strict=True):
            np.testing.assert_allclose(a, b, atol=1e-12)


def test_strokes_leave_the_same_ink(ask):
    rng = np.random.default_rng(3)
    for count in (0, 1, 2, 9):
        strokes = [(rng.integers(113, size=(n, 2)) / 4).tolist() for n in range(1, count + 1)]
        names = ["lineWidth", "rasterize", "readStroke", "strokesOf"]
        text = "((s) => [lineWidth(s, 3), rasterize(s, 2.5)])(strokesOf(ink).map(readStroke))"
        written = pen.write_ink(strokes)
        width, paper = ask("scenes/parts/draw_digit_pen.js", names, text, ink=written)
        ours = pen.read_ink(written)
        assert width == pen.line_width(ours, 3)
        np.testing.assert_allclose(paper, pen.rasterize(ours, 2.5), atol=1e-9)


# --- the pen of draw_digit ---

EMPTY = {"ink": "", "cursor": "", "sample": 0, "width": 2.5, "photo": ""}


@pytest.fixture
def draw(ask):
    """Return a function: the state after some events on the paper."""

    def after(*events, **state):
        text = "events.reduce((s, e) => ({ ...s, ...pointer(s, {}, e) }), state)"
        state = EMPTY | state
        return ask("scenes/draw_digit.js", ["pointer"], text, events=events, state=state)

    return after


def at(kind, x, y, panel=0):
    return {"type": kind, "panel": panel, "x": x, "y": y}


def key(name):
    return {"type": "key", "panel": 0, "key": name}


def test_a_pen_leaves_strokes(draw):
    line = [at("down", 2, 3), at("move", 4, 3), at("move", 4, 3), at("up", 4, 3)]
    strokes = [[(2, 3), (4, 3)], [(9, 9)]]
    assert draw(*line)["ink"] == pen.write_ink(strokes[:1])
    assert draw(*line, at("down", 9, 9))["ink"] == pen.write_ink(strokes)
    assert draw(at("down", -3, 99))["ink"] == pen.write_ink([[(0, 28)]]), "kept on the paper"
    assert draw(at("down", 2, 3, panel=1), at("move", 4, 3, panel=1)) == EMPTY
    both = draw(*line, at("down", 9, 9))
    assert draw(key("Backspace"), **both)["ink"] == pen.write_ink(strokes[:1])
    assert draw(*3 * [key("Backspace")], **both) == EMPTY
    assert draw(key("Delete"), **both) == EMPTY


@pytest.mark.parametrize("photo", ["!none", "9610"])
def test_a_photo_makes_room_for_what_is_drawn(draw, photo):
    line, old = [at("down", 2, 3), at("move", 4, 3)], pen.write_ink([[(9, 9), (9, 20)]])
    after = draw(*line, photo=photo)
    assert (after["photo"], after["ink"]) == ("", pen.write_ink([[(2, 3), (4, 3)]]))
    kept = draw(*line, photo="!none", ink=old)
    assert kept["ink"].startswith(old), "a file that shows no digit takes nothing away"
    assert draw(key("Backspace"), photo=photo, ink=old)["photo"] == ""
    assert draw(key("Delete"), photo=photo, ink=old) == EMPTY


@pytest.mark.parametrize("first", [[at("down", 5, 5)], [*3 * [key("ArrowUp")], key(" ")]])
def test_ink_never_lands_on_a_test_image(draw, first):
    old = pen.write_ink([[(1, 1), (2, 2)]])
    after = draw(*first, sample=7, ink=old)
    assert after["sample"] == 0 and len(pen.read_ink(after["ink"])) == 1
    assert old not in after["ink"]
    for event in (at("move", 3, 3), key("Backspace"), key("ArrowDown")):
        after = draw(event, sample=7, ink=old)
        assert (after["sample"], after["ink"]) == (7, old)


# --- the files ---


@pytest.mark.parametrize("path", [*SCRIPTS, FOLDER / "picture/scene.css"], ids=lambda p: p.name)
def test_no_line_is_longer_than_a_hundred_letters(path):
    long = [line for line in path.read_text("utf-8").splitlines() if len(line) > 100]
    assert not long


def test_no_export_is_dead():
    """Every exported name is imported by another module, or asked for by Python."""
    texts = {path: path.read_text("utf-8") for path in SCRIPTS}
    asked_for = {"arrays", "pointer", "show", "take"}
    for path, text in texts.items():
        others = "\n".join(other for where, other in texts.items() if where != path)
        imported = re.findall(r"import \{([^}]*)\}", others)
        used = {name.strip() for names in imported for name in names.split(",")}
        assert set(script.EXPORT.findall(text)) <= used | asked_for, path.name


def test_a_script_holds_each_module_once_and_no_module_words():
    made = explorers.draw_digit().widget.children[-1]._esm
    assert made.count("const fixed") == 0 and made.count("function fixed(") == 1
    assert made.count("export ") == 1 and "import " not in made


def test_the_example_of_the_readme_works_in_both_languages(tmp_path, monkeypatch):
    readme = (FOLDER / "README.md").read_text("utf-8")
    python, javascript = (
        re.search(rf"```{language}\n(.*?)```", readme, re.DOTALL)[1]
        for language in ("python", "javascript")
    )
    shutil.copytree(FOLDER / "picture", tmp_path / "picture")
    (tmp_path / "scenes").mkdir()
    (tmp_path / "scenes" / "sine.js").write_text(javascript, encoding="utf-8")
    monkeypatch.setattr(script, "SCENES", tmp_path / "scenes")
    names = {}
    exec(python, names)
    explorer = names["sine"]()
    states = states_of(explorer, count=50)
    for state, theirs in zip(states, in_node(explorer, states, tmp_path), strict=True):
        assert not differences(explorer.arrays(state), theirs), state
    assert explorer.twin(list(explorer.presets.values())).png()
