"""Read one's own handwriting: from a photo, a scan or a drawing to a picture like MNIST's.

Four steps: the light is evened out, the ink is found, what belongs to the digit is kept and given
the pen of MNIST, and `ink.prepare` crops, scales and centres it.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from nbhelpers.datasets.blobs import Blob, Mask, find_blobs
from nbhelpers.datasets.ink import Place, prepare, resampling
from nbhelpers.datasets.picture import Colours, open_picture

Floats = npt.NDArray[np.floating[Any]]

_WINDOW = 0.25  # of the longer side: wider than any line, narrower than most changes of light
_FAINTEST = 0.1  # of the light of the paper that ink must take away at least
_GRAIN = 6.0  # times the grain of the picture by which ink must differ from paper
_SMALLEST = 0.04  # of the longer side: the least height of a digit
_LINE = 0.03  # of the longer side: lines of the paper are thinner
_ALONG = 0.4  # of a side of the picture: so much of it is no end of a line
FINE = 160
"""Pixels of the longer side of a digit whose pen is measured: eight times MNIST's."""

_PEN = 0.115  # width of the line in parts of the digit's longer side, in MNIST 0.08..0.18

MARGIN = int(FINE * _PEN)
"""Pixels around it, for a pen that grows."""


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
        (h, w), bool: the digit cropped, enlarged to 160 pixels and a margin, with a line at least
        as thick as in MNIST.
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
    attempts = [_attempt(picture, light_on_dark) for light_on_dark in (False, True)]
    found = [attempt for attempt in attempts if attempt.mask.any()]
    if not found:
        raise ValueError(max(attempts, key=lambda attempt: attempt.strength).fault)
    best = max(found, key=lambda attempt: _stands_out(picture, attempt))
    if best.fault:
        raise ValueError(best.fault)
    pen = _like_mnist(best.mask, best.box)
    digit = prepare(pen)[0]
    digit = (digit / digit.max()).astype(np.float32)
    return Reading(picture, best.contrast, best.mask, best.box, pen, digit)


class _Attempt(NamedTuple):
    """What was found by taking ink for dark, or for light, and why it is not one digit."""

    strength: float  # part of the light by which ink differs from paper
    contrast: Floats = np.zeros((0, 0), np.float32)
    mask: Mask = np.zeros((0, 0), bool)
    box: Place = (0, 0, 0, 0)
    fault: str = ""


def _attempt(picture: Colours, light_on_dark: bool) -> _Attempt:
    """Look for a digit that is darker, or lighter, than its paper."""
    differs = _differs(picture, light_on_dark)
    everywhere = np.ones(differs.shape[:2], dtype=bool)
    strength = _strength(differs, everywhere)
    try:
        contrast = _share(differs, everywhere)
        # The desk around the paper may be darker than the ink.
        inside = ~_around_paper(_ink(contrast))
        with suppress(ValueError):
            cut = _share(differs, inside)
            _find_digit(_ink(cut))
            contrast, strength = cut, _strength(differs, inside)
        mask, box, fault = _find_digit(_ink(contrast))
    except ValueError as error:
        return _Attempt(strength, fault=str(error))
    return _Attempt(strength, contrast, mask, box, fault)


