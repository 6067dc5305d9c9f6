"""draw_digit: the pen, MNIST's preprocessing, and the network that is plugged in."""

import copy
import re

import numpy as np
import pytest
from twins import differences, in_node

from nbhelpers import _assets, activations, datasets, explorers
from nbhelpers.datasets.ink import as_mnist
from nbhelpers.explorers.scenes.parts.draw_digit_network import forward, network_of
from nbhelpers.explorers.scenes.parts.draw_digit_pen import (
    line_width,
    rasterize,
    read_cursor,
    read_ink,
    write_ink,
)
from nbhelpers.layers import (
    Activation,
    Dense,
    Dropout,
    Flatten,
    Layer,
    ReLU,
    Rescaling,
    Softmax,
)
from nbhelpers.models import Sequential, load_model


def mnist():
    try:
        return datasets.load("mnist")
    except datasets.DownloadError:
        pytest.skip("MNIST is not here and could not be downloaded")


# --- the pen ---


def test_ink_is_written_and_read():
    strokes = [[(0, 0), (3.25, 28)], [(27.5, 14)]]
    read = read_ink(write_ink(strokes))
    assert [stroke.tolist() for stroke in read] == [[list(p) for p in s] for s in strokes]
    assert read_ink("") == []


@pytest.mark.parametrize(
    "ink", ["123", "zzzz", "0:1234", "12345", "-1234", "ffff", "00 00", " 1234"]
)
def test_ink_that_nobody_wrote_is_an_error(ink):
    with pytest.raises(ValueError, match=re.escape(f"Received: {ink!r}")):
        read_ink(ink)
    with pytest.raises(ValueError, match="ink must be"):
        explorers.draw_digit(ink=ink)
    with pytest.raises(ValueError, match="cursor must be"):
        explorers.draw_digit(cursor="x")
    with pytest.raises(ValueError, match=r"must lie in 0\.\.28"):
        write_ink([[(29, 0)]])


def test_cursor_says_where_and_whether_down():
    place, down = read_cursor("3814+")
    assert place.tolist() == [[14, 5]] and down
    assert read_cursor("3814")[1] is False and read_cursor("")[0].shape == (0, 2)


def test_a_line_has_a_soft_edge_and_the_width_of_the_pen():
    paper = rasterize([np.array([[4.0, 10.0], [24.0, 10.0]])], width=2)
    assert paper.shape == (112, 112)  # four pixels a unit
    assert paper[:, 56].nonzero()[0].tolist() == list(range(36, 44))  # y = 9..11, to the pixel
    assert (paper[36:44, 56] == 1).all()
    soft = rasterize([np.array([[4.0, 10.125], [24.0, 10.125]])], width=2)
    np.testing.assert_allclose(soft[36:45, 56], [0.5, *7 * [1], 0.5], atol=0.5 / 255)
    assert rasterize([]).sum() == 0
    dot = rasterize([np.array([[14.0, 14.0]])], width=3)
    assert dot[56, 56] == 1 and dot[56, 49] == 0 and dot.T.tolist() == dot.tolist()


def test_a_small_drawing_gets_a_thinner_line():
    lines = {size: [np.array([[5.0, 5.0], [5.0, 5.0 + size]])] for size in (0, 4, 8, 16, 20, 25)}
    widths = {size: line_width(line, 2.5) for size, line in lines.items()}
    assert widths == {0: 0.5, 4: 0.5, 8: 1, 16: 2, 20: 2.5, 25: 2.5}
    assert line_width(lines[8], 5) == 2  # the pen shows at any size
    assert line_width(lines[20], 1.5) == 1.5 and line_width([], 2.5) == 2.5


# --- the network ---


def test_it_shows_what_the_model_predicts():
    explorer = explorers.draw_digit()
    model = load_model(_assets.path("digits_network.npz"))
    for state in [*explorer.presets.values(), *({"sample": k} for k in range(1, 21))]:
        arrays = explorer.arrays(state)
        seen = arrays["seen"].reshape(1, 784)
        np.testing.assert_allclose(arrays["outputs"], model.predict(seen)[0], atol=1e-5)
        first = model.layers[0].forward(seen.astype(np.float32))
        np.testing.assert_allclose(arrays["hidden1"].ravel(), first[0], atol=1e-5)
    assert arrays["hidden1"].shape == (2, 25) and arrays["hidden2"].shape == (4, 25)


