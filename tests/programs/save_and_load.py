"""Save a model, load it, train on."""

import numpy as np
from keras.layers import Dense
from keras.models import Sequential, load_model

x, y = np.random.normal(size=(60, 4)), np.random.randint(0, 3, 60)
model = Sequential([Dense(8, activation="relu", input_shape=(4,)), Dense(3, activation="softmax")])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=3, verbose=0)
model.save("model.keras")
before = model.predict(x, verbose=0)
del model
model = load_model("model.keras")
model.summary()
np.testing.assert_array_equal(model.predict(x, verbose=0), before)
model.fit(x, y, epochs=5, initial_epoch=3, verbose=0)
