"""Celsius to Fahrenheit, and what the layer has learnt."""

import keras
import numpy as np

celsius_q = np.array([-40, -10, 0, 8, 15, 22, 38], dtype=float)
fahrenheit_a = np.array([-40, 14, 32, 46, 59, 72, 100], dtype=float)
l0 = keras.layers.Dense(units=1, input_shape=[1])
model = keras.Sequential([l0])
model.compile(loss="mean_squared_error", optimizer=keras.optimizers.Adam(0.5))
history = model.fit(celsius_q, fahrenheit_a, epochs=300, verbose=False)
print("Finished training the model")
weights = l0.get_weights()
print(f"These are the layer variables: {weights}")
assert 1.5 < weights[0][0, 0] < 2.1
assert history.history["loss"][-1] < history.history["loss"][0] / 10
