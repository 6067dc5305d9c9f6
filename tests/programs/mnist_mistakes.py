"""Which images does the network get wrong?"""

import numpy as np
from keras.datasets import mnist
from keras.layers import Dense, Flatten
from keras.models import Sequential

(x_train, y_train), (x_test, y_test) = mnist.load_data()
x_train = x_train.astype("float32") / 255
x_test = x_test.astype("float32") / 255
model = Sequential([Flatten(input_shape=(28, 28)), Dense(32, "relu"), Dense(10, "softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["acc"])
hist = model.fit(x_train, y_train, epochs=4, verbose=0)
probabilities = model.predict(x_test)
predicted = np.argmax(probabilities, axis=-1)
wrong = np.where(predicted != y_test)[0]
accuracy = 1 - len(wrong) / len(y_test)
_, acc = model.evaluate(x_test, y_test, verbose=0)
np.testing.assert_allclose(acc, accuracy, atol=1e-6)
assert len(hist.history["acc"]) == 4
