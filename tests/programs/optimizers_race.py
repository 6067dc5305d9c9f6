"""The same start for each optimizer."""

import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(100, 10))
y = (x[:, :3].sum(axis=1) > 0).astype(int)
results = {}
for name in ["sgd", "rmsprop", "adam", "adagrad"]:
    keras.utils.set_random_seed(812)
    model = keras.Sequential(
        [keras.layers.Dense(16, "relu", input_shape=(10,)), keras.layers.Dense(1, "sigmoid")]
    )
    model.compile(loss="binary_crossentropy", optimizer=name, metrics=["accuracy"])
    results[name] = model.fit(x, y, epochs=5, verbose=0).history
for name, history in results.items():
    print(name, history["loss"][-1], history["accuracy"][-1])
    assert history["loss"][-1] < history["loss"][0]
