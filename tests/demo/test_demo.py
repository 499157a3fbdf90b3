"""The demo: builds whole, in every stage, the same every time; refuses a database that is not its own."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from accredit.awards.models import Award
from accredit.awards.queries import standing_of
from accredit.demo import building, cast, pictures, serve
from accredit.notices.models import Notice
from accredit.people.models import Profile
from accredit.portfolios.models import Carried, Submission
from accredit.portfolios.queries import draft_of, is_intact, portfolio_of
from accredit.registrations.models import Registration
from accredit.rulebook.standing import GOOD
from accredit.rulebook.workflow import Stage
from accredit.trail.models import Row
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 5, 6, 12, tzinfo=UTC)


def test_the_scheme_lives_in_every_stage_that_its_cast_names() -> None:
    building.build(now=NOW)
    plans = [plan for row in cast.document()["people"] if (plan := cast.plan_of(row))]
    found = Counter(Registration.objects.values_list("stage", flat=True))
    following = ["drafting" for plan in plans if plan.then]
    assert found == Counter([*(plan.stage for plan in plans), *following])
    assert {each.is_valid for each in Carried.objects.all()} == {None, True, False}
    eleni = Registration.objects.get(person__name__startswith="Eleni Papadaki")
    assert (eleni.pathway, bool(draft_of(portfolio_of(eleni.pk)).set_aside)) == ("associate", True)
    # Its scheme neither ratifies nor hears appeals.
    assert len(found) == len(Stage) - 2
    assert not Row.objects.filter(at__gt=NOW).exists()
    assert not Notice.objects.filter(due_at__lte=NOW, sent_at=None, suppressed_at=None).exists()
    assert all(is_intact(each) for each in Submission.objects.all())
    hugo = Award.objects.select_related("edition").filter(person__name="Hugo Lindqvist").latest("issued_on")
    assert standing_of(hugo, NOW.date()) in GOOD
    assert 0 < (hugo.valid_until - NOW.date()).days < 90
    assert building.is_built()


def test_the_cast_is_there_by_name() -> None:
    keys = [row["key"] for row in cast.document()["people"]]
    assert set(cast.THE_CAST) <= set(keys)
    assert len(keys) >= 68


def test_a_database_with_another_scheme_is_refused() -> None:
    make.scheme()
    with pytest.raises(ImproperlyConfigured, match="not the demo"):
        building.is_built()
    assert not Profile.objects.exists()


def test_an_empty_database_is_not_built_yet() -> None:
    assert not building.is_built()


@override_settings(DEMO=False)
def test_the_demo_does_not_start_outside_demo_mode() -> None:
    with pytest.raises(ImproperlyConfigured, match="demo mode only"):
        serve.run(8000, reset=True)


def test_beginning_anew_leaves_what_this_process_has_open(tmp_path: Path) -> None:
    for name in ("secret-key", "tasks.sqlite3", "tasks.sqlite3-wal", "accredit.sqlite3"):
        (tmp_path / name).write_text("here", encoding="utf-8")
    (tmp_path / "files").mkdir()
    with override_settings(HOME=tmp_path):
        serve.empty()
    assert {each.name for each in tmp_path.iterdir()} == {"secret-key", "tasks.sqlite3", "tasks.sqlite3-wal"}


@pytest.mark.parametrize("base", ["ada-associate", "tomas-cmalt", "priya-cmalt", "gwen-senior"])
def test_the_evidence_is_drawn_the_same_every_time(base: str) -> None:
    for piece in cast.portfolio(base)["evidence"]:
        if piece["kind"] not in ("link", "text"):
            ending, content = pictures.draw(piece)
            assert pictures.draw(piece) == (ending, content)
            assert content
