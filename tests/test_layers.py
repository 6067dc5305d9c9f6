"""Layers by hand, their contract, and their clear errors."""

import numpy as np
import pytest

from nbhelpers import activations, layers


def dense(units=2, inputs=3, activation=None):
    layer = layers.Dense(units, activation)
    layer.build((inputs,), np.random.default_rng(0))
    return layer


def test_forward_and_backward_by_hand():
    layer = dense(activation="relu")
    layer.params["kernel"][...] = [[1, -1], [2, 0], [0, 1]]
    layer.params["bias"][...] = [0.5, -3]
    x = np.float32([[1, 2, 3], [0, 0, 1]])
    # x @ kernel + bias = [[5.5, -1], [0.5, -2]]
    np.testing.assert_array_equal(layer.forward(x, training=True), [[5.5, 0], [0.5, 0]])
    back = layer.backward(np.float32([[1, 10], [2, 10]]))
    np.testing.assert_array_equal(layer.grads["kernel"], [[1, 0], [2, 0], [5, 0]])
    np.testing.assert_array_equal(layer.grads["bias"], [3, 0])
    np.testing.assert_array_equal(back, [[1, 2, 0], [2, 4, 0]])


def test_backward_serves_one_training_forward():
    layer, x = dense(), np.ones((4, 3), np.float32)
    grad = np.ones((4, 2), np.float32)
    layer.forward(x)
    with pytest.raises(RuntimeError, match="training=True"):
        layer.backward(grad)
    layer.forward(x, training=True)
    layer.backward(grad)
    with pytest.raises(RuntimeError, match="training=True"):
        layer.backward(grad)


@pytest.mark.parametrize("activation", ["relu", "sigmoid", "softmax", "linear"])
def test_arguments_are_never_changed(activation):
    layer = dense(activation=activation)
    x, grad = np.float32([[1, -2, 3]]), np.float32([[-1, 2]])
    layer.forward(x, training=True)
    layer.backward(grad)
    np.testing.assert_array_equal(x, [[1, -2, 3]])
    np.testing.assert_array_equal(grad, [[-1, 2]])


def test_a_short_last_batch_uses_the_same_buffers_and_is_right():
    layer, x = dense(), np.random.default_rng(1).normal(size=(5, 3)).astype("float32")
    whole = layer.forward(x)
    layer.forward(x, training=True)
    np.testing.assert_array_equal(layer.forward(x[:2], training=True), whole[:2])
    assert layer.backward(np.ones((2, 2), np.float32)).shape == (2, 3)
    np.testing.assert_allclose(layer.grads["bias"], [2, 2])


def test_results_without_training_are_new_arrays():
    layer, x = dense(), np.ones((2, 3), np.float32)
    first = layer.forward(x)
    kept = first.copy()
    layer.forward(-x)
    np.testing.assert_array_equal(first, kept)


def test_a_layer_builds_itself_at_the_first_call():
    layer = layers.Dense(4, kernel_initializer="ones")
    np.testing.assert_array_equal(layer([[1, 2, 3]]), [[6, 6, 6, 6]])
    assert layer.count_params() == 3 * 4 + 4
    assert layer([[1, 2, 3]]).dtype == np.float32


def test_flatten_and_back():
    layer = layers.Flatten(input_shape=(2, 3))
    x = np.arange(12.0, dtype=np.float32).reshape(2, 2, 3)
    assert layer(x).tolist() == [[0, 1, 2, 3, 4, 5], [6, 7, 8, 9, 10, 11]]
    assert layer.backward(layer(x)).shape == (2, 2, 3)
    with pytest.raises(ValueError, match=r"flatten: input must have shape \(n, 2, 3\).*\(2, 6\)"):
        layer(x.reshape(2, 6))


