"""Comments of critical friends, ready to draw beside the passage: the same for the two who read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accredit.portfolios.models import Comment, Mentor
from accredit.portfolios.queries import WHOLE, Part, Passage, passages


@dataclass(frozen=True, slots=True)
class Said:
    """One comment; `part` is the key of the text in which its words stand now, '' where they no longer do."""

    key: int
    who: str
    where: str
    part: str
    quote: str
    before: str
    text: str
    written_at: datetime
    answer: str
    answered_at: datetime | None
    is_resolved: bool
    has_changed: bool

    @property
    def anchor(self) -> str:
        """Return the fragment that leads here."""
        return f"comment-{self.key}"


def friend_of(mentor: Mentor) -> str:
    """Return what a critical friend is called: their own name, else the one the candidate gave."""
    return (mentor.person.name if mentor.person else "") or mentor.name


def part_title(part: Part) -> str:
    """Return what a text of an entry is called."""
    if part.kind == "principle":
        return part.name
    if part.kind == "text":
        return _("Text")
    titles = {
        "description": _("Example %(number)s: description"),
        "reflection": _("Example %(number)s: reflection"),
    }
    return titles[part.kind] % {"number": part.number}


def said_of(comments: Iterable[Comment], parts: tuple[Part, ...]) -> list[Said]:
    """Return the comments on one entry with where their words stand in it."""
    return [_said(each) for each in passages(comments, parts)]


def _said(passage: Passage) -> Said:
    comment, part = passage.comment, passage.part
    return Said(
        key=comment.pk,
        who=friend_of(comment.mentor),
        where=str(_where(passage)),
        part=part.key if part else "",
        quote=comment.quote,
        before=comment.before,
        text=comment.text,
        written_at=comment.written_at,
        answer=comment.answer,
        answered_at=comment.answered_at,
        is_resolved=comment.resolved_at is not None,
        has_changed=part is None and (bool(comment.quote) or comment.part != WHOLE),
    )


def _where(passage: Passage) -> str | Promise:
    if passage.part is not None:
        return part_title(passage.part)
    return _("The section as a whole") if passage.comment.part == WHOLE else _("A part as it was before")
