"""The form of a plan: nothing in it has to be filled in."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accredit.portfolios.models import Plan
from accredit.portfolios.queries import PlanContent
from accredit.rulebook.faults import Code, Fault
from accredit.toolkit.refusals import Refused
from accredit.web.ui.formats import day
from accredit.web.ui.forms import DayField, Form

LETTERS = [
    (Plan.Nudge.NEVER.value, _("No letters")),
    (Plan.Nudge.WEEKLY.value, _("Every week")),
    (Plan.Nudge.FORTNIGHTLY.value, _("Every fortnight")),
    (Plan.Nudge.MONTHLY.value, _("Every month")),
]


OF_DAYS = (Code.PLAN_DAY_PAST, Code.PLAN_AFTER_LAST_DAY, Code.PLAN_STEP_AFTER_TARGET)


def dated(found: Fault) -> Fault:
    """Return what a rule says of days with the days as people write them."""
    if found.code not in OF_DAYS:
        return found
    values = tuple((name, day(date.fromisoformat(str(value)))) for name, value in found.values)
    return Fault(found.code, values)


class PlanForm(Form):
    """When you mean to be done, and the one next step."""

    marks_optional = False
    version = forms.IntegerField(widget=forms.HiddenInput)
    step_slot = forms.ChoiceField(
        label=_("What to write next"),
        required=False,
        help_text=_("The first section that is not ready yet is suggested; choose any other you like."),
    )
    step = forms.CharField(
        label=_("The next small step, in your own words"),
        max_length=200,
        required=False,
        help_text=_("Something half an hour is enough for, such as “list the tools I chose between”."),
    )
    step_on = DayField(label=_("When you will do it"), required=False)
    target_on = DayField(
        label=_("When you mean to be done"),
        required=False,
        help_text=_("A day before your last day, so that there is time to spare."),
    )
    nudge = forms.ChoiceField(
        label=_("Letters that remind you of the next step"),
        choices=LETTERS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how often, or no letters.")},
        help_text=_("They come by e-mail, stop when you submit, and each has a link to stop them."),
    )

    def __init__(
        self, data: Any = None, *, slots: Sequence[tuple[str, str]], initial: dict[str, Any]
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["step_slot"].choices = [("", _("No section in particular")), *slots]  # type: ignore[attr-defined]

    def add_refusals(self, refused: Refused) -> None:
        """Say what was refused, each at its field: of a day, at whichever of the two it is."""
        target = self.cleaned_data["target_on"]
        for each in refused.faults:
            is_target = target is not None and each.get("date") == target.isoformat()
            field = {Code.PLAN_DAY_PAST: "target_on" if is_target else "step_on"}
            self.add_refusal(Refused(dated(each)), field)

    def content(self) -> PlanContent:
        """Return what was chosen."""
        given = self.cleaned_data
        return PlanContent(**{name: given[name] for name in PlanContent.__dataclass_fields__})
