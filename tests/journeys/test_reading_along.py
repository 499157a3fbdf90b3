"""A critical friend: invited by e-mail, comments on a passage, is answered, and may not assess."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page, expect

from accredit.portfolios.actions import accept, begin_check, submit
from accredit.rulebook.workflow import Role
from accredit.toolkit.actor import Actor
from tests import factories as make
from tests.journeys import stage
from tests.journeys.steps.candidate import Candidate
from tests.journeys.steps.office import Office
from tests.journeys.steps.walker import Walker

pytestmark = [pytest.mark.django_db(transaction=True)]
Enter = Callable[..., Page]
SELECT = """() => {
  const words = document.querySelector("[data-part] p").firstChild;
  const range = new Range();
  range.setStart(words, 2);
  range.setEnd(words, 14);
  getSelection().addRange(range);
  return range.toString();
}"""


def invite(ada: Candidate, name: str, address: str) -> str:
    """Ask somebody to read 1a; return the link of the letter."""
    ada.go(ada.at("friends/"))
    ada.follow("Ask somebody")
    ada.press("Send the invitation", state="empty")
    ada.write("Name", name)
    ada.write("E-mail address", address)
    ada.tick(re.compile("^1a "))
    ada.press("Send the invitation")
    ada.reads("No answer yet")
    letters = [str(each.body) for each in mail.outbox if address in each.to]
    found = re.search(r"/friend/invitation/\w+/", "\n".join(letters))
    assert found
    return found[0]


def comment(nell: Walker) -> str:
    """Select words and comment on them; return the words."""
    words = str(nell.page.evaluate(SELECT))
    nell.press("Comment on this")
    part = nell.page.get_by_role("region", name="Comments on this section")
    expect(nell.field("The words it is about", within=part)).to_have_value(words)
    nell.write("Your comment", "Say who asked you.", within=part)
    nell.press("Comment", within=part)
    nell.reads("Say who asked you.")
    return words


def test_reading_along(enter: Enter) -> None:
    cast = stage.cast()
    friend = make.assessor("Nell Okafor", holding="senior", within=cast.scheme, at=timezone.now())
    user, draft = stage.written(cast)
    ada = Candidate(enter(user, "/my/"), draft.registration_id)
    link = invite(ada, "Nell", friend.email)
    nell = Walker(enter(make.user_of(friend), link))
    nell.look()
    nell.press("Accept")
    words = comment(nell)
    ada.section("1a")
    said = ada.page.get_by_role("article", name="Comment of Nell Okafor")
    expect(said).to_contain_text(words)
    said.get_by_role("button", name="Show me").click()
    assert ada.page.evaluate("getSelection().toString()") == words
    said.get_by_role("button", name="Dealt with").click()
    expect(said.get_by_role("button", name="Open again")).to_be_visible()
    made = submit(draft, by=make.owner_of(draft), at=timezone.now())
    by = Actor(cast.otis.profile.pk, Role.OFFICE)
    begin_check(made, by=by, at=timezone.now())
    accept(made, by=by, at=timezone.now())
    otis = Office(enter(cast.otis, "/office/"), draft.registration_id)
    otis.go(otis.at("panel/"))
    otis.refuses("Nell Okafor", "a critical friend for this portfolio")
    otis.does_not_read("Say who asked you.")
    nell.go(re.sub(r"#.*", "", nell.page.url))
    nell.reads("Nothing is being written at the moment")
