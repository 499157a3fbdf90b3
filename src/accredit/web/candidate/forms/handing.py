"""Forms of the portfolio as a whole."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accredit.frameworks.models import Scheme
from accredit.web.ui.forms import Form, RichTextField


class AsItIsForm(Form):
    """Where a portfolio stands already."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    address = forms.CharField(
        label=_("Its address"),
        max_length=1000,
        required=False,
        help_text=_("The page where a reader should begin. It has to open without your sign-in."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )
    upload = forms.FileField(
        label=_("Or one document"),
        required=False,
        help_text=_("A PDF or Word document. A document replaces an address, an address a document."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx"}),
    )
    instructions = forms.CharField(
        label=_("How to open it"),
        required=False,
        help_text=_("Passwords, where to click, what to read first. Only assessors and the office see this."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ConfirmationForm(Form):
    """I confirm that this is my own practice."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        error_messages={"required": _("Write your name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    agrees = forms.BooleanField(
        label=_(
            "To the best of my knowledge this portfolio describes my own practice, and what others "
            "contributed is acknowledged."
        ),
        error_messages={
            "required": _("Tick the box to confirm, or go back and change your portfolio first.")
        },
    )
    suggested_assessor = forms.CharField(
        label=_("An assessor you suggest"),
        max_length=200,
        required=False,
        help_text=_("Only the office sees this. It need not follow the suggestion."),
    )
    language = forms.ChoiceField(
        label=_("The language you write in"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the language, so that assessors who read it are asked.")},
    )

    field_order = ("name", "agrees", "language", "suggested_assessor")

    def __init__(self, scheme: Scheme, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        choices = [(each, each) for each in scheme.languages]
        self.fields["language"].choices = choices  # type: ignore[attr-defined]
        if not scheme.asks_language:
            del self.fields["language"]


class SummaryForm(Form):
    """What has changed since the last round."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = RichTextField(
        label=_("What you have changed"),
        required=False,
        words=300,
        rows=14,
        help_text=_("Section by section: what was asked, what you did about it. Assessors read this first."),
    )


class ReasonForm(Form):
    """Why, if you want to say."""

    because = forms.CharField(
        label=_("Why you withdraw"),
        max_length=2000,
        required=False,
        help_text=_("Only the office reads this."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
