"""What an assessor is invited to, has in hand and has done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import QuerySet

from accredit.assessments.models import Appointment, Proposal
from accredit.assessments.queries.panels import edition_of, rule_of_panel
from accredit.assessments.queries.seeing import is_in
from accredit.rulebook.panel import may_propose
from accredit.rulebook.workflow import FINAL, Stage


class Next(StrEnum):
    """What waits for the assessor."""

    ANSWER = "answer"
    ASSESS = "assess"
    WAIT = "wait"
    PROPOSE = "propose"
    REPLY = "reply"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Work:
    """One appointment on an assessor's list; `candidate` is empty where the edition is blind."""

    appointment: int
    assessment: int | None
    panel: int
    registration: int
    reference: str
    candidate: str
    pathway: str
    pathway_title: str
    round: int
    kind: str
    seat: str
    invited_at: datetime
    due_on: date
    next: Next


# Long, and read once in a process: `rules_of` keeps them by their hash.
DOCUMENTS = ("panel__registration__edition__document", "panel__submission__edition__document")


def _mine(person: int) -> QuerySet[Appointment]:
    found = Appointment.objects.filter(person_id=person, ended_at=None).select_related(
        "assessment",
        "panel__outcome",
        "panel__registration__person",
        "panel__registration__edition",
        "panel__submission__edition",
    )
    return found.defer("panel__submission__content", *DOCUMENTS).order_by("panel__due_on", "pk")


def _next(each: Appointment, proposals: dict[int, Proposal]) -> Next:
    stage = Stage(each.panel.registration.stage)
    current = each.panel.round == each.panel.registration.round
    if hasattr(each.panel, "outcome") or not current or stage in FINAL:
        return Next.DONE
    if not each.answer:
        return Next.ANSWER
    if not is_in(each):
        return Next.ASSESS
    return _of_agreement(each, proposals.get(each.panel_id)) if stage is Stage.AGREEING else Next.WAIT


def _of_agreement(each: Appointment, proposal: Proposal | None) -> Next:
    if proposal is None:
        return Next.PROPOSE if is_proposer(each) else Next.WAIT
    answered = any(reply.made_by_id == each.pk for reply in proposal.replies.all())
    return Next.WAIT if answered or proposal.made_by_id == each.pk else Next.REPLY


def next_of_each(places: Iterable[Appointment]) -> dict[int, Next]:
    """Return what waits for the holder of each place, by its key; two queries where a panel is agreeing."""
    found = list(places)
    proposals = _standing_proposals(found)
    return {each.pk: _next(each, proposals) for each in found}


def _standing_proposals(places: Iterable[Appointment]) -> dict[int, Proposal]:
    """Return the proposal that stands in each panel that is agreeing, by its panel."""
    agreeing = {each.panel_id for each in places if each.panel.registration.stage == Stage.AGREEING}
    if not agreeing:
        return {}
    standing = Proposal.objects.filter(panel__in=agreeing, replaced_at=None).prefetch_related("replies")
    return {each.panel_id: each for each in standing}


def is_proposer(each: Appointment) -> bool:
    """Say whether this member may propose the outcome of their panel."""
    return may_propose(rule_of_panel(each.panel), lead=each.seat == "lead")


def _listed(rows: Iterable[Appointment]) -> list[Work]:
    found = list(rows)
    proposals = _standing_proposals(found)
    return [_work(each, proposals) for each in found]


def _is_blind(each: Appointment) -> bool:
    return edition_of(each.panel).panel.blind_candidate


def _work(each: Appointment, proposals: dict[int, Proposal]) -> Work:
    registration = each.panel.registration
    blind = _is_blind(each)
    return Work(
        appointment=each.pk,
        assessment=each.assessment.pk if each.answer == Appointment.Answer.ACCEPTED else None,
        panel=each.panel_id,
        registration=registration.pk,
        reference=registration.reference,
        candidate="" if blind else registration.person.name,
        pathway=registration.pathway,
        pathway_title=edition_of(each.panel).pathway(registration.pathway).title,
        round=each.panel.round,
        kind=each.panel.submission.kind,
        seat=each.seat,
        invited_at=each.invited_at,
        due_on=each.panel.due_on,
        next=_next(each, proposals),
    )


def in_hand(person: int) -> tuple[list[Work], list[Work]]:
    """Return the invitations a person has not answered, and what they have accepted and whose outcome is not
    decided yet; the first due first. One query, two more where a panel is agreeing."""
    found = _listed(_mine(person).filter(panel__outcome=None).exclude(answer=Appointment.Answer.DECLINED))
    invited = [each for each in found if each.next is Next.ANSWER]
    return invited, [each for each in found if each.assessment is not None and each.next is not Next.DONE]


def invitations_of(person: int) -> list[Work]:
    """Return the invitations a person has not answered."""
    return in_hand(person)[0]


def work_of(person: int) -> list[Work]:
    """Return what a person has accepted and whose outcome is not decided yet."""
    return in_hand(person)[1]


def done_by(person: int) -> QuerySet[Appointment]:
    """Return the appointments of a person whose assessment is in and whose panel has decided."""
    return _mine(person).filter(assessment__submitted_at__isnull=False, panel__outcome__isnull=False)


def own_appointment(person: int, appointment: int) -> Appointment | None:
    """Return a person's own place that has not ended, with all its page needs; None: not theirs."""
    found = Appointment.objects.filter(pk=appointment, person_id=person, ended_at=None)
    return (
        found.select_related(
            "person",
            "assessment",
            "panel__registration__person",
            "panel__registration__edition",
            "panel__registration__scheme",
            "panel__submission__edition",
            "panel__submission__portfolio",
        )
        .defer(*DOCUMENTS)
        .first()
    )
