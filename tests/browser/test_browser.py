"""Every explorer in a real JupyterLab, in a real browser; then the base on three of them.

The last test ends the kernel, so it stays last.
"""

from pathlib import Path

import numpy as np
import pytest
from driver import NAMES

from nbhelpers import activations, explorers
from nbhelpers.explorers import words

each = pytest.mark.parametrize("name", NAMES)
dragged = pytest.mark.parametrize("name", ["affine", "relu_fold", "softmax"])
CELLS = """() => { const notebook = jupyterapp.shell.currentWidget.content;
    return [notebook.widgets.length, notebook.activeCellIndex, notebook.mode]; }"""


@each
def test_it_appears_with_words_for_those_who_cannot_see_it(on_page, name):
    explorer = on_page(name)
    size = explorer.canvas.bounding_box()
    assert size["width"] > 300 and size["height"] > 100
    painted = explorer.painted()
    assert painted["state"] == pytest.approx(explorer.model.start)
    assert painted["text"] == explorer.model.arrays()["text"]
    assert explorer.canvas.get_attribute("role") == "img"
    assert explorer.canvas.get_attribute("aria-label") == explorer.model.alt
    assert explorer.box.query_selector(".nbx-text").inner_text() == painted["text"]
    output = "(k) => jupyterapp.shell.currentWidget.content.widgets[k].outputArea.node"
    images = f"(k) => ({output})(k).querySelectorAll('img').length"
    assert explorer.page.evaluate(images, explorer.cell) == 0, "the stored picture stays hidden"
    explorer.screenshot()


@each
def test_each_control_moves_the_picture(on_page, name):
    explorer = on_page(name)
    for key, control in explorer.model.controls.items():
        if control.kind == "hidden":
            continue
        explorer.reset()
        element, before = explorer.control(key), explorer.pixels()
        if control.kind in ("slider", "steps"):
            handle = element.query_selector(".noUi-handle")
            handle.focus()
            handle.press("Home")
            seen = {before, explorer.pixels()}
            assert explorer.state()[key] == pytest.approx(control.values()[0])
            handle.press("End")
            seen.add(explorer.pixels())
            assert explorer.state()[key] == pytest.approx(control.values()[-1])
            assert len(seen) > 1, f"{key} moves nothing"
            readout = element.query_selector(".widget-readout").inner_text().replace("−", "-")
            if control.kind == "slider":
                assert float(readout) == pytest.approx(control.values()[-1])
            continue
        other = next(v for v in control.values() if v != explorer.model.start[key])
        if control.kind == "menu":
            element.query_selector("select").select_option(other)
        elif control.kind == "buttons":
            element.query_selector(f"button >> text={other}").click()
        else:
            element.query_selector("input").click()
        assert explorer.pixels() != before, f"{key} moves nothing"
        assert explorer.state()[key] == other


@each
def test_the_keyboard_steps_and_never_leaves(on_page, name):
    explorer = on_page(name)
    cells = explorer.page.evaluate(CELLS)
    for key, control in explorer.model.controls.items():
        if control.kind not in ("slider", "steps"):
            continue
        values = control.values()
        explorer.set({key: values[1]})
        handle = explorer.control(key).query_selector(".noUi-handle")
        handle.focus()
        for press, place in (("ArrowRight", 2), ("ArrowLeft", 1), ("ArrowUp", 2), ("ArrowDown", 1)):
            handle.press(press)
            if len(values) > place:
                assert explorer.painted()["state"][key] == pytest.approx(values[place]), press
    buttons = explorer.box.query_selector_all(".nbx-bar button")
    for target in [handle, *buttons[:1]] if explorer.model.controls else buttons[:1]:
        target.focus()
        for press in ("a", "b", "d", "d", "ArrowDown", "j", "m", "Escape", "Shift+m"):
            target.press(press)
    assert explorer.page.evaluate(CELLS) == cells, "a shortcut of JupyterLab fired"


@each
def test_presets_and_reset(on_page, name):
    explorer = on_page(name)
    for label, values in explorer.model.presets.items():
        button = explorer.box.query_selector(f'.nbx-bar button:text-is("{label}")')
        button.click()
        painted = explorer.painted()
        expected = explorer.model.arrays(explorer.state())
        assert {k: painted["state"][k] for k in values} == pytest.approx(values), label
        assert painted["text"] == expected["text"]
        assert button.get_attribute("aria-pressed") == "true"
    explorer.reset()
    assert explorer.painted()["state"] == pytest.approx(explorer.model.start)


def states_of(model, count=200, seed=7):
    """All at one end, one control at an end, every preset, and random states."""
    rng = np.random.default_rng(seed)
    every = {name: control.values() for name, control in model.controls.items()}
    made = [{name: values[end] for name, values in every.items()} for end in (0, -1)]
    made += [{name: values[end]} for name, values in every.items() for end in (0, -1)]
    made += list(model.presets.values())
    made += [
        {name: values[rng.integers(len(values))] for name, values in every.items()}
        for _ in range(count)
    ]
    return [model.start | state for state in made]


