"""The cases of the parity proof, written once and run twice.

``make_golden.py`` calls them with ``k = keras`` and stores the answers; ``test_keras_parity.py``
calls them with ``k = nbhelpers``. The very same lines run with both.
"""

import functools
import inspect

import numpy as np

STEPS = (1, 2, 10, 100)  # the steps after which the weights are stored

# The optimizers on a fixed sequence of gradients: the defaults, and each argument changed once.
OPTIMIZERS = {
    "sgd": ("SGD", {}),
    "sgd_lr": ("SGD", {"learning_rate": 0.1}),
    "sgd_momentum": ("SGD", {"momentum": 0.9}),
    "sgd_nesterov": ("SGD", {"momentum": 0.9, "nesterov": True}),
    "sgd_nesterov_lr": ("SGD", {"learning_rate": 0.05, "momentum": 0.5, "nesterov": True}),
    "sgd_nesterov_alone": ("SGD", {"nesterov": True}),
    "adagrad": ("Adagrad", {}),
    "adagrad_lr": ("Adagrad", {"learning_rate": 0.1}),
    "adagrad_start": ("Adagrad", {"learning_rate": 0.1, "initial_accumulator_value": 0.0}),
    "adagrad_epsilon": ("Adagrad", {"learning_rate": 0.1, "epsilon": 1e-2}),
    "rmsprop": ("RMSprop", {}),
    "rmsprop_rho": ("RMSprop", {"learning_rate": 0.01, "rho": 0.99}),
    "rmsprop_momentum": ("RMSprop", {"momentum": 0.9}),
    "rmsprop_epsilon": ("RMSprop", {"learning_rate": 0.01, "epsilon": 1e-2}),
    "adam": ("Adam", {}),
    "adam_lr": ("Adam", {"learning_rate": 0.01}),
    "adam_betas": ("Adam", {"learning_rate": 0.01, "beta_1": 0.5, "beta_2": 0.9}),
    "adam_epsilon": ("Adam", {"learning_rate": 0.01, "epsilon": 1e-2}),
}

# The optimizers inside 100 training steps of a small network.
TRAININGS = {
    "sgd": ("SGD", {"learning_rate": 0.1}),
    "sgd_momentum": ("SGD", {"momentum": 0.9}),
    "sgd_nesterov": ("SGD", {"momentum": 0.9, "nesterov": True}),
    "adagrad": ("Adagrad", {"learning_rate": 0.05}),
    "rmsprop": ("RMSprop", {}),
    "rmsprop_momentum": ("RMSprop", {"momentum": 0.9}),
    "adam": ("Adam", {"learning_rate": 0.01}),
}


def optimizer(k, name, arguments):
    """An optimizer by its class name."""
    return getattr(k.optimizers, name)(**arguments)


def training_network(k, name, arguments):
    """4-6-3: what each optimizer trains for 100 steps (20 epochs of 5 batches of 8)."""
    model = k.Sequential(
        [
            k.layers.Dense(6, activation="tanh", input_shape=(4,)),
            k.layers.Dense(3, activation="softmax"),
        ]
    )
    model.compile(optimizer=optimizer(k, name, arguments), loss="sparse_categorical_crossentropy")
    return model


