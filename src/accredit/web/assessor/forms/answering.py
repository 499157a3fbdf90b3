"""Forms of the invitation and of the offer to assess."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accredit.assessments.models import Assessor
from accredit.frameworks.models import Scheme
from accredit.rulebook.framework import Edition
from accredit.web.ui.forms import Form, WordArea
from accredit.web.ui.offering import OfferFields

LONGEST = 5000
MOST_AREAS = 40


class LeaveForm(Form):
    """Leaving a panel one has joined."""

    needs_reason = True
    answer = forms.ChoiceField(
        label=gettext_lazy("Why can you not go on?"),
        choices=[
            ("conflict", gettext_lazy("I have a conflict of interest")),
            ("decline", gettext_lazy("Another reason")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("The reason"),
        required=False,
        max_length=LONGEST,
        widget=WordArea(rows=4),
        help_text=gettext_lazy(
            "Only the office reads it. For a conflict of interest, say what connects you."
        ),
    )

    @property
    def is_conflict(self) -> bool:
        """Say whether a conflict of interest is declared."""
        return bool(self.cleaned_data.get("answer") == "conflict")

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of a conflict, and of handing back what was accepted."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("reason", "").strip():
            return cleaned
        if self.is_conflict:
            self.add_error("reason", _("Say what connects you with the candidate."))
        elif cleaned.get("answer") == "decline" and self.needs_reason:
            self.add_error("reason", _("Say why you cannot go on, so that the office can help."))
        return cleaned


class AnswerForm(LeaveForm):
    """The answer to an invitation: no conflict and yes, a conflict, or no."""

    needs_reason = False
    answer = forms.ChoiceField(
        label=gettext_lazy("Your answer"),
        choices=[
            ("accept", gettext_lazy("I know of no conflict of interest, and I will assess this portfolio")),
            ("conflict", gettext_lazy("I have a conflict of interest, so I cannot assess it")),
            ("decline", gettext_lazy("I cannot take this on now, for another reason")),
        ],
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "A conflict of interest is anything that could sway you, or seem to: you work or worked "
            "together, mentor or manage each other, are friends or relatives, or compete."
        ),
    )

    @property
    def accepts(self) -> bool:
        """Say whether the invitation is accepted."""
        return bool(self.cleaned_data["answer"] == "accept")


class OfferForm(OfferFields):
    """An offer to assess: how many at a time, in which areas, when and what."""

    at_most = forms.IntegerField(
        label=gettext_lazy("At most how many portfolios at a time?"),
        min_value=1,
        max_value=20,
        initial=2,
        help_text=gettext_lazy(
            "A portfolio takes most assessors four to six hours. You can decline each invitation."
        ),
    )
    areas = forms.MultipleChoiceField(
        label=gettext_lazy("Your specialist areas"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("The office tries to match them with the areas of candidates."),
    )
    more = forms.CharField(
        label=gettext_lazy("Other areas"),
        required=False,
        max_length=2000,
        widget=WordArea(rows=3),
        help_text=gettext_lazy("One on each line."),
    )

    def __init__(
        self,
        edition: Edition,
        *given: Any,
        offer: Assessor | None = None,
        scheme: Scheme,
        **more: Any,
    ) -> None:
        if offer is not None:
            known = set(edition.areas)
            more["initial"] = {
                "areas": [each for each in offer.areas if each in known],
                "more": "\n".join(each for each in offer.areas if each not in known),
            }
        super().__init__(edition, *given, offer=offer, scheme=scheme, **more)
        self.fields["areas"].choices = [(each, each) for each in edition.areas]  # type: ignore[attr-defined]

    def clean_more(self) -> list[str]:
        """Return the other areas, one for each line."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["more"].splitlines()]
        found = list(dict.fromkeys(line for line in lines if line))
        if len(found) > MOST_AREAS or any(len(line) > 120 for line in found):
            raise forms.ValidationError(
                _("Name at most %(number)s areas, each in at most 120 characters.") % {"number": MOST_AREAS}
            )
        return found

    def values(self) -> dict[str, Any]:
        """Return what the offer says."""
        chosen = dict.fromkeys([*self.cleaned_data["areas"], *self.cleaned_data["more"]])
        return {"at_most": self.cleaned_data["at_most"], "areas": list(chosen)} | self.shared()


class DeclineForm(Form):
    """Declining from a letter."""

    is_conflict = forms.BooleanField(
        label=gettext_lazy("I have a conflict of interest with this candidate"), required=False
    )
    reason = forms.CharField(
        label=gettext_lazy("The reason"),
        required=False,
        max_length=LONGEST,
        widget=WordArea(rows=3),
        help_text=gettext_lazy(
            "Only the office reads it. For a conflict of interest, say what connects you."
        ),
    )

    def given(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {name: self.cleaned_data[name] for name in ("reason", "is_conflict")}

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of a conflict."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("is_conflict") and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Say what connects you with the candidate."))
        return cleaned
