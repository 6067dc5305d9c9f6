"""Questions to Keras about behaviour: each function takes Keras, or what wants to be like it.

``make_behaviour.py`` asks Keras and stores the answers; ``test_keras_behaviour.py`` asks the
package the same. An answer is made of lists, dicts, texts and numbers, so that JSON can hold it.
"""

import itertools
import os
import random
import tempfile
from pathlib import Path

import numpy as np

X = np.random.default_rng(0).normal(size=(24, 4)).astype("float32")
Y = np.arange(24) % 3
ONE_HOT = np.eye(3, dtype="float32")[Y]
REAL = X.sum(axis=1, keepdims=True)
HOOKS = [
    *(f"on_{part}_{end}" for part in ("train", "test", "predict") for end in ("begin", "end")),
    *(f"on_{part}_{end}" for part in ("epoch", "batch") for end in ("begin", "end")),
    *(
        f"on_{part}_batch_{end}"
        for part in ("train", "test", "predict")
        for end in ("begin", "end")
    ),
]


def classifier(k, metrics=("accuracy",), loss="sparse_categorical_crossentropy"):
    model = k.Sequential([k.layers.Input((4,)), k.layers.Dense(3, activation="softmax")])
    model.compile(optimizer="sgd", loss=loss, metrics=list(metrics))
    return model


def regression(k, metrics=(), loss="mse"):
    model = k.Sequential([k.layers.Input((4,)), k.layers.Dense(1)])
    model.compile(optimizer="sgd", loss=loss, metrics=list(metrics))
    return model


