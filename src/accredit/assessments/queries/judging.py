"""Assessors and candidates as the panel rules see them: for one registration or for many at once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.db.models import CharField, Count, F, Q, Sum, Value

from accredit.assessments.models import (
    Appointment,
    Assessor,
    DeclaredConflict,
    DismissedConflict,
    PastAssessments,
)
from accredit.awards.queries import holds
from accredit.frameworks.queries import rules_of
from accredit.people.queries import stays_of
from accredit.portfolios.models import Mentor
from accredit.registrations.models import CohortPlace, Registration
from accredit.rulebook import facts, interest, panel
from accredit.rulebook.faults import Code
from accredit.rulebook.terms import RoundKind

UNDER_WAY = Q(ended_at=None, panel__outcome=None)
_IN = Q(assessment__submitted_at__isnull=False)
YEAR = timedelta(days=365)
Stays = dict[int, tuple[facts.Stay, ...]]


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody offers, and what they made before this record."""

    at_most: int
    past: int
    pathways: frozenset[str] = frozenset()
    away: frozenset[str] = frozenset()
    per_year: int | None = None
    leads: bool = False

    @classmethod
    def of(cls, row: Assessor, past: int) -> "Offer":
        """The offer of an assessor's row."""
        return cls(
            row.at_most,
            past,
            frozenset(row.pathways),
            frozenset(row.months_away),
            row.per_year,
            leads=row.leads_since is not None,
        )


@dataclass(frozen=True, slots=True)
class Judged:
    """One registration, its candidate, and everybody as a possible member of its panel."""

    registration: Registration
    candidate: facts.Candidate
    assessors: Mapping[int, facts.Assessor]


@dataclass(frozen=True, slots=True)
class _Past:
    """An appointment beside a candidate: who, where, in which round, and whether it is under way."""

    registration: int
    person: int
    round: int
    is_under_way: bool
    is_set_aside: bool


def conflicts_of(people: Iterable[int], registration: Registration) -> dict[int, tuple[Code, ...]]:
    """Return the conflicts between each person and the candidate: declared by whomever and not dismissed,
    derived from being or having been a critical friend for this portfolio, or the coordinator of the
    candidate's cohort. One query."""
    ids = set(people)
    found = _conflicts([registration], None).get(registration.pk, {})
    return {
        person: tuple(sorted(each.codes)) for person, each in found.items() if person in ids and each.codes
    }


@dataclass(slots=True)
class _Between:
    """What is known between a person and a candidate: conflicts, and what the office has set aside."""

    codes: set[Code] = field(default_factory=set)
    aside: set[tuple[str, str]] = field(default_factory=set)


def _conflicts(registrations: list[Registration], on: date | None) -> dict[int, dict[int, _Between]]:
    """Return what is known of each registration by person, in one query. A declared conflict that has ended
    before the day does not count."""
    keys, candidates = [each.pk for each in registrations], [each.person_id for each in registrations]
    lasting = Q(until_on=None) | Q(until_on__gte=on) if on else Q()
    declared = DeclaredConflict.objects.filter(lasting, dismissed_at=None)
    friends = Mentor.objects.filter(portfolio__registration__in=keys, accepted_at__isnull=False)
    places = CohortPlace.objects.filter(registration__in=keys)
    aside = DismissedConflict.objects.filter(about_id__in=candidates, restored_at=None)
    by_code = {
        Code.CONFLICT_MENTOR: (friends, "person_id", "portfolio__registration_id"),
        Code.CONFLICT_COORDINATOR: (places, "cohort__coordinator_id", "registration_id"),
    }
    # Person, whom or what it is about (a candidate, or a registration), the code, on what it rests.
    rows = declared.filter(about_id__in=candidates).order_by()
    first = rows.values_list("person_id", "about_id", _word(Code.CONFLICT_DECLARED), _word(_SAID))
    others = declared.filter(person_id__in=candidates).order_by()
    found = first.union(
        others.values_list("about_id", "person_id", _word(Code.CONFLICT_DECLARED), _word(_SAID)),
        aside.order_by().values_list("person_id", "about_id", "kind", "found"),
        *(
            each.order_by().values_list(F(whom), F(about), _word(code), _word(_SEEN))
            for code, (each, whom, about) in by_code.items()
        ),
    )
    return _by_registration(registrations, found)


