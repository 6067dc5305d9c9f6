"""The weights of the first layer as pictures."""

import numpy as np
from keras.datasets import mnist
from keras.layers import Dense
from keras.models import Sequential

(x, y), _ = mnist.load_data()
x = x.reshape(-1, 784) / 255.0
model = Sequential([Dense(10, activation="softmax", input_dim=784, name="pixels")])
model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy")
model.fit(x, y, epochs=2, verbose=0)
kernel, bias = model.layers[0].get_weights()
assert kernel.shape == (784, 10)
assert bias.shape == (10,)
pictures = kernel.T.reshape(10, 28, 28)
print(pictures.min(), pictures.max())
by_hand = np.exp(x[:3] @ kernel + bias)
by_hand /= by_hand.sum(axis=1, keepdims=True)
np.testing.assert_allclose(model.predict(x[:3], verbose=0), by_hand, atol=1e-5)
