"""Letters that can wait, together once a day; and what never waits."""

from datetime import timedelta

import pytest
from django.core import mail

from accredit.notices import actions, tasks
from accredit.notices.actions.delivery import GATHERED
from accredit.notices.models import Notice
from accredit.notices.queries import to_gather, waiting
from accredit.people.actions import gather_letters
from accredit.people.models import Profile
from accredit.toolkit.actor import SYSTEM
from tests import factories as make
from tests.factories import AT

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def lena(db: None) -> Profile:
    return gather_letters(make.person("Lena Example"), together=True, by=SYSTEM, at=AT)


def letter(to: Profile, kind: str = "panel_message", number: int = 1) -> Notice:
    scheme = make.scheme()
    context: dict[str, object] = {
        "scheme": scheme,
        "pathway": f"Pathway {number}",
        "panel": number,
        "round": 1,
    }
    return actions.plan(kind, person=to, because="a test", key=f"{kind}:{number}", due_at=AT, context=context)


def test_what_can_wait_waits_for_the_morning_and_comes_as_one(lena: Profile) -> None:
    first, second = letter(lena), letter(lena, number=2)
    assert first.is_gathered
    assert AT < first.due_at <= AT + DAY
    assert not waiting(AT + DAY).exists()
    tasks.gather_due(at=AT)
    assert Notice.objects.count() == 2
    tasks.gather_due(at=AT + DAY)
    tasks.gather_due(at=AT + DAY)
    digest = Notice.objects.get(kind="digest")
    assert digest.subject == "2 things for you"
    for each in (first, second):
        assert each.subject in digest.text
        each.refresh_from_db()
        assert (each.gathered_in_id, each.sent_at) == (digest.pk, None)
    assert digest.text.count("Dear ") == 1
    assert digest.text.count("/assess/panel/") == 2
    tasks.deliver(digest)
    assert [each.subject for each in mail.outbox] == ["2 things for you"]
    assert not to_gather(AT + DAY).exists()


def test_a_single_one_goes_out_as_it_is(lena: Profile) -> None:
    only = letter(lena)
    assert actions.gather(lena, at=only.due_at) == only
    assert list(waiting(only.due_at)) == [only]
    assert not Notice.objects.filter(kind="digest").exists()


def test_what_is_no_longer_true_is_left_out(lena: Profile) -> None:
    context: dict[str, object] = {
        "scheme": make.scheme(), "pathway": "CMALT", "appointment": 999, "due_on": AT.date(), "days": 1,
        "decline": "999-x", "panel": 1,
    }  # fmt: skip
    stale = actions.plan(
        "assessing_reminder", person=lena, because="a test", key="assessing_reminder:999:due:1:2026-01-01:1",
        due_at=AT, context=context,
    )  # fmt: skip
    kept = letter(lena)
    assert actions.gather(lena, at=AT + DAY) == kept
    stale.refresh_from_db()
    assert "answered, handed in, moved or ended" in stale.suppressed_because


@pytest.mark.parametrize("kind", ["result_released", "invited", "assessing_overdue", "returned"])
def test_what_is_urgent_never_waits(kind: str) -> None:
    assert kind not in GATHERED


def test_who_did_not_ask_gets_each_at_once() -> None:
    one = letter(make.person("Omar Example"))
    assert not one.is_gathered
    assert list(waiting(AT)) == [one]
    assert actions.gather(make.person("Nell Example"), at=AT) is None
