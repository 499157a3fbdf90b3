"""Checking a badge: each answer for each way of showing one; strangers, fakes and the merely curious."""

import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openbadgeslib.baking import bake_png
from PIL import Image

from accredit.awards import actions as awards
from accredit.config import settings as real
from accredit.exchange.models import Credential
from accredit.exchange.writers import badge
from accredit.rulebook.faults import Code
from accredit.rulebook.lineage import Change
from accredit.toolkit import confined
from accredit.toolkit.actor import SYSTEM
from accredit.toolkit.refusals import Refused
from tests import factories as make
from tests.exchange.badges import award, sign_all, signed
from tests.web.assessor.conftest import browser_of

pytestmark = pytest.mark.django_db
ALL = ("Open Badge 3.0", "names us", "signed with one of our keys", "Word for word", "begun and not ended",
       "not been revoked", "not suspended")  # fmt: skip


@pytest.fixture(autouse=True)
def _clean(settings: Any, tmp_path: Path) -> None:
    settings.SIGNING_KEYS = tmp_path / "keys"
    cache.clear()


def page(**given: object) -> tuple[int, str]:
    answer = Client().post("/check/", given)
    return answer.status_code, answer.content.decode()


def file(content: bytes, name: str = "badge.json") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def picture(token: str) -> bytes:
    plain = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(plain, "PNG")
    return bake_png(plain.getvalue(), token)


def as_json(found: Credential) -> dict[str, object]:
    return {"file": file(json.dumps(found.document).encode())}


WAYS: list[Callable[[Credential], dict[str, object]]] = [
    as_json,
    lambda found: {"file": file(found.token.encode(), "badge.jwt")},
    lambda found: {"file": file(picture(found.token), "badge.png")},
    lambda found: {"file": file(picture(json.dumps(found.document)), "badge.png")},
    lambda found: {"text": f"  {found.token}\n"},
    lambda found: {"text": json.dumps(found.document, indent=2)},
]


@pytest.mark.parametrize("way", WAYS)
def test_a_badge_of_ours_is_found_good_question_by_question(
    way: Callable[[Credential], dict[str, object]],
) -> None:
    found = signed()
    status, text = page(**way(found))
    assert status == 200
    assert "holds today" in text
    for said in ALL:
        assert said in text, said
    assert f"/certificate/{found.award.key}/" in text


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("change", "said"), [(Change.SUSPEND, "It is suspended"), (Change.REVOKE, "It was revoked")]
)
def test_what_was_taken_away_is_told(
    way: Callable[[Credential], dict[str, object]], change: Change, said: str
) -> None:
    found = signed()
    awards.change_standing(found.award, change, because="Why.", by=SYSTEM, at=make.AT)
    _status, text = page(**way(found))
    assert said in text
    assert "Do not rely on this badge" in text


def test_a_badge_another_one_took_the_place_of_is_told() -> None:
    found = signed()
    awards.rename_award(found.award, name="Ada Newname", because="Marriage.", by=SYSTEM, at=make.AT)
    sign_all()
    assert "another one took its place" in page(**as_json(found))[1]


def changed(document: dict[str, Any], *path: str, to: object) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(json.dumps(document))
    inner = made
    for each in path[:-1]:
        inner = inner[each]
    inner[path[-1]] = to
    return made


@pytest.mark.parametrize(
    ("path", "to", "said"),
    [
        (("credentialSubject", "achievement", "name"), "Senior CMALT", "Its signature is not ours"),
        (("validUntil",), "2099-01-01T00:00:00Z", "Its signature is not ours"),
        (("issuer", "id"), "did:web:elsewhere.example", "Somebody else issued it"),
        (("proof", "verificationMethod"), "did:web:testserver#other", "Its signature is not ours"),
        (("proof",), "none", "Its signature is not ours"),
        (("credentialSubject",), {}, "It is not an Open Badge"),
        # What no context names is signed by nobody: the document is not, word for word, ours.
        (("ratherGood",), "yes", "We have not given it like this"),
    ],
)
def test_what_was_changed_is_not_believed(path: tuple[str, ...], to: object, said: str) -> None:
    found = signed()
    status, text = page(file=file(json.dumps(changed(found.document, *path, to=to)).encode()))
    assert status == 200
    assert said in text
    assert "Do not rely on this badge" in text
    assert f"/certificate/{found.award.key}/" not in text


