"""Choosing a document to bring in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accredit.exchange.readers import ENDINGS
from accredit.web.ui.forms import Form


class BringForm(Form):
    """One document."""

    upload = forms.FileField(
        label=_("Your document"),
        allow_empty_file=True,
        help_text=_(
            "A Word document (.docx), Markdown, a web page (.html, or a zip file with its pictures), a "
            "Leap2A export or this program’s own JSON. From Google Docs: File, Download, Microsoft Word."
        ),
        error_messages={"required": _("Choose a document.")},
        widget=forms.FileInput(attrs={"accept": ",".join(f".{each}" for each in ENDINGS)}),
    )
