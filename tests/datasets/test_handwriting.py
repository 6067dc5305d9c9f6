"""Digits on paper, by program: the network reads them in every light; what is no digit is named."""

import io
import tracemalloc

import handwriting
import numpy as np
import pytest
from PIL import Image

from nbhelpers import datasets, figures, models
from nbhelpers.datasets import blobs, ink, picture
from nbhelpers.datasets.picture import LIMIT, WORK, open_picture


@pytest.fixture(scope="module")
def network():
    return models.load_digits_network()


@pytest.fixture(scope="module")
def read(network):
    def answer(source):
        digit = datasets.read_digit(source)
        assert (digit.shape, digit.dtype, digit.min(), digit.max()) == ((28, 28), "float32", 0, 1)
        return int(network.predict(digit.reshape(1, 784)).argmax())

    return answer


def drawn(digit=4, style=0, seed=0, **how):
    rng = np.random.default_rng(seed)
    return handwriting.plain(handwriting.strokes(digit, style, rng), rng, **how)


def saved(picture, kind="PNG", **how):
    stream = io.BytesIO()
    Image.fromarray(picture.astype(np.uint8)).save(stream, kind, **how)
    return stream.getvalue()


@pytest.mark.parametrize("kind", handwriting.KINDS)
def test_every_disturbance_is_read(kind, read):
    # Reduced: `python tests/datasets/handwriting.py` tells of many more pictures.
    count = 5
    right = sum(read(data) == digit for data, digit in handwriting.pictures(kind, count, seed=1))
    assert right >= count - 1


def test_each_digit_of_each_hand_is_read(read):
    wrong = [
        (digit, style)
        for digit in range(10)
        for style in range(handwriting.STYLES)
        if read(drawn(digit, style, seed=digit, size=256)) != digit
    ]
    assert len(wrong) <= 4, wrong


def test_what_is_drawn_on_paper_is_read_as_well_tiny_as_large(network):
    right = []
    for height in (20, 14, 10, 7, 5):
        seen, digits = zip(*handwriting.drawn(160, height=height), strict=True)
        answers = network.predict(np.reshape(seen, (160, 784))).argmax(axis=1)
        right.append((answers == digits).sum())
    assert min(right) >= 152 and max(right) - min(right) <= 6, right


def test_a_picture_like_mnist_comes_out_about_as_it_went_in():
    x, _ = datasets.digits.load_data()[1]
    changed = np.array([datasets.read_digit(image) for image in x[:40]])
    same = [np.corrcoef(a.ravel(), b.ravel())[0, 1] for a, b in zip(x, changed, strict=False)]
    assert np.median(same) > 0.8


def test_it_agrees_with_a_drawing_in_the_explorer(read):
    """The same strokes, rasterized as the explorer does and brought into form by as_mnist."""
    apart = []
    for digit in range(10):
        paths = handwriting.strokes(digit, 0, np.random.default_rng(digit))
        mask = handwriting.ink(paths, 280, pen=0.115)
        ours = datasets.read_digit(handwriting.colour(mask))
        theirs = ink.as_mnist(mask)
        apart.append(np.abs(ours - theirs).mean())
    assert max(apart) < 0.04


def test_dark_or_light_and_any_size_give_the_same_digit():
    picture = drawn(3, size=300)
    first = datasets.read_digit(picture)
    others = {
        "inverted": 255 - picture,
        "grey": picture.mean(axis=2),
        "whole numbers": picture.astype(int),
        "0 to 1": picture / 255,
        "one channel": picture.mean(axis=2)[:, :, None],
        "float32": picture.astype(np.float32),
        "read-only": np.frombuffer(picture.astype("u1").tobytes(), "u1").reshape(picture.shape),
        "Fortran": np.asfortranarray(picture),
        "larger": np.kron(picture, np.ones((3, 3, 1))),
        "in a corner": np.pad(picture, ((0, 200), (0, 90), (0, 0)), mode="edge"),
        "lists": picture.mean(axis=2).tolist(),
        "Pillow": Image.fromarray(picture.astype(np.uint8)),
    }
    for name, picture in others.items():
        assert np.abs(datasets.read_digit(picture) - first).mean() < 0.02, name


