"""One owner for every layer, optimizer and number; one shape for a model's life."""

import copy
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nbhelpers import Sequential, layers, optimizers
from nbhelpers.layers import Dense, Dropout, Flatten, Input, Rescaling

RNG = np.random.default_rng(0)
X, Y = RNG.normal(size=(12, 4)).astype("float32"), np.arange(12) % 3


def net(optimizer="sgd", seed=0):
    model = Sequential([Dense(3, "softmax", input_shape=(4,))], seed=seed)
    model.compile(optimizer, "sparse_categorical_crossentropy", ["accuracy"])
    return model


def train(model, epochs=1):
    return model.fit(X, Y, epochs=epochs, batch_size=5, verbose=0)


def same(first, second):
    for a, b in zip(first.get_weights(), second.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)


def is_whole(model):
    """The layers' numbers are the vector's, and nobody else's."""
    model.params[...] = np.arange(model.params.size)
    flat = np.concatenate([w.ravel() for w in model.get_weights()])
    np.testing.assert_array_equal(flat, np.arange(model.params.size))
    assert all(np.shares_memory(w, model.params) for w in model.weights)
    assert all(
        np.shares_memory(g, model.grads) for layer in model.layers for g in layer.grads.values()
    )


# Layers and optimizers ---------------------------------------------------------------------------


@pytest.mark.parametrize("shape", [None, (4,)])
def test_a_layer_belongs_to_one_model_from_the_moment_it_is_given(shape):
    layer = Dense(3, input_shape=shape)
    first = Sequential([layer])
    for act in (lambda: Sequential([layer]), lambda: first.add(layer), lambda: Sequential(layer)):
        with pytest.raises(ValueError, match="dense is in use already; make a new layer"):
            act()
    assert first.layers == [layer]


def test_a_list_that_is_refused_leaves_its_layers_free():
    layer, bad = Dense(3, name="mine", input_shape=(4,)), "no layer"
    with pytest.raises(TypeError, match="no layer"):
        Sequential([layer, Dense(2), bad])
    with pytest.raises(ValueError, match="in use already"):
        Sequential([layer, layer])
    with pytest.raises(ValueError, match=r"input_shape of dense must be \(3,\).*\(5,\)"):
        Sequential([layer, Dense(2, input_shape=(5,))])
    assert not layer.built
    assert layer.name == "mine"
    assert Sequential([layer, Dense(2)]).count_params() == 15 + 8


def test_a_failed_build_leaves_the_model_as_it_was():
    def fails(shape, rng, dtype):
        if shape[0] == 4:
            raise OSError("no numbers today")
        return np.ones(shape)

    model = Sequential([Dense(4), Dense(2, kernel_initializer=fails)], seed=0)
    with pytest.raises(OSError, match="today"):
        model.build((None, 3))
    assert not model.built
    assert model.input_shape is None
    assert [layer.built for layer in model.layers] == [False, False]
    model = Sequential([Dense(5), Dense(2, kernel_initializer=fails)])
    model.build((None, 3))
    assert model.count_params() == 20 + 12


def test_a_layer_that_was_used_alone_brings_its_weights():
    layer = Dense(3)
    layer(X)
    kernel = layer.get_weights()[0]
    model = Sequential([layer], seed=0)
    assert model.input_shape == (None, 4)
    np.testing.assert_array_equal(model.get_weights()[0], kernel)
    is_whole(model)
    again = Dense(3)
    again(X)
    with pytest.raises(ValueError, match=r"weights of dense must be float64. Received: float32"):
        Sequential([again], dtype="float64")
    with pytest.raises(ValueError, match=r"must be \(2,\).*\(4,\)"):
        Sequential([Input((2,)), again])


def test_the_layer_of_a_model_is_built_by_the_model_alone():
    model = net()
    with pytest.raises(ValueError, match="build is its model's to call"):
        model.layers[0].build((4,), RNG)
    open_model = Sequential([Dense(3)])
    with pytest.raises(ValueError, match="build is its model's to call"):
        open_model.layers[0](X)
    train(model)
    is_whole(model)


@pytest.mark.parametrize("kind", [optimizers.SGD, optimizers.Adam])
def test_an_optimizer_serves_one_model(kind):
    optimizer = kind(learning_rate=0.1)
    first = net(optimizer)
    with pytest.raises(ValueError, match=f"this {kind.__name__} serves another model; make a new"):
        net(optimizer)
    second = net()
    with pytest.raises(ValueError, match="serves another model"):
        second.optimizer = optimizer
    assert isinstance(second.optimizer, optimizers.SGD)
    train(first)
    first.compile(optimizer, "mse")  # its own model may
    assert optimizer.iterations == 0


