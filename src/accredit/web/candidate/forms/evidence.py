"""Adding and describing a piece of evidence."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accredit.portfolios.models import Evidence, Visibility
from accredit.rulebook.faults import Code
from accredit.web.ui.forms import Form, RichTextField

KINDS = {
    Evidence.Kind.FILE: _("A file"),
    Evidence.Kind.LINK: _("A link"),
    Evidence.Kind.TEXT: _("A text"),
}
ACCEPTED = (
    ".png,.jpg,.jpeg,.gif,.webp,.pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp,.eml,.txt,.md,.csv,.mp3,.m4a,.wav,.ogg,"
    ".mp4,.webm,.mov,.vtt"
)
MISSING = {
    "upload": _("Choose a file."),
    "address": _("Write the address of the page."),
    "text": _("Write the text."),
}
FIELDS = {
    Code.TITLE_MISSING: "title",
    Code.ADDRESS_NOT_WEB: "address",
    Code.FILE_EMPTY: "upload",
    Code.FILE_TOO_LARGE: "upload",
    Code.FILE_KIND_NOT_OPEN: "upload",
    Code.FILE_NOT_WHAT_IT_SAYS: "upload",
    Code.FILE_DAMAGED: "upload",
    Code.FILE_UNPACKS_TOO_LARGE: "upload",
    Code.FILE_HOLDS_MACROS: "upload",
    Code.FILE_NOT_UTF8: "upload",
    Code.PORTFOLIO_FULL: "upload",
}


class EvidenceForm(Form):
    """One piece: of which kind is said by the address of the page, so that each form is short."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    upload = forms.FileField(
        label=_("File"), required=False, widget=forms.FileInput(attrs={"accept": ACCEPTED})
    )
    address = forms.CharField(
        label=_("Address"),
        max_length=1000,
        required=False,
        help_text=_("Assessors open it as anybody would: check that it needs no sign-in of yours."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )
    text = RichTextField(label=_("Text"), required=False)
    title = forms.CharField(
        label=_("Title"), max_length=200, error_messages={"required": _("Write a short title.")}
    )
    shows = forms.CharField(
        label=_("What it shows"),
        required=False,
        help_text=_("One or two sentences: what a reader should see in it, and your part in it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    alt = forms.CharField(
        label=_("Description of the image"),
        max_length=500,
        required=False,
        help_text=_("For readers who cannot see it: what is in the picture, in a sentence."),
    )
    is_private = forms.BooleanField(
        label=_("For assessors only"),
        required=False,
        help_text=_(
            "Assessors and the office see it, nobody else ever. Choose this for anything with other people "
            "in it."
        ),
    )

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        kind: str,
        sizes: str = "",
        piece: Evidence | None = None,
    ) -> None:
        super().__init__(data, files, initial=_initial(piece) if piece else None)
        self.kind = kind
        for name, of in (("upload", "file"), ("address", "link"), ("text", "text")):
            if of != kind:
                del self.fields[name]
        is_picture = piece is None or piece.blob is None or piece.blob.media_type.startswith("image/")
        if kind != "file" or not is_picture:
            del self.fields["alt"]
        self._require()
        if kind == "file":
            self.fields["upload"].help_text = sizes
            self.fields["upload"].required = piece is None
            self.fields["upload"].label = _("File") if piece is None else _("Replace the file with")

    def _require(self) -> None:
        for name, missing in MISSING.items():
            if name in self.fields:
                self.fields[name].required = True
                self.fields[name].error_messages["required"] = missing

    def placed(self, fields: Mapping[Code, str]) -> dict[Code, str]:
        """Return which of the fields that refusals belong to this form has."""
        return {code: name for code, name in fields.items() if name in self.fields}

    def given(self) -> dict[str, Any]:
        """Return what the action takes."""
        values = {
            name: self.cleaned_data[name]
            for name in ("title", "shows", "alt", "address", "text", "upload")
            if name in self.fields
        }
        private = self.cleaned_data["is_private"]
        return values | {"visibility": Visibility.ASSESSORS if private else Visibility.ALL}


def _initial(piece: Evidence) -> dict[str, Any]:
    names = ("version", "title", "shows", "alt", "address", "text")
    return {name: getattr(piece, name) for name in names} | {
        "is_private": piece.visibility == Visibility.ASSESSORS
    }
