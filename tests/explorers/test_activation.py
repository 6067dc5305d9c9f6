"""The explorer ``activation`` says what lesson 03 says about slopes and saturation."""

import numpy as np
import pytest

from nbhelpers import explorers
from nbhelpers.activations import ACTIVATIONS


@pytest.fixture(scope="module")
def activation():
    return explorers.activation()


def test_value_and_slope_are_those_of_the_engine(activation):
    for name, h in ACTIVATIONS.items():
        if name == "softmax":
            continue
        for x in (-8, -2.3, 0, 0.1, 8):
            found = activation.arrays({"function": name, "x": x})
            np.testing.assert_allclose(found["at"], [[x, h.forward(x)]])
            if name != "step":
                np.testing.assert_allclose(found["at_slope"], [[x, h.derivative(x)]])


def test_slopes_are_those_of_the_curve(activation):
    for name in ("sigmoid", "tanh", "leaky_relu", "linear"):
        for x in (-3, 0.5, 2):
            found, d = activation.arrays({"function": name, "x": x}), 1e-6
            h = ACTIVATIONS[name].forward
            measured = (h(x + d) - h(x - d)) / (2 * d)
            assert found["at_slope"][0, 1] == pytest.approx(measured, abs=1e-6)
            (x0, y0), (x1, y1) = found["tangent"][0]
            assert (y1 - y0) / (x1 - x0) == pytest.approx(measured, abs=1e-6)


def test_the_slope_of_sigmoid_is_at_most_a_quarter_and_can_be_seen(activation):
    found = activation.arrays({"function": "sigmoid", "x": 0})
    assert found["slopes"][:, 1].max() == found["at_slope"][0, 1] == 0.25
    assert found["note"] == ["at most 0.25"]
    low, high = activation.scene.rows[0][1].y
    assert low < 0.25 < high


@pytest.mark.parametrize(
    ("name", "ends"),
    [("sigmoid", [(-8, -4.4), (4.4, 8)]), ("tanh", [(-8, -2.2), (2.2, 8)]), ("relu", [(-8, 0)])],
)
def test_saturated_is_where_the_slope_is_below_a_twentieth_of_the_greatest(activation, name, ends):
    boxes = activation.arrays({"function": name})["saturated"]
    found = [(float(box[0, 0]), float(box[1, 0])) for box in boxes]
    np.testing.assert_allclose(found, ends, atol=0.11)
    assert "saturated" in activation.arrays({"function": name, "x": -5})["text"]
    assert "saturated" not in activation.arrays({"function": name, "x": 1})["text"]


def test_these_never_saturate_and_step_has_no_slope(activation):
    for name in ("leaky_relu", "linear", "step"):
        assert len(activation.arrays({"function": name})["saturated"]) == 0
    step = activation.arrays({"function": "step", "x": 2})
    assert len(step["at_slope"]) == len(step["tangent"]) == len(step["slopes"]) == 0
    assert step["at"].tolist() == [[2, 1]] and "no slope" in step["text"]
