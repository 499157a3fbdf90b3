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
from accredit.rulebook.workflow import Role, Stage
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.events import publish
from accredit.toolkit.refusals import refuse
from accredit.trail import actions as trail


@action
def release(outcome: Outcome, *, by: Actor, at: datetime) -> Outcome:
    """Release a result: the candidate is told at once, or after the scheme's hours (`recall_hours`), within
    which it may be recalled. Releasing twice is once: the second call changes nothing.

    Refused unless it is held, and to whoever's own result it is.
    """
    found = _held(outcome, by)
    if found.released_at is not None or found.release_due_at is not None:
        return found
    hours = found.panel.registration.scheme.recall_hours
    if not hours:
        return _tell(found, by=by, at=at)
    found.release_due_at, found.release_by_id = at + timedelta(hours=hours), by.person
    found.save(update_fields=["release_due_at", "release_by"])
    _record("release_begun", found, {"hours": hours}, by=by, at=at)
    return found


@action
def recall(outcome: Outcome, *, by: Actor, at: datetime) -> Outcome:
    """Take a release back of which the candidate has not been told; the result is held as before. Twice is
    once. Refused when they have been told: what somebody has read is not taken back, it may be appealed."""
    found = _held(outcome, by)
    if found.released_at is not None:
        refuse(Code.RELEASE_DONE)
    if found.release_due_at is not None:
        found.release_due_at, found.release_by_id = None, None
        found.save(update_fields=["release_due_at", "release_by"])
        _record("release_recalled", found, {}, by=by, at=at)
    return found


@action
def release_due(outcome: Outcome, *, at: datetime) -> Outcome:
    """Tell the candidate of a result whose hours are over; nothing happens where it was recalled, or told."""
    lock_portfolio(outcome)
    panel = locked_panel(outcome.panel_id, outcome.panel.registration_id)
    found = Outcome.objects.get(panel=panel)
    found.panel = panel
    is_due = found.release_due_at is not None and found.release_due_at <= at
    if found.released_at is None and is_due and panel.registration.stage == Stage.HELD:
        return _tell(found, by=Actor(found.release_by_id, Role.OFFICE), at=at)
    return found


def lock_portfolio(outcome: Outcome) -> Portfolio:
    """Lock the portfolio, which a referral opens: before the registration, as whoever writes in it does."""
    rows = Portfolio.objects.select_for_update(of=("self",))
    return rows.get(registration_id=outcome.panel.registration_id)


def _held(outcome: Outcome, by: Actor) -> Outcome:
    """Lock and return a result that is held, or has been released already; for the office."""
    lock_portfolio(outcome)
    panel = locked_panel(outcome.panel_id, outcome.panel.registration_id)
    found = Outcome.objects.get(panel=panel)
    found.panel = panel
    if found.released_at is None:
        need_stage(panel, Stage.HELD, move=move_on_release(Effect(found.effect)))
        if not can_run(by.person, panel):
            refuse(Code.OWN_DECISION)
    return found


def _record(what: str, outcome: Outcome, data: dict[str, object], *, by: Actor, at: datetime) -> None:
    panel = outcome.panel
    trail.record(
        what,
        by=by,
        at=at,
        subject=outcome,
        registration=panel.registration_id,
        person=panel.registration.person_id,
        data={"outcome": outcome.code, "round": panel.round} | data,
    )


def _tell(found: Outcome, *, by: Actor, at: datetime) -> Outcome:
    """Tell the candidate. A pass grants the award, a referral opens the next round, a fail ends it."""
    panel, effect = found.panel, Effect(found.effect)
    found.released_at = at
    found.save(update_fields=["released_at"])
    _record("outcome_released", found, {}, by=by, at=at)
    if next_round(effect):
        portfolio = Portfolio.objects.get(registration_id=panel.registration_id)
        reopen(portfolio, slots=list(found.revise), by=by, at=at)
    what = move_on_release(effect)
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
