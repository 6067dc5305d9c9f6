"""time_machine: what it shows is what was recorded."""

import numpy as np
import pytest

from nbhelpers import explorers
from nbhelpers.callbacks import Snapshots
from nbhelpers.explorers.scenes.parts.demos import short_training
from nbhelpers.layers import Dense, Flatten
from nbhelpers.models import Sequential


def train(x, y, epochs=2, fits=1, one_hot=False, metrics="accuracy", **kwargs):
    """Train a small network, and return what was recorded."""
    watch = Snapshots(x, np.eye(10)[y] if one_hot else y, **kwargs)
    layers = [Flatten(input_shape=x.shape[1:]), Dense(12, "relu"), Dense(10, "softmax")]
    model = Sequential(layers, seed=0)
    model.compile("adam", "sparse_categorical_crossentropy", metrics)
    for _ in range(fits):
        model.fit(x, y, epochs=epochs, verbose=0, callbacks=[watch])
    return watch


@pytest.fixture(scope="module")
def data():
    rng = np.random.default_rng(0)
    return rng.random((60, 28, 28)), rng.integers(10, size=60)


def test_it_shows_the_recorded_numbers():
    watch, machine = short_training(), explorers.time_machine()
    for k, epoch in enumerate(watch.epochs):
        arrays = machine.arrays({"epoch": str(epoch)})
        assert arrays["test_now"][0, 1] == watch.confusion[k].trace() / watch.confusion[k].sum()
        counts = [int(n or 0) for n in arrays["counts"]]
        assert counts == watch.confusion[k].ravel().tolist()
        answers = watch.probabilities[k].argmax(axis=1)
        right = answers == watch.y[:16]
        assert arrays["right"] == right.sum()
        assert arrays["right_texts"] == [f"{n} ✓" for n in answers[right]]
        assert arrays["wrong_texts"] == [f"{n} ✗" for n in answers[~right]]
        assert len(arrays["right_at"]) == right.sum() and len(arrays["wrong_at"]) == (~right).sum()
        if epoch:
            assert arrays["loss_now"][0, 1] == watch.logs[k]["loss"]
            assert f"training loss {watch.logs[k]['loss']:.3f}" in arrays["text"]
        else:
            assert len(arrays["loss_now"]) == 0 and arrays["text"].startswith("Before training")


def test_weights_are_those_recorded_to_a_hundredth_of_the_scale():
    watch, machine = short_training(), explorers.time_machine()
    for epoch in (0, len(watch.epochs) - 1):
        shown = machine.arrays({"epoch": str(epoch)})["weights"].reshape(16, 784) / 127
        real = watch.kernels[epoch].T
        scale = (shown * real).sum() / (shown**2).sum()
        inside = np.abs(shown) < 1
        assert inside.mean() > 0.98
        assert np.abs(shown * scale - real)[inside].max() < 0.01 * np.abs(real).max()


def test_the_scale_of_colours_is_the_same_at_every_epoch():
    machine = explorers.time_machine()
    frames = machine.data["frames"].values()
    border = np.array([frame["weights"][:, 0, 0] for frame in frames])  # no ink: it never learns
    assert (border == border[0]).all() and np.abs(border).max() > 20


def test_the_network_becomes_better():
    first, last = (explorers.time_machine().arrays({"epoch": e}) for e in ("0", "8"))
    assert first["test_now"][0, 1] < 0.3 and last["test_now"][0, 1] > 0.85
    assert last["right"] > first["right"]


def test_the_most_frequent_mistake_is_named(data):
    watch = train(*data)
    watch.confusion[2] = np.diag(range(10))
    watch.confusion[2][4, 9] = 3
    machine = explorers.time_machine(watch)
    assert "4 read as 9, 3 times" in machine.arrays({"epoch": "2"})["text"]
    watch.confusion[1] = 5 * np.eye(10, dtype=int)
    assert "No mistake is left" in explorers.time_machine(watch).arrays({"epoch": "1"})["text"]


@pytest.mark.parametrize(
    ("kwargs", "scale"), [({"one_hot": True}, 1), ({"samples": 5}, 255), ({"units": 3}, 1)]
)
def test_other_recordings_can_be_shown(data, kwargs, scale):
    x, y = data
    machine = explorers.time_machine(train(x * scale, y, **kwargs))
    assert machine.data["image0"].max() == 255
    assert machine._repr_mimebundle_()[0]["image/png"]
    assert machine.arrays()["right"] <= kwargs.get("samples", 16)


def test_without_a_metric_the_curve_is_left_out(data):
    machine = explorers.time_machine(train(*data, metrics=None))
    assert machine.data["accuracy_line"].shape == (0, 2)
    assert machine.twin([{}]).png()


def test_of_many_epochs_some_are_kept_and_the_curve_is_whole(data):
    machine = explorers.time_machine(train(*data, epochs=40))
    epochs = machine.controls["epoch"].options
    assert len(epochs) == 15 and epochs[0] == "0" and epochs[-1] == "40"
    assert len(machine.data["loss_line"]) == 40
    size = sum(np.asarray(value).nbytes for value in machine.data.values())
    assert size < 240_000


def test_training_twice_counts_on(data):
    machine = explorers.time_machine(train(*data, epochs=2, fits=2))
    assert machine.controls["epoch"].options == ("0", "1", "2", "3", "4")


def test_a_training_that_was_stopped_in_its_first_epoch_shows_its_start(data):
    machine = explorers.time_machine(train(*data, epochs=0))
    assert machine.controls["epoch"].options == ("0",)
    assert machine.arrays()["text"].startswith("Before training: ")
    assert machine._repr_mimebundle_()[0]["image/png"]


def test_what_cannot_be_shown_is_said(data):
    x, y = data
    for nothing in (Snapshots(x, y), "snapshots"):
        with pytest.raises(ValueError, match="watched a training"):
            explorers.time_machine(nothing)
    with pytest.raises(ValueError, match=r"784 inputs\. Received: 64"):
        explorers.time_machine(train(x[:, :8, :8], y))
