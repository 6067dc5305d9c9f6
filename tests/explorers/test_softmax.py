"""The softmax explorer says in words which part of the naive way failed."""

import numpy as np

from nbhelpers import explorers


def test_it_tells_the_sum_that_overflows_from_the_exp_that_does():
    shift = explorers.softmax(dtype="float16")
    at = {c: shift.arrays({"shift": c}) for c in (6, 7, 8, -1000)}
    assert at[6]["text"].startswith("In float16 the naive way holds")
    assert np.isfinite(at[7]["exp"]).all()
    assert (at[7]["naive"] == 0).all()
    assert "the sum of exp(z) is infinite" in at[7]["text"]
    assert "exp(z) is infinite, and infinity / infinity" in at[8]["text"]
    assert at[-1000]["text"].startswith("Underflow")


def test_it_names_the_temperature_and_the_largest_share():
    softmax = explorers.softmax()
    z = np.array([0.3, 2.9, 4.0])
    for temperature in (0.5, 1, 5):
        e = np.exp(z / temperature)
        text = softmax.arrays({"temperature": temperature})["text"]
        assert f"T = {temperature:.1f}" in text
        assert text.endswith(f"the largest share is {(e / e.sum()).max():.4f}.")
