"""Points in the plane: made the same way each time, within the picture, two decimals."""

import numpy as np
import pytest

from nbhelpers.datasets import plane


@pytest.mark.parametrize("name", plane.DATA)
def test_points_are_as_promised(name):
    x, y = plane.load_data(name)
    again, _ = plane.load_data(name.upper())
    np.testing.assert_array_equal(x, again)
    assert x.dtype == np.float64 and y.dtype == np.int64 and x.shape == (len(y), 2)
    assert len(x) <= 120 and np.abs(x).max() <= 1.2
    owners = {point: set(y[(x == point).all(axis=1)]) for point in map(tuple, x.tolist())}
    assert max(map(len, owners.values())) == 1, "no point is of two classes"
    np.testing.assert_array_equal(x, np.round(x, 2))
    counts = np.bincount(y)
    assert len(counts) == (3 if name == "three classes" else 2)
    assert name == "xor" or len(set(counts)) == len(counts), "no gradient is 0 but for rounding"


def test_the_points_fill_the_picture():
    for name in plane.DATA:
        reach = np.abs(plane.load_data(name)[0]).max()
        assert reach > 0.95, name


def test_between_the_circles_there_is_room():
    x, y = plane.load_data("circles")
    far = np.hypot(*x.T)
    assert far[y == 0].max() < 0.6 and far[y == 1].min() > 0.8


def test_the_moons_lie_as_everywhere():
    """In scikit-learn's make_moons, too, the middle of one is (1, 0.5) radii from the other's."""
    x, y = plane.load_data("two moons")
    # The mean of a half circle lies 2 / pi radii above its middle; these have a radius of 0.7.
    mean = 0.7 * np.array([-0.5, 2 / np.pi - 0.25])
    np.testing.assert_allclose(x[y == 0].mean(axis=0), mean, atol=0.05)
    np.testing.assert_allclose(x[y == 1].mean(axis=0), -mean, atol=0.05)


def test_a_line_parts_none_of_them():
    """What one neuron can do is not enough: least squares on the signs leaves points wrong."""
    for name in plane.DATA:
        x, y = plane.load_data(name)
        sides = (y[:, None] == np.arange(y.max() + 1)) * 2.0 - 1
        ones = np.column_stack([x, np.ones(len(x))])
        fitted = ones @ np.linalg.lstsq(ones, sides, rcond=None)[0]
        assert (fitted.argmax(axis=1) != y).any(), name


def test_a_wrong_name_is_told_the_right_ones():
    with pytest.raises(ValueError, match=r"name must be one of xor, two moons, .*Received: 'moon'"):
        plane.load_data("moon")
