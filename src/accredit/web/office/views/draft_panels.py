"""One panel of a draft: why these, who was close, and other people by hand."""

from typing import Any

from django.contrib import messages
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accredit.assessments import actions
from accredit.assessments.models import DraftPanel, DraftSeat, Seat
from accredit.portfolios.models import Submission
from accredit.rulebook.workflow import Role
from accredit.toolkit.refusals import Refused
from accredit.web.office import scope
from accredit.web.office.reads import draft_panel as reads
from accredit.web.office.views.drafting import crumbs
from accredit.web.ui.pages import render, role_required
from accredit.web.ui.parts import Crumb
from accredit.wording import sentence


def _rows(request: HttpRequest, scheme: str) -> QuerySet[DraftPanel]:
    """Return the panels of the open draft that this person runs."""
    rows = DraftPanel.objects.filter(
        draft__scheme__code=scheme,
        draft__published_at=None,
        draft__dropped_at=None,
        registration__in=scope.registrations(request).values("pk"),
    )
    return rows.select_related(
        "draft__scheme", "registration__person", "registration__edition", "registration__scheme"
    )


def _with_submitted(rows: QuerySet[DraftPanel]) -> QuerySet[DraftPanel]:
    """Carry along what is before the panel, so that the page needs no query more for it."""
    given = Submission.objects.filter(
        portfolio__registration=OuterRef("registration"),
        round=OuterRef("registration__round"),
        set_aside_at=None,
    )
    return rows.annotate(
        content=Subquery(given.values("content")[:1]),
        suggested=Subquery(given.values("portfolio__suggested_assessor")[:1]),
        language=Subquery(given.values("portfolio__language")[:1]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.OFFICE)
def draft_panel(request: HttpRequest, scheme: str, pk: int) -> HttpResponse:
    """Show one panel of the draft; give a seat, swap, lock, keep somebody off, or leave the portfolio out."""
    row = get_object_or_404(_rows(request, scheme), registration=pk)
    wrong: list[str] = []
    if request.method == "POST":
        try:
            return redirect(_done(request, row))
        except Refused as refused:
            wrong = [sentence(each) for each in refused.faults]
    context = _context(row) | {"wrong": wrong, "found": reads.page(row)}
    return render(request, "office/draft_panel.html", context, status=409 if wrong else 200)


@require_safe
@role_required(Role.OFFICE)
def others(request: HttpRequest, scheme: str, pk: int) -> HttpResponse:
    """Show who else might sit on the panel, and what speaks against each."""
    row = get_object_or_404(_with_submitted(_rows(request, scheme)), registration=pk)
    wanted = request.GET.get("wanted", "")[:80]
    found = reads.choices(row, localdate(), wanted=wanted)
    context = _context(row) | {"title": _("Choose somebody else"), "wanted": wanted, "found": found}
    context["crumbs"] = [*crumbs(row.draft.scheme), Crumb(_panel_title(row), _address(row))]
    return render(request, "office/draft_others.html", context)


def _panel_title(row: DraftPanel) -> str:
    return _("Panel for %(name)s") % {"name": row.registration.person.name}


def _address(row: DraftPanel) -> str:
    return reverse("office:draft_panel", args=[row.draft.scheme.code, row.registration_id])


def _context(row: DraftPanel) -> dict[str, Any]:
    return {
        "title": _panel_title(row),
        "eyebrow": row.registration.reference,
        "crumbs": crumbs(row.draft.scheme),
        "scheme": row.draft.scheme,
        "registration": row.registration,
        "post_to": _address(row),
    }


def _number(request: HttpRequest, name: str) -> int:
    value = request.POST.get(name, "")
    if not (value.isascii() and value.isdigit() and len(value) < 19):
        raise Http404
    return int(value)


def _seat(request: HttpRequest, row: DraftPanel, name: str = "seat") -> DraftSeat:
    rows = DraftSeat.objects.select_related("panel__draft", "panel__registration")
    return get_object_or_404(rows, pk=_number(request, name), panel__draft=row.draft)


def _done(request: HttpRequest, row: DraftPanel) -> str:
    """Do what was asked for, and say where to go on."""
    by, at, here = scope.actor(request), timezone.now(), _address(row)
    match request.POST.get("do"):
        case "give" | "swap" as what:
            _seated(request, row, is_swap=what == "swap")
        case "lock" | "unlock" as what:
            actions.lock_seat(_seat(request, row), is_locked=what == "lock", by=by, at=at)
            return _next(request, row, here)
        case "off":
            actions.keep_off(row, person=_number(request, "person"), by=by, at=at)
        case "on":
            actions.let_on(row, person=_number(request, "person"), by=by, at=at)
        case "out":
            actions.leave_out(row, by=by, at=at)
            messages.success(request, _("Left out. The portfolio goes on waiting for a panel."))
            return reverse("office:panels", args=[row.draft.scheme.code])
        case _:
            raise Http404
    return here


def _seated(request: HttpRequest, row: DraftPanel, *, is_swap: bool) -> None:
    by, at = scope.actor(request), timezone.now()
    if is_swap:
        actions.swap(_seat(request, row), _seat(request, row, "with"), by=by, at=at)
        messages.success(request, _("They have taken each other’s seat; both are locked."))
        return
    person, _mark, seat = request.POST.get("to", "").partition(":")
    if not (person.isascii() and person.isdigit() and len(person) < 19) or seat not in Seat.values:
        raise Http404
    actions.seat_by_hand(row, seat=Seat(seat), person=int(person), by=by, at=at)
    messages.success(request, _("The seat is given and locked."))


def _next(request: HttpRequest, row: DraftPanel, here: str) -> str:
    """Back to the list where the button stood there."""
    wanted = request.POST.get("next", "")
    return wanted if wanted.startswith(reverse("office:panels", args=[row.draft.scheme.code])) else here
