"""What verifiers and wallets read: the issuer's document, credentials, status lists, achievements."""

import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from accredit.exchange.queries.credentials import credential_of_key, issuer_document, status_list
from accredit.frameworks.models import Edition
from accredit.frameworks.queries import rules_of
from accredit.rulebook.framework import Pathway
from accredit.web.ui.badges import picture_of
from accredit.web.ui.pages import render


@require_safe
def issuer(request: HttpRequest) -> HttpResponse:
    """The issuer's document with every key it has signed with (did:web)."""
    found = issuer_document()
    if found is None:
        raise Http404
    return _json(found, "application/did+json")


@require_safe
def credential(request: HttpRequest, key: UUID) -> HttpResponse:
    """A credential with its proof. Its address is the proof that one was given it: no list leads here."""
    found = credential_of_key(key)
    if found is None:
        raise Http404
    return _json(found.document, "application/vc")


@require_safe
def token(request: HttpRequest, key: UUID) -> HttpResponse:
    """A credential as a compact VC-JWT."""
    found = credential_of_key(key)
    if found is None:
        raise Http404
    return _open(HttpResponse(found.token, content_type="application/vc+jwt"))


@require_safe
def statuses(request: HttpRequest, purpose: str, number: int) -> HttpResponse:
    """A status list, signed, as it stands at this moment."""
    found = status_list(number, purpose, at=timezone.now())
    if found is None:
        raise Http404
    return _json(found, "application/vc")


@require_safe
def achievement(request: HttpRequest, edition: str, pathway: str) -> HttpResponse:
    """What an award of a pathway stands for, under one edition."""
    row, found = _asked(edition, pathway)
    context = {
        "title": found.title,
        "scheme": row.scheme,
        "edition": row.title,
        "edition_code": row.code,
        "pathway": found,
        "sections": [each for each in rules_of(row).sections_for(pathway) if each.is_rated],
        "years": rules_of(row).validity_years,
    }
    return render(request, "public/achievement.html", context)


@require_safe
def badge(request: HttpRequest, edition: str, pathway: str) -> HttpResponse:
    """The picture of an award of a pathway, drawn from its letters and the colour of the scheme."""
    row, found = _asked(edition, pathway)
    return _open(HttpResponse(picture_of(row.scheme, found), content_type="image/svg+xml"))


def _asked(edition: str, pathway: str) -> tuple[Edition, Pathway]:
    row = get_object_or_404(Edition.objects.select_related("scheme"), code=edition)
    try:
        return row, rules_of(row).pathway(pathway)
    except KeyError as unknown:
        raise Http404 from unknown


def _json(found: Any, media_type: str) -> HttpResponse:
    return _open(HttpResponse(json.dumps(found, ensure_ascii=False, indent=1), content_type=media_type))


def _open(answer: HttpResponse) -> HttpResponse:
    """Let verifiers that run in a browser read it from anywhere; nothing in it depends on who asks."""
    answer["Access-Control-Allow-Origin"] = "*"
    answer["X-Robots-Tag"] = "noindex"
    return answer
