"""How well an assessor serves a portfolio: each part, what is left out, and what can never happen."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accredit.rulebook.fit import (
    DEFAULTS,
    ENOUGH,
    UNKNOWN,
    WHOLE,
    Kind,
    Offered,
    Part,
    Wanted,
    fit,
    folded,
    parts,
)

ADA = Wanted(areas=("accessibility", "video"), sector="higher education", suggested="lena lund")
LENA = Offered(areas=("video", "accessibility"), sector="higher education", name="lena lund", at_pathway=3)

TABLE = [
    (ADA, LENA, {Kind.AREAS: 925, Kind.SECTOR: 1000, Kind.EXPERIENCE: 1000, Kind.SUGGESTED: 1000}),
    (ADA, replace(LENA, name="omar"), {Kind.AREAS: 925, Kind.SECTOR: 1000, Kind.EXPERIENCE: 1000}),
    (replace(ADA, sector=""), replace(LENA, areas=(), name=""), {Kind.AREAS: 0, Kind.EXPERIENCE: 1000}),
    (Wanted(), LENA, {Kind.EXPERIENCE: 1000}),
    (Wanted(), Offered(at_pathway=1), {Kind.EXPERIENCE: 333}),
    (Wanted(), Offered(at_pathway=9), {Kind.EXPERIENCE: 1000}),
    (Wanted(sector="schools"), LENA, {Kind.SECTOR: 0, Kind.EXPERIENCE: 1000}),
    (Wanted(sector="schools"), Offered(), {Kind.EXPERIENCE: 0}),
    (Wanted(is_renewal=True), Offered(is_new=True), {Kind.NEWCOMER: 1000}),
    (Wanted(is_renewal=True), LENA, {Kind.NEWCOMER: 0}),
    (Wanted(language="cymraeg"), LENA, {Kind.EXPERIENCE: 1000}),
    (Wanted(), Offered(languages=("cymraeg",)), {Kind.EXPERIENCE: 0}),
    (Wanted(language="cymraeg"), Offered(languages=("cymraeg",)), {Kind.LANGUAGE: 1000, Kind.EXPERIENCE: 0}),
    (Wanted(language="cymraeg"), Offered(languages=("english",)), {Kind.LANGUAGE: 0, Kind.EXPERIENCE: 0}),
    (Wanted(areas=("z",)), Offered(areas=tuple("abcdefgz")), {Kind.AREAS: 400, Kind.EXPERIENCE: 0}),
]  # fmt: skip


@pytest.mark.parametrize(("wanted", "offered", "expected"), TABLE)
def test_parts(wanted: Wanted, offered: Offered, expected: dict[Kind, int]) -> None:
    assert {each.kind: each.share for each in parts(DEFAULTS, offered, wanted)} == expected


def test_the_fit_is_the_weighted_mean() -> None:
    assert parts({Kind.SECTOR: 30}, LENA, Wanted(sector="schools")) == (
        Part(Kind.SECTOR, 0, 30),
        Part(Kind.EXPERIENCE, 1000, 15),
    )
    assert fit({Kind.SECTOR: 30}, LENA, Wanted(sector="schools")) == WHOLE // 3


def test_what_weighs_nothing_does_not_count() -> None:
    nothing = dict.fromkeys(Kind, 0)
    assert parts(nothing, LENA, ADA) == ()
    assert fit(nothing, LENA, ADA) == UNKNOWN
    assert fit(nothing | {Kind.SECTOR: 1}, LENA, ADA) == WHOLE


def test_words_are_compared_without_case_and_blanks() -> None:
    assert folded("  Learning   DESIGN ") == folded("learning design")


areas = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8).map(tuple)
sectors = st.sampled_from(["", "one", "two"])
offers = st.builds(
    Offered,
    areas=areas,
    sector=sectors,
    name=sectors,
    at_pathway=st.integers(0, 2 * ENOUGH),
    is_new=st.booleans(),
)
wants = st.builds(Wanted, areas=areas, sector=sectors, suggested=sectors, is_renewal=st.booleans())
weights = st.dictionaries(st.sampled_from(Kind), st.integers(0, 100))


@given(weights, offers, wants)
def test_it_stays_within_its_bounds(weights: dict[Kind, int], offered: Offered, wanted: Wanted) -> None:
    assert 0 <= fit(weights, offered, wanted) <= WHOLE
    assert all(0 <= each.share <= 1000 and each.weight > 0 for each in parts(weights, offered, wanted))


@given(weights, offers, wants, st.sampled_from("abcdefgh"))
def test_naming_an_area_last_never_makes_it_worse(
    weights: dict[Kind, int], offered: Offered, wanted: Wanted, area: str
) -> None:
    more = replace(offered, areas=(*offered.areas, area)) if area not in offered.areas else offered
    assert fit(weights, more, wanted) >= fit(weights, offered, wanted)


@given(weights, offers, wants)
def test_a_wish_never_makes_it_worse(weights: dict[Kind, int], offered: Offered, wanted: Wanted) -> None:
    wished = replace(wanted, suggested=offered.name)
    assert fit(weights, offered, wished) >= fit(weights, offered, replace(wanted, suggested=""))
