"""Bringing a document in: choose it, say what goes where, look at each section, take it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accredit.exchange.actions import bring_in, drop_import, place_stretches, read_again, take_import
from accredit.exchange.models import Import
from accredit.rulebook.faults import Code
from accredit.toolkit.refusals import Clash, Refused
from accredit.web.candidate.forms.bringing import BringForm
from accredit.web.candidate.mine import actor, candidate_page, is_editable, my_import, my_portfolio
from accredit.web.candidate.reads import bringing as reads
from accredit.web.candidate.reads.taking import checking
from accredit.web.ui.pages import paginate, render
from accredit.wording import sentence

STRETCHES = 40
MOST_DIGITS = 10
AT_UPLOAD = (
    Code.IMPORT_FORM_UNKNOWN, Code.FILE_EMPTY, Code.FILE_TOO_LARGE, Code.IMPORTS_WAITING, Code.IMPORTS_FULL,
)  # fmt: skip


@candidate_page
def bring(request: HttpRequest, pk: int) -> HttpResponse:
    """The form, and what was brought in before."""
    portfolio = my_portfolio(request, pk)
    is_post = request.method == "POST"
    form = BringForm(request.POST if is_post else None, request.FILES or None)
    if is_post and form.is_valid():
        upload = form.cleaned_data["upload"]
        try:
            made = bring_in(portfolio, upload, name=upload.name, by=actor(request), at=timezone.now())
        except Refused as refused:
            form.add_refusal(refused, dict.fromkeys(AT_UPLOAD, "upload"))
        else:
            return redirect("candidate:brought", pk=pk, brought=made.pk)
    context = reads.bringing(portfolio) | {"form": form, "is_open": is_editable(portfolio.registration)}
    return render(request, "candidate/bring.html", context, status=422 if form.errors else 200)


@candidate_page
def brought(request: HttpRequest, pk: int, brought: int) -> HttpResponse:
    """One document: being read, unreadable, or its outline to correct."""
    found = my_import(request, pk, brought)
    outline = reads.outline_or_none(found)
    title = found.name
    context = {"title": title, "found": found, "crumbs": reads.way(found, title), "here": request.path}
    if outline is None or found.taken_at:
        context |= {"faults": reads.faults_of(found), "table": None}
        return render(request, "candidate/brought_waiting.html", context | reads.after(found, outline))
    if request.method == "POST":
        return _placed(request, found, reads.allowed(found, outline, request.POST.dict()))
    page = paginate(reads.shown(outline), request, STRETCHES)
    context |= reads.about(found, outline)
    context |= {"rows": reads.rows_of(found, outline, page.items), "page": page, "next_page": page.number + 1}
    context["is_open"] = is_editable(found.portfolio.registration)
    return render(request, "candidate/brought.html", context)


def _placed(request: HttpRequest, found: Import, placing: dict[str, str]) -> HttpResponse:
    place_stretches(found, placing=placing, by=actor(request), at=timezone.now())
    pk = found.portfolio.registration_id
    following = request.POST.get("page", "")
    if following.isdecimal():
        return redirect(f"{request.path}?page={following}")
    return redirect("candidate:brought_check", pk=pk, brought=found.pk)


@candidate_page
def brought_check(request: HttpRequest, pk: int, brought: int) -> HttpResponse:
    """What each section will say; taking it."""
    found = my_import(request, pk, brought)
    if found.outline is None or (found.taken_at and request.method != "POST"):
        return redirect("candidate:brought", pk=pk, brought=brought)
    chosen = {key[7:]: value for key, value in request.POST.dict().items() if key.startswith("choice-")}
    refusals: list[str] = []
    if request.method == "POST":
        try:
            _take(request, found, chosen)
        except Refused as refused:
            refusals = [sentence(each) for each in refused.faults]
            _have_read_again(request, found, refused)
        else:
            messages.success(request, _("“%(name)s” is in your portfolio.") % {"name": found.name})
            return redirect("candidate:brought", pk=pk, brought=brought)
    title = _("What each section will say")
    context = {"title": title, "found": found, "crumbs": reads.way(found, title), "refusals": refusals}
    context["checking"] = checking(found, chosen)
    return render(request, "candidate/brought_check.html", context, status=409 if refusals else 200)


def _take(request: HttpRequest, found: Import, chosen: dict[str, str]) -> None:
    versions = {
        key[8:]: int(value)
        for key, value in request.POST.dict().items()
        if key.startswith("version-") and value.isdecimal() and len(value) < MOST_DIGITS
    }
    take_import(found, choices=chosen, expected=versions, by=actor(request), at=timezone.now())


def _have_read_again(request: HttpRequest, found: Import, refused: Refused) -> None:
    if not isinstance(refused, Clash) and refused.faults[0].code is Code.IMPORT_PICTURES_GONE:
        read_again(found, by=actor(request), at=timezone.now())


@require_POST
@candidate_page
def brought_drop(request: HttpRequest, pk: int, brought: int) -> HttpResponse:
    """Take a document off the list."""
    portfolio = my_portfolio(request, pk)
    # Somebody who clicks twice finds it gone the second time, as wanted.
    found = Import.objects.filter(portfolio=portfolio, pk=brought).first()
    if found is not None:
        drop_import(found, by=actor(request), at=timezone.now())
        messages.success(request, _("“%(name)s” is off the list.") % {"name": found.name})
    return redirect("candidate:bring", pk=pk)
