"""The head: last layer and loss as one, fused where that is stable, whatever was set or added."""

import numpy as np
import pytest

from nbhelpers import Sequential, activations, layers, losses
from nbhelpers.gradcheck import check_model, numerical_gradient, relative_error
from nbhelpers.training.head import Head

RNG = np.random.default_rng(0)
Z = RNG.normal(size=(3, 4))
PAIRS = [
    ("softmax", losses.CategoricalCrossentropy, np.eye(4)[[0, 3, 3]]),
    ("softmax", losses.CategoricalCrossentropy, np.full((3, 4), 0.25)),
    ("softmax", losses.SparseCategoricalCrossentropy, np.array([[0], [3], [3]])),
    ("sigmoid", losses.BinaryCrossentropy, np.eye(4)[[0, 3, 3]]),
    ("sigmoid", losses.BinaryCrossentropy, np.full((3, 4), 0.3)),
]


def ending(kind, name):
    """A last layer that ends in an activation, in every form that there is."""
    if kind == "layer":
        layer = layers.Activation(name)
    elif kind == "class":
        layer = layers.Softmax() if name == "softmax" else layers.Activation(name)
    else:
        layer = layers.Dense(4, name)
    layer.build((4,), np.random.default_rng(1), "float64")
    return layer


@pytest.mark.parametrize("kind", ["dense", "layer", "class"])
@pytest.mark.parametrize(("name", "loss", "y"), PAIRS)
def test_value_prediction_and_gradient_are_those_of_layer_and_loss_apart(kind, name, loss, y):
    head, apart = Head(ending(kind, name), loss()), ending(kind, name)
    (value, y_pred), back = head.learn(Z, y, input_gradient=True)
    p = apart.forward(Z, training=True).copy()
    expected = apart.backward(loss().gradient(y, p))
    assert value == pytest.approx(loss()(y, p), rel=1e-12)
    assert head.evaluate(Z, y)[0] == pytest.approx(value, rel=1e-12)
    np.testing.assert_allclose(y_pred, p, rtol=1e-12)
    np.testing.assert_allclose(back, expected, atol=1e-12)
    for key, grad in apart.grads.items():
        np.testing.assert_allclose(head.layer.grads[key], grad, atol=1e-12)


@pytest.mark.parametrize("kind", ["dense", "layer", "class"])
@pytest.mark.parametrize(("name", "loss", "y"), PAIRS)
def test_the_gradient_is_the_slope_of_the_value(kind, name, loss, y):
    head, z = Head(ending(kind, name), loss()), Z.copy()
    _, back = head.learn(z, y, input_gradient=True)
    measured = numerical_gradient(lambda: head.evaluate(z, y)[0], z)
    assert relative_error(back, measured) < 1e-6


@pytest.mark.parametrize("kind", ["layer", "class"])
def test_where_they_belong_together_nothing_is_cut_off(kind):
    z, y = np.array([[0.0, -1000.0]]), np.array([[1]])
    layer = layers.Softmax() if kind == "class" else layers.Activation("softmax")
    layer.build((2,), RNG, "float64")
    assert Head(layer, losses.SparseCategoricalCrossentropy()).evaluate(z, y)[0] == 1000.0
    layer = layers.Activation("sigmoid")
    layer.build((1,), RNG, "float64")
    head = Head(layer, losses.BinaryCrossentropy())
    assert head.evaluate(np.array([[-1000.0]]), np.array([[1]]))[0] == 1000.0


class Mine(losses.CategoricalCrossentropy):
    """Somebody's own: a tenth of the loss that it comes from."""

    def _values(self, y_true, y_pred):
        return super()._values(y_true, y_pred) / 10

    def _gradient(self, y_true, y_pred):
        return super()._gradient(y_true, y_pred) / 10


def same_softmax(x, out=None):
    return activations.softmax(x, out=out)


