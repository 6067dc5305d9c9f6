"""Every argument of every public call, given what it is not: a right result or one clear sentence.

Each wrong value in turn is given to each argument. What an argument takes is listed beside it;
everything else must be refused, by a sentence that names the argument and shows no internals.
"""

import math
import re

import numpy as np
import pytest

import nbhelpers
from nbhelpers import (
    activations,
    batching,
    gradcheck,
    initializers,
    layers,
    losses,
    metrics,
    optimizers,
    utils,
)
from nbhelpers.models import Sequential


class Something:
    """An object that nothing knows."""


VALUES = {
    "None": None,
    "text": "abc",
    "digit": "3",
    "bytes": b"abc",
    "nan": math.nan,
    "inf": math.inf,
    "minus": -1,
    "zero": 0,
    "half": 0.5,
    "two and a half": 2.5,
    "one": 1,
    "three": 3,
    "three as float": 3.0,
    "huge": 10**400,
    "True": True,
    "numpy int": np.int64(3),
    "numpy float": np.float32(0.5),
    "complex": 1j,
    "[]": [],
    "[0.5]": [0.5],
    "[text]": ["abc"],
    "ragged": [[1, 2], [3]],
    "(3,)": (3,),
    "dict": {"a": 1},
    "set": {1, 2},
    "vector": np.ones(3),
    "objects": np.array([Something(), None], object),
    "function": lambda *a: None,
    "class": Something,
    "object": Something(),
    "module": math,
    "slice": slice(3),
    "ellipsis": ...,
    "long list": [0.5] * 10_000,
    "long text": "abc " * 1000,
}
INTERNALS = (
    "ufunc", "be broadcast", "not broadcast", "NoneType", "has no attribute", "subscriptable",
    "operand", "unhashable", "unpack", "not supported between", "iterable", "bytes-like",
    "object is not", "axis 0 is", "positional", "reshape", "out of bounds", "scalar", "len()",
    " cast", "dtype='", "Traceback",
)  # fmt: skip
RNG = np.random.default_rng(0)
X, Y = RNG.normal(size=(12, 4)).astype("float32"), np.arange(12) % 3
P = np.full((3, 3), 1 / 3)
W = np.ones(3)


def net(loss="sparse_categorical_crossentropy"):
    model = Sequential([layers.Dense(3, "softmax", input_shape=(4,))], seed=0)
    model.compile("sgd", loss)
    return model


def built(layer, shape=(3,)):
    layer.build(shape, np.random.default_rng(0))
    return layer


def stepped(params=None, grads=None):
    optimizer, w = optimizers.SGD(), np.ones(3)
    optimizer.build([w])
    optimizer.step([w] if params is None else params, [np.ones(3)] if grads is None else grads)


def fitted(**arguments):
    net().fit(**({"x": X, "y": Y, "verbose": 0} | arguments))


def kernel_of(make):
    layers.Dense(3, kernel_initializer=make)(X)


WHOLE = "one three numpy int"
SHARE = "zero half numpy float"
REAL = "minus zero half two and a half one three three as float numpy int numpy float"
# What is a shape: a whole number from 1 up, or a tuple of them.
SHAPE = f"{WHOLE} (3,)"
NOTHING = ""
POSITIVE = "half two and a half one three three as float numpy int numpy float"
# Anything of numbers, whatever its shape: nan and infinity are numbers, too.
NUMBERS = f"{REAL} nan inf True [] [0.5] (3,) vector long list"
ROWS = "[0.5] (3,) vector long list"

