"""What may be moved where, the order of areas, and what is set aside."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from accredit.portfolios.models import Entry, Portfolio
from accredit.portfolios.queries import Draft, content_of, content_set_aside, draft_of
from accredit.rulebook.framework import Section
from accredit.rulebook.placing import examples_allowed
from accredit.web.candidate.mine import is_editable
from accredit.web.ui.portfolio import ReadEntry, reading_of


@dataclass(frozen=True, slots=True)
class Moving:
    """The examples of an entry, where each of them may go, and where there is no room."""

    entry: Entry
    slot: str
    title: str
    examples: tuple[tuple[str, str], ...]
    targets: tuple[tuple[str, str], ...]
    full: tuple[str, ...]
    is_open: bool
    is_aside: bool


def named(draft: Draft, entry: Entry) -> str:
    """Return the title of an entry's slot with the name its writer gave the area."""
    title = draft.rules.slot_title(draft.slot(entry))
    return f"{title}: {entry.title or entry.area}" if entry.title or entry.area else title


def moving(portfolio: Portfolio, slot: str) -> Moving | None:
    """Read what may be moved out of a slot, set aside or not: four queries."""
    draft = draft_of(portfolio)
    entry = next((each for each in draft.entries if draft.slot(each) == slot), None)
    if entry is None:
        return None
    others = [each for each in draft.asked if each.pk != entry.pk and draft.is_open(draft.slot(each))]
    room = {each.pk: _room(draft, each) for each in others}
    return Moving(
        entry=entry,
        slot=slot,
        title=named(draft, entry),
        examples=tuple(_examples(entry)),
        targets=tuple((draft.slot(each), named(draft, each)) for each in others if (room[each.pk] or 0) > 0),
        full=tuple(named(draft, each) for each in others if room[each.pk] == 0),
        is_open=is_editable(draft.registration) and draft.is_open(slot),
        is_aside=not draft.is_asked(entry),
    )


def _room(draft: Draft, entry: Entry) -> int | None:
    """Return how many more examples an entry takes; None where it takes none at all."""
    allowed = examples_allowed(draft.rules, draft.registration.pathway, entry.section)
    have = sum(not each.is_blank for each in content_of(entry).examples)
    return max(0, allowed - have) if allowed else None


def _examples(entry: Entry) -> Iterator[tuple[str, str]]:
    for number, each in enumerate(content_of(entry).examples, 1):
        if not each.is_blank:
            title = each.title or _("without a title")
            yield str(each.key), _("Example %(number)s: %(title)s") % {"number": number, "title": title}


@dataclass(frozen=True, slots=True)
class Area:
    """One entry of a section that may repeat; `up` and `down` are the places beside it, 0 where none is."""

    key: int
    slot: str
    title: str
    href: str
    up: int
    down: int
    is_aside: bool


@dataclass(frozen=True, slots=True)
class Areas:
    """All entries of a section that may repeat, in their order."""

    section: Section
    areas: tuple[Area, ...]
    may_copy: bool


def areas(portfolio: Portfolio, code: str) -> Areas | None:
    """Read the order of a section that may repeat; None where there is none or it is fixed."""
    draft = draft_of(portfolio)
    section = next((each for each in draft.rules.sections if each.code == code), None)
    if section is None or not section.is_repeatable or portfolio.open_slots is not None:
        return None
    rows = [each for each in draft.entries if each.section == code]
    if not rows or not is_editable(draft.registration):
        return None
    is_asked = draft.rules.asks(code, draft.registration.pathway)
    most = draft.rules.on(code, draft.registration.pathway).entries.at_most if is_asked else 0
    listed = tuple(_area(draft, each, len(rows)) for each in rows)
    return Areas(section, listed, may_copy=is_asked and (most is None or len(rows) < most))


def _area(draft: Draft, entry: Entry, count: int) -> Area:
    slot, is_aside, pk = draft.slot(entry), not draft.is_asked(entry), draft.registration.pk
    page = f"{reverse('candidate:set_aside', args=[pk])}#section-{slot}"
    return Area(
        key=entry.pk,
        slot=slot,
        title=entry.title or entry.area or _("not named yet"),
        href=page if is_aside else reverse("candidate:section", args=[pk, slot]),
        up=entry.position - 1,
        down=entry.position + 1 if entry.position < count else 0,
        is_aside=is_aside,
    )


@dataclass(frozen=True, slots=True)
class Aside:
    """An entry that is set aside, to be read; `href` leads to moving an example out of it."""

    entry: ReadEntry
    href: str


def set_aside(portfolio: Portfolio) -> list[Aside]:
    """Read what the pathway does not ask for: four queries."""
    draft = draft_of(portfolio)
    pk = draft.registration.pk
    reading = reading_of(
        content_set_aside(draft),
        draft.rules,
        file_url=lambda key: reverse("candidate:evidence_file", args=[pk, key]),
    )
    may_move = is_editable(draft.registration) and portfolio.open_slots is None
    return [
        Aside(
            each,
            reverse("candidate:move", args=[pk, each.slot]) if may_move and each.examples else "",
        )
        for each in reading.entries
    ]
