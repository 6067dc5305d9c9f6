"""What losses and metrics take, and what they refuse: no wrong number comes out in silence."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from nbhelpers import Sequential, layers, losses, metrics

NAN, INF = np.nan, np.inf
SPARSE = losses.SparseCategoricalCrossentropy()
CATEGORICAL = losses.CategoricalCrossentropy()
BINARY = losses.BinaryCrossentropy()
SQUARED, ABSOLUTE = losses.MeanSquaredError(), losses.MeanAbsoluteError()
P3 = np.full((2, 3), 1 / 3)
P1 = np.full((2, 1), 0.5)
INTEGERS = [np.dtype(f"{sign}int{bits}") for sign in ("", "u") for bits in (8, 16, 32, 64)]

WRONG = [
    # loss, targets, predictions, what the message says
    (SPARSE, [0, 0.5], P3, r"whole numbers\. Received: 0\.5"),
    (SPARSE, [0, NAN], P3, "whole numbers. Received: nan"),
    (SPARSE, [0, INF], P3, r"0\.\.2"),
    (SPARSE, [0, 3], P3, r"0\.\.2.*from 0 to 3"),
    (SPARSE, [-1, 0], P3, "from -1 to 0"),
    (SPARSE, np.array([0, 255], "u1"), P3, "to 255"),
    (SPARSE, [[0, 1], [1, 0]], P3, r"\(2,\) or \(2, 1\).*\(2, 2\).*one-hot"),
    (SPARSE, [0, 1, 2], P3, r"Received: \(3,\)"),
    (SPARSE, 1, [0.1, 0.2, 0.7], r"\(n, classes\)"),
    (SPARSE, [0, 0], P1, "at least two classes.*sigmoid"),
    (CATEGORICAL, [[1, 0, 0], [0, 0, 0]], P3, "sum to 1. Received: 0"),
    (CATEGORICAL, [[1, 0, 0], [1, 1, 0]], P3, "sum to 1. Received: 2.*sigmoid"),
    (CATEGORICAL, [[2, -1, 0], [1, 0, 0]], P3, r"0\.\.1.*from -1 to 2"),
    (CATEGORICAL, [[1, 0, 0], [NAN, 0, 0]], P3, "finite"),
    (CATEGORICAL, [0, 1], P3, "to_categorical"),
    (CATEGORICAL, [[1], [1]], P1, "at least two classes"),
    (CATEGORICAL, [1, 0, 0], [0.2, 0.3, 0.5], r"\(n, classes\)"),
    (BINARY, [[0], [255]], P1, r"0\.\.1.*from 0 to 255"),
    (BINARY, [[-1], [1]], P1, "from -1"),
    (BINARY, [[1.0001], [1]], P1, "to 1.0001"),
    (BINARY, [[NAN], [1]], P1, "finite"),
    (BINARY, [[1, 0]], P1, r"shape of y_pred, \(2, 1\)"),
    (SQUARED, [[INF], [1]], P1, "finite"),
    (SQUARED, [1.0, 2.0, 3.0], P1, r"shape of y_pred, \(2, 1\).*\(3,\)"),
    (SQUARED, [[1.0, 2.0]], P3, r"\(2, 3\)"),
    (SQUARED, 1.0, P1, r"shape of y_pred"),
    (SQUARED, 1.0, 2.0, r"y_pred must have shape \(n, k\)"),
    (SQUARED, [], [], r"y_pred must have shape \(n, k\)"),
    (ABSOLUTE, [1.0], P1, r"\(2, 1\)"),
]
NO_NUMBERS = {
    "masked": np.ma.array([[1.0], [0.0]], mask=[[True], [False]]),
    "masked rows in a list": [np.ma.array([1.0], mask=[True]), np.ma.array([0.0])],
    "dates": np.array([["2020-01-01"], ["2020-01-02"]], "M8[D]"),
    "durations": np.array([[1], [2]], "m8[s]"),
    "text": [["1"], ["0"]],
    "objects": np.array([[1], [None]], object),
    "complex": np.array([[1j], [0]]),
    "None": None,
    "rows of different length": [[1], [0, 1]],
    "records": np.zeros((2, 1), [("a", float)]),
}


@pytest.mark.parametrize(("loss", "y_true", "y_pred", "message"), WRONG)
def test_a_loss_refuses_what_it_cannot_take(loss, y_true, y_pred, message):
    for act in (loss, loss.values, loss.gradient):
        with pytest.raises(ValueError, match=message) as error:
            act(y_true, y_pred)
        assert loss.name in str(error.value)


@pytest.mark.parametrize("kind", NO_NUMBERS)
@pytest.mark.parametrize("loss", [SPARSE, CATEGORICAL, BINARY, SQUARED, ABSOLUTE], ids=repr)
def test_nothing_but_plain_numbers_is_a_target_or_a_prediction(loss, kind):
    good = P3 if loss in (SPARSE, CATEGORICAL) else P1
    for pair in ((NO_NUMBERS[kind], good), (good, NO_NUMBERS[kind])):
        with pytest.raises(ValueError, match=r"y_(true|pred) must hold (plain )?numbers"):
            loss(*pair)


@pytest.mark.parametrize("kind", NO_NUMBERS)
def test_nothing_but_plain_numbers_is_fitted(kind):
    model = Sequential([layers.Dense(1, input_shape=(1,))], seed=0)
    model.compile("sgd", "mse")
    before = model.get_weights()
    for x, y in ((P1, NO_NUMBERS[kind]), (NO_NUMBERS[kind], P1)):
        for act in (model.fit, model.evaluate, model.gradients):
            with pytest.raises(ValueError, match=r"must hold (plain )?numbers"):
                act(x, y)
    for a, b in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)


@pytest.mark.parametrize(
    ("loss", "y_true", "y_pred", "value"),
    [
        (SPARSE, [1.0], [[0.2, 0.5, 0.3]], -np.log(0.5)),
        (SPARSE, np.array([[2]], "u1"), [[0.2, 0.5, 0.3]], -np.log(0.3)),
        (SPARSE, [True, False], [[0.25, 0.75], [0.25, 0.75]], -np.log(0.1875) / 2),
        (CATEGORICAL, [[0.2, 0.8]], [[0.5, 0.5]], np.log(2)),
        (CATEGORICAL, np.float16([[0.1] * 10]), [[0.1] * 10], np.log(10)),
        (BINARY, [[0.5]], [[0.5]], np.log(2)),
        (BINARY, [True], [[0.25]], np.log(4)),
        (SQUARED, [0.0, 9.0], [[3.0], [5.0]], 12.5),
        (ABSOLUTE, [0.0, 9.0], [[3.0], [5.0]], 3.5),
        (ABSOLUTE, np.array([[0], [9]], "u1"), [[3.0], [5.0]], 3.5),
    ],
)
def test_what_is_right_is_taken(loss, y_true, y_pred, value):
    assert loss(y_true, y_pred) == pytest.approx(value, rel=1e-3)


def test_targets_are_checked_as_a_whole_before_the_first_step():
    model = Sequential([layers.Dense(3, "softmax")], seed=0)
    model.compile("sgd", "sparse_categorical_crossentropy")
    x = np.ones((200, 4))
    y = np.zeros(200)
    y[-1] = 1.5
    for data in ({}, {"validation_split": 0.5}, {"validation_data": (x, y)}):
        with pytest.raises(ValueError, match=r"whole numbers\. Received: 1\.5"):
            model.fit(x, np.zeros(200) if "validation_data" in data else y, **data)
    assert not model.built  # and no trace of the attempt is left
    model.fit(np.ones((6, 7)), [0, 1, 2] * 2, verbose=0)
    assert model.input_shape == (None, 7)


# Metrics ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("metric", "y_true", "y_pred", "message"),
    [
        (metrics.categorical_accuracy, [[2], [1]], P3, r"\(2, 3\).*\(2, 1\)"),
        (metrics.categorical_accuracy, [1, 2], P3, r"\(2,\)"),
        (metrics.categorical_accuracy, [1], [1], r"shape \(n, k\)"),
        (metrics.binary_accuracy, np.ones((2, 3)), np.ones((3, 2)), r"\(3, 2\).*\(2, 3\)"),
        (metrics.binary_accuracy, [1], P1, r"\(2, 1\).*\(1,\)"),
        (metrics.sparse_categorical_accuracy, [0, 1, 2], np.eye(2), r"\(2,\) or \(2, 1\)"),
        (metrics.sparse_categorical_accuracy, [0, 0.5], P3, "whole numbers"),
        (metrics.sparse_categorical_accuracy, [0, 3], P3, r"0\.\.2"),
        (metrics.accuracy, [0, 1], [0, 1], r"shape \(n, k\)"),
        (metrics.accuracy, np.ones((2, 2)), P3, r"\(2, 3\).*\(2, 2\)"),
        (metrics.mean_squared_error, [1, 2, 3], P1, r"\(2, 1\).*\(3,\)"),
        (metrics.mean_absolute_error, "abc", P1, "y_true must hold numbers"),
        (metrics.mean_absolute_error, 1, 2, r"\(n, k\)"),
    ],
)
def test_a_metric_refuses_shapes_that_do_not_fit(metric, y_true, y_pred, message):
    with pytest.raises(ValueError, match=message):
        metric(y_true, y_pred)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.data())
def test_a_prediction_that_is_nan_is_never_right(data):
    n, k = data.draw(st.integers(1, 5)), data.draw(st.integers(1, 4))
    y_pred = data.draw(hnp.arrays(float, (n, k), elements=st.sampled_from([0.0, 1.0, NAN, INF])))
    broken = np.isnan(y_pred).any(axis=-1)
    labels = data.draw(hnp.arrays(int, n, elements=st.integers(0, max(k - 1, 1))))
    one_hot = np.eye(max(k, 2))[labels][:, :k]
    if k > 1:
        assert not metrics.sparse_categorical_accuracy(labels, y_pred)[broken].any()
        assert not metrics.categorical_accuracy(one_hot, y_pred)[broken].any()
    right = metrics.binary_accuracy(one_hot, y_pred) * k
    assert (right <= (~np.isnan(y_pred)).sum(axis=-1) + 1e-9).all()


def test_numbers_of_metrics_by_hand():
    assert metrics.mean_absolute_error([0, 9], [[3], [5]]).tolist() == [3, 4]
    assert metrics.mean_squared_error([[0, 1]], [[3, 5]]).tolist() == [12.5]
    assert metrics.binary_accuracy([[1, 0]], [[0.4, 0.2]]).tolist() == [0.5]
    assert metrics.binary_accuracy([1, 0], [[0.4], [0.2]], threshold=0.3).tolist() == [1, 1]
    # The mean is taken in float32 or better, not in bytes.
    assert metrics.mean_absolute_error(np.array([[250]], "u1"), np.array([[5]], "u1")) == 245


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.data(), st.sampled_from(INTEGERS), st.sampled_from(INTEGERS))
def test_confusion_matrix_counts_in_any_dtype(data, first, second):
    classes = data.draw(st.integers(1, 120))
    pairs = data.draw(st.lists(st.tuples(*[st.integers(0, classes - 1)] * 2), max_size=20))
    y_true = np.array([a for a, _ in pairs], first)
    y_pred = np.array([b for _, b in pairs], second)
    matrix = metrics.confusion_matrix(y_true, y_pred, classes)
    counts = Counter(pairs)
    assert matrix.shape == (classes, classes)
    for (a, b), count in counts.items():
        assert matrix[a, b] == count
    assert matrix.sum() == len(pairs)


@pytest.mark.parametrize(
    ("y_true", "y_pred", "classes", "message"),
    [
        ([1], [-1], 2, "from -1"),
        ([2], [1], 2, r"0\.\.1"),
        ([0.5], [0], 2, "y_true must hold whole numbers"),
        ([0], [0.5], 2, "y_pred must hold whole numbers"),
        ([[0]], [[0]], 2, r"shape \(n,\)"),
        ([0], [0], 0, "classes must be a whole number from 1"),
        ([0], [0], 2.0, "classes must be a whole number from 1"),
        (["0"], [0], 2, "y_true must hold numbers"),
    ],
)
def test_confusion_matrix_refuses(y_true, y_pred, classes, message):
    with pytest.raises(ValueError, match=message):
        metrics.confusion_matrix(y_true, y_pred, classes)


# Functions of one's own --------------------------------------------------------------------------

X, REAL = np.arange(8.0).reshape(8, 1) / 8, np.arange(8.0) / 8


def model_with(wanted, loss="mse"):
    model = Sequential([layers.Dense(1, input_shape=(1,))], seed=0)
    model.compile("sgd", loss, wanted)
    model.set_weights([np.array([[2.0]]), np.array([1.0])])
    return model


def accuracy(y_true, y_pred):
    """Somebody's own, under a name of ours."""
    return 7.0


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        (lambda y, p: 2.0, 2.0),
        (lambda y, p: 2, 2.0),
        (lambda y, p: np.float32(2), 2.0),
        (lambda y, p: np.abs(y - p), np.mean(REAL + 1)),
        (lambda y, p: np.abs(y - p).mean(axis=-1), np.mean(REAL + 1)),
        (lambda y, p: np.abs(y - p)[:, 0].tolist(), np.mean(REAL + 1)),
        (lambda y, p: p > 1, 7 / 8),
    ],
)
@pytest.mark.parametrize("flat", [True, False])
def test_a_metric_of_ones_own_may_return_a_number_or_one_a_sample(own, expected, flat):
    own.__name__ = "own"
    y = REAL if flat else REAL[:, np.newaxis]
    values = model_with([own]).evaluate(X, y, batch_size=3, return_dict=True)
    assert values["own"] == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("own", [lambda y, p: "good", lambda y, p: None, lambda y, p: p[:1]])
