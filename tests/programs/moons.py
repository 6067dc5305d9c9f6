"""Two moons, and where the border runs."""

import numpy as np
from keras.layers import Dense
from keras.models import Sequential
from keras.optimizers import RMSprop
from keras.utils import set_random_seed

set_random_seed(0)
rng = np.random.default_rng(0)
angle = rng.uniform(0, np.pi, 200)
label = rng.integers(0, 2, 200)
points = np.c_[np.cos(angle), np.sin(angle)] * np.where(label, -1, 1)[:, None]
points += np.where(label, 1, 0)[:, None] * [1, 0.4] + rng.normal(scale=0.08, size=(200, 2))
model = Sequential([Dense(16, "relu", input_shape=(2,)), Dense(1, "sigmoid")])
model.compile(RMSprop(learning_rate=0.02), "binary_crossentropy", metrics=["accuracy"])
model.fit(points, label, epochs=40, batch_size=16, verbose=0)
grid = np.stack(np.meshgrid(np.linspace(-2, 2, 20), np.linspace(-2, 2, 20)), -1).reshape(-1, 2)
z = model.predict(grid, batch_size=64, verbose=0).reshape(20, 20)
assert z.min() >= 0 and z.max() <= 1
assert model.evaluate(points, label, verbose=0)[1] > 0.8
