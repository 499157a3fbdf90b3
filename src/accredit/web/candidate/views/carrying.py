"""Beginning from an earlier portfolio, and saying of each part whether it still holds."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accredit.portfolios.actions import answer_carried, begin_from
from accredit.portfolios.models import Portfolio, Submission
from accredit.rulebook.faults import Code
from accredit.toolkit.refusals import Refused
from accredit.web.candidate.forms.structure import CarriedForm
from accredit.web.candidate.mine import actor, candidate_page, is_editable, my_entry, my_portfolio
from accredit.web.candidate.reads import carrying as reads
from accredit.web.candidate.reads.handing import crumbs
from accredit.web.ui.pages import me, render

DAY = {Code.PRACTICE_DAY_MISSING: "practised_on", Code.PRACTICE_TO_COME: "practised_on"}


@candidate_page
def earlier(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin from an accredited portfolio; afterwards, see what came along and what is new."""
    portfolio = my_portfolio(request, pk)
    if request.method == "POST":
        return _begin(request, portfolio)
    groups = reads.overview(portfolio, timezone.localdate())
    offers = [] if groups else reads.offers(portfolio)
    if not (groups or offers):
        return redirect("candidate:registration", pk=pk)
    title = _("What came from your earlier portfolio") if groups else _("Begin from an earlier portfolio")
    context = {"title": title, "crumbs": crumbs(pk, title), "groups": groups, "offers": offers, "pk": pk}
    return render(request, "candidate/earlier.html", context)


def _begin(request: HttpRequest, portfolio: Portfolio) -> HttpResponse:
    named = request.POST.get("submission", "")
    mine = Submission.objects.filter(portfolio__registration__person=me(request).pk)
    source = get_object_or_404(mine, pk=int(named) if named.isdecimal() and len(named) < 12 else 0)
    begin_from(portfolio, source, by=actor(request), at=timezone.now())
    messages.success(
        request, _("Your earlier portfolio is copied here. Say of each section whether it still holds.")
    )
    return redirect("candidate:earlier", pk=portfolio.registration_id)


@candidate_page
def carried(request: HttpRequest, pk: int, slot: str) -> HttpResponse:
    """Say whether a section that came along still holds, and from when."""
    portfolio = my_portfolio(request, pk)
    found = reads.question(portfolio, slot, timezone.localdate())
    if found is None:
        raise Http404
    if not (found.is_open and is_editable(portfolio.registration)):
        return redirect("candidate:section", pk=pk, slot=slot)
    form = CarriedForm(request.POST if request.method == "POST" else None, initial=_said(found))
    if request.method == "POST" and form.is_valid() and _answered(request, pk, slot, form):
        messages.success(request, _("Your answer is kept. You can change it until you submit."))
        return redirect("candidate:earlier", pk=pk)
    title = _("Does it still hold?")
    context = {"title": title, "crumbs": crumbs(pk, title), "found": found, "form": form, "pk": pk}
    return render(request, "candidate/carried.html", context, status=422 if form.errors else 200)


def _said(found: reads.Question) -> dict[str, object]:
    said = found.carried
    if said.is_valid is None:
        return {}
    dated = CarriedForm.VALID if said.is_valid else CarriedForm.REWRITTEN
    return {
        "answer": dated if said.practised_on else CarriedForm.REWRITE,
        "practised_on": said.practised_on,
    }


def _answered(request: HttpRequest, pk: int, slot: str, form: CarriedForm) -> bool:
    given = form.cleaned_data
    try:
        answer_carried(
            my_entry(request, pk, slot),
            is_valid=given["answer"] == CarriedForm.VALID,
            practised_on=given["practised_on"],
            by=actor(request),
            at=timezone.now(),
        )
    except Refused as refused:
        form.add_refusal(refused, DAY)
        return False
    return True