def test_an_optimizer_that_works_alone_is_not_taken_away():
    optimizer, w = optimizers.Adam(), np.ones(3)
    optimizer.build([w])
    with pytest.raises(ValueError, match="serves another model"):
        net(optimizer)


def test_a_compile_that_is_refused_changes_nothing():
    model, optimizer = net(), optimizers.Adam()
    before = (model.optimizer, model.loss, model.metrics)
    for wrong in (
        {"loss": "no loss"},
        {"loss": "mse", "metrics": ["no metric"]},
        {"loss": "mse", "metrics": ["mse", "mse"]},
    ):
        with pytest.raises(ValueError, match="must"):
            model.compile(optimizer, **wrong)
    assert (model.optimizer, model.loss, model.metrics) == before
    net(optimizer)  # it is still free


def test_what_compile_chose_can_be_set_and_is_checked_then():
    model = net()
    model.optimizer = "adam"
    model.metrics = ["mse"]
    model.loss = "categorical_crossentropy"
    assert model.metrics_names == ["loss", "mse"]
    model.fit(X, np.eye(3)[Y], verbose=0)
    assert model.optimizer.iterations == 1
    for name, wrong in (("optimizer", 3), ("metrics", [3]), ("loss", 3)):
        with pytest.raises(ValueError, match="must be one of"):
            setattr(model, name, wrong)
    for name in ("layers", "dtype", "input_shape", "output_shape", "rng", "built"):
        with pytest.raises(AttributeError, match=f"Sequential: {name} cannot be set"):
            setattr(model, name, None)


OF_KERAS = ("kernel", "bias", "use_bias", "kernel_regularizer", "units", "rate", "scale", "dtype")


@pytest.mark.parametrize("name", [*OF_KERAS, "kernel_initializer", "input_shape", "output_shape"])
@pytest.mark.parametrize("used", [False, True])
def test_what_a_layer_has_not_or_cannot_change_is_not_taken(name, used):
    model = Sequential([Dense(3, input_shape=(4,)), layers.Dropout(0.5), Rescaling(2.0)], seed=0)
    made = model.layers if used else [Dense(3), layers.Dropout(0.5), Rescaling(2.0)]
    for layer in made:
        with pytest.raises(AttributeError, match=rf"(?i)^{layer.name}: .*{name}"):
            setattr(layer, name, None)


def test_an_own_layer_has_what_it_likes():
    class Own(layers.Layer):
        def forward(self, x, training=False):
            return x * self.factor

    own = Own()
    own.factor = 2.0
    assert Sequential([own]).predict(X[:1]).tolist() == (2 * X[:1]).tolist()


# Adding -----------------------------------------------------------------------------------------

MORE = {
    "dense": lambda: Dense(3, "tanh"),
    "softmax": layers.Softmax,
    "relu": layers.ReLU,
    "flatten": Flatten,
    "rescaling": lambda: Rescaling(0.5, 0.25),
}


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    kinds=st.lists(st.sampled_from(sorted(MORE)), max_size=4),
    early=st.integers(0, 4),
    trained=st.booleans(),
    form=st.sampled_from(["argument", "Input", "build"]),
)
def test_layers_added_later_are_as_good_as_layers_from_the_beginning(kinds, early, trained, form):
    def stack(parts):
        first = Dense(3, input_shape=(4,) if form == "argument" else None)
        return ([Input((4,))] if form == "Input" else []) + [first, *parts, Dense(3, "softmax")]

    def compiled(model):
        model.compile("rmsprop", "sparse_categorical_crossentropy", ["accuracy"])
        return model

    whole = compiled(Sequential(stack([MORE[kind]() for kind in kinds]), seed=0))
    whole.build((None, 4))
    parts = stack([MORE[kind]() for kind in kinds])
    model = Sequential(parts[: 2 + early], seed=0)
    if form == "build":
        model.build((None, 4))
    compiled(model)
    if trained and early < len(kinds):
        model.compile("rmsprop", "mse")
        width = model.output_shape[1]
        model.fit(X, np.zeros((12, width)), verbose=0)
        compiled(model)
    for layer in parts[2 + early :]:
        model.add(layer)
    assert [layer.name for layer in model.layers] == [layer.name for layer in whole.layers]
    assert model.output_shape == whole.output_shape == (None, 3)
    model.set_weights(whole.get_weights())
    model.rng.bit_generator.state = whole.rng.bit_generator.state
    train(model, 2), train(whole, 2)
    same(model, whole)
    assert model.evaluate(X, Y) == whole.evaluate(X, Y)
    is_whole(model)


