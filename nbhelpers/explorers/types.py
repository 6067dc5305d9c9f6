"""What explorers pass on: values of controls, arrays by name."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from nbhelpers._types import Array

__all__ = ["Array", "Arrays", "Data", "Fields", "Floats", "Presets", "State", "Value"]

Floats = npt.NDArray[np.float64]
Value = float | str | bool  # of a control
State = Mapping[str, Any]  # control: its value
Data = Mapping[str, Any]  # name: array, number, string, or lists and dicts of these
Arrays = dict[str, Any]
Presets = dict[str, State]
Fields = dict[str, Any]  # of a panel or a mark, to be spread into several
