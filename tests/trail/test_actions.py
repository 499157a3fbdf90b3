"""The trail: rows, seals, erasable words, and proof that a change is found."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accredit.toolkit.actions import allow_writes
from accredit.toolkit.actor import SYSTEM
from accredit.trail import actions, queries, tasks
from accredit.trail.models import Row
from tests import factories as make

pytestmark = pytest.mark.django_db


def rows(number: int = 3) -> list[Row]:
    person = make.person()
    return [
        actions.record(
            "tried", by=SYSTEM, at=make.AT, subject=person, data={"n": n}, words={"note": f"word {n}"}
        )
        for n in range(number)
    ]


def test_sealing_chains_every_row_once() -> None:
    rows()
    waiting = Row.objects.count()
    assert actions.seal(at=make.SOON) == waiting
    assert actions.seal(at=make.SOON) == 0
    verdict = queries.verify()
    assert (verdict.sealed, verdict.unsealed, verdict.broken_at) == (waiting, 0, None)


def test_rows_after_the_seal_are_the_unsealed_tail() -> None:
    rows()
    actions.seal(at=make.SOON)
    rows(2)
    assert queries.verify().unsealed >= 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("what", "other"),
        ("data", {"n": 9}),
        ("actor", 7),
        ("at", make.AT + timedelta(1)),
        ("digest", "0" * 64),
    ],
)
def test_a_changed_row_breaks_the_chain_where_it_was_changed(field: str, value: object) -> None:
    victim = rows()[1]
    actions.seal(at=make.SOON)
    with allow_writes():
        Row.objects.filter(pk=victim.pk).update(**{field: value})
    victim.refresh_from_db()
    assert queries.verify().broken_at == victim.sequence
    assert queries.verify().reason == "changed"


def test_a_removed_row_is_missed() -> None:
    victim = rows()[1]
    actions.seal(at=make.SOON)
    victim.refresh_from_db()
    with allow_writes():
        victim.delete()
    assert queries.verify().broken_at == victim.sequence
    assert queries.verify().reason == "missing"


def test_changed_words_are_found_and_erased_ones_are_not_missed() -> None:
    first, second, _ = rows()
    actions.seal(at=make.SOON)
    actions.erase_words(first, by=SYSTEM, at=make.SOON)
    assert queries.verify().broken_at is None
    with allow_writes():
        words = second.words
        words.values = {"note": "other"}
        words.save()
    assert queries.verify().reason == "words changed"


def test_the_task_seals_and_the_command_says_so() -> None:
    rows()
    tasks.seal_committed_rows.call_local()
    out = StringIO()
    call_command("verify_trail", stdout=out)
    assert "0 waiting" in out.getvalue()


def test_the_command_seals_first_when_asked_and_fails_on_a_broken_chain() -> None:
    victim = rows()[0]
    out = StringIO()
    call_command("verify_trail", "--seal", stdout=out)
    assert "0 waiting" in out.getvalue()
    with allow_writes():
        Row.objects.filter(pk=victim.pk).update(what="other")
    with pytest.raises(CommandError, match="breaks at row"):
        call_command("verify_trail", stdout=out)


def test_what_concerns_a_registration_is_listed_in_order() -> None:
    registration = make.registration()
    found = [row.what for row in queries.of_registration(registration.pk)]
    assert found == ["registered", "ordered"]
