"""Explorers for the page: what a run left of each widget, as two scripts.

The scene's script is the one that JupyterLab is given, cut in two: the core, which all explorers
share, and the explorer's own few lines. What it shows (the picture described, its controls, its
data) is a second script that hands an object over: a page that lies in a folder may load scripts,
and nothing else.
"""

import ast
import functools
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nbhelpers.explorers.picture import script

STATE = "application/vnd.jupyter.widget-state+json"
SHOW = 'import { show } from "../picture/page.js";\n'
END = re.compile(r"export default \{ render: \(page\) => show\(page, \{ (.*) \}\) \};\n$")
SCOPE = re.compile(r"^const \{ (.*) \} = \(\(\) => \{$", re.MULTILINE)

Models = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Explorer:
    """One explorer of a lesson: its name, and its two scripts."""

    name: str
    scene: str  # the lines that compute its arrays
    setting: str  # what it shows, as JSON
    python: str  # how the notebook sets it, as JSON

    @property
    def key(self) -> str:
        """Return a name for its setting that changes with it, so that equal ones are one file."""
        return f"{self.name}-{hashlib.sha256(self.setting.encode()).hexdigest()[:8]}"


@functools.cache
def core() -> tuple[str, list[str]]:
    """Return the script that all explorers share, and the names that it gives them."""
    parts = _parts(script.joined(SHOW, script.SCENES))[:-1]  # the last is the import's own, empty
    text = "".join(parts)
    return text, [name for names in SCOPE.findall(text) for name in names.split(", ") if name]


def explorer(models: Models, model_id: str, source: str) -> Explorer:
    """Return the explorer of a widget view; ``source`` is the cell that shows it."""
    box = models[model_id]["state"]
    *column, scene_id = [child.removeprefix("IPY_MODEL_") for child in box["children"]]
    shown = [c for v in column for c in models[v]["state"]["children"]]
    scene = models[scene_id]["state"]
    name = scene["scene"]["name"]
    controls = [
        control(key, models[model.removeprefix("IPY_MODEL_")]["state"], model in shown)
        | {"form": scene["scene"]["forms"][key]}
        for key, model in scene["controls"].items()
    ]
    setting = {
        "scene": scene["scene"],
        "controls": controls,
        "data": _with_bytes(scene["data"], models[scene_id].get("buffers", [])),
    }
    text = json.dumps(setting, ensure_ascii=False, separators=(",", ":"))
    set_by = json.dumps(python(source, list(scene["controls"])))
    return Explorer(name, own_script(scene["_esm"]), text, set_by)


def control(name: str, state: Mapping[str, Any], shown: bool) -> dict[str, Any]:
    """Return what the page must know of a control."""
    found = {"name": name, "label": state["description"], "kind": _kind(state, shown)}
    if "_options_labels" in state:
        return found | {"options": state["_options_labels"], "index": state["index"]}
    limits = ("min", "max", "step") if "min" in state else ()
    digits = {"digits": int(state["readout_format"][1])} if limits else {}
    return found | {key: state[key] for key in ("value", *limits)} | digits


def _kind(state: Mapping[str, Any], shown: bool) -> str:
    kinds = {
        "IntSliderModel": "slider",
        "FloatSliderModel": "slider",
        "SelectionSliderModel": "steps",
        "DropdownModel": "menu",
        "ToggleButtonsModel": "buttons",
        "CheckboxModel": "switch",
    }
    return kinds[state["_model_name"]] if shown else "hidden"


def _with_bytes(data: Any, buffers: Any) -> Any:
    """Put each buffer, in base64, where it belongs in the data."""
    data = json.loads(json.dumps(data))
    for buffer in buffers:
        first, *path, last = buffer["path"]
        if first == "data":
            place = data
            for step in path:
                place = place[step]
            place[last] = buffer["data"].replace("\n", "")
    return data


def own_script(esm: str) -> str:
    """Return the lines of a scene's script that are not the core's."""
    found = END.search(esm)
    if not found:
        raise ValueError("the scene's script does not end as nbhelpers.explorers ends it")
    shared = {part.strip() for part in _parts(core()[0])}
    own = [part for part in _parts(esm[: found.start()]) if part.strip() not in shared]
    return "".join(own).strip() + f"\nreturn {{ {found[1]} }};\n"


def _parts(text: str) -> list[str]:
    """Split a joined script into its modules."""
    return re.split(r"(?<=^\}\)\(\);\n)", text, flags=re.MULTILINE)


def python(source: str, controls: list[str]) -> dict[str, Any]:
    """Return how the notebook sets this explorer: its name, or the call that makes it.

    Examples
    --------
    >>> python("plane", ["angle"])
    {'name': 'plane'}
    >>> python('explorers.affine(m, angle=3)', ["angle"])
    {'call': 'explorers.affine', 'given': ['m'], 'sets': ['angle']}
    """
    last = ast.parse(source).body[-1]
    value = last.value if isinstance(last, ast.Expr) else None
    if isinstance(value, ast.Name):
        return {"name": value.id}
    if not isinstance(value, ast.Call):
        return {}
    others = [k for k in value.keywords if k.arg not in controls]
    return {
        "call": ast.unparse(value.func),
        "given": [ast.unparse(part) for part in (*value.args, *others)],
        "sets": [k.arg for k in value.keywords if k not in others],
    }
