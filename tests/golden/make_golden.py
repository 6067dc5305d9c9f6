"""Write the golden values of ``test_keras_parity.py`` with the real Keras.

Neither the project nor its tests need Keras: the values are stored in ``keras.npz`` (arrays, no
pickles) and ``keras.json`` (numbers, defaults, versions). To make them again::

    python3.11 -m venv golden-env
    golden-env/bin/pip install keras==3.15.1 torch==2.13.0 numpy==2.4.6
    golden-env/bin/python tests/golden/make_golden.py

PyTorch's CPU build is enough.
Everything is float32 on one thread from explicit seeds: a second run on the same machine writes the
same bytes; another processor may change the last digits.

``float32_noise`` in the json is the worst distance between Keras's weights in float32 and in
float64 after 100 steps: what float32 cannot promise, and therefore the ground of the tolerances.
"""

import json
import os
import platform
import warnings
from pathlib import Path

import keras_cases as cases
import numpy as np

FOLDER = Path(__file__).parent
SAMPLES = 7  # in the batches of the small networks
arrays: dict[str, np.ndarray] = {}
facts: dict = {}


def start(key, shapes):
    """Start weights of a network, drawn here and not by Keras; the biases are not zero."""
    rng = np.random.default_rng(sum(map(ord, key)))
    scale = [np.sqrt(6 / sum(shape)) if len(shape) == 2 else 0.2 for shape in shapes]
    return [
        rng.uniform(-s, s, shape).astype("float32") for s, shape in zip(scale, shapes, strict=True)
    ]


def targets(rng, kind, n, width):
    """Targets of each kind that a loss accepts."""
    labels = rng.integers(0, max(width, 2), n)
    return {
        "labels": labels,
        "labels_column": labels[:, None],
        "one_hot": np.eye(max(width, 2), dtype="float32")[labels],
        "binary": labels,
        "binary_column": labels[:, None],
        "binary_table": rng.integers(0, 2, (n, width)),
        "real": rng.normal(size=(n, width)).astype("float32"),
    }[kind]


def store(prefix, items):
    """Put a list of arrays under ``prefix/0``, ``prefix/1``, ..."""
    arrays.update({f"{prefix}/{i}": np.asarray(item) for i, item in enumerate(items)})


def numpy_of(tensor):
    """A NumPy array from whatever Keras returned."""
    return tensor.detach().cpu().numpy() if hasattr(tensor, "detach") else np.asarray(tensor)


def make_activations(keras, torch):
    """Values and gradients on a grid that reaches beyond what exp can hold."""
    grid = np.concatenate([np.linspace(-12, 12, 97), [-1000, -100, -1e-4, 1e-4, 100, 1000]])
    rng = np.random.default_rng(1)
    table = rng.normal(scale=3, size=(8, 5))
    table[5] = [1000, -1000, 0, 1, 999]
    table[6] = 1000
    table[7] = [-1000, -1000, -1000, -999, -1000]
    for name in ("linear", "relu", "sigmoid", "softmax", "tanh", "leaky_relu"):
        x = (table if name == "softmax" else grid).astype("float32")
        upstream = rng.normal(size=x.shape).astype("float32")
        tensor = torch.tensor(x, requires_grad=True)
        output = keras.activations.get(name)(tensor)
        output.backward(torch.tensor(upstream))
        pieces = {"x": x, "upstream": upstream, "y": output, "gradient": tensor.grad}
        arrays.update({f"activation/{name}/{key}": numpy_of(v) for key, v in pieces.items()})


def loss_inputs():
    """(targets, predictions) of each loss; ``corner`` holds probabilities of 0 and 1."""
    rng = np.random.default_rng(2)
    n, k = 6, 4
    real = rng.normal(size=(n, k))
    inside = rng.uniform(0.02, 0.98, size=(n, k))
    normalised = inside / inside.sum(1, keepdims=True)
    logits = rng.normal(scale=4, size=(n, k))
    logits[-2:] = [[1000, -1000, 0, 1], [-1000, 999, 1000, -1000]]
    labels = np.array([0, 3, 1, 2, 1, 2])
    one_hot = np.eye(k)[labels]
    bits = rng.integers(0, 2, size=(n, k))
    corner = np.eye(k)[[0, 3, 1, 0, 2, 3]]  # three certain and right, three certain and wrong
    some = {"inside": inside, "normalised": normalised, "corner": corner}
    yield "mean_squared_error", {"from": {"real": (real, inside)}}
    yield (
        "binary_crossentropy",
        {
            "from": {"inside": (bits, inside), "corner": (one_hot, corner)},
            "logits": {"logits": (bits, logits), "column": (bits[:, :1], logits[:, :1])},
        },
    )
    for name, y in (("categorical", one_hot), ("sparse_categorical", labels)):
        yield (
            f"{name}_crossentropy",
            {
                "from": {case: (y, p) for case, p in some.items()},
                "logits": {"logits": (y, logits)},
            },
        )


