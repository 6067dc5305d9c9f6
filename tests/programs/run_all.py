"""Run the programs of this folder: as they are with Keras, or with their imports changed.

``python tests/programs/run_all.py keras``, where Keras is installed, proves that they are programs
for Keras; ``test_programs.py`` runs them with this package. They find the small bundled digits
where they ask for MNIST or Fashion-MNIST.
"""

import contextlib
import importlib
import io
import os
import re
import sys
import tempfile
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parent
PROGRAMS = sorted(path for path in FOLDER.glob("*.py") if path.name != "run_all.py")


def with_imports(text, package):
    """The program with nothing but its imports changed."""
    text = re.sub(r"^import keras$", f"import {package} as keras", text, flags=re.M)
    return re.sub(r"^from keras\b", f"from {package}", text, flags=re.M)


def few_images():
    with np.load(FOLDER.parents[1] / "assets" / "digits.npz") as file:
        images, labels = file["images"], file["labels"]
    images = np.kron(images[:400], np.ones((1, 3, 3), np.uint8))
    images = np.pad(images, [(0, 0), (2, 2), (2, 2)]) * np.uint8(15)
    return (images[:300], labels[:300]), (images[300:], labels[300:400])


def run(path, package):
    """Run one program in a folder of its own, with few images for MNIST."""
    datasets = importlib.import_module(f"{package}.datasets")
    before = Path.cwd()
    importlib.import_module(f"{package}.utils").set_random_seed(1)
    np.random.seed(1)
    originals = {}
    for name in ("mnist", "fashion_mnist"):
        module = getattr(datasets, name)
        originals[module], module.load_data = module.load_data, few_images
    try:
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
            os.chdir(folder)
            try:
                code = compile(with_imports(path.read_text("utf-8"), package), str(path), "exec")
                exec(code, {"__name__": "__main__"})
            finally:
                os.chdir(before)
    finally:
        for module, load_data in originals.items():
            module.load_data = load_data


if __name__ == "__main__":
    failed = 0
    for path in PROGRAMS:
        try:
            run(path, sys.argv[1])
        except Exception as error:
            failed += 1
            print(f"{path.stem}: {type(error).__name__}: {error}")
    print(f"{len(PROGRAMS) - failed} of {len(PROGRAMS)} programs run with {sys.argv[1]}")
