"""What a portfolio lacks: every pathway × every subset of its slots, then each kind of rule."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accredit.rulebook.facts import Entry, Example, Portfolio
from accredit.rulebook.faults import Code, fault
from accredit.rulebook.requirements import (
    advice,
    ready_slots,
    required_slots,
    unmet,
    unmet_for_slot,
    unmet_overall,
)
from accredit.rulebook.terms import ExampleType, Force, RoundKind
from tests.rulebook.editions import PATHWAYS, codes, edition, full_example, full_portfolio

# Written by hand from the domain notes, not from the editions.
_CMALT = "context 1a 1b 1c 2a 2b 3a 3b 4a 5a plans confirmation"
_SENIOR = "context 1a 1b 1c 2a 2b 3a 3b 4a 5a 5b 6a plans confirmation"
_ASSOCIATE = "context 1a 1b 2a 3a 4a plans confirmation"
SLOTS = {
    ("cmalt-2016", "cmalt"): "context 1a 1b 1c 2a 2b 3a 4a 5a plans confirmation",
    ("cmalt-2019", "associate"): _ASSOCIATE,
    ("cmalt-2019", "cmalt"): _CMALT,
    ("cmalt-2019", "senior"): _SENIOR,
    ("cmalt-2026", "associate"): _ASSOCIATE,
    ("cmalt-2026", "cmalt"): _CMALT,
    ("cmalt-2026", "senior"): _SENIOR,
    ("orchard-2025", "grafter"): "place w1 w2 ka word",
    ("orchard-2025", "keeper"): "place w1 w2 ka kb kc ta word",
}
SENIOR = full_portfolio("cmalt-2026", "senior")
RULES = edition("cmalt-2026")
ORCHARD = edition("orchard-2025")


def _without(portfolio: Portfolio, kept: frozenset[str], code: str) -> Portfolio:
    rules = edition(code)
    entries = tuple(each for each in portfolio.entries if rules.slot(each.section, each.position) in kept)
    return replace(portfolio, entries=entries, confirmed=bool(kept & {"confirmation", "word"}))


def _expected(code: str, slots: list[str], kept: frozenset[str]) -> list[tuple[str, str | int | None]]:
    found: list[tuple[str, str | int | None]] = [
        ("confirmation_missing" if slot in ("confirmation", "word") else "entry_missing", slot)
        for slot in slots
        if slot not in kept
    ]
    if code == "orchard-2025" and len(kept - {"place", "word"}) < 2:
        found += [("principle_uncovered", None)] * 2
    return found


def test_the_tests_know_every_pathway() -> None:
    assert set(SLOTS) == set(PATHWAYS)


@pytest.mark.parametrize(("code", "pathway"), PATHWAYS)
def test_every_subset_of_slots_lacks_exactly_the_others(code: str, pathway: str) -> None:
    slots, full = SLOTS[code, pathway].split(), full_portfolio(code, pathway)
    for chosen in product((False, True), repeat=len(slots)):
        kept = frozenset(slot for slot, keep in zip(slots, chosen, strict=True) if keep)
        portfolio = _without(full, kept, code)
        assert codes(unmet(edition(code), portfolio)) == _expected(code, slots, kept)


@pytest.mark.parametrize(("code", "pathway"), PATHWAYS)
def test_progress_counts_slots(code: str, pathway: str) -> None:
    rules, slots = edition(code), tuple(SLOTS[code, pathway].split())
    empty = Portfolio(pathway)
    assert required_slots(rules, empty) == slots
    assert ready_slots(rules, empty) == ()
    assert ready_slots(rules, full_portfolio(code, pathway)) == slots


def _entry(slot: str, **changes: object) -> Portfolio:
    """The full Senior portfolio with one entry changed."""
    entries = tuple(
        replace(each, **changes) if RULES.slot(each.section, each.position) == slot else each  # type: ignore[arg-type]
        for each in SENIOR.entries
    )
    return replace(SENIOR, entries=entries)


LAW = ExampleType.LAW
POLICY = ExampleType.POLICY
STANDARD = ExampleType.STANDARD
FULL = full_example()
KINDS = [
    ("context", {"text_words": 0}, ["statement_missing"]),
    ("plans", {"text_words": 1}, []),
    ("1a", {"examples": ()}, ["examples_too_few"]),
    ("1a", {"examples": (Example(), FULL)}, []),
    ("1a", {"examples": (FULL, FULL, FULL)}, ["examples_too_many"]),
    ("1a", {"examples": (replace(FULL, description_words=0),)}, ["description_missing"]),
    ("1a", {"examples": (replace(FULL, evidence=0),)}, ["evidence_missing"]),
    ("1a", {"examples": (replace(FULL, reflection_words=0),)}, ["reflection_missing"]),
    ("1a", {"examples": (Example(evidence=1),)}, ["description_missing", "reflection_missing"]),
    ("3a", {"examples": (FULL,)}, ["type_missing", "types_too_few"]),
    ("3a", {"examples": (full_example(POLICY),)}, ["types_too_few"]),
    ("3a", {"examples": (full_example(POLICY), full_example(LAW))}, []),
    ("3a", {"examples": (replace(FULL, type=LAW, jurisdiction=" "),)}, ["jurisdiction_missing"]),
    ("3b", {"examples": (full_example(LAW),)}, ["types_too_few"]),
    ("3b", {"examples": (full_example(STANDARD), full_example(POLICY))}, []),
    ("4a", {"examples": (FULL,)}, ["examples_too_few"]),
    ("4a", {"examples": (FULL,) * 9}, []),
    ("5b", {"title": " ", "area": ""}, ["area_missing"]),
    ("5b", {"title": "", "area": "Video"}, []),
    ("6a", {"principle_words": {"colleagues": 9, "interplay": 0}}, ["principle_text_missing"] * 3),
]


@pytest.mark.parametrize(("slot", "changes", "expected"), KINDS)
def test_each_kind_of_rule(slot: str, changes: dict[str, object], expected: list[str]) -> None:
    portfolio = _entry(slot, **changes)
    assert [str(each.code) for each in unmet_for_slot(RULES, portfolio, slot)] == expected
    assert len(unmet(RULES, portfolio)) == len(expected)


def test_faults_carry_what_their_sentence_needs() -> None:
    assert unmet(RULES, _entry("5b", examples=(replace(FULL, evidence=0),))) == (
        fault(Code.EVIDENCE_MISSING, section="5b", title="5b Specialist area 2", example=1),
    )
    assert unmet(RULES, _entry("3b", examples=(full_example(LAW),))) == (
        fault(
            Code.TYPES_TOO_FEW,
            section="3b",
            title="3b Policies and standards",
            types="policy",
            have=0,
            needed=1,
        ),
    )


def test_a_cmalt_3b_may_be_a_second_law() -> None:
    portfolio = replace(SENIOR, pathway="cmalt")
    entries = tuple(
        replace(each, examples=(full_example(LAW),)) if each.section == "3b" else each
        for each in SENIOR.entries
    )
    assert unmet(RULES, replace(portfolio, entries=entries)) == ()


def test_2016_asks_two_areas_at_least_one_of_them_law() -> None:
    rules, full = edition("cmalt-2016"), full_portfolio("cmalt-2016", "cmalt")

    def of(*kinds: ExampleType) -> list[tuple[str, str | int | None]]:
        examples = tuple(full_example(kind) for kind in kinds)
        entries = tuple(
            replace(each, examples=examples) if each.section == "3a" else each for each in full.entries
        )
        return codes(unmet(rules, replace(full, entries=entries)))

    assert of(LAW) == [("examples_too_few", "3a")]
    assert of(POLICY, STANDARD) == [("types_too_few", "3a")]
    assert of(LAW, POLICY) == of(LAW, LAW) == of(STANDARD, LAW) == []


def test_entries_beyond_the_limit_are_named() -> None:
    full = full_portfolio("orchard-2025", "grafter")
    crafts = tuple(
        replace(each, position=n) for each in full.entries if each.section == "k" for n in (2, 4, 5)
    )
    others = tuple(each for each in full.entries if each.section != "k")
    found = unmet(ORCHARD, replace(full, entries=others + crafts))
    assert found == (fault(Code.ENTRY_SURPLUS, section="ke", title="ke Craft 5", allowed=2),)


def test_a_type_that_is_not_open_here() -> None:
    full = full_portfolio("orchard-2025", "grafter")
    examples = (full_example(POLICY), full_example(STANDARD))
    entries = tuple(
        replace(each, examples=examples) if each.section == "w2" else each for each in full.entries
    )
    assert codes(unmet(ORCHARD, replace(full, entries=entries))) == [("type_not_open", "w2")]


def test_a_hard_limit_of_words() -> None:
    full = full_portfolio("orchard-2025", "grafter")
    long = (Example(1400, 101, 1),)
    entries = tuple(replace(each, examples=long) if each.section == "w1" else each for each in full.entries)
    found = unmet(ORCHARD, replace(full, entries=entries))
    assert codes(found) == [("words_over_limit", "w1")]
    assert found[0].get("have") == 1501


def test_missing_slots_are_the_lowest_free_ones() -> None:
    kept = tuple(replace(each, position=2) for each in SENIOR.entries if each.section == "5")[:1]
    others = tuple(each for each in SENIOR.entries if each.section != "5")
    portfolio = replace(SENIOR, entries=others + kept)
    assert codes(unmet(RULES, portfolio)) == [("entry_missing", "5a")]
    assert {"5a", "5b"} < set(required_slots(RULES, portfolio))


def test_an_unknown_pathway_is_one_fault() -> None:
    assert unmet(RULES, Portfolio("warden")) == (fault(Code.PATHWAY_UNKNOWN, pathway="warden"),)


def test_entries_survive_a_change_of_pathway_and_are_not_judged_on_the_other() -> None:
    assert unmet(RULES, replace(_entry("5b", title="", area="", examples=()), pathway="associate")) == ()


# --- principles ------------------------------------------------------------------------------------------


def _untagged(portfolio: Portfolio) -> Portfolio:
    bare = tuple(replace(each, principles=frozenset()) for each in portfolio.entries)
    return replace(portfolio, entries=bare)


def test_an_uncovered_principle_warns_or_blocks_as_the_edition_says() -> None:
    bare = _untagged(full_portfolio("cmalt-2026", "cmalt"))
    assert unmet(RULES, bare) == ()
    uncovered = [
        each.get("principle") for each in advice(RULES, bare) if each.code is Code.PRINCIPLE_UNCOVERED
    ]
    assert uncovered == ["dissemination", "colleagues", "interplay", "currency"]
    strict = replace(RULES, principles_force=Force.REQUIRE)
    assert [str(each.code) for each in unmet_overall(strict, bare)] == ["principle_uncovered"] * 4
    assert Code.PRINCIPLE_UNCOVERED not in {each.code for each in advice(strict, bare)}


def test_a_text_for_a_principle_covers_it_but_only_on_the_pathway() -> None:
    bare = _untagged(SENIOR)
    assert Code.PRINCIPLE_UNCOVERED not in {each.code for each in advice(RULES, bare)}
    lower = replace(bare, pathway="cmalt")
    assert Code.PRINCIPLE_UNCOVERED in {each.code for each in advice(RULES, lower)}


# --- length ----------------------------------------------------------------------------------------------


def test_length_is_advised_never_required() -> None:
    short, long = _entry("plans", text_words=199), _entry("plans", text_words=501)
    assert unmet(RULES, short) == unmet(RULES, long) == ()
    assert fault(Code.WORDS_FEW, section="plans", title="Future plans", have=199, advised=200) in advice(
        RULES, short
    )
    assert fault(Code.WORDS_MANY, section="plans", title="Future plans", have=501, advised=500) in advice(
        RULES, long
    )
    for words in (0, 200, 500):
        about = [each.get("section") for each in advice(RULES, _entry("plans", text_words=words))]
        assert "plans" not in about


def test_advice_needs_a_text() -> None:
    assert advice(RULES, replace(SENIOR, as_it_is=True)) == ()
    assert advice(RULES, replace(SENIOR, round=RoundKind.RENEWAL)) == ()


# --- as it is --------------------------------------------------------------------------------------------


def _located(portfolio: Portfolio, **where: str) -> Portfolio:
    entries = tuple(Entry(each.section, each.position, **where) for each in portfolio.entries)  # type: ignore[arg-type]
    return replace(portfolio, entries=entries, as_it_is=True, has_source=True)


@pytest.mark.parametrize("where", [{"link": "https://ada.example/1a"}, {"pages": "3–5"}])
def test_a_portfolio_as_it_is_needs_a_place_for_each_section(where: dict[str, str]) -> None:
    assert unmet(RULES, _located(SENIOR, **where)) == ()
    lost = unmet(RULES, _located(SENIOR))
    assert {each.code for each in lost} == {Code.LOCATION_MISSING}
    assert [each.get("section") for each in lost] == _SENIOR.split()[:-1]


def test_a_portfolio_as_it_is_still_needs_entries_a_source_and_the_confirmation() -> None:
    empty = Portfolio("associate", as_it_is=True)
    found = unmet(RULES, empty)
    assert [str(each.code) for each in found] == ["entry_missing"] * 7 + [
        "confirmation_missing",
        "source_missing",
    ]


def test_an_edition_may_refuse_portfolios_as_they_are() -> None:
    full = _located(full_portfolio("orchard-2025", "grafter"), link="https://guild.example")
    assert codes(unmet(ORCHARD, full)) == [("as_it_is_not_open", None)]


# --- rounds ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [RoundKind.REVIEW, RoundKind.REASSESSMENT])
def test_a_revision_is_judged_on_its_open_slots_and_its_summary(kind: RoundKind) -> None:
    broken = _entry("1a", examples=())
    closed = replace(broken, round=kind, open_slots=frozenset({"2a", "5b"}), summary_words=20)
    assert unmet(RULES, closed) == ()
    assert required_slots(RULES, closed) == ("2a", "5b")
    assert codes(unmet(RULES, replace(closed, summary_words=0))) == [("summary_missing", None)]
    opened = replace(closed, open_slots=frozenset({"1a"}))
    assert codes(unmet(RULES, opened)) == [("examples_too_few", "1a")]
    assert advice(RULES, replace(closed, open_slots=frozenset())) == ()


def test_a_renewal_asks_what_its_template_says() -> None:
    renewal = Portfolio(
        "cmalt",
        (Entry("plans", text_words=250),),
        confirmed=True,
        round=RoundKind.RENEWAL,
        summary_words=9,
        cpd_items=3,
    )
    assert unmet(RULES, renewal) == ()
    assert required_slots(RULES, renewal) == ("plans", "confirmation")
    bare = Portfolio("cmalt", round=RoundKind.RENEWAL, cpd_items=2)
    assert [str(each.code) for each in unmet(RULES, bare)] == [
        "entry_missing", "confirmation_missing", "summary_missing", "cpd_too_few",
    ]  # fmt: skip
    short = replace(RULES, renewal=replace(RULES.renewal, summary=False, cpd_items=0))
    assert [str(each.code) for each in unmet(short, bare)] == ["entry_missing", "confirmation_missing"]


# --- any portfolio ---------------------------------------------------------------------------------------

EXAMPLES = st.builds(
    Example,
    st.integers(0, 9),
    st.integers(0, 9),
    st.integers(0, 2),
    st.none() | st.sampled_from(ExampleType),
    st.sampled_from(["", "Wales"]),
)
ENTRIES = st.builds(
    Entry,
    st.sampled_from([section.code for section in RULES.sections]),
    st.integers(1, 4),
    title=st.sampled_from(["", "Mine"]),
    text_words=st.integers(0, 600),
    examples=st.lists(EXAMPLES, max_size=3).map(tuple),
    link=st.sampled_from(["", "https://a.example"]),
)


@given(
    st.builds(
        Portfolio,
        st.sampled_from(["associate", "cmalt", "senior"]),
        st.lists(ENTRIES, max_size=14, unique_by=lambda each: (each.section, each.position)).map(tuple),
        confirmed=st.booleans(),
        as_it_is=st.booleans(),
        round=st.sampled_from(RoundKind),
    )
)
@settings(max_examples=150, deadline=None)
def test_any_portfolio_is_judged_and_progress_agrees(portfolio: Portfolio) -> None:
    found, needed = unmet(RULES, portfolio), required_slots(RULES, portfolio)
    ready = ready_slots(RULES, portfolio)
    assert set(ready) <= set(needed)
    for slot in needed:
        assert (slot in ready) == (unmet_for_slot(RULES, portfolio, slot) == ())
    by_slot = [each for each in found if each.get("section") is not None]
    assert [*by_slot, *unmet_overall(RULES, portfolio)] == list(found)
