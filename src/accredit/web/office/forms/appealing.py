"""What the office does with an appeal."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accredit.people.models import Profile
from accredit.web.ui.forms import Form, WordArea


class ReviewerForm(Form):
    """Who decides the appeal."""

    reviewer = forms.TypedChoiceField(
        label=_("Reviewer"),
        coerce=int,
        help_text=_(
            "Moderators who had no part in the result and are not close to the candidate. They read the "
            "portfolio, the assessments and the exchange of the panel, and decide with reasons."
        ),
    )

    def __init__(self, people: Iterable[Profile], *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        choices = [("", "–"), *((each.pk, each.name) for each in people)]
        self.fields["reviewer"].choices = choices  # type: ignore[attr-defined]


class TurnAwayForm(Form):
    """Why the appeal rests on no ground."""

    reasons = forms.CharField(
        label=_("Reasons for not admitting it"),
        max_length=10_000,
        widget=WordArea(rows=5),
        help_text=_("The candidate reads them. The result then stands, and cannot be appealed again."),
    )
