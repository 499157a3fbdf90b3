"""What a reviewer decides on an appeal."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accredit.web.assessor.forms.deciding import MOST_REASONS
from accredit.web.ui.forms import Form, WordArea, YesNoField


class AppealDecisionForm(Form):
    """Upheld or dismissed, with reasons."""

    upheld = YesNoField(
        label=_("Your decision"),
        yes=_("Uphold it: the result is set aside, and a new panel assesses what was handed in"),
        no=_("Dismiss it: the result stands"),
    )
    reasons = forms.CharField(
        label=_("Reasons"),
        max_length=MOST_REASONS,
        widget=WordArea(rows=6),
        help_text=_("The candidate and the office read them; the candidate does not learn who you are."),
    )
