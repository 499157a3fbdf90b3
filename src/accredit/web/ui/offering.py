"""What an offer to assess says of when and what, the same for the assessor and for the office."""

from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy

from accredit.assessments.models import Assessor
from accredit.frameworks.models import Scheme
from accredit.rulebook.framework import Edition
from accredit.web.ui.forms import Form

MONTHS_AHEAD = 18


class OfferFields(Form):
    """The fields both forms share; a form adds how many at a time and the areas."""

    per_year = forms.IntegerField(
        label=gettext_lazy("At most how many within a year?"),
        required=False,
        min_value=1,
        max_value=200,
        help_text=gettext_lazy("Left empty, there is no limit within a year."),
    )
    pathways = forms.MultipleChoiceField(
        label=gettext_lazy("Pathways to assess"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None ticked means every pathway that one may assess."),
    )
    months_away = forms.MultipleChoiceField(
        label=gettext_lazy("Months away"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("No portfolio is given to an assessor who would work on it in one of these."),
    )

    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages read"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Portfolios written in one of these go to who reads it, where that can be."),
    )

    def __init__(
        self, edition: Edition, *given: Any, offer: Assessor | None = None, scheme: Scheme, **more: Any
    ) -> None:
        if offer is not None:
            known = {name: getattr(offer, name) for name in ("at_most", *OfferFields.base_fields)}
            more["initial"] = known | (more.get("initial") or {})
        super().__init__(*given, **more)
        months = [(each.strftime("%Y-%m"), date_format(each, "F Y")) for each in _months(localdate())]
        choices = {
            "pathways": [(each.code, each.title) for each in edition.pathways],
            "months_away": months,
            "languages": [(each, each) for each in scheme.languages],
        }
        for name, of_field in choices.items():
            self.fields[name].choices = of_field  # type: ignore[attr-defined]
        if not scheme.asks_language:
            del self.fields["languages"]

    def shared(self) -> dict[str, Any]:
        """Return what these fields say, as the action takes it."""
        return {
            name: self.cleaned_data[name] for name in OfferFields.base_fields if name in self.cleaned_data
        }


def _months(today: date) -> list[date]:
    places = range(today.year * 12 + today.month - 1, today.year * 12 + today.month - 1 + MONTHS_AHEAD)
    return [date(place // 12, place % 12 + 1, 1) for place in places]
