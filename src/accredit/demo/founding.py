"""Founds the demo's schemes and records its people, all through the program's own actions."""

from datetime import date, datetime, timedelta
from typing import Any

from accredit.assessments import actions as assessments
from accredit.assessments.models import Seat
from accredit.awards.actions import record_award
from accredit.demo import cast
from accredit.fees.actions import set_fee
from accredit.frameworks.actions import found_scheme, publish_edition
from accredit.frameworks.models import Edition, Scheme
from accredit.frameworks.queries import rules_of, shipped_documents
from accredit.people import actions as writing_people
from accredit.people.models import Profile
from accredit.register.actions import consent
from accredit.registrations.actions import set_window
from accredit.registrations.models import Window
from accredit.rulebook.workflow import Role
from accredit.toolkit.actor import SYSTEM, Actor

IN_FORCE = {"cmalt-2016": date(2016, 1, 1), "cmalt-2019": date(2019, 6, 1), "cmalt-2026": date(2025, 1, 1)}
JOB_ROLES = (
    "Learning technologist",
    "Learning designer",
    "Educational developer",
    "Head of digital education",
    "Digital learning lead",
    "Lecturer",
    "Librarian",
    "Trainer",
    "Researcher",
)
# Accounts are older than any story of theirs.
JOINED_AGO = 1300
AREAS = {"lena": ["Learning design", "Accessibility"], "omar": ["Assessment and feedback"]}
ROLES = {"office": "office", "moderator": "moderator"}
CONSENT = "My name, pathway, dates and post-nominals may stand in the public list of holders."


def found_schemes(*, at: datetime) -> Scheme:
    """Found the CMALT scheme and a fictional one, with editions, sample fees and a rolling window."""
    sectors = sorted({each["sector"] for each in cast.document()["institutions"] if each.get("sector")})
    cmalt = found_scheme(
        "cmalt",
        name="CMALT Accreditation Framework",
        body="Demonstration Accreditation Office",
        tagline="Peer-assessed accreditation for people who work with learning technology",
        contact_email="office@office.example",
        sectors=sectors,
        job_roles=list(JOB_ROLES),
        by=SYSTEM,
        at=at,
    )
    orchard = found_scheme(
        "orchard", name="Orchard Guild", body="Orchard Guild of Workshop Teachers", by=SYSTEM, at=at
    )
    for code, document in shipped_documents().items():
        scheme = cmalt if code.startswith("cmalt") else orchard
        publish_edition(scheme, document, in_force_on=IN_FORCE.get(code, date(2025, 1, 1)), by=SYSTEM, at=at)
    for scheme in (cmalt, orchard):
        set_window(scheme, mode=Window.Mode.ROLLING, opens_at=None, closes_at=None, by=SYSTEM, at=at)
    for kind, title, amount in (
        ("standard", "Standard fee", 16500),
        ("member", "Members of the body", 15000),
    ):
        set_fee(
            cmalt,
            person_kind=kind,
            title=title,
            amount=amount,
            valid_from_on=date(2016, 1, 1),
            is_sample=True,
            by=SYSTEM,
            at=at,
        )
    return cmalt


def record_people(scheme: Scheme, *, now: datetime) -> dict[str, Profile]:
    """Record institutions and people with their awards, roles and history; return people by key."""
    places = {each["key"]: each for each in cast.document()["institutions"]}
    for place in places.values():
        writing_people.describe_institution(
            place["name"],
            country=place.get("country", ""),
            sector=place.get("sector", ""),
            domains=[place["domain"]] if place.get("domain") else [],
            parent=places[place["parent"]]["name"] if place.get("parent") else "",
        )
    edition = scheme.editions.get(code="cmalt-2019")
    found = {}
    for place, row in enumerate(cast.document()["people"]):
        found[row["key"]] = _record_person(row, places, scheme, edition, place, now=now)
    return found


def _record_person(
    row: dict[str, Any],
    places: dict[str, Any],
    scheme: Scheme,
    edition: Edition,
    place: int,
    *,
    now: datetime,
) -> Profile:
    today, at = now.date(), now - timedelta(days=JOINED_AGO)
    name = f"{row['name']} ({row['certificate_name']})" if "certificate_name" in row else row["name"]
    stays = tuple(
        writing_people.Stay(
            places[each["institution"]]["name"],
            since=cast.year_start(each["from"], today),
            until=cast.year_start(each["until"], today) if "until" in each else None,
        )
        for each in row.get("affiliations", ())
    )
    details = writing_people.Details(
        name, row.get("sector", ""), row.get("job_role", ""), row.get("country", ""), "standard"
    )
    person = writing_people.open_account(email=row["email"], details=details, stays=stays, by=SYSTEM, at=at)
    if row["role"] in ROLES:
        writing_people.give_role(person, ROLES[row["role"]], by=SYSTEM, at=at)
    if row["role"] == "moderator" or row["key"] == "cora":
        writing_people.give_role(person, "committee", by=SYSTEM, at=at)
    if "holds" in row:
        _record_awards(row, person, edition, 100100 + 10 * place, at=now)
    if row["role"] == "assessor":
        _record_assessor(row, person, at=at)
    return person


def enter_register(scheme: Scheme, people: dict[str, Profile], *, at: datetime) -> None:
    """Give the consent of those holders who want to stand in the public list."""
    for row in cast.document()["people"]:
        if row.get("in_register"):
            person = people[row["key"]]
            consent(person, scheme, words=CONSENT, by=Actor(person.pk, Role.CANDIDATE), at=at)


def _record_awards(
    row: dict[str, Any], person: Profile, edition: Edition, number: int, *, at: datetime
) -> None:
    """Record the chain of awards a person has held, three years apart, up to the one in force."""
    years = rules_of(edition).validity_years
    last = cast.issued_on(row, at.date(), years)
    first = row["holds"]["first"] + at.year - cast.WRITTEN_IN
    days = [last.replace(year=last.year - back, day=min(last.day, 28)) for back in range(0, 60, years)]
    for step, day in enumerate(sorted(each for each in days if each == last or each.year >= first)):
        record_award(
            person,
            edition=edition,
            pathway=row["holds"]["pathway"],
            issued_on=day,
            number=str(number + step),
            by=SYSTEM,
            at=at,
        )


def _record_assessor(row: dict[str, Any], person: Profile, *, at: datetime) -> None:
    areas = AREAS.get(row["key"], [])
    assessments.volunteer(person, at_most=6, areas=areas, by=SYSTEM, at=at - timedelta(days=1))
    for seat in (Seat.SECOND, Seat.LEAD):
        number = row.get("assessed", {}).get(seat.value, 0)
        if number:
            assessments.record_past_assessments(
                person, seat=seat, number=number, source="Records before this system", by=SYSTEM, at=at
            )
    if row.get("assessed", {}).get(Seat.LEAD.value):
        assessments.decide_leads([person.pk], leads=True, by=Actor(None, Role.OFFICE), at=at)
