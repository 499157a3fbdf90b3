"""Forms of institutions, and of whom a candidate has named."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accredit.people.models import Institution, Profile
from accredit.web.ui.forms import Form


def _listed(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class InstitutionForm(Form):
    """What is known of an institution."""

    name = forms.CharField(label=_("Name"), max_length=200)
    aliases = forms.CharField(
        label=_("Other names"),
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One on a line. Whoever writes one of them belongs here."),
    )
    domains = forms.CharField(
        label=_("E-mail domains"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("One on a line, like example.ac.uk. Who has such an address counts as belonging here."),
    )
    parent = forms.CharField(label=_("Part of"), required=False, max_length=200)

    def clean_aliases(self) -> list[str]:
        """Return them one by one."""
        return _listed(self.cleaned_data["aliases"])

    def clean_domains(self) -> list[str]:
        """Return them one by one."""
        return _listed(self.cleaned_data["domains"])


class MergeForm(Form):
    """Another institution that this one is."""

    into = forms.CharField(
        label=_("It is the same as"),
        max_length=200,
        help_text=_(
            "The name of the one that stays. Everybody moves there; this becomes another name of it."
        ),
    )

    def clean_into(self) -> Institution:
        """Find the institution of that name."""
        found = Institution.objects.filter(name__iexact=self.cleaned_data["into"].strip()).first()
        if found is None:
            raise forms.ValidationError(_("No institution has this name."))
        return found


class WhoIsMeantForm(Form):
    """Who somebody is whom a candidate has named."""

    about = forms.EmailField(label=_("E-mail address of the person meant"), required=False)
    nobody = forms.BooleanField(label=_("Nobody here is meant"), required=False)

    def clean_about(self) -> Profile | None:
        """Find the person of that address."""
        address = self.cleaned_data["about"]
        found = Profile.objects.filter(email__iexact=address).first() if address else None
        if address and found is None:
            raise forms.ValidationError(_("Nobody here has this address. Look the person up under People."))
        return found

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two, so that nobody settles it by a stray click."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and bool(cleaned.get("about")) == bool(cleaned.get("nobody")):
            self.add_error("about", _("Name the person, or say that nobody here is meant."))
        return cleaned
