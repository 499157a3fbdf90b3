"""Appointing panels: whole, a free seat, in somebody's place, a third assessor."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accredit.assessments import actions
from accredit.assessments.models import Appointment, Seat
from accredit.portfolios.models import Submission
from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import Role, Stage
from accredit.toolkit.refusals import Refused
from accredit.web.office import scope
from accredit.web.office.forms.panels import PanelForm
from accredit.web.office.reads import panels as reads
from accredit.web.office.reads.registration import crumbs
from accredit.web.office.reads.telling import SEATS
from accredit.web.ui.pages import render, role_required
from accredit.wording import sentence

METHODS = ["GET", "HEAD", "POST"]
REPLACEABLE = {Stage.APPOINTING, Stage.ASSESSING, Stage.THIRD_ASSESSMENT}


def _due(table: reads.Table) -> date:
    if table.panel is not None and table.panel.due_on >= localdate():
        return table.panel.due_on
    return localdate() + timedelta(days=table.registration.scheme.assessing_days)


def _is_decided(request: HttpRequest) -> bool:
    """Say whether the form was sent to appoint, and not to look for somebody among many."""
    return request.method == "POST" and "narrow" not in request.POST


def _opened(request: HttpRequest, pk: int) -> tuple[Submission, reads.Table]:
    found = scope.current_submission(request, pk)
    return found, reads.table_of(found, localdate())


def _columns(form: PanelForm) -> list[tuple[str, str, bool]]:
    """Return each seat once, with its title and whether there are several of it."""
    seats = dict.fromkeys(form.seats)
    return [(seat, str(SEATS[seat]).capitalize(), form.seats.count(seat) > 1) for seat in seats]


def _page(request: HttpRequest, found: Submission, form: PanelForm, title: str, button: str) -> HttpResponse:
    table = form.table
    leads = form.seats == (Seat.LEAD,)
    owner, wanted = table.registration, request.POST.get("wanted", "")[:80]
    may = table.may(lead=leads, wanted=wanted, kept=form.everybody_picked())
    context = {
        "title": title,
        "eyebrow": f"{owner.reference} · {owner.person.name}",
        "crumbs": crumbs(owner),
        "registration": owner,
        "submission": found,
        "suggested": found.portfolio.suggested_assessor,
        "places": table.places,
        "form": form,
        "due": form["due_on"] if "due_on" in form.fields else None,
        "columns": _columns(form),
        "wanted": wanted,
        "may": may,
        "lines": [(line, reads.boxes(line, form.seats, form.picked)) for line in may.lines],
        "refused": table.may_not(lead=leads, wanted=wanted),
        "button": button,
    }
    return render(request, "office/panel.html", context, status=422 if form.errors else 200)


def _add_faults(form: PanelForm, refused: Refused, chosen: dict[str, int]) -> None:
    """Name the person each fault speaks of, at the seat they were chosen for."""
    for field, text in form.table.named(refused, chosen):
        where = (
            "due_on"
            if "due_on" in form.fields and any(f.code is Code.DUE_DATE_PAST for f in refused.faults)
            else None
        )
        form.add_error(field if field in form.fields else where, text)


@require_http_methods(METHODS)
@role_required(Role.OFFICE)
def panel(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a whole panel; a panel that has members already goes on with its free seats."""
    found, table = _opened(request, pk)
    if table.places:
        return redirect("office:panel_fill", pk)
    if table.registration.stage != Stage.APPOINTING:
        raise Http404
    form = PanelForm(table, table.seats, scope.sent(request), due_on=_due(table))
    if _is_decided(request) and form.is_valid():
        seats, due_on = form.chosen(), form.cleaned_data["due_on"]
        try:
            actions.appoint(
                table.registration, seats=seats, due_on=due_on, by=scope.actor(request), at=timezone.now()
            )
        except Refused as refused:
            _add_faults(form, refused, {_field(seat): person for person, seat in seats})
        else:
            messages.success(
                request, _("The panel is appointed. Everybody on it has an invitation by e-mail.")
            )
            return redirect("office:registration", pk)
    return _page(request, found, form, _("Appoint the panel"), _("Appoint and invite"))


def _field(seat: Seat) -> str:
    return seat.value