@pytest.mark.parametrize(
    ("activation", "loss"),
    [
        ("softmax", losses.MeanSquaredError()),
        ("softmax", losses.BinaryCrossentropy()),
        ("sigmoid", losses.CategoricalCrossentropy()),
        ("softmax", losses.CategoricalCrossentropy(from_logits=True)),
        ("softmax", Mine()),
        (
            activations.Activation("softmax", same_softmax, lambda y, grad: 0 * grad),
            losses.CategoricalCrossentropy(),
        ),
    ],
)
def test_what_does_not_belong_together_is_taken_as_it_is(activation, loss):
    layer, y = layers.Activation(activation), np.eye(4)[[0, 3, 3]]
    layer.build((4,), RNG, "float64")
    p = layer.forward(Z, training=True).copy()
    expected = layer.backward(loss.gradient(y, p))
    (value, _), back = Head(layer, loss).learn(Z, y, input_gradient=True)
    assert value == loss(y, p)
    np.testing.assert_array_equal(back, expected)


X, LABELS = RNG.normal(size=(12, 4)), np.arange(12) % 3


def net(*more):
    first = layers.Dense(3, "softmax", input_shape=(4,))
    return Sequential([first, *more], seed=0, dtype="float64")


def compiled(model):
    model.compile("sgd", "sparse_categorical_crossentropy", ["accuracy"])
    return model


CHANGES = {
    "one more layer": (lambda: [layers.Dense(3, "sigmoid")], "add"),
    "logits squashed again": (lambda: [layers.Dense(3), layers.Softmax()], "add"),
    "a layer without an activation": (lambda: [layers.Flatten()], "add"),
    "a layer that rescales": (lambda: [layers.Rescaling(0.5, 0.1)], "add"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_added_after_compile_counts_as_if_it_had_been_there(name):
    more, _ = CHANGES[name]
    model, at_once = compiled(net()), compiled(net(*more()))
    for layer in more():
        model.add(layer)
    model.set_weights(at_once.get_weights())
    assert model.evaluate(X, LABELS) == at_once.evaluate(X, LABELS)
    for a, b in zip(model.gradients(X, LABELS), at_once.gradients(X, LABELS), strict=True):
        np.testing.assert_array_equal(a, b)
    assert max(check_model(model, X, LABELS).values()) < 1e-6


@pytest.mark.parametrize("activation", ["sigmoid", "softmax", activations.ACTIVATIONS["sigmoid"]])
def test_an_activation_that_is_set_later_counts(activation):
    model = compiled(net())
    model.layers[-1].activation = activation
    at_once = Sequential([layers.Dense(3, activation, input_shape=(4,))], dtype="float64")
    compiled(at_once).set_weights(model.get_weights())
    assert model.evaluate(X, LABELS) == at_once.evaluate(X, LABELS)
    assert max(check_model(model, X, LABELS).values()) < 1e-6


def test_a_loss_that_is_set_later_counts():
    model = compiled(net())
    model.loss = "categorical_crossentropy"
    assert model.evaluate(X, np.eye(3)[LABELS])[0] == compiled(net()).evaluate(X, LABELS)[0]
    with pytest.raises(ValueError, match="loss must be one of"):
        model.loss = "crossentropy"


@pytest.mark.parametrize("loss", ["binary_crossentropy", "categorical_crossentropy"])
@pytest.mark.parametrize(
    "make", [lambda: [layers.Dense(1, "softmax")], lambda: [layers.Dense(1), layers.Softmax()]]
)
def test_softmax_over_one_unit_is_refused_where_it_could_never_learn(loss, make):
    known = Sequential([layers.Input((4,)), *make()])
    with pytest.raises(ValueError, match=r"softmax over one unit is always 1.*sigmoid"):
        known.compile("sgd", loss)
    unknown = Sequential(make())
    with pytest.raises(ValueError, match=r"softmax over one unit|at least two classes"):
        unknown.compile("sgd", loss)
        unknown.fit(X, np.zeros((12, 1)), verbose=0)


def test_softmax_over_one_unit_is_refused_with_a_cross_entropy_only():
    model = Sequential([layers.Dense(1, "softmax", input_shape=(3,))], seed=0)
    with pytest.raises(ValueError, match="softmax over one unit is always 1"):
        model.compile("sgd", "binary_crossentropy")
    model.compile("sgd", "mse")
    assert model.evaluate(np.ones((2, 3)), [1.0, 3.0]) == 2.0
