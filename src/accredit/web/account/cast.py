"""Who one may be in the demo: the cast, known by their addresses, with a sentence each."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accredit.people.models import Profile


@dataclass(frozen=True, slots=True)
class Part:
    """A person of the cast and what can be seen as them."""

    pk: int
    name: str
    role: str | Promise
    sentence: str | Promise


CAST: dict[str, tuple[str | Promise, str | Promise]] = {
    "a.okafor@northmere.example": (
        _("Candidate"),
        _("Has written a complete portfolio for Associate and is about to submit it."),
    ),
    "l.brandt@ardle.example": (
        _("Lead assessor"),
        _("Holds the highest pathway, leads panels and proposes their outcomes."),
    ),
    "o.farouk@tannoch.example": (
        _("Second assessor"),
        _("Reads as second assessor and needs one more assessment before he may lead."),
    ),
    "r.adeyemi@northmere.example": (
        _("Assessor, and Ada’s colleague"),
        _("Must be refused for Ada’s panel: they work at the same college."),
    ),
    "m.laurent@portellery.example": (
        _("Critical friend"),
        _("Reads along with Ada, comments on passages, and can therefore not assess her."),
    ),
    "o.grant@office.example": (
        _("Office"),
        _("Runs the scheme: checks submissions, appoints panels, releases outcomes."),
    ),
    "h.lindqvist@lowmoor.example": (_("Holder"), _("Is accredited, and due for renewal in a few weeks.")),
    "c.whitfield@eastmarch.example": (
        _("Cohort coordinator"),
        _("Follows a group of candidates, of each as much as that candidate agreed to show."),
    ),
    "n.bouzidi@portellery.example": (
        _("Holder going on"),
        _("Is accredited, and has begun her next portfolio from the earlier one."),
    ),
    "e.papadaki@thalassa.example": (
        _("Candidate on another pathway"),
        _("Has changed pathway mid-draft: part of what she wrote is set aside."),
    ),
    "p.saltmarsh@office.example": (
        _("Moderator"),
        _("Is called when a panel does not agree, and decides with reasons."),
    ),
}


def cast() -> list[Part]:
    """Return the cast in its order, as far as it has been seeded."""
    rows = Profile.objects.filter(user__email__in=CAST).values_list("pk", "name", "user__email")
    found = {email: (pk, name) for pk, name, email in rows}
    return [Part(*found[email], *CAST[email]) for email in CAST if email in found]


def member(pk: int) -> Profile | None:
    """Return a person of the cast with their sign-in; None for anybody else."""
    return Profile.objects.filter(pk=pk, user__email__in=CAST).select_related("user").first()
