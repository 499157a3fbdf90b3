"""Our credentials before verifiers that are not ours: in JavaScript, and in Python on other libraries."""

import base64
import copy
import fcntl
import gzip
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pyld import jsonld

from accredit.awards import actions as awards
from accredit.exchange import actions
from accredit.rulebook.lineage import Change
from accredit.toolkit.actor import SYSTEM
from tests import factories as make
from tests.exchange.badges import asked, award, signed

pytestmark = pytest.mark.django_db
HERE = Path(__file__).resolve().parents[1] / "verifiers"
LETTERS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
Verify = Callable[[dict[str, Any]], str]


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.SIGNING_KEYS = tmp_path / "keys"


@pytest.fixture(scope="session")
def installed() -> Path:
    """The JavaScript implementations, installed once; said aloud where that cannot be."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("Node is not installed: the JavaScript verifier was not asked")
    folder = HERE.parents[1] / "var" / "verifiers"
    folder.mkdir(parents=True, exist_ok=True)
    # Several processes run tests: one of them installs, the others wait for it.
    with (folder / "lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        failed = _install(npm, folder)
    if failed:
        pytest.skip(f"the JavaScript verifier could not be installed: {failed}")
    return folder


def _install(npm: str, folder: Path) -> str:
    """Install what the lock names, if it is not there yet; return why it could not be, or nothing."""
    mark = folder / hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()[:16]
    for name in ("package.json", "package-lock.json", "verify.mjs"):
        shutil.copy(HERE / name, folder / name)
    if mark.exists():
        return ""
    done = subprocess.run(
        [npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"],
        cwd=folder, capture_output=True, text=True, check=False, timeout=240,
    )  # fmt: skip
    if done.returncode:
        return done.stderr.strip()[-200:]
    mark.touch()
    return ""


@pytest.fixture
def javascript(installed: Path) -> Verify:
    def verify(given: dict[str, Any]) -> str:
        done = subprocess.run(
            ["node", "verify.mjs"], input=json.dumps(given), cwd=installed, capture_output=True, text=True,
            check=True, timeout=60, env={"PATH": os.environ["PATH"]},
        )  # fmt: skip
        answer: dict[str, Any] = json.loads(done.stdout)
        return "" if answer["ok"] else answer["why"] or "refused"

    return verify


@pytest.fixture
def python() -> Verify:
    def verify(given: dict[str, Any]) -> str:
        try:
            check(given["credential"], given)
            for entry in given["credential"]["credentialStatus"]:
                shelf = given["lists"][entry["statusListCredential"]]
                check(shelf, given)
                packed = shelf["credentialSubject"]["encodedList"][1:]
                bits = gzip.decompress(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))
                place = int(entry["statusListIndex"])
                if bits[place // 8] & (0x80 >> place % 8):
                    raise ValueError(entry["statusPurpose"])
        except (ValueError, InvalidSignature, KeyError, StopIteration) as fault:
            return f"{type(fault).__name__} {fault}"
        return ""

    return verify


def check(document: dict[str, Any], given: dict[str, Any]) -> None:
    """Data Integrity, eddsa-rdfc-2022, as the recommendation has it; then the dates."""
    plain, proof = copy.deepcopy(document), copy.deepcopy(document["proof"])
    del plain["proof"]
    value = proof.pop("proofValue")
    options = {"@context": plain["@context"]} | proof
    data = hashed(options, given) + hashed(plain, given)
    method = next(
        each for each in given["did"]["verificationMethod"] if each["id"] == proof["verificationMethod"]
    )
    key = decoded(method["publicKeyMultibase"])
    assert key[:2] == b"\xed\x01"
    Ed25519PublicKey.from_public_bytes(key[2:]).verify(decoded(value), data)
    at = datetime.fromisoformat(given["at"])
    if at < datetime.fromisoformat(plain["validFrom"]):
        raise ValueError("not yet")
    if "validUntil" in plain and at > datetime.fromisoformat(plain["validUntil"]):
        raise ValueError("expired")


def hashed(document: dict[str, Any], given: dict[str, Any]) -> bytes:
    def load(address: str, _options: object) -> dict[str, Any]:
        return {"contextUrl": None, "documentUrl": address, "document": given["contexts"][address]}

    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load}
    return hashlib.sha256(jsonld.normalize(document, options).encode()).digest()


def decoded(multibase: str) -> bytes:
    """Base58, as the leading "z" says."""
    assert multibase[0] == "z"
    number = 0
    for letter in multibase[1:]:
        number = number * 58 + LETTERS.index(letter)
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def good(given: dict[str, Any]) -> None:
    """Leave everything as it is."""


def tampered(given: dict[str, Any]) -> None:
    given["credential"]["credentialSubject"]["achievement"]["name"] = "Senior CMALT"


def lengthened(given: dict[str, Any]) -> None:
    given["credential"]["validUntil"] = "2099-01-01T00:00:00Z"


def expired(given: dict[str, Any]) -> None:
    given["at"] = "2031-01-01T00:00:00+00:00"


def future(given: dict[str, Any]) -> None:
    given["at"] = "2026-01-01T00:00:00+00:00"


def wrong_key(given: dict[str, Any]) -> None:
    for each in given["did"]["verificationMethod"]:
        each["publicKeyMultibase"] = "z6MkijpvTUpWQJmvMfy34PMM9KcFQwhCBxRFEDm71ZpK7ypu"


def unknown_key(given: dict[str, Any]) -> None:
    given["credential"]["proof"]["verificationMethod"] += "x"


def other_list(given: dict[str, Any]) -> None:
    for each in given["lists"].values():
        each["credentialSubject"]["encodedList"] = each["credentialSubject"]["encodedList"][:-4] + "AAAA"


CASES = [good, tampered, lengthened, expired, future, wrong_key, unknown_key, other_list]


@pytest.mark.parametrize("spoil", CASES)
@pytest.mark.parametrize("which", ["javascript", "python"])
def test_only_what_is_whole_and_in_time_is_accepted(
    which: str, spoil: Callable[[dict[str, Any]], None], request: pytest.FixtureRequest
) -> None:
    given = asked(signed(), at=make.AT)
    given = json.loads(json.dumps(given))
    spoil(given)
    if spoil in (expired, future):
        given["lists"] = {}
    why = request.getfixturevalue(which)(given)
    assert (why == "") == (spoil is good), why
    assert not any(each in why for each in ("Dereferencing", "not given: http", "context")), why


@pytest.mark.parametrize("which", ["javascript", "python"])
@pytest.mark.parametrize("change", [Change.SUSPEND, Change.REVOKE])
def test_what_was_taken_away_is_refused(which: str, change: Change, request: pytest.FixtureRequest) -> None:
    found = signed()
    awards.change_standing(found.award, change, because="Why.", by=SYSTEM, at=make.AT)
    given = json.loads(json.dumps(asked(found, at=make.AT)))
    why = request.getfixturevalue(which)(given)
    assert ("suspension" if change is Change.SUSPEND else "revocation") in why


@pytest.mark.parametrize("which", ["javascript", "python"])
def test_what_an_old_key_signed_stays_verifiable(which: str, request: pytest.FixtureRequest) -> None:
    found = signed()
    actions.make_signing_key(by=SYSTEM, at=make.AT + timedelta(days=1))
    signed(award("004712"))
    given = json.loads(json.dumps(asked(found, at=make.AT + timedelta(days=1))))
    assert request.getfixturevalue(which)(given) == ""


def test_the_token_is_accepted_and_a_changed_one_is_not(javascript: Verify) -> None:
    found = signed()
    given = json.loads(json.dumps(asked(found, at=make.AT))) | {"token": found.token}
    assert javascript(given) == ""
    head, body, mark = found.token.split(".")
    assert javascript(given | {"token": f"{head}.{body[:-2]}AA.{mark}"}) != ""
    assert javascript(given | {"at": "2031-01-01T00:00:00+00:00"}) != ""
    awards.change_standing(found.award, Change.REVOKE, because="Why.", by=SYSTEM, at=make.AT)
    assert "revocation" in javascript(
        json.loads(json.dumps(asked(found, at=make.AT))) | {"token": found.token}
    )
