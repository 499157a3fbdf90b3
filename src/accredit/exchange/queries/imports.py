"""Documents brought in: which wait, what was recognised in one, and what each section would say."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from accredit.exchange.documents import Place
from accredit.exchange.models import Import
from accredit.exchange.queries.proposing import Choice, offered
from accredit.exchange.recognition import Outline, Slot, slots_for
from accredit.exchange.recognition.composing import LINES, Brought, cleaned, compose
from accredit.exchange.recognition.outline import Stretch, from_json
from accredit.portfolios.models import Entry, Evidence, Portfolio
from accredit.portfolios.queries import Draft, EntryContent, content_of, draft_of
from accredit.rulebook.terms import Part

# A claim older than this was left by a worker that died while it read the document.
CLAIM_ENDS_AFTER = timedelta(minutes=10)
GIVEN_UP_AFTER = timedelta(hours=2)
# So many examples of a slot are offered as places, or one more than there are.
EXAMPLES = 3


@dataclass(frozen=True)
class Proposal:
    """One section: what it says now, what it would say, and which choices there are."""

    slot: Slot
    entry: Entry | None
    mine: EntryContent
    brought: Brought
    choices: tuple[Choice, ...]

    @property
    def version(self) -> int:
        """Return the version that was looked at."""
        return self.entry.version if self.entry else 0


def imports_of(portfolio: Portfolio) -> QuerySet[Import]:
    """Return what was brought into a portfolio and not dropped, the newest first."""
    return Import.objects.filter(portfolio=portfolio, dropped_at=None).order_by("-brought_at", "-id")


def import_of(portfolio: Portfolio, pk: int) -> Import | None:
    """Return one import of a portfolio that has not been dropped."""
    found = Import.objects.filter(portfolio=portfolio, pk=pk, dropped_at=None).select_related("blob").first()
    if found is not None:
        found.portfolio = portfolio
    return found


def imports_waiting(at: datetime) -> QuerySet[Import]:
    """Return what nobody is reading, the oldest first."""
    unclaimed = Q(claimed_at=None) | Q(claimed_at__lt=at - CLAIM_ENDS_AFTER)
    rows = Import.objects.filter(unclaimed, read_at=None, dropped_at=None)
    return rows.select_related("blob", "portfolio").order_by("brought_at", "id")


def given_up_imports(at: datetime) -> QuerySet[Import]:
    """Return what has waited in vain: whatever takes it up dies of it."""
    return Import.objects.filter(read_at=None, dropped_at=None, brought_at__lt=at - GIVEN_UP_AFTER)


def slots_of(draft: Draft) -> tuple[Slot, ...]:
    """Return the slots a document may fill, closed ones left out."""
    counts = Counter(each.section for each in draft.entries)
    found = slots_for(draft.rules, draft.registration.pathway, counts)
    return tuple(each for each in found if draft.is_open(each.code))


def outline_of(found: Import) -> Outline | None:
    """Return what was recognised; None while it is read, and where it could not be."""
    return from_json(found.outline) if found.outline else None


def places_of(slot: Slot, outline: Outline) -> tuple[Place, ...]:
    """Return the places of a slot that a stretch may be given."""
    if not slot.holds_examples:
        return (Place(slot.code, "text"),)
    placed = [each.place for each in outline.stretches if each.place and each.place.slot == slot.code]
    most = max([EXAMPLES, *(each.example for each in placed)])
    named = [Place(slot.code, "area")] if slot.holds_area else []
    parts = [Place(slot.code, part, number) for number in range(1, most + 1) for part in Part]
    odd = [each for each in placed if each.part in {"example-title", "type", "jurisdiction", *LINES}]
    named += [Place(slot.code, f"principle:{code}") for code, _title in slot.principles]
    return tuple(dict.fromkeys((*named, *parts, *odd)))


def proposals_of(found: Import) -> tuple[tuple[Proposal, ...], tuple[Stretch, ...]]:
    """Return what each section would say, in the order of the portfolio, and what becomes a note."""
    outline = outline_of(found)
    if outline is None:
        return (), ()
    draft = draft_of(found.portfolio)
    brought, notes = compose(outline, found.placing)
    entries = {draft.slot(each): each for each in draft.entries}
    pieces = {
        each.pk: each for each in Evidence.objects.filter(portfolio=found.portfolio).select_related("blob")
    }
    made = []
    for slot in slots_of(draft):
        if slot.code in brought:
            entry = entries.get(slot.code)
            mine = content_of(entry) if entry else EntryContent()
            theirs = cleaned(brought[slot.code])
            made.append(Proposal(slot, entry, mine, theirs, offered(slot, mine, theirs, pieces)))
    return tuple(made), notes
