"""The playground in a real browser: the clock, points of one's own, the size, the copied lines."""

import numpy as np
import pytest
from driver import SESSION

STEP = "(el) => el.nbx.state().step"
COUNT = """(el) => new Promise((done) => {
    const real = window.requestAnimationFrame, before = el.nbx.painted.count;
    let asked = 0;
    window.requestAnimationFrame = (f) => { asked++; return real(f); };
    setTimeout(() => {
        window.requestAnimationFrame = real;
        done([asked, el.nbx.painted.count - before]);
    }, 400);
})"""
RUN = f"""async (code) => {{
    const asked = {SESSION}.kernel.requestExecute({{ code, store_history: false }});
    let text = '';
    asked.onIOPub = (message) => {{ text += message.content.text ?? ''; }};
    await asked.done;
    return text;
}}"""


class Game:
    """The playground on the page."""

    def __init__(self, explorer):
        self.explorer, self.page = explorer, explorer.page

    def press(self, label):
        self.explorer.box.query_selector(f'.nbx-bar button[aria-label="{label}"]').click()

    def step(self):
        return self.explorer.scene.evaluate(STEP)

    def until(self, condition):
        self.page.wait_for_function(
            f"(el) => {{ const step = el.nbx.state().step; return {condition}; }}",
            arg=self.explorer.scene,
        )

    def arrays(self):
        self.explorer.settle()
        return self.explorer.scene.evaluate("(el) => el.nbx.painted.arrays")

    def at(self, x, y):
        """Where a point of the plane is on the page."""
        return self.explorer.at(1, x, y)


@pytest.fixture
def game(on_page):
    made = Game(on_page("playground"))
    yield made
    if pause := made.explorer.box.query_selector('.nbx-bar button[aria-label="Pause"]'):
        pause.click()


def test_it_plays_pauses_and_tells_the_kernel(game):
    game.press("Play")
    game.until("step > 20")
    game.press("Pause")
    game.explorer.settle()
    step = game.step()
    asked, painted = game.explorer.scene.evaluate(COUNT)
    assert game.step() == step and painted == 0, "paused"
    assert asked == 0, "at rest no frame is asked for"
    assert len(game.arrays()["curve"]) == step + 1
    assert game.page.evaluate(RUN, "print(playground.state['step'])").strip() == str(step)
    game.press("One step")
    game.press("One step")
    game.press("One step back")
    assert game.step() == step + 1 == game.explorer.painted()["state"]["step"]
    ours = game.explorer.model.arrays(game.explorer.state())
    np.testing.assert_allclose(game.arrays()["weights"], ours["weights"], atol=1e-5)


def test_the_pace_is_steps_in_a_frame(game):
    steps = game.explorer.box.query_selector(".nbx-clock select")
    for pace in ("10", "1"):
        game.explorer.reset()
        steps.select_option(pace)
        before = game.explorer.scene.evaluate("(el) => el.nbx.painted.count")
        game.press("Play")
        game.until("step > 40")
        game.press("Pause")
        frames = game.explorer.scene.evaluate("(el) => el.nbx.painted.count") - before
        assert game.step() / int(pace) == pytest.approx(frames, abs=4)


def test_it_stops_at_the_end_and_begins_anew(game):
    game.explorer.set({"step": 985})
    game.press("Play")
    game.until("step === 1000")
    assert game.explorer.box.query_selector('.nbx-bar button[aria-label="Play"]')
    game.press("Play")
    game.until("step > 0 && step < 900")


def test_reset_and_back_to_any_step(game):
    game.explorer.set({"step": 300})
    late = game.arrays()
    handle = game.explorer.control("step").query_selector(".noUi-handle")
    handle.press("Home")
    assert game.arrays()["losses"] == late["losses"][:1]
    game.explorer.set({"step": 300})
    assert game.arrays() == late, "the same picture to the last bit"


