"""Every address, in every role, at every stage: who may open it, what it asks, writes and tells."""

import pytest

from tests.access import situations
from tests.access.judging import faults_of
from tests.access.rules import LINES
from tests.access.targets import named_addresses
from tests.access.walking import walk

pytestmark = pytest.mark.django_db

MISSING = """These addresses have no line in tests/access/rules.py:
    {names}
Add one that says who may open the address and when: the matrix then asks for it in every role and stage."""


def test_every_address_has_a_line() -> None:
    missing = sorted(set(named_addresses()) - set(LINES))
    assert not missing, MISSING.format(names="\n    ".join(missing))


def test_every_line_has_an_address() -> None:
    gone = sorted(set(LINES) - set(named_addresses()))
    assert not gone, f"rules.py speaks of addresses that are gone: {', '.join(gone)}"


@pytest.mark.parametrize("name", situations.NAMES)
def test_at(name: str, request: pytest.FixtureRequest) -> None:
    if name != "drafting":  # there the pages of refusals are drawn and swept as well
        request.getfixturevalue("short_refusals")
    world = situations.world(name)
    faults = faults_of(world, walk(world))
    assert not faults, "\n".join(["", *faults])


@pytest.mark.slow
@pytest.mark.usefixtures("short_refusals")
@pytest.mark.parametrize("name", situations.NAMES)
def test_whoever_asks_at(name: str) -> None:
    world = situations.world(name)
    faults = faults_of(world, walk(world, everybody=True))
    assert not faults, "\n".join(["", *faults])
