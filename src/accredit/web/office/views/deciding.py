"""Reading a minor review where the edition leaves it to the office; previewing and releasing a result."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accredit.assessments import actions
from accredit.assessments.models import Outcome, Panel
from accredit.assessments.queries import edition_of, outcomes_open, rule_of_panel, slots_of, transcript_of
from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import Role, Stage
from accredit.toolkit.refusals import Refused
from accredit.web.office import scope
from accredit.web.office.forms.deciding import CommentForm, ReviewForm, WordsForm
from accredit.web.office.reads import checking, editing
from accredit.web.office.reads.registration import crumbs
from accredit.web.ui.pages import render, role_required
from accredit.web.ui.transcripts import groups_of

METHODS = ["GET", "HEAD", "POST"]
FIELDS = {Code.FEEDBACK_MISSING: "feedback", Code.REASON_MISSING: "reasons"}


def _slots(panel: Panel) -> list[tuple[str, str]]:
    rules = edition_of(panel)
    return [(slot, rules.slot_title(slot)) for slot in slots_of(panel.submission)]


@require_http_methods(METHODS)
@role_required(Role.OFFICE)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide a review of minor revisions beside the portfolio as revised."""
    panel = scope.panel(request, pk)
    owner, found = panel.registration, scope.current_submission(request, pk)
    if owner.stage != Stage.ASSESSING or rule_of_panel(panel).size:
        raise Http404
    form = ReviewForm(outcomes_open(panel), _slots(panel), scope.sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.read_review(panel, **form.cleaned_data, by=scope.actor(request), at=timezone.now())
        except Refused as refused:
            form.add_refusal(refused, FIELDS)
        else:
            messages.success(request, _("Decided. This is the result as the candidate will see it."))
            return redirect("office:release", pk)
    context = {
        "title": _("Read the review"),
        "eyebrow": f"{owner.reference} · {owner.person.name}",
        "form": form,
        "registration": owner,
        "reading": checking.reading(found, checking.files_of(found)),
    }
    return render(request, "office/review.html", context, status=422 if form.errors else 200)


@require_http_methods(METHODS)
@role_required(Role.OFFICE)
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Preview exactly what the candidate will receive, and release it."""
    panel = scope.panel(request, pk)
    outcome = get_object_or_404(Outcome.objects.select_related("panel__registration__scheme"), panel=panel)
    if request.method == "POST":
        return _released(request, outcome)
    owner = panel.registration
    transcript = transcript_of(panel, to=scope.actor(request))
    if transcript is None:
        raise Http404
    context = {
        "title": _("What the candidate will receive"),
        "eyebrow": f"{owner.reference} · {owner.person.name}",
        "crumbs": crumbs(owner),
        "registration": owner,
        "found": transcript,
        "groups": groups_of(transcript),
        "is_held": owner.stage == Stage.HELD and outcome.released_at is None,
        "released_at": outcome.released_at,
        "due_at": outcome.release_due_at,
        "hours": owner.scheme.recall_hours,
    }
    return render(request, "office/release.html", context)


def _released(request: HttpRequest, outcome: Outcome) -> HttpResponse:
    """Release, or recall; say what happens next."""
    by, at, pk = scope.actor(request), timezone.now(), outcome.panel.registration_id
    if "recall" in request.POST:
        actions.recall(outcome, by=by, at=at)
        messages.success(request, _("Recalled. The candidate was not told; the result is held as before."))
        return redirect("office:release", pk)
    found = actions.release(outcome, by=by, at=at)
    if found.released_at is None:
        messages.success(request, _("Released. You may recall it until the candidate is told."))
        return redirect("office:release", pk)
    messages.success(request, _("Released. The candidate is told by e-mail."))
    return redirect("office:registration", pk)


@require_http_methods(METHODS)
@role_required(Role.OFFICE)
def words(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit the words the candidate will read, while the result is held."""
    panel = scope.panel(request, pk)
    outcome = get_object_or_404(
        Outcome.objects.select_related("panel__registration"), panel=panel, released_at=None
    )
    form = WordsForm(scope.sent(request), initial={"feedback": outcome.feedback})
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_feedback(outcome, **form.cleaned_data, by=scope.actor(request), at=timezone.now())
        except Refused as refused:
            form.add_refusal(refused, FIELDS)
        else:
            return redirect("office:release", pk)
    owner = panel.registration
    context = {
        "title": _("Words for the candidate"),
        "eyebrow": f"{owner.reference} · {owner.person.name}",
        "crumbs": crumbs(owner),
        "form": form,
        "button": _("Save the words"),
        "registration": owner,
        "table": editing.table(pk, _comments(request, outcome)),
    }
    return render(request, "office/words.html", context, status=422 if form.errors else 200)


def _comments(request: HttpRequest, outcome: Outcome) -> list[editing.Comment]:
    transcript = transcript_of(outcome.panel, to=scope.actor(request))
    return editing.comments_of(transcript) if transcript is not None else []


@require_http_methods(METHODS)
@role_required(Role.OFFICE)
def comment(request: HttpRequest, pk: int, appointment: int, row: str) -> HttpResponse:
    """Edit what the candidate will read of one comment, or leave it out, while the result is held."""
    panel = scope.panel(request, pk)
    outcome = get_object_or_404(Outcome, panel=panel, released_at=None)
    outcome.panel = panel
    known = {(each.appointment, each.row): each for each in _comments(request, outcome)}
    found = known.get((appointment, row))
    if found is None:
        raise Http404
    form = CommentForm(scope.sent(request), initial={"text": found.text})
    if request.method == "POST" and form.is_valid() and _edited(request, outcome, found, form):
        return redirect("office:release_words", pk)
    context = {
        "title": f"{found.who}: {found.about}",
        "eyebrow": f"{panel.registration.reference} · {panel.registration.person.name}",
        "crumbs": crumbs(panel.registration),
        "form": form,
        "button": _("Save the comment"),
    }
    return render(request, "office/form.html", context, status=422 if form.errors else 200)


def _edited(request: HttpRequest, outcome: Outcome, found: editing.Comment, form: CommentForm) -> bool:
    place = outcome.panel.appointments.get(pk=found.appointment)
    text, by, at = form.cleaned_data["text"], scope.actor(request), timezone.now()
    try:
        actions.edit_comment(outcome, place, row=found.row, text=text, by=by, at=at)
    except Refused as refused:
        form.add_refusal(refused, {Code.FEEDBACK_MISSING: "text"})
        return False
    return True
