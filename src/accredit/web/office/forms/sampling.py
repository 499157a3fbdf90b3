"""Forms of second looks: the policy, drawing, what was found."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accredit.rulebook.sampling import MOST_FIRST, MOST_SHARE, Policy
from accredit.web.ui.forms import DayField, Form, WordArea


class PolicyForm(Form):
    """Which decisions get a second look."""

    share = forms.IntegerField(
        label=_("Of each assessor’s decisions, per cent"), min_value=0, max_value=MOST_SHARE,
        help_text=_("Rounded up: of anybody who assessed, at least one, unless it is 0."),
    )  # fmt: skip
    first = forms.IntegerField(
        label=_("The first assessments of each assessor"), min_value=0, max_value=MOST_FIRST
    )
    fails = forms.BooleanField(label=_("All fails"), required=False)
    distinctions = forms.BooleanField(label=_("All distinctions"), required=False)

    def policy(self) -> Policy:
        """Return the policy."""
        return Policy(**self.cleaned_data)


class DrawForm(Form):
    """From the decisions of which days."""

    since = DayField(label=_("Decided from"))
    until = DayField(label=_("Until"))


class SecondLookForm(Form):
    """What a second look found."""

    found = forms.CharField(
        label=_("What it found"), max_length=10_000, widget=WordArea(rows=5),
        help_text=_("Only the office reads it."),
    )  # fmt: skip
    done = forms.CharField(
        label=_("What was done about it"), required=False, max_length=10_000, widget=WordArea(rows=3)
    )
