"""What the office changes in a draft by hand: seats, locks, who is kept off.

The rules are shown meanwhile, and bind when the panels are published.
"""

from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localdate

from accredit.assessments.actions.drafting import locked_draft, locked_draft_panel
from accredit.assessments.actions.judging import judge_draft
from accredit.assessments.actions.running import ask_run
from accredit.assessments.models import Draft, DraftPanel, DraftSeat, ForbiddenPair, Run, Seat
from accredit.assessments.queries import is_fixed, rule_of, standing_places, suiting_for
from accredit.people.models import Profile
from accredit.rulebook import panel as rules
from accredit.rulebook.faults import Code
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.refusals import refuse
from accredit.trail import actions as trail


@action
def rerun(draft: Draft, *, limit: int, by: Actor, at: datetime) -> Run:
    """Work the draft out again within `limit` seconds: locked seats stand, who is kept off stays off, and all
    else being equal what is there stays."""
    return ask_run(locked_draft(draft, by), limit=limit, by=by, at=at)


@action
def seat_by_hand(panel: DraftPanel, *, seat: Seat, person: int, by: Actor, at: datetime) -> DraftSeat:
    """Put a person into a seat of a draft panel and lock them there; whoever held it leaves it.

    Of several seats of one kind the first free one is taken, or else the one held longest. A person who has
    another seat on this panel moves. Refused where the place has been given outside the draft.
    """
    found = locked_draft_panel(panel, by)
    if not Profile.objects.filter(pk=person).exists():
        refuse(Code.CHOICE_UNKNOWN, value=str(person))
    rule, _ = rule_of(found.registration)
    wanted = list(rules.seats_of(rule))
    if seat.value not in wanted:
        refuse(Code.SEAT_NOT_FREE, seat=seat.value)
    holders = list(found.seats.filter(seat=seat.value).exclude(person_id=person).order_by("pk"))
    if len(holders) >= wanted.count(seat.value):
        _leave(found, holders[0])
    _need_not_fixed(found, person)
    found.seats.filter(person_id=person).delete()
    made = _sit(found, person, seat.value, by=by, at=at)
    judge_draft(found.draft, at=at)
    return made


@action
def swap(one: DraftSeat, other: DraftSeat, *, by: Actor, at: datetime) -> None:
    """Let two people on two panels of a draft take each other's seat, and lock both there."""
    if one.panel.draft_id != other.panel.draft_id:
        refuse(Code.NOT_IN_DRAFT)
    if one.panel_id == other.panel_id:
        refuse(Code.SWAP_ON_ONE_PANEL)
    panels = [locked_draft_panel(each.panel, by) for each in (one, other)]
    now = [_seat_now(each) for each in (one, other)]
    for panel, seat in zip(panels, now, strict=True):
        _leave(panel, seat)
    for panel, seat, comes in zip(panels, now, reversed(now), strict=True):
        _need_not_fixed(panel, comes.person_id)
        panel.seats.filter(person_id=comes.person_id).delete()
        _sit(panel, comes.person_id, seat.seat, by=by, at=at)
    judge_draft(panels[0].draft, at=at)


@action
def lock_seat(seat: DraftSeat, *, is_locked: bool, by: Actor, at: datetime) -> DraftSeat:
    """Have a seat stand in every further run, or no more."""
    locked_draft_panel(seat.panel, by)
    found = _seat_now(seat)
    if found.is_locked != is_locked:
        found.is_locked = is_locked
        found.save(update_fields=["is_locked"])
        _record(
            "draft_seat_locked" if is_locked else "draft_seat_unlocked", found.panel, found.person_id, by, at
        )
    return found


@action
def keep_off(panel: DraftPanel, *, person: int, by: Actor, at: datetime) -> ForbiddenPair:
    """Keep a person off a panel in every further run of this draft; a seat they have there is vacated."""
    found = locked_draft_panel(panel, by)
    for each in found.seats.filter(person_id=person):
        _leave(found, each)
    made, is_new = ForbiddenPair.objects.get_or_create(panel=found, person_id=person)
    if is_new:
        _weigh(found)
        judge_draft(found.draft, at=at)
        _record("kept_off_draft_panel", found, person, by, at)
    return made


@action
def let_on(panel: DraftPanel, *, person: int, by: Actor, at: datetime) -> None:
    """Keep a person off a panel no more; twice is once."""
    found = locked_draft_panel(panel, by)
    gone, _ = ForbiddenPair.objects.filter(panel=found, person_id=person).delete()
    if gone:
        _record("let_on_draft_panel", found, person, by, at)


@action
def take_table(draft: Draft, *, rows: Sequence[tuple[DraftPanel, Seat, int]], by: Actor, at: datetime) -> int:
    """Put the seats of a table into the draft, each locked; return how many are held by others than before. A
    panel the table names has the seats it says and no others. Refused where somebody who has a place already
    would lose it. All of it or nothing."""
    found = locked_draft(draft, by)
    wanted: dict[int, list[tuple[Seat, int]]] = {}
    panels = {panel.pk: panel for panel, _, _ in rows}
    for panel, seat, person in rows:
        wanted.setdefault(panel.pk, []).append((seat, person))
    changed = 0
    for number, seats in wanted.items():
        panel = locked_draft_panel(panels[number], by)
        if panel.draft.pk != found.pk:
            refuse(Code.NOT_IN_DRAFT)
        named = {person: seat.value for seat, person in seats}
        for each in panel.seats.all():
            if named.get(each.person_id) != each.seat:
                _leave(panel, each)
        sitting = set(panel.seats.values_list("person_id", flat=True))
        for person, name in named.items():
            if person not in sitting:
                _need_not_fixed(panel, person)
                _sit(panel, person, name, by=by, at=at)
                changed += 1
        panel.seats.update(is_locked=True)
    judge_draft(found, at=at)
    return changed


def _seat_now(seat: DraftSeat) -> DraftSeat:
    found = DraftSeat.objects.select_related("panel", "person").filter(pk=seat.pk).first()
    return found or refuse(Code.DRAFT_CHANGED)


def _leave(panel: DraftPanel, seat: DraftSeat) -> None:
    _need_not_fixed(panel, seat.person_id)
    seat.delete()


def _need_not_fixed(panel: DraftPanel, person: int) -> None:
    """Refuse to move who has a place on the panel already that the draft may not touch."""
    places = standing_places([panel.registration_id]).get(panel.registration_id, [])
    for each in places:
        if each.person_id == person and each.ended_at is None and is_fixed(each, panel.draft):
            refuse(Code.SEAT_STANDS)


def _sit(panel: DraftPanel, person: int, seat: str, *, by: Actor, at: datetime) -> DraftSeat:
    suits = suiting_for(panel.draft, [panel], [person], localdate(at))
    fit = suits.fit(panel.registration_id, person)
    ForbiddenPair.objects.filter(panel=panel, person_id=person).delete()
    made = DraftSeat.objects.create(panel=panel, person_id=person, seat=seat, fit=fit, is_locked=True)
    _weigh(panel)
    _record("draft_seat_given", panel, person, by, at)
    return made


def _weigh(panel: DraftPanel) -> None:
    fits = list(panel.seats.values_list("fit", flat=True))
    panel.worst, panel.total = min(fits, default=None), sum(fits)
    panel.save(update_fields=["worst", "total"])


def _record(what: str, panel: DraftPanel, person: int, by: Actor, at: datetime) -> None:
    trail.record(what, by=by, at=at, subject=panel.draft, registration=panel.registration_id, person=person)
