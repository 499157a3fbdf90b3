"""The evidence locker."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accredit.files.models import Upload
from accredit.portfolios.actions import (
    add_arrived,
    add_evidence,
    change_evidence,
    change_to_arrived,
    remove_evidence,
)
from accredit.portfolios.models import Evidence, Portfolio
from accredit.toolkit.refusals import Refused
from accredit.web.candidate.forms.evidence import FIELDS, EvidenceForm
from accredit.web.candidate.mine import (
    actor,
    arrived_for,
    candidate_page,
    is_editable,
    my_evidence,
    my_portfolio,
)
from accredit.web.candidate.reads import locker as reads
from accredit.web.candidate.reads.handing import crumbs
from accredit.web.ui.files import send
from accredit.web.ui.pages import render


def _form(
    request: HttpRequest,
    portfolio: Portfolio,
    kind: str,
    running: Sequence[Upload],
    piece: Evidence | None = None,
) -> EvidenceForm:
    is_post = request.method == "POST"
    return EvidenceForm(
        request.POST if is_post else None,
        request.FILES or None,
        kind=kind,
        sizes=reads.sizes(portfolio, running) if kind == "file" else "",
        piece=piece,
        arrived=arrived_for(request, portfolio),
    )


@candidate_page
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """The locker, and the form that adds to it."""
    portfolio = my_portfolio(request, pk)
    given = request.POST if request.method == "POST" else request.GET
    kind = given.get("kind", "file")
    kind = kind if kind in Evidence.Kind.values else "file"
    running = reads.on_their_way(portfolio)
    form = _form(request, portfolio, kind, running)
    target = reads.target(portfolio, given.get("for", ""), given.get("example", ""))
    if request.method == "POST" and form.is_valid():
        try:
            made = _add(request, portfolio, form)
        except Refused as refused:
            form.add_refusal(refused, form.placed(FIELDS))
        else:
            return _added(request, made, target)
    context = reads.locker(portfolio, kind, target, running) | {
        "form": form,
        "is_open": is_editable(portfolio.registration),
    }
    return render(request, "candidate/evidence.html", context, status=422 if form.errors else 200)


def _add(request: HttpRequest, portfolio: Portfolio, form: EvidenceForm) -> Evidence:
    given = form.given() | {"by": actor(request), "at": timezone.now()}
    upload = arrived_for(request, portfolio)
    if upload is not None:
        given.pop("upload", None)
        return add_arrived(portfolio, upload, **given)
    return add_evidence(portfolio, kind=form.kind, **given)


def _added(request: HttpRequest, made: Evidence, target: reads.Target | None) -> HttpResponse:
    pk = made.portfolio.registration_id
    messages.success(request, _("“%(title)s” is in your locker.") % {"title": made.title})
    if target is None:
        return redirect("candidate:evidence", pk=pk)
    reads.attach(made, target, by=actor(request), at=timezone.now())
    return redirect(f"{reverse('candidate:section', args=[pk, target.slot])}#example-{target.example}")


@candidate_page
def evidence_piece(request: HttpRequest, pk: int, evidence: int) -> HttpResponse:
    """One piece: open it, describe it, replace its file."""
    piece = my_evidence(request, pk, evidence)
    form = _form(request, piece.portfolio, piece.kind, reads.on_their_way(piece.portfolio), piece)
    if request.method == "POST" and form.is_valid():
        try:
            _change(request, piece, form)
        except Refused as refused:
            form.add_refusal(refused, form.placed(FIELDS))
        else:
            messages.success(request, _("Saved."))
            return redirect("candidate:evidence_piece", pk=pk, evidence=evidence)
    context = reads.piece(piece) | {"form": form, "is_open": is_editable(piece.portfolio.registration)}
    return render(request, "candidate/evidence_piece.html", context, status=422 if form.errors else 200)


def _change(request: HttpRequest, piece: Evidence, form: EvidenceForm) -> Evidence:
    given = form.given() | {"expected": form.cleaned_data["version"]}
    given |= {"by": actor(request), "at": timezone.now()}
    upload = arrived_for(request, piece.portfolio)
    if upload is not None:
        given.pop("upload", None)
        return change_to_arrived(piece, upload, **given)
    return change_evidence(piece, **given)


@require_safe
@candidate_page
def evidence_file(request: HttpRequest, pk: int, evidence: int) -> HttpResponseBase:
    """The file of a piece."""
    piece = my_evidence(request, pk, evidence)
    if piece.blob is None:
        return redirect("candidate:evidence_piece", pk=pk, evidence=evidence)
    return send(request, piece.blob, piece.file_name, piece.captions)


@candidate_page
def evidence_remove(request: HttpRequest, pk: int, evidence: int) -> HttpResponse:
    """Ask before a piece is taken out of the locker."""
    portfolio = my_portfolio(request, pk)
    if request.method == "POST":
        # Somebody who clicks twice finds it gone the second time, as wanted.
        known = portfolio.evidence.filter(pk=evidence).first()
        if known is not None:
            remove_evidence(known, by=actor(request), at=timezone.now())
            messages.success(request, _("“%(title)s” has been removed.") % {"title": known.title})
        return redirect("candidate:evidence", pk=pk)
    piece = my_evidence(request, pk, evidence)
    title = _("Remove “%(title)s”?") % {"title": piece.title}
    context = {
        "title": title,
        "piece": piece,
        "registration": portfolio.registration,
        "crumbs": crumbs(pk, title),
    }
    return render(request, "candidate/evidence_remove.html", context)
