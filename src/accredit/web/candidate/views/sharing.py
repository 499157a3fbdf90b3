"""Sharing sections of an accredited portfolio, and reading what other holders share."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accredit.awards.models import Award
from accredit.portfolios.models import Submission
from accredit.portfolios.queries import registration_of
from accredit.register.actions import share_example, withdraw_example
from accredit.register.permissions import can_read_examples, can_share
from accredit.register.queries import read_of, shareable_of, shared_in, shares_of
from accredit.web.candidate.mine import actor, candidate_page, my_award, my_portfolio
from accredit.web.candidate.reads import sharing as reads
from accredit.web.candidate.reads.handing import crumbs
from accredit.web.ui.pages import me, paginate, render
from accredit.web.ui.parts import Crumb


def _crumbs(award: Award, title: str = "") -> list[Crumb]:
    way = [
        Crumb(_("My accreditation"), reverse("candidate:home")),
        Crumb(_("Certificate"), reverse("candidate:award", args=[award.pk])),
    ]
    here = _("Share as an example")
    share = reverse("candidate:share", args=[award.pk])
    return [*way, Crumb(here, share), Crumb(title)] if title else [*way, Crumb(here)]


@require_safe
@candidate_page
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """Which sections of my accredited portfolio candidates may read."""
    award = my_award(request, pk)
    found = shareable_of(award)
    context = {
        "title": _("Share your portfolio as an example"),
        "crumbs": _crumbs(award),
        "award": award,
        "offers": reads.offers(award, found) if found else None,
        "may": can_share(me(request).pk, award, timezone.localdate()),
    }
    return render(request, "candidate/share.html", context)


@candidate_page
def share_section(request: HttpRequest, pk: int, slot: str) -> HttpResponse:
    """Exactly what would be shown, and the words agreed to; or the end of it."""
    award = my_award(request, pk)
    found = shareable_of(award)
    text = read_of(found, slot) if found else None
    if found is None or text is None:
        raise Http404
    if request.method == "POST":
        return _decide(request, award, found, slot)
    shared = shares_of(found).get(slot)
    context = {
        "title": text.heading,
        "crumbs": _crumbs(award, text.heading),
        "award": award,
        "text": text,
        "shared": shared,
        "named": reads.words(award.scheme, is_named=True),
        "unnamed": reads.words(award.scheme, is_named=False),
        "may": can_share(me(request).pk, award, timezone.localdate()),
    }
    return render(request, "candidate/share_section.html", context)


def _decide(request: HttpRequest, award: Award, found: Submission, slot: str) -> HttpResponse:
    by, at = actor(request), timezone.now()
    choice = request.POST.get("agree", "")
    if choice in ("named", "unnamed"):
        is_named = choice == "named"
        words = reads.words(award.scheme, is_named=is_named)
        share_example(award, slot, is_named=is_named, words=words, by=by, at=at)
        messages.success(request, _("Candidates can read this section now. Thank you."))
    elif choice == "no":
        standing = shares_of(found).get(slot)
        if standing is not None:
            withdraw_example(standing, by=by, at=at)
        messages.success(request, _("Nobody can read this section any more."))
    return redirect("candidate:share", pk=award.pk)


@require_safe
@candidate_page
def examples(request: HttpRequest, pk: int, slot: str) -> HttpResponse:
    """What holders share of a section that I write."""
    portfolio = my_portfolio(request, pk)
    registration = registration_of(portfolio)
    if not can_read_examples(me(request).pk, registration):
        raise Http404
    section = reads.section_of(registration, slot)
    if section is None:
        raise Http404
    rows = shared_in(section.code, registration.scheme, timezone.localdate())
    page = paginate(rows, request, 3)
    title = _("Examples: %(section)s") % {"section": section.label}
    context = {
        "title": title,
        "crumbs": crumbs(pk, title),
        "page": page,
        "texts": [text for each in page.items if (text := reads.read(each)) is not None],
        "back": reverse("candidate:section", args=[pk, slot]),
    }
    return render(request, "candidate/examples.html", context)
