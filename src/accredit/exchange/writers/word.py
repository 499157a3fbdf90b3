"""DOCX: a Word document with real headings, lists, tables, links and pictures with their alt texts."""

import io
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from docx import Document
from docx.enum.text import WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu
from docx.text.run import Run as Stretch

from accredit.exchange.writers.archive import settled
from accredit.exchange.writers.base import Files, Remark, pictures_of, writer
from accredit.exchange.writers.paper import Paper, paper_of
from accredit.exchange.writers.pictures import fitted
from accredit.exchange.writers.tree import Block, Run, printable
from accredit.exchange.writers.word_styles import Numbering, dress, list_style, widen

WIDTH = Cm(15.2)
HEIGHT = Cm(17)
DEEPEST_LIST = 8


@writer(
    "docx",
    title=_("Word document"),
    what_for=_("To go on writing in Word, LibreOffice or Google Docs, with your pictures in place."),
    ending="docx",
    media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    prepare=paper_of,
    needs=pictures_of,
)
def render(prepared: Paper, files: Files, into: Path) -> Sequence[Remark]:
    """Write the document; its dates are those of the portfolio, so that it is the same bytes every time."""
    document = Document()
    dress(document, language=prepared["language"])
    _describe(document, prepared)
    Drawing(document, prepared, files).all()
    document.save(str(into))
    settled(into)
    return ()


def _describe(document: Any, paper: Paper) -> None:
    properties = document.core_properties
    properties.title = printable(f"{paper['title']}: {paper['name']}")[:255]
    properties.author = properties.last_modified_by = printable(paper["name"])[:255]
    properties.subject, properties.language = printable(paper["scheme"])[:255], paper["language"]
    properties.comments = ""
    moment = datetime.fromisoformat(paper["dated"]).astimezone(UTC).replace(tzinfo=None, microsecond=0)
    properties.created = properties.modified = moment
    properties.revision = 1


