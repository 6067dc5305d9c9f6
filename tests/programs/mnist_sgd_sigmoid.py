"""Sigmoid units, mean squared error and plain SGD, as in the early books."""

from keras.datasets import mnist
from keras.layers import Dense
from keras.models import Sequential
from keras.optimizers import SGD
from keras.utils import to_categorical

(X_train, y_train), (X_valid, y_valid) = mnist.load_data()
X_train = X_train.reshape(len(X_train), 784).astype("float32") / 255
X_valid = X_valid.reshape(len(X_valid), 784).astype("float32") / 255
n_classes = 10
y_train = to_categorical(y_train, n_classes)
y_valid = to_categorical(y_valid, n_classes)

model = Sequential()
model.add(Dense(64, activation="sigmoid", input_shape=(784,)))
model.add(Dense(10, activation="softmax"))
model.compile(loss="mean_squared_error", optimizer=SGD(learning_rate=0.01), metrics=["accuracy"])
model.fit(X_train, y_train, batch_size=128, epochs=3, verbose=1, validation_data=(X_valid, y_valid))
assert model.count_params() == 784 * 64 + 64 + 640 + 10
