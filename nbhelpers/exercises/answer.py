"""What a learner sees: a small coloured box in a notebook, one plain line elsewhere."""

import html
from dataclasses import dataclass

from nbhelpers._colors import COLORS

SIGNS = {"passed": "✓", "not started": "○", "not yet": "✗", "hint": "➜", "unknown": "?"}
COLOURS = {
    "passed": COLORS["green"],
    "not started": "#808080",
    "not yet": COLORS["red"],
    "hint": COLORS["blue"],
    "unknown": "#808080",
}


@dataclass(frozen=True)
class Answer:
    """The answer of a checker; end a cell with it to show it.

    Attributes
    ----------
    exercise : str
        Name of the exercise.
    status : {"passed", "not started", "not yet", "hint", "unknown"}
    headline : str
        What there is to say, in one sentence.
    evidence : tuple of (str, str)
        What it was seen at: ``("input", ...)``, ``("came", ...)``, ``("expected", ...)``.
    hint : str
        What to look at next.
    about_the_case : str
        What is special about the input that failed; `hint` begins with it.
    """

    exercise: str
    status: str
    headline: str
    evidence: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    about_the_case: str = ""

    @property
    def passed(self) -> bool:
        """Whether the exercise is done."""
        return self.status == "passed"

    def __repr__(self) -> str:
        rows = [f"{label}: {text}".rstrip(".") for label, text in self.evidence]
        evidence = "; ".join(rows).replace("\n", ", ")
        parts = [self.headline, evidence and f"{evidence.rstrip('.')}.", self.hint]
        said = " ".join(part for part in parts if part)
        return f"{SIGNS[self.status]} {self.exercise}, {self.status}: {said}"

    def _repr_html_(self) -> str:
        rows = "".join(_row(label, text) for label, text in self.evidence)
        hint = f'<div style="margin-top: 4px">{html.escape(self.hint)}</div>' if self.hint else ""
        colour = COLOURS[self.status]
        return (
            f'<div role="status" style="max-width: 60em; margin: 4px 0; padding: 8px 12px; '
            f"border-left: 5px solid {colour}; background: {colour}1f; line-height: 1.5; "
            f'color: var(--jp-content-font-color1, inherit)"><div>'
            f'<strong style="font-size: 110%">{SIGNS[self.status]} '
            f"{html.escape(self.exercise)}: {self.status}.</strong> "
            f"{html.escape(self.headline)}</div>{rows}{hint}</div>"
        )


def _row(label: str, text: str) -> str:
    code = "background: none; white-space: pre-wrap; overflow-wrap: anywhere"
    return (
        '<div style="display: grid; grid-template-columns: 6em 1fr">'
        f'<span>{html.escape(label)}</span><code style="{code}">{html.escape(text)}</code></div>'
    )
