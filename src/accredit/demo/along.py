"""Cohorts and critical friends of the demo: who coordinates whom, who reads whose portfolio and says what."""

import tomllib
from datetime import datetime, timedelta
from typing import Any

from accredit.assessments.actions import accept_mentoring
from accredit.demo import cast
from accredit.frameworks.models import Scheme
from accredit.people.actions import institution_named
from accredit.people.models import Profile
from accredit.portfolios import actions as portfolios
from accredit.portfolios.models import Comment, Entry, Mentor, Portfolio
from accredit.portfolios.queries import draft_of, parts_of
from accredit.registrations.actions import found_cohort
from accredit.registrations.models import Cohort
from accredit.rulebook.workflow import Role
from accredit.toolkit.actor import SYSTEM, Actor

People = dict[str, Profile]
READS_FOR, ASKED_AGO = timedelta(days=21), timedelta(days=6)


def found_cohorts(scheme: Scheme, people: People, *, at: datetime) -> dict[str, Cohort]:
    """Found the cohorts of people.toml; return them by key."""
    places = {each["key"]: each["name"] for each in cast.document()["institutions"]}
    return {
        row["key"]: found_cohort(
            scheme,
            name=row["name"],
            institution=institution_named(places[row["institution"]]),
            coordinator=people[row["coordinator"]],
            by=SYSTEM,
            at=at,
        )
        for row in cast.document()["cohorts"]
    }


def befriend(people: People, *, now: datetime) -> None:
    """Let the candidates of friends.toml ask, and their friends accept and comment."""
    document = tomllib.loads((cast.FOLDER / "friends.toml").read_text(encoding="utf-8"))
    for row in document["friends"]:
        candidate, friend = people[row["candidate"]], people[row["mentor"]]
        portfolio = Portfolio.objects.get(registration__person=candidate)
        ada = Actor(person=candidate.pk, role=Role.CANDIDATE)
        mina = Actor(person=friend.pk, role=Role.MENTOR)
        entries = portfolio.entries.filter(section__in=row["sections"])
        asked = portfolios.invite_mentor(
            portfolio,
            name=friend.name,
            email=friend.email,
            entries=entries.values_list("pk", flat=True),
            until_on=(now + READS_FOR).date(),
            message=row["message"],
            by=ada,
            at=now - ASKED_AGO,
        )
        mentor = accept_mentoring(asked, by=mina, at=now - ASKED_AGO + timedelta(hours=3))
        for said in row["comments"]:
            _talk(mentor, said, entries.get(section=said["section"]), ada=ada, mina=mina, now=now)


def _talk(
    mentor: Mentor, said: dict[str, Any], entry: Entry, *, ada: Actor, mina: Actor, now: datetime
) -> None:
    """Write one comment, and what the candidate did about it."""
    at = now - timedelta(days=said["days_ago"])
    made: Comment = portfolios.write_comment(
        mentor,
        entry=entry.pk,
        part=_part(mentor, entry, said["part"]),
        quote=said["quote"],
        text=said["text"],
        by=mina,
        at=at,
    )
    if "answer" in said:
        portfolios.answer_comment(made, text=said["answer"], by=ada, at=at + timedelta(days=1))
    if said.get("is_resolved"):
        portfolios.resolve_comment(made, by=ada, at=at + timedelta(days=1))


def _part(mentor: Mentor, entry: Entry, kind: str) -> str:
    draft = draft_of(mentor.portfolio)
    loaded = next(each for each in draft.entries if each.pk == entry.pk)
    return next((part.key for part in parts_of(draft, loaded) if part.kind == kind), "")
