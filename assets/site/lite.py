"""Build JupyterLite with the course: the same lessons, with a kernel that runs in the browser.

    pip install -r assets/site/lite.txt
    python assets/site/lite.py OUT

It belongs into the folder ``lite`` of the web site. The kernel itself, Pyodide, and the packages
that it brings come from its own host when a reader opens a lesson, so the folder alone is no use
without the internet.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
INSTALL = "%pip install -q nbhelpers\n"  # the wheel that lies beside the lessons


def build(out: Path) -> None:
    """Write JupyterLite, the wheel of the package, and the lessons into a folder."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        wheel = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", work / "pypi", ROOT]
        subprocess.run(wheel, check=True)
        (work / "lessons").mkdir()
        for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
            (work / "lessons" / path.name).write_text(prepared(path.read_text("utf-8")), "utf-8")
        command = [sys.executable, "-m", "jupyterlite_core", "build", "--lite-dir", work]
        command += ["--contents", work / "lessons", "--output-dir", out.absolute()]
        subprocess.run(command, check=True, cwd=work)  # it leaves a data base where it runs


def prepared(notebook: str) -> str:
    """Return a lesson whose first code cell installs the package first."""
    lesson = json.loads(notebook)
    first = next(cell for cell in lesson["cells"] if cell["cell_type"] == "code")
    first["source"] = [INSTALL, *first["source"]]
    return json.dumps(lesson, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    build(Path(sys.argv[1]))
