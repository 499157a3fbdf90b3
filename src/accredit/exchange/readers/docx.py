"""Word documents: made ready, turned into HTML by mammoth, cut into blocks."""

import re
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any

import mammoth
from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement

from accredit.exchange.documents import Document, Loose, Piece, put
from accredit.exchange.readers import marks
from accredit.exchange.readers.blocks import Walker
from accredit.exchange.readers.checking import MOST_PICTURES, cautions, complete
from accredit.exchange.readers.container import LARGEST_PICTURE, Container, opened, parsed
from accredit.exchange.readers.notes import take_notes
from accredit.exchange.readers.numbering import Numbers
from accredit.exchange.readers.preparing import Preparation, remarks_in
from accredit.exchange.readers.styles import styles_in
from accredit.exchange.readers.wordml import STRICT, each, text_of, w
from accredit.rulebook.faults import Code
from accredit.toolkit.refusals import refuse

# Word paragraphs of these names are no text of the person's.
_STYLE_MAP = "p[style-name='Title'] => h1:fresh\nu => u\n"
_SHOWABLE = frozenset({"png", "jpg", "jpeg", "gif", "webp"})


def read(path: Path, into: Path, *, name: str) -> Document:
    """Read a Word document; pictures go into the folder."""
    with opened(path, name=name) as container:
        main = _main_part(container)
        if any(member.lower().endswith("vbaproject.bin") for member in container.members):
            refuse(Code.FILE_HOLDS_MACROS, name=name)
        _require_few_pictures(container)
        return _Reader(container, main, into).read()


def _main_part(container: Container) -> str:
    """Return the member with the text: named by the package, `word/document.xml` as a rule."""
    if "_rels/.rels" in container.members:
        for relation in container.xml("_rels/.rels"):
            if (relation.get("Type") or "").endswith("/officeDocument"):
                target = (relation.get("Target") or "").lstrip("/")
                if target in container.members and target.endswith(".xml"):
                    return target
    if "word/document.xml" not in container.members:
        refuse(Code.FILE_NOT_WHAT_IT_SAYS, name=container.name, kind="DOCX")
    return "word/document.xml"


def _require_few_pictures(container: Container) -> None:
    pictures = [each for each in container.members if "/media/" in each]
    if len(pictures) > MOST_PICTURES:
        refuse(Code.IMPORT_PICTURES_MANY, name=container.name, have=len(pictures), allowed=MOST_PICTURES)


