"""Run a lesson once, and keep what its widgets are made of.

A notebook stores no widgets; the page needs them. Running takes a minute or two a lesson, so the
run is kept in the user's cache folder until the lesson's code or the package changes.
"""

import functools
import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import nbformat
import platformdirs
from nbclient import NotebookClient

import nbhelpers
from nbhelpers import datasets

Notebook = Any  # nbformat has no types

PACKAGE = Path(nbhelpers.__file__).parent
CACHE = platformdirs.user_cache_path("nbhelpers") / "site"
WITHOUT_DATA = "bundled digits instead"  # says `datasets.load` where it falls back


def run(path: Path) -> Notebook:
    """Return the notebook as it is after a run, the state of its widgets in its metadata."""
    kept = CACHE / f"{path.stem}-{_fingerprint(path)}.json.gz"
    if not kept.exists():
        print(f"running {path.name}", flush=True)
        notebook = _executed(path)
        for old in CACHE.glob(f"{path.stem}-*"):
            old.unlink()
        CACHE.mkdir(parents=True, exist_ok=True)
        whole = kept.with_suffix(".part")
        whole.write_bytes(gzip.compress(json.dumps(notebook).encode()))
        whole.replace(kept)
    text = gzip.decompress(kept.read_bytes()).decode()
    return nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]


def read(path: Path) -> Notebook:
    """Return a notebook as it is stored."""
    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]


def code_cells(notebook: Notebook) -> list[Any]:
    """Return the cells that are run."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def is_without_data(notebook: Notebook) -> bool:
    """Return whether the run had to do with the bundled digits."""
    return any(WITHOUT_DATA in str(cell.get("outputs", "")) for cell in notebook.cells)


def _executed(path: Path) -> Notebook:
    notebook = read(path)
    client = NotebookClient(
        notebook,
        timeout=600,
        record_timing=False,
        store_widget_state=True,
        extra_arguments=["--IPKernelApp.log_level=40"],  # errors alone
        resources={"metadata": {"path": path.parent}},
    )
    client.execute()
    return notebook


def _fingerprint(path: Path) -> str:
    """Name all that a run depends on: the lesson's code, the package, the data sets at hand."""
    parts = [cell.source.encode() for cell in code_cells(read(path))]
    files = (file for kind in ("py", "js", "css") for file in PACKAGE.rglob(f"*.{kind}"))
    parts += [file.read_bytes() for file in sorted(files)]
    parts += [str(_is_here(name)).encode() for name in ("mnist", "fashion_mnist")]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


@functools.cache
def _is_here(name: str) -> bool:
    return not datasets.load(name, fallback="digits").is_fallback
