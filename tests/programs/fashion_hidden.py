"""Three hundred, one hundred, ten: names, weights, and a manual validation set."""

import keras

fashion = keras.datasets.fashion_mnist.load_data()
(X_train_full, y_train_full), (X_test, y_test) = fashion
X_train, y_train = X_train_full[:-50], y_train_full[:-50]
X_valid, y_valid = X_train_full[-50:], y_train_full[-50:]
X_train, X_valid, X_test = X_train / 255.0, X_valid / 255.0, X_test / 255.0
keras.utils.set_random_seed(42)
model = keras.Sequential()
model.add(keras.layers.Input(shape=[28, 28]))
model.add(keras.layers.Flatten())
model.add(keras.layers.Dense(30, activation="relu"))
model.add(keras.layers.Dense(20, activation="relu"))
model.add(keras.layers.Dense(10, activation="softmax"))
hidden1 = model.layers[1]
weights, biases = hidden1.get_weights()
assert weights.shape == (784, 30)
assert (biases == 0).all()
model.compile(loss="sparse_categorical_crossentropy", optimizer="sgd", metrics=["accuracy"])
history = model.fit(X_train, y_train, epochs=3, validation_data=(X_valid, y_valid))
print(history.params)
assert history.epoch == [0, 1, 2]
print(model.evaluate(X_test, y_test))
X_new = X_test[:3]
y_proba = model.predict(X_new)
print(y_proba.round(2))
y_pred = y_proba.argmax(axis=-1)
assert y_pred.shape == (3,)
