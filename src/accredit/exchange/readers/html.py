"""Web pages: one file, or a zip file with the page and its pictures."""

import base64
import binascii
import re
from collections.abc import Callable, Iterable
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import parse_qs, unquote, urlsplit

from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement

from accredit.exchange.documents import Document, Loose, Piece, Remark, put
from accredit.exchange.readers.blocks import BLOCKS, Walker
from accredit.exchange.readers.checking import cautions, complete
from accredit.exchange.readers.container import LARGEST_PICTURE, Container, opened, text_of
from accredit.exchange.readers.notes import take_notes
from accredit.rulebook.faults import Code
from accredit.toolkit.refusals import refuse

DROPPED = ("script", "style", "template", "noscript", "head", "iframe", "object", "embed", "svg", "math",
           "audio", "video", "canvas", "link", "meta", "base", "input", "button", "select")  # fmt: skip
SILENT = frozenset(
    {"script", "style", "template", "head", "title", "svg", "math", "select", "object", "button"}
)
PICTURES = ("png", "jpg", "jpeg", "gif", "webp")
MOST_PAGES = 100
DEEPEST = 200
_bold_rule = re.compile(r"\.([\w-]+)[^{}]*\{[^}]*font-weight:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_bold = re.compile(r"font-weight:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_charset = re.compile(rb"charset=[\"']?\s*([\w-]+)", re.IGNORECASE)

Fetch = Callable[[str], bytes | None]


def read(path: Path, into: Path, *, name: str) -> Document:
    """Read one page; pictures only as far as they stand in it."""
    return page(path.read_bytes(), into, name=name, fetch=lambda address: None)


def read_zip(path: Path, into: Path, *, name: str) -> Document:
    """Read a zip file with pages and pictures: the index first, then the other pages by name."""
    with opened(path, name=name) as container:
        pages = pages_in(container)
        if not pages:
            refuse(Code.IMPORT_NO_PAGE, name=name)
        documents = [
            page(container.read(member), into, name=name, fetch=_beside(container, member))
            for member in pages[:MOST_PAGES]
        ]
        beside = [f"{member}" for member in pages[MOST_PAGES:]]
    whole = joined(documents)
    return Document(
        form="html",
        blocks=whole.blocks,
        remarks=whole.remarks,
        footnotes=whole.footnotes,
        loose=(*whole.loose, *(Loose(each, "page") for each in beside)),
        cautions=whole.cautions,
        about=whole.about,
    )


def pages_in(container: Container) -> list[str]:
    """Return the pages of a container, the index before the others."""
    found = [
        member
        for member in container.members
        if member.lower().endswith((".html", ".htm", ".xhtml")) and not member.startswith("__MACOSX")
    ]
    depth = {member: (member.count("/"), "index" not in member.lower(), member) for member in found}
    return sorted(found, key=lambda each: depth[each])


def joined(documents: list[Document]) -> Document:
    """Return several documents as one, the numbers of blocks and notes set apart."""
    if len(documents) == 1:
        return documents[0]
    blocks: list[object] = []
    remarks: list[Remark] = []
    for each in documents:
        start = len(blocks)
        remarks += [
            Remark(row.text, row.author, row.quote, row.at + start if row.at >= 0 else -1)
            for row in each.remarks
        ]
        blocks += each.blocks
    notes = [(each, note) for each in documents for note in each.footnotes]
    # Marks of different pages may be the same: after the first page they cannot be told apart.
    first = {note.mark: note for each, note in reversed(notes)}
    later = [Loose(note.html, "footnote") for each, note in notes if first[note.mark] is not note]
    return Document(
        form="html",
        blocks=tuple(blocks),  # type: ignore[arg-type]
        remarks=tuple(remarks),
        footnotes=tuple(first.values()),
        loose=tuple(loose for each in documents for loose in each.loose) + tuple(later),
        cautions=tuple(caution for each in documents for caution in each.cautions),
        about=documents[0].about,
    )


def _beside(container: Container, page: str) -> Fetch:
    folder = container.folder(page)

    def fetch(address: str) -> bytes | None:
        path = unquote(urlsplit(address).path)
        parts = list[str]()
        for part in (
            folder / path.lstrip("/") if not path.startswith("/") else PurePosixPath(path[1:])
        ).parts:
            if part == "..":
                parts = parts[:-1]
            elif part != ".":
                parts.append(part)
        member = "/".join(parts)
        return container.read(member, most=LARGEST_PICTURE) if member in container.members else None

    return fetch


def decoded(content: bytes, *, name: str) -> str:
    """Return the text of a page: by its mark, what it declares, or UTF-8; old Western pages as Windows wrote
    them. Refused with NULs in it."""
    declared = _charset.search(content[:2048])
    if declared and declared[1].lower() in {b"iso-8859-1", b"windows-1252", b"latin1", b"latin-1"}:
        text = content.decode("cp1252", "replace")
    else:
        text = text_of(content, name=name)
    if "\x00" in text:
        refuse(Code.FILE_DAMAGED, name=name)
    return text


def page(content: bytes, into: Path, *, name: str, fetch: Fetch) -> Document:
    """Read one page; `fetch` gives the bytes of a picture beside it, or None."""
    text = decoded(content, name=name)
    return of_text(text, into, name=name, fetch=fetch, form="html")


def of_text(text: str, into: Path, *, name: str, fetch: Fetch, form: str) -> Document:
    """Read HTML that is text already."""
    if "<" not in text:
        text = f"<pre>{text}</pre>"
    _require_shallow(text, name=name)
    tree = _tree(text, name=name)
    title = _title(tree)
    bold = set(_bold_rule.findall(" ".join(str(each.text or "") for each in tree.iter("style"))))
    loose = [Loose(words, "navigation") for each in tree.iter("nav") if (words := _text(each))]
    for tag in (*DROPPED, "nav"):
        for element in list(tree.iter(tag)):
            element.drop_tree()
    _make_plain(tree, bold)
    footnotes, remarks = take_notes(tree)
    reader = _Pictures(into, fetch)
    walker = Walker(reader.piece)
    walker.walk(tree)
    at = dict(walker.comments)
    document = Document(
        form=form,
        blocks=tuple(walker.blocks),
        remarks=tuple(Remark(each.text, at=at.get(number, -1)) for number, each in remarks.items()),
        footnotes=footnotes,
        loose=tuple(loose),
        cautions=cautions(pictures=reader.missing),
        about={"title": title[:200]} if title else {},
    )
    return complete(document, paragraphs(text))


def _tree(text: str, *, name: str) -> HtmlElement:
    parser = lxml_html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    # A declaration of an encoding is refused in text that was decoded already.
    bare = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        tree = lxml_html.document_fromstring(bare, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        refuse(Code.IMPORT_NOTHING, name=name)
    return tree


def _title(tree: HtmlElement) -> str:
    found = tree.find(".//title")
    return "" if found is None else " ".join(str(found.text_content()).split())


def _make_plain(tree: HtmlElement, bold: set[str]) -> None:
    """Say by elements what a page says by style: bold. Take Google's detour out of addresses."""
    for element in list(tree.iter("span", "font")):
        classes = set((element.get("class") or "").split())
        if classes & bold or _bold.search(element.get("style") or ""):
            element.tag = "strong"
    for element in list(tree.iter("p")):
        classes = set((element.get("class") or "").split())
        if (classes & bold or _bold.search(element.get("style") or "")) and len(element.text or "") > 0:
            strong = lxml_html.Element("strong")
            strong.text, element.text = element.text, None
            element.insert(0, strong)
    for link in tree.iter("a"):
        link.set("href", direct(link.get("href") or ""))


def direct(address: str) -> str:
    """Return where an address leads that Google Docs has wrapped into one of its own."""
    parts = urlsplit(address) if len(address) < 4000 and "google" in address else None
    if parts and parts.netloc in {"www.google.com", "google.com"} and parts.path == "/url":
        found = parse_qs(parts.query).get("q") or parse_qs(parts.query).get("url")
        return found[0] if found else address
    return address


class _Pictures:
    """Finds the bytes of pictures: in the page, or beside it; nothing is fetched from elsewhere."""

    def __init__(self, into: Path, fetch: Fetch) -> None:
        self.into = into
        self.fetch = fetch
        self.missing = 0

    def piece(self, image: HtmlElement) -> Piece | None:
        source, alt = image.get("src") or "", " ".join((image.get("alt") or "").split())[:500]
        name = unquote(PurePosixPath(urlsplit(source).path).name)[:100] if len(source) < 2000 else ""
        content = self._content(source)
        ending = ending_of(content) if content else ""
        if not content or not ending:
            self.missing += 1
            is_web = source.startswith(("http://", "https://"))
            return Piece(name=name, alt=alt, address=source[:1000] if is_web else "")
        stem = name.rpartition(".")[0] or name or "picture"
        return Piece(name=f"{stem}.{ending}", key=put(content, into=self.into), alt=alt)

    def _content(self, source: str) -> bytes | None:
        if source.startswith("data:"):
            head, _, body = source.partition(",")
            try:
                return base64.b64decode(body, validate=False) if head.endswith(";base64") else None
            except (binascii.Error, ValueError):
                return None
        parts = urlsplit(source) if source and len(source) < 2000 else None
        return self.fetch(source) if parts and not parts.scheme and not parts.netloc else None


def ending_of(content: bytes) -> str:
    """Return the ending of a picture's name by its first bytes; '' for anything else."""
    heads = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpg", b"GIF8": "gif"}
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    return next((ending for head, ending in heads.items() if content.startswith(head)), "")


def _text(element: HtmlElement) -> str:
    return " ".join(" ".join(str(each) for each in element.itertext()).split())


class _Words(HTMLParser):
    """Gathers a page's words without building a tree: a second opinion on what it says, and how deep."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = [""]
        self.silent = 0
        self.depth = self.deepest = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silent += 1
        if tag not in {"br", "img", "hr", "meta", "link", "input", "p", "li", "td", "tr", "th"}:
            self.depth += 1
            self.deepest = max(self.deepest, self.depth)
        if tag in BLOCKS or tag == "br":
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silent = max(0, self.silent - 1)
        self.depth = max(0, self.depth - 1)
        if tag in BLOCKS:
            self.found.append("")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found[-1] += data


def paragraphs(text: str) -> Iterable[str]:
    """Return the words of a page, paragraph by paragraph."""
    parser = _Words()
    parser.feed(text)
    parser.close()
    return [" ".join(each.split()) for each in parser.found if each.strip()]


def _require_shallow(text: str, *, name: str) -> None:
    parser = _Words()
    parser.feed(text)
    if parser.deepest > DEEPEST:
        refuse(Code.IMPORT_TOO_DEEP, name=name)
