"""The real editions and small helpers for tests of the rulebook."""

from functools import cache
from pathlib import Path

import accredit
from accredit.rulebook.facts import Entry, Example, Portfolio
from accredit.rulebook.faults import Fault
from accredit.rulebook.framework import Edition, OnPathway, Section
from accredit.rulebook.kinds import PrincipleTexts
from accredit.rulebook.reading import read_edition
from accredit.rulebook.terms import ExampleType

FOLDER = Path(accredit.__file__).parent / "frameworks" / "editions"
CODES = ("cmalt-2016", "cmalt-2019", "cmalt-2026", "orchard-2025")
PATHWAYS = tuple(
    (code, pathway)
    for code, pathways in {
        "cmalt-2016": ("cmalt",),
        "cmalt-2019": ("associate", "cmalt", "senior"),
        "cmalt-2026": ("associate", "cmalt", "senior"),
        "orchard-2025": ("grafter", "keeper"),
    }.items()
    for pathway in pathways
)


def document(code: str) -> str:
    """The text of an edition's document."""
    return (FOLDER / f"{code}.toml").read_text(encoding="utf-8")


@cache
def edition(code: str) -> Edition:
    """A real edition, read once."""
    return read_edition(document(code))


def full_example(kind: ExampleType | None = None) -> Example:
    """An example that lacks nothing."""
    return Example(150, 150, 1, kind, "Scotland" if kind is ExampleType.LAW else "")


def full_entry(rules: Edition, section: Section, on: OnPathway, position: int = 1) -> Entry:
    """An entry that meets every rule of its section."""
    if not section.is_rated:
        return Entry(section.code, position, text_words=300)
    needed = on.examples.at_least if on.examples else 0
    types = [each.of[0] for each in on.requirements if hasattr(each, "of") and hasattr(each, "at_least")]
    kinds = (types * 4 or list(on.example_types) * 4 or [None] * 4)[: max(1, needed)]
    texts = {each.code: 50 for each in rules.principles} if _has_texts(on) else {}
    return Entry(
        section.code,
        position,
        title="An area of mine",
        examples=tuple(full_example(kind) for kind in kinds),
        principles=frozenset(each.code for each in rules.principles),
        principle_words=texts,
    )


def _has_texts(on: OnPathway) -> bool:
    return any(isinstance(each, PrincipleTexts) for each in on.requirements)


def full_portfolio(code: str, pathway: str) -> Portfolio:
    """A portfolio that may be submitted."""
    rules = edition(code)
    entries = [
        full_entry(rules, section, on, position)
        for section in rules.sections_for(pathway)
        for on in [rules.on(section.code, pathway)]
        for position in range(1, on.entries.at_least + 1)
    ]
    return Portfolio(pathway, tuple(entries), confirmed=True)


def codes(faults: tuple[Fault, ...]) -> list[tuple[str, str | int | None]]:
    """Code and section of each fault."""
    return [(str(each.code), each.get("section")) for each in faults]
