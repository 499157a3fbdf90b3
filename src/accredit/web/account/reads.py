"""What the account pages show: where a person goes next, and the choices of the profile."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _

from accredit.assessments.models import Appointment
from accredit.fees.queries import offered
from accredit.frameworks.models import Scheme
from accredit.frameworks.queries import default_scheme, edition_in_force, rules_of
from accredit.people.models import Institution, Profile, RoleHeld, User
from accredit.people.queries import profile_of, roles_of
from accredit.portfolios.models import Mentor
from accredit.web.account.countries import COUNTRIES
from accredit.web.ui.shell import href

# A list of suggestions longer than this slows the page down and helps nobody.
MOST_SUGGESTIONS = 1000
DECIDING = {RoleHeld.Name.MODERATOR.value, RoleHeld.Name.COMMITTEE.value}

Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ProfileChoices:
    """What the profile form offers; `years` is how far back institutions matter."""

    sectors: Choices
    kinds: Choices
    countries: Choices
    job_roles: tuple[str, ...]
    institutions: tuple[str, ...]
    years: int


def landing(user: User | AnonymousUser) -> str:
    """Return the page on which a person's work waits."""
    person = profile_of(user) if isinstance(user, User) else None
    if person is None:
        return "/"
    roles = roles_of(person.pk)
    if RoleHeld.Name.OFFICE.value in roles:
        return href("office:today") or "/office/"
    if person.completed_at is None:
        # Reading along needs no more of a profile than a name.
        along = Mentor.objects.filter(person=person, accepted_at__isnull=False).exists()
        return href("mentor:home") if along else reverse("account:profile")
    if roles & DECIDING or Appointment.objects.filter(person=person).exists():
        return href("assessor:home") or "/assess/"
    return href("candidate:home") or "/my/"


def profile_choices(person: Profile, on: date) -> ProfileChoices:
    """Return what the form offers; a value kept from before stays on offer."""
    scheme = default_scheme()
    kinds = {fee.person_kind: fee.title for fee in offered(scheme, on=on)} if scheme else {}
    names = Institution.objects.order_by("name").values_list("name", flat=True)[:MOST_SUGGESTIONS]
    return ProfileChoices(
        sectors=_with_kept([(each, each) for each in scheme.sectors] if scheme else [], person.sector),
        kinds=_with_kept(list(kinds.items()), person.kind),
        countries=list(COUNTRIES),
        job_roles=tuple(scheme.job_roles) if scheme else (),
        institutions=tuple(names),
        years=_years(scheme, on),
    )


def _with_kept(choices: Choices, kept: str) -> Choices:
    if choices and kept and kept not in dict(choices):
        return [*choices, (kept, kept)]
    return choices


def _years(scheme: Scheme | None, on: date) -> int:
    if scheme is None:
        return 0
    try:
        return rules_of(edition_in_force(scheme, on)).panel.institution_years
    except IndexError:
        return 0


def lead_of(person: Profile, years: int) -> str:
    """Say why the profile is asked for, and what comes after it."""
    if person.completed_at:
        return _("Change it whenever something changes. Certificates already issued keep their name.")
    if years:
        return _("Tell us who you are before you register. It takes about three minutes.")
    return _("Tell us who you are before you register.")
