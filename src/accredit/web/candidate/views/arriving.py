"""Large files on their way: answers to the script that sends them (docs/decisions/0014-uploads.md)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accredit.files.actions import cancel_upload, take_part
from accredit.files.models import Upload
from accredit.portfolios.actions import add_arrived, begin_upload
from accredit.portfolios.models import Portfolio
from accredit.portfolios.queries import PieceContent
from accredit.toolkit.refusals import Refused
from accredit.web.candidate.mine import actor, candidate_page, my_portfolio, my_upload, uploads_of
from accredit.wording import sentence


def is_script(request: HttpRequest) -> bool:
    """Say whether a script asks and wants JSON."""
    return request.headers.get("Accept", "").startswith("application/json")


def _standing(portfolio: Portfolio, upload: Upload) -> JsonResponse:
    here = reverse("candidate:upload", args=[portfolio.registration_id, upload.key])
    return JsonResponse(
        {"key": upload.key, "address": here, "received": upload.received, "size": upload.size}
    )


@require_POST
@candidate_page
def uploads(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Begin an upload: its name and size, and the piece it is to replace if there is one."""
    portfolio = my_portfolio(request, pk)
    given = _number(request.POST.get("instead_of", ""))
    piece = portfolio.evidence.filter(pk=given, removed_at=None).first() if given else None
    begun = begin_upload(
        portfolio,
        name=request.POST.get("name", ""),
        size=_number(request.POST.get("size", "")),
        instead_of=piece,
        by=actor(request),
        at=timezone.now(),
    )
    return _standing(portfolio, begun)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 16 else 0


@candidate_page
def upload(request: HttpRequest, pk: int, key: UUID) -> HttpResponseBase:
    """Say how much has arrived; take the next part, whose place the header Upload-Offset names."""
    portfolio = my_portfolio(request, pk)
    found = my_upload(portfolio, key)
    if request.method == "POST":
        offset = _number(request.headers.get("Upload-Offset", ""))
        try:
            found = take_part(found, request.body, offset=offset, at=timezone.now())
        except Refused as refused:
            # Where to go on is what a script needs most.
            told = [sentence(each) for each in refused.faults]
            return JsonResponse({"refused": told, "received": my_upload(portfolio, key).received}, status=409)
    return _standing(portfolio, found)


@require_POST
@candidate_page
def upload_finish(request: HttpRequest, pk: int, key: UUID) -> HttpResponseBase:
    """Put a file that has arrived into the locker under its own name; it is described afterwards."""
    portfolio = my_portfolio(request, pk)
    found = my_upload(portfolio, key)
    content = PieceContent(title=found.name.rpartition(".")[0] or found.name)
    made = add_arrived(portfolio, found, content=content, by=actor(request), at=timezone.now())
    address = reverse("candidate:evidence_piece", args=[pk, made.pk])
    if is_script(request):
        return JsonResponse({"title": made.title, "address": address})
    messages.success(request, _("“%(title)s” is in your locker.") % {"title": made.title})
    return redirect(address)


@require_POST
@candidate_page
def upload_cancel(request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
    """Forget what has arrived of a file; somebody who clicks twice finds it gone the second time."""
    portfolio = my_portfolio(request, pk)
    for found in uploads_of(portfolio).filter(key=key):
        cancel_upload(found)
    if is_script(request):
        return HttpResponse(status=204)
    messages.success(request, _("The upload has been cancelled."))
    return redirect("candidate:evidence", pk=pk)