def test_training_goes_on_after_add_and_the_optimizer_starts_afresh():
    model = net("adam")
    train(model)
    old = model.get_weights()
    taken = model.layers[0].params["kernel"]
    model.add(Dense(3, "softmax"))
    assert model.optimizer.iterations == 0
    for a, b in zip(old, model.get_weights(), strict=False):
        np.testing.assert_array_equal(a, b)
    with pytest.raises(ValueError, match="read-only"):
        taken[...] = 0  # it is no longer the model's: better an error than no effect
    train(model, 2)
    assert model.optimizer.iterations == 6


# Tables -----------------------------------------------------------------------------------------

W = np.arange(12.0).reshape(4, 3)
WAYS = {
    "params[...] =": lambda layer: layer.params.__setitem__("kernel", W),
    "a list": lambda layer: layer.params.__setitem__("kernel", W.tolist()),
    "Fortran order": lambda layer: layer.params.__setitem__("kernel", np.asfortranarray(W)),
    "update": lambda layer: layer.params.update(kernel=W),
    "update with a dict": lambda layer: layer.params.update({"kernel": W}),
    "|=": lambda layer: layer.params.__ior__({"kernel": W}),
    "params =": lambda layer: setattr(layer, "params", {"kernel": W, "bias": np.zeros(3)}),
    "writing in": lambda layer: layer.params["kernel"].__setitem__(..., W),
    "set_weights": lambda layer: layer.set_weights([W, np.zeros(3)]),
    "weights": lambda layer: layer.weights[0].__setitem__(..., W),
}


@pytest.mark.parametrize("way", WAYS)
def test_whatever_way_numbers_are_put_into_a_built_layer_they_take_effect(way):
    model, other = net(), net()
    WAYS[way](model.layers[0])
    np.testing.assert_array_equal(model.params[:12], W.ravel())
    other.set_weights([W, np.zeros(3)])
    train(model), train(other)
    same(model, other)
    assert not np.array_equal(model.get_weights()[0], W)  # and they are trained
    is_whole(model)


@pytest.mark.parametrize("table", ["params", "grads"])
@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda t: t.__setitem__("kernel", np.ones((3, 4))), r"\(4, 3\).*\(3, 4\)"),
        (lambda t: t.__setitem__("kernel", 1.0), r"\(4, 3\).*\(\)"),
        (lambda t: t.__setitem__("bias", [[1, 2, 3]]), r"\(3,\).*\(1, 3\)"),
        (lambda t: t.__setitem__("kernel", "abc"), "numbers"),
        (lambda t: t.__setitem__("kernel", W * 1j), "numbers.*complex"),
        (lambda t: t.__setitem__("weight", W), "no other arrays than kernel, bias.*'weight'"),
        (lambda t: t.update(weight=W), "'weight'"),
        (lambda t: t.setdefault("weight", W), "'weight'"),
        (lambda t: t.pop("kernel"), "part of the layer.*set_weights"),
        (lambda t: t.popitem(), "set_weights"),
        (lambda t: t.clear(), "set_weights"),
        (lambda t: t.__delitem__("bias"), "set_weights"),
    ],
)
def test_nothing_else_can_be_done_to_a_table(table, act, message):
    model = net()
    before = model.get_weights()
    with pytest.raises(ValueError, match=f"(?s){message}"):
        act(getattr(model.layers[0], table))
    for a, b in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)
    train(model)
    is_whole(model)


def test_the_step_of_the_lessons_goes_on_working():
    model, other = net(), net()
    for _ in range(3):
        model.gradients(X, Y)
        for layer in model.layers:
            for name in layer.params:
                layer.params[name] -= 0.01 * layer.grads[name]
    other.fit(X, Y, batch_size=12, epochs=3, shuffle=False, verbose=0)
    for a, b in zip(model.get_weights(), other.get_weights(), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-5, atol=1e-7)
    is_whole(model)


