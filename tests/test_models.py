"""Sequential: parameters, data that fit or do not, evaluation, history, saving."""

import numpy as np
import pytest

import nbhelpers
from nbhelpers import callbacks, layers, losses, models, utils
from nbhelpers.models import Sequential, load_model
from nbhelpers.training import saving

RNG = np.random.default_rng(0)
X = RNG.normal(size=(50, 4)).astype("float32")
LABELS = (X[:, 0] > 0).astype(int) + (X[:, 1] > 0)


def classifier(seed=0, optimizer="rmsprop", loss="sparse_categorical_crossentropy"):
    model = Sequential(
        [layers.Dense(8, activation="relu"), layers.Dense(3, activation="softmax")], seed=seed
    )
    model.compile(optimizer=optimizer, loss=loss, metrics=["accuracy"])
    return model


def same(first, second):
    for a, b in zip(first.get_weights(), second.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)


def test_the_package_offers_sequential_like_keras():
    assert nbhelpers.Sequential is models.Sequential
    assert nbhelpers.models.Sequential is Sequential


def test_parameters_are_views_of_one_vector():
    model = classifier()
    model.build((None, 4))
    assert model.count_params() == 4 * 8 + 8 + 8 * 3 + 3 == model.params.size
    model.params[...] = 7
    assert all((w == 7).all() for w in model.get_weights())


def test_a_new_model_is_not_stopped():
    assert Sequential().stop_training is False


def test_a_model_is_called_to_predict():
    model = classifier()
    np.testing.assert_array_equal(model(X), model.predict(X))


def test_get_weights_are_copies_and_set_weights_is_all_or_nothing():
    model = classifier()
    model.build((None, 4))
    weights = model.get_weights()
    weights[0][...] = 9
    assert not (model.get_weights()[0] == 9).any()
    before = model.get_weights()
    with pytest.raises(ValueError, match=r"set_weights: weights must have shapes .*\(2, 2\)"):
        model.set_weights([weights[0], weights[1], weights[2], np.zeros((2, 2))])
    np.testing.assert_array_equal(model.get_weights()[0], before[0])
    model.set_weights(weights)
    assert (model.get_weights()[0] == 9).all()


def test_the_same_seed_gives_the_same_training():
    first, second, other = classifier(3), classifier(3), classifier(4)
    for model in (first, second, other):
        model.fit(X, LABELS, epochs=2, batch_size=8, verbose=0)
    same(first, second)
    assert not np.array_equal(first.get_weights()[0], other.get_weights()[0])


def test_set_random_seed_serves_models_without_a_seed_and_leaves_numpy_alone():
    state = np.random.get_state()[1].copy()  # noqa: NPY002
    trained = []
    for _ in range(2):
        utils.set_random_seed(42)
        model = classifier(seed=None)
        model.fit(X, LABELS, epochs=1, verbose=0)
        trained.append(model)
    same(*trained)
    np.testing.assert_array_equal(np.random.get_state()[1], state)  # noqa: NPY002


def test_fit_is_the_loop_that_one_would_write_by_hand():
    model, by_hand = classifier(5), classifier(5)
    model.fit(X, LABELS, epochs=2, batch_size=16, verbose=0)
    by_hand.build((None, 4))
    rng, order = by_hand.rng, None
    by_hand.optimizer.build([by_hand.params])
    for _ in range(2):
        order = rng.permutation(50)
        for start in range(0, 50, 16):
            rows = order[start : start + 16]
            grads = by_hand.gradients(X[rows], LABELS[rows])
            flat = np.concatenate([g.ravel() for g in grads])
            by_hand.optimizer.step([by_hand.params], [flat])
    same(model, by_hand)


def test_means_count_samples_so_that_a_short_last_batch_counts_right():
    model = classifier(optimizer="sgd")
    model.optimizer.learning_rate = 1e-30  # the weights stand still
    logs = model.fit(X, LABELS, epochs=1, batch_size=32, verbose=0).history
    loss, accuracy = model.evaluate(X, LABELS, batch_size=7)
    assert logs["loss"][0] == pytest.approx(loss, rel=1e-6)
    assert logs["accuracy"][0] == pytest.approx(accuracy, rel=1e-6)


def test_evaluate_forms():
    model = classifier()
    loss, accuracy = model.evaluate(X, LABELS)
    assert model.evaluate(X, LABELS, return_dict=True) == {"loss": loss, "accuracy": accuracy}
    model.compile(loss="sparse_categorical_crossentropy")
    assert model.evaluate(X, LABELS) == loss


