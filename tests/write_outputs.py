"""Run the notebooks and store their outputs, so that two runs give the same bytes.

    python tests/write_outputs.py [NOTEBOOK ...]

All notebooks if none is named. The real MNIST and Fashion-MNIST must be here (NBHELPERS_DATA, the
cache, or a network). A cell that fails stops the run, and that notebook is left as it was.
"""

import os
import re
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from nbhelpers import datasets

FOLDER = Path(__file__).parent.parent / "notebooks"
WIDGET = "application/vnd.jupyter.widget-view+json"
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def tidy(notebook):
    """Keep nothing that changes from run to run, or that only this machine knows."""
    notebook.metadata = nbformat.from_dict(METADATA)
    widgets = {}
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            view = output.get("data", {}).get(WIDGET)
            if view:
                number = widgets.setdefault(view["model_id"], len(widgets) + 1)
                view["model_id"] = f"{number:032x}"
            if "text/plain" in output.get("data", {}):
                output.data["text/plain"] = re.sub(
                    r"model_id='\w+'", "model_id=''", output.data["text/plain"]
                )
    return notebook


def write(path):
    """Run one notebook in a fresh kernel and store what it gives."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook, timeout=600, record_timing=False, resources={"metadata": {"path": path.parent}}
    )
    client.execute()
    if "bundled digits instead" in str(notebook.cells):
        raise SystemExit(f"{path.name}: the kernel did not find the real data; nothing was stored")
    nbformat.write(tidy(notebook), path)


if __name__ == "__main__":
    if folder := os.environ.get("NBHELPERS_DATA"):  # kernels start in the notebooks' folder
        os.environ["NBHELPERS_DATA"] = str(Path(folder).resolve())
    for name in ("mnist", "fashion_mnist"):
        datasets.load(name)  # fails here, and says why, if it is not to be had
    for path in [Path(p) for p in sys.argv[1:]] or sorted(FOLDER.glob("*.ipynb")):
        write(path)
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")
