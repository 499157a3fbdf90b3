"""Beginning from an accredited portfolio: what comes along, what is asked, and what is refused."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest

from accredit.assessments import actions as assessments
from accredit.files.models import Blob
from accredit.frameworks.actions import publish_edition
from accredit.frameworks.queries import shipped_documents
from accredit.portfolios import actions, queries
from accredit.portfolios.models import Carried, Entry, Evidence, Portfolio, Submission
from accredit.portfolios.queries import PieceContent, content_of
from accredit.rulebook.faults import Code
from accredit.toolkit.actions import allow_writes
from accredit.toolkit.actor import SYSTEM
from accredit.toolkit.refusals import Refused
from tests import factories
from tests.factories import AT, LATER, owner_of

pytestmark = pytest.mark.django_db
TODAY = LATER.date()
ALL = ("context", "1a", "1b", "1c", "2a", "2b", "3a", "3b", "4a", "5a", "plans")


def refused(code: Code, act, *args, **more) -> Refused:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused) as caught:
        act(*args, **more)
    assert code in [each.code for each in caught.value.faults]
    return caught.value


def accredited(pathway: str = "cmalt") -> Submission:
    """What a holder was accredited for; 1a is supported by a file, a link and a text."""
    draft = factories.complete_portfolio(pathway=pathway)
    by = owner_of(draft)
    said = PieceContent(title="The minutes", contribution="I took them", practised_from_on=date(2025, 1, 1))
    piece = actions.add_evidence(
        draft, kind="file", content=said, upload=BytesIO(b"what was said"), name="minutes.txt", by=by, at=AT
    )
    entry = queries.entry_at(draft, "1a")
    content = content_of(entry)
    first = replace(content.examples[0], evidence=(*content.examples[0].evidence, piece.pk))
    factories.write(entry, replace(content, examples=(first, *content.examples[1:])))
    made = actions.submit(draft, by=by, at=AT)
    office = factories.office()
    actions.begin_check(made, by=office, at=AT)
    actions.accept(made, by=office, at=AT)
    assessments.release(factories.held(made, pathway=pathway), by=office, at=AT)
    return Submission.objects.select_related("portfolio__registration__person").get(pk=made.pk)


def following(earlier: Submission, pathway: str = "senior") -> Portfolio:
    """The holder's next registration, its portfolio still empty."""
    attempt = earlier.portfolio.registration
    made = factories.registration(attempt.person, pathway=pathway, within=attempt.scheme, at=LATER)
    found = queries.portfolio_of(made.pk)
    assert found is not None
    return found


def begin(draft: Portfolio, earlier: Submission) -> Portfolio:
    return actions.begin_from(draft, earlier, by=owner_of(draft), at=LATER)


def answer(draft: Portfolio, slot: str, **said: object) -> Carried:
    entry = queries.entry_at(draft, slot)
    return actions.answer_carried(entry, by=owner_of(draft), at=LATER, **said)  # type: ignore[arg-type]


def test_entries_examples_and_evidence_come_along():
    earlier = accredited()
    draft = following(earlier)
    assert queries.earlier_of(draft.registration.person_id, draft.registration.scheme_id) == [earlier]
    blobs = Blob.objects.count()
    begin(draft, earlier)
    assert Blob.objects.count() == blobs
    for slot in ("context", "1a", "3b", "5a", "plans"):
        mine = content_of(queries.entry_at(draft, slot))
        old = content_of(queries.entry_at(earlier.portfolio, slot))
        assert mine.text == old.text
        assert [each.description for each in mine.examples] == [each.description for each in old.examples]
        assert [len(each.evidence) for each in mine.examples] == [len(each.evidence) for each in old.examples]
    pieces = {each.title: each for each in queries.evidence_of(draft)}
    minutes = pieces["The minutes"]
    assert (minutes.contribution, minutes.practised_from_on) == ("I took them", date(2025, 1, 1))
    assert minutes.blob.sha256 == Evidence.objects.get(portfolio=earlier.portfolio, kind="file").blob.sha256
    assert queries.used_bytes(draft) == minutes.blob.size
    assert {each.source_slot for each in queries.carried_in(draft)} == set(ALL)
    assert queries.entry_at(draft, "1a").versions.get().why == "import"


def test_what_the_new_pathway_does_not_ask_for_is_set_aside_and_asks_nothing():
    earlier = accredited()
    draft = begin(following(earlier, "associate"), earlier)
    aside = [queries.slot_of(each) for each in queries.draft_of(draft).set_aside]
    assert aside == ["1c", "2b", "3b", "5a"]
    asking = [task.slot for task in queries.task_list(draft, on=TODAY).tasks if task.faults]
    assert asking == ["context", "1a", "1b", "2a", "3a", "4a", "plans", "confirmation"]


