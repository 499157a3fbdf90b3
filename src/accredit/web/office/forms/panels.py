"""Choosing the members of a panel; the rules judge the choice, the form only reads it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from accredit.assessments.models import Seat
from accredit.web.office.reads.panels import Table
from accredit.web.office.reads.telling import SEATS
from accredit.web.ui.forms import DayField, Form


class PanelForm(Form):
    """A person for each seat to fill, and when the assessments are due.

    The seats `lead`, `second` and `third` are a field each, members one field with several choices.
    """

    def __init__(
        self, table: Table, seats: Sequence[str], *given: Any, due_on: date | None = None, **more: Any
    ) -> None:
        super().__init__(*given, **more)
        self.table, self.seats = table, tuple(seats)
        for seat in dict.fromkeys(self.seats):
            self.fields[seat] = self._field(seat)
        if due_on is not None:
            self.fields["due_on"] = DayField(label=_("Assessments due on"), initial=due_on)

    def _field(self, seat: str) -> forms.Field:
        title = str(SEATS[seat]).capitalize()
        if seat == Seat.MEMBER and self.seats.count(seat) > 1:
            field: forms.Field = forms.TypedMultipleChoiceField(
                choices=self.table.choices(), coerce=int, required=False
            )
        else:
            field = forms.TypedChoiceField(
                choices=self.table.choices(), coerce=int, empty_value=None, required=False
            )
        field.label = title
        return field

    def chosen(self) -> list[tuple[int, Seat]]:
        """Return person and seat, in the order of the seats; a seat left empty is left out."""
        found: list[tuple[int, Seat]] = []
        for seat in dict.fromkeys(self.seats):
            value = self.cleaned_data.get(seat)
            people = value if isinstance(value, list) else [value] if value else []
            found += [(person, Seat(seat)) for person in people]
        return found

    def one(self) -> int | None:
        """Return the person chosen for the only seat, with an error when there is none."""
        value = self.cleaned_data.get(self.seats[0])
        if not value:
            self.add_error(self.seats[0], _("Choose somebody."))
            return None
        return int(value)

    def picked(self, seat: str) -> set[str]:
        """Return what stands chosen for a seat, as it was sent."""
        getlist = getattr(self.data, "getlist", None)
        return set(getlist(seat)) if getlist else set()

    def everybody_picked(self) -> frozenset[int]:
        """Return the people chosen for any seat, as they were sent."""
        sent = [value for seat in self.seats for value in self.picked(seat)]
        return frozenset(int(value) for value in sent if value.isascii() and value.isdigit())
