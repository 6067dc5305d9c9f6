"""Equal is equal, and a difference is found where it is."""

import numpy as np
import pytest

from nbhelpers.exercises.checker.compare import difference, identical
from nbhelpers.exercises.checker.words import show


@pytest.mark.parametrize(
    ("came", "expected"),
    [
        (0.5, np.float32(0.5)),
        (np.array(0.5), 0.5),
        (3, np.int64(3)),
        (np.array([1, 2]), np.array([1.0, 2.0])),
        (np.array([np.nan, 1.0]), np.array([np.nan, 1.0])),
        (np.zeros((0, 3)), np.zeros((0, 3))),
        (np.array([1.0], dtype=np.float32) / 3, np.array([1.0]) / 3),
        ((2, 3), (2, 3)),
        ([np.zeros(2)], [np.zeros(2)]),
        (None, None),
        ("relu", "relu"),
    ],
)
def test_the_same(came, expected):
    assert difference(came, expected) is None


@pytest.mark.parametrize(
    ("came", "expected", "kind"),
    [
        ([1.0], np.array([1.0]), "type"),
        (None, np.array([1.0]), "type"),
        (np.ones(1), 1.0, "type"),
        (np.ones(3), np.ones((3, 1)), "shape"),
        (np.array(["a"]), np.array([1.0]), "dtype"),
        (np.array([1.0, 2.1]), np.array([1.0, 2.0]), "values"),
        (np.array([np.inf]), np.array([np.nan]), "values"),
        (0.1001, 0.1, "values"),
        (1e-9, 1e-5, "values"),
        ((2, 3, 1), (2, 3), "length"),
        ([2, 3], (2, 3), "type"),
        ("tanh", "relu", "values"),
    ],
)
def test_not_the_same(came, expected, kind):
    assert difference(came, expected).kind == kind


def test_a_difference_says_which_of_several_results_it_is():
    right = (np.zeros(2), np.zeros(3))
    found = difference((np.zeros(2), np.ones(3)), right, names=("kernel", "bias"))
    assert (found.where, found.kind) == ("bias", "values")
    assert difference([np.zeros(2), np.ones(3)], list(right)).where == "[1]"


def test_identical_is_to_the_last_bit():
    x = np.array([0.0, np.nan])
    assert identical([x, {"a": 1}], [x.copy(), {"a": 1}])
    assert not identical(x, np.array([-0.0, np.nan]))
    assert not identical(x, x.astype(np.float32))
    assert not identical(np.zeros((2, 1)), np.zeros(2))
    assert not identical([x], [x, x])
    assert not identical({"a": 1}, {"a": 2})


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (np.array([[1, 2]]), "[[1, 2]]  shape (1, 2), int64"),
        (np.array([0.1, np.nan, np.inf]), "[0.1, nan, inf]  shape (3,)"),
        (np.array(2.5), "2.5"),
        (np.float32(0.1), "0.1"),
        ((3,), "(3,)"),
        ([1, 2.5], "[1, 2.5]"),
        ("relu", "'relu'"),
        (None, "None"),
        (len, "len"),
        (np.random.default_rng(0), "a random generator"),
    ],
)
def test_values_are_shown_as_a_learner_writes_them(value, text):
    assert show(value) == text


def test_a_long_value_is_cut():
    assert len(show(np.arange(1000.0).reshape(10, 100))) < 300
    assert len(show(list(range(1000)))) <= 240
