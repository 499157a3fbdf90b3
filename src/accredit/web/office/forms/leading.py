"""The form that says of assessors whether they lead."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accredit.web.ui.forms import Form, WordArea

MOST = 500
# Longer numbers are no keys, and more than a database holds.
KEY = re.compile(r"[0-9]{1,18}")


class LeadForm(Form):
    """What is said of those that are ticked; the ticks stand in the tables."""

    say = forms.ChoiceField(
        label=_("Those that are ticked"),
        choices=[("yes", _("may lead")), ("no", _("do not lead, or not yet"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why not"), max_length=2000, required=False, widget=WordArea(rows=2),
        help_text=_("Only the office reads it. You are asked again after their next assessment."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Read the ticks."""
        data = self.cleaned_data
        ticked = self.data.getlist("person")[:MOST] if hasattr(self.data, "getlist") else []
        data["people"] = sorted({int(each) for each in ticked if KEY.fullmatch(each)})
        if not data["people"]:
            raise forms.ValidationError(_("Tick at least one person."))
        if data.get("say") == "no" and not data.get("reason", "").strip():
            self.add_error("reason", _("Say why: whoever looks at this next will want to know."))
        return data

    def answer(self) -> dict[str, Any]:
        """Return what the action takes."""
        leads = self.cleaned_data["say"] == "yes"
        return {"leads": leads, "reason": "" if leads else self.cleaned_data["reason"]}
