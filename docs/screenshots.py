"""Makes the pictures of README and guides: builds the demo in a temporary folder and walks through it.

Run it from the root of the repository, after `./accredit test` has installed what tests need:

    PYTHONPATH=src .venv/bin/python docs/screenshots.py [--into FOLDER]

The program's clock stands still at one moment and is moved on by hand, so that two runs show the same dates.
"""

import argparse
import os
import re
import tempfile
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

from camera import Clock, Walk, served
from docx import Document
from huey.contrib.djhuey import HUEY
from playwright.sync_api import sync_playwright

from accredit.assessments import actions as assessments
from accredit.assessments.models import Appointment, Assessment
from accredit.assessments.queries import edition_for
from accredit.config import testing
from accredit.demo import building, cast, judging
from accredit.portfolios.models import Entry
from accredit.portfolios.queries import current_submission
from accredit.registrations.models import Registration
from accredit.rulebook.workflow import Role
from accredit.toolkit import richtext, serving
from accredit.toolkit.actor import Actor

PICTURES = Path(__file__).parent / "pictures"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none", "--force-color-profile=srgb"]


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


def writing(walk: Walk) -> None:
    """Ada writes: what stands beside a section, what it said before, what a friend says of it."""
    walk.be("Ada")
    walk.go("/my/{}/")
    walk.take("tasks")
    walk.take("tasks-dark", looks="dark")
    walk.take("tasks-phone", phone=True)
    walk.go("/my/{}/section/1a/")
    walk.take("section-phone", phone=True)
    walk.take("comments", height=1000)
    earlier(walk)
    walk.go("/my/{}/section/1b/")
    walk.write("New note", "Ask Gareth whether the picture of the bays may be shown.")
    walk.press("Keep the note")
    walk.go("/my/{}/section/1b/")
    for summary in ("Worth a thought", "Guidance"):
        walk.page.locator("aside summary", has_text=summary).click()
    walk.take("section", height=1240)


def earlier(walk: Walk) -> None:
    """Change a section, compare it with what it said before, and put it back."""
    walk.clock.pass_by(0)
    box = walk.page.locator(".ProseMirror").first
    box.press("Control+Home")
    box.press_sequentially("A year on, the clips are still in use. ")
    with walk.page.expect_response(lambda answer: answer.request.method == "POST"):
        walk.press("Save now")
    walk.go("/my/{}/section/1a/versions/")
    walk.page.get_by_role("main").get_by_role("table").get_by_role("link").last.click()
    walk.take("versions", at=walk.page.get_by_role("heading", name="What has changed"), height=800)
    walk.press("Restore this version")


def locker(walk: Walk) -> None:
    """Ada looks through her evidence, sends a file in parts, and sees what her links answer."""
    walk.go("/my/{}/evidence/")
    walk.take("evidence", at=walk.page.get_by_role("heading", name="In your locker"))
    film = Path(HOME.name) / "the-second-bay.wav"
    film.write_bytes(b"RIFF\x24\x00\x30\x00WAVEfmt " + bytes(3_000_000))
    walk.page.locator("input[type=file]").first.set_input_files(film)
    walk.page.locator("[data-upload-list] li").get_by_text("Arrived").wait_for()
    walk.take("upload", at=walk.page.get_by_role("heading", name="Add a piece"), height=1000)
    walk.press("Cancel")
    walk.press("Ten seconds from bay 2", "link")
    walk.page.locator("summary", has_text="What is said").click()
    walk.take("captions", at=walk.page.locator(".evidence"), height=640)
    walk.go("/my/{}/links/")
    walk.take("links", height=980)


def around(walk: Walk) -> None:
    """Ada plans, looks at the whole, thinks of another pathway and takes a copy."""
    walk.go("/my/{}/plan/")
    walk.take("plan", height=1060)
    walk.go("/my/{}/coverage/")
    walk.take("coverage", at=walk.page.get_by_role("heading", name="Section by section"))
    walk.go("/my/{}/pathway/")
    walk.page.get_by_label(re.compile("^CMALT:")).check()
    walk.press("See what it means")
    walk.take("pathway-change", height=960)
    walk.go("/my/{}/take/")
    walk.press("Make a copy: PDF")
    work()
    walk.go("/my/{}/take/")
    walk.take("exports", height=1000)


def bringing(walk: Walk) -> None:
    """Ada brings in what she wrote elsewhere, up to the choice what to take."""
    written = Document()
    for heading, texts in at_home(walk.registration).items():
        written.add_heading(heading, 1)
        for each in texts:
            written.add_paragraph(each)
    path = Path(HOME.name) / "portfolio-at-home.docx"
    written.save(str(path))
    walk.go("/my/{}/bring-in/")
    walk.page.locator("input[type=file]").set_input_files(path)
    walk.press("Bring it in")
    work()
    walk.page.reload()
    walk.take("import-outline", height=940)
    walk.press("See what each section will say")
    walk.page.locator("main summary").first.click()
    walk.take("import-difference", height=1060)


def at_home(registration: int) -> dict[str, list[str]]:
    """Return what Ada went on with in Word: her contextual statement with a new beginning, and more."""
    entry = Entry.objects.get(portfolio__registration=registration, section="context")
    return {
        "Contextual statement": [
            "Since September I also look after captions.",
            *richtext.plain(entry.text).splitlines(),
        ],
        "1a) Constraints and benefits": ["I compared four ways of filming in a workshop full of dust."],
        "Plans for the future": ["I want to teach two colleagues how captions are made well."],
        "Notes for the workshop": ["Whether the camera may stay on the wall over the summer."],
    }


def work() -> None:
    """Do what waits in the queue, as the worker would."""
    while (job := HUEY.dequeue()) is not None:
        HUEY.execute(job)


def others(walk: Walk) -> None:
    """Mina reads along, Cora follows her cohort, Nadia goes on from an award."""
    walk.be("Mina")
    walk.go("/friend/")
    walk.press("Ada Okafor", "link")
    walk.take("friend", at=walk.page.get_by_role("heading", name="1a Constraints"))
    walk.be("Cora")
    walk.go("/cohorts/")
    walk.press("Eastmarch cohort 2026", "link")
    walk.take("cohort", height=680)
    going_on = Registration.objects.filter(person__name__startswith="Nadia").latest("pk")
    walk.be("Nadia")
    walk.go(f"/my/{going_on.pk}/section/1a/carried/")
    walk.take("carried")


def candidate(walk: Walk) -> None:
    """Ada looks over her portfolio and hands it in."""
    walk.be("Ada")
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
    walk.go("/office/files/")
    walk.take("files", height=760)
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
    draft(walk)


def draft(walk: Walk) -> None:
    """Otis has the panels of the others drafted, looks at one, and drops the draft again."""
    walk.go("/office/panels/cmalt/")
    walk.press("Draft the panels")
    work()
    walk.page.get_by_text("Worst-served portfolio").wait_for(timeout=60_000)
    walk.take("panels-draft")
    walk.page.locator("tbody a").first.click()
    walk.take("panels-why")
    walk.go("/office/panels/cmalt/")
    walk.press("Drop this draft")


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
    walk.go("/office/releases/")
    walk.take("results", height=760)
    walk.go("/office/statistics/?period=all")
    walk.take("statistics")
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
        for part in (
            visitor,
            writing,
            locker,
            around,
            bringing,
            others,
            candidate,
            office,
            assessors,
            release,
            result,
        ):
            part(walk)
        browser.close()
    total = sum(path.stat().st_size for path in into.glob("*.png"))
    print(f"{total:,} bytes in all")


if __name__ == "__main__":
    main()
