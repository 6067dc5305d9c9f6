"""Callbacks: what they are told, what they show, and what they refuse."""

import itertools
import os
import signal
import xml.etree.ElementTree as ET
from typing import ClassVar

import numpy as np
import pytest
import tqdm.auto

from nbhelpers import callbacks, layers
from nbhelpers.callbacks import live_plot, progress
from nbhelpers.callbacks.base import HOOKS, CallbackList
from nbhelpers.models import Sequential, load_model

RNG = np.random.default_rng(0)
X = RNG.normal(size=(64, 4)).astype("float32")
LABELS = (X[:, 0] > 0).astype(int)


def classifier(seed=0, metrics="accuracy"):
    model = Sequential(
        [
            layers.Dense(8, activation="tanh", input_shape=(4,)),
            layers.Dense(2, activation="softmax"),
        ],
        seed=seed,
    )
    model.compile("rmsprop", "sparse_categorical_crossentropy", metrics=metrics)
    return model


def fit(*watchers, model=None, **options):
    options = {"epochs": 2, "batch_size": 8, "verbose": 0, **options}
    model = model or classifier()
    return model.fit(X, LABELS, callbacks=list(watchers), **options)


class Write(callbacks.Callback):
    """Put values into the logs, one an epoch."""

    def __init__(self, **series):
        self.series = series

    def on_epoch_end(self, epoch, logs=None):
        logs.update({name: values[epoch] for name, values in self.series.items()})


# Who may watch --------------------------------------------------------------------------------


def test_there_are_the_moments_of_keras_and_one_more():
    keras = {
        f"on_{what}_{end}"
        for end in ("begin", "end")
        for what in (
            "train",
            "test",
            "predict",
            "epoch",
            "batch",
            "train_batch",
            "test_batch",
            "predict_batch",
        )
    }
    assert set(HOOKS) == keras | {"on_stop"}


def watcher(**methods):
    return type("Mine", (callbacks.Callback,), methods)()


def instance_with(name):
    callback = callbacks.Callback()
    setattr(callback, name, lambda *args: None)
    return callback


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (3, "derived from callbacks.Callback.*int"),
        ([None], "derived from callbacks.Callback.*NoneType"),
        (["early"], "Received: str"),
        (callbacks.EarlyStopping, r"EarlyStopping. Write EarlyStopping\(\)"),
        ([callbacks.LivePlot], r"Write LivePlot\(\)"),
        (lambda epoch, logs: None, "Received: function"),
        (watcher(on_epoch_ends=lambda self, epoch, logs: 0), "Mine.on_epoch_ends would never be"),
        (watcher(on_validation_end=lambda self, logs: 0), "never be called.*on_test_end"),
        (instance_with("on_batch"), "Callback.on_batch would never"),
        (watcher(on_epoch_end=lambda self, epoch: 0), r"must take \(self, epoch, logs\)"),
        (watcher(on_train_end=lambda self: 0), r"Mine.on_train_end must take \(self, logs\)"),
        (watcher(on_batch_end=lambda self, a, b, c: 0), r"must take \(self, batch, logs\)"),
    ],
)
@pytest.mark.parametrize("method", ["fit", "evaluate", "predict"])
def test_what_cannot_watch_is_refused_before_anything_happens(given, words, method):
    model = classifier()
    before = model.get_weights()
    data = (X,) if method == "predict" else (X, LABELS)
    with pytest.raises(TypeError, match=f"^{method}: .*{words}"):
        getattr(model, method)(*data, verbose=0, callbacks=given)
    for a, b in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)


def test_what_can_watch_is_taken():
    seen = []
    note = watcher(
        on_epoch_end=lambda self, epoch, logs={}: seen.append(epoch),
        on_train_end=lambda self, *args: seen.append("end"),
        once=3,
        helper=lambda self: None,
    )
    for given in (note, [note], (note,), {note}):
        classifier().fit(X, LABELS, verbose=0, callbacks=given)
    assert seen == [0, "end"] * 4
    classifier().fit(X, LABELS, verbose=0, callbacks=None)


