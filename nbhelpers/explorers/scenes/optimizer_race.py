"""The loss curves of several optimizers from one start: who leads, and at which learning rate."""

from collections.abc import Mapping, Sequence

import numpy as np

from nbhelpers.explorers.base import Explorer
from nbhelpers.explorers.controls import choice, slider, switch
from nbhelpers.explorers.picture.layout import ticks
from nbhelpers.explorers.picture.marks import Lines, Mark, Panel, Points, Scene, Text
from nbhelpers.explorers.picture.words import fixed, say, scientific
from nbhelpers.explorers.scenes.parts.demos import race
from nbhelpers.explorers.scenes.parts.optimizer_race_curves import FLOOR, log_ticks, spread, table
from nbhelpers.explorers.types import Arrays, Data, Fields, State, Value

LOOKS = {  # colour and dash of each; other names take what is left
    "sgd": ("ink", "-"),
    "momentum": ("blue", "--"),
    "nesterov": ("sky", "-"),
    "adagrad": ("orange", "-."),
    "rmsprop": ("green", "--"),
    "adam": ("red", "-"),
    "": ("pink", "-."),
}
GROUPS = {
    "all": list(LOOKS),
    "sgd and momentum": ["sgd", "momentum", "nesterov"],
    "adaptive": ["adagrad", "rmsprop", "adam"],
    "sgd against adam": ["sgd", "adam"],
}
SENTENCES = {
    "head": "Step {step} of {last}, learning rate {rate}: ",
    "none": "nothing to show. Switch on an optimizer that was recorded at this rate.",
    "first": "{name} leads with loss {loss}",
    "second": "then {name} {loss}",
    "last": "last {name} {loss}",
    "same": "all are at the same loss, {loss}",
    "lost": "{name} diverged after step {step}",
}


