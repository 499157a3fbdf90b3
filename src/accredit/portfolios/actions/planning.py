"""The candidate's plan, and the letters that may remind of its next step."""

from datetime import date, datetime

from accredit.portfolios.actions.desk import Desk, line, lock, open_desk
from accredit.portfolios.models import Plan, Portfolio
from accredit.portfolios.queries import PlanContent, facts_of
from accredit.rulebook import planning
from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import EDITABLE, Stage
from accredit.toolkit.actions import action
from accredit.toolkit.actor import SYSTEM, Actor
from accredit.toolkit.refusals import refuse, refuse_if


@action
def save_plan(
    portfolio: Portfolio, *, content: PlanContent, expected: int | None = None, by: Actor, at: datetime
) -> Plan:
    """Keep a plan. Days newly chosen lie ahead; one after the last day is a doubt, not a refusal.

    Letters follow only where they are asked for, the first one a week, fortnight or month from now; a
    plan saved again leaves the day of the next letter as it was.
    """
    desk = open_desk(portfolio.pk, by=by)
    plan, _ = Plan.objects.get_or_create(portfolio=desk.portfolio)
    desk.require_version(plan.version, expected)
    today = desk.today(at)
    chosen = ((content.target_on, plan.target_on), (content.step_on, plan.step_on))
    refuse_if(planning.passed(*(new for new, old in chosen if new != old), today=today))
    every = _every(content.nudge)
    if every != plan.nudge or plan.nudge_due_on is None:
        plan.nudge_due_on = planning.next_letter(every, after=today)
    plan.nudge, plan.target_on, plan.step_on = every.value, content.target_on, content.step_on
    plan.step, plan.step_slot = line(content.step, at_most=200), _slot(desk, content.step_slot)
    plan.version += 1
    plan.save()
    return plan


@action
def finish_step(portfolio: Portfolio, *, by: Actor, at: datetime) -> None:
    """Tick the next step off; letters rest until another one is chosen. Twice is once."""
    desk = open_desk(portfolio.pk, by=by)
    plan = Plan.objects.filter(portfolio=desk.portfolio).first()
    if plan is not None and (plan.step or plan.step_slot or plan.step_on):
        plan.step, plan.step_slot, plan.step_on, plan.nudge_due_on = "", "", None, None
        plan.version += 1
        plan.save()


@action
def stop_letters(portfolio: int) -> None:
    """Send no more reminders of a plan; whoever has the link of such a letter may ask for it."""
    lock(portfolio, by=SYSTEM)
    plan = Plan.objects.filter(portfolio_id=portfolio).first()
    if plan is not None and plan.nudge != Plan.Nudge.NEVER:
        plan.nudge, plan.nudge_due_on = Plan.Nudge.NEVER, None
        plan.version += 1
        plan.save()


@action
def take_letter(portfolio: int, *, at: datetime) -> date | None:
    """Take the letter a plan is due for and set the day of the next; the day it stands for, else None.

    Where the portfolio is not being written, or the step's section is ready, letters stop instead.
    """
    desk = lock(portfolio, by=SYSTEM)
    plan = Plan.objects.filter(portfolio_id=portfolio).first()
    today = desk.today(at)
    if plan is None or plan.nudge_due_on is None or plan.nudge_due_on > today:
        return None
    is_wanted = Stage(desk.registration.stage) in EDITABLE and not _is_done(desk, plan, today)
    plan.nudge_due_on = planning.next_letter(planning.Every(plan.nudge), after=today) if is_wanted else None
    plan.save(update_fields=["nudge_due_on"])
    return today if is_wanted else None


def _is_done(desk: Desk, plan: Plan, today: date) -> bool:
    if plan.step:
        return False  # only the person knows
    found = facts_of(desk.portfolio, on=today)
    if plan.step_slot:
        return planning.is_ready(desk.rules, found, plan.step_slot)
    return planning.next_slot(desk.rules, found) is None


def _every(value: str) -> planning.Every:
    if value not in set(planning.Every):
        refuse(Code.CHOICE_UNKNOWN, value=value)
    return planning.Every(value)


def _slot(desk: Desk, slot: str) -> str:
    if not slot:
        return ""
    try:
        section = desk.rules.section_of_slot(slot)
    except (KeyError, IndexError):
        refuse(Code.CHOICE_UNKNOWN, value=slot[:20])
    if not desk.rules.asks(section.code, desk.registration.pathway):
        refuse(Code.CHOICE_UNKNOWN, value=slot)
    return slot
