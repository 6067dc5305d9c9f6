"""float32 stays float32: a walk over every public function that takes arrays and returns one."""

import inspect

import numpy as np
import pytest

from nbhelpers import activations, initializers, layers, losses
from nbhelpers.models import Sequential

X = np.float32([[0.1, 0.7, 0.2], [0.5, 0.25, 0.25]])


def functions(module):
    members = inspect.getmembers(module, inspect.isfunction)
    own = [(n, f) for n, f in members if f.__module__ == module.__name__]
    return [pytest.param(f, id=n) for n, f in own if n != "get" and not n.startswith("_")]


@pytest.mark.parametrize("function", functions(activations))
def test_activations(function):
    names = [p for p in inspect.signature(function).parameters if p in ("x", "y", "grad")]
    assert names, "a public function of activations takes x, or y and grad"
    assert function(*[X] * len(names)).dtype == np.float32


@pytest.mark.parametrize("function", functions(initializers))
def test_initializers(function):
    assert function((3, 4), np.random.default_rng(0)).dtype == np.float32


@pytest.mark.parametrize("from_logits", [False, True])
@pytest.mark.parametrize("kind", sorted(set(losses.LOSSES.values()), key=lambda k: k.name))
def test_losses(kind, from_logits):
    if from_logits and kind.link is None:
        pytest.skip("mean squared error knows no logits")
    targets = [0, 1] if "sparse" in kind.name else np.eye(3)[[0, 1]]
    loss = kind(from_logits)
    assert loss.values(targets, X).dtype == np.float32
    assert loss.gradient(targets, X).dtype == np.float32


@pytest.mark.parametrize("x", [X, X.astype("float64"), (9 * X).astype("uint8"), X.tolist()])
def test_layers_and_models_bring_what_comes_to_their_own_dtype(x):
    for make in (lambda: layers.Dense(2), layers.Flatten, lambda: layers.Activation("tanh")):
        assert make()(x).dtype == np.float32
    for dtype in ("float32", "float64"):
        model = Sequential([layers.Dense(4, "sigmoid"), layers.Dense(1)], dtype=dtype)
        model.compile("adam", "mse")
        model.fit(x, [1.0, 2.0], epochs=2, verbose=0)
        arrays = [model.predict(x), *model.gradients(x, [1, 2]), *model.get_weights()]
        arrays += model.optimizer.memory[0]
        assert {array.dtype for array in arrays} == {np.dtype(dtype)}