def test_drawn_digits_are_read():
    explorer = explorers.draw_digit()
    answers = {name: explorer.arrays(values)["answer"] for name, values in explorer.presets.items()}
    assert answers["a 2"] == answers["a small 2"] == 2 and answers["a 7"] == 7
    assert answers["a lying 7"] != 7, "it has only seen upright digits"


def test_most_test_images_are_read_and_the_words_say_which():
    explorer = explorers.draw_digit()
    texts = [explorer.arrays({"sample": k})["text"] for k in range(1, 21)]
    assert sum(text.endswith(": right.") for text in texts) >= 12
    assert all(text.endswith((": right.", ": wrong.")) for text in texts)
    assert explorer.data["labels"].tolist() == sorted(2 * list(range(10)))


def test_real_digits_drawn_as_ink_are_recognised():
    data = mnist()
    model = load_model(_assets.path("digits_network.npz"))
    layers = network_of(model)
    found = [forward(as_mnist(image / 255).ravel(), layers)[-1] for image in data.x_test[:300]]
    assert np.mean(np.argmax(found, axis=1) == data.y_test[:300]) >= 0.97


def test_undone_ink_is_as_if_never_drawn():
    explorer = explorers.draw_digit()
    one, two = [(8, 6), (20, 6)], [(14, 6), (14, 24)]
    both = explorer.arrays({"ink": write_ink([one, two])})
    single = explorer.arrays({"ink": write_ink([one])})
    assert both["drawing"].sum() > single["drawing"].sum()


def test_empty_paper_has_no_answer(tmp_path):
    explorer = explorers.draw_digit()
    for cursor in ("", "3838"):
        arrays = explorer.arrays({"ink": "", "cursor": cursor})
        assert arrays["text"].startswith("The paper is empty. ") and "reads" not in arrays["text"]
        assert (arrays["answer"], arrays["says"]) == (-1, "none yet")
        assert not arrays["outputs"].any() and arrays["percent"] == 10 * [""]
        (theirs,) = in_node(explorer, [explorer.start | {"cursor": cursor}], tmp_path)
        assert not differences(arrays, theirs)


def test_a_test_image_lies_on_the_drawing_and_leaves_it():
    explorer = explorers.draw_digit(sample=7)
    image = explorer.data["samples"][6] / 255
    for ink in ("", write_ink([[(5, 5), (5, 23)]])):
        np.testing.assert_array_equal(explorer.arrays({"sample": 7, "ink": ink})["drawing"], image)
    assert explorer.arrays({"sample": 0, "ink": ink})["drawing"].any()


def strokes_of(digit):
    """A digit drawn about (0, 0), 18 high, in one or two strokes."""
    turn = np.linspace(0, 2 * np.pi, 25)
    circle = np.stack([np.sin(turn), -np.cos(turn)], axis=1)
    half = circle[:13]
    upper, lower = circle * [4, 4.5] - [0, 4.5], circle * [5, 4.5] + [0, 4.5]
    return {
        0: [circle * [5.5, 9]],
        1: [[(-3, -5), (1, -9), (1, 9)]],
        2: [[(-5, -5), (-3, -8), (1, -9), (5, -6), (4, -2), (-5, 9), (6, 9)]],
        3: [np.concatenate([half * [5, 4.5] - [0, 4.5], half * [5.5, 4.5] + [0, 4.5]])],
        4: [[(-4, -9), (-5, 1), (5, 1)], [(4, -9), (3, 9)]],
        5: [np.concatenate([[(-4, -9), (-4, -2)], half * 5.5 + [-1, 3.5]]), [(-4, -9), (5, -9)]],
        6: [np.concatenate([[(3, -9), (-3, -2), (-5, 4)], circle[::-1] * [5, 4.5] + [0, 4.5]])],
        7: [[(-6, -8), (6, -8), (2, 0), (-1, 9)]],
        8: [upper, lower],
        9: [upper * 1.1 + [0, 0.5], [(4.4, -4), (3, 9)]],
    }[digit]


@pytest.mark.parametrize("size", [1, 0.5, 0.35, 0.25, 0.2])
@pytest.mark.parametrize("width", [1, 2.5, 4])
def test_a_digit_drawn_tiny_is_read_as_well_as_a_large_one(size, width):
    explorer = explorers.draw_digit(width=width)
    for place in ((14, 14), (23, 7)) if size < 0.5 else ((14, 14),):
        drawn = [[size * np.asarray(s) + place for s in strokes_of(digit)] for digit in range(10)]
        answers = [explorer.arrays({"ink": write_ink(ink)})["answer"] for ink in drawn]
        assert sum(a == digit for digit, a in enumerate(answers)) >= 9, answers


