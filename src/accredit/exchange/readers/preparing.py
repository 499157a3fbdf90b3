"""Making a Word document ready: what the converter would pass over is put where it sees it, or set aside."""

from lxml import etree

from accredit.exchange.documents import Loose, Remark
from accredit.exchange.readers import marks
from accredit.exchange.readers.numbering import Numbers
from accredit.exchange.readers.styles import Style
from accredit.exchange.readers.wordml import (
    MC,
    NAMES,
    M,
    child,
    each,
    is_on,
    remove,
    run,
    text_of,
    unwrap,
    value,
    w,
)
from accredit.exchange.recognition.words import PRINTED, fingerprint

LONGEST_HEADING = 16
_WRAPPERS = ("fldSimple", "dir", "bdo", "smartTag", "customXml", "rubyBase", "ruby")


class Preparation:
    """The body of a document while it is made ready; `loose` and `remarks` are what was found on the way."""

    def __init__(self, body: etree._Element, styles: dict[str, Style], numbers: Numbers) -> None:
        self.body = body
        self.styles = styles
        self.numbers = numbers
        self.loose: list[Loose] = []
        self.quotes: dict[str, str] = {}

    def drop_instructions(self) -> None:
        """Take out what our own template printed; where somebody wrote over it, it is their text."""
        for start in each(self.body, "bookmarkStart"):
            name, paragraph = value(start, "name"), next(start.iterancestors(w("p")), None)
            if paragraph is not None and name.startswith(PRINTED):
                mark = name.removeprefix(PRINTED).partition("_")[0]
                if fingerprint(text_of(paragraph)) == mark:
                    remove(paragraph)

    def run(self) -> None:
        """Do everything else, in the order in which one step needs another."""
        self._set_deletions_aside()
        self._move_text_boxes()
        for name in _WRAPPERS:
            for element in each(self.body, name):
                unwrap(element)
        self._write_formulas()
        self._set_contents_aside()
        self._drop_outside_pictures()
        self._mark_comments()
        self._mark_headings()

    def _set_deletions_aside(self) -> None:
        for name in ("del", "moveFrom"):
            for element in each(self.body, name):
                # Within properties it only marks that a paragraph or a row was deleted.
                parent = element.getparent()
                if parent is None or _tag(parent) in {"rPr", "trPr"}:
                    continue
                self._put_aside(text_of(element, deleted=True), "deleted" if name == "del" else "moved")
                remove(element)

    def _put_aside(self, text: str, why: str) -> None:
        if not text:
            return
        last = self.loose[-1] if self.loose else None
        if last is not None and last.why == why and len(last.text) < 2000:
            self.loose[-1] = Loose(f"{last.text} {text}", why)
        else:
            self.loose.append(Loose(text, why))

    def _move_text_boxes(self) -> None:
        """Put the paragraphs of a text box behind the paragraph that it hangs on."""
        for choice in list(self.body.iter(f"{{{MC}}}AlternateContent")):
            self._choose(choice)
        for box in reversed(list(each(self.body, "txbxContent"))):
            paragraph = next(box.iterancestors(w("p")), None)
            parent = None if paragraph is None else paragraph.getparent()
            if paragraph is None or parent is None:
                continue
            at = parent.index(paragraph) + 1
            for number, inner in enumerate(list(box)):
                parent.insert(at + number, inner)
            remove(box)

    def _choose(self, choice: etree._Element) -> None:
        """Of the two ways in which Word writes a drawing, keep one: the newer with text, else the older."""
        newer = choice.find(f"{{{MC}}}Choice")
        older = choice.find(f"{{{MC}}}Fallback")
        has_text = newer is not None and newer.find(".//w:txbxContent", NAMES) is not None
        has_picture = newer is not None and newer.find(".//a:blip", NAMES) is not None
        kept = newer if has_text or has_picture or older is None else older
        for other in (newer, older):
            if other is not None and other is not kept:
                remove(other)
        if kept is not None:
            unwrap(kept)
        unwrap(choice)

    def _write_formulas(self) -> None:
        for name in ("oMathPara", "oMath"):
            for element in list(self.body.iter(f"{{{M}}}{name}")):
                parent = element.getparent()
                if parent is not None and (text := text_of(element)):
                    parent.replace(element, run(f" {text} "))

    def _set_contents_aside(self) -> None:
        """Set a table of contents aside: its headings come again where they belong."""
        for paragraph in each(self.body, "p"):
            style = self._style(paragraph)
            if style.is_contents:
                self._put_aside(text_of(paragraph), "contents")
                remove(paragraph)

    def _drop_outside_pictures(self) -> None:
        """Drop pictures that are only named by an address: nothing is fetched while a document is read."""
        for blip in list(self.body.iterfind(".//a:blip", NAMES)):
            if blip.get(f"{{{NAMES['r']}}}link") and not blip.get(f"{{{NAMES['r']}}}embed"):
                remove(blip)

    # --- comments -----------------------------------------------------------------------------------------

    def _mark_comments(self) -> None:
        open_now: dict[str, list[str]] = {}
        for element in self.body.iter():
            if element.tag == w("commentRangeStart"):
                open_now[value(element, "id")] = []
            elif element.tag == w("commentRangeEnd"):
                number = value(element, "id")
                self.quotes[number] = " ".join("".join(open_now.pop(number, [])).split())
            elif element.tag == w("t") and open_now:
                for words in open_now.values():
                    words.append(element.text or "")
            elif element.tag == w("p") and open_now:
                for words in open_now.values():
                    words.append(" ")
        for reference in each(self.body, "commentReference"):
            mark = etree.Element(w("t"))
            mark.text = marks.comment(value(reference, "id"))
            parent = reference.getparent()
            if parent is not None:
                parent.replace(reference, mark)

    # --- headings -----------------------------------------------------------------------------------------

    def _mark_headings(self) -> None:
        for paragraph in each(self.body, "p"):
            style, text = self._style(paragraph), text_of(paragraph)
            number = self._number(paragraph, style)
            if not text:
                continue
            level = self._level(paragraph, style, text)
            if level is not None:
                _lead(paragraph, marks.heading(level) + (f"{number} " if number else ""))

    def _number(self, paragraph: etree._Element, style: Style) -> str:
        numbers = child(paragraph, "pPr", "numPr")
        list_id = value(child(numbers, "numId")) or style.list_id
        depth = value(child(numbers, "ilvl")) or str(style.depth)
        return (
            self.numbers.next(list_id, int(depth)) if list_id and list_id != "0" and depth.isdigit() else ""
        )

    def _level(self, paragraph: etree._Element, style: Style, text: str) -> int | None:
        outline = value(child(paragraph, "pPr", "outlineLvl"))
        if outline.isdigit() and int(outline) < 6:
            return int(outline) + 1
        if style.level is not None:
            return style.level
        return 7 if self._is_bold_heading(paragraph, style, text) else None

    def _is_bold_heading(self, paragraph: etree._Element, style: Style, text: str) -> bool:
        if len(text.split()) > LONGEST_HEADING or text.endswith((".", ",", ";")):
            return False
        runs = [each for each in paragraph.iter(w("r")) if text_of(each)]
        return bool(runs) and all(_is_strong(each, style) for each in runs)

    def _style(self, paragraph: etree._Element) -> Style:
        return self.styles.get(value(child(paragraph, "pPr", "pStyle")), Style())


def _is_strong(element: etree._Element, style: Style) -> bool:
    bold = child(element, "rPr", "b")
    if bold is not None:
        return is_on(bold)
    return style.is_bold or is_on(child(element, "rPr", "u"))


def _lead(paragraph: etree._Element, mark: str) -> None:
    """Put a mark before the words of a paragraph."""
    properties = paragraph.find(w("pPr"))
    paragraph.insert(0 if properties is None else 1, run(mark))


def _tag(element: etree._Element) -> str:
    return etree.QName(element).localname


def remarks_in(root: etree._Element | None, quotes: dict[str, str]) -> dict[str, Remark]:
    """Return the comments of a document by number, with the passages they stand at."""
    if root is None:
        return {}
    found = {}
    for comment in root.iter(w("comment")):
        number = value(comment, "id")
        paragraphs = [text_of(each) for each in comment.iter(w("p"))]
        text = "\n".join(each for each in paragraphs if each)
        if text:
            found[number] = Remark(text, value(comment, "author"), quotes.get(number, ""))
    return found