def test_every_entry_is_asked_and_an_answer_settles_it():
    earlier = accredited("associate")
    draft = begin(following(earlier, "associate"), earlier)
    actions.confirm(draft, name="Ada Example", by=owner_of(draft), at=LATER)
    told = refused(Code.CARRIED_UNDECIDED, actions.submit, draft, by=owner_of(draft), at=LATER)
    slots = ["context", "1a", "1b", "2a", "3a", "4a", "plans"]
    assert [each.get("section") for each in told.faults] == slots
    # However much is written, the question stays.
    factories.write(queries.entry_at(draft, "1a"), content_of(queries.entry_at(draft, "1b")))
    refused(Code.CARRIED_UNDECIDED, actions.submit, draft, by=owner_of(draft), at=LATER)
    for slot in slots:
        answer(draft, slot, is_valid=True, practised_on=TODAY)
    answer(draft, "1a", is_valid=False, practised_on=None)
    refused(Code.CARRIED_TO_REWRITE, actions.submit, draft, by=owner_of(draft), at=LATER)
    answer(draft, "1a", is_valid=False, practised_on=TODAY)
    answer(draft, "1b", is_valid=True, practised_on=TODAY.replace(year=TODAY.year - 3))
    at_last = LATER + timedelta(days=1)
    late = refused(Code.CARRIED_TOO_OLD, actions.submit, draft, by=owner_of(draft), at=at_last)
    assert [each.get("section") for each in late.faults] == ["1b"]
    actions.submit(draft, by=owner_of(draft), at=LATER)


def test_answers_that_are_none():
    earlier = accredited("associate")
    draft = following(earlier, "associate")
    refused(Code.NOT_CARRIED, answer, draft, "1a", is_valid=True, practised_on=TODAY)
    begin(draft, earlier)
    refused(Code.PRACTICE_DAY_MISSING, answer, draft, "1a", is_valid=True, practised_on=None)
    refused(
        Code.PRACTICE_TO_COME, answer, draft, "1a", is_valid=False, practised_on=TODAY + timedelta(days=1)
    )
    entry, stranger = queries.entry_at(draft, "1a"), owner_of(factories.portfolio())
    refused(
        Code.NOT_YOURS,
        actions.answer_carried,
        entry,
        is_valid=True,
        practised_on=TODAY,
        by=stranger,
        at=LATER,
    )


def test_beginning_twice_is_beginning_once():
    earlier = accredited("associate")
    draft = following(earlier)
    for _ in range(2):
        begin(draft, earlier)
    assert Carried.objects.count() == 7
    assert Evidence.objects.filter(portfolio=draft).count() == 2


def test_a_draft_begun_is_not_written_over():
    earlier = accredited("associate")
    draft = following(earlier)
    factories.write(queries.entry_at(draft, "1a"), queries.EntryContent(title="Mine"))
    assert not queries.may_begin_from_earlier(draft)
    refused(Code.DRAFT_BEGUN, begin, draft, earlier)


def test_only_from_an_accredited_portfolio_of_ones_own_written_here():
    draft = factories.portfolio()
    refused(Code.NOTHING_TO_CARRY, begin, draft, accredited("associate"))
    refused(Code.NOTHING_TO_CARRY, begin, draft, factories.submission())
    earlier = accredited("associate")
    with allow_writes():
        Portfolio.objects.filter(pk=earlier.portfolio_id).update(form="as_it_is")
    refused(Code.NOTHING_TO_CARRY, begin, following(earlier), earlier)


def test_files_beyond_the_limit_carry_nothing():
    earlier = accredited("associate")
    draft = following(earlier)
    with allow_writes():
        scheme = draft.registration.scheme
        scheme.portfolio_limit = 3
        scheme.save()
    refused(Code.PORTFOLIO_FULL, begin, draft, earlier)
    assert not Entry.objects.filter(portfolio=draft, version__gt=0).exists()
    assert not Evidence.objects.filter(portfolio=draft).exists()


def test_a_section_the_new_edition_does_not_know_stays_behind():
    earlier = accredited("associate")
    scheme = earlier.portfolio.registration.scheme
    document = shipped_documents()["cmalt-2026"].replace('code = "cmalt-2026"', 'code = "cmalt-2027"')
    document = document.replace('"plans"', '"aims"').replace('kind = "aims"', 'kind = "plans"')
    publish_edition(scheme, document, in_force_on=date(2026, 11, 3), by=SYSTEM, at=AT)
    draft = following(earlier)
    assert queries.left_behind(earlier, queries.draft_of(draft).rules) == ["Future plans"]
    begin(draft, earlier)
    assert Carried.objects.filter(entry__portfolio=draft).count() == 6
    assert earlier.content["entries"][-1]["text"]


def test_what_moves_out_of_a_carried_entry_brings_the_question_along():
    earlier = accredited()
    draft = begin(following(earlier), earlier)
    by = owner_of(draft)
    answer(draft, "1b", is_valid=True, practised_on=TODAY)
    source, settled, new = (queries.entry_at(draft, slot) for slot in ("1a", "1b", "5b"))
    keys = [each.key for each in content_of(source).examples]
    actions.copy_example(source, example=keys[0], by=by, at=LATER)
    first, second = (each.key for each in content_of(source).examples)
    actions.move_example(source, example=first, to=settled, by=by, at=LATER)
    actions.move_example(source, example=second, to=new, by=by, at=LATER)
    assert Carried.objects.get(entry=settled).is_valid is None
    assert Carried.objects.get(entry=new).source_slot == "1a"
    copied = actions.copy_entry(queries.entry_at(draft, "5a"), by=by, at=LATER)
    assert Carried.objects.get(entry=copied).source_slot == "5a"
