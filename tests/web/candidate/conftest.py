"""Ada signed in, with a registration or without."""

import pytest
from django.test import Client

from accredit.people.models import Profile, User
from accredit.portfolios.models import Portfolio
from accredit.toolkit.actions import allow_writes
from tests import factories as make


@pytest.fixture
def ada(db: None) -> Profile:
    """A candidate who can sign in."""
    return make.person("Ada Example", sign_in=True)


def signed_in(person: Profile) -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    assert person.user is not None
    client.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def with_sign_in(person: Profile) -> Profile:
    """Give somebody a sign-in."""
    with allow_writes():
        person.user = User.objects.create_user(f"signed-in-{person.pk}@example.org", "accredit-test")
        person.save()
    return person


@pytest.fixture
def browser(ada: Profile) -> Client:
    """Ada's browser."""
    return signed_in(ada)


@pytest.fixture
def draft(ada: Profile) -> Portfolio:
    """Ada's empty Associate portfolio."""
    return make.portfolio(make.registration(ada))


@pytest.fixture
def whole(ada: Profile) -> Portfolio:
    """Ada's complete Associate portfolio."""
    return make.complete_portfolio(make.registration(ada))
