"""Assessors as the rules see them, and who may sit on which panel."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from accredit.assessments.models import Appointment, Assessor, DeclaredConflict, PastAssessments
from accredit.assessments.queries.judging import (
    Offer,
    assessors_and_candidate,
    past_of_people,
    work_of_people,
)
from accredit.frameworks.queries import rules_of
from accredit.people.models import Profile
from accredit.portfolios.models import Mentor
from accredit.registrations.models import CohortPlace, Registration
from accredit.rulebook import panel
from accredit.rulebook.faults import Fault


@dataclass(frozen=True, slots=True)
class PanelCandidate:
    """An assessor as a possible member of a panel; empty tuples mean: may be appointed."""

    profile: Profile
    as_member: tuple[Fault, ...]
    as_lead: tuple[Fault, ...]
    load: int
    at_most: int
    completed: int
    at_pathway: int
    areas: tuple[str, ...]
    languages: tuple[str, ...]
    institutions: tuple[str, ...]
    has_conflict_set_aside: bool


def close_to(person: int) -> Q:
    """Return the condition under which a person is or was close to the candidate of a panel, so that they
    decide nothing about it: as a critical friend for this portfolio, as coordinator of their cohort, or by a
    conflict that either has declared, nobody dismissed, and which had not ended when the panel was formed."""
    friend = Mentor.objects.filter(
        portfolio__registration=OuterRef("registration"), person_id=person, accepted_at__isnull=False
    )
    places = CohortPlace.objects.filter(registration=OuterRef("registration"))
    declared = DeclaredConflict.objects.filter(
        Q(person_id=person, about=OuterRef("registration__person"))
        | Q(about_id=person, person=OuterRef("registration__person")),
        Q(until_on=None) | Q(until_on__gte=OuterRef("formed_at__date")),
        dismissed_at=None,
    )
    return Q(Exists(friend)) | Q(Exists(places.filter(cohort__coordinator_id=person))) | Q(Exists(declared))


def places_in_conflict(conflict: DeclaredConflict) -> list[Appointment]:
    """Return the places that one of the two holds on a panel at work for the other; one query."""
    one, other = conflict.person_id, conflict.about_id
    rows = Appointment.objects.filter(
        Q(person_id=one, panel__registration__person_id=other)
        | Q(person_id=other, panel__registration__person_id=one),
        ended_at=None,
        panel__outcome=None,
        panel__round=F("panel__registration__round"),
    )
    return list(rows.select_related("person", "panel__registration__scheme").order_by("pk"))


def willing() -> QuerySet[Assessor]:
    """Return the assessors who are not pausing, each with how many they made before this record."""
    made = PastAssessments.objects.filter(person_id=OuterRef("person_id")).order_by().values("person_id")
    sums = made.annotate(sum=Sum("number")).values("sum")
    rows = Assessor.objects.filter(paused_at=None).annotate(past=Coalesce(Subquery(sums), 0))
    return rows.select_related("person").order_by("person__name")


def candidates_for_panel(registration: Registration, on: date) -> list[PanelCandidate]:
    """Return every assessor who is not pausing, with the reasons against each; the free ones first.

    Six queries however many there are, given a registration with its edition.
    """
    rows = {row.person_id: row for row in willing().annotate(here=Coalesce(_done_at(registration), 0))}
    offers = {person: Offer.of(row, int(getattr(row, "past", 0))) for person, row in rows.items()}
    due = on + timedelta(days=registration.scheme.assessing_days)
    found, candidate = assessors_and_candidate(rows, registration, on, offers=offers, due=due)
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
                at_pathway=int(getattr(row, "here", 0)),
                areas=tuple(row.areas),
                languages=tuple(row.languages),
                institutions=places,
                has_conflict_set_aside=bool(assessor.set_aside),
            )
        )
    return sorted(listed, key=lambda each: (bool(each.as_member), each.load, each.profile.name.casefold()))


def _done_at(registration: Registration) -> Subquery:
    """How many portfolios of this pathway a person has assessed here."""
    done = Appointment.objects.filter(
        person_id=OuterRef("person_id"),
        panel__registration__pathway=registration.pathway,
        assessment__submitted_at__isnull=False,
    )
    return Subquery(done.order_by().values("person_id").annotate(n=Count("pk")).values("n"))


def completed_by(person: int) -> int:
    """Return how many assessments a person has finished, here and before this record began."""
    return completed_of([person])[person]


def completed_of(people: Iterable[int]) -> dict[int, int]:
    """Return how many assessments each has finished, here and before this record began; two queries."""
    ids = list(people)
    work, past = work_of_people(ids), past_of_people(ids)
    return {each: work.get(each, (0, 0, 0))[0] + past.get(each, 0) for each in ids}


def assessor_of(person: int) -> Assessor | None:
    """Return a person's offer to assess."""
    return Assessor.objects.filter(person_id=person).select_related("person").first()


def conflicts_declared(person: int | None = None) -> list[DeclaredConflict]:
    """Return declared conflicts, standing first; of one person where given. For the office and themselves."""
    rows = DeclaredConflict.objects.select_related("person", "about")
    if person is not None:
        rows = rows.filter(Q(person_id=person) | Q(about_id=person, declared_by_id=person))
    return list(rows.order_by(F("dismissed_at").asc(nulls_first=True), "-declared_at"))
