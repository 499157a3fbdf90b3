"""The guards themselves: they bite where they should and let the rest pass."""

import socket

import pytest
from django.template import engines

from accredit.people.models import Institution, User
from accredit.toolkit.actions import action, allow_writes
from tests.guards import Broken, guard

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def forgive() -> None:
    """Forget the breach made on purpose before the guard looks at the end of the test."""
    guard.broken.clear()


def test_a_write_outside_an_action_is_refused():
    with pytest.raises(Broken, match="people_institution was written outside an action"):
        Institution.objects.create(name="Northmoor")
    with pytest.raises(Broken, match="written outside"):
        Institution.objects.filter(name="Northmoor").update(name="Southmoor")
    forgive()


def test_a_write_inside_an_action_passes():
    @action
    def found(name: str) -> Institution:
        return Institution.objects.create(name=name)

    assert found("Northmoor").pk
    with allow_writes():
        Institution.objects.all().delete()


def test_the_sign_in_library_may_write_users():
    assert User.objects.create_user(email="vic@example.org").pk


def test_a_query_in_a_template_is_refused():
    template = engines["django"].from_string("{% for it in all %}{{ it.name }}{% endfor %}")
    with pytest.raises(Broken, match="ran a query"):
        template.render({"all": Institution.objects.all()})
    forgive()


def test_nothing_leaves_this_machine():
    with socket.socket() as connection, pytest.raises(Broken, match="stay on this machine"):
        connection.connect(("192.0.2.1", 80))
