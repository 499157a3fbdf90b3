"""Critical friends: who was asked, what each may read today, and what they said of which passage."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.crypto import salted_hmac

from accredit.frameworks.queries import rules_of
from accredit.portfolios.models import Comment, Entry, Mentor, Portfolio
from accredit.portfolios.queries.drafts import Draft
from accredit.rulebook import mentoring as rules
from accredit.rulebook.framework import SectionKind
from accredit.rulebook.workflow import EDITABLE, Stage
from accredit.toolkit.richtext import plain

WHOLE = ""
DESCRIPTION, REFLECTION = "description", "reflection"
_QUOTES = str.maketrans("“”„‘’‚", "\"\"\"'''")
_standing = Q(removed_at=None)


@dataclass(frozen=True, slots=True)
class Part:
    """One text of an entry that may be commented on; `key` is stored with the comment.

    `kind` is text, principle, description or reflection; `number` counts examples; `name` is a principle's.
    """

    key: str
    kind: str
    text: str
    number: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A comment and the part in which its words stand now; None where they no longer stand anywhere."""

    comment: Comment
    part: Part | None


def token_of(mentor: Mentor) -> str:
    """Return the secret of an invitation's link: made anew from the installation's secret, never stored."""
    known = f"{mentor.portfolio_id}:{mentor.email}:{mentor.invited_at.isoformat()}"
    return salted_hmac("accredit.mentor", known, algorithm="sha256").hexdigest()


def digest_of(token: str) -> str:
    """Return what is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _rows() -> QuerySet[Mentor]:
    rows = Mentor.objects.select_related(
        "person", "portfolio__registration__person", "portfolio__registration__scheme",
        "portfolio__registration__edition",
    )  # fmt: skip
    return rows.defer("portfolio__registration__edition__document").prefetch_related(
        Prefetch("entries", Entry.objects.order_by("section", "position"))
    )


def _counted(rows: QuerySet[Mentor]) -> QuerySet[Mentor]:
    standing = Q(comments__removed_at=None)
    return rows.annotate(
        comments_made=Count("comments", filter=standing),
        comments_open=Count("comments", filter=standing & Q(comments__resolved_at=None)),
    )


def mentors_of(portfolio: int) -> list[Mentor]:
    """Return everybody asked to comment on a portfolio, the newest first, with the number of comments."""
    return list(_counted(_rows().filter(portfolio_id=portfolio)).order_by("-invited_at", "-id"))


def mentor_of(portfolio: int, key: int) -> Mentor | None:
    """Return one of them."""
    return _counted(_rows().filter(portfolio_id=portfolio, pk=key)).first()


def mentor_invited_by(token: str) -> Mentor | None:
    """Return whose link this is, whatever has become of the invitation."""
    return _rows().filter(token_sha256=digest_of(token)).first()


def mentorships_of(person: int) -> QuerySet[Mentor]:
    """Return the invitations a person has accepted, the newest first, with the number of their comments."""
    return _counted(_rows().filter(person_id=person, accepted_at__isnull=False)).order_by(
        "-accepted_at", "-id"
    )


def standing_of(mentor: Mentor, at: datetime) -> rules.Standing:
    """Return how an invitation stands at a moment, in the scheme's zone."""
    registration = mentor.portfolio.registration
    on = at.astimezone(ZoneInfo(registration.scheme.time_zone)).date()
    return rules.standing(
        rules.Invitation(
            until=mentor.until_on,
            accepted=mentor.accepted_at is not None,
            declined=mentor.declined_at is not None,
            ended=mentor.ended_at is not None,
        ),
        on=on,
        is_written=Stage(registration.stage) in EDITABLE,
    )


def may_be_shown(draft: Draft) -> list[Entry]:
    """Return the entries a candidate may open to a friend: those of the pathway that change in this round."""
    return [
        entry
        for section in draft.sections
        if section.kind is not SectionKind.CONFIRMATION
        for entry in draft.of_section(section.code)
        if draft.is_open(draft.slot(entry))
    ]


def shown_to(draft: Draft, mentor: Mentor) -> list[Entry]:
    """Return the chosen entries, in the order of the portfolio, as far as they may be shown now."""
    chosen = {entry.pk for entry in mentor.entries.all()}
    return [entry for entry in may_be_shown(draft) if entry.pk in chosen]


def sections_of(mentor: Mentor) -> list[str]:
    """Return the titles of the chosen sections, in the order of the portfolio."""
    registration = mentor.portfolio.registration
    rules = rules_of(registration.edition)
    order = [each.code for each in rules.sections_for(registration.pathway)]
    chosen = [each for each in mentor.entries.all() if each.section in order]
    chosen.sort(key=lambda each: (order.index(each.section), each.position))
    return [rules.slot_title(rules.slot(each.section, each.position)) for each in chosen]


def in_order(draft: Draft) -> list[Entry]:
    """Return all entries: those of the pathway as the portfolio has them, then those that are set aside."""
    asked = [entry for section in draft.sections for entry in draft.of_section(section.code)]
    known = {entry.pk for entry in asked}
    return [*asked, *(entry for entry in draft.entries if entry.pk not in known)]


def title_of(draft: Draft, entry: Entry) -> str:
    """Return what an entry is called; one without an address in this edition, by its section."""
    try:
        return draft.rules.slot_title(draft.slot(entry))
    except KeyError:
        return entry.section


def parts_of(draft: Draft, entry: Entry) -> tuple[Part, ...]:
    """Return the texts of an entry in the order of reading; none where the portfolio stands elsewhere."""
    if draft.is_as_it_is:
        return ()
    texts = [Part("text", "text", entry.text)]
    texts += [
        Part(f"principle-{each.code}", "principle", entry.principle_texts.get(each.code, ""), name=each.title)
        for each in draft.rules.principles
    ]
    for number, example in enumerate(entry.examples.all(), 1):
        texts += [
            Part(f"{example.pk}-{DESCRIPTION}", DESCRIPTION, example.description, number, example.title),
            Part(f"{example.pk}-{REFLECTION}", REFLECTION, example.reflection, number, example.title),
        ]
    return tuple(each for each in texts if each.text)


def stands_in(quote: str, text: str) -> bool:
    """Say whether the words stand in an HTML text, however they are spaced and quotation marks are drawn."""
    return _even(quote) in _even(plain(text))


def _even(text: str) -> str:
    return " ".join(text.translate(_QUOTES).split()).casefold()


def passages(comments: Iterable[Comment], parts: tuple[Part, ...]) -> list[Passage]:
    """Find each comment's words: in the part they were taken from, else in another of the entry."""
    return [Passage(each, _place(each, parts)) for each in comments]


def _place(comment: Comment, parts: tuple[Part, ...]) -> Part | None:
    own = [each for each in parts if each.key == comment.part]
    if not comment.quote:
        return own[0] if own else None
    others = [each for each in parts if each.key != comment.part]
    return next((each for each in (*own, *others) if stands_in(comment.quote, each.text)), None)


def comments_on(portfolio: Portfolio, **only: object) -> list[Comment]:
    """Return the standing comments on a portfolio, by entry and time; `only` narrows (entry, mentor)."""
    rows = Comment.objects.filter(_standing, entry__portfolio=portfolio, **only)
    return list(rows.select_related("mentor__person", "entry").order_by("written_at", "id"))


def comment_on(portfolio: Portfolio, key: int) -> Comment | None:
    """Return one standing comment on a portfolio."""
    rows = Comment.objects.filter(_standing, entry__portfolio=portfolio, pk=key)
    return rows.select_related("mentor__person", "entry").first()
