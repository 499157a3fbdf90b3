"""`verify_trail`: prove that no sealed row has been changed, removed or put in between."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accredit.trail import actions, queries


class Command(BaseCommand):
    """Walk the chain of seals and say whether it holds."""

    help = "Verify the trail: names the first broken link, and how many rows wait for their seal."

    def add_arguments(self, parser: Any) -> None:
        """Offer sealing first, for a machine without a running worker."""
        parser.add_argument("--seal", action="store_true", help="seal the waiting rows first")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the verdict; a broken chain exits with 1."""
        if options["seal"]:
            while actions.seal(at=timezone.now()):
                pass
        verdict = queries.verify()
        self.stdout.write(
            f"{verdict.sealed} rows sealed and true, {verdict.unsealed} waiting for their seal."
        )
        if verdict.broken_at is not None:
            raise CommandError(
                f"The chain breaks at row {verdict.broken_at} of the sequence: {verdict.reason}."
            )
