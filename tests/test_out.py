"""What Keras has and the course has not says so; README's list is what is here."""

import importlib
import inspect
import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import nbhelpers
from nbhelpers import _out, callbacks, layers, losses, models, optimizers
from nbhelpers.models import Sequential

GOLDEN = json.loads((Path(__file__).parent / "golden" / "behaviour.json").read_text("utf-8"))
README = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
# Names that Keras's own modules happen to show.
NOT_KERAS = {"": {"src", "tree", "version"}, "layers": {"Input"}}
# What is here although a learner would rarely name it.
BASES = {"get", "Layer", "Loss", "Optimizer", "Callback", "CallbackList", "Input", "log_softmax"}


def room_of(name):
    return importlib.import_module(f"nbhelpers.{name}" if name else "nbhelpers")


def asked_for():
    for room, names in GOLDEN["names"].items():
        for name in names:
            if name not in NOT_KERAS.get(room, ()):
                yield room, name


@pytest.mark.parametrize("room", GOLDEN["names"])
def test_every_name_of_keras_is_here_or_says_that_it_is_not(room):
    module = room_of(room)
    for _, name in (pair for pair in asked_for() if pair[0] == room):
        if hasattr(module, name):
            assert _out.sentence(room, name) is None, name
            continue
        words = re.escape(f"{room or 'nbhelpers'}.{name} is in Keras, but not in this course. ")
        with pytest.raises(AttributeError, match=words):
            getattr(module, name)
        with pytest.raises(ImportError, match=words):
            exec(f"from {module.__name__} import {name}")
        with pytest.raises(ImportError, match=words):
            importlib.import_module(f"{module.__name__}.{name}")
        with pytest.raises(ImportError, match=words):
            exec(f"from {module.__name__}.{name} import anything")


def test_there_are_hundreds_and_each_ends_as_a_sentence():
    sentences = [_out.sentence(*pair) for pair in asked_for()]
    assert sum(words is not None for words in sentences) > 350
    assert all(re.fullmatch(r"\S.*[^.]\.", words) for words in sentences if words)


def test_every_name_on_the_list_is_one_of_keras():
    for room, names in _out.NAMES.items():
        if room in GOLDEN["names"]:
            assert set(names.split()) <= set(GOLDEN["names"][room]), room


@pytest.mark.parametrize("room", GOLDEN["names"])
def test_typing_errors_get_the_ordinary_error(room):
    module = room_of(room)
    with pytest.raises(AttributeError, match=f"module '{module.__name__}' has no attribute 'Dens'"):
        _ = module.Dens
    with pytest.raises(ImportError, match=f"cannot import name 'Dens' from '{module.__name__}'"):
        exec(f"from {module.__name__} import Dens")
    with pytest.raises(ModuleNotFoundError, match=f"No module named '{module.__name__}.Dens'"):
        importlib.import_module(f"{module.__name__}.Dens")
    assert not hasattr(module, "Dens")
    assert not hasattr(module, "__wrapped__")


def test_the_sentence_shows_at_the_first_import_of_all():
    code = "from nbhelpers.regularizers import l2"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    line = run.stderr.strip().splitlines()[-1]
    assert line.startswith("ImportError: nbhelpers.regularizers is in Keras, but not in this")


def test_other_packages_find_their_modules_as_before():
    assert sys.meta_path.count(_out.Absent) == 1
    with pytest.raises(ModuleNotFoundError, match="No module named 'regularizers'"):
        importlib.import_module("regularizers")
    with pytest.raises(ModuleNotFoundError, match=r"No module named 'json\.ops'"):
        importlib.import_module("json.ops")


def compiled():
    model = Sequential([layers.Dense(2, input_shape=(3,))])
    model.compile("sgd", "mse")
    return model


X, Y = np.ones((4, 3)), np.ones((4, 2))
CALLS = {
    "fit": lambda **out: compiled().fit(X, Y, verbose=0, **out),
    "evaluate": lambda **out: compiled().evaluate(X, Y, **out),
    "predict": lambda **out: compiled().predict(X, **out),
    "compile": lambda **out: compiled().compile("sgd", "mse", **out),
    "Dense": lambda **out: layers.Dense(2, **out),
    "Dropout": lambda **out: layers.Dropout(0.5, **out),
    "SGD": lambda **out: optimizers.SGD(**out),
    "Adam": lambda **out: optimizers.Adam(**out),
    "RMSprop": lambda **out: optimizers.RMSprop(**out),
    "Adagrad": lambda **out: optimizers.Adagrad(**out),
    "EarlyStopping": lambda **out: callbacks.EarlyStopping(**out),
    "ModelCheckpoint": lambda **out: callbacks.ModelCheckpoint("m", **out),
    "load_model": lambda **out: models.load_model("no such file", **out),
}
OURS = {
    "fit": Sequential.fit,
    "evaluate": Sequential.evaluate,
    "predict": Sequential.predict,
    "compile": Sequential.compile,
    "Dense": layers.Dense,
    "Dropout": layers.Dropout,
    "SGD": optimizers.SGD,
    "Adam": optimizers.Adam,
    "RMSprop": optimizers.RMSprop,
    "Adagrad": optimizers.Adagrad,
    "EarlyStopping": callbacks.EarlyStopping,
    "ModelCheckpoint": callbacks.ModelCheckpoint,
    "load_model": models.load_model,
}


