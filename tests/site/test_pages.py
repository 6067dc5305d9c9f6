"""The site in a real browser: every explorer, every page, from a folder and from a server."""

import filecmp
import re
import sys
from importlib import metadata
from pathlib import Path

import pytest
from parts import NAMES, OnAnyPage, build, differences, make, states_of

pytestmark = pytest.mark.slow

LESSONS = sorted(path.stem for path in build.NOTEBOOKS.glob("*.ipynb"))
PAGES = ["index", *LESSONS]
each = pytest.mark.parametrize("name", NAMES)
# Walk down the page, so that every explorer comes near; then wait until all of them move.
WALK = """async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    for (let y = 0; y < document.body.scrollHeight; y += innerHeight) {
        scrollTo(0, y);
        await frame();
    }
}"""
ALIVE = """() => [...document.querySelectorAll('.explorer')]
    .every((el) => el.querySelector('.nbx-scene')?.nbx?.painted.count > 0)"""


class OnPage(OnAnyPage):
    """One explorer on the page."""

    def __init__(self, page, place):
        self.page, self.place = page, place
        self.figure = page.locator(f"[id='{place}']")
        self.figure.scroll_into_view_if_needed()
        painted = "(id) => document.getElementById(id).querySelector('.nbx-scene')"
        page.wait_for_function(f"(id) => ({painted})(id)?.nbx?.painted.count > 0", arg=place)
        self.scene = self.figure.locator(".nbx-scene")
        self.canvas = self.figure.locator("canvas")

    def pixels(self):
        self.settle()
        return self.canvas.evaluate(
            """(c) => { const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
            let h = 0;
            for (const v of new Uint32Array(d.buffer)) h = (h * 31 + v) | 0;
            return h; }"""
        )

    def control(self, name):
        return self.figure.locator(f"[id='{self.place}-{name}']")

    def reset(self):
        self.figure.locator(".nbx-reset").click()
        self.settle()


@pytest.fixture(scope="module")
def everything(browser, sites):
    """The page of all explorers, opened once, from a folder."""
    context = browser.new_context(viewport={"width": 1366, "height": 900})
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto((sites / "all" / "00_all.html").as_uri())
    yield page
    context.close()


# --- every explorer ---


@each
def test_an_explorer_appears_and_says_what_it_shows(everything, name):
    explorer, model = OnPage(everything, name), make(name)
    painted = explorer.painted()
    assert painted["state"] == pytest.approx(model.start)
    assert painted["text"] == model.arrays()["text"]
    assert explorer.canvas.get_attribute("aria-label") == model.alt
    assert explorer.figure.locator(".nbx-text").inner_text() == painted["text"]
    assert not explorer.figure.locator("> img").is_visible()


@each
def test_every_control_moves_its_picture(everything, name):
    explorer, model = OnPage(everything, name), make(name)
    for key, control in model.controls.items():
        if control.kind == "hidden":
            continue
        explorer.reset()
        element, before = explorer.control(key), explorer.pixels()
        values = control.values()
        if control.kind in ("slider", "steps"):
            seen = {before}
            for press, value in (("Home", values[0]), ("End", values[-1])):
                element.press(press)
                seen.add(explorer.pixels())
                assert explorer.state()[key] == pytest.approx(value)
            assert len(seen) > 1, f"{key} moves nothing"
            element.press("ArrowLeft")
            assert explorer.state()[key] == pytest.approx(values[-2])
            shown = explorer.figure.locator(f"output[for='{name}-{key}']").inner_text()
            assert shown == element.get_attribute("aria-valuetext")
            assert values[-2] == (
                shown if control.kind == "steps" else float(shown.replace("−", "-"))
            )
            continue
        other = next(value for value in values if value != model.start[key])
        if control.kind == "menu":
            element.select_option(other)
        elif control.kind == "buttons":
            explorer.figure.get_by_role("radio", name=other, exact=True).check()
        else:
            explorer.figure.get_by_role("checkbox", name=control.label).click()
        assert explorer.pixels() != before, f"{key} moves nothing"
        assert explorer.state()[key] == other
    explorer.reset()
    assert explorer.painted()["state"] == pytest.approx(model.start)


@each
def test_the_page_computes_what_python_computes(everything, name):
    explorer, model = OnPage(everything, name), make(name)
    states = states_of(model, count=5 if name == "playground" else 30, seed=3)
    for state, theirs in zip(states, explorer.compute(states), strict=True):
        assert not differences(model.arrays(state), theirs), state


