"""What belongs to the allocation: its table, its runs, what weighs how much, and the forecast."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accredit.assessments import actions
from accredit.assessments.models import Draft, Run
from accredit.assessments.queries import document_of
from accredit.frameworks.actions import set_languages, weigh_fit
from accredit.frameworks.models import Scheme
from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import Role
from accredit.toolkit.refusals import Refused
from accredit.web.office import scope
from accredit.web.office.forms.drafting import TableForm, WeightsForm
from accredit.web.office.reads import draft_table as tables
from accredit.web.office.reads import forecast as forecasts
from accredit.web.office.reads.drafting import runs_as_table
from accredit.web.office.views.drafting import crumbs, draft_of
from accredit.web.ui.pages import paginate, render, role_required
from accredit.web.ui.spreadsheets import csv_response

METHODS = ["GET", "HEAD", "POST"]


@require_safe
@role_required(Role.OFFICE)
def table(request: HttpRequest, scheme: str) -> HttpResponseBase:
    """Send the seats of the draft as CSV."""
    draft = draft_of(scope.scheme(scheme))
    return csv_response("draft-panels.csv", tables.COLUMNS, tables.table(draft, scope.registrations(request)))


@require_http_methods(METHODS)
@role_required(Role.OFFICE)
def take(request: HttpRequest, scheme: str) -> HttpResponse:
    """Bring a table back: show what it would change, then put it into the draft."""
    found = scope.scheme(scheme)
    draft = draft_of(found)
    form = TableForm(scope.sent(request), request.FILES or None)
    wanted: list[tables.Wanted] = []
    if request.method == "POST" and form.is_valid():
        try:
            wanted = tables.read_table(form.cleaned_data["text"], draft, scope.registrations(request))
            if "take" in request.POST:
                return _taken(request, draft, wanted)
        except Refused as refused:
            form.add_refusal(refused)
    context = {
        "title": _("Bring a table of seats"),
        "crumbs": crumbs(found),
        "scheme": found,
        "form": form,
        "wanted": [each for each in wanted if each.is_new],
        "is_looked_at": bool(wanted) and not form.errors,
        "text": form.cleaned_data.get("text", "") if wanted else "",
    }
    return render(request, "office/draft_take.html", context, status=422 if form.errors else 200)


def _taken(request: HttpRequest, draft: Draft, wanted: list[tables.Wanted]) -> HttpResponse:
    rows = [(each.panel, each.seat, each.person) for each in wanted]
    number = actions.take_table(draft, rows=rows, by=scope.actor(request), at=timezone.now())
    words = ngettext("%(n)s seat changed.", "%(n)s seats changed.", number) % {"n": number}
    messages.success(request, words + " " + _("All seats of the table are locked."))
    return redirect("office:panels", draft.scheme.code)


@require_safe
@role_required(Role.OFFICE)
def runs(request: HttpRequest, scheme: str) -> HttpResponse:
    """List what has been worked out, the latest first; each input and answer can be fetched."""
    found = scope.scheme(scheme)
    rows = Run.objects.filter(draft__scheme=found).select_related("draft", "asked_by", "problem", "answer")
    page = paginate(rows.order_by("-asked_at", "-pk"), request)
    context = {
        "title": _("Runs of the allocation"),
        "lead": _("The question and the answer of each run are kept. They hold numbers and no names."),
        "crumbs": crumbs(found),
        "page": page,
        "table": runs_as_table(found, page.items),
    }
    return render(request, "office/book.html", context)


@require_safe
@role_required(Role.OFFICE)
def document(request: HttpRequest, scheme: str, run: int, what: str) -> HttpResponse:
    """Send the question or the answer of a run as it was kept."""
    found = get_object_or_404(
        Run.objects.select_related("problem", "answer"), pk=run, draft__scheme__code=scheme
    )
    blob = {"problem": found.problem, "answer": found.answer}.get(what)
    if blob is None:
        raise Http404
    response = HttpResponse(document_of(blob), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="run-{found.pk}-{what}.json"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(METHODS)
@role_required(Role.OFFICE)
def weights(request: HttpRequest, scheme: str) -> HttpResponse:
    """Say how much each thing weighs that makes an assessor suit a portfolio."""
    found = scope.scheme(scheme)
    form = WeightsForm(found, scope.sent(request))
    if request.method == "POST" and form.is_valid() and _weighed(request, found, form):
        messages.success(request, _("The weights are changed. They hold from the next run on."))
        return redirect("office:panels", scheme)
    context = {
        "title": _("What makes an assessor suit a portfolio"),
        "lead": _("Each weighs from 0 (does not count) to 100. What is not known of somebody is left out."),
        "crumbs": crumbs(found),
        "form": form,
        "button": _("Change the weights"),
    }
    return render(request, "office/form.html", context, status=422 if form.errors else 200)


def _weighed(request: HttpRequest, scheme: Scheme, form: WeightsForm) -> bool:
    by, at = scope.actor(request), timezone.now()
    try:
        set_languages(scheme, languages=form.cleaned_data["languages"].splitlines(), by=by, at=at)
    except Refused as refused:
        form.add_refusal(refused, {Code.WEIGHT_OUT_OF_RANGE: "languages"})
        return False
    weigh_fit(scheme, weights=form.weights(), by=by, at=at)
    return True


@require_safe
@role_required(Role.OFFICE)
def forecast(request: HttpRequest, scheme: str) -> HttpResponse:
    """Show the portfolios expected against what the assessors offer, by pathway and month."""
    found = scope.scheme(scheme)
    context = {
        "title": _("Forecast of places"),
        "crumbs": crumbs(found),
        "scheme": found,
        "found": forecasts.page(found, localdate()),
    }
    return render(request, "office/forecast.html", context)
