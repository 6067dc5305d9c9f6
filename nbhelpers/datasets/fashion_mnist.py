"""Fashion-MNIST: 70,000 pieces of clothing in the form of MNIST.

Zalando SE; MIT licence.
"""

from nbhelpers.datasets import fetch
from nbhelpers.datasets.idx import Pairs

TITLE = "Fashion-MNIST clothing"
CLASS_NAMES = (
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
)
"""What the labels 0 to 9 stand for."""


def load_data() -> Pairs:
    """Load Fashion-MNIST, in the form that Keras gives it.

    The files come from ``NBHELPERS_DATA``, the cache folder or a download, in this order.

    Returns
    -------
    (x_train, y_train), (x_test, y_test)
        ``x_train`` (60000, 28, 28) and ``x_test`` (10000, 28, 28): uint8, 0 (background) to 255;
        ``y_train`` (60000,) and ``y_test`` (10000,): uint8, 0..9, see `CLASS_NAMES`.

    Raises
    ------
    DownloadError
        If the files are not on this computer and cannot be downloaded.
    ValueError
        If a file in ``NBHELPERS_DATA`` is not the original one.

    Source
    ------
    Xiao, Rasul, Vollgraf (2017): Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine
    Learning Algorithms, arXiv:1708.07747.
    """
    return fetch.load_arrays("fashion_mnist")
