"""Where texts go: none over another, none out of the picture; ``texts.js`` does the same.

What has no room becomes smaller, and where that does not help it is left out.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

SMALLEST = 9  # pixels: smaller than this nobody reads
GAP = 2  # pixels between two texts in a line

Item = tuple[str, float, float]  # a text, and its place in pixels
Room = tuple[float, float, float, float]  # left, top, width, height in pixels
Width = Callable[[str], float]


class Measure(Protocol):
    """Tells how wide a text is, in pixels."""

    def __call__(self, text: str, size: float, *, bold: bool = False) -> float:
        """Return the width of a text of this size."""


class Key(NamedTuple):
    """An entry of a legend: which mark of its panel, its label, and its place from the left."""

    mark: int
    label: str
    left: float


def lines_of(text: str, width: float, measure: Width) -> list[str]:
    """Break a title at spaces into lines no longer than the width.

    Examples
    --------
    >>> lines_of("one title of many words", 10, len)
    ['one title', 'of many', 'words']
    """
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def legend_rows(labels: Sequence[str], width: float, measure: Width) -> list[list[Key]]:
    """Break the keys of a legend into rows no longer than the width; an empty label has none."""
    rows: list[list[Key]] = []
    along = 0.0
    for k, label in enumerate(labels):
        if not label:
            continue
        wide = 26 + measure(label)
        if not rows or along + wide > width:
            rows.append([])
            along = 0
        rows[-1].append(Key(k, label, along))
        along += wide + 18
    return rows


@dataclass(frozen=True)
class Look:
    """How texts that belong together are written; ``whole``: all of them or none."""

    size: float = 13
    align: str = "center"
    bold: bool = False
    turned: bool = False
    whole: bool = False


class Written(NamedTuple):
    """A text where it stands: its number among those asked for, and its box."""

    number: int
    left: float
    top: float
    wide: float
    high: float


class Texts:
    """The texts of one picture.

    Attributes
    ----------
    missing : list of str
        Those that had no room.
    """

    def __init__(self, measure: Measure) -> None:
        self.measure = measure
        self.missing: list[str] = []
        self._taken: list[Written] = []

    def place(self, items: Sequence[Item], look: Look, room: Room) -> tuple[float, list[Written]]:
        """Return one size for all, and those for which there is room, each where it stands."""
        asked = [k for k, item in enumerate(items) if _seen(item, room)]
        size = look.size
        while True:
            boxes = [self._box(k, items[k], look, size, room) for k in asked]
            good = [box for box in _apart([b for b in boxes if b]) if self._free(box)]
            if len(good) == len(asked) or size <= SMALLEST:
                break
            size -= 1
        kept = [] if look.whole and len(good) < len(asked) else good
        left_out = set(asked) - {box.number for box in kept}
        self.missing += [items[k][0] for k in sorted(left_out)]
        self._taken += kept
        return size, kept

    def _free(self, box: Written) -> bool:
        return not any(_meet(box, other) for other in self._taken)

    def _box(self, k: int, item: Item, look: Look, size: float, room: Room) -> Written | None:
        """Return the box of a text, moved into its room; None if it is too large for it."""
        text, x, y = item
        long = self.measure(text, size, bold=look.bold)
        wide, high = (size, long) if look.turned else (long, size)
        left, top, width, height = room
        if wide > width or high > height:
            return None
        begin = x - {"left": 0, "center": wide / 2, "right": wide}[look.align]
        begin = min(max(begin, left), left + width - wide)
        return Written(k, begin, min(max(y - high / 2, top), top + height - high), wide, high)


def _seen(item: Item, room: Room) -> bool:
    text, x, y = item
    left, top, width, height = room
    return bool(text) and left - 1 <= x <= left + width + 1 and top - 1 <= y <= top + height + 1


def _meet(a: Written, b: Written) -> bool:
    return (
        a.left < b.left + b.wide + GAP
        and b.left < a.left + a.wide + GAP
        and a.top < b.top + b.high
        and b.top < a.top + a.high
    )


def _apart(boxes: Sequence[Written]) -> Sequence[Written]:
    """Return every box, every second, every third ...: the most that do not meet each other."""
    for step in range(1, len(boxes)):
        kept = boxes[::step]
        if not any(_meet(a, b) for k, a in enumerate(kept) for b in kept[k + 1 :]):
            return kept
    return boxes[:1]
