"""A certificate of service as a paper: what somebody has assessed in a span of days, for their CPD."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accredit.exchange.writers.paper import Paper, chapter, words
from accredit.exchange.writers.tree import Block, paragraphs, table_of_words
from accredit.frameworks.models import Scheme


@dataclass(frozen=True, slots=True)
class Served:
    """What a certificate of service says: how many portfolios, how many of them in time, the hours they are
    taken to have needed (0: not said), and how many by the titles of pathway and seat."""

    number: int
    in_time: int
    hours: int
    lines: Sequence[tuple[str, str, int]]


def paper_of_service(
    name: str, scheme: Scheme, served: Served, *, since: date, until: date, on: date
) -> Paper:
    """Return the certificate as a paper of a day, in the active language. It names no candidate."""
    span = {"since": date_format(since, "j F Y"), "until": date_format(until, "j F Y")}
    return {
        "language": "en-GB",
        "name": name,
        "title": _("Certificate of service"),
        "kind": _("%(since)s to %(until)s") % span,
        "scheme": scheme.name,
        "body": scheme.body,
        "dated": f"{on.isoformat()}T00:00:00+00:00",
        "mark": "",
        "facts": [
            (_("Portfolios assessed"), str(served.number)),
            *([(_("Hours"), str(served.hours))] if served.hours else []),
            (_("Issued on"), date_format(on, "j F Y")),
        ],
        "chapters": [chapter("service", _("Assessments"), list(_said(name, scheme, served, span)))],
        "words": words(),
    }


def _said(name: str, scheme: Scheme, served: Served, span: dict[str, str]) -> Iterator[Block]:
    told = span | {"name": name, "n": served.number, "each": scheme.assessing_hours, "hours": served.hours}
    yield from paragraphs(
        ngettext(
            "This is to certify that %(name)s has assessed one portfolio for professional accreditation "
            "between %(since)s and %(until)s.",
            "This is to certify that %(name)s has assessed %(n)s portfolios for professional accreditation "
            "between %(since)s and %(until)s.",
            served.number,
        )
        % told
    )
    if served.hours:
        yield from paragraphs(_("This is taken to have needed %(hours)s hours, %(each)s for each.") % told)
    if served.lines:
        rows = [(pathway, seat, str(number)) for pathway, seat, number in served.lines]
        yield table_of_words([_("Pathway"), _("Seat"), _("Portfolios")], rows)
        yield from paragraphs(_("Handed in by the due date: %(n)s.") % {"n": served.in_time})