# What is called with the value; the word that the message must hold; which values are taken.
CALLS = {
    "Dense(units)": (layers.Dense, "units", WHOLE),
    "Dense(activation)": (lambda v: layers.Dense(3, v), "activation", "None"),
    "Dense(kernel_initializer)": (
        lambda v: layers.Dense(3, kernel_initializer=v),
        "initializer",
        "function",
    ),
    "Dense(kernel_initializer) drawn": (
        lambda v: kernel_of(lambda *a: v),
        "kernel",
        NOTHING,
    ),
    "Dense(input_shape)": (lambda v: layers.Dense(3, input_shape=v), "input", f"None {SHAPE}"),
    "Dense(input_dim)": (lambda v: layers.Dense(3, input_dim=v), "input_dim", f"None {WHOLE}"),
    "Dense(name)": (
        lambda v: layers.Dense(3, name=v),
        "name",
        "None text digit long text",
    ),
    "Input(shape)": (layers.Input, "shape", f"{SHAPE} []"),
    "Rescaling(scale)": (layers.Rescaling, "scale", REAL),
    "Rescaling(offset)": (lambda v: layers.Rescaling(1, v), "offset", REAL),
    "Activation(activation)": (layers.Activation, "activation", "None"),
    "Dropout(rate)": (layers.Dropout, "rate", SHARE),
    "Layer.build(input_shape)": (
        lambda v: layers.Dense(2).build(v, RNG),
        "input",
        f"{SHAPE}",
    ),
    "Layer.build(rng)": (lambda v: layers.Dense(2).build((3,), v), "rng", NOTHING),
    "Layer.build(dtype)": (
        lambda v: layers.Dense(2).build((3,), RNG, v),
        "dtype",
        "numpy float",
    ),
    "Layer.forward(x)": (lambda v: built(layers.Dense(2)).forward(v), "input|x must", NOTHING),
    "Layer(x)": (lambda v: layers.Dense(2)(v), "input|x must", NOTHING),
    "Flatten(x)": (lambda v: built(layers.Flatten()).forward(v), "input|x must", NOTHING),
    "Dropout(x)": (lambda v: built(layers.Dropout(0.5)).forward(v, True), "input|x must", NOTHING),
    "Layer.set_weights": (lambda v: built(layers.Dense(2)).set_weights(v), "weights", NOTHING),
    "Layer.trainable": (lambda v: setattr(layers.Dense(2), "trainable", v), "trainable", "True"),
    "Layer.params[]": (
        lambda v: built(layers.Dense(2)).params.__setitem__("kernel", v),
        "kernel",
        NOTHING,
    ),
    "Sequential(layers)": (Sequential, "layer", "None [] "),
    "Sequential(name)": (lambda v: Sequential(name=v), "name", "text digit long text"),
    "Sequential(seed)": (
        lambda v: Sequential(seed=v),
        "seed",
        f"None zero huge {WHOLE}",
    ),
    "Sequential(dtype)": (lambda v: Sequential(dtype=v), "dtype", "numpy float"),
    "add": (lambda v: net().add(v), "layer", NOTHING),
    "build": (lambda v: Sequential([layers.Dense(2)]).build(v), "input", NOTHING),
    "compile(optimizer)": (lambda v: net().compile(v, "mse"), "optimizer", NOTHING),
    "compile(loss)": (lambda v: net().compile("sgd", v), "loss", "None"),
    "compile(metrics)": (
        lambda v: net().compile("sgd", "mse", v),
        "metrics",
        "None [] function",
    ),
    "optimizer =": (lambda v: setattr(net(), "optimizer", v), "optimizer", NOTHING),
    "set_weights": (lambda v: net().set_weights(v), "weights", NOTHING),
    "params =": (lambda v: setattr(net(), "params", v), "params", NOTHING),
    "fit(x)": (lambda v: fitted(x=v), r"\bx\b", NOTHING),
    "fit(y)": (lambda v: fitted(y=v), r"\by\b|y_true", NOTHING),
    "fit(batch_size)": (lambda v: fitted(batch_size=v), "batch_size", f"None huge {WHOLE}"),
    "fit(epochs)": (lambda v: fitted(epochs=v), "epochs", f"zero {WHOLE}"),
    "fit(verbose)": (lambda v: fitted(verbose=v), "verbose", "zero one True"),
    "fit(callbacks)": (lambda v: fitted(callbacks=v), "callbacks", "None []"),
    "fit(validation_split)": (
        lambda v: fitted(validation_split=v),
        "validation_split",
        f"None {SHARE}",
    ),
    "fit(validation_data)": (lambda v: fitted(validation_data=v), "validation_data", "None"),
    "fit(shuffle)": (lambda v: fitted(shuffle=v), "shuffle", "True"),
    "fit(initial_epoch)": (
        lambda v: fitted(initial_epoch=v),
        "initial_epoch",
        f"zero huge {WHOLE}",
    ),
    "gradients(x)": (lambda v: net().gradients(v, Y), r"\bx\b", NOTHING),
    "gradients(y)": (lambda v: net().gradients(X, v), r"\by\b|y_true", NOTHING),
    "evaluate(x)": (lambda v: net().evaluate(v, Y), r"\bx\b", NOTHING),
    "evaluate(y)": (lambda v: net().evaluate(X, v), r"\by\b|y_true", NOTHING),
    "evaluate(batch_size)": (
        lambda v: net().evaluate(X, Y, v),
        "batch_size",
        f"None huge {WHOLE}",
    ),
    "evaluate(verbose)": (
        lambda v: net().evaluate(X, Y, verbose=v),
        "verbose",
        "zero one True",
    ),
    "evaluate(callbacks)": (lambda v: net().evaluate(X, Y, callbacks=v), "callbacks", "None []"),
    "evaluate(return_dict)": (
        lambda v: net().evaluate(X, Y, return_dict=v),
        "return_dict",
        "True",
    ),
    "predict(x)": (lambda v: net().predict(v), r"\bx\b|input", NOTHING),
    "predict(batch_size)": (
        lambda v: net().predict(X, v),
        "batch_size",
        f"None huge {WHOLE}",
    ),
    "predict(verbose)": (lambda v: net().predict(X, verbose=v), "verbose", "zero one True"),
    "MeanSquaredError(y_true)": (
        lambda v: losses.MeanSquaredError()(v, [[1.0], [2.0], [3.0]]),
        "y_true",
        "vector",
    ),
    "MeanAbsoluteError(y_pred)": (
        lambda v: losses.MeanAbsoluteError()([[1.0], [2.0], [3.0]], v),
        "y_true|y_pred",
        NOTHING,
    ),
    "CategoricalCrossentropy(y_true)": (
        lambda v: losses.CategoricalCrossentropy()(v, P),
        "y_true",
        NOTHING,
    ),
    "SparseCategoricalCrossentropy(y_true)": (
        lambda v: losses.SparseCategoricalCrossentropy()(v, P),
        "y_true",
        "vector",
    ),
    "SparseCategoricalCrossentropy(y_pred)": (
        lambda v: losses.SparseCategoricalCrossentropy().gradient([0, 1, 2], v),
        "y_pred",
        NOTHING,
    ),
    "BinaryCrossentropy(y_pred)": (
        lambda v: losses.BinaryCrossentropy().values([0, 1, 1], v),
        "y_true|y_pred",
        "vector",
    ),
    "from_logits": (losses.BinaryCrossentropy, "^BinaryCrossentropy: from_logits must", "True"),
    "losses.get": (losses.get, "loss", NOTHING),
    "metrics.get": (metrics.get, "metrics", "function"),
    "optimizers.get": (optimizers.get, "optimizer", NOTHING),
    "activations.get": (activations.get, "activation", "None"),
    "initializers.get": (initializers.get, "initializer", "function"),
    "accuracy(y_true)": (lambda v: metrics.accuracy(v, P), "y_true", "vector"),
    "accuracy(y_pred)": (lambda v: metrics.accuracy([0, 1, 2], v), "y_pred", NOTHING),
    "categorical_accuracy(y_true)": (
        lambda v: metrics.categorical_accuracy(v, P),
        "y_true",
        NOTHING,
    ),
    "binary_accuracy(threshold)": (
        lambda v: metrics.binary_accuracy([[1]], [[0.5]], v),
        "threshold",
        REAL,
    ),
    "confusion_matrix(y_true)": (
        lambda v: metrics.confusion_matrix(v, [0, 1, 2], 3),
        "y_true|labels",
        "vector",
    ),
    "confusion_matrix(classes)": (
        lambda v: metrics.confusion_matrix([0], [0], v),
        "classes",
        WHOLE,
    ),
    "mean_squared_error(y_true)": (
        lambda v: metrics.mean_squared_error(v, [[1.0], [2.0], [3.0]]),
        "y_true",
        "vector",
    ),
    "SGD(learning_rate)": (optimizers.SGD, "learning_rate", POSITIVE),
    "SGD(momentum)": (lambda v: optimizers.SGD(0.1, v), "momentum", SHARE),
    "SGD(nesterov)": (lambda v: optimizers.SGD(nesterov=v), "nesterov", "True"),
    "Adagrad(initial_accumulator_value)": (
        lambda v: optimizers.Adagrad(initial_accumulator_value=v),
        "initial_accumulator_value",
        f"zero {POSITIVE}",
    ),
    "RMSprop(rho)": (lambda v: optimizers.RMSprop(rho=v), "rho", SHARE),
    "Adam(beta_1)": (lambda v: optimizers.Adam(beta_1=v), "beta_1", SHARE),
    "Adam(beta_2)": (lambda v: optimizers.Adam(beta_2=v), "beta_2", SHARE),
    "Adam(epsilon)": (lambda v: optimizers.Adam(epsilon=v), "epsilon", f"zero {POSITIVE}"),
    "Optimizer.build(params)": (lambda v: optimizers.Adam().build(v), "params", "[]"),
    "Optimizer.step(params)": (lambda v: stepped(params=v), "params", "None"),
    "Optimizer.step(grads)": (lambda v: stepped(grads=v), "grads", "None"),
    "relu(x)": (activations.relu, "x must", NUMBERS),
    "sigmoid(x)": (activations.sigmoid, "x must", NUMBERS),
    "softmax(x)": (activations.softmax, "x must", NUMBERS.replace("[] ", "")),
    "leaky_relu(negative_slope)": (
        lambda v: activations.leaky_relu([1.0], negative_slope=v),
        "negative_slope",
        f"one {SHARE}",
    ),
    "Activation(name)": (
        lambda v: activations.Activation(v, np.sin, None),
        "name",
        "text digit long text",
    ),
    "Activation(forward)": (
        lambda v: activations.Activation("own", v, None),
        "forward",
        "function class",
    ),
    "Activation(backward)": (
        lambda v: activations.Activation("own", np.sin, v),
        "backward",
        "None function class",
    ),
    "Activation.forward returns": (
        lambda v: activations.Activation("own", lambda x: v, None)(np.ones((2, 2))),
        "own: the activation must return",
        NOTHING,
    ),
    "initializer(shape)": (lambda v: initializers.he_normal(v, RNG), "shape", SHAPE),
    "initializer(rng)": (lambda v: initializers.zeros((2, 3), v), "rng", NOTHING),
    "initializer(dtype)": (lambda v: initializers.ones((2, 3), RNG, v), "dtype", "numpy float"),
    "to_categorical(x)": (
        utils.to_categorical,
        "x must|labels",
        "zero one three True numpy int [] (3,) vector three as float",
    ),
    "to_categorical(num_classes)": (
        lambda v: utils.to_categorical([0], v),
        "num_classes",
        f"None {WHOLE}",
    ),
    "set_random_seed": (utils.set_random_seed, "seed", f"zero huge {WHOLE}"),
    "generator": (utils.generator, "seed", f"None zero huge {WHOLE}"),
    "updates_per_epoch(samples)": (
        lambda v: batching.updates_per_epoch(v, 3),
        "samples",
        f"zero huge {WHOLE}",
    ),
    "updates_per_epoch(batch_size)": (
        lambda v: batching.updates_per_epoch(10, v),
        "batch_size",
        f"huge {WHOLE}",
    ),
    "batches(samples)": (lambda v: batching.batches(v, 3), "samples", f"zero huge {WHOLE}"),
    "batches(batch_size)": (lambda v: batching.batches(3, v), "batch_size", f"huge {WHOLE}"),
    "batches(rng)": (lambda v: batching.batches(3, 3, v), "rng", "None"),
    "Rows(x)": (lambda v: batching.Rows(v, 2, "float32"), "x must", f"[] {ROWS}"),
    "Rows(dtype)": (lambda v: batching.Rows(X, 2, v), "dtype", "numpy float"),
    "numerical_gradient(f)": (
        lambda v: gradcheck.numerical_gradient(v, np.ones(2)),
        r"f\b",
        NOTHING,
    ),
    "numerical_gradient(f())": (
        lambda v: gradcheck.numerical_gradient(lambda: v, np.ones(2)),
        r"f\(\)",
        f"{REAL} nan inf True [0.5] (3,)",
    ),
    "numerical_gradient(x)": (
        lambda v: gradcheck.numerical_gradient(lambda: 0.0, v),
        "x must",
        "vector",
    ),
    "numerical_gradient(step)": (
        lambda v: gradcheck.numerical_gradient(lambda: 0.0, np.ones(2), v),
        "step",
        POSITIVE,
    ),
    "relative_error(a)": (lambda v: gradcheck.relative_error(v, W), r"\ba\b", "vector"),
    "relative_error(b)": (lambda v: gradcheck.relative_error(W, v), r"\bb\b", "vector"),
}
KEYS = sorted(VALUES, key=len, reverse=True)


