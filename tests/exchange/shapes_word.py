"""Word documents in the shapes people really make."""

import io
import random
from collections.abc import Callable

from docx.document import Document as DocumentType

from tests.exchange import wordmaking as word
from tests.exchange.texts import Section

PARTS = ("description", "reflection")
Head = Callable[[str, int], object]


def title(section: Section) -> str:
    """Code and title as the scheme writes them; the title alone for statements."""
    slot = section.slot
    if not slot.holds_examples:
        return slot.title
    area = f": {section.area}" if section.area else ""
    return f"{slot.code} {slot.title}{area}"


def body(
    document: DocumentType, section: Section, head: Callable[[str, int], object], level: int = 2
) -> None:
    """Everything of a section under headings made by `head(text, level)`."""
    if not section.examples:
        word.write(document, section.passages[0].paragraphs)
    for number in section.examples:
        parts = section.of(number)
        if len(section.examples) > 1:
            head(f"Example {number}", level)
        for part in PARTS:
            head(part.capitalize(), level + 1 if len(section.examples) > 1 else level)
            word.write(document, parts[part])
    for passage in section.passages:
        if passage.place.part.startswith("principle:"):
            code = passage.place.part.removeprefix("principle:")
            head(dict(section.slot.principles)[code], level)
            word.write(document, passage.paragraphs)


def real_headings(rows: tuple[Section, ...]) -> bytes:
    """Heading 1 for a section, Heading 2 and 3 below."""
    document = word.new()
    document.add_heading("My CMALT portfolio", 0)
    for section in rows:
        document.add_heading(title(section), 1)
        body(document, section, document.add_heading)
    return word.saved(document)


def auto_numbers(rows: tuple[Section, ...]) -> bytes:
    """Numbers drawn by Word: groups 1, 2, 3, sections a, b, c below them; no code stands in the text."""
    document = word.new()
    word.numbered_headings(document, (("decimal", "%1."), ("lowerLetter", "%2)")))
    group = ""
    for section in rows:
        if not section.slot.holds_examples:
            document.add_paragraph(section.slot.title, style="Title")
        else:
            if section.slot.number != group:
                group = section.slot.number
                document.add_heading(section.slot.group, 1)
            document.add_heading(section.slot.title, 2)
        body(document, section, document.add_heading, level=3)
    return word.saved(document)


def bold_paragraphs(rows: tuple[Section, ...]) -> bytes:
    """No heading styles at all: bold paragraphs for sections and parts."""
    document = word.new()
    for section in rows:
        word.bold(document, title(section))
        body(document, section, lambda text, level: word.bold(document, text))
    return word.saved(document)


def tables(rows: tuple[Section, ...]) -> bytes:
    """One table for each section: its title over both columns, then part and text."""
    document = word.new()
    for section in rows:
        table = document.add_table(rows=0, cols=2)
        table.style = "Table Grid"
        head = table.add_row().cells
        head[0].merge(head[1]).text = title(section)
        for passage in section.passages:
            cells = table.add_row().cells
            cells[0].text = passage.place.part.capitalize() if passage.place.example else "Statement"
            cells[1].text = passage.paragraphs[0]
            for more in passage.paragraphs[1:]:
                cells[1].add_paragraph(more)
        document.add_paragraph("")
    return word.saved(document)


def columns(rows: tuple[Section, ...]) -> bytes:
    """A heading for each section, then a table with a column for each part."""
    document = word.new()
    for section in rows:
        document.add_heading(title(section), 1)
        if not section.examples:
            word.write(document, section.passages[0].paragraphs)
        for number in section.examples:
            parts = section.of(number)
            table = document.add_table(rows=2, cols=3)
            for cell, name in zip(
                table.rows[0].cells, ("Description", "Evidence", "Reflection"), strict=True
            ):
                cell.text = name
            cells = table.rows[1].cells
            cells[0].text, cells[2].text = "\n".join(parts["description"]), "\n".join(parts["reflection"])
            cells[1].text = "See the appendix of screenshots"
    return word.saved(document)


def no_headings(rows: tuple[Section, ...]) -> bytes:
    """Paragraphs, one after another."""
    document = word.new()
    for section in rows:
        for passage in section.passages:
            word.write(document, passage.paragraphs)
    return word.saved(document)


def reviewed(rows: tuple[Section, ...]) -> bytes:
    """Footnotes, tracked changes, comments, a header, a text box and links."""
    document = word.new()
    document.sections[0].header.paragraphs[0].text = "Draft of a portfolio, not for sharing"
    for number, section in enumerate(rows, 1):
        document.add_heading(title(section), 1)
        body(document, section, document.add_heading)
        last = document.add_paragraph(f"This is noted below{{{{{number}}}}}")
        word.insertion(last, " and this was put in later")
        word.deletion(last, f" and the word erstwhile{number} went")
        word.link(last, "the report", f"https://example.org/report/{number}")
        word.comment(document, last, f"Is this still true in section {number}?", "Ben Harbour")
        word.text_box(last, f"Boxed words of section {number}")
    notes = {str(number): f"The source of note number {number}" for number in range(1, len(rows) + 1)}
    return word.with_footnotes(word.saved(document), notes)


