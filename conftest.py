"""How pytest treats the notebooks, beyond nbval.

A cell that runs into its time limit fails the run. nbval alone interrupts the cell, and expects
every later one to fail: a training that ends politely when it is interrupted, as ours does, would
count as passed, and so would the whole run.

Stored outputs are made with the real MNIST and Fashion-MNIST. A cell whose repeatable output
depends on a data set carries the tag ``data-mnist`` or ``data-fashion_mnist``. Where that data set
cannot be had, the lessons fall back on the bundled digits: such a cell is run with all its asserts,
but its output is not compared. Every other output is always compared.
"""

import functools
import os
import signal
from collections.abc import Generator
from pathlib import Path

import pytest

from nbhelpers import claims, datasets

PREFIX = "data-"
ANSWER = 60  # seconds for a kernel to answer when a cell is done; nbval's five are few

# What a lesson claims must hold here, though a learner who changes a number is only told in words.
os.environ[claims.SWITCH] = "strict"

# Where a shell has started the run in the background, Python would ignore ■ and Ctrl-C.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Each notebook's kernel starts in the notebook's folder, where a relative path would lead astray.
if folder := os.environ.get("NBHELPERS_DATA"):
    os.environ["NBHELPERS_DATA"] = str(Path(folder).resolve())


@functools.cache
def is_here(name: str) -> bool:
    """Return whether the lessons will find this data set (it is downloaded if that works)."""
    return not datasets.load(name, fallback="digits").is_fallback


def is_cell(item: pytest.Item) -> bool:
    """Return whether this is a cell of a notebook."""
    return hasattr(item, "cell")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave outputs that depend on a missing data set uncompared."""
    for item in filter(is_cell, items):
        item.output_timeout = ANSWER
        tags = item.cell.metadata.get("tags", [])
        names = [tag.removeprefix(PREFIX) for tag in tags if tag.startswith(PREFIX)]
        if not all(map(is_here, names)):
            item.options["check"] = False


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Fail a cell that ran into its time limit, whatever it made of the interrupt."""
    if not is_cell(item):
        return (yield)
    late_before = item.parent.timed_out
    result = yield
    if item.parent.timed_out and not late_before:
        seconds = item.config.option.nbval_cell_timeout
        pytest.fail(f"{item.name} ran into its limit of {seconds:g} seconds", pytrace=False)
    return result
