"""Forms for windows and fees."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from accredit.frameworks.models import Scheme
from accredit.registrations.models import Window
from accredit.web.office.forms.registration import pence
from accredit.web.office.reads.books import MODES
from accredit.web.ui.forms import DayField, Form, in_our_times


def _moment(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
    return forms.DateTimeField(
        label=label,
        required=False,
        widget=widget,
        validators=[in_our_times],
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M"],
    )


class WindowForm(Form):
    """A time in which submissions are taken; moments are local to the scheme."""

    scheme: Any = forms.ChoiceField(label=_("Scheme"))
    mode = forms.ChoiceField(label=_("How"), choices=MODES, widget=forms.RadioSelect)
    opens_at = _moment(_("Opens"))
    closes_at = _moment(_("Closes"))

    def __init__(self, schemes: list[Scheme], *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["scheme"] = scheme_field(schemes)

    def clean(self) -> dict[str, Any]:
        """Ask for the moments the mode needs and drop the others."""
        data = self.cleaned_data
        mode = data.get("mode")
        if mode == Window.Mode.OPENING and not data.get("opens_at"):
            self.add_error("opens_at", _("Enter when it opens."))
        if mode in (Window.Mode.OPENING, Window.Mode.DEADLINE) and not data.get("closes_at"):
            self.add_error("closes_at", _("Enter when it closes."))
        data["opens_at"] = self._local("opens_at") if mode == Window.Mode.OPENING else None
        data["closes_at"] = self._local("closes_at") if mode != Window.Mode.ROLLING else None
        if data["opens_at"] and data["closes_at"] and data["closes_at"] <= data["opens_at"]:
            self.add_error("closes_at", _("It closes before it opens. Check both moments."))
        return data

    def _local(self, name: str) -> datetime | None:
        value, scheme = self.cleaned_data.get(name), self.cleaned_data.get("scheme")
        if value is None or scheme is None:
            return None
        return value.replace(tzinfo=ZoneInfo(scheme.time_zone))  # type: ignore[no-any-return]


class FeeForm(Form):
    """A line of the fee table."""

    scheme: Any = forms.ChoiceField(label=_("Scheme"))
    title = forms.CharField(label=_("What candidates read"), max_length=120)
    person_kind = forms.SlugField(
        label=_("Kind of person"),
        max_length=60,
        help_text=_(
            "One word, like standard or member. A newer line of the same kind replaces the older one."
        ),
    )
    pathway = forms.ChoiceField(label=_("Pathway"), required=False)
    amount = pence()
    currency = forms.RegexField(
        r"^[A-Z]{3}$",
        label=_("Currency"),
        initial="GBP",
        error_messages={"invalid": _("Three capital letters, like GBP.")},
    )
    valid_from_on = DayField(label=_("From"))

    def __init__(
        self, schemes: list[Scheme], pathways: list[tuple[str, str]], *given: Any, **more: Any
    ) -> None:
        super().__init__(*given, **more)
        self.fields["scheme"] = scheme_field(schemes)
        self.fields["pathway"].choices = [("", _("All")), *pathways]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """Return what the action takes: the amount in minor units."""
        return self.cleaned_data | {"amount": int(self.cleaned_data["amount"] * 100)}


def scheme_field(schemes: list[Scheme]) -> forms.TypedChoiceField:
    """Return a choice among schemes already read; one alone is chosen."""
    known = {str(each.pk): each for each in schemes}
    return forms.TypedChoiceField(
        label=_("Scheme"),
        choices=[(key, each.name) for key, each in known.items()],
        coerce=known.__getitem__,
        initial=next(iter(known), None),
    )
