"""Forms for what the office writes down by hand: people, awards, earlier assessments, offers, conflicts."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accredit.assessments.models import Seat
from accredit.frameworks.models import Edition
from accredit.frameworks.queries import rules_of
from accredit.people.actions import Details, Stay
from accredit.people.models import Profile
from accredit.web.office.forms.registration import reason
from accredit.web.office.reads.telling import SEATS
from accredit.web.ui.forms import DayField, Form
from accredit.web.ui.offering import OfferFields


class PersonForm(Form):
    """A person who has no sign-in here yet."""

    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("As it stands on the certificate."))
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("When they sign up with this address, they find their record."),
    )
    institution = forms.CharField(label=_("Institution today"), max_length=200, required=False)
    earlier = forms.CharField(label=_("Earlier institution"), max_length=200, required=False)
    earlier_until = DayField(label=_("There until"), required=False)
    job_role = forms.CharField(label=_("Job role"), max_length=120, required=False)
    sector = forms.CharField(label=_("Sector"), max_length=60, required=False)
    country = forms.CharField(
        label=_("Country"),
        max_length=2,
        min_length=2,
        required=False,
        help_text=_("Two letters, like GB or IE."),
    )

    def clean(self) -> dict[str, Any]:
        """An earlier institution needs its last day: without one it would count as today's."""
        data = self.cleaned_data
        if data.get("earlier") and not data.get("earlier_until"):
            self.add_error(
                "earlier_until", _("Enter the last day there, so that it does not count as today's.")
            )
        return data

    def details(self) -> Details:
        """Return what the action takes."""
        data = self.cleaned_data
        return Details(data["name"], data["sector"], data["job_role"], data["country"].upper())

    def stays(self) -> tuple[Stay, ...]:
        """Return the institutions given."""
        data = self.cleaned_data
        today = (Stay(data["institution"]),) if data["institution"] else ()
        earlier = (Stay(data["earlier"], until=data["earlier_until"]),) if data["earlier"] else ()
        return today + earlier


class AwardForm(Form):
    """An award made before this record began."""

    what = forms.ChoiceField(label=_("Pathway and edition"))
    number = forms.CharField(label=_("Number on the certificate"), max_length=20)
    issued_on = DayField(label=_("Issued on"))
    valid_until = DayField(
        label=_("Valid until"), required=False, help_text=_("Left empty, it follows from the edition.")
    )

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.editions = {
            row.code: row for row in Edition.objects.select_related("scheme").order_by("-in_force_on")
        }
        choices = [
            (f"{code}:{pathway.code}", f"{pathway.title} ({row.title})")
            for code, row in self.editions.items()
            for pathway in rules_of(row).pathways
        ]
        self.fields["what"].choices = choices  # type: ignore[attr-defined]

    def clean_issued_on(self) -> Any:
        """An award is not made in the future."""
        value = self.cleaned_data["issued_on"]
        if value > localdate():
            raise forms.ValidationError(_("This day has not come yet. Enter the day on the certificate."))
        return value

    def values(self) -> dict[str, Any]:
        """Return what the action takes."""
        code, _colon, pathway = self.cleaned_data["what"].partition(":")
        rest = {name: self.cleaned_data[name] for name in ("number", "issued_on", "valid_until")}
        return {"edition": self.editions[code], "pathway": pathway, **rest}


class PastForm(Form):
    """Assessments made before this record began."""

    seat = forms.ChoiceField(label=_("As"), choices=[(each.value, SEATS[each.value]) for each in Seat])
    number = forms.IntegerField(label=_("How many"), min_value=1, max_value=500)
    source = forms.CharField(label=_("Where you know it from"), max_length=200)


class AssessorForm(OfferFields):
    """An offer to assess, as the person told the office."""

    at_most = forms.IntegerField(label=_("At most at a time"), min_value=1, max_value=50, initial=3)
    areas = forms.CharField(
        label=_("Areas"),
        required=False,
        max_length=500,
        help_text=_("Separated by commas, like: Learning design, Accessibility."),
    )

    field_order = ("at_most", "per_year", "areas", "pathways", "months_away", "languages")

    def clean_areas(self) -> list[str]:
        """Return the areas, each once."""
        given = (" ".join(each.split()) for each in self.cleaned_data["areas"].split(","))
        return list(dict.fromkeys(each for each in given if each))


class ConflictForm(Form):
    """A conflict of interest between two people."""

    about = forms.EmailField(
        label=_("E-mail address of the other person"),
        help_text=_("They are then not appointed to each other's panels."),
    )
    reason = reason(_("Reason"))
    until_on = DayField(
        label=_("Last day on which it counts"), required=False, help_text=_("Left empty, it has no end.")
    )

    def clean_about(self) -> Profile:
        """Find the person of that address."""
        found = Profile.objects.filter(email__iexact=self.cleaned_data["about"]).first()
        if found is None:
            raise forms.ValidationError(_("Nobody here has this address. Look the person up under People."))
        return found


class DismissForm(Form):
    """Why a declared conflict does not stand."""

    reason = reason(_("Why it does not stand"), _("The declaration and this reason stay on record."))


class RoleForm(Form):
    """A role the body gives or ends."""

    role = forms.ChoiceField(choices=[(name, name) for name in ("office", "moderator", "committee")])
    do = forms.ChoiceField(choices=[("give", "give"), ("end", "end")])
