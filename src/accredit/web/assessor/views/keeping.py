"""Notes on passages and earlier versions of the form: mine alone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accredit.assessments import actions
from accredit.assessments.models import PassageNote
from accredit.assessments.queries import from_json
from accredit.rulebook.faults import Code
from accredit.toolkit.refusals import Clash, Refused
from accredit.web.assessor import words
from accredit.web.assessor.forms.keeping import PassageNoteForm
from accredit.web.assessor.mine import actor, assessor_page, my_desk
from accredit.web.assessor.reads import desk as desks
from accredit.web.assessor.reads import keeping as reads
from accredit.web.assessor.reads.invitation import crumbs
from accredit.web.ui.pages import paginate, render
from accredit.wording import sentence

METHODS = ["GET", "HEAD", "POST"]
FIELDS = {Code.NOTE_EMPTY: "text", Code.TEXT_TOO_LONG: "text", Code.ROW_UNKNOWN: "slot"}


@require_http_methods(METHODS)
@assessor_page
def notes(request: HttpRequest, pk: int) -> HttpResponse:
    """Read my notes on the passages of this portfolio; write another one."""
    place = my_desk(request, pk)
    content = place.panel.submission.content
    form = PassageNoteForm(reads.titles(content), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        by, at = actor(request), timezone.now()
        try:
            made = actions.write_passage_note(place.assessment, **form.cleaned_data, by=by, at=at)
        except Refused as refused:
            form.add_refusal(refused, FIELDS)
        else:
            return redirect(f"{_back(request, pk)}#note-{made.pk}")
    context = {
        "title": _("Your notes"),
        "eyebrow": f"{words.name_of(place.panel)} · {words.eyebrow(place.panel)}",
        "crumbs": [*crumbs("")[:1], *crumbs(words.name_of(place.panel))[1:]],
        "pk": pk,
        "notes": reads.notes_of(place.assessment, content),
        "note_form": form,
        "on_desk": _is_on_desk(request),
    }
    return render(request, "assessor/notes.html", context, status=422 if form.errors else 200)


@require_POST
@assessor_page
def note_remove(request: HttpRequest, pk: int, note: int) -> HttpResponse:
    """Remove a note of mine; the second of two clicks finds it gone, as wanted."""
    place = my_desk(request, pk)
    found = PassageNote.objects.filter(assessment=place.assessment, pk=note).first()
    if found is not None:
        actions.remove_passage_note(found, by=actor(request), at=timezone.now())
    return redirect(_back(request, pk))


def _is_on_desk(request: HttpRequest) -> bool:
    """Say whether the notes are drawn into the desk."""
    return request.GET.get("on") == "desk"


def _back(request: HttpRequest, pk: int) -> str:
    return reverse("assessor:notes", args=[pk]) + ("?on=desk" if _is_on_desk(request) else "")


@require_safe
@assessor_page
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """List what my form said before, the newest first."""
    place = my_desk(request, pk)
    page = paginate(place.assessment.versions.order_by("-pk"), request, 20)
    address = reverse("assessor:version", args=[pk, 0]).replace("/0/", "/KEY/")
    context = {
        "title": _("Versions of your assessment"),
        "lead": _("The last of each ten minutes in which it was saved. Nobody but you sees them."),
        "eyebrow": f"{words.name_of(place.panel)} · {words.eyebrow(place.panel)}",
        "pk": pk,
        "page": page,
        "table": reads.versions_table(page.items, address),
    }
    return render(request, "assessor/versions.html", context)


@require_http_methods(METHODS)
@assessor_page
def version(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """Show what has changed since a version; put it in place of what the form says now."""
    found = desks.desk_of(my_desk(request, pk), to=actor(request))
    kept = get_object_or_404(found.place.assessment.versions, pk=version)
    if request.method == "POST":
        return _restored(request, found, kept.content)
    context = {
        "title": _("A version of your assessment"),
        "eyebrow": f"{words.name_of(found.panel)} · {words.eyebrow(found.panel)}",
        "pk": pk,
        "kept": kept,
        "fields": reads.differences(found, kept),
        "desk": found,
        "expected": found.place.assessment.version,
    }
    return render(request, "assessor/version.html", context)


def _restored(request: HttpRequest, found: desks.Desk, kept: dict[str, object]) -> HttpResponse:
    given = request.POST.get("expected", "")
    expected = int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else -1
    by, at = actor(request), timezone.now()
    try:
        actions.save_assessment(
            found.place.assessment, content=from_json(kept), expected=expected, by=by, at=at
        )
    except Clash as clash:
        messages.warning(request, sentence(clash.faults[0]))
        return redirect(request.path)
    messages.success(request, _("Your assessment says this again. What it said before is kept as a version."))
    return redirect("assessor:desk", found.place.assessment.pk)
