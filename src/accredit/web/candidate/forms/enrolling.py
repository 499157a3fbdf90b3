"""Choosing a pathway and a fee."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from accredit.fees.models import Fee
from accredit.rulebook.framework import Edition
from accredit.web.ui.formats import money
from accredit.web.ui.forms import Form


def price(fee: Fee) -> str:
    """Write what a fee comes to."""
    return money(f"{fee.amount / 100:.2f}", fee.currency)


class PathwayForm(Form):
    """Which pathway?"""

    pathway = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, rules: Edition) -> None:
        super().__init__(data)
        field = self.fields["pathway"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker which field it is
        field.label = _("Which pathway do you register for?")
        field.choices = [(each.code, f"{each.title}: {each.summary}") for each in rules.pathways]
        field.error_messages["required"] = _("Choose a pathway.")


class FeeForm(Form):
    """Which fee applies?"""

    fee = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, fees: Iterable[Fee]) -> None:
        super().__init__(data)
        field = self.fields["fee"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker which field it is
        field.label = _("Which fee applies to you?")
        field.choices = [(str(each.pk), f"{each.title}: {price(each)}") for each in fees]
        field.error_messages["required"] = _("Choose the fee that applies to you.")
