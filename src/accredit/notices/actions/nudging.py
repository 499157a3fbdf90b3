"""The letter that reminds of the next step of a plan: one a day at most, and only where it was asked for."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from accredit.frameworks.queries import rules_of
from accredit.notices.actions.delivery import OWN_STEP_HERE, plan
from accredit.notices.models import Notice
from accredit.portfolios import actions as portfolios
from accredit.portfolios.models import Plan
from accredit.portfolios.queries import facts_of, step_words, stop_token
from accredit.rulebook.planning import next_slot
from accredit.toolkit.actions import action

MORNING = time(8)  # in the scheme's time zone: nobody is reminded at night


@action
def nudge(portfolio: int, *, at: datetime) -> Notice | None:
    """Write the letter a portfolio's plan is due for; None when none is due or wanted any more."""
    day = portfolios.take_letter(portfolio, at=at)
    if day is None:
        return None
    found = Plan.objects.select_related(
        "portfolio__registration__person",
        "portfolio__registration__edition",
        "portfolio__registration__scheme",
    ).get(portfolio_id=portfolio)
    registration = found.portfolio.registration
    rules = rules_of(registration.edition)
    morning = datetime.combine(day, MORNING, tzinfo=ZoneInfo(registration.scheme.time_zone))
    return plan(
        "nudge",
        person=registration.person,
        registration=registration,
        because=f"asked to be reminded: {found.nudge}",
        key=f"nudge:{portfolio}:{day.isoformat()}",
        due_at=max(at, morning),
        context={
            "scheme": registration.scheme,
            "pathway": rules.pathway(registration.pathway).title,
            "every": found.nudge,
            "step": (OWN_STEP_HERE if found.step else step_words(found, rules))
            or rules.slot_title(next_slot(rules, facts_of(found.portfolio, on=day)) or ""),
            "step_on": found.step_on,
            "target_on": found.target_on,
            "stop": stop_token(portfolio),
        },
    )