@pytest.mark.parametrize("name", ["params", "grads"])
def test_the_vector_of_a_model_is_filled_and_never_exchanged(name):
    model = net()
    vector = getattr(model, name)
    setattr(model, name, np.arange(15))
    assert getattr(model, name) is vector
    np.testing.assert_array_equal(vector, np.arange(15))
    for wrong in (np.ones(14), np.ones((15, 1)), 3.0, "abc"):
        with pytest.raises(ValueError, match=name):
            setattr(model, name, wrong)
    setattr(model, name, getattr(model, name) * 0)
    is_whole(model)


def test_params_of_a_layer_must_be_all_of_them():
    layer = net().layers[0]
    with pytest.raises(ValueError, match=r"params must be kernel, bias\. Received: kernel"):
        layer.params = {"kernel": W}
    assert repr(layer.grads) == repr(dict(layer.grads))
    assert len(layer.params) == 2


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda m: pickle.loads(pickle.dumps(m))])
def test_a_copy_of_a_model_is_a_whole_model_of_its_own(copied):
    model = net("adam")
    model.add(Dropout(0.3))
    model.add(Dense(3, "softmax"))
    train(model)
    twin = copied(model)
    same(model, twin)
    train(model, 2), train(twin, 2)
    same(model, twin)
    for other in (model, twin):
        is_whole(other)
    assert not np.shares_memory(model.params, twin.params)
    twin.compile(twin.optimizer, "mse")
    with pytest.raises(ValueError, match="another model"):
        model.compile(twin.optimizer, "mse")


# Shapes -----------------------------------------------------------------------------------------

SHAPE = r"input_shape must stay \(None, 2\).*\(None, 3\)"


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda: Sequential([Input((2,)), Input((3,)), Dense(2)]), SHAPE),
        (lambda: Sequential([Input((2,)), Dense(2)]).build((None, 3)), SHAPE),
        (lambda: Sequential([Dense(2, input_shape=(2,))]).build((5, 3)), SHAPE),
        (lambda: Sequential([Input((2,)), Dense(2, input_shape=(3,))]), r"\(2,\).*\(3,\)"),
        (lambda: Sequential([Dense(2), Dense(2, input_dim=3)]).build((None, 4)), r"\(3,\).*\(2,\)"),
        (lambda: Sequential([Dense(2), Input((2,))]), "Input must come first"),
        (lambda: Sequential([Dense(2, input_shape=(2,))]).predict(np.ones((1, 3))), r"\(n, 2\)"),
        (lambda: Sequential([Input((2, 2)), Dense(3)]), "Add Flatten"),
        (lambda: Sequential([Dense(3)]).build((None, 2, 2)), "Add Flatten"),
        (lambda: Sequential([Dense(3)]).build(()), "batch axis first"),
        (lambda: Sequential([Dense(3)]).build(4), "batch axis first.*4"),
        (lambda: Sequential([Dense(3)]).build((None, "a")), "whole number.*'a'"),
        (lambda: Sequential([Dense(3)]).build((None, None)), "whole number.*None"),
        (lambda: Sequential([Dense(3)]).build(), "give the first layer an input_shape"),
        (lambda: Sequential().build((None, 3)), "add a layer"),
    ],
)
def test_one_shape_for_a_models_life(act, message):
    with pytest.raises(ValueError, match=message):
        act()


def test_the_same_shape_may_be_said_twice():
    model = Sequential([Input((4,)), Dense(3, input_shape=(4,)), Dense(2, input_dim=3)], seed=0)
    before = model.get_weights()
    model.build((None, 4)), model.build((7, 4)), model.build()
    for a, b in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)


def test_shapes_have_the_batch_axis_as_in_keras():
    model = Sequential([Flatten(input_shape=(2, 2)), Dense(3), Dropout(0.5), layers.Softmax()])
    assert model.input_shape == (None, 2, 2)
    assert model.output_shape == (None, 3)
    shapes = [(layer.input_shape, layer.output_shape) for layer in model.layers]
    assert shapes == [((None, 2, 2), (None, 4)), ((None, 4), (None, 3))] + [((None, 3),) * 2] * 2
    empty = Sequential([Dense(3)])
    assert empty.input_shape is empty.output_shape is empty.layers[0].output_shape is None
    assert Sequential([Input((3,))]).output_shape == (None, 3)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Sequential([Dense(3, input_shape=(4,)), Dense(2)]),
        lambda: Sequential([Input((4,)), Dense(3), Dense(2)]),
        lambda: Sequential([Input(shape=[4]), Dense(3), Dense(2)]),
        lambda: Sequential([Dense(3, input_dim=4), Dense(2)]),
    ],
)
def test_a_model_whose_shape_is_known_has_its_weights(make):
    model = make()
    assert model.built
    assert [w.shape for w in model.get_weights()] == [(4, 3), (3,), (3, 2), (2,)]
    assert [w.shape for w in model.layers[1].get_weights()] == [(3, 2), (2,)]
    assert [w.shape for w in model.layers[0].weights] == [(4, 3), (3,)]
    assert [layer.count_params() for layer in model.layers] == [15, 8]
    assert model.params.size == model.grads.size == model.count_params() == 23
    start = model.get_weights()
    model.compile("sgd", "mse")
    model.fit(X, np.ones((12, 2)), verbose=0)
    model.set_weights(start)
    for a, b in zip(start, model.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)


