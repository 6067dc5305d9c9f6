"""Print requirements that install the package with the lowest versions it allows.

The package's own dependencies come at the lower ends of their ranges in ``pyproject.toml``; all
other tools come as they are pinned in ``requirements.txt``.
"""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent


def name(requirement: str) -> str:
    """Return what a requirement asks for, without its version."""
    return re.split(r"[\s<>=!\[]", requirement, maxsplit=1)[0]


project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
lowest = {name(wanted): wanted.split(">=")[1].split(",")[0] for wanted in project["dependencies"]}
pins = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
tools = [pin for pin in pins if pin and pin[0] not in "#-" and name(pin) not in lowest]
print("\n".join([*(f"{wanted}=={version}" for wanted, version in lowest.items()), *tools, "-e ."]))
