"""Checking a certificate or a badge: whoever has it reads what it is worth today."""

import re
from uuid import UUID

from allauth.core import ratelimit
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accredit.awards.models import Award
from accredit.awards.queries import Held, award_named, award_of_key, held_by
from accredit.exchange.credentials.checking import MOST, Finding, Question, shown_in
from accredit.exchange.queries.credentials import Checked, check, credential_of_key
from accredit.frameworks.queries import rules_of
from accredit.rulebook.standing import Standing
from accredit.web.public.forms import CheckForm
from accredit.web.ui.formats import day
from accredit.web.ui.pages import render
from accredit.web.ui.parts import Row

TONES = {Standing.ACTIVE: "good", Standing.DUE: "good", Standing.RETIRED: "good", Standing.IN_GRACE: "warn"}


@require_safe
def award(request: HttpRequest, key: UUID) -> HttpResponse:
    """What a certificate is worth today. Its address is the proof that one has it: no list leads here."""
    found = award_of_key(key)
    if found is None:
        raise Http404
    held = held_by(found, timezone.localdate())
    title = rules_of(found.edition).pathway(found.pathway).title
    context = {
        "title": f"{found.name}, {title}",
        "award": found,
        "scheme": found.scheme,
        "pathway": title,
        "tone": TONES.get(held.standing, "bad"),
        "meaning": meaning(found, held),
        "rows": facts(found, held),
        "instead": rules_of(held.instead.edition).pathway(held.instead.pathway).title if held.instead else "",
    }
    answer = render(request, "public/award.html", context)
    answer["X-Robots-Tag"] = "noindex"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def meaning(award: Award, held: Held) -> tuple[str, str]:
    """Return what the standing means to somebody who has no part in the scheme: in a word, and why."""
    until = {"until": day(award.valid_until)}
    return {
        Standing.ACTIVE: (_("Valid"), _("The award is valid until %(until)s.") % until),
        Standing.DUE: (_("Valid"), _("The award is valid until %(until)s; its renewal is open.") % until),
        Standing.IN_GRACE: (
            _("Valid for now"),
            _("The award ended on %(until)s. Its holder still has time to renew it.") % until,
        ),
        Standing.RETIRED: (_("Valid"), _("Its holder is retired: the award is held without renewal.")),
        Standing.LAPSED: (_("Not valid"), _("The award ended on %(until)s and was not renewed.") % until),
        Standing.SUSPENDED: (_("Not valid at present"), _("The award is suspended.")),
        Standing.REVOKED: (_("Not valid"), _("The award has been revoked.")),
    }[held.standing]


def facts(award: Award, held: Held) -> list[Row]:
    """Return what stands on the certificate, to compare."""
    areas = [each for each in award.areas if each]
    rows = [Row(_("Name"), award.name), Row(_("Certificate number"), award.number)]
    if areas:
        rows.append(Row(_("Areas"), ", ".join(areas)))
    rows += [Row(_("Given on"), day(award.issued_on)), Row(_("Valid until"), day(award.valid_until))]
    if held.is_good and held.since is not None and held.since < award.issued_on:
        rows.append(Row(_("Accredited without a gap since"), day(held.since)))
    if held.is_good and held.letters:
        rows.append(Row(_("Letters after the name"), held.letters))
    return rows


LINK = re.compile(r"/(certificate|credentials)/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/")


@require_http_methods(["GET", "HEAD", "POST"])
def check_badge(request: HttpRequest) -> HttpResponse:
    """Check what somebody shows: a badge as file or text, a link, or a number with its name."""
    if request.method != "POST":
        return _form(request, CheckForm())
    form = CheckForm(request.POST, request.FILES)
    if not ratelimit.consume(request, action="check_badge"):
        form.is_valid()
        form.add_error(None, _("That was very often in a short time. Try again in a few minutes."))
        return _form(request, form, status=429)
    if not form.is_valid():
        return _form(request, form, status=422)
    return _looked_up(request, form) or _badge(request, form)