def pictures(rows: tuple[Section, ...]) -> bytes:
    """Sixty pictures between the paragraphs."""
    document, count = word.new(), 0
    for section in rows:
        document.add_heading(title(section), 1)
        body(document, section, document.add_heading)
        for _ in range(-(-60 // len(rows))):
            if count < 60:
                document.add_picture(io.BytesIO(word.picture(count)))
                document.paragraphs[-1]._p.xpath(".//wp:docPr")[0].set("descr", f"Screenshot number {count}")
                count += 1
    return word.saved(document)


def two_levels(rows: tuple[Section, ...]) -> bytes:
    """ "Core area 1: …" above "a) …" above "Example 1" above the parts."""
    document, group = word.new(), ""
    for section in rows:
        slot = section.slot
        if not slot.holds_examples:
            document.add_heading(slot.title, 1)
        elif slot.section in {"5", "6"}:
            document.add_heading(title(section), 1)
        else:
            if slot.number != group:
                group = slot.number
                document.add_heading(f"Core area {group}: {slot.group}", 1)
            document.add_heading(f"{slot.code[-1]}) {slot.title}", 2)
        body(document, section, document.add_heading, level=3)
    return word.saved(document)


def another_order(rows: tuple[Section, ...]) -> bytes:
    """Titles without codes, in an order of the writer's own."""
    document, mixed = word.new(), list(rows)
    random.Random(4).shuffle(mixed)
    for section in mixed:
        name = f"{section.slot.title}: {section.area}" if section.area else section.slot.title
        document.add_heading(name, 1)
        body(document, section, document.add_heading)
    return word.saved(document)


SLIPS = {
    "Constraints and benefits of different technologies": "Constrants and benefits of different technolgies",
    "Technical knowledge and ability in the use of learning technology": "Technical knowlege and abilty",
    "Supporting the deployment of learning technologies": "Suporting the deploymnet of learning technologies",
    "Understanding of teaching, learning and/or assessment processes": "Understanding of teaching processes",
    "Understanding of your target learners": "Understanding my target lerners",
    "Understanding and engaging with legislation": "Understanding & engaging with legilsation",
    "Policies and standards": "Policys and standards",
    "Communication and working with others": "Comunication and working with other people",
    "Contextual statement": "Contextal statement",
    "Future plans": "Future Plans and CPD",
}  # fmt: skip


def typos(rows: tuple[Section, ...]) -> bytes:
    """Titles as people type them, without codes."""
    document = word.new()
    for section in rows:
        document.add_heading(SLIPS.get(section.slot.title, title(section)), 1)
        body(document, section, document.add_heading)
    return word.saved(document)


def synonyms(rows: tuple[Section, ...]) -> bytes:
    """Other names for the same things: "Section 1(a)", "Introduction", "What I did"."""
    document = word.new()
    names = {"context": "Introduction and context", "plans": "CPD plans"}
    for section in rows:
        slot = section.slot
        code = f"Section {slot.number}({slot.code[-1]})"
        document.add_heading(names.get(slot.kind, code if slot.holds_examples else slot.title), 1)
        if not section.examples:
            word.write(document, section.passages[0].paragraphs)
        for number in section.examples:
            parts = section.of(number)
            if len(section.examples) > 1:
                document.add_heading(f"{('First', 'Second', 'Third')[number - 1]} example", 2)
            document.add_heading("What I did", 3)
            word.write(document, parts["description"])
            document.add_heading("What I learned", 3)
            word.write(document, parts["reflection"])
    return word.saved(document)


def run_in(rows: tuple[Section, ...]) -> bytes:
    """Parts as words before a colon at the start of a paragraph, sections underlined."""
    document = word.new()
    for section in rows:
        document.add_paragraph().add_run(title(section)).underline = True
        for passage in section.passages:
            first = document.add_paragraph()
            if passage.place.example:
                first.add_run(f"{passage.place.part.capitalize()}: ").bold = True
            first.add_run(passage.paragraphs[0])
            word.write(document, passage.paragraphs[1:])
    return word.saved(document)


EARLIER = {
    "1a": "An understanding of the constraints and benefits of different technologies",
    "1b": "Technical knowledge and ability in the use of learning technology",
    "1c": "Supporting the deployment of learning technologies",
    "2a": "An understanding of teaching, learning and/or assessment processes",
    "2b": "An understanding of your target learners",
    "3a": "Understanding and engaging with legislation, policies and standards",
    "3b": "A second legislative area, policy or standard",
    "4a": "Communication and working with others",
}


def subheadings(rows: tuple[Section, ...]) -> bytes:
    """The wording of earlier years, and bold subheadings of the writer's own that sound like sections."""
    document = word.new()
    for section in rows:
        name = EARLIER.get(section.slot.code)
        word.bold(document, f"{section.slot.code}) {name}" if name else title(section))
        for number in section.examples:
            parts = section.of(number)
            word.bold(document, f"Example {number}")
            for head, part in (("Context", "description"), ("Reflection", "reflection")):
                word.bold(document, head)
                word.write(document, parts[part][:1])
                word.bold(document, "What happened" if part == "description" else "Next steps")
                word.write(document, parts[part][1:])
        if not section.examples:
            word.write(document, section.passages[0].paragraphs)
    return word.saved(document)
