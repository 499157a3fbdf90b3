"""What a critical friend sees: the chosen sections as they read now, and what the two have said of them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accredit.frameworks.queries import rules_of
from accredit.portfolios.models import Comment, Entry, Evidence, Mentor, Visibility
from accredit.portfolios.queries import (
    Draft,
    Part,
    comments_on,
    draft_of,
    freeze,
    in_order,
    mentorships_of,
    parts_of,
    sections_of,
    shown_to,
    standing_of,
    title_of,
)
from accredit.rulebook.mentoring import Standing
from accredit.web.mentor.forms import CommentForm
from accredit.web.ui.comments import Said, part_title, said_of
from accredit.web.ui.parts import Crumb
from accredit.web.ui.portfolio import ReadEntry, ReadEvidence, reading_of

TONES = {Standing.READING: "good", Standing.RESTING: "calm", Standing.OVER: "warn", Standing.ENDED: "calm"}
WORDS: Mapping[Standing, str | Promise] = {
    Standing.READING: gettext_lazy("Open to you"),
    Standing.RESTING: gettext_lazy("Not being written"),
    Standing.OVER: gettext_lazy("The last day has passed"),
    Standing.ENDED: gettext_lazy("Ended"),
}
WHY_NOT: Mapping[Standing, str | Promise] = {
    Standing.RESTING: gettext_lazy(
        "Nothing is being written at the moment, so there is nothing to read along with. Should the "
        "candidate write again before your last day, the sections are here again."
    ),
    Standing.OVER: gettext_lazy(
        "Your last day has passed. The candidate can move it on; your comments stay with the two of you."
    ),
    Standing.ENDED: gettext_lazy("This has ended. Your comments stay with the two of you."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One portfolio of my list."""

    name: str
    pathway: str
    sections: str
    until: Any
    standing: str | Promise
    tone: str
    href: str
    comments: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Text:
    """One text of an entry, ready to draw and to be commented on."""

    key: str
    title: str
    html: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """One section with its texts, its evidence, what was said of it and the form that says more."""

    entry: ReadEntry
    key: int
    texts: tuple[Text, ...]
    evidence: tuple[ReadEvidence, ...]
    comments: tuple[Said, ...]
    form: CommentForm


def list_of(person: int, at: datetime) -> list[Line]:
    """Return the portfolios a person reads along with, or did: two queries."""
    return [_line(each, at) for each in mentorships_of(person)]


def _line(mentor: Mentor, at: datetime) -> Line:
    registration, standing = mentor.portfolio.registration, standing_of(mentor, at)
    rules = rules_of(registration.edition)
    return Line(
        name=registration.person.name,
        pathway=rules.pathway(registration.pathway).title,
        sections=" · ".join(sections_of(mentor)),
        until=mentor.until_on,
        standing=WORDS[standing],
        tone=TONES[standing],
        href=reverse("mentor:portfolio", args=[mentor.pk]),
        comments=getattr(mentor, "comments_made", 0),
        waiting=getattr(mentor, "comments_open", 0),
    )


def opened(mentor: Mentor, at: datetime, sent: Any = None) -> dict[str, Any]:
    """Return the page of one portfolio: its sections while they are open, else what was said alone.

    Seven queries. `sent` is a comment that was refused: it stands in the form of its entry.
    """
    standing = standing_of(mentor, at)
    draft = draft_of(mentor.portfolio)
    comments = by_entry(comments_on(mentor.portfolio, mentor=mentor))
    entries = shown_to(draft, mentor) if standing is Standing.READING else []
    registration = mentor.portfolio.registration
    return {
        "title": registration.person.name,
        "eyebrow": draft.rules.pathway(registration.pathway).title,
        "crumbs": crumbs(registration.person.name),
        "mentor": mentor,
        "is_open": standing is Standing.READING,
        "standing": WORDS[standing],
        "tone": TONES[standing],
        "why_not": WHY_NOT.get(standing, ""),
        "sections": _sections(draft, mentor, entries, comments, sent),
        "others": _others(draft, entries, comments),
        "is_as_it_is": draft.is_as_it_is,
    }


