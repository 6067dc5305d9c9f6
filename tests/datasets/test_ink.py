"""From a drawing to what the network wants: as MNIST was made."""

import numpy as np
import pytest

from nbhelpers import _assets, datasets
from nbhelpers.datasets.ink import as_mnist, prepare, resampling
from nbhelpers.models import load_model


def mnist():
    try:
        return datasets.load("mnist")
    except datasets.DownloadError:
        pytest.skip("MNIST is not here and could not be downloaded")


def mass_centre(image):
    k = np.arange(28)
    return (image.sum(axis=1) @ k / image.sum(), image.sum(axis=0) @ k / image.sum())


def test_resampling_keeps_what_is_flat_and_what_fits():
    np.testing.assert_array_equal(resampling(20, 20), np.eye(20))
    for n, m in ((3, 20), (28, 20), (10, 20), (28, 1)):
        np.testing.assert_allclose(resampling(n, m) @ np.ones(n), np.ones(m))


def test_two_pixels_become_four_by_hand():
    expected = [[1, 0], [0.75, 0.25], [0.25, 0.75], [0, 1]]
    np.testing.assert_allclose(resampling(2, 4), expected)


def test_four_pixels_become_two_by_hand_and_none_is_skipped():
    expected = np.array([[3, 3, 1, 0], [0, 1, 3, 3]]) / 7
    np.testing.assert_allclose(resampling(4, 2), expected)


@pytest.mark.parametrize("place", [(0, 0), (18, 3), (5, 20)])
def test_a_square_fills_the_box_wherever_it_was(place):
    image = np.zeros((28, 28))
    image[place[0] : place[0] + 8, place[1] : place[1] + 8] = 1
    seen, crop, box = prepare(image)
    assert crop == (place[1], place[0], 8, 8) and box == (5, 5, 20, 20)
    expected = np.zeros((28, 28))
    expected[5:25, 5:25] = 1
    np.testing.assert_allclose(seen, expected)


def test_the_aspect_is_kept_and_the_centre_of_mass_is_in_the_middle():
    image = np.zeros((28, 28))
    image[2:12, 3:8] = 0.2
    image[10:12, 3:8] = 1  # heavy at its lower end
    seen, crop, box = prepare(image)
    assert crop == (3, 2, 5, 10) and box[2:] == (10, 20)
    assert np.abs(np.array(mass_centre(seen)) - 14).max() <= 0.5 + 1e-9
    assert seen.max() <= 1 and seen.min() >= 0


def test_a_digit_that_leans_far_to_one_side_stays_whole():
    image = np.zeros((28, 28))
    image[4:24, 4:24] = 1e-3
    image[4:24, 4] = 1
    seen = as_mnist(image)
    assert seen.sum() == pytest.approx(image.sum())


def test_a_large_picture_becomes_what_the_small_one_becomes():
    large = np.zeros((112, 140))
    large[20:60, 100:120] = 1  # 40 x 20
    small = np.zeros((28, 28))
    small[5:25, 10:20] = 1  # 20 x 10, in the middle
    np.testing.assert_allclose(as_mnist(large), small, atol=1e-9)


def test_empty_paper_and_wrong_shapes():
    assert as_mnist(np.zeros((28, 28))).sum() == 0
    with pytest.raises(ValueError, match=r"\(height, width\)\. Received: \(784,\)"):
        as_mnist(np.zeros(784))


def test_pictures_of_mnist_stay_as_they_are():
    images = mnist().x_test[:500]
    for image in images:
        np.testing.assert_allclose(as_mnist(image), image, atol=1e-9)


def test_the_bundled_digits_are_read_better_after_it():
    _, (x, y) = datasets.digits.load_data()
    model = load_model(_assets.path("digits_network.npz"))
    raw, made = x / 255, np.array([as_mnist(image / 255) for image in x])
    before, after = (
        (model.predict(images.reshape(-1, 784)).argmax(axis=1) == y).mean()
        for images in (raw, made)
    )
    assert after > 0.77 and after > before + 0.05
