"""Bringing a document in through the pages: choose, correct, look, take."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accredit.exchange.models import Import
from accredit.portfolios.models import Portfolio
from accredit.portfolios.queries import EntryContent, ExampleContent, content_of, entry_at
from accredit.toolkit.richtext import plain
from tests import factories as make
from tests.exchange.test_actions_imports import document
from tests.web.candidate.conftest import signed_in

pytestmark = pytest.mark.django_db


def here(draft: Portfolio, more: str = "") -> str:
    """The address of the page."""
    return f"/my/{draft.registration_id}/bring-in/{more}"


@pytest.fixture
def bring(browser: Client, draft: Portfolio, django_capture_on_commit_callbacks):
    """Bring a document in and have it read."""

    def bring(content: bytes, name: str = "mine.docx") -> Import:
        with django_capture_on_commit_callbacks(execute=True):
            answer = browser.post(here(draft), {"upload": SimpleUploadedFile(name, content)})
        assert answer.status_code == 302, answer.content.decode()
        return Import.objects.order_by("-pk")[0]

    return bring


def test_from_the_task_list_to_the_drafts(browser: Client, draft: Portfolio, bring) -> None:
    assert here(draft) in browser.get(f"/my/{draft.registration_id}/").content.decode()
    found = bring(document())
    page = browser.get(here(draft, f"{found.pk}/")).content.decode()
    assert "1a, example 1: reflection" in page
    assert "Shopping list" in page
    answer = browser.post(here(draft, f"{found.pk}/"), {"place-0": "context|text|0", "place-1": "nowhere"})
    assert answer["Location"] == here(draft, f"{found.pk}/check/")
    page = browser.get(answer["Location"]).content.decode()
    assert "Take it: the section is empty" in page
    assert "Bread and ink." in page
    answer = browser.post(answer["Location"], {"choice-context": "take", "choice-1a": "take"})
    assert answer.status_code == 302
    entry = entry_at(draft, "context")
    assert entry is not None
    assert plain(content_of(entry).text) == "I work in a small library."
    page = browser.get(answer["Location"]).content.decode()
    assert "You took this document" in page
    assert "Bread and ink." in page
    again = browser.get(here(draft, f"{found.pk}/check/"))
    assert again.status_code == 302


def test_a_difference_is_shown_and_mine_is_kept_unless_i_say(
    browser: Client, draft: Portfolio, bring
) -> None:
    entry = entry_at(draft, "1a")
    assert entry is not None
    make.write(entry, EntryContent(examples=(ExampleContent(description="<p>I kept the quizzes.</p>"),)))
    found = bring(document())
    page = browser.get(here(draft, f"{found.pk}/check/")).content.decode()
    assert "Keep what is in the section now" in page
    assert "<ins>" in page
    answer = browser.post(here(draft, f"{found.pk}/check/"), {"choice-1a": "keep", "choice-context": "keep"})
    assert answer.status_code == 409
    assert "Nothing is to be taken" in answer.content.decode()
    versions = {"version-1a": "0", "choice-1a": "take"}
    answer = browser.post(here(draft, f"{found.pk}/check/"), versions)
    assert answer.status_code == 409
    entry = entry_at(draft, "1a")
    assert entry is not None
    assert plain(content_of(entry).examples[0].description) == "I kept the quizzes."


@pytest.mark.parametrize(("name", "content"), [("a.exe", b"MZ"), ("a.docx", b"")])
def test_what_is_refused_at_once_stands_at_the_field(
    browser: Client, draft: Portfolio, name: str, content: bytes
) -> None:
    answer = browser.post(here(draft), {"upload": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert name in answer.content.decode()
    assert not Import.objects.exists()


def test_what_cannot_be_read_says_why_and_can_be_taken_off(browser: Client, draft: Portfolio, bring) -> None:
    found = bring(b"this is no document")
    page = browser.get(here(draft, f"{found.pk}/")).content.decode()
    assert "mine.docx ends like a DOCX file but is not one" in page
    for _ in range(2):
        assert browser.post(here(draft, f"{found.pk}/drop/")).status_code == 302
    assert browser.get(here(draft, f"{found.pk}/")).status_code == 404


def test_the_page_waits_while_it_is_read(browser: Client, draft: Portfolio) -> None:
    browser.post(here(draft), {"upload": SimpleUploadedFile("a.md", b"# 1a")})
    found = Import.objects.get()
    page = browser.get(here(draft, f"{found.pk}/")).content.decode()
    assert "is being read" in page
    assert "hx-trigger" in page
    assert browser.get(here(draft, f"{found.pk}/check/")).status_code == 302


def test_nobody_else_sees_it(draft: Portfolio, bring) -> None:
    found = bring(b"# 1a\n\nMine.", "a.md")
    other = signed_in(make.person("Vic Example", sign_in=True))
    for more in (f"{found.pk}/", f"{found.pk}/check/", ""):
        assert other.get(here(draft, more)).status_code == 404
    assert other.post(here(draft, f"{found.pk}/drop/")).status_code == 404


def test_a_longer_list_and_a_longer_outline_ask_no_more(browser: Client, draft: Portfolio, bring) -> None:
    def asked(address: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert browser.get(address).status_code == 200
        return len(asked)

    one = bring(b"# 1a\n\nMine.", "a.md")
    counts = [asked(here(draft)), asked(here(draft, f"{one.pk}/")), asked(here(draft, f"{one.pk}/check/"))]
    many = b"# 1a\n\nMine.\n\n" + b"".join(b"# Strange %d\n\nWords.\n\n" % n for n in range(60))
    bring(b"# 1b\n\nMore.", "b.md")
    two = bring(many, "c.md")
    again = [asked(here(draft)), asked(here(draft, f"{two.pk}/")), asked(here(draft, f"{two.pk}/check/"))]
    assert again == counts
    assert max(counts) <= 12
    page = browser.get(here(draft, f"{two.pk}/?page=2")).content.decode()
    assert "Strange 59" in page
    answer = browser.post(here(draft, f"{two.pk}/"), {"place-50": "note", "page": "2"})
    assert answer["Location"].endswith("?page=2")
    two.refresh_from_db()
    assert two.placing == {"50": "note"}


def test_markup_in_a_document_does_not_run(browser: Client, draft: Portfolio, bring) -> None:
    bad = (
        b"<h1>1a <img src=x onerror=alert(1)></h1><p onclick=alert(1)>Hello <script>alert(1)</script></p>"
        b"<h1>&lt;script&gt;alert(2)&lt;/script&gt;</h1><p><a href='javascript:alert(3)'>go</a></p>"
    )
    found = bring(bad, "<b>x.html")
    for more in (f"{found.pk}/", f"{found.pk}/check/"):
        page = browser.get(here(draft, more)).content.decode()
        assert "<script>alert" not in page
        assert "onerror" not in page
        assert "javascript:" not in page
    browser.post(here(draft, f"{found.pk}/check/"), {"choice-1a": "take"})
    entry = entry_at(draft, "1a")
    assert entry is not None
    description = content_of(entry).examples[0].description
    assert "onclick" not in description
    assert "javascript" not in description


def test_numbers_that_are_none_are_left_out(browser: Client, draft: Portfolio, bring) -> None:
    found = bring(document())
    odd = {"place-²": "note", f"place-{'9' * 40}": "note", "place-00": "note", "page": "²"}
    answer = browser.post(here(draft, f"{found.pk}/"), odd)
    assert answer.status_code == 302
    found.refresh_from_db()
    assert found.placing == {}
    answer = browser.post(here(draft, f"{found.pk}/check/"), {"choice-1a": "take", "version-1a": "²"})
    assert answer.status_code == 302
