"""Who may touch a place on a panel, a submission in assessment, a decision."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from accredit.assessments.models import Appeal, Appointment, Assessor, Outcome, Panel
from accredit.assessments.queries import close_to, is_in
from accredit.people.models import RoleHeld
from accredit.people.permissions import has_role
from accredit.portfolios.models import Submission
from accredit.registrations.models import Registration
from accredit.rulebook.workflow import Role, Stage
from accredit.toolkit.actor import Actor


def is_assessor(person: int | None) -> bool:
    """Say whether a person has offered to assess, pausing or not."""
    return person is not None and Assessor.objects.filter(person_id=person).exists()


def is_own(person: int | None, appointment: Appointment) -> bool:
    """Say whether a place is this person's and has not ended."""
    return person is not None and appointment.person_id == person and appointment.ended_at is None


def can_answer(person: int | None, appointment: Appointment) -> bool:
    """Say whether a person may accept or decline: their own invitation, not answered yet."""
    return is_own(person, appointment) and not appointment.answer


def can_decline(person: int | None, appointment: Appointment) -> bool:
    """Say whether a person may leave a panel: invited or accepted, and nothing handed in."""
    return is_own(person, appointment) and not is_in(appointment)


def can_assess(person: int | None, appointment: Appointment) -> bool:
    """Say whether a person may open the desk of a place: their own, accepted."""
    return is_own(person, appointment) and appointment.answer == Appointment.Answer.ACCEPTED


def can_read_submission(person: int | None, submission: Submission) -> bool:
    """Say whether a person reads a submission as an assessor: this round's or an earlier one's."""
    return readable_submissions(person).filter(pk=submission.pk).exists()


def readable_submissions(person: int | None) -> QuerySet[Submission]:
    """Return the submissions `can_read_submission` allows."""
    rows = Submission.objects.filter(set_aside_at=None)
    if person is None:
        return rows.none()
    mine = Appointment.objects.filter(
        person_id=person,
        ended_at=None,
        answer=Appointment.Answer.ACCEPTED,
        panel__registration_id=OuterRef("portfolio__registration_id"),
        panel__round__gte=OuterRef("round"),
    )
    return rows.filter(Exists(mine))


def _is_apart(person: int | None, panel: Panel) -> bool:
    """Say whether a person is not the candidate, nor close to them, and has no place on the panel."""
    if person is None or panel.registration.person_id == person or _is_close(person, panel):
        return False
    return not panel.appointments.filter(person_id=person, ended_at=None).exists()


def _is_close(person: int | None, panel: Panel) -> bool:
    return person is not None and Panel.objects.filter(close_to(person), pk=panel.pk).exists()


def can_set_conflicts_aside(person: int | None, registration: Registration, assessor: int) -> bool:
    """Say whether a person may say that a conflict does not count: of the office, and neither of the two."""
    is_apart = person not in {None, registration.person_id, assessor}
    return is_apart and has_role(person, RoleHeld.Name.OFFICE)


def can_moderate(person: int | None, panel: Panel) -> bool:
    """Say whether a person may decide as moderator: holds the role and has no part in the panel."""
    return has_role(person, RoleHeld.Name.MODERATOR) and _is_apart(person, panel)


def can_ratify(person: int | None, outcome: Outcome) -> bool:
    """Say whether a person may confirm or send back: holds the role, no part in panel or moderation."""
    apart = _is_apart(person, outcome.panel) and outcome.decided_by_id != person
    return apart and has_role(person, RoleHeld.Name.COMMITTEE)


def can_review_appeal(person: int | None, appeal: Appeal) -> bool:
    """Say whether a person may decide an appeal: a moderator who had no part in the result, in any panel of
    the registration, nor in admitting the appeal, and is not close to the candidate."""
    outcome, panel = appeal.outcome, appeal.outcome.panel
    if person is None or person in {outcome.decided_by_id, outcome.ratified_by_id, appeal.admitted_by_id}:
        return False
    if panel.registration.person_id == person or not has_role(person, RoleHeld.Name.MODERATOR):
        return False
    seats = Appointment.objects.filter(
        panel__registration_id=panel.registration_id, person_id=person, ended_at=None
    )
    return not Panel.objects.filter(close_to(person) | Q(Exists(seats)), pk=panel.pk).exists()


def can_run(person: int | None, panel: Panel) -> bool:
    """Say whether a person of the office may act on a panel: not on their own portfolio's."""
    return has_role(person, RoleHeld.Name.OFFICE) and panel.registration.person_id != person


def can_read_review(person: int | None, panel: Panel) -> bool:
    """Say whether a person of the office may decide a review alone: nobody close to its candidate does."""
    return can_run(person, panel) and not _is_close(person, panel)


def can_see_outcome(to: Actor, outcome: Outcome) -> bool:
    """Say whether a reader may know an outcome: panel and office before its release, the candidate after."""
    if to.person is not None and to.person == outcome.panel.registration.person_id:
        return outcome.released_at is not None
    return visible_outcomes(to).filter(pk=outcome.pk).exists()


def visible_outcomes(to: Actor) -> QuerySet[Outcome]:
    """Return the outcomes `can_see_outcome` allows."""
    rows = Outcome.objects.all()
    if to.person is None:
        return rows.none()
    own = Q(panel__registration__person_id=to.person)
    return rows.filter((own & Q(released_at__isnull=False)) | (~own & _others(to)))


def _others(to: Actor) -> Q:
    """Return which outcomes of others a reader may know, in the role in which they read."""
    seats = Appointment.objects.filter(person_id=to.person, ended_at=None)
    handed_in = seats.filter(assessment__submitted_at__isnull=False)
    seen = Q(panel__in=handed_in.values("panel_id"))
    if to.role is Role.OFFICE and has_role(to.person, RoleHeld.Name.OFFICE):
        seen |= Q(pk__isnull=False)
    if to.role is Role.MODERATOR and has_role(to.person, RoleHeld.Name.MODERATOR):
        seen |= Q(how=Outcome.How.MODERATED)
    if to.role is Role.COMMITTEE and has_role(to.person, RoleHeld.Name.COMMITTEE):
        seen |= Q(ratified_at__isnull=False) | Q(panel__registration__stage=Stage.RATIFYING.value)
    return seen
