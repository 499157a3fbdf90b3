"""Files that arrive in parts: the answers a script gets, and what the plain form makes of them."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from accredit.files.models import Upload
from accredit.people.models import Profile
from accredit.portfolios import actions as portfolios
from accredit.portfolios.models import Evidence, Portfolio
from tests import factories as make
from tests.web.candidate.conftest import signed_in
from tests.web.candidate.test_locker import SOUND, picture

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}


def here(draft: Portfolio, more: str = "") -> str:
    return f"/my/{draft.registration_id}/uploads/{more}"


def begin(browser: Client, draft: Portfolio, name: str, size: int, **more: object) -> HttpResponse:
    return browser.post(here(draft), {"name": name, "size": size, **more}, headers=JSON)


def send(browser: Client, address: str, content: bytes, offset: object) -> HttpResponse:
    headers = JSON | {"Upload-Offset": str(offset)}
    return browser.post(address, content, content_type="application/octet-stream", headers=headers)


def arrived(browser: Client, draft: Portfolio, name: str = "talk.wav", content: bytes = SOUND) -> str:
    """Send a file in two parts; return the upload's address."""
    address = begin(browser, draft, name, len(content)).json()["address"]
    half = len(content) // 2
    assert send(browser, address, content[:half], 0).json()["received"] == half
    assert send(browser, address, content[half:], half).json()["received"] == len(content)
    return address


