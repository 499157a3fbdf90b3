"""Gentle checks: each by table; then what must hold of all of them."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accredit.rulebook.advice import Coverage, coverage, gentle
from accredit.rulebook.facts import Entry, Example, Piece, Portfolio
from accredit.rulebook.faults import Code, Fault, fault
from accredit.rulebook.framework import Edition, OnPathway
from accredit.rulebook.kinds import Parts
from accredit.rulebook.requirements import advice, unmet
from accredit.rulebook.terms import RoundKind
from tests.rulebook.editions import edition, full_portfolio

RULES = edition("cmalt-2026")
CMALT = full_portfolio("cmalt-2026", "cmalt")
NEW = frozenset(
    {
        Code.WE_NOT_I,
        Code.REFLECTION_NONE_YET,
        Code.REFLECTION_SHORT,
        Code.EVIDENCE_REUSED,
        Code.IMAGE_UNDESCRIBED,
        Code.LINK_SILENT,
    }
)
PIECES = {1: Piece("A screenshot", needs_alt=True), 2: Piece("A page", address="https://example.org/2")}
EXAMPLE = Example(150, 150, 1)


def with_entry(slot: str, portfolio: Portfolio = CMALT, **changes: object) -> Portfolio:
    """The full CMALT portfolio with one entry changed."""
    entries = tuple(
        replace(each, **changes) if RULES.slot(each.section, each.position) == slot else each  # type: ignore[arg-type]
        for each in portfolio.entries
    )
    return replace(portfolio, entries=entries, pieces=PIECES)


def new(portfolio: Portfolio, rules: Edition = RULES) -> list[Fault]:
    """What these checks say beyond lengths and principles."""
    return [each for each in gentle(rules, portfolio) if each.code in NEW]


def without_parts(rules: Edition) -> Edition:
    """The edition, asking for no parts of an example."""

    def without(on: OnPathway) -> OnPathway:
        kept = tuple(each for each in on.requirements if not isinstance(each, Parts))
        return replace(on, requirements=kept)

    sections = tuple(
        replace(section, on=tuple(without(on) for on in section.on)) for section in rules.sections
    )
    return replace(rules, sections=sections)


def in_1a(**changes: object) -> Portfolio:
    """A portfolio whose 1a has one example, changed."""
    return with_entry("1a", examples=(replace(EXAMPLE, **changes),))  # type: ignore[arg-type]


WHERE = {"section": "1a", "title": RULES.slot_title("1a")}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"we_words": 2}, []),
        ({"we_words": 3}, [fault(Code.WE_NOT_I, example=1, we=3, i=0, **WHERE)]),
        ({"we_words": 9, "i_words": 9}, []),
        ({"we_words": 9, "i_words": 8}, [fault(Code.WE_NOT_I, example=1, we=9, i=8, **WHERE)]),
        ({"reflection_words": 30}, []),
        (
            {"reflection_words": 29},
            [fault(Code.REFLECTION_SHORT, example=1, have=29, description=150, **WHERE)],
        ),
        ({"description_words": 79, "reflection_words": 1}, []),
        ({"reflection_words": 0}, []),  # the rules of the section say it
        (
            {"pieces": (1,)},
            [fault(Code.IMAGE_UNDESCRIBED, piece="A screenshot", evidence=1, **WHERE)],
        ),
        ({"pieces": (2,)}, []),
    ],
)
def test_each_check_of_an_example(changes: dict[str, object], expected: list[Fault]) -> None:
    assert new(in_1a(**changes)) == expected


def test_a_reflection_is_missed_where_the_edition_does_not_ask_for_one() -> None:
    rules = without_parts(RULES)
    found = fault(Code.REFLECTION_NONE_YET, example=1, **WHERE)
    assert new(in_1a(reflection_words=0), rules) == [found]
    assert new(in_1a(reflection_words=0, description_words=79), rules) == []


def test_a_piece_in_two_sections_is_told_at_both() -> None:
    used = replace(EXAMPLE, pieces=(2,))
    once = with_entry("1a", examples=(used, used))
    assert new(once) == []
    twice = with_entry("1b", once, examples=(used,))
    assert [(each.get("section"), each.get("elsewhere")) for each in new(twice)] == [
        ("1a", "1b"),
        ("1b", "1a"),
    ]
    assert {each.code for each in new(twice)} == {Code.EVIDENCE_REUSED}


def test_a_silent_address_is_told_wherever_it_stands() -> None:
    of_piece = replace(in_1a(pieces=(2,)), silent=frozenset({"https://example.org/2"}))
    of_text = replace(
        with_entry("context", addresses=frozenset({"https://example.org/t"})),
        silent=frozenset({"https://example.org/t", "https://example.org/elsewhere"}),
    )
    assert new(of_piece) == [fault(Code.LINK_SILENT, address="https://example.org/2", **WHERE)]
    assert [(each.get("section"), each.get("address")) for each in new(of_text)] == [
        ("context", "https://example.org/t")
    ]


def test_nothing_is_said_of_what_cannot_change_or_was_not_written_here() -> None:
    worth = in_1a(we_words=9)
    assert new(worth)
    assert new(replace(worth, open_slots=frozenset({"1b"}))) == []
    assert new(replace(worth, open_slots=frozenset({"1a"})))
    assert gentle(RULES, replace(worth, as_it_is=True)) == ()
    assert gentle(RULES, replace(worth, round=RoundKind.RENEWAL)) == ()


def test_entries_of_other_pathways_are_left_alone() -> None:
    entries = (*CMALT.entries, Entry("6", examples=(replace(EXAMPLE, we_words=9),)))
    assert new(replace(CMALT, entries=entries)) == []


def test_where_a_principle_is_shown() -> None:
    code = RULES.principles[0].code
    portfolio = Portfolio(
        "senior",
        (
            Entry("1b", principles=frozenset({code})),
            Entry("6", principles=frozenset({code}), principle_words={code: 9}),
        ),
    )
    first, *others = coverage(RULES, portfolio)
    assert first == Coverage(RULES.principles[0], ("1b", "6a"), ("6a",))
    assert first.slots == ("6a", "1b")
    assert all(each.slots == () for each in others)


# What must hold of all ---------------------------------------------------------------------------------

_examples = st.builds(
    Example,
    description_words=st.integers(0, 200),
    reflection_words=st.integers(0, 60),
    evidence=st.integers(0, 2),
    we_words=st.integers(0, 9),
    i_words=st.integers(0, 9),
    pieces=st.sets(st.sampled_from(sorted(PIECES)), max_size=2).map(tuple),
)
_entries = st.tuples(st.lists(_examples, max_size=2).map(tuple), st.lists(_examples, max_size=2).map(tuple))


def _portfolio(
    examples: tuple[tuple[Example, ...], tuple[Example, ...]], *, silent: bool = True
) -> Portfolio:
    first = with_entry("1a", examples=examples[0])
    found = with_entry("1b", first, examples=examples[1])
    return replace(found, silent=frozenset({"https://example.org/2"} if silent else ()))


def _bare(portfolio: Portfolio) -> Portfolio:
    """The same portfolio, as the rules that block know it."""
    entries = tuple(
        replace(
            entry,
            addresses=frozenset(),
            examples=tuple(replace(each, we_words=0, i_words=0, pieces=()) for each in entry.examples),
        )
        for entry in portfolio.entries
    )
    return replace(portfolio, entries=entries, pieces={}, silent=frozenset())


@settings(max_examples=60)
@given(_entries)
def test_what_advice_reads_never_changes_what_blocks(examples) -> None:  # type: ignore[no-untyped-def]
    portfolio = _portfolio(examples)
    assert unmet(RULES, portfolio) == unmet(RULES, _bare(portfolio))
    assert advice(RULES, portfolio) == advice(RULES, _bare(portfolio))
    assert not {each.code for each in unmet(RULES, portfolio)} & NEW


REMOVED: list[tuple[Code, Callable[[Example], Example]]] = [
    (Code.WE_NOT_I, lambda each: replace(each, we_words=0)),
    (Code.WE_NOT_I, lambda each: replace(each, i_words=each.we_words)),
    (Code.REFLECTION_SHORT, lambda each: replace(each, reflection_words=each.description_words)),
    (Code.IMAGE_UNDESCRIBED, lambda each: replace(each, pieces=())),
    (Code.EVIDENCE_REUSED, lambda each: replace(each, pieces=())),
    (Code.LINK_SILENT, lambda each: replace(each, pieces=())),
]


@pytest.mark.parametrize(("code", "mend"), REMOVED)
@settings(max_examples=25)
@given(examples=_entries)
def test_removing_the_cause_removes_the_advice(code, mend, examples) -> None:  # type: ignore[no-untyped-def]
    mended = tuple(tuple(mend(each) for each in of) for of in examples)
    before, after = new(_portfolio(examples)), new(_portfolio(mended))
    assert code not in {each.code for each in after}
    # Lengths apart, mending one thing never brings up another.
    assert {(each.code, each.get("section")) for each in after} <= {
        (each.code, each.get("section")) for each in before
    }


@settings(max_examples=40)
@given(_entries, st.integers(1, 5))
def test_more_of_a_cause_never_takes_advice_away(examples, more) -> None:  # type: ignore[no-untyped-def]
    worse = tuple(tuple(replace(each, we_words=each.we_words + more) for each in of) for of in examples)
    told = {(each.code, each.get("section"), each.get("example")) for each in new(_portfolio(examples))}
    assert told <= {(each.code, each.get("section"), each.get("example")) for each in new(_portfolio(worse))}
    quiet = {(each.code, each.get("section")) for each in new(_portfolio(examples, silent=False))}
    assert quiet <= {(code, section) for code, section, _ in told}
