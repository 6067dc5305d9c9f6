"""Small and large networks, and dropout between."""

import numpy as np
from keras import layers, models

rng = np.random.default_rng(0)
x = rng.integers(0, 2, size=(150, 100)).astype("float32")
y = (x[:, :10].sum(axis=1) > 5).astype("float32")


def train(*parts):
    model = models.Sequential([layers.Input((100,)), *parts, layers.Dense(1, activation="sigmoid")])
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["acc"])
    return model.fit(x, y, epochs=10, batch_size=32, validation_split=0.4, verbose=0).history


small = train(layers.Dense(4, activation="relu"))
large = train(layers.Dense(256, activation="relu"))
dropped = train(layers.Dense(256, activation="relu"), layers.Dropout(0.5))
assert large["loss"][-1] < small["loss"][-1]
assert set(dropped) == {"acc", "loss", "val_acc", "val_loss"}
