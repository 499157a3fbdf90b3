"""Markdown and plain text: rendered, then read like a page."""

from dataclasses import replace
from pathlib import Path

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from accredit.exchange.documents import Document, Loose
from accredit.exchange.readers.container import text_of
from accredit.exchange.readers.html import of_text
from accredit.rulebook.faults import Code
from accredit.toolkit.refusals import refuse

DEEPEST = 80


def read(path: Path, into: Path, *, name: str) -> Document:
    """Read a Markdown file: tables, footnotes and front matter included; HTML within it is text."""
    text = text_of(path.read_bytes(), name=name)
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": DEEPEST}).enable(
        ["table", "strikethrough"]
    )
    parser.use(footnote_plugin).use(front_matter_plugin)
    tokens = parser.parse(text)
    # The parser drops without a word what is nested deeper.
    if max((each.level for each in tokens), default=0) >= DEEPEST - 2:
        refuse(Code.IMPORT_TOO_DEEP, name=name)
    front = [each.content for each in tokens if each.type == "front_matter"]
    document = of_text(
        parser.render(text) or "<p></p>", into, name=name, fetch=lambda _: None, form="markdown"
    )
    return replace(document, loose=(*document.loose, *(Loose(each, "front") for each in front)))
