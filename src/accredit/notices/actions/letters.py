"""The letters that follow from events: each has its reader, its reason and a key that keeps it single."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from accredit.assessments.events import (
    AssessmentsCompared,
    Invited,
    OutcomeProposed,
    OutcomeReleased,
    PanelEscalated,
    PanelMessageSent,
    SeatEnded,
)
from accredit.assessments.models import (
    Appointment,
    Outcome,
    Panel,
    PanelMessage,
    Proposal,
)
from accredit.assessments.queries import decline_token
from accredit.fees.events import PaymentRecorded
from accredit.fees.models import Order, Payment
from accredit.frameworks.queries import rules_of
from accredit.notices.actions.delivery import plan
from accredit.people.models import Profile, RoleHeld
from accredit.people.queries import people_with
from accredit.portfolios.events import SubmissionReturned
from accredit.portfolios.models import Check
from accredit.registrations.events import Extended, Moved, Registered
from accredit.registrations.models import Registration
from accredit.registrations.queries import last_day
from accredit.rulebook.workflow import Move
from accredit.toolkit.actions import action

EXPIRY_WARNINGS = (timedelta(days=180), timedelta(days=60), timedelta(days=14))

# What the candidate is told of a move; the result and a return have letters of their own.
TO_CANDIDATE = {
    Move.SUBMIT: "submission_received",
    Move.TAKE_BACK: "taken_back",
    Move.TAKE_BACK_REVISION: "taken_back",
    Move.ACCEPT: "submission_accepted",
    Move.ACCEPT_FOR_REVIEW: "submission_accepted",
    Move.WITHDRAW: "withdrawn",
    Move.EXPIRE: "expired",
}
ESCALATED = {
    "spread": "marks lie further apart than the edition leaves to a panel",
    "lapse": "the edition’s time to agree is over",
}
TO_ROLE = {
    Move.CALL_MODERATOR: (RoleHeld.Name.MODERATOR, "moderation_asked"),
    Move.REMIT: (RoleHeld.Name.MODERATOR, "moderation_asked"),
    Move.DECIDE_REVIEW_FOR_RATIFICATION: (RoleHeld.Name.COMMITTEE, "ratification_asked"),
    Move.AGREE_FOR_RATIFICATION: (RoleHeld.Name.COMMITTEE, "ratification_asked"),
    Move.MODERATE_FOR_RATIFICATION: (RoleHeld.Name.COMMITTEE, "ratification_asked"),
}


def _registration(key: int) -> Registration:
    return Registration.objects.select_related("person", "edition", "scheme").get(pk=key)


def _about(registration: Registration) -> dict[str, object]:
    rules = rules_of(registration.edition)
    return {"scheme": registration.scheme, "pathway": rules.pathway(registration.pathway).title}


@action
def on_registered(event: Registered) -> None:
    """Welcome the candidate, and plan the warnings before the registration ends."""
    registration = _registration(event.registration)
    plan(
        "registered",
        person=registration.person,
        registration=registration,
        because="registered for a pathway",
        key=f"registered:{registration.pk}",
        due_at=registration.registered_at,
        context=_about(registration),
    )
    _plan_warnings(registration, after=registration.registered_at)


@action
def on_extended(event: Extended) -> None:
    """Plan the warnings anew: the earlier ones name a day that no longer holds."""
    registration = _registration(event.registration)
    _plan_warnings(registration, after=event.at)


def _plan_warnings(registration: Registration, *, after: datetime) -> None:
    last = registration.expires_on
    end = datetime.combine(last, time(8), tzinfo=ZoneInfo(registration.scheme.time_zone))
    for distance in EXPIRY_WARNINGS:
        if end - distance > after:
            plan(
                "expiry_reminder",
                person=registration.person,
                registration=registration,
                because=f"{distance.days} days before the registration ends",
                key=f"expiry_reminder:{registration.pk}:{distance.days}:{last.isoformat()}",
                due_at=end - distance,
                context=_about(registration),
            )


@action
def on_moved(event: Moved) -> None:
    """Tell the candidate, the moderators or the committee what a move means for them."""
    move = Move(event.move)
    registration = _registration(event.registration)
    if move in TO_CANDIDATE:
        _tell(TO_CANDIDATE[move], registration.person, registration, event)
    if move in TO_ROLE:
        role, kind = TO_ROLE[move]
        for person in people_with(role):
            if person.pk != registration.person_id:
                _tell(kind, person, registration, event)


def _tell(kind: str, person: Profile, registration: Registration, event: Moved) -> None:
    panel = Panel.objects.filter(registration=registration).order_by("-round").first()
    plan(
        kind,
        person=person,
        registration=registration,
        because=f"move {event.move}",
        key=f"{kind}:{event.trail}:{person.pk}",
        due_at=registration.stage_since,
        context=_about(registration) | {"panel": panel.pk if panel else 0},
    )


@action
def on_returned(event: SubmissionReturned) -> None:
    """Tell the candidate what to put right."""
    check = Check.objects.get(pk=event.check)
    registration = _registration(event.registration)
    plan(
        "returned",
        person=registration.person,
        registration=registration,
        because="returned for correction",
        key=f"returned:{check.pk}",
        due_at=registration.stage_since,
        context=_about(registration) | {"reasons": check.reasons, "until": last_day(registration)},
    )


@action
def on_paid(event: PaymentRecorded) -> None:
    """Confirm money received."""
    payment = Payment.objects.get(pk=event.payment)
    registration = _registration(event.registration)
    order = Order.objects.get(pk=payment.order_id)
    plan(
        "payment_recorded",
        person=registration.person,
        registration=registration,
        because="a payment was recorded",
        key=f"payment_recorded:{payment.pk}",
        due_at=payment.recorded_at,
        context=_about(registration)
        | {
            "amount": f"{payment.amount / 100:.2f} {order.currency}",
            "invoice": order.invoice_number,
            "paid_on": payment.paid_on,
        },
    )


def _appointment(key: int) -> Appointment:
    rows = Appointment.objects.select_related("person", "panel__registration__person")
    return rows.select_related("panel__registration__edition", "panel__registration__scheme").get(pk=key)


def _of_panel(panel: Panel) -> dict[str, object]:
    registration = panel.registration
    is_blind = rules_of(registration.edition).panel.blind_candidate
    return _about(registration) | {
        "candidate": "" if is_blind else registration.person.name,
        "due_on": panel.due_on,
        "panel": panel.pk,
    }


@action
def on_invited(event: Invited) -> None:
    """Ask an assessor; the letter names the candidate unless the edition is blind."""
    appointment = _appointment(event.appointment)
    plan(
        "invited",
        person=appointment.person,
        registration=appointment.panel.registration,
        because="invited to assess",
        key=f"invited:{appointment.pk}",
        due_at=appointment.invited_at,
        context=_of_panel(appointment.panel)
        | {"appointment": appointment.pk, "decline": decline_token(appointment)},
    )


@action
def on_seat_ended(event: SeatEnded) -> None:
    """Tell an assessor that they are no longer needed; who declined knows it already."""
    appointment = _appointment(event.appointment)
    if appointment.answer == Appointment.Answer.DECLINED or appointment.ended_at is None:
        return
    kind = "seat_relieved" if event.why == Appointment.End.RELIEVED else "seat_ended"
    plan(
        kind,
        person=appointment.person,
        registration=appointment.panel.registration,
        because=event.why,
        key=f"{kind}:{appointment.pk}",
        due_at=appointment.ended_at,
        context=_of_panel(appointment.panel),
    )


@action
def on_compared(event: AssessmentsCompared) -> None:
    """Tell the panel that all assessments are in and each may read the others'."""
    panel = Panel.objects.select_related(
        "registration__edition", "registration__scheme", "registration__person"
    ).get(pk=event.panel)
    for appointment in panel.appointments.filter(ended_at=None).select_related("person"):
        plan(
            "assessments_in",
            person=appointment.person,
            registration=panel.registration,
            because="all assessments are in",
            key=f"assessments_in:{appointment.pk}:{panel.registration.stage_since.isoformat()}",
            due_at=panel.registration.stage_since,
            context=_of_panel(panel),
        )


