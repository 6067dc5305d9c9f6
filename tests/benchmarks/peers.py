"""One way of training 784-units-10, as a process of its own.

    python tests/benchmarks/peers.py NAME [--whole]

Each line on standard input asks for one timing, as JSON: ``{"what": "epoch", "units": 512, "batch":
128, "samples": 60000}``; the answer is a line ``seconds 0.93``. With ``--whole`` the process loads
MNIST, trains five epochs, prints the test accuracy and ends: for time and memory as a whole.

All peers train the same network in float32 on the same pixels in 0..1, with shuffling, loss and
accuracy, on all cores (one says otherwise); RMSprop with Keras's numbers, but for scikit-learn,
which has Adam only.
"""

import json
import os
import sys
import time

import numpy as np

PIXELS, CLASSES, EPOCHS = 784, 10, 5


class Products:
    """The five matrix products of each batch and nothing else: the limit."""

    def __init__(self, units, batch):
        rng, self.batch = np.random.default_rng(0), batch
        shapes = {"w1": (PIXELS, units), "w2": (units, CLASSES), "h": (batch, units)}
        shapes |= {"z": (batch, CLASSES), "g1": (PIXELS, units), "g2": (units, CLASSES)}
        shapes |= {"d1": (batch, units), "d2": (batch, CLASSES)}
        self.arrays = {k: rng.random(s, dtype="float32") for k, s in shapes.items()}

    def epoch(self, x, y):
        w1, w2, h, z, g1, g2, d1, d2 = self.arrays.values()
        for start in range(0, len(x), self.batch):
            rows = x[start : start + self.batch]
            n = len(rows)
            np.matmul(rows, w1, out=h[:n])
            np.matmul(h[:n], w2, out=z[:n])
            np.matmul(h[:n].T, d2[:n], out=g2)
            np.matmul(d2[:n], w2.T, out=d1[:n])
            np.matmul(rows.T, d1[:n], out=g1)

    def accuracy(self, x, y):
        w1, w2, *_ = self.arrays.values()
        for start in range(0, len(x), 1000):
            x[start : start + 1000] @ w1 @ w2
        return 0.0


class Nbhelpers:
    """``Sequential.fit``, as in lesson 08; a Rescaling layer first if the pixels are bytes."""

    def __init__(self, units, batch, rescale=False):
        from nbhelpers.layers import Dense, Rescaling
        from nbhelpers.models import Sequential

        first = [Rescaling(1 / 255)] if rescale else []
        layers = [*first, Dense(units, activation="relu"), Dense(CLASSES, activation="softmax")]
        self.model, self.batch = Sequential(layers, seed=0), batch
        self.model.compile("rmsprop", "sparse_categorical_crossentropy", "accuracy")

    def epoch(self, x, y):
        self.model.fit(x, y, epochs=1, batch_size=self.batch, verbose=0)

    def accuracy(self, x, y):
        return self.model.evaluate(x, y)[1]


class Bytes(Nbhelpers):
    """The same on pixels that stay bytes (uint8) until their batch needs them."""

    def __init__(self, units, batch):
        super().__init__(units, batch, rescale=True)


class OneThread(Nbhelpers):
    """The same on one thread, to compare with."""

    def __init__(self, units, batch):
        from nbhelpers import threads

        threads.use(1)
        super().__init__(units, batch)


class Torch:
    """PyTorch with the loop of its tutorials, on tensors in memory."""

    def __init__(self, units, batch):
        import torch
        from torch import nn

        self.torch, self.batch = torch, batch
        torch.manual_seed(0)
        self.model = nn.Sequential(nn.Linear(PIXELS, units), nn.ReLU(), nn.Linear(units, CLASSES))
        self.loss = nn.CrossEntropyLoss()
        self.optimizer = torch.optim.RMSprop(self.model.parameters(), lr=0.001, alpha=0.9, eps=1e-7)

    def epoch(self, x, y):
        x, y = self.torch.from_numpy(x), self.torch.from_numpy(y)
        total = right = 0.0
        for rows in self.torch.randperm(len(x)).split(self.batch):
            inputs, labels = x[rows], y[rows]
            outputs = self.model(inputs)
            loss = self.loss(outputs, labels)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            total += loss.item() * len(rows)
            right += (outputs.argmax(1) == labels).sum().item()

    def accuracy(self, x, y):
        with self.torch.no_grad():
            outputs = self.model(self.torch.from_numpy(x))
        return float((outputs.argmax(1).numpy() == y).mean())