@pytest.mark.parametrize(
    "layers",
    [
        [Flatten(input_shape=(28, 28)), Dense(12, "relu"), Dense(10, "softmax")],
        [Dense(10, input_shape=(784,))],
        [Dense(13, input_shape=(784,)), Activation("tanh"), Dense(10), Activation("softmax")],
        [Dense(6, "leaky_relu", input_shape=(784,)), Dense(10, "sigmoid")],
        [Activation("tanh", input_shape=(784,)), *(Dense(8, "step") for _ in range(4)), Dense(10)],
        [Rescaling(1 / 255, input_shape=(784,)), Dense(8, "relu"), Dense(10, "softmax")],
        [Rescaling(1 / 127.5, -1, input_shape=(28, 28)), Flatten(), Dense(10, "softmax")],
        [Rescaling(2, -1, input_shape=(784,)), Dense(10, "softmax")],
        [Dense(8, input_shape=(784,)), ReLU(), Dropout(0.5), Dense(10), Softmax()],
        [Dense(9, "relu", input_shape=(784,)), Rescaling(-3, 0.5), Dense(10, "softmax")],
    ],
)
def test_any_network_with_ten_outputs_can_be_plugged_in(layers, tmp_path):
    model = Sequential(layers, seed=0)
    model.build()
    explorer = explorers.draw_digit(model, sample=5)
    outputs = explorer.arrays()["outputs"]
    takes_bytes = isinstance(layers[0], Rescaling) and layers[0].scale < 1
    picture = explorer.arrays()["seen"] * (255 if takes_bytes else 1)
    shape = [28, 28] if 28 in model.input_shape else [784]
    expected = model.predict(picture.reshape(1, *shape))[0]
    if layers[-1].activation.name == "linear":
        expected = np.exp(expected) / np.exp(expected).sum()
    np.testing.assert_allclose(outputs, expected, atol=1e-5)
    (theirs,) = in_node(explorer, [explorer.state], tmp_path)
    np.testing.assert_allclose(theirs["outputs"], expected, atol=1e-5)
    assert explorer._repr_mimebundle_()[0]["image/png"]


class Strange(Layer):
    """A layer of somebody's own: the page cannot know what it computes."""

    def forward(self, x, training=False):
        return x * 2


def test_what_cannot_be_plugged_in_is_said():
    ten = Sequential([Dense(10, "softmax")], seed=0)
    with pytest.raises(ValueError, match="must be a Sequential with weights"):
        explorers.draw_digit(ten)
    with pytest.raises(ValueError, match="must be a Sequential"):
        explorers.draw_digit("digits_network.npz")
    for inputs, outputs, message in ((784, 3, "10 outputs. Received: 3"), (64, 10, "784 inputs")):
        model = Sequential([Dense(outputs, "softmax", input_shape=(inputs,))], seed=0)
        model.build()
        with pytest.raises(ValueError, match=message):
            explorers.draw_digit(model)
    model = Sequential([Dense(10, "relu", input_shape=(784,))], seed=0)
    model.build()
    with pytest.raises(ValueError, match=r"must end in one of softmax.*relu"):
        explorers.draw_digit(model)
    own = activations.Activation("relu", lambda x: -7 * x, lambda y, grad: -7 * grad)
    for layer, came in (
        (Strange(input_shape=(784,)), "Strange"),
        (Dense(4, own, input_shape=(784,)), "Activation"),
    ):
        model = Sequential([layer, Dense(10, "softmax")], seed=0)
        model.build()
        with pytest.raises(ValueError, match=f"draw_digit: model must .*{came}"):
            explorers.draw_digit(model)
    model = Sequential([Dense(10, input_shape=(784,))], seed=0)
    model.build()
    model.params[0] = np.nan
    with pytest.raises(ValueError, match="finite weights"):
        explorers.draw_digit(model)


def test_a_copied_model_is_drawn_as_the_model():
    model = Sequential([Dense(10, "softmax", input_shape=(784,))], seed=0)
    copied = explorers.draw_digit(copy.deepcopy(model), sample=5).arrays()["outputs"]
    assert np.array_equal(copied, explorers.draw_digit(model, sample=5).arrays()["outputs"])