@each
def test_a_link_opens_it_as_it_was(everything, name):
    model = make(name)
    wanted = states_of(model, count=1, seed=5)[-1]
    explorer = OnPage(everything, name)
    explorer.scene.evaluate("(el, values) => el.nbx.set(values)", wanted)
    explorer.figure.get_by_role("button", name="Link to this setting").click()
    link = everything.url
    assert link.split("#")[1].startswith(f"{name}?")
    explorer.reset()
    everything.evaluate(
        "(hash) => { location.hash = ''; location.hash = hash; }", link.split("#")[1]
    )
    everything.wait_for_function(
        "([id, wanted]) => JSON.stringify(wanted) === "
        "JSON.stringify(document.getElementById(id).querySelector('.nbx-scene').nbx.state())",
        arg=[name, explorer.state() | wanted],
    )
    assert explorer.painted()["text"] == model.arrays(wanted)["text"]
    explorer.reset()


# --- links with bad values ---

OWN = "points of my own"


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("affine?angle=90&scale_x=-1.5", {"angle": 90, "scale_x": -1.5, "shear": 0}),
        ("affine?angle=1e9&scale_x=abc&wrong=1", {"angle": 180, "scale_x": 1.5}),
        ("affine?angle=%zz&&=&shear", {"angle": 30}),
        ("descent?rate=0.29&optimizer=ADAM", {"rate": "0.3", "optimizer": "adam"}),
        ("draw_digit?ink=zz&sample=3", {"ink": "", "sample": 3}),
        ("draw_digit?ink=zzzzzzzz", {"ink": ""}),
        ("draw_digit?ink=2018+5018&width=1.3", {"ink": "2018 5018", "width": 1.25}),
        ("draw_digit?photo=00&cursor=zz", {}),
        ("playground?points=%F0%9F%98%80&data=points%20of%20my%20own", {"data": OWN}),
        ("playground?points=7d7d1+00e12", {"points": "7d7d1 00e12"}),
    ],
)
def test_a_link_may_hold_anything(open_page, sites, link, expected):
    name = link.split("?")[0]
    page = open_page(f"{(sites / 'all' / '00_all.html').as_uri()}#{link}")
    explorer, start = OnPage(page, name), make(name).start
    page.wait_for_function("() => scrollY > 0")
    explorer.settle()
    state = explorer.state()
    assert state == start | expected
    assert page.errors == []


def test_a_second_link_on_the_same_page_works_too(open_page, sites):
    page = open_page(f"{(sites / 'all' / '00_all.html').as_uri()}#affine?angle=90&shear=1")
    explorer = OnPage(page, "affine")
    page.evaluate("() => { location.hash = 'affine?angle=45'; }")
    page.wait_for_function(
        "() => document.querySelector('#affine .nbx-scene').nbx.state().angle === 45"
    )
    assert explorer.state() == make("affine").start | {"angle": 45}
    page.evaluate("() => { location.hash = 'nobody?angle=45'; location.hash = '%'; }")
    explorer.settle()
    assert page.errors == []


# --- every page ---


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("way", "width"), [("file", 1366), ("http", 390)])
def test_a_page_works_for_everybody(open_page, sites, served, axe, name, way, width):
    root = (sites / "course").as_uri() if way == "file" else served
    page = open_page(f"{root}/{name}.html", width)
    page.evaluate(WALK)
    page.wait_for_function(ALIVE)
    assert page.locator(".explorer").count() >= 1
    assert page.errors == []
    assert [url for url in page.requests if not url.startswith((root, "data:"))] == []
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        assert violations(axe, page) == []
    for narrow in (width, 345) if width == 390 else (width, 768):
        page.set_viewport_size({"width": narrow, "height": 900})
        assert page.evaluate("() => document.documentElement.scrollWidth") <= narrow


def violations(axe, page):
    """What axe finds on a page, all that is folded being open."""
    page.evaluate("() => document.querySelectorAll('details').forEach((el) => { el.open = true; })")
    page.evaluate(axe)
    return page.evaluate(
        """async () => (await axe.run({ resultTypes: ['violations'] })).violations
        .map(({ id, nodes }) => [id, nodes.length, nodes[0].html.slice(0, 200)])"""
    )


@pytest.mark.parametrize("name", PAGES)
def test_without_javascript_all_can_be_read(open_page, sites, name):
    page = open_page((sites / "course" / f"{name}.html").as_uri(), java_script_enabled=False)
    images = page.locator(".explorer > img")
    assert images.count() >= 1 and page.locator("canvas").count() == 0
    for image in images.all():
        image.scroll_into_view_if_needed()
        assert image.is_visible() and len(image.get_attribute("alt")) > 40
    for button in page.locator("button").all():
        assert not button.is_visible(), "a button that does nothing"
    assert page.locator("h1").count() == 1


