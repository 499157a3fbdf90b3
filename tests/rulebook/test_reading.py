"""Reading editions: the real ones, single faults with their path, and random damage."""

# ruff: noqa: E501 - a table of faults reads best with one fault in a line

import re
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accredit.rulebook.comparison import matrix
from accredit.rulebook.decision import open_outcomes, rows
from accredit.rulebook.documents import Problem
from accredit.rulebook.facts import Portfolio
from accredit.rulebook.framework import Edition, RoundKind, Span
from accredit.rulebook.reading import BadEdition, read_edition
from accredit.rulebook.requirements import advice, required_slots, unmet
from accredit.rulebook.terms import Force
from tests.rulebook.editions import CODES, document, edition, full_portfolio

ORCHARD = document("orchard-2025")
CMALT = document("cmalt-2026")


@pytest.mark.parametrize("code", CODES)
def test_the_real_editions_read(code: str) -> None:
    assert edition(code).code == code


def test_an_edition_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        edition("cmalt-2026").code = "other"  # type: ignore[misc]


FAULTS = [
    ("validity_years = 5", "", "validity_years", "is missing"),
    ("validity_years = 5", "validity_years = 0", "validity_years", "whole number from 1 to 50"),
    ("validity_years = 5", "validity_years = true", "validity_years", "whole number"),
    ('code = "orchard-2025"', 'code = "Orchard 2025"', "code", "small letters"),
    ('code = "orchard-2025"', "code = 3", "code", "must be a text"),
    ('title = "Orchard 2025"', 'title = " "', "title", "must be a text"),
    ("as_it_is = false", 'as_it_is = "no"', "as_it_is", "true or false"),
    ("as_it_is = false", "as_it_is = false\nsurprise = 1", "surprise", "unknown key"),
    ("[panel]\nsize", "[panels]\nsize", "panel", "is missing"),
    ("[panel]\nsize = 3", "panel = 3\n[other]\nsize = 3", "other", "unknown key"),
    ('force = "require"', 'force = "beg"', "coverage.force", "is none of"),
    ('force = "require"', "force = 7", "coverage.force", "is none of"),
    ('for_whom = ["You have taught for at least six', 'for_whom = [1, "You have taught for at least six',
     "pathways[keeper].for_whom", "list of texts"),
    ('{ kind = "area" },', '{ kind = "aria" },', "sections[k].requirements[aria].kind", "unknown kind"),
    ('of = ["law", "standard"]', 'of = ["law", "custom"]', "sections[w2].requirements[typed].of", "is none of"),
    ('of = ["law", "standard"]', 'of = "law"', "sections[w2].requirements[typed].of", "must be a list"),
    ('of = ["law", "standard"]', 'of = ["law", "law", "standard"]', "sections[w2].requirements[typed].of", "twice"),
    ('kind = "entries", at_least = 3, at_most = 5', 'kind = "entries", at_least = 3, at_most = 2',
     "sections[k].on[keeper].requirements[entries].at_most", "below"),
    ('[{ kind = "entries", at_least = 3, at_most = 5 }]', "[]", "sections[k].on[keeper].requirements", "must say"),
    ("words = { at_least = 150, at_most = 600 }", "words = { at_least = 150, at_most = 60 }",
     "sections[place].words.at_most", "below"),
    ("words = { at_least = 150, at_most = 600 }", "words = 600", "sections[place].words", "must be a table"),
    ('criteria = "You give your word', 'criteira = "You give your word', "sections[word].criteira", "unknown key"),
    ('criteria = "You give your word', 'criteira = "You give your word',
     "sections[word].on[grafter].criteria", "is missing"),
    ("leanings = { grafter = 2 }", 'leanings = { grafter = "2" }',
     "questionnaire[teachers].answers[no].leanings.grafter", "whole number"),
    ("leanings = { grafter = 2 }", "leanings = 2", "questionnaire[teachers].answers[no].leanings", "must be a table"),
    (", leanings = { grafter = 2 }", "", "questionnaire[teachers].answers[no].leanings", "is missing"),
    ("[[sources]]", "[sources]", "sources", "list of tables"),
    # Contradictions.
    ('code = "keeper"', 'code = "grafter"', "pathways", "occurs 2 times"),
    ('pathway = "keeper"', 'pathway = "warden"', "sections[place].on", "'warden' is not in this edition"),
    ('sections = ["word"]', 'sections = ["words"]', "renewal.sections", "not in this edition"),
    ("leanings = { keeper = 2 }", "leanings = { warden = 2 }",
     "questionnaire[teachers].answers[yes].leanings", "not in this edition"),
    ('code = "w1"', 'code = "ka"', "sections[k]", "codes of other sections"),
    ('code = "w1"', 'code = "principle-1"', "sections[principle-1]", "rows of the form"),
    ('kind = "word-limit", at_most = 1500', 'kind = "entries", at_least = 2', "sections[w1].on[grafter]", "only specialist"),
    ("words = { at_least = 150, at_most = 600 }", 'requirements = [{ kind = "examples", at_least = 1 }]',
     "sections[place].on[grafter]", "holds no examples"),
    ('of = ["standard"], at_least = 1', 'of = ["policy"], at_least = 1', "sections[w2].on[grafter]", "may not have"),
    ('of = ["standard"], at_least = 1', 'of = ["standard"], at_least = 3', "sections[w2].on[grafter]", "may hold"),
    ('meaning = "It is all there."', 'meaning = "It is all there."\nasks_revision = true', "form.marks", "no mark"),
    ("leads = 0\npathway_or_above", "leads = 4\npathway_or_above", "panel.leads", "above the size"),
    ("leads = 0\npathway_or_above", "leads = 2\npathway_or_above", "panel.leads", "must be 0 or 1"),
    ("panel_size = 1\nleads = 0", "panel_size = 1\nleads = 2", "renewal.leads", "above the size"),
    ('readers = "office"', 'readers = "lead"', "minor_review.readers", "without one"),
    ('disagreement = ["moderation"]', 'disagreement = ["moderation", "third"]', "agreement.disagreement", "end with"),
    ('unconvinced = ["refer_major", "fail"]', 'unconvinced = ["pass"]', "minor_review.unconvinced", "cannot follow"),
    ('unconvinced = ["refer_major", "fail"]', "unconvinced = []", "outcomes", "nothing but a pass"),
    ('rounds = ["first", "renewal"]', "rounds = []", "outcomes[prune].rounds", "not be empty"),
    ('rounds = ["first", "review", "reassessment", "renewal"]', 'rounds = ["first", "review", "reassessment"]',
     "outcomes", "no pass is open in the round 'renewal'"),
    ('rounds = ["first", "review", "reassessment", "renewal"]', 'rounds = ["first", "review", "renewal"]',
     "outcomes", "no pass is open in the round 'reassessment'"),
    ('effect = "refer_minor"', 'effect = "refer_minor"\ndistinction = true', "outcomes[prune].distinction", "pass"),
]  # fmt: skip


