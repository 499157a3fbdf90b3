"""Changing pathway: what stays, is set aside, returns and comes; nothing is ever lost."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accredit.rulebook.facts import Entry, Example, Portfolio
from accredit.rulebook.framework import Edition
from accredit.rulebook.placing import (
    change_of_pathway,
    examples_allowed,
    is_asked,
    may_change_pathway,
    on_pathway,
)
from accredit.rulebook.reading import read_edition
from accredit.rulebook.requirements import unmet
from accredit.rulebook.terms import RoundKind
from accredit.rulebook.workflow import Stage
from tests.rulebook.editions import document, edition, full_portfolio

RULES = edition("cmalt-2026")
# As the real edition, but CMALT takes one specialist area and no more.
NARROW = read_edition(
    document("cmalt-2026").replace(
        '{ kind = "entries", at_least = 1 },', '{ kind = "entries", at_least = 1, at_most = 1 },', 1
    )
)
CODES = ["associate", "cmalt", "senior"]


def _slots(text: str) -> tuple[str, ...]:
    return tuple(text.split())


@pytest.mark.parametrize(
    ("before", "after", "set_aside", "comes"),
    [
        ("associate", "cmalt", "", "1c 2b 3b 5a"),
        ("associate", "senior", "", "1c 2b 3b 5a 5b 6a"),
        ("cmalt", "associate", "1c 2b 3b 5a", ""),
        ("cmalt", "senior", "", "5b 6a"),
        ("senior", "cmalt", "6a", ""),
        ("senior", "associate", "1c 2b 3b 5a 5b 6a", ""),
        ("cmalt", "cmalt", "", ""),
    ],
)
def test_each_change(before: str, after: str, set_aside: str, comes: str) -> None:
    found = change_of_pathway(RULES, full_portfolio("cmalt-2026", before), after)
    assert found.set_aside == _slots(set_aside)
    assert found.comes == _slots(comes)
    assert found.returns == ()
    assert "1a" in found.stays
    lacking = {str(each.get("section")) for each in found.needs}
    assert set(found.comes) <= lacking


def test_what_was_set_aside_returns() -> None:
    senior = full_portfolio("cmalt-2026", "senior")
    found = change_of_pathway(RULES, replace(senior, pathway="associate"), "cmalt")
    assert found.returns == _slots("1c 2b 3b 5a 5b")
    assert found.comes == ()
    assert found.needs == ()


def test_what_each_slot_still_needs_is_judged_on_the_new_pathway() -> None:
    found = change_of_pathway(RULES, full_portfolio("cmalt-2026", "cmalt"), "senior")
    assert ("examples_too_few", "4a") in [(str(each.code), each.get("section")) for each in found.needs]


def test_entries_behind_the_most_a_section_takes_are_set_aside_and_no_fault() -> None:
    senior = full_portfolio("cmalt-2026", "senior")
    found = change_of_pathway(NARROW, senior, "cmalt")
    assert found.set_aside == _slots("5b 6a")
    assert unmet(NARROW, on_pathway(NARROW, senior, "cmalt")) == ()
    assert [is_asked(NARROW, "cmalt", "5", place) for place in (1, 2)] == [True, False]
    assert is_asked(NARROW, "senior", "5", 9)


def test_how_many_examples_an_entry_holds() -> None:
    asked = [examples_allowed(RULES, "senior", each) for each in ("context", "1a", "4a")]
    assert asked == [0, 2, 20]


def test_blank_entries_are_not_set_aside_but_simply_not_asked() -> None:
    cmalt = full_portfolio("cmalt-2026", "cmalt")
    empty = Entry("5", examples=(Example(),))
    entries = tuple(empty if each.section == "5" else each for each in cmalt.entries)
    found = change_of_pathway(RULES, replace(cmalt, entries=entries), "associate")
    assert found.set_aside == _slots("1c 2b 3b")


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("kind", RoundKind)
def test_only_a_first_draft_may_change(stage: Stage, kind: RoundKind) -> None:
    expected = stage in (Stage.DRAFTING, Stage.RETURNED) and kind is RoundKind.FIRST
    assert may_change_pathway(stage, kind) is expected


ENTRIES = st.builds(
    Entry,
    st.sampled_from([section.code for section in RULES.sections if section.code != "confirmation"]),
    st.integers(1, 4),
    text_words=st.integers(0, 2),
    examples=st.lists(st.builds(Example, st.integers(0, 1)), max_size=1).map(tuple),
)
PORTFOLIOS = st.builds(
    Portfolio,
    st.sampled_from(CODES),
    st.lists(ENTRIES, max_size=12, unique_by=lambda each: RULES.slot(each.section, each.position)).map(tuple),
)


@given(PORTFOLIOS, st.lists(st.sampled_from(CODES), min_size=1, max_size=5), st.sampled_from([RULES, NARROW]))
@settings(max_examples=150)
def test_there_and_back_loses_nothing(portfolio: Portfolio, way: list[str], chosen: Edition) -> None:
    present, home = portfolio, on_pathway(chosen, portfolio, portfolio.pathway)
    written = {chosen.slot(e.section, e.position) for e in portfolio.entries if not e.is_blank}
    for pathway in [*way, portfolio.pathway]:
        found = change_of_pathway(chosen, present, pathway)
        stays, aside, returns = set(found.stays), set(found.set_aside), set(found.returns)
        # Everything written is in exactly one place: kept, set aside now, back now, or aside as before.
        assert not stays & aside
        assert not stays & returns
        assert aside | returns <= written
        assert not set(found.comes) & (stays | returns)
        back = change_of_pathway(chosen, replace(present, pathway=pathway), present.pathway)
        assert set(back.returns) == aside
        assert set(back.set_aside) == returns
        assert set(back.stays) == stays
        present = replace(present, pathway=pathway)
        assert present.entries == portfolio.entries
    assert on_pathway(chosen, present, portfolio.pathway) == home
