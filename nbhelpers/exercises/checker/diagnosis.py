"""From what a learner's function gave to what is wrong with it, in words."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from nbhelpers.exercises.answer import Answer
from nbhelpers.exercises.checker import common
from nbhelpers.exercises.checker.attempt import Outcome
from nbhelpers.exercises.checker.compare import Difference
from nbhelpers.exercises.checker.exercise import Case, Exercise, Mistake
from nbhelpers.exercises.checker.judge import closeness, is_right, is_ruled, parted, ruled
from nbhelpers.exercises.checker.observe import observed
from nbhelpers.exercises.checker.twins import known, rights_of
from nbhelpers.exercises.checker.words import is_small, show

OUT_OF_TIME = Mistake(
    "your function takes too long",
    "It was stopped. Is there a loop that never ends? Which line brings it closer to its end?",
)
ONE_SAMPLE = Mistake(
    "right for one sample, wrong for a batch",
    "With a single sample all is well, and with two or more nothing is. Which axis counts the "
    "samples, and which one do you mean?",
)


def diagnose(exercise: Exercise, outcomes: Sequence[Outcome]) -> Answer:
    """Return the answer to what a function gave.

    The first case that goes wrong is shown, or the first one that proves the mistake that is
    named. What is not known by name is described.

    Parameters
    ----------
    exercise : Exercise
    outcomes : sequence of Outcome
        In the order of the exercise's cases; fewer, if time was up.
    """
    rights = rights_of(exercise)
    triples = zip(exercise.tried, outcomes, rights, strict=False)
    failing = [k for k, triple in enumerate(triples) if not is_right(exercise, *triple)]
    if failing:
        mistake, at = _mistake(exercise, outcomes, rights, failing)
        return _not_yet(exercise, mistake, at, outcomes, rights, failing)
    if len(outcomes) < len(exercise.tried):
        return not_yet(exercise, OUT_OF_TIME, (("input", _input(exercise.tried[len(outcomes)])),))
    return Answer(exercise.name, "passed", exercise.achieved)


def not_yet(
    exercise: Exercise, mistake: Mistake, evidence: tuple[tuple[str, str], ...] = ()
) -> Answer:
    """Return the answer that names a mistake."""
    return Answer(exercise.name, "not yet", _sentence(mistake.name), evidence, mistake.hint)


def _mistake(
    exercise: Exercise, outcomes: Sequence[Outcome], rights: Sequence[Outcome], failing: list[int]
) -> tuple[Mistake, int]:
    """Return the most telling name that is true, and the case that shows it."""
    first = failing[0]
    outcome, right = outcomes[first], rights[first]
    if basic := common.nothing_returned(outcome, right) or common.argument_changed(outcome):
        return basic, first
    if named := known(exercise, outcomes, failing):
        mistake = named.mistake
        if not named.certain:
            mistake = Mistake(f"looks like: {mistake.name}", mistake.hint)
        return mistake, named.at
    most = _ruled_mostly(exercise, outcomes, failing)
    shown = min(
        failing, key=lambda k: (not _says(exercise, k, outcomes, most), *_size(exercise, k))
    )
    return next(filter(None, _candidates(exercise, outcomes, rights, shown, failing))), shown


def _ruled_mostly(
    exercise: Exercise, outcomes: Sequence[Outcome], failing: list[int]
) -> Mistake | None:
    """Return what the rule says most often: at a single small case sizes may agree by chance."""
    said = [ruled(exercise, exercise.tried[k], outcomes[k]) for k in failing]
    names = Counter(mistake.name for mistake in said if mistake)
    most = names.most_common(1)
    return next((m for m in said if m and most and m.name == most[0][0]), None)


def _says(exercise: Exercise, k: int, outcomes: Sequence[Outcome], mistake: Mistake | None) -> bool:
    said = ruled(exercise, exercise.tried[k], outcomes[k])
    return mistake is not None and said is not None and said.name == mistake.name


def _size(exercise: Exercise, k: int) -> tuple[bool, int]:
    return not is_small(exercise.tried[k]), k


def _candidates(
    exercise: Exercise,
    outcomes: Sequence[Outcome],
    rights: Sequence[Outcome],
    k: int,
    failing: list[int],
) -> Iterator[Mistake | None]:
    """Yield what can be said of a case that fails, the most telling first."""
    case, outcome, right = exercise.tried[k], outcomes[k], rights[k]
    found, close = parted(exercise, outcome, right), closeness(exercise)
    yield common.complaint(outcome, right)
    if found:
        yield common.wrong_kind(found, close)
    if is_ruled(found):
        yield _ruled_mostly(exercise, outcomes, failing)
    yield _decimals_cut(exercise, outcomes, rights, failing)
    yield common.wrong_chance(outcome, right, _generator(case))
    yield _works_for_one(exercise, outcomes, failing)
    yield common.raised(outcome, right)
    if found:
        yield common.wrong_shape(found, close)
    yield Mistake(f"{_place(found)}differs from what was expected", _next_step(exercise, case))


def _decimals_cut(
    exercise: Exercise, outcomes: Sequence[Outcome], rights: Sequence[Outcome], failing: list[int]
) -> Mistake | None:
    """Return whether decimals are cut off, wherever there should be some.

    Either that explains all that is wrong, or the results are whole numbers just where the
    arguments are.
    """
    to_compute = [k for k in failing if not rights[k].error]
    found = [parted(exercise, outcomes[k], rights[k]) for k in to_compute]
    cuts = [common.whole_numbers(one) if one else None for one in found]
    with_decimals = [
        cut for k, cut in zip(to_compute, cuts, strict=True) if common.has_decimals(rights[k].value)
    ]
    explained = all(cuts) or (_follow_the_arguments(exercise, outcomes) and all(with_decimals))
    return cuts[0] if cuts and explained and len(failing) < len(outcomes) else None


def _follow_the_arguments(exercise: Exercise, outcomes: Sequence[Outcome]) -> bool:
    """Return whether a result is an array of whole numbers just where an argument is."""
    pairs = zip(exercise.tried, outcomes, strict=False)
    kinds = {
        (outcome.value.dtype.kind in "iu", any(map(common.is_whole, case.arguments.values())))
        for case, outcome in pairs
        if isinstance(outcome.value, np.ndarray)
    }
    return kinds == {(True, True), (False, False)}


def _works_for_one(
    exercise: Exercise, outcomes: Sequence[Outcome], failing: list[int]
) -> Mistake | None:
    """Return whether all single samples are right, and no batch of two or more is."""
    if not exercise.samples or any(outcomes[k].error for k in failing):
        return None
    sizes = [_samples(case) for case in exercise.tried[: len(outcomes)]]
    singles = [k for k, size in enumerate(sizes) if size == 1]
    batches = [k for k, size in enumerate(sizes) if size > 1]
    only_batches = set(failing) == set(batches) and len(batches) > 1
    return ONE_SAMPLE if singles and only_batches else None


def _samples(case: Case) -> int:
    arrays = (value for value in case.arguments.values() if isinstance(value, np.ndarray))
    return len(next(arrays, np.zeros(1)))


def _generator(case: Case) -> str:
    kinds = case.arguments.items()
    return next((name for name, v in kinds if isinstance(v, np.random.Generator)), "")


def _next_step(exercise: Exercise, case: Case) -> str:
    if case.hint:
        return case.hint
    return f'Work it out by hand for this input, or ask exercises.hint("{exercise.name}").'


def _not_yet(
    exercise: Exercise,
    mistake: Mistake,
    at: int,
    outcomes: Sequence[Outcome],
    rights: Sequence[Outcome],
    failing: list[int],
) -> Answer:
    case, outcome, right = exercise.tried[at], outcomes[at], rights[at]
    found = parted(exercise, outcome, right)
    if exercise.rule and found and found.kind == "values":  # a rule speaks of the whole result
        found = None
    rows = [("input", _input(case)), ("came", _came(exercise, outcome, found))]
    if outcome.complaint:
        rows.append(("on the way", f"NumPy warned: {outcome.complaint}"))
    if right.error:
        rows.append(("expected", f"a {right.error.kind}"))
    elif not exercise.rule and not outcome.changed:
        expected = found.expected if found else right.value
        rows.append(("expected", f"{_place(found)}{show(expected)}"))
    if seen := _seen(exercise, found, len(failing), len(outcomes)):
        rows.append(("seen", seen))
    answer = not_yet(exercise, mistake, tuple(rows))
    return replace(answer, about_the_case=exercise.tried[at].hint)


def _seen(exercise: Exercise, found: Difference | None, wrong: int, tried: int) -> str:
    """Return what is true whatever the mistake is called."""
    seen = "" if exercise.rule else observed(found, closeness(exercise))
    share = f"right for {tried - wrong} of {tried} inputs" if wrong < tried else ""
    return "; ".join(filter(None, (seen, share)))


def _came(exercise: Exercise, outcome: Outcome, found: Difference | None) -> str:
    if outcome.error:
        at = f", in the line: {outcome.error.line}" if outcome.error.line else ""
        return f"{outcome.error.kind}: {outcome.error.text}{at}"
    came: Any = found.came if found else outcome.value
    if found is None and exercise.outputs and isinstance(came, (tuple, list)):
        return _named(dict(zip(exercise.outputs, came, strict=False)))
    return f"{_place(found)}{show(came)}"


def _sentence(name: str) -> str:
    """Return a mistake's name as a sentence; a name of code, such as W or m, stays as it is."""
    word = name.split()[0].rstrip(":.,")
    is_code = (
        (len(word) == 1 and (word != "a" or name.startswith("a is "))) or "_" in word or "[" in word
    )
    return f"{name[0] if is_code else name[0].upper()}{name[1:]}."


def _place(found: Difference | None) -> str:
    return f"{found.where}: " if found and found.where else ""


def _input(case: Case) -> str:
    between = "\n" if len(case.arguments) > 1 else "  "
    return _named(case.arguments) + (f"{between}({case.note})" if case.note else "")


def _named(values: Mapping[str, Any]) -> str:
    return "\n".join(f"{name} = {show(value)}" for name, value in values.items())
