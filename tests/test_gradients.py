"""Every gradient against finite differences in float64; and planted bugs, which must be seen."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nbhelpers import Sequential, activations, layers, losses
from nbhelpers.gradcheck import check_layer, check_model, numerical_gradient, relative_error

LIMIT = 1e-6
TRAINABLE = [name for name, activation in activations.ACTIVATIONS.items() if activation.backward]


def built(layer, shape, seed=0):
    layer.build(shape, np.random.default_rng(seed), "float64")
    return layer


def samples(*shape, seed=1):
    """Draw numbers that keep away from 0, where relu has a corner."""
    x = np.random.default_rng(seed).normal(size=shape)
    return x + 0.1 * np.sign(x)


@pytest.mark.parametrize("name", TRAINABLE)
def test_activation(name):
    layer = built(layers.Activation(name), (5,))
    assert check_layer(layer, samples(4, 5), np.random.default_rng(2))["x"] < LIMIT


@pytest.mark.parametrize("name", TRAINABLE)
def test_dense(name):
    layer = built(layers.Dense(4, activation=name), (3,))
    errors = check_layer(layer, samples(5, 3), np.random.default_rng(2))
    assert set(errors) == {"x", "kernel", "bias"}
    assert max(errors.values()) < LIMIT


def test_flatten():
    layer = built(layers.Flatten(), (2, 3))
    assert check_layer(layer, samples(4, 2, 3), np.random.default_rng(2))["x"] < LIMIT


def test_rescaling():
    layer = built(layers.Rescaling(0.25, offset=-1.0), (2, 3))
    assert check_layer(layer, samples(4, 2, 3), np.random.default_rng(2))["x"] < LIMIT


@pytest.mark.parametrize("from_logits", [False, True])
@pytest.mark.parametrize(
    ("kind", "y", "output"),
    [
        (losses.BinaryCrossentropy, np.eye(4)[[0, 2, 3]], "sigmoid"),
        (losses.CategoricalCrossentropy, np.eye(4)[[0, 2, 3]], "softmax"),
        (losses.CategoricalCrossentropy, np.full((3, 4), 0.25), "softmax"),
        (losses.SparseCategoricalCrossentropy, np.array([0, 2, 3]), "sigmoid"),
    ],
)
def test_cross_entropy(kind, y, output, from_logits):
    loss, z = kind(from_logits), samples(3, 4)
    y_pred = z if from_logits else activations.get(output).forward(z)
    measured = numerical_gradient(lambda: loss(y, y_pred), y_pred)
    assert relative_error(loss.gradient(y, y_pred), measured) < LIMIT


def test_mean_squared_error():
    loss, y, y_pred = losses.MeanSquaredError(), samples(3, 4), samples(3, 4, seed=5)
    measured = numerical_gradient(lambda: loss(y, y_pred), y_pred)
    assert relative_error(loss.gradient(y, y_pred), measured) < LIMIT


def network(hidden, output, loss, inputs=3, seed=0):
    parts = [layers.Dense(units, activation=name) for units, name in hidden]
    model = Sequential([*parts, output], seed=seed, dtype="float64")
    model.compile(loss=loss)
    model.build((None, inputs))
    return model


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    hidden=st.lists(
        st.tuples(st.integers(1, 5), st.sampled_from(["relu", "sigmoid", "tanh", "leaky_relu"])),
        max_size=3,
    ),
    task=st.sampled_from(["regression", "two classes", "many classes", "labels", "unfused"]),
    n=st.integers(1, 5),
    seed=st.integers(0, 1000),
)
def test_random_small_networks(hidden, task, n, seed):
    units, activation, loss = {
        "regression": (2, None, "mse"),
        "two classes": (1, "sigmoid", "binary_crossentropy"),
        "many classes": (3, "softmax", "categorical_crossentropy"),
        "labels": (3, "softmax", "sparse_categorical_crossentropy"),
        "unfused": (3, "softmax", "mse"),
    }[task]
    model = network(hidden, layers.Dense(units, activation), loss, seed=seed)
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, 3))
    z = x
    for layer in model.layers:  # relu has no slope at 0: leave out what comes near
        assume(np.abs(layer.pre_activation(z)).min() > 1e-3)
        z = layer.forward(z)
    y = {
        "regression": rng.normal(size=(n, 2)),
        "two classes": rng.integers(2, size=(n, 1)),
        "many classes": np.eye(3)[rng.integers(3, size=n)],
        "labels": rng.integers(3, size=n),
        "unfused": rng.normal(size=(n, 3)),
    }[task]
    for name, error in check_model(model, x, y).items():
        assert error < LIMIT, name


def test_numerical_gradient_of_a_known_slope_puts_x_back():
    x = np.array([[1.0, -2.0], [0.5, 3.0]])
    before = x.copy()
    slope = numerical_gradient(lambda: float((x**3).sum()), x)
    np.testing.assert_allclose(slope, 3 * before**2, rtol=1e-8)
    np.testing.assert_array_equal(x, before)
    with pytest.raises(TypeError, match="float64"):
        numerical_gradient(lambda: 0.0, np.float32([1.0]))


# The usual bugs, planted: each must push an error far beyond the limit.


def relu_mask_with_equals(y, grad, out=None):
    return np.multiply(grad, y >= 0, out=out)


def test_planted_relu_mask_is_seen(monkeypatch):
    model = network([(5, "relu")], layers.Dense(2, "softmax"), "sparse_categorical_crossentropy")
    x, y = samples(6, 3), [0, 1, 0, 1, 1, 0]
    assert max(check_model(model, x, y).values()) < LIMIT
    broken = activations.Activation("relu", activations.relu, relu_mask_with_equals)
    monkeypatch.setattr(model.layers[0], "activation", broken)
    assert check_model(model, x, y)["dense/kernel"] > 0.01


def test_planted_missing_division_by_n_is_seen(monkeypatch):
    gradient = losses.CategoricalCrossentropy._gradient_from
    monkeypatch.setattr(
        losses.CategoricalCrossentropy, "_gradient_from", lambda *a: gradient(*a) * len(a[-1])
    )
    model = network([], layers.Dense(2, "softmax"), "sparse_categorical_crossentropy")
    assert check_model(model, samples(6, 3), [0, 1, 0, 1, 1, 0])["dense/bias"] > 0.5


def test_planted_transposed_kernel_is_seen(monkeypatch):
    def transposed(self, grad, input_gradient=True):
        self._take_kept()
        return grad @ self.params["kernel"]  # .T is missing; square kernels hide it

    layer = built(layers.Dense(3), (3,))
    x = samples(4, 3)
    assert check_layer(layer, x, np.random.default_rng(0))["x"] < LIMIT
    monkeypatch.setattr(layers.Dense, "backward_pre_activation", transposed)
    assert check_layer(layer, x, np.random.default_rng(0))["x"] > 0.1


def test_x_is_put_back_whatever_f_does_and_what_cannot_be_checked_is_named():
    for bad in (lambda: "text", lambda: 1 / 0, lambda: [1.0, 2.0]):
        x = np.array([1.0, 2.0])
        with pytest.raises((ValueError, ZeroDivisionError)):
            numerical_gradient(bad, x)
        assert x.tolist() == [1.0, 2.0]
    with pytest.raises(TypeError, match=r"layer must be a layer\. Received: 3"):
        check_layer(3, np.ones((2, 3)), np.random.default_rng(0))
    with pytest.raises(TypeError, match=r"rng must be a Generator.*Received: 0"):
        check_layer(built(layers.Dense(3), (3,)), np.ones((2, 3)), 0)
    with pytest.raises(TypeError, match=r"model must be a Sequential\. Received: 3"):
        check_model(3, [[1.0]], [1.0])
