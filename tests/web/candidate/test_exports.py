"""Taking a portfolio away, through the pages."""

import io

import pytest
from django.test import Client

from accredit.exchange import actions
from accredit.exchange.models import Export
from accredit.portfolios.models import Portfolio
from accredit.rulebook.faults import Code, fault
from tests import factories as make
from tests.web.candidate.conftest import signed_in, with_sign_in

pytestmark = pytest.mark.django_db


def page(of: Portfolio) -> str:
    return f"/my/{of.registration_id}/take/"


def finished(of: Portfolio, form: str = "pdf", **values: object) -> Export:
    """A finished copy."""
    asked = actions.ask_export(of, form=form, by=make.owner_of(of), at=make.AT)
    actions.finish_export(asked, io.BytesIO(b"%PDF-made"), name="mine.pdf", at=make.AT, **values)  # type: ignore[arg-type]
    return asked


def test_every_form_is_offered_with_what_it_is_for(browser: Client, draft: Portfolio) -> None:
    text = browser.get(page(draft)).content.decode()
    assert "hx-trigger" not in text
    for words in ("PDF", "Word document", "Web page", "Leap2A", "JSON", "Your draft as it stands"):
        assert words in text
    assert page(draft) in browser.get(f"/my/{draft.registration_id}/").content.decode()


def test_asking_is_shown_under_way_and_twice_is_once(browser: Client, draft: Portfolio) -> None:
    for _again in (1, 2):
        answer = browser.post(page(draft), {"form": "html", "of": "draft"})
        assert answer.headers["Location"] == f"{page(draft)}?of=draft"
    assert Export.objects.get().form == "html"
    text = browser.get(page(draft)).content.decode()
    assert 'hx-trigger="every 2s"' in text
    assert "Waiting for its turn." in text


def test_a_finished_copy_leaves_as_an_attachment(browser: Client, draft: Portfolio) -> None:
    made = finished(draft)
    address = f"{page(draft)}{made.pk}/"
    assert address in browser.get(page(draft)).content.decode()
    answer = browser.get(address)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="mine.pdf"'
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.getvalue() == b"%PDF-made"


def test_nobody_else_finds_it(draft: Portfolio) -> None:
    made = finished(draft)
    other = make.portfolio(make.registration(make.person("Ruth Example", sign_in=True)))
    ruth = signed_in(other.registration.person)
    assert ruth.get(page(draft)).status_code == 404
    assert ruth.post(page(draft), {"form": "pdf"}).status_code == 404
    assert ruth.get(f"{page(draft)}{made.pk}/").status_code == 404
    assert ruth.get(f"{page(other)}{made.pk}/").status_code == 404
    assert signed_in(with_sign_in(make.person())).get(f"{page(draft)}{made.pk}/").status_code == 404
    assert Client().get(page(draft)).status_code == 302


def test_what_is_not_ready_is_not_there(browser: Client, draft: Portfolio) -> None:
    asked = actions.ask_export(draft, form="pdf", by=make.owner_of(draft), at=make.AT)
    assert browser.get(f"{page(draft)}{asked.pk}/").status_code == 404


def test_a_form_there_is_none_of_is_a_sentence(browser: Client, draft: Portfolio) -> None:
    answer = browser.post(page(draft), {"form": "exe"})
    assert answer.status_code == 409
    assert "There is no copy of the kind “exe”." in answer.content.decode()


def test_what_failed_and_what_was_remarked_are_said(browser: Client, draft: Portfolio) -> None:
    asked = actions.ask_export(draft, form="docx", by=make.owner_of(draft), at=make.AT)
    actions.fail_export(asked, faults=[fault(Code.EXPORT_BROKE)], at=make.AT)
    finished(draft, remarks=[fault(Code.EXPORT_GLYPHS, what="中")])
    text = browser.get(page(draft)).content.decode()
    assert "This copy could not be made." in text
    assert "no shape for these characters: 中" in text
    assert "Make a copy: Word document" in text


def test_a_submission_has_copies_of_its_own(browser: Client, whole: Portfolio) -> None:
    frozen = make.portfolios.submit(whole, by=make.owner_of(whole), at=make.AT)
    browser.post(page(whole), {"form": "pdf", "of": "1"})
    assert Export.objects.get().submission == frozen
    text = browser.get(page(whole)).content.decode()
    assert "Your draft" not in text
    assert "Waiting for its turn." in text
    assert f"{page(whole)}?of=1" in browser.get(f"/my/{whole.registration_id}/submitted/").content.decode()
    assert f"{page(whole)}?of=1" in browser.get(f"/my/{whole.registration_id}/submission/1/").content.decode()


def test_the_page_asks_as_much_for_three_as_for_one(
    browser: Client, draft: Portfolio, django_assert_max_num_queries: object
) -> None:
    counts = []
    for forms in (("pdf",), ("docx", "html")):
        for form in forms:
            finished(draft, form)
        with django_assert_max_num_queries(12) as asked:  # type: ignore[operator]
            browser.get(page(draft))
        counts.append(len(asked))
    assert counts[0] == counts[1]
