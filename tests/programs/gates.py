"""AND and OR with one unit each."""

import keras
import numpy as np

x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype="float32")
for gate in ([0, 0, 0, 1], [0, 1, 1, 1]):
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, activation="sigmoid")])
    model.compile(optimizer=keras.optimizers.SGD(1.0), loss="binary_crossentropy")
    model.fit(x, np.array(gate), epochs=400, verbose=0, shuffle=False)
    out = model.predict(x, verbose=0).ravel()
    assert (out.round() == gate).all()
