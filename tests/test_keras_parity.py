"""Every number is Keras 3's, to float32 accuracy, and Keras code runs with only its import changed.

The golden values were made by Keras itself: ``golden/make_golden.py`` holds the recipe, and
``golden/keras_cases.py`` the cases, whose very same lines run here with ``nbhelpers``.
``python tests/test_keras_parity.py`` prints the worst difference of every optimizer.
"""

import json
from pathlib import Path

import numpy as np
import pytest
from golden import keras_cases as cases

import nbhelpers as keras
from nbhelpers import activations, initializers, layers, losses, models, optimizers, utils
from nbhelpers.optimizers import SGD
from nbhelpers.utils import to_categorical

GOLDEN = Path(__file__).parent / "golden"
FACTS = json.loads((GOLDEN / "keras.json").read_text(encoding="utf-8"))
with np.load(GOLDEN / "keras.npz", allow_pickle=False) as stored:
    ARRAYS = dict(stored)
ACTIVATIONS = ("linear", "relu", "sigmoid", "softmax", "tanh", "leaky_relu")
LOSSES = sorted(key.removesuffix("/each") for key in ARRAYS if key.endswith("/each"))


def golden(prefix, names):
    """Several golden arrays of one case."""
    return [ARRAYS[f"{prefix}/{name}"] for name in names.split()]


def golden_list(prefix):
    """The arrays ``prefix/0``, ``prefix/1``, ..."""
    count = sum(key.startswith(prefix + "/") for key in ARRAYS)
    return [ARRAYS[f"{prefix}/{i}"] for i in range(count)]


def close(actual, expected, rtol=1e-5, atol=1e-6):
    """Equal to float32 accuracy, and float32 itself."""
    assert np.asarray(actual).dtype == np.float32
    assert np.shape(actual) == np.shape(expected)
    np.testing.assert_allclose(actual, expected, rtol=rtol, atol=atol)


def close_lists(actual, expected, **tolerance):
    for a, b in zip(actual, expected, strict=True):
        close(a, b, **tolerance)


# Activations and losses -------------------------------------------------------------------------


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_activation_values(name):
    x, y = golden(f"activation/{name}", "x y")
    # Relative to the value itself, down to the smallest normal float32.
    close(getattr(activations, name)(x), y, rtol=2e-6, atol=1e-37)
    close(activations.get(name).forward(x, out=np.empty_like(x)), y, rtol=2e-6, atol=1e-37)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_activation_gradient(name):
    y, upstream, gradient = golden(f"activation/{name}", "y upstream gradient")
    # 1 - y of an output close to 1 has only the digits that rounding y has left.
    close(activations.get(name).backward(y, upstream), gradient)


def loss_of(case):
    """Name, arguments and golden values of, say, ``loss/binary_crossentropy/from/inside``."""
    _, name, kind, _ = case.split("/")
    arguments = {"from_logits": True} if kind == "logits" else {}
    return name, arguments, golden(case, "y p each mean gradient")


@pytest.mark.parametrize("case", LOSSES)
def test_loss_values(case):
    name, arguments, (y, p, each, mean, _) = loss_of(case)
    close(getattr(losses, name)(y, p, **arguments), each, rtol=2e-6, atol=2e-7)
    value = getattr(losses, name.title().replace("_", ""))(**arguments)(y, p)
    assert isinstance(value, float)
    assert value == pytest.approx(float(mean), rel=2e-6, abs=2e-7)


@pytest.mark.parametrize("case", LOSSES)
def test_loss_gradient(case):
    name, arguments, (y, p, _, _, gradient) = loss_of(case)
    loss = getattr(losses, name.title().replace("_", ""))(**arguments)
    close(loss.gradient(y, p), gradient, rtol=2e-6, atol=2e-7)


# Networks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", cases.NETWORKS)
def test_network(name):
    """Outputs, loss, accuracy and every gradient of a small network."""
    key = f"network/{name}"
    x, y, output, loss, evaluated = golden(key, "x y output loss evaluate")
    model = cases.network(keras, name)
    model.set_weights(golden_list(f"{key}/weights"))
    close(model.predict(x), output)
    values = model.evaluate(x, y, verbose=0)
    assert values[0] == pytest.approx(float(loss), rel=1e-5, abs=1e-6)
    assert values == pytest.approx(evaluated.tolist(), rel=1e-5, abs=1e-6)
    close_lists(model.gradients(x, y), golden_list(f"{key}/gradients"))
    close_lists(model.get_weights(), golden_list(f"{key}/weights"), rtol=0, atol=0)


