"""The profile: who a person is and where they belong."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accredit.people.actions import Details, Stay
from accredit.web.account.reads import Choices, ProfileChoices
from accredit.web.ui.forms import DayField, Form

MOST_STAYS = 20


class ProfileForm(Form):
    """What a person says of themselves."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        help_text=gettext_lazy("As it should stand on your certificate."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Give your name as it should stand on your certificate.")},
    )
    job_role = forms.CharField(
        label=gettext_lazy("Your job role"),
        help_text=gettext_lazy("In your own words, such as learning designer or head of digital education."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title", "list": "job-roles"}),
        error_messages={"required": gettext_lazy("Say what your job role is.")},
    )
    sector = forms.CharField(label=gettext_lazy("Your sector"), max_length=60, required=False)
    country = forms.ChoiceField(
        label=gettext_lazy("The country you work in"),
        error_messages={"required": gettext_lazy("Choose the country you work in.")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Which of these are you?"),
        help_text=gettext_lazy("It decides which registration fee applies to you."),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what applies to you; it decides the fee.")},
    )

    def __init__(self, *args: Any, choices: ProfileChoices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"] = self._choice("country", choices.countries)
        if choices.sectors:
            self.fields["sector"] = self._choice("sector", choices.sectors)
        if choices.kinds:
            self.fields["kind"].choices = choices.kinds  # type: ignore[attr-defined]
        else:
            del self.fields["kind"]

    def _choice(self, name: str, choices: Choices) -> forms.ChoiceField:
        field = self.fields[name]
        missing = _("Choose one of the list: %(label)s") % {"label": field.label}
        return forms.ChoiceField(
            label=field.label,
            choices=[("", _("Choose…")), *choices],
            error_messages={"required": missing, "invalid_choice": missing},
        )

    def details(self) -> Details:
        """Return what was typed, for the action."""
        return Details(**{name: self.cleaned_data[name] for name in self.fields})


class StayForm(Form):
    """Time at one institution; a row left empty says nothing."""

    institution = forms.CharField(
        label=gettext_lazy("Name of the institution or employer"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization", "list": "institutions"}),
    )
    since = DayField(label=gettext_lazy("From"), required=False)
    until = DayField(
        label=gettext_lazy("Until"),
        help_text=gettext_lazy("Leave empty if you are still there."),
        required=False,
    )
    remove = forms.BooleanField(label=gettext_lazy("Remove this one"), required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for the name where dates are given, and for dates in order."""
        given = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if given.get("remove"):
            self.errors.clear()
        elif (since or until) and not given.get("institution") and "institution" not in self.errors:
            self.add_error("institution", _("Name the institution these dates belong to."))
        elif since and until and until < since:
            self.add_error("until", _("This is before you began there. Give a later day, or leave it empty."))
        return given

    def stay(self) -> Stay | None:
        """Return the row for the action; None when it is empty or to be removed."""
        given = self.cleaned_data
        if given.get("remove") or not given.get("institution"):
            return None
        return Stay(institution=given["institution"], since=given.get("since"), until=given.get("until"))


class BaseStays(forms.BaseFormSet):  # type: ignore[type-arg]  # not generic when the program runs
    """The rows of institutions."""

    forms: list[StayForm]

    def stays(self) -> tuple[Stay, ...]:
        """Return the rows that say something; twice the same is once."""
        found = [stay for form in self.forms if (stay := form.stay())]
        return tuple(dict.fromkeys(found))


Stays = forms.formset_factory(
    StayForm, formset=BaseStays, extra=0, max_num=MOST_STAYS, absolute_max=MOST_STAYS + 5, validate_max=True
)


def stays_form(data: QueryDict | None = None, *, rows: Sequence[Mapping[str, object]] = ()) -> BaseStays:
    """Return the rows of institutions, as typed or to begin with."""
    initial = [dict(row) for row in rows] if data is None else None
    return cast(BaseStays, Stays(data, initial=initial, prefix="stay"))


def typed_rows(data: QueryDict, *, more: int = 0) -> list[dict[str, str]]:
    """Return the rows as they were typed, unchecked, with empty ones added: for “add another”."""
    count = str(data.get("stay-TOTAL_FORMS", "0"))
    total = min(int(count) if count.isdecimal() and len(count) < 4 else 0, MOST_STAYS)
    names = ("institution", "since", "until")
    rows = [{name: data.get(f"stay-{row}-{name}", "") for name in names} for row in range(total)]
    return (rows + [{} for _ in range(more)])[:MOST_STAYS]
