"""The desk: reading and rating side by side, saved as one goes; handing in and taking back."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accredit.assessments import actions
from accredit.assessments.models import Assessment, Panel
from accredit.assessments.permissions import readable_submissions
from accredit.assessments.queries import content_of
from accredit.portfolios.models import Snapshot, Submission, SubmittedFile
from accredit.portfolios.queries import neutral_name, snapshots_of
from accredit.toolkit.refusals import Clash, Refused
from accredit.web.assessor import words
from accredit.web.assessor.forms.desk import DeskForm, as_typed, initial_of
from accredit.web.assessor.forms.keeping import PassageNoteForm
from accredit.web.assessor.mine import actor, assessor_page, my_desk
from accredit.web.assessor.reads import changes, keeping
from accredit.web.assessor.reads import desk as reads
from accredit.web.assessor.reads.invitation import crumbs
from accredit.web.ui.answered import answered_of, answered_page, state_of
from accredit.web.ui.files import send
from accredit.web.ui.pages import me, render
from accredit.web.ui.portfolio import Reading, drawn
from accredit.wording import sentence

METHODS = ["GET", "HEAD", "POST"]


def _is_autosave(request: HttpRequest) -> bool:
    return request.headers.get("X-Autosave") == "1"


@require_http_methods(METHODS)
@assessor_page
def desk(request: HttpRequest, pk: int) -> HttpResponse:
    """Read and rate; once handed in, read what I said."""
    found = reads.desk_of(my_desk(request, pk), to=actor(request))
    if request.method == "POST":
        return _save(request, found)
    if not found.is_open:
        return _shown(request, found, None)
    initial = initial_of(found.content, found.place.assessment.version)
    return _shown(
        request, found, DeskForm(found.rows, found.outcomes, initial=initial, standing=found.standing)
    )


def _shown(
    request: HttpRequest, found: reads.Desk, form: DeskForm | None, status: int = 200, **more: Any
) -> HttpResponse:
    panel, today = found.panel, localdate()
    context = {
        "title": words.name_of(panel),
        "eyebrow": words.eyebrow(panel),
        "desk": found,
        "panel": panel,
        "pk": found.place.assessment.pk,
        "form": form,
        "groups": reads.form_rows(found, form) if form else [],
        "scale": reads.marks_in_words(found),
        "handed_in": None if form else reads.handed_in(found),
        "left": words.time_left(panel.due_on, today),
        "tone": words.tone_of(panel.due_on, today),
        "notes": None,
        "note_form": PassageNoteForm(keeping.titles(panel.submission.content)),
        **_reading(request, found),
        **more,
    }
    return render(request, "assessor/desk.html", context, status=status)


def _reading(request: HttpRequest, found: reads.Desk) -> dict[str, Any]:
    """Return what stands on the reading side: the portfolio, what changed, or the round before."""
    pk = found.place.assessment.pk
    wanted = request.GET.get("read", "") if found.earlier else ""
    context: dict[str, Any] = {"tabs": reads.tabs(found, wanted), "wanted": wanted}
    submission = found.panel.submission
    if wanted == "changes" and found.earlier:
        return context | {"changes": changes.changes(submission.content, found.earlier)}
    if wanted == "before" and found.earlier:
        submission = found.earlier.panel.submission

    def url(file: int) -> str:
        return reverse("assessor:evidence_file", args=[pk, file])

    kept = snapshots_of(submission)
    answered = answered_of(kept, lambda key: reverse("assessor:answered", args=[pk, key]))

    def make() -> Reading:
        return reads.reading(found.panel, submission, file_url=url, answered=answered)

    key = (pk, submission.pk, submission.sha256, words.is_blind(found.panel), state_of(kept))
    return context | {"reading_html": drawn(key, make, rate_links=True)}


def _save(request: HttpRequest, found: reads.Desk) -> HttpResponse:
    form = DeskForm(found.rows, found.outcomes, request.POST, standing=found.standing)
    if not form.is_valid():
        return _not_saved(request, found, form)
    assessment, expected = found.place.assessment, form.cleaned_data["version"]
    try:
        saved = actions.save_assessment(
            assessment, content=form.content(), expected=expected, by=actor(request), at=timezone.now()
        )
    except Clash as clash:
        return _clashed(request, found, clash)
    except Refused as refused:
        form.add_refusal(refused)
        return _not_saved(request, found, form, status=409)
    if _is_autosave(request):
        told = {"version": saved.version}
        return JsonResponse({"saved": timezone.localtime().strftime("%H:%M"), "fields": told})
    if request.POST.get("go") == "submit":
        return redirect("assessor:submit", assessment.pk)
    messages.success(request, _("Saved. You can go on here, now or another day."))
    return redirect("assessor:desk", assessment.pk)


def _not_saved(request: HttpRequest, found: reads.Desk, form: DeskForm, status: int = 422) -> HttpResponse:
    if _is_autosave(request):
        told = [str(error) for errors in form.errors.values() for error in errors]
        return JsonResponse({"refused" if status == 409 else "errors": told}, status=status)
    return _shown(request, found, form, status=status)


def _clashed(request: HttpRequest, found: reads.Desk, clash: Clash) -> HttpResponse:
    """Give back what was typed beside what is stored; saving once more keeps what was typed."""
    if _is_autosave(request):
        told = _("This assessment was saved in another window. Press Save to see both; nothing is lost.")
        return JsonResponse({"refused": [told]}, status=409)
    current = Assessment.objects.prefetch_related("ratings").get(pk=found.place.assessment.pk)
    typed = request.POST.copy()
    typed["version"] = str(current.version)
    form = DeskForm(found.rows, found.outcomes, typed, standing=found.standing)
    form.is_valid()
    others = _differences(form, initial_of(content_of(current), current.version))
    sentences = [sentence(each) for each in clash.faults]
    return _shown(request, found, form, status=409, clash=sentences, others=others)


def _differences(form: DeskForm, stored: dict[str, Any]) -> list[tuple[str, str]]:
    """Return by label what is stored and differs from what was typed."""
    typed = initial_of(form.content(), 0) if form.is_valid() else {}
    found = []
    for name, field in form.fields.items():
        there = stored.get(name) or ""
        if name != "version" and there != (typed.get(name) or ""):
            titles = dict(getattr(field, "choices", ()))
            each = there if isinstance(there, list) else [there]
            text = ", ".join(str(titles.get(one, one)) for one in each)
            found.append((str(field.label), as_typed(text) or _("(empty)")))
    return found


@require_safe
@assessor_page
def evidence_file(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """Open a file of the submission, or of an earlier round of it."""
    panel = my_desk(request, pk).panel
    rows = SubmittedFile.objects.select_related("blob").filter(submission__in=_readable(request, panel))
    found = get_object_or_404(rows, pk=file)
    name = neutral_name(found.evidence_key or "portfolio", found.name)
    return send(request, found.blob, name if words.is_blind(panel) else found.name, found.captions)


@require_safe
@assessor_page
def answered(request: HttpRequest, pk: int, snapshot: int) -> HttpResponse:
    """Read what a link answered on the day of submission."""
    panel = my_desk(request, pk).panel
    rows = Snapshot.objects.filter(submission__in=_readable(request, panel), fetched_at__isnull=False)
    context = answered_page(get_object_or_404(rows, pk=snapshot)) | {"eyebrow": words.eyebrow(panel)}
    return render(request, "ui/portfolio/answered.html", context)


def _readable(request: HttpRequest, panel: Panel) -> QuerySet[Submission]:
    rows = readable_submissions(me(request).pk)
    return rows.filter(portfolio__registration_id=panel.registration_id, round__lte=panel.round)


@require_http_methods(METHODS)
@assessor_page
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what is missing, let me check, and hand in."""
    found = reads.desk_of(my_desk(request, pk), to=actor(request))
    if not found.is_open and request.method != "POST":
        return redirect("assessor:desk", pk)
    refusals: list[tuple[str, str]] = []
    if request.method == "POST":
        try:
            actions.submit_assessment(found.place.assessment, by=actor(request), at=timezone.now())
        except Refused as refused:
            refusals = [(sentence(each), "") for each in refused.faults]
        else:
            return _handed_in(request, pk)
    title = _("Check your assessment")
    context = {
        "title": title,
        "eyebrow": f"{words.name_of(found.panel)} · {words.eyebrow(found.panel)}",
        "crumbs": [*crumbs("")[:1], *crumbs(words.name_of(found.panel))[1:]],
        "pk": pk,
        "missing": refusals or reads.missing(found),
        "seen": reads.handed_in(found),
    }
    return render(request, "assessor/submit.html", context, status=409 if refusals else 200)


def _handed_in(request: HttpRequest, pk: int) -> HttpResponse:
    place = my_desk(request, pk)
    if place.panel.compared_at is not None and not hasattr(place.panel, "outcome"):
        messages.success(request, _("Your assessment is in, and so are the others: you can read them now."))
        return redirect("assessor:agreement", place.panel_id)
    messages.success(request, _("Your assessment is in. Thank you."))
    return redirect("assessor:desk", pk)


@require_http_methods(METHODS)
@assessor_page
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take my assessment back, as long as the last one is not in."""
    found = reads.desk_of(my_desk(request, pk), to=actor(request))
    if request.method == "POST":
        actions.reopen_assessment(found.place.assessment, by=actor(request), at=timezone.now())
        messages.success(request, _("Your assessment is open again. Hand it in when you are ready."))
        return redirect("assessor:desk", pk)
    if not found.may_reopen:
        raise Http404
    title = _("Reopen your assessment?")
    context = {"title": title, "eyebrow": words.eyebrow(found.panel), "pk": pk, "crumbs": crumbs(title)}
    return render(request, "assessor/reopen.html", context)
