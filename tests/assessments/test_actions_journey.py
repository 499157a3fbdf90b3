"""From the panel to the release: passes, referrals, third assessors, moderation, ratification."""

from datetime import timedelta
from typing import Any

import pytest

from accredit.assessments import actions
from accredit.assessments.models import Appointment, Outcome, Panel, Proposal, Seat
from accredit.assessments.queries import panel_of, panels, places_of, results_of, rows_of, transcript_of
from accredit.awards.models import Award
from accredit.frameworks.queries import rules_of
from accredit.people.actions import give_role
from accredit.people.models import Profile, RoleHeld
from accredit.portfolios import actions as portfolios
from accredit.portfolios.models import Portfolio, Submission
from accredit.registrations.models import CohortPlace, Registration
from accredit.rulebook.faults import Code
from accredit.rulebook.terms import RoundKind
from accredit.rulebook.workflow import Role, Stage
from accredit.toolkit.actions import allow_writes
from accredit.toolkit.actor import SYSTEM, Actor
from accredit.toolkit.refusals import Refused
from accredit.trail.models import Row
from tests import factories as make
from tests.factories import AT, LATER

pytestmark = pytest.mark.django_db


def stage(panel: Panel) -> str:
    """The stage of a panel's registration as stored."""
    return str(Registration.objects.values_list("stage", flat=True).get(pk=panel.registration_id))


def codes(refused: "pytest.ExceptionInfo[Refused]") -> list[Code]:
    """What a refusal says."""
    return [each.code for each in refused.value.faults]


def somebody(role: RoleHeld.Name) -> Actor:
    """A person of that role who has no part in the panel."""
    return Actor(person=make.person(f"{role} Example", roles=(role,)).pk, role=Role(role.value))


def revise(panel: Panel) -> Submission:
    """Hand in the revision of a released referral and have the office accept it."""
    draft = Portfolio.objects.select_related("registration").get(registration_id=panel.registration_id)
    make.fill(draft, at=LATER)
    portfolios.summarise_changes(draft, "I rewrote it.", by=make.owner_of(draft), at=LATER)
    portfolios.confirm(draft, name="Ada Example", by=make.owner_of(draft), at=LATER)
    made = portfolios.submit(draft, by=make.owner_of(draft), at=LATER)
    by = make.office()
    portfolios.begin_check(made, by=by, at=LATER)
    portfolios.accept(made, by=by, at=LATER)
    return made


def current(panel: Panel) -> Panel:
    """The panel of the registration's present round."""
    found = panel_of(panel.registration_id)
    assert found is not None
    return found


def disagreed() -> Panel:
    """A panel whose second assessor has refused the lead's proposal to pass."""
    on = make.panel()
    lead, second = make.place(on, Seat.LEAD), make.place(on, Seat.SECOND)
    make.hand_in(lead, "pass")
    make.hand_in(second, "minor", ("1a",))
    said: dict[str, Any] = {"outcome": "pass", "feedback": "Well done.", "revise": ()}
    proposal = actions.propose(on, appointment=lead, **said, by=make.as_assessor(lead), at=AT)
    actions.reply(
        proposal, appointment=second, agrees=False, reason="1a is thin.", by=make.as_assessor(second), at=AT
    )
    return panels().get(pk=on.pk)


def third(on: Panel) -> Appointment:
    """Theo, invited as third assessor."""
    who = make.assessor("Theo Example", completed=0)
    return actions.appoint_third(on, person=who.pk, due_on=LATER.date(), by=make.office(), at=AT)


def test_an_associate_passes_and_holds_an_award() -> None:
    outcome = make.held()
    assert stage(outcome.panel) == Stage.HELD
    assert (outcome.code, outcome.how) == ("pass", Outcome.How.AGREED)
    actions.release(outcome, by=make.office(), at=AT)
    award = Award.objects.get(registration=outcome.panel.registration)
    assert (award.pathway, award.distinction) == ("associate", False)
    assert stage(outcome.panel) == Stage.ACCREDITED


def test_a_distinction_and_the_areas_stand_on_the_award() -> None:
    outcome = make.held(outcome="distinction", pathway="cmalt")
    actions.release(outcome, by=make.office(), at=AT)
    award = Award.objects.get(registration=outcome.panel.registration)
    assert award.distinction
    assert award.areas == ["My area in 5"]


