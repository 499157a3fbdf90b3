"""Schemes and editions: published once, never half read, in force by date; numbers given once."""

from datetime import date

import pytest

from accredit.frameworks import actions, queries
from accredit.frameworks.models import Edition
from accredit.rulebook.faults import Code
from accredit.toolkit.actor import SYSTEM
from accredit.toolkit.refusals import Refused
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_every_shipped_document_can_be_published_and_read_back() -> None:
    scheme = actions.found_scheme("all", name="All", body="Body", by=SYSTEM, at=make.AT)
    for code, document in queries.shipped_documents().items():
        edition = actions.publish_edition(
            scheme, document, in_force_on=date(2020, 1, 1), by=SYSTEM, at=make.AT
        )
        assert queries.rules_of(edition).code == code


def test_an_unreadable_document_is_refused_with_its_faults_and_stores_nothing() -> None:
    scheme = actions.found_scheme("s", name="S", body="B", by=SYSTEM, at=make.AT)
    with pytest.raises(Refused) as caught:
        actions.publish_edition(scheme, "code = 1", in_force_on=date(2020, 1, 1), by=SYSTEM, at=make.AT)
    assert caught.value.faults[0].code is Code.EDITION_UNREADABLE
    assert not Edition.objects.exists()


def test_an_edition_is_published_once() -> None:
    scheme = make.scheme()
    document = queries.shipped_documents()["cmalt-2026"]
    with pytest.raises(Refused) as caught:
        actions.publish_edition(scheme, document, in_force_on=date(2030, 1, 1), by=SYSTEM, at=make.AT)
    assert caught.value.faults[0].code is Code.EDITION_TAKEN


def test_the_edition_in_force_is_the_latest_begun() -> None:
    scheme = make.scheme("cmalt-2019")
    newer = actions.publish_edition(
        scheme,
        queries.shipped_documents()["cmalt-2026"],
        in_force_on=date(2027, 1, 1),
        by=SYSTEM,
        at=make.AT,
    )
    assert queries.edition_in_force(scheme, date(2026, 12, 31)).code == "cmalt-2019"
    assert queries.edition_in_force(scheme, date(2027, 1, 1)) == newer
    assert queries.edition_in_force(scheme, date(2019, 1, 1)).code == "cmalt-2019"


def test_the_first_scheme_is_the_default() -> None:
    assert queries.default_scheme() is None
    first = make.scheme()
    actions.found_scheme("second", name="Second", body="B", by=SYSTEM, at=make.AT)
    assert queries.default_scheme() == first


def test_numbers_run_on_by_name() -> None:
    scheme = make.scheme()
    assert [actions.next_number(scheme, "x") for _ in range(3)] == [1, 2, 3]
    assert actions.next_number(scheme, "y") == 1
