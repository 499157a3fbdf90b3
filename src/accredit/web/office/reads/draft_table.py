"""The seats of a draft as a table: written for a spreadsheet, and read back."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accredit.assessments.models import Assessor, Draft, DraftPanel, DraftSeat, Seat
from accredit.registrations.models import Registration
from accredit.rulebook.faults import Code, fault
from accredit.toolkit.refusals import Refused

COLUMNS = ("number", "candidate", "pathway", "seat", "assessor", "e-mail", "fit", "locked")
NEEDED = {"number", "seat"}
MOST_ROWS = 20_000
MOST_FAULTS = 20


def table(draft: Draft, mine: QuerySet[Registration]) -> Iterator[list[object]]:
    """Yield a line for each seat of the panels this person runs."""
    rows = DraftSeat.objects.filter(panel__draft=draft, panel__registration__in=mine.values("pk"))
    rows = rows.select_related("person__user", "panel__registration__person")
    for each in rows.order_by("panel__registration", "seat", "pk").iterator():
        owner = each.panel.registration
        yield [
            owner.reference,
            owner.person.name,
            owner.pathway,
            each.seat,
            each.person.name,
            each.person.email,
            each.fit,
            "yes" if each.is_locked else "no",
        ]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One row of a table that was brought: who is to sit where, and who does."""

    panel: DraftPanel
    seat: Seat
    person: int
    name: str
    before: str

    @property
    def is_new(self) -> bool:
        """Say whether the row changes anything."""
        return self.name != self.before


def read_table(text: str, draft: Draft, mine: QuerySet[Registration]) -> list[Wanted]:
    """Return what a table asks for. Refused with what is wrong in which row; five queries."""
    rows = _rows(text)
    panels = {
        each.registration.reference: each
        for each in draft.panels.filter(registration__in=mine.values("pk")).select_related(
            "registration__person", "draft"
        )
    }
    people = _people()
    before = {
        (each.panel_id, each.seat): each.person.name
        for each in DraftSeat.objects.filter(panel__draft=draft).select_related("person")
    }
    found, wrong = list[Wanted](), []
    for number, row in enumerate(rows, 2):
        try:
            found.append(_wanted(row, panels, people, before))
        except ValueError as fault_of_row:
            wrong.append(fault(Code.TABLE_ROW, row=number, what=str(fault_of_row)))
    if wrong:
        raise Refused(*wrong[:MOST_FAULTS])
    return found


def _rows(text: str) -> list[dict[str, str]]:
    try:
        reader = csv.DictReader(io.StringIO(text), dialect=csv.Sniffer().sniff(text[:2000], ",;\t"))
        head = {str(each).strip().casefold() for each in reader.fieldnames or ()}
        rows = [{str(key).strip().casefold(): _plain(value) for key, value in row.items()} for row in reader]
    except csv.Error as unreadable:
        raise Refused(fault(Code.TABLE_UNREADABLE, what=str(unreadable))) from unreadable
    if not head >= NEEDED or not head & {"assessor", "e-mail"}:
        what = _("its first row must name the columns number, seat, and assessor or e-mail")
        raise Refused(fault(Code.TABLE_UNREADABLE, what=what))
    if not rows or len(rows) > MOST_ROWS:
        raise Refused(fault(Code.TABLE_UNREADABLE, what=_("it has no rows, or too many")))
    return rows


def _plain(value: object) -> str:
    """Without the mark that keeps a spreadsheet from running a cell."""
    return str(value or "").strip().removeprefix("'") if not isinstance(value, list) else ""


def _people() -> dict[str, list[tuple[int, str]]]:
    """Everybody who assesses, by address and by name, both folded."""
    found: dict[str, list[tuple[int, str]]] = {}
    for each in Assessor.objects.filter(paused_at=None).select_related("person"):
        for key in {each.person.email.casefold(), each.person.name.casefold()} - {""}:
            found.setdefault(key, []).append((each.person_id, each.person.name))
    return found


def _wanted(
    row: dict[str, str],
    panels: dict[str, DraftPanel],
    people: dict[str, list[tuple[int, str]]],
    before: dict[tuple[int, str], str],
) -> Wanted:
    panel = panels.get(row["number"].upper())
    if panel is None:
        text = _("no portfolio of the draft has the number %(number)s")
        raise ValueError(text % {"number": row["number"][:40] or "–"})
    if row["seat"].casefold() not in {each.value for each in Seat}:
        raise ValueError(_("%(seat)s is no seat") % {"seat": row["seat"][:40] or "–"})
    seat = Seat(row["seat"].casefold())
    named = row.get("e-mail", "") or row.get("assessor", "")
    # Whoever changes the name and forgets the address means the name.
    by_name = people.get(row.get("assessor", "").casefold(), [])
    found = by_name if len(by_name) == 1 else people.get(row.get("e-mail", "").casefold(), [])
    if len(found) != 1:
        nobody = _("no assessor who takes part is called %(name)s")
        text = _("several assessors are called %(name)s; give the e-mail address") if found else nobody
        raise ValueError(text % {"name": row.get("assessor", "")[:80] or named[:80] or "–"})
    person, name = found[0]
    return Wanted(panel, seat, person, name, before.get((panel.pk, seat.value), ""))
