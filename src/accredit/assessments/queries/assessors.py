"""Assessors as the rules see them, and who may sit on which panel."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from accredit.assessments.models import Appointment, Assessor, DeclaredConflict, PastAssessments
from accredit.awards.queries import holds
from accredit.frameworks.queries import rules_of
from accredit.people.models import Profile
from accredit.people.queries import stays_of
from accredit.portfolios.models import Mentor
from accredit.registrations.models import CohortPlace, Registration
from accredit.rulebook import facts, panel
from accredit.rulebook.faults import Code, Fault
from accredit.rulebook.terms import RoundKind

_UNDER_WAY = Q(ended_at=None, panel__outcome=None)
_IN = Q(assessment__submitted_at__isnull=False)


@dataclass(frozen=True, slots=True)
class PanelCandidate:
    """An assessor as a possible member of a panel; empty tuples mean: may be appointed."""

    profile: Profile
    as_member: tuple[Fault, ...]
    as_lead: tuple[Fault, ...]
    load: int
    at_most: int
    completed: int
    areas: tuple[str, ...]
    institutions: tuple[str, ...]


def conflicts_of(people: Iterable[int], registration: Registration) -> dict[int, tuple[Code, ...]]:
    """Return the conflicts between each person and the candidate: declared by whomever and not dismissed,
    derived from being or having been a critical friend for this portfolio, or the coordinator of the
    candidate's cohort. One query."""
    candidate, ids = registration.person_id, set(people)
    declared = DeclaredConflict.objects.filter(dismissed_at=None)
    accepted = Mentor.objects.filter(portfolio__registration=registration, accepted_at__isnull=False)
    sources = (
        (declared.filter(about_id=candidate), "person_id", Code.CONFLICT_DECLARED),
        (declared.filter(person_id=candidate), "about_id", Code.CONFLICT_DECLARED),
        (accepted, "person_id", Code.CONFLICT_MENTOR),
        (
            CohortPlace.objects.filter(registration=registration),
            "cohort__coordinator_id",
            Code.CONFLICT_COORDINATOR,
        ),
    )
    first, *others = (
        rows.order_by().values_list(F(whom), Value(code.value, output_field=CharField()))
        for rows, whom, code in sources
    )
    found: dict[int, set[Code]] = defaultdict(set)
    for person, code in first.union(*others):
        if person in ids:
            found[person].add(Code(code))
    return {person: tuple(sorted(codes)) for person, codes in found.items()}


def close_to(person: int) -> Q:
    """Return the condition under which a person is or was close to the candidate of a panel, so that they
    decide nothing about it: as a critical friend for this portfolio, or as coordinator of their cohort."""
    friend = Mentor.objects.filter(
        portfolio__registration=OuterRef("registration"), person_id=person, accepted_at__isnull=False
    )
    places = CohortPlace.objects.filter(registration=OuterRef("registration"))
    return Q(Exists(friend)) | Q(Exists(places.filter(cohort__coordinator_id=person)))


def _work(people: list[int], registration: Registration | None) -> dict[int, tuple[int, int]]:
    """Return for each person the assessments finished and those under way on other panels."""
    elsewhere = _UNDER_WAY & ~Q(panel__registration=registration) if registration else _UNDER_WAY
    rows = Appointment.objects.filter(person_id__in=people).values("person_id")
    counted = rows.annotate(finished=Count("pk", filter=_IN), open=Count("pk", filter=elsewhere))
    return {row["person_id"]: (row["finished"], row["open"]) for row in counted}


def _past(people: list[int]) -> dict[int, int]:
    rows = PastAssessments.objects.filter(person_id__in=people).values("person_id")
    return {row["person_id"]: row["sum"] for row in rows.annotate(sum=Sum("number"))}


def _earlier(registration: Registration) -> dict[int, set[int]]:
    """Return who has assessed this candidate, by registration; declined and replaced members have not."""
    rows = Appointment.objects.filter(panel__registration__person_id=registration.person_id, ended_at=None)
    found: dict[int, set[int]] = defaultdict(set)
    this_round = Q(panel__registration=registration, panel__round__gte=registration.round)
    for number, person in rows.exclude(this_round).values_list("panel__registration_id", "person_id"):
        found[number].add(person)
    return found