class _Reader:
    def __init__(self, container: Container, main: str, into: Path) -> None:
        self.container = container
        self.main = main
        self.folder = str(PurePosixPath(main).parent)
        self.into = into
        self.unreadable = 0

    def read(self) -> Document:
        root = self._root(self.main)
        if root is None or root.find(w("body")) is None:
            refuse(Code.FILE_DAMAGED, name=self.container.name)
        numbers = Numbers(self._part("numbering"))
        preparation = Preparation(root, styles_in(self._part("styles")), numbers)
        preparation.drop_instructions()
        source = _paragraphs(root)
        preparation.run()
        source += self._notes()
        remarks = remarks_in(self._part("comments"), preparation.quotes)
        tree = self._converted(root)
        footnotes, _ = take_notes(tree)
        walker = Walker(self._picture)
        walker.walk(tree)
        at = dict(walker.comments)
        document = Document(
            form="docx",
            blocks=tuple(walker.blocks),
            remarks=tuple(_at(remark, at.get(number, -1)) for number, remark in remarks.items()),
            footnotes=footnotes,
            loose=(*preparation.loose, *self._margins()),
            cautions=cautions(
                deletions=sum(each.why == "deleted" for each in preparation.loose),
                pictures=self.unreadable,
            ),
            about=self._about(),
        )
        return complete(document, source)

    def _root(self, member: str) -> etree._Element | None:
        return self._xml(member) if member in self.container.members else None

    def _xml(self, member: str) -> etree._Element:
        content = self.container.read(member)
        for strict, usual in STRICT.items():
            content = content.replace(strict, usual)
        return parsed(content, name=self.container.name)

    def _part(self, name: str) -> etree._Element | None:
        return self._root(f"{self.folder}/{name}.xml")

    def _notes(self) -> list[str]:
        roots = (self._part("footnotes"), self._part("endnotes"))
        return [text for root in roots if root is not None for text in _paragraphs(root)]

    def _margins(self) -> Iterable[Loose]:
        """Return what stands in headers and footers, each text once."""
        seen = set[str]()
        for member in self.container.members:
            if re.fullmatch(rf"{re.escape(self.folder)}/(?:header|footer)\d*\.xml", member):
                root = self._root(member)
                text = text_of(root) if root is not None else ""
                # The number of a page says nothing.
                if text not in seen and any(each.isalpha() for each in text):
                    seen.add(text)
                    yield Loose(text, "margin")

    def _about(self) -> dict[str, str]:
        root = self._root("docProps/core.xml")
        if root is None:
            return {}
        found = {etree.QName(each).localname: (each.text or "").strip() for each in root}
        return {key: found[key][:200] for key in ("title", "creator", "modified") if found.get(key)}

    # --- by way of mammoth --------------------------------------------------------------------------------

    def _converted(self, root: etree._Element) -> HtmlElement:
        """Return the document as a tree of HTML; the converter sees only parts that were looked at."""
        ready = self.into / "ready.docx"
        with zipfile.ZipFile(ready, "w") as archive:
            for member in self.container.members:
                if member == self.main:
                    archive.writestr(member, etree.tostring(root))
                elif member.endswith((".xml", ".rels")) and self._is_wanted(member):
                    archive.writestr(member, etree.tostring(self._xml(member)))
                elif "/media/" in member:
                    archive.writestr(member, self._media(member))
        try:
            with ready.open("rb") as content:
                written = mammoth.convert_to_html(
                    content,
                    style_map=_STYLE_MAP,
                    include_embedded_style_map=False,
                    external_file_access=False,
                    convert_image=mammoth.images.img_element(self._image),
                )
        except (KeyError, ValueError, AttributeError, TypeError, IndexError, OSError):
            refuse(Code.FILE_DAMAGED, name=self.container.name)
        finally:
            ready.unlink(missing_ok=True)
        return lxml_html.fragment_fromstring(written.value, create_parent="div")

    def _is_wanted(self, member: str) -> bool:
        wanted = ("styles.xml", "numbering.xml", "footnotes.xml", "endnotes.xml")
        return member == "[Content_Types].xml" or member.endswith(".rels") or member.endswith(wanted)

    def _media(self, member: str) -> bytes:
        return self.container.read(member, most=LARGEST_PICTURE)

    def _image(self, image: Any) -> dict[str, str]:
        """Keep a picture's bytes and name it by their key."""
        ending = str(image.content_type or "").rpartition("/")[2].lower()
        try:
            with image.open() as content:
                return {"src": f"{put(content.read(), into=self.into)}.{ending}"}
        except (KeyError, OSError, zipfile.BadZipFile):
            return {"src": ""}

    def _picture(self, image: HtmlElement) -> Piece | None:
        key, _, ending = (image.get("src") or "").partition(".")
        alt = marks.without(" ".join((image.get("alt") or "").split()))[:500]
        if ending not in _SHOWABLE or not key:
            self.unreadable += 1
            return Piece(name=f"picture.{ending or 'bin'}", alt=alt)
        return Piece(name=f"picture.{ending}", key=key, alt=alt)


def _at(remark: Any, block: int) -> Any:
    return type(remark)(remark.text, remark.author, remark.quote, block)


def _paragraphs(root: etree._Element) -> list[str]:
    """Return the words of each paragraph as they stand in the source, deletions and copies left out."""
    found = []
    for paragraph in each(root, "p"):
        outer = next(paragraph.iterancestors(w("p")), None)
        is_copy = any(etree.QName(above).localname == "Fallback" for above in paragraph.iterancestors())
        if outer is None and not is_copy:
            found.append(_own_words(paragraph))
    return [text for text in found if text]


def _own_words(paragraph: etree._Element) -> str:
    words = []
    for part in paragraph.iter(w("t"), w("p"), w("tab"), w("br")):
        above = {etree.QName(outer).localname for outer in part.iterancestors()}
        if part.tag == w("t") and not above & {"del", "moveFrom", "Fallback"}:
            words.append(part.text or "")
        elif part.tag != w("t"):
            words.append(" ")
    return " ".join("".join(words).split())