def test_the_defaults_that_change_nothing_are_those_of_keras():
    compared = 0
    for call, defaults in GOLDEN["arguments"].items():
        for name, value in _out.ARGUMENTS[call].items():
            if name in defaults:
                assert repr(value) == defaults[name], (call, name)
                compared += 1
    assert compared > 80


@pytest.mark.parametrize("call", CALLS)
def test_every_argument_of_keras_is_here_or_says_that_it_is_not(call):
    here = set(inspect.signature(OURS[call]).parameters)
    out = [name for name in GOLDEN["arguments"][call] if name not in here]
    for name in out:
        with pytest.raises(TypeError, match=rf"{call}: {name} is in Keras, but not in this course"):
            CALLS[call](**{name: "anything"})
    with pytest.raises(TypeError, match=f"{call}: there is no misspelt, only "):
        CALLS[call](misspelt=1)


REST = {
    "Input": [lambda **out: layers.Input((3,), **out)],
    "Layer": [
        lambda **out: layers.Flatten(**out),
        lambda **out: layers.Rescaling(1.0, **out),
        lambda **out: layers.Activation("relu", **out),
    ],
    "Softmax": [lambda **out: layers.Softmax(**out)],
    "ReLU": [lambda **out: layers.ReLU(**out)],
    "Loss": [lambda **out: losses.MeanSquaredError(**out)],
    "summary": [lambda **out: compiled().summary(**out)],
    "save": [
        lambda **out: compiled().save("/no such folder/m", **out),
        lambda **out: compiled().save_weights("/no such folder/m", **out),
    ],
    "load_weights": [lambda **out: compiled().load_weights("no such file", **out)],
    "call": [lambda **out: compiled()(X, **out)],
}


@pytest.mark.parametrize("call", REST)
def test_every_other_call_says_what_it_leaves_out(call):
    assert set(_out.ARGUMENTS) == {*CALLS, *REST}
    for act in REST[call]:
        for name in _out.ARGUMENTS[call]:
            with pytest.raises(TypeError, match=f"{name} is in Keras, but not in this course"):
                act(**{name: "anything"})


def test_a_name_of_older_tutorials_gets_the_names_that_there_are():
    with pytest.raises(TypeError, match="SGD: there is no lr, only learning_rate, momentum"):
        optimizers.SGD(lr=0.1)
    with pytest.raises(TypeError, match="fit: there is no nb_epoch, only x, y, batch_size"):
        compiled().fit(X, Y, nb_epoch=1)


def test_keras_own_defaults_change_nothing():
    compiled().fit(X, Y, verbose=0, class_weight=None, sample_weight=None, steps_per_epoch=None)
    layers.Dense(2, use_bias=True, kernel_regularizer=None, bias_initializer="zeros")
    layers.Flatten(trainable=True, autocast=True, dtype=None, data_format=None, batch_size=None)
    losses.MeanSquaredError(
        reduction="sum_over_batch_size", label_smoothing=0.0, axis=-1, name=None
    )
    optimizers.Adam(amsgrad=False, clipnorm=None)
    compiled()(X, training=False)
    with pytest.raises(TypeError, match="use_bias"):
        layers.Dense(2, use_bias=1)


@pytest.mark.parametrize("name", _out.NAMES["Sequential"].split())
def test_what_a_model_of_keras_can_do_and_ours_cannot(name):
    with pytest.raises(AttributeError, match=f"Sequential.{name} is in Keras, but not in this"):
        getattr(compiled(), name)


def test_a_models_typing_errors_get_the_ordinary_error():
    with pytest.raises(AttributeError, match="'Sequential' object has no attribute 'fitt'"):
        compiled().fitt(X, Y)


def test_functional_models_are_answered_with_what_serves_instead():
    for given in (layers.Input((784,)), nbhelpers.Input(shape=(28, 28))):
        with pytest.raises(ValueError, match=r"Sequential only: put Input first in the list"):
            layers.Dense(10)(given)


# README ---------------------------------------------------------------------------------------


def listed():
    """The rows of README's table: room, and the names in it."""
    section = README.split("## The part of Keras that is here")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \| (.*) \|$", section, flags=re.M)
    return {room: re.findall(r"`(\w+)", names) for room, names in rows}, section


def test_readme_lists_what_is_here_and_nothing_else():
    rooms, _ = listed()
    assert set(rooms) == set(GOLDEN["names"]) - {""} | {"model", "layer"}
    assert {name for name in rooms.pop("model") if not hasattr(compiled(), name)} == set()
    assert {name for name in rooms.pop("layer") if not hasattr(layers.Dense, name)} == set()
    for room, names in rooms.items():
        module = room_of(room)
        assert [name for name in names if not hasattr(module, name)] == [], room
        ours = {name for name in GOLDEN["names"][room] if hasattr(module, name)} - BASES
        assert ours <= set(names) | BASES, room


def test_readme_says_what_is_out():
    _, section = listed()
    for words in (
        "functional",
        "convolution",
        "regularizers",
        "weights of classes or samples",
        "schedules",
        "train_on_batch",
        "data sets",
        "file formats",
        ".numpy()",
    ):
        assert words in section.replace("\n", " "), words
