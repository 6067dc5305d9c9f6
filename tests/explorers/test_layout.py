"""Where panels and texts go: the same in both languages, and no text over another in Python's."""

import itertools
from pathlib import Path

import numpy as np
import pytest
from gallery import NAMES, make
from matplotlib.backends.backend_agg import RendererAgg
from twins import run, states_of

from nbhelpers import explorers
from nbhelpers.explorers.picture import layout, script, texts
from nbhelpers.explorers.picture.marks import Panel, Scene
from nbhelpers.explorers.picture.paint import draw

FOLDER = Path(layout.__file__).parent
RENDERER = RendererAgg(1, 1, 100)  # one for all: each holds a picture as large as its figure
SIDES = ("left", "top", "width", "height")


def measure(text, size, *, bold=False):
    return len(text) * size * (0.6 if bold else 0.5)


MEASURE = "(text, size, weight) => text.length * size * (weight === 'bold' ? 0.6 : 0.5)"


def in_node(tmp_path, names, module, expression, **values):
    text = f'import {{ {", ".join(names)} }} from "./{module}";\n'
    given = f"function answer({{ {', '.join(values)} }}) {{ return {expression}; }}"
    return run(script.joined(text, FOLDER) + given, values, tmp_path)


@pytest.mark.parametrize("name", NAMES)
def test_cells_are_the_same_in_both_languages(name, tmp_path):
    scene = make(name).scene
    widths = [345, 390, 519, 520, 602, 700, 862, 1400]
    asked = """widths.map((width) => [heightOf(scene, width),
        layout(scene, { left: 3, top: 5, width, height: 300 })
            .map(({ cell }) => [cell.left, cell.top, cell.width, cell.height])])"""
    names = ["heightOf", "layout"]
    found = in_node(tmp_path, names, "layout.js", asked, scene=scene.described(), widths=widths)
    for width, (height, cells) in zip(widths, found, strict=True):
        assert height == pytest.approx(layout.height_of(scene, width))
        ours = [box for _, box in layout.layout(scene, (3, 5, width, 300))]
        np.testing.assert_allclose(cells, ours)


@pytest.mark.parametrize("name", NAMES)
def test_frames_are_the_same_in_both_languages(name, tmp_path):
    explorer = make(name)
    arrays, asked, ours = explorer.data | explorer.arrays(), [], []
    for width, panel in itertools.product((130, 345), explorer.scene.panels):
        x, y = (arrays[v] if isinstance(v, str) else v for v in (panel.x, panel.y))
        limits = [[float(v) for v in pair] for pair in (x, y)]
        cell = (10, 20, width, 200)
        frame = layout.frame_of(panel, cell, limits, "a title of many words here", measure)
        described = Scene([[panel]]).described()["rows"][0][0]
        asked.append([described, dict(zip(SIDES, cell, strict=True)), limits])
        ours.append(frame)
    answer = f"""asked.map(([panel, cell, [x, y]]) => {{
        const title = 'a title of many words here';
        const {{ box, lines, legend, xticks, yticks }} =
            frameOf(panel, cell, {{ x, y, title }}, {MEASURE});
        const keys = legend.map((row) => row.map(([mark, left]) => [mark.label, left]));
        return [[box.left, box.top, box.width, box.height], lines, keys, xticks, yticks]; }})"""
    found = in_node(tmp_path, ["frameOf"], "layout.js", answer, asked=asked)
    for frame, (box, lines, keys, xticks, yticks) in zip(ours, found, strict=True):
        np.testing.assert_allclose(box, frame.box)
        assert lines == frame.lines
        assert keys == [[[key.label, key.left] for key in row] for row in frame.legend]
        assert [text for _, text in xticks] == [text for _, text in frame.xticks]
        assert [text for _, text in yticks] == [text for _, text in frame.yticks]


def groups(rng):
    """Random texts, some of them crowded, some out of sight."""
    for _ in range(12):
        count = rng.integers(1, 9)
        words = ["a", "number", "0.25", "", "a longer text"]
        items = [
            [words[rng.integers(5)], *(rng.uniform(-20, 220, 2).round(3).tolist())]
            for _ in range(count)
        ]
        align = ("left", "center", "right")[rng.integers(3)]
        look = texts.Look(13, align, turned=bool(rng.integers(2)), whole=bool(rng.integers(2)))
        yield items, look


