"""Hostile uploads at the locker's door: refused in words and nothing kept, or kept and harmless."""

import re
from html import unescape
from urllib.parse import quote

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from accredit.files.models import Blob
from accredit.people.models import Profile
from accredit.portfolios.models import Evidence, Portfolio
from accredit.wording import SENTENCES
from tests import factories as make
from tests.hostile.specimens import ALL, SCRIPT, Specimen
from tests.web.candidate.conftest import signed_in

pytestmark = pytest.mark.django_db
EDGE = "edge-of-a-part"
# What a browser may run, whatever it is called.
LIVE = ("html", "svg", "xml", "javascript", "ecmascript", "x-httpd")


@pytest.fixture
def ada() -> Profile:
    """A candidate."""
    return make.person("Ada Example", sign_in=True)


@pytest.fixture
def draft(ada: Profile) -> Portfolio:
    """Her empty portfolio."""
    return make.portfolio(make.registration(ada))


@pytest.fixture
def browser(ada: Profile) -> Client:
    """Her browser."""
    return signed_in(ada)


def test_there_are_at_least_fifty_and_no_two_alike() -> None:
    assert len(ALL) >= 50
    assert len({each.what for each in ALL}) == len(ALL)


@pytest.mark.parametrize("specimen", ALL, ids=lambda each: each.what)
def test_it_is_refused_in_words_or_kept_and_harmless(
    specimen: Specimen, browser: Client, draft: Portfolio
) -> None:
    before = _stored()
    answer = browser.post(
        f"/my/{draft.registration_id}/evidence/",
        _form(specimen),
        content_type=f"multipart/form-data; boundary={EDGE}",
    )
    if specimen.codes:
        assert answer.status_code == 422
        assert _is_told(specimen, unescape(answer.content.decode()))
        assert not Evidence.objects.exists()
        assert not Blob.objects.exists()
        assert _stored() == before
        return
    assert answer.status_code == 302, _errors(answer.content.decode())
    _is_harmless(browser, Evidence.objects.get())


def _form(specimen: Specimen) -> bytes:
    """The form as a hostile program sends it: the name as it is, where a browser would have mended it."""
    fields = {"kind": "file", "title": "My piece"}
    parts = [
        f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    told = "filename*=UTF-8''" + quote(specimen.name)
    head = f'--{EDGE}\r\nContent-Disposition: form-data; name="upload"; {told}\r\n\r\n'
    return "".join([*parts, head]).encode() + specimen.make() + f"\r\n--{EDGE}--\r\n".encode()


def _is_told(specimen: Specimen, page: str) -> bool:
    """One of the fitting sentences stands on the page, around the values it was given."""
    wanted = [re.sub(r"%\(\w+\)s", "\0", str(SENTENCES[code])) for code in specimen.codes]
    patterns = [".{0,400}?".join(re.escape(part) for part in each.split("\0")) for each in wanted]
    return any(re.search(pattern, page, re.DOTALL) for pattern in patterns)


def _errors(page: str) -> str:
    return " ".join(re.findall(r'class="error[^"]*"[^>]*>([^<]+)', page))


def _stored() -> list[str]:
    if not default_storage.exists(""):
        return []
    return [name for folder in default_storage.listdir("")[0] for name in default_storage.listdir(folder)[1]]


def _is_harmless(browser: Client, piece: Evidence) -> None:
    for query in ("", "?download"):
        answer = browser.get(f"/my/{piece.portfolio.registration_id}/evidence/{piece.pk}/file/{query}")
        assert answer.status_code == 200
        media_type = answer["Content-Type"].lower()
        assert not any(word in media_type for word in LIVE)
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        shown = answer["Content-Disposition"] if answer.has_header("Content-Disposition") else "inline"
        assert (
            shown.startswith("attachment")
            or media_type == "application/pdf"
            or ("sandbox" in answer["Content-Security-Policy"])
        )
        assert not {"\r", "\n"} & set(shown)
        assert "Set-Cookie" not in shown.split("filename", 1)[0]
        content = b"".join(answer) if answer.streaming else answer.content
        if media_type.startswith("image/"):
            assert SCRIPT not in content
    assert "\u202e" not in piece.file_name
    assert "/" not in piece.file_name
    assert "\\" not in piece.file_name