def test_rescaling_takes_bytes_and_forgets_nothing_between_batches():
    layer = layers.Rescaling(2.0, offset=-1.0)
    x = np.array([[0, 100], [200, 255]], dtype=np.uint8)
    assert layer(x).tolist() == [[-1, 199], [399, 509]]
    assert layer(x).dtype == np.float32
    for rows in (x, x[:1], np.repeat(x, 3, axis=0)):
        expected = rows.astype("float32") * 2 - 1
        np.testing.assert_array_equal(layer.forward(rows, training=True), expected)
    assert x.tolist() == [[0, 100], [200, 255]]


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (
            lambda: dense(inputs=784)(np.zeros((128, 28, 28))),
            r"dense: input must have shape \(n, 784\). Received: \(128, 28, 28\). Add Flatten\(\)",
        ),
        (lambda: dense()(np.zeros((2, 4))), r"shape \(n, 3\). Received: \(2, 4\)"),
        (lambda: layers.Dense(2)(np.zeros((2, 4, 4))), r"Add Flatten\(\) before it"),
        (lambda: layers.Dense(0), "units must be a whole number from 1 up. Received: 0"),
        (lambda: layers.Dense(2.5), "units .* Received: 2.5"),
        (lambda: layers.Dense(2, "rleu"), "activation must be one of"),
        (lambda: layers.Dense(2, kernel_initializer="he"), "kernel_initializer must be one of"),
        (lambda: layers.Dense(2, input_shape=(-1,)), "input_shape"),
    ],
)
def test_errors_name_the_argument_the_rule_and_what_came(act, message):
    with pytest.raises(ValueError, match=message):
        act()


def test_step_cannot_be_trained():
    layer = dense(activation="step")
    layer.forward(np.ones((1, 3), np.float32), training=True)
    with pytest.raises(RuntimeError, match="step cannot be trained"):
        layer.backward(np.ones((1, 2), np.float32))


def test_calling_a_layer_returns_a_new_array_whatever_layer_it_is():
    x = np.float32([[1, -2], [3, 4]])
    for layer in (
        layers.Rescaling(2.0, 1.0),
        layers.Activation("tanh"),
        layers.Softmax(),
        layers.ReLU(),
        layers.Dropout(0.5),
        layers.Dense(2),
    ):
        for call in (layer, layer.forward):
            first = call(x)
            kept = first.copy()
            call(-x)
            np.testing.assert_array_equal(first, kept)
            assert not np.shares_memory(first, x)


@pytest.mark.parametrize("rows", [3, 5])
def test_backward_wants_the_forward_of_its_own_batch(rows):
    layer, x = dense(activation="sigmoid"), np.ones((5, 3), np.float32)
    layer.pre_activation(x, training=True)
    with pytest.raises(RuntimeError, match="training=True"):
        layer.backward(np.ones((5, 2)))
    layer.forward(x[:rows], training=True)
    layer.pre_activation(-x, training=True)  # lies where that output was
    with pytest.raises(RuntimeError, match="training=True"):
        layer.backward(np.ones((rows, 2)))


def test_two_words_for_the_shape_must_agree():
    assert layers.Dense(2, input_dim=3, input_shape=(3,)).input_shape == (None, 3)
    with pytest.raises(ValueError, match=r"input_shape must be \(3,\), as input_dim.*\(5,\)"):
        layers.Dense(2, input_dim=3, input_shape=(5,))


def test_messages_say_only_what_helps():
    layer = dense()
    with pytest.raises(ValueError, match=r"^dense: input must have .*\(n, 3\).*\(2, 4\)\.$"):
        layer(np.zeros((2, 4)))  # Flatten() would be no help
    layer.forward(np.zeros((2, 3)), training=True)
    with pytest.raises(ValueError, match=r"^dense: grad must hold numbers"):
        layer.backward("abc")
    for method in ("forward", "backward"):
        with pytest.raises(NotImplementedError, match=f"^layer: a layer must have {method}"):
            getattr(layers.Layer(), method)(np.zeros((2, 3)))


def test_config_shows_what_is_ones_own_as_it_is():
    def start(shape, rng, dtype):
        return np.ones(shape)

    own = activations.Activation("relu", np.sin, None)
    assert layers.Dense(2, own, kernel_initializer=start).config() == {
        "class": "Dense",
        "name": "dense",
        "units": 2,
        "activation": own,
        "kernel_initializer": start,
    }


