"""`./accredit manage signing_keys`: make, change, list, back up, restore the keys that sign credentials."""

import getpass
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accredit.exchange.actions import make_signing_key
from accredit.exchange.credentials import keys
from accredit.exchange.models import SigningKey
from accredit.exchange.queries.credentials import folder_of_keys, issuer, key_in_use
from accredit.toolkit.actor import SYSTEM

SHORTEST = 12


class Command(BaseCommand):
    """The keys of the issuer."""

    help = (
        "Keys that sign credentials. create: the first key. rotate: a new key signs from now on, the old one "
        "stays verifiable. list: which there are, and whether their private halves are here. backup FILE and "
        "restore FILE: the private halves, locked with a passphrase that is asked for or read from "
        "KEYS_PASSPHRASE."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("do", choices=["create", "rotate", "list", "backup", "restore"])
        parser.add_argument("file", nargs="?", type=Path, help="of a backup")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is asked."""
        if options["do"] in ("backup", "restore") and options["file"] is None:
            raise CommandError(f"Name the file: signing_keys {options['do']} FILE")
        getattr(self, f"do_{options['do']}")(options["file"])

    def do_create(self, _file: None) -> None:
        """Make the first key; with one there already, nothing."""
        known = key_in_use()
        if known is not None:
            self.stdout.write(f"{known.name} signs already; rotate makes another.")
            return
        self.do_rotate(None)

    def do_rotate(self, _file: None) -> None:
        """Make a key that signs from now on."""
        try:
            made = make_signing_key(by=SYSTEM, at=timezone.now())
        except OSError as fault:
            raise CommandError(f"The key cannot be written: {fault}") from fault
        self.stdout.write(f"{made.name} of {issuer()} signs from now on. Now: signing_keys backup FILE")

    def do_list(self, _file: None) -> None:
        """Say which keys there are."""
        for key in SigningKey.objects.order_by("pk"):
            since = f"signed until {key.retired_at:%Y-%m-%d}" if key.retired_at else "signs"
            self.stdout.write(f"{key.name}  {key.public}  {since}  {self._private(key)}")

    def _private(self, key: SigningKey) -> str:
        try:
            found = keys.public_of(keys.private_key(folder_of_keys(), key.name))
        except (keys.NoKey, ValueError):
            return "its private half is not here"
        return "its private half is here" if found == key.public else "another key lies in its place"

    def do_backup(self, file: Path) -> None:
        """Write the private halves, locked, into a new file."""
        names = list(SigningKey.objects.order_by("pk").values_list("name", flat=True))
        try:
            content = keys.backup_of(folder_of_keys(), names, self._passphrase(again=True))
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                out.write(content)
        except keys.NoKey as missing:
            raise CommandError(f"The private half of {missing} is not here.") from missing
        except OSError as fault:
            raise CommandError(f"The backup cannot be written: {fault}") from fault
        self.stdout.write(f"{len(names)} keys are in {file}. Keep it and the passphrase apart.")

    def do_restore(self, file: Path) -> None:
        """Put the private halves of a backup back where they belong; only of keys this record knows."""
        try:
            found = keys.restored_from(file.read_bytes(), self._passphrase())
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
            raise CommandError(f"The backup cannot be read: {fault}") from fault
        known = dict(SigningKey.objects.values_list("name", "public"))
        strange = [name for name, private in found.items() if known.get(name) != keys.public_of(private)]
        if strange:
            raise CommandError(
                f"These are not keys of this record: {', '.join(strange)}. Nothing was restored."
            )
        try:
            new = [name for name, private in found.items() if keys.keep(folder_of_keys(), name, private)]
        except OSError as fault:
            raise CommandError(f"A key cannot be put in its place: {fault}") from fault
        self.stdout.write(f"Restored: {', '.join(new) or 'nothing, all were here'}.")

    def _passphrase(self, *, again: bool = False) -> str:
        given = os.environ.get("KEYS_PASSPHRASE") or getpass.getpass("Passphrase: ")
        if again and len(given) < SHORTEST:
            raise CommandError(f"The passphrase needs {SHORTEST} characters or more.")
        return given
