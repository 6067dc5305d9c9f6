"""Data sets: MNIST, Fashion-MNIST and the small digits that are bundled.

``mnist.load_data()`` and ``fashion_mnist.load_data()`` are Keras's; `load_mnist` is the loader of
the book *Deep Learning from Scratch*; `load` gives a data set that knows its name, and is what
the lessons use, since it can fall back on the bundled digits where there is no network.
`read_digit` brings one's own handwriting into the same form.
"""

import sys
from dataclasses import dataclass, field, replace

import numpy as np

from nbhelpers import _out
from nbhelpers._types import Array
from nbhelpers.datasets import digits, fashion_mnist, mnist
from nbhelpers.datasets.fetch import DownloadError
from nbhelpers.datasets.handwriting import Reading, read_digit, trace_digit
from nbhelpers.datasets.sources import SOURCES

__all__ = [
    "Dataset",
    "DownloadError",
    "Reading",
    "digits",
    "fashion_mnist",
    "load",
    "load_mnist",
    "mnist",
    "read_digit",
    "trace_digit",
]

_MODULES = {"mnist": mnist, "fashion_mnist": fashion_mnist, "digits": digits}


@dataclass(frozen=True, eq=False)
class Dataset:
    """Images with their labels, split into training and test, and what to call them.

    Parameters
    ----------
    name : str
        ``"mnist"``, ``"fashion_mnist"`` or ``"digits"``: the data set that is really in here.
    title : str
        Name for humans.
    x_train, x_test : numpy.ndarray
        Images, (n, 28, 28), uint8, 0 (background) to 255.
    y_train, y_test : numpy.ndarray
        Labels, (n,), uint8, 0..9.
    class_names : tuple of str
        What each label stands for.
    note : str
        One line that says which data set is used, and whether it stands in for another.
    is_fallback : bool
        True if it stands in for a data set that could not be had.
    """

    name: str
    title: str
    x_train: Array = field(repr=False)
    y_train: Array = field(repr=False)
    x_test: Array = field(repr=False)
    y_test: Array = field(repr=False)
    class_names: tuple[str, ...] = field(repr=False)
    note: str
    is_fallback: bool = False


def load(name: str, fallback: str | None = None) -> Dataset:
    """Load a data set by name.

    Parameters
    ----------
    name : {"mnist", "fashion_mnist", "digits"}
        Which one.
    fallback : {None, "digits"}
        With ``"digits"``, the bundled digits are used if the data set is not on this computer and
        cannot be downloaded, for whatever reason; one line on screen says so.

    Returns
    -------
    Dataset
        Its ``name`` is that of the data set that is used: ``"digits"`` after falling back.

    Raises
    ------
    DownloadError
        If the data set cannot be had, and there is no fallback.
    ValueError
        If `name` or `fallback` is unknown, or a file in ``NBHELPERS_DATA`` is not the original one:
        a damaged file is never covered up by the fallback.

    Examples
    --------
    >>> data = load("digits")
    >>> data.title, data.x_train.shape, data.class_names[3]
    ('UCI handwritten digits', (1437, 28, 28), '3')
    >>> data.note
    'Using UCI handwritten digits: 1,437 training and 360 test images.'
    """
    if not isinstance(name, str) or name not in _MODULES:
        raise ValueError(f"name must be one of {', '.join(_MODULES)}. Received: {name!r:.80}.")
    if fallback is not None and not (isinstance(fallback, str) and fallback == "digits"):
        raise ValueError(f"fallback must be None or 'digits'. Received: {fallback!r:.80}.")
    try:
        return _load(name)
    except DownloadError:
        if fallback is None:
            raise
        return _fall_back(SOURCES[name].label)


def load_mnist(
    normalize: bool = True,
    flatten: bool = True,
    one_hot_label: bool = False,
    *,
    fallback: str | None = None,
) -> tuple[tuple[Array, Array], tuple[Array, Array]]:
    """Load MNIST in the form that *Deep Learning from Scratch* uses.

    Parameters
    ----------
    normalize : bool
        True: pixels are float32, 0.0..1.0. False: uint8, 0..255.
    flatten : bool
        True: an image is a row of 784 numbers. False: it is (1, 28, 28), one channel first.
    one_hot_label : bool
        True: a label is a row of ten float32, 1.0 in its own place and 0.0 elsewhere.
        False: a uint8, 0..9.
    fallback : {None, "digits"}
        As in `load`. Not in the book.

    Returns
    -------
    (x_train, t_train), (x_test, t_test)
        For MNIST 60,000 and 10,000 images: ``x`` (n, 784) or (n, 1, 28, 28);
        ``t`` (n,) or (n, 10).

    Raises
    ------
    DownloadError
        If MNIST cannot be had, and there is no fallback.
    ValueError
        If an argument is none of these, or a file in ``NBHELPERS_DATA`` is not the original one.

    Source
    ------
    Saito (2016), Deep Learning from Scratch, chapter 3.6.
    """
    flags = {"normalize": normalize, "flatten": flatten, "one_hot_label": one_hot_label}
    for name, value in flags.items():
        if not isinstance(value, bool | np.bool_):
            raise ValueError(f"{name} must be True or False. Received: {value!r:.80}.")
    data = load("mnist", fallback)
    shape = (-1, 784) if flatten else (-1, 1, 28, 28)

    def images(x: Array) -> Array:
        return _normalize(x.reshape(shape)) if normalize else x.reshape(shape)

    def labels(y: Array) -> Array:
        return np.eye(10, dtype=np.float32)[y] if one_hot_label else y

    return (images(data.x_train), labels(data.y_train)), (images(data.x_test), labels(data.y_test))


def _load(name: str) -> Dataset:
    """Load a data set of a known name."""
    module = _MODULES[name]
    (x_train, y_train), (x_test, y_test) = module.load_data()
    counts = f"{len(x_train):,} training and {len(x_test):,} test images"
    note = f"Using {module.TITLE}: {counts}."
    return Dataset(name, module.TITLE, x_train, y_train, x_test, y_test, module.CLASS_NAMES, note)


def _fall_back(label: str) -> Dataset:
    """Load the bundled digits in place of another data set, and say so on screen."""
    data = _load("digits")
    count = len(data.x_train) + len(data.x_test)
    note = (
        f"{label} was not found and could not be downloaded; "
        f"using the {count:,} bundled digits instead."
    )
    sys.stdout.write(note + "\n")
    return replace(data, note=note, is_fallback=True)


def _normalize(pixels: Array) -> Array:
    """Bring 0..255 to 0.0..1.0 as float32."""
    scaled = pixels.astype(np.float32)
    scaled /= 255
    return scaled


__getattr__ = _out.missing(__name__)
