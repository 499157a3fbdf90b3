"""The link of an invitation: what it shows, who may take it, and that every dead link looks alike."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import unquote

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accredit.portfolios import actions as portfolios
from accredit.portfolios.models import Mentor, Portfolio
from accredit.portfolios.queries import token_of
from accredit.toolkit.actions import allow_writes
from tests import factories as make
from tests.web.mentor.conftest import Along, browser_of

pytestmark = pytest.mark.django_db


def path(token: str) -> str:
    """The address of a link."""
    return f"/friend/invitation/{token}/"


def test_a_stranger_with_the_link_sees_what_it_is_about_and_is_asked_to_sign_in(along: Along) -> None:
    page = Client().get(path(along.invited()))
    text = unescape(page.content.decode())
    assert page.status_code == 200
    assert all(each in text for each in ("Ada Example", "You cannot assess this portfolio", along.mina.email))
    assert "/account/login/?next=%2Ffriend%2Finvitation" in text
    assert "Gloves" not in text
    answer = Client().post(path(along.invited("vic@example.org")), {"answer": "accept"})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/?next=")


def test_accepting_leads_to_the_text_and_the_link_leads_there_again(along: Along, mina: Client) -> None:
    token = along.invited()
    answer = mina.post(path(token), {"answer": "accept"})
    assert answer["Location"] == f"/friend/{Mentor.objects.get().pk}/"
    assert mina.get(path(token))["Location"] == answer["Location"]
    again = mina.post(path(token), {"answer": "accept"})
    assert again["Location"] == answer["Location"]


def test_a_forwarded_link_lets_one_person_in(along: Along, mina: Client) -> None:
    token = along.invited()
    vic = browser_of(make.person("Vic Example"))
    assert "You are signed in with another address" in vic.get(path(token)).content.decode()
    assert "You are signed in with another address" not in mina.get(path(token)).content.decode()
    vic.post(path(token), {"answer": "accept"})
    assert mina.post(path(token), {"answer": "accept"}).status_code == 404
    assert mina.get(f"/friend/{Mentor.objects.get().pk}/").status_code == 404
    page = browser_of(along.draft.registration.person).get(
        f"/my/{along.draft.registration_id}/friends/{Mentor.objects.get().pk}/"
    )
    assert "Another address has accepted" in page.content.decode()
    assert "Vic Example" in page.content.decode()


def test_every_link_that_opens_nothing_looks_alike(along: Along, mina: Client) -> None:
    late, ended, declined, taken = (along.invited(f"{each}@example.org") for each in "abcd")
    with allow_writes():
        yesterday = timezone.localdate() - timedelta(days=1)
        Mentor.objects.filter(email="a@example.org").update(until_on=yesterday)
    portfolios.end_mentoring(
        Mentor.objects.get(email="b@example.org"), by=make.owner_of(along.draft), at=timezone.now()
    )
    Client().post(path(declined), {"answer": "decline"})
    browser_of(make.person("Vic Example")).post(path(taken), {"answer": "accept"})
    first = mina.get(path("nothing"))
    for token in (late, ended, declined, taken, "x" * 500):
        page = mina.get(path(token))
        differing = [pair for pair in zip(bare(page), bare(first), strict=True) if len(set(pair)) > 1]
        assert (page.status_code, differing) == (404, []), token


CHANGING = re.compile(r'value="[^"]{60,}"|nonce="[^"]*"|CSRFToken": "\w+"')


def bare(page: HttpResponse) -> list[str]:
    """A page without what differs at every answer, and without the address it was asked for."""
    asked = unquote(page.request["PATH_INFO"])  # type: ignore[attr-defined]
    return CHANGING.sub("", unescape(page.content.decode()).replace(asked, "here")).split("\n")


def test_declining_needs_no_account(along: Along) -> None:
    page = Client().post(path(along.invited()), {"answer": "decline"})
    assert "You have declined" in page.content.decode()
    assert Mentor.objects.get().declined_at is not None


def test_the_candidate_cannot_accept_their_own(along: Along) -> None:
    ada = browser_of(along.draft.registration.person)
    answer = ada.post(path(along.invited()), {"answer": "accept"})
    assert answer.status_code == 409
    assert "your own portfolio" in answer.content.decode()


def test_an_assessor_is_told_why_not_and_the_candidate_learns_nothing() -> None:
    held = make.held(outcome="minor", revise=("1a",))
    make.assessments.release(held, by=make.office(), at=make.AT)
    draft = Portfolio.objects.select_related("registration__person").get(
        registration_id=held.panel.registration_id
    )
    entry = draft.entries.get(section="1a")
    made = make.invite(draft, "somebody@example.org", entry, at=timezone.now())
    lena = browser_of(make.place(held.panel, "lead").person)
    answer = lena.post(path(token_of(made)), {"answer": "accept"})
    assert answer.status_code == 409
    assert "a place among the assessors" in answer.content.decode()
    ada = browser_of(draft.registration.person).get(f"/my/{draft.registration_id}/friends/")
    assert "No answer yet" in ada.content.decode()
    assert "Lena" not in ada.content.decode()


def test_who_makes_an_account_on_the_way_comes_back_to_the_link(along: Along) -> None:
    browser, token = Client(), along.invited("new@example.org")
    mail.outbox.clear()
    sent = {"email": "new@example.org", "password1": "a long walk by the river 7", "next": path(token)}
    browser.post("/account/signup/", sent)
    found = re.search(r"/account/\S*confirm\S*/", str(mail.outbox[0].body))
    assert found
    assert browser.post(found[0])["Location"] == path(token)
    browser.post(path(token), {"answer": "accept"})
    stored = Mentor.objects.select_related("person").get()
    assert stored.person is not None
    assert stored.person.email == "new@example.org"
    home = browser.get("/friend/")
    assert "Ada Example" in home.content.decode()
