"""How seats, rounds and days are called on the assessors' pages, and what a blind edition leaves out."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accredit.assessments.models import Panel
from accredit.assessments.queries import edition_of
from accredit.rulebook.terms import RoundKind

SEATS = {
    "lead": gettext_lazy("Lead assessor"),
    "second": gettext_lazy("Second assessor"),
    "member": gettext_lazy("Member of the panel"),
    "third": gettext_lazy("Third assessor"),
}
ROUNDS = {
    RoundKind.FIRST.value: gettext_lazy("First submission"),
    RoundKind.REVIEW.value: gettext_lazy("Review of minor revisions"),
    RoundKind.REASSESSMENT.value: gettext_lazy("Re-assessment after major revisions"),
    RoundKind.RENEWAL.value: gettext_lazy("Renewal"),
}


def round_words(number: int, kind: str) -> str:
    """Name a round: “Round 2: Review of minor revisions”."""
    return _("Round %(number)s: %(kind)s") % {"number": number, "kind": ROUNDS.get(kind, kind)}


def time_left(due_on: date, today: date) -> str:
    """Say how many days are left, or how late it is."""
    days = (due_on - today).days
    if days > 0:
        return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}
    if days == 0:
        return _("Due today")
    return ngettext("%(days)s day late", "%(days)s days late", -days) % {"days": -days}


def tone_of(due_on: date, today: date) -> str:
    """Return the tone in which a due date is shown."""
    days = (due_on - today).days
    return "bad" if days < 0 else "warn" if days <= 7 else "calm"


def is_blind(panel: Panel) -> bool:
    """Say whether assessors of this panel do not learn whose portfolio it is."""
    return edition_of(panel).panel.blind_candidate


def name_of(panel: Panel) -> str:
    """Return what a portfolio is called: its candidate's name, or its reference in a blind edition."""
    return panel.registration.reference if is_blind(panel) else panel.registration.person.name


def eyebrow(panel: Panel) -> str:
    """Return the quiet line above a heading: reference, pathway, round."""
    pathway = edition_of(panel).pathway(panel.registration.pathway).title
    kind = round_words(panel.round, panel.submission.kind)
    return f"{panel.registration.reference} · {pathway} · {kind}"