def test_a_minor_referral_is_read_by_the_lead_and_passes() -> None:
    outcome = make.held(outcome="minor", revise=("1a",))
    actions.release(outcome, by=make.office(), at=AT)
    registration = Registration.objects.get(pk=outcome.panel.registration_id)
    assert (registration.stage, registration.round_kind, registration.round) == ("revising", "review", 2)
    assert registration.revise_until == AT.date() + timedelta(days=42)
    draft = Portfolio.objects.get(registration=registration)
    assert set(draft.open_slots or ()) == {"1a", "confirmation"}
    revise(outcome.panel)
    on = current(outcome.panel)
    assert [(each.seat, each.person.name) for each in places_of(on)] == [("lead", "Lena Example")]
    assert stage(on) == Stage.ASSESSING
    make.hand_in(make.place(on, Seat.LEAD), "pass", at=LATER)
    decided = Outcome.objects.get(panel=on)
    assert (decided.how, decided.code, stage(on)) == ("read", "pass", Stage.HELD)
    actions.release(decided, by=make.office(), at=LATER)
    assert stage(on) == Stage.ACCREDITED
    both = results_of(registration.pk, to=make.candidate(registration.person))
    assert [each.outcome.code for each in both] == ["minor", "pass"]


def test_a_review_that_does_not_convince_may_lead_to_reassessment_by_the_same_panel_and_fail() -> None:
    outcome = make.held(outcome="minor", revise=("1a",))
    actions.release(outcome, by=make.office(), at=AT)
    revise(outcome.panel)
    on = current(outcome.panel)
    make.hand_in(make.place(on, Seat.LEAD), "major", ("1a", "1b"), at=LATER)
    actions.release(Outcome.objects.get(panel=on), by=make.office(), at=LATER)
    revise(on)
    on = current(on)
    assert on.submission.kind == RoundKind.REASSESSMENT
    assert [each.seat for each in places_of(on)] == ["lead", "second"]
    for each in places_of(on):
        make.hand_in(each, "fail", at=LATER)
    lead, second = make.place(on, Seat.LEAD), make.place(on, Seat.SECOND)
    proposal = actions.propose(
        on,
        appointment=lead,
        outcome="fail",
        feedback="Not yet.",
        revise=(),
        by=make.as_assessor(lead),
        at=LATER,
    )
    actions.reply(proposal, appointment=second, agrees=True, by=make.as_assessor(second), at=LATER)
    actions.release(Outcome.objects.get(panel=on), by=make.office(), at=LATER)
    assert stage(on) == Stage.FAILED
    assert not Award.objects.filter(registration_id=on.registration_id).exists()


def test_fail_is_not_open_in_a_first_round() -> None:
    on = make.panel()
    with pytest.raises(Refused) as refused:
        make.hand_in(make.place(on, Seat.LEAD), "fail")
    assert codes(refused) == [Code.OUTCOME_NOT_OPEN]


def test_a_disagreement_calls_a_third_whose_voice_makes_the_majority() -> None:
    on = disagreed()
    assert stage(on) == Stage.THIRD_ASSESSMENT
    place = third(on)
    make.hand_in(place, "pass")
    decided = Outcome.objects.get(panel=on)
    assert (decided.code, decided.how, decided.feedback) == ("pass", "majority", "Well done.")
    assert stage(on) == Stage.HELD


def test_a_majority_against_the_proposal_takes_its_own_words_and_slots() -> None:
    on = disagreed()
    make.hand_in(third(on), "minor", ("1b",))
    decided = Outcome.objects.get(panel=on)
    assert (decided.code, decided.how, decided.revise) == ("minor", "majority", ["1a", "1b"])
    assert decided.feedback


def test_three_views_go_to_the_moderator() -> None:
    on = disagreed()
    make.hand_in(third(on), "major", ("1b",))
    assert stage(on) == Stage.MODERATING
    by = somebody(RoleHeld.Name.MODERATOR)
    said: dict[str, Any] = {
        "outcome": "minor",
        "feedback": "Revise 1a.",
        "revise": ("1a",),
        "reasons": "I read all three.",
    }
    decided = actions.moderate(on, **said, by=by, at=AT)
    assert (decided.how, stage(on)) == (Outcome.How.MODERATED, Stage.HELD)
    with pytest.raises(Refused) as refused:
        actions.moderate(on, **said, by=by, at=AT)
    assert codes(refused) == [Code.MOVE_NOT_OPEN]