def key_of(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


def test_a_file_in_parts_becomes_a_piece_once(browser: Client, draft: Portfolio) -> None:
    address = arrived(browser, draft)
    answers = [browser.post(f"{address}finish/", headers=JSON).json() for _ in range(2)]
    piece = Evidence.objects.get()
    assert answers[0] == answers[1]
    assert (piece.title, piece.file_name, piece.blob.size) == ("talk", "talk.wav", len(SOUND))
    assert browser.get(answers[0]["address"]).status_code == 200


def test_an_upload_says_where_to_go_on(browser: Client, draft: Portfolio) -> None:
    address = begin(browser, draft, "talk.wav", 100).json()["address"]
    send(browser, address, b"x" * 40, 0)
    assert browser.get(address, headers=JSON).json()["received"] == 40
    for content, offset in (
        (b"x", 50),
        (b"x" * 30, 20),
        (b"x" * 90, 40),
        (b"x" * 90, "-1"),
        (b"x" * 90, "ⅷ"),
    ):
        answer = send(browser, address, content, offset)
        assert (answer.status_code, answer.json()["received"]) == (409, 40)
        assert answer.json()["refused"]
    answer = browser.post(f"{address}finish/", headers=JSON)
    assert (answer.status_code, Evidence.objects.count()) == (409, 0)
    assert "choose the same file" in answer.content.decode().lower()


@pytest.mark.parametrize(
    ("name", "size", "told"),
    [
        ("talk.wav", 0, "is empty"),
        ("talk.wav", "", "is empty"),
        ("talk.wav", "1e9", "is empty"),
        ("talk.wav", 200 * 1024 * 1024, "larger than the limit"),
        ("photo.heic", 10, "Most Compatible"),
        ("run.exe", 10, "not taken"),
        ("", 10, "not taken"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_once(
    browser: Client, draft: Portfolio, name: str, size: object, told: str
) -> None:
    answer = begin(browser, draft, name, size)  # type: ignore[arg-type]
    assert answer.status_code == 409
    assert told in answer.json()["refused"][0]
    assert not Upload.objects.exists()


def test_uploads_on_their_way_count_towards_the_limit(ada: Profile, browser: Client) -> None:
    draft = make.portfolio(make.registration(ada, within=make.scheme(portfolio_limit=100)))
    first = begin(browser, draft, "a.wav", 60).json()["address"]
    assert "limit" in begin(browser, draft, "b.wav", 60).json()["refused"][0]
    assert browser.post(f"{first}cancel/", headers=JSON).status_code == 204
    assert begin(browser, draft, "b.wav", 60).status_code == 200


def test_a_piece_to_be_replaced_makes_room(ada: Profile, browser: Client) -> None:
    draft = make.portfolio(make.registration(ada, within=make.scheme(portfolio_limit=len(SOUND) + 50)))
    browser.post(f"{arrived(browser, draft)}finish/", headers=JSON)
    piece = Evidence.objects.get()
    assert begin(browser, draft, "b.wav", len(SOUND)).status_code == 409
    other = SOUND[:-1] + b"\x01"
    address = begin(browser, draft, "b.wav", len(other), instead_of=piece.pk).json()["address"]
    send(browser, address, other, 0)
    page = f"/my/{draft.registration_id}/evidence/{piece.pk}/"
    given = {"version": 0, "title": "Better", "arrived": key_of(address)}
    assert browser.post(page, given)["Location"] == page
    changed = Evidence.objects.get()
    assert (changed.title, changed.file_name, changed.version) == ("Better", "b.wav", 1)
    assert changed.blob != piece.blob


def test_the_form_names_what_has_arrived(browser: Client, draft: Portfolio) -> None:
    address = arrived(browser, draft)
    locker = f"/my/{draft.registration_id}/evidence/"
    given = {"kind": "file", "title": "", "arrived": key_of(address)}
    answer = browser.post(locker, given)
    assert answer.status_code == 422
    assert "talk.wav has arrived" in answer.content.decode()
    for _ in range(2):
        assert browser.post(locker, given | {"title": "My talk"}).status_code == 302
    assert Evidence.objects.get().title == "My talk"
    assert browser.post(locker, given | {"title": "No", "arrived": str(uuid.uuid4())}).status_code == 422
    assert browser.post(locker, given | {"title": "No", "arrived": "nonsense"}).status_code == 422


def test_a_file_sent_with_the_form_wins_over_one_that_arrived(browser: Client, draft: Portfolio) -> None:
    address = arrived(browser, draft)
    upload = SimpleUploadedFile("chart.png", picture())
    given = {"kind": "file", "title": "Chart", "arrived": key_of(address), "upload": upload}
    assert browser.post(f"/my/{draft.registration_id}/evidence/", given).status_code == 302
    assert Evidence.objects.get().file_name == "chart.png"


def test_what_arrived_but_lies_is_refused_and_stays_to_be_cancelled(
    browser: Client, draft: Portfolio
) -> None:
    address = arrived(browser, draft, "talk.wav", b"<script>alert(1)</script>")
    answer = browser.post(f"{address}finish/", headers=JSON)
    assert (answer.status_code, Evidence.objects.count()) == (409, 0)
    page = browser.get(f"/my/{draft.registration_id}/evidence/").content.decode()
    assert "is not in your locker yet" in page
    assert browser.post(f"{address}cancel/").status_code == 302
    assert browser.get(address).status_code == 404


def test_without_a_script_an_arrived_file_is_put_in_from_the_list(browser: Client, draft: Portfolio) -> None:
    address = arrived(browser, draft)
    answer = browser.post(f"{address}finish/")
    assert answer["Location"] == f"/my/{draft.registration_id}/evidence/{Evidence.objects.get().pk}/"


def test_nobody_elses_upload_exists(browser: Client, draft: Portfolio) -> None:
    address = begin(browser, draft, "talk.wav", 10).json()["address"]
    ruth = make.person("Ruth Example", sign_in=True)
    other, own = signed_in(ruth), make.portfolio(make.registration(ruth))
    for path in (address, here(own, f"{key_of(address)}/")):
        assert other.get(path).status_code == 404
        assert send(other, path, b"x", 0).status_code == 404
        assert other.post(f"{path}finish/", headers=JSON).status_code == 404
    assert other.post(f"{address}cancel/").status_code == 404
    other.post(here(own, f"{key_of(address)}/cancel/"))
    assert begin(other, draft, "talk.wav", 10).status_code == 404
    assert Upload.objects.get().received == 0


def test_nothing_is_begun_or_finished_once_it_is_submitted(browser: Client, whole: Portfolio) -> None:
    address = arrived(browser, whole)
    portfolios.submit(whole, by=make.owner_of(whole), at=make.AT)
    assert begin(browser, whole, "talk.wav", 10).status_code == 409
    assert browser.post(f"{address}finish/", headers=JSON).status_code == 409
    assert (
        "Put it into the locker" not in browser.get(f"/my/{whole.registration_id}/evidence/").content.decode()
    )


def test_the_page_asks_the_same_with_one_and_with_three_on_their_way(
    browser: Client, draft: Portfolio, django_assert_max_num_queries: object
) -> None:
    counts = []
    for number in (1, 2):
        for _ in range(number):
            begin(browser, draft, "talk.wav", 10)
        with django_assert_max_num_queries(12) as seen:  # type: ignore[operator]
            browser.get(f"/my/{draft.registration_id}/evidence/")
        counts.append(len(seen.captured_queries))
    assert counts[0] == counts[1]


def test_visitors_are_asked_to_sign_in(draft: Portfolio) -> None:
    assert Client().post(here(draft)).status_code == 302
