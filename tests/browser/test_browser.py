"""Every explorer in a real JupyterLab, in a real browser; then the base on three of them.

The last test ends the kernel, so it stays last.
"""

import pytest
from driver import NAMES, differences, states_of

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
    assert target.get_attribute("data-lm-suppress-shortcuts") == "true", "for Notebook 7"


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


@pytest.mark.slow  # what Node computes is compared in the one command
@each
def test_the_browser_computes_what_python_computes(on_page, name):
    explorer = on_page(name)
    states = states_of(explorer.model)
    for state, theirs in zip(states, explorer.compute(states), strict=True):
        assert not differences(explorer.model.arrays(state), theirs), state


# --- the base ---


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
        assert (picture["y"] + picture["height"] < slider["y"]) == stacked, "the picture is first"
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


def test_in_a_narrow_window_the_picture_stays_in_view_while_a_slider_moves(on_page):
    explorer = on_page("affine")
    page = explorer.page
    page.set_viewport_size({"width": 560, "height": 560})
    page.wait_for_timeout(400)
    last = explorer.control("shift_y").query_selector(".noUi-handle")
    page.evaluate(
        """([el, box]) => { const scroller = el.closest('.jp-WindowedPanel-outer');
        const floor = scroller.getBoundingClientRect().bottom - 60;
        scroller.scrollTop += el.getBoundingClientRect().bottom - floor; }""",
        [last, explorer.box],
    )
    page.wait_for_timeout(300)
    panel = page.query_selector(".jp-WindowedPanel-outer").bounding_box()
    picture, slider = explorer.canvas.bounding_box(), last.bounding_box()
    words = explorer.box.query_selector(".nbx-text").bounding_box()
    box = explorer.box.bounding_box()
    page.set_viewport_size({"width": 1400, "height": 1000})
    page.wait_for_timeout(400)
    assert box["y"] < panel["y"] - 20, "the explorer is taller than the window, and scrolled"
    assert picture["y"] >= panel["y"] - 1
    assert picture["y"] + picture["height"] <= words["y"] < slider["y"]
    assert slider["y"] + slider["height"] <= panel["y"] + panel["height"]


def test_a_control_that_does_nothing_cannot_be_moved(on_page):
    explorer = on_page("descent")
    handle = explorer.control("momentum").query_selector(".noUi-handle")
    for optimizer in ("sgd", "nesterov", "adam", "momentum"):
        explorer.set({"optimizer": optimizer})
        handle.evaluate("(el) => el.focus()")
        before = explorer.state()["momentum"]
        explorer.page.keyboard.press("ArrowLeft")
        moves = optimizer in ("nesterov", "momentum")
        assert (explorer.state()["momentum"] != before) == moves, optimizer
        assert ("does nothing" in explorer.painted()["text"]) != moves
        handle.evaluate("(el) => el.blur()")


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
    assert explorer.control("angle").query_selector(".widget-readout").inner_text() == str(
        values["angle"]
    )
    explorer.reset()
    assert explorer.painted()["state"] == explorer.model.start
    if kernel == "busy":
        explorer.page.evaluate(f"() => {session}.kernel.interrupt()")


# The last: a page that has been a phone is not quite itself again, and the mouse no longer drags.
TARGETS = """(box) => [...box.querySelectorAll(
    'button, select, .noUi-handle, .widget-checkbox label')].filter((el) => el.offsetParent)
    .map((el) => { const own = el.getBoundingClientRect();
        const more = el.matches('.noUi-handle') ? getComputedStyle(el, '::before') : null;
        const grown = more ? -2 * parseFloat(more.top) : 0;
        return [el.textContent, own.width + grown, own.height + grown]; })"""


@each
def test_a_finger_meets_every_target(on_page, name):
    explorer = on_page(name)
    page = explorer.page
    devtools = page.context.new_cdp_session(page)
    devtools.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    mobile = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
    devtools.send("Emulation.setDeviceMetricsOverride", mobile)
    page.wait_for_timeout(300)
    coarse = page.evaluate("() => matchMedia('(pointer: coarse)').matches")
    found, cut = explorer.box.evaluate(TARGETS), explorer.cut_labels()
    devtools.send("Emulation.clearDeviceMetricsOverride")
    devtools.send("Emulation.setTouchEmulationEnabled", {"enabled": False})
    devtools.detach()
    page.set_viewport_size({"width": 1400, "height": 1000})
    page.wait_for_timeout(300)
    assert coarse and found and not cut
    assert [target for target in found if min(target[1:]) < 44] == []
