"""The workflow: every stage reachable, nothing stuck, nothing illegal, the page fresh."""

from itertools import product
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from accredit.rulebook import workflow
from accredit.rulebook.workflow import (
    EDITABLE,
    FINAL,
    MOVES,
    Move,
    Role,
    Stage,
    moves_from,
    permitted,
    rule_of,
)

TABLE = {
    Move.SUBMIT: ("drafting returned revising", "submitted", "candidate office"),
    Move.TAKE_BACK: ("submitted", "drafting", "candidate office"),
    Move.TAKE_BACK_REVISION: ("submitted", "revising", "candidate office"),
    Move.BEGIN_CHECK: ("submitted", "checking", "office"),
    Move.RETURN: ("checking", "returned", "office"),
    Move.ACCEPT: ("checking", "appointing", "office"),
    Move.ACCEPT_FOR_REVIEW: ("checking", "assessing", "office"),
    Move.APPOINT: ("appointing", "assessing", "office"),
    Move.DISSOLVE: ("assessing", "appointing", "assessor office system"),
    Move.COMPARE: ("assessing", "agreeing", "assessor office system"),
    Move.CALL_THIRD: ("agreeing", "third_assessment", "assessor office system"),
    Move.THIRD_IN: ("third_assessment", "agreeing", "assessor office system"),
    Move.CALL_MODERATOR: ("agreeing", "moderating", "assessor office system"),
    Move.AGREE: ("agreeing", "held", "assessor office system"),
    Move.AGREE_FOR_RATIFICATION: ("agreeing", "ratifying", "assessor office system"),
    Move.MODERATE: ("moderating", "held", "moderator"),
    Move.MODERATE_FOR_RATIFICATION: ("moderating", "ratifying", "moderator"),
    Move.RATIFY: ("ratifying", "held", "committee"),
    Move.REMIT: ("ratifying", "moderating", "committee"),
    Move.DECIDE_REVIEW: ("assessing", "held", "assessor office"),
    Move.DECIDE_REVIEW_FOR_RATIFICATION: ("assessing", "ratifying", "assessor office"),
    Move.RELEASE_PASS: ("held", "accredited", "office"),
    Move.RELEASE_REFERRAL: ("held", "revising", "office"),
    Move.RELEASE_FAIL: ("held", "failed", "office"),
    Move.APPEAL: ("revising failed", "appealing", "candidate"),
    Move.UPHOLD_APPEAL: ("appealing", "appointing", "moderator"),
    Move.RESUME_REVISION: ("appealing", "revising", "candidate office moderator"),
    Move.LET_FAIL_STAND: ("appealing", "failed", "candidate office moderator"),
    Move.WITHDRAW: (
        (
            "drafting submitted checking returned appointing assessing agreeing third_assessment moderating "
            "ratifying revising held"
        ),
        "withdrawn",
        "candidate office",
    ),
    Move.EXPIRE: ("drafting returned revising", "expired", "office system"),
}


def test_the_table_is_the_one_that_was_agreed() -> None:
    actual = {
        each.move: (set(each.sources), str(each.target), {str(role) for role in each.roles}) for each in MOVES
    }
    assert actual == {
        move: (set(sources.split()), target, set(roles.split()))
        for move, (sources, target, roles) in TABLE.items()
    }
    assert len(MOVES) == len(Move)


def test_nothing_outside_the_table_is_permitted() -> None:
    for stage, move, role in product(Stage, Move, Role):
        sources, _, roles = TABLE[move]
        assert permitted(stage, move, role) == (stage in sources.split() and role in roles.split())


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_is_reachable_and_leads_to_an_end(stage: Stage) -> None:
    assert stage in _reached({Stage.DRAFTING})
    assert _reached({stage}) & FINAL


@pytest.mark.parametrize("stage", Stage)
def test_only_final_stages_have_no_way_on_but_an_appeal(stage: Stage) -> None:
    assert (moves_from(stage) in ((), (Move.APPEAL,))) == (stage in FINAL)


@pytest.mark.parametrize("stage", sorted(EDITABLE))
def test_a_candidate_can_submit_what_can_be_edited(stage: Stage) -> None:
    assert Move.SUBMIT in moves_from(stage, Role.CANDIDATE)


def _reached(stages: set[Stage]) -> set[Stage]:
    more = {each.target for each in MOVES if each.sources & stages} | stages
    return stages if more == stages else _reached(more)


class Life(RuleBasedStateMachine):
    """Any sequence of moves by anybody: the table decides, and the way to an end stays open."""

    stage = Stage.DRAFTING

    @initialize()
    def begin(self) -> None:
        self.stage = Stage.DRAFTING

    @rule(move=st.sampled_from(Move), role=st.sampled_from(Role))
    def somebody_tries(self, move: Move, role: Role) -> None:
        allowed = permitted(self.stage, move, role)
        assert allowed == (move in moves_from(self.stage, role))
        if allowed:
            self.stage = rule_of(move).target

    @precondition(lambda self: self.stage not in FINAL)
    @rule(data=st.data())
    def somebody_goes_on(self, data: st.DataObject) -> None:
        move = data.draw(st.sampled_from(moves_from(self.stage)))
        assert any(permitted(self.stage, move, role) for role in Role)
        self.stage = rule_of(move).target

    @invariant()
    def never_stuck(self) -> None:
        assert _reached({self.stage}) & FINAL


TestLife = Life.TestCase


def test_the_page_is_fresh() -> None:
    page = Path(__file__).parents[2] / "docs" / "workflow.md"
    assert page.read_text(encoding="utf-8") == workflow.as_markdown(), (
        "write workflow.as_markdown() to it anew"
    )
