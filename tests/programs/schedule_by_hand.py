"""A learning rate that falls, set in a callback."""

import keras
import numpy as np


class Schedule(keras.callbacks.Callback):
    def on_epoch_begin(self, epoch, logs=None):
        self.model.optimizer.learning_rate = 0.1 * 0.5**epoch

    def on_epoch_end(self, epoch, logs=None):
        logs["lr"] = float(self.model.optimizer.learning_rate)


x, y = np.random.normal(size=(50, 4)), np.random.normal(size=50)
model = keras.Sequential([keras.layers.Dense(1, input_shape=(4,))])
model.compile(keras.optimizers.SGD(learning_rate=0.1), "mse")
history = model.fit(x, y, epochs=4, verbose=0, callbacks=[Schedule()])
np.testing.assert_allclose(history.history["lr"], [0.1, 0.05, 0.025, 0.0125], rtol=1e-6)
