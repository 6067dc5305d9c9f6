"""Time one epoch of 784-512-10 beside the matrix products in it, which no loop can beat.

    python tests/benchmarks/epoch.py [ROUNDS]

Products and epochs take turns within one process. Let nothing else run: a busy core makes both
many times slower. MNIST's shapes; the numbers are random, which changes no time.
"""

import sys
import time
from statistics import median

import numpy as np

from nbhelpers.layers import Dense
from nbhelpers.models import Sequential

SAMPLES, PIXELS, UNITS, CLASSES, BATCH = 60_000, 784, 512, 10, 128


def products(x, model):
    """Return the seconds of an epoch's five matrix products per batch, and nothing else."""
    w1, _, w2, _ = model.get_weights()
    h, z = np.empty((BATCH, UNITS), "float32"), np.empty((BATCH, CLASSES), "float32")
    g1, g2, d1, d2 = np.empty_like(w1), np.empty_like(w2), h.copy(), np.ones_like(z)
    start = time.perf_counter()
    for first in range(0, SAMPLES, BATCH):
        batch = x[first : first + BATCH]
        n = len(batch)
        np.matmul(batch, w1, out=h[:n])
        np.matmul(h[:n], w2, out=z[:n])
        np.matmul(h[:n].T, d2[:n], out=g2)
        np.matmul(d2[:n], w2.T, out=d1[:n])
        np.matmul(batch.T, d1[:n], out=g1)
    return time.perf_counter() - start


def epoch(x, y, model):
    """Return the seconds of an epoch of training."""
    start = time.perf_counter()
    model.fit(x, y, epochs=1, batch_size=BATCH, verbose=0)
    return time.perf_counter() - start


def evaluation(x, y, model):
    """Return the seconds of an evaluation of 10,000 images, and of its matrix products."""
    w1, _, w2, _ = model.get_weights()
    start = time.perf_counter()
    model.evaluate(x[:10_000], y[:10_000])
    middle = time.perf_counter()
    for first in range(0, 10_000, 1000):
        x[first : first + 1000] @ w1 @ w2
    return middle - start, time.perf_counter() - middle


if __name__ == "__main__":
    rng = np.random.default_rng(0)
    x = rng.random((SAMPLES, PIXELS), dtype="float32")
    y = np.eye(CLASSES)[rng.integers(CLASSES, size=SAMPLES)]
    layers = [Dense(UNITS, activation="relu"), Dense(CLASSES, activation="softmax")]
    model = Sequential(layers, seed=0)
    model.compile("rmsprop", "categorical_crossentropy", "accuracy")
    epoch(x, y, model)
    rounds = []
    for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 5):
        rounds.append((products(x, model), epoch(x, y, model), *evaluation(x, y, model)))
        limit, ours, test, test_limit = rounds[-1]
        print(
            f"products {limit:.3f} s, epoch {ours:.3f} s: {ours / limit:.2f} times;   "
            f"products {test_limit * 1e3:.0f} ms, evaluation {test * 1e3:.0f} ms: "
            f"{test / test_limit:.2f} times"
        )
    print(f"median ratios: epoch {median(r[1] / r[0] for r in rounds):.2f}, ", end="")
    print(f"evaluation {median(r[2] / r[3] for r in rounds):.2f}")