# Marks in the place of what a dismissal rests on: no such text stands there.
_SAID, _SEEN = "\tsaid", "\tseen"


def _word(text: str) -> Value:
    return Value(str(text), output_field=CharField())


def _by_registration(
    registrations: list[Registration], rows: Iterable[tuple[int, int, str, str]]
) -> dict[int, dict[int, _Between]]:
    of_candidate: dict[int, list[int]] = defaultdict(list)
    for each in registrations:
        of_candidate[each.person_id].append(each.pk)
    found: dict[int, dict[int, _Between]] = defaultdict(lambda: defaultdict(_Between))
    for person, about, code, rests_on in rows:
        for number in [about] if rests_on == _SEEN else of_candidate[about]:
            if rests_on in {_SAID, _SEEN}:
                found[number][person].codes.add(Code(code))
            else:
                found[number][person].aside.add((code, rests_on))
    return found


def work_of_people(people: list[int], on: date | None = None) -> dict[int, tuple[int, int, int]]:
    """Return for each person the assessments finished, under way, and begun in the year before a day."""
    recent = Q(invited_at__date__gt=on - YEAR) if on else Q()
    begun = Count("pk", filter=recent & (Q(ended_at=None) | _IN))
    rows = Appointment.objects.filter(person_id__in=people).values("person_id")
    counted = rows.annotate(finished=Count("pk", filter=_IN), open=Count("pk", filter=UNDER_WAY), begun=begun)
    return {row["person_id"]: (row["finished"], row["open"], row["begun"]) for row in counted}


def past_of_people(people: list[int]) -> dict[int, int]:
    """Return how many assessments each person made before this record began."""
    rows = PastAssessments.objects.filter(person_id__in=people).values("person_id")
    return {row["person_id"]: row["sum"] for row in rows.annotate(sum=Sum("number"))}


def _earlier(candidates: Iterable[int]) -> dict[int, list[_Past]]:
    """Return who has assessed or assesses each candidate; declined and replaced members do not."""
    rows = Appointment.objects.filter(panel__registration__person_id__in=list(candidates), ended_at=None)
    found: dict[int, list[_Past]] = defaultdict(list)
    for candidate, number, person, place, outcome, aside in rows.values_list(
        "panel__registration__person_id",
        "panel__registration_id",
        "person_id",
        "panel__round",
        "panel__outcome",
        "panel__outcome__set_aside_at",
    ):
        found[candidate].append(_Past(number, person, place, outcome is None, aside is not None))
    return found


def _offers(ids: list[int]) -> dict[int, Offer]:
    past = past_of_people(ids)
    rows = Assessor.objects.filter(person_id__in=ids)
    found = {row.person_id: Offer.of(row, past.get(row.person_id, 0)) for row in rows}
    return found | {person: Offer(0, done) for person, done in past.items() if person not in found}


def judged(
    people: Iterable[int],
    registrations: list[Registration],
    on: date,
    *,
    offers: Mapping[int, Offer] | None = None,
    due: date | None = None,
) -> Iterator[Judged]:
    """Yield what the panel rules judge, registration by registration: these persons for that candidate on a
    day. Seven queries however many of either there are; two less where the offers are known."""
    ids = list(people)
    candidates = {each.person_id for each in registrations}
    offers = _offers(ids) if offers is None else offers
    held, stays, work = holds(ids, on), stays_of([*ids, *candidates]), work_of_people(ids, on)
    conflicts, earlier = _conflicts(registrations, on), _earlier(candidates)
    base = {
        person: _assessor(person, offers.get(person), held, stays, work.get(person, (0, 0, 0)))
        for person in ids
    }
    for registration in registrations:
        before = earlier[registration.person_id]
        candidate = facts.Candidate(
            person=registration.person_id,
            pathway=registration.pathway,
            on=on,
            institutions=stays.get(registration.person_id, ()),
            round=RoundKind(registration.round_kind),
            earlier_panel=frozenset(
                each.person
                for each in before
                if each.registration == registration.pk and each.round < registration.round
            ),
            set_aside_panel=frozenset(
                each.person for each in before if each.registration == registration.pk and each.is_set_aside
            ),
            due=due,
        )
        special = _special(base, registration, before, conflicts[registration.pk])
        yield Judged(registration, candidate, base | special if special else base)