def test_an_axis_is_as_long_as_an_array_can_be():
    assert layers.Dense(2**31 - 1).units == 2**31 - 1
    with pytest.raises(ValueError, match=r"units must be 2147483647 at most.*2147483648"):
        layers.Dense(2**31)


@pytest.mark.parametrize(
    "layer",
    [
        layers.Dense(2),
        layers.Dense(2, "softmax"),
        layers.Flatten(),
        layers.Rescaling(2.0),
        layers.Activation("tanh"),
        layers.Dropout(0.5),
    ],
    ids=lambda layer: layer.name,
)
def test_a_gradient_has_the_shape_of_the_output(layer):
    x = np.ones((4, 3), np.float32)
    width = layer(x).shape[1]
    for shape in ((4, width + 1), (4,), (4, width, 1), ()):
        layer.forward(x, training=True)
        with pytest.raises(ValueError, match="grad must have the shape of the output"):
            layer.backward(np.ones(shape))


def test_a_plain_forward_between_leaves_the_way_back_as_it_was():
    rng = np.random.default_rng(0)
    x, other, grad = rng.normal(size=(4, 3)), rng.normal(size=(6, 3)), rng.normal(size=(4, 2))
    layer, twin = dense(activation="sigmoid"), dense(activation="sigmoid")
    for one in (layer, twin):
        one.forward(x, training=True)
    layer.forward(other)
    np.testing.assert_array_equal(layer.backward(grad), twin.backward(grad))
    np.testing.assert_array_equal(layer.grads["kernel"], twin.grads["kernel"])


def test_a_layer_whose_kernel_could_not_be_drawn_is_not_built():
    def fails(shape, rng, dtype):
        raise OSError("no numbers today")

    layer = layers.Dense(2, kernel_initializer=fails)
    for _ in range(2):
        with pytest.raises(OSError, match="today"):
            layer(np.ones((1, 3)))
        assert not layer.built


def test_pictures_that_are_not_flat_are_refused_by_a_layer_that_does_not_know_its_inputs_yet():
    with pytest.raises(ValueError, match=r"\(n, inputs\)\. Received: \(2, 28, 28\)\. Add Flatten"):
        layers.Dense(3).check_input((2, 28, 28))


@pytest.mark.parametrize(
    "layer",
    [
        layers.Dense(3, "tanh"),
        layers.Activation("sigmoid"),
        layers.Softmax(),
        layers.ReLU(),
        layers.Dropout(0.5),
    ],
    ids=lambda layer: type(layer).__name__,
)
def test_only_a_training_forward_is_one_to_go_back_from(layer):
    rng = np.random.default_rng(0)
    x, other = rng.normal(size=(2, 4, 3)).astype("float32")
    layer.build((3,), np.random.default_rng(1))
    layer.forward(x)
    with pytest.raises(RuntimeError, match="training=True"):
        layer.backward(np.ones_like(x))
    layer.build((3,), np.random.default_rng(1))
    layer.forward(x, training=True)
    expected = layer.backward(np.copy(other)).copy()
    layer.build((3,), np.random.default_rng(1))
    layer.forward(x, training=True)
    layer.forward(other)
    np.testing.assert_array_equal(layer.backward(np.copy(other)), expected)


@pytest.mark.parametrize(
    "layer",
    [layers.Dense(3), layers.Activation("tanh"), layers.Rescaling(2.0), layers.Dropout(0.5)],
    ids=lambda layer: type(layer).__name__,
)
def test_while_training_each_batch_lies_where_the_last_one_lay(layer):
    layer.build((3,), np.random.default_rng(0))
    x = np.ones((4, 3), "float32")
    first = layer.forward(x, training=True)
    assert np.shares_memory(layer.forward(x, training=True), first)
    assert not np.shares_memory(layer.forward(x), first)
