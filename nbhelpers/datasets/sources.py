"""The data sets that can be downloaded: their files, how to know them, and where they are."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

TRAIN_IMAGES = "train-images-idx3-ubyte.gz"
TRAIN_LABELS = "train-labels-idx1-ubyte.gz"
TEST_IMAGES = "t10k-images-idx3-ubyte.gz"
TEST_LABELS = "t10k-labels-idx1-ubyte.gz"


MEMBERS = {
    TRAIN_IMAGES: "x_train",
    TRAIN_LABELS: "y_train",
    TEST_IMAGES: "x_test",
    TEST_LABELS: "y_test",
}
"""What Keras calls the array of each file, in its one file for all four."""


class Original(NamedTuple):
    """What is known of an original file.

    Parameters
    ----------
    size : int
        Bytes of the packed file, as it is published: a download is never longer.
    sha256 : str
        SHA-256, in hexadecimal, of what is packed in it: an IDX file. The same bytes can be packed
        in many ways, and are welcome in any.
    shape : tuple of int
        Shape of the array in the IDX file.
    """

    size: int
    sha256: str
    shape: tuple[int, ...]

    @property
    def content_size(self) -> int:
        """Bytes of the IDX file: a header, then one byte for each entry."""
        return 4 + 4 * len(self.shape) + math.prod(self.shape)


@dataclass(frozen=True)
class Source:
    """A data set as it is published: its files and where they can be had.

    Parameters
    ----------
    label : str
        Name for humans.
    folder : str
        Name of the folder that the package makes for the files.
    folders : tuple of str
        Names that others give to such a folder; the first that holds the files is taken.
    archives : tuple of str
        Names of the file that holds all four arrays, as Keras has it.
    mirrors : tuple of str
        Addresses that end in a slash; a file name is put behind them. Tried in this order.
    files : mapping of str to Original
        File name to what is known of the original file.
    """

    label: str
    folder: str
    folders: tuple[str, ...]
    archives: tuple[str, ...]
    mirrors: tuple[str, ...]
    files: Mapping[str, Original]


SOURCES = {
    "mnist": Source(
        label="MNIST",
        folder="mnist",
        folders=("mnist", "MNIST", "MNIST_data"),
        archives=("mnist.npz",),
        mirrors=(
            "https://ossci-datasets.s3.amazonaws.com/mnist/",
            "https://storage.googleapis.com/cvdf-datasets/mnist/",
        ),
        files={
            TRAIN_IMAGES: Original(
                9_912_422,
                "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
                (60_000, 28, 28),
            ),
            TRAIN_LABELS: Original(
                28_881,
                "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
                (60_000,),
            ),
            TEST_IMAGES: Original(
                1_648_877,
                "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
                (10_000, 28, 28),
            ),
            TEST_LABELS: Original(
                4_542, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2", (10_000,)
            ),
        },
    ),
    "fashion_mnist": Source(
        label="Fashion-MNIST",
        folder="fashion-mnist",
        # The last one is the folder inside a clone of the publisher's own repository.
        folders=(
            *("fashion-mnist", "fashion_mnist", "FashionMNIST", "fashion"),
            *("fashion-mnist/data/fashion", "data/fashion"),
        ),
        archives=("fashion_mnist.npz", "fashion-mnist.npz"),
        mirrors=(
            "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
            "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
        ),
        files={
            TRAIN_IMAGES: Original(
                26_421_880,
                "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
                (60_000, 28, 28),
            ),
            TRAIN_LABELS: Original(
                29_515,
                "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
                (60_000,),
            ),
            TEST_IMAGES: Original(
                4_422_102,
                "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
                (10_000, 28, 28),
            ),
            TEST_LABELS: Original(
                5_148, "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34", (10_000,)
            ),
        },
    ),
}
"""The data sets that can be fetched, by name."""


def find(name: str) -> Source:
    """Return a data set that can be fetched.

    Parameters
    ----------
    name : str
        A key of `SOURCES`.

    Raises
    ------
    ValueError
        If there is none of that name.

    Examples
    --------
    >>> find("mnist").label
    'MNIST'
    """
    # A list or an array cannot be looked up in a dict: no such thing is a name.
    if not isinstance(name, str) or name not in SOURCES:
        raise ValueError(f"name must be one of {', '.join(SOURCES)}. Received: {name!r:.80}.")
    return SOURCES[name]
