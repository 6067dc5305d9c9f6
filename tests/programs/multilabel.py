"""Several yes-or-no answers at once."""

import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(120, 6))
y = (x[:, :3] > 0).astype("float32")
model = keras.Sequential()
model.add(keras.layers.Dense(12, activation="relu", input_dim=6))
model.add(keras.layers.Dense(3, activation="sigmoid"))
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["binary_accuracy"])
model.fit(x, y, epochs=10, batch_size=12, verbose=0)
result = model.evaluate(x, y, verbose=0, return_dict=True)
assert set(result) == {"loss", "binary_accuracy"}
assert model.predict(x[:1], verbose=0).shape == (1, 3)
