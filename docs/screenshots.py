"""Makes the pictures of README and guides: builds the demo in a temporary folder and walks through it.

Run it from the root of the repository, after `./accredit test` has installed what tests need:

    PYTHONPATH=src .venv/bin/python docs/screenshots.py [--into FOLDER]

The program's clock stands still at one moment and is moved on by hand, so that two runs show the same dates.
"""

import argparse
import os
import re
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

HOME = tempfile.TemporaryDirectory(prefix="accredit-pictures-")
os.environ |= {
    "ACCREDIT_DEMO": "1",
    "ACCREDIT_HOME": HOME.name,
    "DJANGO_SETTINGS_MODULE": "accredit.config.settings",
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
}

import django

django.setup()

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from accredit.assessments import actions as assessments
from accredit.assessments.models import Appointment, Assessment
from accredit.assessments.queries import edition_for
from accredit.config import testing
from accredit.demo import building, cast, judging
from accredit.portfolios.queries import current_submission
from accredit.registrations.models import Registration
from accredit.rulebook.workflow import Role
from accredit.toolkit import serving
from accredit.toolkit.actor import Actor

PICTURES = Path(__file__).parent / "pictures"
LARGEST = 250_000
WIDE, PHONE = (1280, 860), (390, 844)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none", "--force-color-profile=srgb"]


class Clock:
    """The one moment at which the program believes to be."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 24, 10, 5, tzinfo=UTC)
        timezone.now = lambda: self.moment

    def pass_by(self, days: int, minutes: int = 25) -> None:
        """Move on."""
        self.moment += timedelta(days=days, minutes=minutes)


class Handler(WSGIRequestHandler):
    """Answers without writing a line for each request."""

    def log_message(self, *values: object) -> None:
        """Say nothing."""


@contextmanager
def served() -> Iterator[str]:
    """Serve the demo from threads of this process."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), Handler, connections_override=None)
    # Made here, because it looks for the static files only once.
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        connections.close_all()


class Walk:
    """One browser, one walk through the scheme, a picture at each stop."""

    def __init__(self, browser: Browser, base: str, clock: Clock, into: Path) -> None:
        self.browser, self.base, self.clock, self.into = browser, base, clock, into
        self.page: Page
        self.registration = 0

    def be(self, name: str) -> None:
        """Sign in as one of the cast, in a fresh browser session."""
        for old in self.browser.contexts:
            old.close()
        context = self.browser.new_context(base_url=self.base, locale="en-GB", reduced_motion="reduce")
        context.set_default_timeout(15_000)
        self.page = context.new_page()
        self.size(WIDE)
        self.go("/demo/")
        self.page.get_by_role("button", name=re.compile(f"^Be {name}")).click()
        self.page.wait_for_load_state()

    def size(self, size: tuple[int, int]) -> None:
        """Change the size of the window."""
        self.page.set_viewport_size({"width": size[0], "height": size[1]})

    def go(self, path: str) -> None:
        """Open an address; `{}` stands for the registration."""
        answer = self.page.goto(path.format(self.registration))
        if answer is None or not answer.ok:
            raise SystemExit(f"{path}: {answer.status if answer else 'no answer'}")

    def press(self, name: str, role: str = "button") -> None:
        """Press a button or follow a link of the page."""
        self.page.get_by_role("main").get_by_role(role, name=re.compile(f"^{name}")).first.click()
        self.page.wait_for_load_state()

    def write(self, label: str, words: str) -> None:
        """Write into a field, plain or with an editor."""
        self.page.get_by_role("textbox", name=re.compile(f"^{label}")).first.fill(words)

    def take(
        self,
        name: str,
        *,
        at: Locator | None = None,
        looks: str = "light",
        phone: bool = False,
        height: int = WIDE[1],
    ) -> None:
        """Make a picture of the window, with `at` near its top."""
        self.size(PHONE if phone else (WIDE[0], height))
        self.page.emulate_media(color_scheme="dark" if looks == "dark" else "light")
        if at is None:
            self.page.evaluate("scrollTo(0, 0)")
        else:
            at.first.evaluate("each => scrollTo(0, each.getBoundingClientRect().top + scrollY - 24)")
        self.page.wait_for_load_state("networkidle")
        self.page.evaluate("document.fonts.ready")
        self.page.wait_for_timeout(200)
        raw = self.page.screenshot(animations="disabled", caret="hide")
        save(raw, self.into / f"{name}.png")
        self.page.emulate_media(color_scheme="light")
        self.size(WIDE)


def save(raw: bytes, path: Path) -> None:
    """Write a picture with a palette, as small as that makes it."""
    path.with_suffix(".raw").write_bytes(raw)
    with Image.open(path.with_suffix(".raw")) as image:
        flat = image.convert("RGB").quantize(128, dither=Image.Dither.NONE)
        flat.save(path, optimize=True)
    path.with_suffix(".raw").unlink()
    size = path.stat().st_size
    print(f"{path.name:<28}{size:>9,}")
    if size > LARGEST:
        raise SystemExit(f"{path} is larger than {LARGEST:,} bytes.")


def visitor(walk: Walk) -> None:
    """Vic reads what is public."""
    walk.be("Vic")
    walk.go("/")
    walk.take("home")
    walk.take("home-dark", looks="dark")
    walk.take("home-phone", phone=True)
    walk.go("/pathways/")
    walk.take("pathways", at=walk.page.get_by_role("table"))
    walk.go("/demo/")
    walk.take("cast")


