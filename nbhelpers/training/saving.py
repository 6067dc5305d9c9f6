"""Models on disk: what is saved comes back, equal to the bit; what cannot is refused.

A file holds the names of layers, optimizer, loss and metrics, and names mean the package's own.
So a class or a function of one's own is refused, whatever its name is: it could not be found.
"""

import json
import math
import os
from typing import Any

import numpy as np

from nbhelpers import activations, initializers, layers, losses, metrics, optimizers
from nbhelpers._types import Array, ModelLike
from nbhelpers.callbacks import History
from nbhelpers.training.archive import Archive, write

# In 1, RMSprop's memory was v; now it is v / (1 - rho).
FORMAT = "nbhelpers model 2"
WEIGHTS = "nbhelpers weights 1"
MOST_LAYERS = 1000
GENERATORS = {
    kind.__name__: kind
    for kind in (
        np.random.PCG64,
        np.random.PCG64DXSM,
        np.random.MT19937,
        np.random.Philox,
        np.random.SFC64,
    )
}


# Writing --------------------------------------------------------------------------------------


def save(path: str | os.PathLike[str], model: ModelLike, model_class: type) -> None:
    """Write a model with its optimizer, history and random state."""
    description = json.dumps(describe(model, model_class), default=_plain)
    write(path, description, {"params": model.params, **_slots(model)})


def describe(model: ModelLike, model_class: type) -> dict[str, Any]:
    """Return all of a model that is no array.

    Raises
    ------
    ValueError
        If something in it is not the package's own.
    """
    _ours("model", type(model), {"Sequential": model_class})
    if len(model.layers) > MOST_LAYERS:
        raise ValueError(f"save: a model must have at most {MOST_LAYERS} layers to be loaded")
    return {
        "format": FORMAT,
        "name": model.name,
        "dtype": model.dtype.name,
        "input_shape": model.input_shape,
        "layers": [_layer(layer) for layer in model.layers],
        "random_state": _random_state(model.rng),
        "optimizer": model.optimizer and _optimizer(model.optimizer),
        "loss": model.loss and _loss(model.loss),
        "metrics": [_ours("metric", m, metrics.METRICS, name) for name, m in model.metrics.items()],
        "history": model.history and _history(model.history),
    }


def _layer(layer: Any) -> dict[str, Any]:
    _ours("layer", type(layer), layers.LAYERS)
    if hasattr(layer, "activation"):
        activation = layer.activation
        _ours("activation", activation, activations.ACTIVATIONS, activation.name)
    if hasattr(layer, "kernel_initializer"):
        _ours("initializer", layer.kernel_initializer, initializers.INITIALIZERS)
    config: dict[str, Any] = layer.config()
    return config


def _optimizer(optimizer: Any) -> dict[str, Any]:
    _ours("optimizer", type(optimizer), optimizers.OPTIMIZERS)
    return {**optimizer.config(), "iterations": optimizer.iterations}


def _loss(loss: Any) -> dict[str, Any]:
    name = _ours("loss", type(loss), losses.LOSSES)
    return {"name": name, "from_logits": loss.from_logits}


def _random_state(rng: np.random.Generator) -> dict[str, Any]:
    _ours("generator", type(rng), {"Generator": np.random.Generator})
    _ours("bit generator", type(rng.bit_generator), GENERATORS)
    # Some states hold arrays; as lists they can be compared and written.
    state: dict[str, Any] = json.loads(json.dumps(rng.bit_generator.state, default=_plain))
    return state


def _history(history: Any) -> dict[str, Any]:
    for name, values in history.history.items():
        for value in values:
            if not isinstance(value, int | float | np.number):
                raise ValueError(
                    f"save: logs must hold numbers to be saved. Received: {name!r} of {value!r:.60}"
                )
    return {"epoch": history.epoch, "history": history.history}