def test_two_builds_give_the_same_bytes(sites):
    def files(name):
        root = sites / name
        return {path.relative_to(root) for path in root.rglob("*") if path.is_file()}

    assert files("course") == files("again")
    names = sorted(map(str, files("course")))
    assert filecmp.cmpfiles(sites / "course", sites / "again", names, shallow=False)[0] == names


def test_nothing_of_this_machine_shows(sites):
    versions = {metadata.version(name) for name in ("numpy", "matplotlib", "ipywidgets")}
    for path in (sites / "course").glob("*.html"):
        text = path.read_text("utf-8")
        for word in (str(sites), str(Path.home()), sys.prefix, *versions):
            assert word not in text, f"{path.name}: {word}"


def test_every_link_leads_somewhere(sites):
    root = sites / "course"
    for path in root.glob("*.html"):
        text = path.read_text("utf-8")
        ids = set(re.findall(r'\bid="([^"]+)"', text))
        assert len(ids) == len(re.findall(r'\bid="', text)), f"{path.name}: an id twice"
        for link in re.findall(r'(?:href|src)="([^"]+)"', text):
            if link.startswith("#"):
                assert link[1:] in ids, (path.name, link)
            elif not link.startswith(("https://", "data:")):
                assert (root / link).is_file(), (path.name, link)


# --- the page's own parts ---


def test_search_finds_a_section_in_another_lesson(open_page, sites):
    page = open_page((sites / "course" / "index.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.type("determinant singular")
    first = page.locator("#search li a").first
    first.wait_for()
    assert "02_tensor" in first.get_attribute("href")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/02_tensor*")
    assert page.errors == []


def test_the_theme_is_kept_and_explorers_follow_it(open_page, sites):
    page = open_page((sites / "all" / "00_all.html").as_uri(), color_scheme="light")
    explorer = OnPage(page, "affine")
    light = explorer.pixels()
    page.locator(".theme").click()
    explorer.settle()
    assert explorer.pixels() != light
    page.reload()
    assert page.evaluate("() => document.documentElement.dataset.theme") == "dark"


def test_the_front_page_reads_what_is_drawn(open_page, sites):
    page = open_page((sites / "course" / "index.html").as_uri())
    explorer = OnPage(page, "draw_digit")
    explorer.figure.get_by_role("button", name="a 7", exact=True).click()
    explorer.settle()
    assert explorer.scene.evaluate("(el) => el.nbx.painted.arrays.answer") == 7
    explorer.reset()
    box = explorer.canvas.bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 80)
    page.mouse.down()
    page.mouse.move(box["x"] + 100, box["y"] + 120, steps=5)
    page.mouse.up()
    assert explorer.painted()["state"]["ink"] != ""


def test_the_printer_gets_pictures(open_page, sites):
    page = open_page((sites / "all" / "00_all.html").as_uri())
    explorer = OnPage(page, "affine")
    page.emulate_media(media="print")
    assert explorer.figure.locator("> img").is_visible()
    assert not explorer.canvas.is_visible() and not page.locator(".lessons").is_visible()


def test_the_playground_plays(open_page, sites):
    page = open_page((sites / "all" / "00_all.html").as_uri(), width=390)
    explorer = OnPage(page, "playground")
    explorer.figure.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function(
        "() => document.querySelector('#playground .nbx-scene').nbx.state().step > 5"
    )


def test_a_slider_and_its_picture_are_seen_together_on_a_phone(open_page, sites):
    page = open_page((sites / "all" / "00_all.html").as_uri(), 390, 844)
    page.evaluate(WALK)
    page.wait_for_function(ALIVE)
    apart = page.evaluate(
        """() => [...document.querySelectorAll('.control')].filter((control) => {
            control.scrollIntoView({ block: 'end' });
            const { top, bottom } = control.getBoundingClientRect();
            const box = control.closest('.nbx').querySelector('.nbx-picture');
            const picture = box.getBoundingClientRect();
            return picture.top < -1 || picture.bottom > top + 1 || bottom > innerHeight + 1;
        }).map((control) => control.closest('.explorer').id + ': ' + control.textContent)"""
    )
    assert apart == []


def test_a_finger_meets_its_target(open_page, sites):
    for name in ("index", LESSONS[3]):
        page = open_page(
            (sites / "course" / f"{name}.html").as_uri(), 390, has_touch=True, is_mobile=True
        )
        page.evaluate(WALK)
        page.wait_for_function(ALIVE)
        small = page.evaluate(
            """() => [...document.querySelectorAll(
            'button, select, summary, nav:not(.ways) a, .cards a, [type=range], .buttons span')]
            .filter((el) => el.checkVisibility())
            .map((el) => [el.outerHTML.slice(0, 80), el.getBoundingClientRect()])
            .filter(([, { width, height }]) => width < 44 || height < 44)
            .map(([text, { width, height }]) => [text, width, height])"""
        )
        assert small == []
