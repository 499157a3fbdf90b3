"""The office's look at a submission: begun, then returned with reasons or accepted."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accredit.portfolios import actions
from accredit.portfolios.models import Snapshot, Submission
from accredit.portfolios.queries import check_of, is_fetching, is_intact
from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import Role, Stage
from accredit.toolkit.refusals import Refused
from accredit.web.office import scope
from accredit.web.office.forms.registration import ReturnForm
from accredit.web.office.reads import checking as reads
from accredit.web.office.reads.registration import KINDS, crumbs
from accredit.web.ui.answered import answered_page
from accredit.web.ui.pages import render, role_required


@require_safe
@role_required(Role.OFFICE)
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what there is to check."""
    return _page(request, scope.current_submission(request, pk), ReturnForm())


def _page(request: HttpRequest, found: Submission, form: ReturnForm) -> HttpResponse:
    owner, files = found.portfolio.registration, reads.files_of(found)
    context = {
        "title": _("Check of the submission"),
        "eyebrow": f"{owner.reference} · {owner.person.name} · {KINDS.get(found.kind, found.kind)}",
        "crumbs": crumbs(owner),
        "submission": found,
        "registration": owner,
        "is_to_begin": owner.stage == Stage.SUBMITTED,
        "is_checking": owner.stage == Stage.CHECKING,
        "check": check_of(found),
        "is_intact": is_intact(found),
        "sections": reads.sections(found),
        "links": reads.links(found, at=timezone.now()),
        "is_fetching": is_fetching(),
        "files": reads.files_table(found, files),
        "form": form,
    }
    return render(request, "office/check.html", context, status=422 if form.errors else 200)


@require_POST
@role_required(Role.OFFICE)
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the check; the candidate can no longer take the submission back."""
    found = scope.current_submission(request, pk)
    actions.begin_check(found, by=scope.actor(request), at=timezone.now())
    messages.success(request, _("The check has begun. The candidate can no longer take the submission back."))
    return redirect("office:check", pk)


@require_POST
@role_required(Role.OFFICE)
def links(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the links of the portfolio asked now."""
    found = scope.current_submission(request, pk)
    actions.ask_again(found.portfolio, by=scope.actor(request), at=timezone.now())
    messages.success(request, _("The links are asked now: come back in a minute."))
    return redirect("office:check", pk)


@require_safe
@role_required(Role.OFFICE)
def answered(request: HttpRequest, snapshot: int) -> HttpResponse:
    """Show what a link of a submission answered."""
    rows = Snapshot.objects.filter(submission__in=scope.submissions(request), fetched_at__isnull=False)
    found = get_object_or_404(rows.select_related("submission__portfolio__registration"), pk=snapshot)
    context = answered_page(found) | {"crumbs": crumbs(found.submission.portfolio.registration)}
    return render(request, "ui/portfolio/answered.html", context)


@require_POST
@role_required(Role.OFFICE)
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept the submission: on to the panel, or to its readers."""
    found = scope.current_submission(request, pk)
    actions.accept(found, by=scope.actor(request), at=timezone.now())
    messages.success(request, _("The submission is accepted. The candidate is told by e-mail."))
    waits = scope.registrations(request).filter(pk=pk, stage=Stage.APPOINTING).exists()
    return redirect("office:panel" if waits else "office:registration", pk)


@require_POST
@role_required(Role.OFFICE)
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the submission with the reasons."""
    found = scope.current_submission(request, pk)
    form = ReturnForm(request.POST)
    if form.is_valid():
        try:
            actions.return_for_correction(
                found, **form.cleaned_data, by=scope.actor(request), at=timezone.now()
            )
        except Refused as refused:
            form.add_refusal(refused, {Code.REASON_MISSING: "reasons"})
        else:
            messages.success(
                request, _("Returned. The candidate has your words by e-mail and can submit again.")
            )
            return redirect("office:registration", pk)
    return _page(request, found, form)
