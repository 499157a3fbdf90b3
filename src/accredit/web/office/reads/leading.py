"""Who leads panels, and who is ready to."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accredit.assessments.queries import Leading, leading, least_before_lead
from accredit.frameworks.queries import editions
from accredit.rulebook.panel import is_lead_to_offer
from accredit.web.ui.formats import day


@dataclass(frozen=True, slots=True)
class Line:
    """An assessor of whom something may be said."""

    person: int
    name: str
    done: str
    state: str
    tone: str


@dataclass(frozen=True, slots=True)
class Groups:
    """Those to be asked about, those who lead, and those of whom the office has said no."""

    needed: int
    ready: list[Line]
    leads: list[Line]
    refused: list[Line]


def groups(on: date) -> Groups:
    """Return all of whom something may be said; two queries."""
    needed, everybody = least_before_lead(editions(), on), leading()
    found = Groups(needed, [], [], [])
    for each in everybody:
        if each.leads_since is not None:
            found.leads.append(_line(each, _("Since %(day)s") % {"day": day(each.leads_since)}, "good"))
        elif _is_ready(each, needed):
            found.ready.append(_line(each, _("Ready"), "info"))
        elif each.not_leading_at is not None:
            found.refused.append(_line(each, each.reason, ""))
    return found


def _is_ready(each: Leading, needed: int) -> bool:
    return is_lead_to_offer(needed, each.completed, confirmed=False, refused_at=each.not_leading_at)


def _line(each: Leading, state: str, tone: str) -> Line:
    done = ngettext("%(n)s assessment", "%(n)s assessments", each.completed) % {"n": each.completed}
    if each.before:
        done = _("%(done)s, of them %(n)s before this record") % {"done": done, "n": each.before}
    return Line(each.person.pk, each.person.name, done, state, tone)
