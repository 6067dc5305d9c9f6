"""No text of a picture touches another or is cut, on a phone as little as on a wide screen."""

import itertools

import pytest
from bare import Bare
from driver import NAMES, make, states_of

pytestmark = pytest.mark.slow

WIDTHS = (345, 520, 700, 1000, 1400)
PHONE, LAPTOP = {"width": 390, "height": 844}, {"width": 1500, "height": 768}
TASTE = 0.5  # of a pixel: what nobody sees


@pytest.fixture(scope="module")
def bare(context):
    """A page of its own, in the browser of all tests."""
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield Bare(page)
    page.close()
    assert errors == []


def states(model):
    """Both ends of all controls, each end of each, the presets, and four random states."""
    return [model.start, *states_of(model, count=4, seed=5)]


def inside(box, room):
    left, top, right, bottom = box
    x0, y0, x1, y1 = room
    return x0 - TASTE <= left and y0 - TASTE <= top and right <= x1 + TASTE and bottom <= y1 + TASTE


def meet(a, b):
    return all(min(a[k + 2], b[k + 2]) - max(a[k], b[k]) > TASTE for k in (0, 1))


def faults(written, size):
    """Say of each text that leaves the picture, is cut, or touches another."""
    for text in written:
        if not inside(text["box"], (0, 0, *size)):
            yield f"{text['text']!r} leaves the picture"
        if text["clip"] and not inside(text["box"], text["clip"]):
            yield f"{text['text']!r} is cut"
    for a, b in itertools.combinations(written, 2):
        if meet(a["box"], b["box"]):
            yield f"{a['text']!r} touches {b['text']!r}"


@pytest.mark.parametrize("name", NAMES)
def test_no_text_touches_another_or_is_cut(bare, name):
    explorer = make(name)
    bare.show(explorer)
    for width in WIDTHS:
        bare.page.set_viewport_size(PHONE if width < 500 else LAPTOP)
        size = bare.size(width)
        assert size[0] == width
        for state in states(explorer):
            written = bare.written(state)["written"]
            assert written and not list(faults(written, size)), (width, state)


# What may be left out from 700 pixels on: numbers in boxes that are too small for any number.
SMALL = {"broadcast", "gallery"}


@pytest.mark.parametrize("name", [name for name in NAMES if name not in SMALL])
def test_on_a_screen_of_its_own_every_text_has_room(bare, name):
    explorer = make(name)
    bare.show(explorer)
    bare.page.set_viewport_size(LAPTOP)
    bare.size(860)
    for state in [explorer.start, *explorer.presets.values()]:
        assert bare.written(state)["missing"] == [], state


def test_the_faults_are_found(bare):
    """The recorder and the judge see what they are for."""
    paint = """() => { const c = document.createElement('canvas');
        document.body.append(c);
        Object.assign(c, { width: 200, height: 100 });
        const g = c.getContext('2d');
        g.clearRect(0, 0, 200, 100);
        g.font = '20px sans-serif';
        g.fillText('over', 20, 40); g.fillText('other', 30, 45); g.fillText('out', 190, 90);
        g.save(); g.beginPath(); g.rect(0, 60, 100, 10); g.clip();
        g.fillText('cut', 10, 80); g.restore();
        return window.written; }"""
    assert list(faults(bare.page.evaluate(paint), (200, 100))) == [
        "'out' leaves the picture",
        "'cut' is cut",
        "'over' touches 'other'",
    ]
