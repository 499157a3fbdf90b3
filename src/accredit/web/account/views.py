"""The pages of one's own account: profile, and in the demo the choice of who to be."""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accredit.people.actions import complete_profile, gather_letters, prefer_plain
from accredit.people.models import Profile
from accredit.people.queries import affiliations_of
from accredit.rulebook.workflow import Role
from accredit.toolkit.refusals import Refused
from accredit.web.account import cast as demo
from accredit.web.account.forms import BaseStays, ProfileForm, stays_form, typed_rows
from accredit.web.account.reads import ProfileChoices, landing, lead_of, profile_choices
from accredit.web.ui.forms import problems
from accredit.web.ui.pages import actor_of, me, render, sign_in_required


@sign_in_required
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Show and take in who a person is and where they belong."""
    person = get_object_or_404(Profile, pk=me(request).pk)
    choices = profile_choices(person, timezone.localdate())
    form, stays = _forms(request, person, choices)
    if form.is_bound and form.is_valid() & stays.is_valid() and _saved(request, person, form, stays):
        return redirect(_next(request))
    context = {
        "title": _("Your profile"),
        "lead": lead_of(person, choices.years),
        "form": form,
        "stays": stays,
        "problems": [each for part in (form, *stays) for each in problems(part)] if form.is_bound else [],
        "choices": choices,
        "person": person,
        "next": request.POST.get("next") or request.GET.get("next", ""),
    }
    return render(request, "people/profile.html", context)


@sign_in_required
@require_POST
def plain(request: HttpRequest) -> HttpResponse:
    """Change between the editor and plain text."""
    person = get_object_or_404(Profile, pk=me(request).pk)
    is_plain = request.POST.get("plain") == "yes"
    prefer_plain(person, is_plain=is_plain, by=actor_of(request, Role.CANDIDATE), at=timezone.now())
    told = _("You write plain text from now on.") if is_plain else _("You use the editor from now on.")
    messages.success(request, told)
    return redirect("account:profile")


@sign_in_required
@require_POST
def letters(request: HttpRequest) -> HttpResponse:
    """Change between letters one by one and those that can wait together once a day."""
    person = get_object_or_404(Profile, pk=me(request).pk)
    together = request.POST.get("together") == "yes"
    gather_letters(person, together=together, by=actor_of(request, Role.CANDIDATE), at=timezone.now())
    told = _("Letters that can wait come together.") if together else _("Each letter comes by itself.")
    messages.success(request, told)
    return redirect("account:profile")


def _forms(request: HttpRequest, person: Profile, choices: ProfileChoices) -> tuple[ProfileForm, BaseStays]:
    if request.method == "GET":
        return ProfileForm(initial=_known(person), choices=choices), stays_form(rows=_stays_of(person))
    if "more" in request.POST:
        form = ProfileForm(initial=request.POST.dict(), choices=choices)
        return form, stays_form(rows=typed_rows(request.POST, more=1))
    return ProfileForm(request.POST, choices=choices), stays_form(request.POST)


def _saved(request: HttpRequest, person: Profile, form: ProfileForm, stays: BaseStays) -> bool:
    by = actor_of(request, Role.CANDIDATE)
    try:
        complete_profile(person, form.details(), stays=stays.stays(), by=by, at=timezone.now())
    except Refused as refused:
        form.add_refusal(refused)
        return False
    messages.success(request, _("Your profile is saved."))
    return True


def _known(person: Profile) -> dict[str, str]:
    return {name: getattr(person, name) for name in ("name", "job_role", "sector", "country", "kind")}


def _stays_of(person: Profile) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = [
        {"institution": stay.institution.name, "since": stay.since_on, "until": stay.until_on}
        for stay in affiliations_of(person, as_said=True)
    ]
    return rows or [{}]


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if wanted and is_ours else landing(request.user)


@require_http_methods(["GET", "POST"])
def cast(request: HttpRequest) -> HttpResponse:
    """Let a visitor of the demo be somebody; elsewhere this page does not exist."""
    if not settings.DEMO:
        raise Http404
    if request.method == "GET":
        context = {"title": _("Who do you want to be?"), "cast": demo.cast()}
        return render(request, "people/cast.html", context)
    chosen = request.POST.get("person", "")
    if chosen == "visitor":
        logout(request)
        return redirect("public:home")
    person = demo.member(int(chosen)) if chosen.isdecimal() and len(chosen) < 12 else None
    if person is None or person.user is None:
        raise Http404
    get_adapter().login(request, person.user)
    return redirect(landing(person.user))
