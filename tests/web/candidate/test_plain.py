"""Writing plain text: without scripts, or because a person prefers it; nothing rich is lost by it."""

import json
from html import escape
from typing import Any

import pytest
from django.test import Client

from accredit.people.models import Profile
from accredit.portfolios.models import Portfolio
from accredit.portfolios.queries import EntryContent, entry_at
from accredit.toolkit.richtext import clean_html
from tests import factories as make

pytestmark = pytest.mark.django_db
RICH = clean_html(
    "<h3>Head</h3><p>I <strong>did</strong> it, see <a href='https://example.org/x'>this</a>.</p>"
    "<ul><li>a</li><li>b</li></ul><table><tbody><tr><th colspan='2'>T</th></tr></tbody></table>"
)
PLAIN = "# Head\n\nI **did** it, see [this](https://example.org/x).\n\n- a\n- b\n\n| T |"


@pytest.fixture
def here(draft: Portfolio) -> str:
    """The address of a section that says something rich."""
    entry = entry_at(draft, "context")
    assert entry is not None
    make.write(entry, EntryContent(text=RICH))
    return f"/my/{draft.registration_id}/section/context/"


def text_of(draft: Portfolio) -> str:
    """What the section says."""
    entry = entry_at(draft, "context")
    assert entry is not None
    return entry.text


def test_without_scripts_the_box_holds_plain_text_that_goes_to_and_fro(
    browser: Client, draft: Portfolio, here: str
) -> None:
    page = browser.get(here).content.decode()
    assert f">\n{escape(PLAIN)}</textarea>" in page
    assert 'name="text-as" value="plain"' in page
    browser.post(here, {"version": 1, "text": PLAIN.replace("\n", "\r\n"), "text-as": "plain"})
    assert text_of(draft) == RICH
    longer = PLAIN.replace("- b", "- b\n- c <i>")
    browser.post(here, {"version": 1, "text": longer, "text-as": "plain"})
    assert text_of(draft) == RICH.replace("<li>b</li>", "<li>b</li><li>c &lt;i&gt;</li>")


def test_a_person_may_prefer_plain_text(ada: Profile, browser: Client, draft: Portfolio, here: str) -> None:
    assert browser.post("/account/plain/", {"plain": "yes"})["Location"] == "/account/profile/"
    assert "Use the editor" in browser.get("/account/profile/").content.decode()
    page = browser.get(here).content.decode()
    assert "data-html" not in page
    assert "configurable.js" not in page
    answer = browser.post(here, {"version": 1, "text": PLAIN, "text-as": "plain", "go": "rich"})
    assert answer["Location"] == here
    assert text_of(draft) == RICH
    ada.refresh_from_db()
    assert ada.prefers_plain is False
    browser.post(here, {"version": 1, "text": RICH, "go": "plain"})
    ada.refresh_from_db()
    assert ada.prefers_plain is True
    assert Client().post("/account/plain/", {"plain": "yes"}).status_code == 302


def test_a_page_of_plain_text_is_told_changes_as_plain_text(
    browser: Client, draft: Portfolio, here: str
) -> None:
    script: Any = {"headers": {"X-Autosave": "1", "Accept": "application/json"}}
    sent = {"version": 0, "tab": "b", "touched": "{}", "text-as": "plain"}
    told = browser.post(here, sent, **script).json()
    assert told["changed"] == {"text": PLAIN}
    mine = sent | {"text": "Mine", "touched": json.dumps({"text": 0})}
    answer = browser.post(here, mine, **script)
    assert (answer.status_code, answer.json()["changed"]) == (409, {"text": PLAIN})
