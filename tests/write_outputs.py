"""Run the notebooks and store their outputs, so that two runs give the same bytes.

    python tests/write_outputs.py [--afresh] [NOTEBOOK ...]

All notebooks if none is named. The real MNIST and Fashion-MNIST must be here (NBHELPERS_DATA, the
cache, or a network). A cell that fails stops the run, and that notebook is left as it was. What
cannot repeat (timings, trained numbers: the cells tagged ``nbval-ignore-output``) is kept as it was
stored, as long as the code up to there is as committed; ``--afresh`` stores it anew.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from nbhelpers import claims, datasets
from nbhelpers.exercises import record

FOLDER = Path(__file__).parent.parent / "notebooks"
WIDGET = "application/vnd.jupyter.widget-view+json"
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def joined(outputs):
    """Join what a cell printed; a busy computer hands it over in pieces."""
    found = []
    for output in outputs:
        before = found[-1] if found else {}
        if output.output_type == "stream" and before.get("name") == output.name:
            before.text += output.text
        else:
            found.append(output)
    return found


def tidy(notebook):
    """Keep nothing that changes from run to run, or that only this machine knows."""
    notebook.metadata = nbformat.from_dict(METADATA)
    widgets = {}
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            cell.outputs = joined(cell.outputs)
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


def codes(notebook):
    """Return the code cells of a notebook."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def committed(path):
    """Return the notebook as it was committed last; without cells if it never was."""
    show = ["git", "show", f"HEAD:./{path.name}"]
    shown = subprocess.run(show, cwd=path.parent, capture_output=True, check=False)
    if shown.returncode:
        return nbformat.v4.new_notebook()
    return nbformat.reads(shown.stdout.decode(), as_version=4)


def keep_what_cannot_repeat(before, notebook):
    """Put stored outputs back into the cells that nobody compares, down to the first new code."""
    for old, new in zip(codes(before), codes(notebook), strict=False):
        if old.source != new.source:
            return
        if "nbval-ignore-output" in new.metadata.get("tags", []) and old.get("outputs"):
            new.outputs = old.outputs


def write(path, afresh=False):
    """Run one notebook in a fresh kernel and store what it gives."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook, timeout=600, record_timing=False, resources={"metadata": {"path": path.parent}}
    )
    client.execute()
    if "bundled digits instead" in str(notebook.cells):
        raise SystemExit(f"{path.name}: the kernel did not find the real data; nothing was stored")
    tidy(notebook)
    if not afresh:
        keep_what_cannot_repeat(committed(path), notebook)
    nbformat.write(notebook, path)


if __name__ == "__main__":
    os.environ[claims.SWITCH] = "strict"  # what is stored must be true
    if folder := os.environ.get("NBHELPERS_DATA"):  # kernels start in the notebooks' folder
        os.environ["NBHELPERS_DATA"] = str(Path(folder).resolve())
    for name in ("mnist", "fashion_mnist"):
        datasets.load(name)  # fails here, and says why, if it is not to be had
    names = [name for name in sys.argv[1:] if name != "--afresh"]
    with tempfile.TemporaryDirectory() as empty:
        os.environ[record.FOLDER] = empty  # no exercise is done yet
        for path in map(Path, names) if names else sorted(FOLDER.glob("*.ipynb")):
            write(path, afresh="--afresh" in sys.argv)
            print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")
