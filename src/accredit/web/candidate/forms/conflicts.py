"""Naming somebody who should not assess one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accredit.assessments.actions.naming import LONGEST_REASON
from accredit.web.ui.forms import Form, WordArea


class NamedConflictForm(Form):
    """Who, and why."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("If you know it: then nobody is mistaken for them."),
    )
    reason = forms.CharField(
        label=_("What connects you"),
        max_length=LONGEST_REASON,
        widget=WordArea(rows=4),
        help_text=_("Only the office reads it."),
    )
