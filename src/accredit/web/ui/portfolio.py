"""A portfolio as its readers see it: plain data for `ui/portfolio/reading.html`, made from a frozen content.

The same for the candidate's preview, the assessor's desk and the office; only the addresses of files differ.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accredit.rulebook.framework import Edition
from accredit.rulebook.terms import RoundKind
from accredit.web.ui.formats import day
from accredit.wording.vocabulary import PERMISSIONS, TYPES

Content = Mapping[str, Any]
ICONS = {
    "image": "image",
    "pdf": "file-text",
    "audio": "volume-2",
    "video": "video",
    "text": "mail",
    "download": "file-down",
    "link": "link",
    "words": "text-quote",
}


@dataclass(frozen=True, slots=True)
class Answered:
    """What is said beside a link about the day of submission; `href` leads to what was kept, if anything."""

    address: str
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class ReadEvidence:
    """A piece of evidence; `show` says how it opens: see ICONS. `also` are other slots that use it."""

    key: str
    show: str
    title: str
    shows: str
    alt: str
    is_private: bool
    url: str
    text: str
    name: str
    size: str
    also: tuple[str, ...]
    when: str = ""
    contribution: str = ""
    others: str = ""
    permission: str = ""
    captions: str = ""
    answered: Answered | None = None

    @property
    def icon(self) -> str:
        """Return the icon of its kind."""
        return ICONS[self.show]


@dataclass(frozen=True, slots=True)
class ReadExample:
    """One example with its evidence."""

    number: int
    title: str
    type: str
    jurisdiction: str
    description: str
    reflection: str
    evidence: tuple[ReadEvidence, ...]


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """What stands in one slot."""

    slot: str
    heading: str
    title: str
    area: str
    criteria: str
    text: str
    principles: tuple[str, ...]
    principle_texts: tuple[tuple[str, str], ...]
    link: str
    pages: str
    is_open: bool
    words: int
    examples: tuple[ReadExample, ...]
    answered: tuple[Answered, ...] = ()

    @property
    def anchor(self) -> str:
        """Return the fragment that leads here."""
        return f"section-{self.slot}"

    @property
    def is_empty(self) -> bool:
        """Say whether nothing has been written here."""
        return not (self.text or self.principle_texts or self.link or self.pages or self.examples)


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole portfolio, ready to draw."""

    is_as_it_is: bool
    is_revision: bool
    source_address: str
    source_url: str
    source_name: str
    source_show: str
    instructions: str
    summary: str
    confirmed_name: str
    confirmed_on: date | None
    entries: tuple[ReadEntry, ...]
    answered: tuple[Answered, ...] = ()

    @property
    def words(self) -> int:
        """Return the words of all entries."""
        return sum(entry.words for entry in self.entries)


def reading_of(
    content: Content, rules: Edition, *, file_url: Callable[[str], str], source_url: str = ""
) -> Reading:
    """Make a content ready to draw. `file_url` gives the address of the file of an evidence id (a key of
    `content["evidence"]`), '' where this reader may not open it; `source_url` that of the one document of
    a portfolio handed over as it is. `rules` are those of the registration's edition."""
    source, confirmation = content["source"], content["confirmation"]
    pieces = _pieces(content, file_url)
    return Reading(
        is_as_it_is=content["form"] == "as_it_is",
        is_revision=content["kind"] in (RoundKind.REVIEW, RoundKind.REASSESSMENT),
        source_address=source["address"],
        source_url=source_url if source["sha256"] else "",
        source_name=source["name"],
        source_show="pdf" if str(source["name"]).lower().endswith(".pdf") else "download",
        instructions=source["instructions"],
        summary=content["summary"],
        confirmed_name=confirmation["name"],
        confirmed_on=date.fromisoformat(confirmation["on"]) if confirmation["on"] else None,
        entries=tuple(_entry(each, rules, pieces) for each in content["entries"]),
    )


_drawn: OrderedDict[Hashable, SafeString] = OrderedDict()
_drawing = Lock()
# Some hundred kilobytes each: what the assessors of a process read in an hour.
KEPT = 64