def test_a_metric_that_returns_something_else_is_refused(own):
    with pytest.raises(ValueError, match=r"<lambda>: a metric must return one number, or one for"):
        model_with([own]).evaluate(X, REAL)


def test_a_function_of_ones_own_is_never_taken_for_ours():
    assert model_with([accuracy]).evaluate(X, REAL, return_dict=True)["accuracy"] == 7.0

    def mse(y_true, y_pred):
        return 1000.0

    with pytest.raises(ValueError, match=r"subclass of losses\.Loss.*mse"):
        model_with([], loss=mse)
    assert model_with([mse]).evaluate(X, REAL, return_dict=True)["mse"] == 1000.0

    def relu(x):
        return x * 0 - 7

    with pytest.raises(ValueError, match=r"Activation\(name, forward, backward\).*relu"):
        layers.Dense(2, activation=relu)


def test_ours_are_taken_by_identity_wherever_they_stand():
    assert losses.mean_squared_error is metrics.mean_squared_error
    for loss in (losses.mean_squared_error, metrics.mean_absolute_error):
        assert model_with([], loss=loss).loss.name == loss.__name__


@pytest.mark.parametrize(
    "wanted",
    [
        ["mse", "mse"],
        [lambda y, p: 1, lambda y, p: 2],
        [accuracy, "accuracy"],
        [metrics.mean_squared_error, "mean_squared_error"],
    ],
)
def test_two_metrics_under_one_name_are_refused(wanted):
    with pytest.raises(ValueError, match=r"a name of its own.* twice"):
        model_with(wanted)