def words(text):
    """The keys of VALUES in a text, the longest first."""
    found = set()
    for key in KEYS:
        if f" {key} " in f" {text} ":
            found.add(key)
            text = f" {text} ".replace(f" {key} ", "  ").strip()
            if f" {key} " in f" {text} ":
                raise ValueError(f"{key} twice")
    assert not text.split(), text
    return found


# Taken, and would never end, or draw ten thousand boxes.
LONG = {
    ("fit(epochs)", "huge"),
    ("boxes(arrays)", "long list"),
    ("signal_stages(values)", "long list"),
}


def complaints(call, act, says, taken):
    """Hand over each value, and return what is wrong with how those were taken or refused."""
    found, good = {}, words(taken)
    for key, value in VALUES.items():
        if (call, key) in LONG:
            continue
        try:
            act(value)
        except Exception as error:
            wrong = f"{type(error).__name__}: {error}" if key in good else complaint(error, says)
        else:
            wrong = None if key in good else "taken in silence"
        if wrong is not None:
            found[key] = wrong
    return found


def complaint(error, says):
    """Return what is wrong with an error's sentence, or None."""
    text = str(error)
    rules = {
        "a kind of error for a wrong argument": isinstance(
            error, ValueError | TypeError | RuntimeError
        ),
        f"{says!r} in it": re.search(says, text),
        "no internals": not any(part in text for part in INTERNALS),
        "one short line": len(text) < 500 and "\n" not in text,
        "a rule": any(part in text for part in ("must", "call build", "give the first layer")),
    }
    missing = [rule for rule, kept in rules.items() if not kept]
    return f"not {', '.join(missing)}: {text:.200}" if missing else None


