"""What happens while training: stop, divergence, and the callbacks."""

import os
import signal
import tracemalloc

import numpy as np
import pytest

from nbhelpers import callbacks, layers
from nbhelpers.callbacks.live_plot import curves_svg
from nbhelpers.models import Sequential, load_model

RNG = np.random.default_rng(0)
X = RNG.normal(size=(64, 4)).astype("float32")
LABELS = (X[:, 0] > 0).astype(int)


def classifier(seed=0, optimizer="rmsprop"):
    model = Sequential(
        [layers.Dense(8, activation="tanh"), layers.Dense(2, activation="softmax")], seed=seed
    )
    model.compile(optimizer, "sparse_categorical_crossentropy", "accuracy")
    return model


class At(callbacks.Callback):
    """Do something after a certain update."""

    def __init__(self, update, act):
        self.update, self.act, self.count, self.after = update, act, 0, None

    def on_train_batch_end(self, batch, logs):
        self.count += 1
        if self.count == self.update:
            self.act()
            self.after = self.model.get_weights()


def press_stop():
    os.kill(os.getpid(), signal.SIGINT)


def test_stop_keeps_weights_and_history_up_to_the_last_batch(capsys):
    before = signal.getsignal(signal.SIGINT)
    model, stop = classifier(), At(11, press_stop)
    history = model.fit(
        X, LABELS, epochs=4, batch_size=8, callbacks=[stop], validation_split=0.25, verbose=0
    )
    # 48 samples in 6 batches an epoch: update 11 is batch 5 of epoch 2.
    assert stop.count == 11
    assert capsys.readouterr().out == (
        "Stopped in epoch 2 of 4, after batch 5 of 6. Weights and history are kept.\n"
    )
    assert history.epoch == [0, 1]
    assert {len(values) for values in history.history.values()} == {2}
    for kept, now in zip(stop.after, model.get_weights(), strict=True):
        np.testing.assert_array_equal(kept, now)
    assert signal.getsignal(signal.SIGINT) is before


def test_a_second_stop_acts_at_once_and_the_handler_is_put_back():
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        classifier().fit(
            X, LABELS, callbacks=[At(1, lambda: (press_stop(), press_stop()))], verbose=0
        )
    assert signal.getsignal(signal.SIGINT) is before


def test_divergence_names_epoch_batch_and_causes_and_spares_the_weights():
    model = classifier()
    x = X.copy()
    x[-1] = np.nan
    spy = At(7, lambda: None)
    with pytest.raises(FloatingPointError, match="epoch 1, batch 8") as error:
        model.fit(x, LABELS, batch_size=8, shuffle=False, callbacks=[spy], verbose=0)
    assert "x itself holds nan" in str(error.value)
    for kept, now in zip(spy.after, model.get_weights(), strict=True):
        np.testing.assert_array_equal(kept, now)


def test_a_learning_rate_that_is_too_high_is_named():
    model = Sequential(layers.Dense(1), seed=0)
    model.compile("sgd", "mse")
    model.optimizer.learning_rate = 50.0
    with pytest.raises(FloatingPointError, match=r"learning rate, 50, .*largest \|x\| seen is 255"):
        x = np.ones((1001, 4))
        x[999:] = [[255.0], [256.0]]  # the first thousand are looked at
        model.fit(x, np.ones(1001), epochs=50, verbose=0)


def test_checkpoint_resumes_bit_for_bit_after_a_stop(tmp_path, capsys):
    path = tmp_path / "model-{epoch}.npz"
    whole, part = classifier(3), classifier(3)
    whole.fit(X, LABELS, epochs=4, batch_size=8, verbose=0)
    saves = callbacks.ModelCheckpoint(path)
    part.fit(X, LABELS, epochs=4, batch_size=8, callbacks=[saves, At(20, press_stop)], verbose=0)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["model-1.npz", "model-2.npz"]
    again = load_model(tmp_path / "model-2.npz")
    again.fit(X, LABELS, epochs=4, initial_epoch=len(again.history.epoch), batch_size=8, verbose=0)
    for a, b in zip(whole.get_weights(), again.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)


def test_snapshots_record_the_start_and_every_epoch():
    model, snapshots = classifier(), callbacks.Snapshots(X[:20], LABELS[:20], units=3, samples=5)
    model.fit(X, LABELS, epochs=2, callbacks=[snapshots], verbose=0)
    assert snapshots.epochs == [0, 1, 2]
    assert [k.shape for k in snapshots.kernels] == [(4, 3)] * 3
    assert [p.shape for p in snapshots.probabilities] == [(5, 2)] * 3
    assert [c.sum() for c in snapshots.confusion] == [20] * 3
    np.testing.assert_array_equal(snapshots.kernels[-1], model.get_weights()[0][:, :3])
    assert not np.array_equal(snapshots.kernels[0], snapshots.kernels[1])
    assert snapshots.logs[0] == {}
    assert snapshots.logs[2]["loss"] == model.history.history["loss"][1]