def make_losses(keras, torch):
    """The value per sample, the mean, and the gradient of the mean by the prediction."""
    for name, kinds in loss_inputs():
        function = getattr(keras.losses, name)
        scalar = getattr(keras.losses, "".join(word.title() for word in name.split("_")))
        for kind, inputs in kinds.items():
            arguments = {"from_logits": True} if kind == "logits" else {}
            for case, (y, p) in inputs.items():
                y = y.astype("int32" if "sparse" in name else "float32")
                p = p.astype("float32")
                tensor = torch.tensor(p, requires_grad=True)
                mean = scalar(**arguments)(y, tensor)
                mean.backward()
                each = function(y, torch.tensor(p), **arguments)
                pieces = {"y": y, "p": p, "each": each, "mean": mean, "gradient": tensor.grad}
                key = f"loss/{name}/{kind}/{case}"
                arrays.update({f"{key}/{piece}": numpy_of(v) for piece, v in pieces.items()})


def make_networks(keras, torch):
    """Outputs, loss and every gradient of the small networks."""
    for name, (_, _, kind) in cases.NETWORKS.items():
        model = cases.network(keras, name)
        model.set_weights(start(name, [w.shape for w in model.get_weights()]))
        rng = np.random.default_rng(len(name))
        x = rng.normal(size=(SAMPLES, *model.input_shape[1:])).astype("float32")
        y = targets(rng, kind, SAMPLES, model.output_shape[-1])
        output = model(x, training=True)
        loss = model.compute_loss(x, torch.tensor(y), output)
        loss.backward()
        key = f"network/{name}"
        arrays.update({f"{key}/x": x, f"{key}/y": y, f"{key}/output": numpy_of(output)})
        arrays[f"{key}/loss"] = numpy_of(loss)
        arrays[f"{key}/evaluate"] = np.array(model.evaluate(x, y, verbose=0), "float32")
        store(f"{key}/weights", model.get_weights())
        store(f"{key}/gradients", [numpy_of(v.value.grad) for v in model.trainable_weights])


def gradient_sequence():
    """100 gradients for a kernel and a bias: from large to far below sqrt(epsilon), some zero."""
    rng = np.random.default_rng(3)
    scale = np.array([1, 1e-2, 3e-4, 1e-6])  # per column
    kernels, biases = rng.normal(size=(100, 5, 4)) * scale, rng.normal(size=(100, 4)) * scale
    kernels[:50, 4] = 0  # a unit without gradient for the first half
    return kernels.astype("float32"), biases.astype("float32")


def run_optimizer(keras, torch, spec, weights, gradients):
    """The variables after each step in ``cases.STEPS``."""
    variables = [keras.Variable(w, dtype=keras.config.floatx()) for w in weights]
    optimizer = cases.optimizer(keras, *spec)
    optimizer.build(variables)
    kept = []
    for step, grads in enumerate(zip(*gradients, strict=True), 1):
        grads = [torch.tensor(g, dtype=variables[0].value.dtype) for g in grads]
        with torch.no_grad():
            optimizer.apply(grads, variables)
        if step in cases.STEPS:
            kept.append([numpy_of(v.value).copy() for v in variables])
    return kept


def make_optimizers(keras, torch):
    """Every optimizer and its variants on the same 100 gradients."""
    rng = np.random.default_rng(4)
    weights = [rng.normal(size=shape).astype("float32") for shape in ((5, 4), (4,))]
    gradients = gradient_sequence()
    store("optimizer/start", weights)
    store("optimizer/gradients", gradients)
    noise = facts.setdefault("float32_noise", {}).setdefault("optimizers", {})
    for name, spec in cases.OPTIMIZERS.items():
        kept = run_optimizer(keras, torch, spec, weights, gradients)
        for step, values in zip(cases.STEPS, kept, strict=True):
            store(f"optimizer/{name}/{step}", values)
        noise[name] = compare_float64(
            keras, lambda s=spec: run_optimizer(keras, torch, s, weights, gradients)[-1], kept[-1]
        )


def use_dtype(keras, dtype):
    """Make everything that follows float32 or float64."""
    keras.config.set_floatx(dtype)
    keras.config.set_dtype_policy(dtype)


def compare_float64(keras, run, values):
    """The worst distance of ``values`` from the same run in float64."""
    use_dtype(keras, "float64")
    exact = run()
    use_dtype(keras, "float32")
    assert exact[0].dtype == np.float64
    return float(max(np.abs(a - b).max() for a, b in zip(values, exact, strict=True)))


