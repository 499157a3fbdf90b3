"""Beyond the panel: a moderator decides, the committee ratifies."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accredit.assessments import actions
from accredit.assessments.models import Outcome, Panel
from accredit.assessments.queries import (
    appeals_to_review,
    edition_of,
    exchange_of,
    outcomes_open,
    rows_of,
    visible_assessments,
)
from accredit.portfolios.models import Snapshot, SubmittedFile
from accredit.portfolios.queries import neutral_name, snapshots_of
from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import Role, Stage
from accredit.toolkit.refusals import Refused
from accredit.web.assessor import words
from accredit.web.assessor.forms.appealing import AppealDecisionForm
from accredit.web.assessor.forms.deciding import ModerationForm, RatificationForm
from accredit.web.assessor.mine import (
    actor,
    appeal_to_review,
    assessor_page,
    outcome_to_ratify,
    panel_to_moderate,
    posted,
)
from accredit.web.assessor.reads import comparison
from accredit.web.assessor.reads import desk as reads
from accredit.web.ui.answered import answered_of, answered_page
from accredit.web.ui.files import send
from accredit.web.ui.pages import me, render

METHODS = ["GET", "HEAD", "POST"]
FIELDS = {
    Code.FEEDBACK_MISSING: "feedback",
    Code.REVISIONS_MISSING: "revise",
    Code.OUTCOME_NOT_OPEN: "outcome",
    Code.REASON_MISSING: "reasons",
}


@require_http_methods(METHODS)
@assessor_page
def moderation(request: HttpRequest, pk: int) -> HttpResponse:
    """Read everything the panel said, and decide with reasons."""
    panel = panel_to_moderate(request, pk)
    by = actor(request, Role.MODERATOR)
    form = ModerationForm(outcomes_open(panel), rows_of(panel), posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.moderate(panel, **form.cleaned_data, by=by, at=timezone.now())
        except Refused as refused:
            form.add_refusal(refused, FIELDS)
        else:
            messages.success(request, _("Decided. The office takes it from here."))
            return redirect("assessor:home")
    context = {
        "form": form,
        "button": _("Decide"),
        "form_title": _("Your decision"),
        "sent_back": "" if request.GET.get("read") else comparison.sent_back(panel),
    }
    return _shown(request, panel, Role.MODERATOR, context)


@require_http_methods(METHODS)
@assessor_page
def ratification(request: HttpRequest, pk: int) -> HttpResponse:
    """Ratify an outcome, or send it back with reasons."""
    outcome = outcome_to_ratify(request, pk)
    form = RatificationForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            return _ratified(request, outcome, form)
        except Refused as refused:
            form.add_refusal(refused, {Code.REASON_MISSING: "reasons"})
    edition = edition_of(outcome.panel)
    context = {
        "form": form,
        "button": _("Record the decision"),
        "form_title": _("The committee's decision"),
        "decided": outcome,
        "outcome": edition.outcome(outcome.code),
        "revise": [edition.slot_title(slot) for slot in outcome.revise],
    }
    return _shown(request, outcome.panel, Role.COMMITTEE, context)


def _ratified(request: HttpRequest, outcome: Outcome, form: RatificationForm) -> HttpResponse:
    by, at = actor(request, Role.COMMITTEE), timezone.now()
    if form.cleaned_data["ratifies"]:
        actions.ratify(outcome, by=by, at=at)
        messages.success(request, _("Ratified. The office releases it to the candidate."))
    else:
        actions.remit(outcome, reasons=form.cleaned_data["reasons"], by=by, at=at)
        messages.success(request, _("Sent back. The moderator is told by e-mail."))
    return redirect("assessor:home")


@require_http_methods(METHODS)
@assessor_page
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a result that was appealed with all that led to it, and decide whether it stands."""
    found = appeal_to_review(request, pk)
    form = AppealDecisionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        by = actor(request, Role.MODERATOR)
        try:
            actions.decide_appeal(found, **form.cleaned_data, by=by, at=timezone.now())
        except Refused as refused:
            form.add_refusal(refused, {Code.REASON_MISSING: "reasons"})
        else:
            messages.success(request, _("Decided. The candidate and the office are told by e-mail."))
            return redirect("assessor:home")
    context = {
        "form": form,
        "button": _("Decide"),
        "form_title": _("The appeal"),
        **reads.appealed(found),
    }
    return _shown(request, found.outcome.panel, Role.MODERATOR, context)


def _shown(request: HttpRequest, panel: Panel, role: Role, context: dict[str, Any]) -> HttpResponse:
    labels = [("", _("Assessments")), ("portfolio", _("Portfolio"))]
    if role is Role.MODERATOR:
        labels.insert(1, ("thread", _("Exchange of the panel")))
    wanted = request.GET.get("read", "")
    frame = {
        "title": words.name_of(panel),
        "eyebrow": words.eyebrow(panel),
        "panel": panel,
        "tabs": reads.links(labels, wanted),
        **_read(panel, role, wanted, request),
        **context,
    }
    status = 422 if context["form"].errors else 200
    return render(request, "assessor/deciding.html", frame, status=status)


def _read(panel: Panel, role: Role, wanted: str, request: HttpRequest) -> dict[str, Any]:
    """Return what stands on the reading side."""
    by = actor(request, role)
    if wanted == "portfolio":

        def url(file: int) -> str:
            return reverse("assessor:panel_file", args=[panel.pk, file])

        kept = snapshots_of(panel.submission)
        answered = answered_of(kept, lambda key: reverse("assessor:panel_answered", args=[panel.pk, key]))
        return {"reading": reads.reading(panel, panel.submission, file_url=url, answered=answered)}
    if wanted == "thread" and role is Role.MODERATOR:
        return {"turns": comparison.turns(panel, exchange_of(panel, to=by)), "is_thread": True}
    return {"compared": comparison.compare(panel, visible_assessments(panel, to=by))}


@require_safe
@assessor_page
def panel_file(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """Open a file of the submission a moderator or the committee has before them."""
    panel = _panel_before_me(request, pk)
    rows = SubmittedFile.objects.select_related("blob").filter(submission=panel.submission)
    found = get_object_or_404(rows, pk=file)
    name = neutral_name(found.evidence_key or "portfolio", found.name)
    return send(request, found.blob, name if words.is_blind(panel) else found.name, found.captions)


@require_safe
@assessor_page
def panel_answered(request: HttpRequest, pk: int, snapshot: int) -> HttpResponse:
    """Read what a link answered on the day of submission."""
    panel = _panel_before_me(request, pk)
    found = get_object_or_404(Snapshot, submission=panel.submission, fetched_at__isnull=False, pk=snapshot)
    context = answered_page(found) | {"eyebrow": words.eyebrow(panel)}
    return render(request, "ui/portfolio/answered.html", context)


def _panel_before_me(request: HttpRequest, pk: int) -> Panel:
    roles = me(request).roles
    under_appeal = appeals_to_review(me(request).pk).filter(outcome__panel_id=pk).first()
    if under_appeal is not None:
        return appeal_to_review(request, under_appeal.pk).outcome.panel
    stage = Panel.objects.filter(pk=pk).values_list("registration__stage", flat=True).first()
    if stage == Stage.MODERATING and Role.MODERATOR.value in roles:
        return panel_to_moderate(request, pk)
    if stage == Stage.RATIFYING and Role.COMMITTEE.value in roles:
        return outcome_to_ratify(request, pk).panel
    raise Http404
