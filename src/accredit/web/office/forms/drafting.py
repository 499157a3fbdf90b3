"""Forms of the allocation console."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accredit.assessments.actions.running import LONGEST, SHORTEST
from accredit.frameworks.models import Scheme
from accredit.rulebook.fit import DEFAULTS, MOST_WEIGHT, Kind
from accredit.web.office.reads.drafting import Demand
from accredit.web.ui.forms import DayField, Form, WordArea

LIMIT = 60
MOST_TABLE = 500_000


class LimitForm(Form):
    """How long working the panels out may take."""

    limit = forms.IntegerField(
        label=_("Allow at most, in seconds"),
        min_value=SHORTEST,
        max_value=LONGEST,
        initial=LIMIT,
        help_text=_("Usually it ends long before. At the end of the time you get the best found until then."),
    )


class StartForm(LimitForm):
    """For whom panels are to be drafted, and by when they are to assess."""

    pathways = forms.MultipleChoiceField(
        label=_("Portfolios"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Those that wait for a panel."),
    )
    due_on = DayField(label=_("Assessments due on"))

    field_order = ("pathways", "due_on", "limit")

    def __init__(self, demand: Demand, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        field = self.fields["pathways"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - as it is declared above
        field.choices = [
            (code, _("%(pathway)s: %(number)s") % {"pathway": title, "number": number})
            for code, title, number in demand.pathways
        ]
        field.initial = [code for code, _title, _number in demand.pathways]


LABELS = {
    Kind.AREAS: _("Specialist and advanced areas, the assessor’s strongest first"),
    Kind.LANGUAGE: _("They read the language it is written in"),
    Kind.SECTOR: _("The same sector"),
    Kind.EXPERIENCE: _("Assessments made at the pathway (full from three on)"),
    Kind.SUGGESTED: _("The candidate suggested them"),
    Kind.NEWCOMER: _("A renewal, and an assessor who may not lead yet"),
}


class PublishForm(Form):
    """By when the new panels are to assess."""

    due_on = DayField(
        label=_("Assessments due on"),
        help_text=_("A panel that has members already keeps its day while that lies ahead."),
    )


class WeightsForm(Form):
    """How much each thing weighs that makes an assessor suit a portfolio, and in what it may be written."""

    languages = forms.CharField(
        label=_("Languages portfolios are written in"),
        required=False,
        max_length=2000,
        widget=WordArea(rows=3),
        help_text=_(
            "One on each line. With two or more, candidates say which theirs is in and assessors which they "
            "read; with fewer nobody is asked."
        ),
    )

    def __init__(self, scheme: Scheme, data: Any = None) -> None:
        super().__init__(data, initial={"languages": "\n".join(scheme.languages)})
        for kind, usual in DEFAULTS.items():
            self.fields[kind.value] = forms.IntegerField(
                label=LABELS[kind],
                min_value=0,
                max_value=MOST_WEIGHT,
                initial=scheme.fit_weights.get(kind.value, usual),
            )

        self.order_fields([*DEFAULTS, "languages"])

    def weights(self) -> dict[Kind, int]:
        """Return what the action takes."""
        return {kind: self.cleaned_data[kind.value] for kind in DEFAULTS}


class TableForm(Form):
    """A table of seats, as it was downloaded and changed; `text` holds one that was looked at before."""

    file = forms.FileField(
        label=_("The table (CSV)"),
        help_text=_("As you downloaded it, with other assessors in it. Only panels it names change."),
    )
    text = forms.CharField(required=False, max_length=MOST_TABLE, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.fields["file"].required = not (data and data.get("text"))

    def clean(self) -> dict[str, Any]:
        """Take the file where there is one, else what was looked at before."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("file") is not None:
            given["text"] = self._read(given["file"])
        return given

    def _read(self, upload: Any) -> str:
        if upload.size > MOST_TABLE:
            self.add_error("file", _("This file is larger than any such table. Choose another."))
            return ""
        try:
            return str(upload.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            self.add_error("file", _("This is no text in UTF-8. Save the table as “CSV UTF-8”."))
            return ""