def make_trainings(keras):
    """A small network after 100 training steps with each optimizer: 20 epochs of 5 batches."""
    rng = np.random.default_rng(5)
    x = rng.normal(size=(40, 4)).astype("float32")
    y = np.argmax(x @ rng.normal(size=(4, 3)) + rng.normal(size=(40, 3)), axis=1)
    arrays.update({"training/x": x, "training/y": y})
    weights = start("training", [(4, 6), (6,), (6, 3), (3,)])
    store("training/start", weights)
    noise = facts["float32_noise"].setdefault("trainings", {})

    def run(spec):
        model = cases.training_network(keras, *spec)
        model.set_weights(weights)
        model.fit(x, y, batch_size=8, epochs=20, shuffle=False, verbose=0)
        return model.get_weights()

    for name, spec in cases.TRAININGS.items():
        values = run(spec)
        store(f"training/{name}", values)
        noise[name] = compare_float64(keras, lambda s=spec: run(s), values)


def make_fits(keras):
    """History, evaluate and predict with short last batches."""
    rng = np.random.default_rng(6)
    x = rng.normal(size=(53, 4)).astype("float32")
    arrays["fit/x"] = x
    facts["fit"] = {}
    for name, case in cases.FITS.items():
        model = cases.fit_network(keras, name)
        model.set_weights(start(name, [w.shape for w in model.get_weights()]))
        store(f"fit/{name}/start", model.get_weights())
        y = targets(rng, case["targets"], len(x), case["units"][1])
        history = model.fit(x, y, shuffle=False, verbose=0, **case["fit"])
        facts["fit"][name] = {
            "history": history.history,
            "epoch": history.epoch,
            "evaluate": model.evaluate(x, y, batch_size=10, verbose=0),
            "evaluate_dict": model.evaluate(x, y, batch_size=10, verbose=0, return_dict=True),
        }
        arrays.update({f"fit/{name}/y": y, f"fit/{name}/predict": model.predict(x, verbose=0)})
        store(f"fit/{name}/weights", model.get_weights())


def make_accuracies(keras):
    """What "accuracy" chooses for each pair of shapes, and what it does with ties."""
    facts["accuracy"] = {}
    for name, (scores, y) in cases.ACCURACIES.items():
        model = cases.identity_network(keras, name)
        facts["accuracy"][name] = model.evaluate(np.array(scores), np.array(y), verbose=0)[1]


def make_initializers(keras):
    """The range of each initializer, measured on many draws."""
    facts["initializers"] = {}
    for name, shapes in cases.INITIALIZERS.items():
        for shape in shapes:
            draws = -(-cases.INITIALIZER_VALUES // int(np.prod(shape)))
            kind = type(keras.initializers.get(name))
            made = [kind() if name == "zeros" else kind(seed=i) for i in range(draws)]
            values = np.concatenate([numpy_of(one(shape)).ravel() for one in made])
            # Quantiles: in this backend one he_normal value of 200,000 escapes the cut at 2 sigma.
            low, high = np.quantile(values, [1e-4, 1 - 1e-4])
            facts["initializers"][f"{name} {shape}"] = {
                "low": float(low),
                "high": float(high),
                "std": float(values.std(dtype="float64")),
            }


def make_counts(keras):
    """Parameters per layer and in total, and what the optimizer adds."""
    facts["counts"] = {}
    for name, layers in cases.MODELS.items():
        model = keras.Sequential(layers(keras))
        facts["counts"][name] = {
            "total": model.count_params(),
            "layers": [layer.count_params() for layer in model.layers],
            "output_shapes": [list(layer.output.shape) for layer in model.layers],
        }


def make_defaults(keras):
    """Names, order and defaults of the arguments."""
    facts["arguments"] = {}
    for path in cases.ARGUMENTS:
        items = cases.arguments(keras, path)
        facts["arguments"][path] = [[name, default] for name, default in items.items()]


def main():
    """Make everything and write the two files."""
    os.environ["KERAS_BACKEND"] = "torch"
    warnings.filterwarnings("ignore", message="Do not pass an `input_shape`")
    import keras
    import torch

    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    modules = (keras, torch, np)
    facts["versions"] = {module.__name__: module.__version__ for module in modules}
    facts["versions"]["python"] = platform.python_version()
    make_activations(keras, torch)
    make_losses(keras, torch)
    make_networks(keras, torch)
    make_optimizers(keras, torch)
    make_trainings(keras)
    make_fits(keras)
    make_accuracies(keras)
    make_initializers(keras)
    make_counts(keras)
    make_defaults(keras)
    np.savez(FOLDER / "keras.npz", **arrays)
    text = json.dumps(facts, indent=1, sort_keys=True)
    (FOLDER / "keras.json").write_text(text + "\n", encoding="utf-8")
    print(f"{len(arrays)} arrays, {len(text)} characters of facts")


if __name__ == "__main__":
    main()
