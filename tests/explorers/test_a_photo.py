"""A photo on the paper of draw_digit: the browser reads it as read_digit does."""

import io
import runpy

import numpy as np
import pytest
from PIL import Image
from twins import differences, in_node, run

from nbhelpers import datasets, explorers
from nbhelpers.datasets.picture import open_picture
from nbhelpers.explorers.picture import script
from nbhelpers.explorers.scenes.parts.draw_digit_photo import FAULTS, read_photo, write_photo

FOLDER = script.SCENES.parent
TWIN = 'import { photoIn } from "./scenes/parts/draw_digit_photo.js";\n'
ANSWER = """function answer(pictures) {
  return pictures.map(({ shape: [height, width, channels], bytes }) => {
    const pixels = Array.from({ length: width * height }, (_, k) => {
      const [r, g, b, a = 255] = bytes.subarray(channels * k, channels * (k + 1));
      return [r, g, b, a];
    });
    return photoIn({ width, height, data: pixels.flat() });
  });
}"""


@pytest.fixture(scope="module")
def in_javascript(tmp_path_factory):
    """Return a function: what the browser's steps make of pictures that are already small."""
    folder = tmp_path_factory.mktemp("twin")

    def answer(pictures):
        asked = [{"shape": p.shape, "bytes": np.ascontiguousarray(p).tobytes()} for p in pictures]
        return run(script.joined(TWIN, FOLDER) + ANSWER, asked, folder)

    return answer


@pytest.fixture(scope="module")
def handwriting():
    return runpy.run_path(str(FOLDER.parents[1] / "tests" / "datasets" / "handwriting.py"))


def in_python(picture):
    try:
        return write_photo(datasets.trace_digit(picture).pen)
    except ValueError as error:
        return "!several" if "one digit" in str(error) else "!none"


def apart(ours, theirs):
    """How much the digits that a network would see differ, in the mean over all pixels."""
    a, b = (explorers.draw_digit(photo=photo).arrays()["seen"] for photo in (ours, theirs))
    return np.abs(a - b).mean()


@pytest.mark.parametrize(
    ("every", "count"), [(4, 1), pytest.param(1, 2, marks=pytest.mark.slow)], ids=["some", "all"]
)
def test_both_languages_find_the_same_digit(in_javascript, handwriting, every, count):
    files = [
        file
        for kind in list(handwriting["KINDS"])[::every]
        for file, _ in handwriting["pictures"](kind, count, seed=5)
    ]
    pictures = [open_picture(file) for file in files]
    for picture, theirs in zip(pictures, in_javascript(pictures), strict=True):
        ours = in_python(picture)
        if ours.startswith("!"):
            assert theirs == ours
        else:
            assert apart(ours, theirs) < 0.004


def test_both_languages_refuse_the_same(in_javascript, handwriting):
    rng = np.random.default_rng(0)
    two = [
        handwriting["ink"](handwriting["strokes"](k, 0, rng), 400, part=0.35, place=(x, 0.5))
        for k, x in ((2, 0.25), (5, 0.75))
    ]
    pictures = {
        "black": np.zeros((90, 90)),
        "white": np.full((90, 90), 255),
        "noise": np.clip(rng.normal(255, 10, (300, 300)), 0, 255),
        "ramp": np.linspace(0, 255, 300)[None] * np.ones((300, 1)),
        "specks": handwriting["specks"](np.full((300, 300, 3), 240.0), rng, 60),
        "several": handwriting["colour"](np.maximum(*two)),
    }
    opened = [open_picture(picture) for picture in pictures.values()]
    ours = ["!several" if name == "several" else "!none" for name in pictures]
    assert [in_python(picture) for picture in opened] == ours
    assert in_javascript(opened) == ours


@pytest.mark.parametrize("pen", [(0, 0, 0), (255, 255, 255)])
def test_a_drawing_on_nothing_lies_on_paper(in_javascript, handwriting, pen):
    paths = handwriting["strokes"](2, 0, np.random.default_rng(0))
    layer = np.zeros((300, 300, 4), np.uint8)
    layer[..., :3], layer[..., 3] = pen, 255 * handwriting["ink"](paths, 300)
    (theirs,) = in_javascript([layer])
    assert apart(in_python(layer), theirs) < 0.004


def test_a_photo_is_on_the_paper_as_read_digit_reads_it(handwriting, tmp_path):
    for digit in (1, 4, 7, 8):
        paths = handwriting["strokes"](digit, 0, np.random.default_rng(digit))
        picture = handwriting["colour"](handwriting["ink"](paths, 300))
        photo = in_python(picture)
        explorer = explorers.draw_digit(photo=photo)
        arrays = explorer.arrays()
        np.testing.assert_allclose(arrays["seen"], datasets.read_digit(picture), atol=1e-6)
        assert (
            arrays["answer"] == digit and f"reads a{'n' * (digit == 8)} {digit}" in arrays["text"]
        )
        assert explorer.arrays({"photo": photo, "sample": 3})["drawing"].shape == (28, 28)
        (theirs,) = in_node(explorer, [explorer.state], tmp_path)
        assert not differences(arrays, theirs)


def test_a_photo_is_written_and_read():
    pen = np.zeros((100, 60), dtype=bool)
    pen[10:90, 20:30] = True
    paper = read_photo(write_photo(pen))
    assert paper.shape == (196, 196)
    np.testing.assert_array_equal(paper[48:148, 68:128], pen)
    assert paper.sum() == pen.sum()
    assert read_photo("") is None and read_photo("!several") is None
    full = np.ones((196, 196), dtype=bool)
    assert read_photo(write_photo(full)).all()
    with pytest.raises(ValueError, match="196 x 196 at most"):
        write_photo(np.ones((197, 3), dtype=bool))


@pytest.mark.parametrize("photo", ["!", "!other", "zz", "0001", "000", "xnone", "9610 "])
def test_what_nobody_wrote_is_no_photo(photo):
    with pytest.raises(ValueError, match=r"photo must be a string that write_photo wrote\. Rec"):
        explorers.draw_digit(photo=photo)


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_wrong_with_a_file_is_said_in_a_sentence(fault, tmp_path):
    explorer = explorers.draw_digit(photo=f"!{fault}")
    arrays = explorer.arrays()
    assert arrays["text"] == FAULTS[fault] and arrays["text"].endswith(".")
    assert arrays["answer"] == -1
    (theirs,) = in_node(explorer, [explorer.state], tmp_path)
    assert not differences(arrays, theirs)


def test_a_file_of_many_pixels_is_said_to_be_as_large_as_python_says():
    stream = io.BytesIO()
    Image.new("1", (8_300, 8_300)).save(stream, "PNG")
    with pytest.raises(ValueError, match="67 million pixels"):
        datasets.read_digit(stream.getvalue())
    assert "67 million pixels" in FAULTS["vast"] and "8 pixels" in FAULTS["small"]


def test_a_photo_of_nothing_is_empty_paper(tmp_path):
    explorer = explorers.draw_digit(photo=f"{196 * 196:04x}")
    arrays = explorer.arrays()
    assert arrays["answer"] == -1 and not arrays["seen"].any()
    (theirs,) = in_node(explorer, [explorer.state], tmp_path)
    assert not differences(arrays, theirs)
