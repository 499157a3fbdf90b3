"""The frame around a page: brand, person and navigation, read once before anything renders."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from accredit.assessments.models import Appointment
from accredit.frameworks.models import Scheme
from accredit.people.models import Profile
from accredit.portfolios.models import Mentor
from accredit.registrations.models import Cohort
from accredit.rulebook.workflow import Role
from accredit.web.ui.navigation import ACCOUNT, AREAS, FOOTER, PAGES, Entry

THEMES = ("light", "dark")
THEME_COOKIE = "theme"
ACCENT = "#0f5566"

# Roles that nobody gives: they follow from what a person does.
_DOING = {
    Role.ASSESSOR: Appointment.objects.filter(person=OuterRef("pk")),
    Role.MENTOR: Mentor.objects.filter(person=OuterRef("pk"), accepted_at__isnull=False),
    Role.COORDINATOR: Cohort.objects.filter(coordinator=OuterRef("pk"), closed_at=None),
}


@dataclass(frozen=True, slots=True)
class Link:
    """A link ready to draw."""

    label: str
    href: str
    is_current: bool = False
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Brand:
    """What a body gives its name and colour to."""

    name: str = "Accredit"
    body: str = ""
    description: str = ""
    contact: str = ""
    logo: str = ""
    icon: str = ""
    stylesheet: str = ""
    accent_light: str = ACCENT
    home: str = "/"
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Who is signed in, as far as the frame needs to know."""

    pk: int
    name: str
    email: str
    roles: frozenset[str] = field(default_factory=frozenset)
    prefers_plain: bool = False


@dataclass(frozen=True, slots=True)
class Shell:
    """Everything `ui/base.html` draws outside the page itself."""

    brand: Brand
    person: Person | None = None
    areas: tuple[Link, ...] = ()
    links: tuple[Link, ...] = ()
    section: str = ""
    account: tuple[Link, ...] = ()
    sign_in: str = ""
    sign_up: str = ""
    sign_out: str = ""
    theme: str = ""
    theme_url: str = ""
    demo: str = ""


def shell_of(request: HttpRequest) -> Shell:
    """Return the frame of this request, built on first use with at most two queries."""
    known = getattr(request, "_accredit_shell", None)
    if isinstance(known, Shell):
        return known
    shell = _build(request)
    request._accredit_shell = shell  # type: ignore[attr-defined]
    return shell


def bare_shell(request: HttpRequest) -> Shell:
    """Return a frame that needs no database, for pages shown when something is broken."""
    return Shell(brand=Brand(name=_("Accredit"), icon=static("ui/icon.svg")), theme=theme_of(request))


def theme_of(request: HttpRequest) -> str:
    """Return the colours chosen by this person, '' when the device decides."""
    chosen = request.COOKIES.get(THEME_COOKIE, "")
    return chosen if chosen in THEMES else ""


def href(name: str) -> str:
    """Return the address of a named page, '' while no audience has built it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _build(request: HttpRequest) -> Shell:
    person = person_of(request)
    audience = _audience(request, person)
    return Shell(
        brand=_brand(),
        person=person,
        areas=_areas(person, audience),
        links=_links(PAGES.get(audience, ()), person, request.path),
        section=next((str(entry.label) for entry in AREAS if entry.audience == audience), ""),
        account=_links(ACCOUNT, person, request.path) if person else (),
        sign_in=href("account_login"),
        sign_up=href("account_signup"),
        sign_out=href("account_logout") if person else "",
        theme=theme_of(request),
        theme_url=href("ui:theme"),
        demo=href("account:cast") if settings.DEMO else "",
    )


def person_of(request: HttpRequest) -> Person | None:
    """Return the signed-in person with the roles they hold, in one query; None for visitors."""
    if not hasattr(request, "_accredit_person"):
        request._accredit_person = _person(request)  # type: ignore[attr-defined]
    found = request._accredit_person  # type: ignore[attr-defined]
    return found if isinstance(found, Person) else None


def _person(request: HttpRequest) -> Person | None:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    marks = {role.value: Exists(does) for role, does in _DOING.items()}
    rows = list(
        Profile.objects.filter(user_id=user.pk)
        .annotate(**{f"is_{name}": mark for name, mark in marks.items()})
        .values_list(
            "pk", "name", "roles__role", "roles__ended_at", "prefers_plain", *(f"is_{name}" for name in marks)
        )
    )
    if not rows:
        return None
    key, name, _role, _ended_at, prefers_plain, *does = rows[0]
    roles = {str(row[2]) for row in rows if row[2] and row[3] is None}
    roles |= {mark for mark, is_so in zip(marks, does, strict=True) if is_so}
    return Person(key, name, user.get_username(), frozenset(roles), prefers_plain)


def _brand() -> Brand:
    scheme = Scheme.objects.order_by("-is_default", "pk").first()
    links = tuple(Link(str(entry.label), href(entry.url)) for entry in FOOTER if href(entry.url))
    icon = static("ui/icon.svg")
    if scheme is None:
        return Brand(icon=icon, links=links)
    return Brand(
        name=scheme.name,
        body=scheme.body,
        description=scheme.tagline,
        contact=scheme.contact_email,
        icon=icon,
        stylesheet=f"{href('ui:brand')}?{scheme.accent.lstrip('#')}" if scheme.accent else "",
        accent_light=scheme.accent or ACCENT,
        links=links,
    )


def _audience(request: HttpRequest, person: Person | None) -> str:
    match = request.resolver_match
    if match and match.route.startswith("account/") and person:
        return "account"
    namespace = match.namespaces[0] if match and match.namespaces else "public"
    return namespace if namespace in PAGES else "public"


def _areas(person: Person | None, audience: str) -> tuple[Link, ...]:
    if person is None:
        return ()
    shown = [entry for entry in AREAS if entry.is_for(person.roles) and href(entry.url)]
    links = tuple(Link(str(e.label), href(e.url), is_current=e.audience == audience) for e in shown)
    return links if len(links) > 1 else ()


def _links(entries: Iterable[Entry], person: Person | None, path: str) -> tuple[Link, ...]:
    roles = person.roles if person else frozenset()
    shown = [(entry, href(entry.url)) for entry in entries if entry.is_for(roles)]
    places = [place for entry, url in shown if url for place in (url, entry.under)]
    here = max((place for place in places if place and path.startswith(place)), key=len, default="")
    return tuple(
        Link(
            str(entry.label),
            url,
            is_current=bool(here) and here in (url, entry.under) and (url != "/" or path == "/"),
            icon=entry.icon,
        )
        for entry, url in shown
        if url
    )
