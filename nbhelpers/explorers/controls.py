"""What a learner can set: sliders, choices and switches, checked in one place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from numbers import Real
from typing import Any

import ipywidgets

from nbhelpers.utils import shown


@dataclass(frozen=True)
class Control:
    """One control: its label, its start value, and every value that it can take."""

    kind: str
    label: str
    start: Any
    low: float = 0
    high: float = 0
    step: float = 1
    options: tuple[str, ...] = ()
    paces: tuple[int, ...] = ()  # of a clock: steps in a frame that one can choose from
    used: tuple[str, tuple[str, ...]] | None = None  # see `only`
    form: str = ""  # of a hidden one: what a link may set it to, as a regular expression

    def only(self, other: str, *values: str) -> "Control":
        """Return a control that can be moved only while another has one of these values.

        Its value stays as it is, and can be set by code at any time.
        """
        return replace(self, used=(other, values))

    def values(self) -> list[Any]:
        """Return all values from one end to the other (of a hidden control: its start)."""
        if self.kind == "slider":
            count = round((self.high - self.low) / self.step)
            whole = isinstance(self.step, int)
            return [
                self.low + k * self.step if whole else round(self.low + k * self.step, 10)
                for k in range(count + 1)
            ]
        return {"switch": [False, True], "hidden": [self.start]}.get(self.kind, list(self.options))

    def check(self, where: str, value: Any) -> Any:
        """Return the value as the control keeps it, or say what is wrong with it.

        Raises
        ------
        ValueError
            If it is none of ``values()`` (of a hidden control: not a string).
        """
        if self.kind == "slider":
            number = isinstance(value, Real) and not isinstance(value, bool)
            if number and self.low <= value <= self.high:
                place = (float(value) - self.low) / self.step
                if abs(place - round(place)) < 1e-6:
                    return self.values()[round(place)]
            rule = f"a number from {self.low} to {self.high} in steps of {self.step}"
        elif self.kind == "hidden":
            if isinstance(value, str):
                return value
            rule = "a string"
        else:
            if isinstance(value, str | bool) and value in self.values():
                return value
            rule = f"one of {', '.join(map(repr, self.values()))}"
        raise ValueError(f"{where} must be {rule}. Received: {shown(value)}")

    def widget(self, value: Any) -> ipywidgets.Widget:
        """Make the ipywidgets control, set to ``value``."""
        if self.kind == "slider":
            digits = len(f"{self.step:.10g}".partition(".")[2])  # 2 for 0.25, and for 0.05
            kind = ipywidgets.IntSlider if isinstance(self.step, int) else ipywidgets.FloatSlider
            return kind(
                value=value,
                min=self.low,
                max=self.high,
                step=self.step,
                description=self.label,
                readout_format=f".{digits}f",
            )
        if self.kind == "switch":
            return ipywidgets.Checkbox(value=value, description=self.label, indent=False)
        if self.kind == "hidden":
            return ipywidgets.Text(value=value)
        kinds = {
            "menu": ipywidgets.Dropdown,
            "buttons": ipywidgets.ToggleButtons,
            "steps": ipywidgets.SelectionSlider,
        }
        return kinds[self.kind](options=self.options, value=value, description=self.label)


def slider(label: str, low: float, high: float, step: float, start: float) -> Control:
    """Make a slider; whole numbers if ``step`` is an int. An arrow key moves it by one step."""
    control = Control("slider", label, start, low, high, step)
    return _checked(control)


def clock(label: str, last: int, start: int = 0, paces: Sequence[int] = (1, 3, 10)) -> Control:
    """Make a slider over 0, 1, ..., last that also moves by itself: play, pause, one step.

    ``paces`` are steps in a frame to choose from; an explorer has one clock at most.
    """
    return _checked(Control("slider", label, start, 0, last, 1, paces=tuple(paces)))


def choice(label: str, options: Sequence[str], start: str = "", look: str = "menu") -> Control:
    """Make a choice between strings: a "menu", a row of "buttons", or the "steps" of a slider."""
    if look not in ("menu", "buttons", "steps"):
        raise ValueError(f"choice: look must be 'menu', 'buttons' or 'steps'. Received: {look!r}")
    return _checked(Control(look, label, start or options[0], options=tuple(options)))


def switch(label: str, start: bool = False) -> Control:
    """Make a box to tick."""
    return _checked(Control("switch", label, start))


def hidden(start: str = "", form: str = "") -> Control:
    """Keep a string that is no control on the page: what a pointer on the picture has set.

    A link on the web may set it to what fits ``form`` as a whole; without a form, no link may.
    """
    return Control("hidden", "", start, form=form)


def _checked(control: Control) -> Control:
    control.check(f"{control.label}: start", control.start)
    return control
