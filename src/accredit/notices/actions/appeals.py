"""The letters about an appeal: to its candidate, the office, and whoever decides it."""

from datetime import datetime

from accredit.assessments.events import AppealAdmitted, AppealEnded, AppealMade
from accredit.assessments.models import Appeal
from accredit.assessments.queries import appeals
from accredit.frameworks.queries import rules_of
from accredit.notices.actions.delivery import plan
from accredit.people.models import Profile, RoleHeld
from accredit.people.queries import people_with
from accredit.toolkit.actions import action


@action
def on_appeal_made(event: AppealMade) -> None:
    """Confirm the appeal to the candidate, and ask the office to look at it."""
    appeal = appeals().get(pk=event.appeal)
    candidate = appeal.outcome.panel.registration.person
    _tell("appeal_received", candidate, appeal, because="an appeal was made", at=appeal.made_at)
    for person in _office(candidate):
        _tell("appeal_to_look_at", person, appeal, because="an appeal was made", at=appeal.made_at)


@action
def on_appeal_admitted(event: AppealAdmitted) -> None:
    """Ask the reviewer to decide, and tell whoever had it before that it is not theirs any more."""
    appeal = appeals().get(pk=event.appeal)
    at = appeal.admitted_at or appeal.made_at
    which = f":{at.isoformat()}"  # it may come back to somebody who had it before
    if event.instead_of is not None:
        before = Profile.objects.get(pk=event.instead_of)
        _tell(
            "appeal_taken_back",
            before,
            appeal,
            because="the appeal went to somebody else",
            at=at,
            which=which,
        )
    if appeal.reviewer is not None:
        _tell(
            "appeal_to_decide",
            appeal.reviewer,
            appeal,
            because="asked to decide an appeal",
            at=at,
            which=which,
        )


@action
def on_appeal_ended(event: AppealEnded) -> None:
    """Tell the candidate how it ended, and the office; who withdrew it knows already."""
    appeal = appeals().get(pk=event.appeal)
    candidate, at = appeal.outcome.panel.registration.person, appeal.decided_at or appeal.made_at
    if appeal.decision != Appeal.Decision.WITHDRAWN:
        _tell("appeal_decided", candidate, appeal, because="the appeal was decided", at=at)
    elif appeal.reviewer is not None:
        _tell("appeal_withdrawn", appeal.reviewer, appeal, because="the appeal was withdrawn", at=at)
    for person in _office(candidate):
        if person.pk != appeal.decided_by_id:
            _tell("appeal_ended", person, appeal, because="an appeal ended", at=at)


def _office(candidate: Profile) -> list[Profile]:
    return [each for each in people_with(RoleHeld.Name.OFFICE) if each.pk != candidate.pk]


def _tell(kind: str, person: Profile, appeal: Appeal, *, because: str, at: datetime, which: str = "") -> None:
    registration = appeal.outcome.panel.registration
    plan(
        kind,
        person=person,
        registration=registration,
        because=because,
        key=f"{kind}:{appeal.pk}:{person.pk}{which}",
        due_at=at,
        context={
            "scheme": registration.scheme,
            "pathway": rules_of(registration.edition).pathway(registration.pathway).title,
            "round": appeal.outcome.panel.round,
            "appeal": appeal.pk,
            "is_upheld": appeal.decision == Appeal.Decision.UPHELD,
        },
    )
