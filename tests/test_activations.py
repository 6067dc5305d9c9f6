"""Activations against values worked out by hand or with mpmath (50 digits), and at extremes."""

import tracemalloc

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
    assert activations.logsumexp(np.ones((1, 3, 1)), axis=1).shape == (1, 1)


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


# What the findings named, and its siblings -------------------------------------------------------

INF, NAN = np.inf, np.nan
TRAINABLE = [a for a in activations.ACTIVATIONS.values() if a.backward]


@pytest.mark.parametrize("activation", TRAINABLE, ids=lambda a: a.name)
@pytest.mark.parametrize("which", ["y", "grad", "both", "a part of y", "a part of grad"])
def test_backward_is_right_whatever_out_is(activation, which):
    y = np.array([[0.0, 0.25, 0.75], [0.5, 0.0, 0.5]])
    grad = np.array([[1.0, -2.0, 3.0], [0.5, 4.0, -1.0]])
    room = {"y": np.zeros((3, 3)), "grad": np.zeros((3, 3))}
    if which == "both":
        expected, out = activation.back(y, y), y
        assert activation.backward(y, y, out=out) is out
    elif which in ("y", "grad"):
        expected, out = activation.back(y, grad), {"y": y, "grad": grad}[which]
        assert activation.backward(y, grad, out=out) is out
    else:
        expected, name = activation.back(y, grad), which.split()[-1]
        room[name][1:] = {"y": y, "grad": grad}[name]
        given = {"y": y, "grad": grad} | {name: room[name][1:]}
        out = room[name][:2]
        activation.backward(given["y"], given["grad"], out=out)
    np.testing.assert_array_equal(out, expected)


@pytest.mark.parametrize(
    ("x", "expected"),
    [
        ([INF, 0], INF),
        ([-INF, -INF], -INF),
        ([INF, -INF], INF),
        ([INF, INF], INF),
        ([-INF, 3.0], 3.0),
        ([NAN, 0], NAN),
        ([-1e308, -1e308], -1e308),
    ],
)
def test_logsumexp_of_infinities_as_in_scipy(x, expected):
    np.testing.assert_equal(float(activations.logsumexp(x)), expected)
    np.testing.assert_equal(activations.logsumexp([x, x], axis=1, keepdims=True), [[expected]] * 2)
    assert float(activations.logsumexp(3.5)) == 3.5


def test_softmax_of_a_single_number_and_beside_infinities():
    assert activations.softmax(1000) == 1.0
    assert activations.log_softmax(-5.0) == 0.0
    assert activations.softmax([0.0, -INF]).tolist() == [1.0, 0.0]
    assert activations.log_softmax([0.0, -INF]).tolist() == [0.0, -INF]
    assert np.isnan(activations.softmax([INF, 0.0])).all()
    np.testing.assert_allclose(activations.softmax(np.zeros((2, 2)), axis=None), 0.25)
    assert activations.softmax(np.zeros((0, 3))).shape == (0, 3)


def swish(x):
    return x * activations.sigmoid(x)


def test_an_activation_of_ones_own_with_and_without_out():
    def back(y, grad):
        return grad * 2

    own, x = activations.Activation("relu", swish, back), np.array([[1.0, -1.0]])
    out = np.empty_like(x)
    assert own(x, out=out) is out
    np.testing.assert_array_equal(out, swish(x))
    assert own.back(x, x, out=out) is out
    np.testing.assert_array_equal(out, 2 * x)
    assert own(x) is not x
    assert activations.get(own) is own
    np.testing.assert_array_equal(own.derivative([3.0]), [2.0])
    sine = activations.Activation("sin", np.sin, None)
    np.testing.assert_array_equal(sine([0.5]), np.sin([0.5]))
    with pytest.raises(RuntimeError, match="sin cannot be trained"):
        sine.back(x, x)