def differences(ours, theirs):
    """Where two results differ: names, shapes, words, or numbers by more than 1e-5."""
    found = sorted(ours.keys() ^ theirs.keys())
    for name in ours.keys() & theirs.keys():
        a, b = np.asarray(ours[name]), np.asarray(theirs[name])
        if a.dtype.kind in "US" or b.dtype.kind in "US":
            same = a.tolist() == b.tolist()
        else:
            a, b = a.astype(float), b.astype(float)
            same = a.size == b.size == 0 or (
                a.shape == b.shape and np.allclose(a, b, rtol=1e-5, atol=1e-5, equal_nan=True)
            )
        if not same:
            found.append(f"{name}: Python {ours[name]}, browser {theirs[name]}")
    return found


@each
def test_the_browser_computes_what_python_computes(on_page, name):
    explorer = on_page(name)
    states = states_of(explorer.model)
    for state, theirs in zip(states, explorer.compute(states), strict=True):
        assert not differences(explorer.model.arrays(state), theirs), state


# --- the base ---


def test_the_maths_of_the_browser_is_that_of_the_engine(page):
    script = (Path(explorers.__file__).parent / "maths.js").read_text("utf-8")
    rng = np.random.default_rng(0)
    x, W, b = rng.normal(size=(5, 4)) * 3, rng.normal(size=(4, 3)), rng.normal(size=3)
    numbers = [0, 1, -1, 1e-9, 6e-8, 6.1e-5, 0.1, 1 / 3, 2047.5, 2049, 65519, 65520, -1e9, 1e39]
    numbers += (10.0 ** rng.uniform(-9, 6, 300)).tolist()
    found = page.evaluate(
        """([script, x, W, b, numbers]) => {
        const m = new Function(`${script}; return { ACTIVATIONS, dense, forward, softmax, rounded,
            interpolate, matmul, transpose, argmax, fixed, scientific }`)();
        const names = [...Object.keys(m.ACTIVATIONS), 'softmax'];
        const table = [[1, [2]], [3, [4]], [5, [0]]];
        return {
          dense: names.map((name) => [name, m.dense(x, W, b, name)]),
          forward: m.forward(x, [{ W, b, activation: 'relu' }, { W: m.transpose(W), b: x[0] }]),
          far: m.softmax([1000, -1000, 0]), sides: [-1000, 1000].map(m.ACTIVATIONS.sigmoid),
          between: [-1, 0.25, 1.5, 9].map((at) => m.interpolate(table, at)),
          rounded: ['float16', 'float32'].map((dtype) => numbers.map((v) => m.rounded(v, dtype))),
          words: numbers.map((v) => [m.fixed(v, 3), m.scientific(-v, 2)]),
          best: m.argmax([1, 3, 3]),
        }; }""",
        [script, x.tolist(), W.tolist(), b.tolist(), numbers],
    )
    z = x @ W + b
    assert len(found["dense"]) == 7
    for name, theirs in found["dense"]:
        np.testing.assert_allclose(theirs, getattr(activations, name)(z), atol=1e-12)
    hidden = activations.relu(z)
    for ours, theirs in zip([x, hidden, hidden @ W.T + x[0]], found["forward"], strict=True):
        np.testing.assert_allclose(theirs, ours, atol=1e-12)
    assert found["far"] == [1, 0, 0] and found["sides"] == [0, 1] and found["best"] == 1
    assert found["between"] == [[1, [2]], [1.5, [2.5]], [4, [2]], [5, [0]]]
    with np.errstate(over="ignore", under="ignore"):
        for dtype, theirs in zip(["float16", "float32"], found["rounded"], strict=True):
            assert theirs == np.array(numbers).astype(dtype).astype(float).tolist()
    assert found["words"] == [[words.fixed(v, 3), words.scientific(-v, 2)] for v in numbers]


def test_python_and_page_know_of_each_other(on_page):
    explorer = on_page("affine")
    run = """async (code) => {
        const { kernel } = jupyterapp.shell.currentWidget.sessionContext.session;
        const asked = kernel.requestExecute({ code, store_history: false });
        let text = '';
        asked.onIOPub = (message) => { text += message.content.text ?? ''; };
        await asked.done;
        return text;
    }"""
    explorer.page.evaluate(run, 'affine.state = {"angle": -45, "shear": 1.5}')
    explorer.page.wait_for_timeout(200)
    assert explorer.painted()["state"]["angle"] == -45
    explorer.set({"angle": 77})
    said = explorer.page.evaluate(run, "print(affine.state['angle'], affine)")
    assert said.startswith("77 ") and explorer.painted()["text"] in said


def test_a_value_can_be_typed(on_page):
    explorer = on_page("affine")
    cells = explorer.page.evaluate(CELLS)
    readout = explorer.control("scale_x").query_selector(".widget-readout")
    readout.click(click_count=3)
    explorer.page.keyboard.type("1.25")
    explorer.page.keyboard.press("Enter")
    assert explorer.painted()["state"]["scale_x"] == 1.25
    assert explorer.page.evaluate(CELLS)[0] == cells[0]


