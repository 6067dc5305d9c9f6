"""Who is told of a training, and in which order."""

from typing import Any

from nbhelpers.callbacks.base import Callback, checked
from nbhelpers.callbacks.history import Amendments, History
from nbhelpers.callbacks.progress import progress


def in_order(history: History, callbacks: Any, verbose: str | int) -> list[Callback]:
    """Return the history, what ``fit`` was given as ``callbacks``, and what shows the progress.

    The history comes first, so that a checkpoint holds the epoch at hand. The progress comes last,
    as in Keras: it shows what the others have written into ``logs``.
    """
    return [history, *checked("fit", callbacks), Amendments(history), *progress(verbose)]
