"""One panel of a draft: why these, who was close, and who else might sit there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accredit.allocation.problem import Bar
from accredit.assessments.models import DraftPanel, DraftSeat
from accredit.assessments.queries import (
    Bringing,
    PanelCandidate,
    candidates_for_panel,
    completed_of,
    is_fixed,
    offer_of,
    people_of,
    rule_of,
    standing_places,
    suiting_of,
    wanted_of,
    weights_of,
)
from accredit.assessments.queries.fitting import Suiting
from accredit.rulebook import panel
from accredit.rulebook.faults import Code, fault
from accredit.rulebook.fit import Kind, Part
from accredit.rulebook.terms import RoundKind
from accredit.web.office.reads.drafting import BARS, WHYS, percent
from accredit.web.office.reads.telling import SEATS
from accredit.wording import sentence

SHOWN = 60
People = Mapping[int, Bringing]
PARTS = {
    Kind.AREAS: gettext_lazy("areas"),
    Kind.LANGUAGE: gettext_lazy("language"),
    Kind.SECTOR: gettext_lazy("sector"),
    Kind.EXPERIENCE: gettext_lazy("experience at this pathway"),
    Kind.SUGGESTED: gettext_lazy("suggested by the candidate"),
    Kind.NEWCOMER: gettext_lazy("a renewal to begin with"),
}


# What the page of conflicts tells more of.
CONFLICTS = Bar.CONFLICT | Bar.INSTITUTION | Bar.EARLIER


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on the draft panel, and what speaks for them."""

    key: int
    person: int
    name: str
    title: str
    fit: str
    parts: tuple[str, ...]
    is_locked: bool
    is_fixed: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A draft panel in full."""

    members: list[Member]
    free: list[str]
    faults: list[str]
    close: list[tuple[int, str, str, str, bool]]
    forbidden: list[tuple[int, str]]
    wanted: tuple[str, ...]


def page(row: DraftPanel) -> Found:
    """Return a draft panel with its reasons; eight queries."""
    seats = list(row.seats.select_related("person").order_by("pk"))
    kept_off = list(row.forbidden.select_related("person").order_by("person__name"))
    near, members = [each[0] for each in row.close], {each.person_id for each in seats}
    people = people_of([*members, *near])
    suits, names = _suits(row, people), {key: known.person.name for key, known in people.items()}
    places = standing_places([row.registration_id]).get(row.registration_id, [])
    fixed = {each.person_id for each in places if each.ended_at is None and is_fixed(each, row.draft)}
    wanted = list(panel.seats_of(rule_of(row.registration)[0]))
    for each in seats:
        if each.seat in wanted:
            wanted.remove(each.seat)
    return Found(
        members=[_member(row, each, suits, fixed) for each in _sorted(seats)],
        free=[str(SEATS[each]) for each in wanted],
        faults=[sentence(fault(Code(code), **values)) for code, values in row.faults],
        close=[_close(each, names) for each in row.close if each[0] in names and each[0] not in members],
        forbidden=[(each.person_id, each.person.name) for each in kept_off],
        wanted=suits.wanted[row.registration_id].areas,
    )


def _suits(row: DraftPanel, people: People) -> Suiting:
    needed = rule_of(row.registration)[0].assessments_before_lead
    is_renewal = row.registration.round_kind == RoundKind.RENEWAL
    done = completed_of(people) if needed and is_renewal else {}
    offered = {key: offer_of(known, is_new=done.get(key, 0) < needed) for key, known in people.items()}
    return suiting_of(offered, [row.registration], weights_of(row.draft.scheme))


def _sorted(seats: list[DraftSeat]) -> list[DraftSeat]:
    order = {"lead": 0, "second": 1}
    return sorted(seats, key=lambda each: (order.get(each.seat, 2), each.person.name))


def _member(row: DraftPanel, each: DraftSeat, suits: Suiting, fixed: set[int]) -> Member:
    return Member(
        key=each.pk,
        person=each.person_id,
        name=each.person.name,
        title=str(SEATS.get(each.seat, each.seat)),
        fit=percent(each.fit),
        parts=tuple(in_words(one) for one in suits.parts(row.registration_id, each.person_id)),
        is_locked=each.is_locked,
        is_fixed=each.person_id in fixed,
    )


def in_words(part: Part) -> str:
    """Return one thing that counts: its share, and how much of the whole it weighs."""
    words = _("%(what)s: %(share)s %% (weight %(weight)s)")
    return words % {"what": PARTS[part.kind], "share": round(part.share / 10), "weight": part.weight}


def _close(each: list[int | str], names: Mapping[int, str]) -> tuple[int, str, str, str, bool]:
    person, fit, bars, why = int(each[0]), int(each[1]), int(each[2]), str(each[3])
    said = WHYS.get(why) or ", ".join(str(words) for bar, words in BARS.items() if bar in Bar(bars))
    return person, names[person], percent(fit), str(said), bool(Bar(bars) & CONFLICTS)


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody who might sit on the panel."""

    person: int
    name: str
    areas: str
    institutions: str
    work: str
    fit: str
    seats: list[tuple[str, str, tuple[str, ...]]]
    swaps: list[tuple[int, str, str]]


