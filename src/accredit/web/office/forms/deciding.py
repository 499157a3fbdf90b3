"""Forms of outcomes: the office's reading of a review, the words for the candidate."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accredit.frameworks.actions import MOST_HOURS
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


class CommentForm(Form):
    """What the candidate reads of one comment."""

    text = RichTextField(
        label=_("What the candidate will read"),
        required=False,
        words=100,
        max_length=50_000,
        help_text=_(
            "The assessment itself stays as it was written. Left empty, a comment on a section is left out."
        ),
    )


class HoursForm(Form):
    """For how long a release may be recalled, and what an assessment is taken to need."""

    recall = forms.IntegerField(
        label=_("Hours between a release and telling the candidate"),
        min_value=0,
        max_value=MOST_HOURS,
        help_text=_("0: the candidate is told at once, and nothing can be recalled."),
    )
    assessing = forms.IntegerField(
        label=_("Hours an assessment is taken to need"),
        min_value=0,
        max_value=MOST_HOURS,
        help_text=_("For the assessors’ certificates of service. 0: no hours are stated."),
    )
