"""A sweep: the same network, trained once with every optimizer at every learning rate.

The runs know nothing of each other, so each core takes one after another. A row of the table says
what came of one run; ``grid`` lays one column of it out as a matrix.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

import joblib
import numpy as np
import numpy.typing as npt

from nbhelpers import threads
from nbhelpers.models import Sequential
from nbhelpers.optimizers import Optimizer
from nbhelpers.utils import bar, positive, whole

Array = npt.NDArray[Any]
Data = tuple[Array, Array]
Row = dict[str, Any]
MakeOptimizer = Callable[[float], Optimizer]


def sweep(
    make_model: Callable[[int], Sequential],
    data: tuple[Data, Data],
    optimizers: Mapping[str, MakeOptimizer],
    learning_rates: Sequence[float],
    epochs: int = 1,
    seed: int = 0,
    *,
    batch_size: int = 32,
    loss: str = "sparse_categorical_crossentropy",
    jobs: int = -1,
    progress: bool = True,
) -> list[Row]:
    """Train a network with every optimizer at every learning rate, on all cores.

    All runs start at the same weights and see the same batches in the same order, so that only
    optimizer and learning rate differ. Each worker is a process, in which the engine computes on
    one thread (``threads``): two that both wanted every core would stand in each other's way. The
    numbers are those of the same runs by hand, to the last bit. Under
    ``joblib.parallel_config("dask")`` the runs go to a Dask cluster instead.

    Parameters
    ----------
    make_model : callable
        ``make_model(seed)`` returns a new Sequential, not compiled.
    data : ((x_train, y_train), (x_val, y_val))
    optimizers : mapping of str to callable
        ``optimizers[name](learning_rate)`` returns a new optimizer, as its class does.
    learning_rates : sequence of float
    epochs, seed, batch_size : int
    loss : str
    jobs : int
        Workers; -1 is one for each core. Where no thread can be started, as in a browser, the runs
        go one after the other in this process.
    progress : bool
        Show a bar that moves when a run is over.

    Returns
    -------
    list of dict
        One row a run, learning rates within optimizers: ``optimizer``, ``learning_rate``, ``loss``,
        ``accuracy`` (of the last epoch of training), ``val_loss``, ``val_accuracy``, ``diverged``.
        A run whose loss became infinite has diverged: its losses are inf, its accuracies nan.

    Raises
    ------
    ValueError
        If there is nothing to try, or a number is out of its range.
    """
    settings = [(name, rate) for name in optimizers for rate in learning_rates]
    if not settings:
        raise ValueError("sweep: give at least one optimizer and one learning rate. Received none")
    for rate in learning_rates:
        positive("sweep", "each learning rate", rate)
    whole("sweep", "epochs", epochs)
    if isinstance(jobs, bool) or jobs != -1:
        whole("sweep", "jobs (-1: one for each core)", jobs)
    tasks = [
        joblib.delayed(run)(
            make_model, seed, data, optimizers[name](rate), epochs, batch_size, loss
        )
        for name, rate in settings
    ]
    jobs = 1 if threads.is_alone() else jobs
    results = joblib.Parallel(jobs, return_as="generator")(tasks)
    found = list(_watched(results, len(tasks)) if progress else results)
    return [
        {"optimizer": name, "learning_rate": rate, **row}
        for (name, rate), row in zip(settings, found, strict=True)
    ]


def run(
    make_model: Callable[[int], Sequential],
    seed: int,
    data: tuple[Data, Data],
    optimizer: Optimizer,
    epochs: int,
    batch_size: int,
    loss: str,
) -> Row:
    """Train one network, and return what came of it: the work of one worker.

    Parameters
    ----------
    make_model, seed, data, epochs, batch_size, loss
        As in ``sweep``.
    optimizer : Optimizer
        New.
    """
    (x, y), validation = data
    model = make_model(seed)
    model.compile(optimizer, loss, ["accuracy"])
    try:
        history = model.fit(x, y, batch_size, epochs, verbose=0).history
        seen = cast(dict[str, float], model.evaluate(*validation, return_dict=True))
    except FloatingPointError:
        history, seen = {}, {"loss": np.inf}
    good = bool(np.isfinite(seen["loss"]))
    return {
        "loss": history["loss"][-1] if good else np.inf,
        "accuracy": history["accuracy"][-1] if good else np.nan,
        "val_loss": seen["loss"] if good else np.inf,
        "val_accuracy": seen["accuracy"] if good else np.nan,
        "diverged": not good,
    }


def grid(rows: Iterable[Row], column: str = "val_accuracy") -> Array:
    """Return one column of the table as a matrix.

    Returns
    -------
    array of float, shape (optimizers, learning rates)
        In the order of the sweep.

    Examples
    --------
    >>> rows = [{"optimizer": "sgd", "learning_rate": rate, "loss": 1 / rate} for rate in (1, 2)]
    >>> grid(rows, "loss")
    array([[1. , 0.5]])
    """
    table: dict[str, list[float]] = {}
    for row in rows:
        table.setdefault(row["optimizer"], []).append(row[column])
    return np.array(list(table.values()), float)


def _watched(results: Iterable[Any], total: int) -> Iterator[Any]:
    """Return the results one by one, and move a bar."""
    return iter(bar(iterable=results, total=total, desc="sweep", unit="run"))