def test_a_member_of_the_panel_does_not_moderate_it() -> None:
    on = disagreed()
    place = third(on)
    make.hand_in(place, "major", ("1b",))
    give_role(place.person, RoleHeld.Name.MODERATOR, by=SYSTEM, at=AT)
    with pytest.raises(Refused) as refused:
        actions.moderate(
            on,
            outcome="pass",
            feedback="x",
            revise=(),
            reasons="y",
            by=Actor(person=place.person_id, role=Role.MODERATOR),
            at=AT,
        )
    assert codes(refused) == [Code.OWN_DECISION]


def test_a_third_who_declines_is_replaced() -> None:
    on = disagreed()
    place = third(on)
    actions.decline(place, reason="No time.", is_conflict=False, by=make.as_assessor(place), at=AT)
    assert stage(on) == Stage.THIRD_ASSESSMENT
    make.hand_in(third(on), "pass")
    assert stage(on) == Stage.HELD


def orchard() -> Panel:
    """Three members without a lead, in the fictional scheme."""
    within = make.scheme("orchard-2025")
    rules = rules_of(within.editions.get())
    pathway = rules.pathways[0].code
    who = make.person()
    of = make.registration(who, pathway=pathway, within=within)
    return make.panel(make.accepted(of))


def test_a_panel_of_three_without_a_lead_agrees_and_the_committee_ratifies() -> None:
    on = orchard()
    places = places_of(on)
    assert [each.seat for each in places] == ["member"] * 3
    for each in places:
        make.hand_in(each, "recognised")
    first, *others = (each for each in places_of(panels().get(pk=on.pk)))
    proposal = actions.propose(
        on,
        appointment=first,
        outcome="recognised",
        feedback="Ripe.",
        revise=(),
        by=make.as_assessor(first),
        at=AT,
    )
    actions.reply(proposal, appointment=others[0], agrees=True, by=make.as_assessor(others[0]), at=AT)
    assert stage(on) == Stage.AGREEING
    actions.reply(proposal, appointment=others[1], agrees=True, by=make.as_assessor(others[1]), at=AT)
    assert stage(on) == Stage.RATIFYING
    outcome = Outcome.objects.select_related("panel").get(panel=on)
    committee = somebody(RoleHeld.Name.COMMITTEE)
    actions.remit(outcome, reasons="Say more.", by=committee, at=AT)
    assert stage(on) == Stage.MODERATING
    said: dict[str, Any] = {
        "outcome": "regrow",
        "feedback": "Grow.",
        "revise": slots(on)[:1],
        "reasons": "Too early.",
    }
    actions.moderate(on, **said, by=somebody(RoleHeld.Name.MODERATOR), at=AT)
    outcome = actions.ratify(outcome, by=committee, at=AT)
    assert (outcome.code, stage(on)) == ("regrow", Stage.HELD)
    actions.release(outcome, by=make.office(), at=AT)
    revise(on)
    assert stage(on) == Stage.APPOINTING, "the edition asks for a new panel"


def slots(on: Panel) -> tuple[str, ...]:
    """The slots of a panel's submission which are rated."""
    rows = rows_of(panels().get(pk=on.pk))
    return tuple(each.key for each in rows if each.kind.value == "section")


def test_the_office_reads_a_minor_review_where_the_edition_says_so() -> None:
    on = orchard()
    for each in places_of(on):
        make.hand_in(each, "prune", slots(on)[:1])
    first, *others = places_of(panels().get(pk=on.pk))
    said: dict[str, Any] = {"outcome": "prune", "feedback": "A little.", "revise": slots(on)[:1]}
    proposal = actions.propose(on, appointment=first, **said, by=make.as_assessor(first), at=AT)
    for each in others:
        actions.reply(proposal, appointment=each, agrees=True, by=make.as_assessor(each), at=AT)
    outcome = Outcome.objects.select_related("panel").get(panel=on)
    actions.ratify(outcome, by=somebody(RoleHeld.Name.COMMITTEE), at=AT)
    actions.release(outcome, by=make.office(), at=AT)
    revise(on)
    on = current(on)
    assert (stage(on), places_of(on)) == (Stage.ASSESSING, [])
    cora = somebody(RoleHeld.Name.OFFICE)
    with allow_writes():
        cohort = make.cohort(Profile.objects.get(pk=cora.person), within=on.registration.scheme)
        CohortPlace.objects.create(cohort=cohort, registration=on.registration, joined_at=AT)
    with pytest.raises(Refused) as refused:
        actions.read_review(on, outcome="recognised", feedback="Mine.", revise=(), by=cora, at=LATER)
    assert codes(refused) == [Code.OWN_DECISION]
    decided = actions.read_review(
        on, outcome="recognised", feedback="Now it is.", revise=(), by=make.office(), at=LATER
    )
    assert (decided.how, stage(on)) == ("read_by_office", Stage.RATIFYING)
    actions.ratify(decided, by=somebody(RoleHeld.Name.COMMITTEE), at=LATER)
    assert stage(on) == Stage.HELD
    shown = transcript_of(panels().get(pk=on.pk), to=make.office())
    assert shown is not None
    assert (shown.columns, shown.rows) == ((), ())


