"""The pages on which holders share sections, and candidates read them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accredit.awards.models import Award
from accredit.people.models import Profile
from accredit.portfolios.models import Portfolio
from accredit.register.models import SharedExample
from accredit.toolkit.actions import allow_writes
from tests import factories as make
from tests.register.test_actions_sharing import accredited
from tests.web.candidate.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def award() -> Award:
    """Hugo's award, for a portfolio written here; valid today, whenever today is."""
    hugo = make.person("Hugo Example", sign_in=True)
    found = accredited(make.complete_portfolio(make.registration(hugo)))
    with allow_writes():
        Award.objects.filter(pk=found.pk).update(valid_until=timezone.localdate().replace(year=2090))
    return Award.objects.select_related("person").get(pk=found.pk)


@pytest.fixture
def hugo(award: Award) -> Client:
    """Hugo's browser."""
    return signed_in(award.person)


def agree(hugo: Client, award: Award, slot: str = "1a", choice: str = "unnamed") -> None:
    """Share a section through the page."""
    answer = hugo.post(f"/my/award/{award.pk}/share/{slot}/", {"agree": choice})
    assert answer["Location"] == f"/my/award/{award.pk}/share/"


def text(browser: Client, address: str) -> str:
    """A page that answers."""
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_holder_sees_exactly_what_will_be_shown_and_agrees(
    browser: Client, draft: Portfolio, hugo: Client, award: Award
) -> None:
    examples = f"/my/{draft.registration_id}/section/1a/examples/"
    assert "No holder shares this section yet" in text(browser, examples)
    assert f"/my/award/{award.pk}/share/" in text(hugo, f"/my/award/{award.pk}/")
    assert "Not shared" in text(hugo, f"/my/award/{award.pk}/share/")
    before = text(hugo, f"/my/award/{award.pk}/share/1a/")
    start, end = '<article class="section card">', "</article>"
    shown = before[before.index(start) : before.index(end)]
    agree(hugo, award)
    assert "Candidates, without your name" in text(hugo, f"/my/award/{award.pk}/share/")
    page = text(browser, examples)
    assert page[page.index(start) : page.index(end)] == shown
    assert "I made a thing and showed it to colleagues." in shown
    assert "Hugo" not in page
    assert "without my name" in SharedExample.objects.get().words
    assert examples in text(browser, f"/my/{draft.registration_id}/section/1a/")


def test_a_name_is_shown_where_it_was_agreed_and_withdrawing_is_at_once(
    browser: Client, draft: Portfolio, hugo: Client, award: Award
) -> None:
    examples = f"/my/{draft.registration_id}/section/1a/examples/"
    agree(hugo, award, choice="named")
    assert "Hugo Example" in text(browser, examples)
    agree(hugo, award, choice="unnamed")
    assert "Hugo Example" not in text(browser, examples)
    for _ in range(2):
        agree(hugo, award, choice="no")
    assert "I made a thing" not in text(browser, examples)
    agree(hugo, award, choice="perhaps")
    assert not SharedExample.objects.filter(withdrawn_at=None).exists()


def test_only_the_holder_shares_and_only_candidates_read(
    browser: Client, ada: Profile, draft: Portfolio, hugo: Client, award: Award
) -> None:
    agree(hugo, award)
    for more in ("share/", "share/1a/"):
        assert browser.get(f"/my/award/{award.pk}/{more}").status_code == 404
    assert browser.post(f"/my/award/{award.pk}/share/1a/", {"agree": "no"}).status_code == 404
    for slot in ("9z", "1c", "§"):
        assert browser.get(f"/my/{draft.registration_id}/section/{slot}/examples/").status_code == 404
    assert hugo.get(f"/my/award/{award.pk}/share/9z/").status_code == 404
    here = f"/my/{draft.registration_id}/section/1a/examples/"
    assert Client().get(here).status_code == 302
    assert hugo.get(here).status_code == 404
    # Who holds an award and registers for nothing reads no examples.
    own = Award.objects.get(pk=award.pk).registration_id
    assert hugo.get(f"/my/{own}/section/1a/examples/").status_code == 404


def test_one_and_three_examples_take_the_same_queries(
    browser: Client, draft: Portfolio, hugo: Client, award: Award
) -> None:
    here, counts = f"/my/{draft.registration_id}/section/1a/examples/", []
    agree(hugo, award)
    for more in (0, 2):
        for number in range(more):
            person = make.person(f"Holder {number}", sign_in=True)
            other = accredited(make.complete_portfolio(make.registration(person)))
            with allow_writes():
                Award.objects.filter(pk=other.pk).update(valid_until=award.valid_until)
            agree(signed_in(person), other)
        with CaptureQueriesContext(connection) as captured:
            assert text(browser, here).count('<article class="section card">') == 1 + more
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 12