@dataclass(frozen=True, slots=True)
class Choices:
    """Everybody who might, the best fitting first; a few of many."""

    lines: list[Choice]
    total: int
    mine: list[tuple[int, str]]

    @property
    def is_cut(self) -> bool:
        """Say whether more fit than are shown."""
        return self.total > len(self.lines)


def choices(row: DraftPanel, on: date, *, wanted: str) -> Choices:
    """Return who might sit on the panel, whatever speaks against it, found by words; seven queries. The row
    carries what was submitted, and whom the candidate suggests."""
    everybody = candidates_for_panel(row.registration, on)
    rule, owner = rule_of(row.registration)[0], row.registration
    offered = {
        each.profile.pk: offer_of(
            Bringing(each.profile, each.areas, each.languages),
            is_new=each.completed < rule.assessments_before_lead,
            at_pathway=each.at_pathway,
        )
        for each in everybody
    }
    said = (getattr(row, name, None) or "" for name in ("suggested", "language"))
    given = wanted_of(owner, getattr(row, "content", None), *said)
    suits = Suiting(weights_of(row.draft.scheme), {owner.pk: given}, offered, {}, {owner.pk: owner.pathway})
    drafted = DraftSeat.objects.filter(panel__draft=row.draft).select_related(
        "person", "panel__registration__person"
    )
    seated: dict[int, list[DraftSeat]] = {}
    for seat in drafted:
        seated.setdefault(seat.person_id, []).append(seat)
    here = {each.person_id for of_one in seated.values() for each in of_one if each.panel_id == row.pk}
    fits = {each.profile.pk: suits.fit(row.registration_id, each.profile.pk) for each in everybody}
    found = [each for each in everybody if each.profile.pk not in here and _is_sought(each, wanted)]
    found.sort(key=lambda each: (bool(each.as_member), -fits[each.profile.pk], each.profile.name))
    kinds = tuple(dict.fromkeys(panel.seats_of(rule)))
    mine = [
        (each.pk, f"{each.person.name} ({SEATS[each.seat]})")
        for of_one in seated.values()
        for each in of_one
        if each.panel_id == row.pk
    ]
    lines = [_choice(each, kinds, fits, seated.get(each.profile.pk, [])) for each in found[:SHOWN]]
    return Choices(lines, len(found), mine)


def _is_sought(each: PanelCandidate, wanted: str) -> bool:
    text = " ".join((each.profile.name, *each.institutions, *each.areas)).casefold()
    return all(word in text for word in wanted.casefold().split())


def _choice(
    each: PanelCandidate, kinds: tuple[str, ...], fits: Mapping[int, int], seated: list[DraftSeat]
) -> Choice:
    return Choice(
        person=each.profile.pk,
        name=each.profile.name,
        areas=", ".join(each.areas),
        institutions=", ".join(each.institutions),
        work=_("%(load)s of %(at_most)s, and %(drafted)s in this draft")
        % {"load": each.load, "at_most": each.at_most, "drafted": len(seated)},
        fit=percent(fits[each.profile.pk]),
        seats=[
            (kind, str(SEATS[kind]), tuple(map(sentence, each.as_lead if kind == "lead" else each.as_member)))
            for kind in kinds
        ],
        swaps=[(one.pk, one.panel.registration.person.name, str(SEATS[one.seat])) for one in seated],
    )