def test_a_callback_without_a_call_to_super_works_and_knows_model_and_params():
    class Bare(callbacks.Callback):
        def __init__(self):
            pass

        def set_model(self, model):
            self.mine = model
            super().set_model(model)

        def set_params(self, params):
            self.given = params
            super().set_params(params)

    bare, model = Bare(), classifier()
    model.fit(X, LABELS, epochs=3, batch_size=10, verbose=0, callbacks=bare)
    assert bare.model is bare.mine is model
    assert bare.params == bare.given == {"verbose": 0, "epochs": 3, "steps": 7}
    assert model.history.params == bare.params


def test_the_end_is_told_the_latest_means_and_after_a_stop_too(capsys):
    ends = []
    note = watcher(on_train_end=lambda self, logs: ends.append(logs))
    history = fit(note, validation_split=0.5)
    assert ends[0] == {name: values[-1] for name, values in history.history.items()}
    assert set(ends[0]) == {"loss", "accuracy", "val_loss", "val_accuracy"}
    press = watcher(on_batch_end=lambda self, *a: os.kill(os.getpid(), signal.SIGINT))
    fit(press, note)
    assert len(ends) == 2
    assert "Stopped in epoch 1 of 2, after batch 1 of 8" in capsys.readouterr().out


def test_only_who_watches_is_shown_small_batches():
    model, sizes = classifier(), []
    note = watcher(on_predict_batch_end=lambda self, b, logs: sizes.append(len(logs["outputs"])))
    model.predict(X, callbacks=note)
    assert sizes == [32, 32]
    assert CallbackList([note], model, {}).watch("on_test_batch_end", "on_predict_batch_end")
    assert not CallbackList([note], model, {}).watch("on_test_batch_end", "on_epoch_end")
    own = callbacks.Callback()
    own.on_epoch_end = lambda epoch, logs: None
    assert CallbackList([own], model, {}).watch("on_epoch_end")


# History --------------------------------------------------------------------------------------


def test_what_callbacks_write_is_in_the_history_and_in_what_is_saved(tmp_path):
    save = callbacks.ModelCheckpoint(tmp_path / "{epoch}.npz")
    history = fit(Write(rate=[0.5, 0.25], loss=[7.0, 6.0]), save, Write(late=[1.0, 2.0]))
    assert history.history["rate"] == [0.5, 0.25]
    assert history.history["loss"] == [7.0, 6.0]
    assert history.history["late"] == [1.0, 2.0]
    assert len(history.history["accuracy"]) == 2
    assert load_model(tmp_path / "1.npz").history.epoch == [0]
    assert load_model(tmp_path / "2.npz").history.history["late"] == [1.0]


