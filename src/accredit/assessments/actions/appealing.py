"""Appeals: made by the candidate, looked at by the office, decided by a reviewer without part in the result.

Source: `rulebook.appeals`. Lock order: the portfolio, then the registration.
"""

from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localdate

from accredit.assessments.actions.locking import lock_registration
from accredit.assessments.actions.releasing import lock_portfolio
from accredit.assessments.events import AppealAdmitted, AppealEnded, AppealMade
from accredit.assessments.models import Appeal, Outcome
from accredit.assessments.permissions import can_review_appeal, can_run
from accredit.assessments.queries import appeals, edition_of, outcome_to_appeal
from accredit.people.models import Profile
from accredit.portfolios.actions import hand_in_as_before
from accredit.registrations.actions import begin_again, give_back, move
from accredit.registrations.queries import open_of
from accredit.rulebook import appeals as rules
from accredit.rulebook.faults import Code
from accredit.rulebook.terms import Effect, RoundKind
from accredit.rulebook.workflow import Move, Stage
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.events import publish
from accredit.toolkit.refusals import refuse, refuse_if
from accredit.trail import actions as trail

Decision = Appeal.Decision
MOST_WORDS = 20_000  # characters of an appeal


@action
def appeal(outcome: Outcome, *, grounds: Sequence[str], words: str, by: Actor, at: datetime) -> Appeal:
    """Appeal against a released result, on grounds of the edition, in the candidate's words.

    Refused to anybody but its candidate, when it is too late, for a pass, for a result that was appealed
    before or is followed by a later one, and beside another registration under way.
    """
    panel = outcome.panel
    lock_registration(panel.registration_id)
    found = outcome_to_appeal(panel.registration_id, panel.round)
    if found is None or by.person != found.panel.registration.person_id:
        refuse(Code.NOT_YOURS)
    if Appeal.objects.filter(outcome=found).exists():
        refuse(Code.APPEALED_ALREADY)
    edition, released_at = edition_of(found.panel), found.released_at or at
    effect = Effect(found.effect)
    refuse_if(rules.not_open(edition, effect, released_on=localdate(released_at), on=localdate(at)))
    refuse_if(rules.lacking(edition, grounds=grounds, has_words=bool(words.strip())))
    registration = found.panel.registration
    is_last = found.panel.round == registration.round - (effect is not Effect.FAIL)
    if registration.stage not in {Stage.REVISING, Stage.FAILED} or not is_last:
        refuse(Code.MOVE_NOT_OPEN, stage=registration.stage, move=Move.APPEAL.value)
    other = open_of(registration.person_id, registration.scheme)
    if other is not None and other.pk != registration.pk:
        refuse(Code.APPEAL_BESIDE_ANOTHER)
    known = [each.code for each in edition.appeals.grounds] if edition.appeals else []
    made = Appeal.objects.create(
        outcome=found,
        grounds=[each for each in known if each in grounds],
        words=words.strip()[:MOST_WORDS],
        made_at=at,
    )
    move(registration, Move.APPEAL, by=by, at=at, data={"appeal": made.pk, "outcome": found.pk})
    publish(AppealMade(made.pk))
    return made


@action
def admit_appeal(given: Appeal, *, reviewer: Profile, by: Actor, at: datetime) -> Appeal:
    """Give an appeal to a reviewer, or to another one while it is undecided; the same one twice is once.

    Refused for a reviewer who had any part in the result (`permissions.can_review_appeal`).
    """
    found = _under_way(given)
    if not can_run(by.person, found.outcome.panel):
        refuse(Code.OWN_DECISION)
    if found.reviewer_id == reviewer.pk:
        return found
    found.admitted_by_id = by.person
    if not can_review_appeal(reviewer.pk, found):
        refuse(Code.REVIEWER_HAD_PART, name=reviewer.name)
    before = found.reviewer_id
    found.reviewer, found.admitted_at = reviewer, at
    found.save(update_fields=["reviewer", "admitted_at", "admitted_by"])
    _record("appeal_admitted", found, {"about": reviewer.pk}, by=by, at=at)
    publish(AppealAdmitted(found.pk, instead_of=before))
    return found


