"""What an entry said before, and what was said twice: differences, choosing, restoring."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accredit.portfolios.actions import restore_version, settle_clash
from accredit.portfolios.models import EntryVersion
from accredit.portfolios.queries import clashes_of
from accredit.toolkit.refusals import Clash
from accredit.web.candidate.mine import actor, candidate_page, my_portfolio
from accredit.web.candidate.reads import versions as reads
from accredit.web.candidate.reads.writing import Writing, crumbs, writing
from accredit.web.candidate.views.writing import number_in
from accredit.web.ui.pages import paginate, render
from accredit.wording import sentence


def _mine(request: HttpRequest, pk: int, slot: str) -> Writing:
    found = writing(my_portfolio(request, pk), slot)
    if found is None:
        raise Http404
    return found


def _version(found: Writing, version: int) -> EntryVersion:
    kept = found.entry.versions.select_related("saved_by").filter(pk=version).first()
    if kept is None:
        raise Http404
    kept.entry = found.entry
    return kept


@candidate_page
def clash(request: HttpRequest, pk: int, slot: str) -> HttpResponse:
    """Two texts, field by field: the person chooses for each, and the other one is kept."""
    found = _mine(request, pk, slot)
    waiting = clashes_of(found.entry)
    if not waiting:
        return redirect("candidate:section", pk=pk, slot=slot)
    named = request.POST.get("version") or request.GET.get("version") or ""
    chosen = next((each for each in waiting if str(each.pk) == named), waiting[0])
    if request.method == "POST" and named.isdecimal() and str(chosen.pk) != named:
        # Chosen already, by the first of two clicks: what was ticked was about that text and no other.
        return redirect("candidate:clash", pk=pk, slot=slot)
    if request.method == "POST":
        return _settle(request, found, chosen)
    context = {
        "title": _("Two versions of this section"),
        "found": found,
        "crumbs": crumbs(found),
        "chosen": chosen,
        "others": [each for each in waiting if each.pk != chosen.pk],
        "fields": reads.clashing(found, chosen),
    }
    return render(request, "candidate/clash.html", context)


def _settle(request: HttpRequest, found: Writing, chosen: EntryVersion) -> HttpResponse:
    pk, slot = found.draft.registration.pk, found.slot
    chosen.entry = found.entry
    take = [name for name in chosen.fields if request.POST.get(f"take-{name}") == "other"]
    expected = number_in(request.POST.get("expected", ""))
    try:
        settle_clash(chosen, take=take, expected=expected, by=actor(request), at=timezone.now())
    except Clash as again:
        messages.warning(request, sentence(again.faults[0]))
        return redirect("candidate:clash", pk=pk, slot=slot)
    messages.success(request, _("The section says what you chose. Both texts are kept among its versions."))
    return redirect("candidate:section", pk=pk, slot=slot)


@candidate_page
def versions(request: HttpRequest, pk: int, slot: str) -> HttpResponse:
    """List what an entry said before, the newest first."""
    found = _mine(request, pk, slot)
    rows = found.entry.versions.select_related("saved_by").order_by("-saved_at", "-id")
    page = paginate(rows, request, 20)
    context = {
        "title": _("Versions: %(title)s") % {"title": found.title},
        "lead": reads.LEAD,
        "found": found,
        "crumbs": reads.crumbs_to_versions(found),
        "page": page,
        "table": reads.listed(found, page.items),
    }
    return render(request, "candidate/versions.html", context)


@candidate_page
def version(request: HttpRequest, pk: int, slot: str, version: int) -> HttpResponse:
    """Show how a version differs from now, or from the one before it; restore it."""
    found = _mine(request, pk, slot)
    kept = _version(found, version)
    if request.method == "POST":
        return _restore(request, found, kept)
    context = reads.compared(found, kept, is_with_before=request.GET.get("with") == "before")
    return render(request, "candidate/version.html", context)


def _restore(request: HttpRequest, found: Writing, kept: EntryVersion) -> HttpResponse:
    pk, slot = found.draft.registration.pk, found.slot
    expected = number_in(request.POST.get("expected", ""))
    try:
        restore_version(kept, expected=expected, by=actor(request), at=timezone.now())
    except Clash:
        return redirect("candidate:clash", pk=pk, slot=slot)
    messages.success(request, _("The section says this again. What it said before is kept as a version."))
    return redirect("candidate:section", pk=pk, slot=slot)