def test_early_stopping_waits_as_long_as_it_was_told():
    class Rising(callbacks.Callback):
        def on_epoch_end(self, epoch, logs):
            logs["val_loss"] = float(epoch)

    model = classifier()
    stop = callbacks.EarlyStopping(patience=2)
    history = model.fit(X, LABELS, epochs=10, callbacks=[Rising(), stop], verbose=0)
    assert history.epoch == [0, 1, 2]  # best in 0, stopped by the second that is not better
    with pytest.raises(ValueError, match="monitor must be one of loss, accuracy"):
        model.fit(X, LABELS, callbacks=[callbacks.EarlyStopping()], verbose=0)


def test_progress_bar_ends_full_and_says_the_means(capsys):
    classifier().fit(X, LABELS, epochs=2, batch_size=8)
    text = capsys.readouterr().err
    assert "Epoch 2/2: 100%" in text
    assert "8/8" in text
    assert "accuracy: " in text


def test_lines(capsys):
    history = classifier().fit(X, LABELS, epochs=2, verbose=2)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("Epoch 2/2 - ")
    assert lines[1].split("loss: ")[1].startswith(f"{history.history['loss'][1]:.4f}")


def test_live_plot_shows_the_latest_twentieth(capsys):
    model, plot = classifier(), callbacks.LivePlot()
    model.optimizer.learning_rate = 1e-30
    history = model.fit(
        X, LABELS, epochs=3, batch_size=2, validation_split=0.25, callbacks=[plot], verbose=0
    )
    assert [epoch for epoch, _ in plot.curves["val_loss"]] == [1, 2, 3]
    assert plot.curves["val_loss"][-1][1] == history.history["val_loss"][-1]
    # 24 batches an epoch, a dot each: their mean is the epoch's mean, as the weights stand still.
    last = [value for epoch, value in plot.curves["loss"] if epoch > 2]
    assert len(last) == 24
    assert np.mean(last) == pytest.approx(history.history["loss"][-1], rel=1e-6)
    assert plot._view.value == curves_svg(plot.curves, 3)
    assert "<svg" in plot._view.value
    assert "nan" not in plot._view.value


def test_progress_bar_and_live_plot_hold_training_up_little_enough_to_be_called_small():
    plot = callbacks.LivePlot()
    plot.params = {"epochs": 5, "steps": 469}
    plot._view = type("View", (), {})()
    plot.curves = {name: [(k / 20, 0.5) for k in range(100)] for name in ("loss", "accuracy")}
    plot._draw()
    assert len(plot._view.value) < 20_000  # bytes on the wire for each of the twenty dots an epoch


def test_bytes_that_are_rescaled_train_the_same_weights_as_floats(tmp_path):
    x = RNG.integers(0, 256, size=(64, 4), dtype=np.uint8)
    dense = [layers.Dense(8, activation="tanh"), layers.Dense(2, activation="softmax")]
    model = Sequential([layers.Rescaling(1 / 255), *dense], seed=0)
    model.compile("rmsprop", "sparse_categorical_crossentropy")
    model.fit(x, LABELS, epochs=3, batch_size=10, verbose=0)
    floats = classifier()
    floats.fit(x * np.float32(1 / 255), LABELS, epochs=3, batch_size=10, verbose=0)
    for a, b in zip(model.get_weights(), floats.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)
    model.save(tmp_path / "model.npz")
    again = load_model(tmp_path / "model.npz")
    np.testing.assert_array_equal(again.predict(x), model.predict(x))


class Peaks(callbacks.Callback):
    """Note how much memory each update takes beyond what is held between updates."""

    def __init__(self):
        self.peaks = []

    def on_train_batch_end(self, batch, logs):
        held, peak = tracemalloc.get_traced_memory()
        self.peaks.append(peak - held)
        tracemalloc.reset_peak()


