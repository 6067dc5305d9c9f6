"""What ``fit`` returns: how loss and metrics went, epoch by epoch."""

from nbhelpers.callbacks.base import Callback, Logs


class History(Callback):
    """What ``fit`` returns: one value an epoch for the loss and each metric.

    Attributes
    ----------
    epoch : list of int
        Numbers of the epochs, from 0.
    history : dict of str to list of float
        Lists as long as ``epoch``.
    """

    def __init__(self) -> None:
        self.epoch: list[int] = []
        self.history: dict[str, list[float]] = {}
        self._kept: Logs = {}

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        """Keep the means of the epoch."""
        self.epoch.append(epoch)
        self._kept = {}
        self.amend(logs or {})

    def amend(self, logs: Logs) -> None:
        """Keep what other callbacks have written into the logs of the latest epoch since."""
        for name, value in logs.items():
            values = self.history.setdefault(name, [])
            if name in self._kept:
                values.pop()
            values.append(value)
        self._kept = dict(logs)

    def on_stop(self, epoch: int, logs: Logs | None = None) -> None:
        """Keep the means of the part that was trained, if any was."""
        if logs:
            self.on_epoch_end(epoch, logs)

    def __repr__(self) -> str:
        return f"History({len(self.epoch)} epochs: {', '.join(self.history)})"


class Amendments(Callback):
    """Stands behind the callbacks that may write into ``logs``, and hands that to the history.

    The history itself stands before them, so that what they save holds the epoch at hand.
    """

    def __init__(self, history: History) -> None:
        self.history = history

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        """Hand it on."""
        self.history.amend(logs or {})
