"""Releasing an outcome: the one step after which the candidate knows it."""

from datetime import datetime, timedelta

from accredit.assessments.actions.locking import locked_panel, need_stage
from accredit.assessments.events import OutcomeReleased
from accredit.assessments.models import Outcome, Panel
from accredit.assessments.permissions import can_run
from accredit.assessments.queries import edition_of
from accredit.awards.actions import grant
from accredit.portfolios.actions import reopen
from accredit.portfolios.models import Portfolio
from accredit.registrations.actions import begin_round, move
from accredit.rulebook.dates import referral_due
from accredit.rulebook.decision import move_on_release, next_round
from accredit.rulebook.faults import Code
from accredit.rulebook.framework import Edition
from accredit.rulebook.terms import Effect
from accredit.rulebook.workflow import Stage
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.events import publish
from accredit.toolkit.refusals import refuse
from accredit.trail import actions as trail


@action
def release(outcome: Outcome, *, by: Actor, at: datetime) -> Outcome:
    """Tell the candidate. A pass grants the award, a referral opens the next round, a fail ends it.

    Releasing twice is once: the second call returns the released outcome.
    """
    portfolio = Portfolio.objects.select_for_update(of=("self",)).get(
        registration_id=outcome.panel.registration_id
    )
    panel = locked_panel(outcome.panel_id, outcome.panel.registration_id)
    found = Outcome.objects.get(panel=panel)
    if found.released_at is not None:
        return found
    effect = Effect(found.effect)
    what = move_on_release(effect)
    need_stage(panel, Stage.HELD, move=what)
    if not can_run(by.person, panel):
        refuse(Code.OWN_DECISION)
    found.released_at = at
    found.save(update_fields=["released_at"])
    trail.record(
        "outcome_released",
        by=by,
        at=at,
        subject=found,
        registration=panel.registration_id,
        person=panel.registration.person_id,
        data={"outcome": found.code, "round": panel.round},
    )
    if next_round(effect):
        reopen(portfolio, slots=list(found.revise), by=by, at=at)
    panel.registration = move(panel.registration, what, by=by, at=at, data={"outcome": found.pk})
    _follow(panel, found, effect, by=by, at=at)
    publish(OutcomeReleased(found.pk, panel.registration_id))
    return found


def _follow(panel: Panel, outcome: Outcome, effect: Effect, *, by: Actor, at: datetime) -> None:
    edition = edition_of(panel)
    if effect is Effect.PASS:
        distinction = edition.outcome(outcome.code).distinction
        grant(panel.registration, areas=_areas(panel, edition), distinction=distinction, by=by, at=at)
    kind = next_round(effect)
    if kind is not None:
        due = referral_due(edition, effect, at, panel.registration.scheme.time_zone)
        until = due.date() - timedelta(days=1)
        begin_round(panel.registration, kind=kind, until=until, by=by, at=at)


def _areas(panel: Panel, edition: Edition) -> list[str]:
    """Return the specialist and advanced areas as the candidate named them."""
    entries = panel.submission.content["entries"]
    named = [each for each in entries if edition.section(each["section"]).is_repeatable]
    return [str(each.get("title") or each.get("area") or "") for each in named]
