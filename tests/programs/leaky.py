"""Activations by name, by function, and as layers."""

import keras
import numpy as np
from keras import activations, layers

x = np.random.normal(size=(20, 4)).astype("float32")
model = keras.Sequential(
    [
        layers.Input((4,)),
        layers.Dense(5, activation=activations.relu),
        layers.Dense(5, activation="leaky_relu"),
        layers.Activation("tanh"),
        layers.Activation(activations.sigmoid),
        layers.Dense(3),
        layers.Softmax(),
    ]
)
out = model.predict(x, verbose=0)
np.testing.assert_allclose(out.sum(axis=1), 1, rtol=1e-5)
assert [layer.name for layer in model.layers][-1].startswith("softmax")
