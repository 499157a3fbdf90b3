"""Plans: what their candidate means to do next, whose letter is due, and the link that stops letters."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.signing import BadSignature, Signer

from accredit.portfolios.models import Plan
from accredit.rulebook.framework import Edition

_SALT = "accredit.plan.stop"


@dataclass(frozen=True, slots=True)
class PlanContent:
    """Everything of a plan that a save replaces; `step_slot` is a slot, `nudge` one of `planning.Every`."""

    target_on: date | None = None
    step: str = ""
    step_slot: str = ""
    step_on: date | None = None
    nudge: str = Plan.Nudge.NEVER.value


def plan_of(portfolio: int) -> Plan | None:
    """Return the plan of a portfolio, if there is one."""
    return Plan.objects.filter(portfolio_id=portfolio).first()


def plans_of(person: int) -> dict[int, Plan]:
    """Return a person's plans by registration: one query."""
    rows = Plan.objects.filter(portfolio__registration__person_id=person)
    rows = rows.select_related("portfolio")
    return {row.portfolio.registration_id: row for row in rows}


def step_words(plan: Plan, rules: Edition) -> str:
    """Return the next step in words: the candidate's own, else the title of the section; or nothing."""
    if plan.step or not plan.step_slot:
        return plan.step
    try:
        return rules.slot_title(plan.step_slot)
    except (KeyError, IndexError):
        return ""


def letters_due(at: datetime) -> list[int]:
    """Return the portfolios whose letter may be due at a moment, in whatever zone their scheme is."""
    tomorrow = (at + timedelta(days=1)).date()
    rows = Plan.objects.filter(nudge_due_on__lte=tomorrow).order_by("nudge_due_on", "pk")
    return list(rows.values_list("portfolio_id", flat=True))


def stop_token(portfolio: int) -> str:
    """Return what a letter's link carries, so that its reader need not sign in to stop letters."""
    return Signer(salt=_SALT).sign(str(portfolio))


def portfolio_of_stop_token(token: str) -> int | None:
    """Return the portfolio a link is for; None for anything that we have not signed."""
    try:
        return int(Signer(salt=_SALT).unsign(token))
    except (BadSignature, ValueError):
        return None
