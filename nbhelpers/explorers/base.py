"""An explorer: controls, one pure function ``state -> arrays``, and a scene that shows the arrays.

The controls are ipywidgets. The scene is one small anywidget: it is given the controls, listens to
them in the browser, computes the arrays there (``scenes/name.js``) and paints them
(``picture/page.js``). So a slider moves without a kernel, and Python is asked only for what it
alone can do: the stored picture, the static twin, and the state for those who read or set it by
code.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets
import traitlets

from nbhelpers.explorers.controls import Control
from nbhelpers.explorers.picture import marks, script
from nbhelpers.explorers.picture.data import pack
from nbhelpers.explorers.picture.paint import draw
from nbhelpers.explorers.types import Arrays, Data, State
from nbhelpers.figures import Picture
from nbhelpers.figures.base import texts
from nbhelpers.utils import count, shown

CSS = Path(__file__).parent / "picture" / "scene.css"


class Scene(anywidget.AnyWidget):
    """The picture in the browser: what ``page.js`` reads."""

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)
    scene = traitlets.Dict().tag(sync=True)
    data = traitlets.Dict().tag(sync=True, to_json=lambda data, _: pack(data))
    controls = traitlets.Dict().tag(sync=True, **ipywidgets.widget_serialization)


class Explorer:
    """Sliders beside a picture that follows them; end a cell with it to show it.

    Parameters
    ----------
    name : str
        Of its file ``scenes/<name>.js``, and in error messages.
    about : str
        What the picture shows, in one sentence; the alt text is this and the result's ``text``.
    controls : mapping of str to Control
    scene : marks.Scene
        The picture.
    arrays : callable
        ``arrays(state, data)`` returns what the marks name, by name, and ``"text"``: the result in
        words. Pure: it changes nothing and knows nothing else. ``<name>.js`` computes the same.
    data : mapping of str to array, number, string or list of these, optional
        What never changes; sent to the browser once. Arrays may be of any dtype of up to 64 bits
        but int64.
    presets : mapping of str to mapping, optional
        A button each: the values it sets by control; controls that it does not name stay.
    actions : mapping of str to str, optional
        A button each: the key that it presses on the picture, for a script that has `pointer`.
    start : mapping, optional
        Values to start with, and to go back to on *Reset*, instead of the controls' own.
    module : str, optional
        JavaScript instead of the file's: for an explorer that is not part of the package.

    Raises
    ------
    ValueError
        If a value is not one that its control can take, or a mark names an array that is missing.
    """

    def __init__(
        self,
        name: str,
        *,
        about: str,
        controls: Mapping[str, Control],
        scene: marks.Scene,
        arrays: Callable[[State, Data], Arrays],
        data: Data | None = None,
        presets: Mapping[str, State] | None = None,
        actions: Mapping[str, str] | None = None,
        start: State | None = None,
        module: str = "",
    ) -> None:
        self.name, self.about, self.controls = name, about, dict(controls)
        self.scene, self.data, self._arrays = scene, dict(data or {}), arrays
        self.start = {key: control.start for key, control in self.controls.items()}
        self.start |= self._checked(start or {})
        self.presets = {label: self._checked(values) for label, values in (presets or {}).items()}
        self.actions = dict(actions or {})
        missing = scene.names() - {*self.data, *self.arrays(self.start), "text"}
        if missing:
            raise ValueError(f"{name}: the scene names arrays that do not exist: {sorted(missing)}")
        self._widgets = {
            key: control.widget(self.start[key]) for key, control in self.controls.items()
        }
        self.widget = self._box(module or (script.SCENES / f"{name}.js").read_text("utf-8"))

    @property
    def state(self) -> State:
        """The value of every control; set some or all of them: ``explorer.state = {"angle": 30}``.

        A value that its control cannot take is a ``ValueError``, and then nothing is set.
        """
        values = {key: widget.value for key, widget in self._widgets.items()}
        return {k: round(v, 10) if isinstance(v, float) else v for k, v in values.items()}

    @state.setter
    def state(self, values: State) -> None:
        for key, value in self._checked(values).items():
            self._widgets[key].value = value

    def arrays(self, state: State | None = None) -> Arrays:
        """Return the arrays of the picture; values that ``state`` does not name are the start's."""
        full = self.state if state is None else self.start | self._checked(state)
        return self._arrays(full, self.data)

    @property
    def alt(self) -> str:
        """The present picture in words."""
        return f"{self.about} {self.arrays(self.state)['text']}"

    def twin(
        self,
        states: Sequence[State],
        titles: Sequence[str] | None = None,
        columns: int | None = None,
    ) -> Picture:
        """Draw the picture at chosen settings, side by side: what a reader without a kernel sees.

        Parameters
        ----------
        states : sequence of dict
            Values that a state does not name are the start's.
        titles : sequence of str, optional
            One a state; the values that a state names if not given.
        columns : int, optional
            Pictures in a row; if not given, as many as stay readable.

        Returns
        -------
        nbhelpers.figures.Picture
        """
        if not isinstance(states, list | tuple) or not states:
            raise ValueError(
                f"{self.name}: twin: states must be a list of at least one. "
                f"Received: {shown(states)}"
            )
        every = [self.arrays(state) for state in states]
        if titles is None:
            titles = [", ".join(f"{key} {value}" for key, value in s.items()) for s in states]
        titles = texts(f"{self.name}: twin", "titles", titles, len(states))
        panels = max(len(row) for row in self.scene.rows)
        usual = min(len(states), max(1, 4 // panels))
        columns = usual if columns is None else count(f"{self.name}: twin", "columns", columns)
        alt = " ".join(
            [self.about, *(f"{t}: {a['text']}" for t, a in zip(titles, every, strict=True))]
        )
        width = 1000 if columns > 1 else 800
        drawn = [self.data | arrays for arrays in every]
        return Picture(draw(self.scene, drawn, titles, columns, width), alt)

    def _checked(self, values: State) -> dict[str, Any]:
        if not isinstance(values, Mapping):
            raise ValueError(
                f"{self.name}: state must be a dict of values. Received: {shown(values)}"
            )
        for key in values:
            if key not in self.controls:
                known = ", ".join(self.controls)
                raise ValueError(
                    f"{self.name}: a control must be one of {known}. Received: {shown(key)}"
                )
        return {k: self.controls[k].check(f"{self.name}: {k}", v) for k, v in values.items()}

    def _clock(self) -> dict[str, Any] | None:
        """Return what the browser must know of the control that moves by itself, if one does."""
        clocks = [(key, control) for key, control in self.controls.items() if control.paces]
        if len(clocks) > 1:
            raise ValueError(f"{self.name}: there may be one clock. Received: {len(clocks)}")
        return next(({"name": k, "last": c.high, "paces": c.paces} for k, c in clocks), None)

    def _idle(self) -> list[Any]:
        """Return, of controls that only move together with a value of another: place, and that."""
        shown = [control for control in self.controls.values() if control.kind != "hidden"]
        return [[k, *control.used] for k, control in enumerate(shown) if control.used]

    def _box(self, module: str) -> ipywidgets.Widget:
        picture = Scene(
            _esm=script.of_explorer(module),
            _css=CSS.read_text("utf-8"),
            scene=self.scene.described()
            | {"name": self.name, "about": self.about, "start": self.start, "presets": self.presets}
            | {"actions": self.actions, "clock": self._clock(), "idle": self._idle()}
            | {"forms": {key: control.form for key, control in self.controls.items()}}
            | {"palettes": marks.PALETTES, "dashes": marks.DASHES},
            data=self.data,
            controls=self._widgets,
        )
        shown = [w for key, w in self._widgets.items() if self.controls[key].kind != "hidden"]
        box = ipywidgets.HBox([ipywidgets.VBox(shown), picture] if shown else [picture])
        box.add_class("nbx")
        if len(shown) > 7:
            box.add_class("nbx-many")  # two controls in a row
        return box

    def __repr__(self) -> str:
        return self.alt

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        arrays = self.data | self.arrays(self.state)
        data, metadata = Picture(draw(self.scene, [arrays]), self.alt)._repr_mimebundle_()
        metadata |= self.widget.children[-1]._repr_mimebundle_()[1]  # what Colab needs to show it
        view = "application/vnd.jupyter.widget-view+json"
        data[view] = {"version_major": 2, "version_minor": 0, "model_id": self.widget.model_id}
        return data, metadata