def _ours(kind: str, thing: Any, table: dict[str, Any], name: str | None = None) -> str:
    """Return the name under which a table of the package holds a thing.

    Raises
    ------
    ValueError
        If it does not.
    """
    names = [key for key, ours in table.items() if ours is thing or ours == thing]
    if name in names or (names and name is None):
        return name or names[0]
    called = name or getattr(thing, "__name__", None) or type(thing).__name__
    raise ValueError(
        f"save: the {kind} {called!r} is not the package's own, and load_model could not find it "
        "again. save_weights keeps the weights of such a model."
    )


def _plain(value: Any) -> Any:
    """Return what NumPy holds as JSON knows it."""
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    raise ValueError(f"save: only numbers and names can be saved. Received: {value!r:.60}")


def _slots(model: ModelLike) -> dict[str, Array]:
    """Return the memory of the optimizer, by the names under which it is kept."""
    memory = model.optimizer.memory if model.optimizer else []
    return {f"slot_{k}": slot for k, slot in enumerate(memory[0] if memory else [])}


# Reading --------------------------------------------------------------------------------------


def load(path: str | os.PathLike[str], model_class: type) -> Any:
    """Return a new model with everything that ``save`` kept.

    Raises
    ------
    FileNotFoundError, ValueError
        If there is no such file, or it holds no whole model.
    """
    try:
        with Archive(path) as archive:
            return _restore(archive, archive.description(), model_class)
    except (FileNotFoundError, PermissionError):
        raise
    # A file from anywhere may go wrong in any way; each says the same to who wanted a model.
    except Exception as error:
        raise ValueError(_no_model("load_model", path, "model saved by save()", error)) from error


def _no_model(where: str, path: Any, rule: str, error: Exception) -> str:
    return f"{where}: {path} must be a {rule}. {_reason(error)}"