def _stands_out(picture: Colours, attempt: _Attempt) -> float:
    """Return how well this fits a digit: far from the colour around it, large, and of a thin line.

    What ink leaves free, as the inside of a 0, seems to be ink if ink is taken for paper; but most
    of what is around it looks as it does, and it is smaller. A patch of light is no thin line.
    """
    left, top, width, height = attempt.box
    rows = slice(max(0, top - height // 2), top + height + height // 2)
    columns = slice(max(0, left - width // 2), left + width + width // 2)
    around = np.median(picture[rows, columns].reshape(-1, 3), axis=0)
    apart = float(np.abs(picture[attempt.mask].mean(axis=0) - around).max())
    return apart * max(width, height) ** 2 / _line_width(np.pad(attempt.mask, 1))


def _differs(picture: Colours, light_on_dark: bool) -> Floats:
    """Return by what part of the light each colour of a pixel differs from the paper around it.

    The paper's own light at a place is what remains when everything narrower than a quarter of the
    picture is painted over with what is around it.
    """
    size = max(picture.shape)
    fine, smooth = (_blurred(picture, radius / 512 * size) for radius in (1.0, 3.0))
    window = int(_WINDOW * size)
    if light_on_dark:
        # Light ink tells how much light there is; where none is near, the brightest of all does.
        brightest = np.maximum(_greatest(smooth, 2 * window), 0.3 * smooth.max() + 1)
        lighter: Floats = (fine + _closed(-smooth, window)) / brightest
        return lighter
    paper = _closed(smooth, window)
    darker: Floats = (paper - fine) / (paper + 8)
    return darker


def _strength(differs: Floats, where: Mask) -> float:
    """Return by how much ink differs: nearly the most there is, as a speck is no ink."""
    return float(np.percentile(differs.max(axis=2) * where, 99.8))


def _share(differs: Floats, where: Mask) -> Floats:
    """Return how much of the ink's own difference each pixel has, 0..1; 0 beyond ``where``."""
    strength, grain = _strength(differs, where), float(np.median(np.abs(differs)))
    if strength < max(_FAINTEST, _GRAIN * grain):
        raise ValueError(
            "picture must show a digit that stands out from its paper. "
            f"Received: ink that differs from it by {max(0.0, strength):.0%}, "
            f"half of the paper from the rest by {grain:.0%} or more."
        )
    colour = differs[(differs.max(axis=2) > 0.8 * strength) & where].mean(axis=0)
    share: Floats = np.clip(differs @ colour / (colour @ colour), 0, 1) * where
    return share.astype(np.float32)


def _ink(contrast: Floats) -> Mask:
    """Return where ink is, without the lines that the paper came with."""
    return _without_lines(_without_lines(contrast > 0.5).T).T


def _without_lines(mask: Mask) -> Mask:
    """Take away what reaches from the left edge to the right one, and is as thin as it is there.

    Where a line crosses the digit, ink above or below it makes it thick, and it stays.
    """
    labels, _ = find_blobs(mask)
    across = np.intersect1d(labels[:, 0], labels[:, -1])
    edges = np.isin(labels[:, [0, -1]], across[across > 0])
    thick = _heights(mask)
    ends = thick[:, [0, -1]][edges]
    ends = ends[ends < _LINE * max(mask.shape)]
    return mask & (thick > 2 * np.median(ends)) if len(ends) else mask


def _heights(mask: Mask) -> npt.NDArray[np.intp]:
    """Return for each pixel of ink how many, above and below, are ink without a gap."""
    above, below = (np.zeros(mask.shape, dtype=np.intp) for _ in range(2))
    above[0], below[-1] = mask[0], mask[-1]
    for k in range(1, len(mask)):
        above[k] = (above[k - 1] + 1) * mask[k]
        below[-k - 1] = (below[-k] + 1) * mask[-k - 1]
    return above + below - mask


def _around_paper(mask: Mask) -> Mask:
    """Return the pieces that lie along the edge of the picture, and a little around them.

    They fill a corner, too, which a digit does not that reaches the edge.
    """
    labels, _ = find_blobs(mask)
    out, corners = set(), labels[[0, 0, -1, -1], [0, -1, 0, -1]].tolist()
    for side in (labels[0], labels[-1], labels[:, 0], labels[:, -1]):
        lengths = np.bincount(side[side > 0])
        out |= set(np.flatnonzero(lengths > _ALONG * len(side)).tolist())
    edge = np.isin(labels, list(out & set(corners))).astype(np.float32)[:, :, None]
    return _greatest(edge, max(mask.shape) // 32)[:, :, 0] > 0


def _blurred(picture: Colours, radius: float) -> Floats:
    from PIL import Image, ImageFilter

    blurred = Image.fromarray(picture).filter(ImageFilter.GaussianBlur(radius))
    return np.asarray(blurred, dtype=np.float32)


def _closed(values: Floats, window: int) -> Floats:
    """Paint over what is darker than all around it and narrower than a window (a closing)."""
    # Beyond the edge lies nothing: a slope of light then goes on to the very edge as it is.
    beyond = [(window, window), (window, window), (0, 0)]
    wide = np.pad(values, beyond, constant_values=-np.inf)
    closed = -_sliding(-_sliding(wide, window + 1), window + 1)
    # The edge of a shadow, or of the paper, is soft in the one and less so in the other picture.
    return -_greatest(-closed, window // 10)


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


def _find_digit(mask: Mask) -> tuple[Mask, Place, str]:
    """Return the ink of the digit, where it is, and a fault if there are others; refuse none."""
    height, width = mask.shape
    labels, blobs = find_blobs(mask)
    blobs = [blob for blob in blobs if blob.size >= _SMALLEST * max(mask.shape)]
    if not blobs:
        raise ValueError("picture must show a digit. Received: specks only.")
    # What is cut off by the edge belongs to a neighbour, if a digit as large lies inside.
    inside = [b for b in blobs if b.top and b.left and b.bottom < height and b.right < width]
    whole = inside and inside[0].size > 0.6 * blobs[0].size
    parts, fault = _parts(inside if whole else blobs)
    mask = np.isin(labels, [part.number for part in parts])
    top, left = min(p.top for p in parts), min(p.left for p in parts)
    bottom, right = max(p.bottom for p in parts), max(p.right for p in parts)
    return mask, (left, top, right - left, bottom - top), fault


def _parts(blobs: list[Blob]) -> tuple[list[Blob], str]:
    """Return the pieces of the one digit: the largest, and what lies within its reach."""
    main, fault = blobs[0], ""
    parts = [main]
    for blob in blobs[1:]:
        gap, small = _gap(main, blob) / main.size, blob.size < 0.5 * main.size
        # A line may break where a shadow ends; two digits have more room between them.
        if gap < (0.2 if small else 0.08):
            parts.append(blob)
        elif not small:
            fault = (
                "picture must show one digit. Received: several pieces of ink that are as large "
                "as digits. Cut the picture so that it shows one."
            )
    return parts, fault


def _gap(a: Blob, b: Blob) -> int:
    """Return how many pixels lie between the boxes of two pieces; negative if they overlap."""
    down = max(a.top, b.top) - min(a.bottom, b.bottom)
    along = max(a.left, b.left) - min(a.right, b.right)
    return max(down, along)


def _like_mnist(mask: Mask, box: Place) -> Mask:
    """Crop the ink, enlarge it, and bring its line to the width that lines have in MNIST."""
    left, top, width, height = box
    crop = mask[top : top + height, left : left + width]
    scale = FINE / max(width, height)
    rows, columns = (resampling(n, max(1, int(scale * n + 0.5))) for n in crop.shape)
    # Room for rounding, so that a pixel that is half ink is paper in every language.
    ink = np.pad(rows @ crop @ columns.T > 0.5 + 1e-6, MARGIN)
    missing = FINE * _PEN - _line_width(ink)
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
