"""A lesson's sentences in code: a test run insists on them, a learner who plays is told in words.

A number that a learner changes may make a sentence of the lesson false. That is no fault, so it
must not end in an error: the cell shows its result, and one line says which sentence it was.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from nbhelpers.utils import say

SWITCH = "NBHELPERS_CLAIMS"  # tests set it to "strict"


@contextmanager
def claim(sentence: str) -> Iterator[None]:
    """State a sentence of the lesson; the asserts inside are what it says, in code.

    Where they hold, nothing is shown. Where they do not, or cannot even be computed, a line below
    the cell's result repeats the sentence; nothing is raised. Only where the environment variable
    ``NBHELPERS_CLAIMS`` is ``strict``, as in every test, does the error go on as it is.

    Parameters
    ----------
    sentence : str
        In the words of the lesson.

    Raises
    ------
    ValueError
        If the sentence is empty.

    Examples
    --------
    >>> week = [12, 3, 6, 14, 7]
    >>> with claim("The vector has five entries."):
    ...     assert len(week) == 5
    """
    if not sentence.strip():
        raise ValueError("claim: sentence must say what is claimed. Received: ''")
    try:
        yield
    except Exception:
        if os.environ.get(SWITCH) == "strict":
            raise
        _after_the_cell(lambda: say(_words(sentence)))


def _words(sentence: str) -> str:
    return f"With these numbers, a sentence of the lesson does not hold: “{sentence}” That is fine."


def _after_the_cell(tell: Callable[[], None]) -> None:
    """Call ``tell`` when the cell has shown its result; at once where there are no cells."""
    from IPython import get_ipython  # heavy, and needed only here

    shell = get_ipython()
    if shell is None:
        tell()
        return

    def once(_: object) -> None:
        shell.events.unregister("post_run_cell", once)
        tell()

    shell.events.register("post_run_cell", once)
