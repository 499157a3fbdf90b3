"""An assessor's home: work, record, the offer to assess, invitations."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accredit.assessments import actions
from accredit.assessments.models import Appointment
from accredit.assessments.permissions import can_decline
from accredit.assessments.queries import assessor_of, completed_by, done_by, in_hand
from accredit.awards.queries import holds
from accredit.exchange.queries import paper_of_service
from accredit.exchange.writers.setting import pdf_of
from accredit.frameworks.queries import default_scheme, edition_in_force, rules_of
from accredit.people.models import Profile
from accredit.toolkit.refusals import Refused
from accredit.web.assessor import words
from accredit.web.assessor.forms.answering import AnswerForm, LeaveForm, OfferForm
from accredit.web.assessor.mine import actor, assessor_page, my_invitation, posted
from accredit.web.assessor.reads import home as reads
from accredit.web.assessor.reads import invitation as invited
from accredit.web.assessor.reads.calendar import calendar_of
from accredit.web.ui.files import download
from accredit.web.ui.pages import me, paginate, render

METHODS = ["GET", "HEAD", "POST"]


@require_safe
@assessor_page
def home(request: HttpRequest) -> HttpResponse:
    """Show invitations, work in hand and what waits for a moderator or the committee."""
    person, today = me(request), localdate()
    offer = assessor_of(person.pk)
    invited, working = in_hand(person.pk)
    context = {
        "title": _("Your assessing"),
        "invitations": reads.lines(invited, today),
        "works": reads.lines(working, today),
        "calls": reads.calls(person),
        "offer": offer,
        "may_offer": offer is not None or person.pk in holds([person.pk], today),
    }
    return render(request, "assessor/home.html", context)


@require_safe
@assessor_page
def calendar(request: HttpRequest) -> HttpResponse:
    """My due dates as a calendar file."""
    invited, working = in_hand(me(request).pk)
    content = calendar_of([*invited, *working])
    return download(content, "assessments.ics", "text/calendar; charset=utf-8")


@require_safe
@assessor_page
def record(request: HttpRequest) -> HttpResponse:
    """Show what I have assessed."""
    person = me(request).pk
    page = paginate(reads.with_outcomes(done_by(person)), request)
    title = _("Your record")
    context = {
        "title": title,
        "crumbs": invited.crumbs(title),
        "page": page,
        "table": reads.record(page),
        "completed": completed_by(person),
        "peers": reads.peers(person, localdate()),
    }
    return render(request, "assessor/record.html", context)


@require_safe
@assessor_page
def service(request: HttpRequest) -> HttpResponse:
    """A certificate of what I have assessed in a span of days, with the hours it is taken to need."""
    context = _service(request) | {
        "title": _("Certificate of service"),
        "crumbs": invited.crumbs(_("Certificate of service")),
    }
    return render(request, "assessor/service.html", context)


@require_safe
@assessor_page
def service_paper(request: HttpRequest) -> HttpResponse:
    """The same as a PDF to keep."""
    given = _service(request)
    span = {"since": given["since"], "until": given["until"]}
    paper = paper_of_service(given["person"].name, given["scheme"], given["found"], **span, on=localdate())
    name = f"service-{given['since']:%Y-%m-%d}-{given['until']:%Y-%m-%d}.pdf"
    return download(pdf_of(paper), name, "application/pdf")


def _service(request: HttpRequest) -> dict[str, Any]:
    person, scheme = Profile.objects.get(pk=me(request).pk), default_scheme()
    if scheme is None:
        raise Http404
    since, until = reads.span(request.GET, localdate())
    found = reads.service(person.pk, scheme, since, until)
    return {"person": person, "scheme": scheme, "since": since, "until": until, "found": found}


@require_http_methods(METHODS)
@assessor_page
def offer(request: HttpRequest) -> HttpResponse:
    """Offer to assess, change the offer, or pause."""
    person = Profile.objects.get(pk=me(request).pk)
    given, scheme = assessor_of(person.pk), default_scheme()
    may = given is not None or person.pk in holds([person.pk], localdate())
    if scheme is None or (request.method == "POST" and not may):
        raise Http404
    edition = rules_of(edition_in_force(scheme, localdate()))
    form = OfferForm(edition, posted(request), offer=given, scheme=scheme)
    if request.method == "POST" and "pause" in request.POST and given is not None:
        actions.pause(given, by=actor(request), at=timezone.now())
        messages.success(request, _("You get no new invitations. What you have in hand stays with you."))
        return redirect("assessor:home")
    if request.method == "POST" and form.is_valid():
        actions.volunteer(person, **form.values(), by=actor(request), at=timezone.now())
        messages.success(request, _("Thank you. The office writes to you when a portfolio needs you."))
        return redirect("assessor:home")
    title = _("Your offer to assess") if given else _("Offer to assess")
    context = {"title": title, "crumbs": invited.crumbs(title), "form": form, "may": may, "offer": given}
    return render(request, "assessor/offer.html", context, status=422 if form.errors else 200)


@require_http_methods(METHODS)
@assessor_page
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who invites me to assess whom, and take my answer; later, let me leave."""
    place = my_invitation(request, pk)
    has_accepted = place.answer == Appointment.Answer.ACCEPTED
    if has_accepted and request.POST.get("answer") == "accept":
        return redirect("assessor:desk", place.assessment.pk)
    form = (LeaveForm if has_accepted else AnswerForm)(posted(request))
    may_leave = can_decline(me(request).pk, place)
    if request.method == "POST" and may_leave and form.is_valid():
        try:
            return _answered(request, place, form)
        except Refused as refused:
            form.add_refusal(refused)
    title = _("Your place on a panel") if has_accepted else _("You are invited to assess")
    context = {
        "title": title,
        "eyebrow": words.eyebrow(place.panel),
        "crumbs": invited.crumbs(title),
        "rows": invited.rows(place),
        "form": form,
        "place": place,
        "has_accepted": has_accepted,
        "may_leave": may_leave,
    }
    return render(request, "assessor/invitation.html", context, status=422 if form.errors else 200)


def _answered(request: HttpRequest, place: Appointment, form: LeaveForm) -> HttpResponse:
    by, at = actor(request), timezone.now()
    if isinstance(form, AnswerForm) and form.accepts:
        made = actions.accept_invitation(place, by=by, at=at)
        messages.success(request, _("Thank you. The portfolio is open for you now."))
        return redirect("assessor:desk", made.pk)
    reason = form.cleaned_data["reason"]
    actions.decline(place, reason=reason, is_conflict=form.is_conflict, by=by, at=at)
    messages.success(request, _("Thank you for saying so. The office asks somebody else."))
    return redirect("assessor:home")
