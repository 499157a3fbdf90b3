"""Forms that move, set aside and carry over parts of a portfolio."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accredit.rulebook.faults import Code, fault
from accredit.rulebook.framework import Pathway
from accredit.web.ui.forms import DayField, Form
from accredit.wording import sentence

COPY = "copy"
Choices = Iterable[tuple[str, str]]
# An open choice: what has moved meanwhile is refused in words by the action, not called unknown here.
CHOSEN = forms.RadioSelect


def _offer(form: Form, name: str, choices: Choices) -> None:
    widget = form.fields[name].widget
    assert isinstance(widget, forms.RadioSelect)  # noqa: S101 - tells the type checker which widget it is
    widget.choices = list(choices)


class MoveForm(Form):
    """Which example goes where?"""

    version = forms.IntegerField(widget=forms.HiddenInput)
    example = forms.IntegerField(
        label=gettext_lazy("Which example?"),
        widget=CHOSEN,
        error_messages={"required": gettext_lazy("Choose the example.")},
    )
    to = forms.CharField(
        label=gettext_lazy("Where to?"),
        max_length=40,
        widget=CHOSEN,
        error_messages={"required": gettext_lazy("Choose where it goes.")},
    )

    def __init__(self, data: Any, *, initial: dict[str, Any], examples: Choices, targets: Choices) -> None:
        super().__init__(data, initial=initial)
        _offer(self, "example", examples)
        _offer(self, "to", [*targets, (COPY, _("It stays here, and a copy is put behind the others"))])


class PathwayForm(Form):
    """Which pathway instead?"""

    to = forms.ChoiceField(
        label=gettext_lazy("Which pathway do you want to change to?"),
        widget=CHOSEN,
        help_text=gettext_lazy("Nothing changes yet: next you see what it would mean."),
        error_messages={
            "required": gettext_lazy("Choose a pathway."),
            "invalid_choice": gettext_lazy("Choose a pathway."),
        },
    )

    def __init__(self, data: Any, *, pathways: Iterable[Pathway]) -> None:
        super().__init__(data)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker which field it is
        field.choices = [(each.code, f"{each.title}: {each.summary}") for each in pathways]


class CarriedForm(Form):
    """Is what began in an earlier portfolio still valid, and from when?"""

    VALID, REWRITTEN, REWRITE = "valid", "rewritten", "rewrite"

    answer = forms.ChoiceField(
        label=gettext_lazy("Does it still hold?"),
        widget=CHOSEN,
        choices=(
            (VALID, gettext_lazy("Yes: it still describes my practice")),
            (REWRITTEN, gettext_lazy("I have rewritten it since, about newer practice")),
            (REWRITE, gettext_lazy("No: I will rewrite it")),
        ),
        error_messages={
            "required": gettext_lazy("Choose an answer."),
            "invalid_choice": gettext_lazy("Choose an answer."),
        },
    )
    practised_on = DayField(
        label=gettext_lazy("The last day of the practice it shows"),
        required=False,
        help_text=gettext_lazy("Needed unless you will rewrite it. For practice that goes on, give today."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the day with the two answers that need it, and forget it with the third."""
        given = super().clean() or {}
        answer, day = given.get("answer"), given.get("practised_on")
        if answer in (self.VALID, self.REWRITTEN) and day is None and "practised_on" not in self.errors:
            self.add_error("practised_on", sentence(fault(Code.PRACTICE_DAY_MISSING)))
        if answer == self.REWRITE:
            given["practised_on"] = None
        return given
