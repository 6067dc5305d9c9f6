"""The network that lesson 05 reads digits with."""

import pytest

from nbhelpers import _assets, datasets
from nbhelpers.models import load_model


def test_it_reads_mnist():
    try:
        data = datasets.load("mnist")
    except datasets.DownloadError:
        pytest.skip("MNIST is not here and could not be downloaded")
    model = load_model(_assets.path("digits_network.npz"))
    assert [layer.units for layer in model.layers] == [50, 100, 10]
    assert [layer.activation.name for layer in model.layers] == ["sigmoid", "sigmoid", "softmax"]
    model.compile(loss="sparse_categorical_crossentropy", metrics="accuracy")
    assert model.evaluate(data.x_test.reshape(-1, 784) / 255, data.y_test)[1] >= 0.97
