"""Builds the living scheme in an empty demo database, in one transaction: whole or not at all."""

from datetime import datetime, timedelta

from django.core.exceptions import ImproperlyConfigured

from accredit.demo import cast
from accredit.demo.along import befriend, found_cohorts
from accredit.demo.finishing import plan_ahead, share_sections
from accredit.demo.founding import enter_register, found_schemes, record_people
from accredit.demo.linking import answer_links
from accredit.demo.stories import Story
from accredit.exchange.actions import make_signing_key
from accredit.fees.queries import offered
from accredit.frameworks.models import Scheme
from accredit.notices import actions as notices
from accredit.notices.models import Notice
from accredit.toolkit.actions import action
from accredit.toolkit.actor import SYSTEM
from accredit.trail import actions as trail
from accredit.trail.models import Row

BUILT = "demo_built"


def is_built() -> bool:
    """Say whether this database holds the demo; refuse one that holds anything else."""
    if Row.objects.filter(what=BUILT).exists():
        return True
    if Scheme.objects.exists():
        raise ImproperlyConfigured(
            "This database holds a scheme that is not the demo. Start the demo with a folder of its own, "
            "or without DATABASE_URL."
        )
    return False


@action
def build(*, now: datetime) -> None:
    """Found the schemes, record the people and live every story up to its stage."""
    scheme = found_schemes(at=now - timedelta(days=1400))
    make_signing_key(by=SYSTEM, at=now)
    people = record_people(scheme, now=now)
    cohorts = found_cohorts(scheme, people, at=now - timedelta(days=420))
    fee = offered(scheme, on=now.date())[0]
    places = {each["key"]: each["name"] for each in cast.document()["institutions"]}
    for place, row in enumerate(cast.document()["people"]):
        plan = cast.plan_of(row)
        if plan is not None:
            home = places[row["affiliations"][-1]["institution"]] if row.get("affiliations") else row["name"]
            story = Story(people[row["key"]], home, plan, people["otis"], place)
            story.cohort = cohorts.get(plan.cohort)
            story.tell(fee, now=now)
    befriend(people, now=now)
    answer_links(now=now)
    enter_register(scheme, people, at=now)
    share_sections(people, at=now)
    plan_ahead(people, at=now)
    for notice in Notice.objects.filter(due_at__lte=now, sent_at=None, suppressed_at=None):
        notices.mark_sent(notice, at=notice.due_at)
    trail.record(BUILT, by=SYSTEM, at=now, subject=scheme)
