"""What is done and what is still to do, as a table."""

import html
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """All exercises, and which of them are done.

    Attributes
    ----------
    lessons : mapping of str to tuple of str
        Names of exercises by lesson.
    done : frozenset of str
        Names of those that were passed.
    """

    lessons: Mapping[str, tuple[str, ...]]
    done: frozenset[str]

    def __repr__(self) -> str:
        rows = [f"{k}  {'  '.join(map(self._mark, names))}" for k, names in self.lessons.items()]
        return "\n".join([self._summary(), *rows])

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th>{lesson}</th>"
            + "".join(
                f'<td style="text-align: left">{html.escape(self._mark(n))}</td>' for n in names
            )
            + "</tr>"
            for lesson, names in self.lessons.items()
        )
        return f"<p><strong>{self._summary()}</strong></p><table>{rows}</table>"

    def _mark(self, name: str) -> str:
        return f"{'✓' if name in self.done else '○'} {name[3:]}"

    def _summary(self) -> str:
        names = [name for names in self.lessons.values() for name in names]
        return f"{sum(name in self.done for name in names)} of {len(names)} exercises done."