def test_no_argument_is_changed():
    picture = drawn()
    before = picture.copy()
    datasets.read_digit(picture)
    np.testing.assert_array_equal(picture, before)


@pytest.mark.parametrize(
    ("kind", "how"),
    [
        ("PNG", {}),
        ("JPEG", {"quality": 30}),
        ("WEBP", {}),
        ("GIF", {}),
        ("BMP", {}),
        ("TIFF", {}),
    ],
)
def test_the_usual_files(tmp_path, read, kind, how):
    data = saved(drawn(7), kind, **how)
    path = tmp_path / f"seven.{kind.lower()}"
    path.write_bytes(data)
    with path.open("rb") as stream:
        for source in (str(path), path, data, bytearray(data), memoryview(data), stream):
            assert read(source) == 7


@pytest.mark.parametrize(
    "mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "YCbCr", "HSV", "I;16"]
)
def test_every_mode_of_a_picture(read, mode):
    picture = Image.fromarray(drawn(5).astype(np.uint8))
    if mode == "I;16":
        image = Image.fromarray(np.asarray(picture.convert("L")).astype(np.uint16) * 200)
    elif mode == "LA":
        image = picture.convert("L").convert("LA")
    else:
        image = picture.convert(mode)
    assert image.mode == mode
    assert read(image) == 5


@pytest.mark.parametrize("pen", [(0, 0, 0), (255, 255, 255)])
def test_a_drawing_on_nothing(read, pen):
    mask = handwriting.ink(handwriting.strokes(2, 0, np.random.default_rng(0)), 200)
    layer = np.empty((200, 200, 4), np.uint8)
    layer[..., :3], layer[..., 3] = pen, 255 * mask
    assert read(layer) == 2
    assert read(saved(layer)) == 2


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_picture_is_turned_as_the_camera_was(orientation):
    picture = drawn(4).astype(np.uint8)
    turn = {
        1: lambda a: a,
        2: lambda a: a[:, ::-1],
        3: lambda a: a[::-1, ::-1],
        4: lambda a: a[::-1],
        5: lambda a: a.swapaxes(0, 1),
        6: lambda a: np.rot90(a, 1),
        7: lambda a: a[::-1, ::-1].swapaxes(0, 1),
        8: lambda a: np.rot90(a, -1),
    }[orientation]
    exif = Image.Exif()
    exif[0x0112] = orientation
    for kind in ("JPEG", "PNG", "TIFF"):
        data = saved(np.ascontiguousarray(turn(picture)), kind, exif=exif)
        apart = np.abs(datasets.read_digit(data) - datasets.read_digit(picture))
        assert apart.mean() < 0.02, kind


SQUARE = "(height, width), (height, width, 3) or (height, width, 4)"


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (np.zeros(784), "Received: (784,). Use reshape(28, 28)."),
        (np.zeros((1, 28, 28)), "Received: (1, 28, 28). Use reshape(28, 28)."),
        (np.zeros((60, 28, 28)), "Received: (60, 28, 28). Give one picture at a time."),
        (np.zeros((9, 9, 2)), "Received: (9, 9, 2)."),
        (np.zeros((9, 9, 9, 3)), "Received: (9, 9, 9, 3)."),
        (3.0, "Received: ()."),
        ([], "Received: (0,)."),
        (np.zeros((0, 0)), "at least 8 x 8 pixels. Received: 0 x 0."),
        (np.zeros((0, 9, 3)), "at least 8 x 8 pixels. Received: 9 x 0."),
        (np.zeros((7, 20)), "at least 8 x 8 pixels. Received: 20 x 7."),
        (None, "an array of numbers. Received: NoneType of dtype object."),
        ({"a": 1}, "an array of numbers. Received: dict of dtype object."),
        (np.full((9, 9), "a"), "an array of numbers. Received: ndarray of dtype <U1."),
        (np.zeros((9, 9), complex), "an array of numbers. Received: ndarray of dtype complex128."),
        (
            np.zeros((9, 9), "M8[s]"),
            "an array of numbers. Received: ndarray of dtype datetime64[s]",
        ),
        ([[1, 2], [3]], "Received: list of rows that have different lengths."),
        (np.full((9, 9), np.nan), "numbers 0..1 or 0..255. Received: nan..nan."),
        (np.full((9, 9), np.inf), "numbers 0..1 or 0..255. Received: inf..inf."),
        (np.full((9, 9), -1), "numbers 0..1 or 0..255. Received: -1..-1."),
        (np.full((9, 9), 256), "numbers 0..1 or 0..255. Received: 256..256."),
        (b"", "the file: expected a picture. Received: an empty file."),
        (b"<html>Sign in", "expected a picture. Received: a web page (HTML)"),
        (b"hello", "expected a picture. Received: text, 'hello'."),
        (b"\x89PNG\r\n\x1a\n" + bytes(9), "Received: a picture (PNG), cut off or damaged."),
        (
            b"\0\0\0\x24ftypheic\0\0\0\0mif1heic",
            "Received: a HEIC photo, as some telephones store it: save it as JPEG first.",
        ),
    ],
    ids=repr,
)
def test_what_is_no_picture_is_named(source, says):
    with pytest.raises(ValueError, match="picture") as caught:
        datasets.read_digit(source)
    assert says in str(caught.value)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("name", [".", "photos"])
