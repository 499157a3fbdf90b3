"""Addresses for the tests of the interface: the gallery, a list, refusals, something broken."""

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path

from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import Role
from accredit.toolkit.refusals import refuse
from accredit.web.ui import gallery
from accredit.web.ui.errors import error_page
from accredit.web.ui.forms import Form, RichTextField, WordArea
from accredit.web.ui.pages import me, render, role_required, sign_in_required


def refused(request: HttpRequest) -> HttpResponse:
    """Refuse."""
    refuse(next(iter(Code)))


def broken(request: HttpRequest) -> HttpResponse:
    """Break."""
    raise RuntimeError("meant")


def code(request: HttpRequest, number: int) -> HttpResponse:
    """Answer with an error page."""
    return error_page(request, number)


@sign_in_required
def mine(request: HttpRequest) -> HttpResponse:
    """Answer with the name of who is signed in."""
    return HttpResponse(me(request).name)


@role_required(Role.OFFICE)
def office(request: HttpRequest) -> HttpResponse:
    """Answer the office only."""
    return HttpResponse("office")


class Note(Form):
    """Something to write."""

    note = forms.CharField(label="Note", widget=WordArea(words=50))
    text = RichTextField(label="Text", words=100, required=False)


def save(request: HttpRequest) -> HttpResponse:
    """Show a form that saves itself, and answer as the note asks."""
    if request.headers.get("X-Autosave"):
        if "clash" in request.POST["note"]:
            return JsonResponse({"both": "/both/"}, status=409)
        if "fail" in request.POST["note"]:
            return HttpResponse(status=500)
        return JsonResponse({"saved": "14:03", "fields": {"version": int(request.POST["version"]) + 1}})
    form = Note(request.POST) if request.method == "POST" else Note()
    return render(request, "saving.html", {"title": "Write", "form": form})


urlpatterns = [
    path("save/", save),
    path("", include("accredit.web.ui.urls")),
    *gallery.urlpatterns,
    path("refused/", refused),
    path("broken/", broken),
    path("code/<int:number>/", code),
    path("mine/", mine),
    path("office/", office),
    path("account/", include("allauth.urls")),
]
handler400 = "accredit.web.ui.errors.bad_request"
handler404 = "accredit.web.ui.errors.not_found"
handler403 = "accredit.web.ui.errors.forbidden"
handler500 = "accredit.web.ui.errors.server_error"
