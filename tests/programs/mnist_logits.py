"""Logits, a loss object, and a probability model on top."""

import keras
import numpy as np

mnist = keras.datasets.mnist
(x_train, y_train), (x_test, y_test) = mnist.load_data()
x_train, x_test = x_train / 255.0, x_test / 255.0
model = keras.models.Sequential(
    [
        keras.layers.Input(shape=(28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dropout(0.2),
        keras.layers.Dense(10),
    ]
)
loss_fn = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
predictions = model(x_train[:1])
print(predictions.shape)
model.compile(optimizer="adam", loss=loss_fn, metrics=["accuracy"])
model.fit(x_train, y_train, epochs=3)
loss, accuracy = model.evaluate(x_test, y_test, verbose=2)
logits = model.predict(x_test[:5])
assert logits.shape == (5, 10)
assert not np.allclose(logits.sum(axis=1), 1)
