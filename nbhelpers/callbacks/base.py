"""What all callbacks share, and the list that tells them what happens."""

import inspect
from collections.abc import Iterable
from typing import Any

Logs = dict[str, float]


class Callback:
    """What all callbacks share: the model, and moments at which nothing happens.

    A callback overrides the moments that it cares about; they are those of Keras. ``logs`` is
    empty at each beginning; at each end it holds the latest means: ``loss``, each metric, and
    after an epoch their ``val_`` twins. Epochs and batches count from 0. Training ends after the
    batch at hand when a callback sets ``self.model.stop_training = True``.

    Attributes
    ----------
    model : Sequential
    params : dict
        ``verbose``, ``epochs``, and ``steps``, the number of batches in an epoch.
    """

    model: Any = None
    params: dict[str, Any]

    def set_model(self, model: Any) -> None:
        """Learn which model it is."""
        self.model = model

    def set_params(self, params: dict[str, Any]) -> None:
        """Learn how it is trained."""
        self.params = params

    def on_train_begin(self, logs: Logs | None = None) -> None:
        """Before the first epoch."""

    def on_train_end(self, logs: Logs | None = None) -> None:
        """After the last epoch, or after a stop."""

    def on_epoch_begin(self, epoch: int, logs: Logs | None = None) -> None:
        """Before an epoch."""

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        """After an epoch and its validation."""

    def on_train_batch_begin(self, batch: int, logs: Logs | None = None) -> None:
        """Before an update."""
        self.on_batch_begin(batch, logs)

    def on_train_batch_end(self, batch: int, logs: Logs | None = None) -> None:
        """After an update."""
        self.on_batch_end(batch, logs)

    def on_batch_begin(self, batch: int, logs: Logs | None = None) -> None:
        """Before an update: the older name."""

    def on_batch_end(self, batch: int, logs: Logs | None = None) -> None:
        """After an update: the older name."""

    def on_test_begin(self, logs: Logs | None = None) -> None:
        """Before an evaluation, that of an epoch included."""

    def on_test_end(self, logs: Logs | None = None) -> None:
        """After an evaluation."""

    def on_test_batch_begin(self, batch: int, logs: Logs | None = None) -> None:
        """Before a batch of an evaluation."""

    def on_test_batch_end(self, batch: int, logs: Logs | None = None) -> None:
        """After a batch of an evaluation."""

    def on_predict_begin(self, logs: Logs | None = None) -> None:
        """Before ``predict`` looks at its first batch."""

    def on_predict_end(self, logs: Logs | None = None) -> None:
        """After its last batch."""

    def on_predict_batch_begin(self, batch: int, logs: Logs | None = None) -> None:
        """Before a batch of ``predict``."""

    def on_predict_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        """After a batch of ``predict``; ``logs["outputs"]`` holds its predictions."""

    def on_stop(self, epoch: int, logs: Logs | None = None) -> None:
        """When ■ stopped training within an epoch; ours, not Keras's. No ``on_epoch_end`` comes."""


HOOKS = tuple(name for name in vars(Callback) if name.startswith("on_"))


class CallbackList:
    """Several callbacks that are told the same.

    Parameters
    ----------
    callbacks : iterable of Callback
    model : Sequential
    params : dict
        What all of them learn first.
    """

    def __init__(self, callbacks: Iterable[Callback], model: Any, params: dict[str, Any]) -> None:
        self.callbacks = list(callbacks)
        for callback in self.callbacks:
            callback.set_params(params)
            callback.set_model(model)

    def tell(self, moment: str, *what: Any) -> None:
        """Call the method of that name on each: ``tell("on_epoch_end", 0, {"loss": 0.3})``."""
        for callback in self.callbacks:
            getattr(callback, moment)(*what)

    def watch(self, *moments: str) -> bool:
        """Return whether one of them does anything at one of these moments."""
        return any(overrides(callback, m) for callback in self.callbacks for m in moments)


def overrides(callback: Callback, moment: str) -> bool:
    """Return whether a callback does anything at this moment."""
    return getattr(getattr(callback, moment), "__func__", None) is not getattr(Callback, moment)


def checked(where: str, callbacks: Any) -> list[Callback]:
    """Return what was given as ``callbacks`` as a list: none, one, or several.

    Raises
    ------
    TypeError
        If something in it is no callback, or waits for a moment that never comes, or cannot be
        told of it.
    """
    if callbacks is None:
        return []
    several = isinstance(callbacks, list | tuple | set | frozenset)
    given = list(callbacks) if several else [callbacks]
    for callback in given:
        _check(where, callback)
    return given


def _check(where: str, callback: Any) -> None:
    """Raise TypeError unless this is a callback that can be told of what it waits for."""
    if not isinstance(callback, Callback):
        kind = callback if isinstance(callback, type) else type(callback)
        advice = f". Write {kind.__name__}()" if kind is callback else ""
        raise TypeError(
            f"{where}: callbacks must hold objects of classes derived from callbacks.Callback. "
            f"Received: {kind.__name__}{advice}"
        )
    kind = type(callback)
    for name in dir(callback):
        if not name.startswith("on_") or not callable(getattr(callback, name)):
            continue
        if name not in HOOKS:
            raise TypeError(
                f"{where}: {kind.__name__}.{name} would never be called. "
                f"The moments are {', '.join(HOOKS)}"
            )
        words = _arguments(name)
        try:
            inspect.signature(getattr(callback, name)).bind(*words)
        except TypeError:
            raise TypeError(
                f"{where}: {kind.__name__}.{name} must take (self, {', '.join(words)}). "
                f"Received: {name}{inspect.signature(getattr(callback, name))}"
            ) from None


def _arguments(moment: str) -> list[str]:
    """Return the names of what a callback is told at this moment."""
    return list(inspect.signature(getattr(Callback, moment)).parameters)[1:]
