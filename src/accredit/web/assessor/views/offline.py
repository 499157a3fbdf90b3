"""What I assess as a PDF to read without a network: marked with my name, and logged."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accredit.exchange.actions import ask_reading_copy, take_reading_copy
from accredit.exchange.permissions import reading_copies_of
from accredit.exchange.writers import WRITERS
from accredit.web.assessor import words
from accredit.web.assessor.mine import actor, assessor_page, my_desk
from accredit.web.assessor.reads.invitation import crumbs
from accredit.web.ui.exports import state_of, told_of
from accredit.web.ui.files import attach
from accredit.web.ui.pages import render


@require_http_methods(["GET", "HEAD", "POST"])
@assessor_page
def offline(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the copy, see how far it is, fetch it. Works by loading the page again."""
    place = my_desk(request, pk)
    if request.method == "POST":
        ask_reading_copy(place, by=actor(request), at=timezone.now())
        return redirect("assessor:offline", pk)
    export = reading_copies_of(place).first()
    context = {
        "title": _("Read it offline"),
        "eyebrow": f"{words.name_of(place.panel)} · {words.eyebrow(place.panel)}",
        "crumbs": [*crumbs("")[:1], *crumbs(words.name_of(place.panel))[1:]],
        "pk": pk,
        "export": export,
        "state": state_of(export),
        "remarks": told_of(export),
    }
    return render(request, "assessor/offline.html", context)


@require_POST
@assessor_page
def offline_file(request: HttpRequest, pk: int, export: int) -> HttpResponseBase:
    """My copy, as a download; that I fetched it is logged."""
    found = get_object_or_404(reading_copies_of(my_desk(request, pk)), pk=export)
    if found.blob is None:
        raise Http404
    blob = take_reading_copy(found, by=actor(request), at=timezone.now())
    return attach(request, blob, found.name, WRITERS[found.form].media_type)
