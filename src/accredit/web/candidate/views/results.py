"""Results, awards, and the place in the register."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accredit.exchange.queries import paper_of_result
from accredit.exchange.queries.credentials import signed_credential
from accredit.exchange.writers.badge import baked
from accredit.exchange.writers.setting import pdf_of
from accredit.frameworks.queries import default_scheme, rules_of
from accredit.register.actions import consent, withdraw_consent
from accredit.register.permissions import can_consent
from accredit.register.queries import consents_of, entry_of
from accredit.web.candidate.mine import (
    actor,
    candidate_page,
    my_award,
    my_profile,
    my_registration,
)
from accredit.web.candidate.reads import results as reads
from accredit.web.candidate.reads.handing import crumbs
from accredit.web.ui.badges import certificate_file, picture_of
from accredit.web.ui.files import download
from accredit.web.ui.pages import me, render
from accredit.web.ui.parts import Crumb


@require_safe
@candidate_page
def result(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The result of a round, once released."""
    registration = my_registration(request, pk)
    found = reads.transcript(registration, number, to=actor(request))
    if found is None:
        raise Http404
    title = _("Your result")
    context = reads.result(registration, found, timezone.localdate()) | {
        "title": title,
        "crumbs": crumbs(pk, title),
    }
    return render(request, "candidate/result.html", context)


@require_safe
@candidate_page
def result_paper(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The result of a round as a PDF to keep, once released."""
    registration = my_registration(request, pk)
    found = reads.transcript(registration, number, to=actor(request))
    if found is None:
        raise Http404
    name = f"{registration.reference}-result-{number}.pdf"
    return download(pdf_of(paper_of_result(registration, found)), name, "application/pdf")


@require_safe
@candidate_page
def award(request: HttpRequest, pk: int) -> HttpResponse:
    """The certificate of an award."""
    found = my_award(request, pk)
    context = reads.certificate(found, timezone.localdate())
    return render(request, "candidate/award.html", context | {"title": _("Certificate")})


@require_safe
@candidate_page
def award_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The certificate as a PDF, while the award has not been taken away."""
    return certificate_file(my_award(request, pk))


@require_safe
@candidate_page
def award_badge(request: HttpRequest, pk: int) -> HttpResponse:
    """The badge as a picture that carries its credential, while the award has not been taken away."""
    found = my_award(request, pk)
    badge = signed_credential(found.pk)
    if found.is_taken_away or badge is None:
        raise Http404
    drawing = picture_of(found.scheme, rules_of(found.edition).pathway(found.pathway))
    return download(baked(drawing, badge.document), f"badge-{found.number}.png", "image/png")


@candidate_page
def register_entry(request: HttpRequest) -> HttpResponse:
    """Agree to stand in the public register, or withdraw."""
    person, scheme = my_profile(request), default_scheme()
    if scheme is None:
        raise Http404
    words = reads.register_words(scheme)
    if request.method == "POST":
        if request.POST.get("agree") == "yes":
            consent(person, scheme, words=words, by=actor(request), at=timezone.now())
            messages.success(request, _("You stand in the public register now."))
        else:
            withdraw_consent(person, scheme, by=actor(request), at=timezone.now())
            messages.success(request, _("You no longer stand in the public register."))
        return redirect("candidate:register_entry")
    entry = entry_of(person.pk, scheme)
    context = {
        "title": _("The public register"),
        "crumbs": [Crumb(_("My accreditation"), reads.home_address()), Crumb(_("The public register"))],
        "words": words,
        "entry": entry if entry and entry.consented_at else None,
        "may": can_consent(me(request).pk, scheme, timezone.localdate()),
        "history": consents_of(person.pk, scheme),
    }
    return render(request, "candidate/register_entry.html", context)
