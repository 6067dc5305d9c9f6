"""Write what the real Keras answers to the questions of ``behaviours.py``, as ``behaviour.json``.

Neither the project nor its tests need Keras. To make the file again, in the environment that
``make_golden.py`` describes::

    KERAS_BACKEND=torch golden-env/bin/python tests/golden/make_behaviour.py

``names`` and ``arguments`` (with their defaults) list what Keras has: whatever of it is not in the
package must be refused with a sentence.
"""

import inspect
import json
import math
import warnings
from pathlib import Path

import behaviours
import keras

ROOMS = [
    "activations",
    "callbacks",
    "datasets",
    "initializers",
    "layers",
    "losses",
    "metrics",
    "models",
    "optimizers",
    "utils",
]
CALLS = {
    "fit": keras.Sequential.fit,
    "compile": keras.Sequential.compile,
    "evaluate": keras.Sequential.evaluate,
    "predict": keras.Sequential.predict,
    "Dense": keras.layers.Dense,
    "Dropout": keras.layers.Dropout,
    "SGD": keras.optimizers.SGD,
    "Adam": keras.optimizers.Adam,
    "RMSprop": keras.optimizers.RMSprop,
    "Adagrad": keras.optimizers.Adagrad,
    "EarlyStopping": keras.callbacks.EarlyStopping,
    "ModelCheckpoint": keras.callbacks.ModelCheckpoint,
    "load_model": keras.models.load_model,
    "save": keras.Sequential.save,
    "load_weights": keras.Sequential.load_weights,
    "summary": keras.Sequential.summary,
    "Input": keras.Input,
    "ReLU": keras.layers.ReLU,
    "Softmax": keras.layers.Softmax,
}


def plain(value):
    """A number that JSON knows, with nan and infinity as words."""
    if isinstance(value, float) and not math.isfinite(value):
        return repr(value)
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list | tuple) else value


def public(thing):
    return [name for name in dir(thing) if not name.startswith("_")]


def main():
    warnings.simplefilter("ignore")
    found = {}
    for question in behaviours.QUESTIONS:
        answers = plain(behaviours.answers(keras, question))
        print(f"{question.__name__}: {len(answers)}")
        found[question.__name__] = answers
    rooms = {room: public(getattr(keras, room)) for room in ROOMS}
    facts = {
        "keras": keras.__version__,
        "answers": found,
        "names": {"": public(keras), **rooms},
        "arguments": {
            name: {
                key: repr(parameter.default)
                for key, parameter in inspect.signature(call).parameters.items()
                if key not in ("self", "kwargs")
            }
            for name, call in CALLS.items()
        },
    }
    path = Path(__file__).parent / "behaviour.json"
    lines = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in facts.items()]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
