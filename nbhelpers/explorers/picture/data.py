"""Constant data on its way to the browser; ``data.js`` unpacks it there."""

from collections.abc import Mapping
from typing import Any

import numpy as np


def pack(value: Any) -> Any:
    """Return constant data as JSON, each array as its bytes beside its shape and dtype."""
    if isinstance(value, Mapping):
        return {name: pack(entry) for name, entry in value.items()}
    if isinstance(value, np.ndarray):
        value = np.ascontiguousarray(value)
        return {
            "shape": value.shape,
            "dtype": value.dtype.name,
            "bytes": memoryview(value).cast("B") if value.size else b"",
        }
    return value.item() if isinstance(value, np.generic) else value
