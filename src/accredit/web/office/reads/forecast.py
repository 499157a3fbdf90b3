"""Portfolios due against what the assessors offer, by pathway and month."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accredit.assessments.queries import willing
from accredit.assessments.queries.judging import work_of_people
from accredit.awards.queries import holds
from accredit.frameworks.models import Scheme
from accredit.frameworks.queries import edition_in_force, rules_of
from accredit.registrations.models import Registration
from accredit.rulebook.capacity import Coming, Month, Offer, forecast, pathways_open
from accredit.rulebook.panel import is_lead
from accredit.rulebook.workflow import FINAL, Stage
from accredit.web.ui.parts import Cell, Column, Table

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Forecast:
    """The table, and the months in which more is needed than offered."""

    table: Table
    short: list[str]
    size: int
    leads: int


def page(scheme: Scheme, today: date) -> Forecast:
    """Return the forecast of a scheme; six queries."""
    edition = rules_of(edition_in_force(scheme, today))
    rule = edition.panel
    found = forecast(_coming(scheme), _offers(scheme, today), today=today, number=MONTHS)
    titles = {each.code: each.title for each in edition.pathways}
    shown = [code for code in titles if any(code in each.portfolios for each in found)]
    words = _("%(pathway)s: needed / offered")
    columns = [
        Column(_("Month"), is_head=True),
        *(Column(words % {"pathway": titles[code]}, is_number=True) for code in shown),
        Column(_("All: needed / offered"), is_number=True),
        Column(_("To lead: needed / offered"), is_number=True),
    ]
    rows, short = [], []
    for each in found:
        lack, cells = _cells(each, shown, rule.size, rule.leads)
        rows.append([_month(each.name), *cells])
        if lack:
            short.append(_month(each.name))
    table = Table(_("Places needed and offered, month by month"), columns, rows, is_caption_shown=False)
    return Forecast(table, short, rule.size, rule.leads)


def _cells(each: Month, shown: list[str], size: int, leads: int) -> tuple[bool, list[Cell]]:
    number = sum(each.portfolios.values())
    pairs = [(size * each.portfolios.get(code, 0), each.offered.get(code, 0)) for code in shown]
    pairs += [(size * number, each.free), (leads * number, each.leads)]
    cells = [
        Cell(_("%(needed)s / %(offered)s: too few") % {"needed": n, "offered": o}, tone="warn")
        if n > o
        else Cell(f"{n} / {o}")
        for n, o in pairs
    ]
    return any(needed > offered for needed, offered in pairs), cells


def _month(name: str) -> str:
    year, month = name.split("-")
    return date_format(date(int(year), int(month), 1), "F Y")


def _coming(scheme: Scheme) -> list[Coming]:
    rows = Registration.objects.filter(scheme=scheme).exclude(stage__in=[each.value for each in FINAL])
    return [Coming(each.pathway, Stage(each.stage), each.revise_until or each.expires_on) for each in rows]


def _offers(scheme: Scheme, today: date) -> list[Offer]:
    edition = rules_of(edition_in_force(scheme, today))
    rows = list(willing())
    people = [each.person_id for each in rows]
    held, work = holds(people, today), work_of_people(people)
    found = []
    for each in rows:
        done, taken, _begun = work.get(each.person_id, (0, 0, 0))
        held_now = held.get(each.person_id, frozenset())
        pathways = pathways_open(edition, held_now, each.pathways)
        needed, finished = edition.panel.assessments_before_lead, done + int(getattr(each, "past", 0))
        lead = is_lead(needed, finished, confirmed=each.leads_since is not None)
        found.append(Offer(each.at_most, taken, pathways, frozenset(each.months_away), lead))
    return found