def test_a_value_that_comes_late_has_a_shorter_list():
    class Late(callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            if epoch == 2:
                logs["late"] = 1.0

    history = fit(Late(), epochs=4)
    assert history.history["late"] == [1.0]
    assert len(history.history["loss"]) == 4


def test_a_history_of_ones_own_is_filled_too():
    own = callbacks.History()
    returned = fit(own)
    assert own.epoch == returned.epoch == [0, 1]
    assert own.history == returned.history


# EarlyStopping --------------------------------------------------------------------------------


def stopped(series, monitor="val_loss", **options):
    stop = callbacks.EarlyStopping(monitor, **options)
    history = fit(Write(**{monitor: series}), stop, epochs=len(series))
    return len(history.epoch)


@pytest.mark.parametrize(
    ("series", "options", "epochs"),
    [
        ([10, 9, 8, 9, 8.9, 9.1, 9.2], {"patience": 0}, 4),
        ([10, 9, 8, 9, 8.9, 9.1, 9.2], {"patience": 1}, 4),
        ([10, 9, 8, 9, 8.9, 9.1, 9.2], {"patience": 2}, 5),
        ([5, 4.9, 4.8, 4.7], {"patience": 2, "min_delta": 0.5}, 3),
        ([0.5, 0.55, 0.6, 0.7, 0.85], {"monitor": "val_accuracy", "patience": 3}, 5),
        ([0.5, 0.4, 0.3, 0.2], {"monitor": "acc", "patience": 2}, 3),
        ([0.5, 0.6, 0.3, 0.2], {"monitor": "acc", "mode": "min", "patience": 1}, 2),
        ([1, 2, 2, 2, 3], {"monitor": "f1", "mode": "max", "patience": 3}, 5),
        ([3, 3, 3], {"patience": np.int64(1)}, 2),
        ([3, 2.5, 2.4], {"patience": 1, "min_delta": np.float32(0.25)}, 3),
    ],
)
def test_early_stopping_counts_as_keras_does(series, options, epochs):
    assert stopped(series, **options) == epochs


def test_the_weights_of_the_best_epoch_come_back_and_it_says_so(capsys):
    weights = []
    note = watcher(on_epoch_end=lambda self, *a: weights.append(self.model.get_weights()))
    stop = callbacks.EarlyStopping(
        "score", patience=2, mode="max", restore_best_weights=True, verbose=1
    )
    model = classifier()
    fit(Write(score=[1, 3, 2, 2, 9]), note, stop, model=model, epochs=5)
    assert capsys.readouterr().out.splitlines() == [
        "Epoch 4: early stopping",
        "Restoring the weights of the best epoch, 2",
    ]
    assert (stop.stopped_epoch, stop.best, stop.best_epoch, stop.wait) == (3, 3, 1, 2)
    for a, b in zip(model.get_weights(), weights[1], strict=True):
        np.testing.assert_array_equal(a, b)
    assert not np.array_equal(weights[1][0], weights[3][0])
    # Without a stop they come back as well; a second training starts afresh.
    fit(Write(score=[1, 9, 8]), stop, model=model, epochs=3)
    assert capsys.readouterr().out == "Restoring the weights of the best epoch, 2\n"
    assert (stop.stopped_epoch, stop.wait, stop.best) == (0, 1, 9)


def test_silence_is_the_default_and_weights_stay(capsys):
    model = classifier()
    last = []
    note = watcher(on_epoch_end=lambda self, *a: last.append(self.model.get_weights()))
    stop = callbacks.EarlyStopping(patience=1)
    fit(Write(val_loss=[1, 2, 3]), note, stop, model=model, epochs=3)
    assert capsys.readouterr().out == ""
    np.testing.assert_array_equal(model.get_weights()[0], last[-1][0])


def test_a_stop_by_hand_keeps_the_weights_though_others_were_better(capsys):
    model = classifier()
    after = []

    class Press(callbacks.Callback):
        count = 0

        def on_train_batch_end(self, batch, logs=None):
            self.count += 1
            if self.count == 11:
                os.kill(os.getpid(), signal.SIGINT)
                after.extend(self.model.get_weights())

    stop = callbacks.EarlyStopping("loss", patience=9, restore_best_weights=True)
    fit(stop, Press(), model=model, epochs=4)
    for a, b in zip(model.get_weights(), after, strict=True):
        np.testing.assert_array_equal(a, b)


def test_nobody_takes_back_another_ones_stop():
    halt = watcher(
        on_epoch_end=lambda self, epoch, logs: setattr(
            self.model, "stop_training", self.model.stop_training or epoch == 1
        )
    )
    assert fit(halt, callbacks.EarlyStopping("loss", patience=9), epochs=8).epoch == [0, 1]


# ModelCheckpoint ------------------------------------------------------------------------------


def saved(folder, series, **options):
    path = options.pop("path", "{epoch}.npz")
    monitor = options.get("monitor", "val_loss")
    fit(
        Write(**{monitor: series}),
        callbacks.ModelCheckpoint(folder / path, **options),
        epochs=len(series),
    )
    return sorted(p.name for p in folder.rglob("*.npz"))


def test_the_best_are_saved(tmp_path):
    names = ["1.npz", "2.npz", "4.npz"]
    assert saved(tmp_path / "a", [5, 3, 4, 2, 6], save_best_only=True) == names
    names = ["1.npz", "5.npz"]
    options = {"save_best_only": True, "monitor": "val_acc"}
    assert saved(tmp_path / "b", [0.5, 0.3, 0.4, 0.5, 0.6], **options) == names
    options = {"save_best_only": True, "monitor": "cost", "mode": "min"}
    assert saved(tmp_path / "c", [5, 5, 4], **options) == ["1.npz", "3.npz"]
    assert saved(tmp_path / "d", [5, 6, 7]) == ["1.npz", "2.npz", "3.npz"]
    names = ["01-5.00.npz", "02-3.25.npz"]
    path = "in/a folder/{epoch:02d}-{val_loss:.2f}.npz"
    assert saved(tmp_path / "e", [5.0, 3.25], path=path) == names


def test_a_second_training_remembers_the_best(tmp_path):
    save = callbacks.ModelCheckpoint(tmp_path / "{epoch}.npz", save_best_only=True)
    fit(Write(val_loss=[2.0, 3.0]), save)
    fit(Write(val_loss=[2.5, 1.0]), save)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["1.npz", "2.npz"]
    assert save.best == 1.0


def test_what_it_says(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    save = callbacks.ModelCheckpoint("{epoch}.npz", save_best_only=True, verbose=1)
    fit(Write(val_loss=[2.0, 3.0, 1.5]), save, epochs=3)
    fit(callbacks.ModelCheckpoint("m.npz", verbose=1), epochs=1)
    assert capsys.readouterr().out.splitlines() == [
        "Epoch 1: val_loss is best, 2.00000; saved to 1.npz",
        "Epoch 3: val_loss is best, 1.50000; saved to 3.npz",
        "Epoch 1: saved to m.npz",
    ]


@pytest.mark.parametrize("name", ["{loss}", "{epoch:s}.npz", "{nothing}.npz", "{val_loss}.npz"])
def test_names_that_cannot_be_filled_in_are_refused_after_one_epoch(name, tmp_path):
    if name == "{loss}":
        fit(callbacks.ModelCheckpoint(tmp_path / name))
        return
    with pytest.raises(
        ValueError, match=r"filepath may hold \{epoch\}, \{loss\}, \{accuracy\}"
    ) as error:
        fit(callbacks.ModelCheckpoint(tmp_path / name))
    assert name in str(error.value)
    assert list(tmp_path.iterdir()) == []


def test_a_path_that_cannot_be_written_is_refused_before_the_first_step(tmp_path):
    steps = []
    note = watcher(on_batch_end=lambda self, *a: steps.append(1))
    with pytest.raises(IsADirectoryError, match="is a folder"):
        fit(callbacks.ModelCheckpoint(tmp_path), note)
    assert steps == []


# Arguments ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda: callbacks.EarlyStopping(3), ValueError, "monitor must be a name in logs.*: 3"),
        (lambda: callbacks.EarlyStopping(mode="up"), ValueError, "mode must be \"auto\".*: 'up'"),
        (lambda: callbacks.EarlyStopping("f1"), ValueError, "only you know.*monitor='f1'"),
        (lambda: callbacks.EarlyStopping("val_acc2"), ValueError, 'mode must be "min" or "max"'),
        (lambda: callbacks.EarlyStopping(patience=-1), ValueError, "patience.*0 up.*-1"),
        (lambda: callbacks.EarlyStopping(patience=1.0), ValueError, "patience.*1.0"),
        (lambda: callbacks.EarlyStopping(patience=True), ValueError, "patience.*True"),
        (
            lambda: callbacks.EarlyStopping(min_delta="1"),
            ValueError,
            "min_delta must be a finite number",
        ),
        (lambda: callbacks.EarlyStopping(min_delta=np.nan), ValueError, "min_delta.*nan"),
        (lambda: callbacks.EarlyStopping(min_delta=True), ValueError, "min_delta.*True"),
        (lambda: callbacks.EarlyStopping(baseline=0.5), TypeError, "baseline is in Keras, but not"),
        (lambda: callbacks.EarlyStopping(start_from_epoch=2), TypeError, "start_from_epoch is in"),
        (lambda: callbacks.EarlyStopping(patients=2), TypeError, "there is no patients, only"),
        (lambda: callbacks.ModelCheckpoint(3), ValueError, "filepath must be a str or Path.*: 3"),
        (lambda: callbacks.ModelCheckpoint(b"m"), ValueError, "filepath must be a str or Path"),
        (lambda: callbacks.ModelCheckpoint(""), ValueError, "filepath must be a file name"),
        (lambda: callbacks.ModelCheckpoint("{}"), ValueError, "braces may hold names only"),
        (lambda: callbacks.ModelCheckpoint("{0}"), ValueError, "braces may hold names only"),
        (lambda: callbacks.ModelCheckpoint("{epoch"), ValueError, "braces may hold names only"),
        (lambda: callbacks.ModelCheckpoint("{epoch.real}"), ValueError, "names only"),
        (lambda: callbacks.ModelCheckpoint("m", "f1", save_best_only=True), ValueError, "mode"),
        (lambda: callbacks.ModelCheckpoint("m", save_freq=100), TypeError, "save_freq is in Keras"),
        (lambda: callbacks.ModelCheckpoint("m", period=1), TypeError, "there is no period, only"),
    ],
)
def test_arguments_that_make_no_sense_are_refused_at_once(make, error, words):
    with pytest.raises(error, match=words):
        make()


