"""The allocation console: panels drafted, worked out, looked at and published. For the office alone."""

from datetime import timedelta

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accredit.assessments import actions
from accredit.assessments.models import Draft, Run
from accredit.assessments.queries import may_be_drafted, open_draft
from accredit.frameworks.models import Scheme
from accredit.registrations.models import Registration
from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import Role
from accredit.toolkit.refusals import Refused
from accredit.web.office import scope
from accredit.web.office.forms.drafting import LimitForm, PublishForm, StartForm
from accredit.web.office.reads import drafting as reads
from accredit.web.office.reads.books import schemes
from accredit.web.office.reads.impossible import impossible
from accredit.web.office.reads.titles import pathway_titles
from accredit.web.ui.pages import paginate, render, role_required
from accredit.web.ui.parts import Crumb, Tab
from accredit.wording import sentence

METHODS = ["GET", "HEAD", "POST"]
PER_PAGE = 50


def draft_of(scheme: Scheme) -> Draft:
    """Return the draft that is open; 404 otherwise."""
    found = open_draft(scheme.pk)
    if found is None:
        raise Http404
    found.scheme = scheme
    return found


def crumbs(scheme: Scheme) -> list[Crumb]:
    """Lead back to the console."""
    return [Crumb(_("Panels"), reverse("office:panels", args=[scheme.code]))]


