"""The pages of the journey, each as the person who lives in it, and how one is measured."""

import statistics
import time
from dataclasses import dataclass

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.middleware.csrf import _get_new_csrf_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accredit.assessments.models import Assessment, Panel
from accredit.demo import building
from accredit.people.models import Profile, User
from accredit.registrations.models import Registration
from accredit.rulebook.workflow import Stage
from accredit.toolkit import serving
from accredit.toolkit.actions import allow_writes
from bench.volume import OFFSET


@dataclass(frozen=True)
class Page:
    """One page as one person sees it; `form` makes it a save."""

    name: str
    path: str
    user: User | None = None
    form: dict[str, str] | None = None

    def cookies(self) -> str:
        """Return the header of a session in which the person is signed in."""
        if self.user is None:
            return ""
        session = SessionStore()
        with allow_writes():
            client = Client()
            client.force_login(self.user, backend="django.contrib.auth.backends.ModelBackend")
            session = client.session
        token = self.form["csrfmiddlewaretoken"] if self.form else ""
        return f"{settings.SESSION_COOKIE_NAME}={session.session_key}; csrftoken={token}"


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


def loaded() -> list[Page]:
    """Return the pages of the comparison with the neighbours: list, dashboard, assessment, save."""
    desk = _desk()
    token = _get_new_csrf_string()
    save = {
        "csrfmiddlewaretoken": token,
        "version": str(desk.version),
        "overall": "<p>As before.</p>",
        "save": "1",
    }
    return [
        Page("office: pipeline", reverse("office:pipeline"), _user("Otis Grant")),
        Page("assessor: home", reverse("assessor:home"), _assessor(desk)),
        Page("assessor: desk", reverse("assessor:desk", args=[desk.pk]), _assessor(desk)),
        Page("assessor: save", reverse("assessor:desk", args=[desk.pk]), _assessor(desk), save),
    ]


def _desk() -> Assessment:
    rows = Assessment.objects.filter(
        submitted_at=None, appointment__panel__registration__stage=Stage.ASSESSING
    )
    return rows.select_related("appointment__person__user").order_by("id")[0]


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
