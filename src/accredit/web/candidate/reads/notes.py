"""Notes to self as the pages show them."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from accredit.frameworks.queries import rules_of
from accredit.portfolios.models import Note, Portfolio
from accredit.portfolios.queries import registration_of
from accredit.web.ui.parts import Crumb


@dataclass(frozen=True, slots=True)
class ShownNote:
    """A note with where it belongs: an empty slot is the whole portfolio, or an entry set aside."""

    note: Note
    slot: str
    title: str


def shown(portfolio: Portfolio, notes: list[Note]) -> list[ShownNote]:
    """Return the notes with the section each stands beside."""
    rules = rules_of(registration_of(portfolio).edition)
    found = []
    for note in notes:
        try:
            slot = rules.slot(note.entry.section, note.entry.position) if note.entry else ""
            found.append(ShownNote(note, slot, rules.slot_title(slot) if slot else ""))
        except KeyError:
            found.append(ShownNote(note, "", ""))
    return found


def crumbs(portfolio: Portfolio, more: str = "") -> list[Crumb]:
    """Return the way to the notes, or to one of them."""
    pk = portfolio.registration_id
    way = [
        Crumb(_("My accreditation"), reverse("candidate:home")),
        Crumb(_("Task list"), reverse("candidate:registration", args=[pk])),
    ]
    notes = Crumb(_("Notes to self"), reverse("candidate:notes", args=[pk]) if more else "")
    return [*way, notes, *([Crumb(more)] if more else [])]
