"""Stop training when it no longer gets better."""

from nbhelpers import _out
from nbhelpers.callbacks.base import Logs
from nbhelpers.callbacks.monitor import Monitor
from nbhelpers.utils import flag, say, whole


class EarlyStopping(Monitor):
    """Stop when a value has not become better for some epochs.

    Parameters
    ----------
    monitor : str
        A name in ``logs``.
    min_delta : float
        How much better than the best so far a value must be to count.
    patience : int
        After how many epochs in a row without a better value to stop; 0 means as 1.
    verbose : int
        1 says when it stops.
    mode : str
        ``"min"``: less is better; ``"max"``: more; ``"auto"``: the name decides (losses and errors
        fall, accuracies rise).
    restore_best_weights : bool
        Whether the model ends with the weights of its best epoch, not of its last one.

    Attributes
    ----------
    stopped_epoch : int
        The number of the epoch, from 0, after which it stopped; 0 if it did not.
    best, best_epoch, wait
        The best value, its epoch, and how many epochs ago that was.

    Raises
    ------
    ValueError
        If an argument is none of these; in training, if ``monitor`` is not in ``logs``.
    """

    @_out.arguments("EarlyStopping")
    def __init__(
        self,
        monitor: str = "val_loss",
        min_delta: float = 0,
        patience: int = 0,
        verbose: int = 0,
        mode: str = "auto",
        *,
        restore_best_weights: bool = False,
    ) -> None:
        super().__init__(monitor, mode, verbose, min_delta)
        self.patience = whole("EarlyStopping", "patience", patience, least=0)
        self.restore_best_weights = flag(
            "EarlyStopping", "restore_best_weights", restore_best_weights
        )

    def on_train_begin(self, logs: Logs | None = None) -> None:
        """Forget earlier trainings."""
        self.wait = self.stopped_epoch = self.best_epoch = 0
        self.best = self.best_weights = None
        self._interrupted = False

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        """Count the epochs since the best value."""
        value = self.value(logs)
        if self.is_better(value):
            self.best, self.best_epoch, self.wait = value, epoch, 0
            if self.restore_best_weights:
                self.best_weights = self.model.get_weights()
            return
        self.wait += 1
        if self.wait >= self.patience:
            self.stopped_epoch = epoch
            self.model.stop_training = True

    def on_stop(self, epoch: int, logs: Logs | None = None) -> None:
        """Leave the weights as they are: so ■ promises."""
        self._interrupted = True

    def on_train_end(self, logs: Logs | None = None) -> None:
        """Bring the best weights back."""
        if self.stopped_epoch and self.verbose:
            say(f"Epoch {self.stopped_epoch + 1}: early stopping")
        if self.best_weights is not None and not self._interrupted:
            if self.verbose:
                say(f"Restoring the weights of the best epoch, {self.best_epoch + 1}")
            self.model.set_weights(self.best_weights)
