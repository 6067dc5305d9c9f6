"""What is saved comes back, equal to the bit; what cannot is refused before it is too late."""

import io
import json
import multiprocessing
import subprocess
import sys
import tracemalloc
import zipfile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nbhelpers import activations, callbacks, initializers, layers, losses, metrics, optimizers
from nbhelpers.models import Sequential, load_model

RNG = np.random.default_rng(0)
X = RNG.normal(size=(30, 4)).astype("float32")
LABELS = np.arange(30) % 3
SPARSE = "sparse_categorical_crossentropy"
BITS = [np.random.PCG64, np.random.PCG64DXSM, np.random.MT19937, np.random.Philox, np.random.SFC64]


def classifier(parts=None, optimizer="rmsprop", wanted=("accuracy",), **options):
    options.setdefault("seed", 0)
    parts = parts or [layers.Dense(5, "relu"), layers.Dense(3, "softmax")]
    model = Sequential([layers.Input((4,)), *parts], **options)
    model.compile(optimizer, SPARSE, metrics=list(wanted))
    return model


def come_back(model, folder):
    model.save(folder / "m.npz")
    return load_model(folder / "m.npz")


def assert_alike(first, second):
    for a, b in zip(first.get_weights(), second.get_weights(), strict=True):
        assert a.dtype == b.dtype
        np.testing.assert_array_equal(a, b)


def assert_comes_back(model, folder, x=X, y=LABELS):
    """Train, save, load: all that can be asked gives the same, and so does more training."""
    model.fit(x, y, epochs=2, batch_size=7, verbose=0)
    again = come_back(model, folder)
    assert_alike(model, again)
    assert again.describe() == model.describe()
    assert vars(again.optimizer).keys() == vars(model.optimizer).keys()
    np.testing.assert_array_equal(again.predict(x), model.predict(x))
    assert again.evaluate(x, y, return_dict=True) == model.evaluate(x, y, return_dict=True)
    kept = again.history.history
    assert kept == model.history.history
    for one in (model, again):
        one.fit(x, y, epochs=4, initial_epoch=2, batch_size=7, verbose=0)
    assert_alike(model, again)
    assert again.history.history == model.history.history
    again.summary()
    return again


# Everything that compile and add take ---------------------------------------------------------


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(
    "optimizer",
    [
        optimizers.SGD(0.05, momentum=0.5, nesterov=True),
        optimizers.SGD(np.float32(0.1)),
        optimizers.SGD(np.float64(0.1), momentum=np.float16(0.3)),
        optimizers.Adagrad(epsilon=1e-3, initial_accumulator_value=0.3),
        optimizers.RMSprop(rho=0.8, momentum=0.2),
        optimizers.RMSprop(np.float32(0.01), rho=np.float32(0.7)),
        optimizers.Adam(0.1, beta_1=np.float32(0.8), beta_2=0.9),
        "sgd",
    ],
    ids=lambda o: str(o)[:40],
)
def test_optimizers(optimizer, dtype, tmp_path):
    if not isinstance(optimizer, str):
        optimizer = type(optimizer)(
            **{key: value for key, value in optimizer.config().items() if key != "name"}
        )
    model = classifier(optimizer=optimizer, dtype=dtype)
    again = assert_comes_back(model, tmp_path)
    assert again.optimizer.config() == model.optimizer.config()
    assert again.optimizer.iterations == model.optimizer.iterations == 20


@pytest.mark.parametrize("kind", BITS, ids=lambda kind: kind.__name__)
def test_bit_generators(kind, tmp_path):
    again = assert_comes_back(classifier(seed=np.random.Generator(kind(3))), tmp_path)
    assert type(again.rng.bit_generator) is kind


def test_half_a_word_that_a_generator_keeps_comes_back(tmp_path):
    rng = np.random.default_rng(0)
    model = classifier(seed=rng)
    rng.integers(0, 9, dtype=np.uint32)  # the other half of 64 bits is kept for the next call
    again = come_back(model, tmp_path)
    assert again.rng.bit_generator.state == rng.bit_generator.state
    assert again.rng.bit_generator.state["has_uint32"] == 1


@pytest.mark.parametrize("name", sorted(initializers.INITIALIZERS))
def test_initializers(name, tmp_path):
    parts = [layers.Dense(5, "tanh", kernel_initializer=name), layers.Dense(3, "softmax")]
    again = assert_comes_back(classifier(parts), tmp_path)
    assert again.layers[0].kernel_initializer is initializers.INITIALIZERS[name]


