"""Draw a digit in a real browser: by mouse, by touch, by keys."""

import base64
import io
import itertools
import runpy
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from nbhelpers import datasets

CELLS = """() => { const notebook = jupyterapp.shell.currentWidget.content;
    return [notebook.widgets.length, notebook.activeCellIndex, notebook.mode]; }"""
OUTPUTS = "(el) => el.nbx.painted.arrays.outputs"
SEVEN = [(8, 6), (20, 6), (16, 14), (13, 23)]


def ink(arrays, x, y):
    """How much of it the paper holds at a place; it has four pixels a unit."""
    return arrays["drawing"][round(4 * y)][round(4 * x)]


class Paper:
    """The paper on the page: the first panel of draw_digit."""

    def __init__(self, explorer):
        self.explorer, self.page = explorer, explorer.page
        explorer.canvas.scroll_into_view_if_needed()

    def at(self, x, y):
        return self.explorer.at(0, x, y)

    def draw(self, points, each=lambda: None):
        """Drag the mouse along a line; ``each`` is called after every move."""
        self.page.mouse.move(*self.at(*points[0]))
        self.page.mouse.down()
        for a, b in itertools.pairwise(points):
            for t in np.linspace(0, 1, 6)[1:]:
                self.page.mouse.move(*self.at(*(np.array(a) + t * (np.array(b) - a))))
                each()
        self.page.mouse.up()

    def arrays(self):
        self.explorer.settle()
        return self.explorer.scene.evaluate("(el) => el.nbx.painted.arrays")

    def press(self, *keys):
        for key in keys:
            self.explorer.canvas.press(key)

    def click(self, label):
        self.explorer.box.query_selector(f'.nbx-bar button:text-is("{label}")').click()
        self.explorer.settle()


@pytest.fixture
def paper(on_page):
    return Paper(on_page("draw_digit"))


def test_the_bars_follow_while_a_digit_is_drawn(paper):
    seen = []

    def look():
        paper.explorer.settle()
        seen.append(tuple(paper.explorer.scene.evaluate(OUTPUTS)))

    paper.draw(SEVEN, look)
    assert len(set(seen)) > 10, "new bars after nearly every move"
    arrays, state = paper.arrays(), paper.explorer.state()
    assert arrays["answer"] == 7 and "reads a 7" in arrays["text"]
    assert state["ink"] and " " not in state["ink"], "one stroke"
    ours = paper.explorer.model.arrays(state)
    np.testing.assert_allclose(arrays["drawing"], ours["drawing"], atol=1e-5)
    np.testing.assert_allclose(arrays["outputs"], ours["outputs"], atol=1e-5)
    assert ink(arrays, 14, 6) == ink(arrays, 16, 14) == 1, "where the mouse was"
    assert ink(arrays, 5, 20) == 0
    paper.explorer.screenshot("-drawn")


def test_undo_takes_back_one_stroke_and_clear_all(paper):
    paper.draw([(8, 6), (20, 6)])
    first = paper.arrays()["drawing"]
    paper.draw([(20, 6), (13, 23)])
    both = paper.arrays()["drawing"]
    assert np.sum(both) > np.sum(first)
    paper.click("Undo")
    assert paper.arrays()["drawing"] == first
    paper.click("Undo")
    assert np.sum(paper.arrays()["drawing"]) == 0
    paper.click("Undo")
    assert paper.explorer.state()["ink"] == "", "nothing to undo is no error"
    paper.explorer.set({"sample": 4})
    paper.draw([(8, 6), (20, 6)])
    paper.click("Clear")
    assert np.sum(paper.arrays()["drawing"]) == 0 and paper.explorer.state()["sample"] == 0


def test_a_test_image_makes_room_for_what_is_drawn(paper):
    paper.draw([(9, 7), (9, 20)])
    alone = paper.arrays()["drawing"]
    paper.explorer.set({"sample": 7})
    image = paper.explorer.model.data["samples"][6]
    np.testing.assert_allclose(paper.arrays()["drawing"], image / 255)
    paper.explorer.set({"sample": 0})
    assert paper.arrays()["drawing"] == alone, "the drawing was kept"
    paper.explorer.set({"sample": 7})
    paper.draw([(20, 7), (20, 20)])
    assert paper.explorer.state()["sample"] == 0
    assert ink(paper.arrays(), 20, 12) == 1 and ink(paper.arrays(), 9, 12) == 0