@pytest.mark.parametrize("activation", activations.ACTIVATIONS.values(), ids=lambda a: a.name)
def test_nothing_is_broadcast_and_out_must_fit(activation):
    x = np.ones((3, 2))
    for out in (np.empty((1, 3, 2)), np.empty((2, 3, 2)), np.empty(2), np.empty((3, 2), int), [0]):
        with pytest.raises(ValueError, match=r"out must be an array of floats of shape \(3, 2\)"):
            activation.forward(x, out=out)
        if activation.backward:
            with pytest.raises(ValueError, match=r"out must be an array of floats of shape"):
                activation.backward(x, x, out=out)
    if activation.backward:
        for grad in (np.ones((1, 2)), np.ones(2), [1.0], np.ones((3, 3))):
            with pytest.raises(ValueError, match=r"grad must have the shape of y, \(3, 2\)"):
                activation.backward(x, grad)
        back = activation.backward([[1, 0]], [[1, 1]])
        assert back.dtype == np.float64


@pytest.mark.parametrize("axis", [True, 1.0, (0, 1), "0", [0]])
def test_an_axis_is_a_whole_number(axis):
    for function in (activations.softmax, activations.log_softmax, activations.logsumexp):
        with pytest.raises(ValueError, match="axis must be a whole number or None"):
            function(np.ones((2, 2)), axis=axis)
    with pytest.raises(ValueError, match="keepdims must be True or False"):
        activations.logsumexp([1.0], keepdims="no")
    for slope in (-1, 1.5, "a"):
        with pytest.raises(ValueError, match="negative_slope must"):
            activations.leaky_relu_backward(np.ones(2), np.ones(2), negative_slope=slope)


@pytest.mark.parametrize("wrong", [None, [[1.0, 2.0]], np.ones(2), np.ones((2, 1)), 1.0, "abc"])
def test_what_an_activation_of_ones_own_returns_must_have_its_shape(wrong):
    own, x = activations.Activation("own", lambda x: wrong, lambda y, grad: wrong), np.ones((1, 2))
    for act in (lambda: own(x), lambda: own.back(x, x), lambda: own(x, out=x)):
        with pytest.raises(ValueError, match=r"own: the activation must return .*\(1, 2\)"):
            act()


def test_a_number_is_the_gradient_of_every_entry():
    y = activations.sigmoid(np.array([[-2.0, 0.5, 3.0]], "float32"))
    slopes = activations.sigmoid_backward(y, 2.0)
    assert slopes.dtype == np.float32
    np.testing.assert_allclose(slopes, 2 * y * (1 - y), rtol=1e-6)


@pytest.mark.parametrize("name", ["linear", "relu", "sigmoid", "tanh"])
def test_the_way_back_needs_no_room_but_out(name):
    y, grad = np.full((2, 300, 400), 0.5, "float32")
    out, backward = np.empty_like(y), activations.get(name).backward
    backward(y, grad, out=out)
    tracemalloc.start()
    backward(y, grad, out=out)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 50_000  # NumPy's own buffers; y alone has 480,000 bytes


def test_of_ones_own_functions_either_may_take_out():
    def forward(x, out=None):
        return np.multiply(x, 2, out=out)

    def backward(y, grad, out=None):
        return np.multiply(grad, 2, out=out)

    x = np.array([[1.0, -3.0]])
    for own in (
        activations.Activation("one", forward, lambda y, grad: 2 * grad),
        activations.Activation("other", lambda x: 2 * x, backward),
    ):
        out = np.empty_like(x)
        assert own(x, out=out) is out and out.tolist() == [[2, -6]]
        assert own.back(x, x, out=out) is out and out.tolist() == [[2, -6]]


@pytest.mark.parametrize(
    ("dtype", "far"), [("float16", 6e4), ("float32", 3e38), ("float64", 1e308)]
)
def test_the_ends_of_a_dtype_are_no_trouble_to_softmax(dtype, far):
    x = np.array([far, -far], dtype)
    assert activations.softmax(x).tolist() == [1, 0]
    assert activations.log_softmax(x).tolist() == [0, -np.inf]
