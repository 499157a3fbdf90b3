"""Keys that sign: Ed25519 pairs, whose private halves lie as files that only this program reads."""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from openbadgeslib.ob3 import multikey_from_pem

PEM, PKCS8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8


class NoKey(Exception):
    """The private half of a key is not there, or cannot be read."""


def make_key(folder: Path, name: str) -> str:
    """Make a pair, keep its private half in a new file of the folder, return the public half as multibase.

    Raises FileExistsError rather than overwrite a key.
    """
    private = Ed25519PrivateKey.generate()
    plain = private.private_bytes(PEM, PKCS8, serialization.NoEncryption())
    _write(folder, name, plain)
    return public_of(plain)


def public_of(private: bytes) -> str:
    """Return the public half of a private key in PEM, as multibase (Multikey)."""
    key = serialization.load_pem_private_key(private, password=None)
    public = key.public_key().public_bytes(PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return str(multikey_from_pem(public))


def private_key(folder: Path, name: str) -> bytes:
    """Return the private half in PEM; raises NoKey where it is not in the folder."""
    try:
        return _path(folder, name).read_bytes()
    except OSError as fault:
        raise NoKey(name) from fault


def backup_of(folder: Path, names: Iterable[str], passphrase: str) -> bytes:
    """Return keys as one JSON document, each encrypted with the passphrase; raises NoKey where one is
    missing."""
    locked = serialization.BestAvailableEncryption(passphrase.encode())
    found = {}
    for name in names:
        key = serialization.load_pem_private_key(private_key(folder, name), password=None)
        found[name] = key.private_bytes(PEM, PKCS8, locked).decode()
    return json.dumps({"accredit-signing-keys": 1, "keys": found}, indent=1).encode()


def restored_from(document: bytes, passphrase: str) -> dict[str, bytes]:
    """Return the private halves in PEM of a backup, by name; raises ValueError where it is none of ours or
    the passphrase is another."""
    told: Any = json.loads(document)
    if not isinstance(told, dict) or told.get("accredit-signing-keys") != 1:
        raise ValueError("this is no backup of signing keys")
    found = {}
    for name, locked in told["keys"].items():
        key = serialization.load_pem_private_key(locked.encode(), password=passphrase.encode())
        found[str(name)] = key.private_bytes(PEM, PKCS8, serialization.NoEncryption())
    return found


def keep(folder: Path, name: str, private: bytes) -> bool:
    """Keep a private half from a backup; False where the same key is there already.

    Raises FileExistsError where another key of that name is there.
    """
    try:
        if private_key(folder, name) == private:
            return False
    except NoKey:
        pass
    _write(folder, name, private)
    return True


def _path(folder: Path, name: str) -> Path:
    if not name.replace("-", "").isalnum():
        raise ValueError(f"{name!r} is no name of a key")
    return folder / f"{name}.pem"


def _write(folder: Path, name: str, private: bytes) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(_path(folder, name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(private)
        file.flush()
        os.fsync(file.fileno())
