"""Arrays and a description in one ``.npz`` file: written whole, read with suspicion.

Whatever a file says of itself, no more memory is taken than the file is long; nothing is unpickled
or unpacked, and what nobody asked for is not read.
"""

import json
import math
import os
import zipfile
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from numpy.lib import format as npy

from nbhelpers import _files
from nbhelpers._types import Array

HDF5 = b"\x89HDF\r\n\x1a\n"
FOREIGN = "a model of Keras itself ({}), and its formats are not read here"


def write(path: str | os.PathLike[str], description: str, arrays: dict[str, Array]) -> None:
    """Write a text and named arrays; the file takes its name when it is complete."""
    with _files.whole_file(path) as file:
        np.savez(file, allow_pickle=False, description=np.array(description), **arrays)


class Archive:
    """A file that `write` wrote, open for reading; used in a ``with`` statement.

    Parameters
    ----------
    path : str or Path

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If it is something else; what it is, is said where it shows.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = _files.named(path)
        refuse_folder(self._path)
        with open(self._path, "rb") as file:
            start = file.read(len(HDF5))
        if start == HDF5:
            raise ValueError("It is " + FOREIGN.format("HDF5"))
        self._zip = zipfile.ZipFile(self._path)
        try:
            if {"config.json", "metadata.json"} & set(self._zip.namelist()):
                raise ValueError("It is " + FOREIGN.format(".keras"))
        except ValueError:
            self._zip.close()
            raise

    def __enter__(self) -> "Archive":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._zip.close()

    def description(self) -> dict[str, Any]:
        """Return the text, as the JSON object that it holds."""
        found = json.loads(str(self.array("description")))
        if not isinstance(found, dict):
            raise ValueError("Its description is no table")
        return found

    def array(self, name: str) -> Array:
        """Return one array.

        Raises
        ------
        ValueError, KeyError, BadZipFile
            If it is not there, not whole, or not what NumPy's ``savez`` writes of numbers.
        """
        try:
            info = self._zip.getinfo(name + ".npy")
        except KeyError:
            raise KeyError(name) from None
        # Packed, a small file could become any number of bytes; save() packs nothing.
        if info.compress_type != zipfile.ZIP_STORED or info.flag_bits & 1:
            raise ValueError(f"{name} is packed or encrypted")
        with self._zip.open(info) as stream:
            if npy.read_magic(stream) != (1, 0):
                raise ValueError(f"{name} has an unknown version")
            shape, columns, dtype = npy.read_array_header_1_0(stream)
            data = stream.read()
        if dtype.hasobject or columns or math.prod(shape) * dtype.itemsize != len(data):
            raise ValueError(f"{name} does not hold the numbers that it says")
        return np.frombuffer(data, dtype).reshape(shape)


def refuse_folder(path: Path) -> None:
    """Raise ValueError if the path is a folder, and say whose."""
    if not path.is_dir():
        return
    if (path / "saved_model.pb").exists():
        raise ValueError("It is " + FOREIGN.format("a SavedModel folder"))
    raise ValueError("It is a folder")