def test_keras_own_defaults_are_taken():
    callbacks.EarlyStopping(baseline=None, start_from_epoch=0)
    callbacks.ModelCheckpoint("m", "f1", save_freq="epoch", initial_value_threshold=None)


@pytest.mark.parametrize(
    "make",
    [callbacks.EarlyStopping, lambda: callbacks.ModelCheckpoint("{epoch}", save_best_only=True)],
)
def test_a_value_that_is_not_there_is_named_with_advice(make):
    name = type(make()).__name__
    with pytest.raises(
        ValueError,
        match=f"{name}: monitor must be one of loss, accuracy. "
        "Received: 'val_loss'. Give fit validation_data",
    ):
        fit(make())
    with pytest.raises(ValueError, match=r"Received: 'val_mse'$"):
        fit(callbacks.EarlyStopping("val_mse"), validation_split=0.5)


# What is shown --------------------------------------------------------------------------------


class Bar:
    """What tqdm is to the progress bar, with everything that is asked of it."""

    made: ClassVar[list["Bar"]] = []

    def __init__(self, **options):
        self.options, self.n, self.told = options, 0, []
        Bar.made.append(self)

    def set_postfix_str(self, text, refresh=True):
        self.told.append(("words", text, refresh))

    def update(self, n):
        self.n += n
        self.told.append(("at", self.n))

    def close(self):
        self.told.append(("closed",))


