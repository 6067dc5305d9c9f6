"""A lesson's cells as the page shows them.

Words and pictures are the stored ones, so that page and notebook agree; an explorer, with its
picture, is the run's. Where the run had no data but the bundled digits, all is the run's.
"""

import base64
import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import live
import running
from prose import Renderer, anchors, code, markdown, plain

WIDGET = "application/vnd.jupyter.widget-view+json"
KERNEL_ONLY = "kernel-only"  # the tag of a cell that only makes sense beside a kernel
MINUTES = re.compile(r"\s*\((\d+ minutes)\)$")

# In the place of the checker's answer.
ANSWER = """<div class="answer"><p><strong>Your function is checked in a running notebook.</strong>
There this cell says what is right, or names the mistake. Open the lesson: {ways}</p></div>
"""

Cell = Any  # of nbformat, which has no types
Output = Any


@dataclass
class Picture:
    """A picture of a page, and what one reads who cannot see it."""

    name: str
    png: bytes
    alt: str

    @property
    def width(self) -> int:
        """Return its width, which its head tells."""
        return int.from_bytes(self.png[16:20])

    @property
    def height(self) -> int:
        """Return its height."""
        return int.from_bytes(self.png[20:24])

    @property
    def source(self) -> str:
        """Return its place on the site."""
        return f"site/pictures/{self.name}.png"

    def tag(self) -> str:
        """Return the element."""
        return (
            f'<img src="{self.source}" alt="{html.escape(self.alt)}" width="{self.width}" '
            f'height="{self.height}" style="--wide: {self.width}px" loading="lazy">'
        )


@dataclass
class Lesson:
    """One page: its words as HTML, and what it shows beside them."""

    path: Path
    ways: str  # links to a running notebook
    models: live.Models  # of the run's widgets
    prose: Renderer = field(default_factory=lambda: Renderer(anchors()))
    body: str = ""
    explorers: dict[str, live.Explorer] = field(default_factory=dict)  # by their place on the page
    pictures: list[Picture] = field(default_factory=list)

    @property
    def page(self) -> str:
        """Return the file's name on the site."""
        return f"{self.path.stem}.html"

    @property
    def title(self) -> str:
        """Return the heading of the page."""
        return plain(self.prose.headings[0][2])

    @property
    def number(self) -> str:
        """Return the lesson's two digits."""
        return self.path.stem[:2]

    @property
    def name(self) -> str:
        """Return the title without the number."""
        return self.title.split("·")[-1].strip()

    @property
    def sections(self) -> list[dict[str, str]]:
        """Return the sections, for a list of them."""
        shown = [(anchor, plain(text)) for level, anchor, text in self.prose.headings if level == 2]
        return [{"anchor": anchor, "title": MINUTES.sub("", text)} for anchor, text in shown]


def lesson(path: Path, ways: str) -> Lesson:
    """Return a notebook as a page of the site."""
    stored, run = running.read(path), running.run(path)
    made = Lesson(path, ways, run.metadata["widgets"][live.STATE]["state"])
    runs = running.code_cells(run)
    if running.is_without_data(run):
        for cell, again in zip(running.code_cells(stored), runs, strict=True):
            cell.outputs = again.outputs
    rest = iter(runs)
    for cell in stored.cells:
        again = next(rest) if cell.cell_type == "code" else None
        if KERNEL_ONLY not in cell.metadata.get("tags", []):
            made.body += _code(made, cell, again) if again else _words(made, cell)
    return made


def _words(made: Lesson, cell: Cell) -> str:
    return f'<div class="prose">\n{markdown(cell.source, made.prose)}</div>\n'


def _code(made: Lesson, stored: Cell, run: Cell) -> str:
    shown = [_source(stored), *_curves(made.models, run)]
    explorers = filter(_is_explorer, run.outputs)
    for output in stored.outputs:
        if _is_explorer(output):
            shown.append(_explorer(made, next(explorers), stored.source))
        elif WIDGET not in output.get("data", {}):
            shown.append(_output(made, output))
    return f'<div class="cell">\n{"".join(shown)}</div>\n'


def _source(cell: Cell) -> str:
    shown = f'<div class="code">{code(cell.source)}</div>\n'
    if not cell.metadata.get("jupyter", {}).get("source_hidden"):
        return shown
    summary = "<summary>Code of this picture</summary>"
    return f'<details class="source">{summary}\n{shown}</details>\n'


def _curves(models: live.Models, run: Cell) -> Iterator[str]:
    """Yield the curves that a training drew; its progress bars were for the moment."""
    for output in run.outputs:
        if view := output.get("data", {}).get(WIDGET):
            value = models[view["model_id"]]["state"].get("value", "")
            if isinstance(value, str) and value.startswith("<svg"):
                yield f'<div class="output html">{value}</div>\n'


def _is_explorer(output: Output) -> bool:
    return {WIDGET, "image/png"} <= set(output.get("data", {}))


def _explorer(made: Lesson, output: Output, source: str) -> str:
    """Return an explorer: its stored picture, until its scripts make it move."""
    explorer = live.explorer(made.models, output.data[WIDGET]["model_id"], source)
    taken = sum(other.name == explorer.name for other in made.explorers.values())
    place = f"{explorer.name}-{taken + 1}" if taken else explorer.name
    made.explorers[place] = explorer
    return figure(place, explorer, _picture(made, output))


def figure(place: str, explorer: live.Explorer, picture: Picture) -> str:
    """Return the element that becomes an explorer."""
    return (
        f'<figure class="explorer" id="{place}" data-scene="{explorer.name}" '
        f'data-setting="{explorer.key}" data-python="{html.escape(explorer.python)}">'
        f"{picture.tag()}</figure>\n"
    )


def _output(made: Lesson, output: Output) -> str:
    if output.output_type == "stream":
        return _text(output.text) if output.name == "stdout" else ""
    data: Mapping[str, str] = output.data
    if "image/png" in data:
        return f'<figure class="picture">{_picture(made, output).tag()}</figure>\n'
    if "text/markdown" in data:
        words = markdown(data["text/markdown"], made.prose)
        return f'<div class="output prose">{words}</div>\n'
    if 'role="status"' in data.get("text/html", ""):
        return ANSWER.format(ways=made.ways)
    if "text/html" in data:
        return f'<div class="output html">{data["text/html"]}</div>\n'
    return _text(data["text/plain"])


def _text(text: str) -> str:
    return f'<pre class="output">{html.escape(text.rstrip())}</pre>\n'


def _picture(made: Lesson, output: Output) -> Picture:
    name = f"{made.path.stem}-{len(made.pictures) + 1:02d}"
    png = base64.b64decode(output.data["image/png"])
    made.pictures.append(Picture(name, png, output.data["text/plain"]))
    return made.pictures[-1]


def entries(made: Lesson) -> Iterator[dict[str, str]]:
    """Return the sections of a lesson, for the search."""
    pieces = re.split(r'<h[12] id="([^"]+)">(.*?)</h[12]>', made.body)[1:]
    for anchor, title, text in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True):
        yield {
            "lesson": made.title,
            "title": plain(title),
            "url": f"{made.page}#{anchor}",
            "text": plain(re.sub(r"<math.*?</math>", " ", text, flags=re.DOTALL)),
        }
