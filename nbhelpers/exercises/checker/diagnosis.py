"""From what a learner's function gave to what is wrong with it, in words."""

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from nbhelpers.exercises.answer import Answer
from nbhelpers.exercises.checker import common
from nbhelpers.exercises.checker.attempt import Outcome, call
from nbhelpers.exercises.checker.compare import Difference, difference
from nbhelpers.exercises.checker.exercise import Case, Exercise, Mistake
from nbhelpers.exercises.checker.words import show

OUT_OF_TIME = Mistake(
    "your function takes too long",
    "It was stopped. Is there a loop that never ends? Which line brings it closer to its end?",
)
ONE_SAMPLE = Mistake(
    "right for one sample, wrong for a batch",
    "With a single sample all is well. From two rows on, something mixes or misses rows: which "
    "axis counts the samples, and which one do you mean?",
)


def diagnose(exercise: Exercise, outcomes: Sequence[Outcome]) -> Answer:
    """Return the answer to what a function gave.

    The first case that goes wrong is shown. Its mistake is named, if it can be: first what any
    function can do wrong, then the exercise's own list.

    Parameters
    ----------
    exercise : Exercise
    outcomes : sequence of Outcome
        In the order of the exercise's cases; fewer, if time was up.
    """
    rights = [call(exercise.reference, case, io.StringIO()) for case in exercise.cases]
    for k, outcome in enumerate(outcomes):
        if is_right(exercise, exercise.cases[k], outcome, rights[k]):
            continue
        mistake = next(filter(None, _candidates(exercise, k, outcomes, rights)))
        found = _difference(exercise, outcome, rights[k])
        return _not_yet(exercise, mistake, _evidence(exercise, k, outcome, rights[k], found))
    if len(outcomes) < len(exercise.cases):
        case = exercise.cases[len(outcomes)]
        return _not_yet(exercise, OUT_OF_TIME, (("input", _input(case)),))
    return Answer(exercise.name, "passed", exercise.achieved)


def is_right(exercise: Exercise, case: Case, outcome: Outcome, right: Outcome) -> bool:
    """Return whether a call gave what it should, and did nothing else."""
    if outcome.changed or common.raised(outcome, right):
        return False
    if outcome.complaint and not _holds_nan(right.value):  # NumPy may complain of a nan it got
        return False
    if common.generator_unused(outcome, right):
        return False
    if right.error:
        return True
    found = _difference(exercise, outcome, right)
    if exercise.rule and (found is None or found.kind == "values"):
        return exercise.rule(case.arguments, outcome.value) is None
    return found is None


def _candidates(
    exercise: Exercise, k: int, outcomes: Sequence[Outcome], rights: Sequence[Outcome]
) -> Iterator[Mistake | None]:
    """Yield what the mistake may be, the most telling name first."""
    case, outcome, right = exercise.cases[k], outcomes[k], rights[k]
    found = _difference(exercise, outcome, right)
    yield common.nothing_returned(outcome, right)
    yield common.argument_changed(outcome)
    yield _known(exercise, k, outcomes, rights[k])
    yield common.overflow(outcome, right)
    if found:
        yield common.wrong_kind(found)
        yield common.whole_numbers(found)
    if exercise.rule and (found is None or found.kind == "values") and not outcome.error:
        yield exercise.rule(case.arguments, outcome.value)
    yield common.generator_unused(outcome, right)
    yield _works_for_one(exercise, k, outcomes, rights)
    yield common.raised(outcome, right)
    if found:
        yield common.wrong_shape(found)
    yield Mistake(
        f"{_place(found)}differs from what was expected",
        f'Work it out by hand for this input, or ask exercises.hint("{exercise.name}").',
    )