@pytest.mark.parametrize("call", CALLS)
def test_each_value_is_taken_or_refused_in_one_sentence(call, capsys):
    assert complaints(call, *CALLS[call]) == {}


# Right, whatever form it comes in ----------------------------------------------------------------

FORMS = {
    "list": lambda a: a.tolist(),
    "tuple": lambda a: tuple(a.tolist()),
    "float64": lambda a: a.astype("float64"),
    "float16": lambda a: a.astype("float16"),
    "longdouble": lambda a: a.astype("longdouble"),
    "Fortran order": np.asfortranarray,
    "every second row": lambda a: np.repeat(a, 2, axis=0)[::2],
    "backwards": lambda a: a[::-1].copy()[::-1],
    "other byte order": lambda a: a.astype(a.dtype.newbyteorder()),
    "a subclass": lambda a: a.view(type("Sub", (np.ndarray,), {})),
}


def read_only(a):
    a = a.copy()
    a.flags.writeable = False
    return a


FORMS["read-only"] = read_only
# Numbers that float16 holds exactly.
EXACT, TARGETS = np.float32(RNG.integers(-8, 9, size=(12, 4)) / 8), np.float32(np.eye(3)[Y])


def trained(x, y, loss):
    model = net(loss)
    model.fit(x, y, epochs=2, batch_size=5, validation_data=(x, y), verbose=0)
    return [model.predict(x), *model.get_weights(), np.array(model.evaluate(x, y))]


