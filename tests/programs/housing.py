"""House prices: regression with k-fold validation and mae."""

import numpy as np
from keras import layers, models

rng = np.random.default_rng(0)
train_data = rng.normal(size=(120, 13)) * 5 + 10
train_targets = train_data @ rng.uniform(0, 1, 13) / 5 + rng.normal(size=120)
mean = train_data.mean(axis=0)
train_data -= mean
std = train_data.std(axis=0)
train_data /= std


def build_model():
    model = models.Sequential()
    model.add(layers.Dense(64, activation="relu", input_shape=(train_data.shape[1],)))
    model.add(layers.Dense(64, activation="relu"))
    model.add(layers.Dense(1))
    model.compile(optimizer="rmsprop", loss="mse", metrics=["mae"])
    return model


k = 3
num_val_samples = len(train_data) // k
all_mae_histories = []
for i in range(k):
    val = slice(i * num_val_samples, (i + 1) * num_val_samples)
    rest = np.r_[0 : val.start, val.stop : len(train_data)]
    model = build_model()
    history = model.fit(
        train_data[rest],
        train_targets[rest],
        validation_data=(train_data[val], train_targets[val]),
        epochs=8,
        batch_size=8,
        verbose=0,
    )
    all_mae_histories.append(history.history["val_mae"])
average = [np.mean([x[i] for x in all_mae_histories]) for i in range(8)]
assert average[-1] < average[0]
val_mse, val_mae = model.evaluate(train_data, train_targets, verbose=0)
print(val_mse, val_mae)