# Small networks: the layers, the loss, and the kind of targets. Together they hold every activation
# and every loss.
NETWORKS = {
    "relu_softmax": (
        lambda k: [
            k.layers.Flatten(input_shape=(4, 3)),
            k.layers.Dense(7, activation="relu"),
            k.layers.Dense(5, activation="softmax"),
        ],
        lambda k: "categorical_crossentropy",
        "one_hot",
    ),
    "deep_sparse": (
        lambda k: [
            k.layers.Dense(16, activation="sigmoid", input_shape=(5,)),
            k.layers.Dense(12, activation="leaky_relu"),
            k.layers.Dense(4, activation="softmax"),
        ],
        lambda k: k.losses.SparseCategoricalCrossentropy(),
        "labels",
    ),
    "sparse_logits": (
        lambda k: [k.layers.Dense(8, activation="tanh", input_shape=(5,)), k.layers.Dense(4)],
        lambda k: k.losses.SparseCategoricalCrossentropy(from_logits=True),
        "labels_column",
    ),
    "categorical_logits": (
        lambda k: [k.layers.Dense(8, input_shape=(5,)), k.layers.Dense(4)],
        lambda k: k.losses.CategoricalCrossentropy(from_logits=True),
        "one_hot",
    ),
    "activation_layers": (
        lambda k: [
            k.layers.Dense(6, input_dim=5),
            k.layers.Activation("tanh"),
            k.layers.Dense(3),
            k.layers.Activation("softmax"),
        ],
        lambda k: "categorical_crossentropy",
        "one_hot",
    ),
    "regression": (
        lambda k: [
            k.layers.Dense(6, activation="sigmoid", input_shape=(3,)),
            k.layers.Dense(5, activation="leaky_relu"),
            k.layers.Dense(2, activation="linear"),
        ],
        lambda k: "mse",
        "real",
    ),
    "softmax_with_mse": (
        lambda k: [k.layers.Dense(4, activation="softmax", input_shape=(3,))],
        lambda k: k.losses.MeanSquaredError(),
        "one_hot",
    ),
    "binary": (
        lambda k: [
            k.layers.Dense(5, activation="relu", input_shape=(3,)),
            k.layers.Dense(1, activation="sigmoid"),
        ],
        lambda k: "binary_crossentropy",
        "binary_column",
    ),
    "binary_logits": (
        lambda k: [k.layers.Dense(5, activation="tanh", input_shape=(3,)), k.layers.Dense(1)],
        lambda k: k.losses.BinaryCrossentropy(from_logits=True),
        "binary",
    ),
    "many_labels": (
        lambda k: [k.layers.Dense(3, activation="sigmoid", input_shape=(4,))],
        lambda k: k.losses.BinaryCrossentropy(),
        "binary_table",
    ),
}


def network(k, name):
    """A compiled network of ``NETWORKS``."""
    layers, loss, _ = NETWORKS[name]
    model = k.Sequential(layers(k))
    model.compile(optimizer="sgd", loss=loss(k), metrics=["accuracy"])
    return model


# fit() without shuffling on 53 samples; 37 train and 16 validate when validation_split is 0.3:
# every last batch is short.
FITS = {
    "no_optimizer_no_batch_size": {
        "units": (8, 3),
        "activation": "softmax",
        "targets": "labels",
        "compile": {"loss": "sparse_categorical_crossentropy", "metrics": ["accuracy"]},
        "fit": {"epochs": 3, "validation_split": 0.3},
    },
    "adam_one_hot": {
        "units": (8, 3),
        "activation": "softmax",
        "targets": "one_hot",
        "compile": {
            "optimizer": "adam",
            "loss": "categorical_crossentropy",
            "metrics": ["accuracy"],
        },
        "fit": {"epochs": 6, "batch_size": 10, "validation_split": 0.3},
    },
    "sgd_binary": {
        "units": (8, 1),
        "activation": "sigmoid",
        "targets": "binary_column",
        "compile": {"optimizer": "sgd", "loss": "binary_crossentropy", "metrics": ["acc"]},
        "fit": {"epochs": 4, "batch_size": 10, "validation_split": 0.3},
    },
    "rmsprop_regression": {
        "units": (8, 2),
        "activation": None,
        "targets": "real",
        "compile": {"optimizer": "rmsprop", "loss": "mse"},
        "fit": {"epochs": 5, "batch_size": 10, "initial_epoch": 2},
    },
}


def fit_network(k, name):
    """A compiled network of ``FITS``: 4 inputs, one hidden layer of 8 tanh units."""
    case = FITS[name]
    model = k.Sequential(
        [
            k.layers.Dense(case["units"][0], activation="tanh", input_shape=(4,)),
            k.layers.Dense(case["units"][1], activation=case["activation"]),
        ]
    )
    model.compile(**case["compile"])
    return model


# What "accuracy" means, seen through evaluate() of a network that returns its input. A prediction
# of exactly 0.5 is not above the threshold; among equal scores the first is taken.
ACCURACIES = {
    "binary_column": ([[0.5], [0.51], [0.2], [0.7]], [[1], [1], [0], [0]]),
    "binary_flat": ([[0.5], [0.51], [0.2]], [0, 1, 1]),
    "labels": ([[0.4, 0.4, 0.2], [0.1, 0.2, 0.7], [0.3, 0.3, 0.4]], [1, 2, 0]),
    "labels_column": ([[0.4, 0.4, 0.2], [0.1, 0.2, 0.7], [0.9, 0.1, 0.0]], [[0], [2], [0]]),
    "one_hot": ([[0.4, 0.4, 0.2], [0.1, 0.2, 0.7]], [[0, 1, 0], [0, 0, 1]]),
    "binary_table": ([[0.9, 0.8, 0.1], [0.1, 0.6, 0.7]], [[1, 1, 0], [0, 1, 1]]),
}


