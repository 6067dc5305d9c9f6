"""When a value counts as better than the best so far: for those who stop, and those who save."""

from typing import Any

from nbhelpers.callbacks.base import Callback, Logs
from nbhelpers.utils import number, shown

FALLING = (
    "loss",
    "mse",
    "mean_squared_error",
    "mae",
    "mean_absolute_error",
    "binary_crossentropy",
    "categorical_crossentropy",
    "sparse_categorical_crossentropy",
)


class Monitor(Callback):
    """A callback that compares one value of ``logs`` with its best so far.

    Attributes
    ----------
    best : float or None
        None before the first epoch.
    """

    best: float | None

    def __init__(self, monitor: str, mode: str, verbose: int, min_delta: float = 0.0) -> None:
        where = type(self).__name__
        self.monitor, self.mode = monitor, mode
        self.rises = _rises(where, monitor, mode)
        self.min_delta = abs(number(where, "min_delta", min_delta))
        if not isinstance(verbose, int) or verbose not in (0, 1):
            raise ValueError(f"{where}: verbose must be 0 or 1. Received: {shown(verbose)}")
        self.verbose = verbose

    def value(self, logs: Logs | None) -> float:
        """Return the value that is watched.

        Raises
        ------
        ValueError
            If it is not in ``logs``.
        """
        logs = logs or {}
        if self.monitor not in logs:
            missing = self.monitor.startswith("val_") and not any(n[:4] == "val_" for n in logs)
            advice = ". Give fit validation_data or a validation_split" if missing else ""
            raise ValueError(
                f"{type(self).__name__}: monitor must be one of {', '.join(logs)}. "
                f"Received: {self.monitor!r}{advice}"
            )
        return logs[self.monitor]

    def is_better(self, value: float) -> bool:
        """Return whether it beats the best so far by more than ``min_delta``."""
        if self.best is None:
            return True
        if self.rises:
            return value - self.min_delta > self.best
        return value + self.min_delta < self.best


def _rises(where: str, monitor: Any, mode: Any) -> bool:
    """Return whether a larger value is a better one."""
    if not isinstance(monitor, str):
        raise ValueError(
            f'{where}: monitor must be a name in logs, such as "val_loss". '
            f"Received: {shown(monitor)}"
        )
    if not isinstance(mode, str) or mode not in ("auto", "min", "max"):
        raise ValueError(f'{where}: mode must be "auto", "min" or "max". Received: {shown(mode)}')
    name = monitor.removeprefix("val_")
    if mode == "max" or (mode == "auto" and (name == "acc" or name.endswith("accuracy"))):
        return True
    if mode == "auto" and name not in FALLING:
        raise ValueError(
            f'{where}: mode must be "min" or "max" for a monitor that only you know. '
            f'Received: monitor={shown(monitor)}, mode="auto"'
        )
    return False
