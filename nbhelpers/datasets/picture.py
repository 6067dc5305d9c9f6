"""A picture from a file, from Pillow or from an array, as one array of colours of handy size.

A file is input from outside: its size is looked at before it is decoded, it is turned as its camera
says, and what is no picture is named.
"""

import io
import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
import numpy.typing as npt

from nbhelpers._types import Array
from nbhelpers.datasets.looks import looks_like

if TYPE_CHECKING:
    from PIL import Image

Colours = npt.NDArray[np.uint8]

LIMIT = 2**26
"""Pixels that a picture may have, 67 million: more than the camera of a telephone gives."""

WORK = 512
"""Pixels of the longer side of what is looked at. A small picture is enlarged to half of it."""

LEAST = 8
"""Pixels that each side of a picture must have."""

_SHAPES = "(height, width), (height, width, 3) or (height, width, 4)"


def open_picture(source: Any) -> Colours:
    """Return a picture as its colours, at a size that is good to work at.

    Parameters
    ----------
    source : str, path, bytes, binary file, PIL.Image.Image or array_like
        A file of a usual kind (PNG, JPEG, WebP, GIF, BMP, TIFF), or an array of shape
        (height, width), (height, width, 3) or (height, width, 4): whole numbers 0..255, or floats
        0..1 or 0..255. What is transparent counts as paper.

    Returns
    -------
    numpy.ndarray
        (height, width, 3), uint8; the longer side has 256 to 512 pixels.

    Raises
    ------
    OSError
        If there is no such file, or it cannot be read.
    ValueError
        If it is no picture, is damaged, has more than `LIMIT` pixels, or is too small.

    Examples
    --------
    >>> open_picture(np.zeros((100, 50))).shape
    (256, 128, 3)
    """
    from PIL import Image

    if isinstance(source, str | os.PathLike):
        with _open(source) as stream:
            image = _decode(stream, str(source))
    elif isinstance(source, bytes | bytearray | memoryview):
        image = _decode(io.BytesIO(source), "the file")
    elif hasattr(source, "read"):
        image = _decode(io.BytesIO(source.read()), "the file")
    elif isinstance(source, Image.Image):
        _check_size(source.size, "the picture")
        image = source
    else:
        image = _from_array(source)
    return np.asarray(_opaque(_resized(image)))


def _open(path: str | os.PathLike[str]) -> BinaryIO:
    """Open a file that must be there."""
    if os.fspath(path) and Path(path).is_dir():
        raise IsADirectoryError(
            f"picture must be a file. Received: the folder {os.fspath(path)!r:.200}"
        )
    if not Path(path).is_file():
        raise FileNotFoundError(
            f"no such file. Received: {os.fspath(path)!r:.200}, looked for in {Path.cwd()}"
        )
    return Path(path).open("rb")


