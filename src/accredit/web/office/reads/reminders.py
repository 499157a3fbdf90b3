"""What the edition's clock has asked for in a registration, and what it will: when, whom, by which rule."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accredit.assessments.queries import hands_of
from accredit.assessments.queries.clock import Hand
from accredit.notices.models import Notice
from accredit.notices.queries import of_the_clock
from accredit.rulebook.clock import TO_OFFICE, What
from accredit.web.office.reads.registration import notice_state
from accredit.web.ui.formats import moment
from accredit.web.ui.parts import Cell, Column, Table

ASKS: Mapping[What, str | Promise] = {
    What.ANSWER: gettext_lazy("Reminds of the invitation"),
    What.UNANSWERED: gettext_lazy("Tells the office: not answered"),
    What.DUE: gettext_lazy("Reminds of the due date"),
    What.OVERDUE: gettext_lazy("Reminds: overdue"),
    What.RELIEVE: gettext_lazy("Asks the office to relieve"),
    What.AGREE: gettext_lazy("Reminds to agree"),
}


def upcoming(registration: int, at: datetime) -> Table:
    """Return what the clock will ask for if nothing changes."""
    columns = [
        Column(_("When"), is_head=True),
        Column(_("What")),
        Column(_("About")),
        Column(_("To")),
        Column(_("Rule of the edition")),
    ]
    lines = [_coming(each) for each in hands_of(registration) if each.at > at]
    return Table(_("To come, if nothing changes"), columns, lines, _("Nothing is to come."))


def _coming(each: Hand) -> list[object]:
    name = each.place.person.name
    to_office = each.tick.what in TO_OFFICE
    return [
        moment(each.at),
        str(ASKS[each.tick.what]),
        name,
        _("The office") if to_office else name,
        _rule(each),
    ]


def _rule(each: Hand) -> str:
    days = each.tick.days
    told = {"days": ngettext("%(n)s day", "%(n)s days", days) % {"n": days}}
    match each.tick.what:
        case What.ANSWER | What.UNANSWERED:
            return _("%(days)s after the invitation") % told
        case What.DUE:
            return _("%(days)s before it is due") % told
        case What.AGREE:
            return _("%(days)s after the panel began to agree") % told
    return _("%(days)s after it was due") % told


def past(registration: int) -> Table:
    """Return the letters the clock has written, with what became of each."""
    rows: Iterable[Notice] = of_the_clock(registration)
    columns = [
        Column(_("When"), is_head=True),
        Column(_("Letter")),
        Column(_("To")),
        Column(_("Why")),
        Column(_("What became of it")),
    ]
    lines = [
        [
            moment(row.due_at),
            Cell(row.subject, reverse("office:notice", args=[row.pk])),
            row.person.name if row.person else row.address,
            row.because,
            notice_state(row),
        ]
        for row in rows
    ]
    return Table(_("Written so far"), columns, lines, _("The clock has not written anything yet."))
