"""The outline: a document cut into stretches, each with the place proposed for it, how sure, and why."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from accredit.exchange.documents import Caution, Loose, Place


class Sure(StrEnum):
    """How sure a proposal is."""

    CERTAIN = "certain"
    LIKELY = "likely"
    GUESS = "guess"
    NONE = "none"


class Why(StrEnum):
    """What a proposal rests on."""

    FILE = "file"  # the file itself says so
    CODE_AND_TITLE = "code and title"
    CODE = "code"
    TITLE = "title"
    NAME = "name"  # another usual name of the section
    GROUP = "group"  # the only section of the group that the heading names
    UNDER = "under"  # stands under a heading that was recognised
    ORDER = "order"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Item:
    """A picture, attachment, link or text within a stretch that becomes evidence."""

    name: str = ""
    key: str = ""
    alt: str = ""
    title: str = ""
    address: str = ""
    text: str = ""
    id: str = ""
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Said:
    """A comment that somebody wrote beside a stretch."""

    text: str
    author: str
    quote: str


@dataclass(frozen=True)
class Stretch:
    """What stands under one heading, with where it is proposed to go. `html` is not clean yet."""

    heading: str
    html: str
    place: Place | None
    sure: Sure
    why: Why
    items: tuple[Item, ...] = ()
    said: tuple[Said, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Say whether nothing would be lost without it but its heading."""
        return not (self.html or self.items or self.said)

    def placed(self, place: Place | None, sure: Sure, why: Why) -> "Stretch":
        """Return it with another proposal."""
        return replace(self, place=place, sure=sure, why=why)


@dataclass(frozen=True)
class Outline:
    """A whole document, stretch by stretch, and what stands outside of them."""

    form: str
    stretches: tuple[Stretch, ...]
    loose: tuple[Loose, ...]
    cautions: tuple[Caution, ...]
    about: Mapping[str, str]

    def as_json(self) -> dict[str, Any]:
        """Return what `from_json` reads back."""
        return asdict(self)


def from_json(values: Mapping[str, Any]) -> Outline:
    """Return the outline that `as_json` wrote down."""
    return Outline(
        form=values["form"],
        stretches=tuple(_stretch(each) for each in values["stretches"]),
        loose=tuple(Loose(**each) for each in values["loose"]),
        cautions=tuple(Caution(**each) for each in values["cautions"]),
        about=values["about"],
    )


def _stretch(values: Mapping[str, Any]) -> Stretch:
    place = values["place"]
    return Stretch(
        heading=values["heading"],
        html=values["html"],
        place=Place(**place) if place else None,
        sure=Sure(values["sure"]),
        why=Why(values["why"]),
        items=tuple(Item(**each) for each in values["items"]),
        said=tuple(Said(**each) for each in values["said"]),
    )
