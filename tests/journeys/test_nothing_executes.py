"""Markup brought in by every door, looked at by everybody: nothing of it runs.

The browser ignores the content security policy here, so that it is the pages that are tested; that the policy
stands on every answer is tested elsewhere.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, Request

from accredit.assessments.actions import accept_invitation
from accredit.assessments.models import Seat
from accredit.exchange.actions import bring_in, take_import
from accredit.exchange.models import Import
from accredit.exchange.tasks.imports import read_one
from accredit.people.models import User
from accredit.portfolios.actions import add_evidence, answer_comment, submit, write_comment, write_note
from accredit.portfolios.models import Evidence, Portfolio, SubmittedFile
from accredit.portfolios.queries import PieceContent, content_of
from accredit.rulebook.workflow import Role
from accredit.toolkit.actor import Actor
from tests import factories as make
from tests.access.targets import named_addresses
from tests.hostile.payloads import ADDRESSES, LINES, MARKUP
from tests.hostile.specimens import ALL
from tests.journeys import stage
from tests.web.candidate.conftest import signed_in

pytestmark = pytest.mark.django_db(transaction=True)
Enter = Callable[..., Page]
EXECUTED = "() => document.documentElement.dataset.executed"
# Everything a page offers is moved over, focused and, where it leads nowhere new, clicked.
TOUCH = """() => {
  for (const each of document.querySelectorAll("main *")) {
    each.dispatchEvent(new MouseEvent("mouseover", {bubbles: true}));
    if (each.matches("details")) each.open = true;
    if (each.matches("[loading=lazy]")) each.loading = "eager";
    if (each.matches("a[href], button, input, [tabindex]")) each.focus();
    if (each.matches("a") && /^(java|vb|data)/i.test(each.protocol)) each.click();
  }
}"""
# So many looks in a row, 20 ms apart, find nothing asked for.
QUIET = 3
# What the door keeps: letters, PDFs, captions, texts and pictures that hold or are called something live.
HELD = tuple(each for each in ALL if not each.codes)


# A section that holds one text: whatever is taken into it, the portfolio may still be handed in.
HEADING = "Contextual statement"
# Pages that show nothing of a portfolio.
ELSEWHERE = {"candidate:register", "candidate:home", "candidate:register_entry"}
READ_BY_OFFICE = ("registration", "submission", "check", "panel", "file", "today", "notices", "trail")


@pytest.fixture
def look(enter: Enter) -> Iterator[Callable[[User, str], None]]:
    """Open a page as somebody, and at the end say where something ran."""
    ran: list[str] = []
    pages: dict[int, Page] = {}
    asked: set[Request] = set()

    def first_page(user: User) -> Page:
        page = enter(user, bypass_csp=True)
        page.on("request", lambda each: each.resource_type == "media" or asked.add(each))
        page.on("requestfinished", answered)
        page.on("requestfailed", answered)
        return page

    def answered(request: Request) -> None:
        asked.discard(request)

    def open_page(user: User, path: str) -> None:
        page = pages[user.pk] if user.pk in pages else pages.setdefault(user.pk, first_page(user))
        page.goto(path, wait_until="domcontentloaded", timeout=30_000)
        page.evaluate(TOUCH)
        settle(page, asked)
        if page.evaluate(EXECUTED):
            ran.append(f"{user.email} at {path}")
        # What a frame asked for after this might be closed to its reader by what the test does next.
        page.goto("about:blank")

    yield open_page
    assert not ran, "\n".join(ran)


def settle(page: Page, asked: set[Request]) -> None:
    """Wait until frames and pictures have asked for all they want, and have been answered."""
    until, quiet = time.monotonic() + 20, 0
    while quiet < QUIET and time.monotonic() < until:
        page.wait_for_timeout(20)
        quiet = 0 if asked else quiet + 1
    assert not asked, f"{page.url} waits for {[each.url for each in asked]}"


def test_the_payloads_do_run_where_a_page_shows_them_as_they_came(visit: Enter) -> None:
    page = visit("/accessibility/", bypass_csp=True)
    page.set_content(f"<!doctype html><title>x</title><body>{MARKUP[4]}")
    page.wait_for_function(EXECUTED)


def test_nothing_that_came_in_runs_on_any_page(look: Callable[[User, str], None]) -> None:
    cast = stage.cast()
    ada, draft = stage.written(cast)
    fill_locker(draft)
    write(signed_in(ada.profile), draft)
    mina = befriend(draft)
    for brought in bring_in_documents(draft):
        for page in ("brought", "brought_check"):
            look(ada, reverse(f"candidate:{page}", args=[draft.registration_id, brought.pk]))
    for path in pages_of("candidate", ada, draft):
        look(ada, path)
    look(mina, reverse("mentor:portfolio", args=[draft.mentors.get().pk]))
    made = submit(draft, by=make.owner_of(draft), at=timezone.now())
    stage.check(cast, made)
    lead = make.place(stage.seat(cast, made), Seat.LEAD)
    desk = accept_invitation(lead, by=make.as_assessor(lead), at=timezone.now())
    for path in pages_of("candidate", ada, draft, only=("registration", "submission")):
        look(ada, path)
    for path in pages_of("office", cast.otis, draft, only=READ_BY_OFFICE):
        look(cast.otis, path)
    address = reverse("assessor:desk", args=[desk.pk])
    look(cast.lena, address)
    assert "I made it." in signed_in(cast.lena.profile).get(address).content.decode()


def write(browser: Client, draft: Portfolio) -> None:
    """Send the whole lot through the editor's own address, and with it every piece of the locker."""
    entry = draft.entries.get(section="1a")
    answer = browser.post(
        reverse("candidate:section", args=[draft.registration_id, "1a"]),
        {
            "version": entry.version, "count": 1, "e1-key": entry.examples.get().pk, "e1-title": LINES[0],
            "e1-description": "<p>I made it.</p>" + "".join(MARKUP),
            "e1-reflection": "\n\n".join(MARKUP),
            "e1-evidence": list(Evidence.objects.filter(portfolio=draft).values_list("pk", flat=True)),
        },
    )  # fmt: skip
    assert answer.status_code == 302
    other = draft.entries.get(section="1b")
    (example,) = content_of(other).examples
    make.write(
        other, replace(content_of(other), examples=(replace(example, jurisdiction=LINES[1], title=LINES[2]),))
    )


