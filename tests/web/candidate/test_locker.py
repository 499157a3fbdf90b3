"""The evidence locker and the sending of its files."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import StreamingHttpResponse
from django.test import Client
from PIL import Image

from accredit.portfolios import actions as portfolios
from accredit.portfolios.models import Evidence, Portfolio
from accredit.portfolios.queries import EntryContent
from accredit.registrations.models import Registration
from tests import factories as make
from tests.web.candidate.conftest import signed_in

pytestmark = pytest.mark.django_db
MAIL = (
    b"From: Ben <ben@example.org>\r\nSubject: Thanks\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    b"<p>It helped.</p><script>alert(1)</script>"
)
SOUND = b"RIFF\x24\x08\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x80\x3e\x00\x00\x02\x00\x10\x00data\x00\x08\x00\x00" + b"\x00" * 2048  # fmt: skip # noqa: E501


def picture() -> bytes:
    """A small PNG."""
    made = BytesIO()
    Image.new("RGB", (40, 30), (10, 90, 90)).save(made, "PNG")
    return made.getvalue()


def here(draft: Portfolio, more: str = "") -> str:
    """The address of the locker."""
    return f"/my/{draft.registration_id}/evidence/{more}"


def add(browser: Client, draft: Portfolio, name: str, content: bytes, **more: str) -> Evidence:
    """Upload a file."""
    given = {"kind": "file", "title": name, "upload": SimpleUploadedFile(name, content), **more}
    answer = browser.post(here(draft), given)
    assert answer.status_code == 302, answer.content.decode()
    return Evidence.objects.get(title=name)


def body(answer: object) -> bytes:
    """All of a streamed answer."""
    assert isinstance(answer, StreamingHttpResponse)
    return b"".join(answer)


def test_a_picture_is_shown_in_place_in_a_sandbox(browser: Client, draft: Portfolio) -> None:
    piece = add(browser, draft, "chart.png", picture(), alt="A chart", shows="Growth", is_private="on")
    assert piece.visibility == "assessors"
    answer = browser.get(here(draft, f"{piece.pk}/file/"))
    assert answer["Content-Type"] == "image/png"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    page = browser.get(here(draft, f"{piece.pk}/")).content.decode()
    assert 'alt="A chart"' in page
    assert "For assessors only" in page


def test_a_mail_is_text_and_its_script_is_not_there(browser: Client, draft: Portfolio) -> None:
    piece = add(browser, draft, "thanks.eml", MAIL)
    answer = browser.get(here(draft, f"{piece.pk}/file/"))
    assert answer["Content-Type"].startswith("text/plain")
    assert b"It helped." in answer.content
    assert b"<script" not in answer.content


@pytest.mark.parametrize(
    "header",
    [
        b"Subject: " + b"a b " * 20_000,
        b"Content-Type: text/plain;" + b"\r\n a=b;" * 20_000,
        b"X-Short: y\rContent-Type: text/plain; " + b"a=b; " * 20_000,
    ],
)
def test_a_mail_whose_headers_would_take_hours_to_read_is_shown_as_it_is(
    browser: Client, draft: Portfolio, header: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def parser(**_more: object) -> None:
        raise AssertionError("read")

    monkeypatch.setattr("accredit.web.ui.files.BytesParser", parser)
    mail = b"From: a@example.org\r\nDate: today\r\n" + header + b"\r\n\r\nIt helped.\r\n"
    piece = add(browser, draft, "long.eml", mail)
    answer = browser.get(here(draft, f"{piece.pk}/file/"))
    assert answer["Content-Type"].startswith("text/plain")
    assert b"It helped." in answer.content


def test_sound_is_sent_in_stretches(browser: Client, draft: Portfolio) -> None:
    piece = add(browser, draft, "talk.wav", SOUND)
    path = here(draft, f"{piece.pk}/file/")
    whole = browser.get(path)
    assert len(body(whole)) == int(whole["Content-Length"]) == len(SOUND)
    part = browser.get(path, headers={"Range": "bytes=0-3"})
    assert (part.status_code, body(part), part["Content-Range"]) == (206, b"RIFF", f"bytes 0-3/{len(SOUND)}")
    assert len(body(browser.get(path, headers={"Range": "bytes=-10"}))) == 10
    assert browser.get(path, headers={"Range": "bytes=999999-"}).status_code == 416
    assert browser.get(path, headers={"Range": "bytes=5-2"}).status_code == 416
    assert browser.get(path, headers={"Range": "nonsense"}).status_code == 200
    assert "attachment" in browser.get(f"{path}?download")["Content-Disposition"]


ALL = len(SOUND)


@pytest.mark.parametrize(
    ("asked", "code", "start", "end"),
    [
        ("bytes=0-0", 206, 0, 0),
        ("bytes=0-", 200, 0, ALL - 1),
        ("bytes=10-", 206, 10, ALL - 1),
        ("bytes=10-999999", 206, 10, ALL - 1),
        ("bytes=-1", 206, ALL - 1, ALL - 1),
        ("bytes=-999999", 200, 0, ALL - 1),
        (f"bytes={ALL - 1}-", 206, ALL - 1, ALL - 1),
        (f"bytes={ALL}-", 416, 0, 0),
        ("bytes=-0", 416, 0, 0),
        ("bytes=9-8", 416, 0, 0),
        ("bytes=0-1,5-6", 200, 0, ALL - 1),
        ("bytes=-", 200, 0, ALL - 1),
        ("items=0-1", 200, 0, ALL - 1),
        (f"bytes={'9' * 30}-", 200, 0, ALL - 1),
    ],
)
def test_stretches_as_players_of_all_kinds_ask_for_them(
    browser: Client, draft: Portfolio, asked: str, code: int, start: int, end: int
) -> None:
    piece = add(browser, draft, "talk.wav", SOUND)
    answer = browser.get(here(draft, f"{piece.pk}/file/"), headers={"Range": asked})
    assert answer.status_code == code
    if code == 416:
        assert answer["Content-Range"] == f"bytes */{ALL}"
        return
    assert body(answer) == SOUND[start : end + 1]
    assert answer.get("Content-Range", "") == (f"bytes {start}-{end}/{ALL}" if code == 206 else "")
    assert answer["Accept-Ranges"] == "bytes"


def test_a_stretch_of_another_file_is_not_sent(browser: Client, draft: Portfolio) -> None:
    path = here(draft, f"{add(browser, draft, 'talk.wav', SOUND).pk}/file/")
    mark = browser.get(path)["ETag"]
    for known, code in ((mark, 206), ('"another"', 200), ("Wed, 25 Nov 2026 10:00:00 GMT", 200)):
        answer = browser.get(path, headers={"Range": "bytes=0-3", "If-Range": known})
        assert answer.status_code == code


def test_captions_go_with_a_sound_and_are_read_as_words(browser: Client, draft: Portfolio) -> None:
    vtt = b"WEBVTT\n\n00:00.000 --> 00:01.000\n<v Mina>Good <script>x</script> morning\n"
    captions = SimpleUploadedFile("talk.vtt", vtt)
    piece = add(browser, draft, "talk.wav", SOUND, captions=captions)  # type: ignore[arg-type]
    path = here(draft, f"{piece.pk}/file/")
    sent = browser.get(f"{path}?captions")
    assert sent["Content-Type"] == "text/vtt; charset=utf-8"
    assert b"script" not in sent.content
    assert "sandbox" in sent["Content-Security-Policy"]
    assert browser.get(f"{path}?captions=words").content.decode() == "Mina: Good x morning"
    page = browser.get(here(draft, f"{piece.pk}/")).content.decode()
    assert f'<track kind="captions" src="{path}?captions"' in page
    given = {"version": 0, "title": "Talk", "without_captions": "on"}
    assert browser.post(here(draft, f"{piece.pk}/"), given).status_code == 302
    assert browser.get(f"{path}?captions").status_code == 404


def test_captions_that_are_none_are_refused_at_their_field(browser: Client, draft: Portfolio) -> None:
    captions = SimpleUploadedFile("talk.vtt", b"<html>")
    upload = SimpleUploadedFile("talk.wav", SOUND)
    given = {"kind": "file", "title": "Talk", "upload": upload, "captions": captions}
    answer = browser.post(here(draft), given)
    assert answer.status_code == 422
    assert "Line 1 of talk.vtt" in str(answer.context["form"].errors["captions"])
    assert not Evidence.objects.exists()


def test_who_names_others_is_reminded_and_not_stopped(browser: Client, draft: Portfolio) -> None:
    given = {"kind": "link", "title": "A page", "address": "https://example.org", "others": "Two learners"}
    assert browser.post(here(draft), given).status_code == 302
    piece = Evidence.objects.get()
    assert "Say whether they agreed" in browser.get(here(draft, f"{piece.pk}/")).content.decode()
    assert "say whether they agreed" in browser.get(here(draft)).content.decode()
    given = {"version": 0, "title": "A page", "address": "https://example.org", "others": "Two learners"}
    browser.post(here(draft, f"{piece.pk}/"), given | {"permission": "given"})
    assert "say whether they agreed" not in browser.get(here(draft)).content.decode().lower()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"practised_from_on": "2026-06-02", "practised_until_on": "2026-06-01"}, "practised_until_on"),
        ({"practised_from_on": "0001-01-01"}, "practised_from_on"),
        ({"practised_from_on": "yesterday"}, "practised_from_on"),
        ({"permission": "perhaps"}, "permission"),
    ],
)
def test_periods_and_permissions_that_make_no_sense(
    browser: Client, draft: Portfolio, values: dict[str, str], field: str
) -> None:
    given = {"kind": "link", "title": "A page", "address": "https://example.org"} | values
    answer = browser.post(here(draft), given)
    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(("name", "content"), [
    ("empty.png", b""), ("not.png", b"hello"), ("page.html", b"<script>alert(1)</script>"),
    ("run.exe", b"MZ\x90\x00"), ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), ("none", b"x"),
])  # fmt: skip
def test_files_that_are_refused_say_why_and_leave_nothing(
    browser: Client, draft: Portfolio, name: str, content: bytes
) -> None:
    given = {"kind": "file", "title": "Kept title", "upload": SimpleUploadedFile(name, content)}
    answer = browser.post(here(draft), given)
    assert answer.status_code == 422
    assert "Kept title" in answer.content.decode()
    assert answer.context["form"].errors["upload"]
    assert not Evidence.objects.exists()


def test_too_large_for_the_scheme(ada: object, browser: Client) -> None:
    make.scheme(file_limit=1024 * 1024)
    draft = make.portfolio(make.registration(ada))  # type: ignore[arg-type]
    given = {"kind": "file", "title": "Big", "upload": SimpleUploadedFile("a.txt", b"a" * 2_000_000)}
    answer = browser.post(here(draft), given)
    assert answer.status_code == 422
    assert "1.0" in answer.content.decode()


@pytest.mark.parametrize("values", [
    {"kind": "file", "title": "No file"}, {"kind": "link", "title": "x", "address": "javascript:alert(1)"},
    {"kind": "link", "title": "x", "address": ""}, {"kind": "text", "title": "x", "text": "  "},
    {"kind": "link", "title": "", "address": "https://example.org"}, {"kind": "link", "title": "t" * 300},
    {"kind": "nonsense", "title": "x"},
])  # fmt: skip
def test_bad_pieces_are_refused_in_words(browser: Client, draft: Portfolio, values: dict[str, str]) -> None:
    assert browser.post(here(draft), values).status_code == 422
    assert not Evidence.objects.exists()


def test_change_and_remove_twice(browser: Client, draft: Portfolio) -> None:
    piece = make.link(draft)
    page = here(draft, f"{piece.pk}/")
    given = {"version": 0, "title": "Better", "address": "https://example.org/b", "shows": "More"}
    assert browser.post(page, given)["Location"] == page
    assert browser.post(page, given | {"title": "Clash"}).status_code == 422
    assert browser.get(here(draft, f"{piece.pk}/remove/")).status_code == 200
    for _ in range(2):
        assert browser.post(here(draft, f"{piece.pk}/remove/"))["Location"] == here(draft)
    assert browser.get(page).status_code == 404


def test_nothing_is_added_once_it_is_submitted(browser: Client, whole: Portfolio) -> None:
    portfolios.submit(whole, by=make.owner_of(whole), at=make.AT)
    given = {"kind": "link", "title": "Late", "address": "https://example.org"}
    assert browser.post(here(whole), given).status_code == 422
    assert "Add a piece" not in browser.get(here(whole)).content.decode()


def test_the_list_takes_the_same_queries_with_one_and_with_three(
    browser: Client, draft: Portfolio, django_assert_max_num_queries: object
) -> None:
    counts = []
    for number in (1, 2):
        for _ in range(number):
            piece = make.link(draft)
            entry = draft.entries.get(section="1a")
            make.write(entry, EntryContent(examples=(make.example("", piece),)))
        with django_assert_max_num_queries(12) as seen:  # type: ignore[operator]
            browser.get(here(draft))
        counts.append(len(seen.captured_queries))
    assert counts[0] == counts[1]


def test_nobody_else_finds_a_piece(draft: Portfolio) -> None:
    piece = make.link(draft)
    other = signed_in(make.person("Ruth Example", sign_in=True))
    for path in ("", f"{piece.pk}/", f"{piece.pk}/file/", f"{piece.pk}/remove/"):
        assert other.get(here(draft, path)).status_code == 404
        assert other.post(here(draft, path)).status_code in (404, 405)
    assert Registration.objects.count() == 1
    mine = make.portfolio(make.registration(make.person("Cora", sign_in=True)))
    assert signed_in(mine.registration.person).get(here(mine, f"{piece.pk}/")).status_code == 404


def test_adding_twice_in_a_moment_is_once(browser: Client, draft: Portfolio) -> None:
    given = {"kind": "link", "title": "Our page", "address": "https://example.org/page"}
    for _ in range(2):
        assert browser.post(here(draft), given).status_code == 302
    for _ in range(2):
        add(browser, draft, "chart.png", picture())
    assert Evidence.objects.count() == 2
