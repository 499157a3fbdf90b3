"""Credentials: wanted with the award, signed once, told as revoked or suspended, under keys that change."""

import hashlib
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accredit.awards import actions as awards
from accredit.exchange import actions, tasks
from accredit.exchange.actions import credentials
from accredit.exchange.credentials import keys
from accredit.exchange.credentials.issuing import PLACES, place_of
from accredit.exchange.models import Credential, SigningKey
from accredit.exchange.queries.credentials import credential_of_award, issuer, issuer_document, places_set
from accredit.rulebook.lineage import Change
from accredit.toolkit.actions import allow_writes
from accredit.toolkit.actor import SYSTEM
from tests import factories as make
from tests.exchange.badges import award, sign_all, signed

pytestmark = pytest.mark.django_db
AT = make.AT


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.SIGNING_KEYS = tmp_path / "keys"
    return tmp_path / "keys"


def test_an_award_has_a_credential_that_names_nobody() -> None:
    holder = make.person("Hugo Lindqvist Unmistakable")
    found = signed(award(holder=holder))
    told = json.dumps(found.document) + found.token
    assert "Unmistakable" not in told
    assert holder.email not in told
    salt = found.salt
    hashes = {
        each["identityType"]: each["identityHash"]
        for each in found.document["credentialSubject"]["identifier"]
    }
    assert hashes == {
        "name": "sha256$" + hashlib.sha256(f"{holder.name}{salt}".encode()).hexdigest(),
        "emailAddress": "sha256$" + hashlib.sha256(f"{holder.email}{salt}".encode()).hexdigest(),
    }


def test_a_credential_says_what_the_certificate_says() -> None:
    found = signed(award()).document
    subject = found["credentialSubject"]["achievement"]
    assert found["issuer"]["id"] == issuer()
    assert (found["validFrom"], found["validUntil"]) == ("2026-04-30T23:00:00Z", "2029-05-01T23:00:00Z")
    assert subject["name"] == "CMALT"
    assert "1a Constraints" in subject["criteria"]["narrative"].replace("Operational issues: ", "")
    assert subject["id"].endswith("/credentials/of/cmalt-2026/cmalt/")
    assert {each["statusPurpose"] for each in found["credentialStatus"]} == {"revocation", "suspension"}


def test_without_a_key_a_credential_waits_and_is_not_lost() -> None:
    found = award()
    tasks.sweep_credentials.call_local()  # type: ignore[attr-defined]
    row = credential_of_award(found.pk)
    assert row is not None
    assert row.signed_at is None
    assert Client().get(f"/credentials/{row.key}/").status_code == 404
    assert Client().get("/.well-known/did.json").status_code == 404
    actions.make_signing_key(by=SYSTEM, at=AT)
    tasks.sweep_credentials.call_local()  # type: ignore[attr-defined]
    row.refresh_from_db()
    assert row.signed_at is not None