@require_http_methods(METHODS)
@role_required(Role.OFFICE)
def fill(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill the first free seat of a panel that has members already."""
    found, table = _opened(request, pk)
    if table.panel is None or not table.free or table.registration.stage != Stage.APPOINTING:
        return redirect("office:registration", pk)
    seat = table.free[0]
    form = PanelForm(table, [seat], scope.sent(request))
    person = form.one() if _is_decided(request) and form.is_valid() else None
    if person is not None:
        try:
            actions.fill_seat(
                table.panel, person=person, seat=Seat(seat), by=scope.actor(request), at=timezone.now()
            )
        except Refused as refused:
            _add_faults(form, refused, {seat: person})
        else:
            messages.success(request, _("The seat is filled. The new member has an invitation by e-mail."))
            return redirect("office:panel_fill", pk)
    title = _("Fill a free seat: %(seat)s") % {"seat": SEATS[seat]}
    return _page(request, found, form, title, _("Invite"))


@require_http_methods(METHODS)
@role_required(Role.OFFICE)
def replace(request: HttpRequest, pk: int, appointment: int) -> HttpResponse:
    """Put another person in the place of a member whose assessment is not in."""
    found, table = _opened(request, pk)
    place = next((each for each in table.places if each.appointment == appointment), None)
    if place is None or place.is_in or table.registration.stage not in REPLACEABLE:
        return _not_replaceable(request, pk, appointment)
    form = PanelForm(table, [place.seat], scope.sent(request))
    person = form.one() if _is_decided(request) and form.is_valid() else None
    if person is not None:
        try:
            standing = Appointment.objects.select_related("panel").get(pk=appointment)
            actions.replace(standing, person=person, by=scope.actor(request), at=timezone.now())
        except Refused as refused:
            _add_faults(form, refused, {place.seat: person})
        else:
            messages.success(request, _("Replaced. The new member has an invitation by e-mail."))
            return redirect("office:registration", pk)
    title = _("Replace %(name)s") % {"name": place.name}
    return _page(request, found, form, title, _("Replace and invite"))


@require_http_methods(METHODS)
@role_required(Role.OFFICE)
def relieve(request: HttpRequest, pk: int, appointment: int) -> HttpResponse:
    """Take a place back from somebody who is late or does not answer."""
    owner = scope.registration(request, pk)
    rows = Appointment.objects.select_related("panel", "person")
    place = get_object_or_404(rows, pk=appointment, panel__registration=owner)
    if request.method == "POST":
        try:
            actions.relieve(place, by=scope.actor(request), at=timezone.now())
        except Refused as refused:
            messages.error(request, " ".join(sentence(each) for each in refused.faults))
        else:
            messages.success(request, _("Relieved, and told so by e-mail. A repair is worked out."))
        return redirect("office:registration", pk)
    if place.ended_at is not None:
        return _not_replaceable(request, pk, appointment)
    context = {
        "title": _("Relieve %(name)s") % {"name": place.person.name},
        "eyebrow": f"{owner.reference} · {owner.person.name}",
        "crumbs": crumbs(owner),
        "place": place,
    }
    return render(request, "office/relieve.html", context)


def _not_replaceable(request: HttpRequest, pk: int, appointment: int) -> HttpResponse:
    """Lead on who clicked twice or came too late; a place of another registration does not exist here."""
    get_object_or_404(Appointment, pk=appointment, panel__registration_id=pk)
    messages.info(request, _("This place can no longer be given to somebody else."))
    return redirect("office:registration", pk)


@require_http_methods(METHODS)
@role_required(Role.OFFICE)
def third(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite a third assessor, who reads without knowing what the first two said."""
    found, table = _opened(request, pk)
    if table.panel is None or table.registration.stage != Stage.THIRD_ASSESSMENT:
        raise Http404
    if any(each.seat == Seat.THIRD for each in table.places):
        return redirect("office:registration", pk)
    form = PanelForm(table, [Seat.THIRD.value], scope.sent(request), due_on=_due(table))
    person = form.one() if _is_decided(request) and form.is_valid() else None
    if person is not None:
        due_on, by = form.cleaned_data["due_on"], scope.actor(request)
        try:
            actions.appoint_third(table.panel, person=person, due_on=due_on, by=by, at=timezone.now())
        except Refused as refused:
            _add_faults(form, refused, {Seat.THIRD.value: person})
        else:
            messages.success(request, _("The third assessor has an invitation by e-mail."))
            return redirect("office:registration", pk)
    return _page(request, found, form, _("Invite a third assessor"), _("Invite"))
