"""Note the loss of every batch."""

import keras
import numpy as np


class LossHistory(keras.callbacks.Callback):
    def on_train_begin(self, logs={}):
        self.losses = []

    def on_batch_end(self, batch, logs={}):
        self.losses.append(logs.get("loss"))


x, y = np.random.normal(size=(64, 5)), np.arange(64) % 2
model = keras.Sequential([keras.layers.Dense(1, activation="sigmoid", input_shape=(5,))])
model.compile(loss="binary_crossentropy", optimizer="rmsprop")
history = LossHistory()
model.fit(x, y, batch_size=16, epochs=3, verbose=0, callbacks=[history])
print(history.losses)
assert len(history.losses) == 12
assert None not in history.losses