def test_a_folder_is_no_picture(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "photos").mkdir()
    for path in (name, tmp_path / name):
        with pytest.raises(IsADirectoryError, match=r"must be a file\. Received: the folder '"):
            datasets.read_digit(path)


@pytest.mark.parametrize("path", ["nowhere.png", "", "x" * 3000])
def test_a_file_that_is_not_there_is_named(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OSError, match=r"no such file\. Received: '|too long") as caught:
        datasets.read_digit(path)
    assert len(str(caught.value)) < 4000


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP"])
def test_a_picture_that_is_cut_off_is_refused(kind):
    data = saved(drawn(), kind)
    for part in (0.02, 0.3, 0.9):
        with pytest.raises(ValueError, match=r"the file: expected a (whole )?picture"):
            datasets.read_digit(data[: int(part * len(data))])


def bomb(side):
    """A file of some kilobytes that claims side x side pixels."""
    stream = io.BytesIO()
    Image.new("1", (side, side)).save(stream, "PNG")
    return stream.getvalue()


@pytest.mark.parametrize("side", [8_300, 12_000, 20_000])
def test_a_vast_picture_is_refused_before_it_is_decoded(side):
    data = bomb(side)
    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match=r"67 million pixels|could be decompression bomb"):
            datasets.read_digit(data)
        assert tracemalloc.get_traced_memory()[1] < 1e6
    finally:
        tracemalloc.stop()
    assert side * side > LIMIT


def test_a_vast_array_is_refused():
    vast = np.broadcast_to(np.uint8(0), (10**5, 10**5))
    with pytest.raises(ValueError, match=r"at most 67 million pixels\. Received: 100000 x"):
        datasets.read_digit(vast)


def noisy(level=255, sigma=10.0):
    return np.clip(np.random.default_rng(0).normal(level, sigma, (300, 300)), 0, 255)


@pytest.mark.parametrize(
    "picture",
    [
        np.zeros((90, 90)),
        np.full((90, 90), 255),
        noisy(),
        noisy(128, 40),
        noisy(20, 5),
        np.linspace(0, 255, 300)[None] * np.ones((300, 1)),
        handwriting.slanted_light(np.full((200, 200, 3), 240.0), np.random.default_rng(0)),
        handwriting.specks(np.full((300, 300, 3), 240.0), np.random.default_rng(0), 60),
    ],
    ids=["black", "white", "noise", "grey noise", "dark noise", "ramp", "slanted light", "specks"],
)
def test_a_picture_without_a_digit_is_named(picture):
    with pytest.raises(ValueError, match=r"^picture must show a digit.* Received: "):
        datasets.read_digit(picture)


def test_a_deep_picture_of_one_grey_is_named():
    with pytest.raises(ValueError, match=r"^picture must show a digit.* Received: "):
        datasets.read_digit(Image.new("I;16", (90, 90), 700))


