"""Forms of outcomes: the office's reading of a review, the words for the candidate."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accredit.rulebook.framework import Outcome
from accredit.web.ui.forms import Form, RichTextField, WordArea


class ReviewForm(Form):
    """What the office decides on a review of minor revisions."""

    outcome = forms.ChoiceField(label=_("Outcome"), widget=forms.RadioSelect)
    feedback = RichTextField(label=_("Words for the candidate"), words=150, max_length=50_000)
    revise = forms.MultipleChoiceField(
        label=_("Sections to revise again"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only where the outcome asks for revisions."),
    )
    reasons = forms.CharField(
        label=_("Reasons, for the record"),
        required=False,
        max_length=5000,
        widget=WordArea(rows=4),
        help_text=_("The candidate does not read these."),
    )

    def __init__(
        self, outcomes: Sequence[Outcome], slots: Sequence[tuple[str, str]], *given: Any, **more: Any
    ) -> None:
        super().__init__(*given, **more)
        self.fields["outcome"].choices = [(each.code, each.title) for each in outcomes]  # type: ignore[attr-defined]
        self.fields["revise"].choices = list(slots)  # type: ignore[attr-defined]


class WordsForm(Form):
    """The words the candidate reads with the result."""

    feedback = RichTextField(label=_("Words for the candidate"), words=150, max_length=50_000)
