"""The page of a plan, the next step on top of the pages, and the link that stops letters."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accredit.portfolios import actions as portfolios
from accredit.portfolios.models import Plan, Portfolio
from accredit.portfolios.queries import PlanContent, stop_token
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def soon() -> str:
    """A day to come."""
    return (timezone.localdate() + timedelta(days=9)).isoformat()


def sent(**values: Any) -> dict[str, Any]:
    """What the form sends."""
    return {"version": 0, "step": "List the tools", "step_slot": "1a", "nudge": "never"} | values


def here(draft: Portfolio, more: str = "plan/") -> str:
    """A page of the registration."""
    return f"/my/{draft.registration_id}/{more}"


def page(browser: Client, address: str) -> str:
    """A page that answers."""
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_plan_begins_with_a_suggestion_and_no_letters(browser: Client, draft: Portfolio) -> None:
    shown = page(browser, here(draft))
    assert '<option value="context" selected>Contextual statement (suggested)' in " ".join(shown.split())
    assert 'value="never"' in shown
    assert "Plan one small next step" in page(browser, here(draft, ""))
    assert not Plan.objects.exists()


def test_the_next_step_stands_on_top_of_home_and_task_list(
    browser: Client, draft: Portfolio, soon: str
) -> None:
    answer = browser.post(here(draft), sent(step_on=soon))
    assert answer["Location"] == here(draft, "")
    for address in (here(draft, ""), "/my/"):
        shown = page(browser, address)
        assert "List the tools" in shown
        assert "9 days left" in shown
        assert here(draft, "section/1a/") in shown
    assert "(suggested)" in page(browser, here(draft))


def test_a_step_done_leads_to_the_next(browser: Client, draft: Portfolio) -> None:
    browser.post(here(draft), sent())
    for _ in range(2):
        assert browser.post(here(draft, "plan/done/"))["Location"] == here(draft)
    shown = page(browser, here(draft))
    assert "List the tools" not in shown
    assert browser.get(here(draft, "plan/done/")).status_code == 405


def test_a_step_whose_section_is_ready_says_so(browser: Client, whole: Portfolio) -> None:
    portfolios.save_plan(
        whole, content=PlanContent(step_slot="1a"), by=make.owner_of(whole), at=timezone.now()
    )
    assert "This section is ready" in page(browser, here(whole, ""))


def test_a_day_after_the_last_is_kept_with_a_word(browser: Client, draft: Portfolio) -> None:
    late = (draft.registration.expires_on + timedelta(days=1)).isoformat()
    assert browser.post(here(draft), sent(target_on=late))["Location"] == here(draft)
    assert "but your last day to submit is" in page(browser, here(draft))


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"step_on": "2020-01-01"}, "1 January 2020 has passed already"),
        ({"target_on": "2020-01-02"}, "2 January 2020 has passed already"),
        ({"step_slot": "9z"}, "Select a valid choice"),
        ({"nudge": "hourly"}, "Select a valid choice"),
        ({"nudge": ""}, "Choose how often, or no letters."),
        ({"step": "x" * 201}, "at most 200"),
        ({"target_on": "someday"}, "Enter a valid date"),
        ({"version": "x"}, "whole number"),
        ({"step_on": "2020-01-01", "target_on": "2020-01-02"}, "1 January 2020 has passed already"),
    ],
)
def test_what_cannot_be_kept_says_why_and_keeps_what_was_typed(
    browser: Client, draft: Portfolio, values: dict[str, Any], told: str
) -> None:
    answer = browser.post(here(draft), sent(**values))
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert told in shown
    assert not Plan.objects.exists()


def test_two_windows_the_later_one_is_told_and_may_keep_its_own(
    browser: Client, draft: Portfolio, soon: str
) -> None:
    browser.post(here(draft), sent())
    answer = browser.post(here(draft), sent(step="Mine", step_on=soon))
    shown = answer.content.decode()
    assert (answer.status_code, Plan.objects.get().step) == (409, "List the tools")
    assert 'value="Mine"' in shown
    assert 'name="version" value="1"' in shown
    assert browser.post(here(draft), sent(step="Mine", version=1)).status_code == 302
    assert Plan.objects.get().step == "Mine"


def test_nobody_else_and_nothing_handed_in_is_planned(browser: Client, draft: Portfolio) -> None:
    other = make.portfolio(make.registration(make.person("Ruth Example")))
    assert browser.get(here(other)).status_code == 404
    assert browser.post(here(other), sent()).status_code == 404
    assert browser.post(here(other, "plan/done/")).status_code == 404
    make.fill(draft)
    portfolios.confirm(draft, name="Ada Example", by=make.owner_of(draft), at=make.AT)
    portfolios.submit(draft, by=make.owner_of(draft), at=make.AT)
    assert browser.get(here(draft)).status_code == 404


def test_a_letter_stops_the_letters_signed_out_and_only_when_asked(draft: Portfolio) -> None:
    content = PlanContent(step="One", nudge="weekly")
    portfolios.save_plan(draft, content=content, by=make.owner_of(draft), at=make.AT)
    visitor, address = Client(enforce_csrf_checks=True), f"/letters/stop/{stop_token(draft.pk)}/"
    shown = page(visitor, address)
    assert "Stop the reminders" in shown
    assert "Ada" not in shown
    assert Plan.objects.get().nudge == "weekly"
    # As a mail program does it: no page, no cookie, no token of ours.
    for _ in range(2):
        answer = visitor.post(address, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert "no more reminders" in answer.content.decode()
    assert Plan.objects.get().nudge == "never"
    assert "no more reminders" in page(visitor, address)


@pytest.mark.parametrize("token", ["nothing", "1:forged"])
def test_a_forged_link_stops_nothing(draft: Portfolio, token: str) -> None:
    portfolios.save_plan(
        draft, content=PlanContent(step="One", nudge="weekly"), by=make.owner_of(draft), at=make.AT
    )
    for answer in (Client().get(f"/letters/stop/{token}/"), Client().post(f"/letters/stop/{token}/")):
        assert answer.status_code == 404
    assert Plan.objects.get().nudge == "weekly"