def _decode(stream: BinaryIO, name: str) -> "Image.Image":
    """Decode the picture in a file, and turn it as the camera that took it was held."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    with warnings.catch_warnings():
        # Pillow warns of odd facts about the camera, which matter to nobody here.
        warnings.simplefilter("ignore")
        try:
            image = Image.open(stream)
            _check_size(image.size, name)
            # A JPEG can be decoded at a part of its size: that saves most of the time and memory.
            image.draft(None, (2 * WORK, 2 * WORK))
            return ImageOps.exif_transpose(image)
        except UnidentifiedImageError:
            raise ValueError(f"{name}: expected a picture. Received: {_seen(stream)}.") from None
        except Image.DecompressionBombError as error:
            raise ValueError(f"{name}: expected a picture of usual size. {error}") from None
        except ValueError:
            raise
        # What a decoder says of a damaged file comes in many kinds of errors.
        except Exception as error:
            raise ValueError(f"{name}: expected a whole picture. Received: {error}.") from None


def _seen(stream: BinaryIO) -> str:
    """Say what a file looks like that no decoder knows."""
    stream.seek(0)
    seen = looks_like(stream.read(2**16))
    return f"{seen}, cut off or damaged" if seen.startswith("a picture") else seen


def _check_size(size: tuple[int, int], name: str) -> None:
    """Raise ValueError unless there are enough pixels, and not too many."""
    width, height = size
    if width * height > LIMIT:
        raise ValueError(
            f"{name}: expected at most {LIMIT / 1e6:.0f} million pixels. "
            f"Received: {width} x {height}. Make the picture smaller first."
        )
    if min(width, height) < LEAST:
        raise ValueError(
            f"{name}: expected at least {LEAST} x {LEAST} pixels. Received: {width} x {height}."
        )


def _from_array(source: Any) -> "Image.Image":
    """Make an image of Pillow from an array."""
    from PIL import Image

    try:
        array = np.asarray(source)
    except ValueError:
        raise ValueError(
            f"picture must be a file or an array. Received: {type(source).__name__} of rows that "
            "have different lengths."
        ) from None
    if array.dtype.kind not in "buif":
        raise ValueError(
            "picture must be a file or an array of numbers. "
            f"Received: {type(source).__name__} of dtype {array.dtype}."
        )
    if array.ndim == 3 and array.shape[2] == 1:
        array = array[:, :, 0]
    if array.ndim != 2 and not (array.ndim == 3 and array.shape[2] in (3, 4)):
        advice = " Use reshape(28, 28)." if array.size == 784 else " Give one picture at a time."
        raise ValueError(f"picture must have shape {_SHAPES}. Received: {array.shape}.{advice}")
    _check_size((array.shape[1], array.shape[0]), "the picture")
    return Image.fromarray(_as_bytes(array))


def _as_bytes(array: Array) -> Colours:
    """Bring numbers of any usual range to 0..255."""
    if array.dtype == np.uint8:
        return np.ascontiguousarray(array)
    least, greatest = array.min(), array.max()
    # Written so that nan is refused, too.
    if not (least >= 0 and greatest <= 255):
        raise ValueError(
            f"picture must hold numbers 0..1 or 0..255. Received: {least}..{greatest}."
        )
    unit = array.dtype.kind in "bf" and greatest <= 1
    return np.rint(array * 255.0 if unit else array).astype(np.uint8)


def _resized(image: "Image.Image") -> "Image.Image":
    """Bring the longer side to at most `WORK` pixels, and to at least half of that."""
    from PIL import Image

    if image.mode.startswith(("I", "F")):
        image = _from_deep(image)
    elif image.mode not in ("L", "RGB", "RGBA"):
        transparent = "A" in image.getbands() or "transparency" in image.info
        image = image.convert("RGBA" if transparent else "RGB")
    longer = max(image.size)
    scale = min(1.0, WORK / longer) * max(1.0, WORK / 2 / longer)
    width, height = (max(1, round(scale * n)) for n in image.size)
    how = Image.Resampling.BOX if scale < 1 else Image.Resampling.BILINEAR
    return image.resize((width, height), how)


def _from_deep(image: "Image.Image") -> "Image.Image":
    """Bring a picture of more than 8 bits a pixel, as some scanners write it, to 8."""
    from PIL import Image

    grey = np.nan_to_num(np.asarray(image, dtype=np.float32))
    least, greatest = float(grey.min()), float(grey.max())
    scaled = (grey - least) * (255 / ((greatest - least) or 1))
    return Image.fromarray(scaled.astype(np.uint8))


def _opaque(image: "Image.Image") -> "Image.Image":
    """Put paper under what is transparent: white, or black where the ink is light."""
    from PIL import Image

    if image.mode != "RGBA":
        return image.convert("RGB")
    alpha = np.asarray(image.getchannel("A"), dtype=float)
    grey = np.asarray(image.convert("L"), dtype=float)
    light = float((alpha * grey).sum()) > 127 * float(alpha.sum())
    under = Image.new("RGBA", image.size, (0, 0, 0) if light and alpha.min() < 255 else "white")
    return Image.alpha_composite(under, image).convert("RGB")
