"""The form for the limits of a scheme."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accredit.frameworks.models import Scheme
from accredit.rulebook.faults import Code
from accredit.web.ui.forms import Form

MEBIBYTE = 1024 * 1024
# A terabyte: beyond it, somebody has mistyped.
MOST = 1024 * 1024
FIELDS = {Code.LIMIT_TOO_SMALL: "file_limit", Code.LIMITS_OUT_OF_ORDER: "portfolio_limit"}


class LimitsForm(Form):
    """How large a file and a portfolio may be, in megabytes."""

    file_limit = forms.IntegerField(label=_("A file, in MB"), min_value=1, max_value=MOST)
    portfolio_limit = forms.IntegerField(
        label=_("All files of a portfolio, in MB"),
        min_value=1,
        max_value=MOST,
        help_text=_("Files stored already stay, even when they are larger than a new limit."),
    )

    def __init__(self, scheme: Scheme, data: Any = None) -> None:
        initial = {name: getattr(scheme, name) // MEBIBYTE for name in ("file_limit", "portfolio_limit")}
        super().__init__(data, initial=initial)

    def values(self) -> dict[str, int]:
        """Return what the action takes: bytes."""
        return {name: value * MEBIBYTE for name, value in self.cleaned_data.items()}