@pytest.mark.parametrize("name", cases.ACCURACIES)
def test_accuracy_follows_the_shapes(name):
    scores, y = cases.ACCURACIES[name]
    model = cases.identity_network(keras, name)
    _, accuracy = model.evaluate(np.array(scores), np.array(y), verbose=0)
    assert accuracy == pytest.approx(FACTS["accuracy"][name])


# Optimizers -------------------------------------------------------------------------------------


def run_optimizer(name):
    """The parameters after each step of ``cases.STEPS`` on the golden gradients."""
    params = [w.copy() for w in golden_list("optimizer/start")]
    optimizer = cases.optimizer(keras, *cases.OPTIMIZERS[name])
    optimizer.build(params)
    kept = {}
    for step, grads in enumerate(zip(*golden_list("optimizer/gradients"), strict=True), 1):
        optimizer.step(params, grads)
        if step in cases.STEPS:
            kept[step] = [p.copy() for p in params]
    return kept


def noise(group, name):
    """How far float32 alone has taken Keras's weights from the exact ones in 100 steps."""
    return FACTS["float32_noise"][group][name]


@pytest.mark.parametrize("name", cases.OPTIMIZERS)
def test_optimizer(name):
    """Gradients from 1 to 1e-6 and zero: an epsilon in the wrong place would show."""
    atol = 1e-6 + 2 * noise("optimizers", name)
    for step, params in run_optimizer(name).items():
        close_lists(params, golden_list(f"optimizer/{name}/{step}"), atol=atol)


def run_training(name):
    """The weights of a small network after 100 training steps."""
    model = cases.training_network(keras, *cases.TRAININGS[name])
    model.set_weights(golden_list("training/start"))
    x, y = golden("training", "x y")
    model.fit(x, y, batch_size=8, epochs=20, shuffle=False, verbose=0)
    return model.get_weights()


@pytest.mark.parametrize("name", cases.TRAININGS)
def test_training(name):
    atol = 1e-6 + 2 * noise("trainings", name)
    close_lists(run_training(name), golden_list(f"training/{name}"), atol=atol)


@pytest.mark.parametrize("name", cases.FITS)
def test_fit_evaluate_predict(name):
    """Short last batches, validation_split, initial_epoch; the default batch size and optimizer."""
    case, facts, key = cases.FITS[name], FACTS["fit"][name], f"fit/{name}"
    x, y = ARRAYS["fit/x"], ARRAYS[f"{key}/y"]
    model = cases.fit_network(keras, name)
    model.set_weights(golden_list(f"{key}/start"))
    history = model.fit(x, y, shuffle=False, verbose=0, **case["fit"])
    assert history.epoch == facts["epoch"]
    assert history.history.keys() == facts["history"].keys()
    for metric, values in facts["history"].items():
        assert all(isinstance(value, float) for value in history.history[metric])
        assert history.history[metric] == pytest.approx(values, rel=1e-5, abs=1e-6)
    assert model.evaluate(x, y, batch_size=10, verbose=0) == pytest.approx(
        facts["evaluate"], rel=1e-5, abs=1e-6
    )
    assert model.evaluate(x, y, batch_size=10, verbose=0, return_dict=True) == pytest.approx(
        facts["evaluate_dict"], rel=1e-5, abs=1e-6
    )
    close_lists(model.get_weights(), golden_list(f"{key}/weights"))
    close(model.predict(x, verbose=0), ARRAYS[f"{key}/predict"])


