"""A notebook cell that runs into its time limit fails the run, whatever it makes of the stop."""

import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

CONFTEST = Path(__file__).parent.parent / "conftest.py"
RAISES = "nbval-raises-exception"
WAIT = "import threading\nthreading.Event().wait()"
POLITE = """
import threading
try:
    threading.Event().wait()
except KeyboardInterrupt:
    pass
"""
TRAINING = """
import numpy as np
from nbhelpers import layers, models
model = models.Sequential([layers.Dense(1, input_shape=(1,))])
model.compile(loss="mse")
_ = model.fit(np.ones((1, 1)), np.ones((1, 1)), epochs=10**9, verbose=0)
"""
CASES = {
    "is polite": (POLITE, []),
    "trains": (TRAINING, ["nbval-ignore-output"]),
    "may raise": (WAIT, [RAISES]),
}


def run(folder, source, tags, mended):
    """Run a notebook of that cell and a harmless one after it, for three seconds each."""
    late = {"execution_count": 1, "metadata": {"tags": tags}}
    if RAISES in tags:
        stored = {"ename": "KeyboardInterrupt", "evalue": "", "traceback": []}
        late["outputs"] = [nbformat.v4.new_output("error", **stored)]
    cells = [nbformat.v4.new_code_cell(source, **late)]
    cells.append(nbformat.v4.new_code_cell("pass", execution_count=2))
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "made_up.ipynb")
    if mended:
        shutil.copy(CONFTEST, folder)
    options = ["--nbval", "--nbval-current-env", "--nbval-cell-timeout=3", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", *options, "-c", "none.ini", "--rootdir", "."]
    (folder / "none.ini").write_text("[pytest]\n")
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


@pytest.mark.parametrize(("source", "tags"), CASES.values(), ids=CASES)
def test_a_cell_that_ran_into_its_limit_fails_the_run(tmp_path, source, tags):
    said = run(tmp_path, source, tags, mended=True)
    assert said.returncode == pytest.ExitCode.TESTS_FAILED, said.stdout
    assert "Cell 0 ran into its limit of 3 seconds" in said.stdout
    assert "1 failed" in said.stdout


@pytest.mark.slow
@pytest.mark.parametrize(("source", "tags"), CASES.values(), ids=CASES)
def test_nbval_alone_would_call_it_passed(tmp_path, source, tags):
    """When this fails, nbval has learned it, and conftest.py may forget it."""
    assert run(tmp_path, source, tags, mended=False).returncode == pytest.ExitCode.OK
