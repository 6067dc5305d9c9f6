"""XOR with relu, mean squared error and binary accuracy."""

import numpy as np
from keras.layers import Dense
from keras.models import Sequential

training_data = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], "float32")
target_data = np.array([[0], [1], [1], [0]], "float32")
model = Sequential()
model.add(Dense(32, input_dim=2, activation="relu"))
model.add(Dense(1, activation="sigmoid"))
model.compile(loss="mean_squared_error", optimizer="adam", metrics=["binary_accuracy"])
model.fit(training_data, target_data, epochs=20, verbose=2)
print(model.predict(training_data).round())
print(model.metrics_names)
