"""Forms of critical friends."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accredit.portfolios.models import Entry
from accredit.portfolios.queries import WHOLE, Part
from accredit.web.ui.comments import part_title
from accredit.web.ui.forms import Form


class CommentForm(Form):
    """A comment on a passage of one entry; a script fills in part and words from what is selected."""

    # The hints say what may stay empty.
    marks_optional = False
    entry = forms.IntegerField(widget=forms.HiddenInput)
    before = forms.CharField(widget=forms.HiddenInput(attrs={"data-fills": "before"}), required=False)
    part = forms.ChoiceField(
        label=_("About"), required=False, widget=forms.Select(attrs={"data-fills": "part"})
    )
    quote = forms.CharField(
        label=_("The words it is about"),
        required=False,
        help_text=_("Copied from the text. Left empty, your comment is about the whole part."),
        widget=forms.Textarea(attrs={"rows": 2, "data-fills": "quote"}),
    )
    text = forms.CharField(label=_("Your comment"), widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, data: Any = None, *, entry: Entry, parts: Sequence[Part]) -> None:
        super().__init__(data, auto_id=f"id_{entry.pk}_%s", initial={"entry": entry.pk})
        choices = [(WHOLE, _("The section as a whole")), *((each.key, part_title(each)) for each in parts)]
        self.fields["part"].choices = choices  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {name: self.cleaned_data[name] for name in self.fields}


class ChangeForm(Form):
    """Another wording of a comment."""

    text = forms.CharField(label=_("Your comment"), widget=forms.Textarea(attrs={"rows": 6}))
