"""A holder lets candidates read sections as examples: exactly those, exactly so, until they withdraw."""

from datetime import timedelta

import pytest

from accredit.assessments.actions import release
from accredit.awards.models import Award
from accredit.portfolios import actions as portfolios
from accredit.portfolios.models import Portfolio, Visibility
from accredit.portfolios.queries import EntryContent, ExampleContent, content_of, entry_at
from accredit.register import actions
from accredit.register.models import SharedExample
from accredit.register.permissions import can_read_examples, can_share
from accredit.register.queries import read_of, shareable_of, shared_in, shares_of
from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import Stage
from accredit.toolkit.actions import allow_writes
from accredit.toolkit.actor import Actor
from accredit.toolkit.refusals import Refused
from accredit.trail.models import Row
from tests import factories as make
from tests.factories import AT, LATER, SOON

pytestmark = pytest.mark.django_db
WORDS = "Show this section to candidates."
TODAY = AT.date()


def accredited(draft: Portfolio | None = None) -> Award:
    """An award for a portfolio written here."""
    draft = draft or make.complete_portfolio()
    made = portfolios.submit(draft, by=make.owner_of(draft), at=AT)
    by = make.office()
    portfolios.begin_check(made, by=by, at=AT)
    portfolios.accept(made, by=by, at=AT)
    release(make.held(made), by=by, at=SOON)
    return Award.objects.get(registration=draft.registration)


def holder(award: Award) -> Actor:
    """Who holds it."""
    return make.candidate(award.person)


def share(
    award: Award, slot: str = "1a", *, is_named: bool = False, by: Actor | None = None
) -> SharedExample:
    """Share a section."""
    return actions.share_example(
        award, slot, is_named=is_named, words=WORDS, by=by or holder(award), at=LATER
    )


def shown(section: str = "1a") -> list[str]:
    """The slots candidates may read of a section."""
    return [each.slot for each in shared_in(section, make.scheme(), TODAY)]


def test_what_is_shared_is_read_until_it_is_withdrawn_and_the_words_are_kept() -> None:
    award = accredited()
    assert shown() == []
    first = share(award)
    assert share(award) == first
    assert (first.words, first.consented_at, first.section) == (WORDS, LATER, "1a")
    assert shown() == ["1a"]
    assert shown("1b") == []
    for _ in range(2):
        actions.withdraw_example(first, by=holder(award), at=LATER)
    assert shown() == []
    rows = Row.objects.filter(what__startswith="example_").order_by("pk")
    assert [(each.what, each.data) for each in rows] == [
        ("example_shared", {"slot": "1a", "is_named": False}),
        ("example_withdrawn", {"slot": "1a", "is_named": False}),
    ]
    assert SharedExample.objects.get().words == WORDS


def test_another_choice_of_name_is_another_consent() -> None:
    award = accredited()
    share(award)
    named = share(award, is_named=True)
    assert list(SharedExample.objects.filter(withdrawn_at=None)) == [named]
    found = shareable_of(award)
    assert found is not None
    assert shares_of(found) == {"1a": named}


@pytest.mark.parametrize("slot", ["confirmation", "9z", "", "1c"])
def test_a_section_without_a_text_is_refused(slot: str) -> None:
    with pytest.raises(Refused) as refused:
        share(accredited(), slot)
    assert refused.value.faults[0].code is Code.SECTION_NOT_SHAREABLE


def test_nobody_else_shares_or_withdraws() -> None:
    award = accredited()
    for by in (make.candidate(make.person("Ruth Example")), make.office()):
        with pytest.raises(Refused):
            share(award, by=by)
    shared = share(award)
    with pytest.raises(Refused) as refused:
        actions.withdraw_example(shared, by=make.office(), at=LATER)
    assert refused.value.faults[0].code is Code.NOT_YOURS
    assert shown() == ["1a"]


def test_an_award_without_a_portfolio_or_no_longer_held_shares_nothing() -> None:
    lena = make.assessor("Lena Example")
    with pytest.raises(Refused) as refused:
        share(Award.objects.get(person=lena))
    assert refused.value.faults[0].code is Code.NO_PORTFOLIO_TO_SHARE
    award = accredited()
    share(award)
    with allow_writes():
        Award.objects.filter(pk=award.pk).update(revoked_at=LATER)
    award.refresh_from_db()
    assert shown() == []
    assert not can_share(award.person_id, award, TODAY)
    with pytest.raises(Refused):
        share(award, "1b")


def test_what_stands_elsewhere_has_no_texts_to_share() -> None:
    draft = make.complete_portfolio()
    by = make.owner_of(draft)
    portfolios.hand_over_as_it_is(draft, address="https://example.org/mine", by=by, at=AT)
    for entry in draft.entries.all():
        make.write(entry, EntryContent(link="https://example.org/mine#part"))
    assert shareable_of(accredited(draft)) is None


def test_only_texts_and_titles_open_to_all_are_read() -> None:
    draft = make.complete_portfolio()
    secret = make.link(draft, "A letter about a student", visibility=Visibility.ASSESSORS)
    entry = entry_at(draft, "1a")
    assert entry is not None
    first = content_of(entry).examples[0]
    told = ExampleContent(
        key=first.key,
        title="One",
        description="<p>I did.</p>",
        reflection="<p>I saw.</p>",
        evidence=(*first.evidence, secret.pk),
    )
    make.write(entry, EntryContent(examples=(told,)))
    found = shareable_of(accredited(draft))
    assert found is not None
    text = read_of(found, "1a")
    assert text is not None
    (example,) = text.examples
    assert (example.description, example.reflection) == ("<p>I did.</p>", "<p>I saw.</p>")
    assert example.evidence == ("A page about it",)
    assert "student" not in repr(text)
    assert "example.org" not in repr(text)
    assert (text.pathway, text.name) == ("Associate CMALT", "")
    assert text.criteria
    assert read_of(found, "confirmation") is None


def test_candidates_read_while_their_registration_is_open() -> None:
    mine = make.registration(make.person("Ada Example"))
    assert can_read_examples(mine.person_id, mine)
    assert not can_read_examples(None, mine)
    assert not can_read_examples(make.person("Ruth Example").pk, mine)
    mine.stage = Stage.ACCREDITED
    assert not can_read_examples(mine.person_id, mine)


def test_an_award_that_has_run_out_hides_what_it_shared() -> None:
    award = accredited()
    share(award)
    later = award.valid_until + timedelta(days=400)
    assert list(shared_in("1a", make.scheme(), later)) == []
