"""Squeeze images through a narrow layer."""

import keras
from keras import layers

(x_train, _), (x_test, _) = keras.datasets.mnist.load_data()
x_train = x_train.astype("float32").reshape((len(x_train), 784)) / 255.0
x_test = x_test.astype("float32").reshape((len(x_test), 784)) / 255.0
autoencoder = keras.Sequential(
    [
        keras.Input(shape=(784,)),
        layers.Dense(32, activation="relu"),
        layers.Dense(784, activation="sigmoid"),
    ]
)
autoencoder.compile(optimizer="adam", loss="binary_crossentropy")
history = autoencoder.fit(
    x_train, x_train, epochs=3, batch_size=64, shuffle=True, validation_data=(x_test, x_test)
)
decoded_imgs = autoencoder.predict(x_test)
assert decoded_imgs.shape == x_test.shape
assert history.history["loss"][-1] < history.history["loss"][0]