@pytest.mark.parametrize("places", [[0.25, 0.75], [0.3, 0.62], [0.15, 0.5, 0.85]])
def test_several_digits_are_named(places):
    rng = np.random.default_rng(0)
    mask = np.zeros((400, 400))
    for k, x in enumerate(places):
        paths = handwriting.strokes(k + 2, 0, rng)
        mask = np.maximum(mask, handwriting.ink(paths, 400, part=0.35, place=(x, 0.5)))
    with pytest.raises(ValueError, match=r"one digit\. Received: several pieces"):
        datasets.read_digit(handwriting.colour(mask))


@pytest.mark.parametrize(("gap", "top"), [(6, 82), (14, 74), (22, 66), (40, 100)])
def test_a_bar_that_is_apart_belongs_to_the_digit_that_is_near(gap, top):
    paper = np.full((300, 300), 250.0)
    paper[100:220, 140:155] = 30  # 120 high
    paper[88 - gap : 100 - gap, 140:170] = 30  # as that of a 5 whose pen was lifted
    left, upper, width, height = datasets.trace_digit(paper).box
    assert abs(upper - top) <= 2
    assert abs(upper + height - 220) <= 2
    assert abs(width - (30 if top < 100 else 15)) <= 2
    assert abs(left - 140) <= 2


def test_a_large_jpeg_is_decoded_at_a_part_of_its_size():
    stream = io.BytesIO()
    Image.new("L", (8 * WORK, 8 * WORK), 255).save(stream, "JPEG")
    assert picture._decode(stream, "it").size == (2 * WORK, 2 * WORK)


def test_the_steps_fit_together():
    steps = datasets.trace_digit(drawn(8))
    left, top, width, height = steps.box
    rows, columns = (np.flatnonzero(steps.mask.any(axis=axis)) for axis in (1, 0))
    assert (top, top + height - 1) == (rows[0], rows[-1])
    assert (left, left + width - 1) == (columns[0], columns[-1])
    assert steps.picture.shape == (*steps.contrast.shape, 3) == (*steps.mask.shape, 3)
    assert steps.contrast[steps.mask].min() > 0.4 > np.median(steps.contrast)
    assert (steps.contrast.min(), steps.contrast.max()) == (0, 1)
    np.testing.assert_array_equal(steps.digit, datasets.read_digit(drawn(8)))
    rows, columns = (np.flatnonzero(steps.digit.any(axis=axis)) for axis in (1, 0))
    assert max(len(rows), len(columns)) == 20
    mass = steps.digit.sum(axis=0) @ np.arange(28) / steps.digit.sum()
    assert abs(mass - 14) <= 0.5
    assert len(repr(steps)) < 100


@pytest.mark.parametrize("pen", [0.02, 0.05, 0.08, 0.115])
def test_a_thin_line_gets_the_pen_of_mnist(pen):
    thin = datasets.read_digit(drawn(3, pen=pen))
    usual = datasets.read_digit(drawn(3, pen=0.115))
    assert np.corrcoef(thin.ravel(), usual.ravel())[0, 1] > 0.93


