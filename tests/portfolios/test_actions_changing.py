"""Changing pathway in a draft: nothing is lost, what is not asked is left out, and comes back."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accredit.fees.models import Order
from accredit.portfolios import actions, queries
from accredit.portfolios.models import Entry, Portfolio
from accredit.portfolios.queries import content_of, preview_content
from accredit.registrations import actions as registrations
from accredit.registrations.models import Registration
from accredit.rulebook.faults import Code
from accredit.toolkit.refusals import Refused
from accredit.trail.models import Row
from tests import factories
from tests.factories import AT, SOON, owner_of

pytestmark = pytest.mark.django_db
CODES = ["associate", "cmalt", "senior"]


def change(draft: Portfolio, pathway: str) -> Portfolio:
    actions.change_pathway(draft, pathway=pathway, by=owner_of(draft), at=SOON)
    found = queries.portfolio_of(draft.registration_id)
    assert found is not None
    return found


def everything(draft: Portfolio) -> dict[int, object]:
    """What every entry with something in it says, by its id."""
    return {each.pk: content_of(each) for each in Entry.objects.filter(portfolio=draft, version__gt=0)}


def slots(draft: Portfolio) -> list[str]:
    return [each["slot"] for each in preview_content(draft)["entries"]]


def refused(code: Code, act, *args, **more) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused) as caught:
        act(*args, **more)
    assert [each.code for each in caught.value.faults] == [code]


def test_there_and_back_every_word_is_where_it_was():
    draft = factories.complete_portfolio(pathway="cmalt")
    before, frozen = everything(draft), preview_content(Portfolio.objects.get(pk=draft.pk))
    draft = change(draft, "associate")
    assert slots(draft) == ["context", "1a", "1b", "2a", "3a", "4a", "plans"]
    assert [queries.slot_of(each) for each in queries.draft_of(draft).set_aside] == ["1c", "2b", "3b", "5a"]
    draft = change(draft, "cmalt")
    assert everything(draft) == before
    assert preview_content(draft) == frozen


@given(st.lists(st.sampled_from(CODES), min_size=1, max_size=4))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_any_way_through_the_pathways_loses_nothing(way: list[str]):
    draft = factories.complete_portfolio(pathway="senior")
    before, frozen = everything(draft), preview_content(Portfolio.objects.get(pk=draft.pk))
    for pathway in way:
        draft = change(draft, pathway)
        assert everything(draft) == before
        asked = {task.slot for task in queries.task_list(draft, on=AT.date()).tasks} - {"confirmation"}
        assert set(slots(draft)) == asked
    assert preview_content(change(draft, "senior")) == frozen


def test_what_is_set_aside_is_in_no_submission_and_readable():
    draft = change(factories.complete_portfolio(pathway="cmalt"), "associate")
    made = actions.submit(draft, by=owner_of(draft), at=SOON)
    assert "5a" not in [each["slot"] for each in made.content["entries"]]
    assert made.content["pathway"] == "associate"
    assert made.words == sum(each["words"] for each in made.content["entries"])
    aside = queries.content_set_aside(queries.draft_of(draft))
    assert [each["slot"] for each in aside["entries"]] == ["1c", "2b", "3b", "5a"]
    assert aside["entries"][3]["examples"][0]["description"]


def test_a_higher_pathway_gives_the_entries_it_asks_for():
    draft = change(factories.complete_portfolio(pathway="cmalt"), "senior")
    assert queries.entry_at(draft, "5b") is not None
    assert queries.entry_at(draft, "6a") is not None
    found = queries.task_list(draft, on=AT.date())
    assert not found.is_complete
    assert found.set_aside == ()


def test_an_example_moves_out_of_what_is_set_aside_but_not_into_it():
    draft = change(factories.complete_portfolio(pathway="cmalt"), "associate")
    by = owner_of(draft)
    aside, there = queries.entry_at(draft, "2b"), queries.entry_at(draft, "2a")
    key = content_of(aside).examples[0].key
    own = content_of(there).examples[0].key
    refused(Code.ENTRY_SET_ASIDE, actions.move_example, there, example=own, to=aside, by=by, at=SOON)
    refused(Code.ENTRY_SET_ASIDE, actions.copy_entry, queries.entry_at(draft, "5a"), by=by, at=SOON)
    actions.move_example(aside, example=key, to=there, by=by, at=SOON)
    assert len(content_of(there).examples) == 2


def test_the_trail_says_from_where_to_where_and_what_the_fee_table_asks():
    draft = factories.complete_portfolio(pathway="cmalt")
    for _ in range(2):
        change(draft, "associate")
    row = Row.objects.get(what="pathway_changed")
    assert (row.data["from"], row.data["pathway"]) == ("cmalt", "associate")
    assert (row.data["ordered"], row.data["table"]) == (0, 0)
    assert Order.objects.get(registration=draft.registration).amount == 0


def test_a_pathway_the_edition_does_not_know_is_refused():
    draft = factories.portfolio()
    refused(Code.PATHWAY_UNKNOWN, change, draft, "warden")


def test_neither_a_submission_nor_a_revision_changes_its_pathway():
    made = factories.submission()
    refused(Code.DRAFT_CLOSED, change, made.portfolio, "cmalt")
    registration = Registration.objects.get(pk=made.portfolio.registration_id)
    by = owner_of(made.portfolio)
    refused(Code.PATHWAY_FIXED, registrations.change_pathway, registration, pathway="cmalt", by=by, at=SOON)
    revision = factories.referred("1a")
    refused(Code.PATHWAY_FIXED, change, revision, "cmalt")


def test_only_its_candidate_changes_it():
    draft, other = factories.portfolio(), factories.portfolio()
    refused(Code.NOT_YOURS, actions.change_pathway, draft, pathway="cmalt", by=owner_of(other), at=SOON)
    assert Registration.objects.get(pk=draft.registration_id).pathway == "associate"


def test_an_untouched_area_set_aside_is_not_handed_out_as_new():
    draft = factories.complete_portfolio(pathway="cmalt")
    added = actions.add_entry(draft, "5", by=owner_of(draft), at=AT)
    assert added.position == 2
    draft = change(draft, "associate")
    refused(Code.CHOICE_UNKNOWN, actions.add_entry, draft, "5", by=owner_of(draft), at=SOON)
