"""Appealing against a result, and taking the appeal back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accredit.assessments import actions
from accredit.assessments.queries import edition_of
from accredit.rulebook.faults import Code
from accredit.toolkit.refusals import Refused
from accredit.web.candidate.forms.appealing import AppealForm
from accredit.web.candidate.mine import actor, candidate_page, my_registration
from accredit.web.candidate.reads import appealing as reads
from accredit.web.ui.pages import render
from accredit.wording import sentence

FIELDS = {
    Code.GROUND_MISSING: "grounds",
    Code.GROUND_UNKNOWN: "grounds",
    Code.APPEAL_WORDS_MISSING: "words",
}


@candidate_page
def appeal(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Appeal against a released result; afterwards, how the appeal stands."""
    my_registration(request, pk)
    found = reads.appealing(pk, number, localdate())
    if found is None or (found.made is None and found.until is None):
        raise Http404
    if request.method == "POST" and found.appeal is not None:
        return _withdrawn(request, found) if "withdraw" in request.POST else redirect(request.path)
    rule = edition_of(found.outcome.panel).appeals
    form = None
    if found.may_appeal and rule is not None:
        form = AppealForm(rule, request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid() and _made(request, found, form):
            return redirect(request.path)
    context = {
        "title": _("Your appeal") if found.made else _("Appeal against this result"),
        "crumbs": reads.crumbs(pk, number),
        "found": found,
        "outcome": edition_of(found.outcome.panel).outcome(found.outcome.code),
        "not_open": [sentence(each) for each in found.not_open],
        "form": form,
        "result": (pk, number),
    }
    return render(request, "candidate/appeal.html", context, status=422 if form and form.errors else 200)


def _made(request: HttpRequest, found: reads.Appealing, form: AppealForm) -> bool:
    try:
        actions.appeal(found.outcome, **form.cleaned_data, by=actor(request), at=timezone.now())
    except Refused as refused:
        form.add_refusal(refused, FIELDS)
        return False
    messages.success(request, _("Your appeal is with the office. You will hear from us by e-mail."))
    return True


def _withdrawn(request: HttpRequest, found: reads.Appealing) -> HttpResponse:
    if found.appeal is not None:
        actions.withdraw_appeal(found.appeal, by=actor(request), at=timezone.now())
        messages.success(request, _("You have withdrawn the appeal. The result stands."))
    return redirect(request.path)
