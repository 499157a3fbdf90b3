"""How large files may be, how much room they take, and what the office is told about the disk."""

import io
from collections.abc import Callable

import pytest
from django.test import Client

from accredit.files.queries import Usage
from accredit.frameworks.models import Scheme
from accredit.people.models import Profile
from accredit.portfolios import actions as portfolios
from accredit.portfolios.models import Portfolio
from accredit.portfolios.queries import PieceContent
from accredit.trail.models import Row
from accredit.web.office.reads.files import forecast, is_short
from tests import factories as make
from tests.factories import AT

pytestmark = pytest.mark.django_db
PAGE = "/office/files/"
MIB = 1024 * 1024


def filled(name: str, *contents: bytes) -> Portfolio:
    draft = make.portfolio(make.registration(make.person(name)))
    for content in contents:
        portfolios.add_evidence(
            draft, kind="file", content=PieceContent(str(len(content))), upload=io.BytesIO(content),
            name="a.txt", by=make.owner_of(draft), at=AT,
        )  # fmt: skip
    return draft


def test_the_largest_portfolios_are_named_each_file_counted_once(office: Client) -> None:
    filled("Ada Example", b"x" * 2000, b"y" * 500)
    draft = filled("Bea Other", b"z" * 3000)
    portfolios.add_evidence(
        draft, kind="file", content=PieceContent("Again"), upload=io.BytesIO(b"z" * 3000), name="b.txt",
        by=make.owner_of(draft), at=AT,
    )  # fmt: skip
    page = office.get(PAGE).content.decode()
    assert page.index("Bea Other") < page.index("Ada Example")
    assert "2.9\xa0KB" in page
    assert "2.4\xa0KB" in page


def test_what_is_closed_to_a_person_of_the_office_is_not_listed(office: Client, otis: Profile) -> None:
    mine = make.portfolio(make.registration(otis))
    portfolios.add_evidence(
        mine, kind="file", content=PieceContent("Mine"), upload=io.BytesIO(b"x" * 9000), name="a.txt",
        by=make.owner_of(mine), at=AT,
    )  # fmt: skip
    assert f"/office/registration/{mine.registration_id}/" not in office.get(PAGE).content.decode()


def test_limits_are_changed_with_a_trail(office: Client) -> None:
    scheme = make.scheme()
    given = {"scheme": scheme.pk, "file_limit": 50, "portfolio_limit": 200}
    for _ in range(2):
        assert office.post(PAGE, given)["Location"] == f"{PAGE}?scheme={scheme.pk}"
    scheme.refresh_from_db()
    assert (scheme.file_limit, scheme.portfolio_limit) == (50 * MIB, 200 * MIB)
    row = Row.objects.get(what="limits_set")
    assert (row.data["file"], row.data["portfolio"]) == (50, 200)
    assert "50 MB a file" in office.get("/office/trail/").content.decode()


@pytest.mark.parametrize(
    "values",
    [
        {"file_limit": 0, "portfolio_limit": 300},
        {"file_limit": 400, "portfolio_limit": 300},
        {"file_limit": "much", "portfolio_limit": 300},
        {"file_limit": 10**9, "portfolio_limit": 10**9},
        {},
    ],
)
def test_limits_that_make_no_sense_are_refused_in_words(office: Client, values: dict[str, object]) -> None:
    scheme = make.scheme()
    answer = office.post(PAGE, values | {"scheme": scheme.pk})
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert Scheme.objects.get().file_limit == 100 * MIB


def test_the_page_asks_the_same_with_one_and_with_three(
    office: Client, queries: Callable[[str], int]
) -> None:
    counts = []
    for names in (("Ada",), ("Bea", "Cem")):
        for name in names:
            filled(name, name.encode() * 50)
        counts.append(queries(PAGE))
    assert counts[0] == counts[1] <= 12


def test_without_a_scheme_there_is_no_such_page(office: Client) -> None:
    assert office.get(PAGE).status_code == 404


def usage_of(free: int | None, *weeks: int) -> Usage:
    return Usage(files=1, size=1, waiting=0, weeks=weeks, free=free)


@pytest.mark.parametrize(
    ("used", "told", "short"),
    [
        (usage_of(None, 5), "object store", False),
        (usage_of(100, 0, 0), "nothing can be foretold", False),
        (usage_of(100, 10), "full in 10 weeks", True),
        (usage_of(10, 10), "full in 1 week;", True),
        (usage_of(300, 10), "full in 30 weeks", False),
        (usage_of(10**9, 10), "longer than ten years", False),
    ],
)
def test_the_forecast_says_what_it_stands_on(used: Usage, told: str, short: bool) -> None:
    assert told in forecast(used)
    assert is_short(used) is short
