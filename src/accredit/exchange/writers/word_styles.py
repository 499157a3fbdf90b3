"""How the Word document looks: its styles, page and lists."""

from typing import Any, NamedTuple

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

INK, SOFT, ACCENT = RGBColor(0x1F, 0x29, 0x33), RGBColor(0x52, 0x60, 0x6D), RGBColor(0x1F, 0x5F, 0x63)
TEXT, HEAD, CODE = "Georgia", "Calibri", "Consolas"


class Look(NamedTuple):
    """Letters, and the room around a paragraph; sizes in points."""

    font: str
    size: float
    bold: bool
    italic: bool
    colour: RGBColor
    before: float = 0
    after: float = 8


_PARAGRAPHS: dict[str, Look] = {
    "Scheme": Look(HEAD, 12, True, False, ACCENT, 150, 4),
    "Holder": Look(TEXT, 20, False, False, INK, 60, 60),
    "Fact": Look(HEAD, 10, False, False, SOFT, 0, 3),
    "Note": Look(HEAD, 9.5, False, False, SOFT, 2, 6),
    "Contents Heading": Look(HEAD, 20, True, False, INK, 0, 14),
    "Contents Line": Look(TEXT, 11, False, False, INK, 0, 5),
    "Asks Title": Look(HEAD, 9, True, False, SOFT, 6, 2),
    "Asks": Look(HEAD, 9.5, False, False, SOFT, 0, 6),
    "Evidence": Look(HEAD, 11, True, False, INK, 12, 4),
    "Preformatted": Look(CODE, 9, False, False, INK, 4, 8),
    "Divider": Look(TEXT, 11, False, False, SOFT, 8, 8),
    "Hash": Look(CODE, 6, False, False, SOFT, 0, 2),
}
_HEADINGS = {1: (20, 0, 14), 2: (15, 20, 8), 3: (12, 14, 6), 4: (11, 12, 4), 5: (11, 10, 4), 6: (11, 10, 4)}


def dress(document: Any, *, language: str) -> None:
    """Set page, language and styles."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.9)
    section.top_margin = section.bottom_margin = Cm(2.6)
    styles = document.styles
    _speak(styles, language)
    _font(styles["Normal"], Look(TEXT, 11, False, False, INK))
    spacing = styles["Normal"].paragraph_format
    spacing.space_after, spacing.line_spacing_rule, spacing.line_spacing = (
        Pt(8),
        WD_LINE_SPACING.MULTIPLE,
        1.3,
    )
    _font(styles["Title"], Look(HEAD, 34, True, False, INK))
    _without_line(styles["Title"])
    _font(styles["Subtitle"], Look(TEXT, 14, False, True, SOFT))
    _font(styles["Quote"], Look(TEXT, 11, False, True, SOFT))
    styles["Quote"].paragraph_format.left_indent = Cm(0.9)
    for level, (size, before, after) in _HEADINGS.items():
        style = styles[f"Heading {level}"]
        _font(style, Look(HEAD, size, True, level > 4, ACCENT if level == 3 else INK))
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.keep_with_next = True
    for name, look in _PARAGRAPHS.items():
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        _font(style, look)
        style.paragraph_format.space_before = Pt(look.before)
        style.paragraph_format.space_after = Pt(look.after)
    styles["Evidence"].paragraph_format.keep_with_next = True
    for name in ("Asks Title", "Asks"):
        styles[name].paragraph_format.left_indent = Cm(0.7)
    _characters(styles)
    _tables(styles)
    _number_pages(section)


def _number_pages(section: Any) -> None:
    """Put the number of the page at its foot."""
    line = section.footer.paragraphs[0]
    line.style = "Note"
    field, run = OxmlElement("w:fldSimple"), OxmlElement("w:r")
    field.set(qn("w:instr"), "PAGE")
    words = OxmlElement("w:t")
    words.text = "1"
    run.append(words)
    field.append(run)
    line._p.append(field)


def widen(table: Any, widths: tuple[float, ...]) -> None:
    """Give the columns of a table widths of their own, in centimetres."""
    table.autofit = False
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)


def _characters(styles: Any) -> None:
    link = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb, link.font.underline = ACCENT, True
    code = styles.add_style("Code", WD_STYLE_TYPE.CHARACTER)
    code.font.name = CODE


def _tables(styles: Any) -> None:
    """Lines below each row and nothing else; room around the words."""
    style = styles.add_style("Accredit Table", WD_STYLE_TYPE.TABLE)
    style.base_style = styles["Normal Table"]
    style.font.size = Pt(9.5)
    properties = OxmlElement("w:tblPr")
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "C3CCD5")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    room = OxmlElement("w:tblCellMar")
    for side, width in (("top", "60"), ("left", "80"), ("bottom", "60"), ("right", "80")):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), width)
        margin.set(qn("w:type"), "dxa")
        room.append(margin)
    properties.append(borders)
    properties.append(room)
    style.element.append(properties)


def _font(style: Any, look: Look) -> None:
    font = style.font
    font.name, font.size, font.color.rgb = look.font, Pt(look.size), look.colour
    font.bold, font.italic = look.bold, look.italic
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for each in list(fonts.attrib):
        if each.endswith("Theme"):
            del fonts.attrib[each]
    for each in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(each), look.font)


def _speak(styles: Any, language: str) -> None:
    defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    lang = OxmlElement("w:lang")
    lang.set(qn("w:val"), language)
    defaults.append(lang)


def _without_line(style: Any) -> None:
    properties = style.element.get_or_add_pPr()
    for line in properties.findall(qn("w:pBdr")):
        properties.remove(line)


def list_style(is_first: bool) -> str:
    """Return the style of a list's paragraph: with its mark, or going on under it."""
    return "List Paragraph" if is_first else "List Continue"