@pytest.fixture
def bars(monkeypatch):
    monkeypatch.setattr(tqdm.auto, "tqdm", Bar)
    Bar.made = []
    return Bar.made


@pytest.mark.parametrize("verbose", ["auto", 1, True])
def test_one_bar_an_epoch_which_is_closed_full(bars, verbose, monkeypatch):
    monkeypatch.setattr(progress.ProgressBar, "seconds", float("inf"))
    fit(verbose=verbose)
    assert [bar.options["desc"] for bar in bars] == ["Epoch 1/2", "Epoch 2/2"]
    for bar in bars:
        assert bar.options["total"] == 8
        words, at, closed = bar.told
        assert words[1].startswith("loss: ")
        assert not words[2]  # the words are drawn with the move, not before it
        assert (at, closed) == (("at", 8), ("closed",))


def test_the_bar_moves_when_its_last_move_is_long_enough_ago(bars, monkeypatch):
    now = itertools.count(0.0, 0.25)  # seconds, one look a batch
    monkeypatch.setattr(progress.ProgressBar, "seconds", 0.5)
    monkeypatch.setattr(progress.time, "perf_counter", lambda: next(now))
    fit(verbose=1, epochs=1)
    assert [move[1] for move in bars[0].told if move[0] == "at"] == [2, 4, 6, 8, 8]