def test_keys_draw_and_no_shortcut_fires(paper):
    cells = paper.page.evaluate(CELLS)
    paper.press("ArrowUp")
    assert "pen is up at column 14, row 13" in paper.arrays()["text"]
    assert np.sum(paper.arrays()["drawing"]) == 0, "a pen that is up leaves no ink"
    paper.press(" ", *["ArrowDown"] * 6, *["ArrowRight"] * 3)
    arrays = paper.arrays()
    assert ink(arrays, 14, 16) == ink(arrays, 16, 19) == 1 and ink(arrays, 14, 10) == 0
    assert "pen is down at column 17, row 19" in arrays["text"]
    assert len(arrays["pen_down"]) == 1
    paper.press(" ", "ArrowRight", "ArrowRight")
    assert paper.arrays()["drawing"] == arrays["drawing"], "lifted"
    paper.press(" ", "ArrowUp", " ")
    assert len(paper.explorer.state()["ink"].split(" ")) == 2
    paper.press("Backspace")
    assert paper.arrays()["drawing"] == arrays["drawing"]
    paper.press(*["ArrowLeft"] * 40, *["ArrowUp"] * 40)
    assert "pen is up at column 0, row 0" in paper.arrays()["text"], "it stays on the paper"
    for key in ("a", "b", "d", "d", "j", "m", "Escape", "Enter", "Shift+M", "x", "z", "c", "v"):
        paper.press(key)
    assert paper.page.evaluate(CELLS) == cells, "a shortcut of JupyterLab fired"
    paper.press("Delete")
    assert np.sum(paper.arrays()["drawing"]) == 0


def test_a_finger_draws_too(paper):
    devtools = paper.page.context.new_cdp_session(paper.page)
    for kind, point in (("touchStart", (10, 6)), ("touchMove", (10, 14)), ("touchMove", (10, 22))):
        x, y = paper.at(*point)
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
        paper.explorer.settle()
    devtools.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    devtools.detach()
    assert ink(paper.arrays(), 10, 14) == 1


def test_a_finger_beside_the_paper_scrolls_the_page(paper):
    heard = """(el) => el.querySelector('canvas').addEventListener('touchstart',
        (event) => { window.__kept = event.defaultPrevented; }, { once: true })"""
    devtools = paper.page.context.new_cdp_session(paper.page)
    for panel, kept in ((0, True), (1, False), (2, False)):  # the paper, and the next panels
        paper.explorer.scene.evaluate(heard)
        place = dict(zip("xy", paper.explorer.at(panel, 0.5, 5), strict=True))
        touch = {"type": "touchStart", "touchPoints": [place]}
        devtools.send("Input.dispatchTouchEvent", touch)
        devtools.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        assert paper.page.evaluate("() => window.__kept") == kept
    devtools.detach()


# --- a photo ---

DIGITS = runpy.run_path(str(Path(__file__).parents[1] / "datasets" / "handwriting.py"))
DROP = """(el, files) => {
  const data = new DataTransfer();
  for (const [name, type, base64] of files) {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    data.items.add(new File([bytes], name, { type }));
  }
  for (const type of ["dragenter", "dragover", "drop"]) {
    const event = { bubbles: true, cancelable: true, dataTransfer: data };
    const sent = new DragEvent(type, event);
    el.querySelector("canvas").dispatchEvent(sent);
    if (!sent.defaultPrevented) throw new Error(`the browser would open the file: ${type}`);
  }
}"""


