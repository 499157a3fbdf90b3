"""Transcript, certificate, and the words of the register."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from accredit.assessments.queries import Transcript, panel_of, transcript_of
from accredit.awards.models import Award
from accredit.awards.queries import held_by
from accredit.exchange.queries import check_address, qr_of
from accredit.exchange.queries.credentials import credential_of_award
from accredit.frameworks.models import Scheme
from accredit.frameworks.queries import rules_of
from accredit.registrations.models import Registration
from accredit.toolkit.actor import Actor
from accredit.web.candidate.reads.appealing import appealing
from accredit.web.ui.transcripts import groups_of
from accredit.wording.vocabulary import in_words


def home_address() -> str:
    """Return the address of the candidate's home."""
    return reverse("candidate:home")


def transcript(registration: Registration, number: int, *, to: Actor) -> Transcript | None:
    """Return the result of a round as its candidate may read it; None before its release."""
    panel = panel_of(registration.pk, number)
    return transcript_of(panel, to=to) if panel is not None else None


def result(registration: Registration, found: Transcript, on: date) -> dict[str, Any]:
    """Return what the page of a result shows."""
    award = Award.objects.filter(registration=registration).values_list("pk", flat=True).first()
    is_pass = found.outcome.effect == "pass"
    return {
        "registration": registration,
        "pathway": rules_of(registration.edition).pathway(registration.pathway),
        "found": found,
        "groups": groups_of(found),
        "award": reverse("candidate:award", args=[award]) if award and is_pass else "",
        "is_revising": registration.stage == "revising" and found.round == registration.round - 1,
        "appealing": appealing(registration.pk, found.round, on),
        "tasks": reverse("candidate:registration", args=[registration.pk]),
    }


def certificate(award: Award, on: date) -> dict[str, Any]:
    """Return what the certificate shows."""
    held, address = held_by(award, on), check_address(award)
    credential = credential_of_award(award.pk)
    instead = held.instead
    return {
        "award": award,
        "pathway": rules_of(award.edition).pathway(award.pathway),
        "instead": rules_of(instead.edition).pathway(instead.pathway).title if instead else "",
        "scheme": award.scheme,
        "areas": [each for each in award.areas if each],
        "held": held,
        "standing": in_words("standing", held.standing.value),
        "credential": credential if credential is not None and credential.signed_at else None,
        "profile_link": profile_link(award, address),
        "is_taken": award.is_taken_away,
        "signature": f"{award.name} {held.letters}",
        "address": address,
        "qr": mark_safe(qr_of(address)),  # noqa: S308 - drawn just here
    }


def profile_link(award: Award, address: str) -> str:
    """Return the address that offers to add an award to a profile elsewhere."""
    asked = {
        "startTask": "CERTIFICATION_NAME",
        "name": rules_of(award.edition).pathway(award.pathway).title,
        "organizationName": award.scheme.body,
        "issueYear": award.issued_on.year,
        "issueMonth": award.issued_on.month,
        "expirationYear": award.valid_until.year,
        "expirationMonth": award.valid_until.month,
        "certId": award.number,
        "certUrl": address,
    }
    return f"https://www.linkedin.com/profile/add?{urlencode(asked)}"


def register_words(scheme: Scheme) -> str:
    """Return what somebody agrees to who wants to stand in the register."""
    return _(
        "I agree that %(body)s shows my name, my pathway, my post-nominals, my areas, the number and the "
        "dates of my award in its public register of holders, which anybody can search. I can withdraw "
        "this at any time, and my name then disappears from the register at once."
    ) % {"body": scheme.body}
