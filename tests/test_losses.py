"""Losses against values worked out by hand, at extremes, and their clear errors."""

import numpy as np
import pytest

from nbhelpers import losses
from nbhelpers.activations import sigmoid, softmax


def test_values_by_hand():
    assert losses.MeanSquaredError()([[0.0, 0.0]], [[1.0, 3.0]]) == 5.0
    # -(log 0.8 + log 0.5) / 2
    assert losses.BinaryCrossentropy()([[1.0], [0.0]], [[0.8], [0.5]]) == pytest.approx(0.45814537)
    # -log 0.25
    assert losses.CategoricalCrossentropy()([[0, 0, 1]], [[0.5, 0.25, 0.25]]) == pytest.approx(
        1.38629436
    )
    assert losses.SparseCategoricalCrossentropy()([2], [[0.5, 0.25, 0.25]]) == pytest.approx(
        1.38629436
    )


def test_functions_give_one_value_a_sample():
    values = losses.sparse_categorical_crossentropy([0, 1], [[0.5, 0.5], [0.75, 0.25]])
    np.testing.assert_allclose(values, [0.69314718, 1.38629436])
    assert losses.mean_squared_error([[1.0], [2.0]], [[1.0], [4.0]]).tolist() == [0.0, 4.0]
    assert losses.binary_crossentropy([[1.0]], [[0.0]], from_logits=True).shape == (1,)
    assert losses.categorical_crossentropy([[1, 0]], [[0.0, 0.0]], from_logits=True).shape == (1,)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_cross_entropy_from_logits_stays_finite_at_a_thousand(dtype):
    z = np.array([[1000.0, -1000.0], [-1000.0, 1000.0]], dtype)
    for loss, y, expected in (
        (losses.CategoricalCrossentropy(True), np.array([[0, 1], [0, 1]]), (2000 + 0) / 2),
        (losses.SparseCategoricalCrossentropy(True), np.array([1, 1]), (2000 + 0) / 2),
        (losses.BinaryCrossentropy(True), np.array([[0, 1], [0, 1]]), (1000 + 1000 + 0 + 0) / 4),
    ):
        assert loss(y, z) == expected
        assert loss.values(y, z).dtype == dtype
        assert loss.gradient(y, z).dtype == dtype
        assert np.isfinite(loss.gradient(y, z)).all()


def test_fused_gradient_is_p_minus_y_over_n():
    z, y = np.array([[2.0, -1.0], [0.5, 0.0]]), np.eye(2)
    np.testing.assert_allclose(
        losses.CategoricalCrossentropy(True).gradient(y, z), (softmax(z) - y) / 2
    )
    np.testing.assert_allclose(
        losses.BinaryCrossentropy(True).gradient(y[:, :1], z[:, :1]),
        (sigmoid(z[:, :1]) - y[:, :1]) / 2,
    )


def test_targets_of_one_axis_are_not_broadcast_against_a_column():
    loss = losses.MeanSquaredError()
    assert loss([1.0, 2.0, 3.0], [[1.0], [2.0], [3.0]]) == 0.0


@pytest.mark.parametrize(
    ("loss", "y_true", "y_pred", "message"),
    [
        (losses.MeanSquaredError(), [1.0, 2.0], [[1.0], [2.0], [3.0]], r"\(3, 1\).*\(2,\)"),
        (losses.CategoricalCrossentropy(), [1, 0], np.full((2, 3), 0.3), "to_categorical"),
        (losses.SparseCategoricalCrossentropy(), np.eye(2), np.full((2, 2), 0.5), "one-hot"),
        (losses.SparseCategoricalCrossentropy(), [0, 3], np.full((2, 3), 0.3), r"0\.\.2.*3"),
        (losses.SparseCategoricalCrossentropy(), [0, -1], np.full((2, 3), 0.3), r"from -1"),
    ],
)
def test_errors_name_the_rule_and_what_came(loss, y_true, y_pred, message):
    with pytest.raises(ValueError, match=message):
        loss(y_true, y_pred)


def test_names():
    assert isinstance(losses.get("mse"), losses.MeanSquaredError)
    assert isinstance(losses.get(losses.BinaryCrossentropy), losses.BinaryCrossentropy)
    assert losses.get(losses.binary_crossentropy).name == "binary_crossentropy"
    with pytest.raises(ValueError, match="loss must be one of mean_squared_error"):
        losses.get("crossentropy")
    with pytest.raises(ValueError, match="from_logits"):
        losses.MeanSquaredError(from_logits=True)


@pytest.mark.parametrize(
    ("kind", "function"),
    [
        (losses.MeanSquaredError, losses.mean_squared_error),
        (losses.MeanAbsoluteError, losses.mean_absolute_error),
        (losses.BinaryCrossentropy, losses.binary_crossentropy),
        (losses.CategoricalCrossentropy, losses.categorical_crossentropy),
    ],
)
def test_a_class_gives_one_value_a_sample_as_its_function_does(kind, function):
    y, p = np.eye(3)[[0, 2, 1, 1]], np.random.default_rng(0).dirichlet([1, 1, 1], 4)
    values = kind().values(y, p)
    assert values.shape == (4,)
    np.testing.assert_array_equal(values, function(y, p))
    for k in range(4):
        np.testing.assert_allclose(kind()(y[k : k + 1], p[k : k + 1]), values[k], rtol=1e-12)


@pytest.mark.parametrize(
    ("y", "advised"),
    [([0, 1], True), ([[0], [1]], True), (np.eye(4)[:2], False), (0, False), (np.eye(3), False)],
)
def test_advice_is_given_where_it_helps(y, advised):
    with pytest.raises(ValueError, match="y_true must have the shape of y_pred") as caught:
        losses.CategoricalCrossentropy()(y, np.full((2, 3), 1 / 3))
    assert ("use sparse_categorical_crossentropy" in str(caught.value)) is advised


@pytest.mark.parametrize("kind", [losses.BinaryCrossentropy, losses.CategoricalCrossentropy])
def test_certainty_is_held_1e_7_away_from_0_and_1(kind):
    # As Keras has it: -log(1 - 1e-7) where it is right, -log(1e-7) where it is wrong, and beyond
    # what holds it there is no slope.
    certain = np.array([[1.0, 0.0], [0.0, 1.0]])
    np.testing.assert_allclose(kind().values(certain, certain), 1.00000005e-7, rtol=1e-9)
    np.testing.assert_allclose(kind().values(certain[::-1], certain), 16.11809565095832)
    for y in (certain, certain[::-1]):
        np.testing.assert_array_equal(kind().gradient(y, certain), np.zeros((2, 2)))
