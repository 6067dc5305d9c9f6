"""optimizer_race: who leads, who diverged, and whether each can be told from the others."""

import itertools
import math

import numpy as np
import pytest

from nbhelpers import explorers
from nbhelpers.explorers.scenes.optimizer_race import LOOKS
from nbhelpers.explorers.scenes.parts.demos import RACERS, race
from nbhelpers.explorers.scenes.parts.optimizer_race_curves import MOST, log_ticks, spread, table

CURVES = {
    "sgd": {0.1: [2, 1.5, 1], 0.01: [2, 1.9, 1.8]},
    "adam": {0.1: [2, 0.5, 0.25], 0.01: [2, 1, 0.5]},
    "rmsprop": {0.1: [2, 9, math.nan]},
    "momentum": {0.1: [2, math.inf, 1], 0.01: [2, 1.7]},
}


def test_the_order_and_the_values_are_right():
    text = explorers.optimizer_race(CURVES).arrays({"rate": "0.1", "step": 1})["text"]
    expected = "adam leads with loss 0.500, then sgd 1.500, last rmsprop 9.000"
    assert text == f"Step 1 of 2, learning rate 0.1: {expected}, momentum diverged after step 0."


def test_runs_that_diverge_are_drawn_to_the_top_and_named():
    made = explorers.optimizer_race(CURVES)
    arrays = made.arrays({"rate": "0.1", "step": 2})
    assert "rmsprop diverged after step 1" in arrays["text"]
    assert "momentum diverged after step 0" in arrays["text"], "nothing after infinity counts"
    assert arrays["tag_rmsprop"] == ["rmsprop diverged"]
    assert arrays["line_rmsprop"][-1, 1] == made.data["limits"][1]
    assert "momentum diverged after step 1" in made.arrays({"rate": "0.01"})["text"], "cut short"
    assert made.twin([{"rate": "0.1"}]).png()


def test_curves_are_drawn_up_to_the_step():
    made = explorers.optimizer_race(CURVES)
    line = made.arrays({"rate": "0.01", "step": 1})["line_adam"]
    np.testing.assert_allclose(line, [[0, math.log10(2)], [1, 0]], atol=1e-7)
    assert len(made.arrays({"rate": "0.01"})["line_rmsprop"]) == 0, "not recorded at this rate"


def test_curves_can_be_switched_off():
    made = explorers.optimizer_race(CURVES)
    assert "then" not in made.arrays({"sgd": False, "rate": "0.01", "momentum": False})["text"]
    off = dict.fromkeys(CURVES, False)
    assert "nothing to show" in made.arrays(off)["text"]


def test_labels_are_in_the_order_of_the_losses_and_apart():
    made = explorers.optimizer_race()
    low, high = made.data["limits"]
    for rate in made.data["rates"]:
        for step in (0, 1, 7, 60):
            arrays = made.arrays({"rate": rate, "step": step})
            loss = {n: arrays[f"line_{n}"][-1, 1] for n in RACERS}
            place = {n: arrays[f"at_{n}"][0, 1] for n in RACERS}
            ranked = sorted(RACERS, key=lambda n: -place[n])
            assert all(loss[a] >= loss[b] - 1e-12 for a, b in itertools.pairwise(ranked))
            gaps = -np.diff([place[n] for n in ranked])
            assert gaps.min() > 0.05 * (high - low) and min(place.values()) > low


def test_spread_moves_nothing_without_need():
    assert spread([0.9, 0.5, 0.1], 0, 1) == [0.9, 0.5, 0.1]
    assert spread([], 0, 1) == []
    assert min(spread([0.0] * 6, 0, 1)) > 0


def test_ticks_thin_out():
    assert [text for _, text in log_ticks(-4.1, 4.1)] == [f"{10.0**k:g}" for k in range(-4, 5)]


def test_every_curve_has_a_look_of_its_own():
    assert len(set(LOOKS.values())) == len(LOOKS) == MOST
    names = {f"mine {k}": {1.0: [2, 1 / (k + 1)]} for k in range(MOST)}
    assert explorers.optimizer_race(names).twin([{}]).png()


def test_long_runs_are_thinned():
    losses = (2 / (1 + np.arange(2346))).tolist()
    made = explorers.optimizer_race({name: {0.1: losses, 0.01: losses} for name in RACERS})
    last = made.controls["step"].high
    assert made.data["loss"].nbytes < 30_000 and 2300 < last <= 2345
    assert made.arrays({"step": 6})["line_sgd"][-1].tolist() == pytest.approx(
        [6, math.log10(2 / 7)]
    )


def test_a_run_that_diverged_between_two_kept_records_has_diverged():
    losses = np.linspace(2, 1, 2001)
    losses[1003] = math.nan
    made = explorers.optimizer_race({"sgd": {0.1: losses}})
    assert "sgd diverged after step 1000" in made.arrays()["text"]


def test_one_rate_is_enough_and_losses_may_be_zero():
    made = explorers.optimizer_race({"sgd": {0.1: [1.0, 0.0]}})
    assert made.arrays()["line_sgd"][-1, 1] == -6
    assert "loss 0" in made.arrays()["text"]


def test_the_built_in_race_starts_alike_and_says_what_the_lesson_says():
    curves = race()
    starts = {losses[0] for runs in curves.values() for losses in runs.values()}
    assert len(starts) == 1
    at = {name: runs[0.01][-1] for name, runs in curves.items()}
    assert max(at["adam"], at["rmsprop"]) < at["momentum"] < at["sgd"]
    at = {name: runs[1.0][-1] for name, runs in curves.items()}
    assert at["sgd"] < at["adam"], "the best learning rate depends on the optimizer"


@pytest.mark.parametrize(
    ("curves", "message"),
    [
        ({}, "curves must be a dict of 1 to 7 optimizers"),
        ([1, 2], "curves must be a dict"),
        ({str(k): {0.1: [2, 1]} for k in range(8)}, "1 to 7"),
        ({"sgd": {}}, "at least 2 losses"),
        ({"sgd": {0.1: [2]}}, "at least 2 losses"),
        ({"sgd": {0.1: [2, -1]}}, "must not be negative. Received: -1"),
        ({"sgd": {0.1: [math.nan, 1]}}, "finite loss"),
    ],
)
def test_what_cannot_race_is_said(curves, message):
    with pytest.raises(ValueError, match=message):
        table(curves)
