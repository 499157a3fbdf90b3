"""What helps to finish: sections that holders of the demo share, and plans of those who still write."""

from datetime import datetime, timedelta

from accredit.awards.models import Award
from accredit.demo import cast
from accredit.people.models import Profile
from accredit.portfolios.actions import save_plan
from accredit.portfolios.models import Portfolio
from accredit.portfolios.queries import PlanContent
from accredit.register.actions import share_example
from accredit.rulebook.workflow import Role, Stage
from accredit.toolkit.actor import Actor

SHARED = "Candidates may read this section of my portfolio as an example, until I withdraw it."
STEPS = {
    "ada": ("1a", "Read the whole of it aloud once, and mark where it says “we”"),
    "kwabena": ("4a", "List the three people I worked with, one line each"),
}


def share_sections(people: dict[str, Profile], *, at: datetime) -> None:
    """Give the consent of those holders who let candidates read of their portfolio."""
    for row in cast.document()["people"]:
        shared = row.get("shares_sections", {"slots": []})
        person = people[row["key"]]
        for slot in shared["slots"]:
            award = Award.objects.get(person=person, registration__isnull=False)
            by = Actor(person.pk, Role.CANDIDATE)
            share_example(award, slot, is_named=shared["named"], words=SHARED, by=by, at=at)


def plan_ahead(people: dict[str, Profile], *, at: datetime) -> None:
    """Keep a plan for some who still write: a day in a week, and letters where they want them."""
    for key, (slot, step) in STEPS.items():
        draft = Portfolio.objects.filter(
            registration__person=people[key], registration__stage=Stage.DRAFTING
        ).first()
        if draft is not None:
            content = PlanContent(
                target_on=at.date() + timedelta(days=60),
                step=step,
                step_slot=slot,
                step_on=at.date() + timedelta(days=6),
                nudge="fortnightly",
            )
            save_plan(draft, content=content, by=Actor(people[key].pk, Role.CANDIDATE), at=at)
