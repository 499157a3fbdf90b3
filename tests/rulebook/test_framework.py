"""Lookups of an edition, the comparison of pathways, and the questionnaire."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accredit.rulebook.comparison import changes, matrix, new_on
from accredit.rulebook.facts import Entry, Example
from accredit.rulebook.faults import Code, fault
from accredit.rulebook.framework import Answer, Effect, Question, RoundKind, Section
from accredit.rulebook.suggestion import suggest
from tests.rulebook.editions import CODES, edition

RULES = edition("cmalt-2026")


def test_lookups() -> None:
    assert RULES.pathway("senior").post_nominals == "SCMALT"
    assert RULES.at_or_above("cmalt") == {"cmalt", "senior"}
    assert RULES.principle("currency").title.startswith("Keeping")
    assert RULES.outcome("fail").effect is Effect.FAIL
    assert RULES.mark("complete").title == "Complete"
    assert RULES.mark("strong").title == "Strong"
    assert RULES.rounds == tuple(RoundKind)
    assert edition("cmalt-2019").rounds == (RoundKind.FIRST, RoundKind.REASSESSMENT, RoundKind.RENEWAL)
    assert [each.code for each in RULES.sections_for("associate")] == [
        "context", "1a", "1b", "2a", "3a", "4a", "plans", "confirmation",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "lookup",
    [RULES.pathway, RULES.principle, RULES.section, RULES.outcome, RULES.mark, RULES.position_of_slot],
)
def test_what_an_edition_does_not_hold_is_a_key_error(lookup: object) -> None:
    with pytest.raises(KeyError):
        lookup("none")  # type: ignore[operator]


def test_a_section_off_the_pathway_is_a_key_error() -> None:
    assert not RULES.asks("1c", "associate")
    with pytest.raises(KeyError):
        RULES.on("1c", "associate")


def test_slots() -> None:
    assert RULES.slots("5", 3) == ("5a", "5b", "5c")
    assert RULES.slots("1a", 3) == ("1a",)
    assert RULES.slot("1a", 4) == "1a"
    assert RULES.section_of_slot("5b").code == "5"
    assert RULES.slot_title("5b") == "5b Specialist area 2"
    assert RULES.slot_title("context") == "Contextual statement"
    for position in (0, 27):
        with pytest.raises(KeyError):
            RULES.slot("5", position)


@pytest.mark.parametrize("slot", ["5", "5A", "5ab", "", "1aa", "confirmationa"])
def test_what_is_no_slot(slot: str) -> None:
    with pytest.raises(KeyError):
        RULES.position_of_slot(slot)


@pytest.mark.parametrize("code", CODES)
@given(data=st.data())
def test_a_slot_leads_back_to_its_section(code: str, data: st.DataObject) -> None:
    rules = edition(code)
    section: Section = data.draw(st.sampled_from(rules.sections))
    position = data.draw(st.integers(1, 26)) if section.is_repeatable else 1
    assert rules.position_of_slot(rules.slot(section.code, position)) == (section.code, position)


def test_referral_time() -> None:
    assert RULES.referral_time(Effect.REFER_MINOR).days == 42
    assert RULES.referral_time(Effect.REFER_MAJOR).days == 180


# The table of the domain notes: ● asked, – not; + more are welcome.
MATRIX = """
context       ●  ●  ●
1a            ●  ●  ●
1b            ●  ●  ●
1c            –  ●  ●
2a            ●  ●  ●
2b            –  ●  ●
3a            ●  ●  ●
3b            –  ●  ●
4a            ●  ●  ●
5a            –  ●  ●
5b            –  –+ ●+
6             –  –  ●+
plans         ●  ●  ●
confirmation  ●  ●  ●
"""


@pytest.mark.parametrize("code", ["cmalt-2019", "cmalt-2026"])
def test_the_matrix_is_the_one_of_the_domain_notes(code: str) -> None:
    drawn = [
        [row.slot, *(("●" if cell.asked else "–") + ("+" if cell.more else "") for cell in row.cells)]
        for row in matrix(edition(code)).rows
    ]
    assert drawn == [line.split() for line in MATRIX.split("\n") if line]


def test_the_matrix_has_titles_and_ends() -> None:
    rows = {row.slot: row for row in matrix(edition("orchard-2025")).rows}
    assert rows["kc"].title == "kc Craft 3"
    assert [cell.asked for cell in rows["kb"].cells] == [False, True]
    assert [cell.more for cell in rows["kc"].cells] == [False, True]
    assert rows["t"].title == "t School of teachers"
    assert rows["t"].cells[0].on is None
    assert not rows["t"].cells[1].more


def test_a_progression_shows_what_is_new() -> None:
    found = changes(RULES, "cmalt", "senior")
    new = [each.section.code for each in found if each.before is None]
    assert new == ["6"]
    assert "3b" in [each.section.code for each in found]
    assert "confirmation" not in [each.section.code for each in found]
    assert changes(RULES, "senior", "senior") == ()


def test_a_section_is_compared_with_the_pathway_next_below() -> None:
    changed, begun = new_on(RULES, "3b", "senior"), new_on(RULES, "6", "senior")
    assert new_on(RULES, "1a", "associate") is None
    assert new_on(RULES, "confirmation", "senior") is None
    assert begun is not None
    assert (begun.before, begun.below) == (None, RULES.pathway("cmalt"))
    assert changed is not None
    assert (changed.before, changed.below) == (RULES.on("3b", "cmalt"), RULES.pathway("cmalt"))


# --- questionnaire ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"years": "few", "role": "part", "influence": "own", "specialism": "none"}, "associate"),
        ({"years": "some", "role": "most", "influence": "team", "specialism": "one"}, "cmalt"),
        ({"years": "many", "role": "core", "influence": "wide", "specialism": "more"}, "senior"),
        ({"years": "many", "role": "core", "influence": "research", "specialism": "more"}, "senior"),
        ({"years": "many"}, "cmalt"),
    ],
)
def test_suggestions(answers: dict[str, str], expected: str) -> None:
    suggestion = suggest(RULES, answers)
    assert suggestion is not None
    assert suggestion.pathway.code == expected
    assert len(suggestion.reasons) == len(answers)
    assert all(reason.because for reason in suggestion.reasons)


def test_a_tie_goes_to_the_lower_pathway_and_names_the_other() -> None:
    suggestion = suggest(RULES, {"years": "many"})
    assert suggestion is not None
    assert suggestion.close is not None
    assert suggestion.close.code == "senior"
    assert [pathway.code for pathway in suggestion.reasons[0].towards] == ["cmalt", "senior"]
    clear = suggest(RULES, {"years": "few"})
    assert clear is not None
    assert clear.close is None


@pytest.mark.parametrize("answers", [{}, {"years": "never"}, {"colour": "blue"}])
def test_no_answer_no_suggestion(answers: dict[str, str]) -> None:
    assert suggest(RULES, answers) is None


def test_an_answer_may_lean_nowhere() -> None:
    question = Question("q", "?", "", (Answer("a", "A", (), "It does not matter."),))
    suggestion = suggest(replace(RULES, questionnaire=(question,)), {"q": "a"})
    assert suggestion is not None
    assert suggestion.pathway.code == "associate"


# --- facts and faults ------------------------------------------------------------------------------------


def test_words_of_an_entry() -> None:
    entry = Entry("6", examples=(Example(10, 20), Example(1)), text_words=100, principle_words={"a": 1000})
    assert entry.words == 1131


def test_faults_compare_by_their_values() -> None:
    one = fault(Code.EXAMPLES_TOO_FEW, section="1a", needed=2)
    assert one == fault(Code.EXAMPLES_TOO_FEW, needed=2, section="1a")
    assert one.get("needed") == 2
    assert one.get("have") is None
