"""The form that founds a cohort."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accredit.frameworks.models import Scheme
from accredit.people.models import Institution, Profile
from accredit.web.office.forms.books import scheme_field
from accredit.web.ui.forms import Form


class CohortForm(Form):
    """A cohort, its institution and its coordinator."""

    scheme: Any = forms.ChoiceField(label=_("Scheme"))
    name = forms.CharField(label=_("Name"), max_length=200)
    coordinator = forms.EmailField(
        label=_("E-mail address of the coordinator"),
        help_text=_("They need an account here, or a record under People."),
    )
    institution = forms.CharField(
        label=_("Institution"),
        max_length=200,
        required=False,
        help_text=_("As it is called in the profiles of its people."),
    )

    def __init__(self, schemes: list[Scheme], *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["scheme"] = scheme_field(schemes)

    def clean_coordinator(self) -> Profile:
        """Find the person of that address."""
        found = Profile.objects.filter(email__iexact=self.cleaned_data["coordinator"]).first()
        if found is None:
            raise forms.ValidationError(_("Nobody here has this address. Record the person first."))
        return found

    def clean_institution(self) -> Institution | None:
        """Find the institution of that name."""
        name = " ".join(self.cleaned_data["institution"].split())
        found = Institution.objects.filter(name__iexact=name).first() if name else None
        if name and found is None:
            raise forms.ValidationError(_("No institution is called this. Check how it is written."))
        return found