def test_history_validation_and_initial_epoch():
    model = classifier()
    history = model.fit(X, LABELS, epochs=5, initial_epoch=3, validation_split=0.2, verbose=0)
    assert history.epoch == [3, 4]
    assert set(history.history) == {"loss", "accuracy", "val_loss", "val_accuracy"}
    assert all(len(values) == 2 for values in history.history.values())
    expected = model.evaluate(X[40:], LABELS[40:])
    assert [history.history["val_loss"][1], history.history["val_accuracy"][1]] == expected
    assert repr(history) == "History(2 epochs: loss, accuracy, val_loss, val_accuracy)"


def test_validation_split_never_trains_on_its_last_rows():
    spoiled = X.copy()
    spoiled[40:] = 1e6
    first, second = classifier(1), classifier(1)
    first.fit(X, LABELS, epochs=2, validation_split=0.2, verbose=0)
    second.fit(spoiled, LABELS, epochs=2, validation_split=0.2, verbose=0)
    same(first, second)


def test_predict_does_not_depend_on_its_batch_size_and_takes_no_rows():
    model = classifier()
    np.testing.assert_allclose(model.predict(X), model.predict(X, batch_size=7), atol=1e-6)
    assert model.predict(X[:0]).shape == (0, 3)
    assert model.predict(X).dtype == np.float32


def test_flatten_first_trains_the_dense_behind_it():
    model = Sequential([layers.Flatten(input_shape=(2, 2)), layers.Dense(1)], seed=0)
    model.compile(optimizer="sgd", loss="mse")
    losses = model.fit(X.reshape(-1, 2, 2), X.sum(axis=1), epochs=200, verbose=0).history["loss"]
    assert losses[-1] < losses[0] / 10


