"""The explorer ``neuron``: three gates are lines in the plane, and XOR is none."""

import itertools

import numpy as np
import pytest

from nbhelpers import explorers

GATES = {"AND": [0, 0, 0, 1], "NAND": [1, 1, 1, 0], "OR": [0, 1, 1, 1], "XOR": [0, 1, 1, 0]}


@pytest.fixture(scope="module")
def neuron():
    return explorers.neuron()


WEIGHTS = {"AND": (0.5, 0.5, -0.7), "NAND": (-0.5, -0.5, 0.7), "OR": (0.5, 0.5, -0.2)}


@pytest.mark.parametrize("name", WEIGHTS)
@pytest.mark.parametrize("activation", ["step", "sigmoid", "tanh", "relu"])
def test_the_weights_of_the_book_make_the_gate(neuron, name, activation):
    w1, w2, b = WEIGHTS[name]
    state = {"w1": w1, "w2": w2, "b": b, "gate": name, "activation": activation}
    found = neuron.arrays(state)
    assert found["right"] == 4 and "is this gate" in found["text"]
    if activation == "step":
        assert found["outputs"].tolist() == GATES[name]


def test_no_line_at_all_is_xor(neuron):
    values = neuron.controls["w1"].values()[::8]
    best = 0
    for w1, w2, b in itertools.product(values, values, neuron.controls["b"].values()[::4]):
        best = max(best, neuron.arrays({"w1": w1, "w2": w2, "b": b, "gate": "XOR"})["right"])
    assert best == 3
    assert neuron.arrays({"b": -0.2, "gate": "XOR"})["right"] == 3
    assert "never gets all 4" in neuron.arrays({"gate": "XOR"})["text"]


def test_surface_is_the_neuron_at_the_middle_of_each_cell(neuron):
    found = neuron.arrays({"w1": 1, "w2": -0.5, "b": 0.25, "activation": "sigmoid"})
    middles = neuron.data["middles"]
    for row, column in ((0, 0), (39, 0), (3, 31)):
        a = 0.25 + middles[column] - 0.5 * middles[39 - row]
        assert found["surface"][row, column] == pytest.approx(1 / (1 + np.exp(-a)))


def test_on_the_border_the_sum_is_zero(neuron):
    state = {"w1": 1.2, "w2": -0.35, "b": 0.6}
    ends = neuron.arrays(state)["border"][0]
    np.testing.assert_allclose(ends @ [1.2, -0.35] + 0.6, 0, atol=1e-9)
    assert len(neuron.arrays({"w1": 0, "w2": 0})["border"]) == 0


def test_a_sum_of_zero_is_no_yes_whatever_rounding_says(neuron):
    # 0.05 + 0.1 - 0.15 is 2.8e-17 in floating point
    found = neuron.arrays({"w1": 0.05, "w2": 0.1, "b": -0.15})
    assert found["outputs"].tolist() == [0, 0, 0, 0]
