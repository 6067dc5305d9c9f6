"""The real MNIST and Fashion-MNIST, where NBHELPERS_DATA leads to them."""

import gzip
import struct

import numpy as np
import pytest

from nbhelpers import datasets
from nbhelpers.datasets import fetch, sources


def need(name):
    """Skip unless all four files lie in NBHELPERS_DATA: this test never downloads."""
    source, folder = sources.SOURCES[name], fetch.data_folder()
    if folder is None:
        pytest.skip("NBHELPERS_DATA is not set")
    missing = [file for file in source.files if not (folder / source.folder / file).is_file()]
    if missing:
        pytest.skip(f"NBHELPERS_DATA holds no {source.folder}/{missing[0]}")


@pytest.mark.parametrize("name", sources.SOURCES)
def test_the_originals_have_the_sizes_and_the_shapes_that_are_told_of_them(name):
    need(name)
    source, folder = sources.SOURCES[name], fetch.data_folder()
    for file, original in source.files.items():
        packed = (folder / source.folder / file).read_bytes()
        raw = gzip.decompress(packed)
        assert (original.size, original.content_size) == (len(packed), len(raw)), file
        assert original.shape == struct.unpack(f">{raw[3]}I", raw[4 : 4 + 4 * raw[3]]), file


def check_form(x_train, y_train, x_test, y_test):
    assert (x_train.shape, y_train.shape) == ((60000, 28, 28), (60000,))
    assert (x_test.shape, y_test.shape) == ((10000, 28, 28), (10000,))
    for array in (x_train, y_train, x_test, y_test):
        assert array.dtype == np.uint8
        assert array.flags.writeable
    assert (x_train.min(), x_train.max()) == (0, 255)


def check_published_mean_and_deviation(x_train, mean, deviation):
    assert x_train.mean() / 255 == pytest.approx(mean, abs=5e-5)
    assert x_train.std() / 255 == pytest.approx(deviation, abs=5e-5)


def test_mnist():
    need("mnist")
    (x_train, y_train), (x_test, y_test) = datasets.mnist.load_data()
    check_form(x_train, y_train, x_test, y_test)
    assert y_train[:10].tolist() == [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]
    assert y_test[:10].tolist() == [7, 2, 1, 0, 4, 1, 4, 9, 5, 9]
    counts = [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]
    assert np.bincount(y_train).tolist() == counts
    # Sums of `zcat FILE | tail -c +17`, byte by byte; mean and deviation as everybody quotes them.
    assert (x_train.sum(), x_test.sum()) == (1567298545, 264923200)
    check_published_mean_and_deviation(x_train, 0.1307, 0.3081)


def test_fashion_mnist():
    need("fashion_mnist")
    (x_train, y_train), (x_test, y_test) = datasets.fashion_mnist.load_data()
    check_form(x_train, y_train, x_test, y_test)
    assert y_train[:10].tolist() == [9, 0, 0, 3, 0, 2, 7, 2, 5, 5]
    assert y_test[:10].tolist() == [9, 2, 1, 1, 6, 1, 4, 6, 5, 7]
    assert np.bincount(y_train).tolist() == [6000] * 10
    assert np.bincount(y_test).tolist() == [1000] * 10
    assert (x_train.sum(), x_test.sum()) == (3431114169, 573469082)
    check_published_mean_and_deviation(x_train, 0.2860, 0.3530)
    assert datasets.fashion_mnist.CLASS_NAMES[9] == "Ankle boot"


def test_load_prefers_the_real_thing(capfd):
    need("mnist")
    data = datasets.load("mnist", fallback="digits")
    assert (data.name, len(data.x_train), data.is_fallback) == ("mnist", 60000, False)
    assert capfd.readouterr().out == ""
    assert data.note == "Using MNIST handwritten digits: 60,000 training and 10,000 test images."


def test_load_mnist_with_its_default_flags():
    need("mnist")
    (x_train, t_train), (x_test, t_test) = datasets.load_mnist(one_hot_label=True)
    assert (x_train.shape, x_test.shape) == ((60000, 784), (10000, 784))
    assert (t_train.shape, t_test.shape) == ((60000, 10), (10000, 10))
    assert x_train.dtype == t_train.dtype == np.float32
    assert (x_train.min(), x_train.max()) == (0, 1)