# Ranges, counts, defaults -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "shape"), [(name, s) for name, shapes in cases.INITIALIZERS.items() for s in shapes]
)
def test_initializer_range(name, shape):
    expected = FACTS["initializers"][f"{name} {shape}"]
    rng = np.random.default_rng(0)
    draws = -(-cases.INITIALIZER_VALUES // int(np.prod(shape)))
    values = np.concatenate([initializers.get(name)(shape, rng).ravel() for _ in range(draws)])
    assert values.dtype == np.float32
    # The spread of 200,000 values is known to 0.3 % (twice its own standard deviation).
    assert values.std(dtype="float64") == pytest.approx(expected["std"], rel=3e-3)
    # The outermost values but 20 on either side: sharp at the limit of a uniform, less so at the
    # cut-off tails of he_normal, and only roughly known in the open tails of random_normal.
    rel = {"he_normal": 2e-3, "random_normal": 5e-2}.get(name, 3e-4)
    low, high = np.quantile(values, [1e-4, 1 - 1e-4])
    assert low == pytest.approx(expected["low"], rel=rel)
    assert high == pytest.approx(expected["high"], rel=rel)


@pytest.mark.parametrize("name", cases.MODELS)
def test_parameter_counts(name, capsys):
    expected = FACTS["counts"][name]
    model = keras.Sequential(cases.MODELS[name](keras))
    assert model.count_params() == expected["total"]
    assert [layer.count_params() for layer in model.layers] == expected["layers"]
    model.summary()
    text = capsys.readouterr().out
    assert f"Total params: {expected['total']:,} (" in text
    for count, shape in zip(expected["layers"], expected["output_shapes"], strict=True):
        row = f"{tuple(shape)}"
        assert any(row in line and f" {count:,} " in line + " " for line in text.splitlines())


@pytest.mark.parametrize("path", cases.ARGUMENTS)
def test_argument_names_order_and_defaults(path):
    ours = cases.arguments(keras, path)
    theirs = dict(FACTS["arguments"][path])
    assert list(ours) == list(theirs)
    for name, default in theirs.items():
        # Keras's None for x and y leaves room for data sets and generators, which we do not have.
        assert ours[name] == default or (default is None and ours[name] == "required"), name


def test_to_categorical():
    np.testing.assert_array_equal(to_categorical([0, 2]), [[1, 0, 0], [0, 0, 1]])
    np.testing.assert_array_equal(to_categorical(np.array([[1], [0]]), 3), [[0, 1, 0], [1, 0, 0]])
    assert to_categorical([0, 2]).dtype == np.float64


@pytest.mark.parametrize("name", ["SGD", "Adagrad", "RMSprop", "Adam"])
def test_optimizers_are_found_by_name(name):
    assert type(optimizers.get(name)).__name__ == name
    assert type(optimizers.get(name.lower())).__name__ == name


@pytest.mark.parametrize("loss", ["mse", losses.mean_squared_error, losses.MeanSquaredError()])
def test_a_loss_is_a_name_a_function_or_an_object(loss):
    model = models.Sequential([layers.Dense(1, input_dim=1)])
    model.compile(loss=loss)
    assert model.evaluate(np.ones((2, 1)), model.predict(np.ones((2, 1)))) == 0


# Keras code, unchanged but for the import ---------------------------------------------------------


@pytest.fixture(autouse=True)
def seed():
    """Start every test from the same weights."""
    utils.set_random_seed(0)


def images(n=40, seed=0):
    """Random images (n, 28, 28) and labels (n,)."""
    rng = np.random.default_rng(seed)
    return rng.random((n, 28, 28), dtype="float32"), rng.integers(0, 10, n)


def digits_model():
    """The 784-512-10 network as books write it."""
    network = models.Sequential()
    network.add(layers.Dense(512, activation="relu", input_shape=(28 * 28,)))
    network.add(layers.Dense(10, activation="softmax"))
    network.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics=["accuracy"])
    return network


def test_data_sets_have_load_data():
    from nbhelpers.datasets import fashion_mnist, mnist

    assert callable(mnist.load_data)
    assert callable(fashion_mnist.load_data)


def test_the_network_of_the_books():
    x, labels = images()
    network = digits_model()
    history = network.fit(x.reshape(40, 784), to_categorical(labels, 10), epochs=5, batch_size=16)
    assert set(history.history) == {"loss", "accuracy"}
    assert history.history["loss"][-1] < history.history["loss"][0]
    loss, accuracy = network.evaluate(x.reshape(40, 784), to_categorical(labels, 10))
    assert loss > 0
    assert 0 <= accuracy <= 1
    assert network.predict(x.reshape(40, 784)).shape == (40, 10)


