"""Training, evaluating and predicting give the same bits on any number of threads."""

import os
import signal
import subprocess
import sys

import nbclient
import nbformat
import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from nbhelpers import callbacks, layers, threads
from nbhelpers.models import Sequential, load_model
from nbhelpers.optimizers import SGD, Adagrad, Adam, RMSprop

RNG = np.random.default_rng(0)
X = RNG.random((300, 784), dtype="float32")
BYTES = RNG.integers(0, 256, size=(300, 28, 28), dtype="uint8")
Y = RNG.integers(0, 10, size=300)
SETTINGS = [(1, 1), (2, 2), (3, 1), (8, 2)]  # threads of ours, threads of BLAS
OPTIMIZERS = {
    "sgd": lambda: SGD(0.1),
    "momentum": lambda: SGD(0.1, momentum=0.9),
    "nesterov": lambda: SGD(0.1, momentum=0.9, nesterov=True),
    "adagrad": Adagrad,
    "rmsprop": RMSprop,
    "rmsprop with momentum": lambda: RMSprop(momentum=0.5),
    "adam": Adam,
}


@pytest.fixture(autouse=True)
def usual_number():
    yield
    threads.use(None)


@pytest.fixture
def small_blocks(monkeypatch):
    """Cut nearly everything, so that small networks will do."""
    monkeypatch.setattr(threads, "PRODUCT", 2000)
    monkeypatch.setattr(threads, "VECTOR", 50)


def wide(dtype="float32", optimizer="rmsprop"):
    model = Sequential(
        [layers.Dense(512, "relu"), layers.Dense(10, "softmax")], seed=0, dtype=dtype
    )
    model.compile(optimizer, "sparse_categorical_crossentropy", ["accuracy"])
    return model


def everything(model, x, y, batch_size):
    """Return the bits of all that a model gives, before, while and after it is trained."""
    before = model.gradients(x, y)
    past = model.fit(x, y, batch_size, epochs=2, validation_split=0.2, verbose=0).history
    memory = [slot for slots in model.optimizer.memory for slot in slots]
    after = model.gradients(x[:97], y[:97])
    answers = [model.predict(x), model.predict(x, batch_size=7), model.predict(x[:1])]
    losses = [*model.evaluate(x, y), *model.evaluate(x, y, batch_size=77)]
    arrays = [*before, *model.get_weights(), *memory, *after, *answers]
    return [a.tobytes() for a in arrays], past, losses


def under_all_settings(work):
    """Return what the work gives with each number of threads, ours and BLAS's."""
    for ours, blas in SETTINGS:
        threads.use(ours)
        with threadpool_limits(blas, user_api="blas"):
            yield work()


def check(work):
    first, *others = under_all_settings(work)
    for other in others:
        assert other == first


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("batch_size", [128, 61])
def test_a_wide_network_is_the_same_to_the_bit(dtype, batch_size):
    assert len(threads.blocks(512, 61 * 784 * 512 / threads.PRODUCT)) > 1
    assert len(threads.passes(np.empty(407_050))) > 1
    check(lambda: everything(wide(dtype), X, Y, batch_size))


@pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=OPTIMIZERS)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_every_optimizer_is_the_same_to_the_bit(small_blocks, optimizer, dtype):
    def train():
        shape = [layers.Dense(33, "tanh"), layers.Dense(17, "relu"), layers.Dense(10, "softmax")]
        model = Sequential(shape, seed=0, dtype=dtype)
        model.compile(optimizer(), "sparse_categorical_crossentropy", ["accuracy"])
        return everything(model, X[:, :50], Y, 37)

    check(train)


@pytest.mark.parametrize("batch_size", [1, 5, 64, 300])
def test_all_layers_are_the_same_to_the_bit(small_blocks, batch_size):
    def train():
        model = Sequential(
            [
                layers.Rescaling(1 / 255, input_shape=(28, 28)),
                layers.Flatten(),
                layers.Dense(21),
                layers.ReLU(),
                layers.Dropout(0.2),
                layers.Dense(1, "sigmoid"),
            ],
            seed=0,
        )
        model.compile("adam", "binary_crossentropy", ["mae"])
        return everything(model, BYTES[:60], Y[:60] > 4, batch_size)

    check(train)


