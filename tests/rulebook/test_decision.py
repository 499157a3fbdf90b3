"""The form, the outcomes open in each round, the agreement and what follows."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accredit.rulebook import decision
from accredit.rulebook.decision import RowKind, Step, Verdict, incomplete, next_step, open_outcomes, rows
from accredit.rulebook.facts import Assessment, Voice
from accredit.rulebook.faults import Code, fault
from accredit.rulebook.framework import Edition
from accredit.rulebook.terms import Adopts, Disagreement, Effect, Readers, RoundKind
from accredit.rulebook.workflow import Move, Stage, rule_of
from tests.rulebook.editions import CODES, edition

RULES = edition("cmalt-2026")
ORCHARD = edition("orchard-2025")
SLOTS = ("context", "1a", "1b", "2a", "3a", "4a", "plans", "confirmation")
FIRST, REVIEW, AGAIN, RENEWAL = RoundKind.FIRST, RoundKind.REVIEW, RoundKind.REASSESSMENT, RoundKind.RENEWAL
PASS, MINOR, MAJOR, FAIL = Effect.PASS, Effect.REFER_MINOR, Effect.REFER_MAJOR, Effect.FAIL
PRINCIPLES = ("dissemination", "colleagues", "interplay", "currency")
KEYS = ("context", "1a", "1b", "2a", "3a", "4a", "plans", *(f"principle-{code}" for code in PRINCIPLES))
STATEMENTS = ("context", "plans")


def full(**changes: object) -> Assessment:
    """An assessment that may be handed in, or one with changes."""
    marks = {key: "complete" if key in STATEMENTS else "adequate" for key in KEYS}
    complete = Assessment(marks, frozenset(), 40, "pass")
    return replace(complete, **changes)  # type: ignore[arg-type]


def told(assessment: Assessment, kind: RoundKind = FIRST) -> list[tuple[str, str | int | None]]:
    found = incomplete(RULES, "associate", SLOTS, assessment, kind)
    return [(str(each.code), each.get("section")) for each in found]


# --- the form --------------------------------------------------------------------------------------------


def test_rows_are_those_of_the_pathway_and_the_principles() -> None:
    form = rows(RULES, "associate", [*SLOTS, "5a", "no-such-slot", ""])
    assert tuple(row.key for row in form) == KEYS
    assert {row.key: row.kind for row in form}["context"] is RowKind.STATEMENT
    assert [mark.code for mark in form[0].marks] == ["complete", "not-complete"]
    assert [mark.code for mark in form[1].marks] == ["strong", "adequate", "revisions", "missing"]
    assert form[1].title == "1a Constraints and benefits of different technologies"


def test_rows_of_repeatable_sections_are_in_order() -> None:
    assert [row.key for row in rows(RULES, "senior", ["6a", "5b", "5a"])][:3] == ["5a", "5b", "6a"]


def test_earlier_editions_do_not_rate_principles() -> None:
    form = rows(edition("cmalt-2019"), "associate", SLOTS)
    assert [row.key for row in form] == list(KEYS[:7])


def test_a_full_assessment_may_be_handed_in() -> None:
    assert told(full()) == []


INCOMPLETE = [
    ({"marks": {}}, [("mark_missing", key) for key in KEYS]),
    ({"marks": {**full().marks, "1a": "not-applicable"}}, [("mark_not_open", "1a")]),
    ({"marks": {**full().marks, "1a": "complete"}}, [("mark_not_open", "1a")]),
    ({"marks": {**full().marks, "1a": "revisions"}}, [("comment_missing", "1a")]),
    ({"marks": {**full().marks, "1a": "revisions"}, "comments": frozenset({"1a"})}, []),
    ({"marks": {**full().marks, "plans": "not-complete"}}, [("comment_missing", "plans")]),
    ({"marks": {**full().marks, "5a": "strong"}}, [("row_unknown", "5a")]),
    ({"comments": frozenset({"6a"})}, [("row_unknown", "6a")]),
    ({"overall_words": 0}, [("overall_too_short", None)]),
    ({"outcome": None}, [("outcome_missing", None)]),
    ({"outcome": "fail"}, [("outcome_not_open", None)]),
    ({"outcome": "cum laude"}, [("outcome_not_open", None)]),
    ({"outcome": "minor"}, [("revisions_missing", None)]),
    ({"outcome": "major", "revise": frozenset({"1a"})}, []),
    ({"outcome": "major", "revise": frozenset({"1a", "5a"})}, [("revision_unknown", "5a")]),
    (
        {"outcome": "minor", "revise": frozenset({"principle-currency"})},
        [("revision_unknown", "principle-currency"), ("revisions_missing", None)],
    ),
]


@pytest.mark.parametrize(("changes", "expected"), INCOMPLETE)
def test_what_an_assessment_lacks(
    changes: dict[str, object], expected: list[tuple[str, str | int | None]]
) -> None:
    assert told(full(**changes)) == expected


def test_an_outcome_is_refused_by_its_title() -> None:
    found = incomplete(RULES, "associate", SLOTS, full(outcome="fail"), FIRST)
    assert found == (fault(Code.OUTCOME_NOT_OPEN, outcome="Fail"),)
    unknown = incomplete(RULES, "associate", SLOTS, full(outcome="cum laude"), FIRST)
    assert unknown == (fault(Code.OUTCOME_NOT_OPEN, outcome="cum laude"),)


def test_the_rules_about_comments_are_settings() -> None:
    asked = full(marks={**full().marks, "1a": "revisions"})
    form = replace(RULES.form, comment_on_revision=False)
    assert incomplete(replace(RULES, form=form), "associate", SLOTS, asked, FIRST) == ()
    every = replace(RULES, form=replace(RULES.form, comment_on_every_row=True))
    found = incomplete(every, "associate", SLOTS, full(comments=frozenset(KEYS[1:])), FIRST)
    assert [(each.code, each.get("section")) for each in found] == [(Code.COMMENT_MISSING, "context")]


def test_an_unfinished_assessment_may_not_say_what_is_not_on_its_form() -> None:
    unfinished = Assessment({"1a": "adequate"})
    assert decision.misplaced(RULES, "associate", SLOTS, unfinished, round_kind=FIRST) == ()
    wrong = Assessment({"1a": "complete", "5a": "strong"}, outcome="fail", revise=frozenset({"9"}))
    found = decision.misplaced(RULES, "associate", SLOTS, wrong, round_kind=FIRST)
    assert [str(each.code) for each in found] == [
        "mark_not_open",
        "row_unknown",
        "revision_unknown",
        "outcome_not_open",
    ]


@pytest.mark.parametrize(
    ("outcome", "has_feedback", "revise", "expected"),
    [
        ("pass", True, set(), []),
        ("pass", False, set(), ["feedback_missing"]),
        ("", True, set(), ["outcome_missing"]),
        ("fail", True, set(), ["outcome_not_open"]),
        ("minor", True, {"1a"}, []),
        ("minor", True, {"9"}, ["revision_unknown", "revisions_missing"]),
    ],
)
def test_what_stands_against_a_proposal(
    outcome: str, has_feedback: bool, revise: set[str], expected: list[str]
) -> None:
    found = decision.undecidable(
        RULES,
        "associate",
        SLOTS,
        round_kind=FIRST,
        earlier=(),
        outcome=outcome,
        has_feedback=has_feedback,
        revise=frozenset(revise),
    )
    assert [str(each.code) for each in found] == expected


# --- outcomes --------------------------------------------------------------------------------------------

OPEN = [
    ("cmalt-2026", FIRST, (), "distinction pass minor major"),
    ("cmalt-2026", REVIEW, (MINOR,), "distinction pass minor major"),
    ("cmalt-2026", REVIEW, (MAJOR, MINOR), "distinction pass minor major fail"),
    ("cmalt-2026", AGAIN, (MAJOR,), "distinction pass minor fail"),
    ("cmalt-2026", RENEWAL, (), "pass minor"),
    ("cmalt-2019", FIRST, (), "pass referral"),
    ("cmalt-2019", AGAIN, (MAJOR,), "pass fail"),
    ("cmalt-2019", REVIEW, (MINOR,), ""),
    ("cmalt-2016", FIRST, (), "pass referral"),
    ("cmalt-2016", AGAIN, (MAJOR,), "pass fail"),
    ("orchard-2025", FIRST, (), "recognised prune regrow declined"),
    ("orchard-2025", REVIEW, (MINOR,), "recognised regrow declined"),
    ("orchard-2025", AGAIN, (MAJOR,), "recognised regrow declined"),
    ("orchard-2025", AGAIN, (MAJOR, MAJOR), "recognised declined"),
    ("orchard-2025", AGAIN, (MAJOR, MAJOR, MAJOR), "recognised declined"),
]


@pytest.mark.parametrize(("code", "kind", "earlier", "expected"), OPEN)
def test_open_outcomes(code: str, kind: RoundKind, earlier: tuple[Effect, ...], expected: str) -> None:
    assert [each.code for each in open_outcomes(edition(code), kind, earlier)] == expected.split()


def test_what_follows_a_review_that_does_not_convince_is_a_setting() -> None:
    milder = replace(RULES, minor_review=replace(RULES.minor_review, unconvinced=frozenset({MAJOR})))
    assert [each.code for each in open_outcomes(milder, REVIEW, (MINOR,))] == ["distinction", "pass", "major"]


def test_attempts() -> None:
    assert decision.attempts_left(RULES, (MAJOR, MAJOR)) is None
    assert decision.may_submit_again(RULES, (MAJOR,) * 9) == ()
    assert decision.attempts_left(ORCHARD, (MAJOR,)) == 2
    assert decision.may_submit_again(ORCHARD, (MAJOR, MAJOR)) == ()
    assert decision.may_submit_again(ORCHARD, (MAJOR,) * 3) == (fault(Code.ATTEMPTS_EXHAUSTED, limit=3),)
    assert decision.attempts_left(ORCHARD, (MAJOR,) * 4) == 0


@pytest.mark.parametrize("code", CODES)
@given(data=st.data())
def test_every_course_of_rounds_can_end_and_a_limit_ends_it(code: str, data: st.DataObject) -> None:
    rules = edition(code)
    kind: RoundKind | None = FIRST
    earlier: tuple[Effect, ...] = ()
    while kind is not None and len(earlier) < 8:
        effects = {each.effect for each in open_outcomes(rules, kind, earlier)}
        assert PASS in effects
        assert len(effects) > 1
        chosen = data.draw(st.sampled_from(sorted(effects)))
        earlier, kind = (*earlier, chosen), decision.next_round(chosen)
    if rules.attempt_limit is not None:
        assert kind is None
        assert len(earlier) <= rules.attempt_limit


# --- the agreement ---------------------------------------------------------------------------------------


def voices(*each: tuple[str, bool | None] | tuple[str, bool | None, bool]) -> list[Voice]:
    return [
        Voice(n, said[0], said[1], third=said[2] if len(said) == 3 else False) for n, said in enumerate(each)
    ]


YES, NO, OPEN_YET = True, False, None
AGREEMENTS = [
    ([], "pass", Verdict(Step.WAIT)),
    (voices(("pass", OPEN_YET), ("pass", OPEN_YET)), None, Verdict(Step.WAIT)),
    (voices(("pass", YES), ("pass", OPEN_YET)), "pass", Verdict(Step.WAIT)),
    (voices(("pass", YES), ("minor", YES)), "pass", Verdict(Step.ADOPT, "pass")),
    (voices(("pass", YES), ("minor", YES)), "distinction", Verdict(Step.ADOPT, "distinction")),
    (voices(("pass", YES), ("minor", NO)), "pass", Verdict(Step.THIRD)),
    (voices(("pass", YES), ("minor", NO), ("minor", None, True)), "pass", Verdict(Step.ADOPT, "minor")),
    (voices(("pass", YES), ("minor", NO), ("pass", None, True)), "pass", Verdict(Step.ADOPT, "pass")),
    (voices(("minor", YES), ("major", NO), ("pass", None, True)), "pass", Verdict(Step.ADOPT, "pass")),
    (voices(("pass", YES), ("minor", NO), ("major", None, True)), "pass", Verdict(Step.MODERATE)),
    (voices(("pass", None), ("minor", None), ("major", None, True)), None, Verdict(Step.MODERATE)),
]


@pytest.mark.parametrize(("said", "proposal", "expected"), AGREEMENTS)
def test_next_step_of_two(said: list[Voice], proposal: str | None, expected: Verdict) -> None:
    assert next_step(RULES, said, proposal) == expected


@pytest.mark.parametrize(
    ("answers", "adopts", "expected"),
    [
        ((YES, YES, YES), Adopts.ALL, Step.ADOPT),
        ((YES, YES, None), Adopts.ALL, Step.WAIT),
        ((YES, YES, NO), Adopts.ALL, Step.MODERATE),
        ((YES, YES, NO), Adopts.MAJORITY, Step.ADOPT),
        ((YES, YES, None), Adopts.MAJORITY, Step.ADOPT),
        ((YES, NO, None), Adopts.MAJORITY, Step.WAIT),
        ((YES, NO, NO), Adopts.MAJORITY, Step.MODERATE),
    ],
)
def test_next_step_of_three(answers: tuple[bool | None, ...], adopts: Adopts, expected: Step) -> None:
    rules = replace(ORCHARD, agreement=replace(ORCHARD.agreement, adopts=adopts))
    said = [Voice(n, "recognised", answer) for n, answer in enumerate(answers)]
    assert next_step(rules, said, "recognised").step is expected


OUTCOMES = st.sampled_from(["pass", "minor", "major"])


@given(
    st.lists(st.tuples(OUTCOMES, st.booleans()), min_size=2, max_size=5),
    OUTCOMES,
    st.sampled_from(Adopts),
    st.sampled_from([(Disagreement.MODERATION,), (Disagreement.THIRD, Disagreement.MODERATION)]),
)
def test_an_agreement_never_waits_once_all_have_answered(
    said: list[tuple[str, bool]], proposal: str, adopts: Adopts, turn: tuple[Disagreement, ...]
) -> None:
    rules = replace(RULES, agreement=replace(RULES.agreement, adopts=adopts, disagreement=turn))
    panel = [Voice(n, outcome, agrees) for n, (outcome, agrees) in enumerate(said)]
    verdict = next_step(rules, panel, proposal)
    assert verdict.step is not Step.WAIT
    assert (verdict.outcome == proposal) == (verdict.step is Step.ADOPT)
    if verdict.step is Step.THIRD:
        after = next_step(rules, [*panel, Voice(99, "minor", third=True)], proposal)
        assert after.step in (Step.ADOPT, Step.MODERATE)


# --- moves -----------------------------------------------------------------------------------------------


def test_moves_of_the_agreement() -> None:
    assert decision.move_for(RULES, Step.WAIT) is None
    assert decision.move_for(RULES, Step.ADOPT) is Move.AGREE
    assert decision.move_for(ORCHARD, Step.ADOPT) is Move.AGREE_FOR_RATIFICATION
    assert decision.move_for(RULES, Step.THIRD) is Move.CALL_THIRD
    assert decision.move_for(RULES, Step.MODERATE) is Move.CALL_MODERATOR
    assert decision.move_of_moderator(RULES) is Move.MODERATE
    assert decision.move_of_moderator(ORCHARD) is Move.MODERATE_FOR_RATIFICATION


@pytest.mark.parametrize(
    ("rules", "kind", "expected"),
    [
        (RULES, FIRST, Move.ACCEPT),
        (RULES, RENEWAL, Move.ACCEPT),
        (RULES, REVIEW, Move.ACCEPT_FOR_REVIEW),
        (RULES, AGAIN, Move.ACCEPT_FOR_REVIEW),
        (ORCHARD, AGAIN, Move.ACCEPT),
    ],
)
def test_move_on_accepting(rules: Edition, kind: RoundKind, expected: Move) -> None:
    assert decision.move_on_accepting(rules, kind) is expected


@pytest.mark.parametrize(
    ("readers", "kind", "expected"),
    [
        (Readers.LEAD, REVIEW, Move.DECIDE_REVIEW),
        (Readers.OFFICE, REVIEW, Move.DECIDE_REVIEW),
        (Readers.BOTH, REVIEW, Move.COMPARE),
        (Readers.LEAD, FIRST, Move.COMPARE),
    ],
)
def test_move_on_last_assessment(readers: Readers, kind: RoundKind, expected: Move) -> None:
    rules = replace(RULES, minor_review=replace(RULES.minor_review, readers=readers))
    assert decision.move_on_last_assessment(rules, kind) is expected


@pytest.mark.parametrize(
    ("effect", "move", "stage", "following"),
    [
        (PASS, Move.RELEASE_PASS, Stage.ACCREDITED, None),
        (MINOR, Move.RELEASE_REFERRAL, Stage.REVISING, REVIEW),
        (MAJOR, Move.RELEASE_REFERRAL, Stage.REVISING, AGAIN),
        (FAIL, Move.RELEASE_FAIL, Stage.FAILED, None),
    ],
)
def test_release(effect: Effect, move: Move, stage: Stage, following: RoundKind | None) -> None:
    assert decision.move_on_release(effect) is move
    assert rule_of(move).target is stage
    assert decision.next_round(effect) is following


CLOSED = ("context", "1a", "1b", "plans")
BEFORE = {"context": "complete", "1a": "adequate", "1b": "revisions", "2a": "strong", "plans": "gone"}


def _standing(rules: Edition, marks: dict[str, str], closed: tuple[str, ...]) -> frozenset[str]:
    return decision.standing_rows(rules, rows(rules, "associate", SLOTS), marks, closed)


def test_what_passed_and_was_not_open_keeps_its_mark() -> None:
    """Not what was open, asked for revision, was not rated, or has a mark this form does not know."""
    assert _standing(RULES, BEFORE, CLOSED) == {"context", "1a"}
    again = replace(RULES, form=replace(RULES.form, rerate_passed=True))
    assert _standing(again, BEFORE, CLOSED) == frozenset()


@given(
    st.dictionaries(st.sampled_from(KEYS), st.sampled_from([each.code for each in RULES.form.marks])),
    st.sets(st.sampled_from(SLOTS)),
)
def test_only_closed_rows_that_pass_stand(marks: dict[str, str], closed: set[str]) -> None:
    stands = _standing(RULES, marks, tuple(closed))
    assert stands <= closed & marks.keys()
    assert not any(RULES.mark(marks[key]).asks_revision for key in stands)
