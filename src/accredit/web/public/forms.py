"""The questionnaire "which pathway?", and the form that checks a certificate or a badge."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accredit.rulebook.framework import Question
from accredit.web.ui.forms import Form, WordArea


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
                    "required": _now("Choose an answer to “%(question)s”") % {"question": question.text},
                    "invalid_choice": _now("Choose one of the answers to “%(question)s”")
                    % {"question": question.text},
                },
            )


class CheckForm(Form):
    """A badge, as a file or as text; or the number and name of a certificate."""

    file = forms.FileField(
        label=_("A badge, as a file"),
        help_text=_("A picture (PNG), a JSON document or a token. At most 2 MB; it is not kept."),
        required=False,
        allow_empty_file=True,
    )
    text = forms.CharField(
        label=_("Or a link or the text of a badge"),
        help_text=_("The address on a certificate, or the text you were sent."),
        required=False,
        max_length=300_000,
        widget=WordArea(rows=3),
    )
    number = forms.CharField(label=_("Or the number of a certificate"), required=False, max_length=20)
    name = forms.CharField(
        label=_("With the name on it"),
        help_text=_("As it is written there: a number alone tells you nothing about anybody."),
        required=False,
        max_length=200,
    )

    def __init__(
        self, data: QueryDict | None = None, files: "MultiValueDict[str, UploadedFile[Any]] | None" = None
    ) -> None:
        super().__init__(data, files)

    def clean(self) -> dict[str, Any]:
        """Ask for one of the three."""
        data = self.cleaned_data
        if data.get("number") and not data.get("name"):
            self.add_error("name", _("Write the name on the certificate too."))
        elif not (data.get("file") or data.get("text", "").strip() or data.get("number")):
            raise forms.ValidationError(_("Give a file, a text, or a number and a name."))
        return data