def test_a_model_whose_shape_is_not_known_has_none():
    model = Sequential([Dense(3)])
    assert model.get_weights() == []
    for act in (
        lambda: model.set_weights([]),
        model.count_params,
        lambda: model.params,
        lambda: model.grads,
    ):
        with pytest.raises(ValueError, match="give the first layer an input_shape"):
            act()


def test_the_first_weights_do_not_depend_on_when_the_shape_is_known():
    early = Sequential([Dense(3, input_shape=(4,)), Dense(2)], seed=5)
    late = Sequential([Dense(3), Dense(2)], seed=5)
    late.predict(X)
    bit_by_bit = Sequential(seed=5)
    for layer in (Input((4,)), Dense(3), Dense(2)):
        bit_by_bit.add(layer)
    same(early, late)
    same(early, bit_by_bit)


# What can be set --------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [False, 0, None, "no"])
def test_freezing_is_refused_wherever_it_can_be_set(value):
    model = net()
    for thing in (model, model.layers[0], Dense(3), Dropout(0.1)):
        thing.trainable = True
        assert thing.trainable is True
        with pytest.raises(ValueError, match=r"trainable must be True.*frozen"):
            thing.trainable = value


def test_names_that_are_given_are_kept_or_refused():
    model = Sequential([Dense(3, name="a"), Dense(3), Dense(3), layers.ReLU()])
    assert [layer.name for layer in model.layers] == ["a", "dense", "dense_1", "re_lu"]
    with pytest.raises(ValueError, match="'a' twice"):
        model.add(Dense(3, name="a"))
    with pytest.raises(ValueError, match="'dense_1' twice"):
        model.add(Dense(3, name="dense_1"))


@pytest.mark.parametrize(
    "make",
    [
        lambda: Dense(3, "tanh", kernel_initializer="he_normal", name="mine"),
        lambda: Dense(2, kernel_initializer="normal"),
        lambda: Flatten(),
        lambda: Rescaling(1 / 3, -0.1),
        lambda: layers.Activation("leaky_relu"),
        lambda: layers.Softmax(),
        lambda: layers.ReLU(name="r"),
        lambda: Dropout(0.25),
    ],
)
def test_config_makes_such_a_layer_again(make):
    layer = make()
    again = layers.from_config(layer.config())
    assert type(again) is type(layer)
    assert again.config() == layer.config()
    first, second = Sequential([layer], seed=1), Sequential([again], seed=1)
    np.testing.assert_array_equal(first.predict(X), second.predict(X))


# Copies, names and what came out of the parameters themselves -------------------------------------


def test_a_shallow_copy_would_share_its_numbers_and_is_refused():
    model, layer = net(), Dense(3)
    layer(X)
    for thing in (model, layer):
        with pytest.raises(TypeError, match=r"would share its .*deepcopy"):
            copy.copy(thing)
    is_whole(model)


def test_names_are_texts_and_stay_once_a_model_has_the_layer():
    model, layer = net(), Dense(3)
    layer.name = "mine"
    model.add(layer)
    with pytest.raises(ValueError, match="mine: name must stay"):
        layer.name = "dense"
    renamed = Dense(3)
    renamed.name = "mine"
    for other in (Dense(3, name="mine"), renamed):
        with pytest.raises(ValueError, match="'mine' twice"):
            model.add(other)
    for thing in (model, Dense(3)):
        with pytest.raises(ValueError, match=r"name must be a text. Received: 3"):
            thing.name = 3
    model.name = "other"
    assert model.name == "other"