@pytest.mark.parametrize("form", FORMS)
def test_the_form_of_x_and_y_changes_nothing(form):
    expected = trained(EXACT, TARGETS, "categorical_crossentropy")
    x, y = FORMS[form](EXACT), FORMS[form](TARGETS)
    for a, b in zip(expected, trained(x, y, "categorical_crossentropy"), strict=True):
        np.testing.assert_array_equal(a, b)


@pytest.mark.parametrize("form", [*FORMS, "i1", "u8", ">i4", "bool"])
def test_the_form_of_labels_changes_nothing(form):
    labels = np.minimum(Y, 1) if form == "bool" else Y
    given = FORMS[form](labels.astype("float32")) if form in FORMS else labels.astype(form)
    expected = trained(EXACT, labels, "sparse_categorical_crossentropy")
    for shaped in (given, np.reshape(given, (12, 1))):
        found = trained(EXACT, shaped, "sparse_categorical_crossentropy")
        for a, b in zip(expected, found, strict=True):
            np.testing.assert_array_equal(a, b)


@pytest.mark.parametrize("form", FORMS)
def test_the_form_of_weights_changes_nothing(form):
    model, kernel = net(), EXACT[:4, :3]
    model.set_weights([FORMS[form](kernel), FORMS[form](np.float32([1, 2, 3]))])
    np.testing.assert_array_equal(model.get_weights()[0], kernel)
    model.layers[0].params["kernel"] = FORMS[form](kernel * 2)
    np.testing.assert_array_equal(model.params[:12], 2 * kernel.ravel())