class Drawing:
    """Walks the paper and appends to the document; `at` is where the next block goes: the body or a cell."""

    def __init__(self, document: Any, paper: Paper, files: Files) -> None:
        self.document, self.paper, self.words, self.files = document, paper, paper["words"], files
        self.at: Any = document
        self.numbering = Numbering(document)
        self.bookmarks = 0
        self.drawings: dict[str, Callable[[Block], object]] = {
            "p": lambda block: self.runs(self.paragraph(), block["runs"]),
            "h": self.heading,
            "ul": self.items,
            "ol": self.items,
            "quote": self.quote,
            "pre": lambda block: self.line(block["text"], "Preformatted"),
            "rule": lambda block: self.line("* * *", "Divider"),
            "table": self.table,
            "note": lambda block: self.line(block["text"], "Note"),
            "asks": self.asks,
            "piece": self.piece,
            "again": self.again,
            "list": self.listed,
        }

    def all(self) -> None:
        """Draw title page, contents and chapters."""
        paper = self.paper
        self.line(paper["scheme"], "Scheme")
        self.line(paper["title"], "Title")
        self.line(paper["kind"], "Subtitle")
        self.line(paper["name"], "Holder")
        for label, value in paper["facts"]:
            self.runs(self.paragraph("Fact"), [_run(f"{label}: "), _run(value, "strong")])
        self.line(paper["body"], "Note")
        self.line(self.words["contents"], "Contents Heading").paragraph_format.page_break_before = True
        for chapter in paper["chapters"]:
            self.leads(self.paragraph("Contents Line"), chapter["heading"], f"_{chapter['id']}")
        for chapter in paper["chapters"]:
            head = self.document.add_heading("", 1)
            head.paragraph_format.page_break_before = True
            self.bookmark(self.runs(head, [_run(chapter["heading"])]), f"_{chapter['id']}")
            self.blocks(chapter["blocks"])

    def blocks(self, blocks: Sequence[Block]) -> None:
        """Draw blocks one after the other."""
        for each in blocks:
            self.drawings[each["kind"]](each)

    def paragraph(self, style: str | None = None) -> Any:
        """Begin a paragraph."""
        return self.at.add_paragraph(style=style)

    def line(self, text: str, style: str) -> Any:
        """Draw a paragraph of one kind of text."""
        return self.runs(self.paragraph(style), [_run(text)])

    def runs(self, paragraph: Any, runs: Sequence[Run]) -> Any:
        """Draw stretches of text into a paragraph, links as links."""
        for each in runs:
            made: Any = OxmlElement("w:r")
            (self.link(paragraph, each["href"]) if each["href"] else paragraph._p).append(made)
            run = Stretch(made, paragraph)
            self.mark(run, each)
        return paragraph

    def mark(self, run: Any, said: Run) -> None:
        """Write a stretch with its marks."""
        lines = printable(said["text"]).split("\n")
        for number, text in enumerate(lines):
            if number:
                run.add_break(WD_BREAK.LINE)
            run.add_text(text)
        run.bold, run.italic = ("strong" in said["marks"]) or None, ("em" in said["marks"]) or None
        if said["href"]:
            run.style = "Hyperlink"
        elif "code" in said["marks"]:
            run.style = "Code"

    def link(self, paragraph: Any, href: str) -> Any:
        """Begin a link to an address."""
        made = OxmlElement("w:hyperlink")
        key = paragraph.part.relate_to(printable(href), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        made.set(qn("r:id"), key)
        paragraph._p.append(made)
        return made

    def leads(self, paragraph: Any, text: str, anchor: str) -> None:
        """Draw a link to a place in the document."""
        made, run = OxmlElement("w:hyperlink"), OxmlElement("w:r")
        made.set(qn("w:anchor"), anchor)
        words = OxmlElement("w:t")
        words.text = printable(text)
        run.append(words)
        made.append(run)
        paragraph._p.append(made)

    def bookmark(self, paragraph: Any, name: str) -> None:
        """Let links lead to a paragraph."""
        self.bookmarks += 1
        for tag, first in (("w:bookmarkStart", True), ("w:bookmarkEnd", False)):
            made = OxmlElement(tag)
            made.set(qn("w:id"), str(self.bookmarks))
            if first:
                made.set(qn("w:name"), name[:40])
            paragraph._p.append(made)

    def heading(self, block: Block) -> None:
        """Draw a heading."""
        self.runs(self.paragraph(f"Heading {block['level']}"), block["runs"])

    def quote(self, block: Block) -> None:
        """Draw a quotation: its paragraphs indented, all else as it is."""
        for each in block["blocks"]:
            if each["kind"] == "p":
                self.runs(self.paragraph("Quote"), each["runs"])
            else:
                self.blocks([each])

    def items(self, block: Block, depth: int = 0) -> None:
        """Draw a list; the lists within it go one level deeper, and numbers begin anew in each."""
        number = self.numbering.begin(is_ordered=block["kind"] == "ol")
        level = min(depth, DEEPEST_LIST)
        for item in block["items"]:
            is_first = True
            for each in item or [{"kind": "p", "runs": []}]:
                if each["kind"] in ("ul", "ol"):
                    self.items(each, depth + 1)
                elif each["kind"] == "p":
                    paragraph = self.runs(self.paragraph(list_style(is_first)), each["runs"])
                    self.numbering.put(paragraph, number if is_first else 0, level)
                else:
                    self.blocks([each])
                is_first = False

    def table(self, block: Block) -> None:
        """Draw a table whose first row is its head where it says so."""
        table = self.begin_table(block["height"], block["width"])
        for cell in block["cells"]:
            place = table.cell(cell["y"], cell["x"])
            if cell["across"] > 1 or cell["down"] > 1:
                place = place.merge(table.cell(cell["y"] + cell["down"] - 1, cell["x"] + cell["across"] - 1))
            self.within(place, _strong(cell["blocks"]) if cell["is_head"] else cell["blocks"])
        if all(cell["is_head"] for cell in block["cells"] if cell["y"] == 0):
            _repeat(table)

    def begin_table(self, rows: int, columns: int) -> Any:
        """Add an empty table where we are."""
        table = self.at.add_table(rows, columns)
        table.style = "Accredit Table"
        return table

    def within(self, cell: Any, blocks: Sequence[Block]) -> None:
        """Draw blocks into a cell; the empty paragraph it comes with goes."""
        outer, self.at = self.at, cell
        self.blocks(blocks)
        self.at = outer
        first = cell.paragraphs[0]
        has_end = cell._tc[-1].tag == qn("w:p") and cell._tc[-1] is not first._p
        if blocks and not first.text and has_end:
            first._p.getparent().remove(first._p)

    def asks(self, block: Block) -> None:
        """Draw the criteria, set back."""
        self.line(block["title"], "Asks Title")
        for each in block["blocks"]:
            self.runs(self.paragraph("Asks"), each["runs"])

    def piece(self, piece: Block) -> None:
        """Draw a piece of evidence in full."""
        private = f" ({self.words['private']})" if piece["is_private"] else ""
        title = self.paragraph("Evidence")
        self.bookmark(title, f"_{piece['id']}")
        self.runs(title, [_run(f"{piece['label']}  {piece['title']}{private}")])
        self.blocks(piece["shows"])
        if piece["address"]:
            self.runs(self.paragraph(), [_run(piece["address"], href=piece["address"])])
        if piece["is_picture"]:
            self.picture(piece)
        if piece["name"]:
            size = f" ({piece['size']})" if piece["size"] else ""
            self.line(f"{piece['name']}{size}", "Note")
        self.blocks(piece["blocks"])
        for label, text in piece["lines"]:
            self.runs(self.paragraph(), [_run(f"{label}: ", "strong"), _run(text)])

    def picture(self, piece: Block) -> None:
        """Draw a picture with its alt text, as large as the page allows."""
        path = self.files(piece["file"])
        picture = fitted(path) if path is not None else None
        if picture is None:
            self.line(self.words["lost"], "Note")
            return
        pixel = Emu(9525)
        scale = min(1.0, WIDTH / (picture.width * pixel), HEIGHT / (picture.height * pixel))
        run = self.paragraph().add_run()
        drawn = run.add_picture(io.BytesIO(picture.content), width=Emu(int(picture.width * pixel * scale)))
        described = drawn._inline.docPr
        described.set("descr", printable(piece["alt"]))
        described.set("name", printable(piece["label"]))

    def again(self, block: Block) -> None:
        """Draw the line that stands for a piece shown before."""
        self.leads(self.paragraph(), f"{block['label']}  {block['text']}", f"_{block['id']}")

    def listed(self, block: Block) -> None:
        """Draw the list of evidence."""
        names = ("number", "piece", "what", "size", "used")
        table = self.begin_table(len(block["rows"]) + 1, len(names))
        widen(table, (1.4, 6.2, 4.0, 1.8, 1.8))
        for cell, name in zip(table.rows[0].cells, names, strict=True):
            self.within(cell, [_line(self.words[name], "strong")])
        _repeat(table)
        for number, row in enumerate(block["rows"], 1):
            private = f" ({self.words['private']})" if row["is_private"] else ""
            said = [row["label"], f"{row['title']}{private}", row["what"], row["size"], row["used"]]
            for cell, text in zip(table.rows[number].cells, said, strict=True):
                self.within(cell, [_line(text)])
            if row["hash"]:
                self.within_also(table.rows[number].cells[1], f"SHA-256: {row['hash']}")

    def within_also(self, cell: Any, text: str) -> None:
        """Add a small line to a cell."""
        self.runs(cell.add_paragraph(style="Hash"), [_run(text)])


def _run(text: str, *marks: str, href: str = "") -> Run:
    return {"text": text, "marks": list(marks), "href": href}


def _line(text: str, *marks: str) -> Block:
    return {"kind": "p", "runs": [_run(text, *marks)]}


def _strong(blocks: Sequence[Block]) -> list[Block]:
    return [
        each | {"runs": [run | {"marks": ["strong", *run["marks"]]} for run in each["runs"]]}
        if each["kind"] == "p"
        else each
        for each in blocks
    ]


def _repeat(table: Any) -> None:
    """Say that the first row is the head, read out and repeated on every page."""
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(head)
