"""The explorer ``signal_flow``: the numbers of "Deep Learning from Scratch", section 3.4."""

import numpy as np
import pytest

from nbhelpers import explorers


@pytest.fixture(scope="module")
def flow():
    return explorers.signal_flow()


def test_the_numbers_of_the_book(flow):
    found = flow.arrays()
    np.testing.assert_allclose(found["A1"], [0.3, 0.7, 1.1])
    np.testing.assert_allclose(found["Z1"], [0.57444252, 0.66818777, 0.75026011], atol=1e-8)
    np.testing.assert_allclose(found["Z2"], [0.62624937, 0.7710107], atol=1e-8)
    np.testing.assert_allclose(found["Y"], [0.31682708, 0.69627909], atol=1e-8)
    assert "Y = [0.3168, 0.6963]" in found["text"]


def test_nodes_show_what_flows(flow):
    found = flow.arrays()
    numbers = ["1.00", "0.50", "0.57", "0.67", "0.75", "0.63", "0.77", "0.32", "0.70"]
    assert found["shown"] == [*numbers, "1", "1", "1"]
    assert found["sums"][2:5] == ["a = 0.30", "a = 0.70", "a = 1.10"]
    assert len(found["shown"]) == len(found["sums"]) == len(flow.data["nodes"])


def test_edges_carry_the_weights_and_one_bias_a_unit(flow):
    nodes, edges, weights = (flow.data[name] for name in ("nodes", "edges", "weights"))
    assert len(edges) == len(weights) == (2 * 3 + 3) + (3 * 2 + 2) + (2 * 2 + 2)
    x = np.r_[1, 0.5, np.zeros(7), 1, 1, 1]
    for unit in (2, 3, 4):  # a is the sum over the edges that come in
        into = edges[:, 1] == unit
        a = float(x[edges[into, 0]] @ weights[into])
        assert a == pytest.approx(flow.arrays()["A1"][unit - 2])
    assert (nodes[edges[:, 1], 0] - nodes[edges[:, 0], 0] == 1).all()


def test_softmax_keeps_order_and_sums_to_one(flow):
    plain, soft = flow.arrays(), flow.arrays({"output": "softmax"})
    assert soft["Y"].sum() == pytest.approx(1)
    assert soft["Y"].argmax() == plain["Y"].argmax()
    np.testing.assert_allclose(soft["A3"], plain["A3"])


def test_step_and_relu_by_hand(flow):
    step = flow.arrays({"x1": -1, "x2": 0, "activation": "step"})
    assert step["A1"].round(9).tolist() == [0, -0.1, -0.2]
    assert step["Z1"].tolist() == [0, 0, 0] and step["Z2"].tolist() == [1, 1]
    relu = flow.arrays({"x1": 1, "x2": 0.5, "activation": "relu"})
    np.testing.assert_allclose(relu["Z1"], relu["A1"])
