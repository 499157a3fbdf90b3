"""Taking what a document says into the drafts: all chosen sections at once, nothing overwritten unasked."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from accredit.exchange.actions.imports import standing
from accredit.exchange.models import Import
from accredit.exchange.queries import (
    Choice,
    Proposal,
    added,
    is_same_piece,
    items_of,
    places_of_brought,
    proposals_of,
    taken,
)
from accredit.exchange.recognition import Item
from accredit.exchange.recognition.outline import Said, Stretch
from accredit.files import queries as files
from accredit.portfolios.actions import add_entry, add_evidence, add_kept, save_entry
from accredit.portfolios.models import Entry, EntryVersion, Evidence, Note, Portfolio, Visibility
from accredit.portfolios.queries import EntryContent, PieceContent, content_of, entry_at
from accredit.rulebook.faults import Code, fault
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.refusals import Clash, refuse
from accredit.toolkit.richtext import plain

LONGEST_TITLE, LONGEST_ALT = 200, 500


@action
def take_import(
    found: Import, *, choices: Mapping[str, str], expected: Mapping[str, int], by: Actor, at: datetime
) -> Import:
    """Write the chosen sections, put pictures and links into the locker, make comments notes to self.

    `choices` goes by slot: keep, take or add; `expected` are the versions that were looked at. Sections
    nobody chose stay as they are. Each section taken gets a version of its own, so that the one before can
    be restored. Taking twice is taking once. Raises `Clash`, with nothing written, when one of the sections
    was saved meanwhile.
    """
    locked = standing(found, by=by)
    if locked.taken_at is not None:
        return locked
    proposals, notes = proposals_of(locked)
    wanted = [each for each in proposals if choices.get(each.slot.code) in {Choice.TAKE, Choice.ADD}]
    if not wanted and not notes:
        refuse(Code.IMPORT_NOTHING_CHOSEN)
    for each in wanted:
        _take(locked, each, Choice(choices[each.slot.code]), expected, by=by, at=at)
    _write_notes(locked, proposals, notes, at=at)
    locked.taken_at = at
    locked.save(update_fields=["taken_at"])
    return locked


def _take(
    found: Import, proposal: Proposal, choice: Choice, expected: Mapping[str, int], *, by: Actor, at: datetime
) -> None:
    slot = proposal.slot.code
    entry = entry_at(found.portfolio, slot) or add_entry(found.portfolio, proposal.slot.section, by=by, at=at)
    if entry.version != expected.get(slot, entry.version):
        raise Clash(fault(Code.CLASH))
    mine = content_of(entry)
    join = added if choice is Choice.ADD else taken
    content = join(mine, proposal.brought)
    places = places_of_brought(mine, proposal.brought, is_added=choice is Choice.ADD)
    content = _with_evidence(found, proposal, content, places, by=by, at=at)
    save_entry(entry, content=content, expected=entry.version, by=by, at=at, why=EntryVersion.Why.IMPORT)


def _with_evidence(
    found: Import,
    proposal: Proposal,
    content: EntryContent,
    places: Mapping[int, int],
    *,
    by: Actor,
    at: datetime,
) -> EntryContent:
    """Put the pieces of a section into the locker and let its examples use them."""
    examples = list(content.examples)
    for number, item in items_of(proposal.brought):
        piece = _piece(found, item, by=by, at=at)
        if number == 0:
            continue
        place = places[number]
        uses = tuple(dict.fromkeys((*examples[place].evidence, piece.pk)))
        examples[place] = replace(examples[place], evidence=uses)
    return replace(content, examples=tuple(examples))


def _piece(found: Import, item: Item, *, by: Actor, at: datetime) -> Evidence:
    """Return the piece for what the document names: the one in the locker already, or a new one."""
    rows = found.portfolio.evidence.filter(removed_at=None).select_related("blob")
    same = next((each for each in rows if is_same_piece(item, each)), None)
    if same is not None:
        return same
    title = _title(found, item)
    if item.key:
        return _file(found, item, title, by=by, at=at)
    kind = Evidence.Kind.LINK if item.address else Evidence.Kind.TEXT
    content = replace(_described(item, title), address=item.address, text=item.text)
    return add_evidence(found.portfolio, kind=kind, content=content, by=by, at=at)


def _file(found: Import, item: Item, title: str, *, by: Actor, at: datetime) -> Evidence:
    blob = files.find(item.details.get("sha256", ""))
    if blob is None or not files.is_present(blob):
        refuse(Code.IMPORT_PICTURES_GONE, name=found.name)
    content = _described(item, title)
    return add_kept(found.portfolio, blob, name=item.name, content=content, by=by, at=at)


def _described(item: Item, title: str) -> PieceContent:
    """Return what the file says about a piece; who may see it above all."""
    private = item.details.get("visibility") == Visibility.ASSESSORS
    return PieceContent(
        title=title,
        shows=item.details.get("shows", ""),
        alt=item.alt[:LONGEST_ALT],
        visibility=Visibility.ASSESSORS if private else Visibility.ALL,
        practised_from_on=_day(item.details.get("from", "")),
        practised_until_on=_day(item.details.get("until", "")),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def _title(found: Import, item: Item) -> str:
    told = item.title or item.alt or item.address or item.name
    return (" ".join(told.split()) or found.name)[:LONGEST_TITLE]


# --- notes to self ------------------------------------------------------------------------------------------


def _write_notes(
    found: Import, proposals: Iterable[Proposal], notes: Iterable[Stretch], *, at: datetime
) -> None:
    """Make notes of comments and of what the person put among them; none is made twice."""
    rows = []
    for each in proposals:
        entry = entry_at(found.portfolio, each.slot.code)
        rows += [_note_of(found.portfolio, entry, said, found.name, at) for said in each.brought.said]
    for stretch in notes:
        text = "\n".join(filter(None, (stretch.heading, plain(stretch.html))))
        rows.append(Note(portfolio=found.portfolio, text=text, source=found.name[:200], written_at=at))
        rows += [_note_of(found.portfolio, None, said, found.name, at) for said in stretch.said]
    known = set(Note.objects.filter(portfolio=found.portfolio).values_list("text", "quote", "source"))
    Note.objects.bulk_create(each for each in rows if (each.text, each.quote, each.source) not in known)


def _note_of(portfolio: Portfolio, entry: Entry | None, said: Said, name: str, at: datetime) -> Note:
    source = ", ".join(filter(None, (said.author, name)))[:200]
    return Note(
        portfolio=portfolio, entry=entry, text=said.text, quote=said.quote, source=source, written_at=at
    )
