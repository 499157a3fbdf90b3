"""Home, registering for a pathway, and what follows."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accredit.fees.actions import enrol
from accredit.fees.models import Fee
from accredit.fees.queries import offered
from accredit.frameworks.models import Scheme
from accredit.frameworks.queries import default_scheme, edition_in_force, rules_of
from accredit.people.models import Profile
from accredit.registrations.queries import deadlines_of, open_of
from accredit.rulebook.framework import Edition
from accredit.toolkit.refusals import Refused
from accredit.web.candidate.forms.enrolling import FeeForm, PathwayForm
from accredit.web.candidate.mine import actor, candidate_page, my_portfolio, my_profile, my_registration
from accredit.web.candidate.reads import home as reads
from accredit.web.candidate.reads.carrying import offers
from accredit.web.ui.pages import me, refusal_page, render
from accredit.web.ui.parts import Crumb


@require_safe
@candidate_page
def home(request: HttpRequest) -> HttpResponse:
    """Everything of mine, and what to do next."""
    found = reads.home(me(request).pk, timezone.localdate())
    return render(request, "candidate/home.html", {"title": _("My accreditation"), "home": found})


@candidate_page
def register(request: HttpRequest) -> HttpResponse:
    """Choose a pathway, then a fee, check both, confirm: the address carries the answers."""
    person, scheme = my_profile(request), default_scheme()
    if scheme is None:
        return render(request, "candidate/register_none.html", {"title": _("Register for a pathway")})
    if person.completed_at is None:
        messages.info(request, _("Tell us a little about yourself first. Then you can register."))
        return redirect(f"{reverse('account:profile')}?next={reverse('candidate:register')}")
    standing = open_of(person.pk, scheme)
    if standing is not None:
        return redirect("candidate:registered", pk=standing.pk)
    rules = rules_of(edition_in_force(scheme, timezone.localdate()))
    return _step(request, person, scheme, rules)


def _step(request: HttpRequest, person: Profile, scheme: Scheme, rules: Edition) -> HttpResponse:
    given = request.POST if request.method == "POST" else request.GET
    pathways = PathwayForm(given if "pathway" in given or "step" in given else None, rules=rules)
    if not pathways.is_valid():
        return _asking(request, pathways, rules=rules)
    pathway = pathways.cleaned_data["pathway"]
    fees = offered(scheme, on=timezone.localdate(), pathway=pathway)
    form = FeeForm(given if "fee" in given or given.get("step") == "fee" else None, fees=fees)
    if fees and not form.is_valid():
        return _asking(request, form, pathway=rules.pathway(pathway))
    fee = next((each for each in fees if str(each.pk) == form.cleaned_data["fee"]), None) if fees else None
    if request.method == "POST":
        return _enrol(request, person, scheme, pathway, fee)
    rows = reads.choices(rules, pathway, fee, timezone.localdate(), deadlines_of(scheme))
    return _asking(request, None, rows=rows, pathway=rules.pathway(pathway), fee=fee)


def _asking(request: HttpRequest, form: object, **context: object) -> HttpResponse:
    crumbs = [Crumb(_("My accreditation"), reverse("candidate:home")), Crumb(_("Register"))]
    titles = {PathwayForm: _("Choose your pathway"), FeeForm: _("Choose your fee")}
    title = titles.get(type(form), _("Check your answers"))  # type: ignore[call-overload]
    shown = {"title": title, "crumbs": crumbs, "form": form, **context}
    template = {PathwayForm: "register_pathway", FeeForm: "register_fee"}.get(type(form), "register_check")  # type: ignore[call-overload]
    status = 422 if form is not None and getattr(form, "errors", None) else 200
    return render(request, f"candidate/{template}.html", shown, status=status)


def _enrol(
    request: HttpRequest, person: Profile, scheme: Scheme, pathway: str, fee: Fee | None
) -> HttpResponse:
    try:
        made = enrol(person, scheme=scheme, pathway=pathway, fee=fee, by=actor(request), at=timezone.now())
    except Refused as refused:
        # The second of two clicks finds the registration that the first one made.
        standing = open_of(person.pk, scheme)
        if standing is None:
            return refusal_page(request, refused)
        return redirect("candidate:registered", pk=standing.pk)
    return redirect("candidate:registered", pk=made.pk)


@require_safe
@candidate_page
def registered(request: HttpRequest, pk: int) -> HttpResponse:
    """What a registration costs, how to pay, until when it lasts, when to submit."""
    registration = my_registration(request, pk)
    context = {
        "title": _("You are registered"),
        "registration": registration,
        "rows": reads.receipt(registration, timezone.now()),
        "is_owing": reads.is_owing(registration),
        "earlier": offers(my_portfolio(request, pk)),
    }
    return render(request, "candidate/registered.html", context)
