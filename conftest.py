"""How pytest treats the notebooks, beyond nbval: outputs that depend on which data are here.

Stored outputs are made with the real MNIST and Fashion-MNIST. A cell whose repeatable output
depends on a data set carries the tag ``data-mnist`` or ``data-fashion_mnist``. Where that data set
cannot be had, the lessons fall back on the bundled digits: such a cell is run with all its asserts,
but its output is not compared. Every other output is always compared.
"""

import functools
import os
from pathlib import Path

import pytest

from nbhelpers import datasets

PREFIX = "data-"

# Each notebook's kernel starts in the notebook's folder, where a relative path would lead astray.
if folder := os.environ.get("NBHELPERS_DATA"):
    os.environ["NBHELPERS_DATA"] = str(Path(folder).resolve())


@functools.cache
def is_here(name: str) -> bool:
    """Return whether the lessons will find this data set (it is downloaded if that works)."""
    return not datasets.load(name, fallback="digits").is_fallback


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave outputs that depend on a missing data set uncompared."""
    for item in items:
        cell = getattr(item, "cell", None)
        tags = cell.metadata.get("tags", []) if cell else []
        names = [tag.removeprefix(PREFIX) for tag in tags if tag.startswith(PREFIX)]
        if not all(map(is_here, names)):
            item.options["check"] = False
