"""How well an assessor serves a portfolio: a number for the allocation, and what it is made of.

Source: that specialism counts is asked for, how much is not known: the weights are settings of the scheme.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

WHOLE = 1_000_000
UNKNOWN = WHOLE // 2
MOST_WEIGHT = 100
# What an area is worth that the assessor names first, second, …; further down, as much as the last.
RANKS = (1000, 850, 700, 550, 400)
# So many assessments at a pathway are experience enough.
ENOUGH = 3


class Kind(StrEnum):
    """What may speak for an assessor."""

    AREAS = "areas"
    LANGUAGE = "language"
    SECTOR = "sector"
    EXPERIENCE = "experience"
    SUGGESTED = "suggested"
    NEWCOMER = "newcomer"


DEFAULTS: Mapping[Kind, int] = {
    Kind.AREAS: 50,
    Kind.LANGUAGE: 60,
    Kind.SECTOR: 15,
    Kind.EXPERIENCE: 15,
    Kind.SUGGESTED: 10,
    Kind.NEWCOMER: 30,
}


@dataclass(frozen=True)
class Wanted:
    """What a portfolio asks for: its areas, its candidate's sector, whom they wish for, whether it is a
    renewal, and the language it is written in where a scheme takes several. All words folded by `folded`."""

    areas: tuple[str, ...] = ()
    sector: str = ""
    suggested: str = ""
    is_renewal: bool = False
    language: str = ""


@dataclass(frozen=True)
class Offered:
    """What an assessor brings: areas, the strongest first, sector, name, assessments finished at the
    portfolio's pathway, whether they have not yet made enough to lead, and the languages they read."""

    areas: tuple[str, ...] = ()
    sector: str = ""
    name: str = ""
    at_pathway: int = 0
    is_new: bool = False
    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """One thing that counts: its share in thousandths, and how much it weighs."""

    kind: Kind
    share: int
    weight: int


def folded(words: str) -> str:
    """Words as they are compared: without case and doubled blanks."""
    return " ".join(words.casefold().split())


def parts(weights: Mapping[Kind, int], offered: Offered, wanted: Wanted) -> tuple[Part, ...]:
    """What counts for and against this assessor. What is not known of one of the two is left out, and counts
    neither way; a wish counts only for whom it names: it is no right."""
    shares: dict[Kind, int] = {}
    if wanted.areas:
        shares[Kind.AREAS] = sum(_of_area(offered, area) for area in wanted.areas) // len(wanted.areas)
    if wanted.language and offered.languages:
        shares[Kind.LANGUAGE] = 1000 if wanted.language in offered.languages else 0
    if wanted.sector and offered.sector:
        shares[Kind.SECTOR] = 1000 if wanted.sector == offered.sector else 0
    if wanted.is_renewal:
        shares[Kind.NEWCOMER] = 1000 if offered.is_new else 0
    else:
        shares[Kind.EXPERIENCE] = 1000 * min(offered.at_pathway, ENOUGH) // ENOUGH
    if wanted.suggested and wanted.suggested == offered.name:
        shares[Kind.SUGGESTED] = 1000
    return tuple(
        Part(kind, share, weights.get(kind, DEFAULTS[kind]))
        for kind, share in shares.items()
        if weights.get(kind, DEFAULTS[kind])
    )


def fit(weights: Mapping[Kind, int], offered: Offered, wanted: Wanted) -> int:
    """How well they fit, from 0 to 1,000,000: the weighted mean of the parts; half where nothing counts."""
    counted = parts(weights, offered, wanted)
    weight = sum(each.weight for each in counted)
    return sum(each.weight * each.share for each in counted) * 1000 // weight if weight else UNKNOWN


def _of_area(offered: Offered, area: str) -> int:
    if area not in offered.areas:
        return 0
    return RANKS[min(offered.areas.index(area), len(RANKS) - 1)]
