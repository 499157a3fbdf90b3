"""Versions of an entry: listed, compared, restored; nothing lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accredit.people.models import Profile
from accredit.portfolios.actions import remove_evidence
from accredit.portfolios.models import Entry, EntryVersion, Portfolio
from accredit.portfolios.queries import EntryContent, ExampleContent, entry_at
from accredit.toolkit.actions import allow_writes
from tests import factories as make
from tests.web.candidate.conftest import signed_in

pytestmark = pytest.mark.django_db


def written(draft: Portfolio, *texts: str) -> Entry:
    """An entry that said these texts, an hour apart."""
    entry = entry_at(draft, "context")
    assert entry is not None
    for hour, text in enumerate(texts):
        make.write(entry, EntryContent(text=text), at=make.AT + timedelta(hours=hour))
    return entry


def address(draft: Portfolio, more: object = "", slot: str = "context") -> str:
    """The address of a slot's versions."""
    return f"/my/{draft.registration_id}/section/{slot}/versions/{f'{more}/' if more else ''}"


def test_versions_are_listed_with_who_when_why_and_words(browser: Client, draft: Portfolio) -> None:
    written(draft, "One two three.", "One two.")
    page = browser.get(address(draft)).content.decode()
    assert page.index(">2</span>") < page.index(">3</span>")
    assert page.count("Ada Example") >= 2
    assert "Saved" in page


def test_a_version_is_compared_with_now_and_with_the_one_before(browser: Client, draft: Portfolio) -> None:
    entry = written(draft, "Alpha.", "Beta.", "Gamma.")
    middle = entry.versions.order_by("pk")[1]
    page = browser.get(address(draft, middle.pk)).content.decode()
    assert "<del>Beta</del>" in page
    assert "<ins>Gamma</ins>" in page
    page = browser.get(f"{address(draft, middle.pk)}?with=before").content.decode()
    assert "<del>Alpha</del>" in page
    assert "<ins>Beta</ins>" in page
    first = entry.versions.order_by("pk")[0]
    assert "Compare with" not in browser.get(f"{address(draft, first.pk)}?with=before").content.decode()


def test_restoring_makes_a_new_version_and_loses_nothing(browser: Client, draft: Portfolio) -> None:
    entry = written(draft, "Alpha.", "Beta.")
    first = entry.versions.order_by("pk")[0]
    for _ in range(2):
        answer = browser.post(address(draft, first.pk), {"expected": entry.version})
        assert answer["Location"] == f"/my/{draft.registration_id}/section/context/"
    entry.refresh_from_db()
    assert entry.text == "<p>Alpha.</p>"
    told = [(each.why, each.content["text"]) for each in entry.versions.order_by("pk")]
    assert told == [("save", "<p>Alpha.</p>"), ("save", "<p>Beta.</p>"), ("restore", "<p>Alpha.</p>")]
    make.write(entry, EntryContent(text="Delta."), at=entry.saved_at)
    assert entry.versions.count() == 4


def test_restoring_on_an_old_page_overwrites_nothing(browser: Client, draft: Portfolio) -> None:
    entry = written(draft, "Alpha.", "Beta.")
    first = entry.versions.order_by("pk")[0]
    for expected in ("1", "nonsense"):
        answer = browser.post(address(draft, first.pk), {"expected": expected})
        assert answer["Location"].endswith("/clash/")
    entry.refresh_from_db()
    assert entry.text == "<p>Beta.</p>"


def test_examples_evidence_and_principles_of_a_version_come_back(browser: Client, draft: Portfolio) -> None:
    entry = entry_at(draft, "1a")
    assert entry is not None
    kept, gone = make.link(draft), make.link(draft)
    example = ExampleContent(title="Mine", description="<p>Words.</p>", evidence=(kept.pk, gone.pk))
    make.write(entry, EntryContent(examples=(example,)))
    version = entry.versions.get()
    with allow_writes():
        EntryVersion.objects.filter(pk=version.pk).update(content=version.content | {"principles": ["gone"]})
    make.write(entry, EntryContent(), at=make.LATER)
    page = browser.get(address(draft, version.pk, "1a")).content.decode()
    assert "<del>" in page
    remove_evidence(gone, by=make.owner_of(draft), at=make.LATER)
    browser.post(address(draft, version.pk, "1a"), {"expected": entry.version})
    (again,) = entry.examples.all()
    assert (again.title, [use.evidence_id for use in again.uses.all()]) == ("Mine", [kept.pk])


def test_versions_are_paged_within_few_queries(
    ada: Profile, browser: Client, draft: Portfolio, django_assert_max_num_queries: Any
) -> None:
    entry = written(draft, "Alpha.")
    counts, content = [], entry.versions.get().content
    for number in (1, 3, 40):
        more = range(number - entry.versions.count())
        with allow_writes():
            EntryVersion.objects.bulk_create(
                EntryVersion(entry=entry, saved_at=make.AT, saved_by=ada, content=content) for _ in more
            )
        with django_assert_max_num_queries(12) as seen:
            page = browser.get(address(draft)).content.decode()
        counts.append(len(seen.captured_queries))
    assert len(set(counts)) == 1
    assert "page=2" in page


def test_nobody_else_finds_them_and_no_other_entry_shows_them(browser: Client, draft: Portfolio) -> None:
    version = written(draft, "Alpha.").versions.get()
    other = signed_in(make.person("Ruth Example", sign_in=True))
    for path in (address(draft), address(draft, version.pk)):
        assert other.get(path).status_code == 404
        assert other.post(path).status_code == 404
    assert browser.get(address(draft, version.pk, "1a")).status_code == 404
    assert browser.get(address(draft, 999)).status_code == 404
