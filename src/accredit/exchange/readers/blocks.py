"""From a tree of HTML to blocks: headings, text, pictures; whatever the reader, the same steps."""

import re
from collections.abc import Callable, Iterator

from lxml import html as lxml_html
from lxml.html import HtmlElement

from accredit.exchange.documents import Block, Heading, Piece, Rich
from accredit.exchange.readers import marks
from accredit.exchange.recognition.headings import part_in
from accredit.toolkit.richtext import clean_html

HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = frozenset(
    {"p", "ul", "ol", "table", "blockquote", "pre", "div", "section", "article", "main", "header", "footer",
     "aside", "figure", "dl", "dt", "dd", "details", "summary", "form", "fieldset", "center", "address", "hr",
     "figcaption", "nav", "caption", "tr", "td", "th", "tbody", "thead", "tfoot", "li", "body", *HEADINGS}
)  # fmt: skip
LONGEST_HEADING = 16
# A cell of so many words is prose: the table was made to arrange a page, not to hold data.
PROSE = 25

Picture = Callable[[HtmlElement], Piece | None]


class Walker:
    """Walks a tree in reading order and gives its blocks; `picture` makes a piece of an img element."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        self.comments: list[tuple[str, int]] = []
        self.blocks: list[Block] = []

    def walk(self, element: HtmlElement) -> None:
        """Take an element that holds blocks: bare words in it become paragraphs."""
        loose: list[HtmlElement | str] = [element.text or ""]
        for inner in list(element):
            behind = inner.tail or ""
            if isinstance(inner.tag, str) and (inner.tag in BLOCKS or _holds_blocks(inner)):
                self._paragraph_of(loose)
                loose = []
                self._block(inner)
            elif isinstance(inner.tag, str):
                loose.append(inner)
            loose.append(behind)
        self._paragraph_of(loose)

    def _block(self, element: HtmlElement) -> None:
        tag = str(element.tag)
        if tag in HEADINGS:
            self._heading(element, HEADINGS[tag])
        elif tag in {"p", "figcaption", "caption", "dt", "summary", "address"} and not _holds_blocks(element):
            self._paragraph(element)
        elif tag in {"ul", "ol"}:
            self._list(element)
        elif tag == "table":
            self._table(element)
        elif tag in {"blockquote", "pre"} and not _holds_marks(element):
            self._rich(element)
        elif tag != "hr":
            self.walk(element)

    def _paragraph_of(self, parts: list[HtmlElement | str]) -> None:
        """Make a paragraph of words and inline elements that stood bare between blocks."""
        paragraph = lxml_html.Element("p")
        for part in parts:
            if not isinstance(part, str):
                part.tail = None
                paragraph.append(part)
            elif len(paragraph):
                paragraph[-1].tail = (paragraph[-1].tail or "") + part
            else:
                paragraph.text = (paragraph.text or "") + part
        if _text(paragraph) or paragraph.find(".//img") is not None:
            self._paragraph(paragraph)

    def _heading(self, element: HtmlElement, level: int) -> None:
        pictures = self._pictures_out_of(element)
        text = _text(element)
        if text and len(text.split()) > 60:
            self._rich(_as(element, "p"))
        elif text:
            self._add(Heading(level, marks.without(text)), text)
        self._add_all(pictures)

    def _paragraph(self, element: HtmlElement) -> None:
        level = marks.level_in(_text(element))
        if level is not None and level < 7:
            self._heading(element, level)
        elif level == 7 or _is_bold(element):
            pictures = self._pictures_out_of(element)
            self._add(Heading(7, marks.without(_text(element)), is_guessed=True), _text(element))
            self._add_all(pictures)
        else:
            for part in _split_at_bold_line(element):
                self._rich(part) if part.tag == "p" else self._paragraph(_as(part, "p"))

    def _list(self, element: HtmlElement) -> None:
        items = [each for each in element if each.tag == "li"]
        if _holds_marks(element) or (len(items) == 1 and _is_bold(items[0])):
            for item in items:
                self._paragraph(item) if not _holds_blocks(item) else self.walk(item)
        else:
            self._rich(element)

    # --- tables -------------------------------------------------------------------------------------------

    def _table(self, element: HtmlElement) -> None:
        rows = [[cell for cell in row if cell.tag in {"td", "th"}] for row in _rows(element)]
        caption = element.find("caption")
        if caption is not None:
            self._block(caption)
            element.remove(caption)
        if _heads_of_parts(rows):
            self._columns(rows)
        elif _is_layout(element, rows):
            for row in rows:
                self._row(row)
        else:
            self._rich(element)

    def _columns(self, rows: list[list[HtmlElement]]) -> None:
        """Read a table with a column for each part: down the first, then down the second."""
        for number, head in enumerate(rows[0]):
            self._label(head)
            for row in rows[1:]:
                if number < len(row):
                    self.walk(row[number])
        for row in rows[1:]:
            for cell in row[len(rows[0]) :]:
                self.walk(cell)

    def _row(self, row: list[HtmlElement]) -> None:
        filled = [cell for cell in row if _text(cell) or cell.find(".//img") is not None]
        for number, cell in enumerate(filled):
            short = len(_text(cell).split()) <= LONGEST_HEADING and cell.find(".//img") is None
            is_label = number == 0 and short and (len(filled) > 1 or len(row) == 1 or _is_bold(cell))
            if is_label and len(filled) <= 2:
                self._label(cell)
            else:
                self.walk(cell)

    def _label(self, cell: HtmlElement) -> None:
        level = marks.level_in(_text(cell))
        text = _text(cell)
        is_guessed = level is None or level == 7
        self._add(Heading(level or 7, marks.without(text), is_guessed=is_guessed), text)

    # --- adding -------------------------------------------------------------------------------------------

    def _rich(self, element: HtmlElement) -> None:
        pictures = self._pictures_out_of(element)
        text = _text(element)
        if text:
            notes = tuple(dict.fromkeys(re.findall(r"\[(\d{1,3}|[ivxlc]{1,6})\]", text)))
            clean = clean_html(marks.without(_html(element)))
            self._add(Rich(clean, notes=notes), text)
        self._add_all(pictures)

    def _pictures_out_of(self, element: HtmlElement) -> list[Piece]:
        found = []
        for image in list(element.iter("img")):
            piece = self.picture(image)
            if piece is not None:
                found.append(piece)
            image.drop_tree()
        return found

    def _add(self, block: Block, text: str = "") -> None:
        self.comments += [(number, len(self.blocks)) for number in marks.comments_in(text)]
        self.blocks.append(block)

    def _add_all(self, pieces: list[Piece]) -> None:
        for piece in pieces:
            self._add(piece)


def _rows(table: HtmlElement) -> Iterator[HtmlElement]:
    for inner in table:
        if inner.tag == "tr":
            yield inner
        elif inner.tag in {"thead", "tbody", "tfoot"}:
            yield from (row for row in inner if row.tag == "tr")


def _heads_of_parts(rows: list[list[HtmlElement]]) -> bool:
    """Say whether the first row names parts of an example, and prose stands below."""
    if len(rows) < 2 or len(rows[0]) < 2:
        return False
    named = [cell for cell in rows[0] if part_in(_text(cell))]
    return len(named) >= 2 and any(len(_text(cell).split()) > PROSE for row in rows[1:] for cell in row)


def _is_layout(table: HtmlElement, rows: list[list[HtmlElement]]) -> bool:
    if _holds_marks(table) or table.find(".//img") is not None or table.find(".//table") is not None:
        return True
    if any(part_in(_text(row[0])) for row in rows if row) and all(len(row) <= 2 for row in rows):
        return True
    widest = max((len(row) for row in rows), default=0)
    cells = [cell for row in rows for cell in row]
    return widest <= 2 and any(len(_text(cell).split()) > PROSE for cell in cells)


def _holds_blocks(element: HtmlElement) -> bool:
    return any(inner.tag in BLOCKS for inner in element.iterdescendants() if isinstance(inner.tag, str))


def _holds_marks(element: HtmlElement) -> bool:
    text = _text(element)
    return marks.level_in(text) is not None or any(
        inner.tag in HEADINGS for inner in element.iterdescendants()
    )


def _is_bold(element: HtmlElement) -> bool:
    """Say whether a short text is all bold (or underlined): people make headings that way."""
    text = _text(element)
    if not text or len(text.split()) > LONGEST_HEADING or text.endswith((".", ",", ";")):
        return False
    bare = [element.text or ""]
    for inner in element.iterdescendants():
        strong = any(each.tag in {"strong", "b", "u"} for each in [inner, *inner.iterancestors()])
        bare.append("" if strong else (inner.text or ""))
        outer = inner.getparent()
        above = [] if outer is None else [outer, *outer.iterancestors()]
        bare.append("" if any(each.tag in {"strong", "b", "u"} for each in above) else (inner.tail or ""))
    return not "".join(bare).strip(" \xa0\n\t:")


def _split_at_bold_line(element: HtmlElement) -> list[HtmlElement]:
    """Split "**Description**<br>text" into a heading (tag "b") and the paragraph; else one paragraph."""
    first = element[0] if len(element) and not (element.text or "").strip() else None
    if first is None or first.tag not in {"strong", "b"} or (first.tail or "").strip() or len(element) < 2:
        return [_as(element, "p")]
    if element[1].tag != "br" or not _is_bold(first):
        return [_as(element, "p")]
    rest = _as(element, "p")
    head = _as(rest[0], "b")
    wrapped = lxml_html.Element("b")
    wrapped.append(_as(head, "strong"))
    rest.text = rest[1].tail
    rest[1].tail = None
    for part in list(rest)[:2]:
        rest.remove(part)
    return [wrapped, rest]


def _as(element: HtmlElement, tag: str) -> HtmlElement:
    """Return an element under another name, alone."""
    made = lxml_html.Element(tag)
    made.text = element.text
    for inner in list(element):
        made.append(inner)
    return made


def _text(element: HtmlElement) -> str:
    return " ".join("".join(_words(element)).split())


def _words(element: HtmlElement) -> Iterator[str]:
    gap = " " if element.tag in BLOCKS or element.tag == "br" else ""
    yield gap + (element.text or "")
    for inner in element:
        if isinstance(inner.tag, str):
            yield from _words(inner)
        yield inner.tail or ""
    yield gap


def _html(element: HtmlElement) -> str:
    tail, element.tail = element.tail, None
    written = lxml_html.tostring(element, encoding="unicode")
    element.tail = tail
    return str(written)
