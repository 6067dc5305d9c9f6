"""The sweep: rows in order, one run like another, one thread a worker, and the same on Dask."""

import os

import joblib
import numpy as np
import pytest

from nbhelpers import sweep as sweeps
from nbhelpers import threads
from nbhelpers.datasets import digits
from nbhelpers.layers import Dense
from nbhelpers.models import Sequential
from nbhelpers.optimizers import SGD, Adam

OPTIMIZERS = {"sgd": SGD, "adam": Adam}
RATES = [0.001, 0.1]


@pytest.fixture(scope="module")
def data():
    (x, y), _ = digits.load_data()
    x = x[:, 3:27:3, 3:27:3].reshape(len(x), -1) / np.float32(255)
    return (x[:400], y[:400]), (x[400:600], y[400:600])


def make_model(seed):
    return Sequential([Dense(16, "relu", input_shape=(64,)), Dense(10, "softmax")], seed=seed)


@pytest.fixture(scope="module")
def by_hand(data):
    rows = []
    for name, make in OPTIMIZERS.items():
        for rate in RATES:
            model = make_model(3)
            model.compile(make(rate), "sparse_categorical_crossentropy", ["accuracy"])
            history = model.fit(*data[0], batch_size=50, epochs=2, verbose=0).history
            val_loss, val_accuracy = model.evaluate(*data[1])
            rows.append((name, rate, history["loss"][-1], val_loss, val_accuracy, False))
    return rows


def assert_same(rows, expected):
    columns = ("optimizer", "learning_rate", "loss", "val_loss", "val_accuracy", "diverged")
    for row, numbers in zip(rows, expected, strict=True):
        assert [row[c] for c in columns[:2]] == list(numbers[:2])
        assert [row[c] for c in columns[2:5]] == list(numbers[2:5])
        assert row["diverged"] is numbers[5]


@pytest.mark.parametrize("jobs", [0, -2, 1.5, True, None, "all"])
def test_what_is_no_number_of_workers_is_refused_before_anything_runs(jobs):
    def never(seed):
        raise AssertionError("nothing runs")

    with pytest.raises(ValueError, match=r"^sweep: jobs .* must be a whole number from 1 up"):
        sweeps.sweep(never, ((), ()), {"sgd": SGD}, [0.1], jobs=jobs)


@pytest.mark.parametrize("jobs", [1, 2])
def test_rows_are_what_one_gets_by_hand(data, by_hand, jobs):
    rows = sweeps.sweep(
        make_model, data, OPTIMIZERS, RATES, 2, 3, batch_size=50, jobs=jobs, progress=False
    )
    assert_same(rows, by_hand)
    matrix = sweeps.grid(rows)
    assert matrix.shape == (2, 2)
    assert matrix[1, 0] == rows[2]["val_accuracy"]


def test_a_run_that_diverges_is_a_row_not_an_error(data):
    rows = sweeps.sweep(make_model, data, {"sgd": SGD}, [0.1, 1e30], jobs=1, progress=False)
    assert [row["diverged"] for row in rows] == [False, True]
    assert rows[1]["loss"] == rows[1]["val_loss"] == np.inf
    assert np.isnan(sweeps.grid(rows)).tolist() == [[False, True]]


def test_each_worker_is_a_process_with_one_thread():
    seen = joblib.Parallel(2)(joblib.delayed(look)() for _ in range(4))
    assert os.getpid() not in {pid for pid, _ in seen}
    assert {number for _, number in seen} == {1}


def look():
    return os.getpid(), threads.count()


def test_a_bar_moves_with_the_runs(data, capsys):
    sweeps.sweep(make_model, data, {"sgd": SGD}, RATES, jobs=1)
    assert "2/2" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"optimizers": {}}, "at least one optimizer"),
        ({"learning_rates": []}, "one learning rate"),
        ({"learning_rates": [0.1, -1]}, "greater than 0"),
        ({"epochs": 0}, "epochs must be a whole number"),
    ],
)
def test_what_cannot_be_swept_is_said(data, change, words):
    arguments = {"optimizers": OPTIMIZERS, "learning_rates": RATES, "epochs": 1} | change
    with pytest.raises(ValueError, match=words):
        sweeps.sweep(make_model, data, **arguments)


@pytest.mark.filterwarnings("ignore")
def test_the_same_call_on_a_dask_cluster(data, by_hand):
    distributed = pytest.importorskip(
        "distributed", reason="Dask is not installed: pip install 'nbhelpers[cluster]'"
    )
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
        joblib.parallel_config("dask"),
    ):
        client.get_task_stream()  # watch from here on
        rows = sweeps.sweep(
            make_model, data, OPTIMIZERS, RATES, 2, 3, batch_size=50, progress=False
        )
        work = client.get_task_stream()
    assert_same(rows, by_hand)
    assert len({task["worker"] for task in work}) == 2  # neither did it all, nor did we
