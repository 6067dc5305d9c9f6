"""The batch explorer: updates, last batches, the law of the noise, and what was measured."""

import math

import numpy as np
import pytest

from nbhelpers import batching, explorers
from nbhelpers.explorers.scenes.batch import SIZES

batch = explorers.batch()


def test_the_numbers_of_the_lesson():
    shown = batch.arrays({"batch_size": "128"})
    assert shown["epoch"] == "60000 images / 128 = 468.75, so 469 updates"
    assert shown["batch_texts"][-1] == "update 469: 96 images"
    assert shown["shapes"] == ["(128, 784)", "(784, 512)", "(128, 512)", "(512, 10)", "(128, 10)"]
    assert "1 / √128 = 0.088" in shown["text"]
    assert "all full" in batch.arrays({"batch_size": "32"})["text"]


@pytest.mark.parametrize("images", [60_000, 1437, 1024, 5, 1])
def test_the_last_batches_are_those_of_the_training_loop(images):
    made = explorers.batch(images=images)
    for size in SIZES:
        parts = [b.stop - b.start for b in batching.batches(images, size)]
        shown = made.arrays({"batch_size": str(size)})
        first = max(1, len(parts) - 3)
        texts = [f"update {k}: {n} image" + "s" * (n > 1) for k, n in enumerate(parts[-4:], first)]
        assert shown["batch_texts"] == texts
        widths = np.ptp(shown["batches"][..., 0], axis=1) / np.ptp(shown["full"][..., 0], axis=1)
        np.testing.assert_allclose(widths, [n / size for n in parts[-4:]])
        assert 10 ** shown["updates_now"][0, 1] == pytest.approx(len(parts))
        assert made.twin([{"batch_size": str(size)}]).alt


def test_the_noise_of_a_mean_follows_the_law():
    rng = np.random.default_rng(0)
    for size in (4, 64):
        shown = batch.arrays({"batch_size": str(size)})["noise_now"][0, 1]
        means = rng.normal(size=(4000, size)).mean(axis=1)
        assert shown == pytest.approx(means.std(), rel=0.05)
        assert shown == pytest.approx(1 / math.sqrt(size), rel=1e-3)


def test_what_was_measured_is_shown_and_nothing_else():
    assert "Measured" not in batch.arrays()["text"] and "time" not in batch.data
    assert len(batch.scene.rows[-1]) == 2
    made = explorers.batch(seconds_per_image={1024: 2e-6, 1: 5e-5, 64: 4e-6})
    assert len(made.scene.rows[-1]) == 3
    assert made.arrays({"batch_size": "64"})["text"].endswith("Measured: 4.0 µs an image.")
    between = made.arrays({"batch_size": "8"})["time_now"][0, 1]
    assert math.log10(4) < between < math.log10(50)
    noise = explorers.batch(gradient_noise={4: 3.0, 16: 1.5, 64: 0.8})
    np.testing.assert_allclose(noise.data["seen"], [[2, 0.5], [4, 0.25], [6, 0.4 / 3]])
    assert noise.twin([{"batch_size": "1"}]).alt


WRONG = [3, {}, {1: 2.0}, {0: 1.0, 1: 1.0}, {1: 0.0, 2: 1.0}, {1: math.nan, 2: 1.0}]
WRONG += [{"1": 1.0, "2": 1.0}, {1: "fast", 2: 1.0}, {1: 1.0, 2048: 1.0}, {1: math.inf, 2: 1.0}]


@pytest.mark.parametrize("values", WRONG)
def test_wrong_measurements_are_named(values):
    for name in ("seconds_per_image", "gradient_noise"):
        with pytest.raises(
            ValueError, match=f"batch: {name} .*must (map at least two|be greater than 0).*Received"
        ):
            explorers.batch(**{name: values})


@pytest.mark.parametrize("images", [0, 2.5, "60000"])
def test_wrong_numbers_of_images_are_named(images):
    with pytest.raises(ValueError, match=r"batch: images must be a whole number.*Received"):
        explorers.batch(images=images)
