"""Save the model while it is trained."""

import os
import string
from pathlib import Path
from typing import Any

from nbhelpers import _files, _out
from nbhelpers.callbacks.base import Logs
from nbhelpers.callbacks.monitor import Monitor
from nbhelpers.utils import flag, say, shown


class ModelCheckpoint(Monitor):
    """Save the model after every epoch, or after the best ones; the file is always a whole one.

    ``load_model(filepath)``, then ``fit(..., initial_epoch=...)``, goes on as if nothing had
    happened, bit for bit.

    Parameters
    ----------
    filepath : str or Path
        May hold ``{epoch}``, the number of the epoch from 1, and every name in ``logs``:
        ``"{epoch:02d}-{val_loss:.2f}.npz"``. Folders that do not exist are made.
    monitor : str
        A name in ``logs``.
    verbose : int
        1 says what is saved.
    save_best_only : bool
        Save only where ``monitor`` is better than it ever was.
    save_weights_only : bool
        Save as ``save_weights`` does, instead of the whole model.
    mode : str
        As in ``EarlyStopping``.

    Raises
    ------
    ValueError
        If an argument is none of these; before the first step, if the model is one that cannot be
        saved; after the first epoch, if ``monitor`` or ``filepath`` ask for what is not in
        ``logs``.
    """

    @_out.arguments("ModelCheckpoint")
    def __init__(
        self,
        filepath: str | os.PathLike[str],
        monitor: str = "val_loss",
        verbose: int = 0,
        save_best_only: bool = False,
        save_weights_only: bool = False,
        mode: str = "auto",
    ) -> None:
        self.filepath = _template(filepath)
        self.save_best_only = flag("ModelCheckpoint", "save_best_only", save_best_only)
        self.save_weights_only = flag("ModelCheckpoint", "save_weights_only", save_weights_only)
        # What is not compared needs no direction.
        super().__init__(monitor, mode if self.save_best_only else "min", verbose)
        self.best = None

    def on_train_begin(self, logs: Logs | None = None) -> None:
        """Refuse before the first step what could not be saved after it."""
        if not self.save_weights_only:
            self.model.describe()
        path = Path(self.filepath)
        if "{" not in self.filepath and path.parent.is_dir():
            _files.writable(path)

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        """Save."""
        path = self._path(epoch, logs or {})
        if self.save_best_only:
            value = self.value(logs)
            if not self.is_better(value):
                return
            self.best = value
        path.parent.mkdir(parents=True, exist_ok=True)
        save = self.model.save_weights if self.save_weights_only else self.model.save
        save(path)
        if self.verbose:
            why = f"{self.monitor} is best, {self.best:.5f}; " if self.save_best_only else ""
            say(f"Epoch {epoch + 1}: {why}saved to {path}")

    def _path(self, epoch: int, logs: Logs) -> Path:
        known = {"epoch": epoch + 1, **logs}
        try:
            return Path(self.filepath.format(**known))
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            raise ValueError(
                f"ModelCheckpoint: filepath may hold {', '.join(f'{{{n}}}' for n in known)}. "
                f"Received: {self.filepath!r} ({error})"
            ) from error


def _template(filepath: Any) -> str:
    """Return the path as text, if its braces are in order."""
    if not isinstance(filepath, str | os.PathLike) or isinstance(os.fspath(filepath), bytes):
        raise ValueError(
            f"ModelCheckpoint: filepath must be a str or Path. Received: {shown(filepath)}"
        )
    text = str(os.fspath(filepath))
    try:
        fields = [name for _, name, *_ in string.Formatter().parse(text) if name is not None]
        named = all(name.isidentifier() for name in fields)
    except ValueError:
        named = False
    if not named or not text:
        raise ValueError(
            "ModelCheckpoint: filepath must be a file name; braces may hold names only, "
            f"as in {{epoch}}. Received: {shown(filepath)}"
        )
    return text
