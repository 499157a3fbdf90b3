"""Reading along: the invitation, my friends' portfolios, and comments on passages."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accredit.assessments.actions import accept_mentoring
from accredit.frameworks.queries import rules_of
from accredit.portfolios.actions import (
    change_comment,
    decline_mentoring,
    end_mentoring,
    remove_comment,
    write_comment,
)
from accredit.portfolios.models import Evidence, Mentor
from accredit.portfolios.queries import mentor_invited_by, sections_of, standing_of
from accredit.rulebook.faults import Code
from accredit.rulebook.mentoring import Standing
from accredit.rulebook.workflow import Role
from accredit.toolkit.actor import Actor
from accredit.toolkit.refusals import Refused
from accredit.web.mentor import reads
from accredit.web.mentor.forms import ChangeForm, CommentForm
from accredit.web.mentor.mine import actor, friends_page, my_comment, my_mentorship
from accredit.web.ui.files import send
from accredit.web.ui.pages import me, refusal_page, render
from accredit.web.ui.shell import person_of

FIELDS = {
    Code.COMMENT_PLACE_UNKNOWN: "part",
    Code.COMMENT_QUOTE_GONE: "quote",
    Code.COMMENT_EMPTY: "text",
    Code.TEXT_TOO_LONG: "text",
}


@require_safe
@friends_page
def home(request: HttpRequest) -> HttpResponse:
    """My friends' portfolios."""
    found = reads.list_of(me(request).pk, timezone.now())
    return render(request, "mentor/home.html", {"title": _("My friends’ portfolios"), "lines": found})


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponseBase:
    """Who asks, for what, until when, and what accepting means. Every link that opens nothing looks alike."""
    found, person = mentor_invited_by(token[:200]), person_of(request)
    if found is not None and person is not None and found.person_id == person.pk and found.accepted_at:
        return redirect("mentor:portfolio", pk=found.pk)
    if found is None or standing_of(found, timezone.now()) is not Standing.INVITED:
        return render(request, "mentor/dead_link.html", {"title": _("This link is not open")}, status=404)
    if request.method == "POST":
        return _answer(request, found)
    registration = found.portfolio.registration
    context = {
        "title": _("Will you read along with %(name)s?") % {"name": registration.person.name},
        "mentor": found,
        "candidate": registration.person.name,
        "pathway": rules_of(registration.edition).pathway(registration.pathway).title,
        "sections": " · ".join(sections_of(found)),
        "signed_in": request.user.is_authenticated,
        "is_other": request.user.is_authenticated and not _is_same(request, found),
        "next": urlencode({"next": request.path}),
    }
    return render(request, "mentor/invitation.html", context)


def _is_same(request: HttpRequest, mentor: Mentor) -> bool:
    person = person_of(request)
    return person is not None and person.email.lower() == mentor.email.lower()


def _answer(request: HttpRequest, mentor: Mentor) -> HttpResponseBase:
    person = person_of(request)
    address = str(request.META.get("REMOTE_ADDR", ""))
    by = Actor(person=person.pk if person else None, role=Role.MENTOR, address=address)
    if request.POST.get("answer") != "accept":
        decline_mentoring(mentor, by=by, at=timezone.now())
        return render(request, "mentor/declined.html", {"title": _("Thank you for the answer")})
    if person is None:
        return redirect(f"{reverse('account_login')}?{urlencode({'next': request.path})}")
    try:
        accept_mentoring(mentor, by=by, at=timezone.now())
    except Refused as refused:
        return refusal_page(request, refused)
    messages.success(request, _("You have accepted. Select words in the text to comment on them."))
    return redirect("mentor:portfolio", pk=mentor.pk)


@friends_page
def portfolio(request: HttpRequest, pk: int) -> HttpResponse:
    """The chosen sections as they read now, with the comments and the forms that add to them."""
    found, now = my_mentorship(request, pk), timezone.now()
    if request.method != "POST":
        return render(request, "mentor/portfolio.html", reads.opened(found, now))
    context = reads.opened(found, now, request.POST)
    form: CommentForm | None = next((each.form for each in context["sections"] if each.form.is_bound), None)
    if form is not None and form.is_valid():
        try:
            made = write_comment(found, **form.given(), by=actor(request), at=now)
        except Refused as refused:
            form.add_refusal(refused, FIELDS)
        else:
            messages.success(request, _("Your comment stands beside the text."))
            return redirect(f"{reverse('mentor:portfolio', args=[pk])}#comment-{made.pk}")
    if form is None:
        messages.warning(request, _("This section is not open to you now. Your comment has not been kept."))
    return render(request, "mentor/portfolio.html", context | {"form": form}, status=422)


@require_safe
@friends_page
def evidence_file(request: HttpRequest, pk: int, evidence: int) -> HttpResponseBase:
    """Send the file of a piece that every reader may open."""
    mentor = my_mentorship(request, pk)
    pieces = Evidence.objects.filter(portfolio=mentor.portfolio, removed_at=None, blob__isnull=False)
    found = pieces.select_related("blob", "captions").filter(pk=evidence).first()
    if found is None or found.blob is None or not reads.may_open(mentor, found, timezone.now()):
        raise Http404
    return send(request, found.blob, found.file_name, found.captions)


@friends_page
def comment(request: HttpRequest, pk: int, comment: int) -> HttpResponse:
    """Word a comment anew, or take it back."""
    found = my_comment(request, pk, comment)
    form = ChangeForm(request.POST if request.method == "POST" else None, initial={"text": found.text})
    if request.method == "POST" and ("remove" in request.POST or form.is_valid()):
        by, at = actor(request), timezone.now()
        try:
            if "remove" in request.POST:
                remove_comment(found, by=by, at=at)
                messages.success(request, _("Your comment has been taken back."))
                return redirect("mentor:portfolio", pk=pk)
            change_comment(found, text=form.cleaned_data["text"], by=by, at=at)
            return redirect(f"{reverse('mentor:portfolio', args=[pk])}#comment-{found.pk}")
        except Refused as refused:
            form.add_refusal(refused, FIELDS)
    context = {"title": _("Your comment"), "comment": found, "mentor": found.mentor, "form": form}
    context |= {"crumbs": reads.crumbs(found.mentor.portfolio.registration.person.name, _("Your comment"))}
    return render(request, "mentor/comment.html", context, status=422 if form.errors else 200)


@friends_page
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop reading along, after a question."""
    found = my_mentorship(request, pk)
    name = found.portfolio.registration.person.name
    if request.method == "POST":
        end_mentoring(found, by=actor(request), at=timezone.now())
        messages.success(request, _("You no longer read along with %(name)s.") % {"name": name})
        return redirect("mentor:home")
    context = {"title": _("Stop reading along?"), "mentor": found, "name": name}
    return render(request, "mentor/leave.html", context | {"crumbs": reads.crumbs(name, _("Stop"))})
