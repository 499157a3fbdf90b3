"""Links on pages: what each answers, asking again, and what was kept of a submission."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accredit.assessments import actions as assessments
from accredit.assessments.models import Appointment, Assessment
from accredit.portfolios import actions
from accredit.portfolios.models import Portfolio, Snapshot, Submission
from accredit.rulebook.terms import Finding
from accredit.toolkit.actor import SYSTEM
from accredit.toolkit.fetching import Answer, Page
from accredit.web.ui.answered import answered_page
from tests import factories as make
from tests.factories import AT
from tests.web.candidate.conftest import signed_in

pytestmark = pytest.mark.django_db
EVIL = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def _fetching(settings):
    settings.FETCH_LINKS = True
    cache.clear()


@pytest.fixture
def draft(settings) -> Portfolio:
    """Ada's complete portfolio, its links never asked."""
    return make.complete_portfolio(make.registration(make.person("Ada Example", sign_in=True)))


@pytest.fixture
def ada(draft) -> Client:
    return signed_in(draft.registration.person)


@pytest.fixture
def otis() -> Client:
    return signed_in(make.person("Otis Office", sign_in=True, roles=("office",)))


def here(draft: Portfolio, page: str) -> str:
    return f"/my/{draft.registration_id}/{page}"


def answered(draft: Portfolio, answer: Answer) -> None:
    """Every link of the draft gives this answer."""
    actions.know_links(draft, by=SYSTEM, at=AT)
    for each in draft.links.all():
        actions.record_answer(each, answer, by=SYSTEM, at=AT)


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


@pytest.fixture
def submitted(draft, settings) -> Submission:
    settings.FETCH_LINKS = False
    made = actions.submit(draft, by=make.owner_of(draft), at=AT)
    settings.FETCH_LINKS = True
    return made


def kept(submission: Submission, answer: Answer, page: Page) -> Snapshot:
    row = submission.snapshots.all()[0]
    actions.keep_snapshot(row, answer, page, by=SYSTEM, at=AT)
    row.refresh_from_db()
    return row


# The candidate -----------------------------------------------------------------------------------------


def test_a_link_that_is_gone_is_told_wherever_it_stands(ada, draft):
    answered(draft, Answer(Finding.GONE, 404))
    piece = draft.evidence.get()
    for page in ("links/", "evidence/", f"evidence/{piece.pk}/", "submit/"):
        found = text(ada, here(draft, page))
        assert "Page not found (code 404)" in found, page
        assert piece.address in found, page
    assert "One link is worth a look" in text(ada, here(draft, "links/"))
    assert here(draft, "section/1a/") in text(ada, here(draft, "links/"))


def test_a_link_that_moved_and_a_certificate_that_ends_soon(ada, draft):
    until = AT.replace(year=AT.year - 1)
    answered(draft, Answer(Finding.MOVED, 200, "https://new.example/here", until))
    found = text(ada, here(draft, "links/"))
    assert "https://new.example/here" in found
    assert "Its certificate ends on" in found


def test_what_was_never_asked_says_so(ada, draft):
    assert "Not checked yet" in text(ada, here(draft, "links/"))
    assert "Not checked yet" in text(ada, here(draft, "evidence/"))


def test_where_links_are_not_checked_the_pages_say_so(ada, draft, settings):
    settings.FETCH_LINKS = False
    assert "Links are not checked here" in text(ada, here(draft, "links/"))
    assert "Links are not checked here" in text(ada, here(draft, "submit/"))
    assert "Not checked yet" not in text(ada, here(draft, "evidence/"))
    answer = ada.post(here(draft, "links/"))
    assert answer.status_code == 409
    assert "Links are not checked on this installation" in answer.content.decode()


def test_asking_again_needs_no_script_and_leads_back(ada, draft):
    first = ada.post(here(draft, "links/"))
    assert (first.status_code, first["Location"]) == (302, here(draft, "links/"))
    from_submit = ada.post(here(draft, "links/"), {"submit": "1"})
    assert (from_submit.status_code, from_submit["Location"]) == (302, here(draft, "submit/"))


def test_asking_again_too_soon_is_refused_in_words(ada, draft):
    answered(draft, Answer(Finding.OK, 200))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("accredit.web.candidate.views.links.timezone.now", lambda: AT)
        answer = ada.post(here(draft, "links/"))
    assert answer.status_code == 409
    assert "less than 10 minutes ago" in answer.content.decode()


def test_a_link_that_is_gone_never_stops_a_submission(ada, draft):
    answered(draft, Answer(Finding.GONE, 404))
    assert ada.post(here(draft, "submit/")).status_code == 302
    assert Submission.objects.exists()


def test_an_empty_portfolio_has_no_links(db):
    draft = make.portfolio(make.registration(make.person("Ada Example", sign_in=True)))
    assert "No links yet" in text(signed_in(draft.registration.person), here(draft, "links/"))


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        text(client, address)
    return len(caught)