def test_weights_may_be_set_from_the_weights_themselves():
    model = Sequential([Dense(2, input_shape=(2,)), Dense(2)], seed=0)
    first, bias, second, _ = model.get_weights()
    k, b, m, c = model.weights
    model.set_weights([m, b, k, c])
    for got, wanted in zip(model.weights, [second, bias, first, bias], strict=True):
        np.testing.assert_array_equal(got, wanted)


@pytest.mark.parametrize("loss", ["mse", "categorical_crossentropy"])
def test_what_a_loss_is_made_for_cannot_be_changed_behind_it(loss):
    model = net()
    model.loss = loss
    with pytest.raises(AttributeError, match="from_logits"):
        model.loss.from_logits = True
    assert model.loss.from_logits is False


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"callbacks": [3]}, "callbacks"),
        ({"epochs": 1.5}, "epochs"),
        ({"batch_size": 0}, "batch_size"),
        ({"verbose": 7}, "verbose"),
        ({"validation_data": (X[:, :2], Y)}, r"validation_data: x must have shape \(n, 4\).*2\)"),
        ({"validation_data": (X[:, 0], Y)}, r"validation_data: x must have shape.*\(12,\)"),
        ({"validation_data": (X, Y + 1)}, "labels"),
        ({"y": Y + 1}, "labels"),
    ],
)
def test_a_fit_that_is_refused_leaves_the_model_as_it_was(change, message):
    model = Sequential([Dense(3, "softmax")], seed=0)
    model.compile("sgd", "sparse_categorical_crossentropy")
    with pytest.raises((ValueError, TypeError), match=message):
        model.fit(**({"x": X, "y": Y, "verbose": 0} | change))
    assert not model.built
    assert model.history is None
    model.fit(X[:, :2], Y, verbose=0)  # its shape is still free


def test_fit_asks_for_an_optimizer():
    model = Sequential([Dense(3, input_shape=(4,))])
    model.loss = "mse"
    with pytest.raises(RuntimeError, match="there is no optimizer yet"):
        model.fit(X, np.ones((12, 3)))
    assert model.evaluate(X, np.ones((12, 3))) > 0


@pytest.mark.parametrize("metric", ["binary_accuracy", "categorical_accuracy", "mse", "mae"])
def test_metrics_that_cannot_take_the_targets_say_so_before_the_first_step(metric):
    model = Sequential([Dense(3, "softmax")], seed=0)
    model.compile("sgd", "sparse_categorical_crossentropy", [metric])
    for act in (model.fit, model.evaluate):
        with pytest.raises(ValueError, match=r"y_true must have the shape of y_pred, \(1, 3\)"):
            act(X, Y, verbose=0)
    assert not model.built
    assert model.optimizer.iterations == 0


def test_targets_that_are_forgotten_are_named():
    for act in (net().fit, net().evaluate):
        with pytest.raises(ValueError, match=r"y must hold numbers\. Received: None"):
            act(X)


def test_a_layer_of_ones_own_that_returns_no_gradient_is_named():
    class Own(layers.Layer):
        def forward(self, x, training=False):
            return 2 * x

        def backward(self, grad, input_gradient=True):
            return None

    model = Sequential([Dense(4, input_shape=(4,)), Own(name="mine"), Dense(3, "softmax")], seed=0)
    model.compile("sgd", "sparse_categorical_crossentropy")
    with pytest.raises(ValueError, match="mine: backward must return the gradient of its input"):
        train(model)


@pytest.mark.parametrize("split", [1e-17, 1.0, 1 - 1e-17, 1.5, -0.5, "half"])
def test_a_split_leaves_samples_on_both_sides(split):
    with pytest.raises(ValueError, match="validation_split must leave samples on both sides"):
        net().fit(X, Y, validation_split=split)


def test_a_split_may_leave_one_sample_on_each_side_and_none_is_no_split():
    for split, sides in ((0.5, {"loss", "val_loss"}), (None, {"loss"}), (0, {"loss"})):
        model = Sequential([Dense(1, input_shape=(1,))], seed=0)
        model.compile("sgd", "mse")
        history = model.fit([[1.0], [2.0]], [1.0, 2.0], validation_split=split, verbose=0)
        assert set(history.history) == sides


def test_a_dropout_that_was_used_alone_draws_from_its_new_models_generator():
    def trained(used):
        dropout = Dropout(0.5)
        if used:
            dropout(X, training=True)
        model = Sequential([dropout, Dense(3, "softmax")], seed=0)
        model.compile("sgd", "sparse_categorical_crossentropy")
        train(model, 2)
        return model

    same(trained(True), trained(False))
