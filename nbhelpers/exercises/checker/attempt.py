"""Try a function on the cases of an exercise, and note all that happens."""

import copy
import random
import traceback
import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy import errstate  # also where np.errstate stands for something else meanwhile

from nbhelpers.exercises.checker.compare import identical
from nbhelpers.exercises.checker.exercise import Case
from nbhelpers.exercises.checker.limit import TimeUp, within
from nbhelpers.exercises.checker.plain import Failure, failure, plain, safely
from nbhelpers.exercises.checker.world import Listener, as_it_was

OTHER_SEEDS = (101, 102, 103)


@dataclass
class Outcome:
    """What one call gave; nothing in it is the learner's own object.

    Attributes
    ----------
    value : object
        What was returned, made plain; a generator is read out into a list.
    error : Failure or None
        What was raised instead.
    changed : str
        The name of the argument that was changed, if one was.
    printed : str
        What was printed.
    complaint : str
        What NumPy complained about on the way, e.g. ``"overflow"``.
    chance : {"", "unused", "ignored", "another"}
        Where a generator was given: it was not asked for a number; it was asked, but another seed
        gives the same; the same seed gives something else.
    """

    value: Any = None
    error: Failure | None = None
    changed: str = ""
    printed: str = ""
    complaint: str = ""
    chance: str = ""


def attempt(
    function: Callable[..., Any],
    cases: Iterable[Case],
    seconds: float,
    seeds: tuple[int, ...] = OTHER_SEEDS,
) -> list[Outcome]:
    """Call a function once for each case, each time with copies of the arguments.

    Nothing outside is changed: output and warnings are caught, and NumPy's settings and global
    random state are put back.

    Parameters
    ----------
    function : callable
    cases : iterable of Case
    seconds : float
        Time for all of them together.
    seeds : tuple of int
        Other seeds that are tried where a generator is given; none: its use is not looked at.

    Returns
    -------
    list of Outcome
        In the order of the cases; fewer, if time was up.
    """
    outcomes: list[Outcome] = []
    with as_it_was() as listener:

        def try_all() -> None:
            listener.listen()
            for case in cases:
                outcome = call(function, case, listener)
                if seeds and not outcome.chance:
                    outcome.chance = _chance(function, case, outcome, seeds)
                outcomes.append(outcome)

        listener.left_behind = not within(seconds, try_all)
    return list(outcomes)


def call(function: Callable[..., Any], case: Case, listener: Listener | None = None) -> Outcome:
    """Call a function once; whatever it does becomes an `Outcome`.

    Parameters
    ----------
    function : callable
    case : Case
    listener : Listener, optional
        Where standard output goes meanwhile.
    """
    outcome, arguments = Outcome(), copy.deepcopy(dict(case.arguments))

    def note(complaint: str, flag: int) -> None:
        outcome.complaint = outcome.complaint or complaint

    try:
        with errstate(over="call", divide="call", invalid="call", under="ignore", call=note):
            value = function(*arguments.values())
            outcome.value = plain(value)
    except TimeUp:
        raise
    except BaseException as error:  # a learner's function may raise anything, even SystemExit
        outcome.error = failure(error, lambda error: _line_that_raised(error, function))
    outcome.printed = listener.take() if listener else ""
    changed = (n for n, before in case.arguments.items() if _differs(arguments[n], before))
    outcome.changed = next(changed, "")
    if any(_same_state(arguments[n], before) for n, before in case.arguments.items()):
        outcome.chance = "unused"
    return outcome


def _chance(
    function: Callable[..., Any], case: Case, outcome: Outcome, seeds: tuple[int, ...]
) -> str:
    """Return what is wrong with the chance of a call: see `Outcome`."""
    names = [n for n, value in case.arguments.items() if isinstance(value, np.random.Generator)]
    if not names or outcome.error:
        return ""
    np.random.seed(7)  # noqa: NPY002
    random.seed(7)
    again = call(function, case)
    if not identical(again.value, outcome.value):
        return "another"
    others = (_with_seed(case.arguments, names, seed) for seed in seeds)
    results = [call(function, Case(arguments)).value for arguments in others]
    return "ignored" if all(identical(result, outcome.value) for result in results) else ""


def _differs(now: Any, before: Any) -> bool:
    return safely(lambda: not identical(now, before), True)  # there may be anything in it by now


def _with_seed(arguments: Mapping[str, Any], names: list[str], seed: int) -> Mapping[str, Any]:
    return {**arguments, **{name: np.random.default_rng(seed) for name in names}}


def _same_state(now: Any, before: Any) -> bool:
    if not isinstance(before, np.random.Generator):
        return False
    return identical(now.bit_generator.state, before.bit_generator.state)


def _line_that_raised(error: BaseException, function: Callable[..., Any]) -> str:
    if type(function) is not types.FunctionType:
        return ""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.line for frame in frames if frame.filename == function.__code__.co_filename]
    return (lines[-1] or "") if lines else ""
