"""Moving and copying examples, the order of areas, and what is set aside."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accredit.portfolios.actions import copy_entry, copy_example, move_example, place_entry, place_example
from accredit.portfolios.models import Entry, Portfolio
from accredit.portfolios.queries import entry_at, slot_of
from accredit.rulebook.faults import Code
from accredit.toolkit.refusals import Clash, Refused
from accredit.web.candidate.forms.structure import COPY, MoveForm
from accredit.web.candidate.mine import actor, candidate_page, my_portfolio
from accredit.web.candidate.reads import arranging as reads
from accredit.web.candidate.reads.handing import crumbs
from accredit.web.candidate.reads.saving import Sent, answer
from accredit.web.ui.pages import render

ARRANGING = ("up", "down", "move")
TO = {
    Code.EXAMPLES_FULL: "to",
    Code.EXAMPLES_NOT_ASKED: "to",
    Code.ENTRY_SET_ASIDE: "to",
    Code.SECTION_NOT_OPEN: "to",
    Code.CHOICE_UNKNOWN: "to",
    Code.EXAMPLE_ELSEWHERE: "example",
}


@candidate_page
def move(request: HttpRequest, pk: int, slot: str) -> HttpResponse:
    """Move an example to another section, or copy it here."""
    portfolio = my_portfolio(request, pk)
    found = reads.moving(portfolio, slot)
    if found is None:
        raise Http404
    if not found.is_open:
        return redirect("candidate:registration", pk=pk)
    form = _form(request, found)
    if request.method == "POST" and form.is_valid():
        gone = _carried_out(request, portfolio, found, form)
        if gone is not None:
            return gone
    title = _("Move or copy an example")
    context = {"title": title, "crumbs": crumbs(pk, title), "found": found, "form": form, "pk": pk}
    return render(request, "candidate/move.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, found: reads.Moving) -> MoveForm:
    only = found.examples[0][0] if len(found.examples) == 1 else ""
    chosen = request.GET.get("example", "") or only
    return MoveForm(
        request.POST if request.method == "POST" else None,
        initial={"version": found.entry.version, "example": chosen},
        examples=found.examples,
        targets=found.targets,
    )


def _carried_out(
    request: HttpRequest, portfolio: Portfolio, found: reads.Moving, form: MoveForm
) -> HttpResponse | None:
    """Do it and go where the example stands now; None when it was refused, in words at the form."""
    pk, given = portfolio.registration_id, form.cleaned_data
    target = found.entry if given["to"] == COPY else entry_at(portfolio, given["to"])
    if target is None:
        form.add_error("to", _("Choose where it goes."))
        return None
    wanted = {"example": given["example"], "expected": given["version"]}
    try:
        _do(request, found.entry, target, **wanted)
    except Clash:
        messages.warning(
            request, _("The section was changed elsewhere meanwhile. Look at it, then choose once more.")
        )
        return redirect(reverse("candidate:move", args=[pk, found.slot]))
    except Refused as refused:
        form.add_refusal(refused, TO)
        return None
    return redirect("candidate:section", pk=pk, slot=slot_of(target))


def _do(request: HttpRequest, source: Entry, target: Entry, *, example: int, expected: int) -> None:
    by, at = actor(request), timezone.now()
    if target.pk == source.pk:
        copy_example(source, example=example, expected=expected, by=by, at=at)
        messages.success(request, _("The copy stands behind the other examples."))
        return
    move_example(source, example=example, to=target, expected=expected, by=by, at=at)
    messages.success(request, _("The example stands here now, with its evidence."))


def after_save(request: HttpRequest, entry: Entry, sent: Sent, what: str, place: int) -> HttpResponse:
    """Go on with an example of the page that has just been saved: up, down, or elsewhere.

    Its place is that on the page, so that the second of two clicks finds it where the first has put it.
    """
    fields = answer(entry, sent)["fields"]
    keys = [fields.get(f"e{number}-key") for number in range(1, len(sent.content.examples) + 1)]
    key = keys[place - 1] if 0 < place <= len(keys) else None
    pk, slot = entry.portfolio.registration_id, slot_of(entry)
    here = reverse("candidate:section", args=[pk, slot])
    if key is None:
        return redirect(here)
    if what == "move":
        return redirect(f"{reverse('candidate:move', args=[pk, slot])}?example={key}")
    wanted = [each for each in keys if each].index(key) + (2 if what == "down" else 0)
    position = place_example(
        entry, example=key, position=wanted, by=actor(request), at=timezone.now()
    ).position
    messages.success(request, _("Saved, in the new order."))
    return redirect(f"{here}#example-{position}")


@candidate_page
def areas(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Put the areas of a section in order, and copy one."""
    portfolio = my_portfolio(request, pk)
    found = reads.areas(portfolio, code)
    if found is None:
        return redirect("candidate:registration", pk=pk)
    if request.method == "POST":
        return _arranged(request, portfolio, code)
    title = _("The order of your areas")
    context = {"title": title, "crumbs": crumbs(pk, title), "found": found, "pk": pk}
    return render(request, "candidate/areas.html", context)


def _arranged(request: HttpRequest, portfolio: Portfolio, code: str) -> HttpResponse:
    given = {name: request.POST.get(name, "") for name in ("entry", "position", "copy")}
    numbers = {name: int(text) for name, text in given.items() if text.isdecimal() and len(text) < 12}
    key = numbers.get("copy") or numbers.get("entry") or 0
    entry = portfolio.entries.filter(section=code, pk=key).first()
    if entry is None:
        raise Http404
    entry.portfolio = portfolio
    by, at = actor(request), timezone.now()
    if "copy" in numbers:
        made = copy_entry(entry, by=by, at=at)
        messages.success(request, _("This is the copy. Change it as you need."))
        return redirect("candidate:section", pk=portfolio.registration_id, slot=slot_of(made))
    place_entry(entry, position=numbers.get("position", 0), by=by, at=at)
    messages.success(request, _("The new order is kept."))
    return redirect("candidate:areas", pk=portfolio.registration_id, code=code)


@require_safe
@candidate_page
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Read what the pathway does not ask for."""
    title = _("Set aside: not asked on your pathway")
    portfolio = my_portfolio(request, pk)
    context = {"title": title, "crumbs": crumbs(pk, title), "asides": reads.set_aside(portfolio), "pk": pk}
    return render(request, "candidate/set_aside.html", context)