@action
def turn_appeal_away(given: Appeal, *, reasons: str, by: Actor, at: datetime) -> Appeal:
    """Turn away an appeal that rests on no ground, with reasons for the candidate: the result stands.

    Refused once a reviewer has it: then it is theirs to decide.
    """
    found = _under_way(given)
    if not can_run(by.person, found.outcome.panel):
        refuse(Code.OWN_DECISION)
    if found.reviewer_id is not None:
        refuse(Code.MOVE_NOT_OPEN, stage=Stage.APPEALING.value, move=Move.RESUME_REVISION.value)
    if not reasons.strip():
        refuse(Code.REASON_MISSING)
    return _stands(found, Decision.TURNED_AWAY, reasons, by=by, at=at)


@action
def withdraw_appeal(given: Appeal, *, by: Actor, at: datetime) -> Appeal:
    """Take one's appeal back, until it is decided: the result stands. Twice is once."""
    lock_portfolio(given.outcome)
    lock_registration(given.outcome.panel.registration_id)
    found = appeals().get(pk=given.pk)
    if by.person != found.outcome.panel.registration.person_id:
        refuse(Code.NOT_YOURS)
    if found.decision == Decision.WITHDRAWN:
        return found
    if found.decided_at is not None:
        refuse(Code.APPEAL_ENDED)
    return _stands(found, Decision.WITHDRAWN, "", by=by, at=at)


@action
def decide_appeal(given: Appeal, *, upheld: bool, reasons: str, by: Actor, at: datetime) -> Appeal:
    """Decide an appeal as its reviewer, with reasons for the candidate.

    Upheld: the result counts for nothing any more, and what was handed in goes to a new panel as it was.
    Dismissed: the result stands, and a revision gets back the days the appeal took.
    """
    found = _under_way(given)
    is_mine = by.person is not None and found.reviewer_id == by.person
    if not is_mine or not can_review_appeal(by.person, found):
        refuse(Code.OWN_DECISION)
    if not reasons.strip():
        refuse(Code.REASON_MISSING)
    if not upheld:
        return _stands(found, Decision.DISMISSED, reasons, by=by, at=at)
    panel = found.outcome.panel
    found.outcome.set_aside_at = at
    found.outcome.save(update_fields=["set_aside_at"])
    kind = rules.kind_for_new_panel(RoundKind(panel.submission.kind))
    begin_again(panel.registration, after=panel.round, kind=kind, by=by, at=at)
    hand_in_as_before(panel.submission, number=panel.round + 1, kind=kind, by=by, at=at)
    _end(found, Decision.UPHELD, reasons, by=by, at=at)
    move(panel.registration, Move.UPHOLD_APPEAL, by=by, at=at, data={"appeal": found.pk})
    return found


def _under_way(given: Appeal) -> Appeal:
    lock_portfolio(given.outcome)
    lock_registration(given.outcome.panel.registration_id)
    found = appeals().get(pk=given.pk)
    if found.decided_at is not None:
        refuse(Code.APPEAL_ENDED)
    return found


def _stands(found: Appeal, decision: Decision, reasons: str, *, by: Actor, at: datetime) -> Appeal:
    """End an appeal and let the result stand; a revision goes on, with the days the appeal took."""
    registration = found.outcome.panel.registration
    _end(found, decision, reasons, by=by, at=at)
    if registration.revise_until is not None:
        appealed_on, today = localdate(found.made_at), localdate(at)
        until = rules.revise_until(registration.revise_until, appealed_on=appealed_on, decided_on=today)
        give_back(registration, until=until, by=by, at=at)
    what = rules.move_back(Effect(found.outcome.effect))
    move(registration, what, by=by, at=at, data={"appeal": found.pk, "decision": decision.value})
    return found


def _end(found: Appeal, decision: Decision, reasons: str, *, by: Actor, at: datetime) -> None:
    found.decision, found.reasons = decision, reasons.strip()
    found.decided_at, found.decided_by_id = at, by.person
    found.save(update_fields=["decision", "reasons", "decided_at", "decided_by"])
    _record("appeal_ended", found, {"decision": decision.value}, by=by, at=at)
    publish(AppealEnded(found.pk))


def _record(what: str, found: Appeal, data: dict[str, object], *, by: Actor, at: datetime) -> None:
    panel = found.outcome.panel
    trail.record(
        what,
        by=by,
        at=at,
        subject=found,
        registration=panel.registration_id,
        person=panel.registration.person_id,
        data={"round": panel.round} | data,
        words={"reasons": found.reasons} if found.reasons else None,
    )
