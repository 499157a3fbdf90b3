"""Which decisions get a second look: a sample by a policy, the same for the same seed whoever draws it.

Source: that a scheme samples is usual in assessment, how much is not known for any: the policy is a setting.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from accredit.rulebook.terms import Effect

MOST_SHARE, MOST_FIRST = 100, 20


class Why(StrEnum):
    """Why a decision is in the sample."""

    SHARE = "share"
    NEW_ASSESSOR = "new_assessor"
    FAIL = "fail"
    DISTINCTION = "distinction"


@dataclass(frozen=True)
class Policy:
    """`share` per cent of each assessor's decisions, rounded up; the `first` assessments of each;
    all fails; all distinctions."""

    share: int = 10
    first: int = 2
    fails: bool = True
    distinctions: bool = True


@dataclass(frozen=True)
class Decided:
    """One decision. `assessors` gives, for each person who assessed, which assessment of theirs it was; 1 is
    the first they ever made."""

    key: int
    effect: Effect
    is_distinction: bool
    assessors: Mapping[int, int]


@dataclass(frozen=True)
class Drawn:
    """A decision in the sample, with each reason and whom it is about (None: the decision itself)."""

    key: int
    reasons: tuple[tuple[Why, int | None], ...]


def sample(policy: Policy, decided: Iterable[Decided], *, seed: str) -> tuple[Drawn, ...]:
    """Draw the sample, in the order of the keys. The same decisions, policy and seed give the same sample in
    any order and on any machine; who knows the seed can draw it again."""
    rows = sorted(decided, key=lambda each: each.key)
    reasons: dict[int, list[tuple[Why, int | None]]] = defaultdict(list)
    of_assessor: dict[int, list[int]] = defaultdict(list)
    for each in rows:
        if policy.fails and each.effect is Effect.FAIL:
            reasons[each.key].append((Why.FAIL, None))
        if policy.distinctions and each.is_distinction:
            reasons[each.key].append((Why.DISTINCTION, None))
        for person, ordinal in sorted(each.assessors.items()):
            of_assessor[person].append(each.key)
            if ordinal <= policy.first:
                reasons[each.key].append((Why.NEW_ASSESSOR, person))
    for person, keys in sorted(of_assessor.items()):
        wanted = ceil(len(keys) * policy.share / 100)
        for key in sorted(keys, key=lambda key: _lot(seed, person, key))[:wanted]:
            reasons[key].append((Why.SHARE, person))
    return tuple(Drawn(each.key, tuple(reasons[each.key])) for each in rows if each.key in reasons)


def _lot(seed: str, person: int, key: int) -> str:
    return hashlib.sha256(f"{seed}:{person}:{key}".encode()).hexdigest()
