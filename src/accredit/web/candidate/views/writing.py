"""Writing an entry: saved as it is typed, never over somebody else's text."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accredit.portfolios.actions import add_entry, remove_entry, save_entry
from accredit.portfolios.models import Entry, EntryVersion
from accredit.portfolios.queries import (
    EntryContent,
    clashes_of,
    content_of,
    content_of_version,
    slot_of,
)
from accredit.toolkit.refusals import Clash, Refused
from accredit.web.candidate.forms.entries import EntryForm
from accredit.web.candidate.mine import actor, candidate_page, my_entry, my_portfolio
from accredit.web.candidate.reads import writing as reads
from accredit.web.candidate.reads.handing import reading_of_draft
from accredit.web.ui.pages import render
from accredit.wording import sentence


def is_autosave(request: HttpRequest) -> bool:
    """Say whether a script sends this and wants JSON."""
    return request.headers.get("X-Autosave") == "1"


@candidate_page
def section(request: HttpRequest, pk: int, slot: str) -> HttpResponse:
    """Write what stands in a slot."""
    portfolio = my_portfolio(request, pk)
    found = reads.writing(portfolio, slot)
    if found is None:
        raise Http404
    if request.method == "POST":
        return _save(request, found)
    if not found.is_open:
        return _read_only(request, found)
    wanted = request.GET.get("examples", "")
    return _written(
        request, found, _form(found, wanted=int(wanted) if wanted.isdecimal() and len(wanted) < 4 else 0)
    )


def _form(found: reads.Writing, data: object = None, wanted: int = 0) -> EntryForm:
    return EntryForm(
        data,
        asked=found.asked,
        stored=found.content,
        version=found.entry.version,
        pieces=found.pieces,
        wanted=wanted,
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
    form = _form(found, request.POST)
    if not form.is_valid():
        return _not_saved(request, found, form)
    content, expected = form.content(), form.cleaned_data["version"]
    try:
        saved = save_entry(
            found.entry, content=content, expected=expected, by=actor(request), at=timezone.now()
        )
    except Clash:
        return _clashed(request, found)
    except Refused as refused:
        form.add_refusal(refused)
        return _not_saved(request, found, form)
    if is_autosave(request):
        return JsonResponse(_answer(saved, content))
    return _go(request, found, saved)


def _not_saved(request: HttpRequest, found: reads.Writing, form: EntryForm) -> HttpResponse:
    if is_autosave(request):
        told = [str(error) for errors in form.errors.values() for error in errors]
        return JsonResponse({"errors": told}, status=422)
    return _written(request, found, form)


def _clashed(request: HttpRequest, found: reads.Writing) -> HttpResponse:
    address = reverse("candidate:clash", args=[found.draft.registration.pk, found.slot])
    if is_autosave(request):
        return JsonResponse({"both": address}, status=409)
    return redirect(address)


def _answer(saved: Entry, sent: EntryContent) -> dict[str, object]:
    """Tell the page its new version, and the examples that were new what they are called now."""
    fields: dict[str, object] = {"version": saved.version}
    stored = iter(content_of(saved).examples)
    for number, each in enumerate(sent.examples, 1):
        if each.key is not None or not each.is_blank:
            kept = next(stored, None)
            fields[f"e{number}-key"] = kept.key if kept else ""
    return {"saved": timezone.localtime().strftime("%H:%M"), "version": saved.version, "fields": fields}


def _go(request: HttpRequest, found: reads.Writing, saved: Entry) -> HttpResponse:
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
    messages.success(request, _("Saved. You can go on writing, here or another day."))
    return redirect("candidate:registration", pk=pk) if what == "tasks" else redirect(here)


@candidate_page
def clash(request: HttpRequest, pk: int, slot: str) -> HttpResponse:
    """Two texts side by side: the person chooses, and the other one is kept."""
    entry = my_entry(request, pk, slot)
    kept = clashes_of(entry)
    if not kept:
        return redirect("candidate:section", pk=pk, slot=slot)
    named = request.POST.get("version") or request.GET.get("version") or ""
    chosen = next((each for each in kept if str(each.pk) == named), kept[0])
    if request.method == "POST":
        return _settle(request, entry, chosen)
    found = reads.writing(my_portfolio(request, pk), slot)
    if found is None:
        raise Http404
    titles = dict(found.entry.portfolio.evidence.values_list("pk", "title"))
    context = {
        "title": _("Two versions of this section"),
        "found": found,
        "crumbs": reads.crumbs(found),
        "chosen": chosen,
        "others": [each for each in kept if each.pk != chosen.pk],
        "stored_text": reads.as_words(found.content, found.asked, titles),
        "kept_text": reads.as_words(content_of_version(chosen), found.asked, titles),
    }
    return render(request, "candidate/clash.html", context)


def _settle(request: HttpRequest, entry: Entry, chosen: EntryVersion) -> HttpResponse:
    pk, slot = entry.portfolio.registration_id, slot_of(entry)
    if request.POST.get("keep") != "other":
        messages.info(request, _("The section stays as it is. The other text is still kept."))
        return redirect("candidate:section", pk=pk, slot=slot)
    expected = request.POST.get("expected", "")
    try:
        save_entry(
            entry,
            content=content_of_version(chosen),
            expected=int(expected) if expected.isdecimal() and len(expected) < 9 else -1,
            by=actor(request),
            at=timezone.now(),
        )
    except Clash as again:
        messages.warning(request, sentence(again.faults[0]))
        return redirect("candidate:clash", pk=pk, slot=slot)
    messages.success(
        request, _("The section now says what you chose. The text before it is kept as an earlier version.")
    )
    return redirect("candidate:section", pk=pk, slot=slot)


@candidate_page
def remove(request: HttpRequest, pk: int, slot: str) -> HttpResponse:
    """Ask before an example, or a whole area, is taken out."""
    found = reads.writing(my_portfolio(request, pk), slot)
    if found is None:
        raise Http404
    given = request.POST if request.method == "POST" else request.GET
    number = given.get("example", "")
    place = int(number) if number.isdecimal() and len(number) < 4 else 0
    if request.method == "POST" and place:
        return _without_example(request, found, place)
    if request.method == "POST":
        remove_entry(found.entry, by=actor(request), at=timezone.now())
        messages.success(request, _("The area has been removed."))
        return redirect("candidate:registration", pk=pk)
    if place > len(found.content.examples):
        return redirect("candidate:section", pk=pk, slot=slot)
    example = found.content.examples[place - 1] if place else None
    context = {"title": _("Remove this?"), "found": found, "crumbs": reads.crumbs(found)}
    return render(request, "candidate/remove.html", context | {"example": example, "place": place})


def _without_example(request: HttpRequest, found: reads.Writing, place: int) -> HttpResponse:
    key, expected = request.POST.get("key", ""), request.POST.get("version", "")
    examples = tuple(each for each in found.content.examples if str(each.key) != key)
    content = replace(found.content, examples=examples)
    try:
        save_entry(
            found.entry,
            content=content,
            expected=int(expected) if expected.isdecimal() and len(expected) < 9 else -1,
            by=actor(request),
            at=timezone.now(),
        )
    except Clash:
        return _clashed(request, found)
    messages.success(request, _("The example has been removed."))
    return redirect("candidate:section", pk=found.draft.registration.pk, slot=found.slot)


@require_POST
@candidate_page
def add_area(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Add an entry to a section that may have several."""
    entry = add_entry(my_portfolio(request, pk), code, by=actor(request), at=timezone.now())
    return redirect("candidate:section", pk=pk, slot=slot_of(entry))
