"""Who may know what: notices and mails, side channels, and whether the sweep itself would notice."""

import re

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from accredit.assessments.models import Seat
from accredit.notices import tasks
from accredit.notices.actions import plan
from accredit.notices.models import Notice
from accredit.web.assessor import words
from tests.access import situations
from tests.access.cast import ADA, CORA, LEAD, MEMBER, MINA, OFFICE, SECOND, World, secret
from tests.access.journey import Journey
from tests.access.secrets import Knowledge, leaks, leaks_in_notices, words_in
from tests.access.things import who_is
from tests.access.visiting import Rollback, Visitors
from tests.access.walking import walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("short_refusals")]

# What differs from one answer to the next and tells nothing.
CHANGING = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]*"|nonce[-=]"?[\w+/=-]+|CSRFToken": "\w+"|\d\d:\d\d'
)


@pytest.mark.parametrize("name", situations.NAMES)
def test_no_notice_tells_what_its_reader_must_not_know(name: str) -> None:
    world = situations.world(name)
    assert Notice.objects.exists()
    assert not (faults := leaks_in_notices(world)), "\n".join(faults)


@pytest.mark.parametrize("name", ["agreeing-proposed", "accredited", "blind-ratifying"])
def test_no_mail_tells_what_its_reader_must_not_know(name: str) -> None:
    world = situations.world(name)
    known = Knowledge(world)
    for notice in Notice.objects.filter(due_at__lte=timezone.now()):
        tasks.deliver(notice)
        person = who_is(world, notice.person_id)
        sent = mail.outbox.pop().message().as_string() if mail.outbox else ""
        assert words_in(sent) <= known.of(person), f"{notice.kind} to {person}"


def test_the_markers_are_there_to_be_found() -> None:
    """Who may know a secret does read it somewhere: otherwise the sweep looks for what is never shown."""
    at_rest = situations.world("held")
    told = {who: shown_to(who, at_rest) for who in (LEAD, OFFICE, ADA, MINA, CORA)}
    parts = [secret("private", part) for part in ("title", "inside", "file")]
    reads = {secret(SECOND, "overall"), secret(SECOND, "comment"), secret(LEAD, "notes"), secret("proposal")}
    assert {*reads, *parts, secret(ADA), secret("college")} <= told[LEAD]
    assert {secret(LEAD), secret(SECOND), secret(LEAD, "overall"), *parts} <= told[OFFICE]
    assert set(parts) <= told[ADA]
    said = {secret("comment", "said"), secret("comment", "answer")}
    assert {*said, secret(MINA), secret(CORA)} <= told[ADA]
    assert said <= told[MINA]
    assert {*said, secret("open", "title"), secret("open", "inside")} <= shown_to(
        MINA, situations.world("drafting")
    )
    assert secret(ADA) in told[CORA]
    assert {*parts, secret("brought")} <= told[ADA]
    assert {secret("suggested"), secret("nora")} <= shown_to(OFFICE, situations.world("appointing"))


def shown_to(who: str, world: World) -> set[str]:
    """Every secret word somebody reads."""
    return words_in("\n".join(visit.text for visit in walk(world, only=who).visits))


def test_a_leak_made_on_purpose_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    world = situations.world("assessing-one-in")
    assert not leaks(world, walk(world, only=SECOND).visits)
    monkeypatch.setattr(words, "name_of", lambda panel: panel.appointments.all()[0].person.name)
    told = leaks(world, walk(world, only=SECOND).visits)
    assert any(f"{secret(LEAD)} is told by assessor:desk to {SECOND}" in each for each in told), told


def test_a_notice_that_tells_too_much_is_caught() -> None:
    world = situations.world("assessing-one-in")
    with transaction.atomic():
        plan(  # as an action would, with words that do not belong in it
            "registered", person=world.person(ADA), registration=world.registration, because="test",
            key="leak", due_at=timezone.now(), context={"scheme": world.scheme, "pathway": secret(LEAD)},
        )  # fmt: skip
    assert any(secret(LEAD) in each for each in leaks_in_notices(world))


# Side channels: the same pages before and after something the reader must not notice -----------------------