def picture(digit, kind="undisturbed", size=None):
    """A photo of a digit, as an array of bytes."""
    rng = np.random.default_rng(digit)
    made = DIGITS["KINDS"][kind](DIGITS["strokes"](digit, 0, rng), rng)
    image = Image.fromarray(np.clip(made, 0, 255).astype(np.uint8))
    return image.resize((size, size * 3 // 4)) if size else image


def saved(image, kind="PNG", **how):
    stream = io.BytesIO()
    image.save(stream, kind, **how)
    return stream.getvalue()


def with_orientation(image, number):
    exif = Image.Exif()
    exif[0x0112] = number
    return saved(image.rotate(-90, expand=True), "JPEG", exif=exif, quality=90)


FILES = {
    "a drawing": (4, saved(picture(4))),
    "a small one": (3, saved(picture(3, size=60))),
    "a photo of 9 million pixels": (7, saved(picture(7, "photo", 3500), "JPEG")),
    "chalk": (2, saved(picture(2, "chalk, slanted light"), "JPEG")),
    "turned by its camera": (5, with_orientation(picture(5), 8)),
    "WebP": (8, saved(picture(8), "WEBP")),
}


def drop(paper, *files):
    """Drop files on the picture, and wait until something was read of them."""
    before = paper.explorer.state()["photo"]
    given = [("file", "image/png", base64.b64encode(data).decode()) for data in files]
    paper.explorer.scene.evaluate(DROP, given)
    changed = "([el, before]) => el.nbx.state().photo !== before"
    paper.page.wait_for_function(changed, arg=[paper.explorer.scene, before])
    return paper.arrays()


@pytest.mark.parametrize("name", FILES)
def test_a_photo_is_read_as_python_reads_it(paper, name):
    digit, data = FILES[name]
    arrays = drop(paper, data)
    assert np.abs(np.array(arrays["seen"]) - datasets.read_digit(data)).mean() < 0.02
    assert arrays["answer"] == digit
    ours = paper.explorer.model.arrays(paper.explorer.state())
    np.testing.assert_allclose(arrays["outputs"], ours["outputs"], atol=1e-5)
    if name == "chalk":
        paper.explorer.screenshot("-photo")


def test_a_photo_can_be_chosen_by_a_button(paper):
    button = paper.explorer.box.query_selector('.nbx-bar button:text-is("Open a picture")')
    with paper.page.expect_file_chooser() as chooser:
        button.focus()
        button.press("Enter")
    for digit in (1, 6):
        file = {"name": "a.png", "mimeType": "image/png", "buffer": saved(picture(digit))}
        chooser.value.set_files(file)
        paper.page.wait_for_function(
            "([el, digit]) => el.nbx.painted.arrays.answer === digit",
            arg=[paper.explorer.scene, digit],
        )
    paper.draw([(8, 6), (20, 6)])
    assert paper.explorer.state()["photo"] == "", "it makes room for what is drawn"


@pytest.mark.parametrize(
    ("says", "data"),
    [
        ("67 million pixels", [saved(Image.new("1", (8300, 8300)))]),
        ("8 pixels on a side", [saved(Image.new("L", (90, 5)))]),
        ("no picture", [b"%PDF-1.7"]),
        ("no picture", [saved(picture(4))[:900]]),
        ("No digit", [saved(Image.new("L", (90, 90), 255))]),
        ("Several files", [b"", b""]),
    ],
)
def test_what_cannot_be_read_is_said(paper, says, data):
    arrays = drop(paper, *data)
    assert says in arrays["text"] and arrays["answer"] == -1
    paper.draw([(8, 6), (20, 6)])
    assert "reads" in paper.arrays()["text"]


def test_sixty_moves_in_two_seconds_are_painted_at_once(paper):
    angle = np.linspace(0, 4 * np.pi, 61)
    points = np.stack([14 + 8 * np.sin(angle), 14 - 9 * np.cos(angle)], axis=1)
    mouse = paper.page.mouse
    mouse.move(*paper.at(*points[0]))
    mouse.down()
    seen = paper.explorer._watch(
        lambda k: mouse.move(*paper.at(*points[k])), 60, 2.0, "pointermove"
    )
    mouse.up()
    assert seen["blank"] == 0 and seen["late"] == 0 and seen["jumps"] == 0, seen
    assert seen["painted"] >= 20 and seen["median_ms"] < 250, seen
    assert paper.explorer.painted()["state"] == paper.explorer.state()