def test_the_bar_moves_ten_times_a_second_at_most(bars, monkeypatch):
    now = itertools.count(0.0, 0.06)
    monkeypatch.setattr(progress.time, "perf_counter", lambda: next(now))
    fit(verbose=1, epochs=1)
    assert [move[1] for move in bars[0].told if move[0] == "at"] == [2, 4, 6, 8, 8]


def test_a_bar_that_was_stopped_stands_where_it_was(bars, monkeypatch, capsys):
    monkeypatch.setattr(progress.ProgressBar, "seconds", float("inf"))
    halt = watcher(
        on_batch_end=lambda self, batch, logs: setattr(self.model, "stop_training", batch == 4)
    )
    fit(halt, verbose=1)
    (bar,) = bars
    assert (bar.n, bar.told[-1]) == (5, ("closed",))
    press = watcher(on_batch_end=lambda self, *a: os.kill(os.getpid(), signal.SIGINT))
    fit(press, verbose=1)
    assert bars[1].told == [("closed",)]


def test_a_line_an_epoch_with_its_seconds(capsys, monkeypatch):
    now = iter([10.0, 13.25, 20.0, 20.5])
    monkeypatch.setattr(progress.time, "perf_counter", lambda: next(now))
    history = fit(verbose=2).history
    words = [
        ", ".join(f"{name}: {values[k]:.4f}" for name, values in history.items()) for k in (0, 1)
    ]
    assert capsys.readouterr().out.splitlines() == [
        f"Epoch 1/2 - 3.2 s - {words[0]}",
        f"Epoch 2/2 - 0.5 s - {words[1]}",
    ]


@pytest.mark.parametrize("verbose", [3, -1, "bar", None, [1], 0.5])
def test_other_values_of_verbose_are_refused(verbose):
    with pytest.raises(ValueError, match='verbose must be "auto", 0, 1 or 2'):
        fit(verbose=verbose)


def view(epochs, steps):
    plot = callbacks.LivePlot()
    plot.params, plot.curves = {"epochs": epochs, "steps": steps}, {}
    plot._view = type("View", (), {"value": None})()
    return plot


@pytest.mark.parametrize(
    ("steps", "dots"),
    [(1, 1), (7, 7), (20, 20), (39, 39), (40, 20), (45, 23), (469, 21), (1000, 20)],
)
def test_a_dot_for_each_twentieth_and_one_at_the_end(steps, dots):
    plot = view(2, steps)
    values = np.arange(1.0, steps + 1)
    plot.on_epoch_begin(1, {})
    for batch in range(steps):
        plot.on_train_batch_end(batch, {"loss": values[: batch + 1].mean()})
    curve = plot.curves["loss"]
    assert len(curve) == dots
    assert curve[-1][0] == 2.0
    # Each dot is the mean of its own batches.
    ends = np.round([(epoch - 1) * steps for epoch, _ in curve]).astype(int)
    expected = [part.mean() for part in np.split(values, ends[:-1])]
    np.testing.assert_allclose([value for _, value in curve], expected)


@pytest.mark.parametrize("name", ["<lambda>", "<img src=x>", 'a"b', "a&b", "</svg>"])
def test_names_are_words_and_never_markup(name):
    svg = live_plot.curves_svg({name: [(0.5, 0.5)], "val_" + name: [(1.0, 0.25)]}, 1)
    root = ET.fromstring(svg)
    kinds = {element.tag for element in root.iter()}
    assert kinds <= {"svg", "g", "text", "path", "rect"}
    assert any(f"{name} 0.5000" in (text.text or "") for text in root.iter("text"))
    assert f"{name} 0.5000, val_{name} 0.2500" in root.get("aria-label")


def test_values_that_are_no_numbers_leave_no_dot():
    plot = view(1, 1)
    plot.on_epoch_begin(0, {})
    plot.on_train_batch_end(0, {"loss": 0.5})
    plot.on_epoch_end(0, {"loss": 0.5, "val_loss": float("nan"), "val_mae": float("inf")})
    assert set(plot.curves) == {"loss"}
    assert "nan" not in plot._view.value


