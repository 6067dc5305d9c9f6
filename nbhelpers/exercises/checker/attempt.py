"""Try a function on the cases of an exercise, and note all that happens."""

import contextlib
import copy
import inspect
import io
import itertools
import traceback
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from nbhelpers.exercises.checker.compare import identical
from nbhelpers.exercises.checker.exercise import Case
from nbhelpers.exercises.checker.limit import TimeUp, within

LONGEST = 10_000  # values taken from a generator, which might have no end


@dataclass
class Outcome:
    """What one call gave.

    Attributes
    ----------
    value : object
        What was returned; a generator is read out into a list.
    error : BaseException or None
        What was raised instead.
    line : str
        The line of the function that raised it.
    changed : str
        The name of the argument that was changed, if one was.
    printed : str
        What was printed.
    complaint : str
        What NumPy complained about on the way, e.g. ``"overflow"``.
    unused : str
        The name of a random generator that was given and not asked for a number.
    """

    value: Any = None
    error: BaseException | None = None
    line: str = ""
    changed: str = ""
    printed: str = ""
    complaint: str = ""
    unused: str = ""


def attempt(function: Callable[..., Any], cases: Iterable[Case], seconds: float) -> list[Outcome]:
    """Call a function once for each case, each time with copies of the arguments.

    Nothing outside is changed: output and warnings are caught, and NumPy's global random state
    is put back.

    Parameters
    ----------
    function : callable
    cases : iterable of Case
    seconds : float
        Time for all of them together.

    Returns
    -------
    list of Outcome
        In the order of the cases; fewer, if time was up.
    """
    outcomes: list[Outcome] = []
    printed = io.StringIO()

    def try_all() -> None:
        outcomes.extend(call(function, case, printed) for case in cases)

    random_state = np.random.get_state()  # noqa: NPY002
    try:
        with contextlib.redirect_stdout(printed), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            within(seconds, try_all)
    finally:
        np.random.set_state(random_state)  # noqa: NPY002
    return outcomes


def call(function: Callable[..., Any], case: Case, printed: io.StringIO) -> Outcome:
    """Call a function once; whatever it does becomes an `Outcome`.

    Parameters
    ----------
    function : callable
    case : Case
    printed : io.StringIO
        Where standard output goes meanwhile.
    """
    outcome, start = Outcome(), printed.tell()
    arguments = copy.deepcopy(dict(case.arguments))

    def note(complaint: str, flag: int) -> None:
        outcome.complaint = outcome.complaint or complaint

    try:
        with np.errstate(over="call", divide="call", invalid="call", under="ignore", call=note):
            outcome.value = _read_out(function(*arguments.values()))
    except TimeUp:
        raise
    except BaseException as error:  # a learner's function may raise anything, even SystemExit
        outcome.error, outcome.line = error, _line_that_raised(error, function)
    outcome.printed = printed.getvalue()[start:]
    changed = (n for n, value in case.arguments.items() if not identical(arguments[n], value))
    outcome.changed = next(changed, "")
    unused = (n for n, value in case.arguments.items() if _same_state(arguments[n], value))
    outcome.unused = next(unused, "")
    return outcome


def _same_state(a: Any, b: Any) -> bool:
    if not isinstance(b, np.random.Generator):
        return False
    return identical(a.bit_generator.state, b.bit_generator.state)


def _read_out(value: Any) -> Any:
    return list(itertools.islice(value, LONGEST)) if inspect.isgenerator(value) else value


def _line_that_raised(error: BaseException, function: Callable[..., Any]) -> str:
    code = getattr(function, "__code__", None)
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f.line for f in frames if code and f.filename == code.co_filename]
    return (lines[-1] or "") if lines else ""