def test_out_of_sight_it_waits(game):
    game.press("Play")
    game.until("step > 3")
    game.page.evaluate(
        """() => { const notebook = jupyterapp.shell.currentWidget.content;
        notebook.scrollToItem(notebook.widgets.length - 1, 'end'); }"""
    )
    game.page.wait_for_timeout(300)
    asked, painted = game.explorer.scene.evaluate(COUNT)
    assert asked == painted == 0, "out of sight nothing is computed"
    step = game.step()
    assert step < 1000
    game.explorer.canvas.scroll_into_view_if_needed()
    game.until(f"step > {step}")


def test_a_click_a_finger_and_keys_put_points(game):
    game.page.mouse.click(*game.at(0.5, 0.5))
    assert game.explorer.state()["data"] == "points of my own"
    (point,) = game.arrays()["class0"][2:]
    np.testing.assert_allclose(point, [0.5, 0.5], atol=0.02)
    devtools = game.page.context.new_cdp_session(game.page)
    x, y = game.at(-0.5, 0.25)
    touch = {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]}
    devtools.send("Input.dispatchTouchEvent", touch)
    devtools.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    devtools.detach()
    np.testing.assert_allclose(game.arrays()["class0"][3], [-0.5, 0.25], atol=0.02)
    for key in ("ArrowUp", "ArrowUp", "2"):
        game.explorer.canvas.press(key)
    assert game.arrays()["class2"] == [[0, 0.1]] and len(game.arrays()["outputs"]) == 3
    assert "cross is at (0.00, 0.10)" in game.explorer.painted()["text"]
    game.explorer.box.query_selector('.nbx-bar button:text-is("Clear")').click()
    assert game.explorer.painted()["text"].startswith("No points yet")


def test_a_finger_that_scrolls_puts_no_point(game):
    page = game.page
    top = "() => document.querySelector('.jp-WindowedPanel-outer').scrollTop"
    before, scrolled = game.explorer.state(), page.evaluate(top)
    devtools = page.context.new_cdp_session(page)
    x, y = game.at(0, 0)
    for kind, dy in [("touchStart", 0), *(("touchMove", 12 * k) for k in range(1, 9))]:
        touch = {"type": kind, "touchPoints": [{"x": x, "y": y - dy}]}
        devtools.send("Input.dispatchTouchEvent", touch)
    devtools.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    devtools.detach()
    page.wait_for_timeout(300)
    assert page.evaluate(top) > scrolled, "the page moves"
    assert game.explorer.state() == before


def test_the_lines_are_shown_and_are_those_of_python(game):
    game.explorer.set({"data": "two moons", "step": 12})
    button = game.explorer.box.query_selector('.nbx-bar button:text-is("Copy as Python")')
    button.click()
    lines = game.explorer.box.query_selector(".nbx-python")
    assert (
        lines.inner_text().strip()
        == game.explorer.model.arrays(game.explorer.state())["python"].strip()
    )
    said = game.page.evaluate(RUN, lines.inner_text())
    loss = float(said.strip("[ ]\n").split(",")[0])
    assert loss == pytest.approx(game.arrays()["losses"][-1], abs=1e-9)
    button.click()
    assert not lines.is_visible()


@pytest.mark.parametrize(("width", "height"), [(1366, 480), (700, 2000)])
def test_it_is_seen_at_once(game, width, height):
    page = game.page
    theme = "(theme) => jupyterapp.commands.execute('apputils:change-theme', { theme })"
    game.explorer.set({"data": "three classes", "units_1": 8, "units_2": 6, "step": 150})
    page.set_viewport_size({"width": width, "height": 1000})
    for name in ("Light", "Dark"):
        page.evaluate(theme, f"JupyterLab {name}")
        page.wait_for_timeout(500)
        game.explorer.screenshot(f"-{width}-{name.lower()}")
    page.evaluate(theme, "JupyterLab Light")
    page.wait_for_timeout(300)
    box = game.explorer.box.bounding_box()
    assert box["height"] <= height and box["width"] < width
    page.set_viewport_size({"width": 1400, "height": 1000})
    page.wait_for_timeout(300)
