"""Checkpoint the improvements of a network, and load the best weights."""

import glob

import numpy as np
from keras.callbacks import ModelCheckpoint
from keras.layers import Dense
from keras.models import Sequential

rng = np.random.default_rng(0)
X = rng.normal(size=(150, 8))
Y = (X[:, 0] - X[:, 3] > 0).astype(int)


def build():
    model = Sequential()
    model.add(Dense(12, input_shape=(8,), activation="relu"))
    model.add(Dense(1, activation="sigmoid"))
    model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


model = build()
filepath = "weights-improvement-{epoch:02d}-{val_accuracy:.2f}.keras"
checkpoint = ModelCheckpoint(
    filepath, monitor="val_accuracy", verbose=1, save_best_only=True, mode="max"
)
best = ModelCheckpoint(
    "best.weights.h5", monitor="val_accuracy", save_best_only=True, save_weights_only=True
)
model.fit(
    X, Y, validation_split=0.33, epochs=10, batch_size=10, callbacks=[checkpoint, best], verbose=0
)
assert glob.glob("weights-improvement-01-*.keras")
again = build()
again.load_weights("best.weights.h5")
loss, accuracy = again.evaluate(X, Y, verbose=0)
print("best accuracy: %.2f" % accuracy)