class Keras:
    """Keras with TensorFlow below it."""

    def __init__(self, units, batch):
        os.environ |= {"KERAS_BACKEND": "tensorflow", "TF_CPP_MIN_LOG_LEVEL": "3"}
        import keras

        keras.utils.set_random_seed(0)
        layers = [keras.layers.Dense(units, "relu"), keras.layers.Dense(CLASSES, "softmax")]
        self.model, self.batch = keras.Sequential([keras.Input((PIXELS,)), *layers]), batch
        loss = "sparse_categorical_crossentropy"
        self.model.compile("rmsprop", loss, metrics=["accuracy"])

    def epoch(self, x, y):
        self.model.fit(x, y, epochs=1, batch_size=self.batch, verbose=0)

    def accuracy(self, x, y):
        return self.model.evaluate(x, y, batch_size=1000, verbose=0)[1]


class Sklearn:
    """scikit-learn's MLPClassifier, with Adam."""

    def __init__(self, units, batch):
        from sklearn.neural_network import MLPClassifier

        self.model = MLPClassifier((units,), batch_size=batch, alpha=0.0, random_state=0)

    def epoch(self, x, y):
        self.model.partial_fit(x, y, classes=np.arange(CLASSES))

    def accuracy(self, x, y):
        return self.model.score(x, y)


PEERS = {
    "matrix products": Products,
    "nbhelpers": Nbhelpers,
    "nbhelpers (bytes)": Bytes,
    "nbhelpers, one thread": OneThread,
    "PyTorch": Torch,
    "Keras + TensorFlow": Keras,
    "scikit-learn": Sklearn,
}


def mnist_pixels(as_bytes):
    """Return MNIST as (x, y) for training and for testing; x is bytes, or float32 in 0..1.

    Real pixels matter: on random ones most units die, their RMSprop averages shrink into denormal
    numbers, and PyTorch, which takes their root, needs three times as long as on MNIST.
    """
    from nbhelpers.datasets import mnist

    parts = [(x.reshape(-1, PIXELS), y.astype("int64")) for x, y in mnist.load_data()]
    return parts if as_bytes else [(to_floats(x), y) for x, y in parts]


def to_floats(x):
    x = x.astype("float32")
    x /= 255
    return x


def train_whole(peer, as_bytes):
    """Load MNIST, train five epochs, return the accuracy on the test images."""
    (x, y), test = mnist_pixels(as_bytes)
    for _ in range(EPOCHS):
        peer.epoch(x, y)
    return peer.accuracy(*test)


def answer(peer_class, requests):
    """Time what each request asks for, after one epoch to warm up whenever the sizes change."""
    sizes, ((x_all, y_all), test) = None, mnist_pixels(peer_class is Bytes)
    for line in requests:
        request = json.loads(line)
        what, wanted = request.pop("what"), tuple(sorted(request.items()))
        if wanted != sizes:
            sizes, peer = wanted, peer_class(request["units"], request["batch"])
            x, y = x_all[: request["samples"]], y_all[: request["samples"]]
            peer.epoch(x, y)  # compiles, builds, allocates
        start = time.perf_counter()
        if what == "evaluate":
            peer.accuracy(*test)
        else:
            peer.epoch(x, y)
        print("seconds", time.perf_counter() - start, flush=True)


if __name__ == "__main__":
    if "--whole" in sys.argv:
        kind = PEERS[sys.argv[1]]
        print(train_whole(kind(512, 128), kind is Bytes))
    else:
        answer(PEERS[sys.argv[1]], sys.stdin)
