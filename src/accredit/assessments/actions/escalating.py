"""Calling somebody else to a panel by the edition's rule, and not by the members' word."""

from datetime import datetime

from django.utils.timezone import localdate

from accredit.assessments.actions.locking import locked_panel
from accredit.assessments.events import PanelEscalated
from accredit.assessments.models import Appointment, Escalated, Panel
from accredit.assessments.queries import content_of, edition_of
from accredit.registrations.actions import move
from accredit.rulebook.decision import escalation, move_for
from accredit.rulebook.escalation import has_lapsed, too_far_apart
from accredit.rulebook.workflow import Stage
from accredit.toolkit.actions import action
from accredit.toolkit.actor import SYSTEM, Actor
from accredit.toolkit.events import publish
from accredit.trail import actions as trail

Data = dict[str, object]


@action
def escalate_spread(panel: Panel, places: list[Appointment], *, by: Actor, at: datetime) -> bool:
    """Call somebody else at once where marks lie further apart than the edition leaves to the panel; say
    whether they do. For the moment when the last assessment comes in, in the same transaction."""
    rows = too_far_apart(edition_of(panel), [content_of(each.assessment).marks for each in places])
    if rows:
        _escalate(panel, Escalated.SPREAD, {"rows": list(rows)}, by=by, at=at)
    return bool(rows)


@action
def escalate_lapsed(panel: Panel, *, at: datetime) -> bool:
    """Call somebody else to a panel that has not agreed in the edition's time; False when it has meanwhile,
    or the time is not over. Twice is once."""
    found = locked_panel(panel.pk, panel.registration_id)
    owner = found.registration
    if owner.stage != Stage.AGREEING or found.round != owner.round:
        return False
    since = localdate(owner.stage_since)
    if not has_lapsed(edition_of(found), since=since, on=localdate(at)):
        return False
    _escalate(found, Escalated.LAPSE, {"days": (localdate(at) - since).days}, by=SYSTEM, at=at)
    return True


def _escalate(panel: Panel, why: Escalated, about: Data, *, by: Actor, at: datetime) -> None:
    edition = edition_of(panel)
    what = move_for(edition, escalation(edition))
    assert what is not None  # noqa: S101 - an escalation never waits
    panel.escalated_because, panel.escalated_at = why.value, at
    panel.save(update_fields=["escalated_because", "escalated_at"])
    trail.record(
        f"escalated_{why.value}", by=by, at=at, subject=panel, registration=panel.registration_id, data=about
    )
    panel.registration = move(panel.registration, what, by=by, at=at, data={"panel": panel.pk})
    publish(PanelEscalated(panel.pk))
