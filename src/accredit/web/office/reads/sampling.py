"""Samples of decisions and their second looks, as tables."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accredit.assessments.models import Sample, Sampled
from accredit.frameworks.models import Scheme
from accredit.frameworks.queries import rules_of
from accredit.people.models import Profile
from accredit.rulebook.sampling import Why
from accredit.web.ui.formats import day
from accredit.web.ui.parts import Cell, Column, Table

WHYS: Mapping[str, str | Promise] = {
    Why.SHARE: gettext_lazy("share of %(name)s"),
    Why.NEW_ASSESSOR: gettext_lazy("%(name)s is new"),
    Why.FAIL: gettext_lazy("a fail"),
    Why.DISTINCTION: gettext_lazy("a distinction"),
}


def samples(scheme: Scheme) -> QuerySet[Sample]:
    """Return the samples of a scheme, the newest first, with how many are looked at."""
    rows = Sample.objects.filter(scheme=scheme).annotate(
        drawn=Count("rows"), looked=Count("rows", filter=Q(rows__looked_at__isnull=False))
    )
    return rows.select_related("drawn_by").order_by("-drawn_at", "-pk")


def table(rows: Iterable[Any]) -> Table:
    """Return samples as a table."""
    columns = [
        Column(_("Decided"), is_head=True),
        Column(_("Drawn on")),
        Column(_("Drawn by")),
        Column(_("Decisions"), is_number=True),
        Column(_("Drawn"), is_number=True),
        Column(_("Looked at"), is_number=True),
    ]
    lines = [
        [
            Cell(f"{day(each.since_on)} – {day(each.until_on)}", reverse("office:sample", args=[each.pk])),
            day(each.drawn_at),
            each.drawn_by.name if each.drawn_by else "",
            each.decisions,
            each.drawn,
            each.looked,
        ]
        for each in rows
    ]
    return Table(_("Samples"), columns, lines, _("No sample has been drawn yet."))


def rows_of(sample: Sample, mine: QuerySet[Any]) -> QuerySet[Sampled]:
    """Return the decisions of a sample whose registrations this person runs, those not looked at first."""
    rows = sample.rows.filter(outcome__panel__registration__in=mine.values("pk"))
    return (
        rows.select_related("outcome__panel__registration__person", "outcome__panel__submission__edition")
        .defer("outcome__panel__submission__content")
        .order_by("looked_at", "pk")
    )


def lines_of(rows: Iterable[Sampled]) -> Table:
    """Return decisions of a sample as a table; one query."""
    listed = list(rows)
    people = {person for each in listed for _why, person in each.why if person}
    known = dict(Profile.objects.filter(pk__in=people).values_list("pk", "name"))
    columns = [
        Column(_("Candidate"), is_head=True),
        Column(_("Round"), is_number=True),
        Column(_("Outcome")),
        Column(_("Why")),
        Column(_("Second look")),
    ]
    return Table(_("Decisions drawn"), columns, [_line(each, known) for each in listed], _("None was drawn."))


def _line(each: Sampled, known: Mapping[int, str]) -> list[object]:
    panel = each.outcome.panel
    outcome = rules_of(panel.submission.edition).outcome(each.outcome.code)
    is_done = each.looked_at is not None
    look = (
        Cell(_("Done"), tone="good", note=day(each.looked_at)) if is_done else Cell(_("To do"), tone="warn")
    )
    return [
        Cell(panel.registration.person.name, reverse("office:second_look", args=[each.pk])),
        panel.round,
        outcome.title,
        said(each, known),
        look,
    ]


def said(each: Sampled, known: Mapping[int, str]) -> str:
    """Return in words why a decision was drawn."""
    return "; ".join(str(WHYS[why]) % {"name": known.get(person or 0, "")} for why, person in each.why)