def test_summary_counts(capsys):
    model = Sequential(
        [
            layers.Flatten(input_shape=(28, 28)),
            layers.Dense(100, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.summary()
    text = capsys.readouterr().out
    for words in ("flatten (Flatten)", "dense (Dense)", "dense_1 (Dense)", "(None, 784)"):
        assert words in text
    for number in ("78,500", "1,010", "79,510"):
        assert number in text


@pytest.mark.parametrize(
    ("act", "error", "message"),
    [
        (lambda: Sequential([3]), TypeError, "must be a layer.*3"),
        (lambda: Sequential().compile(loss="mse"), ValueError, "add at least one layer"),
        (lambda: Sequential(layers.Dense(1)).fit(X, LABELS), RuntimeError, "compile"),
        (
            lambda: Sequential(layers.Dense(1)).summary() or Sequential().build(),
            ValueError,
            "layer",
        ),
        (lambda: classifier().fit(X, LABELS[:-1]), ValueError, "same number.*50.*49"),
        (lambda: classifier().fit(X[:0], LABELS[:0]), ValueError, "at least one sample"),
        (lambda: classifier().fit(X, LABELS, batch_size=0), ValueError, "batch_size.*0"),
        (lambda: classifier().fit(X, LABELS, verbose=3), ValueError, "verbose"),
        (lambda: classifier().fit(X, LABELS, validation_split=1.0), ValueError, "both sides"),
        (lambda: classifier().fit(X, LABELS + 9, verbose=0), ValueError, r"0\.\.2.*from 9"),
        (lambda: classifier().predict([["a"]]), ValueError, "numbers"),
        (lambda: classifier(optimizer="adamw"), ValueError, "sgd, adagrad, rmsprop, adam"),
        (lambda: classifier(loss="huber"), ValueError, "loss must be one of"),
    ],
)
def test_errors(act, error, message):
    with pytest.raises(error, match=message):
        act()


def test_one_optimizer_or_layer_serves_one_model():
    model = classifier()
    model.fit(X, LABELS, epochs=1, verbose=0)
    with pytest.raises(ValueError, match="serves another model"):
        classifier(optimizer=model.optimizer)
    with pytest.raises(ValueError, match="in use"):
        Sequential([model.layers[0]])


@pytest.mark.parametrize("optimizer", ["sgd", "adagrad", "rmsprop", "adam"])
def test_saved_and_loaded_training_goes_on_bit_for_bit(optimizer, tmp_path):
    whole, part = classifier(7, optimizer), classifier(7, optimizer)
    whole.fit(X, LABELS, epochs=5, batch_size=8, verbose=0)
    part.fit(X, LABELS, epochs=2, batch_size=8, verbose=0)
    part.save(tmp_path / "part.keras")
    again = load_model(tmp_path / "part.keras")
    assert again.history.epoch == [0, 1]
    assert again.history.history == part.history.history
    np.testing.assert_array_equal(again.predict(X), part.predict(X))
    again.fit(X, LABELS, epochs=5, initial_epoch=2, batch_size=8, verbose=0)
    same(whole, again)
    assert whole.optimizer.iterations == again.optimizer.iterations == 35
    assert whole.evaluate(X, LABELS) == again.evaluate(X, LABELS)


def test_a_model_that_was_never_compiled_can_be_saved(tmp_path):
    model = Sequential([layers.Input((4,)), layers.Dense(2)], seed=0)
    model.save(tmp_path / "m.npz")
    np.testing.assert_array_equal(load_model(tmp_path / "m.npz").predict(X), model.predict(X))


def test_load_model_errors(tmp_path):
    with pytest.raises(FileNotFoundError):
        load_model(tmp_path / "no.npz")
    (tmp_path / "text.npz").write_text("no archive")
    np.savez(tmp_path / "other.npz", a=np.ones(3))
    np.savez(tmp_path / "pickle.npz", description=np.array([{"format": 1}], dtype=object))
    model = classifier()
    model.fit(X, LABELS, epochs=1, verbose=0)
    model.save(tmp_path / "whole.npz")
    data = (tmp_path / "whole.npz").read_bytes()
    (tmp_path / "half.npz").write_bytes(data[: len(data) // 2])
    for name in ("text", "other", "pickle", "half"):
        with pytest.raises(ValueError, match=f"load_model: .*{name}.npz must be a model"):
            load_model(tmp_path / f"{name}.npz")


def test_a_file_of_the_format_before_is_refused_not_misread(tmp_path, monkeypatch):
    model = classifier()
    model.fit(X, LABELS, epochs=1, verbose=0)
    monkeypatch.setattr(saving, "FORMAT", "nbhelpers model 1")
    model.save(tmp_path / "old.npz")
    monkeypatch.undo()
    with pytest.raises(ValueError, match=r"format 'nbhelpers model 1', not 'nbhelpers model 2'"):
        load_model(tmp_path / "old.npz")


def test_a_save_that_fails_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    model = classifier()
    model.fit(X, LABELS, epochs=1, verbose=0)
    model.save(tmp_path / "m.npz")
    before = (tmp_path / "m.npz").read_bytes()

    def full(file, **arrays):
        file.write(b"half")
        raise OSError("No space left on device")

    monkeypatch.setattr(np, "savez", full)
    with pytest.raises(OSError, match="No space"):
        model.save(tmp_path / "m.npz")
    assert (tmp_path / "m.npz").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["m.npz"]


@pytest.mark.parametrize(("batch_size", "steps"), [(None, 2), (10, 4), (100, 1)])
def test_who_watches_an_evaluation_or_a_prediction_learns_its_steps(batch_size, steps):
    seen = []

    class Watch(callbacks.Callback):
        def on_test_begin(self, logs=None):
            seen.append(self.params)

        def on_predict_begin(self, logs=None):
            seen.append(self.params)

    model, x = models.Sequential([layers.Dense(2, input_shape=(3,))], seed=0), np.ones((33, 3))
    model.compile("sgd", "mse")
    model.evaluate(x, np.ones((33, 2)), batch_size=batch_size, callbacks=Watch(), verbose=0)
    model.predict(x, batch_size=batch_size, callbacks=Watch(), verbose=0)
    assert seen == [{"verbose": 0, "epochs": 1, "steps": steps}] * 2


def test_predict_takes_as_many_samples_at_a_time_as_it_is_told():
    sizes = []

    class Watch(callbacks.Callback):
        def on_predict_batch_end(self, batch, logs=None):
            sizes.append(len(logs["outputs"]))

    model = models.Sequential([layers.Dense(2, input_shape=(3,))], seed=0)
    for batch_size in (None, 10, 100):
        model.predict(np.ones((33, 3)), batch_size=batch_size, callbacks=Watch())
    assert sizes == [32, 1, 10, 10, 10, 3, 33]


def test_what_one_s_own_layer_or_loss_lacks_is_said_when_it_comes():
    class Half(losses.Loss):
        name = "half"

    layer, loss = type("Own", (layers.Layer,), {}), Half()
    with pytest.raises(NotImplementedError, match="own: a layer must have forward"):
        Sequential([layers.Dense(2), layer()])
    model = Sequential([layers.Dense(2)])
    with pytest.raises(NotImplementedError, match="Half: a loss must have _values"):
        model.compile("sgd", loss)
    Half._values = lambda self, y_true, y_pred: y_pred[:, 0]
    with pytest.raises(NotImplementedError, match="Half: a loss must have _gradient"):
        model.compile("sgd", Half)
    assert model.loss is None and model.optimizer is None
