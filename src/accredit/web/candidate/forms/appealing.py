"""The form of an appeal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accredit.assessments.actions.appealing import MOST_WORDS
from accredit.rulebook.framework import Appeals
from accredit.web.ui.forms import Form, WordArea


class AppealForm(Form):
    """On which grounds, and why."""

    grounds = forms.MultipleChoiceField(
        label=_("On which grounds do you appeal?"), widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(
        label=_("What happened, and what should be looked at again?"),
        max_length=MOST_WORDS,
        widget=WordArea(rows=12),
        help_text=_(
            "The office and the reviewer read it; your assessors do not. An appeal is about how the result "
            "came about: a reviewer does not assess your portfolio."
        ),
    )

    def __init__(self, rule: Appeals, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        choices = [(each.code, each.title) for each in rule.grounds]
        self.fields["grounds"].choices = choices  # type: ignore[attr-defined]
