"""What recognition knows of a pathway: its slots with codes, titles and what they hold."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from accredit.rulebook.framework import LETTERS, Edition, Section
from accredit.rulebook.kinds import Area, PrincipleTexts
from accredit.rulebook.terms import SectionKind


@dataclass(frozen=True)
class Slot:
    """One place of the portfolio. `holds_examples`: description, evidence, reflection; a text otherwise."""

    code: str
    section: str
    title: str
    group: str
    kind: str
    position: int
    holds_examples: bool
    holds_area: bool
    principles: tuple[tuple[str, str], ...]  # code and title of those written about one by one
    instructions: tuple[str, ...]  # texts that our own Word template prints

    @property
    def number(self) -> str:
        """Return the digits of the code: of "5b" 5; empty for sections without a number."""
        found = re.match(r"\d+", self.code)
        return found[0] if found else ""


def slots_for(edition: Edition, pathway: str, entries: Mapping[str, int]) -> tuple[Slot, ...]:
    """Return the slots of a pathway in order; of sections that may repeat, one more than there are entries.

    `entries` counts what each section has now. The confirmation is no text and has no slot here.
    """
    found = []
    for section in edition.sections_for(pathway):
        if section.kind is not SectionKind.CONFIRMATION:
            count = _count(edition, section, pathway, entries.get(section.code, 0))
            found += [_slot(edition, section, pathway, position) for position in range(1, count + 1)]
    return tuple(found)


def _count(edition: Edition, section: Section, pathway: str, have: int) -> int:
    if not section.is_repeatable:
        return 1
    span = edition.on(section.code, pathway).entries
    wanted = max(have + 1, span.at_least + 1, 3)
    return max(have, min(wanted, span.at_most or len(LETTERS), len(LETTERS)))


def _slot(edition: Edition, section: Section, pathway: str, position: int) -> Slot:
    on = edition.on(section.code, pathway)
    named = edition.principles if any(isinstance(each, PrincipleTexts) for each in on.requirements) else ()
    return Slot(
        code=edition.slot(section.code, position),
        section=section.code,
        title=section.title,
        group=section.group or "",
        kind=str(section.kind),
        position=position,
        holds_examples=on.examples is not None,
        holds_area=any(isinstance(each, Area) for each in on.requirements),
        principles=tuple((each.code, each.title) for each in named),
        instructions=(on.criteria, *on.guidance, *on.prompts),
    )


def as_json(slots: tuple[Slot, ...]) -> list[dict[str, Any]]:
    """Return what `from_json` reads back in the child process."""
    return [asdict(each) for each in slots]


def from_json(rows: list[dict[str, Any]]) -> tuple[Slot, ...]:
    """Return the slots that `as_json` wrote down."""
    return tuple(
        Slot(
            **(
                row
                | {
                    "principles": tuple((code, title) for code, title in row["principles"]),
                    "instructions": tuple(row["instructions"]),
                }
            )
        )
        for row in rows
    )
