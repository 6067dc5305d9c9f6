"""Maps of the plane: by hand, and what must hold for every map."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbhelpers import geometry

SQUARE = np.array([[0.0, 0], [1, 0], [1, 1], [0, 1]])
number = st.floats(-3, 3)
matrices = st.builds(geometry.plane_matrix, st.floats(-math.pi, math.pi), number, number, number)
maps = st.tuples(matrices, st.tuples(number, number))


def test_matrices_by_hand():
    assert geometry.rotation(math.pi / 2).round(9).tolist() == [[0, -1], [1, 0]]
    assert geometry.scaling(2).tolist() == [[2, 0], [0, 2]]
    assert geometry.scaling(2, -1).tolist() == [[2, 0], [0, -1]]
    assert geometry.shear(0.5).tolist() == [[1, 0.5], [0, 1]]
    assert geometry.plane_matrix().tolist() == np.eye(2).tolist()


def test_the_order_is_scale_then_shear_then_turn():
    W = geometry.plane_matrix(math.pi / 2, 2, 3, 1)
    # (1, 1) -> scaled (2, 3) -> sheared (5, 3) -> turned (-3, 5)
    np.testing.assert_allclose(W @ [1, 1], [-3, 5])


def test_apply_by_hand_and_for_any_number_of_axes():
    W, b = np.array([[1, 2], [3, 4]]), np.array([10, 20])
    assert geometry.apply([1, 1], W, b).tolist() == [13, 27]
    points = np.arange(24.0).reshape(3, 4, 2)
    moved = geometry.apply(points, W, b)
    for k in np.ndindex(3, 4):
        np.testing.assert_allclose(moved[k], W @ points[k] + b)
    assert geometry.apply(points.astype(np.float32), W, b).dtype == np.float32
    assert geometry.apply(np.zeros((0, 2)), W).shape == (0, 2)


@given(matrices)
def test_the_determinant_is_the_area_of_the_unit_square(W):
    moved = geometry.apply(SQUARE, W, (3, -1))
    assert geometry.area(moved) == pytest.approx(geometry.determinant(W), abs=1e-9)
    with np.errstate(divide="ignore"):  # LAPACK complains of a scale that is nearly 0
        assert geometry.determinant(W) == pytest.approx(np.linalg.det(W), abs=1e-9)


@given(maps, maps, maps)
def test_maps_in_a_row_are_one_map(first, second, third):
    one_by_one = SQUARE
    for step in (first, second, third):
        one_by_one = geometry.apply(one_by_one, *step)
    together = geometry.compose(first, second, third)
    np.testing.assert_allclose(geometry.apply(SQUARE, *together), one_by_one, atol=1e-9)
    areas = [geometry.determinant(W) for W, _ in (first, second, third)]
    assert geometry.determinant(together.W) == pytest.approx(math.prod(areas), abs=1e-8)


def test_the_order_of_maps_matters_and_none_moves_nothing():
    turn, shift = (geometry.rotation(math.pi / 2), (0, 0)), (np.eye(2), (1, 0))
    np.testing.assert_allclose(geometry.compose(turn, shift).b, [1, 0], atol=1e-12)
    np.testing.assert_allclose(geometry.compose(shift, turn).b, [0, 1], atol=1e-12)
    W, b = geometry.compose()
    assert W.tolist() == np.eye(2).tolist() and b.tolist() == [0, 0]


@given(maps)
def test_the_inverse_undoes_the_map(step):
    if abs(geometry.determinant(step[0])) > 1e-3:
        W, b = geometry.compose(step, geometry.inverse(*step))
        np.testing.assert_allclose(W, np.eye(2), atol=1e-8)
        np.testing.assert_allclose(b, [0, 0], atol=1e-8)


def test_area_has_a_sign():
    assert geometry.area(SQUARE) == 1
    assert geometry.area(SQUARE[::-1]) == -1
    assert geometry.area([[0, 0], [4, 0], [0, 3]]) == 6


def test_what_cannot_be_is_named():
    with pytest.raises(ValueError, match="determinant other than 0"):
        geometry.inverse(geometry.plane_matrix(0.3, 2, 0))
    with pytest.raises(ValueError, match=r"apply: points must have shape \(..., 2\).*\(2, 3\)"):
        geometry.apply(np.zeros((2, 3)), np.eye(2))
    with pytest.raises(ValueError, match=r"W must have shape \(2, 2\)"):
        geometry.compose((np.eye(3), (0, 0)))
    with pytest.raises(ValueError, match=r"b shape \(2,\)"):
        geometry.apply(SQUARE, np.eye(2), 1.0)
