"""Agreement: one proposes, the others answer, the rulebook says what follows."""

from collections.abc import Sequence
from datetime import datetime

from accredit.assessments.actions.decisions import Decision, record_outcome, refuse_undecidable
from accredit.assessments.actions.locking import locked_appointment, need_author, need_stage
from accredit.assessments.events import OutcomeProposed, ProposalAnswered
from accredit.assessments.models import Appointment, Outcome, Panel, Proposal, Reply, Seat
from accredit.assessments.queries import edition_of, is_in, is_proposer, places_of, standing_proposal
from accredit.registrations.actions import move
from accredit.rulebook.decision import REFERRALS, Step, Verdict, move_for, next_step
from accredit.rulebook.facts import Voice
from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import Move, Stage
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.events import publish
from accredit.toolkit.refusals import refuse
from accredit.trail import actions as trail


@action
def propose(
    panel: Panel,
    *,
    appointment: Appointment,
    outcome: str,
    feedback: str,
    revise: Sequence[str],
    by: Actor,
    at: datetime,
) -> Proposal:
    """Propose the panel's outcome and the candidate's feedback; replaces a proposal not yet settled.

    Slots to revise are dropped where the outcome is no referral. The same proposal twice is once. Where
    the edition has a lead, only the lead proposes.
    """
    found = _member(appointment, by)
    if found.panel_id != panel.pk:
        refuse(Code.NOT_YOURS)
    need_stage(found.panel, Stage.AGREEING, move=Move.AGREE)
    if not is_proposer(found):
        refuse(Code.PROPOSAL_NOT_YOURS)
    refuse_undecidable(found.panel, outcome=outcome, feedback=feedback, revise=tuple(revise))
    if edition_of(found.panel).outcome(outcome).effect not in REFERRALS:
        revise = ()
    before = standing_proposal(found.panel)
    said = (found.pk, outcome, feedback.strip(), sorted(revise))
    if before and said == (before.made_by_id, before.outcome, before.feedback, sorted(before.revise)):
        return before
    Proposal.objects.filter(panel=found.panel, replaced_at=None).update(replaced_at=at)
    made = Proposal.objects.create(
        panel=found.panel,
        made_by=found,
        outcome=outcome,
        feedback=feedback.strip(),
        revise=list(revise),
        made_at=at,
    )
    _record("outcome_proposed", made, found, {"outcome": outcome}, by=by, at=at)
    publish(OutcomeProposed(made.pk))
    settle(found.panel, by=by, at=at)
    return made


@action
def reply(
    proposal: Proposal, *, appointment: Appointment, agrees: bool, reason: str = "", by: Actor, at: datetime
) -> Reply:
    """Agree, or disagree with the reason; the last answer needed settles it. The same twice is once."""
    found = _member(appointment, by)
    current = Proposal.objects.get(pk=proposal.pk)
    if current.panel_id != found.panel_id:
        refuse(Code.NOT_YOURS)
    before = Reply.objects.filter(proposal=current, made_by=found).first()
    if before is not None and before.agrees == agrees:
        return before
    if before is not None or current.made_by_id == found.pk:
        refuse(Code.ALREADY_REPLIED)
    if current.replaced_at is not None:
        refuse(Code.PROPOSAL_REPLACED)
    need_stage(found.panel, Stage.AGREEING, move=Move.AGREE)
    if not agrees and not reason.strip():
        refuse(Code.REASON_MISSING)
    made = Reply.objects.create(
        proposal=current, made_by=found, agrees=agrees, reason=reason.strip(), made_at=at
    )
    _record("proposal_answered", made, found, {"agrees": agrees}, by=by, at=at)
    publish(ProposalAnswered(made.pk))
    settle(found.panel, by=by, at=at)
    return made


def _member(appointment: Appointment, by: Actor) -> Appointment:
    found = locked_appointment(appointment)
    need_author(found, by)
    if not is_in(found):
        refuse(Code.ASSESSMENT_NOT_IN)
    return found


def _record(
    what: str, made: Proposal | Reply, place: Appointment, data: dict[str, object], *, by: Actor, at: datetime
) -> None:
    trail.record(
        what,
        by=by,
        at=at,
        subject=made,
        registration=place.panel.registration_id,
        person=place.person_id,
        data=data,
    )


def voices_of(panel: Panel, proposal: Proposal | None) -> list[Voice]:
    """Return where each member stands whose assessment is in."""
    answers = {each.made_by_id: each.agrees for each in proposal.replies.all()} if proposal else {}
    if proposal:
        answers[proposal.made_by_id] = True
    return [
        Voice(
            person=each.person_id,
            recommended=each.assessment.outcome,
            agrees=answers.get(each.pk),
            third=each.seat == Seat.THIRD,
        )
        for each in places_of(panel)
        if is_in(each)
    ]


@action
def settle(panel: Panel, *, by: Actor, at: datetime) -> None:
    """Do what follows from where the members stand: nothing yet, an outcome, a third, the moderator."""
    proposal = standing_proposal(panel)
    voices = voices_of(panel, proposal)
    edition = edition_of(panel)
    verdict = next_step(edition, voices, proposal.outcome if proposal else None)
    if verdict.step is Step.ADOPT:
        record_outcome(panel, _adopted(panel, proposal, voices, verdict), by=by, at=at)
    what = move_for(edition, verdict.step)
    if what is not None:
        panel.registration = move(panel.registration, what, by=by, at=at, data={"panel": panel.pk})


def _adopted(panel: Panel, proposal: Proposal | None, voices: list[Voice], verdict: Verdict) -> Decision:
    """Return the outcome adopted, with the proposal's words where it is the one proposed.

    Another one has only the words of those who recommended it: the third assessor's overall comment goes
    to the candidate, and every slot one of them names.
    """
    code = str(verdict.outcome)
    agreed = all(voice.agrees for voice in voices)
    how = Outcome.How.AGREED if agreed else Outcome.How.MAJORITY
    if proposal and proposal.outcome == code:
        return Decision(code, proposal.feedback, tuple(proposal.revise), how)
    behind = [each for each in places_of(panel) if is_in(each) and each.assessment.outcome == code]
    words = next((each.assessment.overall for each in reversed(behind)), "")
    named = tuple(slot for each in behind for slot in each.assessment.revise)
    return Decision(code, words, named, how)