def identity_network(k, name):
    """One Dense layer that returns its input, once its kernel is the identity."""
    width = len(ACCURACIES[name][0][0])
    model = k.Sequential([k.layers.Dense(width, input_shape=(width,))])
    loss = "sparse_categorical_crossentropy" if "labels" in name else "mse"
    model.compile(loss=loss, metrics=["accuracy"])
    model.set_weights([np.eye(width, dtype="float32"), np.zeros(width, "float32")])
    return model


INITIALIZERS = {
    "glorot_uniform": [(784, 100), (100, 10), (64, 64), (1, 64)],
    "he_uniform": [(784, 100), (100, 10), (1, 64)],
    "he_normal": [(784, 100), (100, 10), (1, 64)],
    "random_normal": [(784, 100)],
    "random_uniform": [(784, 100)],
    "uniform": [(100, 10)],
    "zeros": [(100,)],
}
INITIALIZER_VALUES = 200_000  # how many values each range is measured on

MODELS = {
    "784-512-10": lambda k: [
        k.layers.Dense(512, activation="relu", input_shape=(28 * 28,)),
        k.layers.Dense(10, activation="softmax"),
    ],
    "28x28-100-10": lambda k: [
        k.layers.Flatten(input_shape=(28, 28)),
        k.layers.Dense(100, activation="relu"),
        k.layers.Dense(10, activation="softmax"),
    ],
    "784-50-100-10": lambda k: [
        k.layers.Dense(50, activation="sigmoid", input_shape=(784,)),
        k.layers.Dense(100, activation="sigmoid"),
        k.layers.Dense(10, activation="softmax"),
    ],
    "1-64-1": lambda k: [
        k.layers.Dense(64, input_dim=1, activation="relu"),
        k.layers.Activation("relu"),
        k.layers.Dense(1),
    ],
}

# The arguments whose names, defaults and order must be Keras's.
ARGUMENTS = {
    "optimizers.SGD": ["learning_rate", "momentum", "nesterov"],
    "optimizers.Adagrad": ["learning_rate", "initial_accumulator_value", "epsilon"],
    "optimizers.RMSprop": ["learning_rate", "rho", "momentum", "epsilon"],
    "optimizers.Adam": ["learning_rate", "beta_1", "beta_2", "epsilon"],
    "layers.Dense": ["units", "activation", "kernel_initializer"],
    "layers.Activation": ["activation"],
    "losses.BinaryCrossentropy": ["from_logits"],
    "losses.CategoricalCrossentropy": ["from_logits"],
    "losses.SparseCategoricalCrossentropy": ["from_logits"],
    "losses.mean_squared_error": ["y_true", "y_pred"],
    "losses.binary_crossentropy": ["y_true", "y_pred", "from_logits"],
    "losses.categorical_crossentropy": ["y_true", "y_pred", "from_logits"],
    "losses.sparse_categorical_crossentropy": ["y_true", "y_pred", "from_logits"],
    "activations.leaky_relu": ["x", "negative_slope"],
    "models.Sequential": ["layers"],
    "models.Sequential.compile": ["optimizer", "loss", "metrics"],
    "models.Sequential.fit": [
        "x",
        "y",
        "batch_size",
        "epochs",
        "verbose",
        "callbacks",
        "validation_split",
        "validation_data",
        "shuffle",
        "initial_epoch",
    ],
    "models.Sequential.evaluate": ["x", "y", "batch_size", "return_dict"],
    "models.Sequential.predict": ["x", "batch_size"],
    "utils.to_categorical": ["x", "num_classes"],
    "utils.set_random_seed": ["seed"],
}


def arguments(k, path):
    """The arguments of ``path`` that matter, in the order of the signature, with their defaults."""
    target = functools.reduce(getattr, path.split("."), k)
    signature = inspect.signature(target.__init__ if inspect.isclass(target) else target)
    found = {name: p.default for name, p in signature.parameters.items() if name in ARGUMENTS[path]}
    return {
        name: "required" if default is inspect.Parameter.empty else default
        for name, default in found.items()
    }
