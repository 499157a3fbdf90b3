"""What an invitation shows: enough to know of a conflict of interest, nothing of the portfolio's text."""

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accredit.assessments.models import Appointment, Panel
from accredit.assessments.queries import edition_of
from accredit.people.queries import stays_of
from accredit.web.assessor import words
from accredit.web.ui.formats import day
from accredit.web.ui.parts import Crumb, Row


def crumbs(title: str) -> list[Crumb]:
    """Return the way to a page below the assessor's home."""
    return [Crumb(_("My work"), reverse("assessor:home")), Crumb(title)]


def rows(place: Appointment) -> list[Row]:
    """Return what is known of the portfolio; one query, none in a blind edition."""
    panel = place.panel
    registration = panel.registration
    edition, scheme = edition_of(panel), registration.scheme
    found = [
        Row(_("Invited by"), f"{scheme.body}, {scheme.name}" if scheme.body else scheme.name),
        *_about_candidate(panel),
        Row(_("Pathway"), edition.pathway(registration.pathway).title),
        Row(_("Round"), words.round_words(panel.round, panel.submission.kind)),
        Row(_("Your seat"), words.SEATS[place.seat]),
        Row(_("Due"), f"{day(panel.due_on)} ({words.time_left(panel.due_on, localdate())})"),
    ]
    language = panel.submission.portfolio.language
    found += [Row(_("Language"), language)] if language else []
    areas = _areas(panel)
    found += [Row(_("Areas"), ", ".join(areas))] if areas else []
    return [*found, Row(_("Length"), _length(panel))]


def _about_candidate(panel: Panel) -> list[Row]:
    if words.is_blind(panel):
        reference = panel.registration.reference
        text = _("%(reference)s. This edition does not tell assessors who the candidate is.")
        return [Row(_("Candidate"), text % {"reference": reference})]
    person = panel.registration.person
    stays = stays_of([person.pk]).get(person.pk, ())
    now = [each.name for each in stays if each.until is None]
    before = [
        _("%(place)s (until %(day)s)") % {"place": each.name, "day": day(each.until)}
        for each in stays
        if each.until is not None
    ]
    found = [
        Row(_("Candidate"), person.name),
        Row(_("Institutions now"), ", ".join(dict.fromkeys(now)) or _("none named")),
    ]
    return [*found, Row(_("Institutions before"), ", ".join(before))] if before else found


def _areas(panel: Panel) -> list[str]:
    edition = edition_of(panel)
    entries = panel.submission.content["entries"]
    named = [each for each in entries if edition.section(each["section"]).is_repeatable]
    found = [str(each["area"] or each["title"]) for each in named]
    return [each for each in dict.fromkeys(found) if each]


def _length(panel: Panel) -> str:
    if panel.submission.content["form"] == "as_it_is":
        return _("It stands elsewhere, so its words are not counted.")
    number = panel.submission.words
    return ngettext("about %(number)s word", "about %(number)s words", number) % {"number": f"{number:,}"}