def _looked_up(request: HttpRequest, form: CheckForm) -> HttpResponse | None:
    """Lead from a link or a number to the page of its certificate; None where a badge was given."""
    data = form.cleaned_data
    link = LINK.search(data["text"][:500]) if not data["text"].lstrip().startswith("{") else None
    if data["file"]:
        return None
    if link is not None:
        return _by_link(form, request, link)
    if not data["number"]:
        return None
    found = award_named(data["number"], data["name"])
    if found is not None:
        return redirect("public:award", found.key)
    form.add_error("number", _("We have given no certificate with this number to this name."))
    return _form(request, form, status=422)


def _by_link(form: CheckForm, request: HttpRequest, link: re.Match[str]) -> HttpResponse:
    key = UUID(link[2])
    if link[1] == "certificate" and award_of_key(key) is not None:
        return redirect("public:award", key)
    badge = credential_of_key(key) if link[1] == "credentials" else None
    if badge is not None:
        return HttpResponseRedirect(reverse("public:award", args=[badge.award.key]))
    form.add_error("text", _("This link does not lead to a certificate of ours."))
    return _form(request, form, status=422)


def _badge(request: HttpRequest, form: CheckForm) -> HttpResponse:
    upload = form.cleaned_data["file"]
    content = upload.read(MOST + 1) if upload else form.cleaned_data["text"].encode()
    shown = shown_in(content)
    if shown is None:
        words = _("There is no badge in it. Choose the file as you were sent it, of at most 2 MB.")
        form.add_error("file" if upload else "text", words)
        return _form(request, form, status=422)
    checked = check(shown, at=timezone.now())
    context = {
        "title": _("What was found"),
        "checked": checked,
        "lines": [line(each) for each in checked.findings],
        "award": checked.award,
    }
    return render(request, "public/checked.html", context)


@require_safe
def award_json(request: HttpRequest, key: UUID) -> HttpResponse:
    """What a credential is worth today, question by question, for programs."""
    found = credential_of_key(key)
    if found is None:
        raise Http404
    shown = shown_in(found.token.encode())
    checked = check(shown, at=timezone.now()) if shown else Checked((), None)
    standing = held_by(found.award, timezone.localdate()).standing
    answer = JsonResponse(
        {
            "valid": bool(checked.findings) and checked.is_good,
            "standing": standing.value,
            "checks": {each.question.value: each.is_good for each in checked.findings},
        }
    )
    answer["Access-Control-Allow-Origin"] = "*"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def line(found: Finding) -> tuple[str, str, str]:
    """Return a finding as tone, word and sentence."""
    yes, no = {
        Question.SHAPE: (_("It is an Open Badge 3.0."), _("It is not an Open Badge 3.0.")),
        Question.ISSUER: (_("It names us as its issuer."), _("Somebody else issued it: ask them.")),
        Question.SIGNATURE: (
            _("It is signed with one of our keys, and unchanged since."),
            _("Its signature is not ours, or something in it was changed."),
        ),
        Question.RECORD: (_("Word for word it is one we gave."), _("We have not given it like this.")),
        Question.DATES: (_("It has begun and not ended."), _("It has not begun yet, or it has ended.")),
        Question.REVOCATION: (
            _("It has not been revoked."),
            _("It was revoked, or another one took its place."),
        ),
        Question.SUSPENSION: (_("It is not suspended."), _("It is suspended at present.")),
    }[found.question]
    if found.is_good is None:
        return "calm", _("Not asked"), _("This could not be asked after the answer before it.")
    return ("good", _("Yes"), yes) if found.is_good else ("bad", _("No"), no)


def _form(request: HttpRequest, form: CheckForm, status: int = 200) -> HttpResponse:
    context = {"title": _("Check a certificate or badge"), "form": form}
    return render(request, "public/check.html", context, status=status)