def optimizer_race(
    curves: Mapping[str, Mapping[float, Sequence[float]]] | None = None, **start: Value
) -> Explorer:
    """Show loss curves of optimizers that started alike, drawn up to a step.

    Parameters
    ----------
    curves : mapping of str to mapping of float to sequence of float, optional
        ``curves["adam"][0.01]`` holds the losses at steps 0, 1, ... with learning rate 0.01; up to
        seven optimizers. A run that holds nan or infinity, or is shorter than the longest,
        diverged there. Without it, a small race on the bundled digits (`demos.race`).
    **start : float, str or bool
        Values to start with: ``rate``, ``step``, and a switch by the name of each optimizer.

    Raises
    ------
    ValueError
        If there are no curves, too many, or a loss is negative.

    Examples
    --------
    >>> curves = {"sgd": {0.1: [2, 1, 0.5]}, "adam": {0.1: [2, 0.5, 0.1]}}
    >>> optimizer_race(curves).arrays()["text"]
    'Step 2 of 2, learning rate 0.1: adam leads with loss 0.100, then sgd 0.500.'
    """
    data = table(race() if curves is None else curves) | {"sentences": SENTENCES}
    names, rates, stride = data["names"], data["rates"], data["stride"]
    last = stride * (data["loss"].shape[2] - 1)
    look = "steps" if len(rates) > 1 else "menu"
    controls = {"rate": choice("learning rate", rates, rates[len(rates) // 2], look=look)}
    controls["step"] = slider("step", 0, last, stride, last)
    controls |= {name: switch(name, True) for name in names}
    groups = {title: {n: n in group for n in names} for title, group in GROUPS.items()}
    groups["all"] = dict.fromkeys(names, True)
    looks = dict(zip(names, _looks(names), strict=True))
    drawn: list[Mark] = [Lines(f"line_{n}", c, dash=d, width=2.5) for n, (c, d) in looks.items()]
    drawn += [Points(f"end_{n}", c, size=9) for n, (c, _) in looks.items()]
    drawn += [
        Text(f"at_{n}", f"tag_{n}", c, align="left", bold=True) for n, (c, _) in looks.items()
    ]
    frame: Fields = {"x": (0, 1.3 * last), "xticks": ticks(None, (0, last), 500), "xlabel": "step"}
    frame |= {"y": data["limits"], "yticks": log_ticks(*data["limits"]), "ylabel": "loss"}
    return Explorer(
        "optimizer_race",
        about="The loss of several optimizers, step by step, from the same start.",
        controls=controls,
        presets={t: group for t, group in groups.items() if sum(group.values()) > 1},
        scene=Scene([[Panel("{head}", drawn, left=46, **frame)]]),
        arrays=arrays,
        data=data,
        start=start,
    )


def _looks(names: Sequence[str]) -> list[tuple[str, str]]:
    free = [look for name, look in LOOKS.items() if name not in names]
    return [LOOKS[name] if name in LOOKS else free.pop() for name in names]


def arrays(state: State, data: Data) -> Arrays:
    """Cut every run at the step, and put a name at its end."""
    low, high = data["limits"]
    at, rate = state["step"] // data["stride"], data["rates"].index(state["rate"])
    gap = 0.02 * data["stride"] * (data["loss"].shape[2] - 1)  # between a line and its name
    found: Arrays = {}
    ends: dict[str, tuple[float, float, int]] = {}  # loss, its place, step
    for k, name in enumerate(data["names"]):
        end = int(data["ends"][k, rate])
        here = min(at, end) if state[name] else -1
        loss = data["loss"][k, rate, : here + 1].astype(float)
        x = np.arange(here + 1) * data["stride"]
        line = np.stack([x, np.log10(np.maximum(loss, FLOOR))], axis=1)
        lost = 0 <= here == end < at
        if lost:
            line = np.vstack([line, [x[-1], high]])
        if here >= 0:
            ends[name] = (np.inf if lost else float(loss[-1]), line[-1, 1], int(x[-1]))
        found |= {f"line_{name}": line, f"end_{name}": line[-1:], f"at_{name}": line[:0]}
        found[f"tag_{name}"] = []
    order = sorted(ends, key=lambda name: -ends[name][0])
    places = spread([ends[name][1] for name in order], low, high)
    for name, y in zip(order, places, strict=True):
        value, _, x = ends[name]
        found[f"at_{name}"] = np.array([[x + gap, y]])
        found[f"tag_{name}"] = [f"{name} {'diverged' if value == np.inf else amount(value)}"]
    return found | {"head": f"learning rate {state['rate']}", "text": words(state, data, ends)}


def words(state: State, data: Data, ends: Mapping[str, tuple[float, float, int]]) -> str:
    """Say who leads, who is last, and who diverged."""
    last = data["stride"] * (data["loss"].shape[2] - 1)
    head = say(SENTENCES["head"], step=state["step"], last=last, rate=state["rate"])
    if not ends:
        return head + SENTENCES["none"]
    loss = {name: end[0] for name, end in ends.items()}
    ranked = sorted((name for name in loss if loss[name] < np.inf), key=lambda name: loss[name])
    lost = [name for name in loss if name not in ranked]
    said = standing(ranked, loss)
    said += [say(SENTENCES["lost"], name=name, step=ends[name][2]) for name in lost]
    return f"{head}{', '.join(said)}."


def standing(ranked: Sequence[str], loss: Mapping[str, float]) -> list[str]:
    """Say who is first, second and last, or that all are equal."""
    if len(ranked) > 1 and loss[ranked[-1]] - loss[ranked[0]] < 1e-6:
        return [say(SENTENCES["same"], loss=amount(loss[ranked[0]]))]
    shown = {"first": ranked[:1], "second": ranked[1:2], "last": ranked[2:][-1:]}
    return [
        say(SENTENCES[place], name=name, loss=amount(loss[name]))
        for place, names in shown.items()
        for name in names
    ]


def amount(loss: float) -> str:
    """Return a loss in words."""
    return fixed(loss, 3) if 0.001 <= loss < 1000 else scientific(loss, 1)