def drawn(key: Hashable, make: Callable[[], Reading], *, rate_links: bool = False) -> SafeString:
    """Return a frozen copy as HTML, drawn once in a process: what was submitted never changes.

    `key` names the copy and whatever its addresses depend on; `make` is called when it is not kept yet.
    """
    whole = (key, rate_links, get_language())
    with _drawing:
        if whole in _drawn:
            _drawn.move_to_end(whole)
            return _drawn[whole]
    html = render_to_string("ui/portfolio/reading.html", {"reading": make(), "rate_links": rate_links})
    with _drawing:
        _drawn[whole] = html
        while len(_drawn) > KEPT:
            _drawn.popitem(last=False)
    return html


def showing(media_type: str) -> str:
    """Say how a file of that type opens: image, pdf, audio, video, text or download."""
    if media_type == "application/pdf":
        return "pdf"
    if media_type in ("text/plain", "message/rfc822"):
        return "text"
    kind = media_type.partition("/")[0]
    return kind if kind in ("image", "audio", "video") else "download"


def _entry(entry: Content, rules: Edition, pieces: Mapping[str, ReadEvidence]) -> ReadEntry:
    titles = {principle.code: principle.title for principle in rules.principles}
    texts = entry["principle_texts"]
    return ReadEntry(
        slot=entry["slot"],
        heading=entry["section_title"],
        title=entry["title"],
        area=entry["area"],
        criteria=entry["criteria"],
        text=entry["text"],
        principles=tuple(titles.get(code, code) for code in entry["principles"]),
        principle_texts=tuple((titles.get(code, code), texts[code]) for code in titles if texts.get(code)),
        link=entry["link"],
        pages=entry["pages"],
        is_open=bool(entry.get("open", True)),
        words=entry["words"],
        examples=tuple(_example(n, each, entry, pieces) for n, each in enumerate(entry["examples"], 1)),
    )


def _example(
    number: int, example: Content, entry: Content, pieces: Mapping[str, ReadEvidence]
) -> ReadExample:
    found = [pieces[str(key)] for key in example["evidence"] if str(key) in pieces]
    return ReadExample(
        number=number,
        title=example["title"],
        type=str(TYPES.get(example["type"], example["type"])),
        jurisdiction=example["jurisdiction"],
        description=example["description"],
        reflection=example["reflection"],
        evidence=tuple(_without(piece, entry["slot"]) for piece in found),
    )


def _without(piece: ReadEvidence, slot: str) -> ReadEvidence:
    return replace(piece, also=tuple(each for each in piece.also if each != slot))


def _pieces(content: Content, file_url: Callable[[str], str]) -> dict[str, ReadEvidence]:
    used = _slots_using(content["entries"])
    return {key: _piece(key, piece, tuple(used[key]), file_url) for key, piece in content["evidence"].items()}


def _piece(key: str, piece: Content, also: tuple[str, ...], file_url: Callable[[str], str]) -> ReadEvidence:
    show = {"link": "link", "text": "words"}.get(piece["kind"]) or showing(piece["media_type"])
    address = file_url(key)
    # Copies frozen before a piece could say these have no such keys.
    start, end = (date.fromisoformat(piece[end]) if piece.get(end) else None for end in ("from", "until"))
    return ReadEvidence(
        key=key,
        show=show,
        title=piece["title"],
        shows=piece["shows"],
        alt=piece["alt"],
        is_private=piece["visibility"] == "assessors",
        url=piece["address"] if show == "link" else "" if show == "words" else address,
        text=piece["text"],
        name=piece["name"],
        size=filesizeformat(piece["size"]) if piece["size"] else "",
        also=also,
        when=period(start, end),
        contribution=piece.get("contribution", ""),
        others=piece.get("others", ""),
        permission=str(PERMISSIONS.get(piece.get("permission", ""), "")),
        captions=f"{address}?captions" if address and piece.get("captions") else "",
    )


def period(start: date | None, end: date | None) -> str:
    """Say when a practice was: a day, a period, or one with an open end; '' where nothing is known."""
    if start and end and start != end:
        return _("%(start)s to %(end)s") % {"start": day(start), "end": day(end)}
    if start and not end:
        return _("from %(start)s") % {"start": day(start)}
    return _("until %(end)s") % {"end": day(end)} if end and not start else day(end) if end else ""


def _slots_using(entries: Sequence[Content]) -> dict[str, list[str]]:
    used: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        for example in entry["examples"]:
            for key in example["evidence"]:
                if entry["slot"] not in used[str(key)]:
                    used[str(key)].append(entry["slot"])
    return used
