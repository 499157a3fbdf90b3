"""Which decisions get a second look: by the policy, and the same for everybody who draws."""

from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accredit.rulebook.sampling import Decided, Drawn, Policy, Why, sample
from accredit.rulebook.terms import Effect

NOTHING = Policy(share=0, first=0, fails=False, distinctions=False)
PASS = Decided(1, Effect.PASS, False, {7: 9, 8: 2})
BEST = Decided(2, Effect.PASS, True, {7: 10, 9: 30})
FAIL = Decided(3, Effect.FAIL, False, {8: 3, 9: 31})


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (NOTHING, ()),
        (Policy(0, 0, fails=True, distinctions=False), (Drawn(3, ((Why.FAIL, None),)),)),
        (Policy(0, 0, fails=False, distinctions=True), (Drawn(2, ((Why.DISTINCTION, None),)),)),
        (Policy(0, 2, fails=False, distinctions=False), (Drawn(1, ((Why.NEW_ASSESSOR, 8),)),)),
        (
            Policy(100, 0, fails=False, distinctions=False),
            (
                Drawn(1, ((Why.SHARE, 7), (Why.SHARE, 8))),
                Drawn(2, ((Why.SHARE, 7), (Why.SHARE, 9))),
                Drawn(3, ((Why.SHARE, 8), (Why.SHARE, 9))),
            ),
        ),
    ],
)
def test_what_the_policy_draws(policy: Policy, expected: tuple[Drawn, ...]) -> None:
    assert sample(policy, [FAIL, PASS, BEST], seed="autumn") == expected


def test_a_drawing_that_was_written_down_is_drawn_again() -> None:
    """Pinned: another Python, machine or version of ours must draw the same."""
    rows = [Decided(key, Effect.PASS, False, {1: 50}) for key in range(1, 21)]
    drawn = sample(Policy(25, 0, fails=False, distinctions=False), rows, seed="2026-11")
    assert [each.key for each in drawn] == PINNED


PINNED = [6, 7, 9, 10, 12]
ROWS = st.lists(
    st.builds(
        Decided,
        st.integers(1, 500),
        st.sampled_from(Effect),
        st.booleans(),
        st.dictionaries(st.integers(1, 6), st.integers(1, 40), min_size=1, max_size=3),
    ),
    unique_by=lambda each: each.key,
    max_size=40,
)
POLICIES = st.builds(Policy, st.integers(0, 100), st.integers(0, 5), st.booleans(), st.booleans())


@given(ROWS, POLICIES, st.text(max_size=8), st.randoms())
def test_it_is_reproducible_and_keeps_its_promises(
    rows: list[Decided], policy: Policy, seed: str, random: object
) -> None:
    drawn = sample(policy, rows, seed=seed)
    again = list(rows)
    random.shuffle(again)  # type: ignore[attr-defined]
    assert sample(policy, again, seed=seed) == drawn
    found = {each.key: each.reasons for each in drawn}
    for person in {person for each in rows for person in each.assessors}:
        own = [each for each in rows if person in each.assessors]
        by_share = [each for each in own if (Why.SHARE, person) in found.get(each.key, ())]
        assert len(by_share) == ceil(len(own) * policy.share / 100)
    for each in rows:
        if policy.fails and each.effect is Effect.FAIL:
            assert (Why.FAIL, None) in found[each.key]
        if policy.distinctions and each.is_distinction:
            assert (Why.DISTINCTION, None) in found[each.key]
