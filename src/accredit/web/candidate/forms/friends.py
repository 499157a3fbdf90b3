"""Forms about critical friends and the cohort."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accredit.portfolios.actions.mentoring import MOST_WORDS
from accredit.registrations.models import CohortPlace
from accredit.web.ui.forms import DayField, Form

Choices = Sequence[tuple[int, str]]
SHOWS = (
    (CohortPlace.Shows.NOTHING, _("Nothing: the coordinator does not see that I am here")),
    (CohortPlace.Shows.STAGE, _("My name, my pathway and the stage, up to the result")),
    (
        CohortPlace.Shows.PROGRESS,
        _("The same, and how many sections are ready, when I last wrote and when I submitted"),
    ),
)


class OpenForm(Form):
    """Which sections are open to a critical friend, and how long."""

    entries = forms.TypedMultipleChoiceField(
        label=_("Sections they may read"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    until_on = DayField(
        label=_("Until"), help_text=_("The last day on which they can read and comment. You can change it.")
    )

    def __init__(self, *given: Any, sections: Choices, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["entries"].choices = sections  # type: ignore[attr-defined]


class InviteForm(OpenForm):
    """Whom to ask, and what to say."""

    name = forms.CharField(
        label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    message = forms.CharField(
        label=_("Your message to them"),
        required=False,
        max_length=MOST_WORDS,
        help_text=_("What you would like to hear about. Only they read it."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    field_order = ("name", "email", "entries", "until_on", "message")


class JoinForm(Form):
    """The code of a cohort, and what its coordinator sees."""

    code = forms.CharField(
        label=_("The code of the cohort"),
        max_length=40,
        help_text=_("Your coordinator has it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    shows = forms.ChoiceField(
        label=_("What the coordinator sees of me"), choices=SHOWS, widget=forms.RadioSelect
    )


class ShowsForm(Form):
    """What the coordinator sees from now on."""

    shows = forms.ChoiceField(
        label=_("What the coordinator sees of me"), choices=SHOWS, widget=forms.RadioSelect
    )
