"""The questionnaire "which pathway?", made from the questions of the edition."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from accredit.rulebook.framework import Question
from accredit.web.ui.forms import Form


class WhichForm(Form):
    """One choice per question; it is sent by GET, so that nothing is stored."""

    def __init__(self, data: QueryDict | None, *, questions: Sequence[Question]) -> None:
        super().__init__(data)
        for question in questions:
            self.fields[question.code] = forms.ChoiceField(
                label=question.text,
                help_text=question.hint,
                choices=[(answer.code, answer.text) for answer in question.answers],
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Choose an answer to “%(question)s”") % {"question": question.text},
                    "invalid_choice": _("Choose one of the answers to “%(question)s”")
                    % {"question": question.text},
                },
            )
