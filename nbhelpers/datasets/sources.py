"""The data sets that can be downloaded: their files, how to know them, and where they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

TRAIN_IMAGES = "train-images-idx3-ubyte.gz"
TRAIN_LABELS = "train-labels-idx1-ubyte.gz"
TEST_IMAGES = "t10k-images-idx3-ubyte.gz"
TEST_LABELS = "t10k-labels-idx1-ubyte.gz"


class Original(NamedTuple):
    """What is known of an original file: its size in bytes and its SHA-256 in hexadecimal."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Source:
    """A data set as it is published: its files and where they can be had.

    Parameters
    ----------
    label : str
        Name for humans.
    folder : str
        Name of the folder that holds the files.
    mirrors : tuple of str
        Addresses that end in a slash; a file name is put behind them. Tried in this order.
    files : mapping of str to Original
        File name to what is known of the original file.
    """

    label: str
    folder: str
    mirrors: tuple[str, ...]
    files: Mapping[str, Original]


SOURCES = {
    "mnist": Source(
        label="MNIST",
        folder="mnist",
        mirrors=(
            "https://ossci-datasets.s3.amazonaws.com/mnist/",
            "https://storage.googleapis.com/cvdf-datasets/mnist/",
        ),
        files={
            TRAIN_IMAGES: Original(
                9_912_422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"
            ),
            TRAIN_LABELS: Original(
                28_881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"
            ),
            TEST_IMAGES: Original(
                1_648_877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"
            ),
            TEST_LABELS: Original(
                4_542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"
            ),
        },
    ),
    "fashion_mnist": Source(
        label="Fashion-MNIST",
        folder="fashion-mnist",
        mirrors=(
            "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
            "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
        ),
        files={
            TRAIN_IMAGES: Original(
                26_421_880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"
            ),
            TRAIN_LABELS: Original(
                29_515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"
            ),
            TEST_IMAGES: Original(
                4_422_102, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"
            ),
            TEST_LABELS: Original(
                5_148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"
            ),
        },
    ),
}
"""The data sets that can be fetched, by name."""
