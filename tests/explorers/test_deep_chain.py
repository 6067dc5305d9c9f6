"""The explorer ``deep_chain``: ten sigmoid layers shrink a gradient below a millionth."""

import numpy as np
import pytest

from nbhelpers import explorers
from nbhelpers.activations import ACTIVATIONS


@pytest.fixture(scope="module")
def chain():
    return explorers.deep_chain()


def test_ten_sigmoid_layers_shrink_below_a_millionth_and_relu_does_not(chain):
    sigmoid = chain.arrays({"depth": 10, "activation": "sigmoid"})
    assert 0 < sigmoid["first"] < 0.25**10 < 1e-6
    assert "less than a millionth" in sigmoid["text"]
    assert chain.arrays({"depth": 9})["first"] > 1e-6
    assert chain.arrays({"depth": 10, "activation": "relu"})["first"] == 1


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "relu"])
def test_the_gradient_is_that_of_the_output_measured(chain, name):
    for depth, weight in ((1, 1.2), (4, 0.7), (6, 1.5)):

        def output(x, depth=depth, weight=weight):
            for _ in range(depth):
                x = ACTIVATIONS[name].forward(weight * x)
            return float(x)

        measured = (output(1 + 1e-5) - output(1 - 1e-5)) / 2e-5
        found = chain.arrays({"depth": depth, "weight": weight, "activation": name})
        assert found["first"] == pytest.approx(measured, rel=1e-5)


def test_factors_multiply_to_the_first_and_never_pass_the_bound(chain):
    for name, bound in (("sigmoid", 0.25), ("tanh", 1), ("relu", 1)):
        for weight in (0.5, 1, 1.5):
            found = chain.arrays({"depth": 30, "weight": weight, "activation": name})
            assert np.prod(found["factors"]) == pytest.approx(found["first"])
            assert found["factors"].max() <= bound * weight + 1e-12
            assert found["bound"][0, 1] == pytest.approx(bound * weight)


def test_curves_hold_one_point_a_layer(chain):
    found = chain.arrays({"depth": 7})
    assert found["sigmoid"][:, 0].tolist() == list(range(1, 8))
    assert found["relu"][:, 1].tolist() == [0] * 7
