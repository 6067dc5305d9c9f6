"""Two layers: one affine map with nothing between them, and none with relu."""

import numpy as np
import pytest

from nbhelpers import explorers, geometry
from nbhelpers.explorers.picture.words import say
from nbhelpers.explorers.scenes.two_layers import best_map, layers
from nbhelpers.layers import Dense
from nbhelpers.models import Sequential

two = explorers.two_layers()


def states(between, count=60):
    rng = np.random.default_rng(0)
    values = {name: control.values() for name, control in two.controls.items()}
    for _ in range(count):
        state = {name: every[rng.integers(len(every))] for name, every in values.items()}
        yield state | {"between": between}


def test_without_an_activation_they_are_always_one_map():
    for state in states("linear"):
        arrays = two.arrays(state)
        together = geometry.compose(*layers(two.start | state))
        assert arrays["miss"] < 1e-9 and len(arrays["changed_x"]) == 0
        np.testing.assert_allclose(
            arrays["kept_2"], geometry.apply(arrays["kept_x"], *together), atol=1e-9
        )
        np.testing.assert_allclose(
            arrays["one"], geometry.apply(two.data["outline"], *together), atol=1e-9
        )
        assert "two layers, one affine map" in arrays["text"]


@pytest.mark.parametrize("between", ["linear", "relu", "tanh"])
def test_the_picture_is_what_two_dense_layers_compute(between):
    for state in states(between, 10):
        (W1, b1), (W2, b2) = layers(two.start | state)
        model = Sequential([Dense(2, between, input_dim=2), Dense(2)])
        model.set_weights([W1.T, b1, W2.T, b2])  # a layer's W has the shape (inputs, units)
        lines = two.data["grid"]
        outputs = model.predict(lines.reshape(-1, 2), verbose=0).reshape(lines.shape)
        np.testing.assert_allclose(two.arrays(state)["grid_2"], outputs, atol=1e-5)


def test_relu_between_is_no_affine_map_where_it_folds():
    folded = two.arrays({"between": "relu"})
    assert folded["miss"] > 0.5 and "cannot be undone" in folded["text"]
    positive = two.arrays({"between": "relu", "shift_1": 3})
    assert positive["miss"] < 1e-9 and len(positive["changed_x"]) == 0
    lost = two.arrays({"between": "relu", "scale_1": 0.2, "shift_1": -3})
    assert len(lost["changed_x"]) == 49 and "one line or into one point" in lost["text"]
    assert np.ptp(lost["changed_2"], axis=0).max() < 1e-9


def test_there_and_back_comes_back_only_without_relu():
    back = two.arrays(two.presets["there and back"])
    np.testing.assert_allclose(back["grid_2"], back["grid_x"], atol=1e-9)
    relu = two.arrays(two.presets["there, relu, back"])
    assert np.abs(relu["grid_2"] - relu["grid_x"]).max() > 1


def test_two_rotations_are_the_rotation_by_the_sum():
    text = two.arrays(two.presets["two rotations"])["text"]
    assert "W = W₂ W₁ = [[0.00, −1.00], [1.00, 0.00]]" in text  # 30 + 60 degrees


def test_the_map_in_the_words_is_the_one_in_the_picture():
    arrays = two.arrays({"between": "linear"})
    W, b = best_map(arrays["kept_x"], arrays["kept_2"])
    assert (
        say("W = W₂ W₁ = {W:.2f}, b = W₂ b₁ + b₂ = {b:.2f}, difference", W=W, b=b) in arrays["text"]
    )


def test_no_affine_map_beats_the_best_one():
    arrays = two.arrays({"between": "relu"})
    x = np.concatenate([arrays["kept_x"], arrays["changed_x"]])
    y = np.concatenate([arrays["kept_2"], arrays["changed_2"]])
    W, b = best_map(x, y)
    error = np.square(geometry.apply(x, W, b) - y).sum()
    rng = np.random.default_rng(0)
    for _ in range(50):
        other = geometry.apply(x, W + rng.normal(0, 0.05, (2, 2)), b + rng.normal(0, 0.05, 2))
        assert np.square(other - y).sum() > error
