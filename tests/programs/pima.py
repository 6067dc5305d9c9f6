"""Your first neural network: a yes or a no from eight numbers, as in Pima's table."""

import numpy as np
from keras.layers import Dense
from keras.models import Sequential

rng = np.random.default_rng(7)
X = rng.normal(size=(200, 8)) * [3, 30, 20, 15, 100, 7, 0.3, 11] + [4, 120, 70, 20, 80, 32, 0.5, 33]
y = (X[:, 1] / 30 + X[:, 5] / 7 + rng.normal(size=200) > 8.6).astype(int)
model = Sequential()
model.add(Dense(12, input_shape=(8,), activation="relu"))
model.add(Dense(8, activation="relu"))
model.add(Dense(1, activation="sigmoid"))
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(X, y, epochs=15, batch_size=10)
_, accuracy = model.evaluate(X, y)
print("Accuracy: %.2f" % (accuracy * 100))
scores = model.evaluate(X, y, verbose=0)
print("%s: %.2f%%" % (model.metrics_names[1], scores[1] * 100))
predictions = (model.predict(X) > 0.5).astype(int)
for i in range(5):
    print("%s => %d (expected %d)" % (X[i].tolist(), predictions[i].item(), y[i]))
