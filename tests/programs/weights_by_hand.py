"""Copy weights from one network into another, and look at them."""

import keras
import numpy as np


def build():
    return keras.Sequential(
        [
            keras.Input(shape=(784,), name="digits"),
            keras.layers.Dense(16, activation="relu", name="dense_1"),
            keras.layers.Dense(10, name="predictions"),
        ]
    )


first, second = build(), build()
for ours, theirs in zip(first.layers, second.layers):
    theirs.set_weights(ours.get_weights())
x = np.random.normal(size=(5, 784)).astype("float32")
np.testing.assert_allclose(first.predict(x, verbose=0), second.predict(x, verbose=0))
assert [w.shape for w in first.get_weights()] == [(784, 16), (16,), (16, 10), (10,)]
assert len(first.layers[0].weights) == 2
first.save_weights("first.weights.h5")
third = build()
third.load_weights("first.weights.h5")
for a, b in zip(first.get_weights(), third.get_weights()):
    np.testing.assert_array_equal(a, b)
total = sum(layer.count_params() for layer in first.layers)
assert total == first.count_params() == 12730