def test_a_badge_that_has_run_out_is_told() -> None:
    found = signed(award(issued_on=date(2019, 5, 1)))
    assert "or it has ended" in page(**as_json(found))[1]


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{}x", b"[]", b"null", b"a.b.c", b"..", b"\x00\xff", b"\x89PNG\r\n\x1a\nrubbish",
        b"{" * 5000, b'{"a":' * 5000 + b"1" + b"}" * 5000, b"x" * (2 * 1024 * 1024 + 1), picture("rubbish"),
    ],
)  # fmt: skip
def test_what_is_no_badge_is_refused_in_words(content: bytes) -> None:
    signed()
    status, text = page(file=file(content))
    assert status == 422
    assert "There is no badge in it" in text


@pytest.mark.parametrize("content", [b"{}", b'{"id": 1, "issuer": []}', b'{"@context": "x", "proof": {}}'])
def test_what_only_looks_like_one_is_told_so(content: bytes) -> None:
    signed()
    status, text = page(file=file(content))
    assert status == 200
    assert "It is not an Open Badge" in text


def test_links_lead_to_the_certificate() -> None:
    found = signed()
    for link in (f"https://x.example/certificate/{found.award.key}/", f"/credentials/{found.key}/"):
        answer = Client().post("/check/", {"text": link})
        assert answer.status_code == 302
        assert answer["Location"] == f"/certificate/{found.award.key}/"
    for link in ("/certificate/00000000-0000-4000-8000-000000000000/",
                 "/credentials/00000000-0000-4000-8000-000000000000/"):  # fmt: skip
        status, text = page(text=link)
        assert status == 422
        assert "does not lead to a certificate" in text


def test_a_number_needs_its_name_and_tells_nothing_without() -> None:
    found = signed(award(holder=make.person("Hugo  Lindqvist")))
    answer = Client().post("/check/", {"number": " 004711 ", "name": "hugo lindqvist"})
    assert (answer.status_code, answer["Location"]) == (302, f"/certificate/{found.award.key}/")
    told = [
        page(number=number, name=name)
        for number, name in (("004711", "Hugo"), ("004711", "Somebody Else"), ("999999", "Hugo Lindqvist"))
    ]
    assert {status for status, _text in told} == {422}
    assert all("We have given no certificate with this number to this name" in text for _status, text in told)
    assert page(number="004711")[0] == 422
    assert page(number="0047\x0011", name="Hugo")[0] == 422
    assert page()[0] == 422


def test_whoever_tries_very_often_has_to_wait(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = real.ACCOUNT_RATE_LIMITS
    signed()
    told = [page(number=f"{each:06d}", name="Hugo Lindqvist")[0] for each in range(22)]
    assert set(told[:20]) == {422}
    assert told[-1] == 429


def test_programs_read_each_answer() -> None:
    found = signed()
    address = f"/credentials/{found.key}/check/"
    told = json.loads(Client().get(address).content)
    assert told["valid"] is True
    assert told["standing"] == "active"
    assert set(told["checks"].values()) == {True}
    awards.change_standing(found.award, Change.SUSPEND, because="Why.", by=SYSTEM, at=make.AT)
    told = json.loads(Client().get(address).content)
    assert (told["valid"], told["standing"], told["checks"]["suspension"]) == (False, "suspended", False)
    assert Client().get("/credentials/00000000-0000-4000-8000-000000000000/check/").status_code == 404


def test_the_picture_a_holder_takes_is_found_good_and_always_the_same() -> None:
    holder = make.person("Hugo Lindqvist", sign_in=True)
    given = award(holder=holder)
    mine = browser_of(holder)
    assert mine.get(f"/my/award/{given.pk}/badge/").status_code == 404
    signed(given)
    first, again = (mine.get(f"/my/award/{given.pk}/badge/") for _each in range(2))
    assert first["Content-Type"] == "image/png"
    assert first.content == again.content
    assert Image.open(io.BytesIO(first.content)).size == (600, 600)
    assert "holds today" in page(file=file(first.content, "badge.png"))[1]
    assert browser_of(make.person("Eve Example")).get(f"/my/award/{given.pk}/badge/").status_code == 404
    awards.change_standing(given, Change.SUSPEND, because="Why.", by=SYSTEM, at=make.AT)
    assert mine.get(f"/my/award/{given.pk}/badge/").status_code == 404


@pytest.mark.parametrize(
    ("fails", "code"), [(confined.Overran, Code.EXPORT_OVERRAN), (confined.Broke, Code.EXPORT_BROKE)]
)
def test_a_picture_that_cannot_be_drawn_is_refused(
    fails: type[Exception], code: Code, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*_args: object, **_more: object) -> None:
        raise fails("too much")

    monkeypatch.setattr(badge.confined, "run", run)
    with pytest.raises(Refused) as refused:
        badge.baked(f"<svg>{code.value}</svg>", {})
    assert refused.value.faults[0].code is code