def kind(value):
    """What a caller sees of a value, without its digits."""
    if isinstance(value, dict):
        return {key: kind(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [kind(item) for item in value]
    if isinstance(value, np.ndarray):
        return [str(value.dtype), list(value.shape)]
    return "number" if isinstance(value, float | np.floating) else type(value).__name__


def recorder(k, stop_at=None):
    """A callback that notes every moment, and stops at one of them."""
    calls = []

    def note(name):
        def method(self, *args, **kwargs):
            *index, logs = [*args, *kwargs.values()]
            calls.append([name, *index, sorted(logs)])
            if stop_at is not None and [name, *index] == stop_at:
                self.model.stop_training = True
            return getattr(k.callbacks.Callback, name)(self, *args, **kwargs)

        return method

    methods = {name: note(name) for name in HOOKS}
    return type("Recorder", (k.callbacks.Callback,), methods)(), calls


# Callbacks ------------------------------------------------------------------------------------


def moments(k):
    fits = {
        "one epoch": {},
        "three epochs": {"epochs": 3},
        "short last batch": {"batch_size": 7},
        "split": {"validation_split": 0.25, "batch_size": 4},
        "validation data": {"validation_data": (X[:9], Y[:9]), "epochs": 2, "batch_size": 8},
        "split and data": {"validation_data": (X[:9], Y[:9]), "validation_split": 0.5},
        "later": {"initial_epoch": 2, "epochs": 4},
        "nothing to do": {"initial_epoch": 4, "epochs": 4},
        "no epochs": {"epochs": 0},
        "whole": {"batch_size": 24},
        "larger": {"batch_size": 99},
    }
    for name, arguments in fits.items():
        callback, calls = recorder(k)
        classifier(k).fit(X, Y, **arguments, verbose=0, callbacks=[callback])
        yield f"moments of fit: {name}", calls
    for size in (None, 5, 24):
        callback, calls = recorder(k)
        classifier(k).evaluate(X, Y, batch_size=size, verbose=0, callbacks=[callback])
        yield f"moments of evaluate: {size}", calls
        callback, calls = recorder(k)
        classifier(k).predict(X, batch_size=size, verbose=0, callbacks=[callback])
        yield f"moments of predict: {size}", calls
    callback, calls = recorder(k)
    regression(k).fit(X, REAL, verbose=0, callbacks=callback)
    yield "a callback without a list", calls
    callback, calls = recorder(k)
    regression(k, ["mae"]).fit(X, REAL, verbose=0, callbacks=(callback,))
    yield "a callback in a tuple", calls


def stops(k):
    moments = [
        ["on_train_batch_end", 0],
        ["on_train_batch_end", 2],
        ["on_train_batch_end", 5],
        ["on_batch_end", 1],
        ["on_train_batch_begin", 0],
        ["on_train_batch_begin", 3],
        ["on_batch_begin", 4],
        ["on_epoch_begin", 0],
        ["on_epoch_begin", 1],
        ["on_epoch_end", 0],
        ["on_epoch_end", 1],
        ["on_epoch_end", 3],
        ["on_train_begin"],
        ["on_train_end"],
        ["on_test_begin"],
        ["on_test_end"],
        ["on_test_batch_begin", 0],
        ["on_test_batch_end", 1],
    ]
    for moment, split in itertools.product(moments, (0.0, 0.5)):
        callback, calls = recorder(k, moment)
        model = classifier(k)
        history = model.fit(
            X,
            Y,
            epochs=4,
            batch_size=4,
            validation_split=split,
            verbose=0,
            callbacks=[callback, k.callbacks.EarlyStopping("loss", patience=9)],
        )
        yield f"stopped at {moment}, split {split}", [calls, history.epoch, model.stop_training]


def parameters(k):
    for samples, size in itertools.product((1, 5, 23, 24), (1, 5, 24, 32, None)):
        callback, calls = recorder(k)
        rows = X[:samples], Y[:samples]
        classifier(k).fit(*rows, epochs=2, batch_size=size, verbose=0, callbacks=[callback])
        yield f"params of fit: {samples} samples, batches of {size}", callback.params
        yield f"batches of {samples} samples, {size} each", len(calls)
    for verbose in (0, 2):
        callback, _ = recorder(k)
        classifier(k).fit(X, Y, verbose=verbose, callbacks=[callback])
        yield f"params of fit: verbose {verbose}", callback.params
    callback, _ = recorder(k)
    classifier(k).evaluate(X, Y, verbose=0, callbacks=[callback])
    yield "params of evaluate", callback.params
    callback, _ = recorder(k)
    classifier(k).predict(X, batch_size=10, verbose=0, callbacks=[callback])
    yield "params of predict", callback.params


def shares(k):
    for samples, share in itertools.product((2, 3, 10, 21, 24), (0.1, 0.2, 0.25, 1 / 3, 0.5, 0.9)):
        callback, calls = recorder(k)
        rows = X[:samples], Y[:samples]

        def split(rows=rows, share=share, callback=callback):
            options = {"validation_split": share, "batch_size": 1, "verbose": 0}
            classifier(k).fit(*rows, **options, callbacks=[callback])

        if refused(split):
            yield f"split {share:.2f} of {samples}", "refused"
            continue
        names = [name for name, *_ in calls]
        counts = [names.count(f"on_{part}_batch_end") for part in ("train", "test")]
        yield f"split {share:.2f} of {samples}", counts


class Watched:
    """A model whose weights are the number of the epoch that it is in."""

    def __init__(self):
        self.stop_training, self.epoch, self.saved = False, None, []

    def get_weights(self):
        return [self.epoch]

    def set_weights(self, weights):
        (self.epoch,) = weights

    def save(self, filepath, overwrite=True):
        self.saved.append(["model", self.epoch, Path(filepath).name])

    def save_weights(self, filepath, overwrite=True):
        self.saved.append(["weights", self.epoch, Path(filepath).name])

    def describe(self):
        return {}


def series_of(rng):
    """Values whose sums and differences are exact, with ties."""
    step = rng.choice([1, 2, 16])
    return [rng.randrange(0, 64, step) / 64 for _ in range(rng.randint(1, 14))]


def told(callback, model, series, name, first=0):
    """Tell a callback of epochs as fit does."""
    model.stop_training = False
    callback.on_train_begin({})
    epochs = 0
    for epoch, value in enumerate(series, first):
        model.epoch = epoch
        callback.on_epoch_end(epoch, {"loss": 1.0, name: value})
        epochs += 1
        if model.stop_training:
            break
    callback.on_train_end({})
    return epochs


def early(k):
    rng = random.Random(1)
    for case in range(260):
        series = series_of(rng)
        mode = rng.choice(["auto", "min", "max"])
        name = "val_loss" if mode == "auto" else rng.choice(["val_loss", "f1"])
        options = {
            "monitor": name,
            "mode": mode,
            "patience": rng.choice([0, 0, 1, 2, 3, 5]),
            "min_delta": rng.choice([0, 0, 1 / 16, -1 / 16, 1 / 4]),
            "restore_best_weights": rng.random() < 0.5,
        }
        stop, model = k.callbacks.EarlyStopping(**options), Watched()
        stop.set_model(model)
        first = rng.choice([0, 0, 3])
        epochs = told(stop, model, series, name, first)
        seen = [epochs, model.epoch, stop.stopped_epoch, stop.wait, stop.best, stop.best_epoch]
        yield f"EarlyStopping {case}", seen
        if case % 5 == 0:
            epochs = told(stop, model, series_of(rng), name)
            yield f"EarlyStopping {case}, once more", [epochs, model.epoch, stop.stopped_epoch]
    for value in ("nan", "inf", "-inf"):
        for place in range(3):
            series = [0.5, 0.25, 0.75, 0.125]
            series[place] = float(value)
            stop, model = k.callbacks.EarlyStopping(patience=2), Watched()
            stop.set_model(model)
            yield f"EarlyStopping with {value} at {place}", told(stop, model, series, "val_loss")


def checkpoints(k):
    rng = random.Random(2)
    names = ["m.keras", "{epoch}.keras", "{epoch:03d}-{loss:.1f}.keras", "v{value:.3f}.keras"]
    for case in range(140):
        mode = rng.choice(["auto", "min", "max"])
        name = "val_loss" if mode == "auto" else "value"
        weights = rng.random() < 0.3
        path = rng.choice(names[:3] if name == "val_loss" else names)
        if weights:
            path = path.replace(".keras", ".weights.h5")
        with tempfile.TemporaryDirectory() as folder:
            save = k.callbacks.ModelCheckpoint(
                os.path.join(folder, path),
                monitor=name,
                mode=mode,
                save_best_only=rng.random() < 0.8,
                save_weights_only=weights,
            )
            model = Watched()
            save.set_model(model)
            told(save, model, series_of(rng), name, rng.choice([0, 2]))
            if case % 5 == 0:
                told(save, model, series_of(rng), name)
        yield f"ModelCheckpoint {case}", model.saved


def directions(k):
    """Which way a name goes when nobody says it."""
    rng = random.Random(3)
    names = ["accuracy", "acc", "mse", "mae", "loss", "sparse_categorical_accuracy"]
    names += ["mean_squared_error", "mean_absolute_error"]
    for name, prefix in itertools.product(names, ("", "val_")):
        series = [rng.randrange(64) / 64 for _ in range(8)]

        class Write(k.callbacks.Callback):
            key, values = prefix + name, series

            def on_epoch_end(self, epoch, logs=None):
                logs[self.key] = self.values[epoch]

        binary = name in ("accuracy", "acc", "sparse_categorical_accuracy")
        wanted = [] if name == "loss" else [name]
        model = classifier(k, wanted) if binary else regression(k, wanted)
        history = model.fit(
            X,
            Y if binary else REAL,
            epochs=8,
            validation_split=0.5,
            verbose=0,
            callbacks=[Write(), k.callbacks.EarlyStopping(prefix + name, patience=2)],
        )
        yield f"direction of {prefix + name}", [history.epoch, history.history[prefix + name]]


def made_folders(k):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "a", "b", "{epoch:02d}.keras")
        save = k.callbacks.ModelCheckpoint(path)
        classifier(k).fit(X, Y, epochs=2, verbose=0, callbacks=[save])
        yield "folders of a checkpoint", sorted(p.name for p in Path(folder).rglob("*"))
        model = classifier(k)
        model.save(os.path.join(folder, "m.keras"))
        again = k.models.load_model(os.path.join(folder, "m.keras"))
        yield "loaded predicts alike", bool((again.predict(X) == model.predict(X)).all())
        yield (
            "loaded has the names",
            [layer.name for layer in again.layers] == [layer.name for layer in model.layers],
        )
        model.save_weights(os.path.join(folder, "m.weights.h5"))
        other = classifier(k)
        other.load_weights(os.path.join(folder, "m.weights.h5"))
        same = zip(model.get_weights(), other.get_weights(), strict=True)
        yield "weights come back", all(bool((a == b).all()) for a, b in same)
        wrong = k.Sequential([k.layers.Input((4,)), k.layers.Dense(2)])
        weights = os.path.join(folder, "m.weights.h5")
        yield "weights of another shape", refused(lambda: wrong.load_weights(weights))
        no = os.path.join(folder, "no.keras")
        yield "no such file", refused(lambda: k.models.load_model(no))


def written_logs(k):
    class Rate(k.callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            logs["rate"] = 0.5 * epoch
            if epoch == 1:
                logs["loss"] = 7.0

    history = classifier(k).fit(X, Y, epochs=3, verbose=0, callbacks=[Rate()])
    yield (
        "what a callback writes into logs",
        [
            sorted(history.history),
            history.history["rate"],
            history.history["loss"][1],
        ],
    )

    class Batch(k.callbacks.Callback):
        def on_train_batch_end(self, batch, logs=None):
            logs["extra"] = 1.0

    history = classifier(k).fit(X, Y, verbose=0, callbacks=[Batch()])
    yield "what a callback writes into the logs of a batch", sorted(history.history)
    yield "history of a model", kind(vars(history)["history"])


# Models ---------------------------------------------------------------------------------------


def names_of(k):
    build = {
        "dense": lambda: [k.layers.Dense(3), k.layers.Dense(2)],
        "named": lambda: [k.layers.Dense(3, name="first"), k.layers.Dense(2, name="second")],
        "all": lambda: [
            k.layers.Rescaling(0.5),
            k.layers.Flatten(),
            k.layers.Dense(3, activation="relu"),
            k.layers.Dropout(0.5),
            k.layers.Dense(3),
            k.layers.Activation("relu"),
            k.layers.ReLU(),
            k.layers.Softmax(),
        ],
    }
    for name, parts in build.items():
        getattr(k.utils, "clear_session", lambda: None)()
        model = k.Sequential([k.layers.Input((4,)), *parts()])
        yield f"names of layers: {name}", [layer.name for layer in model.layers]
        yield f"name of the model: {name}", model.name
        yield f"number of layers: {name}", len(model.layers)
        yield f"parameters: {name}", model.count_params()
        yield f"of each layer: {name}", [layer.count_params() for layer in model.layers]
        yield f"input shape: {name}", list(model.input_shape)
        yield f"output shape: {name}", list(model.output_shape)
        yield f"weights before fit: {name}", kind(model.get_weights())
        yield f"of each layer before fit: {name}", [kind(x.get_weights()) for x in model.layers]
        yield f"predictions: {name}", kind(model.predict(X, verbose=0))


def shapes(k):
    for shape in [(4,), (2, 2), (28, 28), (3, 2, 2), (1,)]:
        model = k.Sequential([k.layers.Input(shape), k.layers.Flatten(), k.layers.Dense(2)])
        yield f"input of {shape}", list(model.input_shape)
        yield f"output of {shape}", list(model.output_shape)
        yield f"weights of {shape}", kind(model.get_weights())
        yield f"one of {shape}", kind(model.predict(np.zeros((1, *shape)), verbose=0))
        yield f"called on {shape}", list(model(np.zeros((3, *shape), "float32")).shape)
    model = k.Sequential([k.Input(shape=(5,)), k.layers.Dense(2)])
    yield "top-level Input", list(model.input_shape)
    model = k.Sequential([k.layers.Dense(2)])
    yield "weights of an unknown shape", kind(model.get_weights())
    yield "built before", model.built
    model.build((None, 3))
    yield "weights when built", kind(model.get_weights())
    yield "built after", model.built
    model = k.Sequential()
    model.add(k.layers.Input((4,)))
    model.add(k.layers.Dense(3))
    yield "built by add", [model.built, kind(model.get_weights())]
    model.add(k.layers.Dense(2))
    yield "built by the next add", [model.built, kind(model.get_weights())]


def metric_names(k):
    def own(y_true, y_pred):
        return abs(y_true - y_pred)

    cases = {
        "none": [],
        "accuracy": ["accuracy"],
        "acc": ["acc"],
        "mse": ["mse"],
        "mae": ["mae"],
        "long": ["mean_squared_error", "mean_absolute_error"],
        "several": ["accuracy", "mse"],
        "sparse": ["sparse_categorical_accuracy"],
    }
    for name, wanted in cases.items():
        sparse = name in ("accuracy", "acc", "sparse")
        model = classifier(k, wanted) if sparse else regression(k, wanted)
        data = (X, Y) if sparse else (X, REAL)
        history = model.fit(*data, epochs=2, validation_split=0.25, verbose=0).history
        yield f"history with metrics {name}", sorted(history)
        yield f"evaluate with metrics {name}", kind(model.evaluate(*data, verbose=0))
        values = model.evaluate(*data, verbose=0, return_dict=True)
        yield f"evaluate with metrics {name}, as dict", kind(values)
    for loss in ("mse", "mae", "mean_squared_error", "mean_absolute_error"):
        model = regression(k, [], loss)
        yield f"loss {loss}", kind(model.evaluate(X, REAL, verbose=0))
        yield f"history of loss {loss}", sorted(model.fit(X, REAL, verbose=0).history)
    for kind_of in ("MeanSquaredError", "MeanAbsoluteError"):
        model = regression(k, [], getattr(k.losses, kind_of)())
        yield f"loss {kind_of}", kind(model.evaluate(X, REAL, verbose=0))
    model = k.Sequential([k.layers.Input((1,)), k.layers.Dense(1)])
    model.set_weights([np.ones((1, 1)), np.zeros(1)])
    model.compile("sgd", "mae", metrics=["mae", "mse"])
    values = model.evaluate(np.array([[3.0], [5.0]]), np.array([0.0, 9.0]), verbose=0)
    yield "mae and mse of 3, 5 for 0, 9", [float(value) for value in values]


def dropout(k):
    x = np.ones((200, 50), "float32")
    for rate in (0.0, 0.25, 0.5, 0.75):
        layer = k.layers.Dropout(rate)
        y = np.asarray(layer(x))
        yield f"Dropout({rate}) without training", bool((y == x).all())
        y = np.asarray(layer(x, training=True))
        yield f"values after Dropout({rate})", sorted({round(float(v), 4) for v in y.ravel()})
        yield f"share after Dropout({rate})", bool(abs((y > 0).mean() - (1 - rate)) < 0.03)
        yield f"parameters of Dropout({rate})", layer.count_params()
        model = k.Sequential([k.layers.Input((50,)), layer])
        yield f"predict after Dropout({rate})", bool((model.predict(x, verbose=0) == x).all())
        yield f"shape after Dropout({rate})", list(model.output_shape)
    for rate in (-0.1, 1.5, "half"):
        yield f"Dropout({rate!r})", refused(lambda rate=rate: k.layers.Dropout(rate))


def losses_alone(k):
    names = ["mean_squared_error", "mean_absolute_error"]
    for name in names:
        loss = getattr(k.losses, name)
        values = np.asarray(loss(np.array([[0.0, 1], [2, 9]]), np.array([[1.0, 1], [4, 5]])))
        yield f"losses.{name}", [float(value) for value in values]
    for name in ("MeanSquaredError", "MeanAbsoluteError"):
        value = getattr(k.losses, name)()(
            np.array([[0.0, 1], [2, 9]]), np.array([[1.0, 1], [4, 5]])
        )
        yield f"losses.{name}", float(value)


# What is refused ------------------------------------------------------------------------------


def refused(act):
    try:
        act()
    except (ImportError, SyntaxError):
        raise
    except Exception:
        return True
    return False


def refusals(k):
    dense, layer = k.layers.Dense, k.layers
    acts = {
        "two inputs": lambda: k.Sequential([layer.Input((2,)), layer.Input((3,)), dense(2)]),
        "another shape": lambda: k.Sequential([layer.Input((2,)), dense(2)]).predict(X, verbose=0),
        "units 0": lambda: dense(0),
        "units -1": lambda: dense(-1),
        "no layer": lambda: k.Sequential([3]),
        "a text as a layer": lambda: k.Sequential(["dense"]),
        "unknown activation": lambda: dense(2, activation="rellu"),
        "unknown initializer": lambda: dense(2, kernel_initializer="glorot"),
        "unknown argument of Dense": lambda: dense(2, activatoin="relu"),
        "unknown optimizer": lambda: classifier(k).compile("sgdd", "mse"),
        "unknown loss": lambda: regression(k, loss="msee").fit(X, REAL, verbose=0),
        "unknown metric": lambda: regression(k, ["msee"]).fit(X, REAL, verbose=0),
        "fit without compile": lambda: k.Sequential([dense(1)]).fit(X, REAL, verbose=0),
        "evaluate without compile": lambda: k.Sequential([dense(1)]).evaluate(X, REAL, verbose=0),
        "x and y differ": lambda: classifier(k).fit(X, Y[:-1], verbose=0),
        "one-hot rows for sparse": lambda: classifier(k).fit(X, ONE_HOT, verbose=0),
        "labels for one-hot": lambda: classifier(k, loss="categorical_crossentropy").fit(
            X, Y, verbose=0
        ),
        "set_weights too few": lambda: classifier(k).set_weights([np.zeros((4, 3))]),
        "set_weights wrong shape": lambda: classifier(k).set_weights(
            [np.zeros((3, 4)), np.zeros(3)]
        ),
        "layer set_weights wrong": lambda: classifier(k).layers[0].set_weights([np.zeros((3, 4))]),
        "same name twice": lambda: k.Sequential(
            [layer.Input((4,)), dense(2, name="a"), dense(2, name="a")]
        ),
        "no callback": lambda: classifier(k).fit(X, Y, verbose=0, callbacks=[3]),
        "a class as a callback": lambda: classifier(k).fit(
            X, Y, verbose=0, callbacks=[k.callbacks.EarlyStopping]
        ),
        "direction unknown": lambda: classifier(k).fit(
            X, Y, verbose=0, callbacks=[k.callbacks.EarlyStopping("f1")]
        ),
        "unknown field of a path": lambda: classifier(k).fit(
            X, Y, verbose=0, callbacks=[k.callbacks.ModelCheckpoint("{nothing}.keras")]
        ),
        "to_categorical of a large label": lambda: k.utils.to_categorical([5], 3),
        "an optimizer in two models": lambda: _shared(k),
        "nothing to fit": lambda: classifier(k).fit(X[:0], Y[:0], verbose=0),
        "split that leaves nothing": lambda: classifier(k).fit(
            X[:1], Y[:1], validation_split=0.9, verbose=0
        ),
        "softmax over nothing": lambda: k.Sequential([]).predict(X, verbose=0),
        "negative seed": lambda: k.utils.set_random_seed(-1),
    }
    for name, act in acts.items():
        yield f"refused: {name}", refused(act)


def _shared(k):
    optimizer = k.optimizers.Adam()
    for _ in range(2):
        model = k.Sequential([k.layers.Input((4,)), k.layers.Dense(3, activation="softmax")])
        model.compile(optimizer, "sparse_categorical_crossentropy")
        model.fit(X, Y, verbose=0)


QUESTIONS = (
    moments,
    stops,
    parameters,
    shares,
    early,
    checkpoints,
    directions,
    made_folders,
    written_logs,
    names_of,
    shapes,
    metric_names,
    dropout,
    losses_alone,
    refusals,
)


def answers(k, question):
    """The answers to one question, by key."""
    return dict(question(k))
