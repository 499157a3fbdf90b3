"""Otis, signed in, and the counting of queries."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accredit.people.models import Profile, RoleHeld
from tests import factories as make


@pytest.fixture
def otis() -> Profile:
    """Somebody of the office with a sign-in."""
    return make.person("Otis Office", sign_in=True, roles=(RoleHeld.Name.OFFICE,))


@pytest.fixture
def office(otis: Profile) -> Client:
    """A client signed in as Otis."""
    client = Client()
    assert otis.user is not None
    client.force_login(otis.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def queries(office: Client) -> Callable[[str], int]:
    """Count the queries of one page, which has to answer 200."""

    def count(path: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            response = office.get(path)
            if response.streaming:
                b"".join(response.streaming_content)  # type: ignore[arg-type]
        assert response.status_code == 200, path
        sql = [each["sql"] for each in caught.captured_queries]
        return sum(1 for each in sql if not each.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")))

    return count
