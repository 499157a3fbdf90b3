"""The pages of an appeal: the candidate's, the office's, the reviewer's; what each refuses."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accredit.assessments.actions.appealing import MOST_WORDS
from accredit.assessments.models import Appeal, Outcome
from accredit.people.models import Profile
from accredit.registrations.models import Registration
from accredit.toolkit.actions import allow_writes
from tests.access.cast import MODERATOR, OFFICE
from tests.access.journey import Journey
from tests.kept import kept
from tests.web.assessor.conftest import browser_of

pytestmark = pytest.mark.django_db
WORDS = {"grounds": ["overlooked"], "words": "My drawings were not opened."}


@kept
def released() -> Journey:
    return Journey("blind-failed", "orchard-2025").decide("declined").ratify().release()


@pytest.fixture
def go() -> Journey:
    """A result released just now."""
    made = released()
    with allow_writes():
        Outcome.objects.update(released_at=timezone.now())
    return made


def browser(go: Journey, who: str) -> Client:
    return browser_of(go.world.person(who))


def mine(go: Journey) -> str:
    return f"/my/{go.world.registration.pk}/result/1/appeal/"


def theirs(go: Journey) -> str:
    return f"/office/registration/{go.world.registration.pk}/appeal/"


def stage(go: Journey) -> str:
    return str(Registration.objects.get(pk=go.world.registration.pk).stage)


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_a_result_says_until_when_and_leads_there(go: Journey) -> None:
    page = text(browser(go, "ada"), f"/my/{go.world.registration.pk}/result/1/")
    assert "Appeal against this result" in page
    assert mine(go) in page


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, ("Choose at least one", "Fill in: What happened")),
        ({"grounds": ["overlooked"], "words": "   "}, ("Fill in: What happened",)),
        ({"grounds": ["anger"], "words": "So it was."}, ("not one of the available choices",)),
        ({"grounds": ["partial"], "words": "x" * (MOST_WORDS + 1)}, ("20000",)),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(
    go: Journey, sent: dict[str, Any], said: tuple[str, ...]
) -> None:
    answer = browser(go, "ada").post(mine(go), sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    for each in (*said, str(sent.get("words", ""))[:50]):
        assert each in page
    assert not Appeal.objects.exists()


def test_an_appeal_is_sent_once_and_can_be_withdrawn(go: Journey) -> None:
    client = browser(go, "ada")
    for _click in range(2):
        assert client.post(mine(go), WORDS)["Location"] == mine(go)
    assert stage(go) == "appealing"
    page = text(client, mine(go))
    assert "My drawings were not opened." in page
    assert "The office looks at it first" in page
    assert "Your appeal is being looked at" in text(client, f"/my/{go.world.registration.pk}/")
    for _click in range(2):
        assert client.post(mine(go), {"withdraw": "1"})["Location"] == mine(go)
        assert stage(go) == "failed"
    assert "The result stands." in text(client, mine(go))


def test_too_late_is_said(go: Journey) -> None:
    with allow_writes():
        Outcome.objects.update(released_at=timezone.now() - timezone.timedelta(days=40))
    client = browser(go, "ada")
    assert "The time to appeal ended" in text(client, mine(go))
    assert "The time to appeal ended" in client.post(mine(go), WORDS).content.decode()
    assert "appeal/" not in text(client, f"/my/{go.world.registration.pk}/result/1/")


def test_the_office_names_a_reviewer_or_says_why_not(go: Journey) -> None:
    browser(go, "ada").post(mine(go), WORDS)
    office = browser(go, OFFICE)
    assert "Look at the appeal" in text(office, "/office/")
    assert "My drawings were not opened." in text(office, theirs(go))
    for sent in (
        {},
        {"reviewer": "x"},
        {"reviewer": go.world.key("lead")},
        {"away": "1"},
        {"away": "1", "reasons": " "},
    ):
        assert office.post(theirs(go), sent).status_code == 422, sent
    reviewer: Profile = go.world.person(MODERATOR)
    assert office.post(theirs(go), {"reviewer": reviewer.pk})["Location"] == theirs(go)
    assert "Look at the appeal" not in text(office, "/office/")
    assert "Not admit it" not in text(office, theirs(go))
    assert office.post(theirs(go), {"away": "1", "reasons": "Late."})["Location"] == theirs(go)
    assert stage(go) == "appealing"


def test_the_office_turns_away(go: Journey) -> None:
    browser(go, "ada").post(mine(go), WORDS)
    browser(go, OFFICE).post(theirs(go), {"away": "1", "reasons": "A different opinion is no ground."})
    page = text(browser(go, "ada"), mine(go))
    assert "Not admitted" in page
    assert "A different opinion is no ground." in page
    assert "A different opinion is no ground." in text(browser(go, OFFICE), theirs(go))


def test_the_reviewer_reads_all_and_decides(go: Journey) -> None:
    go.appeal().admit()
    client, here = browser(go, MODERATOR), f"/assess/appeal/{Appeal.objects.get().pk}/"
    assert "Decide the appeal" in text(client, "/assess/")
    for part in ("", "?read=portfolio", "?read=thread"):
        text(client, f"{here}{part}")
    for sent in ({}, {"upheld": "yes"}, {"upheld": "yes", "reasons": "  "}):
        assert client.post(here, sent).status_code == 422, sent
    answer = client.post(here, {"upheld": "yes", "reasons": "A drawing was never opened."})
    assert answer["Location"] == "/assess/"
    assert client.get(here).status_code == 404
    assert stage(go) == "appointing"
    ada = browser(go, "ada")
    assert "A drawing was never opened." in text(ada, mine(go))
    assert "Set aside on your appeal" in text(ada, f"/my/{go.world.registration.pk}/result/1/")
    assert "Given to a new panel after your appeal" in text(ada, f"/my/{go.world.registration.pk}/")
    assert "Upheld" in text(browser(go, OFFICE), theirs(go))
