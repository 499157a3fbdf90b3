"""Writing an entry: saved as it is typed, never over somebody else's text."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accredit.frameworks.queries import rules_of
from accredit.people.actions import prefer_plain
from accredit.portfolios.actions import add_entry, remove_entry, save_entry
from accredit.portfolios.models import Entry
from accredit.portfolios.queries import Page, slot_of
from accredit.rulebook.faults import Code, fault
from accredit.toolkit.refusals import Clash, Refused
from accredit.web.candidate.forms.entries import EntryForm
from accredit.web.candidate.mine import actor, candidate_page, my_entry, my_portfolio, my_profile, slot_meant
from accredit.web.candidate.reads import writing as reads
from accredit.web.candidate.reads.handing import reading_of_draft
from accredit.web.candidate.reads.saving import Sent, answer, clashed
from accredit.web.candidate.views.arranging import ARRANGING, after_save
from accredit.web.ui.pages import me, render
from accredit.wording import sentence


def is_autosave(request: HttpRequest) -> bool:
    """Say whether a script sends this and wants JSON."""
    return request.headers.get("X-Autosave") == "1"


def number_in(text: str) -> int:
    """Return a version a form sent, -1 where it sent nonsense."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else -1


@candidate_page
def section(request: HttpRequest, pk: int, slot: str) -> HttpResponse:
    """Write what stands in a slot."""
    portfolio = my_portfolio(request, pk)
    meant = slot_meant(request, portfolio, slot)
    found = reads.writing(portfolio, meant)
    if found is None:
        return _set_aside(request, my_entry(request, pk, meant))
    if request.method == "POST":
        return _save(request, found)
    if not found.is_open:
        return _read_only(request, found)
    wanted = request.GET.get("examples", "")
    return _written(
        request,
        found,
        _form(request, found, wanted=int(wanted) if wanted.isdecimal() and len(wanted) < 4 else 0),
    )


