"""Make digits.npz, the small set of handwritten digits that ships with the project.

It needs scikit-learn, which the project itself does not::

    pip install scikit-learn
    python assets/make_digits.py

The same bytes come out each time (for the same version of zlib).

Source and licence
------------------
Optical Recognition of Handwritten Digits, E. Alpaydin and C. Kaynak, 1998, UCI Machine Learning
Repository, https://doi.org/10.24432/C50P49, licensed under CC BY 4.0
(https://creativecommons.org/licenses/by/4.0/).

What is stored is the test part of that set, as ``sklearn.datasets.load_digits`` gives it: 1,797
images in the original order. The only change: the numbers are kept as uint8.

images : (1797, 8, 8), uint8, 0 (background) to 16
labels : (1797,), uint8, 0..9
"""

from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

TARGET = Path(__file__).resolve().parent / "digits.npz"


def main() -> None:
    """Write digits.npz beside this script."""
    digits = load_digits()
    images = digits.images.astype(np.uint8)
    if not np.array_equal(images, digits.images):
        raise ValueError("images must be whole numbers 0..255. Received: something else.")
    np.savez_compressed(TARGET, images=images, labels=digits.target.astype(np.uint8))
    print(f"{TARGET.name}: {len(images)} images, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
