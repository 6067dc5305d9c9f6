"""Markdown, formulas and code as HTML, all set when the site is built."""

import html
import re
from collections.abc import Callable
from typing import Any

import latex2mathml.converter
import mistune
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name

KERNEL_ONLY = re.compile(r'\s?<span class="kernel-only">.*?</span>', re.DOTALL)
FORMULA = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)
TAG = re.compile(r"<[^>]+>")


def code(source: str, language: str = "python") -> str:
    """Return code as HTML, a class a kind of word."""
    if language == "text":
        return f"<pre><code>{html.escape(source)}</code></pre>"
    formatter = HtmlFormatter(nowrap=True)
    return f"<pre><code>{highlight(source, get_lexer_by_name(language), formatter)}</code></pre>"


def formula(latex: str) -> str:
    """Return a formula of LaTeX as MathML."""
    return latex2mathml.converter.convert(latex.strip(), display="block")


class Renderer(mistune.HTMLRenderer):
    """HTML with an anchor a heading, highlighted code, and links between the lessons' pages."""

    def __init__(self, anchor: Callable[[str], str]) -> None:
        super().__init__(escape=False)
        self.anchor = anchor
        self.headings: list[tuple[int, str, str]] = []  # level, anchor, HTML

    def heading(self, text: str, level: int, **_: Any) -> str:
        """Return a heading that can be linked to."""
        anchor = self.anchor(plain(text))
        self.headings.append((level, anchor, text))
        return f'<h{level} id="{anchor}">{text}</h{level}>\n'

    def block_code(self, code_: str, info: str | None = None) -> str:
        """Return highlighted code."""
        return f'<div class="code">{code(code_, info or "text")}</div>\n'

    def link(self, text: str, url: str, title: str | None = None) -> str:
        """Return a link; to a lesson, to its page."""
        return super().link(text, re.sub(r"^(\w+)\.ipynb", r"\1.html", url), title)

    def table_cell(self, text: str, align: str | None = None, head: bool = False) -> str:
        """Return a cell; one that is empty heads nothing."""
        tag = "th" if head and text.strip() else "td"
        return f"<{tag}>{text}</{tag}>\n"

    def table(self, text: str) -> str:
        """Return a table in a box of its own, which scrolls where it is too wide."""
        return f'<div class="table"><table>\n{text}</table></div>\n'


def markdown(source: str, renderer: Renderer) -> str:
    """Return a cell of prose as HTML, without what only makes sense beside a kernel."""
    source = KERNEL_ONLY.sub("", source)
    source = FORMULA.sub(lambda found: f'<div class="formula">{formula(found[1])}</div>', source)
    return str(mistune.create_markdown(renderer=renderer, plugins=["table"])(source))


def anchors() -> Callable[[str], str]:
    """Return a function that names headings, each name once: "2 · Step by step", "step-by-step"."""
    taken: dict[str, int] = {}

    def anchor(text: str) -> str:
        words = re.sub(r"\(.*?\)|^\d+", " ", text.lower())
        name = "-".join(re.findall(r"\w+", words)) or "section"
        taken[name] = taken.get(name, 0) + 1
        return name if taken[name] == 1 else f"{name}-{taken[name]}"

    return anchor


def plain(text: str) -> str:
    """Return HTML without its tags, as words to search in."""
    return " ".join(html.unescape(TAG.sub(" ", text)).split())