class Numbering:
    """Lists with their own numbers: Word counts on through a document unless told to begin anew."""

    def __init__(self, document: Any) -> None:
        self.root = document.part.numbering_part.element
        taken = [int(each.get(qn("w:abstractNumId"))) for each in self.root.findall(qn("w:abstractNum"))]
        self.bullets, self.numbers = max(taken, default=0) + 1, max(taken, default=0) + 2
        self.last = max((int(each.get(qn("w:numId"))) for each in self.root.findall(qn("w:num"))), default=0)
        first = self.root.find(qn("w:num"))
        for key, is_ordered in ((self.bullets, False), (self.numbers, True)):
            made = self._abstract(key, is_ordered)
            first.addprevious(made) if first is not None else self.root.append(made)

    def _abstract(self, key: int, is_ordered: bool) -> Any:
        made = OxmlElement("w:abstractNum")
        made.set(qn("w:abstractNumId"), str(key))
        kind = OxmlElement("w:multiLevelType")
        kind.set(qn("w:val"), "multilevel")
        made.append(kind)
        for level in range(9):
            made.append(_level(level, is_ordered))
        return made

    def begin(self, *, is_ordered: bool) -> int:
        """Return the number of a new list."""
        self.last += 1
        made = OxmlElement("w:num")
        made.set(qn("w:numId"), str(self.last))
        kind = OxmlElement("w:abstractNumId")
        kind.set(qn("w:val"), str(self.numbers if is_ordered else self.bullets))
        made.append(kind)
        for level in range(9 if is_ordered else 0):
            anew, start = OxmlElement("w:lvlOverride"), OxmlElement("w:startOverride")
            anew.set(qn("w:ilvl"), str(level))
            start.set(qn("w:val"), "1")
            anew.append(start)
            made.append(anew)
        self.root.append(made)
        return self.last

    def put(self, paragraph: Any, number: int, level: int) -> None:
        """Make a paragraph an item of a list; number 0 goes on under the item before it."""
        if number:
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = level, number
        else:
            paragraph.paragraph_format.left_indent = Cm(0.75 * (level + 1))


def _level(level: int, is_ordered: bool) -> Any:
    made = OxmlElement("w:lvl")
    made.set(qn("w:ilvl"), str(level))
    text = f"%{level + 1}." if is_ordered else "•–"[level % 2]
    values = (
        ("start", "1"),
        ("numFmt", "decimal" if is_ordered else "bullet"),
        ("lvlText", text),
        ("lvlJc", "left"),
    )
    for name, value in values:
        each = OxmlElement(f"w:{name}")
        each.set(qn("w:val"), value)
        made.append(each)
    layout, indent = OxmlElement("w:pPr"), OxmlElement("w:ind")
    indent.set(qn("w:left"), str(425 * (level + 1)))
    indent.set(qn("w:hanging"), "340")
    layout.append(indent)
    made.append(layout)
    return made
