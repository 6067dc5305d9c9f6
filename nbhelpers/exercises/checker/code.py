"""Read the code of a learner's function: is it written yet, and does it use what is forbidden."""

import dis
import functools
from collections.abc import Callable, Iterable, Iterator
from types import CodeType, FunctionType
from typing import Any

_EMPTY = {"RESUME", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST", "NOP", "COPY_FREE_VARS"}
_NAMED = {"LOAD_ATTR", "LOAD_METHOD", "IMPORT_FROM", "LOAD_GLOBAL", "LOAD_NAME", "LOAD_DEREF"}
LIBRARIES = ("nbhelpers", "numpy", "sklearn")
DEEPEST = 50  # helpers of helpers


def is_untouched(function: Callable[..., Any]) -> bool:
    """Return whether a function does nothing at all: a docstring, ``...``, ``pass``.

    Parameters
    ----------
    function : callable
    """
    if type(function) is not FunctionType:
        return False
    steps = list(dis.get_instructions(function.__code__))
    returns = [s.argval for s in steps if s.opname in ("LOAD_CONST", "RETURN_CONST")]
    return {s.opname for s in steps} <= _EMPTY and returns == [None]


def used(function: Callable[..., Any], forbidden: Iterable[str]) -> str:
    """Return which of these a function uses, or one of its helpers; empty if none.

    Parameters
    ----------
    function : callable
    forbidden : iterable of str
        Names of functions or methods, and ``"@"`` for the operator.
    """
    names = set(forbidden)
    if type(function) is functools.partial:
        function = function.func
    if type(function) is not FunctionType:
        name = getattr(function, "__name__", "")
        return name if name in names else ""
    if function.__name__ in names and str(function.__module__).split(".")[0] in LIBRARIES:
        return function.__name__
    found = (_used_by(helper, names) for helper in _helpers(function))
    return next(filter(None, found), "")


def _used_by(function: FunctionType, names: set[str]) -> str:
    for step in (s for code in _nested(function.__code__) for s in dis.get_instructions(code)):
        if step.opname == "BINARY_OP" and step.argrepr.startswith("@") and "@" in names:
            return "@"
        if step.opname in _NAMED and step.argval in names:
            if type(_known_as(function, step.argval)) is not FunctionType:
                return str(step.argval)
            if not _is_own(_known_as(function, step.argval), function):
                return str(step.argval)
    return ""


def _helpers(function: FunctionType) -> Iterator[FunctionType]:
    """Yield a function, and all functions of the same notebook that it reaches by name."""
    seen, waiting = {id(function)}, [function]
    while waiting and len(seen) <= DEEPEST:
        current = waiting.pop()
        yield current
        names = {name for code in _nested(current.__code__) for name in code.co_names}
        for name in sorted(names | set(current.__code__.co_freevars)):
            other = _known_as(current, name)
            if type(other) is FunctionType and _is_own(other, function) and id(other) not in seen:
                seen.add(id(other))
                waiting.append(other)


def _nested(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if type(constant) is CodeType:
            yield from _nested(constant)


def _known_as(function: FunctionType, name: str) -> Any:
    """Return what a name stands for inside a function, if it is known from outside."""
    cells = dict(zip(function.__code__.co_freevars, function.__closure__ or (), strict=False))
    if name in cells:
        try:
            return cells[name].cell_contents
        except ValueError:  # not filled yet
            return None
    return function.__globals__.get(name)


def _is_own(helper: FunctionType, function: FunctionType) -> bool:
    return helper.__globals__ is function.__globals__
