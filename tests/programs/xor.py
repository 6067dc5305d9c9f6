"""XOR: what one layer cannot do."""

import numpy as np
from keras.layers import Activation, Dense
from keras.models import Sequential
from keras.optimizers import SGD
from keras.utils import set_random_seed

set_random_seed(3)
X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
y = np.array([[0], [1], [1], [0]])
model = Sequential()
model.add(Dense(8, input_dim=2))
model.add(Activation("tanh"))
model.add(Dense(1))
model.add(Activation("sigmoid"))
sgd = SGD(learning_rate=0.5)
model.compile(loss="binary_crossentropy", optimizer=sgd)
model.fit(X, y, batch_size=1, epochs=300, verbose=0)
print(model.predict(X))
assert (model.predict(X, verbose=0).round() == y).all()
