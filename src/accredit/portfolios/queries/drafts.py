"""Finding drafts and their parts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch

from accredit.frameworks.queries import rules_of
from accredit.portfolios.models import Entry, EntryVersion, Evidence, Example, Portfolio, Use
from accredit.registrations.models import Registration
from accredit.rulebook.framework import Edition, Section
from accredit.rulebook.placing import is_asked


@dataclass(frozen=True)
class Draft:
    """A portfolio with everything that rules, frozen copies and task lists read of it."""

    portfolio: Portfolio
    registration: Registration
    rules: Edition
    entries: tuple[Entry, ...]

    @property
    def is_as_it_is(self) -> bool:
        """Say whether it stands elsewhere already."""
        return self.portfolio.form == Portfolio.Form.AS_IT_IS

    @property
    def sections(self) -> tuple[Section, ...]:
        """Return the sections of its pathway, in the order of the portfolio."""
        return self.rules.sections_for(self.registration.pathway)

    def of_section(self, section: str) -> Iterator[Entry]:
        """Yield the entries of one section that the pathway asks for, by position."""
        return (entry for entry in self.entries if entry.section == section and self.is_asked(entry))

    def is_asked(self, entry: Entry) -> bool:
        """Say whether the pathway asks for an entry; else it is set aside, kept and unseen by assessors."""
        return is_asked(self.rules, self.registration.pathway, entry.section, entry.position)

    @property
    def asked(self) -> tuple[Entry, ...]:
        """Return the entries that belong to the pathway, in the order of the portfolio."""
        return tuple(entry for section in self.sections for entry in self.of_section(section.code))

    @property
    def set_aside(self) -> tuple[Entry, ...]:
        """Return the entries that somebody has written into and the pathway does not ask for, in order."""
        order = [section.code for section in self.rules.sections]
        rows = (entry for entry in self.entries if entry.version and not self.is_asked(entry))
        return tuple(sorted(rows, key=lambda entry: (order.index(entry.section), entry.position)))

    def slot(self, entry: Entry) -> str:
        """Return the address of an entry."""
        return self.rules.slot(entry.section, entry.position)

    def is_open(self, slot: str) -> bool:
        """Say whether the slot may change in this round."""
        return self.portfolio.open_slots is None or slot in self.portfolio.open_slots


def registration_of(portfolio: Portfolio) -> Registration:
    """Return the registration with its edition and scheme: one query, none where they are at hand."""
    if Portfolio.registration.is_cached(portfolio):
        registration = portfolio.registration
        if Registration.edition.is_cached(registration):
            return registration
    found = Registration.objects.select_related("edition", "scheme").get(pk=portfolio.registration_id)
    portfolio.registration = found
    return found


# Texts that came second to another save, and wait for a choice.
_unsettled = EntryVersion.objects.filter(entry=OuterRef("pk"), why=EntryVersion.Why.CLASH, settled_at=None)


def draft_of(portfolio: Portfolio) -> Draft:
    """Load a portfolio with its entries, examples and standing evidence: four queries at any size."""
    registration_of(portfolio)
    return drafts_of([portfolio])[0]


def drafts_of(portfolios: Iterable[Portfolio]) -> list[Draft]:
    """Load several, given with their registrations and editions: three queries for any number of them."""
    loaded = list(portfolios)
    standing = Use.objects.filter(evidence__removed_at=None).select_related(
        "evidence__blob", "evidence__captions"
    )
    examples = Example.objects.prefetch_related(Prefetch("uses", standing))
    rows = (
        Entry.objects.filter(portfolio__in=loaded)
        .order_by("section", "position")
        .select_related("carried")
        .annotate(has_clash=Exists(_unsettled))
        .prefetch_related(Prefetch("examples", examples))
    )
    entries: dict[int, list[Entry]] = {each.pk: [] for each in loaded}
    for entry in rows:
        entries[entry.portfolio_id].append(entry)
    return [
        Draft(each, each.registration, rules_of(each.registration.edition), tuple(entries[each.pk]))
        for each in loaded
    ]


def portfolio_of(registration: int) -> Portfolio | None:
    """Return the portfolio of a registration, with the registration's edition, scheme and person."""
    rows = Portfolio.objects.select_related(
        "registration__edition", "registration__scheme", "registration__person", "source_blob"
    )
    return rows.filter(registration_id=registration).first()


def slot_of(entry: Entry) -> str:
    """Return the address of an entry within its portfolio."""
    return rules_of(registration_of(entry.portfolio).edition).slot(entry.section, entry.position)


def entry_at(portfolio: Portfolio, slot: str) -> Entry | None:
    """Return the entry at a slot; None when there is none or the slot is not an address."""
    try:
        section, position = rules_of(registration_of(portfolio).edition).position_of_slot(slot)
    except (KeyError, IndexError):
        return None
    entry = portfolio.entries.filter(section=section, position=position).first()
    if entry is not None:
        entry.portfolio = portfolio
    return entry


def evidence_of(portfolio: Portfolio) -> list[Evidence]:
    """Return the pieces of the locker, the newest first, with their uses and the entries of those."""
    rows = portfolio.evidence.filter(removed_at=None).select_related("blob", "captions")
    return list(rows.prefetch_related("uses__example__entry").order_by("-added_at", "-id"))


def sizes_of(portfolio: Portfolio, *, without: Evidence | None = None) -> dict[int, int]:
    """Return the bytes of each blob a portfolio keeps, by its id; `without` is left out with its files."""
    rows = portfolio.evidence.filter(removed_at=None)
    if without is not None and without.pk:
        rows = rows.exclude(pk=without.pk)
    pairs = rows.values_list("blob_id", "blob__size", "captions_id", "captions__size")
    sizes = {key: size for row in pairs for key, size in (row[:2], row[2:]) if key is not None}
    if portfolio.source_blob is not None:
        sizes[portfolio.source_blob.pk] = portfolio.source_blob.size
    return sizes


def bound_for(portfolio: Portfolio) -> str:
    """Return the name by which uploads for this portfolio know it."""
    return f"portfolio:{portfolio.pk}"


def used_bytes(portfolio: Portfolio) -> int:
    """Return how much of its limit a portfolio uses; the same file counts once."""
    return sum(sizes_of(portfolio).values())
