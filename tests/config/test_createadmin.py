"""The first person of the office: made from the command line, mistakes answered with a sentence."""

import io

import pytest
from django.core.management import CommandError, call_command

from accredit.people.models import RoleHeld, User

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-enough-Phrase-9"


@pytest.fixture
def create(monkeypatch):
    """Run the command with a password on standard input."""

    def run(password: str = PASSWORD, email: str = "otis@example.org") -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
        out = io.StringIO()
        call_command("createadmin", email=email, name="Otis Office", password_stdin=True, stdout=out)
        return out.getvalue()

    return run


def test_otis_may_sign_in_and_runs_the_office(create):
    assert "may now sign in as otis@example.org" in create()
    assert User.objects.get(email="otis@example.org").check_password(PASSWORD)
    assert RoleHeld.objects.get().role == RoleHeld.Name.OFFICE


@pytest.mark.parametrize(("email", "password"), [("no address", PASSWORD), ("otis@example.org", "short")])
def test_what_cannot_be_used_is_refused(create, email, password):
    with pytest.raises(CommandError):
        create(password, email)
    assert not User.objects.exists()


def test_an_address_in_use_is_refused_in_words(create):
    create()
    with pytest.raises(CommandError, match=r"otis@example\.org"):
        create()
