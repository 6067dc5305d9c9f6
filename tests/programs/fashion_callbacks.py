"""Stop as soon as the accuracy is good enough."""

import keras


class MyCallback(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        if logs.get("accuracy") > 0.5:
            print("Reached 50% accuracy so cancelling training!")
            self.model.stop_training = True


callbacks = MyCallback()
(x_train, y_train), (x_test, y_test) = keras.datasets.fashion_mnist.load_data()
x_train, x_test = x_train / 255.0, x_test / 255.0
model = keras.models.Sequential(
    [
        keras.layers.Flatten(input_shape=(28, 28)),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
history = model.fit(x_train, y_train, epochs=40, callbacks=[callbacks], verbose=0)
assert len(history.epoch) < 40
assert history.history["accuracy"][-1] > 0.5