def test_a_screen_reader_hears_the_result_once_the_slider_rests(on_page):
    explorer = on_page("affine")
    explorer.set({"angle": 10})
    explorer.page.wait_for_timeout(700)
    heard = explorer.box.query_selector("[aria-live=polite]").text_content()
    assert heard == explorer.painted()["text"]


def test_it_follows_theme_width_and_pixel_ratio(on_page):
    explorer = on_page("softmax")
    page = explorer.page
    theme = "(theme) => jupyterapp.commands.execute('apputils:change-theme', { theme })"
    light = explorer.pixels()
    page.evaluate(theme, "JupyterLab Dark")
    page.wait_for_timeout(400)
    dark = explorer.pixels()
    explorer.screenshot("-dark")
    page.evaluate(theme, "JupyterLab Light")
    page.wait_for_timeout(400)
    assert dark != light and explorer.pixels() == light
    for width, stacked in ((640, True), (1400, False)):
        page.set_viewport_size({"width": width, "height": 1000})
        page.wait_for_timeout(400)
        slider, picture = explorer.control("z1").bounding_box(), explorer.canvas.bounding_box()
        assert (slider["y"] + slider["height"] < picture["y"]) == stacked
        assert picture["x"] + picture["width"] < width
        if stacked:
            explorer.screenshot("-narrow")
    assert explorer.pixels() == light
    devtools = page.context.new_cdp_session(page)
    sharp = {"width": 1300, "height": 1000, "deviceScaleFactor": 2, "mobile": False}
    devtools.send("Emulation.setDeviceMetricsOverride", sharp)
    page.wait_for_timeout(400)
    drawn, shown = explorer.canvas.evaluate("(c) => [c.width, c.clientWidth]")
    assert drawn == pytest.approx(2 * shown, abs=1)
    devtools.send("Emulation.clearDeviceMetricsOverride")
    devtools.detach()
    page.set_viewport_size({"width": 1400, "height": 1000})


def test_a_picture_can_be_drawn_on(on_page):
    explorer = on_page("gallery")
    box, mouse = explorer.canvas.bounding_box(), explorer.page.mouse
    x, y = box["x"] + 0.2 * box["width"], box["y"] + 0.25 * box["height"]
    mouse.move(x, y)
    before = explorer.state()["spot"]
    mouse.move(x + 5, y)
    assert explorer.state()["spot"] == before, "a pointer that is not pressed draws nothing"
    mouse.down()
    pressed = explorer.painted()["state"]["spot"]
    mouse.move(x + 30, y)
    moved = explorer.painted()["state"]["spot"]
    mouse.up()
    mouse.move(x + 60, y)
    assert len({before, pressed, moved}) == 3 and explorer.state()["spot"] == moved
    (x0, y0), (x1, y1) = (map(float, spot.split(",")) for spot in (pressed, moved))
    assert x1 > x0 and y1 == y0 and -3 < x0 < 3 and -1.2 < y0 < 1.2
    explorer.canvas.press("x")
    assert explorer.painted()["state"]["level"] == 3


@dragged
def test_dragging_paints_at_once_and_leaves_nothing_behind(on_page, name):
    explorer = on_page(name)
    key = next(iter(explorer.model.controls))
    seen = explorer.drag(key)
    assert seen["blank"] == 0 and seen["late"] == 0 and seen["jumps"] == 0, seen
    assert seen["painted"] >= 20 and seen["median_ms"] < 250, seen
    painted = explorer.painted()
    assert painted["state"] == explorer.state(), "what is on screen is what is set"
    assert painted["text"] == explorer.model.arrays(painted["state"])["text"]


def test_the_console_stayed_silent(page):
    assert page.errors == []


@pytest.mark.parametrize("kernel", ["busy", "dead"])
def test_it_needs_no_kernel(on_page, kernel):
    explorer = on_page("affine")
    session = "jupyterapp.shell.currentWidget.sessionContext.session"
    busy = f"{session}.kernel.requestExecute({{ code: 'while True: pass', store_history: false }})"
    if kernel == "busy":
        explorer.page.evaluate(f"() => {{ {busy}; }}")
    else:
        explorer.page.evaluate(f"() => {session}.kernel.shutdown()")
    explorer.page.wait_for_timeout(300)
    seen = explorer.drag("angle", moves=30, seconds=1)
    assert seen["blank"] == 0 and seen["late"] == 0 and seen["painted"] >= 10, seen
    explorer.page.wait_for_timeout(300)
    assert abs(explorer.painted()["state"]["angle"]) > 100
    label, values = list(explorer.model.presets.items())[1]
    explorer.box.query_selector(f'.nbx-bar button:text-is("{label}")').click()
    painted = explorer.painted()
    assert painted["state"] == values
    text = explorer.model.arrays(values)["text"]
    assert explorer.box.query_selector(".nbx-text").inner_text() == text
    assert explorer.canvas.get_attribute("aria-label").endswith(text)
    assert explorer.control("angle").query_selector(".widget-readout").inner_text() == "90"
    explorer.reset()
    assert explorer.painted()["state"] == explorer.model.start
    if kernel == "busy":
        explorer.page.evaluate(f"() => {session}.kernel.interrupt()")
