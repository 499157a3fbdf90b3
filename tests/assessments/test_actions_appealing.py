"""Appeals: made, turned away, withdrawn, dismissed, upheld; what each leaves behind."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from accredit.assessments import actions
from accredit.assessments.models import Appeal, Outcome, Panel, Seat
from accredit.assessments.queries import (
    appeal_of,
    earlier_effects,
    facts_of_assessors,
    interests_between,
    outcomes_open,
    panels,
    transcript_of,
    visible_assessments,
)
from accredit.assessments.queries.statistics import Asked, outcome_counts
from accredit.notices.models import Notice
from accredit.people.actions import give_role
from accredit.people.models import Profile, RoleHeld
from accredit.portfolios.models import Submission
from accredit.registrations.models import Registration
from accredit.rulebook.faults import Code
from accredit.rulebook.terms import RoundKind
from accredit.rulebook.workflow import Role, Stage
from accredit.toolkit.actor import SYSTEM, Actor
from accredit.toolkit.refusals import Refused
from accredit.trail.models import Row
from tests import factories as make
from tests.access.cast import COMMITTEE, LEAD, MODERATOR, OFFICE, secret
from tests.access.journey import Journey
from tests.factories import AT
from tests.kept import kept

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@kept
def released(outcome: str = "declined") -> Journey:
    return Journey("blind-appeal", "orchard-2025").decide(outcome).ratify().release()


def now(go: Journey) -> Registration:
    return Registration.objects.get(pk=go.world.registration.pk)


def result(go: Journey) -> Outcome:
    rows = Outcome.objects.filter(panel__registration=go.world.registration)
    return rows.select_related("panel__registration").earliest("decided_at")


def found(go: Journey) -> Appeal:
    appeal = appeal_of(go.world.registration.pk)
    assert appeal is not None
    return appeal


def make_appeal(go: Journey, **changes: Any) -> Appeal:
    said: dict[str, Any] = {"grounds": ["overlooked"], "words": "My drawings were not opened.", "at": AT}
    return actions.appeal(result(go), **(said | {"by": go.ada} | changes))


def reviewer(go: Journey) -> Actor:
    return go.by(MODERATOR, Role.MODERATOR)


def refusal(step: Callable[[], object]) -> set[Code]:
    with pytest.raises(Refused) as refused:
        step()
    return {each.code for each in refused.value.faults}


def letters(kind: str) -> list[int]:
    return sorted(Notice.objects.filter(kind=kind).values_list("person_id", flat=True))


def test_an_appeal_rests_the_registration_and_goes_to_the_office() -> None:
    go = released()
    made = make_appeal(go, grounds=["overlooked", "procedure"])
    assert made.grounds == ["procedure", "overlooked"]
    assert (now(go).stage, now(go).ended_at) == (Stage.APPEALING, None)
    assert letters("appeal_received") == [go.world.key("ada")]
    assert go.world.key(OFFICE) in letters("appeal_to_look_at")
    assert refusal(partial(make_appeal, go)) == {Code.APPEALED_ALREADY}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"grounds": []}, {Code.GROUND_MISSING}),
        ({"grounds": ["anger"]}, {Code.GROUND_UNKNOWN}),
        ({"words": "  \n"}, {Code.APPEAL_WORDS_MISSING}),
        ({"at": AT + timedelta(days=29)}, {Code.APPEAL_TOO_LATE}),
        ({"by": Actor(person=None, role=Role.CANDIDATE)}, {Code.NOT_YOURS}),
    ],
)
def test_an_appeal_that_is_refused_changes_nothing(changes: dict[str, Any], expected: set[Code]) -> None:
    go = released()
    assert refusal(partial(make_appeal, go, **changes)) == expected
    assert now(go).stage == Stage.FAILED
    assert not Appeal.objects.exists()


def test_nobody_appeals_before_the_release() -> None:
    held = Journey("blind-held", "orchard-2025").decide("declined").ratify()
    assert refusal(partial(make_appeal, held)) == {Code.NOT_YOURS}


def test_a_pass_is_not_appealed() -> None:
    assert refusal(partial(make_appeal, released("recognised"))) == {Code.APPEAL_AGAINST_PASS}


def test_a_scheme_without_appeals_has_none() -> None:
    go = Journey("revising").decide("minor").release()
    assert refusal(partial(make_appeal, go)) == {Code.APPEALS_NOT_OPEN}


def test_somebody_else_cannot_appeal_for_the_candidate() -> None:
    go = released()
    assert refusal(partial(make_appeal, go, by=go.by(LEAD, Role.CANDIDATE))) == {Code.NOT_YOURS}


def test_an_appeal_beside_a_new_registration_is_refused() -> None:
    go = released()
    make.registration(go.world.person("ada"), within=go.world.scheme, pathway="grafter")
    assert refusal(partial(make_appeal, go)) == {Code.APPEAL_BESIDE_ANOTHER}
    assert now(go).stage == Stage.FAILED


def test_what_was_handed_in_since_cannot_be_appealed_behind() -> None:
    go = released("prune")
    go.revise()
    assert refusal(partial(make_appeal, go)) == {Code.MOVE_NOT_OPEN}


def test_the_office_turns_away_with_reasons_and_the_result_stands() -> None:
    go = released()
    made = make_appeal(go)
    assert refusal(partial(actions.turn_appeal_away, made, reasons=" ", by=go.otis, at=AT)) == {
        Code.REASON_MISSING
    }
    actions.turn_appeal_away(made, reasons="A different opinion is no ground.", by=go.otis, at=AT + WEEK)
    assert now(go).stage == Stage.FAILED
    assert now(go).ended_at == AT + WEEK
    assert (found(go).decision, letters("appeal_decided")) == ("turned_away", [go.world.key("ada")])
    assert refusal(partial(make_appeal, go)) == {Code.APPEALED_ALREADY}
    assert refusal(
        partial(actions.admit_appeal, made, reviewer=go.world.person(MODERATOR), by=go.otis, at=AT)
    ) == {Code.APPEAL_ENDED}


def test_a_revision_gets_back_the_days_the_appeal_took() -> None:
    go = released("prune")
    until = now(go).revise_until
    assert until is not None
    make_appeal(go)
    go.admit()
    reasons, later = "Everything was opened.", AT + WEEK
    actions.decide_appeal(found(go), upheld=False, reasons=reasons, by=reviewer(go), at=later)
    assert (now(go).stage, now(go).round, now(go).revise_until) == (Stage.REVISING, 2, until + WEEK)
    assert now(go).round_kind == RoundKind.REVIEW


def test_a_candidate_withdraws_and_cannot_come_back() -> None:
    go = released("prune")
    made = make_appeal(go)
    assert refusal(partial(actions.withdraw_appeal, made, by=go.otis, at=AT)) == {Code.NOT_YOURS}
    actions.withdraw_appeal(made, by=go.ada, at=AT)
    actions.withdraw_appeal(made, by=go.ada, at=AT)
    assert (now(go).stage, found(go).decision) == (Stage.REVISING, "withdrawn")
    assert letters("appeal_decided") == []
    assert Row.objects.filter(what="appeal_ended").count() == 1


def test_the_reviewer_of_a_withdrawn_appeal_is_told() -> None:
    go = released()
    made = make_appeal(go)
    go.admit()
    actions.withdraw_appeal(made, by=go.ada, at=AT)
    assert letters("appeal_withdrawn") == [go.world.key(MODERATOR)]
    assert refusal(
        partial(actions.decide_appeal, made, upheld=True, reasons="So.", by=reviewer(go), at=AT)
    ) == {Code.APPEAL_ENDED}


def test_a_reviewer_had_no_part_in_it() -> None:
    go = released()
    made = make_appeal(go)

    def named(who: Profile, by: Actor | None = None) -> set[Code]:
        return refusal(partial(actions.admit_appeal, made, reviewer=who, by=by or go.otis, at=AT))

    had_part = {Code.REVIEWER_HAD_PART}
    assert named(go.world.person("nora")) == had_part
    for who in (LEAD, COMMITTEE, OFFICE, "ada"):
        give_role(go.world.person(who), RoleHeld.Name.MODERATOR, by=SYSTEM, at=AT)
        assert named(go.world.person(who)) == had_part, who
    close = make.person("Cleo Close", roles=(RoleHeld.Name.MODERATOR,))
    actions.declare_conflict(
        close, about=go.world.person("ada"), reason="My sister.", until_on=None, by=go.otis, at=AT
    )
    assert named(close) == had_part
    assert named(go.world.person(MODERATOR), go.by("ada", Role.OFFICE)) == {Code.OWN_DECISION}
    go.admit().admit()
    assert Row.objects.filter(what="appeal_admitted").count() == 1
    assert refusal(partial(actions.turn_appeal_away, made, reasons="No.", by=go.otis, at=AT)) == {
        Code.MOVE_NOT_OPEN
    }


def test_only_the_one_who_was_asked_decides_and_with_reasons() -> None:
    go = released()
    make_appeal(go)
    go.admit()
    other = Actor(make.person("Mo Other", roles=(RoleHeld.Name.MODERATOR,)).pk, Role.MODERATOR)
    decide = partial(actions.decide_appeal, found(go), upheld=True, at=AT)
    assert refusal(partial(decide, reasons="So.", by=other)) == {Code.OWN_DECISION}
    assert refusal(partial(decide, reasons="  ", by=reviewer(go))) == {Code.REASON_MISSING}
    assert now(go).stage == Stage.APPEALING


def test_a_reviewer_reads_the_assessments_while_it_is_theirs() -> None:
    go = released()
    make_appeal(go)
    by = reviewer(go)

    def seen() -> int:
        return len(visible_assessments(panels().get(pk=go.panel.pk), to=by))

    assert seen() == 0
    go.admit()
    assert seen() == 3
    actions.decide_appeal(found(go), upheld=False, reasons="It was right.", by=by, at=AT)
    assert seen() == 0


def upheld(outcome: str = "declined") -> Journey:
    go = released(outcome)
    make_appeal(go)
    go.admit()
    actions.decide_appeal(found(go), upheld=True, reasons="Unread.", by=reviewer(go), at=AT + WEEK)
    return go


@pytest.mark.parametrize("outcome", ["declined", "prune", "regrow"])
def test_an_appeal_upheld_puts_the_same_before_a_new_panel(outcome: str) -> None:
    go = upheld(outcome)
    registration = now(go)
    assert (registration.stage, registration.round, registration.round_kind) == ("appointing", 2, "first")
    assert registration.revise_until is None
    first, again = Submission.objects.filter(portfolio__registration=registration).order_by("round")
    assert (again.round, again.kind, again.sha256, again.content) == (2, "first", first.sha256, first.content)
    assert again.files.count() == first.files.count() > 0
    assert again.snapshots.count() == first.snapshots.count() > 0
    assert result(go).set_aside_at == AT + WEEK
    assert earlier_effects(registration.pk, 2) == ()


def test_nobody_of_the_first_panel_sits_on_the_new_one() -> None:
    go = upheld()
    registration = Registration.objects.select_related("edition", "scheme", "person").get(pk=now(go).pk)
    for each in go.panel.appointments.all():
        between = interests_between(registration, each.person_id, AT.date())
        assert Code.SAT_ON_APPEALED in {found.fault.code for found in between}
        with pytest.raises(Refused) as refused:
            actions.set_conflict_aside(
                registration, each.person, key=("sat_on_appealed", ""), reason="Never mind.",
                by=go.otis, at=AT,
            )  # fmt: skip
        assert refused.value.faults[0].code is Code.INTEREST_UNKNOWN
    nora = go.world.key("nora")
    assert not interests_between(registration, nora, AT.date())
    assert facts_of_assessors([nora], registration, AT.date())[nora].history == frozenset()


def new_panel(go: Journey) -> Panel:
    """Three who had no part assess it."""
    registration, names = now(go), ("Una Example", "Vera Example", "Walt Example")
    people = [make.assessor(each, holding="keeper", within=go.world.scheme) for each in names]
    seats = [(each.pk, Seat.MEMBER) for each in people]
    due = (AT + timedelta(days=40)).date()
    return actions.appoint(registration, seats=seats, due_on=due, by=go.otis, at=AT)


def test_the_new_panel_decides_as_if_for_the_first_time() -> None:
    go = upheld()
    on = panels().get(pk=new_panel(go).pk)
    kinds = {each.code for each in outcomes_open(on)}
    first = panels().get(pk=go.world.panels[0].pk)
    assert kinds == {each.code for each in outcomes_open(first)}
    ada = make.candidate(go.world.person("ada"))
    old = transcript_of(first, to=ada)
    assert old is not None
    assert old.set_aside_at == AT + WEEK
    for each in on.appointments.all():
        make.hand_in(each, "recognised")
    assert now(go).stage == Stage.AGREEING


def test_a_result_set_aside_is_counted_nowhere() -> None:
    asked = Asked(since=AT.date(), until=AT.date() + timedelta(days=30))
    assert sum(outcome_counts(asked).values()) == 0
    go = released()
    assert sum(outcome_counts(asked).values()) == 1
    make_appeal(go)
    go.admit()
    actions.decide_appeal(found(go), upheld=True, reasons="Unread.", by=reviewer(go), at=AT)
    assert sum(outcome_counts(asked).values()) == 0


def test_the_office_is_told_to_appoint_anew_and_nothing_of_the_reviewer_reaches_the_candidate() -> None:
    go = upheld()
    texts = Notice.objects.filter(person=go.world.key("ada"), kind__startswith="appeal")
    assert sorted(each.kind for each in texts) == ["appeal_decided", "appeal_received"]
    assert not any(secret(MODERATOR) in f"{each.subject}{each.text}" for each in texts)
    told = Notice.objects.get(person=go.world.key(OFFICE), kind="appeal_ended")
    assert "appoint a new panel" in told.text


def test_a_reviewer_whose_appeal_goes_to_another_is_told_and_may_get_it_back() -> None:
    go = released().appeal()
    first, second = go.world.person(MODERATOR), make.person("Other Example", roles=(RoleHeld.Name.MODERATOR,))
    for hours, who in enumerate((first, second, second, first), 1):
        actions.admit_appeal(found(go), reviewer=who, by=go.otis, at=AT + timedelta(hours=hours))
    told = Notice.objects.filter(kind__in=["appeal_to_decide", "appeal_taken_back"]).order_by("pk")
    assert [(each.kind, each.person_id) for each in told] == [
        ("appeal_to_decide", first.pk),
        ("appeal_taken_back", first.pk),
        ("appeal_to_decide", second.pk),
        ("appeal_taken_back", second.pk),
        ("appeal_to_decide", first.pk),
    ]