@pytest.mark.parametrize("name", ["loss", "val_loss", "val_mse"])
def test_a_metric_under_a_name_of_the_logs_is_refused(name):
    def own(y_true, y_pred):
        return 0.0

    own.__name__ = name
    with pytest.raises(ValueError, match=f"a name of its own.*{name}"):
        model_with([own])


def test_the_key_of_a_metric_is_the_name_that_was_given():
    model = model_with(["mse", "mean_absolute_error", accuracy])
    assert model.metrics_names == ["loss", "mse", "mean_absolute_error", "accuracy"]
    history = model.fit(X, REAL, validation_split=0.5, verbose=0).history
    assert list(history)[:4] == model.metrics_names
    assert list(history)[4:] == ["val_" + name for name in model.metrics_names]


class Cubed(losses.Loss):
    """Somebody's own loss: |error|**3."""

    name = "cubed"

    def _values(self, y_true, y_pred):
        return (np.abs(y_pred - y_true) ** 3).mean(axis=-1)

    def _gradient(self, y_true, y_pred):
        return 3 * (y_pred - y_true) * np.abs(y_pred - y_true) / y_pred.size


@pytest.mark.parametrize("loss", [Cubed, Cubed()])
def test_a_loss_of_ones_own_trains(loss):
    model = model_with(["mae"], loss=loss)
    assert model.evaluate(X, REAL)[0] == pytest.approx(np.mean((REAL + 1) ** 3), rel=1e-6)
    history = model.fit(X, REAL, epochs=200, verbose=0).history
    assert history["loss"][-1] < history["loss"][0] / 10
    with pytest.raises(ValueError, match="cubed: y_true must be finite"):
        model.fit(X, REAL * NAN)
