"""What a portfolio still lacks before it can be submitted, and how far it has come."""

from collections.abc import Iterable

from accredit.rulebook.carrying import unsettled
from accredit.rulebook.facts import Entry, Portfolio
from accredit.rulebook.faults import Code, Fault, fault
from accredit.rulebook.framework import Edition, Requirement, Section, SectionKind
from accredit.rulebook.kinds import about, entries_of, missing_slots
from accredit.rulebook.terms import Force, RoundKind

_REVISIONS = frozenset({RoundKind.REVIEW, RoundKind.REASSESSMENT})


def unmet(edition: Edition, portfolio: Portfolio) -> tuple[Fault, ...]:
    """Everything that blocks a submission, in the order of the portfolio; empty when it may be submitted.

    After a referral only the slots that are open are judged, and a summary of changes is required; a
    renewal is judged on the sections of the renewal template, its summary and its CPD record. A portfolio
    submitted as it is needs a source, and a link or a page range per section instead of texts. What was
    carried over from an earlier portfolio has to be settled before the first submission, by the day
    `portfolio.on`.
    """
    if portfolio.pathway not in {each.code for each in edition.pathways}:
        return (fault(Code.PATHWAY_UNKNOWN, pathway=portfolio.pathway),)
    of_sections = [
        each
        for section in _judged_sections(edition, portfolio)
        for each in _unmet_in(edition, portfolio, section)
        if _is_open(portfolio, str(each.get("section")))
    ]
    return (*of_sections, *_of_whole(edition, portfolio), *_of_round(edition, portfolio))


def unmet_for_slot(edition: Edition, portfolio: Portfolio, slot: str) -> tuple[Fault, ...]:
    """What blocks a submission within one slot."""
    return tuple(each for each in unmet(edition, portfolio) if each.get("section") == slot)


def unmet_overall(edition: Edition, portfolio: Portfolio) -> tuple[Fault, ...]:
    """What blocks a submission but belongs to no slot: summary, source, principles, CPD record."""
    return tuple(each for each in unmet(edition, portfolio) if each.get("section") is None)


def advice(edition: Edition, portfolio: Portfolio) -> tuple[Fault, ...]:
    """Warnings that never block: uncovered principles where the edition only warns, lengths off advice."""
    if portfolio.as_it_is or portfolio.round is RoundKind.RENEWAL:
        return ()
    lengths = [
        each
        for section in edition.sections_for(portfolio.pathway)
        for entry in entries_of(portfolio, section.code)
        for each in _length(edition, portfolio, section, entry)
        if _is_open(portfolio, str(each.get("section")))
    ]
    if edition.principles_force is Force.REQUIRE:
        return tuple(lengths)
    return (*lengths, *_of_requirements(edition.requirements, edition, portfolio))


def required_slots(edition: Edition, portfolio: Portfolio) -> tuple[str, ...]:
    """The slots this portfolio must have ready: the open ones in a revision, else its entries' and the
    missing ones, in the order of the portfolio."""
    slots = [
        slot
        for section in _judged_sections(edition, portfolio)
        for slot in _slots_of(edition, portfolio, section)
    ]
    return tuple(slot for slot in slots if _is_open(portfolio, slot))


def ready_slots(edition: Edition, portfolio: Portfolio) -> tuple[str, ...]:
    """Those of the required slots that lack nothing: "7 of 12 sections ready" counts both."""
    lacking = {each.get("section") for each in unmet(edition, portfolio)}
    return tuple(slot for slot in required_slots(edition, portfolio) if slot not in lacking)


def _judged_sections(edition: Edition, portfolio: Portfolio) -> tuple[Section, ...]:
    sections = edition.sections_for(portfolio.pathway)
    if portfolio.round is RoundKind.RENEWAL:
        return tuple(each for each in sections if each.code in edition.renewal.sections)
    return sections


def _is_open(portfolio: Portfolio, slot: str) -> bool:
    return portfolio.open_slots is None or slot in portfolio.open_slots


def _unmet_in(edition: Edition, portfolio: Portfolio, section: Section) -> tuple[Fault, ...]:
    requirements = edition.on(section.code, portfolio.pathway).requirements
    found = _of_requirements(requirements, edition, portfolio)
    if portfolio.round is RoundKind.FIRST and not portfolio.as_it_is:
        return (*found, *unsettled(edition, portfolio, section.code))
    if not portfolio.as_it_is or section.kind is SectionKind.CONFIRMATION:
        return found
    return (*found, *_unlocated(edition, portfolio, section))


def _of_requirements(
    requirements: Iterable[Requirement], edition: Edition, portfolio: Portfolio
) -> tuple[Fault, ...]:
    asked = (each for each in requirements if not (portfolio.as_it_is and each.of_text))
    return tuple(found for each in asked for found in each.unmet_by(portfolio, edition))


def _unlocated(edition: Edition, portfolio: Portfolio, section: Section) -> list[Fault]:
    return [
        fault(Code.LOCATION_MISSING, **about(edition, edition.slot(section.code, entry.position)))
        for entry in entries_of(portfolio, section.code)
        if not (entry.link.strip() or entry.pages.strip())
    ]


def _of_whole(edition: Edition, portfolio: Portfolio) -> tuple[Fault, ...]:
    if edition.principles_force is Force.WARN or portfolio.round is RoundKind.RENEWAL:
        return ()
    return _of_requirements(edition.requirements, edition, portfolio)


def _of_round(edition: Edition, portfolio: Portfolio) -> list[Fault]:
    found = []
    if portfolio.as_it_is and not edition.as_it_is:
        found.append(fault(Code.AS_IT_IS_NOT_OPEN))
    if portfolio.as_it_is and not portfolio.has_source:
        found.append(fault(Code.SOURCE_MISSING))
    if _needs_summary(edition, portfolio) and not portfolio.summary_words:
        found.append(fault(Code.SUMMARY_MISSING))
    needed = edition.renewal.cpd_items
    if portfolio.round is RoundKind.RENEWAL and portfolio.cpd_items < needed:
        found.append(fault(Code.CPD_TOO_FEW, have=portfolio.cpd_items, needed=needed))
    return found


def _needs_summary(edition: Edition, portfolio: Portfolio) -> bool:
    if portfolio.round is RoundKind.RENEWAL:
        return edition.renewal.summary
    return portfolio.round in _REVISIONS


def _slots_of(edition: Edition, portfolio: Portfolio, section: Section) -> list[str]:
    present = [entry.position for entry in entries_of(portfolio, section.code)]
    needed = edition.on(section.code, portfolio.pathway).entries.at_least
    slots = {edition.slot(section.code, position) for position in present}
    return sorted(slots.union(missing_slots(edition, section.code, present, needed)))


def _length(edition: Edition, portfolio: Portfolio, section: Section, entry: Entry) -> list[Fault]:
    advised = edition.on(section.code, portfolio.pathway).words
    if advised is None or not entry.words or advised.holds(entry.words):
        return []
    where = about(edition, edition.slot(section.code, entry.position))
    if entry.words < advised.at_least:
        return [fault(Code.WORDS_FEW, have=entry.words, advised=advised.at_least, **where)]
    return [fault(Code.WORDS_MANY, have=entry.words, advised=advised.at_most or 0, **where)]
