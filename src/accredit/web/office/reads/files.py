"""The room that files take, in numbers the office can act on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accredit.files.queries import Usage, usage
from accredit.frameworks.models import Scheme
from accredit.portfolios.models import Portfolio
from accredit.portfolios.queries import largest, size_by_scheme
from accredit.rulebook.storage import weekly_growth, weeks_until_full
from accredit.web.office import scope
from accredit.web.ui.parts import Cell, Column, Tab, Table

MOST = 10
SOON = 26


def page(request: HttpRequest, schemes: Sequence[Scheme], scheme: Scheme, *, at: datetime) -> dict[str, Any]:
    """Read the page about files."""
    used = usage(at=at)
    return {
        "title": _("Files"),
        "lead": _("How large files may be, how much room they take, and how long the disk will last."),
        "used": used,
        "scheme": scheme,
        "size": filesizeformat(used.size),
        "waiting": filesizeformat(used.waiting) if used.waiting else "",
        "free": filesizeformat(used.free) if used.free is not None else "",
        "growth": filesizeformat(weekly_growth(used.weeks)),
        "forecast": forecast(used),
        "is_short": is_short(used),
        "tabs": [Tab(each.name, f"?scheme={each.pk}#limits", is_current=each == scheme) for each in schemes],
        "by_scheme": _by_scheme(schemes),
        "largest": _largest(request),
    }


def is_short(used: Usage) -> bool:
    """Say whether the disk is full within half a year."""
    weeks = None if used.free is None else weeks_until_full(used.free, used.weeks)
    return weeks is not None and weeks < SOON


def forecast(used: Usage) -> str:
    """Say how long the room lasts, and what the sentence stands on."""
    if used.free is None:
        return _("Files lie in an object store: it says itself how much room is left.")
    weeks = weeks_until_full(used.free, used.weeks)
    if weeks is None:
        return _("Nothing has been added in the last twelve weeks, so nothing can be foretold.")
    if weeks > 10 * 52:
        return _("At the mean of the last twelve weeks the disk lasts longer than ten years.")
    return ngettext(
        "At the mean of the last twelve weeks the disk is full in %(weeks)s week; other programs may fill "
        "it sooner.",
        "At the mean of the last twelve weeks the disk is full in %(weeks)s weeks; other programs may fill "
        "it sooner.",
        weeks,
    ) % {"weeks": weeks}


def _by_scheme(schemes: Sequence[Scheme]) -> Table:
    sizes = size_by_scheme()
    columns = [
        Column(_("Scheme"), is_head=True),
        Column(_("A file"), is_number=True),
        Column(_("A portfolio"), is_number=True),
        Column(_("In all lockers"), is_number=True),
    ]
    lines = [
        [
            each.name,
            filesizeformat(each.file_limit),
            filesizeformat(each.portfolio_limit),
            filesizeformat(sizes.get(each.pk, 0)),
        ]
        for each in schemes
    ]
    return Table(_("Limits and use by scheme"), columns, lines)


def _largest(request: HttpRequest) -> Table:
    mine = Portfolio.objects.filter(registration__in=scope.registrations(request).values("pk"))
    columns = [
        Column(_("Portfolio of"), is_head=True),
        Column(_("Scheme")),
        Column(_("Size"), is_number=True),
        Column(_("Of its limit"), is_number=True),
    ]
    lines = []
    for each in largest(mine, most=MOST):
        registration = each.portfolio.registration
        address = reverse("office:registration", args=[registration.pk])
        share = round(100 * each.size / registration.scheme.portfolio_limit)
        part = f"{share} %" if share else _("under 1 %")
        size = filesizeformat(each.size)
        lines.append([Cell(registration.person.name, address), registration.scheme.name, size, part])
    return Table(_("The largest portfolios"), columns, lines, _("No files in any locker yet."))
