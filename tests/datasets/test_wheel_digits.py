"""Slow (seconds), and needs the build backend: build the wheel, install it elsewhere, use it there.

This is how a notebook on another computer gets the package.
"""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
UNREACHABLE = ("No matching distribution found", "Could not find a version", "ConnectionError")


def pip(*arguments):
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *map(str, arguments)]
    # Without a network pip would try for a minute to get the build backend; set in the environment
    # because only that reaches the second pip, which pip starts for it.
    quick = {"PIP_RETRIES": "0", "PIP_DEFAULT_TIMEOUT": "5"}
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, **quick})


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Install the wheel into a folder of its own and return that folder."""
    wheels, target = tmp_path_factory.mktemp("wheels"), tmp_path_factory.mktemp("installed")
    here = ["--no-build-isolation"] if importlib.util.find_spec("hatchling") else []
    built = pip("wheel", "--no-deps", *here, "--wheel-dir", wheels, ROOT)
    if built.returncode and any(reason in built.stderr for reason in UNREACHABLE):
        pytest.skip("the build backend (hatchling) is not installed and could not be downloaded")
    assert built.returncode == 0, built.stderr
    put = pip("install", "--no-deps", "--no-index", "--target", target, *wheels.glob("*.whl"))
    assert put.returncode == 0, put.stderr
    return target


def run(code, target, folder):
    environment = {**os.environ, "PYTHONPATH": str(target)}
    command = [sys.executable, "-W", "error", "-c", code]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


def test_the_wheel_brings_the_digits(installed, tmp_path):
    code = (
        "import nbhelpers; print(nbhelpers.__file__); "
        "(x, y), (x_test, y_test) = nbhelpers.datasets.digits.load_data(); "
        "print(x.shape, x_test.shape, int(x.sum()))"
    )
    result = run(code, installed, tmp_path)
    assert result.returncode == 0, result.stderr
    place, numbers = result.stdout.splitlines()
    assert Path(place).is_relative_to(installed)
    assert numbers == "(1437, 28, 28) (360, 28, 28) 44814923"


def test_the_wheel_trains_on_the_digits_and_brings_the_trained_network(installed, tmp_path):
    code = (
        "from nbhelpers import Sequential, _assets, datasets, layers, models; "
        "d = datasets.load('digits'); "
        "m = Sequential([layers.Flatten(), layers.Dense(32, 'relu'), layers.Dense(10, 'softmax')], "
        "seed=0); m.compile('adam', 'sparse_categorical_crossentropy', 'accuracy'); "
        "m.fit(d.x_train / 255, d.y_train, epochs=20, verbose=0); "
        "print(m.evaluate(d.x_test / 255, d.y_test)[1] > 0.9); "
        "print(models.load_model(_assets.path('digits_network.npz')).count_params())"
    )
    result = run(code, installed, tmp_path)
    assert result.returncode == 0, result.stderr
    assert result.stdout.split() == ["True", str(784 * 50 + 50 + 50 * 100 + 100 + 100 * 10 + 10)]