@pytest.mark.parametrize("kind", [np.float32, np.uint8])
@pytest.mark.parametrize("optimizer", ["sgd", "adagrad", "rmsprop", "adam"])
def test_an_update_allocates_nothing_large(kind, optimizer):
    x = RNG.integers(0, 2, size=(64 * 8, 784)).astype(kind)
    model = Sequential([layers.Dense(512, "relu"), layers.Dense(10, "softmax")], seed=0)
    model.compile(optimizer, "sparse_categorical_crossentropy", "accuracy")
    watch = Peaks()
    tracemalloc.start()
    try:
        model.fit(x, np.arange(len(x)) % 10, batch_size=64, verbose=0, callbacks=[watch])
    finally:
        tracemalloc.stop()
    # One array of the hidden layer, (64, 512) float32, is 131,072 bytes. What is left are a few
    # arrays of the output, (64, 10), and the 36 kB in which NumPy turns yes and no into numbers.
    assert max(watch.peaks[2:]) < 65_000


@pytest.mark.parametrize("epochs", [1, 2])
@pytest.mark.parametrize("validation", [{}, {"validation_split": 0.25}])
def test_weights_that_the_last_step_broke_are_seen(epochs, validation):
    model, seen = classifier(), []

    class Watch(callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            seen.append(epoch)
            self.model.optimizer.learning_rate = 1e39

    model.compile("sgd", "sparse_categorical_crossentropy")
    if epochs == 1:
        model.optimizer.learning_rate = 1e39
    with pytest.raises(FloatingPointError, match=f"weights became .* epoch {epochs}, by .* batch"):
        model.fit(X, LABELS, batch_size=64, epochs=3, callbacks=[Watch()], verbose=0, **validation)
    assert len(seen) == epochs - 1


def dropping(seed=0):
    model = Sequential(
        [
            layers.Dense(16, activation="relu", input_shape=(4,)),
            layers.Dropout(0.5),
            layers.Dense(2, activation="softmax"),
        ],
        seed=seed,
    )
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


def test_dropout_keeps_the_sum_on_average_and_its_mask_for_the_way_back():
    layer = layers.Dropout(0.25)
    layer.build((50,), np.random.default_rng(0))
    x = RNG.normal(size=(400, 50)).astype("float32")
    y = layer.forward(x, training=True).copy()
    kept = y != 0
    np.testing.assert_allclose(y[kept], x[kept] / 0.75, rtol=1e-6)
    assert abs(kept.mean() - 0.75) < 0.01
    back = layer.backward(np.ones_like(x)).copy()
    np.testing.assert_allclose(back, kept / np.float32(0.75), rtol=1e-6)
    assert not np.array_equal(layer.forward(x, training=True) != 0, kept)
    np.testing.assert_array_equal(layer.forward(x), x)
    with pytest.raises(RuntimeError, match="training=True"):
        layer.backward(x), layer.backward(x)


def test_dropout_is_off_in_predict_and_evaluate_and_none_at_rate_zero():
    model, plain = dropping(), dropping()
    np.testing.assert_array_equal(model.predict(X), model.predict(X))
    assert model.evaluate(X, LABELS) == model.evaluate(X, LABELS)
    first, second = model.gradients(X, LABELS), model.gradients(X, LABELS)
    assert not np.array_equal(first[0], second[0])
    plain = Sequential([layers.Dropout(0.0, input_shape=(4,)), layers.Dense(2, "softmax")], seed=0)
    plain.compile("sgd", "sparse_categorical_crossentropy")
    again = plain.gradients(X, LABELS)
    for a, b in zip(plain.gradients(X, LABELS), again, strict=True):
        np.testing.assert_array_equal(a, b)


def test_training_with_dropout_resumes_bit_for_bit(tmp_path):
    whole, part = dropping(3), dropping(3)
    whole.fit(X, LABELS, epochs=4, batch_size=10, verbose=0)
    part.fit(X, LABELS, epochs=2, batch_size=10, verbose=0)
    part.save(tmp_path / "m.npz")
    again = load_model(tmp_path / "m.npz")
    again.fit(X, LABELS, epochs=4, initial_epoch=2, batch_size=10, verbose=0)
    for a, b in zip(whole.get_weights(), again.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)
    other = dropping(4)
    other.set_weights(dropping(3).get_weights())
    other.fit(X, LABELS, epochs=4, batch_size=10, verbose=0)
    assert not np.array_equal(whole.get_weights()[0], other.get_weights()[0])


@pytest.mark.parametrize(("first", "last"), [(0, 0), (3, 3), (5, 2)])
def test_no_epoch_is_no_training(first, last):
    model = Sequential([layers.Dense(1, input_shape=(1,))], seed=0)
    model.compile("sgd", "mse")
    before = model.get_weights()[0]
    history = model.fit([[1.0]], [1.0], epochs=last, initial_epoch=first, verbose=0)
    assert (history.epoch, history.history) == ([], {})
    np.testing.assert_array_equal(model.get_weights()[0], before)