def pages(world: World, who: str) -> dict[str, tuple[int, int, str]]:
    """Every page somebody can open: answer, number of questions asked, text without what always changes."""
    visits = [each for each in walk(world.renew(), only=who).visits if each.method == "GET"]
    return {
        each.address: (each.status, each.queries, CHANGING.sub("", each.text))
        for each in visits
        if each.status == 200
    }


def twice(world: World, who: str) -> dict[str, tuple[int, int, str]]:
    """The same once everything is at hand that the program keeps in memory."""
    pages(world, who)
    return pages(world, who)


def assert_unnoticed(before: dict[str, tuple[int, int, str]], after: dict[str, tuple[int, int, str]]) -> None:
    assert set(before) == set(after)
    for address, (_status, queries, text) in before.items():
        assert text == after[address][2], f"{address} says something else"
        assert queries == after[address][1], f"{address} asks {queries} questions, then {after[address][1]}"


@pytest.mark.parametrize(("handing_in", "who"), [(LEAD, SECOND), (SECOND, LEAD)])
def test_an_assessor_cannot_tell_whether_the_other_is_in(handing_in: str, who: str) -> None:
    go = Journey("other-in").seat().save(LEAD).save(SECOND)
    before = twice(go.world, who)
    go.hand_in(handing_in)
    assert_unnoticed(before, pages(go.world, who))


def test_an_assessor_cannot_tell_whether_the_other_has_answered() -> None:
    go = Journey("other-accepts").seat().save(LEAD)
    before = twice(go.world, LEAD)
    go.save(SECOND)
    assert_unnoticed(before, pages(go.world, LEAD))


def test_an_assessor_cannot_tell_that_the_other_was_replaced() -> None:
    go = Journey("other-replaced").seat((LEAD, "declined")).hand_in(LEAD)
    before = twice(go.world, LEAD)
    go.decline("declined").fill(SECOND, Seat.SECOND)
    assert_unnoticed(before, pages(go.world, LEAD))


def test_a_member_of_three_cannot_tell_how_many_are_in() -> None:
    go = Journey("blind-three", situations.ORCHARD).seat().save(LEAD, "recognised")
    before = twice(go.world, LEAD)
    go.hand_in(SECOND, outcome="recognised").hand_in(MEMBER, outcome="prune")
    assert_unnoticed(before, pages(go.world, LEAD))


def test_the_candidate_cannot_tell_how_many_are_in() -> None:
    go = Journey("none-in").seat().save(LEAD)
    before = twice(go.world, ADA)
    go.hand_in(LEAD)
    assert_unnoticed(before, pages(go.world, ADA))


@pytest.mark.parametrize(("one", "other"), [("pass", "minor"), ("distinction", "major")])
def test_the_candidate_cannot_tell_a_held_result_from_another(one: str, other: str) -> None:
    seen = []
    go = Journey("held-either").seat()
    for outcome in (one, other):
        try:
            with transaction.atomic():
                go.hand_in(LEAD, SECOND, outcome=outcome).propose(outcome).reply(SECOND)
                seen.append(twice(go.world, ADA))
                raise Rollback
        except Rollback:
            continue
    assert_unnoticed(*seen)


def test_a_third_assessor_cannot_tell_what_the_first_two_said() -> None:
    seen = []
    go = Journey("third-either").seat()
    for lead, second in (("pass", "minor"), ("minor", "distinction")):
        try:
            with transaction.atomic():
                go.hand_in(LEAD, outcome=lead).hand_in(SECOND, outcome=second)
                go.propose(lead).reply(SECOND, agrees=False).call_third().save("third")
                seen.append(twice(go.world, "third"))
                raise Rollback
        except Rollback:
            continue
    assert_unnoticed(*seen)


def test_error_pages_tell_nothing() -> None:
    """The frame of a refusal is the same for what is there and what never was."""
    world = situations.world("agreeing-proposed")
    visitors = Visitors(world)
    for who in ("bea", "nora", ADA):
        there = visitors.get(who, f"/assess/panel/{world.panels[0].pk}/")
        nothing = visitors.get(who, "/assess/panel/999999/")
        assert (there.status, there.queries) == (nothing.status, nothing.queries)