def test_a_missing_private_half_is_logged_and_what_waits_goes_on_waiting(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    actions.make_signing_key(by=SYSTEM, at=AT)
    award()
    for each in folder.iterdir():
        each.unlink()
    tasks.sweep_credentials.call_local()  # type: ignore[attr-defined]
    assert "restore it from its backup" in caplog.text
    assert Credential.objects.get().signed_at is None


def test_signing_twice_changes_nothing() -> None:
    found = signed()
    assert not actions.sign_credential(found, at=AT + timedelta(days=1))
    assert Credential.objects.get().document == found.document


@pytest.mark.parametrize(
    ("change", "bits"),
    [
        ([Change.SUSPEND], (False, True)),
        ([Change.SUSPEND, Change.RESUME], (False, False)),
        ([Change.REVOKE], (True, False)),
    ],
)
def test_the_lists_tell_where_an_award_stands(change: list[Change], bits: tuple[bool, bool]) -> None:
    other, found = signed(award("004712")), signed(award())
    for each in change:
        awards.change_standing(found.award, each, because="Why.", by=SYSTEM, at=AT)
    places = [places_set(1, purpose) for purpose in ("revocation", "suspension")]
    assert tuple(found.place in each for each in places) == bits
    assert not any(other.place in each for each in places)
    # Another change of standing gives no other credential: the one that is out there is told of.
    assert Credential.objects.filter(award=found.award).count() == 1


def test_another_name_gives_another_credential_and_ends_the_first() -> None:
    found = signed()
    awards.rename_award(found.award, name="Ada Newname", because="Marriage.", by=SYSTEM, at=AT)
    sign_all()
    second = credential_of_award(found.award_id)
    assert second is not None
    assert second.key != found.key
    assert places_set(1, "revocation") == (found.place,)


def test_somebody_retired_has_a_credential_without_an_end() -> None:
    found = signed()
    awards.change_standing(found.award, Change.RETIRE, because="Retired.", by=SYSTEM, at=AT)
    again = signed(found.award)
    assert "validUntil" not in again.document
    awards.change_standing(found.award, Change.RETURN, because="Back.", by=SYSTEM, at=AT)
    assert "validUntil" in signed(found.award).document


def test_a_revoked_award_gets_no_credential_any_more() -> None:
    found = signed().award
    awards.change_standing(found, Change.REVOKE, because="Why.", by=SYSTEM, at=AT)
    assert actions.want_credential(found, at=AT) is None
    assert Credential.objects.filter(award=found, ended_at=None).count() == 1


def test_a_key_that_has_been_changed_stays_in_the_issuer_s_document() -> None:
    first = signed()
    actions.make_signing_key(by=SYSTEM, at=AT + timedelta(days=1))
    second = signed(award("004712"))
    document = issuer_document()
    assert document is not None
    methods = [each["id"] for each in document["verificationMethod"]]
    assert methods == [each.document["proof"]["verificationMethod"] for each in (second, first)]
    assert SigningKey.objects.filter(signs=True).count() == 1


def test_what_verifiers_read_is_open_to_all_and_to_nobody_s_index() -> None:
    found = signed()
    client = Client()
    for path, media_type in (
        (f"/credentials/{found.key}/", "application/vc"),
        (f"/credentials/{found.key}/token/", "application/vc+jwt"),
        ("/.well-known/did.json", "application/did+json"),
        ("/credentials/status/revocation/1/", "application/vc"),
        ("/credentials/of/cmalt-2026/cmalt/badge.svg", "image/svg+xml"),
    ):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert answer["Content-Type"].startswith(media_type)
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["X-Robots-Tag"] == "noindex"
    assert "1a" in client.get("/credentials/of/cmalt-2026/cmalt/").content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/credentials/00000000-0000-4000-8000-000000000000/", "/credentials/004711/",
        "/credentials/status/other/1/", "/credentials/status/revocation/9/",
        "/credentials/of/cmalt-2026/other/", "/credentials/of/other/cmalt/badge.svg",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(path: str) -> None:
    signed()
    assert Client().get(path).status_code == 404


def test_a_list_changes_in_the_same_second() -> None:
    found = signed()
    address = "/credentials/status/revocation/1/"
    before = json.loads(Client().get(address).content)
    assert json.loads(Client().get(address).content) == before
    awards.change_standing(found.award, Change.REVOKE, because="Why.", by=SYSTEM, at=AT)
    after = json.loads(Client().get(address).content)
    assert after["credentialSubject"] != before["credentialSubject"]


def test_when_a_list_is_full_the_next_one_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(credentials, "PLACES", 2)
    found = [signed(award(f"00480{each}")) for each in range(5)]
    assert [each.bit_list.number for each in found] == [1, 1, 2, 2, 3]
    addresses = {each.document["credentialStatus"][0]["statusListCredential"] for each in found}
    assert len(addresses) == 3


@given(st.integers(0, PLACES - 1), st.sets(st.integers(0, PLACES - 1), min_size=2, max_size=30))
def test_no_two_credentials_share_a_place(start: int, counts: set[int]) -> None:
    places = {place_of(each, start) for each in counts}
    assert len(places) == len(counts)
    assert all(0 <= each < PLACES for each in places)


def test_awards_from_before_there_were_credentials_get_one() -> None:
    found = award()
    revoked = award("004712")
    awards.change_standing(revoked, Change.REVOKE, because="Why.", by=SYSTEM, at=AT)
    with allow_writes():
        Credential.objects.all().delete()
    for _night in range(2):
        tasks.want_missing.call_local()  # type: ignore[attr-defined]
    assert [each.award for each in Credential.objects.all()] == [found]


# --- the command ------------------------------------------------------------------------------------------


def test_private_halves_are_files_that_only_we_read_and_no_rows(folder: Path) -> None:
    call_command("signing_keys", "create")
    call_command("signing_keys", "create")
    made = SigningKey.objects.get()
    path = folder / f"{made.name}.pem"
    assert path.stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0
    assert keys.public_of(path.read_bytes()) == made.public
    with pytest.raises(FileExistsError):
        keys.make_key(folder, made.name)
    with pytest.raises(ValueError, match="no name"):
        keys.make_key(folder, "../outside")


def test_keys_are_lost_and_restored(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KEYS_PASSPHRASE", "correct horse battery")
    call_command("signing_keys", "create")
    call_command("signing_keys", "rotate")
    backup = tmp_path / "backup.json"
    call_command("signing_keys", "backup", str(backup))
    assert backup.stat().st_mode & 0o077 == 0
    assert b"ENCRYPTED" in backup.read_bytes()
    kept = {each.name: each.read_bytes() for each in folder.iterdir()}
    for each in folder.iterdir():
        each.unlink()
    call_command("signing_keys", "list")
    assert capsys.readouterr().out.count("its private half is not here") == 2
    call_command("signing_keys", "restore", str(backup))
    assert {each.name: each.read_bytes() for each in folder.iterdir()} == kept
    call_command("signing_keys", "restore", str(backup))
    call_command("signing_keys", "list")
    assert capsys.readouterr().out.count("its private half is here") == 2


def test_what_is_no_backup_of_ours_restores_nothing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEYS_PASSPHRASE", "correct horse battery")
    call_command("signing_keys", "create")
    backup = tmp_path / "backup.json"
    call_command("signing_keys", "backup", str(backup))
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("signing_keys", "backup", str(backup))
    for number, wrong in enumerate((b"", b"[]", b"{}", b'{"accredit-signing-keys": 1, "keys": {"a": "b"}}')):
        path = tmp_path / f"wrong-{number}"
        path.write_bytes(wrong)
        with pytest.raises(CommandError, match="cannot be read"):
            call_command("signing_keys", "restore", str(path))
    monkeypatch.setenv("KEYS_PASSPHRASE", "another passphrase")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("signing_keys", "restore", str(backup))
    monkeypatch.setenv("KEYS_PASSPHRASE", "correct horse battery")
    with allow_writes():
        SigningKey.objects.all().delete()
    with pytest.raises(CommandError, match="not keys of this record"):
        call_command("signing_keys", "restore", str(backup))


@pytest.mark.parametrize("do", ["backup", "restore"])
def test_a_backup_needs_a_file_and_a_passphrase(
    do: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call_command("signing_keys", "create")
    with pytest.raises(CommandError, match="Name the file"):
        call_command("signing_keys", do)
    monkeypatch.setenv("KEYS_PASSPHRASE", "short")
    with pytest.raises(CommandError, match=r"12 characters|cannot be read"):
        call_command("signing_keys", do, str(tmp_path / "missing"))


def test_an_award_recorded_today_is_dated_by_its_award() -> None:
    found = signed(award(issued_on=date(2025, 1, 31)))
    assert found.document["validFrom"].startswith("2025-01-31")
