"""Fills a demo candidate's portfolio from one of the full texts, through the program's own actions."""

import io
import math
import re
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.core.files.base import ContentFile
from markdown_it import MarkdownIt

from accredit.demo import cast, pictures
from accredit.people.models import Profile
from accredit.portfolios import actions as portfolios
from accredit.portfolios.models import Evidence, Portfolio
from accredit.portfolios.queries import EntryContent, ExampleContent, PieceContent
from accredit.rulebook.workflow import Role
from accredit.toolkit.actor import Actor

# What in a text belongs to its first author, and is replaced in the varied copies.
HOMES = {
    "ada-associate": ("Northmere College", "Northmere"),
    "tomas-cmalt": ("University of Wexcombe", "Wexcombe"),
    "priya-cmalt": ("Harrowgate Health Trust", "Harrowgate"),
    "gwen-senior": ("Prifysgol Dyffryn", "Dyffryn"),
}
MARKDOWN = MarkdownIt("commonmark").enable("table")
# The varied copies keep so many pieces of evidence; the full ones all.
PIECES = 5


@lru_cache(maxsize=256)
def _drawn(base: str, key: str) -> tuple[str, bytes]:
    piece = next(each for each in cast.portfolio(base)["evidence"] if each["key"] == key)
    return pictures.draw(piece)


def _captions(piece: dict[str, Any]) -> "ContentFile[bytes] | None":
    words = piece.get("captions")
    return ContentFile(words.strip().encode(), f"{piece['key']}.vtt") if words else None


class Writer:
    """Writes one person's portfolio: the base's texts with that person's own name and institution."""

    def __init__(self, portfolio: Portfolio, person: Profile, home: str, plan: cast.Plan) -> None:
        self.portfolio = portfolio
        self.plan = plan
        self.base = cast.portfolio(plan.portfolio)
        self.is_author = person.name == self.base["person"]
        self.by = Actor(person=person.pk, role=Role.CANDIDATE)
        names = {self.base["person"]: person.name} | dict.fromkeys(HOMES[plan.portfolio], home)
        self.names = {} if self.is_author else names
        self.pieces: dict[str, int] = {}

    def html(self, text: str) -> str:
        """Return a Markdown text as HTML with the person's own names in it."""
        return MARKDOWN.render(self.plain(text)) if text.strip() else ""

    def plain(self, text: str) -> str:
        """Return a text with the person's own names in it, the longest names first and each place once."""
        if not self.names:
            return text
        names = "|".join(re.escape(name) for name in sorted(self.names, key=len, reverse=True))
        return re.sub(names, lambda found: self.names[found[0]], text)

    def fill(self, *, at: datetime) -> None:
        """Write evidence, entries and, when the plan is complete, the confirmation."""
        self.add_evidence(at=at)
        entries = [each for each in self.base["entries"] if each["section"] != "confirmation"]
        wanted = entries[: math.ceil(len(entries) * self.plan.progress)]
        positions: dict[str, int] = {}
        for row in wanted:
            positions[row["section"]] = positions.get(row["section"], 0) + 1
            is_last = self.plan.progress < 1 and row is wanted[-1]
            self.write_entry(row, positions[row["section"]], is_half=is_last, at=at)
        if self.plan.progress < 1:
            self.note(wanted[-1], positions, at=at)
        if self.plan.progress >= 1:
            person = self.portfolio.registration.person
            portfolios.confirm(self.portfolio, name=person.name, by=self.by, at=at)

    def note(self, row: dict[str, Any], positions: dict[str, int], *, at: datetime) -> None:
        """Leave two notes to self: one beside the section that is half done, one for everything."""
        place = {"section": row["section"], "position": positions[row["section"]]}
        entry = self.portfolio.entries.filter(**place).first()
        beside = "Write the reflection: what would I do differently, and what did students say?"
        portfolios.write_note(self.portfolio, text=beside, entry=entry, by=self.by, at=at)
        portfolios.write_note(self.portfolio, text="Ask a colleague to read it all.", by=self.by, at=at)

    def add_evidence(self, *, at: datetime) -> None:
        """Put the base's pieces into the locker."""
        for piece in self.base["evidence"][: None if self.is_author else PIECES]:
            self.pieces[piece["key"]] = self.add_piece(piece, at=at).pk

    def add_piece(self, piece: dict[str, Any], *, at: datetime) -> Evidence:
        """Put one piece into the locker: a file drawn on the spot, a link or a text."""
        what: dict[str, Any] = {"kind": piece["kind"]}
        said: dict[str, Any] = {}
        if piece["kind"] == "link":
            said = {"address": piece["address"]}
        elif piece["kind"] == "text":
            said = {"text": self.html(piece["body"])}
        else:
            ending, content = _drawn(self.plan.portfolio, piece["key"])
            what = {
                "kind": Evidence.Kind.FILE,
                "upload": io.BytesIO(content),
                "name": f"{piece['key']}.{ending}",
            }
        first, last = piece.get("practised", (None, None))
        return portfolios.add_evidence(
            self.portfolio,
            content=PieceContent(
                title=self.plain(piece["title"]),
                shows=self.plain(piece.get("shows", "")),
                alt=piece.get("alt", ""),
                visibility=piece.get("visibility", "all"),
                practised_from_on=first,
                practised_until_on=last,
                contribution=self.plain(piece.get("contribution", "")),
                others=self.plain(piece.get("others", "")),
                permission=piece.get("permission", ""),
                **said,
            ),
            captions=_captions(piece),
            by=self.by,
            at=at,
            **what,
        )

    def write_entry(self, row: dict[str, Any], position: int, *, is_half: bool, at: datetime) -> None:
        """Write one section; a half one lacks its reflections."""
        entry = self.portfolio.entries.filter(section=row["section"], position=position).first()
        if entry is None:
            entry = portfolios.add_entry(self.portfolio, row["section"], by=self.by, at=at)
        content = EntryContent(
            title=self.plain(row.get("title", "")),
            area=row.get("area", ""),
            text=self.html(row.get("text", "")),
            principles=tuple(row.get("principles", ())),
            principle_texts={code: self.html(text) for code, text in row.get("principle_texts", {}).items()},
            examples=tuple(self.example(each, is_half=is_half) for each in row.get("examples", ())),
        )
        portfolios.save_entry(entry, content=content, expected=entry.version, by=self.by, at=at)

    def example(self, row: dict[str, Any], *, is_half: bool) -> ExampleContent:
        """Return one example; where its pieces were left out, the first of the locker stands in."""
        pieces = [self.pieces[key] for key in row.get("evidence", ()) if key in self.pieces]
        return ExampleContent(
            title=self.plain(row.get("title", "")),
            description=self.html(row["description"]),
            reflection="" if is_half else self.html(row["reflection"]),
            type=row.get("type", ""),
            jurisdiction=row.get("jurisdiction", ""),
            evidence=tuple(pieces or list(self.pieces.values())[:1]),
        )
