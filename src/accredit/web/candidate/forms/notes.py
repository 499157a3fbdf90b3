"""The form of a note to self."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accredit.web.ui.forms import Form


class NoteForm(Form):
    """What a note says."""

    text = forms.CharField(
        label=_("Note"),
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Only you ever see it. It is in no submission and in no copy you take with you."),
        error_messages={"required": _("The note is empty. Write something into it, or remove it.")},
    )
