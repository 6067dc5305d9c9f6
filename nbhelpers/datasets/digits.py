"""The bundled digits: 1,797 small handwritten digits that need no network.

Optical Recognition of Handwritten Digits, E. Alpaydin and C. Kaynak, 1998, UCI Machine Learning
Repository, https://doi.org/10.24432/C50P49, CC BY 4.0. They are stored at their own 8 x 8
(``assets/make_digits.py`` wrote the file) and shown as 28 x 28, in the form of MNIST.
"""

import numpy as np
import numpy.typing as npt

from nbhelpers import _assets
from nbhelpers._types import Array
from nbhelpers.datasets.idx import Pairs

TITLE = "UCI handwritten digits"
CLASS_NAMES = tuple("0123456789")


def load_data() -> Pairs:
    """Load the bundled digits, in the form of MNIST.

    The split is fixed: sorted by label, every fifth image is a test image, so both parts hold
    the ten digits in equal shares. The same people wrote the images of both parts.

    Returns
    -------
    (x_train, y_train), (x_test, y_test)
        ``x_train`` (1437, 28, 28) and ``x_test`` (360, 28, 28): uint8, 0 (background) to 255;
        ``y_train`` (1437,) and ``y_test`` (360,): uint8, 0..9. In the original order.

    Examples
    --------
    >>> (x_train, y_train), (x_test, y_test) = load_data()
    >>> x_train.shape, x_test.shape, x_train.dtype
    ((1437, 28, 28), (360, 28, 28), dtype('uint8'))
    >>> y_train[:10]
    array([1, 3, 5, 6, 7, 8, 9, 0, 1, 2], dtype=uint8)
    """
    with np.load(_assets.path("digits.npz"), allow_pickle=False) as file:
        x, y = enlarge(file["images"]), file["labels"]
    test = np.zeros(len(y), dtype=bool)
    test[np.argsort(y, kind="stable")[::5]] = True
    return (x[~test], y[~test]), (x[test], y[test])


def enlarge(images: npt.ArrayLike) -> Array:
    """Draw 8 x 8 digits as MNIST would: 20 x 20 pixels in the middle of 28 x 28.

    Bilinear interpolation: pixel ``i`` looks at the place ``s = 0.4 * i - 1.9`` of the small
    image, and small pixel ``j`` counts there with the weight ``max(0, 1 - abs(s - j))``. Outside
    the small image all is background. In tenths every weight is a whole number, so that
    the result is the same on every computer.

    Parameters
    ----------
    images : array_like
        (n, 8, 8), whole numbers, 0 (background) to 16.

    Returns
    -------
    numpy.ndarray
        (n, 28, 28), uint8, 0 (background) to 255.

    Raises
    ------
    ValueError
        If the shape or an entry is another one.

    Examples
    --------
    >>> big = enlarge(np.full((1, 8, 8), 16, dtype=np.uint8))
    >>> big.shape, int(big.max()), int(big[0, 14, 2])
    ((1, 28, 28), 255, 0)
    """
    small = np.asarray(images)
    if small.ndim != 3 or small.shape[1:] != (8, 8) or small.dtype.kind not in "ui":
        raise ValueError(
            "images must be whole numbers of shape (n, 8, 8). "
            f"Received: {small.dtype} of shape {small.shape}."
        )
    if small.min(initial=0) < 0 or small.max(initial=0) > 16:
        raise ValueError(f"images must be 0..16. Received: {small.min()}..{small.max()}.")
    tenths = 4 * np.arange(28)[:, None] - 19 - 10 * np.arange(8)
    weights = np.maximum(0, 10 - np.abs(tenths))
    full = 10 * 10 * 16
    drawn: Array = weights @ small.astype(int) @ weights.T
    grey: Array = ((drawn * 255 + full // 2) // full).astype(np.uint8)
    return grey
