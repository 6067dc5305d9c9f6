"""A model that learns its input shape from the first batch."""

import keras
import numpy as np

model = keras.Sequential([keras.layers.Dense(32, activation="relu"), keras.layers.Dense(1)])
model.compile(loss="mae", optimizer=keras.optimizers.Adam(learning_rate=0.001), metrics=["mse"])
x = np.linspace(0, 1, 50)
history = model.fit(np.expand_dims(x, axis=-1), 2 * x, epochs=5, verbose=0)
assert set(history.history) == {"loss", "mse"}
mae, mse = model.evaluate(np.expand_dims(x, axis=-1), 2 * x, verbose=0)
assert model.built
assert model.layers[0].get_weights()[0].shape == (1, 32)
