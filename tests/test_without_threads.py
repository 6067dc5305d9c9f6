"""Where no thread can be started, as where Python runs in a browser, everything works, unwarned.

`test_limits` has the downloads and `test_hostile` the exercises; here is what a lesson does as one.
"""

import os
import subprocess
import sys

LESSON = """
import signal, threading, warnings
warnings.simplefilter("error")
warnings.simplefilter("ignore", DeprecationWarning)  # what others' older versions say of themselves
def start(self):
    raise RuntimeError("can't start new thread")
threading.Thread.start = start

import numpy as np
from nbhelpers import activations, callbacks, datasets, exercises, explorers, layers, models
from nbhelpers import optimizers, threads
from nbhelpers.sweep import sweep

(x, y), _ = datasets.digits.load_data()
x = x.reshape(-1, 784).astype("float32")

def make(seed):
    return models.Sequential([layers.Dense(10, "softmax", input_shape=(784,))], seed=seed)

class Stop(callbacks.Callback):
    def on_train_batch_end(self, batch, logs=None):
        if batch == 9:
            signal.raise_signal(signal.SIGINT)

threads.use(8)
assert threads.is_alone()
model = make(0)
model.compile("adam", "sparse_categorical_crossentropy", ["accuracy"])
seen = model.fit(x, y, 32, 3, callbacks=[callbacks.LivePlot()]).history
assert seen["loss"][2] < seen["loss"][0]
before = model.fit(x, y, 32, 3, callbacks=[Stop()]).history
assert len(before["loss"]) == 1, before
rows = sweep(make, ((x[:200], y[:200]), (x[:50], y[:50])), {"sgd": optimizers.SGD}, [0.1, 1.0])
assert [row["learning_rate"] for row in rows] == [0.1, 1.0]
assert not exercises.check("03.sigmoid", lambda x: x).passed
assert exercises.check("03.sigmoid", activations.sigmoid).passed
assert explorers.draw_digit(model)._repr_mimebundle_()[0]["image/png"]
print("done")
"""


def test_a_lesson_goes_on(tmp_path):
    command = [sys.executable, "-c", LESSON]
    environment = os.environ | {"NBHELPERS_PROGRESS": str(tmp_path)}
    run = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert run.stdout.endswith("done\n"), run.stderr[-3000:]
