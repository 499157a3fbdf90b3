"""The pages of the journey, each as the person who lives in it, and how one is measured."""

import statistics
import time
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.middleware.csrf import _get_new_csrf_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accredit.assessments.models import Assessment, Panel
from accredit.assessments.queries import panels, rows_of
from accredit.demo import building
from accredit.people.models import Profile, User
from accredit.registrations.models import Registration
from accredit.rulebook.workflow import Stage
from accredit.toolkit import serving
from accredit.toolkit.actions import allow_writes
from bench.load import Visitor
from bench.volume import OFFSET


@dataclass(frozen=True)
class Page:
    """One page as one person sees it."""

    name: str
    path: str
    user: User | None = None


def cookies_of(user: User, token: str = "") -> str:
    """Return the cookies of a session in which somebody is signed in."""
    with allow_writes():
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}; {settings.CSRF_COOKIE_NAME}={token}"


def prepare() -> None:
    """Build the demo in an empty database."""
    serving.migrate()
    if not building.is_built():
        building.build(now=timezone.now())
    serving.collect_static()


def database() -> str:
    """Return which database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT version()" if connection.vendor == "postgresql" else "SELECT sqlite_version()")
        return f"{connection.vendor} {cursor.fetchone()[0].split(' on ')[0]}"


def demo_size() -> int:
    """Return how many registrations the demo itself has."""
    return Registration.objects.filter(pk__lt=OFFSET).count()


def registrations() -> int:
    """Return how many there are now."""
    return Registration.objects.count()


def _user(name: str) -> User:
    profile = Profile.objects.select_related("user").get(name=name, pk__lt=OFFSET)
    if profile.user is None:
        raise LookupError(f"{name} has no sign-in")
    return profile.user


def everybodys() -> list[Page]:
    """Return the pages of Vic, Ada, Otis and an assessor at work."""
    otis, ada = _user("Otis Grant"), _user("Ada Okafor")
    mine = Registration.objects.get(person__user=ada)
    waiting = Registration.objects.filter(stage=Stage.APPOINTING, pk__lt=OFFSET)[0]
    held = Registration.objects.filter(stage=Stage.HELD, pk__lt=OFFSET)[0]
    desk, panel = _desk(), _agreement()
    return [
        Page("home (Vic)", reverse("public:home")),
        Page("pathways compared (Vic)", reverse("public:pathways")),
        Page("register of holders (Vic)", reverse("public:register")),
        Page("register, a search (Vic)", reverse("public:register") + "?q=brandt"),
        Page("task list (Ada)", reverse("candidate:registration", args=[mine.pk]), ada),
        Page("section editor (Ada)", reverse("candidate:section", args=[mine.pk, "1a"]), ada),
        Page("preview (Ada)", reverse("candidate:preview", args=[mine.pk]), ada),
        Page("today (Otis)", reverse("office:today"), otis),
        Page("pipeline (Otis)", reverse("office:pipeline"), otis),
        Page("one registration (Otis)", reverse("office:registration", args=[waiting.pk]), otis),
        Page("appointing a panel (Otis)", reverse("office:panel", args=[waiting.pk]), otis),
        Page("release (Otis)", reverse("office:release", args=[held.pk]), otis),
        Page("people (Otis)", reverse("office:people"), otis),
        Page("notices (Otis)", reverse("office:notices"), otis),
        Page("trail (Otis)", reverse("office:trail"), otis),
        Page("assessor's home", reverse("assessor:home"), _assessor(desk)),
        Page("assessor's desk", reverse("assessor:desk", args=[desk.pk]), _assessor(desk)),
        Page("agreement", reverse("assessor:agreement", args=[panel.pk]), _member(panel)),
    ]


def loaded(connections: int) -> dict[str, list[Visitor]]:
    """Return the work of the comparison with the neighbours, a visitor for each connection."""
    otis, desks = _user("Otis Grant"), _desks(connections)
    found: dict[str, list[Visitor]] = {
        "office: pipeline": [
            Visitor(reverse("office:pipeline"), cookies_of(otis)) for _ in range(connections)
        ],
        "assessor: home": [Visitor(reverse("assessor:home"), cookies_of(_assessor(each))) for each in desks],
        "assessor: desk": [_at_desk(each) for each in desks],
        "assessor: save": [_saving(each) for each in desks],
    }
    return found


def _at_desk(desk: Assessment) -> Visitor:
    return Visitor(reverse("assessor:desk", args=[desk.pk]), cookies_of(_assessor(desk)))


def _saving(desk: Assessment) -> Visitor:
    """Save a whole form, as the page does two seconds after each pause: every mark, every comment."""
    panel = panels().get(pk=desk.appointment.panel_id)
    token = _get_new_csrf_string()
    form = {"csrfmiddlewaretoken": token, "version": str(desk.version), "private_notes": "Read again."}
    for row in rows_of(panel):
        form[f"mark-{row.key}"] = row.marks[0].code
        form[f"comment-{row.key}"] = (
            "What you did is clear.\n\nI would like to read more about the difference it made."
        )
    return Visitor(reverse("assessor:desk", args=[desk.pk]), cookies_of(_assessor(desk), token), form)


def _desk() -> Assessment:
    return _desks(1)[0]


def _desks(number: int) -> list[Assessment]:
    """Return assessments under way, each of another person."""
    rows = Assessment.objects.filter(
        submitted_at=None, appointment__panel__registration__stage=Stage.ASSESSING
    )
    found = {
        each.appointment.person_id: each
        for each in rows.select_related("appointment__person__user").order_by("-id")
    }
    return list(reversed(found.values()))[:number]


def _assessor(desk: Assessment) -> User:
    user = desk.appointment.person.user
    if user is None:
        raise LookupError("the assessor has no sign-in")
    return user


def _agreement() -> Panel:
    return Panel.objects.filter(registration__stage=Stage.AGREEING).order_by("id")[0]


def _member(panel: Panel) -> User | None:
    return panel.appointments.select_related("person__user").order_by("id")[0].person.user


def measure(page: Page, repeats: int) -> tuple[float, int, int]:
    """Return the median time in milliseconds, the number of queries and the size of the page in bytes."""
    client = Client(HTTP_HOST="127.0.0.1")
    with allow_writes():
        if page.user:
            client.force_login(page.user, backend="django.contrib.auth.backends.ModelBackend")
        client.get(page.path)
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(page.path)
        # Read at once: the next request empties the log.
        queries = [each["sql"] for each in captured]
        times = []
        for _ in range(repeats):
            began = time.perf_counter()
            answer = client.get(page.path)
            times.append((time.perf_counter() - began) * 1000)
    if answer.status_code != 200:
        raise RuntimeError(f"{page.path} answered {answer.status_code}")
    asked = [each for each in queries if not each.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]
    size = len(b"".join(answer) if answer.streaming else answer.content)
    return statistics.median(times), len(asked), size
