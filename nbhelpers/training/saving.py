"""Models on disk: one ``.npz`` file, written whole or not at all, and nothing ever unpickled."""

import json
import os
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from nbhelpers import layers, losses, optimizers
from nbhelpers.callbacks import History

# In 1, RMSprop's memory was v; now it is v / (1 - rho).
FORMAT = "nbhelpers model 2"


def describe(model: Any) -> dict[str, Any]:
    """Return all of a model that is no array, as JSON knows it."""
    history, optimizer = model.history, model.optimizer
    return {
        "format": FORMAT,
        "name": model.name,
        "dtype": model.dtype.name,
        "input_shape": model.input_shape,
        "layers": [layer.config() for layer in model.layers],
        "random_state": model.rng.bit_generator.state,
        "optimizer": optimizer and {**optimizer.config(), "iterations": optimizer.iterations},
        "loss": model.loss and {"name": model.loss.name, "from_logits": model.loss.from_logits},
        "metrics": list(model.metrics),
        "history": history and {"epoch": history.epoch, "history": history.history},
    }


def write(
    path: str | Path, description: dict[str, Any], params: np.ndarray, optimizer: Any
) -> None:
    """Write description, parameters and the optimizer's memory, then give the file its name.

    Parameters
    ----------
    path : str or Path
        Its folder must exist.
    """
    path = Path(path)
    arrays = {"params": params}
    for k, slot in enumerate(optimizer.memory[0] if optimizer and optimizer.memory else []):
        arrays[f"slot_{k}"] = slot
    part = path.with_name(path.name + ".part")
    try:
        with open(part, "wb") as file:
            np.savez(file, description=np.array(json.dumps(description)), **arrays)
        os.replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def read(path: str | Path, model_class: type) -> Any:
    """Return a new model with everything that ``write`` kept.

    Raises
    ------
    FileNotFoundError, ValueError
        If there is no such file, or it holds no whole model.
    """
    try:
        with open(path, "rb") as file, np.load(file, allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in archive.files}
        description = json.loads(str(arrays["description"]))
        if description["format"] != FORMAT:
            raise ValueError(f"It has the format {description['format']!r}, not {FORMAT!r}")
        return _restore(description, arrays, model_class)
    except FileNotFoundError:
        raise
    except (KeyError, TypeError, ValueError, OSError, EOFError, zipfile.BadZipFile) as error:
        raise ValueError(f"load_model: {path} must be a model saved by save(). {error}") from error


def _restore(description: dict[str, Any], arrays: dict[str, np.ndarray], model_class: type) -> Any:
    state = description["random_state"]
    rng = np.random.Generator(getattr(np.random, state["bit_generator"])())
    parts = [layers.from_config(config) for config in description["layers"]]
    model = model_class(parts, description["name"], seed=rng, dtype=description["dtype"])
    model.build((None, *description["input_shape"]))
    model.params[...] = arrays["params"]
    if description["optimizer"]:
        _compile(model, description, arrays)
    if description["history"]:
        model.history = History()
        vars(model.history).update(description["history"])
    # Building has drawn numbers; the saved state is where training goes on.
    rng.bit_generator.state = state
    return model


def _compile(model: Any, description: dict[str, Any], arrays: dict[str, np.ndarray]) -> None:
    config = dict(description["optimizer"])
    iterations = config.pop("iterations")
    optimizer = optimizers.OPTIMIZERS[config.pop("name")](**config)
    loss = description["loss"]
    if loss:
        loss = losses.LOSSES[loss["name"]](loss["from_logits"])
    model.compile(optimizer, loss, description["metrics"])
    if iterations:
        optimizer.build([model.params])
        for k, slot in enumerate(optimizer.memory[0]):
            slot[...] = arrays[f"slot_{k}"]
        optimizer.iterations = iterations