def candidate(walk: Walk) -> None:
    """Ada looks over her portfolio and hands it in."""
    walk.be("Ada")
    walk.go("/my/{}/")
    walk.take("tasks")
    walk.take("tasks-dark", looks="dark")
    walk.take("tasks-phone", phone=True)
    walk.go("/my/{}/section/1a/")
    walk.take("section")
    walk.take("section-phone", phone=True)
    walk.go("/my/{}/evidence/")
    walk.take("evidence", at=walk.page.get_by_role("heading", name="In your locker"))
    walk.go("/my/{}/preview/")
    walk.take("preview")
    walk.go("/my/{}/submit/")
    walk.take("check-your-answers")
    walk.press("Submit your portfolio")
    walk.take("submitted")


def office(walk: Walk) -> None:
    """Otis checks what came in and appoints the panel."""
    walk.clock.pass_by(1)
    walk.be("Otis")
    walk.go("/office/")
    walk.take("today", height=800)
    walk.take("today-dark", looks="dark", height=800)
    walk.go("/office/pipeline/")
    walk.take("pipeline")
    walk.go("/office/registration/{}/check/")
    walk.press("Begin the check")
    walk.go("/office/registration/{}/check/")
    walk.take("check")
    walk.press("Accept the submission")
    walk.go("/office/registration/{}/panel/")
    walk.take("panel")
    refused = walk.page.get_by_role("heading", name="Who may not, and why")
    walk.take("panel-refused", at=refused, height=400)
    for seat, name in (("lead", "Lena"), ("second", "Omar")):
        box = walk.page.locator(f"input[name={seat}]")
        box.and_(walk.page.get_by_label(re.compile(f"^{name}.* as ", re.IGNORECASE))).check()
    walk.press("Appoint and invite")


def accept(walk: Walk, name: str, picture: str = "") -> None:
    """Answer the invitation to read Ada's portfolio."""
    walk.be(name)
    place = Appointment.objects.get(panel__registration=walk.registration, person__name__startswith=name)
    walk.go(f"/assess/invitation/{place.pk}/")
    if picture:
        walk.take(picture)
    walk.page.get_by_label(re.compile("^I know of no conflict of interest")).check()
    walk.press("Send your answer")


def judge(walk: Walk, name: str, place: int) -> Assessment:
    """Write into the form what the demo's texts say, without handing it in."""
    found = Assessment.objects.select_related("appointment").get(
        appointment__panel__registration=walk.registration, appointment__person__name__startswith=name
    )
    registration = Registration.objects.get(pk=walk.registration)
    submission = current_submission(walk.registration)
    if submission is None:
        raise SystemExit("Ada's portfolio is not submitted.")
    plan = cast.Plan("associate", "held", "ada-associate", outcome="pass")
    rules = edition_for(registration, submission)
    content = judging.content(found, rules, plan, wanted="pass", place=place)
    by = Actor(person=found.appointment.person_id, role=Role.ASSESSOR)
    return assessments.save_assessment(
        found, content=content, expected=found.version, by=by, at=walk.clock.moment
    )


def assessors(walk: Walk) -> None:
    """Lena and Omar read, rate, and agree."""
    walk.clock.pass_by(2)
    accept(walk, "Omar")
    found = judge(walk, "Omar", 1)
    walk.go(f"/assess/{found.pk}/submit/")
    walk.press("Hand in your assessment")
    accept(walk, "Lena", picture="invitation")
    walk.clock.pass_by(6)
    walk.be("Lena")
    walk.go("/assess/")
    walk.take("assessor-home")
    found = judge(walk, "Lena", 0)
    walk.go(f"/assess/{found.pk}/")
    walk.take("desk")
    walk.take("desk-dark", looks="dark")
    walk.take("desk-phone", phone=True)
    walk.go(f"/assess/{found.pk}/submit/")
    walk.take("hand-in")
    walk.press("Hand in your assessment")
    panel = found.appointment.panel_id
    walk.go(f"/assess/panel/{panel}/")
    walk.take("agreement")
    walk.page.get_by_label(re.compile("^Pass: ")).check()
    walk.write("Feedback for the candidate", judging.FEEDBACK)
    walk.press("Propose it to the others")
    walk.be("Omar")
    walk.go(f"/assess/panel/{panel}/")
    walk.take("agreement-answer")
    walk.page.get_by_label(re.compile("^Yes, ")).check()
    walk.press("Send your answer")


def release(walk: Walk) -> None:
    """Otis looks at what Ada will receive, and releases it."""
    walk.clock.pass_by(1)
    walk.be("Otis")
    walk.go("/office/registration/{}/release/")
    walk.take("release")
    walk.press("Release to the candidate")
    walk.go("/office/registration/{}/")
    walk.take("registration")


def result(walk: Walk) -> None:
    """Ada reads the result, sees her certificate and enters the register; Vic finds her there."""
    walk.be("Ada")
    walk.go("/my/{}/result/1/")
    walk.take("result")
    walk.press("See your certificate", "link")
    walk.take("certificate")
    walk.go("/my/register-entry/")
    walk.press("I agree")
    walk.be("Vic")
    walk.go("/register/")
    walk.take("register")


def main() -> None:
    """Build the demo, serve it, and walk through it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=PICTURES, help="folder for the pictures")
    into: Path = parser.parse_args().into
    into.mkdir(parents=True, exist_ok=True)
    clock = Clock()
    serving.migrate()
    building.build(now=clock.moment)
    serving.collect_static()
    with served() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=testing.browser(), args=ARGUMENTS, env={**os.environ, "LANGUAGE": "en_GB"}
        )
        walk = Walk(browser, base, clock, into)
        walk.registration = Registration.objects.get(person__name="Ada Okafor").pk
        for part in (visitor, candidate, office, assessors, release, result):
            part(walk)
        browser.close()
    total = sum(path.stat().st_size for path in into.glob("*.png"))
    print(f"{total:,} bytes in all")


if __name__ == "__main__":
    main()