def test_images_with_flatten_and_no_optimizer():
    x, labels = images()
    model = keras.Sequential(
        [
            keras.layers.Flatten(input_shape=(28, 28)),
            keras.layers.Dense(20, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(loss="sparse_categorical_crossentropy", metrics="accuracy")
    assert isinstance(model.optimizer, optimizers.RMSprop)
    history = model.fit(x, labels, 10, 2, validation_data=images(16, 1))
    assert set(history.history) == {"loss", "accuracy", "val_loss", "val_accuracy"}
    assert history.epoch == [0, 1]


def test_input_dim_and_integer_inputs():
    model = models.Sequential()
    model.add(layers.Dense(64, input_dim=1, activation="relu"))
    model.add(layers.Dense(1))
    model.compile(optimizer=SGD(learning_rate=0.01, momentum=0.9, nesterov=True), loss="mse")
    history = model.fit(np.array([[1], [2]]), np.array([[2], [4]]), epochs=200, verbose=0)
    assert history.history["loss"][-1] < 0.01
    assert model.predict([[3]]).shape == (1, 1)
    assert isinstance(model.evaluate(np.array([[1], [2]]), np.array([[2], [4]])), float)


@pytest.mark.parametrize("wrap", [lambda layer: layer, lambda layer: [layer]])
def test_one_layer_alone_or_in_a_list(wrap):
    model = models.Sequential(wrap(layers.Dense(1, input_shape=(1,))))
    model.compile(optimizer="sgd", loss="mean_squared_error")
    model.fit(np.array([1.0, 2.0]), np.array([2.0, 4.0]), epochs=2, verbose=0)
    assert model.predict(np.array([3.0, 4.0])).shape == (2, 1)


def test_layers_build_themselves_at_the_first_batch():
    model = models.Sequential([layers.Dense(4, activation="tanh"), layers.Dense(2)])
    model.compile(loss="mse")
    model.fit(np.ones((3, 5)), np.ones((3, 2)), verbose=0)
    assert [w.shape for w in model.get_weights()] == [(5, 4), (4,), (4, 2), (2,)]


@pytest.mark.parametrize("shape", [(4,), (4, 1)])
def test_one_sigmoid_unit_takes_flat_and_column_targets(shape):
    x, y = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([0, 0, 0, 1])
    model = models.Sequential([layers.Dense(1, activation="sigmoid", input_dim=2)])
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    model.fit(x, y.reshape(shape), epochs=3, verbose=0)
    values = model.evaluate(x, y.reshape(shape), verbose=0)
    assert isinstance(values, list)
    assert [type(value) for value in values] == [float, float]
    right = (model.predict(x, verbose=0)[:, 0] > 0.5) == y
    assert values[1] == pytest.approx(right.mean())


def test_summary_prints_and_returns_nothing(capsys):
    network = digits_model()
    assert network.summary() is None
    text = capsys.readouterr().out
    for part in ("dense", "(None, 512)", "401,920", "5,130", "407,050"):
        assert part in text


def test_set_random_seed_repeats_weights_and_shuffles():
    def trained():
        utils.set_random_seed(42)
        model = digits_model()
        x, labels = images()
        model.fit(x.reshape(40, 784), to_categorical(labels, 10), batch_size=8, verbose=0)
        return model.get_weights()

    close_lists(trained(), trained(), rtol=0, atol=0)


def test_weights_can_be_saved_and_set(tmp_path):
    x, labels = images()
    x, y = x.reshape(40, 784), to_categorical(labels, 10)
    model, other = digits_model(), digits_model()
    model.fit(x, y, verbose=0)
    other.set_weights(model.get_weights())
    model.save(tmp_path / "digits.npz")
    loaded = models.load_model(tmp_path / "digits.npz")
    for copy in (other, loaded):
        np.testing.assert_array_equal(copy.predict(x), model.predict(x))
    assert loaded.evaluate(x, y, verbose=0) == model.evaluate(x, y, verbose=0)


@pytest.mark.parametrize(
    ("wrong", "choice"),
    [
        ({"optimizer": "rmspropp"}, "rmsprop"),
        ({"loss": "crossentropie"}, "categorical_crossentropy"),
        ({"metrics": ["accurate"]}, "accuracy"),
    ],
)
def test_a_wrong_name_lists_the_choices(wrong, choice):
    model = models.Sequential([layers.Dense(1, input_dim=1)])
    with pytest.raises(ValueError, match=choice):
        model.compile(**{"loss": "mse"} | wrong)


@pytest.mark.parametrize(
    ("wrong", "choice"),
    [({"activation": "rellu"}, "relu"), ({"kernel_initializer": "glorot"}, "glorot_uniform")],
)
def test_a_wrong_name_in_a_layer_lists_the_choices(wrong, choice):
    with pytest.raises(ValueError, match=choice):
        layers.Dense(1, **wrong)


def worst(actual, expected):
    """The largest absolute difference between two lists of arrays."""
    return max(float(np.abs(a - b).max()) for a, b in zip(actual, expected, strict=True))


if __name__ == "__main__":
    print("worst difference from Keras after 100 steps (what float32 itself costs Keras)")
    for case in cases.OPTIMIZERS:
        difference = worst(run_optimizer(case)[100], golden_list(f"optimizer/{case}/100"))
        print(f"{case:26} {difference:.1e} ({noise('optimizers', case):.1e})")
    for case in cases.TRAININGS:
        difference = worst(run_training(case), golden_list(f"training/{case}"))
        print(f"{case + ', network':26} {difference:.1e} ({noise('trainings', case):.1e})")