def test_curves_lie_where_their_numbers_say():
    # By hand: the panel is 360 x 220, with 44 left, 12 right, 30 above and 36 below the plot; so
    # an epoch is 152 wide, and a loss of 1, on an axis from 0 to 2, is 77 high.
    curves = {"loss": [(0.5, 2.0), (1.0, 1.0)], "val_loss": [(1.0, 1.5)]}
    root = ET.fromstring(live_plot.curves_svg(curves, 2))
    words = [(t.text, t.get("x"), t.get("y")) for t in root.iter("text")]
    assert words == [
        ("loss 1.0000 · val_loss 1.5000", "44", "16"),
        ("0.00", "38", "188.0"),
        ("1.00", "38", "111.0"),
        ("2.00", "38", "34.0"),
        ("0", "44.0", "202"),
        ("1", "196.0", "202"),
        ("2", "348.0", "202"),
        ("epoch", "196.0", "217"),
    ]
    lines = [(p.get("d"), p.get("stroke-dasharray")) for p in root.iter("path")]
    assert [line for line, _ in lines[:3]] == [
        "M44 184.0H348.0",
        "M44 107.0H348.0",
        "M44 30.0H348.0",
    ]
    assert lines[3:] == [("M120.0 30.0L196.0 107.0", None), ("M196.0 68.5", "6 4")]
    (square,) = root.iter("rect")
    assert [square.get(key) for key in ("x", "y", "width", "height")] == ["193.0", "65.5", "6", "6"]


def test_panels_stand_side_by_side_and_only_losses_begin_at_zero():
    curves = {"loss": [(1.0, 3.0)], "mae": [(1.0, 2.0), (2.0, 4.0)], "acc": [(1.0, 0.5)]}
    root = ET.fromstring(live_plot.curves_svg(curves, 25))
    assert root.get("viewBox") == "0 0 1080 220"
    assert "max-width: 1080px" in root.get("style")
    panels = root.findall("g")
    assert [p.get("transform") for p in panels] == [f"translate({x} 0)" for x in (0, 360, 720)]
    values = [[t.text for t in p.iter("text")][1:4] for p in panels]
    assert values == [["0.00", "1.50", "3.00"], ["2.00", "3.00", "4.00"], ["0.50", "1.00", "1.50"]]
    # From the lowest value at the bottom, 184, to the highest at the top, 30.
    assert [p.get("d") for p in panels[1].iter("path")][-1] == "M56.2 184.0L68.3 30.0"
    # Not more than ten steps of the axis, all alike.
    epochs = [t.text for t in panels[0].iter("text") if t.get("y") == "202"]
    assert epochs == [str(k) for k in range(0, 26, 3)]


def test_snapshots_read_labels_and_one_hot_rows_alike():
    first, second = callbacks.Snapshots(X, LABELS), callbacks.Snapshots(X, np.eye(2)[LABELS])
    model = classifier()
    fit(first, second, model=model)
    for a, b in zip(first.confusion, second.confusion, strict=True):
        np.testing.assert_array_equal(a, b)
    assert first.epochs == [0, 1, 2]
    predicted = model.predict(X).argmax(axis=1)
    expected = [[np.sum((i == LABELS) & (predicted == j)) for j in (0, 1)] for i in (0, 1)]
    assert first.confusion[-1].tolist() == expected
    assert first.kernels[0].shape == (4, 8)
    assert first.probabilities[0].shape == (16, 2)
    fit(first, model=model)  # more training adds epochs, not another start
    assert first.epochs == [0, 1, 2, 1, 2]


def test_snapshots_keep_16_units_and_16_images_unless_told_otherwise():
    model = Sequential([layers.Dense(20, input_shape=(2,)), layers.Dense(18, "softmax")], seed=0)
    model.compile("sgd", "sparse_categorical_crossentropy")
    watch, x = callbacks.Snapshots(np.ones((30, 2)), np.zeros(30)), np.ones((30, 2))
    model.fit(x, np.zeros(30), epochs=1, callbacks=[watch], verbose=0)
    assert [k.shape for k in watch.kernels] == [(2, 16)] * 2
    assert [p.shape for p in watch.probabilities] == [(16, 18)] * 2
