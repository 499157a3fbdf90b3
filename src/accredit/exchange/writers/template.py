"""A Word template of a pathway: every section with what it asks in grey, and the text so far.

What is printed here carries a bookmark with a fingerprint of its words. When the document comes back, a
printed line that nobody has written over is known by it and left out.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from accredit.exchange.recognition import Slot
from accredit.exchange.recognition.words import PRINTED, fingerprint
from accredit.exchange.writers.archive import settled_bytes
from accredit.exchange.writers.tree import moved, printable, tree_of
from accredit.exchange.writers.word import Drawing
from accredit.exchange.writers.word_styles import dress

INSTRUCTION = "Accredit instruction"
GREY = RGBColor(0x5B, 0x64, 0x70)


@dataclass(frozen=True)
class FilledExample:
    """One example as it stands now; `evidence` are titles of the pieces it uses."""

    title: str = ""
    description: str = ""
    reflection: str = ""
    type: str = ""
    jurisdiction: str = ""
    evidence: Sequence[str] = ()


@dataclass(frozen=True)
class Filled:
    """One slot as it stands now, with what it asks."""

    slot: Slot
    title: str
    asks: Sequence[str]
    has_types: bool
    area: str = ""
    text: str = ""
    principle_texts: Mapping[str, str] | None = None
    examples: Sequence[FilledExample] = ()


@dataclass(frozen=True)
class Words:
    """The words of the template, in the language of the person."""

    title: str
    how: Sequence[str]
    example: str
    description: str
    evidence: str
    reflection: str
    area: str
    type: str
    type_hint: str
    jurisdiction: str
    in_locker: str
    evidence_hint: str


def template_of(filled: Sequence[Filled], *, words: Words, language: str) -> bytes:
    """Return the template as a Word document."""
    document = Document()
    dress(document, language=language)
    style = document.styles.add_style(INSTRUCTION, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.font.color.rgb, style.font.size, style.font.italic = GREY, Pt(10), True
    document.core_properties.title = printable(words.title)[:255]
    document.core_properties.author = document.core_properties.comments = ""
    _Template(document, words).draw(filled)
    made = io.BytesIO()
    document.save(made)
    return settled_bytes(made)


class _Template:
    def __init__(self, document: Any, words: Words) -> None:
        self.document, self.words = document, words
        self.drawing = Drawing(document, {"words": {}}, _no_file)
        self.printed = 0

    def draw(self, filled: Sequence[Filled]) -> None:
        """Draw title, what to do with it, and every slot."""
        self.mark(self.document.add_paragraph(printable(self.words.title), style="Title"))
        self.says(*self.words.how)
        for each in filled:
            self.head(each.title, 1)
            self.says(*each.asks)
            self.slot(each)

    def slot(self, filled: Filled) -> None:
        """Draw one slot: a text, or examples with what stands around them."""
        if not filled.slot.holds_examples:
            self.text(filled.text)
            return
        if filled.slot.holds_area:
            self.head(self.words.area, 2)
            self.line(filled.area)
        for number, example in enumerate(filled.examples, 1):
            self.example(filled, number, example)
        for code, title in filled.slot.principles:
            self.head(title, 2)
            self.text((filled.principle_texts or {}).get(code, ""))

    def example(self, filled: Filled, number: int, example: FilledExample) -> None:
        """Draw one example, part by part."""
        title = f": {example.title}" if example.title else ""
        self.head(f"{self.words.example} {number}{title}", 2)
        if filled.has_types:
            self.head(self.words.type, 3)
            self.says(self.words.type_hint)
            self.line(example.type.capitalize())
            self.head(self.words.jurisdiction, 3)
            self.line(example.jurisdiction)
        self.head(self.words.description, 3)
        self.text(example.description)
        self.head(self.words.evidence, 3)
        self.says(self.words.evidence_hint)
        self.says(*(f"{self.words.in_locker} {each}" for each in example.evidence))
        self.line("")
        self.head(self.words.reflection, 3)
        self.text(example.reflection)

    def head(self, text: str, level: int) -> None:
        """Draw a heading."""
        self.document.add_heading(printable(text), level)

    def line(self, text: str) -> None:
        """Draw a short text, or an empty line to write on."""
        self.document.add_paragraph(printable(text))

    def text(self, html: str) -> None:
        """Draw a rich text with its headings below ours, or an empty line to write on."""
        blocks = moved(tree_of(html), by=1)
        self.drawing.blocks(blocks)
        if not blocks or blocks[-1]["kind"] == "table":
            self.line("")

    def says(self, *texts: str) -> None:
        """Print what the template says to its reader."""
        for text in texts:
            if text.strip():
                self.mark(self.document.add_paragraph(printable(text), style=INSTRUCTION))

    def mark(self, paragraph: Any) -> None:
        """Set the bookmark by which a printed line is known again."""
        self.printed += 1
        name = f"{PRINTED}{fingerprint(paragraph.text)}_{self.printed}"
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for element in (start, end):
            element.set(qn("w:id"), str(90_000 + self.printed))
        start.set(qn("w:name"), name[:40])
        paragraph._p.append(start)
        paragraph._p.append(end)


def _no_file(sha256: str) -> Path | None:
    return None
