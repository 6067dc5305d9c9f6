"""Batches, metrics, initializers, utils."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbhelpers import batching, initializers, losses, metrics, utils


def test_updates_per_epoch_of_the_lessons():
    assert batching.updates_per_epoch(60_000, 128) == 469
    assert [len(b) for b in batching.batches(60_000, 128, np.random.default_rng(0))][-1] == 96
    assert 5 * batching.updates_per_epoch(60_000, 128) == 2345


@given(st.integers(0, 300), st.integers(1, 64), st.booleans())
def test_every_sample_comes_exactly_once(samples, size, shuffle):
    rng = np.random.default_rng(0) if shuffle else None
    parts = [np.arange(samples)[batch] for batch in batching.batches(samples, size, rng)]
    assert len(parts) == batching.updates_per_epoch(samples, size)
    assert sorted(np.concatenate([*parts, []]).tolist()) == list(range(samples))
    assert all(len(part) == size for part in parts[:-1])


@pytest.mark.parametrize("kind", [np.uint8, np.float32, np.float64])
def test_rows_are_those_of_the_batch_in_the_wanted_dtype(kind):
    x = np.arange(30).reshape(10, 3).astype(kind)
    rows_of = batching.Rows(x, 4, np.dtype("float32"))
    for batch in (np.array([9, 0, 3, 3]), np.array([5]), slice(2, 6), slice(8, 10)):
        rows = rows_of(batch)
        assert rows.dtype == np.float32
        np.testing.assert_array_equal(rows, x[batch])
    assert x[:, 0].tolist() == list(range(0, 30, 3))


def test_shuffled_batches_are_not_the_old_batches_in_another_order():
    parts = [set(b.tolist()) for b in batching.batches(1000, 100, np.random.default_rng(0))]
    assert all(max(part) - min(part) > 500 for part in parts)


def test_accuracy_follows_the_shapes():
    assert metrics.accuracy([[1], [0]], [[0.5], [0.4]]).tolist() == [0.0, 1.0]  # 0.5 is not > 0.5
    assert metrics.accuracy([1, 0], [[0.2, 0.8], [0.2, 0.8]]).tolist() == [1.0, 0.0]
    assert metrics.accuracy([[1], [0]], [[0.2, 0.8], [0.2, 0.8]]).tolist() == [1.0, 0.0]
    assert metrics.accuracy([[0, 1], [1, 0]], [[0.2, 0.8], [0.2, 0.8]]).tolist() == [1.0, 0.0]
    with pytest.raises(ValueError, match="metrics must be one of accuracy"):
        metrics.get("precision")


def test_confusion_matrix_rows_are_true_classes():
    matrix = metrics.confusion_matrix([0, 2, 2, 1], [0, 1, 2, 1], classes=3)
    assert matrix.tolist() == [[1, 0, 0], [0, 1, 0], [0, 1, 1]]
    with pytest.raises(ValueError, match=r"\(2,\) and \(3,\)"):
        metrics.confusion_matrix([0, 1], [0, 1, 1], classes=2)


@pytest.mark.parametrize("name", initializers.INITIALIZERS)
def test_initializers_repeat_with_their_seed_in_both_dtypes(name):
    make = initializers.get(name)
    first = make((20, 30), np.random.default_rng(1))
    assert first.dtype == np.float32
    assert first.shape == (20, 30)
    np.testing.assert_array_equal(first, make((20, 30), np.random.default_rng(1)))
    double = make((20, 30), np.random.default_rng(1), "float64")
    np.testing.assert_array_equal(double.astype("float32"), first)


def test_to_categorical():
    assert utils.to_categorical([[1], [0]], 3).tolist() == [[0, 1, 0], [1, 0, 0]]
    with pytest.raises(ValueError, match=r"0\.\.1.*to 2"):
        utils.to_categorical([0, 2], 2)
    with pytest.raises(ValueError, match="from -1"):
        utils.to_categorical([-1, 0])
    with pytest.raises(ValueError, match="whole numbers"):
        utils.to_categorical([0.5])


def test_generators():
    rng = np.random.default_rng(0)
    assert utils.generator(rng) is rng
    assert utils.generator(1).integers(1000) == utils.generator(1).integers(1000)
    assert utils.generator().integers(2**60) != utils.generator().integers(2**60)


def test_a_single_label_has_one_row():
    assert utils.to_categorical([2]).tolist() == [[0, 0, 1]]
    assert utils.to_categorical([[2]]).tolist() == [[0, 0, 1]]
    assert utils.to_categorical([[[0], [1]]], 2).tolist() == [[[1, 0], [0, 1]]]


def test_a_target_that_is_nan_is_never_met():
    nan = np.nan
    assert metrics.categorical_accuracy([[nan, 1], [0, 1]], [[0.7, 0.3], [0, 1]]).tolist() == [0, 1]
    assert metrics.binary_accuracy([[nan]], [[0.7]]).tolist() == [0]


@pytest.mark.parametrize(
    "function",
    [
        metrics.binary_accuracy,
        metrics.mean_squared_error,
        metrics.mean_absolute_error,
        losses.binary_crossentropy,
        lambda y, p: losses.binary_crossentropy(y, p, from_logits=True),
    ],
)
def test_more_axes_are_taken_as_so_many_tables(function):
    rng = np.random.default_rng(0)
    y, p = rng.integers(2, size=(2, 3, 4)), rng.random((2, 3, 4))
    np.testing.assert_array_equal(
        function(y, p), [function(*pair) for pair in zip(y, p, strict=True)]
    )


def test_whole_numbers_of_python_are_numbers_as_far_as_floats_go():
    for value in (5000, -5000, 10**15, 10**299):
        assert utils.number("here", "it", value) == float(value)
    for value in (10**310, -(10**310), 10**400):
        with pytest.raises(ValueError, match="here: it must be a finite number"):
            utils.number("here", "it", value)


def test_batches_of_what_is_no_number_of_samples_and_orders_of_no_generator():
    for act in (batching.updates_per_epoch, batching.batches):
        assert act(0, 5) is not None
        with pytest.raises(ValueError, match="samples must be a whole number from 0 up"):
            act(-1, 5)
    with pytest.raises(ValueError, match="rng must be a Generator"):
        batching.batches(3, 1, 0)