def befriend(draft: Portfolio) -> User:
    """Have a critical friend say, and the candidate answer and note, what nobody says."""
    entry, mina = draft.entries.get(section="1a"), make.person(f"Mina {LINES[0]}")
    mentor = make.befriended(draft, mina, entry, at=timezone.now())
    by = Actor(person=mina.pk, role=Role.MENTOR)
    said = write_comment(
        mentor,
        entry=entry.pk,
        part="",
        quote="I made it.",
        text="".join(MARKUP)[:4900],
        by=by,
        at=timezone.now(),
    )
    mine = {"by": make.owner_of(draft), "at": timezone.now()}
    answer_comment(said, text="".join(MARKUP)[:4900], **mine)
    write_note(draft, text="".join(MARKUP), entry=entry, **mine)
    return make.user_of(mina)


def bring_in_documents(draft: Portfolio) -> Iterator[Import]:
    """Bring in a web page, a Markdown text and a Word document with all of it; what is taken, is taken."""
    word = BytesIO()
    written = docx.Document()
    written.core_properties.title = LINES[0]
    for each in (HEADING, *(payload.replace("\x00", "") for payload in MARKUP)):
        written.add_paragraph(each, style="Heading 1" if each == HEADING else None)
    written.save(word)
    page = f"<h1>{LINES[0]}</h1><h2>{HEADING}</h2>{''.join(MARKUP)}<h2>Future plans</h2>{''.join(MARKUP)}"
    text = f"# {LINES[0]}\n\n## {HEADING}\n\n" + "\n\n".join(MARKUP) + "\n\n[x](javascript:alert(1))"
    for name, content in (
        (f"{LINES[0]}.html", page.encode()), ("words.md", text.encode()), ("words.docx", word.getvalue()),
    ):  # fmt: skip
        by, at = make.owner_of(draft), timezone.now()
        read_one(bring_in(draft, BytesIO(content), name=name, by=by, at=at))
        brought = Import.objects.latest("pk")
        if brought.outline is not None:
            yield brought
            take_import(brought, choices={"context": "take", "plans": "take"}, expected={}, by=by, at=at)


def fill_locker(draft: Portfolio) -> None:
    """Bring in every kind of piece with markup in all it says."""
    browser = signed_in(draft.registration.person)
    address = reverse("candidate:evidence", args=[draft.registration_id])
    for number, line in enumerate(LINES):
        told = {"title": line, "shows": line, "contribution": line, "others": line, "alt": line}
        picture = SimpleUploadedFile(
            f"{number}.png", next(each.make() for each in HELD if each.name == "told.png")
        )
        kept(browser.post(address, told | {"kind": "text", "text": "".join(MARKUP)}))
        kept(browser.post(address, told | {"kind": "file", "upload": picture}))
    for each in ADDRESSES:
        browser.post(address, {"kind": "link", "title": each, "address": each})
    for each in HELD:
        content = PieceContent(title=each.what)
        add_evidence(
            draft, kind="file", content=content, upload=BytesIO(each.make()), name=each.name,
            by=make.owner_of(draft), at=timezone.now(),
        )  # fmt: skip


def pages_of(audience: str, user: User, draft: Portfolio, *, only: tuple[str, ...] = ()) -> list[str]:
    """Every page of an audience about this portfolio that opens as a page now, or only those named."""
    browser, found = signed_in(user.profile), []
    for name, parameters in named_addresses().items():
        space, _colon, page = name.partition(":")
        if space == audience and name not in ELSEWHERE and (not only or page in only):
            found += [reverse(name, kwargs=each) for each in _values(parameters, draft)]
    return [path for path in found if _is_page(browser, path)]


def _values(parameters: frozenset[str], draft: Portfolio) -> Iterator[dict[str, Any]]:
    pk = {"pk": draft.registration_id}
    told = Evidence.objects.filter(portfolio=draft, title__in=(LINES[0], *ADDRESSES))
    letters = SubmittedFile.objects.filter(name__endswith=".eml")
    known: dict[frozenset[str], list[dict[str, Any]]] = {
        frozenset(): [{}],
        frozenset({"pk"}): [pk],
        frozenset({"pk", "slot"}): [pk | {"slot": slot} for slot in ("1a", "1b")],
        frozenset({"pk", "number"}): [pk | {"number": 1}],
        frozenset({"pk", "evidence"}): [pk | {"evidence": each.pk} for each in told],
        frozenset({"file"}): [{"file": each.pk} for each in letters],
    }
    return iter(known.get(parameters, []))


def _is_page(browser: Client, path: str) -> bool:
    answer = browser.get(path)
    shown = answer.get("Content-Disposition", "inline").startswith("inline")
    return answer.status_code == 200 and answer["Content-Type"].startswith("text/") and shown


def kept(answer: Any) -> None:
    """The door has taken it."""
    assert answer.status_code == 302, answer.content.decode()[:3000]
