"""Carrying an accredited portfolio over into the next one: what is still valid, and until when."""

from dataclasses import dataclass
from datetime import date

from accredit.rulebook.comparison import asked_alike
from accredit.rulebook.dates import years_after
from accredit.rulebook.facts import Carried, Portfolio
from accredit.rulebook.faults import Code, Fault, fault
from accredit.rulebook.framework import Edition, OnPathway, Section
from accredit.rulebook.kinds import about, entries_of


@dataclass(frozen=True)
class Asked:
    """What a section of the new pathway asks beside what it asked before; `before` None: it is new here."""

    section: Section
    before: OnPathway | None
    after: OnPathway

    @property
    def is_new(self) -> bool:
        """Whether the earlier portfolio had no such section."""
        return self.before is None

    @property
    def is_changed(self) -> bool:
        """Whether both had it and it asks something else now."""
        return self.before is not None and not asked_alike(self.before, self.after)


def counts_until(edition: Edition, practised_on: date) -> date:
    """The last day on which practice of that day may still be shown: the anniversary after the edition's
    years. Source: valid and from the last three years (the slide deck, about 2019)."""
    return years_after(practised_on, edition.progression.years)


def unsettled(edition: Edition, portfolio: Portfolio, section: str) -> tuple[Fault, ...]:
    """What stands against the entries of a section that were carried over: not answered, to be rewritten,
    or of practice that is too old on the day `portfolio.on`."""
    return tuple(
        found
        for entry in entries_of(portfolio, section)
        if entry.carried is not None
        for found in _of_answer(
            edition, entry.carried, portfolio.on, about(edition, edition.slot(section, entry.position))
        )
    )


def _of_answer(edition: Edition, carried: Carried, on: date, where: dict[str, str]) -> tuple[Fault, ...]:
    if carried.is_valid is None:
        return (fault(Code.CARRIED_UNDECIDED, **where),)
    if carried.practised_on is None:
        return (fault(Code.CARRIED_TO_REWRITE, **where),)
    if on <= counts_until(edition, carried.practised_on):
        return ()
    years, day = edition.progression.years, carried.practised_on.isoformat()
    return (fault(Code.CARRIED_TOO_OLD, date=day, years=years, **where),)


def side_by_side(old: Edition, before: str, new: Edition, after: str) -> tuple[Asked, ...]:
    """The sections of the new pathway, each beside what the pathway of the earlier portfolio asked there.

    The two editions may differ; sections answer each other by code.
    """
    known = {section.code for section in old.sections_for(before)}
    return tuple(
        Asked(
            section,
            old.on(section.code, before) if section.code in known else None,
            new.on(section.code, after),
        )
        for section in new.sections_for(after)
    )