def test_saved_training_goes_on_to_the_same_bits_under_another_number(tmp_path):
    threads.use(1)
    straight = wide()
    straight.fit(X, Y, 127, epochs=3, verbose=0)
    half = wide()
    for epoch, number in enumerate([3, 8, 2]):
        threads.use(number)
        half.fit(X, Y, 127, initial_epoch=epoch, epochs=epoch + 1, verbose=0)
        half.save(tmp_path / "half.npz")
        half = load_model(tmp_path / "half.npz")
    assert half.params.tobytes() == straight.params.tobytes()


def test_a_rule_of_one_s_own_sees_whole_gradients(small_blocks):
    """A subclass may look at the whole gradient, so it must get it whole."""

    class Clipped(SGD):
        def update(self, w, g, memory, a):
            super().update(w, g / max(1.0, float(np.linalg.norm(g))), memory, a)

    threads.use(3)
    w, g = np.zeros(5000), np.full(5000, 2.0)
    clipped = Clipped(1.0)
    clipped.build([w])
    clipped.step([w], [g])
    np.testing.assert_allclose(w, -1 / np.sqrt(5000))


HASH = """
import hashlib
import numpy as np
from nbhelpers import Sequential, layers
x = np.random.default_rng(0).random((300, 784), dtype="float32")
model = Sequential([layers.Dense(512, "relu"), layers.Dense(10, "softmax")], seed=0)
model.compile("rmsprop", "sparse_categorical_crossentropy", ["accuracy"])
model.fit(x, np.arange(300) % 10, 128, verbose=0)
print(hashlib.sha256(model.params.tobytes() + model.predict(x).tobytes()).hexdigest())
"""


def test_the_environment_changes_no_bit():
    found = set()
    for ours, blas in [("1", None), ("3", None), ("2", "1"), (None, "2"), (None, None)]:
        wanted = {"NBHELPERS_THREADS": ours, "OPENBLAS_NUM_THREADS": blas}
        environment = {k: v for k, v in os.environ.items() if k not in wanted}
        environment |= {k: v for k, v in wanted.items() if v}
        command = [sys.executable, "-c", HASH]
        run = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        found.add(run.stdout)
    assert len(found) == 1


# Stop -----------------------------------------------------------------------------------


class StopAt(callbacks.Callback):
    """Press Stop after a certain batch, and note the weights that it left."""

    def __init__(self, batch):
        super().__init__()
        self.batch, self.after = batch, None

    def on_train_batch_end(self, batch, logs):
        if batch == self.batch:
            os.kill(os.getpid(), signal.SIGINT)
            self.after = self.model.params.copy()


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal to itself")
@pytest.mark.parametrize("number", [1, 3])
def test_stop_acts_between_two_batches(number, capsys):
    threads.use(number)
    model, stop = wide(), StopAt(1)
    model.fit(X, Y, 64, callbacks=[stop], verbose=0)
    assert "after batch 2 of 5" in capsys.readouterr().out
    assert model.params.tobytes() == stop.after.tobytes()


KERNEL = """
import os, signal, threading
import numpy as np
from nbhelpers import Sequential, callbacks, layers, threads
threads.use(3)
class StopAt(callbacks.Callback):
    def on_train_batch_end(self, batch, logs):
        if batch == 1:
            os.kill(os.getpid(), signal.SIGINT)
x = np.ones((512, 784), "float32")
model = Sequential([layers.Dense(512, "relu"), layers.Dense(10, "softmax")], seed=0)
model.compile("rmsprop", "sparse_categorical_crossentropy")
model.fit(x, np.zeros(512, int), 128, callbacks=[StopAt()], verbose=0)
print(sum(t.name == "nbhelpers" for t in threading.enumerate()), "workers")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal to itself")
def test_a_kernel_trains_and_stops_with_workers():
    cells = [nbformat.v4.new_code_cell(KERNEL), nbformat.v4.new_code_cell("print(model.built)")]
    notebook = nbformat.v4.new_notebook(cells=cells)
    nbclient.NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    said = [output.text for cell in notebook.cells for output in cell.outputs]
    assert said[0].startswith("Stopped in epoch 1 of 1, after batch 2 of 4.")
    assert said[0].endswith("2 workers\n")
    assert said[1:] == ["True\n"]
