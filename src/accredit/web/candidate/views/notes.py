"""Notes to self: beside a section, and all of them on a page."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accredit.portfolios.actions import change_note, remove_note, tick_note, write_note
from accredit.portfolios.models import Note
from accredit.portfolios.queries import entry_at, notes_of
from accredit.rulebook.faults import Code
from accredit.toolkit.refusals import Refused
from accredit.web.candidate.forms.notes import NoteForm
from accredit.web.candidate.mine import actor, candidate_page, my_portfolio
from accredit.web.candidate.reads import notes as reads
from accredit.web.ui.pages import paginate, render

AT = {Code.NOTE_EMPTY: "text", Code.TEXT_TOO_LONG: "text"}


@candidate_page
def notes(request: HttpRequest, pk: int) -> HttpResponse:
    """List all notes and take a new one."""
    portfolio = my_portfolio(request, pk)
    slot = request.POST.get("slot") or request.GET.get("slot") or ""
    entry = entry_at(portfolio, slot) if slot else None
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            text = form.cleaned_data["text"]
            write_note(portfolio, text=text, entry=entry, by=actor(request), at=timezone.now())
            return _back(request, pk)
        except Refused as refused:
            form.add_refusal(refused, AT)
    page = paginate(notes_of(portfolio, beside=entry), request, 30)
    context = {
        "title": _("Notes to self"),
        "crumbs": reads.crumbs(portfolio),
        "form": form,
        "slot": slot if entry else "",
        "registration": portfolio.registration,
        "page": page,
        "shown": reads.shown(portfolio, page.items),
    }
    return render(request, "candidate/notes.html", context, status=422 if form.errors else 200)


@candidate_page
def note(request: HttpRequest, pk: int, note: int) -> HttpResponse:
    """Change a note, tick it off, remove it."""
    portfolio = my_portfolio(request, pk)
    found = notes_of(portfolio).filter(pk=note).first()
    if found is None:
        raise Http404
    found.portfolio = portfolio
    form = NoteForm(request.POST if "text" in request.POST else None, initial={"text": found.text})
    if request.method == "POST":
        try:
            if _done(request, found, form):
                return _back(request, pk)
        except Refused as refused:
            form.add_refusal(refused, AT)
    context = {
        "title": _("Note to self"),
        "crumbs": reads.crumbs(portfolio, _("Change")),
        "form": form,
        "note": found,
        "registration": portfolio.registration,
    }
    return render(request, "candidate/note.html", context, status=422 if form.errors else 200)


def _done(request: HttpRequest, found: Note, form: NoteForm) -> bool:
    by, at, do = actor(request), timezone.now(), request.POST.get("do", "")
    if do == "remove":
        remove_note(found, by=by, at=at)
        messages.success(request, _("The note has been removed."))
    elif do in {"tick", "untick"}:
        tick_note(found, is_done=do == "tick", by=by, at=at)
    elif form.is_bound and form.is_valid():
        change_note(found, text=form.cleaned_data["text"], by=by, at=at)
    else:
        return False
    return True


def _back(request: HttpRequest, pk: int) -> HttpResponse:
    """Go back to the section the note was written beside, or to all of them."""
    slot = request.POST.get("slot", "")
    if slot and request.POST.get("from") == "section" and entry_at(my_portfolio(request, pk), slot):
        return redirect(reverse("candidate:section", args=[pk, slot]) + "#notes")
    return redirect("candidate:notes", pk=pk)
