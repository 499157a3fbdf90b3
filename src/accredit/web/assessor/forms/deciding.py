"""Forms of the agreement, the moderation and the ratification."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accredit.assessments.actions.messaging import LONGEST as LONGEST_MESSAGE
from accredit.rulebook.decision import Row
from accredit.rulebook.framework import Outcome
from accredit.web.assessor.forms.desk import LONGEST, outcome_choices, slot_choices
from accredit.web.ui.forms import Form, RichTextField, WordArea, YesNoField

MOST_REASONS = 10_000
MOST_MESSAGE = LONGEST_MESSAGE


class OutcomeForm(Form):
    """An outcome with the words the candidate will read: what is proposed to the others."""

    outcome = forms.ChoiceField(label=gettext_lazy("Outcome"), widget=forms.RadioSelect)
    feedback = RichTextField(
        label=gettext_lazy("Feedback for the candidate"), words=200, max_length=LONGEST, rows=8,
        help_text=gettext_lazy("The candidate reads it first, before the ratings and comments."),
    )  # fmt: skip
    revise = forms.MultipleChoiceField(
        label=gettext_lazy("Sections to revise"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Only where the outcome asks for revisions. The others stay closed."),
    )  # fmt: skip

    def __init__(self, outcomes: Sequence[Outcome], rows: Sequence[Row], *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["outcome"].choices = outcome_choices(outcomes)  # type: ignore[attr-defined]
        self.fields["revise"].choices = slot_choices(rows)  # type: ignore[attr-defined]


class ModerationForm(OutcomeForm):
    """What a moderator decides, with the reasons."""

    reasons = forms.CharField(
        label=gettext_lazy("Reasons, for the record"), max_length=MOST_REASONS, widget=WordArea(rows=5),
        help_text=gettext_lazy("The office and the committee read them; the candidate does not."),
    )  # fmt: skip


class ReplyForm(Form):
    """The answer to a proposal."""

    agrees = YesNoField(
        label=gettext_lazy("Do you agree?"),
        yes=gettext_lazy("Yes, this is the outcome, with these words"),
        no=gettext_lazy("No, I disagree"),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why you disagree"), required=False, max_length=MOST_REASONS,
        widget=WordArea(rows=4),
        help_text=gettext_lazy("Needed if you disagree. The panel reads it, and whoever is called next."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of a disagreement."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("agrees") is False and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Say why you disagree, so that the others can answer you."))
        return cleaned


class RatificationForm(Form):
    """Confirm an outcome, or send it back."""

    ratifies = YesNoField(
        label=gettext_lazy("Your decision"),
        yes=gettext_lazy("Ratify this outcome"),
        no=gettext_lazy("Send it back to the moderator"),
    )
    reasons = forms.CharField(
        label=gettext_lazy("Reasons"), required=False, max_length=MOST_REASONS, widget=WordArea(rows=4),
        help_text=gettext_lazy("Needed if you send it back: what should the moderator look at again?"),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for the reasons of sending it back."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("ratifies") is False and not cleaned.get("reasons", "").strip():
            self.add_error("reasons", _("Say what the moderator should look at again."))
        return cleaned


class MessageForm(Form):
    """A few words to the others on the panel."""

    message = forms.CharField(
        label=gettext_lazy("Write to the others"),
        max_length=MOST_MESSAGE,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("For the panel, and a moderator if one is called; never for the candidate."),
    )
