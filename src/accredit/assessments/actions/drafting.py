"""Draft panels: opening a draft, what is in it, and dropping it. The office’s alone."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from accredit.assessments.actions.judging import judge_draft
from accredit.assessments.actions.locking import lock_registration, need_office_role
from accredit.assessments.actions.running import ask_run, end_runs
from accredit.assessments.models import Appointment, Draft, DraftPanel, DraftSeat, Panel
from accredit.assessments.queries import may_be_drafted, movable, open_draft, open_run
from accredit.frameworks.models import Scheme
from accredit.registrations.models import Registration
from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import Stage
from accredit.toolkit.actions import action
from accredit.toolkit.actor import SYSTEM, Actor
from accredit.toolkit.refusals import refuse
from accredit.trail import actions as trail

# A repair is asked for by somebody's leaving: so much time it may take, in seconds.
REPAIR_LIMIT = 60


def locked_draft(draft: Draft, by: Actor) -> Draft:
    """Lock and return an open draft that nothing is being worked out for; for the office alone."""
    need_office_role(by)
    found = Draft.objects.select_for_update(of=("self",)).select_related("scheme").get(pk=draft.pk)
    if found.published_at is not None or found.dropped_at is not None:
        refuse(Code.DRAFT_ENDED)
    if open_run(found) is not None:
        refuse(Code.RUN_UNDER_WAY)
    return found


def locked_draft_panel(panel: DraftPanel, by: Actor) -> DraftPanel:
    """Lock the draft of a panel and return the panel as it is now; nobody touches their own portfolio's."""
    draft = locked_draft(panel.draft, by)
    found = DraftPanel.objects.select_related("registration__edition", "registration__person")
    now = found.filter(pk=panel.pk, draft=draft).first() or refuse(Code.NOT_IN_DRAFT)
    if by.person == now.registration.person_id:
        refuse(Code.OWN_DECISION)
    now.draft = draft
    return now


@action
def draft_panels(
    scheme: Scheme,
    *,
    registrations: Iterable[int],
    due_on: date,
    limit: int = REPAIR_LIMIT,
    by: Actor,
    at: datetime,
) -> Draft:
    """Open a draft for registrations (keys) that wait for a panel, and have it worked out within `limit`
    seconds. Refused where a draft is open, where none of them waits, and for a due date that has passed.
    """
    need_office_role(by)
    _lock_scheme(scheme.pk)
    if open_draft(scheme.pk) is not None:
        refuse(Code.PANELS_DRAFTED)
    if due_on < localdate(at):
        refuse(Code.DUE_DATE_PAST, date=due_on.isoformat())
    wanted = list(may_be_drafted(scheme.pk).filter(pk__in=list(registrations)).order_by("pk"))
    if not wanted:
        refuse(Code.DRAFT_EMPTY)
    draft = Draft.objects.create(scheme=scheme, due_on=due_on, opened_at=at, opened_by_id=by.person)
    DraftPanel.objects.bulk_create(DraftPanel(draft=draft, registration=each) for each in wanted)
    trail.record("panels_drafted", by=by, at=at, subject=draft, data={"portfolios": len(wanted)})
    ask_run(draft, limit=limit, by=by, at=at)
    return draft


@action
def propose_repair(registration: int, *, by: Actor = SYSTEM, at: datetime) -> Draft | None:
    """Have a panel repaired that somebody has left: with as few changes as possible, also to what others have
    been invited to and not answered. Joins the draft that is open; None where the panel is not short.

    Called in the same transaction as the leaving.
    """
    lock_registration(registration)
    found = Registration.objects.select_related("scheme").get(pk=registration)
    if found.stage not in {Stage.APPOINTING, Stage.ASSESSING}:
        return None
    _lock_scheme(found.scheme_id)
    draft = open_draft(found.scheme_id)
    if draft is None:
        draft = _open_repair(found, at)
    DraftPanel.objects.update_or_create(draft=draft, registration=found, defaults={"is_movable": False})
    gone = Appointment.objects.filter(panel__registration=found, panel__round=found.round)
    left = gone.exclude(ended_at=None).values("person")
    DraftSeat.objects.filter(panel__draft=draft, panel__registration=found, person__in=left).delete()
    if draft.is_repair:
        # What is being worked out still counts on whoever has left.
        end_runs(draft, at=at)
        ask_run(draft, limit=REPAIR_LIMIT, by=by, at=at)
    return draft


def _lock_scheme(key: int) -> None:
    """Let one draft be opened at a time; what refers to the scheme meanwhile need not wait."""
    Scheme.objects.select_for_update(no_key=True).get(pk=key)


def _open_repair(registration: Registration, at: datetime) -> Draft:
    known = Panel.objects.filter(registration=registration, round=registration.round).first()
    usual = localdate(at) + timedelta(days=registration.scheme.assessing_days)
    due_on = known.due_on if known and known.due_on > localdate(at) else usual
    draft = Draft.objects.create(scheme=registration.scheme, due_on=due_on, is_repair=True, opened_at=at)
    DraftPanel.objects.bulk_create(
        DraftPanel(draft=draft, registration_id=each, is_movable=True)
        for each in movable(registration.scheme_id)
        if each != registration.pk
    )
    trail.record("repair_proposed", by=SYSTEM, at=at, subject=draft, registration=registration.pk)
    return draft


@action
def add_to_draft(draft: Draft, *, registrations: Iterable[int], by: Actor, at: datetime) -> int:
    """Take more registrations that wait for a panel into the draft; return how many. Twice is once."""
    found = locked_draft(draft, by)
    inside = found.panels.filter(is_movable=False).values("registration")
    wanted = may_be_drafted(found.scheme_id).filter(pk__in=list(registrations)).exclude(pk__in=inside)
    added = 0
    for each in wanted.order_by("pk"):
        DraftPanel.objects.update_or_create(draft=found, registration=each, defaults={"is_movable": False})
        added += 1
    if added:
        judge_draft(found, at=at)
        trail.record("draft_extended", by=by, at=at, subject=found, data={"portfolios": added})
    return added


@action
def leave_out(panel: DraftPanel, *, by: Actor, at: datetime) -> None:
    """Take a registration out of the draft; it goes on waiting for a panel."""
    found = locked_draft_panel(panel, by)
    trail.record("left_out_of_draft", by=by, at=at, subject=found.draft, registration=found.registration_id)
    found.delete()
    judge_draft(found.draft, at=at)


@action
def drop_draft(draft: Draft, *, by: Actor, at: datetime) -> None:
    """Give a draft up; its runs stay on record. A run under way ends without a result. Twice is once."""
    need_office_role(by)
    found = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if found.published_at is not None:
        refuse(Code.DRAFT_ENDED)
    if found.dropped_at is None:
        found.dropped_at = at
        found.save(update_fields=["dropped_at"])
        end_runs(found, at=at)
        trail.record("draft_dropped", by=by, at=at, subject=found)


@action
def forget_in_drafts(registration: int) -> None:
    """Take a registration out of any open draft: it has gone on by another way, or ended. A repair in which
    nothing is left to do is dropped."""
    inside = DraftPanel.objects.filter(
        registration_id=registration, draft__published_at=None, draft__dropped_at=None
    )
    at = Registration.objects.values_list("stage_since", flat=True).get(pk=registration)
    drafts = list(inside.values_list("draft", flat=True))
    inside.delete()
    for draft in Draft.objects.filter(pk__in=drafts, is_repair=True):
        if not draft.panels.filter(is_movable=False).exists():
            draft.dropped_at = at
            draft.save(update_fields=["dropped_at"])
            end_runs(draft, at=at)
