"""`found_scheme`: an installation is set up in one command, or not at all."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accredit.frameworks.models import Scheme
from accredit.frameworks.queries import default_scheme, edition_in_force, shipped_documents
from accredit.registrations.queries import is_window_open

pytestmark = pytest.mark.django_db


def found(**options: str) -> str:
    out = StringIO()
    call_command(
        "found_scheme", **({"code": "cmalt", "name": "Our scheme", "body": "Our body"} | options), stdout=out
    )
    return out.getvalue()


def test_a_scheme_is_founded_in_force_and_open() -> None:
    assert "founded and open" in found(contact="office@example.org")
    scheme = default_scheme()
    assert scheme is not None
    assert edition_in_force(scheme, timezone.localdate()).code == "cmalt-2026"
    assert is_window_open(scheme, timezone.now())


def test_an_edition_of_ones_own_is_read_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(shipped_documents()["orchard-2025"], encoding="utf-8")
    found(code="orchard", edition=str(path), day="2026-01-01")
    assert Scheme.objects.get().editions.get().code == "orchard-2025"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"edition": "nowhere.toml"}, "neither an edition"),
        ({"day": "tomorrow"}, "a day such as"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_founded(options: dict[str, str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        found(**options)
    assert not Scheme.objects.exists()


def test_a_broken_document_is_refused_with_its_fault(tmp_path: Path) -> None:
    path = tmp_path / "broken.toml"
    path.write_text("code = 1", encoding="utf-8")
    with pytest.raises(CommandError):
        found(edition=str(path))
    assert not Scheme.objects.exists()


def test_a_scheme_is_founded_once() -> None:
    found()
    with pytest.raises(CommandError, match="already a scheme"):
        found()
