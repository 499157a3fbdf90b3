"""Sections that holders share: what each of mine says, and what others let me read."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accredit.awards.models import Award
from accredit.frameworks.models import Scheme
from accredit.frameworks.queries import rules_of
from accredit.portfolios.models import Submission
from accredit.register.models import SharedExample
from accredit.register.queries import SharedSection, read_of, shares_of, texts_in
from accredit.registrations.models import Registration
from accredit.rulebook.framework import Section
from accredit.web.ui.parts import Cell, Column, Table


def offers(award: Award, submission: Submission) -> Table:
    """Return the sections that hold a text, in the order of the portfolio: one query."""
    shared = shares_of(submission)
    rows = [
        [
            Cell(each["section_title"], reverse("candidate:share_section", args=[award.pk, each["slot"]])),
            _state(shared.get(each["slot"])),
        ]
        for each in texts_in(submission.content)
    ]
    columns = [Column(_("Section"), is_head=True), Column(_("Who reads it"))]
    return Table(_("Sections of your portfolio"), columns, rows, is_caption_shown=False)


def _state(shared: SharedExample | None) -> Cell:
    if shared is None:
        return Cell(_("Not shared"), tone="calm")
    words = _("Candidates, with your name") if shared.is_named else _("Candidates, without your name")
    return Cell(words, tone="good")


def words(scheme: Scheme, *, is_named: bool) -> str:
    """Return what a holder agrees to."""
    shown = _("with my name") if is_named else _("without my name")
    return _(
        "I agree that people registered for an accreditation of %(body)s may read the text of this section "
        "of my portfolio as an example, %(shown)s, as it stands on this page. I can withdraw this at any "
        "time, and nobody can read it from then on."
    ) % {"body": scheme.body, "shown": shown}


def section_of(registration: Registration, slot: str) -> Section | None:
    """Return the section of a slot on the pathway of a registration; None for any other address."""
    rules = rules_of(registration.edition)
    try:
        section = rules.section_of_slot(slot)
    except (KeyError, IndexError):
        return None
    return section if rules.asks(section.code, registration.pathway) else None


def read(shared: SharedExample) -> SharedSection | None:
    """Return a shared section as its readers see it."""
    person = shared.submission.portfolio.registration.person
    return read_of(shared.submission, shared.slot, name=person.name if shared.is_named else "")
