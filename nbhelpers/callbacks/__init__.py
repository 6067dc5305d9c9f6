"""Watchers of training: history, progress, live curves, checkpoints, snapshots, early stopping.

A callback overrides the moments that it cares about; `callbacks.base` lists them.
"""

from nbhelpers import _out
from nbhelpers.callbacks.base import Callback, CallbackList, Logs, checked
from nbhelpers.callbacks.checkpoint import ModelCheckpoint
from nbhelpers.callbacks.early_stopping import EarlyStopping
from nbhelpers.callbacks.history import History
from nbhelpers.callbacks.live_plot import LivePlot
from nbhelpers.callbacks.order import in_order
from nbhelpers.callbacks.snapshots import Snapshots

__all__ = [
    "Callback",
    "CallbackList",
    "EarlyStopping",
    "History",
    "LivePlot",
    "Logs",
    "ModelCheckpoint",
    "Snapshots",
    "checked",
    "in_order",
]

__getattr__ = _out.missing(__name__)
