"""Pathways side by side: the public matrix, and what is new from one pathway to the next."""

from dataclasses import dataclass, replace

from accredit.rulebook.framework import Edition, OnPathway, Pathway, Section


@dataclass(frozen=True)
class Cell:
    """What a pathway asks in a row; `more` says that further entries are welcome."""

    pathway: Pathway
    asked: bool
    more: bool
    on: OnPathway | None


@dataclass(frozen=True)
class MatrixRow:
    """A slot of the portfolio, or a repeatable section that every pathway asks at most once."""

    slot: str
    section: Section
    title: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Matrix:
    """Rows in the order of the portfolio, a cell for each pathway in the order of rank."""

    pathways: tuple[Pathway, ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True)
class Change:
    """What a section asks on a pathway above another; `before` is None where the section is new."""

    section: Section
    before: OnPathway | None
    after: OnPathway
    below: Pathway | None = None  # the pathway compared with, where it was looked for


def matrix(edition: Edition) -> Matrix:
    """The comparison of all pathways. A repeatable section that some pathway asks more than once has a row
    for each of its slots ("5a", "5b"), any other has one row."""
    rows = [row for section in edition.sections for row in _rows(edition, section)]
    return Matrix(edition.pathways, tuple(rows))


def changes(edition: Edition, before: str, after: str) -> tuple[Change, ...]:
    """Sections of the pathway `after` that are new, or that ask something else than on `before`."""
    found = []
    for section in edition.sections_for(after):
        asked = edition.on(section.code, after)
        earlier = edition.on(section.code, before) if edition.asks(section.code, before) else None
        if earlier is None or not asked_alike(earlier, asked):
            found.append(Change(section, earlier, asked))
    return tuple(found)


def asked_alike(one: OnPathway, other: OnPathway) -> bool:
    """Whether two pathways ask the same of a section; guidance and advice about length may differ."""
    return _asked(one) == _asked(other)


def new_on(edition: Edition, section: str, pathway: str) -> Change | None:
    """What the pathway asks in a section that the pathway next below does not; None where nothing differs
    or no pathway lies below."""
    below = [each for each in edition.pathways if each.rank < edition.pathway(pathway).rank]
    if not below:
        return None
    nearest = max(below, key=lambda each: each.rank)
    found = (each for each in changes(edition, nearest.code, pathway) if each.section.code == section)
    change = next(found, None)
    return replace(change, below=nearest) if change else None


def _asked(on: OnPathway) -> tuple[object, ...]:
    return on.criteria, on.entries, on.examples, on.example_types, on.requirements


def _rows(edition: Edition, section: Section) -> list[MatrixRow]:
    most = max(on.entries.at_least for on in section.on)
    if not section.is_repeatable or most <= 1:
        return [MatrixRow(section.code, section, section.label, _cells(edition, section, 1, last=True))]
    return [
        MatrixRow(slot, section, edition.slot_title(slot), _cells(edition, section, n, last=n == most))
        for n, slot in enumerate(edition.slots(section.code, most), 1)
    ]


def _cells(edition: Edition, section: Section, number: int, *, last: bool) -> tuple[Cell, ...]:
    return tuple(_cell(edition, section, pathway, number, last=last) for pathway in edition.pathways)


def _cell(edition: Edition, section: Section, pathway: Pathway, number: int, *, last: bool) -> Cell:
    if not edition.asks(section.code, pathway.code):
        return Cell(pathway, asked=False, more=False, on=None)
    on = edition.on(section.code, pathway.code)
    more = last and (on.entries.at_most is None or on.entries.at_most > max(number, on.entries.at_least))
    return Cell(pathway, asked=number <= on.entries.at_least, more=more, on=on)