def crumbs(*steps: str) -> list[Crumb]:
    """Return the way to a portfolio."""
    return [Crumb(_("My friends’ portfolios"), reverse("mentor:home")), *(Crumb(each) for each in steps)]


def by_entry(comments: list[Comment]) -> dict[int, list[Comment]]:
    """Return comments by the entry they are on."""
    found: dict[int, list[Comment]] = defaultdict(list)
    for each in comments:
        found[each.entry_id].append(each)
    return found


def _sections(
    draft: Draft, mentor: Mentor, entries: list[Entry], comments: dict[int, list[Comment]], sent: Any
) -> list[Chosen]:
    shown = {draft.slot(entry): entry for entry in entries}
    found = []
    for read in _reading(draft, mentor, set(shown)):
        entry = shown[read.slot]
        parts = parts_of(draft, entry)
        is_sent = sent is not None and sent.get("entry") == str(entry.pk)
        form = CommentForm(sent if is_sent else None, entry=entry, parts=parts)
        found.append(
            Chosen(
                entry=read,
                key=entry.pk,
                texts=tuple(_text(each) for each in parts),
                evidence=_evidence(read),
                comments=tuple(said_of(comments.get(entry.pk, []), parts)),
                form=form,
            )
        )
    return found


def _text(part: Part) -> Text:
    title = part_title(part)
    return Text(part.key, f"{title} · {part.name}" if part.number and part.name else title, part.text)


def _evidence(read: ReadEntry) -> tuple[ReadEvidence, ...]:
    pieces = {piece.key: piece for example in read.examples for piece in example.evidence}
    return tuple(pieces.values())


def _reading(draft: Draft, mentor: Mentor, slots: set[str]) -> tuple[ReadEntry, ...]:
    """Return the chosen entries only, with what every reader may open, and nothing else of the portfolio."""
    content = freeze(draft)
    chosen = [each for each in content["entries"] if each["slot"] in slots]
    open_to_all = {
        key: piece for key, piece in content["evidence"].items() if piece["visibility"] == Visibility.ALL
    }
    bare = content | {
        "entries": chosen,
        "evidence": open_to_all,
        "summary": "",
        "source": {"address": "", "sha256": "", "name": "", "instructions": ""},
        "confirmation": {"name": "", "on": ""},
    }
    return reading_of(
        bare, draft.rules, file_url=lambda key: reverse("mentor:evidence_file", args=[mentor.pk, key])
    ).entries


def _others(
    draft: Draft, entries: list[Entry], comments: dict[int, list[Comment]]
) -> list[tuple[str, list[Said]]]:
    """Return what was said of sections that are not open now, by section: the words of the two, no text."""
    shown = {entry.pk for entry in entries}
    return [
        (title_of(draft, entry), [_closed(each) for each in said_of(comments[entry.pk], ())])
        for entry in in_order(draft)
        if entry.pk in comments and entry.pk not in shown
    ]


def _closed(said: Said) -> Said:
    """Say nothing of whether the words still stand: that would tell of a text that is not open."""
    values = {name: getattr(said, name) for name in Said.__slots__}
    return Said(**(values | {"has_changed": False, "part": "", "where": ""}))


def may_open(mentor: Mentor, evidence: Evidence, at: datetime) -> bool:
    """Say whether a friend may open a piece now: open to all readers, and used in a section open to them."""
    if standing_of(mentor, at) is not Standing.READING or evidence.visibility != Visibility.ALL:
        return False
    draft = draft_of(mentor.portfolio)
    if draft.is_as_it_is:
        return False
    entries = shown_to(draft, mentor)
    return any(
        use.evidence_id == evidence.pk
        for entry in entries
        for example in entry.examples.all()
        for use in example.uses.all()
    )
