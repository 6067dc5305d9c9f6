"""draw_digit: the pen, MNIST's preprocessing, and the network that is plugged in."""

import re

import numpy as np
import pytest

from nbhelpers import _assets, datasets, explorers
from nbhelpers.datasets.ink import as_mnist
from nbhelpers.explorers.drawing import rasterize, read_cursor, read_ink, write_ink
from nbhelpers.explorers.plugged import forward, layers_of
from nbhelpers.layers import Activation, Dense, Flatten
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
    assert read_ink(write_ink(strokes, sample=3)) == [], "drawn on another picture"
    assert len(read_ink(write_ink(strokes, sample=3), sample=3)) == 2
    assert read_ink("") == []


@pytest.mark.parametrize("ink", ["0:123", "0:zzzz", "1234", "0:12345", "0:-1234"])
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
    assert paper[:, 14].nonzero()[0].tolist() == [9, 10]  # y = 9..11, to the pixel
    assert (paper[9:11, 14] == 1).all()
    soft = rasterize([np.array([[4.0, 10.5], [24.0, 10.5]])], width=2)
    np.testing.assert_allclose(soft[9:12, 14], [0.5, 1, 0.5], atol=0.5 / 255)
    assert rasterize([]).sum() == 0
    dot = rasterize([np.array([[14.5, 14.5]])], width=3)
    assert dot[14, 14] == 1 and dot[14, 12] == 0 and dot.T.tolist() == dot.tolist()


# --- the network ---


def test_it_shows_what_the_model_predicts():
    explorer = explorers.draw_digit()
    model = load_model(_assets.path("digits_network.npz"))
    for state in [*explorer.presets.values(), *({"sample": k} for k in range(21))]:
        arrays = explorer.arrays(state)
        seen = arrays["seen"].reshape(1, 784)
        np.testing.assert_allclose(arrays["outputs"], model.predict(seen)[0], atol=1e-5)
        first = model.layers[0].forward(seen.astype(np.float32))
        np.testing.assert_allclose(arrays["hidden1"].ravel(), first[0], atol=1e-5)
        np.testing.assert_allclose(arrays["inverse"], 1 - arrays["seen"])
    assert arrays["hidden1"].shape == (5, 10) and arrays["hidden2"].shape == (10, 10)


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
    layers = layers_of(model)
    found = [forward(as_mnist(image / 255).ravel(), layers)[-1] for image in data.x_test[:300]]
    assert np.mean(np.argmax(found, axis=1) == data.y_test[:300]) >= 0.97


def test_undone_ink_is_as_if_never_drawn():
    explorer = explorers.draw_digit()
    one, two = [(8, 6), (20, 6)], [(14, 6), (14, 24)]
    both = explorer.arrays({"ink": write_ink([one, two])})
    single = explorer.arrays({"ink": write_ink([one])})
    assert both["drawing"].sum() > single["drawing"].sum()
    assert explorer.arrays({"ink": "0:"})["drawing"].sum() == 0
    assert explorer.arrays({"ink": ""})["text"].startswith("Empty paper")


def test_ink_adds_to_a_test_image():
    explorer = explorers.draw_digit(sample=7)
    added = explorer.arrays({"sample": 7, "ink": write_ink([[(5, 5), (5, 23)]], sample=7)})
    alone = explorer.arrays({"sample": 7})
    assert (added["drawing"] >= alone["drawing"]).all()
    assert added["drawing"].sum() > alone["drawing"].sum() + 20


@pytest.mark.parametrize(
    "layers",
    [
        [Flatten(input_shape=(28, 28)), Dense(12, "relu"), Dense(10, "softmax")],
        [Dense(10, input_shape=(784,))],
        [Dense(13, input_shape=(784,)), Activation("tanh"), Dense(10), Activation("softmax")],
        [Dense(6, "leaky_relu", input_shape=(784,)), Dense(10, "sigmoid")],
        [Activation("tanh", input_shape=(784,)), *(Dense(8, "step") for _ in range(4)), Dense(10)],
    ],
)
def test_any_network_with_ten_outputs_can_be_plugged_in(layers):
    model = Sequential(layers, seed=0)
    model.build()
    explorer = explorers.draw_digit(model, sample=5)
    outputs = explorer.arrays()["outputs"]
    expected = model.predict(explorer.arrays()["seen"].reshape(1, *model.input_shape[1:]))[0]
    if layers[-1].activation.name == "linear":
        expected = np.exp(expected) / np.exp(expected).sum()
    np.testing.assert_allclose(outputs, expected, atol=1e-5)
    assert explorer._repr_mimebundle_()[0]["image/png"]


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
    model.params[0] = np.nan
    with pytest.raises(ValueError, match="finite weights"):
        explorers.draw_digit(model)
