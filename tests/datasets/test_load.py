"""Whole data sets, from files to arrays, and what happens without them."""

import dataclasses
import subprocess
import sys

import numpy as np
import pytest

from nbhelpers import datasets
from nbhelpers.datasets import sources

LINE = "MNIST was not found and could not be downloaded; using the 1,797 bundled digits instead."


@pytest.fixture
def tiny_mnist(make_source, tiny_files, put, tmp_path, monkeypatch, closed_url):
    """MNIST in NBHELPERS_DATA, with 30 images, and no network."""
    monkeypatch.setitem(sources.SOURCES, "mnist", make_source(closed_url))
    put(tmp_path / "data" / "mnist", tiny_files)
    monkeypatch.setenv("NBHELPERS_DATA", str(tmp_path / "data"))
    return tmp_path / "data" / "mnist"


@pytest.fixture
def offline(monkeypatch, closed_url):
    """No files on this computer and no network."""
    monkeypatch.delenv("NBHELPERS_DATA", raising=False)
    for name, source in sources.SOURCES.items():
        moved = dataclasses.replace(source, mirrors=(f"{closed_url}/",))
        monkeypatch.setitem(sources.SOURCES, name, moved)


def test_load_data_has_the_form_of_keras(tiny_mnist):
    (x_train, y_train), (x_test, y_test) = datasets.mnist.load_data()
    assert (x_train.shape, y_train.shape) == ((20, 28, 28), (20,))
    assert (x_test.shape, y_test.shape) == ((10, 28, 28), (10,))
    assert {array.dtype.name for array in (x_train, y_train, x_test, y_test)} == {"uint8"}
    assert y_train.tolist() == [*range(10)] * 2
    assert y_test.tolist() == [*range(10)][::-1]


def test_load_data_downloads_what_is_missing(server, make_source, tiny_files, monkeypatch, cache):
    monkeypatch.delenv("NBHELPERS_DATA", raising=False)
    monkeypatch.setitem(sources.SOURCES, "mnist", make_source(server.url))
    server.answers |= {f"/{name}": data for name, data in tiny_files.items()}
    (x_train, _), _ = datasets.mnist.load_data()
    assert len(x_train) == 20
    assert sorted(server.hits) == sorted(f"/{name}" for name in tiny_files)
    assert len(list((cache / "mnist").iterdir())) == 4


def test_load_names_the_data_set_and_shows_nothing(tiny_mnist, capfd):
    data = datasets.load("mnist", fallback="digits")
    assert (data.name, data.title) == ("mnist", "MNIST handwritten digits")
    assert data.note == "Using MNIST handwritten digits: 20 training and 10 test images."
    assert not data.is_fallback
    assert data.class_names == tuple("0123456789")
    assert capfd.readouterr() == ("", "")


def test_a_data_set_is_frozen_and_its_text_short():
    data = datasets.load("digits")
    with pytest.raises(dataclasses.FrozenInstanceError):
        data.name = "mnist"
    assert len(repr(data)) < 250
    assert "array" not in repr(data) and "class_names" not in repr(data)


def test_falling_back_says_so_in_one_line(offline, capfd):
    data = datasets.load("mnist", fallback="digits")
    assert capfd.readouterr() == (LINE + "\n", "")
    assert data.note == LINE
    assert (data.name, data.title) == ("digits", "UCI handwritten digits")
    assert data.is_fallback
    assert data.x_train.shape == (1437, 28, 28)


def test_falling_back_names_the_data_set_that_is_missing(offline, capfd):
    assert datasets.load("fashion_mnist", fallback="digits").name == "digits"
    assert capfd.readouterr().out.startswith("Fashion-MNIST was not found")


def test_without_a_fallback_the_error_says_what_to_do(offline):
    for name in ("mnist", "fashion_mnist"):
        with pytest.raises(datasets.DownloadError, match="To put the files in place by hand"):
            datasets.load(name)
    with pytest.raises(datasets.DownloadError):
        datasets.load_mnist()


def test_a_damaged_file_of_the_user_is_never_covered_up(tiny_mnist, capfd):
    path = tiny_mnist / sources.TRAIN_IMAGES
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(ValueError, match=f"{sources.TRAIN_IMAGES}: expected the original file"):
        datasets.load("mnist", fallback="digits")
    assert capfd.readouterr().out == ""


def test_unknown_names_list_the_choices():
    with pytest.raises(ValueError, match=r"mnist, fashion_mnist, digits. Received: 'cifar10'"):
        datasets.load("cifar10")
    with pytest.raises(ValueError, match=r"fallback must be None or 'digits'. Received: 'mnist'"):
        datasets.load("digits", fallback="mnist")


def test_load_mnist_as_the_book_calls_it(tiny_mnist):
    (x_train, t_train), (x_test, t_test) = datasets.load_mnist(flatten=True, normalize=False)
    (raw, labels), (raw_test, labels_test) = datasets.mnist.load_data()
    assert (x_train.shape, x_test.shape) == ((20, 784), (10, 784))
    assert x_train.dtype == t_train.dtype == np.uint8
    assert np.array_equal(x_train, raw.reshape(20, 784))
    assert np.array_equal(x_test, raw_test.reshape(10, 784))
    assert np.array_equal(t_train, labels)
    assert np.array_equal(t_test, labels_test)


def test_load_mnist_normalizes_to_float32(tiny_mnist):
    (x, _), _ = datasets.load_mnist()
    (raw, _), _ = datasets.mnist.load_data()
    assert (x.dtype, x.shape) == (np.float32, (20, 784))
    assert (x.min(), x.max()) == (0, 1)
    assert np.array_equal(np.rint(x * 255).reshape(raw.shape), raw)


def test_load_mnist_keeps_the_image_with_its_channel(tiny_mnist):
    (x, _), (x_test, _) = datasets.load_mnist(normalize=False, flatten=False)
    (raw, _), _ = datasets.mnist.load_data()
    assert (x.shape, x_test.shape) == ((20, 1, 28, 28), (10, 1, 28, 28))
    assert np.array_equal(x[:, 0], raw)


def test_load_mnist_one_hot(tiny_mnist):
    (_, t), (_, t_test) = datasets.load_mnist(one_hot_label=True)
    assert (t.dtype, t.shape, t_test.shape) == (np.float32, (20, 10), (10, 10))
    assert t[3].tolist() == [0, 0, 0, 1, 0, 0, 0, 0, 0, 0]
    assert np.array_equal(t_test.argmax(axis=1), np.arange(10)[::-1])
    assert np.array_equal(t.sum(axis=1), np.ones(20))


def test_load_mnist_can_fall_back(offline, capfd):
    (x, t), _ = datasets.load_mnist(fallback="digits")
    assert (x.shape, t.shape) == ((1437, 784), (1437,))
    assert capfd.readouterr().out == LINE + "\n"


def test_the_parts_are_there_after_importing_only_the_package():
    code = (
        "import nbhelpers as n; d = n.datasets; "
        "d.mnist.load_data, d.fashion_mnist.load_data, d.load_mnist; "
        "(x, y), _ = d.digits.load_data(); assert len(x) == 1437"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (0, "")
