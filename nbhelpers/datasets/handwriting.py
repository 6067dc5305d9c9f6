"""Read one's own handwriting: from a photo, a scan or a drawing to a picture like MNIST's.

Four steps: the light is evened out, the ink is found, what belongs to the digit is kept and given
the pen of MNIST, and `ink.prepare` crops, scales and centres it.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from nbhelpers.datasets.blobs import Blob, Mask, find_blobs
from nbhelpers.datasets.ink import Place, prepare
from nbhelpers.datasets.picture import Colours, open_picture

Floats = npt.NDArray[np.floating[Any]]

_WINDOW = 0.25  # of the longer side: wider than any line, narrower than most changes of light
_FAINTEST = 0.1  # of the light of the paper that ink must take away at least
_GRAIN = 6.0  # times the grain of the picture by which ink must differ from paper
_SMALLEST = 0.04  # of the longer side: the least height of a digit
_FINE = 160  # pixels of the longer side of a digit whose pen is measured: eight times MNIST's
_PEN = 0.115  # width of the line in parts of the digit's longer side, in MNIST 0.08..0.18
_THICKEST = 0.16


@dataclass(frozen=True, eq=False)
class Reading:
    """A digit that was found in a picture, and the steps that led to it.

    Parameters
    ----------
    picture : numpy.ndarray
        (height, width, 3), uint8: the picture, made smaller or larger.
    contrast : numpy.ndarray
        (height, width), float32, 0 (paper) to 1 (ink): the light evened out.
    mask : numpy.ndarray
        (height, width), bool: the ink of the digit.
    box : tuple of int
        Left, top, width and height of the digit, in pixels of these three.
    pen : numpy.ndarray
        (h, w), bool, the longer side 160: the digit cropped, with a line as thick as in MNIST.
    digit : numpy.ndarray
        (28, 28), float32, 0 (paper) to 1 (ink): what a network reads.
    """

    picture: Colours = field(repr=False)
    contrast: Floats = field(repr=False)
    mask: Mask = field(repr=False)
    box: Place
    pen: Mask = field(repr=False)
    digit: Floats = field(repr=False)


def read_digit(source: Any) -> Floats:
    """Bring a photo, a scan or a drawing of one digit into the form of MNIST.

    Dark ink on light paper or light ink on dark, of any size, in any usual light.

    Parameters
    ----------
    source : str, path, bytes, binary file, PIL.Image.Image or array_like
        A picture file (PNG, JPEG, WebP, GIF, BMP, TIFF), or an array of shape (height, width),
        (height, width, 3) or (height, width, 4): whole numbers 0..255, or floats 0..1 or 0..255.

    Returns
    -------
    numpy.ndarray
        (28, 28), float32, 0.0 (paper) to 1.0 (ink), as ``x_train[0] / 255`` is.
        ``model.predict(digit.reshape(1, 784))`` reads it.

    Raises
    ------
    OSError
        If there is no such file, or it cannot be read.
    ValueError
        If it is no picture, is too large or too small, or shows no digit or several.

    See Also
    --------
    trace_digit : The same, with all steps.

    Examples
    --------
    >>> paper = np.full((60, 60), 250)
    >>> paper[10:50, 28:33] = 40  # an upright stroke: a 1
    >>> digit = read_digit(paper)
    >>> digit.shape, digit.dtype, float(digit.max())
    ((28, 28), dtype('float32'), 1.0)
    """
    return trace_digit(source).digit


def trace_digit(source: Any) -> Reading:
    """Do what `read_digit` does, and keep every step; ``figures.reading`` draws them.

    Parameters
    ----------
    source
        As for `read_digit`.

    Returns
    -------
    Reading

    Raises
    ------
    OSError, ValueError
        As `read_digit` does.

    Examples
    --------
    >>> paper = np.full((60, 60), 250)
    >>> paper[10:50, 28:33] = 40
    >>> trace_digit(paper).box  # the picture is enlarged to 256 x 256
    (119, 43, 22, 170)
    """
    picture = open_picture(source)
    contrast = even_out(picture)
    mask, box = _find_digit(contrast > 0.5)
    pen = _like_mnist(mask, box)
    digit = prepare(pen)[0]
    return Reading(picture, contrast, mask, box, pen, (digit / digit.max()).astype(np.float32))


def even_out(picture: Colours) -> Floats:
    """Return how much ink there is, whatever the light and the colours.

    The paper's own light at a place is what remains when everything narrower than a quarter of the
    picture is painted over with what is around it. Ink is what differs from that most strongly, in
    its own colour.

    Parameters
    ----------
    picture : numpy.ndarray
        (height, width, 3), uint8.

    Returns
    -------
    numpy.ndarray
        (height, width), float32: about 0 on paper, about 1 on ink, clipped to 0..1.

    Raises
    ------
    ValueError
        If there is no ink.
    """
    size = max(picture.shape)
    fine, smooth = (_blurred(picture, radius / 512 * size) for radius in (1.0, 3.0))
    window = int(_WINDOW * size)
    if _is_light_on_dark(picture):
        # Light ink tells how much light there is; where none is near, the brightest of all does.
        brightest = np.maximum(_greatest(smooth, 2 * window), 0.3 * smooth.max() + 1)
        differs = (fine + _closed(-smooth, window)) / brightest
    else:
        paper = _closed(smooth, window)
        differs = (paper - fine) / (paper + 8)
    strongest = np.percentile(differs.max(axis=2), 99.8)
    grain = np.median(np.abs(differs))
    if strongest < max(_FAINTEST, _GRAIN * grain):
        raise ValueError(
            "picture must show a digit that stands out from its paper. "
            f"Received: ink that takes away {max(0.0, strongest):.0%} of the light."
        )
    colour = differs[differs.max(axis=2) > 0.8 * strongest].mean(axis=0)
    share: Floats = np.clip(differs @ colour / (colour @ colour), 0, 1)
    return share.astype(np.float32)


def _is_light_on_dark(picture: Colours) -> bool:
    """Tell whether ink is lighter than paper: whether what stands out locally is light."""
    from PIL import Image, ImageFilter

    grey = Image.fromarray(picture).resize((64, 64), Image.Resampling.BOX)
    around = np.asarray(grey.filter(ImageFilter.MedianFilter(21)), dtype=float)
    return float(((np.asarray(grey) - around) ** 3).sum()) > 0


def _blurred(picture: Colours, radius: float) -> Floats:
    from PIL import Image, ImageFilter

    blurred = Image.fromarray(picture).filter(ImageFilter.GaussianBlur(radius))
    return np.asarray(blurred, dtype=np.float32)


def _closed(values: Floats, window: int) -> Floats:
    """Paint over what is darker than all around it and narrower than a window (a closing)."""
    # Beyond the edge lies nothing: a slope of light then goes on to the very edge as it is.
    beyond = [(window, window), (window, window), (0, 0)]
    wide = np.pad(values, beyond, constant_values=-np.inf)
    return -_sliding(-_sliding(wide, window + 1), window + 1)


def _greatest(values: Floats, window: int) -> Floats:
    """Return the greatest value in a square window around each pixel."""
    half = window // 2
    return _sliding(np.pad(values, [(half, half), (half, half), (0, 0)], mode="edge"), 2 * half + 1)


def _sliding(values: Floats, width: int) -> Floats:
    """Return the greatest of so many neighbours, down and along; fewer remain at the edges."""
    for _ in range(2):
        values, done = np.swapaxes(values, 0, 1), 1
        while done < width:
            step = min(done, width - done)
            values = np.maximum(values[:-step], values[step:])
            done += step
    return values


def _find_digit(mask: Mask) -> tuple[Mask, Place]:
    """Return the ink of the digit and where it is; refuse a picture of none or of several."""
    height, width = mask.shape
    labels, blobs = find_blobs(mask)
    blobs = [blob for blob in blobs if blob.size >= _SMALLEST * max(mask.shape)]
    inside = [b for b in blobs if b.top and b.left and b.bottom < height and b.right < width]
    blobs = inside or blobs
    if not blobs:
        raise ValueError("picture must show a digit. Received: specks only.")
    parts = _parts(blobs)
    mask = np.isin(labels, [part.number for part in parts])
    top, left = min(p.top for p in parts), min(p.left for p in parts)
    bottom, right = max(p.bottom for p in parts), max(p.right for p in parts)
    return mask, (left, top, right - left, bottom - top)


def _parts(blobs: list[Blob]) -> list[Blob]:
    """Return the pieces of the one digit: the largest, and what lies within its reach."""
    main = blobs[0]
    parts, others = [main], []
    for blob in blobs[1:]:
        near = _gap(main, blob) < 0.2 * main.size
        small = blob.size < 0.5 * main.size
        if near and (small or _gap(main, blob) <= 0):
            parts.append(blob)
        elif not small:
            others.append(blob)
    if others:
        raise ValueError(
            f"picture must show one digit. Received: {1 + len(others)} pieces of ink that are "
            "as large as digits. Cut the picture so that it shows one."
        )
    return parts


def _gap(a: Blob, b: Blob) -> int:
    """Return how many pixels lie between the boxes of two pieces; negative if they overlap."""
    down = max(a.top, b.top) - min(a.bottom, b.bottom)
    along = max(a.left, b.left) - min(a.right, b.right)
    return max(down, along)


def _like_mnist(mask: Mask, box: Place) -> Mask:
    """Crop the ink, enlarge it, and bring its line to the width that lines have in MNIST."""
    from PIL import Image

    left, top, width, height = box
    crop = Image.fromarray(mask[top : top + height, left : left + width])
    scale = _FINE / max(width, height)
    size = max(1, round(scale * width)), max(1, round(scale * height))
    crop = crop.convert("L").resize(size, Image.Resampling.BILINEAR)
    margin = int(_FINE * _PEN)
    ink = np.pad(np.asarray(crop) > 127, margin)
    missing = _FINE * _PEN - _line_width(ink)
    return _grown(ink, missing / 2) if missing > 1 else ink


def _line_width(ink: Mask) -> float:
    """Estimate the width of a line from its area and the length of its edge."""
    edge = sum(int(np.count_nonzero(np.diff(ink, axis=axis))) for axis in (0, 1))
    # A slanted edge is counted in steps: in the mean over all directions 4 / pi times its length.
    return 2 * int(ink.sum()) / max(1.0, edge * np.pi / 4)


def _grown(ink: Mask, radius: float) -> Mask:
    """Return all pixels within a distance of the ink."""
    reach = int(radius)
    result = ink.copy()
    for down in range(-reach, reach + 1):
        for along in range(-reach, reach + 1):
            if 0 < down * down + along * along <= radius * radius:
                result |= np.roll(ink, (down, along), axis=(0, 1))
    return result
