"""Train, save after every epoch, and go on from the last file."""

import keras
import numpy as np

x, y = np.random.normal(size=(40, 3)), np.random.randint(0, 2, 40)
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy")
save = keras.callbacks.ModelCheckpoint("runs/first/epoch-{epoch}.keras", verbose=1)
model.fit(x, y, epochs=3, callbacks=[save], verbose=0)
model = keras.models.load_model("runs/first/epoch-3.keras")
history = model.fit(x, y, initial_epoch=3, epochs=6, callbacks=save, verbose=0)
assert history.epoch == [3, 4, 5]
keras.models.load_model("runs/first/epoch-6.keras")
