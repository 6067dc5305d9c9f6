"""House prices: stop early, and come back to the best weights."""

import keras
import numpy as np

keras.utils.set_random_seed(1)
rng = np.random.default_rng(1)
X = rng.normal(size=(200, 8))
y = X[:, 0] * 2 - X[:, 1] + 0.1 * rng.normal(size=200)
X_train, X_valid, X_test = X[:120], X[120:160], X[160:]
y_train, y_valid, y_test = y[:120], y[120:160], y[160:]
model = keras.models.Sequential(
    [
        keras.layers.Dense(30, activation="relu", input_shape=X_train.shape[1:]),
        keras.layers.Dense(1),
    ]
)
model.compile(loss="mean_squared_error", optimizer=keras.optimizers.SGD(learning_rate=1e-2))
checkpoint_cb = keras.callbacks.ModelCheckpoint("my_keras_model.keras", save_best_only=True)
early_stopping_cb = keras.callbacks.EarlyStopping(patience=3, restore_best_weights=True)
history = model.fit(
    X_train,
    y_train,
    epochs=30,
    validation_data=(X_valid, y_valid),
    callbacks=[checkpoint_cb, early_stopping_cb],
    verbose=0,
)
best = min(history.history["val_loss"])
np.testing.assert_allclose(model.evaluate(X_valid, y_valid, verbose=0), best, rtol=1e-4)
rolled_back = keras.models.load_model("my_keras_model.keras")
np.testing.assert_allclose(rolled_back.evaluate(X_valid, y_valid, verbose=0), best, rtol=1e-4)
mse_test = model.evaluate(X_test, y_test)
X_new = X_test[:3]
y_pred = model.predict(X_new)
assert y_pred.shape == (3, 1)
