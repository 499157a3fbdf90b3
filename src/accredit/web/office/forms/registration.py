"""Forms about one registration: payment, more time, withdrawal, reasons of a return."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accredit.web.ui.forms import DayField, Form, WordArea

MOST = 5000


def pence() -> forms.DecimalField:
    """Return a field for an amount of money."""
    return forms.DecimalField(
        label=_("Amount"),
        min_value=0,
        max_digits=9,
        decimal_places=2,
        help_text=_("In whole units and cents, like 165 or 94.50."),
    )


def reason(label: Any, hint: Any = "", *, required: bool = True) -> forms.CharField:
    """Return a field for a reason."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=MOST,
        widget=WordArea(rows=5),
        error_messages={"required": _("Write the reason, so that the person concerned can act on it.")},
    )


class PaymentForm(Form):
    """Money received."""

    amount = pence()
    paid_on = DayField(label=_("Received on"))
    reference = forms.CharField(
        label=_("Reference"),
        max_length=80,
        help_text=_("As it stands on the bank statement. The same reference is taken once."),
    )

    def values(self) -> dict[str, Any]:
        """Return what the action takes: the amount in minor units."""
        return self.cleaned_data | {"amount": int(self.cleaned_data["amount"] * 100)}


class ExtendForm(Form):
    """More time, with the reason."""

    until = DayField(label=_("New last day"))
    because = reason(_("Reason"), _("Kept in the history of the registration."))


class AmendForm(Form):
    """What a registration costs from now on."""

    amount = pence()
    because = reason(_("Reason"), _("The candidate reads these words, and they stand in the history."))

    def values(self) -> dict[str, Any]:
        """Return the amount in minor units, and the reason."""
        given = self.cleaned_data
        return {"amount": int(given["amount"] * 100), "because": given["because"]}


class WithdrawForm(Form):
    """A withdrawal at the candidate's wish."""

    because = reason(_("Why, and how the candidate told you"), _("Kept in the history. It cannot be undone."))


class ReturnForm(Form):
    """What has to be mended before the portfolio can be assessed."""

    reasons = reason(
        _("What has to be corrected"),
        _("The candidate reads these words. Say which section, link or file, and what to do."),
    )


class DueForm(Form):
    """When the assessments are due."""

    due_on = DayField(label=_("Assessments due on"))

    def __init__(self, *given: Any, due_on: date | None = None, **more: Any) -> None:
        super().__init__(*given, **more)
        if due_on:
            self.fields["due_on"].initial = due_on