@pytest.mark.parametrize(("found", "put", "path", "said"), FAULTS)
def test_a_fault_is_named_with_its_path(found: str, put: str, path: str, said: str) -> None:
    assert found in ORCHARD
    with pytest.raises(BadEdition) as bad:
        read_edition(ORCHARD.replace(found, put, 1))
    told = {(problem.path, problem.text) for problem in bad.value.problems}
    assert any(where == path and said in text for where, text in told), str(bad.value)


def test_every_pathway_needs_a_rated_section() -> None:
    sections = re.split(r"\n(?=\[\[sections\]\]\n)", ORCHARD)
    only_statement = [part for part in sections[1:] if 'kind = "context"' in part or "[vocab" in part]
    with pytest.raises(BadEdition, match="no section that is rated"):
        read_edition("\n".join([sections[0], *only_statement]))


def test_several_faults_are_told_at_once() -> None:
    with pytest.raises(BadEdition) as bad:
        read_edition(ORCHARD.replace("size = 3", "size = 0").replace('title = "Craft"', "title = 3"))
    assert len(bad.value.problems) == 2


@pytest.mark.parametrize("text", ["", "code =", "[[[", "\x00", "a = " + "[" * 5000])
def test_what_is_no_document_is_refused(text: str) -> None:
    with pytest.raises(BadEdition):
        read_edition(text)