@action
def on_proposed(event: OutcomeProposed) -> None:
    """Ask the other members of the panel for their answer; the letter does not say which outcome."""
    proposal = Proposal.objects.select_related("made_by__person", "panel").get(pk=event.proposal)
    for appointment in proposal.panel.appointments.filter(ended_at=None).select_related("person"):
        if appointment.pk != proposal.made_by_id:
            plan(
                "outcome_proposed",
                person=appointment.person,
                registration=proposal.panel.registration,
                because="an outcome was proposed",
                key=f"outcome_proposed:{proposal.pk}:{appointment.pk}",
                due_at=proposal.made_at,
                context=_of_panel(proposal.panel),
            )


@action
def on_escalated(event: PanelEscalated) -> None:
    """Tell the members that somebody else is called, and by which rule."""
    panel = Panel.objects.select_related("registration__scheme").get(pk=event.panel)
    for appointment in panel.appointments.filter(ended_at=None).select_related("person"):
        plan(
            "panel_escalated",
            person=appointment.person,
            registration=panel.registration,
            because=ESCALATED[panel.escalated_because],
            key=f"panel_escalated:{panel.pk}:{panel.escalated_because}:{appointment.pk}",
            due_at=panel.escalated_at or panel.registration.stage_since,
            context=_of_panel(panel) | {"is_lapse": panel.escalated_because == "lapse"},
        )


@action
def on_panel_message(event: PanelMessageSent) -> None:
    """Tell the other members that somebody has written: one letter an hour and reader, without the words."""
    message = PanelMessage.objects.select_related("made_by", "panel__registration").get(pk=event.message)
    panel = message.panel
    for appointment in panel.appointments.filter(ended_at=None).select_related("person"):
        if appointment.pk != message.made_by_id:
            plan(
                "panel_message",
                person=appointment.person,
                registration=panel.registration,
                because="a colleague on the panel wrote",
                key=f"panel_message:{panel.pk}:{appointment.pk}:{message.made_at:%Y%m%d%H}",
                due_at=message.made_at,
                context=_of_panel(panel),
            )


@action
def on_released(event: OutcomeReleased) -> None:
    """Tell the candidate that the result is there; the letter does not say which it is."""
    outcome = Outcome.objects.select_related("panel").get(pk=event.outcome)
    registration = _registration(event.registration)
    plan(
        "result_released",
        person=registration.person,
        registration=registration,
        because="the result was released",
        key=f"result_released:{outcome.pk}",
        due_at=outcome.released_at or registration.stage_since,
        context=_about(registration) | {"round": outcome.panel.round},
    )
