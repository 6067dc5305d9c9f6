"""Which exercises are done: one small file in the learner's own folder."""

import json
import os
from collections.abc import Iterable
from pathlib import Path

import platformdirs

from nbhelpers._files import whole_file

FOLDER = "NBHELPERS_PROGRESS"  # an environment variable that names another folder


def file() -> Path:
    """Return where the record is: in ``$NBHELPERS_PROGRESS``, else in the user's data folder."""
    folder = os.environ.get(FOLDER) or platformdirs.user_data_path("nbhelpers")
    return Path(folder) / "exercises.json"


def done() -> set[str]:
    """Return the names of the exercises that were passed; none if there is no readable record."""
    try:
        names = json.loads(file().read_text(encoding="utf-8"))
        return {name for name in names if isinstance(name, str)}
    except (OSError, ValueError, TypeError):
        return set()


def note(names: Iterable[str]) -> bool:
    """Add exercises to the record; return whether it could be written."""
    known = done()
    if known.issuperset(names := set(names)):
        return True
    try:
        file().parent.mkdir(parents=True, exist_ok=True)
        with whole_file(file()) as part:
            part.write(json.dumps(sorted(known | names)).encode())
    except (OSError, ValueError):
        return False
    return True


def forget() -> bool:
    """Delete the record; return whether there was one."""
    try:
        file().unlink()
    except FileNotFoundError:
        return False
    return True