@pytest.mark.parametrize("width", [4, 8, 16])
def test_a_stroke_gets_a_ninth_of_its_length_as_width(width):
    paper = np.full((300, 300), 250.0)
    paper[60:240, 150 : 150 + width] = 30
    pen = datasets.trace_digit(paper).pen
    rows = np.flatnonzero(pen.any(axis=1))
    middle = pen[rows].sum(axis=1)[len(rows) // 3]
    assert 0.085 < middle / len(rows) < 0.125  # MNIST has 0.08 to 0.18


def test_specks_alone_are_named():
    paper = np.full((300, 300), 250.0)
    for down in range(20, 280, 25):
        for along in range(20, 280, 25):
            paper[down : down + 3, along : along + 3] = 20
    with pytest.raises(ValueError, match=r"must show a digit\. Received: specks only"):
        datasets.read_digit(paper)


def test_a_neighbour_that_the_edge_cuts_off_is_left_out():
    paper = np.full((300, 300), 250.0)
    paper[80:220, 200:215] = 30
    paper[100:118, :90] = 30
    assert datasets.trace_digit(paper).box == (200, 80, 15, 140)


def test_black_ink_on_nothing_in_grey():
    ink = np.zeros((200, 200), "uint8")
    ink[40:160, 95:108] = 255
    image = Image.merge("LA", (Image.new("L", (200, 200)), Image.fromarray(ink)))
    _, _, width, height = datasets.trace_digit(image).box
    assert height > 8 * width


def test_light_is_evened_out():
    rng = np.random.default_rng(0)
    paths = handwriting.strokes(5, 0, rng)
    mask = handwriting.ink(paths, 512, part=0.6)
    for disturb in (handwriting.slanted_light, handwriting.shadow):
        contrast = datasets.trace_digit(disturb(handwriting.colour(mask), rng)).contrast
        assert contrast.dtype == np.float32
        assert contrast[mask > 0.99].min() > 0.5
        assert np.percentile(contrast[mask < 0.01], 99) < 0.5


def test_the_figure_shows_each_step_in_one_row():
    steps = datasets.trace_digit(drawn(6))
    axes = figures.reading(steps)
    assert axes.shape == (5,)
    assert [ax.get_title(loc="left") for ax in axes] == [
        *("the picture", "light evened out", "ink found", "pen of MNIST", "28 x 28")
    ]
    np.testing.assert_array_equal(axes[4].images[0].get_array(), steps.digit)
    frame = axes[2].patches[0]
    assert (frame.get_x() + 0.5, frame.get_y() + 0.5) == steps.box[:2]
    assert (frame.get_width(), frame.get_height()) == steps.box[2:]
    alt = figures.reading_alt(steps)
    assert f"{steps.box[2]} x {steps.box[3]} pixels" in alt and "20 rows" in alt
    assert figures.show(axes, alt=alt).png().startswith(b"\x89PNG")
    again = figures.reading(steps, axes)
    assert again[0] is axes[0]
    with pytest.raises(ValueError, match=r"reading: axes must have shape \(5,\)"):
        figures.reading(steps, axes[:3])


def flood(mask):
    """Pieces, by the plainest means: fill from every pixel that has no number yet."""
    numbers, count = np.zeros(mask.shape, int), 0
    for start in zip(*np.nonzero(mask), strict=True):
        if numbers[start]:
            continue
        count += 1
        todo = [start]
        while todo:
            y, x = todo.pop()
            if (
                0 <= y < mask.shape[0]
                and 0 <= x < mask.shape[1]
                and mask[y, x]
                and not numbers[y, x]
            ):
                numbers[y, x] = count
                todo += [(y + a, x + b) for a in (-1, 0, 1) for b in (-1, 0, 1)]
    return numbers, count


@pytest.mark.parametrize("density", [0.1, 0.3, 0.5, 0.7])
def test_pieces_are_those_that_a_flood_finds(density):
    rng = np.random.default_rng(0)
    for shape in ((1, 9), (9, 1), (17, 23), (40, 40)):
        mask = rng.random(shape) < density
        labels, found = blobs.find_blobs(mask)
        expected, count = flood(mask)
        assert len(found) == count
        pairs = set(zip(labels.ravel().tolist(), expected.ravel().tolist(), strict=True))
        assert len(pairs) == len(set(labels.ravel())) == len(set(expected.ravel()))
        for blob in found:
            own = labels == blob.number
            rows, columns = np.nonzero(own)
            assert blob.area == own.sum()
            assert (blob.top, blob.bottom) == (rows.min(), rows.max() + 1)
            assert (blob.left, blob.right) == (columns.min(), columns.max() + 1)
    assert blobs.find_blobs(np.zeros((3, 3), bool))[1] == []


def test_the_picture_is_brought_to_a_handy_size():
    for shape, expected in [
        ((4000, 3000), (512, 384)),
        ((512, 300), (512, 300)),
        ((300, 200), (300, 200)),
        ((28, 28), (256, 256)),
        ((100, 50), (256, 128)),
        ((8, 800), (5, 512)),
    ]:
        assert open_picture(np.zeros(shape, np.uint8)).shape == (*expected, 3)