@pytest.mark.parametrize("name", sorted(activations.ACTIVATIONS))
def test_activations(name, tmp_path):
    model = classifier([layers.Dense(5, name), layers.Activation(name), layers.Dense(3)])
    again = come_back(model, tmp_path)
    np.testing.assert_array_equal(again.predict(X), model.predict(X))
    assert again.layers[0].activation is activations.ACTIVATIONS[name]


def test_an_activation_that_is_ours_in_all_but_name_tag(tmp_path):
    same = activations.Activation("relu", activations.relu, activations.relu_backward)
    assert_comes_back(classifier([layers.Dense(5, same), layers.Dense(3, "softmax")]), tmp_path)


@pytest.mark.parametrize("name", sorted(metrics.METRICS))
def test_metrics(name, tmp_path):
    one_hot = np.eye(3)[LABELS]
    sparse = name in ("accuracy", "acc", "sparse_categorical_accuracy")
    model = classifier(wanted=[name])
    model.compile("sgd", SPARSE if sparse else "categorical_crossentropy", metrics=[name])
    again = assert_comes_back(model, tmp_path, y=LABELS if sparse else one_hot)
    assert list(again.history.history) == ["loss", name]


@pytest.mark.parametrize("name", sorted(losses.LOSSES))
@pytest.mark.parametrize("logits", [False, True])
def test_losses(name, logits, tmp_path):
    kind = losses.LOSSES[name]
    if logits and kind.link is None:
        pytest.skip("it knows no logits")
    y = LABELS if name == SPARSE else np.eye(3)[LABELS]
    model = classifier([layers.Dense(3, "linear" if logits else "softmax")])
    model.compile("sgd", kind(from_logits=True) if logits else kind())
    again = assert_comes_back(model, tmp_path, y=y)
    assert type(again.loss) is kind
    assert again.loss.from_logits == logits


def test_all_layers_with_their_names_and_numbers(tmp_path):
    parts = [
        layers.Rescaling(np.float32(0.1), -0.5),
        layers.Flatten(name="flat"),
        layers.Dense(np.int64(6), name="hidden"),
        layers.Activation("relu", name="bend"),
        layers.Dense(3, "softmax"),
    ]
    model = Sequential([layers.Input((2, 2)), *parts], name="mine", seed=1)
    model.compile("adam", SPARSE, metrics=["accuracy"])
    again = assert_comes_back(model, tmp_path, X.reshape(-1, 2, 2))
    assert again.name == "mine"
    assert [part.name for part in again.layers] == [part.name for part in parts]
    assert [part.config() for part in again.layers] == [part.config() for part in parts]


def test_dropout_goes_on_with_the_same_masks(tmp_path):
    parts = [layers.Dense(50, "relu"), layers.Dropout(0.5), layers.Dense(3, "softmax")]
    assert_comes_back(classifier(parts), tmp_path)


def test_never_compiled_compiled_without_loss_and_never_trained(tmp_path):
    bare = Sequential([layers.Input((4,)), layers.Dense(2)], seed=0)
    assert come_back(bare, tmp_path).optimizer is None
    bare.compile("adam")
    again = come_back(bare, tmp_path)
    assert (type(again.optimizer), again.loss) == (optimizers.Adam, None)
    untrained = classifier(optimizer="adam")
    again = come_back(untrained, tmp_path)
    for model in (untrained, again):
        model.fit(X, LABELS, epochs=2, verbose=0)
    assert_alike(untrained, again)


def test_a_model_without_weights(tmp_path):
    model = Sequential([layers.Input((2, 2)), layers.Flatten()])
    assert come_back(model, tmp_path).count_params() == 0