def test_an_empty_list_of_tables_is_refused() -> None:
    text = re.sub(r"\n\[\[pathways\]\]\n(?:.+\n)+", "\n", ORCHARD)
    with pytest.raises(BadEdition, match="pathways: must not be empty"):
        read_edition("pathways = []\n" + text)


def test_what_a_pathway_says_takes_the_place_of_what_the_section_says() -> None:
    rules = edition("cmalt-2026")
    assert rules.on("4a", "cmalt").examples == Span(1, 2)
    assert rules.on("4a", "senior").examples == Span(2)
    assert rules.on("4a", "senior").guidance[:3] == rules.on("4a", "cmalt").guidance
    assert rules.on("3b", "senior").example_types == ("law", "policy", "standard")
    assert rules.on("plans", "senior").words == Span(200, 500)


# --- random damage ---------------------------------------------------------------------------------------


def _survives(text: str) -> None:
    """Damage either is refused as BadEdition or leaves an edition on which everything works."""
    problems: tuple[Problem, ...] = ()
    rules = None
    try:
        rules = read_edition(text)
    except BadEdition as bad:
        problems = bad.problems
    if rules is None:
        assert problems
        assert all(problem.text for problem in problems)
    else:
        _works(rules)


def _works(rules: Edition) -> None:
    assert isinstance(rules.principles_force, Force)
    assert matrix(rules).rows
    assert open_outcomes(rules, RoundKind.FIRST)
    for pathway in rules.pathways:
        portfolio = Portfolio(pathway.code)
        advice(rules, portfolio)
        assert unmet(rules, portfolio)
        assert rows(rules, pathway.code, required_slots(rules, portfolio))


LINES = {code: document(code).splitlines() for code in CODES}
TOKENS = re.compile(r'"[^"]*"|\b\w+\b|[\[\]{}=,]')


@given(st.data())
@settings(max_examples=120, deadline=None)
def test_lost_lines_never_leave_half_an_edition(data: st.DataObject) -> None:
    lines = LINES[data.draw(st.sampled_from(CODES))]
    first = data.draw(st.integers(0, len(lines) - 1))
    lost = data.draw(st.integers(1, 12))
    _survives("\n".join(lines[:first] + lines[first + lost :]))


@given(st.data())
@settings(max_examples=120, deadline=None)
def test_swapped_and_doubled_lines_never_leave_half_an_edition(data: st.DataObject) -> None:
    lines = list(LINES[data.draw(st.sampled_from(CODES))])
    one, other = data.draw(st.integers(0, len(lines) - 1)), data.draw(st.integers(0, len(lines) - 1))
    lines[one], lines[other] = lines[other], lines[one]
    lines.insert(one, lines[other])
    _survives("\n".join(lines))


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_changed_tokens_never_leave_half_an_edition(data: st.DataObject) -> None:
    text = document(data.draw(st.sampled_from(CODES)))
    tokens = list(TOKENS.finditer(text))
    token = data.draw(st.sampled_from(tokens))
    other = data.draw(
        st.one_of(
            st.sampled_from(tokens).map(lambda found: found.group()),
            st.sampled_from(["0", "-1", "99999999999", "1.5", "true", '""', "[]", "{}", "1979-05-27", "nan"]),
            st.text(max_size=6),
        )
    )
    _survives(text[: token.start()] + other + text[token.end() :])


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_text_is_an_edition_or_refused(text: str) -> None:
    _survives(text)


def test_the_full_portfolios_of_the_tests_are_full() -> None:
    for code in CODES:
        for pathway in edition(code).pathways:
            assert unmet(edition(code), full_portfolio(code, pathway.code)) == ()
