"""Large files in a browser: a break, a reload, several at once; nothing is sent twice."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from accredit.files.models import Upload
from accredit.people.models import Profile
from accredit.portfolios.models import Evidence, Portfolio
from tests import factories as make
from tests.journeys.looks import seemly

pytestmark = pytest.mark.django_db(transaction=True)
Enter = Callable[..., Page]
MIB = 1024 * 1024


@pytest.fixture
def ada() -> Profile:
    return make.person("Ada Example", sign_in=True)


@pytest.fixture
def draft(ada: Profile) -> Portfolio:
    return make.portfolio(make.registration(ada))


def film(folder: Path, name: str, size: int = 3 * MIB) -> Path:
    """What a browser could not play, but looks like a film."""
    path = folder / name
    path.write_bytes(b"\x1a\x45\xdf\xa3\x00\x42\x82\x84webm" + bytes([len(name)]) * (size - 12))
    return path


class Line:
    """The way to the server: counts the parts that pass, and can be cut after some."""

    def __init__(self, page: Page) -> None:
        self.passed, self.bytes, self.most = 0, 0, 99
        page.route("**/uploads/*/", self.carry)

    def carry(self, route: Route) -> None:
        if route.request.method != "POST":
            return route.continue_()
        if self.passed >= self.most:
            return route.abort("connectionfailed")
        self.passed += 1
        self.bytes += len(route.request.post_data_buffer or b"")
        return route.continue_()


def test_a_film_goes_on_after_a_break_and_after_a_reload(
    ada: Profile, draft: Portfolio, enter: Enter, tmp_path: Path
) -> None:
    path = film(tmp_path, "my talk.webm")
    page = enter(ada.user, f"/my/{draft.registration_id}/evidence/")
    line = Line(page)
    line.most = 2
    page.get_by_label("File", exact=True).set_input_files(path)
    told = page.get_by_role("list", name="Files on their way")
    expect(told).to_contain_text("The connection is gone at 768 KB of 3 MB.")
    seemly(page)
    line.most = 3
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(told).to_contain_text("The connection is gone at 1.8 MB of 3 MB")
    page.reload()
    expect(
        page.get_by_text("1.8 MB of 3 MB have arrived. Choose the same file again to go on.")
    ).to_be_visible()
    seemly(page)
    page.get_by_label("File", exact=True).set_input_files(path)
    expect(told).to_contain_text("The connection is gone at 1.8 MB of 3 MB")
    page.get_by_label("Title").fill("My talk")
    page.get_by_role("button", name="Add").click()
    line.most = 99
    expect(page.get_by_text("It is sent as soon as the file has arrived.")).to_be_attached()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_text("“My talk” is in your locker.")).to_be_visible()
    piece = Evidence.objects.get()
    assert (piece.title, piece.file_name, piece.blob.size) == ("My talk", "my talk.webm", 3 * MIB)
    assert line.bytes == 3 * MIB
    expect(page.get_by_role("heading", name="Not in your locker yet")).not_to_be_attached()


def test_a_pause_while_the_server_opens_the_upload_holds(
    ada: Profile, draft: Portfolio, enter: Enter, tmp_path: Path
) -> None:
    page = enter(ada.user, f"/my/{draft.registration_id}/evidence/")
    line = Line(page)
    opening: list[Route] = []

    def hold(route: Route) -> None:
        opening.append(route)

    page.route("**/uploads/", hold)
    page.get_by_label("Send several files at once").set_input_files([film(tmp_path, "one.webm")])
    page.get_by_role("button", name="Pause: one.webm").press("Enter")
    page.wait_for_timeout(50)
    with page.expect_response("**/uploads/"):
        opening.pop().continue_()
    page.wait_for_timeout(200)
    expect(page.get_by_role("button", name="Go on: one.webm")).to_be_focused()
    assert line.passed == 0
    page.get_by_role("button", name="Go on: one.webm").press("Enter")
    expect(page.get_by_role("link", name="one", exact=True)).to_be_visible()
    assert line.bytes == 3 * MIB


def test_several_at_once_are_paused_cancelled_and_added(
    ada: Profile, draft: Portfolio, enter: Enter, tmp_path: Path
) -> None:
    page = enter(ada.user, f"/my/{draft.registration_id}/evidence/")
    line = Line(page)
    line.most = 1
    names = ("run.exe", "one.webm", "two.webm", "three.webm")
    page.get_by_label("Send several files at once").set_input_files([film(tmp_path, name) for name in names])
    told = page.get_by_role("list", name="Files on their way")
    expect(told).to_contain_text("run.exe is of a kind that is not taken.")
    page.get_by_role("button", name="Pause: one.webm").press("Enter")
    expect(page.get_by_role("button", name="Go on: one.webm")).to_be_focused()
    page.get_by_role("button", name="Cancel: two.webm").click()
    expect(page.get_by_role("listitem").filter(has_text="two.webm")).not_to_be_attached()
    seemly(page)
    line.most = 99
    page.get_by_role("button", name="Go on: one.webm").press("Enter")
    page.evaluate("dispatchEvent(new Event('online'))")
    for name in ("one", "three"):
        expect(page.get_by_role("link", name=name, exact=True)).to_be_visible(timeout=15_000)
    assert sorted(Evidence.objects.values_list("title", flat=True)) == ["one", "three"]
    until = time.monotonic() + 10
    while Upload.objects.filter(became=None).exists() and time.monotonic() < until:
        page.wait_for_timeout(50)  # cancelling is told to the server after the row has gone
    assert Upload.objects.filter(became=None).count() == 0
    page.get_by_role("link", name="one", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("one")
    seemly(page)
