"""Critical friends: asking, changing, ending, and answering what they say."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accredit.portfolios import actions
from accredit.portfolios.models import Mentor
from accredit.portfolios.queries import comment_on, draft_of, mentor_of
from accredit.rulebook.faults import Code
from accredit.toolkit.refusals import Refused
from accredit.web.candidate.forms.friends import InviteForm, OpenForm
from accredit.web.candidate.mine import actor, candidate_page, is_editable, my_portfolio
from accredit.web.candidate.reads import friends as reads
from accredit.web.ui.pages import refusal_page, render

USUAL = timedelta(days=28)
FIELDS = {
    Code.MENTOR_OWN_ADDRESS: "email",
    Code.MENTOR_ASKED_ALREADY: "email",
    Code.MENTOR_ADDRESS_ODD: "email",
    Code.MENTOR_NO_SECTION: "entries",
    Code.COMMENT_PLACE_UNKNOWN: "entries",
    Code.MENTOR_DAY_PAST: "until_on",
    Code.MENTOR_DAY_FAR: "until_on",
    Code.TEXT_TOO_LONG: "message",
}
ANSWERS = {"resolve": actions.resolve_comment, "reopen": actions.reopen_comment}


def _my_mentor(request: HttpRequest, pk: int, key: int) -> Mentor:
    portfolio = my_portfolio(request, pk)
    found = mentor_of(portfolio.pk, key)
    if found is None:
        raise Http404
    found.portfolio = portfolio
    return found


@require_safe
@candidate_page
def friends(request: HttpRequest, pk: int) -> HttpResponse:
    """List everybody asked."""
    portfolio = my_portfolio(request, pk)
    context = reads.friends(portfolio, timezone.now()) | {"may_ask": is_editable(portfolio.registration)}
    return render(request, "candidate/friends.html", context)


@candidate_page
def friend_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask somebody to comment on chosen sections for a chosen time."""
    portfolio = my_portfolio(request, pk)
    if not is_editable(portfolio.registration):
        return redirect("candidate:friends", pk=pk)
    sent = request.POST if request.method == "POST" else None
    usual = {"until_on": timezone.localdate() + USUAL}
    form = InviteForm(sent, sections=reads.choices(draft_of(portfolio)), initial=usual)
    if sent is not None and form.is_valid():
        try:
            made = actions.invite_mentor(portfolio, **form.cleaned_data, by=actor(request), at=timezone.now())
        except Refused as refused:
            form.add_refusal(refused, FIELDS)
        else:
            messages.success(request, _("The letter to %(address)s is on its way.") % {"address": made.email})
            return redirect("candidate:friends", pk=pk)
    context: dict[str, Any] = {"title": _("Ask a critical friend"), "form": form, "registration_pk": pk}
    context["crumbs"] = reads.page_crumbs(pk, _("Ask"))
    return render(request, "candidate/friend_invite.html", context, status=422 if form.errors else 200)


@candidate_page
def friend(request: HttpRequest, pk: int, mentor: int) -> HttpResponse:
    """One friend: what is open to them and how long, what they said, and what one may do."""
    found = _my_mentor(request, pk, mentor)
    draft, now = draft_of(found.portfolio), timezone.now()
    sent = request.POST if request.method == "POST" else None
    chosen = {"entries": [entry.pk for entry in found.entries.all()], "until_on": found.until_on}
    form = OpenForm(sent, sections=reads.choices(draft), initial=chosen)
    if sent is not None and form.is_valid():
        try:
            actions.change_mentoring(found, **form.cleaned_data, by=actor(request), at=now)
        except Refused as refused:
            form.add_refusal(refused, FIELDS)
        else:
            messages.success(request, _("Changed. It holds at once."))
            return redirect("candidate:friend", pk=pk, mentor=mentor)
    shown = reads.friend(found, now)
    context = {
        "title": shown.name,
        "crumbs": reads.page_crumbs(pk, shown.name),
        "registration": draft.registration,
        "friend": shown,
        "form": form if shown.is_open and is_editable(draft.registration) else None,
        "sections": reads.sections_of(draft, found),
    }
    return render(request, "candidate/friend.html", context, status=422 if form.errors else 200)


@require_POST
@candidate_page
def friend_again(request: HttpRequest, pk: int, mentor: int) -> HttpResponse:
    """Send the letter again, with a new link."""
    found = _my_mentor(request, pk, mentor)
    actions.send_invitation_again(found, by=actor(request), at=timezone.now())
    messages.success(request, _("The letter is on its way again. The link in the earlier one is dead now."))
    return redirect("candidate:friend", pk=pk, mentor=mentor)


@candidate_page
def friend_end(request: HttpRequest, pk: int, mentor: int) -> HttpResponse:
    """End it at once, after a question."""
    found = _my_mentor(request, pk, mentor)
    shown = reads.friend(found, timezone.now())
    if request.method == "POST":
        actions.end_mentoring(found, by=actor(request), at=timezone.now())
        messages.success(request, _("Ended. %(name)s can no longer read anything.") % {"name": shown.name})
        return redirect("candidate:friends", pk=pk)
    context = {"title": _("End it now?"), "crumbs": reads.page_crumbs(pk, shown.name), "friend": shown}
    return render(request, "candidate/friend_end.html", context | {"registration_pk": pk})


@require_POST
@candidate_page
def comment(request: HttpRequest, pk: int, comment: int) -> HttpResponse:
    """Answer a comment, mark it as dealt with, or open it again; then back to where it was read."""
    found = comment_on(my_portfolio(request, pk), comment)
    if found is None:
        raise Http404
    by, at, what = actor(request), timezone.now(), request.POST.get("do", "")
    try:
        if what == "answer":
            actions.answer_comment(found, text=request.POST.get("text", ""), by=by, at=at)
        elif what in ANSWERS:
            ANSWERS[what](found, by=by, at=at)
    except Refused as refused:
        return refusal_page(request, refused)
    return redirect(f"{_back(request, pk, found.mentor_id)}#comment-{comment}")


def _back(request: HttpRequest, pk: int, mentor: int) -> str:
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if wanted and is_ours else reverse("candidate:friend", args=[pk, mentor])
