"""Join an explorer's modules to the one script that the browser is given.

Modules are written with ``import`` and ``export``, as editors, the linter and Node read them. In
the script each stands once, below what it imports, in a scope of its own: only what it exports can
be seen from outside.
"""

import re
from pathlib import Path

SCENES = Path(__file__).parents[1] / "scenes"
IMPORT = re.compile(r'^import \{[^}]*\} from "(\.[^"]+)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const) (\w+))", re.MULTILINE)


def of_explorer(scene: str) -> str:
    """Return the whole script of an explorer, from its own module (as if it lay in ``scenes/``)."""
    page = 'import { show } from "../picture/page.js";\n'
    names = ", ".join(EXPORT.findall(scene))
    end = f"export default {{ render: (page) => show(page, {{ {names} }}) }};\n"
    return joined(page + scene, SCENES) + end


def joined(text: str, folder: Path) -> str:
    """Return a module below all that it imports, and what that imports.

    Parameters
    ----------
    text : str
        Of the module; what it imports begins with a dot and is relative to ``folder``.
    """
    above: dict[Path, str] = {}
    _collect(text, folder, above)
    return "\n".join([*above.values(), _scope(text)])


def _collect(text: str, folder: Path, above: dict[Path, str]) -> None:
    for name in IMPORT.findall(text):
        path = (folder / name).resolve()
        if path not in above:
            module = path.read_text("utf-8")
            _collect(module, path.parent, above)
            above[path] = _scope(module)


def _scope(text: str) -> str:
    names = ", ".join(EXPORT.findall(text))
    body = EXPORT.sub("", IMPORT.sub("", text))
    return f"const {{ {names} }} = (() => {{\n{body}return {{ {names} }};\n}})();\n"
