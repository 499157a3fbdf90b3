"""Leap2A: the zip of Mahara and its kin (`leap2a.xml` and files), or of ours, which says where texts belong.

Of others, each entry becomes a heading with its text, the parts of a selection under it; what is of an
unknown type is kept as text, and files and links become pieces with the dates the feed gives.
"""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from lxml import etree

from accredit.exchange.documents import Block, Document, Heading, Piece, Place, Rich, put
from accredit.exchange.readers.container import LARGEST_PICTURE, Container, opened
from accredit.rulebook.faults import Code
from accredit.toolkit.refusals import refuse

MEMBER = "leap2a.xml"
ATOM, RDF = "{http://www.w3.org/2005/Atom}", "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
LEAP, OURS, XHTML = (
    "{http://terms.leapspecs.org/}",
    "{urn:accredit:exchange}",
    "{http://www.w3.org/1999/xhtml}",
)
MOST_ENTRIES = 5000
DEEPEST = 5
PART = "accredit-"


def is_feed(members: set[str]) -> bool:
    """Say whether a zip with these members is a Leap2A export."""
    return any(PurePosixPath(each).name == MEMBER for each in members)


def read(path: Path, into: Path, *, name: str) -> Document:
    """Read the zip; refused when the feed is broken, hostile or enormous."""
    with opened(path, name=name) as container:
        member = min((each for each in container.members if is_feed({each})), key=len)
        feed = container.xml(member)
        entries = feed.findall(f"{ATOM}entry")
        if len(entries) > MOST_ENTRIES:
            refuse(Code.IMPORT_TOO_LONG, name=name, have=len(entries), allowed=MOST_ENTRIES)
        blocks = tuple(_Reading(entries, container, member, into).blocks())
    about = {"title": feed.findtext(f"{ATOM}title") or "", "dated": feed.findtext(f"{ATOM}updated") or ""}
    return Document(form="leap2a", blocks=blocks, about=about)