def test_history_with_what_callbacks_wrote_and_with_no_numbers(tmp_path):
    class Rate(callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            logs["rate"] = np.float32(0.1)
            logs["count"] = np.int64(3)
            logs["never"] = float("nan")

    model = classifier()
    model.fit(X, LABELS, epochs=2, verbose=0, callbacks=[Rate()])
    again = come_back(model, tmp_path).history.history
    assert again["rate"] == [float(np.float32(0.1))] * 2
    assert again["count"] == [3, 3]
    assert np.isnan(again["never"]).all()


def test_weights_that_are_no_numbers_come_back_bit_for_bit(tmp_path):
    model = classifier(dtype="float64")
    odd = np.array([np.nan, -np.nan, np.inf, -np.inf, -0.0, 5e-324])
    model.params[: len(odd)] = odd
    again = come_back(model, tmp_path)
    assert again.params.tobytes() == model.params.tobytes()


@pytest.mark.parametrize("name", ["m", "m.keras", "m.h5", "modèle 7.npz", ".hidden"])
def test_any_file_name_as_text_or_path(name, tmp_path):
    model = classifier()
    model.save(str(tmp_path / name))
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert_alike(load_model(str(tmp_path / name)), model)
    model.save_weights(tmp_path / name)
    model.load_weights(tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == [name]


# What is one's own is refused -----------------------------------------------------------------


def swish(x, out=None):
    return np.multiply(x, activations.sigmoid(x), out=out)


def own_layer():
    class Dense(layers.Dense):
        pass

    return classifier([Dense(3, "softmax")])


def own_optimizer():
    class SGD(optimizers.SGD):
        pass

    return classifier(optimizer=SGD())


def own_loss():
    class Focal(losses.SparseCategoricalCrossentropy):
        pass

    model = classifier()
    model.compile("sgd", Focal())
    return model


def own_metric():
    def accuracy(y_true, y_pred):
        return np.ones(len(y_true))

    return classifier(wanted=[accuracy])


def own_activation(name):
    own = activations.Activation(name, swish, activations.linear_backward)
    return lambda: classifier([layers.Activation(own), layers.Dense(3, "softmax")])


def own_model():
    class Sequential2(Sequential):
        pass

    model = Sequential2([layers.Input((4,)), layers.Dense(3, "softmax")])
    model.compile("sgd", SPARSE)
    return model


def own_generator():
    class Own(np.random.PCG64):
        pass

    return classifier(seed=np.random.Generator(Own(1)))


def own_initializer():
    def he_normal(shape, rng, dtype="float32"):
        return np.zeros(shape, dtype)

    return classifier([layers.Dense(3, "softmax", kernel_initializer=he_normal)])


OWN = {
    "layer 'Dense'": own_layer,
    "optimizer 'SGD'": own_optimizer,
    "loss 'Focal'": own_loss,
    "metric 'accuracy'": own_metric,
    "activation 'relu'": own_activation("relu"),
    "activation 'swish'": own_activation("swish"),
    "model 'Sequential2'": own_model,
    "bit generator 'Own'": own_generator,
    "initializer 'he_normal'": own_initializer,
}


@pytest.mark.parametrize("words", OWN)
def test_what_is_not_ours_is_refused_before_the_first_step(words, tmp_path):
    model = OWN[words]()
    before = model.get_weights()
    for act in (
        lambda: model.save(tmp_path / "m.npz"),
        lambda: model.fit(
            X, LABELS, verbose=0, callbacks=[callbacks.ModelCheckpoint(tmp_path / "m.npz")]
        ),
    ):
        with pytest.raises(ValueError, match=f"save: the {words} is not the package's own"):
            act()
    for a, b in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", OWN)
def test_its_weights_can_be_kept(words, tmp_path):
    model, other = OWN[words](), OWN[words]()
    keep = callbacks.ModelCheckpoint(tmp_path / "{epoch}.npz", save_weights_only=True)
    model.fit(X, LABELS, epochs=2, verbose=0, callbacks=[keep])
    other.load_weights(tmp_path / "2.npz")
    assert_alike(model, other)


def test_what_is_neither_number_nor_name_is_refused(tmp_path):
    model = classifier()
    model.fit(X, LABELS, verbose=0)
    model.history.epoch.append(Evil())
    with pytest.raises(ValueError, match="save: only numbers and names can be saved"):
        model.save(tmp_path / "m.npz")


def test_logs_that_hold_no_numbers_are_named(tmp_path):
    class Words(callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            logs["note"] = "fine"

    model = classifier()
    model.fit(X, LABELS, verbose=0, callbacks=[Words()])
    with pytest.raises(ValueError, match=r"logs must hold numbers.*'note'"):
        model.save(tmp_path / "m.npz")


def test_as_many_layers_can_be_saved_as_can_be_loaded(tmp_path):
    parts = [layers.Activation("relu") for _ in range(1000)]
    model = Sequential([layers.Input((2,)), *parts])
    assert len(come_back(model, tmp_path).layers) == 1000
    model.add(layers.Flatten())
    with pytest.raises(ValueError, match="at most 1000 layers"):
        model.save(tmp_path / "m.npz")


@pytest.mark.parametrize("path", [3, None, b"name"])
def test_what_is_no_file_name_is_said(path):
    with pytest.raises(TypeError, match="A file name must be"):
        classifier().save(path)
    with pytest.raises(ValueError, match=r"load_model: .*A file name must be a str or Path"):
        load_model(path)


# Weights only ---------------------------------------------------------------------------------


def test_weights_of_a_whole_model_will_do(tmp_path):
    model, other = classifier(), classifier(seed=5)
    model.save(tmp_path / "m.npz")
    other.load_weights(tmp_path / "m.npz")
    assert_alike(model, other)


def test_weights_that_do_not_fit_change_nothing(tmp_path):
    classifier([layers.Dense(3, "softmax")]).save_weights(tmp_path / "few.npz")
    classifier([layers.Dense(6), layers.Dense(3, "softmax")]).save_weights(tmp_path / "wide.npz")
    classifier(dtype="float64").save_weights(tmp_path / "float64.npz")
    classifier([layers.Dense(6), layers.Dense(3, "softmax")]).save(tmp_path / "model.npz")
    np.savez(tmp_path / "other.npz", a=np.ones(3))
    (tmp_path / "h5.h5").write_bytes(b"\x89HDF\r\n\x1a\n" + bytes(100))
    model = classifier()
    before = model.params.copy()
    for path in tmp_path.iterdir():
        with pytest.raises(ValueError, match="weights"):
            model.load_weights(path)
        np.testing.assert_array_equal(model.params, before)
    with pytest.raises(FileNotFoundError):
        model.load_weights(tmp_path / "no.npz")


# Hostile files --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def members(tmp_path_factory):
    """The members of a sound file, as bytes."""
    path = tmp_path_factory.mktemp("sound") / "m.npz"
    model = classifier(optimizer="adam")
    model.fit(X, LABELS, verbose=0)
    model.save(path)
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def npy(array):
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=True)
    return buffer.getvalue()


def described(members, change):
    """The members with another description."""
    description = json.loads(str(np.load(io.BytesIO(members["description.npy"]))))
    change(description)
    return {**members, "description.npy": npy(np.array(json.dumps(description)))}


def pack(path, members, **options):
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data, **options)
    return path


def refuses(path, words=""):
    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match=f"load_model: .*{path.name} must be .*{words}"):
            load_model(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 3_000_000 + 5 * path.stat().st_size


def put(*keys, value):
    def change(description):
        *path, last = keys
        for key in path:
            description = description[key]
        description[last] = value

    return change


DESCRIPTIONS = {
    "no format": put("format", value="nbhelpers model 99"),
    "format of another kind": put("format", value=["a"] * 1000),
    "a function of NumPy": put("random_state", "bit_generator", value="seed"),
    "an unknown generator": put("random_state", "bit_generator", value="nope"),
    "a generator without its state": put("random_state", "state", value=3),
    "a layer that is none": put("layers", 0, "class", value="Layer"),
    "an argument that is none": put("layers", 0, "evil", value=1),
    "too many units": put("layers", 0, "units", value=10**12),
    "half a unit": put("layers", 0, "units", value=2.5),
    "an activation that is none": put("layers", 0, "activation", value="__import__"),
    "an initializer that is none": put("layers", 0, "kernel_initializer", value="eval"),
    "a million layers": put("layers", value=[{"class": "Flatten", "name": "f"}] * 1001),
    "no layers": put("layers", value=[]),
    "layers of another kind": put("layers", value=3),
    "another input": put("input_shape", value=[5]),
    "an endless input": put("input_shape", value=[2**62, 2**62]),
    "an empty input": put("input_shape", value=[0]),
    "a negative input": put("input_shape", value=[-4]),
    "an input that is none": put("input_shape", value="four"),
    "another dtype": put("dtype", value="float64"),
    "a dtype that is none": put("dtype", value="object"),
    "a dtype of whole numbers": put("dtype", value="int32"),
    "an optimizer that is none": put("optimizer", "name", value="adamw"),
    "another optimizer": put("optimizer", "name", value="sgd"),
    "a rate below zero": put("optimizer", "learning_rate", value=-1),
    "steps below zero": put("optimizer", "iterations", value=-1),
    "half a step": put("optimizer", "iterations", value=0.5),
    "endless steps": put("optimizer", "iterations", value=10**4000),
    "a loss that is none": put("loss", "name", value="focal"),
    "a loss of another kind": put("loss", value=["mse"]),
    "a metric that is none": put("metrics", value=["f1"]),
    "a shape of zero axes": put("input_shape", value=[None]),
    "a name that is none": put("name", value=3),
    "a layer's name that is none": put("layers", 0, "name", value=["a"]),
    "yes for a number": put("optimizer", "iterations", value=True),
    "a word for yes or no": put("loss", "from_logits", value="no"),
    "half a state": put("random_state", "state", "inc", value=0.5),
    "no optimizer, but its memory": put("optimizer", value={}),
    "nothing for a list": put("metrics", value=None),
    "a history that is none": put("history", value=0),
    "history of texts": put("history", "history", "loss", value=["a"]),
    "history that is none": put("history", "history", value=[1]),
    "epochs that are none": put("history", "epoch", value=["a"]),
    "a method for an attribute": put("history", value={"on_epoch_end": 1}),
}


@pytest.mark.parametrize("case", DESCRIPTIONS)
def test_descriptions_that_lie_are_refused(case, members, tmp_path):
    state = np.random.get_state()[1].copy()  # noqa: NPY002
    refuses(pack(tmp_path / "m.npz", described(members, DESCRIPTIONS[case])))
    np.testing.assert_array_equal(np.random.get_state()[1], state)  # noqa: NPY002


def test_files_of_before_load_still(members, tmp_path):
    def older(description):
        description["input_shape"] = description["input_shape"][1:]
        for layer in description["layers"]:
            layer.pop("kernel_initializer")

    path = pack(tmp_path / "m.npz", described(members, older))
    assert_alike(load_model(path), load_model(pack(tmp_path / "new.npz", members)))


def test_every_part_of_the_description_is_needed(members, tmp_path):
    description = json.loads(str(np.load(io.BytesIO(members["description.npy"]))))
    for key in description:
        path = pack(tmp_path / "m.npz", described(members, lambda d, key=key: d.pop(key)))
        refuses(path, "It lacks")


def test_an_archive_of_something_else_lacks_the_description(tmp_path):
    np.savez(tmp_path / "other.npz", a=np.ones(3))
    refuses(tmp_path / "other.npz", "It lacks 'description'$")


class Evil:
    def __reduce__(self):
        return exit, (3,)


def header(shape, data=b"", descr="<f4"):
    """An array as NumPy writes it, whatever its header claims."""
    text = repr({"descr": descr, "fortran_order": False, "shape": shape}).ljust(117) + "\n"
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text.encode() + data


PARAMS = {
    "no shape": lambda p: npy(p[0]),
    "a column": lambda p: npy(p[:, None]),
    "one more": lambda p: npy(np.append(p, p[:1])),
    "one less": lambda p: npy(p[:-1]),
    "float64": lambda p: npy(p.astype("float64")),
    "float16": lambda p: npy(p.astype("float16")),
    "whole numbers": lambda p: npy(p.astype("int32")),
    "the other byte order": lambda p: npy(p.astype(">f4")),
    "complex": lambda p: npy(p.astype("complex64")),
    "text": lambda p: npy(p.astype("U4")),
    "objects": lambda p: npy(np.array([Evil()] * len(p), dtype=object)),
    "ten million million numbers": lambda p: header((10**13,)),
    "more than there are": lambda p: header((10**6,), p.tobytes()),
    "less than there are": lambda p: header((3,), p.tobytes()),
    "below zero": lambda p: header((-len(p),), p.tobytes()),
    "an endless product": lambda p: header((2**32, 2**32), p.tobytes()),
    "a table": lambda p: header((len(p),), p.tobytes(), [("a", "<f4")]),
    "no header": lambda p: b"",
    "half a header": lambda p: header((len(p),))[:40],
    "deep header": lambda p: header((len(p),)).replace(b"(", b"(" * 40),
    "no array": lambda p: b"hello",
    "another version": lambda p: npy(p).replace(b"NUMPY\x01", b"NUMPY\x02"),
}


@pytest.mark.parametrize("case", PARAMS)
@pytest.mark.parametrize("member", ["params", "slot_1"])
def test_arrays_that_lie_are_refused(case, member, members, tmp_path):
    params = np.load(io.BytesIO(members["params.npy"]))
    changed = {**members, f"{member}.npy": PARAMS[case](params)}
    refuses(pack(tmp_path / "m.npz", changed))


def test_a_description_that_is_no_table(members, tmp_path):
    text = npy(np.array("[1, 2]"))
    refuses(pack(tmp_path / "m.npz", {**members, "description.npy": text}), "is no table")


@pytest.mark.parametrize("member", ["description.npy", "params.npy", "slot_0.npy", "slot_1.npy"])
def test_a_member_that_is_not_there(member, members, tmp_path):
    refuses(pack(tmp_path / "m.npz", {k: v for k, v in members.items() if k != member}))


def test_packed_members_are_refused_and_unknown_ones_never_read(members, tmp_path):
    packed = pack(tmp_path / "packed.npz", members, compress_type=zipfile.ZIP_DEFLATED)
    refuses(packed, "packed")
    path = pack(tmp_path / "bomb.npz", members)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("extra.npy", header((10**8,)) + bytes(10**8))
    tracemalloc.start()
    try:
        load_model(path)
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
    finally:
        tracemalloc.stop()


def test_a_member_that_is_marked_as_encrypted(members, tmp_path):
    path = pack(tmp_path / "m.npz", members)
    data = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(mark, at + 4)
    path.write_bytes(data)
    refuses(path, "encrypted")


def test_files_that_are_something_else_are_named(tmp_path):
    (tmp_path / "m.h5").write_bytes(b"\x89HDF\r\n\x1a\n" + bytes(100))
    pack(
        tmp_path / "m.keras",
        {"metadata.json": "{}", "config.json": "{}", "model.weights.h5": b""},
    )
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved" / "saved_model.pb").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    words = {"m.h5": "HDF5", "m.keras": ".keras", "saved": "SavedModel", "folder": "a folder"}
    for name, word in words.items():
        for act in (load_model, classifier().load_weights):
            with pytest.raises(ValueError, match=rf"{name} must be .*{word}") as error:
                act(tmp_path / name)
            assert ("Keras itself" in str(error.value)) == (name != "folder")
            assert "allow_pickle" not in str(error.value)
    (tmp_path / "empty.npz").write_bytes(b"")
    np.save(tmp_path / "array.npy", X)
    for name in ("empty.npz", "array.npy"):
        refuses(tmp_path / name)
    with pytest.raises(FileNotFoundError):
        load_model(tmp_path / "no.npz")


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_byte_is_changed_it_loads_alike_or_is_refused(members, tmp_path_factory, data):
    folder = tmp_path_factory.getbasetemp()
    sound = pack(folder / "sound.npz", members)
    raw = bytearray(sound.read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    raw = raw[: data.draw(st.sampled_from([len(raw), len(raw) // 2, len(raw) - 1]))]
    path = folder / "changed.npz"
    path.write_bytes(raw)
    try:
        again = load_model(path)
    except ValueError:
        return
    assert_alike(load_model(sound), again)


def save_often(path, seed):
    model = classifier(seed=seed)
    for _ in range(40):
        model.save(path)


def test_two_processes_that_save_to_one_path_leave_whole_files(tmp_path):
    path = tmp_path / "m.npz"
    wanted = [classifier(seed=seed).params.tobytes() for seed in (1, 2)]
    classifier(seed=1).save(path)
    context = multiprocessing.get_context("spawn")
    both = [context.Process(target=save_often, args=(path, seed)) for seed in (1, 2)]
    for process in both:
        process.start()
    while any(process.is_alive() for process in both):
        assert load_model(path).params.tobytes() in wanted
    assert [process.exitcode for process in both] == [0, 0]
    assert [p.name for p in tmp_path.iterdir()] == ["m.npz"]


def test_loading_imports_nothing_and_unpickles_nothing(tmp_path, members):
    path = pack(tmp_path / "m.npz", {**members, "slot_0.npy": npy(np.array([Evil()]))})
    code = (
        "import pickle, sys\n"
        "def never(*a, **k): raise SystemExit(9)\n"
        "pickle.load = pickle.loads = pickle.Unpickler = never\n"
        "from nbhelpers.models import load_model\n"
        "try: load_model(sys.argv[1])\n"
        "except ValueError: print('refused')\n"
    )
    run = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True)
    assert run.stdout == "refused\n"