def test_no_argument_is_changed():
    x, y = read_only(EXACT), read_only(TARGETS)
    model = net("categorical_crossentropy")
    model.fit(x, y, verbose=0)
    model.gradients(x, y), model.evaluate(x, y), model.predict(x)
    for layer in (layers.Flatten(), layers.Rescaling(2.0), layers.Dropout(0.5), layers.ReLU()):
        built(layer, (4,)).forward(x, training=True)
        assert layer.backward(read_only(np.ones((12, 4), "float32"))).shape == (12, 4)


def test_input_and_sequential_are_on_top():
    assert nbhelpers.Input is layers.Input
    model = nbhelpers.Sequential([nbhelpers.Input(shape=(4,)), layers.Dense(2)])
    assert repr(nbhelpers.Input(4)) == "Input(shape=(4,))"
    assert model.built


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda: layers.Dense(10)(layers.Input((784,))), "Sequential only: put Input first"),
        (lambda: Sequential([net(), layers.Softmax()]), "not nested here; add the layers"),
        (lambda: layers.Dense(3).forward(X), r"dense: call build\(input_shape, rng\) before"),
        (lambda: layers.Rescaling(2.0).forward(X, training=True), "rescaling: call build"),
        (lambda: fitted(validation_data=(X, Y, Y)), r"must be \(x, y\)\. Received: 3 parts"),
        (lambda: fitted(x=X[:, :3]), r"\(n, 4\)\. Received: \(12, 3\)"),
        (lambda: net().predict(X[0]), r"\(n, 4\)\. Received: \(4,\)"),
        (lambda: fitted(validation_data=(X[:, :3], Y)), r"\(n, 4\)\. Received: \(12, 3\)"),
        (lambda: fitted(x=X[:5]), r"same number of samples.*\(5, 4\).*\(12,\)"),
        (lambda: built(layers.Dense(2)).backward(np.ones((1, 2))), "training=True"),
        (lambda: gradcheck.check_model(net(), X, Y), "must be float64. Received: float32"),
        (lambda: gradcheck.check_layer(built(layers.Dropout(0.5)), X, RNG), "dropout.*rate=0"),
        (lambda: gradcheck.relative_error([1.0], [1.0, 2.0]), r"one shape.*\(1,\) and \(2,\)"),
        (
            lambda: gradcheck.numerical_gradient(lambda: 0.0, read_only(np.ones(2))),
            "must not be read-only",
        ),
    ],
)
def test_other_usual_mistakes(act, message):
    with pytest.raises((ValueError, TypeError, RuntimeError), match=message):
        act()


LAYERS = {
    "Dense": lambda: layers.Dense(3, "tanh"),
    "Flatten": layers.Flatten,
    "Rescaling": lambda: layers.Rescaling(2.0, 1.0),
    "Activation": lambda: layers.Activation("sigmoid"),
    "Softmax": layers.Softmax,
    "ReLU": layers.ReLU,
    "Dropout": lambda: layers.Dropout(0.5),
}
OTHER = [(12, 3), (12, 5), (12, 1), (12, 4, 1), (12,), (4,), (), (1, 12, 4)]


@pytest.mark.parametrize("shape", OTHER, ids=str)
@pytest.mark.parametrize("name", LAYERS)
def test_a_layer_takes_one_shape_in_every_method(name, shape):
    layer = built(LAYERS[name](), (4,))
    calls = [layer, layer.forward, lambda x: layer.forward(x, training=True), layer.pre_activation]
    for call in calls:
        with pytest.raises(ValueError, match=r"input must have shape \(n, 4\)"):
            call(np.ones(shape, "float32"))


@pytest.mark.parametrize("shape", [(12, 5), (11, 3), (12, 1), (12,), (1, 3), ()], ids=str)
@pytest.mark.parametrize("name", LAYERS)
def test_a_gradient_must_have_the_shape_of_the_output(name, shape):
    layer = built(LAYERS[name](), (4,))
    y = layer.forward(X, training=True)
    if shape[1:] == y.shape[1:] and name in ("Flatten", "Rescaling"):
        pytest.skip("it keeps nothing of the batch, and takes any number of rows")
    with pytest.raises(ValueError, match="grad must have the shape of the output"):
        layer.backward(np.ones(shape, "float32"))