class _Reading:
    """Walks the entries of one feed, wholes before their parts, each once."""

    def __init__(self, entries: list[Any], container: Container, member: str, into: Path) -> None:
        self.entries = {
            (each.findtext(f"{ATOM}id") or str(n)).strip(): each for n, each in enumerate(entries)
        }
        self.container, self.folder, self.into = container, container.folder(member), into
        self.done: set[str] = set()

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks of all entries: first of those that are part of nothing."""
        tops = [key for key, entry in self.entries.items() if not self._of(entry, "is_part_of")]
        for key in (*tops, *self.entries):
            yield from self._entry(key, 1)

    def _of(self, entry: Any, *relations: str) -> list[str]:
        """Return the ids that links of these relations lead to, in the order they ask for."""
        found = [
            (
                int(order) if (order := link.get(f"{LEAP}display_order") or "").isdecimal() else 0,
                link.get("href"),
            )
            for link in entry.findall(f"{ATOM}link")
            if (link.get("rel") or "").rpartition(":")[2] in relations
        ]
        return [key for _order, key in sorted(found, key=lambda each: each[0]) if key in self.entries]

    def _entry(self, key: str, level: int) -> Iterator[Block]:
        if key in self.done or level > 200:
            return
        self.done.add(key)
        entry = self.entries[key]
        if self._kind(entry) == "resource":
            yield from self._pieces(key, entry, None)
            return
        place = self._place(entry)
        title = (entry.findtext(f"{ATOM}title") or "").strip()
        if place is None or not place.example:
            yield Heading(min(level, DEEPEST), title or key, place=place)
        yield from self._own(entry, place)
        yield from self._text(entry, place)
        for each in self._of(entry, "has_evidence", "is_supported_by", "related", "enclosure"):
            evidence = Place(place.slot, "evidence", place.example) if place and place.example else None
            if self._kind(self.entries[each]) == "resource" and (evidence or each not in self.done):
                self.done.add(each)
                yield from self._pieces(each, self.entries[each], evidence)
        yield from self._attached(entry, key)
        for each in self._of(entry, "has_part"):
            yield from self._entry(each, level + 1)

    def _kind(self, entry: Any) -> str:
        kind = entry.find(f"{RDF}type")
        named = kind.get(f"{RDF}resource") if kind is not None else ""
        return str(named or "").rpartition(":")[2].rpartition("/")[2]

    def _place(self, entry: Any) -> Place | None:
        slot, number = entry.findtext(f"{OURS}slot"), entry.findtext(f"{OURS}example") or "0"
        return Place(slot[:20], "", int(number) if number.isdecimal() else 0) if slot else None

    def _own(self, entry: Any, place: Place | None) -> Iterator[Block]:
        """Yield the fields that stand in elements of ours."""
        if place is None:
            return
        title = "example-title" if place.example else "title"
        for name, part in (
            ("title", title),
            *((each, each) for each in ("area", "link", "pages", "type", "jurisdiction")),
        ):
            text = entry.findtext(f"{OURS}{name}")
            if text:
                yield Rich(f"<p>{_escaped(text)}</p>", place=Place(place.slot, part, place.example))

    def _text(self, entry: Any, place: Place | None) -> Iterator[Block]:
        """Yield what an entry says: XHTML, HTML or plain; of ours each part with its place."""
        content = entry.find(f"{ATOM}content")
        if content is None:
            yield from self._summary(entry)
            return
        parts = content.findall(f".//{XHTML}div[@class]") if place is not None else []
        for part in parts:
            where = (part.get("class") or "").removeprefix(PART)
            yield Rich(_html(part), place=Place(place.slot, where, place.example) if place else None)
        if not parts and not content.get("src"):
            html = _html(content) if len(content) else _typed(content)
            if html.strip():
                yield Rich(html, place=Place(place.slot, "text") if place and not place.example else None)

    def _summary(self, entry: Any) -> Iterator[Block]:
        text = (entry.findtext(f"{ATOM}summary") or "").strip()
        if text:
            yield Rich(f"<p>{_escaped(text)}</p>")

    def _attached(self, entry: Any, key: str) -> Iterator[Block]:
        """Yield files an entry that is no resource holds itself."""
        if any(True for _each in self._members(entry)):
            yield from self._pieces(key, entry, None)

    def _members(self, entry: Any) -> Iterator[tuple[str, str]]:
        """Yield the members of the zip an entry names, each with the name it is given."""
        content = entry.find(f"{ATOM}content")
        named = [(content.get("src"), "")] if content is not None and content.get("src") else []
        named += [
            (link.get("href"), link.get("title") or "")
            for link in entry.findall(f"{ATOM}link")
            if link.get("rel") == "enclosure"
        ]
        for address, name in named:
            member = str(self.folder / unquote(address or "")).removeprefix("./")
            if member in self.container.members:
                yield member, name

    def _pieces(self, key: str, entry: Any, place: Place | None) -> Iterator[Block]:
        title = (entry.findtext(f"{ATOM}title") or "").strip()
        details = self._details(entry)
        found = list(self._members(entry))
        for member, name in found:
            kept = put(self.container.read(member, most=LARGEST_PICTURE), into=self.into)
            own = name or entry.findtext(f"{OURS}name") or PurePosixPath(member).name
            alt = entry.findtext(f"{OURS}alt") or ""
            yield Piece(name=own, key=kept, alt=alt, title=title, id=key, details=details, place=place)
        if found:
            return
        links = [
            link.get("href")
            for link in entry.findall(f"{ATOM}link")
            if link.get("rel") in ("alternate", "self")
        ]
        address = next((each for each in links if (each or "").startswith(("http://", "https://"))), "") or ""
        content = entry.find(f"{ATOM}content")
        text = "" if address or content is None else _html(content) if len(content) else _typed(content)
        yield Piece(title=title, address=address, text=text or title, id=key, details=details, place=place)

    def _details(self, entry: Any) -> dict[str, str]:
        found = {"shows": (entry.findtext(f"{ATOM}summary") or "").strip()}
        found["visibility"] = entry.findtext(f"{OURS}visibility") or ""
        for date in entry.findall(f"{LEAP}date"):
            found["until" if date.get(f"{LEAP}point") == "end" else "from"] = (date.text or "").strip()[:10]
        found["published"] = (entry.findtext(f"{ATOM}published") or "").strip()
        return {name: value for name, value in found.items() if value}


def _typed(content: Any) -> str:
    text = content.text or ""
    return (
        text
        if content.get("type") in ("html", "xhtml")
        else f"<p>{_escaped(text)}</p>"
        if text.strip()
        else ""
    )


def _html(element: Any) -> str:
    """Return what stands in an element as HTML, without namespaces."""
    inner = "".join(etree.tostring(child, encoding="unicode", method="xml") for child in element)
    return f"{_escaped(element.text or '')}{_bare(inner)}"


def _bare(text: str) -> str:
    root = etree.fromstring(f"<div>{text}</div>")
    for each in root.iter(etree.Element):
        each.tag = etree.QName(each).localname
    etree.cleanup_namespaces(root)
    return "".join(etree.tostring(child, encoding="unicode", method="html") for child in root)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