def _reason(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"It lacks {error.args[0]!r:.80}"
    return f"{error}"[:300]


def _restore(archive: Archive, description: dict[str, Any], model_class: type) -> Any:
    if description["format"] != FORMAT:
        raise ValueError(f"It has the format {description['format']!r:.60}, not {FORMAT!r}")
    state = description["random_state"]
    rng = np.random.Generator(GENERATORS[state["bit_generator"]]())
    parts = _parts(description["layers"])
    shape, dtype = _shape(description["input_shape"]), description["dtype"]
    params = _exactly(archive, "params", (_count(parts, shape),), dtype)
    model = model_class(parts, description["name"], seed=rng, dtype=dtype)
    model.build((None, *shape))
    model.params[...] = params
    if description["optimizer"]:
        _compile(model, description, archive)
    if description["history"]:
        model.history = _history_from(description["history"])
    # Building has drawn numbers; the saved state is where training goes on.
    rng.bit_generator.state = state
    found = json.loads(json.dumps(describe(model, model_class), default=_plain))
    # An older file has the shape without the batch axis; it has been compared by building.
    if not _same({**description, "input_shape": found["input_shape"]}, found):
        raise ValueError("It describes a model that cannot be")
    return model


def _same(saved: Any, found: Any) -> bool:
    """Return whether all that a file says is so: 1 is 1.0, but it is not True."""
    if isinstance(saved, dict) and isinstance(found, dict):
        return all(key in found and _same(value, found[key]) for key, value in saved.items())
    if isinstance(saved, list) and isinstance(found, list):
        return len(saved) == len(found) and all(map(_same, saved, found))
    alike = saved == found or (saved != saved and found != found)  # nan is never equal
    return alike and isinstance(saved, bool) == isinstance(found, bool)


def _parts(configs: Any) -> list[layers.Layer]:
    if not 0 < len(configs) <= MOST_LAYERS:
        raise ValueError(f"It says that it has {len(configs)} layers")
    return [layers.from_config(config) for config in configs]


def _shape(saved: Any) -> tuple[int, ...]:
    """Return the shape of one sample; the batch axis, None, is dropped."""
    shape = tuple(saved[1:] if saved[:1] == [None] else saved)
    if not all(type(axis) is int and axis > 0 for axis in shape):
        raise ValueError(f"It says that its input has the shape {shape!r:.60}")
    return shape


def _count(parts: list[layers.Layer], shape: tuple[int, ...]) -> int:
    """Return how many parameters the layers will have, before memory is taken for them."""
    count = 0
    for layer in parts:
        if isinstance(layer, layers.Dense):
            count += (math.prod(shape) + 1) * layer.units
        shape = layer.shape_after(shape)
    return count


def _exactly(archive: Archive, name: str, shape: tuple[int, ...], dtype: Any) -> Array:
    """Return an array that has this shape and dtype."""
    found = archive.array(name)
    if found.shape != shape or found.dtype != np.dtype(dtype):
        raise ValueError(f"{name} must be {shape} of {dtype}. It is {found.shape} of {found.dtype}")
    return found


def _compile(model: Any, description: dict[str, Any], archive: Archive) -> None:
    config = dict(description["optimizer"])
    iterations = config.pop("iterations")
    if type(iterations) is not int or not 0 <= iterations < 2**63:
        raise ValueError(f"It has made {iterations!r:.60} steps")
    optimizer = optimizers.OPTIMIZERS[config.pop("name")](**config)
    loss = description["loss"] and _loss_from(description["loss"])
    model.compile(optimizer, loss, metrics=description["metrics"])
    if iterations:
        optimizer.build([model.params])
        for k, slot in enumerate(optimizer.memory[0]):
            slot[...] = _exactly(archive, f"slot_{k}", slot.shape, slot.dtype.name)
        optimizer.iterations = iterations


def _loss_from(saved: dict[str, Any]) -> losses.Loss:
    kind: Any = losses.LOSSES[saved["name"]]
    loss: losses.Loss = kind(from_logits=True) if saved["from_logits"] else kind()
    return loss


def _history_from(saved: dict[str, Any]) -> History:
    history = History()
    for epoch in saved["epoch"]:
        if type(epoch) is not int:
            raise ValueError(f"Its history has the epoch {epoch!r:.60}")
    for name, values in saved["history"].items():
        if not isinstance(values, list) or not all(type(v) in (int, float, bool) for v in values):
            raise ValueError(f"Its history of {name!r:.60} does not hold numbers")
    history.epoch, history.history = list(saved["epoch"]), dict(saved["history"])
    return history


# Weights only ---------------------------------------------------------------------------------


def save_weights(path: str | os.PathLike[str], model: ModelLike) -> None:
    """Write the weights, and nothing else, of any model."""
    weights = model.get_weights()
    description = {"format": WEIGHTS, "count": len(weights)}
    write(path, json.dumps(description), {f"weight_{k}": w for k, w in enumerate(weights)})


def load_weights(path: str | os.PathLike[str], model: ModelLike, model_class: type) -> None:
    """Copy the weights of a file into a model; a file of ``save`` will do as well.

    Raises
    ------
    FileNotFoundError, ValueError
        If there is no such file, it holds no weights, or they do not fit; then nothing has been
        changed.
    """
    now = model.get_weights()
    try:
        with Archive(path) as archive:
            description = archive.description()
            if description["format"] == FORMAT:
                found = _restore(archive, description, model_class).get_weights()
            elif description["format"] == WEIGHTS and description["count"] == len(now):
                found = [
                    _exactly(archive, f"weight_{k}", w.shape, w.dtype.name)
                    for k, w in enumerate(now)
                ]
            else:
                raise ValueError(f"It holds {description!r:.80}, and {len(now)} arrays are needed")
    except (FileNotFoundError, PermissionError):
        raise
    except Exception as error:
        rule = "file saved by save_weights() of a model with the same layers"
        raise ValueError(_no_model("load_weights", path, rule, error)) from error
    model.set_weights(found)
