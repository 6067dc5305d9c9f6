import zipfile

import numpy as np
import pytest

from nbhelpers import _assets, datasets
from nbhelpers.datasets import digits


@pytest.fixture(scope="module")
def stored():
    with np.load(_assets.path("digits.npz"), allow_pickle=False) as file:
        return file["images"], file["labels"]


def test_the_file_is_small_and_holds_two_plain_arrays(stored):
    path = _assets.path("digits.npz")
    assert path.stat().st_size < 50_000
    assert sorted(zipfile.ZipFile(path).namelist()) == ["images.npy", "labels.npy"]
    images, labels = stored
    assert (images.shape, images.dtype) == ((1797, 8, 8), np.uint8)
    assert (labels.shape, labels.dtype) == ((1797,), np.uint8)


def test_they_are_the_digits_of_uci(stored):
    # Literals from sklearn.datasets.load_digits(): .target bincount, .data.sum(), .images[0].
    images, labels = stored
    assert np.bincount(labels).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert images.sum() == 561718
    assert (images.min(), images.max()) == (0, 16)
    assert images[0, 0].tolist() == [0, 0, 5, 13, 9, 1, 0, 0]
    assert labels[:10].tolist() == list(range(10))


def test_they_have_the_form_of_mnist():
    for x, y, count in zip(*zip(*digits.load_data(), strict=True), (1437, 360), strict=True):
        assert (x.shape, x.dtype) == ((count, 28, 28), np.uint8)
        assert (y.shape, y.dtype) == ((count,), np.uint8)
        assert (x.min(), x.max()) == (0, 255)
        assert 20 < x.mean() < 60
        border = np.ones((28, 28), dtype=bool)
        border[3:25, 3:25] = False
        assert not x[:, border].any()


def test_the_split_is_fixed_and_fair():
    (x_train, _), (x_test, y_test) = digits.load_data()
    assert np.bincount(y_test).tolist() == [36, 36, 36, 36, 37, 36, 36, 36, 35, 36]
    assert y_test[:12].tolist() == [0, 2, 4, 7, 1, 6, 8, 9, 5, 3, 0, 2]
    # Sums written down once: another split or another picture changes them.
    assert (int(x_train.sum()), int(x_test.sum())) == (44814923, 11136490)


def test_every_image_is_in_exactly_one_part(stored):
    images, labels = stored
    parts = digits.load_data()
    rows = sorted((int(y), x.tobytes()) for xs, ys in parts for x, y in zip(xs, ys, strict=True))
    whole = zip(digits.enlarge(images), labels, strict=True)
    assert rows == sorted((int(y), x.tobytes()) for x, y in whole)


def test_enlarging_is_bilinear(stored):
    image = stored[0][17]
    # Pixel i of 20 lies at (i + 0.5) / 2.5 - 0.5 of 8; beyond the edge all is zero.
    places = (np.arange(28) - 4 + 0.5) / 2.5 - 0.5
    grid = np.arange(-3, 11)
    padded = np.pad(image.astype(float), 3)
    rows = np.array([np.interp(places, grid, row) for row in padded])
    expected = np.array([np.interp(places, grid, column) for column in rows.T]).T
    assert np.abs(digits.enlarge(image[None])[0] - expected * 255 / 16).max() <= 0.5 + 1e-9


def test_enlarging_changes_nothing_it_is_given(stored):
    images = stored[0][:5].copy()
    digits.enlarge(images)
    assert np.array_equal(images, stored[0][:5])


def test_labels_and_images_belong_together():
    # The nearest mean image alone reads nine digits in ten.
    (x_train, y_train), (x_test, y_test) = digits.load_data()
    means = np.array([x_train[y_train == k].mean(axis=0).ravel() for k in range(10)])
    apart = ((x_test.reshape(-1, 1, 784) - means) ** 2).sum(axis=2)
    assert (apart.argmin(axis=1) == y_test).mean() > 0.88


def test_load_wraps_the_same_arrays():
    data = datasets.load("digits")
    (x_train, y_train), (x_test, y_test) = digits.load_data()
    assert np.array_equal(data.x_train, x_train)
    assert np.array_equal(data.y_train, y_train)
    assert np.array_equal(data.x_test, x_test)
    assert np.array_equal(data.y_test, y_test)


def test_an_unknown_asset_is_an_error_that_names_the_places():
    with pytest.raises(FileNotFoundError, match=r"Received: 'nothing\.npz'; looked for .* and "):
        _assets.path("nothing.npz")


def test_nothing_is_unpickled(tmp_path, monkeypatch):
    path = tmp_path / "digits.npz"
    np.savez(path, images=np.array([{}], dtype=object), labels=np.zeros(1, np.uint8))
    monkeypatch.setattr(_assets, "path", lambda _: path)
    with pytest.raises(ValueError, match="allow_pickle"):
        digits.load_data()
