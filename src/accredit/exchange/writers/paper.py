"""A portfolio as a paper: title page, chapters, list of evidence, as plain data with all words in place.

PDF, DOCX and HTML draw the same paper. Blocks are those of `tree` and: `note` (text), `asks` (title, blocks),
`piece`, `again` (a piece shown before) and `list` (of evidence). Everything a drawing needs to say is in it:
what draws knows no language.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accredit.exchange.writers.base import Content, Copy, is_picture
from accredit.exchange.writers.tree import Block, moved, paragraphs, run, tree_of
from accredit.wording.vocabulary import TYPES

Paper = dict[str, Any]
# A heading within a section's text stands under the section, one within an example under its part.
UNDER_SECTION, UNDER_PRINCIPLE, UNDER_PART = -1, 0, 1


def paper_of(copy: Copy) -> Paper:
    """Return the paper of a copy, in the active language."""
    chapters = _Chapters(copy)
    return {
        "language": "en-GB",
        "name": copy.name,
        "title": copy.pathway,
        "kind": _("Portfolio, as drafted") if copy.is_draft else _("Portfolio"),
        "scheme": copy.scheme,
        "body": copy.body,
        "dated": copy.dated,
        "mark": copy.mark,
        "facts": _facts(copy),
        "chapters": list(chapters.all()),
        "words": words(),
    }


def _facts(copy: Copy) -> list[tuple[str, str]]:
    moment = datetime.fromisoformat(copy.dated)
    dated = _("Drafted, as it stood on") if copy.is_draft else _("Submitted on")
    number = copy.content["round"]
    found = [(dated, date_format(moment, "j F Y")), (_("Pathway"), f"{copy.pathway} ({copy.edition})")]
    found += [(_("Round"), str(number))] if number > 1 else []
    found += [(_("Registration"), copy.reference)]
    return found if copy.is_draft else [*found, (_("SHA-256 of the frozen copy"), copy.sha256)]


def words() -> Mapping[str, str]:
    """Return what a drawing says of itself."""
    return {
        "contents": _("Contents"),
        "lost": _("This file could not be found when this copy was made."),
        "private": _("For assessors only"),
        "number": _("Number"),
        "piece": _("Evidence"),
        "what": _("File or address"),
        "size": _("Size"),
        "hash": _("SHA-256"),
        "used": _("Used in"),
        "page": _("Page"),
        "back": _("Back to the contents"),
    }


class _Chapters:
    """Walks a content once; a piece is shown where it is first used and named wherever it is used again."""

    def __init__(self, copy: Copy) -> None:
        self.copy, self.content = copy, copy.content
        self.pieces: Mapping[str, Content] = copy.content["evidence"]
        order = [key for entry in self._entries() for key in _keys(entry)]
        order += [key for key in self.pieces if key not in order]
        self.numbers = {
            key: n for n, key in enumerate(dict.fromkeys(k for k in order if k in self.pieces), 1)
        }
        self.used: dict[str, list[str]] = defaultdict(list)
        for entry in self._entries():
            for key in _keys(entry):
                self.used[key] += [entry["slot"]] if entry["slot"] not in self.used[key] else []
        self.shown: dict[str, str] = {}

    def _entries(self) -> list[Content]:
        return [*self.content["entries"], *self.content.get("aside", [])]

    def all(self) -> Iterator[Paper]:
        """Yield the chapters in reading order."""
        yield from self._source()
        if self.content["summary"]:
            blocks = moved(tree_of(self.content["summary"]), by=UNDER_SECTION)
            yield chapter("summary", _("Summary of changes"), blocks)
        for entry in self.content["entries"]:
            yield chapter(f"section-{entry['slot']}", _titled(entry), list(self._entry(entry)))
        for entry in self.content.get("aside", []):
            title = _("Set aside: %(title)s") % {"title": _titled(entry)}
            yield chapter(f"aside-{entry['slot']}", title, list(self._entry(entry)))
        yield from self._confirmation()
        yield from self._unused()
        if self.pieces:
            yield chapter("evidence", _("List of evidence"), [self._list()])

    def _source(self) -> Iterator[Paper]:
        source = self.content["source"]
        if not (source["address"] or source["sha256"]):
            return
        blocks: list[Block] = []
        if source["address"]:
            blocks.append({"kind": "p", "runs": [run(source["address"], href=source["address"])]})
        if source["sha256"]:
            said = _("The portfolio is this file. Its SHA-256 is %(hash)s.")
            blocks += paragraphs(said % {"hash": source["sha256"]})
            blocks.append(_piece("source", _("File"), _as_piece(source), by=UNDER_SECTION))
        if source["instructions"]:
            blocks.append(heading(2, _("How to open it (for assessors only)")))
            blocks += paragraphs(source["instructions"])
        yield chapter("source", _("Where the portfolio stands"), blocks)

    def _entry(self, entry: Content) -> Iterator[Block]:
        if entry["area"] and entry["area"] != entry["title"]:
            yield {"kind": "note", "text": _("Area: %(area)s") % {"area": entry["area"]}}
        if entry["criteria"]:
            yield {
                "kind": "asks",
                "title": _("What this section asks"),
                "blocks": paragraphs(entry["criteria"]),
            }
        if entry["principles"]:
            names = [self.copy.principles.get(code, code) for code in entry["principles"]]
            yield {"kind": "note", "text": _("Principles: %(names)s") % {"names": " · ".join(names)}}
        if entry["link"]:
            yield {"kind": "p", "runs": [run(entry["link"], href=entry["link"])]}
        if entry["pages"]:
            yield from paragraphs(_("Pages %(pages)s") % {"pages": entry["pages"]})
        yield from moved(tree_of(entry["text"]), by=UNDER_SECTION)
        for code, text in entry["principle_texts"].items():
            yield heading(2, self.copy.principles.get(code, code))
            yield from moved(tree_of(text), by=UNDER_PRINCIPLE)
        for number, example in enumerate(entry["examples"], 1):
            yield from self._example(number, example, entry)
        if not _says_anything(entry):
            yield {"kind": "note", "text": _("Nothing has been written here.")}

    def _example(self, number: int, example: Content, entry: Content) -> Iterator[Block]:
        title = _("Example %(number)s") % {"number": number}
        yield heading(2, f"{title}: {example['title']}" if example["title"] else title)
        if example["type"]:
            kinds = [str(TYPES.get(example["type"], example["type"])).capitalize(), example["jurisdiction"]]
            yield {"kind": "note", "text": " · ".join(each for each in kinds if each)}
        if example["description"]:
            yield heading(3, _("Description"))
            yield from moved(tree_of(example["description"]), by=UNDER_PART)
        keys = [str(key) for key in example["evidence"] if str(key) in self.pieces]
        if keys:
            yield heading(3, _("Evidence"))
            yield from (self._piece(key, entry["slot"]) for key in keys)
        if example["reflection"]:
            yield heading(3, _("Reflection"))
            yield from moved(tree_of(example["reflection"]), by=UNDER_PART)

    def _piece(self, key: str, slot: str) -> Block:
        """Return a piece in full where it comes first, and a line that leads there afterwards."""
        label = f"E{self.numbers[key]}"
        if key in self.shown:
            said = _("%(title)s: shown under %(slot)s.")
            words = said % {"title": self.pieces[key]["title"], "slot": self.shown[key]}
            return {"kind": "again", "label": label, "id": f"evidence-{key}", "text": words}
        self.shown[key] = slot
        return _piece(key, label, self.pieces[key], by=UNDER_PART if slot else UNDER_SECTION)

    def _unused(self) -> Iterator[Paper]:
        keys = [key for key in self.numbers if key not in self.shown]
        if keys:
            blocks = [self._piece(key, "") for key in keys]
            yield chapter("unused", _("Evidence not used yet"), blocks)

    def _confirmation(self) -> Iterator[Paper]:
        confirmation = self.content["confirmation"]
        if confirmation["name"] and confirmation["on"]:
            day = date_format(date.fromisoformat(confirmation["on"]), "j F Y")
            said = _(
                "%(name)s confirmed on %(day)s that this portfolio describes their own practice and "
                "acknowledges what others contributed."
            )
            blocks = paragraphs(said % {"name": confirmation["name"], "day": day})
            yield chapter("confirmation", _("Confirmation"), blocks)

    def _list(self) -> Block:
        rows = [
            {
                "label": f"E{number}",
                "id": f"evidence-{key}",
                "title": self.pieces[key]["title"],
                "is_private": _is_private(self.pieces[key]),
                "what": self.pieces[key]["name"] or self.pieces[key]["address"] or _("Text"),
                "size": _size(self.pieces[key]),
                "hash": self.pieces[key]["file"],
                "used": ", ".join(self.used[key]),
            }
            for key, number in self.numbers.items()
        ]
        return {"kind": "list", "rows": rows}


def chapter(anchor: str, title: str, blocks: list[Block]) -> Paper:
    """Return a chapter of a paper."""
    return {"id": anchor, "heading": title, "blocks": blocks}


def heading(level: int, text: str) -> Block:
    """Return a heading within a chapter."""
    return {"kind": "h", "level": level, "runs": [run(text)]}


def _titled(entry: Content) -> str:
    what = entry["title"] or entry["area"]
    return f"{entry['section_title']}: {what}" if what else str(entry["section_title"])


def _says_anything(entry: Content) -> bool:
    return any(entry[name] for name in ("text", "principle_texts", "link", "pages", "examples"))


def _keys(entry: Content) -> list[str]:
    return [str(key) for example in entry["examples"] for key in example["evidence"]]


def _is_private(piece: Content) -> bool:
    return bool(piece["visibility"] == "assessors")


def _size(piece: Content) -> str:
    # The space that does not break is not in every font.
    return filesizeformat(piece["size"]).replace("\xa0", " ") if piece["size"] else ""


def _as_piece(source: Content) -> Content:
    blank = dict.fromkeys(("shows", "alt", "visibility", "address", "text", "media_type", "size"), "")
    return blank | {"title": source["name"], "name": source["name"], "file": source["sha256"]}


def _piece(key: str, label: str, piece: Content, *, by: int) -> Block:
    return {
        "kind": "piece",
        "id": f"evidence-{key}",
        "label": label,
        "title": piece["title"],
        "is_private": _is_private(piece),
        "shows": paragraphs(piece["shows"]),
        "lines": [pair for pair in _lines(piece) if pair[1]],
        "blocks": moved(tree_of(piece["text"]), by=by),
        "address": piece["address"],
        "is_picture": bool(piece["file"]) and is_picture(piece["media_type"]),
        "alt": piece["alt"] or piece["title"],
        "file": piece["file"],
        "name": piece["name"],
        "size": _size(piece),
        "captions": piece.get("captions", ""),
        "captions_name": piece.get("captions_name", ""),
    }


def _lines(piece: Content) -> Iterator[tuple[str, str]]:
    yield _("When"), _period(piece.get("from", ""), piece.get("until", ""))
    yield _("My part"), piece.get("contribution", "")
    yield _("Others"), piece.get("others", "")
    yield _("Their permission"), _permissions().get(piece.get("permission", ""), "")


def _permissions() -> Mapping[str, str]:
    return {
        "nobody": _("nobody can be recognised"),
        "given": _("given"),
        "anonymised": _("names and faces removed"),
    }


def _period(begins: str, ends: str) -> str:
    days = [date_format(date.fromisoformat(each), "j F Y") for each in (begins, ends) if each]
    if len(days) == 2 and days[0] != days[1]:
        return _("%(first)s to %(last)s") % {"first": days[0], "last": days[1]}
    return days[0] if days else ""