@pytest.mark.parametrize("page", ["links/", "evidence/", "submit/"])
def test_three_links_ask_no_more_than_one(ada, draft, page):
    answered(draft, Answer(Finding.GONE, 404))
    one = queries(ada, here(draft, page))
    make.link(draft)
    make.link(draft)
    answered(draft, Answer(Finding.GONE, 404))
    assert queries(ada, here(draft, page)) == one <= 12


# What was kept -----------------------------------------------------------------------------------------


def test_what_answered_is_read_beside_the_link_by_those_who_read_the_submission(ada, otis, submitted):
    row = kept(submitted, Answer(Finding.OK, 200, "https://b.example/", media_type="text/html"),
               Page(f"A title {EVIL}", f"The words {EVIL}\nof the page"))  # fmt: skip
    pk = submitted.portfolio.registration_id
    told = "As it answered on 2 November 2026, 12:00 UK time: read the text"
    pages = {
        f"/my/{pk}/submission/1/": (ada, f"/my/{pk}/submission/1/answered/{row.pk}/"),
        f"/office/registration/{pk}/submission/1/": (otis, f"/office/answered/{row.pk}/"),
        f"/office/registration/{pk}/check/": (otis, f"/office/answered/{row.pk}/"),
    }
    for page, (client, where) in pages.items():
        found = text(client, page)
        assert told in found, page
        assert where in found, page
        shown = text(client, where)
        assert "of the page" in shown
        assert EVIL not in shown
        assert row.sha256 in shown


def test_the_panel_reads_it_and_a_page_drawn_before_it_came_is_drawn_anew():
    on = make.panel()
    place = make.place(on, "lead")
    person = place.person
    make.user_of(person)
    client = signed_in(person)
    from_desk = f"/assess/{_accept(place)}/"
    assert "As it answered" not in text(client, from_desk)
    row = kept(on.submission, Answer(Finding.OK, 200, media_type="text/html"), Page("T", "Words kept"))
    assert "As it answered" in text(client, from_desk)
    assert "Words kept" in text(client, f"{from_desk}answered/{row.pk}/")
    stranger = make.person("Vic Example", sign_in=True)
    assert signed_in(stranger).get(f"{from_desk}answered/{row.pk}/").status_code == 404


def _accept(place: Appointment) -> int:
    """The key of the assessment that an accepted invitation opens."""
    assessments.accept_invitation(place, by=make.as_assessor(place), at=AT)
    return Assessment.objects.get(appointment=place).pk


def test_what_could_not_be_read_says_so(ada, submitted):
    row = kept(submitted, Answer(Finding.GONE, 404), Page())
    pk = submitted.portfolio.registration_id
    assert "Page not found (404)" in text(ada, f"/my/{pk}/submission/1/")
    assert "It could not be read" in text(ada, f"/my/{pk}/submission/1/answered/{row.pk}/")


def test_what_is_still_to_be_asked_has_no_page(ada, submitted):
    row = submitted.snapshots.all()[0]
    pk = submitted.portfolio.registration_id
    text(ada, f"/my/{pk}/submission/1/answered/{row.pk}/", 404)
    actions.keep_snapshot(row, Answer(Finding.TOO_SLOW), Page(), by=SYSTEM, at=AT)
    assert "It did not answer when" in text(ada, f"/my/{pk}/submission/1/")


def test_another_candidate_reads_nothing_of_it(submitted):
    row = kept(submitted, Answer(Finding.OK, 200), Page("T", "Words"))
    other = signed_in(make.person("Bea Example", sign_in=True))
    pk = submitted.portfolio.registration_id
    text(other, f"/my/{pk}/submission/1/answered/{row.pk}/", 404)
    text(other, f"/office/answered/{row.pk}/", 403)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (Snapshot(finding="ok", text="x" * 200_000), ("is_cut", True)),
        (Snapshot(finding="gone", http_code=404), ("finding", "Page not found (404)")),
        (Snapshot(finding="ok", media_type="video/mp4"), ("is_read", True)),
    ],
)
def test_the_page_of_what_was_kept(row, told):
    assert answered_page(row)[told[0]] == told[1]


# The office --------------------------------------------------------------------------------------------


def test_the_office_sees_what_links_answer_and_asks_again(otis, submitted):
    answered(submitted.portfolio, Answer(Finding.NEEDS_SIGN_IN, 403))
    check = f"/office/registration/{submitted.portfolio.registration_id}/check/"
    assert "Does not let us in (code 403)" in text(otis, check)
    assert otis.get(f"{check}links/").status_code == 405
    assert otis.post(f"{check}links/").status_code == 302


def test_the_office_is_told_where_links_are_not_checked(otis, submitted, settings):
    settings.FETCH_LINKS = False
    check = f"/office/registration/{submitted.portfolio.registration_id}/check/"
    assert "Links are not checked on this installation" in text(otis, check)
    assert otis.post(f"{check}links/").status_code == 409
