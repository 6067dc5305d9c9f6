"""Build the course's web site: ten lessons that move without a kernel, from a folder or any host.

    pip install -r assets/site/requirements.txt
    python assets/site/build.py OUT [--serve] [--lite]

Each notebook is run once, for what its explorers are made of; the run is kept (running.py). With
``--serve`` the folder is then served on this computer. With ``--lite`` the pages also lead to a
JupyterLite that somebody puts into ``OUT/lite``. Nothing on a page asks another host.
"""

import argparse
import functools
import http.server
import json
import os
import re
import shutil
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import jinja2
import live
import pages
import prose
import running

from nbhelpers.explorers.base import CSS
from nbhelpers.explorers.picture import script

# Where the course lives, for the links to a running notebook; a workflow knows better.
REPOSITORY = os.environ.get("GITHUB_REPOSITORY", "tensors-to-digits/tensors-to-digits")

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
NOTEBOOKS = ROOT / "notebooks"
# Which picture a card shows, by the beginning of its words; else the lesson's first.
CARDS = {"00": "A winding path", "02": "A red sheet", "03": "A network learns"}
SCENE = 'nbx.scene("{name}", ({{ {names} }}) => {{\n{lines}}});\n'


def build(out: Path, notebooks: Iterable[Path], lite: bool = False) -> None:
    """Write the whole site into a folder; what an earlier build left there is replaced."""
    if out.exists() and any(out.iterdir()) and not (out / "site" / "page.js").exists():
        raise SystemExit(f"{out} holds something else: name an empty folder, or a new one")
    paths = sorted(notebooks)
    with ThreadPoolExecutor(2) as two:
        list(two.map(running.run, paths))
    lessons = [pages.lesson(path, ways(path.name, lite)) for path in paths]
    for folder in ("site", "notebooks"):
        shutil.rmtree(out / folder, ignore_errors=True)
    for page in out.glob("*.html"):
        page.unlink()
    write(out, files(lessons))


def write(out: Path, made: dict[str, str | bytes]) -> None:
    """Write files, text as UTF-8 with plain line ends."""
    for name, content in made.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def files(lessons: list[pages.Lesson]) -> dict[str, str | bytes]:
    """Return all files of the site by their names."""
    css = CSS.read_text("utf-8") + (HERE / "page.css").read_text("utf-8")
    made: dict[str, str | bytes] = {
        "site/page.css": css,
        "site/page.js": whole("page"),
        "site/explorers.js": whole("explorers", f"start({{ {', '.join(live.core()[1])} }});\n"),
        "site/search.js": searchable(lessons),
    }
    for lesson in lessons:
        made[f"notebooks/{lesson.path.name}"] = lesson.path.read_bytes()
        made |= {picture.source: picture.png for picture in lesson.pictures}
        for explorer in lesson.explorers.values():
            for name, text in scripts(explorer).items():
                if made.setdefault(name, text) != text:
                    raise ValueError(f"{name}: two explorers of one name compute differently")
    return made | documents(lessons)


def whole(name: str, end: str = "") -> str:
    """Return a script of the page with all that it imports, in a scope of its own."""
    folder = HERE / "page"
    text = script.joined((folder / f"{name}.js").read_text("utf-8"), folder)
    return f'(() => {{\n"use strict";\n{text}{end}}})();\n'


def scripts(explorer: live.Explorer) -> dict[str, str | bytes]:
    """Return the two scripts of an explorer."""
    scene = SCENE.format(name=explorer.name, names=", ".join(live.core()[1]), lines=explorer.scene)
    setting = f'nbx.setting("{explorer.key}", {explorer.setting});\n'
    return {
        f"site/scenes/{explorer.name}.js": scene,
        f"site/settings/{explorer.key}.js": setting,
    }


def searchable(lessons: list[pages.Lesson]) -> str:
    """Return the sections of all lessons as a script."""
    sections = [entry for lesson in lessons for entry in pages.entries(lesson)]
    return f"found({json.dumps(sections, ensure_ascii=False, indent=0)});\n"


