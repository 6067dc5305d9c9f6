"""Iris-like flowers: three classes in four measures."""

import keras
import numpy as np
from keras.layers import Dense
from keras.models import Sequential
from keras.optimizers import Adam

keras.utils.set_random_seed(0)
rng = np.random.default_rng(0)
centres = np.array([[5.0, 3.4, 1.5, 0.2], [5.9, 2.8, 4.3, 1.3], [6.6, 3.0, 5.6, 2.0]])
y_ = np.repeat([0, 1, 2], 50)
x = centres[y_] + rng.normal(scale=0.25, size=(150, 4))
y = np.eye(3)[y_.reshape(-1)]
order = rng.permutation(150)
train, test = order[:120], order[120:]

model = Sequential()
model.add(Dense(10, input_shape=(4,), activation="relu", name="fc1"))
model.add(Dense(10, activation="relu", name="fc2"))
model.add(Dense(3, activation="softmax", name="output"))
optimizer = Adam(learning_rate=0.01)
model.compile(optimizer, loss="categorical_crossentropy", metrics=["accuracy"])
print("Neural Network Model Summary: ")
model.summary()
model.fit(x[train], y[train], verbose=2, batch_size=5, epochs=20)
results = model.evaluate(x[test], y[test])
print(f"Final test set loss: {results[0]:4f}")
print(f"Final test set accuracy: {results[1]:4f}")
assert results[1] > 0.8
