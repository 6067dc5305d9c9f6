"""Activations against values worked out by hand or with mpmath (50 digits), and at extremes."""

import numpy as np
import pytest

from nbhelpers import activations

# mpmath, mp.dps = 50: 1 / (1 + exp(-x)), tanh(x)
SIGMOID = {-50.0: 1.9287498479639178e-22, -1.0: 0.2689414213699951, 2.0: 0.8807970779778824}
TANH = {-3.0: -0.9950547536867305, 0.5: 0.46211715726000976}


def test_sigmoid_keeps_its_digits_far_from_zero():
    for x, y in SIGMOID.items():
        assert activations.sigmoid(x) == pytest.approx(y, rel=1e-15)


def test_tanh():
    for x, y in TANH.items():
        assert activations.tanh(x) == pytest.approx(y, rel=1e-15)


@pytest.mark.parametrize("name", activations.ACTIVATIONS)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_extremes_are_finite_and_keep_the_dtype(name, dtype):
    x = np.array([[-1000.0, -1.0, 0.0, 1.0, 1000.0]], dtype)
    before = x.copy()
    y = activations.get(name).forward(x)
    assert y.dtype == dtype
    assert np.isfinite(y).all()
    np.testing.assert_array_equal(x, before)


@pytest.mark.parametrize("name", activations.ACTIVATIONS)
def test_out_receives_the_result_and_may_be_x(name):
    forward = activations.get(name).forward
    x = np.array([[-2.0, 0.5, 3.0]])
    expected, out = forward(x), np.empty_like(x)
    assert forward(x, out=out) is out
    np.testing.assert_array_equal(out, expected)
    assert forward(x, out=x) is x
    np.testing.assert_array_equal(x, expected)


@pytest.mark.parametrize("name", [n for n, a in activations.ACTIVATIONS.items() if a.backward])
def test_backward_changes_no_argument_and_keeps_the_dtype(name):
    backward = activations.get(name).backward
    y, grad = np.float32([[0.2, 0.8]]), np.float32([[1.0, -3.0]])
    out = np.empty_like(y)
    result = backward(y, grad)
    assert result.dtype == np.float32
    assert backward(y, grad, out=out) is out
    np.testing.assert_array_equal(out, result)
    np.testing.assert_array_equal([y, grad], np.float32([[[0.2, 0.8]], [[1.0, -3.0]]]))


def test_relu_lets_no_gradient_through_where_it_is_zero():
    y, grad = np.array([0.0, 2.0]), np.array([5.0, 7.0])
    np.testing.assert_array_equal(activations.relu_backward(y, grad), [0.0, 7.0])


def test_derivative_of_sigmoid_is_a_quarter_at_most():
    slopes = activations.get("sigmoid").derivative(np.linspace(-8, 8, 1601))
    assert slopes.max() == pytest.approx(0.25, abs=1e-12)
    assert slopes.argmax() == 800


@pytest.mark.parametrize("name", ["softmax", "step"])
def test_no_element_wise_derivative(name):
    with pytest.raises(ValueError, match=name):
        activations.get(name).derivative([1.0])


def test_softmax_of_the_book():
    np.testing.assert_allclose(
        activations.softmax([0.3, 2.9, 4.0]), [0.01821127, 0.24519181, 0.73659691], atol=1e-8
    )
    np.testing.assert_allclose(
        activations.softmax([1010, 1000, 990]),
        [9.999546e-01, 4.539787e-05, 2.061060e-09],
        rtol=1e-6,
    )


def test_softmax_takes_any_axis_and_ignores_a_shift():
    x = np.random.default_rng(0).normal(size=(3, 4))
    np.testing.assert_allclose(activations.softmax(x, axis=0).sum(axis=0), np.ones(4))
    np.testing.assert_allclose(activations.softmax(x + 100), activations.softmax(x))


def test_log_softmax_is_finite_where_log_of_softmax_is_not():
    np.testing.assert_array_equal(activations.log_softmax([0.0, -1000.0]), [0.0, -1000.0])


def test_log_softmax_keeps_its_digits_beside_a_thousand():
    # -log(1 + exp(-1)) = -0.31326168751822286 (mpmath)
    assert activations.log_softmax(np.float32([1000, 999]))[0] == pytest.approx(
        -0.3132617, rel=1e-6
    )


def test_logsumexp_with_and_without_the_axis():
    x = np.array([[1000.0, 1000.0], [0.0, 0.0]])
    expected = np.array([1000.0, 0.0]) + 0.6931471805599453  # log 2
    np.testing.assert_allclose(activations.logsumexp(x), expected)
    assert activations.logsumexp(x, keepdims=True).shape == (2, 1)


def test_get_takes_names_functions_and_none():
    assert activations.get(None).name == "linear"
    assert activations.get(activations.relu).name == "relu"
    assert activations.get("ReLU").name == "relu"
    with pytest.raises(ValueError, match=r"activation must be one of linear, .*softmax.*'rleu'"):
        activations.get("rleu")


@pytest.mark.parametrize("name", ["linear", "sigmoid", "tanh", "relu", "leaky_relu"])
def test_the_derivative_takes_a_single_number_too(name):
    slope = activations.ACTIVATIONS[name].derivative
    assert np.shape(slope(0.5)) == ()
    assert slope(0.5) == slope([0.5])[0]
