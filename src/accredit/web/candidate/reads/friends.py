"""The candidate's critical friends and what they said."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accredit.portfolios.models import Comment, Entry, Mentor, Portfolio
from accredit.portfolios.queries import (
    Draft,
    comments_on,
    in_order,
    may_be_shown,
    mentors_of,
    parts_of,
    standing_of,
    title_of,
)
from accredit.portfolios.queries import sections_of as chosen_sections
from accredit.rulebook.mentoring import Standing
from accredit.web.candidate.reads.handing import crumbs
from accredit.web.ui.comments import Said, friend_of, said_of
from accredit.web.ui.parts import Crumb

LOOKS: Mapping[Standing, tuple[str | Promise, str]] = {
    Standing.INVITED: (gettext_lazy("No answer yet"), "info"),
    Standing.READING: (gettext_lazy("Reads along"), "good"),
    Standing.RESTING: (gettext_lazy("Closed while nothing is written"), "calm"),
    Standing.OVER: (gettext_lazy("The last day has passed"), "warn"),
    Standing.DECLINED: (gettext_lazy("Declined"), "calm"),
    Standing.ENDED: (gettext_lazy("Ended"), "calm"),
}


@dataclass(frozen=True, slots=True)
class Friend:
    """One critical friend, as the candidate sees them."""

    key: int
    name: str
    email: str
    accepted_by: str
    sections: str
    until: date
    standing: Standing
    look: str | Promise
    tone: str
    made: int
    waiting: int

    @property
    def is_open(self) -> bool:
        """Say whether anything about it can still be changed."""
        return self.standing not in (Standing.DECLINED, Standing.ENDED)


@dataclass(frozen=True, slots=True)
class Section:
    """The comments on one section, with where they can be seen beside the text."""

    title: str
    href: str
    comments: tuple[Said, ...]


def friends(portfolio: Portfolio, at: datetime) -> dict[str, Any]:
    """Return the list of critical friends: two queries."""
    found = [friend(each, at) for each in mentors_of(portfolio.pk)]
    return {
        "title": _("Critical friends"),
        "crumbs": crumbs(portfolio.registration_id, _("Critical friends")),
        "registration": portfolio.registration,
        "open": [each for each in found if each.is_open],
        "ended": [each for each in found if not each.is_open],
    }


def friend(mentor: Mentor, at: datetime) -> Friend:
    """Return one of them; where another address than the invited one accepted, it is named."""
    standing = standing_of(mentor, at)
    look, tone = LOOKS[standing]
    accepted = mentor.person.email if mentor.person else ""
    return Friend(
        key=mentor.pk,
        name=friend_of(mentor),
        email=mentor.email,
        accepted_by=accepted if accepted.lower() != mentor.email.lower() else "",
        sections=" · ".join(chosen_sections(mentor)),
        until=mentor.until_on,
        standing=standing,
        look=look,
        tone=tone,
        made=getattr(mentor, "comments_made", 0),
        waiting=getattr(mentor, "comments_open", 0),
    )


def choices(draft: Draft) -> list[tuple[int, str]]:
    """Return the sections that may be opened to a friend, as a form offers them."""
    return [(entry.pk, _titled(draft, entry)) for entry in may_be_shown(draft)]


def _titled(draft: Draft, entry: Entry) -> str:
    title = title_of(draft, entry)
    return f"{title}: {entry.title or entry.area}" if entry.title or entry.area else title


def page_crumbs(registration: int, title: str) -> list[Crumb]:
    """Return the way to a page about one friend."""
    way = crumbs(registration, title)
    listed = Crumb(_("Critical friends"), reverse("candidate:friends", args=[registration]))
    return [*way[:-1], listed, way[-1]]


def sections_of(draft: Draft, mentor: Mentor) -> list[Section]:
    """Return what one friend said, by section; one query."""
    by_entry: dict[int, list[Comment]] = defaultdict(list)
    for each in comments_on(draft.portfolio, mentor=mentor):
        by_entry[each.entry_id].append(each)
    return [
        Section(
            title=_titled(draft, entry),
            href=_href(draft, entry),
            comments=tuple(said_of(by_entry[entry.pk], parts_of(draft, entry))),
        )
        for entry in in_order(draft)
        if entry.pk in by_entry
    ]


def _href(draft: Draft, entry: Entry) -> str:
    """Return where an entry is written; '' for one that the pathway does not ask for."""
    if not draft.rules.asks(entry.section, draft.registration.pathway):
        return ""
    return reverse("candidate:section", args=[draft.registration.pk, draft.slot(entry)])


def beside(draft: Draft, entry: Entry) -> list[Said]:
    """Return the comments on one entry, those to be dealt with first; one query."""
    found = said_of(comments_on(draft.portfolio, entry=entry), parts_of(draft, entry))
    return sorted(found, key=lambda each: each.is_resolved)
