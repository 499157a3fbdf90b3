"""A private note on a passage."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accredit.assessments.actions.keeping import LONGEST_NOTE, LONGEST_QUOTE
from accredit.web.ui.forms import Form


class PassageNoteForm(Form):
    """What is noted, and where; filled in from the words that are selected, or by hand."""

    slot = forms.ChoiceField(label=_("Section"), widget=forms.Select({"data-fills": "slot"}))
    part = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput({"data-fills": "part"}))
    before = forms.CharField(
        required=False, max_length=200, strip=False, widget=forms.HiddenInput({"data-fills": "before"})
    )
    quote = forms.CharField(
        label=_("The passage"),
        required=False,
        max_length=LONGEST_QUOTE,
        widget=forms.Textarea({"rows": 2, "data-fills": "quote"}),
    )
    text = forms.CharField(label=_("Your note"), max_length=LONGEST_NOTE, widget=forms.Textarea({"rows": 3}))

    def __init__(self, slots: Sequence[tuple[str, str]], *given: Any, **more: Any) -> None:
        super().__init__(*given, auto_id="passage-%s", **more)
        self.fields["slot"].choices = list(slots)  # type: ignore[attr-defined]
