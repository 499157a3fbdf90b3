"""Coverage and the plan: what helps to finish."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accredit.portfolios.actions import finish_step, save_plan
from accredit.portfolios.models import Portfolio
from accredit.toolkit.refusals import Clash, Refused
from accredit.web.candidate.forms.planning import PlanForm
from accredit.web.candidate.mine import actor, candidate_page, is_editable, my_portfolio
from accredit.web.candidate.reads.coverage import covered
from accredit.web.candidate.reads.handing import crumbs
from accredit.web.candidate.reads.planning import Planning, planning
from accredit.web.ui.pages import render


@require_safe
@candidate_page
def coverage(request: HttpRequest, pk: int) -> HttpResponse:
    """Where each principle is shown."""
    portfolio = my_portfolio(request, pk)
    title = _("Where each principle is shown")
    context = {"title": title, "crumbs": crumbs(pk, title), "found": covered(portfolio, timezone.localdate())}
    return render(request, "candidate/coverage.html", context | {"portfolio": portfolio})


def _planned(request: HttpRequest, pk: int) -> Portfolio:
    portfolio = my_portfolio(request, pk)
    if not is_editable(portfolio.registration):
        raise Http404
    return portfolio


@candidate_page
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """When I mean to be done, and the one next step."""
    portfolio, today = _planned(request, pk), timezone.localdate()
    found = planning(portfolio, today)
    form = PlanForm(request.POST or None, slots=found.slots, initial=found.initial(today))
    if request.method != "POST" or not form.is_valid():
        return _plan_page(request, found, form)
    expected = form.cleaned_data["version"]
    try:
        save_plan(portfolio, content=form.content(), expected=expected, by=actor(request), at=timezone.now())
    except Clash as clash:
        # What was typed stays; kept once more, it replaces what the other window saved.
        again, found = request.POST.copy(), planning(portfolio, today)
        again["version"] = str(found.plan.version)
        form = PlanForm(again, slots=found.slots, initial={})
        form.add_refusal(clash)
        return _plan_page(request, found, form, status=409)
    except Refused as refused:
        form.add_refusals(refused)
        return _plan_page(request, found, form)
    messages.success(request, _("Your plan is kept."))
    has_doubts = planning(portfolio, today).doubts
    return redirect("candidate:plan" if has_doubts else "candidate:registration", pk=pk)


def _plan_page(request: HttpRequest, found: Planning, form: PlanForm, status: int = 422) -> HttpResponse:
    pk, title = found.plan.portfolio.registration_id, _("Your plan")
    context = {
        "title": title,
        "crumbs": crumbs(pk, title),
        "form": form,
        "found": found,
        "pk": pk,
        "clash": status == 409,
    }
    return render(request, "candidate/plan.html", context, status=status if form.errors else 200)


@require_POST
@candidate_page
def step_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick the next step off and suggest another one."""
    finish_step(_planned(request, pk), by=actor(request), at=timezone.now())
    messages.success(request, _("One step further. Choose the next one while you are at it."))
    return redirect("candidate:plan", pk=pk)
