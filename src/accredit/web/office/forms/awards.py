"""Forms about an award: why its standing changes, and another name on it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accredit.web.ui.forms import Form, WordArea


class ChangeForm(Form):
    """The reason, which the holder reads."""

    because = forms.CharField(
        label=_("Why"),
        help_text=_("The holder reads it in the letter that tells them."),
        max_length=2000,
        widget=WordArea(rows=3),
        error_messages={"required": _("Write the reason: the holder is told it.")},
    )


class NameForm(Form):
    """The name as it should stand on the certificate, and the reason."""

    name = forms.CharField(
        label=_("Name on the certificate"),
        max_length=200,
        error_messages={"required": _("Write the name as it should stand on the certificate.")},
    )
    because = forms.CharField(
        label=_("Why"),
        help_text=_("Only the office reads it, in the trail."),
        max_length=2000,
        widget=WordArea(rows=2),
        error_messages={"required": _("Write the reason, such as a change of name by marriage.")},
    )