def test_texts_are_placed_the_same_in_both_languages(tmp_path):
    rng = np.random.default_rng(4)
    for _ in range(10):
        asked = list(groups(rng))
        room = (5, 5, 190, 150)
        sheet = texts.Texts(measure)
        ours = [sheet.place(items, look, room) for items, look in asked]
        given = [
            [items, {"size": 13, "align": look.align, "turned": look.turned, "whole": look.whole}]
            for items, look in asked
        ]
        answer = f"""(() => {{ const {{ place, missing }} = texts({MEASURE});
            const room = {{ left: 5, top: 5, width: 190, height: 150 }};
            const kept = asked.map(([items, look]) =>
                place(items, {{ weight: '', ...look }}, room));
            return [kept, missing.length]; }})()"""
        found, missing = in_node(tmp_path, ["texts"], "texts.js", answer, asked=given)
        assert bool(missing) == bool(sheet.missing)
        for (size, kept), theirs in zip(ours, found, strict=True):
            assert size == theirs["size"]
            boxes = [[box.left, box.top, box.wide, box.high] for box in kept]
            other = [[b["left"], b["top"], b["wide"], b["high"]] for b in theirs["kept"]]
            assert len(boxes) == len(other)
            np.testing.assert_allclose(boxes, other)


def test_a_row_breaks_where_a_panel_would_be_too_narrow():
    scene = Scene([[Panel(str(k), [], axes=k != 1, spare=k == 2) for k in range(4)]])
    rows = {
        width: [[panel.title for panel in row.panels] for row in layout._rows(scene, width)]
        for width in (800, 519, 400, 389, 259)
    }
    assert rows[800] == [["0", "1", "2", "3"]]
    assert rows[519] == rows[400] == [["0", "1", "3"]], "the third is spared"
    assert rows[389] == [["0"], ["1", "3"]]
    assert rows[259] == [["0"], ["1"], ["3"]]
    even = [["0", "1"], ["2", "3"]]
    wide = Scene([[Panel(str(k), [], weight=1 + k / 9) for k in range(4)]])
    assert [[p.title for p in row.panels] for row in layout._rows(wide, 530)] == even


def test_a_scene_is_as_tall_as_it_says_where_it_is_designed():
    scene = Scene([[Panel("", [])], [Panel("", [])]], ratio=0.6, heights=[2, 1])
    assert layout.height_of(scene, 800) == pytest.approx(480)
    assert layout.height_of(scene, 400) > 0.6 * 400, "titles do not shrink"


# --- the pictures that Python draws ---


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("columns", "width"), [(1, 345), (1, 800), (2, 1000)])
def test_no_text_of_a_stored_picture_touches_another(name, columns, width):
    explorer = make(name)
    states = [explorer.start, *states_of(explorer, count=0)[:2], *explorer.presets.values()]
    for state in states[:: 1 if columns == 1 else 3]:
        arrays = explorer.data | explorer.arrays(explorer.start | state)
        figure = draw(explorer.scene, [arrays] * columns, ["a title"] * columns, columns, width)
        right, top = figure.get_size_inches() * 100
        extents = [text.get_window_extent(RENDERER).padded(-1) for text in figure.texts]
        boxes = [(text.get_text(), box) for text, box in zip(figure.texts, extents, strict=True)]
        for text, box in boxes:
            assert box.x0 >= 0 and box.y0 >= 0 and box.x1 <= right and box.y1 <= top, text
        for (one, a), (other, b) in itertools.combinations(boxes, 2):
            assert not a.overlaps(b), (one, other, state)


def test_a_mark_of_many_texts_shows_all_of_them_or_none():
    explorer = explorers.broadcast(a1="4", a2="4", a3="4", b1="4", b2="4", b3="4")
    arrays = explorer.data | explorer.arrays(explorer.state)
    written = {text.get_text() for text in draw(explorer.scene, [arrays], width=345).texts}
    assert not written & {"640", "10", "320"}
