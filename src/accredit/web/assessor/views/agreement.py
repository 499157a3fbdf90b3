"""The agreement: all assessments side by side, a proposal, the answers."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accredit.assessments import actions
from accredit.assessments.models import Appointment, Panel, Proposal
from accredit.assessments.queries import (
    Exchange,
    SeenAssessment,
    edition_of,
    exchange_of,
    is_proposer,
    outcomes_open,
    rows_of,
    visible_assessments,
)
from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import Stage
from accredit.toolkit.refusals import Refused
from accredit.web.assessor import words
from accredit.web.assessor.forms.deciding import MessageForm, OutcomeForm, ReplyForm
from accredit.web.assessor.mine import actor, assessor_page, my_place, posted
from accredit.web.assessor.reads import comparison
from accredit.web.assessor.reads.invitation import crumbs
from accredit.web.ui.pages import render

FIELDS = {
    Code.FEEDBACK_MISSING: "feedback",
    Code.REVISIONS_MISSING: "revise",
    Code.OUTCOME_NOT_OPEN: "outcome",
    Code.REASON_MISSING: "reason",
}


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose move it is, and with which form."""

    place: Appointment
    standing: Proposal | None
    is_agreeing: bool
    may_propose: bool
    may_reply: bool
    form: OutcomeForm | ReplyForm | None

    @property
    def panel(self) -> Panel:
        """Return the panel."""
        return self.place.panel


@require_http_methods(["GET", "HEAD", "POST"])
@assessor_page
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Show both sides once all are in; take a proposal or an answer."""
    place = my_place(request, pk)
    panel, to = place.panel, actor(request)
    seen = visible_assessments(panel, to=to)
    thread = exchange_of(panel, to=to)
    if panel.compared_at is None or not any(each.is_mine and each.submitted_at for each in seen):
        return redirect("assessor:desk", place.assessment.pk)
    turn = _turn(request, place, seen, thread)
    message = MessageForm(posted(request) if "message" in request.POST else None)
    if request.method == "POST":
        done = _write(request, turn, message) if message.is_bound else _post(request, turn)
        if done is not None:
            return done
    return _page(request, turn, seen, thread, message)


def _write(request: HttpRequest, turn: Turn, form: MessageForm) -> HttpResponse | None:
    """Send a message to the others."""
    if not form.is_valid():
        return None
    try:
        text = form.cleaned_data["message"]
        actions.write_to_panel(turn.place, text=text, by=actor(request), at=timezone.now())
    except Refused as refused:
        form.add_refusal(refused, {Code.MESSAGE_EMPTY: "message", Code.MESSAGE_TOO_LONG: "message"})
        return None
    messages.success(request, _("Sent to the others."))
    return redirect(f"{request.path}#thread")


def _turn(
    request: HttpRequest, place: Appointment, seen: tuple[SeenAssessment, ...], thread: Exchange
) -> Turn:
    panel = place.panel
    is_present = panel.round == panel.registration.round
    is_agreeing = is_present and panel.registration.stage == Stage.AGREEING
    standing = next((each for each in thread.proposals if each.replaced_at is None), None)
    answered = standing is not None and place.pk in {each.made_by_id for each in standing.replies.all()}
    is_mine = standing is not None and standing.made_by_id == place.pk
    may_propose = is_agreeing and is_proposer(place)
    may_reply = is_agreeing and standing is not None and not is_mine and not answered
    wants_reply = may_reply and "outcome" not in request.POST
    data = None if "message" in request.POST else posted(request)
    form: OutcomeForm | ReplyForm | None = None
    if wants_reply and standing is not None:
        form = ReplyForm(data)
    elif may_propose:
        form = OutcomeForm(outcomes_open(panel), rows_of(panel), data, initial=_initial(seen, standing))
    return Turn(place, standing, is_agreeing, may_propose, may_reply, form)


def _initial(seen: tuple[SeenAssessment, ...], standing: Proposal | None) -> dict[str, Any]:
    """Begin a proposal with the one that stands, or with what all recommend."""
    if standing is not None:
        return {"outcome": standing.outcome, "feedback": standing.feedback, "revise": standing.revise}
    outcomes = {each.outcome for each in seen}
    named = list(dict.fromkeys(slot for each in seen for slot in each.revise))
    return {"outcome": outcomes.pop() if len(outcomes) == 1 else "", "revise": named}


def _post(request: HttpRequest, turn: Turn) -> HttpResponse | None:
    if turn.form is None:
        messages.info(request, _("Nothing waits for you here now. This is how things stand."))
        return redirect("assessor:agreement", turn.panel.pk)
    if not turn.form.is_valid():
        return None
    try:
        _act(request, turn, turn.form)
    except Refused as refused:
        fields = {code: name for code, name in FIELDS.items() if name in turn.form.fields}
        turn.form.add_refusal(refused, fields)
        return None
    return redirect("assessor:agreement", turn.panel.pk)


def _act(request: HttpRequest, turn: Turn, form: OutcomeForm | ReplyForm) -> None:
    by, at = actor(request), timezone.now()
    if isinstance(form, OutcomeForm):
        actions.propose(turn.panel, appointment=turn.place, **form.cleaned_data, by=by, at=at)
        messages.success(request, _("Proposed. The others are told by e-mail and answer here."))
    elif turn.standing is not None:
        proposal = _answered_to(request, turn.panel, turn.standing)
        actions.reply(proposal, appointment=turn.place, **form.cleaned_data, by=by, at=at)
        messages.success(request, _("Your answer is recorded."))


def _answered_to(request: HttpRequest, panel: Panel, standing: Proposal) -> Proposal:
    """Return the proposal that was read, which may have been replaced since."""
    named = request.POST.get("proposal", "")
    key = int(named) if named.isdecimal() and len(named) < 12 else 0
    return panel.proposals.filter(pk=key).first() or standing


def _page(
    request: HttpRequest,
    turn: Turn,
    seen: tuple[SeenAssessment, ...],
    thread: Exchange,
    message: MessageForm,
) -> HttpResponse:
    form = turn.form
    failed = bool(message.errors or (form and form.errors))
    context = _context(turn, seen, thread) | {
        "turn": turn,
        "form": form,
        "is_reply": isinstance(form, ReplyForm),
        "message": message if turn.is_agreeing else None,
    }
    return render(request, "assessor/agreement.html", context, status=422 if failed else 200)


def _context(turn: Turn, seen: tuple[SeenAssessment, ...], thread: Exchange) -> dict[str, Any]:
    panel = turn.panel
    decided = getattr(panel, "outcome", None)
    title = _("Agree the outcome") if turn.is_agreeing else _("The panel's assessments")
    return {
        "title": title,
        "eyebrow": f"{words.name_of(panel)} · {words.eyebrow(panel)}",
        "crumbs": crumbs(title),
        "panel": panel,
        "pk": turn.place.assessment.pk,
        "compared": comparison.compare(panel, seen),
        "turns": comparison.turns(panel, thread),
        "why_called": comparison.why_called(panel),
        "follows": comparison.what_follows(panel),
        "decided": decided,
        "outcome": edition_of(panel).outcome(decided.code) if decided else None,
        "revise": [edition_of(panel).slot_title(slot) for slot in decided.revise] if decided else [],
    }
