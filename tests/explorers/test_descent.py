"""descent: the paths are those of the real optimizers, and divergence is said."""

import numpy as np
import pytest

from nbhelpers import explorers, optimizers
from nbhelpers.explorers.scenes.parts.descent_surfaces import SURFACES, slope, value

VALLEY = {"surface": "narrow valley"}


@pytest.fixture(scope="module")
def descent():
    return explorers.descent()


@pytest.mark.parametrize("name", SURFACES)
def test_slope_is_the_slope(name):
    numbers, _, bottoms = SURFACES[name]
    for point in np.random.default_rng(0).uniform(-5, 5, (20, 2)):
        steps = 1e-5 * np.eye(2)
        found = [(value(point + h, numbers) - value(point - h, numbers)) / 2e-5 for h in steps]
        np.testing.assert_allclose(slope(point, numbers), found, atol=1e-6)
        assert value(point, numbers) >= 0
    for bottom in np.array(bottoms, float):
        assert value(bottom, numbers) == pytest.approx(0, abs=1e-4)
        assert np.abs(slope(bottom, numbers)).max() < 1e-3


@pytest.mark.parametrize(
    ("name", "optimizer"),
    [
        ("sgd", optimizers.SGD(0.1)),
        ("momentum", optimizers.SGD(0.1, momentum=0.8)),
        ("nesterov", optimizers.SGD(0.1, momentum=0.8, nesterov=True)),
        ("adagrad", optimizers.Adagrad(0.1)),
        ("rmsprop", optimizers.RMSprop(0.1)),
        ("adam", optimizers.Adam(0.1)),
    ],
)
def test_paths_are_those_of_the_optimizers(descent, name, optimizer):
    for surface, (numbers, start, _) in SURFACES.items():
        state = {"optimizer": name, "rate": "0.1", "momentum": 0.8, "surface": surface, "step": 50}
        point = np.array(start, float)
        optimizer.build([point])
        path = descent.arrays(state)["path"]
        assert len(path) == 51
        for seen in path:
            np.testing.assert_allclose(seen, point, rtol=1e-12)
            optimizer.step([point], [slope(point, numbers)])


def test_the_first_steps_by_hand(descent):
    # The gradient at (-7, 2) of x**2 / 20 + y**2 is (-0.7, 4).
    first = {"optimizer": "sgd", "rate": "0.1", "step": 1} | VALLEY
    np.testing.assert_allclose(descent.arrays(first)["now"], [[-6.93, 1.6]])
    # Adam's first step is as long as the learning rate, in each direction.
    adam = descent.arrays(first | {"optimizer": "adam"})["now"]
    np.testing.assert_allclose(adam, [[-6.9, 1.9]], atol=1e-5)


def test_sgd_diverges_in_the_valley_just_above_a_rate_of_one(descent):
    # y is multiplied by 1 - 2 * rate in every step: stable only below a rate of 1.
    states = ({"optimizer": "sgd", "rate": r, "step": 100} | VALLEY for r in ("0.95", "1.05"))
    good, bad = (descent.arrays(state) for state in states)
    assert "diverges" not in good["text"] and good["losses"][-1] < 1e-5
    assert bad["text"].startswith("It diverges: after 34 steps") and "too large" in bad["text"]
    early = descent.arrays({"optimizer": "sgd", "rate": "1.05", "step": 3} | VALLEY)
    assert "diverges" not in early["text"] and len(early["path"]) == 4
    outside = descent.arrays({"optimizer": "sgd", "rate": "1.05", "step": 20} | VALLEY)
    assert "left the picture" in outside["text"]


def test_presets_show_what_they_promise(descent):
    shown = {name: descent.arrays(values) for name, values in descent.presets.items()}
    assert "hardly moves" in shown["on the saddle"]["text"]
    way = shown["swings"]["path"]
    assert (way[:, 0] > 0).any() and way[0, 0] < 0, "it runs past the lowest point"
    assert shown["creeps"]["losses"][-1] > 0.1 * shown["creeps"]["losses"][0]


def test_sgd_jumps_from_wall_to_wall_just_below_a_rate_of_one(descent):
    signs = np.sign(descent.arrays({"optimizer": "sgd", "rate": "0.95"} | VALLEY)["path"][:20, 1])
    assert (signs[1:] == -signs[:-1]).all()


def test_momentum_rolls_over_the_hill_and_sgd_stays(descent):
    hollows = {"rate": "0.3", "surface": "two hollows", "step": 60}
    stays, rolls = (descent.arrays(hollows | {"optimizer": k}) for k in ("sgd", "momentum"))
    assert "hardly moves" in stays["text"]
    assert stays["now"][0, 0] > 0 > rolls["now"][0, 0]


def test_no_preset_does_the_task_of_lesson_07(descent):
    assert not [p for p in descent.presets.values() if p["surface"] == "two hollows"]
    assert not [p for p in descent.presets.values() if p["rate"] in ("0.95", "1.05")]


def test_a_slow_walk_and_an_arrival_are_said(descent):
    there = {"optimizer": "sgd", "rate": "2", "surface": "round bowl", "step": 1}
    assert "It has reached the lowest point." in descent.arrays(there)["text"]
    begin = descent.arrays({"step": 0})
    assert begin["path"].shape == (1, 2) and "loss 6.450" in begin["text"]


def test_the_momentum_is_idle_where_it_does_nothing(descent):
    """What the words say, the paths prove."""
    for name in descent.controls["optimizer"].options:
        state = {"optimizer": name, "rate": "0.1"}
        low, high = (descent.arrays(state | {"momentum": m}) for m in (0.1, 0.9))
        same = low["path"].shape == high["path"].shape and np.allclose(low["path"], high["path"])
        assert same == (f"The momentum does nothing in {name}." in low["text"])
        assert same == (name not in descent.controls["momentum"].used[1])
    assert descent.state | {"optimizer": "sgd"} == explorers.descent(optimizer="sgd").state
