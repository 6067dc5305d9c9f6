"""MNIST: 70,000 handwritten digits, 28 x 28 pixels each.

Yann LeCun, Corinna Cortes, Christopher J. C. Burges; CC BY-SA 3.0.
"""

from nbhelpers.datasets import fetch
from nbhelpers.datasets.idx import Pairs

TITLE = "MNIST handwritten digits"
CLASS_NAMES = tuple("0123456789")


def load_data(path: str = "mnist.npz") -> Pairs:
    """Load MNIST, in the form that Keras gives it.

    The files come from ``NBHELPERS_DATA``, the cache folder or a download, in this order.

    Parameters
    ----------
    path : {"mnist.npz"}
        Where Keras keeps the data; here it is kept as said above, so nothing else can be given.

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
        If `path` is given, or a file in ``NBHELPERS_DATA`` is not the original one.

    Source
    ------
    LeCun, Bottou, Bengio, Haffner (1998): Gradient-based learning applied to document recognition.
    """
    if path != "mnist.npz":
        raise ValueError(
            f"path must be left out or 'mnist.npz'. Received: {path!r:.80}. "
            f"Put files of your own into the folder that {fetch.VARIABLE} names."
        )
    return fetch.load_arrays("mnist")