def _known(
    exercise: Exercise, k: int, outcomes: Sequence[Outcome], right: Outcome
) -> Mistake | None:
    """Return the mistake whose twin gives the same everywhere, or else at least here."""
    here = None
    for mistake, twin in ((m, twin) for m in exercise.mistakes for twin in m.twins):
        twins = [call(twin, case, io.StringIO()) for case in exercise.cases]
        if is_right(exercise, exercise.cases[k], twins[k], right):
            continue  # a mistake that does no harm here does not explain what went wrong here
        alike = [_alike(exercise, a, b) for a, b in zip(outcomes, twins, strict=False)]
        same_words = str(outcomes[k].error) == str(twins[k].error)
        # The same kind of error everywhere says little: many mistakes end in a ValueError.
        if all(alike) and (same_words or not all(o.error for o in outcomes)):
            return mistake
        if alike[k] and same_words:
            here = here or mistake
    return here


def _holds_nan(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind == "f" and bool(np.isnan(value).any())


def _alike(exercise: Exercise, outcome: Outcome, twin: Outcome) -> bool:
    if outcome.error or twin.error:
        return type(outcome.error) is type(twin.error)
    return _difference(exercise, outcome, twin) is None


def _works_for_one(
    exercise: Exercise, k: int, outcomes: Sequence[Outcome], rights: Sequence[Outcome]
) -> Mistake | None:
    singles = [exercise.samples and _is_single(case) for case in exercise.cases]
    if all(singles) or not any(singles) or singles[k] or rights[k].error:
        return None
    fine = all(
        is_right(exercise, case, outcome, right)
        for case, outcome, right, single in zip(
            exercise.cases, outcomes, rights, singles, strict=False
        )
        if single
    )
    return ONE_SAMPLE if fine else None


def _is_single(case: Case) -> bool:
    """Return whether a case's first array is one sample: a vector, or one row."""
    arrays = (value for value in case.arguments.values() if isinstance(value, np.ndarray))
    first = next(arrays, np.zeros(1))
    return first.ndim < 2 or len(first) == 1


def _difference(exercise: Exercise, outcome: Outcome, right: Outcome) -> Difference | None:
    if outcome.error or right.error:
        return None
    by_rule = exercise.rule is not None  # a rule looks at values once all shapes are right
    return difference(
        outcome.value, right.value, exercise.outputs, exercise.tolerance, values_last=by_rule
    )


def _not_yet(exercise: Exercise, mistake: Mistake, evidence: tuple[tuple[str, str], ...]) -> Answer:
    return Answer(exercise.name, "not yet", _sentence(mistake.name), evidence, mistake.hint)


def _sentence(name: str) -> str:
    """Return a mistake's name as a sentence; a variable such as x stays x at its beginning."""
    is_variable = len(name.split()[0]) == 1 and name[0] != "a"
    return f"{name[0] if is_variable else name[0].upper()}{name[1:]}."


def _evidence(
    exercise: Exercise, k: int, outcome: Outcome, right: Outcome, found: Difference | None
) -> tuple[tuple[str, str], ...]:
    if exercise.rule and found and found.kind == "values":  # a rule speaks of the whole result
        found = None
    case, place = exercise.cases[k], _place(found)
    came: Any = found.came if found else outcome.value
    expected: Any = found.expected if found else right.value
    rows = [("input", _input(case))]
    if outcome.error:
        rows.append(("came", _error(outcome)))
    elif found is None and exercise.outputs and isinstance(came, (tuple, list)):
        rows.append(("came", _named(dict(zip(exercise.outputs, came, strict=True)))))
    else:
        rows.append(("came", f"{place}{show(came)}"))
    if outcome.complaint:
        rows.append(("on the way", f"NumPy warned: {outcome.complaint}"))
    if right.error:
        rows.append(("expected", f"a {type(right.error).__name__}"))
    elif not exercise.rule and not outcome.changed:
        rows.append(("expected", f"{place}{show(expected)}"))
    return tuple(rows)


def _place(found: Difference | None) -> str:
    return f"{found.where}: " if found and found.where else ""


def _error(outcome: Outcome) -> str:
    at = f", in the line: {outcome.line}" if outcome.line else ""
    return f"{type(outcome.error).__name__}: {outcome.error}{at}"


def _input(case: Case) -> str:
    between = "\n" if len(case.arguments) > 1 else "  "
    return _named(case.arguments) + (f"{between}({case.note})" if case.note else "")


def _named(values: Mapping[str, Any]) -> str:
    return "\n".join(f"{name} = {show(value)}" for name, value in values.items())