def assessors_and_candidate(
    people: Iterable[int],
    registration: Registration,
    on: date,
    known: dict[int, tuple[int, int]] | None = None,
) -> tuple[dict[int, facts.Assessor], facts.Candidate]:
    """Return what the panel rules judge: these persons for this candidate on a day. Seven queries, two less
    where the caller knows how many each takes at most and how many they made before this record."""
    ids = list(people)
    if known is None:
        past = _past(ids)
        rows = Assessor.objects.filter(person_id__in=ids).values_list("person_id", "at_most")
        limits: dict[int, int] = dict(rows)
    else:
        limits = {person: at_most for person, (at_most, _done) in known.items()}
        past = {person: done for person, (_at_most, done) in known.items()}
    held, stays = holds(ids, on), stays_of([*ids, registration.person_id])
    work = _work(ids, registration)
    conflicts, earlier = conflicts_of(ids, registration), _earlier(registration)
    found = {
        person: facts.Assessor(
            person=person,
            holds=held.get(person, frozenset()),
            completed=work.get(person, (0, 0))[0] + past.get(person, 0),
            load=work.get(person, (0, 0))[1],
            capacity=limits.get(person),
            institutions=stays.get(person, ()),
            conflicts=conflicts.get(person, ()),
            history=frozenset(
                {registration.person_id} if any(person in group for group in earlier.values()) else ()
            ),
        )
        for person in ids
    }
    candidate = facts.Candidate(
        person=registration.person_id,
        pathway=registration.pathway,
        on=on,
        institutions=stays.get(registration.person_id, ()),
        round=RoundKind(registration.round_kind),
        earlier_panel=frozenset(earlier.get(registration.pk, ())),
    )
    return found, candidate


def facts_of_assessors(
    people: Iterable[int], registration: Registration, on: date
) -> dict[int, facts.Assessor]:
    """Return these persons as the panel rules see them for this candidate."""
    return assessors_and_candidate(people, registration, on)[0]


def _willing() -> QuerySet[Assessor]:
    """Return the assessors who are not pausing, each with how many they made before this record."""
    made = PastAssessments.objects.filter(person_id=OuterRef("person_id")).order_by().values("person_id")
    sums = made.annotate(sum=Sum("number")).values("sum")
    rows = Assessor.objects.filter(paused_at=None).annotate(past=Coalesce(Subquery(sums), 0))
    return rows.select_related("person").order_by("person__name")


def candidates_for_panel(registration: Registration, on: date) -> list[PanelCandidate]:
    """Return every assessor who is not pausing, with the reasons against each; the free ones first.

    Six queries however many there are, given a registration with its edition.
    """
    rows = {row.person_id: row for row in _willing()}
    known = {person: (row.at_most, int(getattr(row, "past", 0))) for person, row in rows.items()}
    found, candidate = assessors_and_candidate(rows, registration, on, known)
    edition = rules_of(registration.edition)
    rule = panel.rule_for_round(edition, candidate.round)
    listed = []
    for person, row in rows.items():
        assessor = found[person]
        faults = [
            panel.faults_of_assessor(rule, edition, assessor, candidate, lead=lead) for lead in (False, True)
        ]
        places = tuple(dict.fromkeys(stay.name for stay in assessor.institutions if stay.until is None))
        listed.append(
            PanelCandidate(
                profile=row.person,
                as_member=faults[0],
                as_lead=faults[1],
                load=assessor.load,
                at_most=row.at_most,
                completed=assessor.completed,
                areas=tuple(row.areas),
                institutions=places,
            )
        )
    return sorted(listed, key=lambda each: (bool(each.as_member), each.load, each.profile.name.casefold()))


def completed_by(person: int) -> int:
    """Return how many assessments a person has finished, here and before this record began."""
    return _work([person], None).get(person, (0, 0))[0] + _past([person]).get(person, 0)


def assessor_of(person: int) -> Assessor | None:
    """Return a person's offer to assess."""
    return Assessor.objects.filter(person_id=person).select_related("person").first()


def conflicts_declared(person: int | None = None) -> list[DeclaredConflict]:
    """Return declared conflicts, standing first; of one person where given. For the office and themselves."""
    rows = DeclaredConflict.objects.select_related("person", "about")
    if person is not None:
        rows = rows.filter(Q(person_id=person) | Q(about_id=person, declared_by_id=person))
    return list(rows.order_by(F("dismissed_at").asc(nulls_first=True), "-declared_at"))
