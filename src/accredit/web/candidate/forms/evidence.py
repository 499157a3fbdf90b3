"""Adding and describing a piece of evidence."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from accredit.files.models import Upload
from accredit.portfolios.models import Evidence, Visibility
from accredit.portfolios.queries import PieceContent, content_of_piece
from accredit.rulebook.faults import Code
from accredit.web.ui.forms import DayField, Form, RichTextField

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
    Code.FILE_IS_HEIC: "upload",
    Code.FILE_DAMAGED: "upload",
    Code.FILE_UNPACKS_TOO_LARGE: "upload",
    Code.FILE_HOLDS_MACROS: "upload",
    Code.FILE_NOT_UTF8: "upload",
    Code.PORTFOLIO_FULL: "upload",
    Code.UPLOAD_GONE: "upload",
    Code.UPLOAD_NOT_THERE: "upload",
    Code.PERIOD_ENDS_BEFORE_START: "practised_until_on",
    Code.CAPTIONS_NOT_OPEN: "captions",
    Code.CAPTIONS_UNREADABLE: "captions",
}
PERMISSIONS = {
    "": _("Nothing said yet"),
    Evidence.Permission.NOBODY: _("Nobody else can be recognised in it"),
    Evidence.Permission.GIVEN: _("They agreed to be shown"),
    Evidence.Permission.ANONYMISED: _("They have been made unrecognisable"),
}
NAMES = (
    "title", "shows", "alt", "practised_from_on", "practised_until_on", "contribution", "others",
    "permission", "address", "text",
)  # fmt: skip
# Asked on request: a first piece should be put in with a file and a title.
MORE = (
    "captions", "without_captions", "contribution", "practised_from_on", "practised_until_on", "others",
    "permission",
)  # fmt: skip
FILES = ("upload", "captions", "without_captions")


class EvidenceForm(Form):
    """One piece: of which kind is said by the address of the page, so that each form is short."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    arrived = forms.UUIDField(widget=forms.HiddenInput, required=False)
    upload = forms.FileField(
        label=_("File"),
        required=False,
        allow_empty_file=True,  # the door refuses it, and says what to do
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    captions = forms.FileField(
        label=_("Captions"),
        required=False,
        help_text=_(
            "For sound and film: a WebVTT file (.vtt), as video editors and meeting programs export it."
        ),
        widget=forms.FileInput(attrs={"accept": ".vtt"}),
    )
    without_captions = forms.BooleanField(label=_("Take the captions away"), required=False)
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
        help_text=_("One or two sentences: what a reader should see in it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    contribution = forms.CharField(
        label=_("Your own part"),
        required=False,
        help_text=_("What in it is your work: “I wrote the guide, a colleague drew the pictures.”"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    practised_from_on = DayField(
        label=_("When you did this: first day"), required=False, help_text=_("One day is enough.")
    )
    practised_until_on = DayField(label=_("Last day"), required=False)
    alt = forms.CharField(
        label=_("Description of the image"),
        max_length=500,
        required=False,
        help_text=_("For readers who cannot see it: what is in the picture, in a sentence."),
    )
    others = forms.CharField(
        label=_("Other people in it"),
        required=False,
        help_text=_("Learners, colleagues, authors of a letter: who they are to you, not their names."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    permission = forms.ChoiceField(
        label=_("Did they agree?"),
        choices=list(PERMISSIONS.items()),
        required=False,
        widget=forms.RadioSelect,
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
        arrived: Upload | None = None,
    ) -> None:
        super().__init__(data, files, initial=_initial(piece) if piece else None)
        self.kind, self.piece = kind, piece
        for name, of in (("upload", "file"), ("address", "link"), ("text", "text")):
            if of != kind:
                del self.fields[name]
        self._leave_out(kind, piece)
        self._require()
        if kind == "file":
            here = _("%(name)s has arrived. Choose a file only to send another one instead.")
            self.fields["upload"].help_text = here % {"name": escape(arrived.name)} if arrived else sizes
            self.fields["upload"].required = piece is None and arrived is None
            self.fields["upload"].label = _("File") if piece is None else _("Replace the file with")

    def _leave_out(self, kind: str, piece: Evidence | None) -> None:
        media_type = piece.blob.media_type if piece and piece.blob else ""
        is_new_file = kind == "file" and piece is None
        if not (is_new_file or media_type.startswith("image/")):
            del self.fields["alt"]
        if not (is_new_file or media_type.startswith(("audio/", "video/"))):
            del self.fields["captions"]
        if piece is None or piece.captions is None:
            del self.fields["without_captions"]

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
        values = self.cleaned_data
        private = Visibility.ASSESSORS if values["is_private"] else Visibility.ALL
        said = {name: values[name] for name in NAMES if name in self.fields}
        files = {name: values[name] for name in FILES if name in self.fields}
        before = content_of_piece(self.piece) if self.piece else PieceContent("")
        return files | {"content": replace(before, **said, visibility=private)}

    @property
    def first_fields(self) -> list[BoundField]:
        """Return what every piece is asked."""
        return [field for field in self.visible_fields() if field.name not in MORE]

    @property
    def more_fields(self) -> list[BoundField]:
        """Return what only some pieces have to say."""
        return [field for field in self.visible_fields() if field.name in MORE]

    @property
    def says_more(self) -> bool:
        """Say whether one of those has been filled in, or wrongly."""
        return any(field.value() or field.errors for field in self.more_fields)


def _initial(piece: Evidence) -> dict[str, Any]:
    said = {name: getattr(piece, name) for name in ("version", *NAMES)}
    return said | {"is_private": piece.visibility == Visibility.ASSESSORS}
