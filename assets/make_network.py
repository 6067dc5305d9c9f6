"""Train the 784-50-100-10 network of lesson 05 on MNIST, with the course's own engine.

    python assets/make_network.py

writes `assets/digits_network.npz`. MNIST is read from NBHELPERS_DATA, the cache, or a mirror.
Sigmoid hidden layers, softmax at the end, as in "Deep Learning from Scratch", chapter 3.
"""

from pathlib import Path

from nbhelpers import datasets
from nbhelpers.layers import Dense
from nbhelpers.models import Sequential
from nbhelpers.optimizers import Adam

data = datasets.load("mnist")
x_train, x_test = (x.reshape(-1, 784).astype("float32") / 255 for x in (data.x_train, data.x_test))


def network() -> Sequential:
    """Return the network, untrained."""
    layers = [
        Dense(50, activation="sigmoid", input_shape=(784,)),
        Dense(100, activation="sigmoid"),
        Dense(10, activation="softmax"),
    ]
    return Sequential(layers, name="digits_network", seed=5)


model = network()
# A large rate to get there, a small one to settle.
for first, last, rate in ((0, 12, 3e-3), (12, 18, 1e-3), (18, 24, 3e-4)):
    if not first:
        model.compile(Adam(rate), "sparse_categorical_crossentropy", "accuracy")
    model.optimizer.learning_rate = rate
    model.fit(x_train, data.y_train, 128, last, verbose=2, initial_epoch=first)

loss, accuracy = model.evaluate(x_test, data.y_test)
print(f"On the {len(x_test):,} test images: loss {loss:.4f}, accuracy {accuracy:.4f}")
assert accuracy >= 0.97

shipped = network()  # the weights alone: no optimizer, no history
shipped.set_weights(model.get_weights())
shipped.save(Path(__file__).parent / "digits_network.npz")