def documents(lessons: list[pages.Lesson]) -> dict[str, str | bytes]:
    """Return the pages."""
    loader = jinja2.FileSystemLoader(HERE / "templates")
    strict = jinja2.StrictUndefined
    templates = jinja2.Environment(loader=loader, trim_blocks=True, undefined=strict)
    made: dict[str, str | bytes] = {}
    for k, lesson in enumerate(lessons):
        made[lesson.page] = templates.get_template("lesson.html").render(
            title=f"{lesson.title} · Tensors to Digits",
            description=f"{lesson.name}: a lesson of the course Tensors to Digits.",
            has_explorers=bool(lesson.explorers),
            lesson=lesson,
            lessons=lessons,
            before=lessons[k - 1] if k else None,
            after=lessons[k + 1] if k + 1 < len(lessons) else None,
            ways=lesson.ways,
        )
    made["index.html"] = templates.get_template("index.html").render(
        title="Tensors to Digits",
        description="Ten lessons from a single number to a network that reads handwriting.",
        has_explorers=True,
        explorer=drawing(lessons[0]),
        cards=cards(lessons),
        commands=commands(),
        repository=REPOSITORY,
        ways=lessons[0].ways,
    )
    return made


def drawing(lesson: pages.Lesson) -> str:
    """Return the first explorer of the first lesson, for the front page."""
    place, explorer = next(iter(lesson.explorers.items()))
    return pages.figure(place, explorer, lesson.pictures[0])


def cards(lessons: list[pages.Lesson]) -> list[dict[str, object]]:
    """Return what the front page says of each lesson; the first one's table has the words."""
    rows = re.findall(
        r"^\| \[(\d\d) [^|]*\| ([^|]*) \| (\d+)[^|]*\|", words_of(lessons[0].path), re.MULTILINE
    )
    said = {number: (question, minutes) for number, question, minutes in rows}
    made = []
    for lesson in lessons:
        alt = CARDS.get(lesson.number, "")
        first = lesson.pictures[0]
        question, minutes = said.get(lesson.number, ("How does one use these lessons?", ""))
        made.append(
            {
                "page": lesson.page,
                "number": lesson.number,
                "name": lesson.name,
                "question": question,
                "minutes": minutes,
                "picture": next((p for p in lesson.pictures if p.alt.startswith(alt)), first),
            }
        )
    return made


def words_of(path: Path) -> str:
    """Return the prose of a notebook."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")


def commands() -> str:
    """Return the README's two commands."""
    found = re.findall(r"^```\n(python3 .*?)\n```", (ROOT / "README.md").read_text("utf-8"), re.M)
    return "".join(f'<div class="code">{prose.code(text, "bash")}</div>\n' for text in found[:2])


def ways(name: str, lite: bool) -> str:
    """Return links to a notebook that runs, and to the file."""
    places = {
        "Colab": f"https://colab.research.google.com/github/{REPOSITORY}/blob/main/notebooks/{name}",
        "Binder": f"https://mybinder.org/v2/gh/{REPOSITORY}/main?urlpath=lab/tree/notebooks/{name}",
    }
    if lite:
        places = {"JupyterLite, in this browser": f"lite/lab/index.html?path={name}"} | places
    links = [f'<a href="{address}">{place}</a>' for place, address in places.items()]
    links.append(f'or <a href="notebooks/{name}" download>download {name}</a>')
    return ", ".join(links) + "."


def serve(out: Path, port: int) -> None:
    """Serve a folder on this computer, and on it alone."""
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=out)
    with http.server.ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        print(f"http://127.0.0.1:{server.server_port}/ (Ctrl+C ends it)")
        server.serve_forever()


def main() -> None:
    """Build, and serve if asked to."""
    parser = argparse.ArgumentParser(description="Build the course's web site.")
    parser.add_argument("out", type=Path, help="the folder to build it in")
    parser.add_argument("--serve", action="store_true", help="serve it on this computer")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--lite", action="store_true", help="lead to a JupyterLite in OUT/lite")
    asked = parser.parse_args()
    build(asked.out, NOTEBOOKS.glob("*.ipynb"), asked.lite)
    if asked.serve:
        serve(asked.out, asked.port)


if __name__ == "__main__":
    main()
