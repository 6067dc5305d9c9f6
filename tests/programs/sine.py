"""A sine, with tanh."""

import numpy as np
from keras import Input, Sequential
from keras.layers import Dense

x = np.linspace(-np.pi, np.pi, 200).reshape(-1, 1)
y = np.sin(x)
model = Sequential([Input(shape=(1,)), Dense(32, activation="tanh"), Dense(1)])
model.compile(optimizer="adam", loss="mae")
losses = model.fit(x, y, epochs=30, batch_size=20, verbose=0).history["loss"]
assert losses[-1] < losses[0]
assert model.input_shape == (None, 1)
assert model.output_shape == (None, 1)
