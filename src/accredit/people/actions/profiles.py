"""Writing people: profiles and roles."""

from dataclasses import dataclass
from datetime import date, datetime

from accredit.people.actions.institutions import follow_domains, institution_named
from accredit.people.events import ProfileCompleted, RoleGiven
from accredit.people.models import Affiliation, Profile, RoleHeld, User
from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import Role
from accredit.toolkit.actions import action
from accredit.toolkit.actor import SYSTEM, Actor
from accredit.toolkit.events import publish
from accredit.toolkit.refusals import refuse
from accredit.trail import actions as trail


@dataclass(frozen=True, slots=True)
class Stay:
    """Time at an institution, by its name; `until` None means today still."""

    institution: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Details:
    """What a person says of themselves; `country` is an ISO 3166 alpha-2 code."""

    name: str
    sector: str = ""
    job_role: str = ""
    country: str = ""
    kind: str = ""


@action
def make_profile(user: User, *, name: str, at: datetime) -> Profile:
    """Give a new sign-in its person; a second call returns the same one."""
    profile, _ = Profile.objects.get_or_create(
        user=user, defaults={"name": name, "email": user.email, "joined_at": at}
    )
    return profile


@action
def complete_profile(
    person: Profile, details: Details, *, stays: tuple[Stay, ...], by: Actor, at: datetime
) -> Profile:
    """Write what a person says of themselves, and where they belong, in place of what stood there."""
    for stay in stays:
        if stay.since and stay.until and stay.until < stay.since:
            refuse(Code.STAY_ENDS_BEFORE_START, institution=stay.institution)
    Profile.objects.select_for_update().get(pk=person.pk)
    for name in ("name", "sector", "job_role", "country", "kind"):
        setattr(person, name, getattr(details, name))
    person.completed_at = person.completed_at or at
    person.save()
    Affiliation.objects.filter(person=person).delete()
    for stay in stays:
        Affiliation.objects.create(
            person=person,
            institution=institution_named(stay.institution),
            since_on=stay.since,
            until_on=stay.until,
        )
    follow_domains([person])
    # What somebody takes away again may be a conflict of interest: the record keeps what was said when.
    said = {"name": details.name, "institutions": "; ".join(_in_words(stay) for stay in stays)}
    trail.record("profile_completed", by=by, at=at, subject=person, person=person.pk, words=said)
    publish(ProfileCompleted(person.pk))
    return person


@action
def prefer_plain(person: Profile, *, is_plain: bool, by: Actor, at: datetime) -> Profile:
    """Remember whether a person writes plain text or uses the editor; nobody else is concerned."""
    person.prefers_plain = is_plain
    person.save(update_fields=["prefers_plain"])
    return person


@action
def gather_letters(person: Profile, *, together: bool, by: Actor, at: datetime) -> Profile:
    """Remember whether letters that can wait come together once a day; nobody else is concerned."""
    person.gathers_letters = together
    person.save(update_fields=["gathers_letters"])
    return person


def _in_words(stay: Stay) -> str:
    return f"{stay.institution} ({stay.since or ''}–{stay.until or ''})"


@action
def record_person(
    details: Details, *, email: str, stays: tuple[Stay, ...] = (), by: Actor, at: datetime
) -> Profile:
    """Write down a person who has no sign-in here yet; the office does this for existing holders."""
    if email and Profile.objects.filter(email__iexact=email).exists():
        refuse(Code.ADDRESS_TAKEN, address=email)
    person = Profile.objects.create(name=details.name, email=email, joined_at=at)
    return complete_profile(person, details, stays=stays, by=by, at=at)


@action
def claim(user: User, *, at: datetime) -> Profile:
    """Join a sign-in, whose address is confirmed, to the person the office recorded under that address."""
    waiting = Profile.objects.select_for_update().filter(user=None, email__iexact=user.email).first()
    if waiting is None or Profile.objects.filter(user=user).exists():
        return make_profile(user, name="", at=at)
    waiting.user = user
    waiting.save(update_fields=["user"])
    trail.record("profile_claimed", by=SYSTEM, at=at, subject=waiting, person=waiting.pk)
    return waiting


@action
def follow_address(person: Profile, address: str, *, at: datetime) -> Profile:
    """Write to a person where they sign in now; they have confirmed the new address."""
    person.email = address
    person.save(update_fields=["email"])
    follow_domains([person])
    by = Actor(person=person.pk, role=Role.CANDIDATE)
    trail.record("address_changed", by=by, at=at, subject=person, person=person.pk)
    return person


@action
def give_role(person: Profile, role: str, *, by: Actor, at: datetime) -> RoleHeld:
    """Give a person a role; giving it twice is once."""
    held, is_new = RoleHeld.objects.get_or_create(
        person=person, role=RoleHeld.Name(role).value, ended_at=None, defaults={"given_at": at}
    )
    if is_new:
        trail.record("role_given", by=by, at=at, subject=held, person=person.pk, data={"role": role})
        publish(RoleGiven(person.pk, role))
    return held


@action
def end_role(person: Profile, role: str, *, by: Actor, at: datetime) -> None:
    """Take a role away."""
    for held in RoleHeld.objects.filter(person=person, role=role, ended_at=None):
        held.ended_at = at
        held.save(update_fields=["ended_at"])
        trail.record("role_ended", by=by, at=at, subject=held, person=person.pk, data={"role": role})


@action
def open_account(
    *,
    email: str,
    details: Details,
    by: Actor,
    at: datetime,
    stays: tuple[Stay, ...] = (),
    password: str | None = None,
) -> Profile:
    """Make a sign-in and its person at once; without a password only another way of signing in works."""
    if User.objects.filter(email__iexact=email).exists():
        refuse(Code.ADDRESS_TAKEN, address=email)
    person = make_profile(User.objects.create_user(email, password), name=details.name, at=at)
    return complete_profile(person, details, stays=stays, by=by, at=at)


@action
def create_office_person(*, email: str, password: str, name: str, at: datetime) -> Profile:
    """Make the first office person of an installation: sign-in, profile and role."""
    person = open_account(email=email, password=password, details=Details(name=name), by=SYSTEM, at=at)
    give_role(person, RoleHeld.Name.OFFICE, by=SYSTEM, at=at)
    return person