def _assessor(
    person: int,
    offer: Offer | None,
    held: Mapping[int, frozenset[str]],
    stays: Stays,
    work: tuple[int, int, int],
) -> facts.Assessor:
    """A person as far as it does not matter for whom. Nobody's limit is that of a person without an offer."""
    done, load, begun = work
    return facts.Assessor(
        person=person,
        holds=held.get(person, frozenset()),
        completed=done + (offer.past if offer else 0),
        leads=offer is not None and offer.leads,
        load=load,
        capacity=offer.at_most if offer and offer.at_most else None,
        institutions=stays.get(person, ()),
        pathways=offer.pathways if offer else frozenset(),
        away=offer.away if offer else frozenset(),
        per_year=offer.per_year if offer else None,
        this_year=begun,
    )


def _special(
    base: Mapping[int, facts.Assessor],
    registration: Registration,
    before: list[_Past],
    conflicts: Mapping[int, _Between],
) -> dict[int, facts.Assessor]:
    """Those who stand in some relation to the candidate: in conflict, or sitting or having sat there. What
    they have under way for this registration is no load beside it."""
    found: dict[int, facts.Assessor] = {}
    for each in before:
        is_now = each.registration == registration.pk and each.round >= registration.round
        known = found.get(each.person, base.get(each.person))
        if known is not None:
            own = each.registration == registration.pk and each.is_under_way
            history = known.history if is_now else known.history | {registration.person_id}
            found[each.person] = replace(
                known, load=known.load - own, this_year=known.this_year - own, history=history
            )
    for person, between in conflicts.items():
        known = found.get(person, base.get(person))
        if known is not None:
            found[person] = replace(
                known, conflicts=tuple(sorted(between.codes)), set_aside=frozenset(between.aside)
            )
    return found


def assessors_and_candidate(
    people: Iterable[int],
    registration: Registration,
    on: date,
    *,
    offers: Mapping[int, Offer] | None = None,
    due: date | None = None,
) -> tuple[dict[int, facts.Assessor], facts.Candidate]:
    """Return what the panel rules judge: these persons for this candidate on a day."""
    (found,) = judged(people, [registration], on, offers=offers, due=due)
    return dict(found.assessors), found.candidate


def interests_between(registration: Registration, person: int, on: date) -> tuple[interest.Interest, ...]:
    """Return every conflict between a person and the candidate on a day, those set aside included."""
    found, candidate = assessors_and_candidate([person], registration, on, offers={})
    rule = panel.rule_for_round(rules_of(registration.edition), candidate.round)
    return interest.interests(rule, found[person], candidate)


def set_aside_between(registration: Registration, person: int) -> dict[tuple[str, str], DismissedConflict]:
    """Return what the office has set aside between a person and the candidate, by the key of the conflict."""
    rows = DismissedConflict.objects.filter(
        person_id=person, about_id=registration.person_id, restored_at=None
    ).select_related("dismissed_by")
    return {(each.kind, each.found): each for each in rows}


def facts_of_assessors(
    people: Iterable[int], registration: Registration, on: date
) -> dict[int, facts.Assessor]:
    """Return these persons as the panel rules see them for this candidate."""
    return assessors_and_candidate(people, registration, on)[0]
