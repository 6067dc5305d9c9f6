"""A callback that prints every moment of fit, evaluate and predict."""

import keras
import numpy as np


class CustomCallback(keras.callbacks.Callback):
    seen = []

    def on_train_begin(self, logs=None):
        print(f"Starting training; got log keys: {list(logs.keys())}")

    def on_train_end(self, logs=None):
        print(f"Stop training; got log keys: {list(logs.keys())}")

    def on_epoch_begin(self, epoch, logs=None):
        print(f"Start epoch {epoch}; got log keys: {list(logs.keys())}")

    def on_epoch_end(self, epoch, logs=None):
        print(f"End epoch {epoch}; got log keys: {list(logs.keys())}")

    def on_test_begin(self, logs=None):
        self.seen.append("test")

    def on_test_end(self, logs=None):
        self.seen.append(sorted(logs.keys()))

    def on_predict_begin(self, logs=None):
        self.seen.append("predict")

    def on_train_batch_begin(self, batch, logs=None):
        assert list(logs.keys()) == []

    def on_train_batch_end(self, batch, logs=None):
        assert "loss" in logs

    def on_test_batch_end(self, batch, logs=None):
        print(f"...Evaluating: end of batch {batch}; {list(logs.keys())}")

    def on_predict_batch_end(self, batch, logs=None):
        self.seen.append(logs["outputs"].shape[0])


x, y = np.random.normal(size=(40, 3)), np.random.normal(size=(40,))
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
model.compile(optimizer=keras.optimizers.RMSprop(learning_rate=0.1), loss="mean_squared_error")
model.fit(
    x, y, batch_size=10, epochs=1, verbose=0, validation_split=0.5, callbacks=[CustomCallback()]
)
model.evaluate(x, y, batch_size=20, verbose=0, callbacks=[CustomCallback()])
model.predict(x, batch_size=20, callbacks=[CustomCallback()], verbose=0)
assert CustomCallback.seen == ["test", ["loss"], "test", ["loss"], "predict", 20, 20]
