"""Leap2A: an Atom feed and files in a zip, as Mahara and other portfolio systems take it in.

The whole portfolio is a selection, each section and example an entry, each piece of evidence a resource;
the relations say what is part of what and what is evidence of what. Dates of practice are `leap2:date`.
What Leap2A has no word for stands in elements of our own namespace, which other systems pass over.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from lxml import etree, html

from accredit.exchange.writers.archive import archive
from accredit.exchange.writers.base import Content, Copy, Files, Remark, files_of, writer
from accredit.exchange.writers.page import safe_name
from accredit.exchange.writers.tree import printable
from accredit.toolkit.richtext import clean_html

ATOM, RDF, LEAP = (
    "http://www.w3.org/2005/Atom",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://terms.leapspecs.org/",
)
XHTML, CATEGORIES, OURS = (
    "http://www.w3.org/1999/xhtml",
    "http://wiki.leapspecs.org/2A/categories",
    "urn:accredit:exchange",
)
VERSION = "http://www.leapspecs.org/2010-07/2A/"
NAMES = {
    None: ATOM, "rdf": RDF, "leap2": LEAP, "categories": CATEGORIES, "portfolio": "urn:accredit:portfolio:",
    "accredit": OURS,
}  # fmt: skip
# The fields of a content that become elements of our own, in the order in which they are written.
_OF_ENTRY = ("section", "area", "link", "pages")
_OF_EXAMPLE = ("type", "jurisdiction")
_OF_PIECE = ("visibility", "alt", "contribution", "others", "permission", "name")


def prepared(copy: Copy) -> dict[str, Any]:
    """Return the copy with the words its feed uses."""
    words = {
        "example": _("Example %(number)s"),
        "description": _("Description"),
        "reflection": _("Reflection"),
    }
    return {"copy": copy.as_json(), "words": words | {"changes": _("Summary of changes")}}


@writer(
    "leap2a",
    title=gettext_lazy("Leap2A"),
    what_for=gettext_lazy(
        "For Mahara and other portfolio systems: your texts as entries, your files with their dates."
    ),
    ending="zip",
    media_type="application/zip",
    prepare=prepared,
)
def render(prepared: dict[str, Any], files: Files, into: Path) -> Sequence[Remark]:
    """Write the zip: `leap2a.xml` and the files."""
    copy = Copy(**prepared["copy"])
    found = {each: path for each in files_of(copy.content) if (path := files(each)) is not None}
    feed = _Feed(copy, prepared["words"], frozenset(found))
    with archive(into) as out:
        out.write("leap2a.xml", etree.tostring(feed.tree(), xml_declaration=True, encoding="utf-8"))
        for each, path in found.items():
            out.copy(feed.names[each], path)
    return ()


class _Feed:
    """Builds the feed; every text is cleaned of what XML cannot hold."""

    def __init__(self, copy: Copy, words: dict[str, str], found: frozenset[str]) -> None:
        self.copy, self.content, self.words, self.found = copy, copy.content, words, found
        self.names: dict[str, str] = {}

    def tree(self) -> Any:
        """Return the feed's root element."""
        feed = etree.Element(f"{{{ATOM}}}feed", nsmap=NAMES)
        self._add(feed, LEAP, "version", VERSION)
        self._add(feed, ATOM, "id", f"urn:accredit:{self.copy.reference}:{self.copy.sha256[:16]}")
        self._add(feed, ATOM, "title", f"{self.copy.pathway}: {self.copy.name}")
        self._add(feed, ATOM, "updated", self.copy.dated)
        self._add(self._add(feed, ATOM, "author"), ATOM, "name", self.copy.name or "–")
        for each in self._entries(feed):
            feed.append(each)
        return feed

    def _entries(self, feed: Any) -> Iterator[Any]:
        entries = [*self.content["entries"], *self.content.get("aside", [])]
        slots = [f"entry-{number}" for number, _each in enumerate(entries, 1)]
        whole = self._entry("whole", self.copy.pathway, "selection")
        self._content(whole, ("summary", "", self.content["summary"]))
        self._parts(whole, slots)
        yield whole
        for key, entry in zip(slots, entries, strict=True):
            yield from self._section(key, entry)
        for number, piece in self.content["evidence"].items():
            yield self._piece(number, piece)
        if self.content["source"]["sha256"] or self.content["source"]["address"]:
            yield self._source(self.content["source"])

    def _section(self, key: str, entry: Content) -> Iterator[Any]:
        title = f"{entry['section_title']}: {entry['title']}" if entry["title"] else entry["section_title"]
        made = self._entry(key, title, "entry")
        titles, told = self.copy.principles, entry["principle_texts"].items()
        texts = [(f"principle:{code}", titles.get(code, code), text) for code, text in told]
        self._content(made, ("text", "", entry["text"]), *texts)
        self._own(made, entry, _OF_ENTRY, slot=entry["slot"], title=entry["title"])
        for code in entry["principles"]:
            self._add(made, OURS, "principle", code)
        parts = [f"{key}-example-{number}" for number, _each in enumerate(entry["examples"], 1)]
        self._link(made, "leap2:is_part_of", "whole")
        self._parts(made, parts)
        yield made
        for number, (part, example) in enumerate(zip(parts, entry["examples"], strict=True), 1):
            yield self._example(part, number, key, entry, example)

    def _example(self, key: str, number: int, parent: str, entry: Content, example: Content) -> Any:
        title = example["title"] or self.words["example"] % {"number": number}
        made = self._entry(key, title, "entry")
        texts = ((part, self.words[part], example[part]) for part in ("description", "reflection"))
        self._content(made, *texts)
        self._own(made, example, _OF_EXAMPLE, slot=entry["slot"], example=str(number), title=example["title"])
        self._link(made, "leap2:is_part_of", parent)
        for each in example["evidence"]:
            if str(each) in self.content["evidence"]:
                self._link(made, "leap2:has_evidence", f"evidence-{each}")
        return made

    def _piece(self, number: str, piece: Content) -> Any:
        made = self._entry(f"evidence-{number}", piece["title"], "resource")
        self._add(made, ATOM, "summary", piece["shows"])
        if piece["kind"] == "text":
            self._content(made, ("text", "", piece["text"]))
        self._file(made, f"{number}-", piece["file"], piece["name"], piece["media_type"])
        self._file(made, f"{number}-", piece.get("captions", ""), piece.get("captions_name", ""), "text/vtt")
        if piece["address"]:
            self._add(made, ATOM, "link").attrib.update(
                {"rel": "alternate", "href": printable(piece["address"])}
            )
        category = "Offline" if piece["kind"] == "file" else "Web" if piece["kind"] == "link" else "Text"
        self._category(made, "resource_type", category)
        for name, point in (("from", "start"), ("until", "end")):
            if piece.get(name):
                self._add(made, LEAP, "date", piece[name]).set(f"{{{LEAP}}}point", point)
        self._own(made, piece, _OF_PIECE)
        return made

    def _source(self, source: Content) -> Any:
        made = self._entry("source", source["name"] or source["address"], "resource")
        self._add(made, ATOM, "summary", source["instructions"])
        self._file(made, "", source["sha256"], source["name"], "application/octet-stream")
        if source["address"]:
            self._add(made, ATOM, "link").attrib.update(
                {"rel": "alternate", "href": printable(source["address"])}
            )
        return made

    def _entry(self, key: str, title: str, kind: str) -> Any:
        made = etree.Element(f"{{{ATOM}}}entry", nsmap=NAMES)
        self._add(made, ATOM, "title", title)
        self._add(made, ATOM, "id", f"portfolio:{key}")
        self._add(made, ATOM, "published", self.copy.dated)
        self._add(made, ATOM, "updated", self.copy.dated)
        self._add(made, RDF, "type").set(f"{{{RDF}}}resource", f"leap2:{kind}")
        return made

    def _content(self, entry: Any, *parts: tuple[str, str, str]) -> None:
        """Add texts as XHTML, each in a part of its own that a reader of ours knows again."""
        said = [each for each in parts if each[2]]
        if not said:
            return
        holder = self._add(entry, ATOM, "content")
        holder.set("type", "xhtml")
        whole = etree.SubElement(holder, f"{{{XHTML}}}div", nsmap={None: XHTML})
        for name, title, text in said:
            if title:
                etree.SubElement(whole, f"{{{XHTML}}}h3").text = printable(title)
            part = _as_xhtml(html.fragment_fromstring(clean_html(text) or "<p></p>", create_parent="div"))
            part.set("class", f"accredit-{name}")
            whole.append(part)

    def _file(self, entry: Any, before: str, sha256: str, name: str, media_type: str) -> None:
        if not sha256:
            return
        self.names.setdefault(sha256, f"files/{before}{safe_name(name)}")
        link = self._add(entry, ATOM, "link")
        link.attrib.update({"rel": "enclosure", "type": media_type, "href": self.names[sha256]})
        link.set("title", printable(name))
        if sha256 not in self.found:
            link.set("href", "")

    def _leads(self, entry: Any, address: str) -> None:
        self._add(entry, ATOM, "link").attrib.update({"rel": "alternate", "href": printable(address)})

    def _parts(self, entry: Any, keys: Sequence[str]) -> None:
        for number, key in enumerate(keys, 1):
            self._link(entry, "leap2:has_part", key).set(f"{{{LEAP}}}display_order", str(number))

    def _link(self, entry: Any, relation: str, key: str) -> Any:
        link = self._add(entry, ATOM, "link")
        link.attrib.update({"rel": relation, "href": f"portfolio:{key}"})
        return link

    def _category(self, entry: Any, scheme: str, term: str) -> None:
        self._add(entry, ATOM, "category").attrib.update({"scheme": f"categories:{scheme}#", "term": term})

    def _own(self, entry: Any, values: Content, names: Sequence[str], **more: str) -> None:
        for name, value in (*more.items(), *((name, values.get(name, "")) for name in names)):
            if value:
                self._add(entry, OURS, name, value)

    def _add(self, parent: Any, space: str, name: str, text: str = "") -> Any:
        made = etree.SubElement(parent, f"{{{space}}}{name}")
        made.text = printable(text) or None
        return made


def _as_xhtml(element: Any) -> Any:
    """Return an HTML element with its children in the namespace of XHTML."""
    made = etree.Element(f"{{{XHTML}}}{element.tag}", nsmap={None: XHTML})
    for name, value in element.attrib.items():
        made.set(name, printable(value))
    made.text, made.tail = printable(element.text or "") or None, printable(element.tail or "") or None
    made.extend([_as_xhtml(child) for child in element])
    return made
