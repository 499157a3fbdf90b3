"""Words of the candidate pages that depend on where a registration stands."""

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accredit.registrations.models import Registration
from accredit.rulebook.workflow import Stage
from accredit.web.ui.formats import day

ACTIONS: Mapping[Stage, str | Promise] = {
    Stage.DRAFTING: gettext_lazy("Go on writing"),
    Stage.RETURNED: gettext_lazy("See what to correct"),
    Stage.REVISING: gettext_lazy("Go on with your revisions"),
    Stage.ACCREDITED: gettext_lazy("See your result"),
    Stage.FAILED: gettext_lazy("See your result"),
}
WAITING: Mapping[Stage, str | Promise] = {
    Stage.SUBMITTED: gettext_lazy(
        "We have your portfolio. The office checks it next; until then you can take it back."
    ),
    Stage.CHECKING: gettext_lazy("The office is checking that everything is there and opens."),
    Stage.ACCREDITED: gettext_lazy("You are accredited. Your result and your award are ready."),
    Stage.FAILED: gettext_lazy("This attempt has ended without accreditation. Your result says why."),
    Stage.APPEALING: gettext_lazy("Your appeal is being looked at. You will hear from us by e-mail."),
    Stage.WITHDRAWN: gettext_lazy("You withdrew this registration. You can register again at any time."),
    Stage.EXPIRED: gettext_lazy("The time for this registration has run out. You can register again."),
}
ASSESSED = gettext_lazy(
    "Your portfolio is with its assessors. You will hear from us by e-mail when the result is ready."
)


def what_next(registration: Registration, on: date) -> str:
    """Say what the candidate does next, or waits for."""
    stage = Stage(registration.stage)
    if stage is Stage.DRAFTING:
        return _("Write your portfolio and submit it by %(day)s: %(left)s.") % {
            "day": day(registration.expires_on),
            "left": days_left(registration.expires_on, on),
        }
    if stage is Stage.RETURNED:
        return _("The office has returned your portfolio with reasons. Correct it and submit it again.")
    if stage is Stage.REVISING and registration.revise_until:
        return _("Revise the sections named in your result and submit them by %(day)s: %(left)s.") % {
            "day": day(registration.revise_until),
            "left": days_left(registration.revise_until, on),
        }
    return str(WAITING.get(stage, ASSESSED))


def days_left(until: date, on: date) -> str:
    """Say how many days are left."""
    left = (until - on).days
    if left < 0:
        return _("this day has passed")
    if left == 0:
        return _("today is the last day")
    return ngettext("%(left)d day left", "%(left)d days left", left) % {"left": left}
