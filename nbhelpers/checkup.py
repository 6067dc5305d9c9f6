"""Is this computer ready for the course? Plain answers, and what to do where it is not."""

import html
import importlib.metadata
import sys
from dataclasses import dataclass

# Not JupyterLab: it may run elsewhere, and needs nothing here but a kernel.
PACKAGES = ("numpy", "matplotlib", "ipywidgets", "anywidget")
# Named only where they are missing.
QUIET = (
    *("ipython", "joblib", "pillow", "platformdirs", "requests"),
    *("threadpoolctl", "tqdm", "traitlets", "urllib3"),
)
DATA_SETS = ("mnist", "fashion_mnist")
OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Attributes
    ----------
    fine : bool
        Whether the course can go on.
    what : str
        What was looked at, and what was found.
    advice : str
        What to do, or what will happen; empty where there is nothing to say.
    """

    fine: bool
    what: str
    advice: str = ""


@dataclass(frozen=True)
class Checkup:
    """All findings; in a notebook they appear as a list with signs."""

    findings: tuple[Finding, ...]

    @property
    def fine(self) -> bool:
        """Whether everything that the course needs is here."""
        return all(finding.fine for finding in self.findings)

    def __repr__(self) -> str:
        lines = [f"{_sign(f)} {f.what} {f.advice}".rstrip() for f in self.findings]
        return "\n".join([*lines, self._summary()])

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<li>{_sign(f)} <strong>{html.escape(f.what)}</strong> {html.escape(f.advice)}</li>"
            for f in self.findings
        )
        return (
            f'<ul style="list-style: none; padding-left: 0; line-height: 1.7">{rows}</ul>'
            f"<p><strong>{self._summary()}</strong></p>"
        )

    def _summary(self) -> str:
        return "All is well." if self.fine else "Something is missing: follow the lines with a ✗."


def checkup() -> Checkup:
    """Look at Python, the packages and the data sets; nothing is downloaded or changed.

    Returns
    -------
    Checkup
        End a cell with it to show it.
    """
    quiet = (finding for finding in map(package, QUIET) if not finding.fine)
    return Checkup((python(), *map(package, PACKAGES), *quiet, *map(data_set, DATA_SETS)))


def python(version: tuple[int, ...] = sys.version_info[:3]) -> Finding:
    """Look at the version of Python.

    Examples
    --------
    >>> python((3, 9, 1)).fine
    False
    """
    what = f"Python {'.'.join(map(str, version))}"
    if version >= OLDEST_PYTHON:
        return Finding(True, what)
    return Finding(False, what, "is too old: the course needs Python 3.11 or newer.")


def package(name: str) -> Finding:
    """Look for a package.

    Examples
    --------
    >>> package("no-such-package").advice
    'is missing: run the first command of the README again.'
    """
    try:
        return Finding(True, f"{name} {importlib.metadata.version(name)}")
    except importlib.metadata.PackageNotFoundError:
        return Finding(False, name, "is missing: run the first command of the README again.")


def data_set(name: str) -> Finding:
    """Look for the files of a data set; the course runs without them, too.

    Parameters
    ----------
    name : str
        A key of ``datasets.sources.SOURCES``.
    """
    try:  # not on top: this page must also answer where a package is missing
        from nbhelpers.datasets.fetch import is_here
        from nbhelpers.datasets.sources import SOURCES

        here = is_here(name)
    except ImportError as error:
        return Finding(False, name, f"can be looked for once {error.name} is here.")
    except OSError as error:
        return Finding(False, SOURCES[name].label, f"cannot be read: {error}.")
    source = SOURCES[name]
    if here:
        return Finding(True, source.label, "is on this computer.")
    size = sum(original.size for original in source.files.values()) / 1e6
    return Finding(
        True,
        source.label,
        f"is not here yet: it is downloaded when a lesson needs it ({size:.0f} MB, once). "
        "Without a network the lessons use 1,797 small digits that are part of the course.",
    )


def _sign(finding: Finding) -> str:
    return "✓" if finding.fine else "✗"
