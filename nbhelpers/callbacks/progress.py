"""What ``fit`` shows while it runs: a bar or a line for each epoch."""

import time

from nbhelpers.callbacks.base import Callback, Logs
from nbhelpers.utils import bar, say, shown


class ProgressBar(Callback):
    """One bar an epoch, with the means so far; in a notebook as a widget, else as text."""

    seconds = 0.1  # between two looks at the bar: training is faster than eyes are

    def on_epoch_begin(self, epoch: int, logs: Logs | None = None) -> None:
        """Start a bar."""
        self.bar = bar(
            total=self.params["steps"],
            desc=f"Epoch {epoch + 1}/{self.params['epochs']}",
            mininterval=0,
        )
        self._shown = time.perf_counter()

    def on_train_batch_end(self, batch: int, logs: Logs | None = None) -> None:
        """Move the bar, if the last move is long enough ago."""
        self._done = batch + 1
        now = time.perf_counter()
        if now - self._shown >= self.seconds:
            self._shown = now
            self._show(logs)

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        """Finish the bar; where a callback has stopped the epoch, it stays as short."""
        self._show(logs)
        self.bar.close()

    def on_stop(self, epoch: int, logs: Logs | None = None) -> None:
        """Leave the bar as it stands."""
        self.bar.close()

    def _show(self, logs: Logs | None) -> None:
        self.bar.set_postfix_str(_words(logs), refresh=False)
        self.bar.update(self._done - self.bar.n)


class EpochLines(Callback):
    """One plain line an epoch, for logs."""

    def on_epoch_begin(self, epoch: int, logs: Logs | None = None) -> None:
        """Look at the clock."""
        self._start = time.perf_counter()

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        """Show the line."""
        seconds = time.perf_counter() - self._start
        say(f"Epoch {epoch + 1}/{self.params['epochs']} - {seconds:.1f} s - {_words(logs)}")


def progress(verbose: str | int) -> list[Callback]:
    """Return the callback for Keras's ``verbose``: "auto" or 1 a bar, 2 lines, 0 nothing.

    Raises
    ------
    ValueError
        If it is something else.
    """
    choices: dict[str | int, list[type[Callback]]] = {
        "auto": [ProgressBar],
        1: [ProgressBar],
        2: [EpochLines],
        0: [],
    }
    if not isinstance(verbose, str | int) or verbose not in choices:
        raise ValueError(f'fit: verbose must be "auto", 0, 1 or 2. Received: {shown(verbose)}')
    return [make() for make in choices[verbose]]


def _words(logs: Logs | None) -> str:
    return ", ".join(f"{name}: {value:.4f}" for name, value in (logs or {}).items())