@require_safe
@role_required(Role.OFFICE)
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the console of the usual scheme."""
    return redirect("office:panels", scope.usual_scheme().code)


@require_http_methods(METHODS)
@role_required(Role.OFFICE)
def panels(request: HttpRequest, scheme: str) -> HttpResponse:
    """Show the draft that is open; where none is, what waits, and begin one."""
    known = schemes()
    found = next((each for each in known if each.code == scheme), None)
    if found is None:
        raise Http404
    tabs = [
        Tab(each.name, reverse("office:panels", args=[each.code]), is_current=each is found) for each in known
    ]
    draft = open_draft(found.pk)
    if draft is None:
        return _start(request, found, tabs)
    draft.scheme = found
    return _console(request, draft, tabs)


def _start(request: HttpRequest, scheme: Scheme, tabs: list[Tab]) -> HttpResponse:
    waiting = may_be_drafted(scheme.pk).filter(pk__in=scope.registrations(request).values("pk"))
    demand = reads.demand(scheme, waiting, pathway_titles())
    due = localdate() + timedelta(days=scheme.assessing_days)
    form = StartForm(demand, scope.sent(request), initial={"due_on": due})
    if request.method == "POST" and form.is_valid() and _begun(request, scheme, waiting, form):
        return redirect("office:panels", scheme.code)
    context = {
        "title": _("Panels"),
        "lead": _("Draft the panels of everybody who waits, look at them, and publish them at once."),
        "scheme": scheme,
        "tabs": tabs,
        "demand": demand,
        "form": form,
    }
    return render(request, "office/panels.html", context, status=422 if form.errors else 200)


def _begun(request: HttpRequest, scheme: Scheme, waiting: QuerySet[Registration], form: StartForm) -> bool:
    """Open the draft; a refusal becomes an error of the form."""
    given, by, at = form.cleaned_data, scope.actor(request), timezone.now()
    wanted = waiting.filter(pathway__in=given["pathways"]).values_list("pk", flat=True)
    due_on, limit = given["due_on"], given["limit"]
    try:
        actions.draft_panels(scheme, registrations=wanted, due_on=due_on, limit=limit, by=by, at=at)
    except Refused as refused:
        form.add_refusal(refused)
        return False
    return True


def _console(request: HttpRequest, draft: Draft, tabs: list[Tab]) -> HttpResponse:
    titles, at = pathway_titles(), timezone.now()
    rows = reads.rows_of(draft, scope.registrations(request))
    page = paginate(rows, request, PER_PAGE)
    run = draft.runs.order_by("-asked_at", "-pk").first()
    context = {
        "title": _("Repair of panels") if draft.is_repair else _("Draft panels"),
        "scheme": draft.scheme,
        "tabs": tabs,
        "draft": draft,
        "page": page,
        "lines": reads.lines(draft, page.items, titles),
        "faulty": sum(bool(each.faults) for each in rows),
        "run": run,
        "told": reads.told(run, at),
        "impossible": impossible(run.figures) if run else None,
        "limit": LimitForm(auto_id="again-%s"),
        "here": request.get_full_path(),
    }
    return render(request, "office/draft.html", context)


@require_POST
@role_required(Role.OFFICE)
def work(request: HttpRequest, scheme: str) -> HttpResponse:
    """Work the draft out again, stop, add what waits since, or drop it."""
    found = scope.scheme(scheme)
    draft, by, at = draft_of(found), scope.actor(request), timezone.now()
    match request.POST.get("do"):
        case "again":
            form = LimitForm(request.POST)
            limit = form.cleaned_data["limit"] if form.is_valid() else LimitForm.base_fields["limit"].initial
            actions.rerun(draft, limit=limit, by=by, at=at)
        case "stop":
            for run in Run.objects.filter(draft=draft, ended_at=None):
                actions.stop_run(run, by=by, at=at)
        case "add":
            _add(request, draft)
        case "drop":
            actions.drop_draft(draft, by=by, at=at)
            messages.success(request, _("The draft is dropped. Nobody was invited."))
        case _:
            raise Http404
    return redirect("office:panels", scheme)


def _add(request: HttpRequest, draft: Draft) -> None:
    mine = scope.registrations(request).values("pk")
    waiting = may_be_drafted(draft.scheme_id).filter(pk__in=mine).values_list("pk", flat=True)
    number = actions.add_to_draft(draft, registrations=waiting, by=scope.actor(request), at=timezone.now())
    words = ngettext("%(n)s portfolio was added.", "%(n)s portfolios were added.", number) % {"n": number}
    messages.info(request, words if number else _("Nothing else waits for a panel."))


@require_http_methods(METHODS)
@role_required(Role.OFFICE)
def publish(request: HttpRequest, scheme: str) -> HttpResponse:
    """Say exactly what will happen; appoint all panels of the draft and invite everybody on them."""
    draft = draft_of(scope.scheme(scheme))
    form = PublishForm(scope.sent(request), initial={"due_on": reads.due_on(draft, localdate())})
    wrong: list[str] = []
    if request.method == "POST" and form.is_valid():
        wrong = _published(request, draft, form)
        if not wrong and not form.errors:
            return redirect("office:panels", scheme)
    rows = reads.rows_of(draft, scope.registrations(request))
    context = {
        "title": _("Publish the panels"),
        "crumbs": crumbs(draft.scheme),
        "scheme": draft.scheme,
        "form": form,
        "wrong": wrong,
        "faulty": sum(bool(each.faults) for each in rows),
        "number": len(rows),
        "invitations": reads.invitations(draft, rows),
    }
    status = 409 if wrong else 422 if form.errors else 200
    return render(request, "office/draft_publish.html", context, status=status)


def _published(request: HttpRequest, draft: Draft, form: PublishForm) -> list[str]:
    """Publish; return in words why nothing was, with the faults of the draft written down anew."""
    by, at = scope.actor(request), timezone.now()
    try:
        number = actions.publish_draft(draft, due_on=form.cleaned_data["due_on"], by=by, at=at)
    except Refused as refused:
        if all(each.code is Code.DUE_DATE_PAST for each in refused.faults):
            form.add_refusal(refused, {Code.DUE_DATE_PAST: "due_on"})
            return []
        if open_draft(draft.scheme_id) is not None:
            actions.judge_draft(draft, at=at)
        return [sentence(each) for each in refused.faults]
    words = ngettext("%(n)s panel is appointed.", "%(n)s panels are appointed.", number) % {"n": number}
    messages.success(request, words + " " + _("Everybody new on one is invited."))
    return []
