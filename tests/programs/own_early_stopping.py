"""Early stopping at the least loss, written by hand."""

import keras
import numpy as np


class EarlyStoppingAtMinLoss(keras.callbacks.Callback):
    def __init__(self, patience=0):
        super().__init__()
        self.patience = patience
        self.best_weights = None

    def on_train_begin(self, logs=None):
        self.wait = 0
        self.stopped_epoch = 0
        self.best = np.inf

    def on_epoch_end(self, epoch, logs=None):
        current = logs.get("loss")
        if np.less(current, self.best):
            self.best = current
            self.wait = 0
            self.best_weights = self.model.get_weights()
        else:
            self.wait += 1
            if self.wait >= self.patience:
                self.stopped_epoch = epoch
                self.model.stop_training = True
                print("Restoring model weights from the end of the best epoch.")
                self.model.set_weights(self.best_weights)

    def on_train_end(self, logs=None):
        if self.stopped_epoch > 0:
            print(f"Epoch {self.stopped_epoch + 1}: early stopping")


x, y = np.random.normal(size=(32, 3)), np.zeros(32)
model = keras.Sequential([keras.layers.Dense(1, input_dim=3)])
model.compile(loss="mse", optimizer=keras.optimizers.SGD(1.2))
history = model.fit(x, y, epochs=50, verbose=0, callbacks=[EarlyStoppingAtMinLoss()])
assert len(history.history["loss"]) <= 50
