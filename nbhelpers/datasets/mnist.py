"""MNIST: 70,000 handwritten digits, 28 x 28 pixels each.

Yann LeCun, Corinna Cortes, Christopher J. C. Burges; CC BY-SA 3.0.
"""

import numpy as np

from nbhelpers.datasets import fetch, idx
from nbhelpers.datasets.sources import TEST_IMAGES, TEST_LABELS, TRAIN_IMAGES, TRAIN_LABELS

TITLE = "MNIST handwritten digits"
CLASS_NAMES = tuple("0123456789")


def load_data() -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """Load MNIST, in the form that Keras gives it.

    The files come from ``NBHELPERS_DATA``, the cache folder or a download, in this order.

    Returns
    -------
    (x_train, y_train), (x_test, y_test)
        ``x_train`` (60000, 28, 28) and ``x_test`` (10000, 28, 28): uint8, 0 (background) to 255;
        ``y_train`` (60000,) and ``y_test`` (10000,): uint8, 0..9.

    Raises
    ------
    DownloadError
        If the files are not on this computer and cannot be downloaded.
    ValueError
        If a file in ``NBHELPERS_DATA`` is not the original one.

    Source
    ------
    LeCun, Bottou, Bengio, Haffner (1998): Gradient-based learning applied to document recognition.
    """
    files = fetch.fetch("mnist")
    return (
        idx.read_labelled(files[TRAIN_IMAGES], files[TRAIN_LABELS]),
        idx.read_labelled(files[TEST_IMAGES], files[TEST_LABELS]),
    )