def test_a_propose_or_reply_twice_is_once() -> None:
    on = make.compared()
    lead, second = make.place(on, Seat.LEAD), make.place(on, Seat.SECOND)
    said: dict[str, Any] = {"outcome": "pass", "feedback": "Well done.", "revise": ()}
    one = actions.propose(on, appointment=lead, **said, by=make.as_assessor(lead), at=AT)
    assert actions.propose(on, appointment=lead, **said, by=make.as_assessor(lead), at=AT) == one
    newer = actions.propose(
        on, appointment=lead, **(said | {"feedback": "Better."}), by=make.as_assessor(lead), at=AT
    )
    by = make.as_assessor(second)
    with pytest.raises(Refused) as refused:
        actions.reply(one, appointment=second, agrees=True, by=by, at=AT)
    assert codes(refused) == [Code.PROPOSAL_REPLACED]
    answer = actions.reply(newer, appointment=second, agrees=True, by=by, at=AT)
    assert actions.reply(newer, appointment=second, agrees=True, by=by, at=AT) == answer
    with pytest.raises(Refused) as refused:
        actions.reply(newer, appointment=second, agrees=False, reason="No.", by=by, at=AT)
    assert codes(refused) == [Code.ALREADY_REPLIED]
    assert Outcome.objects.count() == 1
    assert Proposal.objects.filter(replaced_at=None).count() == 1


def test_only_the_lead_proposes_and_only_with_words_and_open_outcomes() -> None:
    on = make.compared()
    lead, second = make.place(on, Seat.LEAD), make.place(on, Seat.SECOND)
    said: dict[str, Any] = {"outcome": "pass", "feedback": "Well done.", "revise": ()}
    with pytest.raises(Refused) as refused:
        actions.propose(on, appointment=second, **said, by=make.as_assessor(second), at=AT)
    assert codes(refused) == [Code.PROPOSAL_NOT_YOURS]
    with pytest.raises(Refused) as refused:
        actions.propose(on, appointment=lead, **said, by=make.as_assessor(second), at=AT)
    assert codes(refused) == [Code.NOT_YOURS]
    for wrong, code in (
        ({"feedback": " "}, Code.FEEDBACK_MISSING),
        ({"outcome": "fail"}, Code.OUTCOME_NOT_OPEN),
        ({"outcome": "minor"}, Code.REVISIONS_MISSING),
        ({"outcome": "minor", "revise": ("9z",)}, Code.REVISION_UNKNOWN),
    ):
        with pytest.raises(Refused) as refused:
            actions.propose(on, appointment=lead, **(said | wrong), by=make.as_assessor(lead), at=AT)
        assert code in codes(refused)


def test_releasing_twice_is_once_and_not_for_ones_own() -> None:
    outcome = make.held()
    own = outcome.panel.registration.person
    give_role(own, RoleHeld.Name.OFFICE, by=SYSTEM, at=AT)
    with pytest.raises(Refused) as refused:
        actions.release(outcome, by=Actor(person=own.pk, role=Role.OFFICE), at=AT)
    assert codes(refused) == [Code.OWN_DECISION]
    by = make.office()
    for _ in range(2):
        assert actions.release(outcome, by=by, at=AT).released_at == AT
    assert Award.objects.filter(registration=outcome.panel.registration).count() == 1
    assert Row.objects.filter(what="outcome_released").count() == 1


def test_feedback_is_edited_only_while_held() -> None:
    outcome = make.held()
    by = make.office()
    assert actions.edit_feedback(outcome, feedback="Kinder words.", by=by, at=AT).feedback == "Kinder words."
    actions.release(outcome, by=by, at=AT)
    with pytest.raises(Refused) as refused:
        actions.edit_feedback(outcome, feedback="Later.", by=by, at=AT)
    assert codes(refused) == [Code.MOVE_NOT_OPEN]
