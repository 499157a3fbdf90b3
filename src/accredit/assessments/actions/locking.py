"""One order of locks for all actions: the registration first, then assessors, then the rest.

Every step of a panel is serialised by its registration's row, which `registrations.actions.move` locks
too. Rows read before the lock may be stale: actions read their object again behind it.
"""

from collections.abc import Iterable

from accredit.assessments.models import Appointment, Assessor, Panel
from accredit.assessments.queries import panels
from accredit.registrations.models import Registration
from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import Move, Role, Stage
from accredit.toolkit.actor import Actor
from accredit.toolkit.refusals import refuse


def lock_registration(registration: int) -> None:
    """Wait for everybody else who acts on this registration."""
    Registration.objects.select_for_update().only("pk").get(pk=registration)


def locked_panel(panel: int, registration: int) -> Panel:
    """Lock and return a panel as it is now."""
    lock_registration(registration)
    return panels().get(pk=panel)


def locked_appointment(appointment: Appointment) -> Appointment:
    """Lock and return a place as it is now, with its panel and assessment."""
    panel = locked_panel(appointment.panel_id, appointment.panel.registration_id)
    found = panel.appointments.select_related("person", "assessment").get(pk=appointment.pk)
    found.panel = panel
    return found


def lock_assessors(people: Iterable[int]) -> None:
    """Keep two appointments at once from filling one assessor beyond their limit."""
    list(Assessor.objects.select_for_update().filter(person_id__in=list(people)).order_by("pk"))


def need_stage(panel: Panel, *stages: Stage, move: Move) -> None:
    """Refuse unless the panel's round is the registration's present one and in one of these stages."""
    stage = Stage(panel.registration.stage)
    if stage not in stages or panel.round != panel.registration.round:
        refuse(Code.MOVE_NOT_OPEN, stage=stage.value, move=move.value)


def need_office_role(by: Actor) -> None:
    """Refuse everybody but the office."""
    if by.role is not Role.OFFICE:
        refuse(Code.ROLE_NOT_PERMITTED, role=by.role.value, move=Move.APPOINT.value)


def need_office(panel: Panel, by: Actor, *, move: Move) -> None:
    """Refuse everybody but the office, and one of the office whose own portfolio it is."""
    if by.role is not Role.OFFICE:
        refuse(Code.ROLE_NOT_PERMITTED, role=by.role.value, move=move.value)
    if by.person is not None and by.person == panel.registration.person_id:
        refuse(Code.OWN_DECISION)


def need_author(appointment: Appointment, by: Actor) -> None:
    """Refuse everybody but the person whose place it is, and them too once it has ended."""
    if by.person is None or appointment.person_id != by.person:
        refuse(Code.NOT_YOURS)
    if appointment.ended_at is not None:
        refuse(Code.INVITATION_ENDED)