def _set_aside(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Lead to what is set aside; a text sent to it stays in the browser, and the page says why."""
    slot = slot_of(entry)
    title = rules_of(entry.portfolio.registration.edition).slot_title(slot)
    told = fault(Code.ENTRY_SET_ASIDE, title=title)
    if is_autosave(request):
        return JsonResponse({"errors": [sentence(told)]}, status=422)
    if request.method == "POST":
        raise Refused(told)
    return redirect(
        f"{reverse('candidate:set_aside', args=[entry.portfolio.registration_id])}#section-{slot}"
    )


def _form(request: HttpRequest, found: reads.Writing, data: object = None, wanted: int = 0) -> EntryForm:
    return EntryForm(
        data,
        asked=found.asked,
        stored=found.content,
        version=found.entry.version,
        pieces=found.pieces,
        wanted=wanted,
        plain=me(request).prefers_plain,
    )


def _written(request: HttpRequest, found: reads.Writing, form: EntryForm) -> HttpResponse:
    context = reads.context_of(found, to=actor(request)) | {"form": form, "may_add_example": form.may_add}
    return render(request, "candidate/section.html", context, status=422 if form.errors else 200)


def _read_only(request: HttpRequest, found: reads.Writing) -> HttpResponse:
    reading = reading_of_draft(found.draft)
    entry = next((each for each in reading.entries if each.slot == found.slot), None)
    context = reads.context_of(found, to=actor(request)) | {"entry": entry}
    return render(request, "candidate/section_closed.html", context)


def _save(request: HttpRequest, found: reads.Writing) -> HttpResponse:
    form = _form(request, found, request.POST)
    if not form.is_valid():
        return _not_saved(request, found, form)
    sent = Sent(form.content(), form.cleaned_data["version"], form.page())
    try:
        saved = save_entry(
            found.entry,
            content=sent.content,
            expected=sent.expected,
            page=sent.page,
            by=actor(request),
            at=timezone.now(),
        )
    except Clash:
        return _clashed(request, found, sent, form)
    except Refused as refused:
        form.add_refusal(refused)
        return _not_saved(request, found, form)
    return JsonResponse(_told(saved, sent, form)) if is_autosave(request) else _go(request, found, sent)


def _not_saved(request: HttpRequest, found: reads.Writing, form: EntryForm) -> HttpResponse:
    if is_autosave(request):
        told = [str(error) for errors in form.errors.values() for error in errors]
        return JsonResponse({"errors": told}, status=422)
    return _written(request, found, form)


def _told(saved: Entry, sent: Sent, form: EntryForm) -> dict[str, Any]:
    told = answer(saved, sent)
    return told | {"changed": form.as_shown(told["changed"])}


def _clashed(
    request: HttpRequest, found: reads.Writing, sent: Sent, form: EntryForm | None = None
) -> HttpResponse:
    address = reverse("candidate:clash", args=[found.draft.registration.pk, found.slot])
    if is_autosave(request) and form is not None:
        told = _told(found.entry, sent, form) | {"both": address, "clashed": clashed(found.entry, sent)}
        return JsonResponse(told, status=409)
    return redirect(address)


def _go(request: HttpRequest, found: reads.Writing, sent: Sent) -> HttpResponse:
    """Go where the button that saved leads."""
    pk, slot = found.draft.registration.pk, found.slot
    here = reverse("candidate:section", args=[pk, slot])
    what, _colon, number = request.POST.get("go", "").partition(":")
    if what == "example":
        count = request.POST.get("count", "")
        following = int(count) + 1 if count.isdecimal() and len(count) < 4 else 1
        return redirect(f"{here}?examples={following}#example-{following}")
    if what == "remove" and number.isdecimal():
        return redirect(f"{reverse('candidate:remove', args=[pk, slot])}?example={number}")
    if what == "evidence" and number.isdecimal():
        return redirect(f"{reverse('candidate:evidence', args=[pk])}?for={slot}&example={number}")
    if what in {"plain", "rich"}:
        prefer_plain(my_profile(request), is_plain=what == "plain", by=actor(request), at=timezone.now())
        return redirect(here)
    if what in ARRANGING and number.isdecimal() and len(number) < 4:
        return after_save(request, found.entry, sent, what, int(number))
    messages.success(request, _("Saved. You can go on writing, here or another day."))
    return redirect("candidate:registration", pk=pk) if what == "tasks" else redirect(here)


@candidate_page
def remove(request: HttpRequest, pk: int, slot: str) -> HttpResponse:
    """Ask before an example, or a whole area, is taken out."""
    portfolio = my_portfolio(request, pk)
    try:
        found = reads.writing(portfolio, slot_meant(request, portfolio, slot))
    except Refused:
        # Somebody who clicks twice finds it gone the second time, as wanted.
        return redirect("candidate:registration", pk=pk)
    if found is None:
        raise Http404
    given = request.POST if request.method == "POST" else request.GET
    number = given.get("example", "")
    place = int(number) if number.isdecimal() and len(number) < 4 else 0
    if request.method == "POST" and place:
        return _without_example(request, found, place)
    if request.method == "POST":
        return _without_area(request, found)
    if place > len(found.content.examples):
        return redirect("candidate:section", pk=pk, slot=slot)
    example = found.content.examples[place - 1] if place else None
    context = {"title": _("Remove this?"), "found": found, "crumbs": reads.crumbs(found)}
    return render(request, "candidate/remove.html", context | {"example": example, "place": place})


def _without_area(request: HttpRequest, found: reads.Writing) -> HttpResponse:
    remove_entry(found.entry, by=actor(request), at=timezone.now())
    messages.success(request, _("The area has been removed."))
    return redirect("candidate:registration", pk=found.draft.registration.pk)


def _without_example(request: HttpRequest, found: reads.Writing, place: int) -> HttpResponse:
    key = request.POST.get("key", "")
    examples = tuple(each for each in found.content.examples if str(each.key) != key)
    expected = number_in(request.POST.get("version", ""))
    sent = Sent(
        replace(found.content, examples=examples), expected, Page(touched={f"example-{key}": expected})
    )
    try:
        save_entry(
            found.entry,
            content=sent.content,
            expected=expected,
            page=sent.page,
            by=actor(request),
            at=timezone.now(),
        )
    except Clash:
        return _clashed(request, found, sent)
    messages.success(request, _("The example has been removed."))
    return redirect("candidate:section", pk=found.draft.registration.pk, slot=found.slot)


@require_POST
@candidate_page
def add_area(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Add an entry to a section that may have several."""
    entry = add_entry(my_portfolio(request, pk), code, by=actor(request), at=timezone.now())
    return redirect("candidate:section", pk=pk, slot=slot_of(entry))
